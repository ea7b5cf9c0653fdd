import { gunzipSync, gzipSync } from 'node:zlib';
import { WorkflowNotFoundError, isGrpcServiceError } from '@temporalio/client';
import { type History, historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils';

export type { History };

/** What a history says of itself. */
export interface RunFacts {
  runId: string | undefined;
  /** The run that it continues. */
  previous: string | undefined;
  /** The run that continues it. */
  next: string | undefined;
  /** Whether its last event ends it. */
  closed: boolean;
  /** SHA-256 of the bundle that ran its last task, where the server noted it. */
  bundle: string | undefined;
  /** The Temporal SDK that ran its last task. */
  sdk: string | undefined;
}

const GRPC_NOT_FOUND = 5;

const CLOSINGS = [
  'workflowExecutionCompletedEventAttributes',
  'workflowExecutionFailedEventAttributes',
  'workflowExecutionTimedOutEventAttributes',
  'workflowExecutionCanceledEventAttributes',
  'workflowExecutionTerminatedEventAttributes',
  'workflowExecutionContinuedAsNewEventAttributes',
] as const;

export function runFacts({ events }: History): RunFacts {
  const started = events?.[0]?.workflowExecutionStartedEventAttributes;
  const last = events?.at(-1);
  const tasks = (events ?? []).flatMap((event) => event.workflowTaskCompletedEventAttributes ?? []);
  const task = tasks.at(-1);
  const builds = [task?.workerVersion?.buildId, task?.deploymentVersion?.buildId, task?.binaryChecksum];
  return {
    runId: started?.originalExecutionRunId || undefined,
    previous: started?.continuedExecutionRunId || undefined,
    next: last?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId || undefined,
    closed: CLOSINGS.some((name) => last?.[name] != null),
    bundle: builds.find((id) => id != null && /^[0-9a-f]{64}$/.test(id)) ?? undefined,
    sdk: tasks.findLast((one) => one.sdkMetadata?.sdkVersion)?.sdkMetadata?.sdkVersion ?? undefined,
  };
}

/** A history as JSON, the form that Temporal's own tools read and write. */
export function historyText(history: History): string {
  return historyToJSON(history);
}

/** @throws TypeError when the text is no history. */
export function parseHistory(text: string): History {
  return historyFromJSON(JSON.parse(text));
}

export function packHistory(history: History): Uint8Array<ArrayBuffer> {
  return new Uint8Array(gzipSync(historyToJSON(history)));
}

export function unpackHistory(bytes: Uint8Array): History {
  return parseHistory(gunzipSync(bytes).toString('utf8'));
}

/** What the server knows, or undefined when it doesn't know that run (any more). */
export async function ifKnown<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    // Reading a history, the SDK leaves the server's own error as it is. A missing namespace bears the same code.
    const notFound = isGrpcServiceError(error) && Number(error.code) === GRPC_NOT_FOUND;
    if (notFound && !/namespace/i.test(error.details)) return undefined;
    throw error;
  }
}
