import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { MailFailure, type MailTransport, createMailTransport } from '../../activities/mail/transport.ts';
import { enforceRetention } from '../../activities/retention.ts';
import type { Role } from '../../api/policy.ts';
import type { RunningApi } from '../../api/server.ts';
import { questionnaireDraft, survey as surveySchema } from '../../api/surveys/schema.ts';
import { openTestInvitations } from '../../cli/test-invitations.ts';
import { type Mailbox, startMailbox } from '../../embedded/mailbox.ts';
import { GIVEN, QUESTIONNAIRE, seedCycle } from '../support/survey-cycle.ts';
import { type Desk, type Reply, ask, openDesk } from './desk.ts';
import { begunCycle, customers, improvementAgreement, processDesk } from './process-desk.ts';
import { signedIn } from './signed-in.ts';

const DAY_MS = 86_400_000;

let desk: Desk;
let folder: string;
let mailbox: Mailbox;
let transport: MailTransport;
let agreementId: string;
let id: string;
let workflowId: string;

beforeAll(async () => {
  desk = await openDesk();
  folder = await mkdtemp(join(tmpdir(), 'abide-test-mails-'));
  mailbox = await startMailbox({ dir: folder, smtpPort: 0, httpPort: 0, log: () => undefined });
  transport = createMailTransport({ smtpUrl: mailbox.smtpUrl });
  const { publicUrl } = desk.deps.config;
  const sendTestInvitation = openTestInvitations(transport, { mailFrom: 'Abide <abide@operator.example>', publicUrl });
  Object.assign(desk.deps, { sendTestInvitation });
  desk.api = await desk.another({});
});
beforeEach(async () => {
  await desk.database.$executeRaw`TRUNCATE customer, invitee, answer, survey_link, answer_draft, auth_user CASCADE`;
  await desk.database.rateLimiterFlexible.deleteMany();
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
  agreementId = await improvementAgreement(desk);
  desk.now.ms = Date.parse('2026-10-01T09:00:00+08:00');
  ({ id, workflowId } = await begunCycle(desk, agreementId, { occurrence: '2026-10-01', channels: ['email'] }));
});
afterAll(async () => {
  transport?.close();
  await mailbox?.stop();
  await desk?.close();
  await rm(folder, { recursive: true, force: true });
});

const at = (rest = ''): string => `/agreements/${agreementId}/surveys/${id}${rest}`;
const code = ({ body }: Reply): string => (body as { type: string }).type.replace('urn:abide:', '');
const errors = ({ body }: Reply) =>
  (body as { errors: { path: string; message: string }[] }).errors.map(({ path, message }) => `${path}: ${message}`);
const anyone = (path: string, body: object, method = 'POST'): Promise<Reply> =>
  ask(desk.api, method, path, body, { Authorization: '' });
const send = (body: object = {}, api: RunningApi = desk.api): Promise<Reply> =>
  ask(api, 'POST', at('/test-mails'), body);

/** The person in a seat, signed in to an account of their own. */
async function seated(seat: string, role: Role, language: 'zh' | 'en' = 'zh'): Promise<RunningApi> {
  const { personId } = await desk.database.seat.findFirstOrThrow({ where: { agreementId, seat } });
  const { name, email } = await desk.database.person.update({ where: { id: personId }, data: { language } });
  const created = new Date(desk.now.ms);
  const account = { id: `account-${seat}`, name, email, personId, createdAt: created, updatedAt: created };
  await desk.database.user.create({ data: account });
  return signedIn(desk, [role], { personId, accountId: account.id });
}

async function design(): Promise<object> {
  const draft = questionnaireDraft.parse((await ask(desk.api, 'GET', at('/draft'))).body);
  await processDesk(desk).act(at('/design'), { as: 'B', questionnaire: draft.json });
  return draft.json;
}

/** The newest mail that somebody got, and the token in its link. */
async function mailTo(address: string) {
  const mail = (await mailbox.messages()).find(({ recipients }) => recipients.includes(address));
  if (!mail) throw new Error(`no mail to ${address}`);
  const [, token = ''] = /\/answer#([\w-]{43})/.exec(mail.text) ?? [];
  return { ...mail, token };
}

/** Whatever could be taken for an answer, or for what somebody wants. */
const left = async () => ({
  answers: await desk.database.answer.count(),
  drafts: await desk.database.answerDraft.count(),
  invited: await desk.database.invitee.count({ where: { OR: [{ answered: true }, { status: 'opted-out' }] } }),
  optedOut: await desk.database.customer.count({
    where: { OR: [{ optedOutAt: { not: null } }, { surveyConsent: false }] },
  }),
  events: await desk.database.event.count({ where: { workflowId } }),
});

test('before publication its designer gets the invitation as customers would, says who tests, and tries it out without effect', async () => {
  await customers(desk, 2);
  const json = await design();
  const before = await left();
  const designer = await seated('B', 'party-member');
  expect(surveySchema.parse((await ask(designer, 'GET', at())).body).mayTest).toBe(true);
  const reply = await send({}, designer);
  expect(reply).toMatchObject({
    status: 200,
    body: { version: 1, sent: [{ to: 'wu.min@b.example', language: 'zh' }], expiresAt: '2026-10-04T09:00:00+08:00' },
  });

  const mail = await mailTo('wu.min@b.example');
  expect(mail.subject).toMatch(/^【测试】乙公司邀请您参加客户满意度调查，/);
  expect(mail.text).toContain('这是一封测试邮件');
  expect(mail.text).toContain('诚邀您填写问卷');
  expect(mail.html).toContain('这是一封测试邮件');
  expect(mail.from).toContain('乙公司');

  // The page: as for an invitee, and it says that it is a test.
  const { token } = mail;
  const opened = await anyone('/answer-sessions', { token });
  expect(opened.body).toMatchObject({
    ...{ kind: 'personal', trial: true, state: 'open', language: 'zh', operator: '乙公司', draft: null },
    questionnaire: json,
  });
  const name = firstQuestion(json);
  expect((await anyone('/answer-drafts', { token, answers: { [name]: 4 } }, 'PUT')).status).toBe(200);
  expect((await anyone('/answer-sessions', { token })).body).toMatchObject({ draft: { [name]: 4 } });
  const wrong = await anyone('/answers', { token, answers: { [name]: 99 } });
  expect(code(wrong)).toBe('invalid-answers');
  expect(await anyone('/answers', { token, answers: answersTo(json) })).toMatchObject({
    status: 201,
    body: { late: false },
  });
  expect(await left()).toEqual(before);
  // Once more, from an empty page.
  expect((await anyone('/answer-sessions', { token })).body).toMatchObject({ state: 'open', draft: null });

  // Mailboxes unsubscribe by themselves; nobody is opted out by a test.
  const optOut = mail.headers.find((one) => one.name.toLowerCase() === 'list-unsubscribe')?.value.slice(1, -1) ?? '';
  const page = await fetch(optOut.replace(desk.deps.config.publicUrl, desk.api.url), { method: 'POST' });
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('测试时不作任何更改')]);
  expect(await left()).toEqual(before);
  expect((await ask(desk.api, 'GET', at())).body).toMatchObject({ status: 'planned', answered: 0, invited: 0 });
  const log = await desk.database.accessLog.findMany({ where: { agreementId, action: 'test-mail' } });
  expect(log).toMatchObject([{ subject: `survey/${id}`, outcome: 'ok', actor: { accountId: 'account-B' } }]);
});

test('in English for whoever reads English, and in the language that is asked for', async () => {
  await design();
  const designer = await seated('B', 'party-member', 'en');
  await send({}, designer);
  const mail = await mailTo('wu.min@b.example');
  expect(mail.subject).toMatch(/^\[Test\] 乙公司 asks for your opinion, by /);
  expect(mail.text).toContain('This is a test: what follows is the invitation as customers get it.');
  expect((await anyone('/answer-sessions', { token: mail.token })).body).toMatchObject({ language: 'en', trial: true });
  expect((await send({ language: 'zh' }, designer)).body).toMatchObject({ sent: [{ language: 'zh' }] });
});

test('it goes to people with a seat in this agreement, by address or id, and to no customer or anybody else', async () => {
  await design();
  await customers(desk, 1);
  const other = await improvementAgreement(desk);
  await desk.database.person.updateMany({
    where: { seats: { some: { agreementId: other, seat: 'A' } }, NOT: { seats: { some: { agreementId } } } },
    data: { email: 'elsewhere@a.example' },
  });
  const { personId } = await desk.database.seat.findFirstOrThrow({ where: { agreementId, seat: 'A' } });
  const sent = await send({ to: [personId, 'Wu.Min@b.example', 'wu.min@b.example'] });
  expect(sent.body.sent.map(({ to }: { to: string }) => to)).toEqual(['li.hua@a.example', 'wu.min@b.example']);
  const count = (await mailbox.messages()).length;
  for (const to of [
    'c-0000@c.example',
    'elsewhere@a.example',
    'nobody@x.example',
    '00000000-0000-4000-8000-000000000000',
  ]) {
    const refused = await send({ to: ['wu.min@b.example', to] });
    expect([refused.status, code(refused)], to).toEqual([422, 'not-seated']);
    expect(errors(refused)).toEqual(['to[1]: is neither you nor somebody who has a seat in this agreement']);
  }
  expect((await send({ to: ['wu.min'] })).status).toBe(400);
  expect(code(await send())).toBe('address-missing'); // a program has none
  expect((await mailbox.messages()).length).toBe(count);
});

test('whoever may not design it sends nothing: the other side, a third party, an auditor, a stranger', async () => {
  await design();
  const { organisationId } = await desk.database.person.findFirstOrThrow();
  const third = await desk.database.person.create({
    data: { organisationId, name: '第三方', email: 'third@t.example' },
  });
  await desk.database.seat.create({ data: { agreementId, seat: 'third-party', personId: third.id } });
  const count = (await mailbox.messages()).length;
  for (const [seat, role] of [
    ['A', 'party-member'],
    ['third-party', 'third-party'],
  ] as const) {
    const api = await seated(seat, role);
    const refused = await send({}, api);
    expect(code(refused), role).toBe('not-responsible');
    expect(surveySchema.parse((await ask(api, 'GET', at())).body).mayTest).toBe(false);
  }
  expect((await send({}, await signedIn(desk, ['auditor'], { accountId: 'auditor' }))).status).toBe(403);
  expect((await send({}, await signedIn(desk, ['party-member'], { accountId: 'x' }))).status).toBe(403);
  expect((await anyone(at('/test-mails'), {})).status).toBe(401);
  expect((await mailbox.messages()).length).toBe(count);
  expect(await desk.database.surveyLink.count()).toBe(0);
});

test('without a questionnaire there is nothing to send', async () => {
  expect(code(await send({ to: ['wu.min@b.example'] }))).toBe('questionnaire-missing');
});

test('twenty an hour; a link works for three days, is no open link, and goes with what was filled in', async () => {
  const json = await design();
  const to = ['wu.min@b.example'];
  for (let count = 0; count < 20; count += 1) expect((await send({ to })).status).toBe(200);
  const locked = await send({ to });
  expect([code(locked), Number(locked.headers.get('Retry-After')) > 0]).toEqual(['too-many-attempts', true]);

  const { token } = await mailTo('wu.min@b.example');
  await anyone('/answer-drafts', { token, answers: { [firstQuestion(json)]: 4 } }, 'PUT');
  expect((await ask(desk.api, 'GET', at('/links'))).body).toEqual({ items: [] });
  desk.now.ms += 3 * DAY_MS - 1;
  expect((await anyone('/answer-sessions', { token })).status).toBe(200);
  desk.now.ms += 1;
  expect(code(await anyone('/answer-sessions', { token }))).toBe('answer-link-unknown');
  expect(code(await anyone('/answers', { token, answers: answersTo(json) }))).toBe('answer-link-unknown');
  desk.now.ms += 1;
  await enforceRetention({ ...desk.deps, clock: () => desk.now.ms });
  expect([await desk.database.surveyLink.count(), await desk.database.answerDraft.count()]).toEqual([0, 0]);
});

test('while a survey is open its test is tried with the version that was sent, and the results stay as they are', async () => {
  const seeded = await seedCycle(desk.database, { count: 1, nowMs: desk.now.ms, agreementId, reference: 'x#2027-Q1' });
  ({ id, workflowId } = seeded);
  const before = await left();
  expect((await send({ to: ['wu.min@b.example'] })).status).toBe(200);
  const { token } = await mailTo('wu.min@b.example');
  expect((await anyone('/answer-sessions', { token })).body).toMatchObject({
    trial: true,
    questionnaire: QUESTIONNAIRE,
  });
  for (let round = 0; round < 2; round += 1) {
    expect((await anyone('/answers', { token, answers: GIVEN })).status).toBe(201);
  }
  expect(await left()).toEqual(before);
  const [invitee] = seeded.invitees;
  expect((await anyone('/answers', { token: invitee?.token, answers: GIVEN })).status).toBe(201);
  expect(await left()).toMatchObject({ answers: 1, invited: 1 });
});

test('a mail server that is away leaves no link behind, and its words are not passed on', async () => {
  await design();
  const api = await desk.another({ sendTestInvitation: () => Promise.reject(new MailFailure('550')) });
  desk.log.length = 0;
  const reply = await send({ to: ['wu.min@b.example'] }, api);
  expect([reply.status, code(reply)]).toEqual([503, 'mail-unavailable']);
  expect(JSON.stringify(reply.body)).not.toContain('wu.min');
  const logged = desk.log.filter((line) => line.includes('did not go out'));
  expect(logged.map((line) => JSON.parse(line) as object)).toMatchObject([
    { code: '550', error: 'MailFailure', agreementId },
  ]);
  const worded = await desk.another({
    sendTestInvitation: () => Promise.reject(new Error('wu.min@b.example unknown')),
  });
  expect((await send({ to: ['wu.min@b.example'] }, worded)).status).toBe(503);
  expect(desk.log.filter((line) => line.includes('wu.min'))).toEqual([]);
  expect(await desk.database.surveyLink.count()).toBe(0);
});

interface Element {
  name: string;
  type: string;
  role?: string;
  rows?: { value: string }[];
}
const elementsOf = (json: object): Element[] =>
  (json as { pages: { elements: Element[] }[] }).pages.flatMap(({ elements }) => elements);
const firstQuestion = (json: object): string =>
  elementsOf(json).find(({ type, role }) => type === 'rating' && role === 'score')?.name ?? '';
/** An answer to every question that is scored. */
const answersTo = (json: object): object =>
  Object.fromEntries(
    elementsOf(json)
      .filter(({ role }) => role === 'score')
      .map(({ name, rows }) => [name, rows ? Object.fromEntries(rows.map(({ value }) => [value, 4])) : 4]),
  );
