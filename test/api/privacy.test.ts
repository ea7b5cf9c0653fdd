import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { verifyChain } from '../../activities/chain.ts';
import { enforceRetention } from '../../activities/retention.ts';
import { PERSONAL_DATA } from '../../api/privacy/personal-data.ts';
import { accessLogPage, erasure, personData, retention } from '../../api/privacy/schemas.ts';
import { RETENTION } from '../../domain/retention.ts';
import type { TrainingInput } from '../../domain/training/compiled.ts';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import { agreementWorkflowId, processWorkflowId } from '../../workflows/ids.ts';
import { type Desk, ask, form, inForce, openDesk } from './desk.ts';
import { SERVICE, started } from './life-desk.ts';
import { processDesk } from './process-desk.ts';
import { signedIn } from './signed-in.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => {
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
});
afterAll(() => desk?.close());

const seated = async (agreementId: string, seat: string): Promise<string> =>
  (await desk.database.seat.findFirstOrThrow({ where: { agreementId, seat } })).personId;

/** A notice as the worker writes it. */
async function noticeTo(agreementId: string, address: string, personId: string): Promise<void> {
  const number = 900 + (await desk.database.notice.count({ where: { agreementId } }));
  const row = { number, kind: 'reminder', seat: 'A', role: 'owner', rungs: [], clauses: [], facts: {} };
  const at = new Date(desk.now.ms);
  const id = `agreement/${agreementId}/n${String(number)}`;
  await desk.database.notice.create({
    data: { id, agreementId, ...row, at, messageId: id, status: 'sent', personId, address, subject: `${address}: due` },
  });
}

/** An agreement that was lived: signed, a document handed in, ended by agreement on 2026-09-02. */
async function ended(): Promise<string> {
  const agreementId = await inForce(desk);
  const act = async (path: string, body: unknown): Promise<void> => {
    const key = randomUUID();
    await ask(desk.api, 'POST', `/agreements/${agreementId}${path}`, body, { 'Idempotency-Key': key });
    await desk.record(key);
  };
  await act('/obligations/needs-analysis-report/submissions', form({ as: 'A' }, { '李华的报告.txt': '报告' }));
  desk.now.ms = Date.parse('2026-09-02T09:00:00+08:00');
  await act(
    '/termination',
    form({ as: 'coordinator', reason: '双方同意，由甲方提出' }, { '终止协议.txt': '双方签字' }),
  );
  return agreementId;
}

/** Made by somebody for the installation: it stays when they leave, and what they did stands in the access log. */
const OF_THE_INSTALLATION =
  'AuditRun BulkJob CalendarVersion CaseLink CustomersServed SurveyLink WebhookEndpoint'.split(' ');

test('every column of text or JSON of every table is judged, and none that is not there', () => {
  const schema = readFileSync(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8');
  const models = Array.from(schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm), ([, name = '', body = '']) => [
    name,
    Array.from(body.matchAll(/^ {2}(\w+) +(?:String|Json)(?:\[\])?\??(?: |$)/gm), ([, column = '']) => column).sort(),
  ]);
  expect(models.length).toBeGreaterThan(25);
  const judged = Object.entries(PERSONAL_DATA).map(([name, columns]) => [name, Object.keys(columns).sort()]);
  expect(Object.fromEntries(judged)).toEqual(Object.fromEntries(models));
});

/** Names of fields, in whatever depth, that the page has no word for in Chinese or English; texts in both are no fields. */
function fieldsWithoutWords(items: unknown): string[] {
  const words = ['zh', 'en'].map((language) => {
    const file = new URL(`../../web/features/privacy/words.${language}.json`, import.meta.url);
    return (JSON.parse(readFileSync(file, 'utf8')) as { dataField: Record<string, string> }).dataField;
  });
  const namesIn = (value: unknown): string[] => {
    if (Array.isArray(value)) return value.flatMap(namesIn);
    if (typeof value !== 'object' || value === null || ('zh' in value && 'en' in value)) return [];
    return Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)]);
  };
  return [...new Set(namesIn(items))].filter((name) => words.some((known) => !known[name])).sort();
}

const OF_CUSTOMERS = ['AnswerDraft', 'AnswerFile', 'CaseContact', 'Customer', 'Feedback', 'Invitee'];

test('a person is shown everything about them: from every table that the list names', async () => {
  const agreementId = await ended();
  const li = await seated(agreementId, 'A');
  const improvement = { agreementId, type: 'improvement', reference: 'slow-answers', status: 'planned' };
  await desk.database.process.create({
    data: {
      ...improvement,
      workflowId: `improvement/${agreementId}/slow-answers`,
      input: {},
      snapshot: { plannedBy: { personId: li } },
      createdAt: new Date(desk.now.ms),
    },
  });
  const mine = await signedIn(desk, ['party-member'], { personId: li });
  const administrator = await signedIn(desk, ['administrator']);
  await ask(administrator, 'GET', `/persons/${li}/data`);
  const reply = await ask(mine, 'GET', '/me/data');
  const data = personData.parse(reply.body);
  const of = (group: string) => data.groups.find((one) => one.group === group)?.items ?? [];
  expect(of('person')).toMatchObject([{ email: 'li.hua@a.example', organisation: '甲公司' }]);
  expect(of('drafts')).toMatchObject([
    { agreementId, entries: [{ path: ['parties', 'A'], email: 'Li.Hua@a.example' }] },
  ]);
  expect(of('seats')).toMatchObject([{ agreementId, seat: 'A' }]);
  expect(of('acts')).toMatchObject([{ type: 'sign' }, { type: 'submit' }]);
  expect(of('documents')).toMatchObject([{ fileName: '李华的报告.txt' }]);
  expect(of('surveys')).toEqual([improvement]);
  expect(of('events').length).toBeGreaterThanOrEqual(3);
  expect(of('seen-by')).toMatchObject([{ action: 'view-data', actor: { kind: 'account', accountId: 'a1' } }, {}]);
  expect(fieldsWithoutWords(data.groups.flatMap(({ items }) => items))).toEqual([]);
  for (const { title, source } of data.groups) expect([title.zh, title.en, source.zh, source.en]).not.toContain('');

  const shown = new Set(data.groups.flatMap(({ tables }) => tables));
  const personal = Object.entries(PERSONAL_DATA)
    .filter(([, columns]) => Object.values(columns).some((column) => column !== null))
    .map(([name]) => name);
  // A copy of an answer or of names is found by no person's id; an endpoint, a link, an entered count, a calendar, a job, a verdict are the installation's, not their maker's;
  // what is of customers is shown where customers are (customers.test.ts).
  expect(personal.filter((name) => !shown.has(name)).sort()).toEqual(
    [...OF_CUSTOMERS, ...OF_THE_INSTALLATION, 'AgreementSearch', 'BulkLine', 'IdempotentRequest'].sort(),
  );
});

test('secrets are in no export', async () => {
  const agreementId = await inForce(desk);
  const bob = await seated(agreementId, 'B');
  const at = new Date(desk.now.ms);
  const dates = { createdAt: at, updatedAt: at };
  const user = { id: 'u1', name: 'Bob', email: 'bob@b.example', personId: bob, roles: ['party-member'], ...dates };
  await desk.database.user.create({ data: user });
  await desk.database.session.create({
    data: { id: 's1', userId: 'u1', token: 'secret-1', expiresAt: at, ipAddress: '203.0.113.7', ...dates },
  });
  const credential = {
    id: 'c1',
    userId: 'u1',
    accountId: 'u1',
    providerId: 'credential',
    password: 'secret-2',
    ...dates,
  };
  await desk.database.account.create({ data: credential });
  await desk.database.twoFactor.create({
    data: { id: 't1', userId: 'u1', secret: 'secret-3', backupCodes: 'secret-4' },
  });
  await desk.database.apikey.create({
    data: { id: 'k1', referenceId: 'u1', key: 'secret-5', name: '导出脚本', ...dates },
  });
  await desk.database.calendarFeed.create({ data: { personId: bob, tokenHash: 'secret-6', createdAt: at } });
  const mine = await signedIn(desk, ['party-member'], { personId: bob });
  const { body } = await ask(mine, 'GET', '/me/data');
  expect(fieldsWithoutWords(personData.parse(body).groups.flatMap(({ items }) => items))).toEqual([]);
  const text = JSON.stringify(body);
  expect(text).toContain('203.0.113.7');
  expect(text).toContain('导出脚本');
  expect(text).not.toContain('secret-');
  await desk.database.user.delete({ where: { id: 'u1' } });
});

test('erasure waits while somebody is needed, and until three years after the end of what they acted in', async () => {
  const administrator = await signedIn(desk, ['administrator']);
  const erase = (id: string) => ask(administrator, 'POST', `/persons/${id}/erasure`, { ground: 'requested' });
  await desk.database.agreement.updateMany({ data: { status: 'terminated', endedOn: '2020-01-01' } }); // those of other tests
  const living = await inForce(desk);
  const bob = await seated(living, 'B');
  const needed = await erase(bob);
  expect(needed).toMatchObject({ status: 409, body: { type: 'urn:abide:still-needed' } });
  expect(needed.body.errors[0].path).toBe(`agreements.${living}`);
  await desk.database.agreement.update({
    where: { id: living },
    data: { status: 'terminated', endedOn: '2026-09-02' },
  });
  const kept = await erase(bob);
  expect(kept).toMatchObject({ status: 409, body: { type: 'urn:abide:retention-runs' } });
  expect(kept.body.errors).toMatchObject([{ message: expect.stringContaining('kept until 2029-09-02') }]);
  desk.now.ms = Date.parse('2029-09-02T23:59:59+08:00');
  expect((await erase(bob)).status).toBe(409);
  desk.now.ms += 1000;
  expect((await erase(bob)).status).toBe(200);
  expect((await erase(randomUUID())).body.type).toBe('urn:abide:unknown-person');
});

test('after an erasure no table names them; events, chain and documents are what they were', async () => {
  await desk.database.person.deleteMany({ where: { email: 'li.hua@a.example', seats: { none: {} } } });
  const agreementId = await ended();
  const li = await seated(agreementId, 'A');
  const at = new Date(desk.now.ms);
  const user = { id: 'u2', name: '李华', email: 'li.hua@a.example', personId: li, createdAt: at, updatedAt: at };
  await desk.database.user.create({ data: user });
  const keyed = { id: 'k2', referenceId: 'u2', key: 'hash', name: 'li.hua@a.example', createdAt: at, updatedAt: at };
  await desk.database.apikey.create({ data: keyed });
  await noticeTo(agreementId, 'li.hua@a.example', li);
  await ask(desk.api, 'GET', `/persons/${li}`);
  const read = () => desk.database.event.findMany({ where: { agreementId }, orderBy: { sequence: 'asc' } });
  const before = await read();
  const document = await desk.database.agreementDocument.findFirstOrThrow({ where: { agreementId } });

  desk.now.ms = Date.parse('2029-10-01T09:00:00+08:00');
  const administrator = await signedIn(desk, ['administrator']);
  const reply = await ask(administrator, 'POST', `/persons/${li}/erasure`, { ground: 'purpose-ended' });
  const done = erasure.parse(reply.body);
  expect(done).toMatchObject({
    ground: 'purpose-ended',
    done: { person: 1, auth_user: 1, auth_api_key: 1 },
  });

  const tables = await desk.database.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`;
  const naming: string[] = [];
  for (const { name } of tables) {
    const [row] = await desk.database.$queryRawUnsafe<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM "${name}" AS row WHERE row::text ILIKE '%li.hua@a.example%'`,
    );
    if ((row?.count ?? 0) > 0) naming.push(name);
  }
  expect(naming).toEqual([]);
  const { draft } = await desk.database.agreement.findUniqueOrThrow({ where: { id: agreementId } });
  expect(draft).toMatchObject({
    parties: { A: { name: '甲公司', contact: '—', email: `${li}@erased.invalid` }, B: { email: 'bob@b.example' } },
  });

  const after = await read();
  expect(after).toEqual(before);
  const rows = after.map(({ sequence, body, previous, hash }) => ({ sequence, body, previous, hash }));
  expect(after[0]?.workflowId).toBe(agreementWorkflowId(agreementId));
  expect(verifyChain(rows)).toEqual({ verdict: 'whole', head: rows.at(-1)?.hash });
  const kept = await desk.database.agreementDocument.findFirstOrThrow({ where: { agreementId } });
  expect(kept).toEqual(document);
  expect(await desk.deps.documents.check(kept.sha256)).toBe('ok');

  const shown = await ask(desk.api, 'GET', `/persons/${li}`);
  expect(shown.body).toMatchObject({ name: '—', erasedAt: '2029-10-01T01:00:00.000Z' });
  const again = await ask(administrator, 'POST', `/persons/${li}/erasure`, { ground: 'requested' });
  expect(erasure.parse(again.body)).toEqual(done);
  expect(await desk.database.erasure.count({ where: { personId: li } })).toBe(1);
  expect((await ask(desk.api, 'PATCH', `/persons/${li}`, { name: '李华' })).body.type).toBe('urn:abide:person-erased');
});

test('a trainee is shown sessions, attendance, every try and the certificate; erased, the record is what it was (S001b-15)', async () => {
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
  await desk.database.agreement.updateMany({ data: { status: 'terminated', endedOn: '2020-01-01' } }); // those of other tests
  const agreed = { staffTrainingIntervalDays: 180, examDueDays: 7, passMark: '85', retrainDays: 30 };
  const terms = { ...(SERVICE as { terms?: object }).terms, ...agreed };
  const agreementId = await started(desk, { ...SERVICE, terms });
  const { compiled } = await desk.database.agreement.findUniqueOrThrow({ where: { id: agreementId } });
  const { zone, calendar, noticeHours, parties, seats, trainings } = compiled as unknown as CompiledAgreement;
  const [training] = trainings ?? [];
  if (!training) throw new Error('the template knows no training');
  const { organisationId } = await desk.database.person.findFirstOrThrow();
  const person = (name: string) =>
    desk.database.person.create({
      data: { organisationId, name, email: `${name}@staff.example`, language: 'zh', zone: 'Asia/Shanghai' },
    });
  const [{ id: chen }, { id: wu }] = [await person('chen-of-training'), await person('wu-of-training')];
  const actor = { personId: 'organiser', seat: training.organiser, party: training.organiser, via: 'api' as const };
  const reference = 'training-1f3a9c2e';
  const workflowId = processWorkflowId('training', agreementId, reference);
  const input: TrainingInput = {
    format: 1,
    ...{ workflowId, agreementId, reference, zone, calendar, noticeHours, parties, seats, seatParties: {} },
    training,
    topics: training.topics.map(({ id }) => id),
    ...{ mode: null, methods: [], plannedOn: '2026-09-01', trainees: [wu], duty: null, duties: {} },
    ...{ series: '5E0C2A71-1F3A9C2E', plannedAtMs: desk.now.ms, actor },
  };
  const processes = processDesk(desk);
  await processes.begin('training', input);
  const act = (command: { type: string } & Record<string, unknown>) =>
    processes.tell(workflowId, { actor, ...command });
  await act({ type: 'enrol', trainees: [chen] });
  await act({ type: 'hold', heldOn: '2026-09-01', attended: [wu, chen] });
  const marked = (examinedOn: string, score: string) => ({
    type: 'examine',
    examinedOn,
    results: [{ trainee: chen, score }],
  });
  await act(marked('2026-09-01', '84.99'));
  desk.now.ms += 86_400_000;
  await act({ type: 'hold', heldOn: '2026-09-02', attended: [chen] });
  await act(marked('2026-09-02', '85'));

  const administrator = await signedIn(desk, ['administrator']);
  const trainingsOf = async (id: string) => {
    const { groups } = personData.parse((await ask(administrator, 'GET', `/persons/${id}/data`)).body);
    return groups.find(({ group }) => group === 'trainings')?.items ?? [];
  };
  const shown = await trainingsOf(chen);
  expect(shown).toMatchObject([
    {
      agreementId,
      reference,
      heldOn: ['2026-09-01', '2026-09-02'],
      attendedOn: ['2026-09-01', '2026-09-02'],
      attempts: [
        { examinedOn: '2026-09-01', score: '84.99', passed: false },
        { examinedOn: '2026-09-02', score: '85', passed: true },
      ],
      certificate: { number: '5E0C2A71-1F3A9C2E-002', issuedOn: '2026-09-02' },
    },
  ]);
  expect(fieldsWithoutWords(shown)).toEqual([]);
  expect(JSON.stringify(shown)).not.toContain(wu);
  expect(await trainingsOf(wu)).toMatchObject([{ reference, attempts: [], certificate: null }]);
  expect(await trainingsOf(await seated(agreementId, 'B'))).toEqual([]);

  const read = () =>
    Promise.all([
      desk.database.event.findMany({ where: { workflowId }, orderBy: { sequence: 'asc' } }),
      desk.database.process.findUniqueOrThrow({ where: { workflowId } }),
    ]);
  const before = await read();
  expect((await ask(administrator, 'POST', `/persons/${chen}/erasure`, { ground: 'requested' })).status).toBe(200);
  const after = await read();
  expect(after).toEqual(before);
  const rows = after[0].map(({ sequence, body, previous, hash }) => ({ sequence, body, previous, hash }));
  expect(verifyChain(rows)).toEqual({ verdict: 'whole', head: rows.at(-1)?.hash });
  expect(await trainingsOf(chen)).toEqual(shown);
  expect(JSON.stringify(after)).not.toContain('chen-of-training');
});

test('only an administrator sees or erases another’s data; each look is logged, and refused ones leave none', async () => {
  const agreementId = await inForce(desk);
  const id = await seated(agreementId, 'A');
  const looks = () => desk.database.accessLog.count({ where: { subject: `person/${id}` } });
  for (const role of ['coordinator', 'auditor', 'party-member'] as const) {
    const api = await signedIn(desk, [role], { personId: id });
    expect((await ask(api, 'GET', `/persons/${id}/data`)).status).toBe(403);
    expect((await ask(api, 'POST', `/persons/${id}/erasure`, { ground: 'requested' })).status).toBe(403);
  }
  expect(await looks()).toBe(0);
  const administrator = await signedIn(desk, ['administrator']);
  expect((await ask(administrator, 'GET', `/persons/${id}/data`)).status).toBe(200);
  expect(await looks()).toBe(1);
});

test('the log is read by auditor and administrator: by person, action and day, page by page', async () => {
  const agreementId = await inForce(desk);
  const id = await seated(agreementId, 'A');
  const administrator = await signedIn(desk, ['administrator'], { personId: await seated(agreementId, 'coordinator') });
  for (let n = 0; n < 3; n++) {
    desk.now.ms += 86_400_000;
    await ask(administrator, 'GET', `/persons/${id}/data`);
  }
  const auditor = await signedIn(desk, ['auditor']);
  const first = accessLogPage.parse(
    (await ask(auditor, 'GET', `/access-log?person=${id}&action=view-data&limit=2`)).body,
  );
  expect(first.items.map(({ at }) => at)).toEqual(['2026-09-04T01:00:00.000Z', '2026-09-03T01:00:00.000Z']);
  expect(first.items[0]).toMatchObject({
    subjectName: '李华',
    actor: { name: '王协调', via: 'session' },
    outcome: 'ok',
  });
  const rest = await ask(
    auditor,
    'GET',
    `/access-log?person=${id}&action=view-data&cursor=${String(first.nextCursor)}`,
  );
  expect(accessLogPage.parse(rest.body).items[0]?.at).toBe('2026-09-02T01:00:00.000Z');
  const day = await ask(auditor, 'GET', `/access-log?person=${id}&from=2026-09-03&until=2026-09-03`);
  expect(accessLogPage.parse(day.body).items).toHaveLength(1);
  const coordinator = await signedIn(desk, ['coordinator']);
  expect((await ask(coordinator, 'GET', '/access-log')).status).toBe(403);
  const denied = accessLogPage.parse((await ask(auditor, 'GET', '/access-log?action=denied&limit=1')).body);
  expect(denied.items).toMatchObject([{ subject: 'route/listAccessLog', actor: { kind: 'account' } }]);
});

test('what need not be kept is removed by rule, to the day, and nothing else', async () => {
  const { database, now } = desk;
  await database.session.deleteMany();
  await enforceRetention({ database, documents: desk.deps.documents, clock: () => now.ms });
  const day = 86_400_000;
  const agreementId = await inForce(desk);
  await database.agreement.updateMany({
    where: { id: agreementId },
    data: { endedOn: '2023-08-31', status: 'terminated' },
  });
  const personId = await seated(agreementId, 'A');
  const days = Object.fromEntries(RETENTION.map((rule) => [rule.id, rule.days ?? 0]));
  const at = (rule: string, offsetMs: number) => new Date(now.ms - (days[rule] ?? 0) * day - offsetMs);
  const dates = { createdAt: at('x', 0), updatedAt: at('x', 0) };
  await database.user.create({ data: { id: 'u3', name: 'x', email: 'x@x.example', ...dates } });
  // Each kind twice: one a second too old, one on the day.
  for (const [age, offset] of [
    ['old', 1000],
    ['young', -1000],
  ] as const) {
    const id = randomUUID();
    await database.idempotentRequest.create({
      data: { key: `${age}-${id}`, fingerprint: 'f', status: 'answered', createdAt: at('requests', offset) },
    });
    const log = { actor: {}, subject: age, action: 'export', outcome: 'ok' };
    await database.accessLog.create({ data: { at: at('access-log', offset), ...log } });
    await database.refusal.create({ data: { at: at('refusals', offset), actor: {}, action: age, code: 'x' } });
    await database.rateLimiterFlexible.create({ data: { key: age, points: 1, expire: at('attempts', offset) } });
    await database.session.create({
      data: { id, userId: 'u3', token: id, expiresAt: at('sessions', offset), ...dates },
    });
    await database.verification.create({
      data: { id, identifier: age, value: 'x', expiresAt: at('verifications', offset), ...dates },
    });
    await database.apikey.create({
      data: { id, referenceId: 'u3', key: id, expiresAt: at('api-keys', offset), ...dates },
    });
    const link = { agreementId, personId, seat: 'A', purpose: 'sign', createdAt: at('links', offset) };
    await database.actionLink.create({ data: { ...link, tokenHash: id, expiresAt: at('links', offset) } });
    await database.calendarFeed.create({
      data: { personId, tokenHash: id, createdAt: at('feeds', offset), revokedAt: at('feeds', offset) },
    });
    await database.inboundMail.create({ data: { id, kind: age, receivedAt: at('inbound-mail', offset) } });
    await database.task.create({
      data: { kind: 'complaint', key: id, about: {}, createdAt: at('tasks', offset), doneAt: at('tasks', offset) },
    });
  }
  await noticeTo(agreementId, 'a@a.example', personId);
  const notices = await database.notice.count({ where: { agreementId } });
  const done = await enforceRetention({ database, documents: desk.deps.documents, clock: () => now.ms });
  const { 'notice-addresses': addresses, ...others } = done;
  expect(addresses).toBe(notices);
  expect(others).toEqual({
    requests: 1,
    'access-log': 1,
    refusals: 1,
    attempts: 1,
    sessions: 1,
    verifications: 1,
    'api-keys': 1,
    links: 1,
    feeds: 1,
    'inbound-mail': 1,
    tasks: 1,
  });
  expect(await enforceRetention({ database, documents: desk.deps.documents, clock: () => now.ms })).toEqual({});
  expect(await database.notice.count({ where: { agreementId, address: null, subject: null } })).toBe(notices);
});

test('what is kept, how long and why is open to everybody, and the guide says the same', async () => {
  const { rules, data } = retention.parse(
    (await ask(desk.api, 'GET', '/retention', undefined, { Authorization: '' })).body,
  );
  const guide = readFileSync(new URL('../../docs/personal-data.md', import.meta.url), 'utf8');
  for (const { what, days } of rules) {
    const row = guide.split('\n').find((line) => line.startsWith('|') && line.includes(what.en));
    expect(row, what.en).toBeDefined();
    if (days !== null && days > 0) expect(row).toContain(String(days));
  }
  for (const { table } of data) expect(guide).toContain(`\`${table}\``);
});
