import { afterAll, beforeAll, expect, test } from 'vitest';
import { GIVEN, seedCycle } from '../support/survey-cycle.ts';
import { type Desk, type Reply, ask, form, openDesk } from './desk.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});

afterAll(() => desk.close());

const cycle = (count: number, change: Partial<Parameters<typeof seedCycle>[1]> = {}) =>
  seedCycle(desk.database, { count, nowMs: desk.now.ms, ...change });
const code = ({ body }: Reply): string => (body as { type: string }).type.replace('urn:abide:', '');
const errors = ({ body }: Reply) =>
  (body as { errors: { path: string; message: string }[] }).errors.map(({ path, message }) => `${path}: ${message}`);
const keyOf = async (customerId = '') =>
  (await desk.database.customer.findUniqueOrThrow({ where: { id: customerId } })).key;
const answersOf = (workflowId: string) =>
  desk.database.answer.findMany({ where: { workflowId }, orderBy: { cursor: 'asc' } });
const path = ({ agreementId, id }: { agreementId: string; id: string }, rest: string) =>
  `/agreements/${agreementId}/surveys/${id}/${rest}`;
const bring = (to: { agreementId: string; id: string }, table: string, fields: Record<string, string> = {}) =>
  ask(
    desk.api,
    'POST',
    path(to, 'answers/import'),
    form({ source: '纸质问卷', channel: 'paper', ...fields }, { 'answers.csv': table }),
  );

test('an interviewer enters what a customer said by telephone, once; without a name as often as it comes', async () => {
  const seeded = await cycle(1);
  const customer = await keyOf(seeded.invitees[0]?.customerId);
  const enter = (body: object, headers = {}) =>
    ask(desk.api, 'POST', path(seeded, 'answers'), { channel: 'phone', answers: GIVEN, ...body }, headers);
  expect(await enter({ customer, receivedOn: '2026-08-31' })).toMatchObject({ status: 201, body: { late: false } });
  expect(code(await enter({ customer }))).toBe('already-answered');
  const headers = { 'Idempotency-Key': 'call-17' };
  for (const more of [{}, headers, headers]) expect((await enter({}, more)).status).toBe(201);
  const rows = await answersOf(seeded.workflowId);
  expect(rows).toHaveLength(3);
  expect(rows[0]).toMatchObject({
    channel: 'phone',
    enteredBy: 'desk',
    receivedOn: '2026-08-31',
    inviteeId: seeded.invitees[0]?.id,
  });
  expect(errors(await enter({ customer: 'nobody' }))).toEqual(['customer: is not among those who were drawn']);
  expect(errors(await enter({ receivedOn: '2026-09-02' }))).toEqual(['receivedOn: is later than today']);
  expect(errors(await enter({ answers: { service: 9 } }))[0]).toMatch(/^service: /);
  expect(await answersOf(seeded.workflowId)).toHaveLength(3);
});

test('a table of answers comes in whole, by name or by title of the choice; the same table again brings nothing in', async () => {
  const seeded = await cycle(2);
  const [one, two] = await Promise.all(seeded.invitees.map(({ customerId }) => keyOf(customerId)));
  const table = [
    '客户编号,日期,渠道,service,product.performance,product.support,recommend,words',
    `${one ?? ''},2026-08-30,电话,5,4,3,10,"很好, 继续"`,
    `${two ?? ''},,,1,,,0,`,
    ',,,3,,,,无名',
  ].join('\n');
  expect((await bring(seeded, table, { dryRun: 'true' })).body).toEqual({ rows: 3, late: 0 });
  expect(await answersOf(seeded.workflowId)).toEqual([]);
  expect((await bring(seeded, table)).body).toEqual({ rows: 3, late: 0 });
  const rows = await answersOf(seeded.workflowId);
  const first = rows.find(({ channel }) => channel === 'phone');
  expect(first).toMatchObject({
    answers: { service: 5, product: { performance: 4, support: 3 }, recommend: 10, words: '很好, 继续' },
    receivedOn: '2026-08-30',
    source: '纸质问卷',
    inviteeId: seeded.invitees[0]?.id,
  });
  const again = await bring(seeded, table);
  expect([again.status, code(again)]).toEqual([422, 'rows-wrong']);
  expect(errors(again)).toEqual([
    'line 2, customer: has answered already',
    'line 3, customer: has answered already',
    'line 4: was brought in from the same source before',
  ]);
  expect(await answersOf(seeded.workflowId)).toHaveLength(3);
});

test('columns may bear the titles of the questions, in either language; what is wrong is told by what stands there', async () => {
  const seeded = await cycle(2);
  const [one, two] = await Promise.all(seeded.invitees.map(({ customerId }) => keyOf(customerId)));
  const zh = `客户编号,渠道,您对我们的服务满意吗？,您对产品满意吗？：产品性能\n${one ?? ''},纸质问卷,5,4`;
  expect((await bring(seeded, zh)).body).toEqual({ rows: 1, late: 0 });
  const en = (score: number) =>
    `customer,How satisfied are you with our service?,How satisfied are you with our products?: Performance\n${two ?? ''},${String(score)},9`;
  expect(errors(await bring(seeded, en(4)))).toEqual([
    expect.stringMatching(/^line 2, How satisfied are you with our products\?: Performance: /),
  ]);
  expect((await bring(seeded, en(4).replace(/9$/, '3'))).body).toEqual({ rows: 1, late: 0 });
  expect((await answersOf(seeded.workflowId)).map(({ channel, answers }) => [channel, answers])).toEqual([
    ['paper', { service: 5, product: { performance: 4 } }],
    ['paper', { service: 4, product: { performance: 3 } }],
  ]);
});

test('ten thousand rows with 200 errors: each by line and column, and nothing is brought in', async () => {
  const seeded = await cycle(1);
  const lines = Array.from({ length: 10_000 }, (_one, index) =>
    index % 50 === 7 ? '9,x' : `${String((index % 5) + 1)},${String(index)}`,
  );
  const reply = await bring(seeded, ['service,words', ...lines].join('\n'));
  expect([reply.status, code(reply)]).toEqual([422, 'rows-wrong']);
  expect(errors(reply)).toHaveLength(200);
  expect(errors(reply)[0]).toMatch(/^line 9, service: /);
  expect(await answersOf(seeded.workflowId)).toEqual([]);
  const whole = await bring(seeded, ['service,words', ...lines.map((line) => line.replace(/^9/, '4'))].join('\n'));
  expect(whole.body).toEqual({ rows: 10_000, late: 0 });
  expect(await desk.database.answer.count({ where: { workflowId: seeded.workflowId } })).toBe(10_000);
});

test('columns of no question, a table without rows and one in a wrong encoding are refused; a formula is a text', async () => {
  const seeded = await cycle(1);
  expect(errors(await bring(seeded, 'service,colour\n5,red'))).toEqual([
    'line 1, colour: is no question of this questionnaire',
  ]);
  expect(errors(await bring(seeded, 'service,service\n5,5'))).toEqual(['line 1, service: stands above two columns']);
  expect(code(await bring(seeded, 'service'))).toBe('rows-wrong');
  const broken = form(
    { source: 'x', channel: 'paper' },
    { 'answers.csv': new Uint8Array([0x73, 0xff, 0xfe, 0x0a, 0x80]) },
  );
  expect(code(await ask(desk.api, 'POST', path(seeded, 'answers/import'), broken))).toBe('table-unreadable');
  expect((await bring(seeded, `service,words\n5,"'=HYPERLINK(1)"`)).status).toBe(200);
  expect((await answersOf(seeded.workflowId))[0]?.answers).toEqual({ service: 5, words: '=HYPERLINK(1)' });
});

test('an open link comes with its QR code, once, and takes answers until it is withdrawn', async () => {
  const seeded = await cycle(1);
  const made = await ask(desk.api, 'POST', path(seeded, 'links'), { as: 'coordinator', label: '门店一号机' });
  expect(made.status).toBe(201);
  const { id, url, svg, png } = made.body as Record<string, string>;
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:8420\/answer#[\w-]{43}$/);
  expect(svg).toContain('<svg');
  expect(
    Buffer.from(png ?? '', 'base64')
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG');
  const token = url?.split('#')[1];
  const answer = () => ask(desk.api, 'POST', '/answers', { token, answers: GIVEN }, { Authorization: '' });
  expect((await answer()).status).toBe(201);
  const listed = await ask(desk.api, 'GET', path(seeded, 'links'));
  expect(listed.body).toMatchObject({ items: [{ id, label: '门店一号机', channel: 'online', revokedAt: null }] });
  expect(JSON.stringify(listed.body)).not.toContain(token);
  await ask(desk.api, 'POST', path(seeded, `links/${id ?? ''}/revocation`), { as: 'coordinator' });
  expect(code(await answer())).toBe('answer-link-unknown');
});

test('a list for letters names whoever is to be asked, with links that work; a formula in a name stays a text', async () => {
  const seeded = await cycle(3, {
    drawn: true,
    customer: (index) => [{ name: '=1+1', address: '上海市' }, {}, {}][index] ?? {},
  });
  const [first, second, third] = seeded.invitees.map(({ id }) => id);
  await desk.database.invitee.updateMany({
    where: { id: { in: [first ?? '', second ?? ''] } },
    data: { channel: 'letter' },
  });
  await desk.database.customer.update({
    where: { id: seeded.invitees[1]?.customerId ?? '' },
    data: { optedOutAt: new Date() },
  });
  const list = () => ask(desk.api, 'POST', path(seeded, 'lists'), { as: 'coordinator', channel: 'letter' });
  const reply = await list();
  expect(reply.status).toBe(200);
  const lines = (reply.body as string).trim().split('\r\n');
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain(`"'=1+1"`);
  const tokens = [reply, await list()].map(({ body }) => /#([\w-]{43})/.exec(body as string)?.[1]);
  for (const token of tokens) {
    expect((await ask(desk.api, 'POST', '/answer-sessions', { token }, { Authorization: '' })).body).toMatchObject({
      kind: 'personal',
      state: 'open',
    });
  }
  expect(await desk.database.invitee.findUniqueOrThrow({ where: { id: first ?? '' } })).toMatchObject({
    status: 'sent',
    wave: 0,
  });
  expect(await desk.database.invitee.findUniqueOrThrow({ where: { id: third ?? '' } })).toMatchObject({
    status: 'drawn',
    wave: null,
  });
});
