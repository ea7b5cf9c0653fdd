import { expect, test } from 'vitest';
import { completeState, restoreState, snapshotOf } from '../../domain/agreement/snapshot.ts';
import { Life, serviceAttachments } from '../support/life.ts';

test('a snapshot restores what the events fold to; what an earlier release did not know stands at its beginning', () => {
  const compiled = serviceAttachments();
  const { state } = new Life(compiled, '2026-09-01 09:00').sign('2026-09-01 09:00');
  const restored = restoreState(compiled, snapshotOf(state), state.sequence);
  expect(restored.obligations).toEqual(state.obligations.map((one) => ({ ...one, ladderThroughMs: null })));
  expect(restored).toMatchObject({ status: 'active', inForceOn: '2026-09-01', sequence: 4 });

  const older = JSON.parse(JSON.stringify(state)) as typeof state;
  for (const obligation of older.obligations) delete (obligation as { roundDaysLate?: number }).roundDaysLate;
  expect(completeState(older)).toEqual(state);
});
