import { PROCESS_TYPES, type ProcessState, type ProcessType } from '../../domain/process/process.ts';
import { type AnyEvent, processRules } from '../../domain/process/registry.ts';
import { processSnapshot, restoreProcess } from '../../domain/process/snapshot.ts';
import type { EventRow, ProcessRow } from '../format.ts';
import { eventOf } from './events.ts';
import { type Finding, compare, grouped } from './finding.ts';

/**
 * What the events of each survey, improvement … fold to, from what it was started with, is what its row says; and whatever
 * has events has a row.
 */
export function* checkProcesses(rows: readonly ProcessRow[], events: readonly EventRow[]): Generator<Finding> {
  const byWorkflow = grouped(events, ({ workflowId }) => workflowId);
  for (const row of rows) yield* checkProcess(row, byWorkflow.get(row.workflowId) ?? []);
  const known = new Set(rows.map(({ workflowId }) => workflowId));
  for (const workflowId of byWorkflow.keys()) {
    if (workflowId.startsWith('agreement/') || known.has(workflowId)) continue;
    yield { what: 'process', where: workflowId, expected: 'its row', found: null };
  }
}

function* checkProcess(row: ProcessRow, events: readonly EventRow[]): Generator<Finding> {
  const { workflowId, reference, input, snapshot, status, sequence } = row;
  const type = row.type as ProcessType;
  if (!PROCESS_TYPES.includes(type)) {
    yield { what: 'process', where: workflowId, expected: PROCESS_TYPES.join(', '), found: row.type };
    return;
  }
  const rules = processRules(type);
  const folded = events.reduce<ProcessState>(
    (state, one) => ({
      ...rules.evolve(state, eventOf(one) as unknown as AnyEvent & { sequence: number; recordedAtMs: number }),
      sequence: one.sequence,
    }),
    rules.initial(input),
  );
  const last = events.at(-1);
  yield* compare('process', workflowId, {
    expected: {
      ...{ sequence: last?.sequence ?? 0, status: last ? rules.statusOf(folded) : status },
      input: { workflowId, reference },
    },
    found: { sequence, status, input: { workflowId: input.workflowId, reference: input.reference } },
  });
  if (!last) return;
  // What an earlier release did not know yet stands as before the first event.
  const kept = processSnapshot(restoreProcess(type, input, snapshot, sequence));
  yield* compare('process', `${workflowId} snapshot`, { expected: processSnapshot(folded), found: kept });
}
