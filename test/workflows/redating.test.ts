import { afterEach, expect, test } from 'vitest';
import { loadWorkflowBundle } from '../../activities/bundle.ts';
import { replayHistory } from '../../activities/strict-replay.ts';
import type { CalendarRepinned } from '../../domain/agreement/event.ts';
import { agreementState } from '../../workflows/messages.ts';
import { CHANGE_2027 } from '../support/calendar-2027.ts';
import { agreementOf, duty } from '../support/life.ts';
import { type Shell, openShell } from '../support/shell.ts';

/** A newer calendar on the real engine: the agreement carries it as data from then on, and its timers follow (design §4). */
const SIGNED = '2027-09-01 09:00';
const compiled = agreementOf([
  duty('report', { on: '2027-10-01', term: 'date' }),
  duty('answer', { on: '2027-10-07', term: 'date' }, '2 working-days'),
]);
const shown = [
  { of: 'due:report', to: '2027-10-08' },
  { of: 'due:answer', to: '2027-10-09' },
];

let shell: Shell;
afterEach(() => shell.close());

test('nothing moves before the coordinator accepts; then clocks run to the new dates, and the history replays strictly', async () => {
  shell = await openShell(SIGNED, compiled.zone, 0); // each task is a replay
  await shell.startWorker();
  await shell.start(compiled, SIGNED);
  for (const seat of ['A', 'B']) await shell.act(SIGNED, seat, { type: 'sign', documents: [] });
  const redate = { type: 'redate', change: CHANGE_2027 };
  const declined = await shell.act('2027-09-20 10:00', 'coordinator', { ...redate, verdict: 'decline', shown: [] });
  expect(declined.events).toEqual(['redating-declined']);
  const accepted = await shell.act('2027-09-30 10:00', 'coordinator', { ...redate, verdict: 'accept', shown });
  expect(accepted.events).toEqual(['calendar-repinned']);
  await expect(
    shell.act('2027-09-30 10:01', 'coordinator', { ...redate, verdict: 'accept', shown }),
  ).rejects.toMatchObject({ cause: { type: 'calendar-not-pinned' } });

  // By the older calendar both were late on 10-05 and 10-09.
  await shell.until('2027-10-11 12:00');
  expect(
    shell
      .events()
      .filter(({ type }) => type === 'obligation-overdue' || type === 'calendar-repinned')
      .map(
        (event) =>
          `${shell.iso(event.occurredAtMs).slice(0, 16)} ${'obligation' in event ? String(event.obligation) : event.type}`,
      ),
  ).toEqual(['2027-09-30T10:00 calendar-repinned', '2027-10-09T00:00 report', '2027-10-10T00:00 answer']);
  const event = shell.events().find(({ type }) => type === 'calendar-repinned') as CalendarRepinned;
  expect(event.redated.map(({ obligation, due }) => [obligation, due.localDate])).toEqual([
    ['report', '2027-10-08'],
    ['answer', '2027-10-09'],
  ]);

  const workflowId = `agreement/${compiled.id}`;
  const handle = shell.client.workflow.getHandle(workflowId);
  const state = await handle.query(agreementState);
  expect(state.agreement.calendar).toMatchObject({ version: '2027.1', provisionalFrom: '2028-01-01' });
  expect(state.repins?.map(({ to }) => to.version)).toEqual(['2027.1']);
  const { code: bundle } = await loadWorkflowBundle();
  const verdict = await replayHistory({ history: await handle.fetchHistory(), workflowId, bundle });
  expect(verdict).toMatchObject({ verdict: 'identical' });
  expect(verdict.compared).toBeGreaterThan(10);
}, 300_000);
