import { ApplicationFailure, type Sinks, type WorkflowInterceptorsFactory, proxySinks } from '@temporalio/workflow';

/**
 * What a run asks of the engine, with the values in it as JSON text, taken when they are handed over. `seq` numbers
 * activities and timers as the history does (`activityId`, `timerId`).
 */
export type RecordedCommand =
  | { type: 'activity'; seq: number; name: string; input: string }
  | { type: 'timer'; seq: number; durationMs: number }
  | { type: 'timer-given-up'; seq: number }
  | { type: 'child'; name: string; workflowId: string; input: string }
  | { type: 'signal'; name: string; workflowId: string; input: string }
  | { type: 'update'; id: string; outcome: string }
  | { type: 'continue-as-new'; name: string; input: string }
  | { type: 'end'; outcome: string };

/** Strict replay listens here (design §3); in production nobody does. */
export interface RecorderSinks extends Sinks {
  recorder: { command(command: RecordedCommand): void };
}

const { recorder } = proxySinks<RecorderSinks>();

/** Reports every command to the sink. Part of every bundle: code that ran without it could not be replayed strictly. */
export const interceptors: WorkflowInterceptorsFactory = () => ({
  inbound: [
    {
      async execute(input, next) {
        const outcome = await settle(next(input));
        if (outcome.reported) recorder.command({ type: 'end', outcome: outcome.reported });
        return outcome.unwrap();
      },
      async handleUpdate(input, next) {
        const outcome = await settle(next(input));
        if (outcome.reported) recorder.command({ type: 'update', id: input.updateId, outcome: outcome.reported });
        return outcome.unwrap();
      },
    },
  ],
  outbound: [
    {
      async scheduleActivity(input, next) {
        recorder.command({ type: 'activity', seq: input.seq, name: input.activityType, input: json(input.args) });
        return next(input);
      },
      async startTimer(input, next) {
        recorder.command({ type: 'timer', seq: input.seq, durationMs: input.durationMs });
        const timer = next(input);
        timer.catch(() => recorder.command({ type: 'timer-given-up', seq: input.seq }));
        return timer;
      },
      async startChildWorkflowExecution(input, next) {
        const { workflowId, args } = input.options;
        recorder.command({ type: 'child', name: input.workflowType, workflowId, input: json(args) });
        return next(input);
      },
      async signalWorkflow(input, next) {
        const { target } = input;
        const workflowId =
          target.type === 'child' ? target.childWorkflowId : (target.workflowExecution.workflowId ?? '');
        recorder.command({ type: 'signal', name: input.signalName, workflowId, input: json(input.args) });
        return next(input);
      },
      async continueAsNew(input, next) {
        recorder.command({ type: 'continue-as-new', name: input.options.workflowType, input: json(input.args) });
        return next(input);
      },
    },
  ],
});

/** As a payload would hold it: what is `undefined` is missing. */
function json(value: unknown): string {
  return JSON.stringify(value ?? null);
}

/** `reported` is empty for what is no outcome of ours: a cancellation, a continuation, a bug that the engine retries. */
async function settle(promise: Promise<unknown>): Promise<{ reported: string; unwrap: () => unknown }> {
  try {
    const result = await promise;
    return { reported: json({ result: result ?? null }), unwrap: () => result };
  } catch (error) {
    const failure = error instanceof ApplicationFailure ? { type: error.type ?? null, message: error.message } : null;
    return {
      reported: failure === null ? '' : json({ failure }),
      unwrap: () => {
        throw error;
      },
    };
  }
}
