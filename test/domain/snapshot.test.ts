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

test('a release before people were recorded knew nobody: its states and snapshots are restored with empty seats', () => {
  const compiled = serviceAttachments();
  const { state } = new Life(compiled, '2026-09-01 09:00').sign('2026-09-01 09:00');
  const nobody = { seated: {}, standIns: [], delegations: 0, readings: [], unserved: [] };
  const without = <T extends object>(whole: T): T =>
    Object.fromEntries(Object.entries(whole).filter(([key]) => !(key in nobody))) as T;
  expect(completeState(without(state))).toEqual({ ...state, ...nobody });
  expect(restoreState(compiled, without(snapshotOf(state)), state.sequence)).toMatchObject(nobody);
});

test('who sits where, stands in and has read travels into the next run of a workflow', () => {
  const seated = { A: 'li-na', B: 'wang-qiang', coordinator: 'zhou-min' };
  const { state } = new Life(serviceAttachments(), '2026-09-01 09:00', seated)
    .sign('2026-09-01 09:00')
    .act('2026-09-02 10:00', 'A', {
      type: 'delegate',
      seat: 'A',
      deputy: 'sun-yan',
      from: '2026-09-03',
      until: '2026-09-04',
      obligations: [],
    })
    .act('2026-09-02 11:00', 'B', { type: 'acknowledge', what: 'agreement', documents: [] });
  // Continue-as-new hands the state over as JSON.
  const handedOver = completeState(JSON.parse(JSON.stringify(state)) as typeof state);
  expect(handedOver).toEqual(state);
  expect(handedOver).toMatchObject({ seated, delegations: 1, standIns: [{ deputy: 'sun-yan' }] });
  expect(handedOver.readings).toHaveLength(1);
});
