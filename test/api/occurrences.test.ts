import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { refusalProblem } from '../../api/act-answer.ts';
import { problemBody } from '../../api/problem.ts';
import { readReference } from '../../domain/agreement/reference.ts';
import { occurrenceTitle } from '../../domain/occurrence-title.ts';
import { agreement as agreementSchema, documentPage, eventPage } from '../../api/schemas.ts';
import { type Desk, ask, form, openDesk, policyInForce } from './desk.ts';
import { link, open, page, secrets, send } from './visit.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => {
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
});
afterAll(() => desk?.close());

/** In force since September, with the fourth quarter begun. */
async function inFourthQuarter(): Promise<string> {
  const id = await policyInForce(desk);
  desk.now.ms = Date.parse('2026-10-01T00:00:00+08:00');
  await desk.tick(id);
  desk.now.ms = Date.parse('2026-12-20T10:00:00+08:00');
  return id;
}

test.each([
  ['2027-Q1', '2027 年第一季度', 'Q1 2027'],
  ['2027-H1', '2027 年上半年', 'the first half of 2027'],
  ['2027-H2', '2027 年下半年', 'the second half of 2027'],
  ['2027-03', '2027 年 3 月', 'March 2027'],
  ['2027', '2027 年度', '2027'],
  ['2027-03-15', '自2027年3月15日起的一期', 'the period from 15 March 2027'],
  ['spring', '自 spring 起的一期', 'the period from spring'],
])('%s is said as %s', (occurrence, zh, en) => {
  expect(occurrenceTitle(occurrence)).toEqual({ zh, en });
});

test('a reference is an id, or an id and an occurrence', () => {
  expect(readReference('survey')).toEqual({ obligation: 'survey' });
  expect(readReference('survey#2027-Q1')).toEqual({ obligation: 'survey', occurrence: '2027-Q1' });
  expect(readReference('survey#')).toEqual({ obligation: 'survey' });
});

test('duties are told before they are open; each occurrence is a row with its own explanation', async () => {
  const id = await policyInForce(desk);
  const before = agreementSchema.parse((await ask(desk.api, 'GET', `/agreements/${id}`)).body);
  expect(before.obligations).toEqual([]);
  expect(before.duties.map(({ id: duty, recurs }) => [duty, recurs])).toEqual([
    ['quarterly-survey', true],
    ['feedback-report', true],
    ['quarterly-evaluation', true],
  ]);
  expect(before.duties[0]).toMatchObject({ kind: 'survey', recurrence: { by: 'period', period: 'quarter' } });
  expect(before.duties[1]?.checklist).toContainEqual(
    expect.objectContaining({ id: 'classified-problems', mayOmit: true, clauses: expect.anything() }),
  );
  expect(before.seats.map(({ seat }) => seat)).toContain('customer-service');
  expect(before.seatTitles['customer-service']).toEqual({ zh: '客服部', en: 'Customer service' });

  for (const at of ['2026-10-01T00:00:00+08:00', '2027-01-01T00:00:00+08:00']) {
    desk.now.ms = Date.parse(at);
    await desk.tick(id);
  }
  const shown = agreementSchema.parse((await ask(desk.api, 'GET', `/agreements/${id}`)).body);
  const surveys = shown.obligations.filter((one) => one.id === 'quarterly-survey');
  expect(surveys.map(({ occurrence, localDate }) => [occurrence, localDate])).toEqual([
    ['2026-Q4', '2026-12-31'],
    ['2027-Q1', '2027-03-31'],
  ]);
  expect(surveys[1]?.explanation.map(({ en }) => en).join(' ')).toContain('2027-03-31');
  expect(surveys[0]?.checklist.length).toBeGreaterThan(0);
  expect(shown.nextDue).toMatchObject({ occurrence: '2026-Q4' });
});

test('a hand-in names its occurrence and the parts; reasons stay here, ids go on', async () => {
  const id = await inFourthQuarter();
  const path = (reference: string) => `/agreements/${id}/obligations/${encodeURIComponent(reference)}/submissions`;
  const key = randomUUID();
  const handIn = form(
    { as: 'customer-service', parts: 'opinions', omitted: '{"classified-problems":"canary: none came up"}' },
    { 'report.txt': 'x' },
  );
  const reply = await ask(desk.api, 'POST', path('feedback-report#2026-Q4'), handIn, { 'Idempotency-Key': key });
  expect(reply.status).toBe(202);
  const stored = await desk.database.command.findUniqueOrThrow({ where: { id: key } });
  expect(stored.command).toMatchObject({
    obligation: 'feedback-report',
    occurrence: '2026-Q4',
    parts: ['opinions'],
    omitted: ['classified-problems'],
  });
  expect(JSON.stringify(stored.command)).not.toContain('canary');
  expect(stored.text).toEqual({ omitted: { 'classified-problems': 'canary: none came up' } });
  await desk.record(key);
  const { items } = eventPage.parse((await ask(desk.api, 'GET', `/agreements/${id}/events?limit=100`)).body);
  const submitted = items.find(({ type }) => type === 'deliverable-submitted');
  expect(submitted).toMatchObject({ occurrence: '2026-Q4', text: { omitted: { 'classified-problems': /canary/ } } });
  const documents = documentPage.parse((await ask(desk.api, 'GET', `/agreements/${id}/documents`)).body).items;
  expect(documents).toMatchObject([{ obligation: 'feedback-report', occurrence: '2026-Q4' }]);

  const wrong = async (fields: Record<string, string>) => {
    const { status, body } = await ask(
      desk.api,
      'POST',
      path('quarterly-survey#2026-Q4'),
      form({ as: 'customer-service', ...fields }, { 'a.txt': 'x' }),
    );
    return [status, body.type, body.errors[0].path];
  };
  expect(await wrong({ parts: 'no-such' })).toEqual([400, 'urn:abide:invalid-request', 'parts']);
  expect(await wrong({ omitted: '{"no-such":"why"}' })).toEqual([400, 'urn:abide:invalid-request', 'omitted']);
  expect(await wrong({ omitted: 'no json' })).toEqual([400, 'urn:abide:invalid-request', 'omitted']);
});

test('the coordinator enters a hand-in for a seat', async () => {
  const id = await inFourthQuarter();
  const path = `/agreements/${id}/obligations/${encodeURIComponent('quarterly-survey#2026-Q4')}/submissions`;
  const fields = { as: 'coordinator', onBehalfOf: 'customer-service' };
  expect((await ask(desk.api, 'POST', path, form(fields, { 'a.txt': 'x' }))).status).toBe(202);
  const stranger = await ask(desk.api, 'POST', path, form({ ...fields, onBehalfOf: 'nobody' }, { 'a.txt': 'x' }));
  expect(stranger.body.type).toBe('urn:abide:unknown-seat');
});

test('a refusal tells the clauses that say no', () => {
  const refused = {
    status: 'refused' as const,
    code: 'checklist-incomplete' as const,
    message: 'lacks x',
    clauses: ['S004-24'],
  };
  const body = problemBody(refusalProblem(refused), 'zh');
  expect(body).toMatchObject({ status: 422, title: '必备内容不齐', clauses: ['S004-24'] });
  expect(problemBody(refusalProblem({ ...refused, code: 'not-open-yet' }), 'en')).toMatchObject({ status: 409 });
});

test('the page of a link shows the period and the checklist; what is missing is said, and nothing is lost', async () => {
  const id = await inFourthQuarter();
  const mailed = await link(desk, id, 'customer-service', 'submit', 'feedback-report', '2026-Q4');
  const visit = await open(desk, mailed);
  const shown = await page(visit);
  expect(shown).toContain('2026 年第四季度');
  expect(shown).toMatch(/name="parts"\s+value="opinions"\s+required/);
  expect(shown).toContain('name="omitted.classified-problems"');
  expect(await page(visit, '?lang=en')).toContain('Q4 2026');

  const first = form({ ...secrets(shown), parts: 'opinions' }, { '报告.txt': 'the report' });
  const refused = await send(visit, first);
  expect(refused.status).toBe(422);
  expect(refused.text).toMatch(/role="alert"[\s\S]*<li>问题分类及优先级<\/li>/);
  expect(refused.text).toContain('报告.txt');
  expect(refused.text).toMatch(/value="opinions"\s+checked/);
  expect(await desk.database.refusal.findFirst({ where: { agreementId: id } })).toMatchObject({
    action: 'submit',
    code: 'checklist-incomplete',
  });

  const kept = /name="kept"\s+value="([^"]+)"/.exec(refused.text)?.[1] ?? '';
  const again = {
    ...secrets(refused.text),
    parts: 'opinions',
    'omitted.classified-problems': '本季度无问题',
  };
  // A file that this link did not bring is nobody's.
  expect(
    (await send(visit, form({ ...again, kept: `${kept.startsWith('0') ? '1' : '0'}${kept.slice(1)}` }))).status,
  ).toBe(422);
  const sent = await send(visit, form({ ...again, kept }));
  expect([sent.status, sent.text.includes('已收到')]).toEqual([200, true]);
  const command = await desk.database.command.findFirstOrThrow({ where: { agreementId: id, type: 'submit' } });
  expect(command.command).toMatchObject({
    occurrence: '2026-Q4',
    parts: ['opinions'],
    omitted: ['classified-problems'],
    documents: [{ size: 10 }],
  });
  expect(command.text).toEqual({ omitted: { 'classified-problems': '本季度无问题' } });
  await desk.record(command.id);
  expect(await page(visit)).toContain('该项已了结');
});
