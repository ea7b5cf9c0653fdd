import { DefaultLogger, Runtime } from '@temporalio/worker';
import { parseHistory } from '../activities/histories.ts';
import type { KeptRun } from '../activities/kept-runs.ts';
import { type ReplayVerdict, replayRuns } from '../activities/replay.ts';
import type { RunRow } from '../evidence/format.ts';

/** Runs of a bundle with their histories, as Temporal's own JSON, and the code that ran them. */
export interface EnclosedRuns {
  runs: (RunRow & { history: string | null })[];
  codes: { sha256: string; code: string }[];
}

/** Plays histories to the code that a bundle brings: for a process of its own. */
export async function replayEnclosed({ runs, codes }: EnclosedRuns): Promise<ReplayVerdict> {
  Runtime.install({
    logger: new DefaultLogger('ERROR', () => undefined),
    telemetryOptions: { logging: { filter: 'OFF', forward: {} } },
  });
  const bySha256 = new Map(codes.map(({ sha256, code }) => [sha256, code]));
  const kept = runs.map(({ workflowId, runId, events, history, bundle, sdk }): KeptRun => ({
    ...{ workflowId, runId, events },
    history: history === null ? undefined : parseHistory(history),
    ...(bundle === null ? {} : { bundle }),
    ...(sdk === null ? {} : { sdk }),
  }));
  return replayRuns(kept, { bundle: (sha256) => Promise.resolve(bySha256.get(sha256)) });
}
