import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newLink } from '../../api/cases/links.ts';
import * as schemas from '../../api/cases/schema.ts';
import type { RunningApi } from '../../api/server.ts';
import { type Desk, ask, openDesk } from './desk.ts';
import { type CaseDesk, afterSales, attachments, caseDesk, serviceTeam, vipService } from './cases-desk.ts';
import { customers, processDesk } from './process-desk.ts';
import type { CaseInput } from '../../domain/case/command.ts';
import type { ProcessFrame } from '../../domain/process/process.ts';
import { signedIn } from './signed-in.ts';
import { secrets } from './visit.ts';

const KEY = 'the-mail-server-knocks';
let desk: Desk;
let api: RunningApi;
let cases: CaseDesk;
let vip: string;
let plain: string;
let customer: string;

const at = (local: string): number => Date.parse(`${local}:00+08:00`);

beforeAll(async () => {
  desk = await openDesk();
  desk.now.ms = at('2026-09-01T09:00');
  api = await desk.another({ config: { ...desk.deps.config, inboundKey: KEY } });
  cases = caseDesk(desk);
  vip = await vipService(desk);
  plain = await attachments(desk);
  [customer = ''] = await customers(desk, 3, (index) => ({ tier: index === 0 ? 'vip' : 'ordinary' }));
});
beforeEach(() => {
  desk.now.ms = at('2026-09-01T10:00');
});
afterAll(() => desk?.close());

test('what a caller says is written down: its clocks run, who must act is named, every step has its act (S002-10, S002-19, S002-20)', async () => {
  const id = await cases.open(vip, {
    as: 'A',
    type: 'service-request',
    topic: '安排登机口接送',
    details: '两位老人',
    customer,
  });
  let one = await cases.view(vip, id);
  expect(one).toMatchObject({
    status: 'open',
    topic: '安排登机口接送',
    customer: { customerId: customer, tier: 'vip' },
    next: { step: 'respond', customer: false, dueAt: '2026-09-01T11:00:00+08:00' },
    overdue: false,
    related: { duplicateOf: null, repeats: [], proposed: [] },
  });
  expect(one.clocks.map(({ clock, state, dueAt }) => [clock, state, dueAt])).toEqual([
    ['response', 'running', '2026-09-01T11:00:00+08:00'],
    ['resolution', 'running', '2026-09-02T10:00:00+08:00'],
  ]);
  expect(one.can).toEqual(expect.arrayContaining(['respond', 'forward', 'classify', 'note']));
  expect(one.can).not.toContain('execute');
  expect(await cases.refusal(vip, id, 'execute', { as: 'A' })).toBe('step-skipped');

  desk.now.ms += 30 * 60_000;
  await cases.act(vip, id, 'respond', { as: 'A', details: '已联系机场' });
  await cases.act(vip, id, 'plan', { as: 'A', details: '专车接送，10:30 到达' });
  one = await cases.view(vip, id);
  expect(one).toMatchObject({
    status: 'plan-proposed',
    plan: '专车接送，10:30 到达',
    next: { step: 'confirm', customer: true },
  });
  // By telephone, entered by whoever handles it; the customer itself has its own page.
  await cases.act(vip, id, 'confirm', { as: 'A', verdict: 'confirm', note: '电话同意' });
  await cases.act(vip, id, 'execute', { as: 'A' });
  await cases.act(vip, id, 'resolve', { as: 'A', details: '已送达登机口', told: true });
  await cases.act(vip, id, 'judge', { as: 'A', satisfied: true, note: '很满意' });
  one = await cases.view(vip, id);
  expect(one).toMatchObject({
    status: 'closed',
    outcome: 'confirmed',
    result: '已送达登机口',
    next: { step: 'nothing' },
  });
  expect(one.events.map(({ type }) => type)).toEqual([
    'case-opened',
    'case-responded',
    'case-planned',
    'case-plan-confirmed',
    'case-executed',
    'case-resolved',
    'case-result-told',
    'case-judged',
    'case-closed',
  ]);
});

test('names, addresses and words never reach the engine', async () => {
  const words = '李四光的电话 13800000000';
  const id = await cases.open(plain, {
    as: 'A',
    type: 'complaint',
    topic: words,
    details: words,
    name: '李四光',
    email: 'lisiguang@k.example',
    phone: '13800000000',
  });
  await cases.act(plain, id, 'record', { as: 'A', content: words, process: words });
  await cases.act(plain, id, 'respond', { as: 'A', details: words });
  const { workflowId, input, snapshot } = await desk.database.process.findUniqueOrThrow({ where: { id } });
  const events = await desk.database.event.findMany({ where: { workflowId }, select: { body: true } });
  const notices = await desk.database.notice.findMany({
    where: { id: { startsWith: workflowId } },
    select: { facts: true },
  });
  const commands = await desk.database.command.findMany({ where: { workflowId }, select: { command: true } });
  const engine = JSON.stringify([input, snapshot, events, notices, commands]);
  expect(engine).not.toContain('13800000000');
  expect(engine).not.toContain('李四光');
  expect(engine).not.toContain('lisiguang');
  const one = await cases.view(plain, id);
  expect(one.contact).toEqual({ name: '李四光', email: 'lisiguang@k.example', phone: '13800000000', language: 'zh' });
  expect(one.record.content).toEqual({ there: true, words });
  expect(one.record.result.there).toBe(false);
});

test('a day ago in reality: the clocks run from when it came in; from the future nothing comes', async () => {
  const body = { as: 'A', type: 'complaint', topic: '昨日来电', receivedAt: '2026-08-31T09:30:00+08:00' };
  const id = await cases.open(plain, body);
  await cases.tick(id);
  const one = await cases.view(plain, id);
  expect(one.openedAt).toBe('2026-08-31T09:30:00+08:00');
  expect(one.overdue).toBe(true);
  expect(one.breached).toMatchObject([
    { clock: 'record', at: '2026-09-01T09:30:00+08:00', means: 'late' },
    { clock: 'resolution', at: '2026-09-01T09:30:00+08:00', means: 'breach', liable: { seat: 'A' } },
  ]);
  const future = await ask(api, 'POST', `/agreements/${plain}/cases`, { ...body, receivedAt: '2026-09-02T00:00:00Z' });
  expect(future).toMatchObject({ status: 400, body: { errors: [{ path: 'receivedAt' }] } });
  const unknown = await ask(api, 'POST', `/agreements/${vip}/cases`, { as: 'A', type: 'enquiry', topic: '?' });
  expect(unknown).toMatchObject({ status: 400, body: { errors: [{ path: 'type' }] } });
});

test('the list filters by what is asked for, page by page', async () => {
  const list = async (query: string) =>
    schemas.caseList.parse((await ask(api, 'GET', `/agreements/${plain}/cases${query}`)).body);
  const all = await list('');
  expect(all.counts.overdue).toBe(1);
  expect((await list('?overdue=true')).items.map(({ topic }) => topic)).toEqual(['昨日来电']);
  expect((await list('?overdue=false')).items.map(({ topic }) => topic)).not.toContain('昨日来电');
  expect((await list('?type=complaint&status=under-way')).items.every(({ type }) => type === 'complaint')).toBe(true);
  expect((await list('?severity=major')).items).toEqual([]);
  expect((await list(`?customer=${customer}`)).items).toEqual([]);
  expect((await list('?search=昨日')).items).toHaveLength(1);
  const first = await list('?limit=1');
  const second = await list(`?limit=1&cursor=${first.nextCursor ?? ''}`);
  expect(first.items[0]?.id).not.toBe(second.items[0]?.id);
  expect(all.items.map(({ id }) => id).slice(0, 2)).toEqual([first.items[0]?.id, second.items[0]?.id]);
});

test('whoever owes nothing here handles nothing, and nobody decides for another party', async () => {
  const id = await cases.open(vip, { as: 'A', type: 'complaint', topic: '接送迟到', customer });
  expect(await cases.refusal(vip, id, 'respond', { as: 'B', details: '我们代答' })).toBe('not-responsible');
  const opened = await ask(api, 'POST', `/agreements/${vip}/cases`, { as: 'B', type: 'complaint', topic: 'x' });
  expect(opened).toMatchObject({ status: 403, body: { type: 'urn:abide:not-responsible' } });
  // Only the party that is the customer itself corrects or contests (S003-C-16).
  expect(await cases.refusal(vip, id, 'contest', { as: 'B', corrected: true, note: 'x' })).toBe('not-responsible');
});

test('the same customer again is proposed, and linked by a person alone', async () => {
  const first = await cases.open(vip, { as: 'A', type: 'complaint', topic: '第一次', customer });
  const again = await cases.open(vip, { as: 'A', type: 'complaint', topic: '又来了', customer });
  const before = await cases.view(vip, again);
  expect(before.related.repeats).toEqual([]);
  expect(before.related.proposed.map(({ id }) => id)).toContain(first);
  // A contract may say another length than our thirty days.
  const { workflowId, input } = await desk.database.process.findUniqueOrThrow({ where: { id: first } });
  const agreed = structuredClone(input) as unknown as CaseInput;
  const earlier = { ...agreed, openedAtMs: agreed.openedAtMs - 20 * 86_400_000 };
  await desk.database.process.update({ where: { workflowId }, data: { input: earlier as never } });
  expect((await cases.view(vip, again)).related.proposed.map(({ id }) => id)).toContain(first);
  const row = await desk.database.process.findUniqueOrThrow({ where: { id: again } });
  const own = structuredClone(row.input) as unknown as CaseInput;
  const shorter = { ...own, rules: { ...own.rules, repeatDays: 14 } };
  await desk.database.process.update({ where: { id: again }, data: { input: shorter as never } });
  expect((await cases.view(vip, again)).related.proposed.map(({ id }) => id)).not.toContain(first);
  await cases.act(vip, again, 'link', { as: 'A', relation: 'duplicate', of: first });
  expect(await cases.view(vip, again)).toMatchObject({
    status: 'closed',
    outcome: 'duplicate',
    related: { duplicateOf: { id: first } },
    can: [],
  });
  const foreign = await cases.open(plain, { as: 'A', type: 'complaint', topic: '别处' });
  const reply = await ask(api, 'POST', `/agreements/${vip}/cases/${first}/link`, {
    as: 'A',
    relation: 'repeat',
    of: foreign,
  });
  expect(reply).toMatchObject({ status: 404, body: { type: 'urn:abide:unknown-case' } });
});

test('an opinion that came by the feedback form becomes a case, once (S004-13, S001a-21)', async () => {
  const feedback = await desk.database.feedback.create({
    data: {
      number: 'F20260901-AAAAA',
      agreementId: plain,
      text: '前台电话总占线',
      email: 'C-0002@c.example',
      channel: 'online',
      receivedAt: new Date(at('2026-09-01T08:00')),
    },
  });
  const body = { as: 'A', type: 'feedback', channel: 'online', topic: '热线占线', feedback: feedback.id };
  const id = await cases.open(plain, body);
  const one = await cases.view(plain, id);
  expect(one).toMatchObject({
    details: '前台电话总占线',
    openedAt: '2026-09-01T08:00:00+08:00',
    customer: { name: '客户 C-0002' },
  });
  const again = await ask(api, 'POST', `/agreements/${plain}/cases`, body);
  expect(again.body).toMatchObject({ id });
  const listed = await ask(api, 'GET', `/agreements/${plain}/feedback`);
  expect(listed.body.items).toMatchObject([{ status: 'case', case: id }]);
});

test('nobody is given a case who has not been through the training that comes before the post (S001c-10, S001c-13)', async () => {
  const agreementId = await serviceTeam(desk);
  const of = `/agreements/${agreementId}`;
  const { personId } = await desk.database.seat.findFirstOrThrow({ where: { agreementId, seat: 'A' } });
  const { organisationId } = await desk.database.person.findUniqueOrThrow({ where: { id: personId } });
  const person = (name: string) =>
    desk.database.person.create({ data: { organisationId, name, email: `${name}@a.example` } });
  const [fresh, seasoned] = [await person('新人'), await person('老手')];
  const planned = await ask(api, 'POST', `${of}/trainings`, {
    as: 'A',
    training: 'onboarding',
    topics: ['culture', 'product-knowledge', 'service-rules'],
    plannedOn: '2026-09-01',
    trainees: [fresh.id],
  });
  const { id: training } = planned.body as { id: string };
  const { input } = await desk.database.process.findUniqueOrThrow({ where: { id: training } });
  const processes = processDesk(desk);
  await processes.begin('training', input as unknown as ProcessFrame);
  const id = await cases.open(agreementId, { as: 'A', type: 'complaint', topic: '水费有误', phone: '13900000000' });
  const assign = (to: string) => cases.refusal(agreementId, id, 'assign', { as: 'A', to: `person:${to}` });
  expect(await assign(fresh.id)).toBe('not-qualified');
  expect(await assign(seasoned.id)).toBe('done'); // of whom no training knows anything
  const session = `${of}/trainings/${training}`;
  await processes.act(`${session}/hold`, { as: 'A', heldOn: '2026-09-01', attended: [fresh.id] });
  expect(await assign(fresh.id)).toBe('not-qualified');
  const results = [{ trainee: fresh.id, score: '59' }];
  await processes.act(`${session}/examine`, { as: 'A', examinedOn: '2026-09-01', results });
  expect(await assign(fresh.id)).toBe('not-qualified');
  await processes.act(`${session}/examine`, {
    as: 'A',
    examinedOn: '2026-09-01',
    results: [{ trainee: fresh.id, score: '60' }],
  });
  expect(await assign(fresh.id)).toBe('done');
});

// --- the customer's own pages -----------------------------------------------------------------------------------

async function formLink(agreementId: string): Promise<string> {
  const made = await ask(api, 'POST', `/agreements/${agreementId}/case-form-links`, { as: 'A', label: '官网' });
  expect(made.status).toBe(201);
  expect(schemas.formLink.parse(made.body).svg).toContain('<svg');
  return (made.body as { url: string }).url.replace('http://127.0.0.1:8420', api.url);
}

interface Opened {
  url: string;
  cookie: string;
  text: string;
}
async function openPage(url: string): Promise<Opened> {
  const moved = await fetch(url, { redirect: 'manual' });
  expect(moved.status).toBe(303);
  const cookie = (moved.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const shown = `${api.url}${moved.headers.get('location') ?? ''}`;
  const response = await fetch(shown, { headers: { cookie, 'Accept-Language': 'zh-CN' } });
  expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
  return { url: shown, cookie, text: await response.text() };
}
async function post({ url, cookie, text }: Opened, fields: Record<string, string>, form = text) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { cookie, 'Accept-Language': 'zh-CN' },
    body: new URLSearchParams({ ...secrets(form), ...fields }),
  });
  return { status: response.status, text: await response.text() };
}
const REPORTED = {
  type: 'complaint',
  topic: '空调不制冷',
  details: '三号楼',
  name: '陈晓',
  email: 'c-0001@c.example',
  phone: '',
};

test('the public form: looking changes nothing, pressing twice is one case, and its customer is found by the address', async () => {
  const opened = await openPage(await formLink(plain));
  const before = await desk.database.process.count({ where: { agreementId: plain, type: 'case' } });
  for (let look = 0; look < 2; look++) await fetch(opened.url, { headers: { cookie: opened.cookie } });
  expect(await desk.database.process.count({ where: { agreementId: plain, type: 'case' } })).toBe(before);

  const wrong = await post(opened, { ...REPORTED, topic: '', email: 'no' });
  expect([wrong.status, wrong.text.includes('请填写此项'), wrong.text.includes('三号楼')]).toEqual([422, true, true]);
  const nobody = await post(opened, { ...REPORTED, email: '' });
  expect([nobody.status, nobody.text.includes('请填写邮箱或电话')]).toEqual([422, true]);

  const [one, two] = await Promise.all([post(opened, REPORTED), post(opened, REPORTED)]);
  expect([one.status, two.status]).toEqual([201, 201]);
  const [, reference = ''] = /(case-[0-9a-f]{8})/.exec(one.text) ?? [];
  expect(two.text).toContain(reference);
  expect(await desk.database.process.count({ where: { agreementId: plain, type: 'case' } })).toBe(before + 1);
  const row = await desk.database.process.findFirstOrThrow({ where: { reference }, select: { id: true, input: true } });
  await cases.begin(row.id);
  const view = await cases.view(plain, row.id);
  expect(view).toMatchObject({
    channel: 'form',
    customer: { name: '客户 C-0001' },
    topic: '空调不制冷',
    openedBy: null,
  });
  // A form without its secrets, or of another link, is nobody's.
  expect((await post(opened, { ...REPORTED, nonce: 'x' })).status).toBe(403);
  expect((await fetch(opened.url, { headers: {} })).status).toBe(404);
});

test('a link that was withdrawn, or is none, takes nothing; guesses are stopped', async () => {
  const link = await formLink(plain);
  const opened = await openPage(link);
  const listed = schemas.formLinks.parse((await ask(api, 'GET', `/agreements/${plain}/case-form-links`)).body);
  const { id } = listed.items.at(-1) ?? { id: '' };
  await ask(api, 'POST', `/agreements/${plain}/case-form-links/${id}/revocation`, { as: 'A' });
  expect((await fetch(link)).status).toBe(404);
  expect((await post(opened, REPORTED)).status).toBe(404);
  const guess = () => fetch(`${api.url}/case/${'x'.repeat(43)}`, { redirect: 'manual' });
  let last = await guess();
  for (let times = 0; times < 25 && last.status !== 429; times++) last = await guess();
  expect([last.status, last.headers.get('retry-after') !== null]).toEqual([429, true]);
  await desk.database.rateLimiterFlexible.deleteMany();
});

test('whoever brought it follows it by its page: confirms the plan, contests a pause, gives an opinion, reopens', async () => {
  const id = await cases.open(vip, {
    as: 'A',
    type: 'service-request',
    topic: '预订休息室',
    phone: '13900000000',
    name: '周敏',
  });
  await cases.act(vip, id, 'respond', { as: 'A', details: '正在安排' });
  await cases.act(vip, id, 'note', { as: 'A', note: '内部：留意预算' });
  await cases.act(vip, id, 'plan', { as: 'A', details: '休息室 B，14:00' });
  const made = await ask(api, 'POST', `/agreements/${vip}/cases/${id}/links`, { as: 'A' });
  const link = (made.body as { url: string }).url.replace('http://127.0.0.1:8420', api.url);

  let page = await openPage(link);
  expect(page.text).toContain('休息室 B，14:00');
  expect(page.text).toContain('正在安排');
  expect(page.text).not.toContain('留意预算'); // what the staff writes for itself
  expect(page.text).not.toMatch(/S002|违约/);
  await cases.said(() => post(page, { say: 'change', note: '改为 15:00' }));
  expect((await cases.view(vip, id)).status).toBe('responded');
  await cases.act(vip, id, 'plan', { as: 'A', details: '休息室 B，15:00' });
  page = await openPage(link);
  const empty = await post(page, { say: 'change', note: '' });
  expect([empty.status, empty.text.includes('请填写说明')]).toEqual([422, true]);
  const confirmed = await cases.said(() => post(page, { say: 'confirm', note: '' }));
  expect(confirmed.text).toContain('已收到');
  expect(await cases.view(vip, id)).toMatchObject({ status: 'plan-confirmed', next: { step: 'execute' } });
  // The same form once more is the same word, and its page says how it stands.
  expect((await post(page, { say: 'confirm', note: '' })).status).toBe(200);

  await cases.act(vip, id, 'execute', { as: 'A' });
  await cases.act(vip, id, 'resolve', { as: 'A', details: '已办妥', told: true });
  page = await openPage(link);
  expect(page.text).toContain('您对处理结果是否满意');
  await cases.said(() => post(page, { say: 'dissatisfied', note: '没有座位' }));
  const reopened = await cases.view(vip, id);
  expect(reopened).toMatchObject({ cycle: 2, status: 'open', rounds: [{ satisfied: false }, { satisfied: null }] });
  expect(reopened.clocks.filter(({ clock }) => clock === 'response').map(({ cycle }) => cycle)).toEqual([2, 1]);
  expect((await openPage(link)).text).toContain('第 2 次处理');
  await cases.said(async () => post(await openPage(link), { say: 'add', note: '我在二楼' }));
  expect((await cases.view(vip, id)).events.at(-1)).toMatchObject({ type: 'case-noted', text: { note: '我在二楼' } });
});

test('a pause is told to the customer, who adds to its information or contests it: the clocks run again', async () => {
  const agreementId = await attachments(desk, { caseClockPause: true });
  const id = await cases.open(agreementId, { as: 'A', type: 'complaint', topic: '账单有误', phone: '13900000000' });
  desk.now.ms += 3_600_000;
  await cases.act(agreementId, id, 'pause', { as: 'A', why: 'missing-information', reason: '请提供账单号' });
  const paused = await cases.view(agreementId, id);
  expect(paused).toMatchObject({
    paused: true,
    next: { step: 'provide', customer: true },
    pause: { words: '请提供账单号' },
  });
  expect(paused.clocks.find(({ clock }) => clock === 'resolution')).toMatchObject({ state: 'paused', dueAt: null });
  const made = await ask(api, 'POST', `/agreements/${agreementId}/cases/${id}/links`, { as: 'A' });
  const link = (made.body as { url: string }).url.replace('http://127.0.0.1:8420', api.url);
  desk.now.ms += 2 * 3_600_000;
  const page = await openPage(link);
  expect(page.text).toContain('请提供账单号');
  await cases.said(() => post(page, { say: 'correct', note: '账单号 778' }));
  const running = await cases.view(agreementId, id);
  expect(running.paused).toBe(false);
  expect(running.clocks.find(({ clock }) => clock === 'resolution')).toMatchObject({
    state: 'running',
    dueAt: '2026-09-02T12:00:00+08:00', // 24 hours and the two that it stood still
    pausedMinutes: 120,
  });
});

// --- inbound mail -----------------------------------------------------------------------------------------------

async function mailIn(agreementId: string, raw: string, key = KEY) {
  const response = await fetch(`${api.url}/api/inbound/cases/${agreementId}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'message/rfc822' },
    body: raw.replace(/\n/g, '\r\n'),
  });
  return { status: response.status, body: (await response.json()) as { became: string; case: string | null } };
}
const written = (headers: string, text: string): string =>
  `${headers}\nContent-Type: text/plain; charset=utf-8\n\n${text}\n`;

test('a mail becomes a case of the customer with its address, once; an answer to it belongs to it; a machine opens none', async () => {
  const first = written(
    'From: C-0002@c.example\nSubject: Late again\nMessage-ID: <one@c.example>',
    'The bus was late.',
  );
  const { status, body } = await mailIn(plain, first);
  expect([status, body.became]).toEqual([200, 'case']);
  const id = body.case ?? '';
  await cases.begin(id);
  expect(await cases.view(plain, id)).toMatchObject({
    channel: 'email',
    topic: 'Late again',
    details: 'The bus was late.',
    customer: { name: '客户 C-0002' },
  });
  expect((await mailIn(plain, first)).body).toEqual({ became: 'known', case: id });

  const answer = written(
    'From: C-0002@c.example\nSubject: Re: Late again\nMessage-ID: <two@c.example>\nIn-Reply-To: <one@c.example>',
    'It was line 5.',
  );
  const said = await cases.said(() => mailIn(plain, answer));
  expect(said.body).toEqual({ became: 'words', case: id });
  expect((await cases.view(plain, id)).events.at(-1)).toMatchObject({
    type: 'case-noted',
    text: { note: 'It was line 5.' },
  });
  expect((await mailIn(plain, answer)).body).toEqual({ became: 'known', case: id });

  // Whoever else answers a mail that was passed on speaks for nobody: a case of their own.
  const other = written(
    'From: stranger@x.example\nMessage-ID: <three@x.example>\nIn-Reply-To: <one@c.example>',
    'Me too.',
  );
  const own = await mailIn(plain, other);
  expect(own.body.became).toBe('case');
  expect(own.body.case).not.toBe(id);
  await cases.begin(own.body.case ?? '');
  expect((await cases.view(plain, own.body.case ?? '')).customer).toMatchObject({ customerId: null, tier: null });

  const away = written(
    'From: C-0002@c.example\nAuto-Submitted: auto-replied\nMessage-ID: <four@c.example>',
    'On holiday.',
  );
  expect((await mailIn(plain, away)).body).toEqual({ became: 'nothing', case: null });
  expect((await mailIn(plain, first, 'wrong')).status).toBe(401);
});

test('a mail to a case that goes on in another one belongs there, where the same person brought it; else it is a case of its own', async () => {
  const raw = (from: string, id: string, text: string, to?: string): string =>
    written(`From: ${from}\nMessage-ID: <${id}>${to === undefined ? '' : `\nIn-Reply-To: <${to}>`}`, text);
  const opened = async (from: string, id: string): Promise<string> => {
    const { body } = await mailIn(plain, raw(from, id, `案情 ${id}`));
    await cases.begin(body.case ?? '');
    return body.case ?? '';
  };
  const first = await opened('C-0003@c.example', 'd1@c.example');
  const again = await opened('C-0003@c.example', 'd2@c.example');
  const stranger = await opened('wei@x.example', 'd3@x.example');
  await cases.act(plain, again, 'link', { as: 'A', relation: 'duplicate', of: first });
  await cases.act(plain, stranger, 'link', { as: 'A', relation: 'duplicate', of: first });
  const words = raw('C-0003@c.example', 'd4@c.example', '补充：七号线', 'd2@c.example');
  const said = await cases.said(() => mailIn(plain, words));
  expect(said.body).toEqual({ became: 'words', case: first });
  expect((await cases.view(plain, first)).events.at(-1)).toMatchObject({
    type: 'case-noted',
    text: { note: '补充：七号线' },
  });
  expect((await mailIn(plain, words)).body).toEqual({ became: 'known', case: first });
  // Another person’s case says nothing to whoever brought the duplicate, and hears nothing of them.
  const others = (await mailIn(plain, raw('wei@x.example', 'd5@x.example', '还没修好', 'd3@x.example'))).body;
  expect(others.became).toBe('case');
  expect([first, again, stranger]).not.toContain(others.case);
});

test('where a party is itself the customer it alone speaks for it: no form, no link, no mail (S003-C-06)', async () => {
  const agreementId = await afterSales(desk);
  const id = await cases.open(agreementId, {
    as: 'A',
    type: 'service-request',
    topic: '封口机停机',
    name: '杨帆',
    email: 'pack@a.example',
  });
  const refused = { status: 409, body: { type: 'urn:abide:case-of-party' } };
  const of = `/agreements/${agreementId}`;
  expect(await ask(api, 'POST', `${of}/case-form-links`, { as: 'B', label: '官网' })).toMatchObject(refused);
  expect(await ask(api, 'POST', `${of}/cases/${id}/links`, { as: 'B' })).toMatchObject(refused);
  const listed = schemas.caseList.parse((await ask(api, 'GET', `${of}/cases`)).body);
  expect([listed.may.open.length > 0, listed.may.link]).toEqual([true, []]);
  const mail = written('From: pack@a.example\nMessage-ID: <pack@a.example>', '又停机了');
  expect((await mailIn(agreementId, mail)).body).toEqual({ became: 'nothing', case: null });
  // A link that was handed out before takes nothing, and says so.
  const made = await newLink(desk.deps, { agreementId, workflowId: null, label: '旧表单' });
  const opened = await openPage(made.url.replace('http://127.0.0.1:8420', api.url));
  expect(opened.text).not.toContain('<form');
  expect(await desk.database.process.count({ where: { agreementId, type: 'case' } })).toBe(1);
});

// --- figures ----------------------------------------------------------------------------------------------------

test('figures of a quarter lead to their cases; the complaint rate waits for its denominator', async () => {
  const agreementId = await attachments(desk);
  desk.now.ms = at('2026-10-12T09:00'); // the first working day after the holidays
  const open = (topic: string, type = 'complaint') =>
    cases.open(agreementId, { as: 'A', type, topic, phone: '13900000000' });
  const [one, two, three] = [await open('甲'), await open('乙'), await open('丙', 'enquiry')];
  desk.now.ms += 30 * 60_000;
  await cases.act(agreementId, one, 'respond', { as: 'A', details: '好' });
  desk.now.ms += 30 * 60_000;
  await cases.act(agreementId, two, 'respond', { as: 'A', details: '好' });
  await cases.act(agreementId, three, 'resolve', { as: 'A', details: '答复', told: true });
  const figures = async () =>
    schemas.caseFigures.parse((await ask(api, 'GET', `/agreements/${agreementId}/case-figures?period=2026-Q4`)).body);
  const before = await figures();
  expect(before).toMatchObject({
    from: '2026-10-01',
    until: '2026-12-31',
    opened: 3,
    byType: { complaint: 2, enquiry: 1 },
  });
  const of = (list: typeof before, measure: string) => list.figures.find((one) => one.measure === measure);
  // 30, 60 and 60 minutes.
  expect(of(before, 'average-first-response')).toMatchObject({ value: '50.0', counted: 3 });
  expect(of(before, 'complaint-rate')).toMatchObject({ value: null, denominator: null, counted: 2 });
  const served = { as: 'A', period: '2026-Q4', count: 80 };
  expect((await ask(api, 'POST', `/agreements/${agreementId}/customers-served`, served)).status).toBe(200);
  desk.now.ms += 60_000;
  await ask(api, 'POST', `/agreements/${agreementId}/customers-served`, { ...served, count: 100 });
  const after = of(await figures(), 'complaint-rate');
  expect(after).toMatchObject({ value: '2', denominator: 100 });
  expect(after?.cases.map(({ id }) => id).sort()).toEqual([one, two].sort());
});

// --- a person's data --------------------------------------------------------------------------------------------

test('an erased customer leads to nobody: contact, links, words; the case and its history stay', async () => {
  const id = await cases.open(vip, { as: 'A', type: 'complaint', topic: '机密事项', details: '私人情况', customer });
  await ask(api, 'POST', `/agreements/${vip}/cases/${id}/links`, { as: 'A' });
  const administrator = await signedIn(desk, ['administrator']);
  const data = await ask(administrator, 'GET', `/customers/${customer}/data`);
  expect(JSON.stringify(data.body)).toContain('私人情况');
  const { workflowId } = await desk.database.process.findUniqueOrThrow({ where: { id } });
  const erased = await ask(administrator, 'POST', `/customers/${customer}/erasure`, { ground: 'requested' });
  expect(erased.body).toMatchObject({ done: { case_contact: expect.any(Number) as number } });
  expect(await desk.database.caseContact.findUnique({ where: { workflowId } })).toMatchObject({
    name: null,
    email: null,
    phone: null,
  });
  expect(await desk.database.caseLink.count({ where: { workflowId } })).toBe(0);
  const one = await cases.view(vip, id);
  expect([one.topic, one.details, one.contact?.email ?? null]).toEqual([null, null, null]);
  expect(one.events.map(({ type }) => type)).toContain('case-opened');
});
