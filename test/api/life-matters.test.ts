import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Desk, ask, form, openDesk } from './desk.ts';
import { SERVICE, act, draftOf, lifeOf, refusalOf, started } from './life-desk.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => {
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
});
afterAll(() => desk?.close());

const { parties, coordinator } = SERVICE;
const at = (iso: string): void => {
  desk.now.ms = Date.parse(`${iso}+08:00`);
};
const steps = (matter: string): string => `/matters/${matter}/steps`;

async function improvement(terms: Record<string, unknown>): Promise<string> {
  const draft = draftOf('satisfaction-improvement@1', { termYears: 2, sealRequired: false, ...terms });
  const id = await started(desk, { ...draft, parties, coordinator });
  for (const as of ['A', 'B']) await act(desk, id, '/signatures', { as });
  return id;
}

async function service(terms: Record<string, unknown>): Promise<string> {
  const given = { ...((SERVICE as Record<string, unknown>)['terms'] as object), sealRequired: false, ...terms };
  const id = await started(desk, { ...SERVICE, terms: given });
  for (const as of ['A', 'B']) await act(desk, id, '/signatures', { as });
  return id;
}

const matter = async (id: string, name: string) =>
  (await lifeOf(desk, id)).matters.find((one) => one.id === name) ?? expect.unreachable(name);

test('a request has its clock, is answered with what was asked for, and closed by who asked (S000-10)', async () => {
  const id = await improvement({ dataRequestDueDays: 5 });
  const request = { as: 'B', kind: 'request', rule: 'data-request', topic: '客户名单', details: '请提供在册客户名单' };
  const wrong = await ask(desk.api, 'POST', `/agreements/${id}/matters`, { ...request, kind: 'wish' });
  expect(wrong).toMatchObject({ status: 400, body: { errors: [{ path: 'kind', cure: expect.any(String) }] } });
  expect(await refusalOf(desk, id, '/matters', { ...request, as: 'A' })).toBe('not-responsible');
  await act(desk, id, '/matters', request);
  // Five days from 09-01 end on Sunday 09-06: the reply is due on Monday.
  expect(await matter(id, 'request-1')).toMatchObject({
    status: 'open',
    from: { seat: 'B' },
    to: { seat: 'A' },
    due: { localDate: '2026-09-07' },
    topic: '客户名单',
  });
  expect(await refusalOf(desk, id, steps('request-1'), { as: 'B', step: 'answer' })).toBe('not-responsible');
  await act(desk, id, steps('request-1'), form({ as: 'A', step: 'answer', details: '见附件' }, { '名单.txt': 'x' }));
  expect(await matter(id, 'request-1')).toMatchObject({
    status: 'answered',
    steps: [{ type: 'answer', details: '见附件', documents: [{ fileName: '名单.txt' }] }],
  });
  await act(desk, id, steps('request-1'), { as: 'B', step: 'close' });
  expect((await matter(id, 'request-1')).status).toBe('closed');
  expect(await refusalOf(desk, id, steps('request-1'), { as: 'A', step: 'answer' })).toBe('matter-closed');
});

test('a request that nobody answers is late, and may still be refused; the coordinator enters it with its paper', async () => {
  const id = await improvement({ dataRequestDueDays: 5 });
  await act(desk, id, '/matters', { as: 'B', kind: 'request', rule: 'data-request', topic: '客户名单' });
  at('2026-09-08T00:00:00');
  await desk.tick(id);
  expect((await matter(id, 'request-1')).status).toBe('overdue');
  const refuse = { as: 'coordinator', onBehalfOf: 'A', step: 'refuse', details: '涉及个人信息' };
  expect(await refusalOf(desk, id, steps('request-1'), refuse)).toBe('evidence-missing');
  await act(desk, id, steps('request-1'), form(refuse, { '回函.txt': 'x' }));
  expect(await matter(id, 'request-1')).toMatchObject({
    status: 'refused',
    steps: [{ type: 'refuse', by: { seat: 'A' }, details: '涉及个人信息', documents: [{ fileName: '回函.txt' }] }],
  });
});

test('an incident is reported with what happened, answered, acted on, and closed (S000-24)', async () => {
  const id = await improvement({});
  const incident = {
    as: 'A',
    kind: 'incident',
    rule: 'confidentiality-of-b',
    topic: '报告外泄',
    details: '第三方持有报告',
  };
  await act(desk, id, '/matters', form(incident, { '截图.txt': 'x' }));
  expect(await matter(id, 'incident-1')).toMatchObject({ status: 'open', clauses: ['S000-24'], documents: [{}] });
  await act(desk, id, steps('incident-1'), { as: 'B', step: 'answer', details: '正在核查' });
  const decide = { as: 'B', step: 'decide', owner: 'B', dueOn: '2026-09-10', details: '收回并销毁' };
  const wrong = await ask(desk.api, 'POST', `/agreements/${id}${steps('incident-1')}`, { ...decide, dueOn: '09-10' });
  expect(wrong).toMatchObject({ status: 400, body: { errors: [{ path: 'dueOn', cure: expect.any(String) }] } });
  await act(desk, id, steps('incident-1'), decide);
  expect(await refusalOf(desk, id, steps('incident-1'), { as: 'B', step: 'close' })).toBe('not-responsible');
  await act(desk, id, steps('incident-1'), { as: 'A', step: 'close', details: '已销毁并确认' });
  const ended = await matter(id, 'incident-1');
  expect(ended.status).toBe('closed');
  expect(ended.steps.map(({ type }) => type)).toEqual(['answer', 'decide', 'close']);
  expect(ended.steps[1]).toMatchObject({ owner: { seat: 'B' }, dueOn: '2026-09-10' });
});

test('a dispute is negotiated for the days that were agreed, then goes to the court that was chosen (S001b-88)', async () => {
  const id = await service({ courtName: '上海市浦东新区人民法院' });
  const dispute = { as: 'A', kind: 'dispute', topic: '第三方费用' };
  await act(desk, id, '/matters', dispute);
  expect(await matter(id, 'dispute-1')).toMatchObject({ status: 'open', due: { localDate: '2026-09-16' } });
  const escalate = { as: 'A', step: 'escalate', details: '提交法院' };
  expect(await refusalOf(desk, id, steps('dispute-1'), escalate)).toBe('gate-closed');
  await act(desk, id, steps('dispute-1'), { as: 'B', step: 'refuse', details: '不认可' });
  await act(desk, id, steps('dispute-1'), escalate);
  expect(await matter(id, 'dispute-1')).toMatchObject({ status: 'escalated', endedAt: null });
  await act(desk, id, steps('dispute-1'), { as: 'A', step: 'close', details: '调解结案' });
  expect(await matter(id, 'dispute-1')).toMatchObject({ status: 'closed', endedAt: expect.any(String) });
});

test('a meeting that was not held is put on record as such, and calls for another', async () => {
  const id = await service({});
  await act(desk, id, '/matters', { as: 'A', kind: 'meeting', on: '2026-09-03', topic: '季度沟通会' });
  await act(desk, id, steps('meeting-1'), { as: 'B', step: 'refuse', details: '人员出差，改期' });
  expect(await matter(id, 'meeting-1')).toMatchObject({ status: 'refused', steps: [{ details: '人员出差，改期' }] });
  await act(desk, id, '/matters', { as: 'A', kind: 'meeting', on: '2026-09-10', topic: '季度沟通会（改期）' });
  await act(desk, id, steps('meeting-2'), { as: 'A', step: 'close', minutes: '一、问题清单' });
  expect(await matter(id, 'meeting-2')).toMatchObject({ status: 'closed', on: '2026-09-10' });
});
