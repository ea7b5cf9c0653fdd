import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { scheduleSchema } from '../../api/routes/schedule.ts';
import { documentPage, eventPage, ledger } from '../../api/schemas.ts';
import { type Desk, ask, form, inForce, openDesk } from './desk.ts';
import { act, lifeOf } from './life-desk.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => at('2026-09-01 09:00'));
afterAll(() => desk?.close());

function at(local: string): void {
  desk.now.ms = Date.parse(`${local.replace(' ', 'T')}:00+08:00`);
}

/** The needs analysis 28 days late; a process plan sent back and handed in anew. */
async function lived(): Promise<string> {
  const id = await inForce(desk);
  for (const local of ['2026-10-09 00:00', '2026-11-01 00:00']) {
    at(local);
    await desk.tick(id);
  }
  const hand = async (local: string, what: string, name: string): Promise<void> => {
    at(local);
    await act(desk, id, `/obligations/${what}/submissions`, form({ as: 'A' }, { [name]: name }));
  };
  await hand('2026-11-01 10:00', 'process-plan', '方案.txt');
  at('2026-11-02 10:00');
  await act(desk, id, '/obligations/process-plan/reviews', { as: 'B', verdict: 'reject', points: ['缺少流程图'] });
  await hand('2026-11-03 10:00', 'process-plan', '方案二.txt');
  await hand('2026-11-04 10:00', 'process-plan', '方案三.txt');
  await hand('2026-11-05 15:20', 'needs-analysis-report', '报告.txt');
  return id;
}

const read = async (path: string): Promise<unknown> => (await ask(desk.api, 'GET', path)).body;

test('the schedule has each obligation from its opening to its last day, with what happened to it', async () => {
  const id = await lived();
  const { asOf, spans } = scheduleSchema.parse(await read(`/agreements/${id}/schedule`));
  expect(asOf).toBe('2026-11-05');
  const report = spans.find((span) => span.id === 'needs-analysis-report');
  expect(report).toMatchObject({ from: '2026-09-01', dueOn: '2026-10-08', doneOn: '2026-11-05', daysLate: 28 });
  expect(report?.marks.map(({ what, amount }) => [what, amount])).toEqual([
    ['penalty', '115000.00'],
    ['handed-in', undefined],
    ['penalty', '25000.00'],
  ]);
  const plan = spans.find((span) => span.id === 'process-plan');
  expect(plan?.marks.map(({ what }) => what)).toEqual(['handed-in', 'rejected', 'handed-in', 'handed-in']);
  expect(plan?.review).toMatchObject({ from: '2026-11-04' });
});

test('each hand-in is a version, which says what became of it and what took its place', async () => {
  const id = await lived();
  const { items, nextCursor } = documentPage.parse(
    await read(`/agreements/${id}/documents?obligation=process-plan&limit=2`),
  );
  expect(items.map(({ fileName, handedIn }) => [fileName, handedIn])).toEqual([
    ['方案.txt', { version: 1, round: 1, state: 'rejected', replacedBy: 2 }],
    ['方案二.txt', { version: 2, round: 2, state: 'replaced', replacedBy: 3 }],
  ]);
  expect(items[0]?.by).toMatchObject({ seat: 'A', name: '李华' });
  const path = `/agreements/${id}/documents?obligation=process-plan&limit=2&cursor=${nextCursor ?? ''}`;
  const rest = documentPage.parse(await read(path));
  expect(rest.items.map(({ handedIn }) => handedIn?.state)).toEqual(['current']);
  expect(rest.nextCursor).toBeNull();
});

test('a line of the ledger names the very days that it charges, and the event that posted it', async () => {
  const id = await lived();
  const { items } = ledger.parse(await read(`/agreements/${id}/ledger`));
  expect(items.map(({ days, counted }) => [days, counted])).toEqual([
    [23, { from: '2026-10-09', until: '2026-10-31', excluded: [] }],
    [5, { from: '2026-11-01', until: '2026-11-05', excluded: [] }],
  ]);
  expect(items.every(({ sequence }) => typeof sequence === 'number')).toBe(true);
});

test('the history is narrowed by kind, duty, seat and clause, the latest first', async () => {
  const id = await lived();
  const types = async (query: string): Promise<string[]> =>
    eventPage.parse(await read(`/agreements/${id}/events?${query}`)).items.map(({ type }) => type);
  expect(await types('kind=money')).toEqual(['penalty-posted', 'penalty-posted']);
  expect((await types('order=desc&limit=1&obligation=process-plan'))[0]).toBe('deliverable-submitted');
  expect(await types('seat=B&kind=duties')).toEqual(['deliverable-rejected']);
  expect(await types('clause=S001a-69')).toEqual(['penalty-posted', 'penalty-posted']);
  expect((await ask(desk.api, 'GET', `/agreements/${id}/events?kind=weather`)).status).toBe(400);
});

test('a change stands with both sides and its clauses; terms are told as amended', async () => {
  const id = await inForce(desk);
  const changes = { terms: { penaltyCapPercent: '10' }, dates: { 'training-plan': 100 } };
  await act(desk, id, '/amendments', { as: 'B', effectiveOn: '2026-09-20', changes, reason: '约定上限' });
  at('2026-09-02 10:00');
  await act(desk, id, '/amendments/amendment-1/acceptance', { as: 'A' });
  at('2026-09-20 00:00');
  await desk.tick(id);
  const [amendment] = (await lifeOf(desk, id)).amendments;
  expect(amendment?.changes.find(({ field }) => field === 'due')).toMatchObject({
    subject: { en: expect.any(String) },
    from: { en: '2026-11-30' },
    to: { en: '2026-12-10' },
    clauses: expect.arrayContaining(['S001a-62']),
  });
  const { terms } = (await read(`/agreements/${id}`)) as { terms: { name: string; value: unknown }[] };
  expect(terms.find(({ name }) => name === 'penaltyCapPercent')?.value).toBe('10');
});
