import { expect, test } from 'vitest';
import { processSnapshot } from '../../domain/process/snapshot.ts';
import type { EventRow, ProcessRow } from '../../evidence/format.ts';
import { checkProcesses } from '../../evidence/verify/processes.ts';
import { cycle } from '../support/survey-life.ts';

/** A cycle that was planned, and its row and events as a bundle has them. */
function recorded(): { row: ProcessRow; events: EventRow[] } {
  const life = cycle();
  const { workflowId, reference } = life.state.input;
  const events = life.events.map((event) => ({
    ...{ workflowId, sequence: event.sequence, type: event.type, body: JSON.stringify(event) },
  }));
  const row: ProcessRow = {
    ...{ workflowId, reference, type: 'survey', status: life.status, sequence: life.events.length, createdAt: '' },
    ...{ input: life.state.input, text: null },
    snapshot: JSON.parse(JSON.stringify(processSnapshot(life.state))) as object,
  };
  return { row, events: events as unknown as EventRow[] };
}

test('the row of a process is what its events fold to, from what it was started with', () => {
  const { row, events } = recorded();
  expect(events.length).toBeGreaterThan(0);
  expect([...checkProcesses([row], events)]).toEqual([]);
});

test('a snapshot, a status or an input that was altered is named, and so is a process without a row', () => {
  const { row, events } = recorded();
  const places = (rows: ProcessRow[]): string[] => [...checkProcesses(rows, events)].map(({ where }) => where);
  expect(places([{ ...row, snapshot: { ...row.snapshot, invited: 99 } }])).toEqual([
    `${row.workflowId} snapshot invited`,
  ]);
  expect(places([{ ...row, status: 'reported' }])).toEqual([`${row.workflowId} status`]);
  expect(places([{ ...row, input: { ...row.input, reference: 'other' } }])).toContain(
    `${row.workflowId} input.reference`,
  );
  expect(places([])).toEqual([row.workflowId]);
});
