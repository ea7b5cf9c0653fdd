import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { whatIf } from '../../api/what-if/schema.ts';
import { type Desk, ask, form, openDesk } from './desk.ts';
import { act, draftOf, started } from './life-desk.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => {
  at('2026-09-01T09:00:00');
});
afterAll(() => desk?.close());

const at = (iso: string): void => {
  desk.now.ms = Date.parse(`${iso}+08:00`);
};

async function tried(id: string, question: object) {
  const { status, body } = await ask(desk.api, 'POST', `/agreements/${id}/what-if`, question);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return whatIf.parse(body);
}

async function wrong(id: string, question: object): Promise<[number, string[]]> {
  const { status, body } = await ask(desk.api, 'POST', `/agreements/${id}/what-if`, question);
  return [status, (body.errors ?? []).map(({ path }: { path: string }) => path)];
}

const people = (name: string, email: string) => ({ name, email: `${email}@x.example` });
/** S001a with a total of 777,777.77 CNY. */
const DRAFT = {
  ...draftOf('service-attachments@2', { contractTotal: '777777.77' }),
  parties: { A: people('甲方服务有限公司', 'a'), B: people('乙方客户有限公司', 'b') },
  coordinator: people('王协调', 'c'),
};

/** Signed on 2026-09-01, the first report due on 2026-10-08 and handed in on 10-20. @returns its id, and the hand-in's command */
async function twelveDaysLate(): Promise<{ id: string; handedIn: string }> {
  const id = await started(desk, DRAFT);
  for (const as of ['A', 'B']) await act(desk, id, '/signatures', { as });
  at('2026-10-09T00:00:00');
  await desk.tick(id);
  at('2026-10-20T15:00:00');
  const { body } = await ask(desk.api, 'GET', `/agreements/${id}`);
  const duty = body.duties.find((one: { id: string }) => one.id === OF_REPORT);
  const file = form({ as: 'A' }, { 'report.txt': 'a report' });
  for (const { id: part } of duty.checklist as { id: string }[]) file.append('parts', part);
  const reply = await act(desk, id, `/obligations/${OF_REPORT}/submissions`, file);
  if (reply.status !== 202) throw new Error(JSON.stringify(reply.body));
  const { acts, divergence } = await tried(id, {});
  expect(divergence).toBeNull();
  const found = acts.find(({ type }) => type === 'deliverable-submitted');
  if (!found) throw new Error('the hand-in is not among the acts');
  return { id, handedIn: found.command };
}

const OF_REPORT = 'needs-analysis-report';
const REPORT = { obligation: OF_REPORT, kind: 'penalty', debtor: 'A', creditor: 'B', currency: 'CNY' };

test('a hand-in is tried in time, or not at all: dates and money beside those on record, each with its why', async () => {
  const { id, handedIn } = await twelveDaysLate();
  const counts = async () => [await desk.database.event.count(), await desk.database.command.count()];
  const before = await counts();
  const inTime = await tried(id, { assumptions: [{ kind: 'act', command: handedIn, on: '2026-10-08' }] });
  expect(inTime).toMatchObject({ divergence: null, refused: [], today: '2026-10-20', earliest: '2026-09-01' });
  expect(inTime.obligations.find((one) => one.id === OF_REPORT)).toMatchObject({
    title: { zh: expect.stringContaining('需求分析') },
    differs: true,
    before: { status: 'fulfilled-late', localDate: '2026-10-08', daysLate: 12 },
    after: { status: 'fulfilled', fulfilledAt: '2026-10-08T15:00:00+08:00', daysLate: 0 },
  });
  const [explained] = inTime.obligations.filter((one) => one.id === OF_REPORT);
  expect(explained?.before?.explanation.map(({ zh }) => zh).join()).toContain('2026-10-08');
  expect(inTime.money).toMatchObject([{ ...REPORT, before: '46666.67', after: '0', difference: '-46666.67' }]);
  expect(inTime.money[0]?.lines.before[0]?.why.map(({ en }) => en).join()).toContain('777777.77 CNY × 0.5 % × 12 days');
  expect(inTime.balances).toMatchObject([{ debtor: 'A', creditor: 'B', before: '46666.67', after: '0' }]);
  expect(inTime.events.before.map(({ type }) => type)).toEqual(expect.arrayContaining(['penalty-posted']));

  const never = await tried(id, {
    others: 'nobody',
    horizon: '2026-11-30',
    assumptions: [{ kind: 'act', command: handedIn, on: null }],
  });
  // 53 days, from 9 October to 30 November.
  expect(never.money.find((one) => one.obligation === OF_REPORT)).toMatchObject({ after: '206111.11' });
  expect(await counts()).toEqual(before);
});

test('another rate from the start, or by an amendment from a day; an end; a pause: several at once', async () => {
  const { id } = await twelveDaysLate();
  const changes = { terms: { lateDeliverablePenaltyPercentPerDay: '0.3' } };
  const cheaper = await tried(id, { assumptions: [{ kind: 'change', changes, from: null }] });
  expect(cheaper.can).toMatchObject({ changeFromStart: true });
  expect(cheaper.money).toMatchObject([{ ...REPORT, before: '46666.67', after: '28000.00' }]);

  const later = await tried(id, {
    others: 'nobody',
    horizon: '2026-11-30',
    assumptions: [{ kind: 'change', changes, from: '2026-10-25' }],
  });
  expect(later.refused).toMatchObject([]);
  expect(later.money.find(({ obligation }) => obligation === OF_REPORT)).toMatchObject({ difference: '0.00' });
  // 28 days late by the end of November, from 3 November on: at 0.3 % where the amendment holds.
  const plan = later.money.find(({ obligation }) => obligation === 'process-plan');
  expect(plan?.lines.after.map(({ why }) => why.map(({ en }) => en).join(' ')).join()).toContain('0.3 %');
  expect(plan?.lines.before.map(({ why }) => why.map(({ en }) => en).join(' ')).join()).toContain('0.5 %');

  const ended = await tried(id, {
    assumptions: [
      { kind: 'suspension', ground: 'agreed-pause', from: '2026-10-12', until: '2026-10-16' },
      { kind: 'termination', on: '2026-11-01' },
    ],
  });
  expect(ended.agreement).toMatchObject({
    before: { status: 'active', endedOn: null },
    after: { status: 'terminated', endedOn: '2026-11-01' },
  });
  expect(ended.obligations.find(({ id: one }) => one === 'training-plan')?.after).toMatchObject({
    status: 'cancelled',
  });
});

test('what the contract does not take is told by its reason; what makes no sense is an error at its field', async () => {
  const { id, handedIn } = await twelveDaysLate();
  const refused = await tried(id, {
    assumptions: [{ kind: 'step', step: 'accept', obligation: OF_REPORT, on: '2026-10-22' }],
  });
  expect(refused.refused).toMatchObject([{ assumption: 0, code: 'not-submitted', reason: { zh: expect.any(String) } }]);

  const one = (assumption: object) => wrong(id, { assumptions: [assumption] });
  expect(await one({ kind: 'act', command: 'nobody', on: null })).toEqual([400, ['assumptions[0].command']]);
  expect(await one({ kind: 'termination', on: '2026-08-31' })).toEqual([400, ['assumptions[0].on']]);
  expect(await one({ kind: 'signing', on: '2026-02-30' })).toEqual([400, ['assumptions[0].on']]);
  expect(await one({ kind: 'suspension', ground: 'agreed-pause', from: '2026-10-12', until: '2026-10-11' })).toEqual([
    400,
    ['assumptions[0].until'],
  ]);
  for (const from of [null, '2026-10-25']) {
    const wish = (terms: object) => one({ kind: 'change', changes: { terms }, from });
    expect(await wish({ penaltyGraceDays: 'two' })).toEqual([422, ['assumptions[0].changes.terms.penaltyGraceDays']]);
    expect(await wish({ nothing: 1 })).toEqual([422, ['assumptions[0].changes.terms.nothing']]);
  }
  expect(await wrong(id, { horizon: '2036-10-21' })).toEqual([400, ['horizon']]);
  expect(
    await wrong(id, { horizon: '2026-11-01', assumptions: [{ kind: 'act', command: handedIn, on: '2026-11-02' }] }),
  ).toEqual([400, ['assumptions[0].on']]);
  expect(await wrong('00000000-0000-7000-8000-000000000000', {})).toEqual([404, []]);
});

test('a draft, kept or not, is tried on another day of signing, with another term', async () => {
  const kept = await ask(desk.api, 'POST', '/agreements', DRAFT, { 'Idempotency-Key': 'what-if-draft' });
  const question = {
    assumptions: [
      { kind: 'signing', on: '2026-09-30' },
      { kind: 'change', changes: { terms: { trainingPlanDays: 100 } }, from: null },
    ],
  };
  const found = await tried(String(kept.body.id), question);
  const dueOf = (id: string) => {
    const row = found.obligations.find((one) => one.id === id);
    return [row?.before?.localDate, row?.after?.localDate];
  };
  expect(found.agreement).toMatchObject({ before: { inForceOn: '2026-09-01' }, after: { inForceOn: '2026-09-30' } });
  expect(dueOf(OF_REPORT)).toEqual(['2026-10-08', '2026-10-30']);
  expect(dueOf('training-plan')).toEqual(['2026-11-30', '2027-01-08']);
  expect(found.acts).toEqual([]);

  const posted = await ask(desk.api, 'POST', '/what-if', { draft: DRAFT, ...question });
  expect(whatIf.parse(posted.body).obligations.map(({ after }) => after?.localDate)).toEqual(
    found.obligations.map(({ after }) => after?.localDate),
  );
  const { contractTotal: _contractTotal, ...terms } = (DRAFT as Record<string, unknown>)['terms'] as Record<
    string,
    unknown
  >;
  const { status, body } = await ask(desk.api, 'POST', '/what-if', { draft: { ...DRAFT, terms } });
  expect([status, body.errors.map(({ path }: { path: string }) => path)]).toEqual([422, ['terms.contractTotal']]);
});

test('a record that does not come out is told as such, and nothing is computed', async () => {
  const { id, handedIn } = await twelveDaysLate();
  const { command } = await desk.database.command.findUniqueOrThrow({ where: { id: handedIn } });
  const other = { ...(command as object), receivedAtMs: Date.parse('2026-10-19T15:00:00+08:00') };
  await desk.database.command.update({ where: { id: handedIn }, data: { command: other } });
  const found = await tried(id, {});
  expect(found).toMatchObject({ divergence: { type: 'deliverable-submitted', why: 'otherwise' }, obligations: [] });
});
