import type { Context } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure, CompleteAsyncError } from '@temporalio/activity';
import {
  type ActivityInboundCallsInterceptor,
  type InjectedSinks,
  type NativeConnection,
  Worker,
} from '@temporalio/worker';
import type { Logger } from 'pino';
import { TASK_QUEUE } from '../workflows/ids.ts';
import type { RecorderSinks } from '../workflows/recorder.ts';
import type { WorkflowBundle } from './bundle.ts';
import type { Activities } from './index.ts';

/** Nobody listens in production: strict replay does, with a sink of its own. An unregistered sink would log an error per command. */
export const silentRecorder: InjectedSinks<RecorderSinks> = {
  recorder: { command: { fn: () => undefined, callDuringReplay: false } },
};

/**
 * A worker that runs `bundle`; its histories bear the bundle's SHA-256 as build id. `run()` it, and `shutdown()` ends it
 * after what is under way.
 *
 * @param maxCachedWorkflows 0 replays each step from the history (for tests)
 */
export function createWorker(options: {
  connection: NativeConnection;
  namespace: string;
  activities: Activities;
  bundle: WorkflowBundle;
  maxCachedWorkflows?: number;
  log: Pick<Logger, 'warn'>;
}): Promise<Worker> {
  const { connection, namespace, activities, bundle, maxCachedWorkflows, log } = options;
  return Worker.create({
    connection,
    namespace,
    taskQueue: TASK_QUEUE,
    workflowBundle: { codePath: bundle.codePath },
    buildId: bundle.sha256,
    activities: { ...activities },
    sinks: silentRecorder,
    interceptors: { activity: [(context) => ({ inbound: failuresAsCodes(context, log) })] },
    // Two cores and ten database sessions (prisma/database.ts): more at once would wait for them anyway.
    maxConcurrentActivityTaskExecutions: 20,
    maxConcurrentWorkflowTaskExecutions: 20,
    shutdownGraceTime: '20 seconds', // a `record` may take that long; then it is cancelled, and retried elsewhere
    ...(maxCachedWorkflows === undefined ? {} : { maxCachedWorkflows }),
  });
}

/**
 * A failed activity stands in the history, which must hold no address (design §3): a code alone goes there, what the
 * database or the mail server really said goes to the local log, addresses taken out.
 */
export function failuresAsCodes(
  { info }: Pick<Context, 'info'>,
  log: Pick<Logger, 'warn'>,
): ActivityInboundCallsInterceptor {
  return {
    async execute(input, next) {
      try {
        return await next(input);
      } catch (error) {
        if (error instanceof CancelledFailure || error instanceof CompleteAsyncError) throw error;
        if (error instanceof ApplicationFailure && error.cause === undefined) throw error; // ours, worded by us
        const code = failureCode(error);
        const { activityType: activity, attempt, workflowExecution } = info;
        const { workflowId } = workflowExecution ?? {};
        log.warn({ activity, attempt, workflowId, code, error: withoutAddresses(error) }, 'an activity failed');
        const nonRetryable = error instanceof ApplicationFailure && error.nonRetryable === true;
        const failure = ApplicationFailure.create({ type: code, message: code, nonRetryable });
        failure.stack = `ApplicationFailure: ${code}`;
        throw failure;
      }
    },
  };
}

/** The code that PostgreSQL, Prisma, Node or the mail client gives its error: `P2034`, `40001`, `ECONNREFUSED`. */
function failureCode(error: unknown): string {
  if (error instanceof ApplicationFailure && error.type) return error.type;
  for (let one = error; typeof one === 'object' && one !== null; one = (one as { cause?: unknown }).cause) {
    const { code } = one as { code?: unknown };
    if (typeof code === 'string' && /^[A-Za-z0-9_-]{2,40}$/.test(code)) return code;
  }
  return 'activity-failed';
}

function withoutAddresses(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return text.replace(/[^\s<>"'(),:;]+@[^\s<>"'(),:;]+/g, '<address>');
}
