import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerTokenHash, newAnswerToken, optOutWord } from '../../activities/answer-token.ts';
import { createAnalyse } from '../../activities/survey-analyse.ts';
import type { AnswersArrived } from '../../domain/survey/command.ts';
import type { Letter } from '../../api/accounts/letters.ts';
import type { RunningApi } from '../../api/server.ts';
import { GIVEN, seedCycle } from '../support/survey-cycle.ts';
import { type Desk, type Reply, ask, openDesk } from './desk.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});

afterAll(() => desk.close());

/** As somebody without an account. */
const anyone = (
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
  api = desk.api,
): Promise<Reply> => ask(api, method, path, body, { Authorization: '', ...headers });
const handIn = (token: string, answers: object = GIVEN, headers = {}) =>
  anyone('POST', '/answers', { token, answers }, headers);
const cycle = (count: number, change: Partial<Parameters<typeof seedCycle>[1]> = {}) =>
  seedCycle(desk.database, { count, nowMs: desk.now.ms, ...change });
const answersOf = (workflowId: string) =>
  desk.database.answer.findMany({ where: { workflowId }, orderBy: { cursor: 'asc' } });
const code = ({ body }: Reply): string => (body as { type: string }).type.replace('urn:abide:', '');

async function openLink(workflowId: string, channel = 'online'): Promise<string> {
  const token = newAnswerToken();
  await desk.database.surveyLink.create({
    data: { workflowId, tokenHash: answerTokenHash(token), label: '门店', channel, createdAt: new Date(desk.now.ms) },
  });
  return token;
}

test('a token opens its questionnaire, another device goes on with the draft, and an answer is taken once', async () => {
  const { workflowId, invitees } = await cycle(1);
  const [{ id, token } = { id: '', token: '' }] = invitees;
  const opened = await anyone('POST', '/answer-sessions', { token });
  expect(opened.status).toBe(200);
  expect(opened.body).toMatchObject({
    kind: 'personal',
    state: 'open',
    operator: '乙公司',
    client: null,
    anonymous: false,
    language: 'zh',
    draft: null,
    period: { zh: '2027 年第一季度' },
  });
  expect((opened.body as { questionnaire: object }).questionnaire).toHaveProperty('pages');

  expect((await anyone('PUT', '/answer-drafts', { token, answers: { service: 4 } })).status).toBe(200);
  expect((await anyone('PUT', '/answer-drafts', { token, answers: { words: '先存着' } })).status).toBe(200);
  const elsewhere = await anyone('POST', '/answer-sessions', { token });
  expect((elsewhere.body as { draft: object }).draft).toEqual({ words: '先存着' });

  expect(await handIn(token)).toMatchObject({ status: 201, body: { late: false } });
  const second = await handIn(token, { service: 1 });
  expect([second.status, code(second)]).toEqual([409, 'already-answered']);
  const draft = await anyone('PUT', '/answer-drafts', { token, answers: { service: 1 } });
  expect(code(draft)).toBe('already-answered');
  expect((await anyone('POST', '/answer-sessions', { token })).body).toMatchObject({
    state: 'answered',
    questionnaire: null,
  });

  const [row, ...others] = await answersOf(workflowId);
  expect(others).toEqual([]);
  expect(row).toMatchObject({
    respondent: id,
    inviteeId: id,
    answers: GIVEN,
    channel: 'email',
    tier: 'ordinary',
    late: false,
  });
  expect(await desk.database.answerDraft.count()).toBe(0);
});

test('what does not fit the questionnaire is refused by field, and nothing of it is kept', async () => {
  const { workflowId, invitees } = await cycle(1);
  const token = invitees[0]?.token ?? '';
  const refused = await handIn(token, { service: 7, product: { colour: 3 }, shoe: 42 });
  expect([refused.status, code(refused)]).toEqual([422, 'invalid-answers']);
  expect((refused.body as { errors: { path: string }[] }).errors.map(({ path }) => path).sort()).toEqual([
    'product.colour',
    'service',
    'shoe',
  ]);
  const missing = await handIn(token, { words: '很好' });
  expect((missing.body as { errors: { path: string }[] }).errors.map(({ path }) => path)).toEqual(['service']);
  expect((await anyone('PUT', '/answer-drafts', { token, answers: { service: 7 } })).status).toBe(422);
  expect(await answersOf(workflowId)).toEqual([]);
  expect((await desk.database.invitee.findFirstOrThrow({ where: { workflowId } })).answered).toBe(false);
});

test('a wrong token opens nothing; one that guesses is held off; tokens stand in no log', async () => {
  const { invitees } = await cycle(1);
  const wrong = await handIn(newAnswerToken());
  expect([wrong.status, code(wrong)]).toEqual([404, 'answer-link-unknown']);
  const another = await desk.another({});
  const guesses = await Promise.all(
    Array.from({ length: 25 }, () => anyone('POST', '/answer-sessions', { token: newAnswerToken() }, {}, another)),
  );
  expect(guesses.some(({ status }) => status === 429)).toBe(true);
  // Whoever has a token is not held off by somebody behind the same address.
  expect((await handIn(invitees[0]?.token ?? '')).status).toBe(201);
  for (const { token } of invitees) expect(desk.log.join('\n')).not.toContain(token);
  await desk.database.rateLimiterFlexible.deleteMany();
});

test('the short way of answers checks and says what their route does', async () => {
  const { workflowId, invitees } = await cycle(2);
  const tokens = invitees.map(({ token }) => token);
  const cases: { headers?: Record<string, string>; body?: string }[] = [
    {},
    { headers: { 'Idempotency-Key': '' } },
    { headers: { 'Idempotency-Key': 'link/x' } },
    { headers: { Origin: 'https://elsewhere.example' } },
    { headers: { 'Sec-Fetch-Site': 'cross-site' } },
    { headers: { 'Accept-Language': 'zh-CN' }, body: '{"token":"a","token":"b","answers":{}}' },
    { body: '{"token":' },
    { body: '"token"' },
    { body: '[]' },
    { body: '{"token":"","answers":[],"more":1}' },
    { body: JSON.stringify({ token: newAnswerToken(), answers: GIVEN }) },
    { body: JSON.stringify({ token: tokens[0], answers: { service: 9 } }) },
  ];
  const said = async (index: number, way: object) => {
    const { headers, body } = cases[index] ?? {};
    const token = 'Cookie' in way ? tokens[1] : tokens[0];
    const response = await fetch(`${desk.api.url}/api/answers`, {
      method: 'POST',
      body: body ?? JSON.stringify({ token, answers: GIVEN }),
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID(), ...headers, ...way },
    });
    const { date: _date, etag: _etag, ...others } = Object.fromEntries(response.headers);
    return { status: response.status, headers: others, body: (await response.json()) as unknown };
  };
  const before = desk.log.length;
  for (const index of [...cases.keys()].reverse()) {
    // Whoever has a cookie takes the route.
    expect(await said(index, {}), `case ${index}`).toEqual(await said(index, { Cookie: 'theme=dark' }));
  }
  expect(await answersOf(workflowId)).toHaveLength(2);
  const lines = desk.log.slice(before).filter((line) => line.includes('"/answers"'));
  expect(lines.filter((line) => line.includes('"status":201') && line.includes('"by":"stranger"'))).toHaveLength(2);
  await desk.database.rateLimiterFlexible.deleteMany();
});

test('an answer that comes after the close is kept apart; before the beginning and after the report there is none', async () => {
  const { workflowId, invitees } = await cycle(4);
  const [first, second, third, fourth] = invitees.map(({ token }) => token);
  const status = (to: string) =>
    desk.database.process
      .update({ where: { workflowId }, data: { status: to } })
      .then(() => new Promise((done) => setTimeout(done, 1_100)));
  await status('planned');
  const early = await handIn(first ?? '');
  expect([early.status, code(early)]).toEqual([409, 'survey-not-open']);
  await status('open');
  expect((await handIn(first ?? '')).body).toEqual({ late: false });
  // The close that this process has not heard of yet decides where the answer is stored.
  await desk.database.process.update({ where: { workflowId }, data: { status: 'closed' } });
  expect((await handIn(second ?? '')).body).toEqual({ late: true });
  await status('open');
  desk.now.ms += 14 * 86_400_000;
  expect((await handIn(third ?? '')).body).toEqual({ late: true });
  desk.now.ms -= 14 * 86_400_000;
  await status('reported');
  const over = await handIn(fourth ?? '');
  expect([over.status, code(over)]).toEqual([409, 'survey-over']);
  expect((await answersOf(workflowId)).map(({ late }) => late)).toEqual([false, true, true]);
});

test('an anonymous answer bears neither person nor instant, and its rows tell nothing by their order', async () => {
  const { workflowId, invitees } = await cycle(60, { anonymous: true });
  const [{ token } = { token: '' }] = invitees;
  await anyone('PUT', '/answer-drafts', { token, answers: { service: 2 } });
  const drafts = await desk.database.answerDraft.findMany();
  expect(drafts).toHaveLength(1);
  expect(invitees.map(({ id }) => id)).not.toContain(drafts[0]?.inviteeId);
  expect((await anyone('POST', '/answer-sessions', { token })).body).toMatchObject({
    draft: { service: 2 },
    anonymous: true,
  });

  const replies = await Promise.all(
    invitees.map((one, index) => handIn(one.token, { service: 4, words: String(index) })),
  );
  expect(replies.map(({ status }) => status)).toEqual(Array(60).fill(201));
  const rows = await answersOf(workflowId);
  expect(rows).toHaveLength(60);
  const people = invitees.flatMap(({ id, customerId }) => [id, customerId]);
  for (const row of rows) {
    expect(row).toMatchObject({ inviteeId: null, receivedAt: null });
    expect(people).not.toContain(row.respondent);
  }
  const order = rows.map(({ answers }) => Number((answers as { words: string }).words));
  expect(order).not.toEqual([...order].sort((a, b) => a - b));
  expect(await desk.database.invitee.count({ where: { workflowId, answered: true } })).toBe(60);
  expect(await desk.database.answerDraft.count()).toBe(0);
  expect((await handIn(token)).status).toBe(409);

  // PostgreSQL keeps with each row which transaction wrote it: after the analysis those of the marks are one.
  await desk.database.process.update({ where: { workflowId }, data: { status: 'closed' } });
  const { figures } = await createAnalyse({ database: desk.database })({ workflowId, closedAtMs: desk.now.ms });
  expect(figures).toMatchObject({ answered: 60, drawn: 60, reached: 60, late: 0 });
  const marks = await desk.database.$queryRaw<{ xmin: string }[]>`
    SELECT DISTINCT xmin::text AS xmin FROM invitee WHERE workflow_id = ${workflowId}`;
  const written = await desk.database.$queryRaw<{ xmin: string }[]>`
    SELECT DISTINCT xmin::text AS xmin FROM answer WHERE workflow_id = ${workflowId}`;
  expect(marks).toHaveLength(1);
  expect(written).not.toContainEqual(marks[0]);
});

test('what was begun in an anonymous cycle is forgotten as it is analysed, that of another one is kept', async () => {
  const [over, other] = [await cycle(2, { anonymous: true }), await cycle(1, { anonymous: true })];
  for (const { token } of [...over.invitees, ...other.invitees]) {
    expect((await anyone('PUT', '/answer-drafts', { token, answers: { service: 2 } })).status).toBe(200);
  }
  await desk.database.process.update({ where: { workflowId: over.workflowId }, data: { status: 'closed' } });
  await createAnalyse({ database: desk.database })({ workflowId: over.workflowId, closedAtMs: desk.now.ms });
  const left = await desk.database.answerDraft.findMany();
  expect(left.map(({ workflowId }) => workflowId)).toEqual([other.workflowId]);
  await desk.database.answerDraft.deleteMany();
});

test('an open link takes an answer from each who comes by it, the same request only once, and has no draft', async () => {
  const { workflowId } = await cycle(1);
  const token = await openLink(workflowId, 'face-to-face');
  expect((await anyone('POST', '/answer-sessions', { token })).body).toMatchObject({
    kind: 'open',
    state: 'open',
    language: null,
  });
  const key = randomUUID();
  for (const headers of [{}, {}, { 'Idempotency-Key': key }, { 'Idempotency-Key': key }]) {
    expect((await handIn(token, GIVEN, headers)).status).toBe(201);
  }
  const rows = await answersOf(workflowId);
  expect(rows).toHaveLength(3);
  expect(rows[0]).toMatchObject({ channel: 'face-to-face', tier: null, inviteeId: null });
  expect(code(await anyone('PUT', '/answer-drafts', { token, answers: {} }))).toBe('answer-link-unknown');
  await desk.database.surveyLink.updateMany({ where: { workflowId }, data: { revokedAt: new Date() } });
  expect(code(await handIn(token))).toBe('answer-link-unknown');
  await desk.database.rateLimiterFlexible.deleteMany();
});

test('one can opt out by the token, by the page of the mail, and by the mailbox’s own button; opening the page changes nothing', async () => {
  const { invitees } = await cycle(2);
  const [one, two] = invitees;
  const optedOut = async (customerId = '') =>
    (await desk.database.customer.findUniqueOrThrow({ where: { id: customerId } })).optedOutAt !== null;
  expect((await anyone('POST', '/opt-outs', { token: one?.token })).status).toBe(200);
  expect(await optedOut(one?.customerId)).toBe(true);

  const address = `${desk.api.url}/opt-out/${optOutWord(two?.token ?? '')}`;
  const page = await fetch(address, { headers: { 'Accept-Language': 'zh' } });
  expect(await page.text()).toContain('确认退订');
  expect(await optedOut(two?.customerId)).toBe(false);
  // RFC 8058: no cookie, no Origin, a form of one field.
  const pressed = await fetch(address, {
    method: 'POST',
    body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
  });
  expect(pressed.status).toBe(200);
  expect(await optedOut(two?.customerId)).toBe(true);
  // The word in that address does not answer.
  expect(code(await handIn(optOutWord(two?.token ?? '')))).toBe('answer-link-unknown');
  await desk.database.rateLimiterFlexible.deleteMany();
});

test('another address of a customer: what was mailed to the one before answers no more, and a fresh link goes out on request', async () => {
  const letters: Letter[] = [];
  const api = await desk.another({
    sendLetter: async (letter) => void letters.push(letter),
    config: { ...desk.deps.config, inboundKey: 'the-mail-server-knocks' },
  });
  const { agreementId, invitees, id: survey, workflowId } = await cycle(2);
  const [moved, other] = invitees;
  const customer = moved?.customerId ?? '';
  const first = newAnswerToken(); // of the invitation, before a reminder
  await desk.database.surveyLink.create({
    data: {
      ...{ workflowId, tokenHash: answerTokenHash(first), label: `invitee/${moved?.id ?? ''}`, channel: 'email' },
      createdAt: new Date(desk.now.ms),
    },
  });
  await desk.database.invitee.update({ where: { id: moved?.id ?? '' }, data: { status: 'bounced' } });
  const changed = await ask(desk.api, 'PATCH', `/customers/${customer}`, { email: 'new@c.example' });
  expect(changed.status).toBe(200);
  for (const token of [moved?.token ?? '', first]) expect(code(await handIn(token))).toBe('answer-link-unknown');
  expect((await handIn(other?.token ?? '')).status).toBe(201);
  expect((await fetch(`${desk.api.url}/opt-out/${optOutWord(first)}`)).status).toBe(200);
  // The next reminder finds them at the new address.
  expect((await desk.database.invitee.findUniqueOrThrow({ where: { id: moved?.id ?? '' } })).status).toBe('sent');

  const path = `/agreements/${agreementId}/surveys/${survey}/invitations`;
  const reissue = (whom = '') => ask(api, 'POST', path, { as: 'coordinator', onBehalfOf: 'B', customer: whom });
  expect((await reissue(customer)).status).toBe(200);
  expect(letters.map(({ to }) => to.address)).toEqual(['new@c.example']);
  // It comes back: found by the Message-ID that the letter bears, and the next fresh one finds them again.
  const statusOf = async () =>
    (await desk.database.invitee.findUniqueOrThrow({ where: { id: moved?.id ?? '' } })).status;
  expect(await statusOf()).toBe('sent');
  const returned = [
    ...['From: mailer@example.com', 'Content-Type: multipart/report; report-type=delivery-status; boundary=b'],
    ...['MIME-Version: 1.0', '', '--b', 'Content-Type: message/delivery-status', ''],
    ...['Reporting-MTA: dns; mx.example.com', '', 'Final-Recipient: rfc822; new@c.example'],
    ...['Action: failed', 'Status: 5.1.1', '', '--b', 'Content-Type: text/rfc822-headers', ''],
    ...[`Message-ID: ${letters[0]?.messageId ?? ''}`, '', '--b--', ''],
  ];
  const knocked = await fetch(`${api.url}/api/inbound/mail`, {
    method: 'POST',
    headers: { Authorization: 'Bearer the-mail-server-knocks', 'Content-Type': 'message/rfc822' },
    body: returned.join('\r\n'),
  });
  expect(knocked.status).toBe(200);
  expect(await statusOf()).toBe('bounced');
  expect((await reissue(customer)).status).toBe(200);
  expect(await statusOf()).toBe('sent');
  const token = letters[1]?.button?.url.split('#')[1] ?? '';
  expect((await handIn(token)).status).toBe(201);
  expect(code(await reissue(customer))).toBe('already-answered');
  expect(code(await reissue(randomUUID()))).toBe('unknown-customer');
  await desk.database.rateLimiterFlexible.deleteMany();
});

test('an invitation that comes back undeliverable leaves its reader unreached; who complains of one is asked no more', async () => {
  const api = await desk.another({ config: { ...desk.deps.config, inboundKey: 'the-mail-server-knocks' } });
  const { invitees } = await cycle(2);
  const [back, cross] = invitees;
  for (const { id } of invitees) {
    await desk.database.invitee.update({ where: { id }, data: { messageId: `<${id}@example.com>` } });
  }
  const report = (type: string, about: string[], id = ''): string =>
    [
      'From: mailer@example.com',
      `Content-Type: multipart/report; report-type=${type}; boundary=b`,
      'MIME-Version: 1.0',
      ...['', '--b', `Content-Type: message/${type}`, '', ...about, ''],
      ...['--b', 'Content-Type: text/rfc822-headers', '', `Message-ID: <${id}@example.com>`, '', '--b--', ''],
    ].join('\r\n');
  const takeIn = (mail: string) =>
    fetch(`${api.url}/api/inbound/mail`, {
      method: 'POST',
      headers: { Authorization: 'Bearer the-mail-server-knocks', 'Content-Type': 'message/rfc822' },
      body: mail,
    });
  const failed = [
    'Reporting-MTA: dns; mx.example.com',
    '',
    'Final-Recipient: rfc822; a@b.example',
    'Action: failed',
    'Status: 5.1.1',
  ];
  expect((await takeIn(report('delivery-status', failed, back?.id))).status).toBe(200);
  expect((await desk.database.invitee.findUniqueOrThrow({ where: { id: back?.id ?? '' } })).status).toBe('bounced');
  const abuse = ['Feedback-Type: abuse', 'User-Agent: test/1', 'Version: 1'];
  expect((await takeIn(report('feedback-report', abuse, cross?.id))).status).toBe(200);
  const { optedOutAt } = await desk.database.customer.findUniqueOrThrow({ where: { id: cross?.customerId ?? '' } });
  expect(optedOutAt).not.toBeNull();
});

test('2,000 answers at once, and as many repeats of them: none is lost, none is there twice', async () => {
  const { workflowId, invitees } = await cycle(2_000);
  const all = [...invitees, ...invitees].sort((a, b) => (a.id < b.id ? -1 : 1));
  const replies = await atOnce(all, 200, ({ token, id }) => handIn(token, { ...GIVEN, words: id }));
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(2_000);
  expect(replies.filter((reply) => reply.status === 409 && code(reply) === 'already-answered')).toHaveLength(2_000);
  await expectEach(workflowId, invitees);
});

test('2,000 answers spread over two APIs: none is lost, none is there twice, and the cycle hears of all, once a second at most', async () => {
  const told: { atMs: number; command: AnswersArrived }[] = [];
  const temporal = {
    withAbortSignal: (_signal: AbortSignal, work: () => Promise<unknown>) => work(),
    workflow: {
      getHandle: (id: string) => ({
        signal: (_definition: unknown, command: AnswersArrived) => {
          if (id === workflowId) told.push({ atMs: performance.now(), command });
          return Promise.resolve();
        },
      }),
    },
  } as unknown as Client;
  const { workflowId, invitees } = await cycle(2_000);
  const apis: RunningApi[] = [
    await desk.another({ temporal: () => temporal }),
    await desk.another({ temporal: () => temporal }),
  ];
  const replies = await atOnce(invitees, 16, ({ token, id }, index) =>
    anyone('POST', '/answers', { token, answers: { ...GIVEN, words: id } }, {}, apis[index % 2]),
  );
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(2_000);
  await expectEach(workflowId, invitees);
  await Promise.all(apis.map((api) => api.stop()));
  const last = told.at(-1)?.command;
  expect(last).toMatchObject({ type: 'answers', answered: 2_000, late: 0 });
  const [{ cursor = '' } = {}] = await desk.database.$queryRaw<{ cursor: string }[]>`
    SELECT max(cursor)::text AS cursor FROM answer WHERE workflow_id = ${workflowId}`;
  expect(last?.cursor).toBe(cursor);
  const spanMs = (told.at(-1)?.atMs ?? 0) - (told[0]?.atMs ?? 0);
  expect(told.length).toBeLessThanOrEqual(2 * (Math.floor(spanMs / 1_000) + 2)); // of either API
});

test('a cycle that an API left behind hears at the start of the next one', async () => {
  const { workflowId, invitees } = await cycle(1);
  await handIn(invitees[0]?.token ?? '');
  const told = await new Promise<[string, AnswersArrived]>((resolve) => {
    const temporal = {
      withAbortSignal: (_signal: AbortSignal, work: () => Promise<unknown>) => work(),
      workflow: {
        getHandle: (id: string) => ({
          signal: (_definition: unknown, command: AnswersArrived) => {
            if (id === workflowId) resolve([id, command]);
            return Promise.resolve();
          },
        }),
      },
    } as unknown as Client;
    void desk.another({ temporal: () => temporal });
  });
  expect(told[1]).toMatchObject({ answered: 1, late: 0 });
});

async function atOnce<T, R>(
  items: readonly T[],
  clients: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (const [index, item] of queue) results[index] = await work(item, index);
    }),
  );
  return results;
}

async function expectEach(workflowId: string, invitees: { id: string }[]): Promise<void> {
  const rows = await answersOf(workflowId);
  expect(rows.map(({ respondent }) => respondent).sort()).toEqual(invitees.map(({ id }) => id).sort());
  for (const { respondent, answers } of rows) expect((answers as { words: string }).words).toBe(respondent);
}
