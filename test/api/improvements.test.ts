import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  improvement as improvementSchema,
  improvementBoard,
  raisedImprovement,
} from '../../api/improvements/schema.ts';
import { answerTokenHash, newAnswerToken, optOutWord, verdictLinkLabel } from '../../activities/answer-token.ts';
import { eraseCustomer } from '../../api/customers/privacy.ts';
import { createOpenProcesses } from '../../activities/open-processes.ts';
import type { CompiledImprovement } from '../../domain/survey/compiled.ts';
import type { ProcessFrame } from '../../domain/process/process.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { type Desk, ask, form, openDesk } from './desk.ts';
import { customers, improvementAgreement, processDesk } from './process-desk.ts';

let desk: Desk;
let agreementId: string;

/** A approves B's plans; customers get an answer within three days, staff the results. */
const RULES: Partial<CompiledImprovement> = {
  approvers: ['A'],
  planDays: 10,
  cause: { clauses: ['S001c-26'] },
  answer: { days: 3, clauses: ['S004-23'] },
  publication: { clauses: ['S004-26'] },
  categories: ['响应', '产品'],
};

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(async () => {
  await desk.database.$executeRaw`TRUNCATE customer, feedback`;
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
  agreementId = await improvementAgreement(desk);
  const { compiled } = await desk.database.agreement.findUniqueOrThrow({ where: { id: agreementId } });
  const { improvement, ...rest } = compiled as { improvement: object };
  await desk.database.agreement.update({
    where: { id: agreementId },
    data: { compiled: { ...rest, improvement: { ...improvement, ...RULES } } as unknown as Prisma.InputJsonObject },
  });
  desk.now.ms = Date.parse('2026-10-12T09:00:00+08:00');
});
afterAll(() => desk?.close());

const board = (query = '') => ask(desk.api, 'GET', `/agreements/${agreementId}/improvements${query}`);
const at = (id: string): string => `/agreements/${agreementId}/improvements/${id}`;
const viewOf = async (id: string) => improvementSchema.parse((await ask(desk.api, 'GET', at(id))).body);
const FINDING = { as: 'A', severity: 4, frequency: 3, title: '张三：回复太慢', details: '三位客户反映' };

/** Raises a finding over HTTP and begins its workflow, as the repeater would. */
async function raised(body: Record<string, unknown> = {}): Promise<string> {
  const reply = await ask(desk.api, 'POST', `/agreements/${agreementId}/improvements`, { ...FINDING, ...body });
  if (reply.status !== 202) throw new Error(JSON.stringify(reply.body));
  const { id } = raisedImprovement.parse(reply.body);
  const { input } = await desk.database.process.findUniqueOrThrow({ where: { id } });
  return processDesk(desk).begin('improvement', input as unknown as ProcessFrame);
}

const MEASURES = [
  { kind: 'training', what: '电话礼仪培训', expected: '首次响应缩短', owner: 'A', dueOn: '2026-11-02' },
  { what: '增设坐席', owner: 'B', dueOn: '2026-11-16' },
];

test('from a finding on the board to its proven effect and the answer to whoever raised it (S004-19 to -26)', async () => {
  const { act } = processDesk(desk);
  const [first = '', second = ''] = await customers(desk, 2, (index) => (index === 0 ? { tier: 'key' } : {}));
  const id = await raised({ customers: [first, second] });
  const begun = await viewOf(id);
  expect(begun).toMatchObject({
    status: 'raised',
    title: '张三：回复太慢',
    details: '三位客户反映',
    source: 'other',
    finding: { frequency: 3, severity: 4, customerWeight: 3, raisedBy: [{ name: '客户 C-0000', answered: false }, {}] },
    plan: null,
  });
  expect(begun.can).toEqual(expect.arrayContaining(['classify', 'dismiss']));
  expect(begun.provides.measureTypeTitles).toContainEqual({
    id: 'training',
    title: { zh: '人员培训', en: 'staff training' },
  });
  expect(begun.can).not.toContain('plan');

  await act(`${at(id)}/classify`, { as: 'B', category: '响应', department: 'B' });
  // 3 say it × severity 4 × weight 3 = 36; due 10 days after 2026-10-12, in a week without a rest day at its end
  const classified = await viewOf(id);
  expect(classified).toMatchObject({ status: 'classified', score: 36, category: '响应', department: { seat: 'B' } });
  expect(classified.next).toMatchObject({ what: 'plan', localDate: '2026-10-22' });

  const uncaused = await ask(desk.api, 'POST', `${at(id)}/plan`, { as: 'B', measures: MEASURES });
  expect(uncaused.status).toBe(202); // kept; the rules refuse it
  await act(
    `${at(id)}/plan`,
    form({ as: 'B', cause: '高峰期坐席不足', measures: JSON.stringify(MEASURES) }, { '方案.pdf': '%PDF-' }),
  );
  const planned = await viewOf(id);
  expect(planned.plan).toMatchObject({
    version: 1,
    cause: '高峰期坐席不足',
    documents: [{ fileName: '方案.pdf' }],
    waitsFor: [{ seat: 'A' }],
    measures: [
      { id: 'measure-1', kind: 'training', what: '电话礼仪培训', expected: '首次响应缩短', owner: { seat: 'A' } },
      { id: 'measure-2', kind: 'other', what: '增设坐席', owner: { seat: 'B' } },
    ],
  });
  await act(`${at(id)}/reject`, { as: 'A', version: 1, points: ['补充完成标准'] });
  expect((await viewOf(id)).plan?.points).toEqual(['补充完成标准']);
  await act(`${at(id)}/plan`, { as: 'B', cause: '高峰期坐席不足', measures: MEASURES });
  await act(`${at(id)}/approve`, { as: 'A', version: 2 });

  const approved = await viewOf(id);
  expect(approved.as.complete).toEqual(expect.arrayContaining([{ as: 'A', onBehalfOf: null }]));
  await act(`${at(id)}/complete`, form({ as: 'A', measure: 'measure-1', note: '两场' }, { '签到.pdf': '%PDF-' }));
  await act(`${at(id)}/complete`, { as: 'B', measure: 'measure-2' });
  const done = await viewOf(id);
  expect(done).toMatchObject({ status: 'implemented', measures: { total: 2, done: 2 } });
  expect(done.plan?.measures[0]?.evidence).toMatchObject({ note: '两场', documents: [{ fileName: '签到.pdf' }] });

  await act(
    `${at(id)}/verify`,
    form({ as: 'coordinator', verdict: 'effective', note: '抽查 20 次' }, { '抽查.pdf': '%PDF-' }),
  );
  const effective = await viewOf(id);
  expect(effective.effects).toMatchObject([{ verdict: 'effective', note: '抽查 20 次', cycle: null }]);
  expect(effective.answer.due).not.toBeNull();

  await act(`${at(id)}/answer-customers`, { as: 'B', text: '已增设坐席，首次响应缩短至 30 秒' });
  await act(`${at(id)}/customer-verdict`, { as: 'B', customer: first, satisfied: true });
  await act(`${at(id)}/publish`, { as: 'B', text: '本季度改进结果' });
  const answered = await viewOf(id);
  expect(answered.answer).toMatchObject({ text: '已增设坐席，首次响应缩短至 30 秒' });
  expect(answered.finding.raisedBy).toMatchObject([
    { customerId: first, answered: true, satisfied: true },
    { customerId: second, answered: true, satisfied: null },
  ]);
  await act(`${at(id)}/close`, { as: 'coordinator' });
  expect(await viewOf(id)).toMatchObject({ status: 'closed', can: [], publication: '本季度改进结果' });

  const held = await Promise.all([
    desk.database.command.findMany({ where: { agreementId }, select: { command: true } }),
    desk.database.event.findMany({ where: { agreementId }, select: { body: true } }),
    desk.database.process.findMany({ where: { agreementId }, select: { input: true, snapshot: true } }),
  ]);
  for (const words of ['张三', '坐席', '培训', '抽查 20']) expect(JSON.stringify(held)).not.toContain(words);
});

/** A finding of these customers whose effect is proven. */
async function effective(raisedBy: string[]): Promise<string> {
  const { act } = processDesk(desk);
  const id = await raised({ customers: raisedBy });
  await act(`${at(id)}/classify`, { as: 'B', category: '响应', department: 'B' });
  await act(`${at(id)}/plan`, { as: 'B', cause: '坐席不足', measures: MEASURES.slice(1) });
  await act(`${at(id)}/approve`, { as: 'A', version: 1 });
  await act(`${at(id)}/complete`, { as: 'B', measure: 'measure-1' });
  const evidence = form({ as: 'coordinator', verdict: 'effective', note: '抽查' }, { '抽查.pdf': '%PDF-' });
  await act(`${at(id)}/verify`, evidence);
  return id;
}

test('S004-23: whoever has an address gets the answer by mail, unless all were told otherwise; by its link they say whether it satisfies', async () => {
  const { act } = processDesk(desk);
  const [one = '', mute = '', told = ''] = await customers(desk, 3, (index) => (index === 1 ? { email: null } : {}));
  const id = await effective([one, mute, told]);
  await act(`${at(id)}/answer-customers`, { as: 'B', customers: [told], text: '电话已告知', mail: false });
  await act(`${at(id)}/answer-customers`, { as: 'B', text: '已增设坐席' });
  const { workflowId } = await desk.database.process.findUniqueOrThrow({ where: { id } });
  desk.now.ms += 86_400_000;
  const queued = await desk.database.notice.findMany({ where: { agreementId, kind: 'customer-answer' } });
  expect(queued.map(({ addressee }) => addressee)).toEqual([one]);

  const token = newAnswerToken();
  const link = { workflowId, tokenHash: answerTokenHash(token), label: verdictLinkLabel(one), channel: 'email' };
  await desk.database.surveyLink.create({ data: { ...link, createdAt: new Date(desk.now.ms) } });
  const opened = await fetch(`${desk.api.url}/verdict/${token}`, { redirect: 'manual' });
  expect(opened.status).toBe(303);
  const address = `${desk.api.url}${opened.headers.get('location') ?? ''}`;
  expect(address).not.toContain(token); // nor does it stay in the address bar (design §7)
  const Cookie = opened.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const page = await (await fetch(address, { headers: { Cookie } })).text();
  expect(page).toContain('已增设坐席');
  const field = (name: string): string => new RegExp(`name="${name}" value="([^"]+)"`).exec(page)?.[1] ?? '';
  const [key, nonce] = [field('key'), field('nonce')];
  const say = (fields: Record<string, string>, headers: Record<string, string> = { Cookie }) =>
    fetch(address, { method: 'POST', headers, body: new URLSearchParams(fields) });
  expect((await say({ key, nonce, satisfied: 'yes' }, {})).status).toBe(404); // the address alone opens nothing
  expect((await say({ key, nonce: 'x', satisfied: 'yes' })).status).toBe(403);
  const said = await say({ key, nonce, satisfied: 'no', note: '仍然要等很久' });
  expect(await said.text()).toContain('不满意');
  const command = await desk.database.command.findFirstOrThrow({ where: { workflowId, type: 'customer-verdict' } });
  expect(command).toMatchObject({ text: { note: '仍然要等很久' }, command: { customer: one, satisfied: false } });
  await processDesk(desk).record(command.id);
  expect((await viewOf(id)).finding.raisedBy[0]).toMatchObject({ customerId: one, satisfied: false });
  expect(await (await fetch(address, { headers: { Cookie } })).text()).toContain('您已表示不满意');

  // The link answers no survey, and it opts out of them as the mail says.
  const session = await ask(desk.api, 'POST', '/answer-sessions', { token }, { Authorization: '' });
  expect(session.status).toBe(404);
  await fetch(`${desk.api.url}/opt-out/${optOutWord(token)}`, { method: 'POST' });
  expect((await desk.database.customer.findUniqueOrThrow({ where: { id: one } })).optedOutAt).not.toBeNull();

  await act(`${at(id)}/publish`, { as: 'B', text: '结果' });
  await act(`${at(id)}/close`, { as: 'coordinator' });
  expect(await (await fetch(address, { headers: { Cookie } })).text()).toContain('已办结');

  // Erased, nothing leads to them any more.
  await desk.database.notice.updateMany({ where: { addressee: one }, data: { address: 'c0@example.com' } });
  const principal = { kind: 'machine' } as const;
  await eraseCustomer(desk.deps, { customerId: one, ground: 'requested', principal });
  expect(await desk.database.notice.findFirst({ where: { addressee: one } })).toMatchObject({ address: null });
  expect((await fetch(address, { headers: { Cookie } })).status).toBe(404);
});

test('the board: what is open first, the most urgent first; filters and counts', async () => {
  const { act } = processDesk(desk);
  const slight = await raised({ severity: 1, frequency: 1, title: '轻微' });
  const grave = await raised({ severity: 5, frequency: 20, title: '严重' });
  const dropped = await raised({ title: '不成立' });
  await act(`${at(slight)}/classify`, { as: 'B', category: '产品' });
  await act(`${at(grave)}/classify`, { as: 'B', category: '响应', department: 'A' });
  await act(`${at(dropped)}/dismiss`, { as: 'A', reason: '误报' });
  const { workflowIds } = await createOpenProcesses(desk)({ agreementId }); // whom the end of the agreement is told
  const rows = await desk.database.process.findMany({ where: { id: { in: [slight, grave] } } });
  expect(workflowIds).toEqual(rows.map(({ workflowId }) => workflowId).sort());
  const { body } = await board();
  const all = improvementBoard.parse(body);
  expect(all.items.map(({ title, status, priority }) => [title, status, priority])).toEqual([
    ['严重', 'classified', 'high'],
    ['轻微', 'classified', 'low'],
    ['不成立', 'dismissed', null],
  ]);
  expect(all.counts).toEqual({
    status: { classified: 2, dismissed: 1 },
    priority: { high: 1, low: 1 },
    department: { A: 1, B: 1 },
    overdue: 0,
  });
  expect(all.categories).toEqual(['响应', '产品']);
  expect(all.may.raise).toContainEqual({ as: 'A', onBehalfOf: null });
  const ids = async (query: string) => improvementBoard.parse((await board(query)).body).items.map(({ id }) => id);
  expect(await ids('?status=open')).toEqual([grave, slight]);
  expect(await ids('?priority=high')).toEqual([grave]);
  expect(await ids('?department=B')).toEqual([slight]);
  expect(await ids('?status=dismissed&overdue=false')).toEqual([dropped]);
  expect((await board('?status=nonsense')).status).toBe(400);
});

test('a finding joins another one by its id; one that is over takes none', async () => {
  const { act } = processDesk(desk);
  const [first, second, over] = [await raised(), await raised(), await raised()];
  await act(`${at(over)}/dismiss`, { as: 'A', reason: '误报' });
  const closed = await ask(desk.api, 'POST', `${at(first)}/merge`, { as: 'B', into: over });
  expect(closed).toMatchObject({ status: 409, body: { type: 'urn:abide:finding-closed' } });
  await act(`${at(first)}/merge`, { as: 'B', into: second });
  expect(await viewOf(first)).toMatchObject({ status: 'merged', mergedInto: { id: second } });
});

test('what the agreement does not know is refused before it is kept: categories, kinds, customers, dimensions', async () => {
  const id = await raised();
  const tries: [string, unknown, string][] = [
    ['/classify', { as: 'B', category: '张三' }, 'category'],
    ['/plan', { as: 'B', measures: [{ ...MEASURES[1], kind: 'Zhang.San' }] }, 'measures[0].kind'],
    ['/plan', { as: 'B', goal: { dimension: 'Zhang.San', atLeast: '4' }, measures: MEASURES }, 'goal.dimension'],
    ['/answer-customers', { as: 'B', customers: [randomUUID()], text: 'x' }, 'customers[0]'],
    ['/customer-verdict', { as: 'B', customer: randomUUID(), satisfied: true }, 'customer'],
  ];
  for (const [path, body, field] of tries) {
    const reply = await ask(desk.api, 'POST', at(id) + path, body);
    expect({ path, status: reply.status, field: reply.body.errors?.[0]?.path }).toEqual({ path, status: 400, field });
  }
  const raise = (body: object) =>
    ask(desk.api, 'POST', `/agreements/${agreementId}/improvements`, { ...FINDING, ...body });
  expect((await raise({ dimension: 'Zhang.San' })).body.errors[0].path).toBe('dimension');
  expect((await raise({ source: 'feedback', about: 'F-1' })).body.errors[0].path).toBe('about');
  expect((await raise({ customers: [randomUUID()] })).body.type).toBe('urn:abide:unknown-customer');
  expect(await desk.database.command.count({ where: { agreementId, workflowId: { not: null } } })).toBe(0);
});

test('the same key is the same finding; an improvement of another agreement is unknown', async () => {
  const key = { 'Idempotency-Key': randomUUID() };
  const path = `/agreements/${agreementId}/improvements`;
  const [one, same] = [
    await ask(desk.api, 'POST', path, FINDING, key),
    await ask(desk.api, 'POST', path, FINDING, key),
  ];
  expect(same.body).toEqual(one.body);
  expect(await desk.database.process.count({ where: { agreementId } })).toBe(1);
  const other = await improvementAgreement(desk);
  const id = await raised();
  const unknown = await ask(desk.api, 'GET', `/agreements/${other}/improvements/${id}`);
  expect(unknown).toMatchObject({ status: 404, body: { type: 'urn:abide:unknown-improvement' } });
});

test('what is raised while the agreement is suspended as a whole knows since when', async () => {
  const suspension = { number: 1, ground: 'force-majeure', obligations: [], from: '2026-10-05', until: null, by: 'A' };
  const { snapshot } = await desk.database.agreement.findUniqueOrThrow({ where: { id: agreementId } });
  const suspend = (suspensions: object[]) =>
    desk.database.agreement.update({
      where: { id: agreementId },
      data: { snapshot: { ...(snapshot as object), suspensions } as unknown as Prisma.InputJsonObject },
    });
  const inputOf = async (id: string): Promise<unknown> =>
    (await desk.database.process.findUniqueOrThrow({ where: { id } })).input;
  await suspend([suspension]);
  expect(await inputOf(await raised())).toMatchObject({ suspendedFrom: '2026-10-05' });
  const open = createOpenProcesses({ database: desk.database });
  expect(await open({ agreementId })).toMatchObject({ resumedOn: null });

  await suspend([
    { ...suspension, until: '2026-10-08' },
    { ...suspension, number: 2, obligations: ['report'] },
  ]);
  expect(await inputOf(await raised({ title: '再次反映' }))).not.toHaveProperty('suspendedFrom');
  expect(await open({ agreementId })).toMatchObject({ resumedOn: '2026-10-08' });
});
