import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { customerData, customerDetail, customerErasure, customerPage } from '../../api/customers/schemas.ts';
import { PERSONAL_DATA } from '../../api/privacy/personal-data.ts';
import { type Desk, ask, openDesk } from './desk.ts';
import { signedIn } from './signed-in.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(async () => {
  desk.now.ms = Date.parse('2027-01-10T09:00:00+08:00');
  await desk.database.$executeRaw`TRUNCATE customer, customer_tier_change, invitee, answer, answer_draft, feedback`;
  await desk.database.$executeRaw`TRUNCATE organisation CASCADE`;
});
afterAll(() => desk?.close());

const add = async (body: Record<string, unknown>) =>
  customerDetail.parse((await ask(desk.api, 'POST', '/customers', body)).body);
const change = (id: string, body: unknown) => ask(desk.api, 'PATCH', `/customers/${id}`, body);
const list = async (query = '') => customerPage.parse((await ask(desk.api, 'GET', `/customers${query}`)).body);
const keys = async (query: string) => (await list(query)).items.map(({ key }) => key);

test('a customer is added once, with its branch and department; the key is its own', async () => {
  const firm = await desk.database.organisation.create({ data: { name: '甲公司' } });
  const branch = await desk.database.organisation.create({ data: { name: '北京分公司', parentId: firm.id } });
  const body = { key: 'C-1', name: '华东商贸', email: 'Li@C.example', phone: '+86 10 1234 转 5', branchId: branch.id };
  const key = { 'Idempotency-Key': randomUUID() };
  const one = await ask(desk.api, 'POST', '/customers', body, key);
  expect(one).toMatchObject({ status: 201, body: { email: 'li@c.example', branch: { path: '甲公司 > 北京分公司' } } });
  expect((await ask(desk.api, 'POST', '/customers', body, key)).body).toEqual(one.body);
  const twice = await ask(desk.api, 'POST', '/customers', body);
  expect(twice).toMatchObject({ status: 409, body: { type: 'urn:abide:customer-exists' } });
  const wrong = await ask(desk.api, 'POST', '/customers', {
    key: 'C-2',
    name: '',
    email: 'x',
    phone: 'abc',
    tier: 'gold',
  });
  expect(wrong.body.errors.map(({ path }: { path: string }) => path).sort()).toEqual([
    'email',
    'name',
    'phone',
    'tier',
  ]);
  const nowhere = await ask(desk.api, 'POST', '/customers', { key: 'C-2', name: '乙', branchId: randomUUID() });
  expect(nowhere).toMatchObject({ status: 404, body: { type: 'urn:abide:unknown-organisation' } });
});

test('the list of key customers is a dated version: another tier needs a reason, and a day shows what was so then (S003-S-04)', async () => {
  const { id } = await add({ key: 'C-1', name: '华东商贸', tier: 'key' });
  await add({ key: 'C-2', name: '南方电器' });
  desk.now.ms = Date.parse('2027-06-01T09:00:00+08:00');
  const silent = await change(id, { tier: 'ordinary' });
  expect(silent).toMatchObject({ status: 400, body: { errors: [{ path: 'reason' }] } });
  const changed = customerDetail.parse((await change(id, { tier: 'ordinary', reason: '采购额下降' })).body);
  expect(changed.tierChanges).toMatchObject([
    { before: 'key', after: 'ordinary', reason: '采购额下降', at: '2027-06-01T01:00:00.000Z' },
    { before: null, after: 'key', reason: null },
  ]);
  expect(await keys('?tier=key')).toEqual([]);
  expect(await keys('?tier=key&asOf=2027-05-31')).toEqual(['C-1']);
  expect(await keys('?tier=key&asOf=2027-06-01')).toEqual([]);
  expect(await keys('?asOf=2027-01-09')).toEqual([]);
  expect((await list()).tiers).toEqual({ key: 0, ordinary: 2, vip: 0 });
});

test('filters, pages and text; opting out is apart from consent and from promotion', async () => {
  const firm = await desk.database.organisation.create({ data: { name: '甲公司' } });
  const branch = await desk.database.organisation.create({ data: { name: '北京分公司', parentId: firm.id } });
  const first = await add({ key: 'K-1', name: '一', branchId: branch.id, promotionConsent: true });
  await add({ key: 'K-2', name: '二', surveyConsent: false, tier: 'vip' });
  await add({ key: 'K-3', name: '三_百分%' });
  expect(await keys(`?branch=${firm.id}`)).toEqual(['K-1']);
  expect(await keys('?tier=vip')).toEqual(['K-2']);
  expect(await keys(`?search=${encodeURIComponent('百分%')}`)).toEqual(['K-3']);
  expect(await keys('?askable=true')).toEqual(['K-1', 'K-3']);
  const opted = customerDetail.parse((await change(first.id, { optedOut: true })).body);
  expect(opted).toMatchObject({ surveyConsent: true, promotionConsent: true, optedOutAt: '2027-01-10T01:00:00.000Z' });
  expect(await keys('?askable=true')).toEqual(['K-3']);
  await change(first.id, { optedOut: false, archived: true });
  expect(await keys('')).toEqual(['K-2', 'K-3']);
  expect(await keys('?status=archived')).toEqual(['K-1']);
  const page = await list('?limit=1');
  expect(page.items.map(({ key }) => key)).toEqual(['K-2']);
  expect(await keys(`?limit=1&cursor=${page.nextCursor ?? ''}`)).toEqual(['K-3']);
});

test('what is known of a customer is shown, from every table of customers; then it is erased, and its answers stay', async () => {
  const { id } = await add({ key: 'C-1', name: '华东商贸', contact: '李华', email: 'li@c.example', address: '上海' });
  const at = new Date(desk.now.ms);
  const cycle = { workflowId: 'survey/x/quarterly-survey#2027-Q1', channel: 'email' };
  const invitee = await desk.database.invitee.create({
    data: { ...cycle, customerId: id, tier: 'ordinary', tokenHash: 'hash', messageId: 'm', status: 'sent' },
  });
  await desk.database.answerDraft.create({ data: { inviteeId: invitee.id, answers: { a: 1 }, updatedAt: at } });
  const file = { fileName: '李华.txt', type: 'text/plain', size: 1, sha256: 'a'.repeat(64) };
  await desk.database.answerFile.create({
    data: { id: randomUUID(), workflowId: cycle.workflowId, question: 'a', respondent: invitee.id, ...file },
  });
  await desk.database.answer.create({
    data: { ...cycle, respondent: invitee.id, inviteeId: invitee.id, answers: { a: 1 }, receivedOn: '2027-01-10' },
  });
  const agreementId = randomUUID();
  await desk.database.feedback.create({
    data: {
      number: 'F-1',
      agreementId,
      customerId: id,
      name: '李华',
      email: 'li@c.example',
      text: '好',
      channel: 'web',
      receivedAt: at,
    },
  });
  await desk.database.agreement.create({
    data: {
      id: agreementId,
      template: 'satisfaction-management@1',
      status: 'in-force',
      zone: 'Asia/Shanghai',
      draft: {},
      createdAt: at,
    },
  });
  await desk.database.process.create({
    data: {
      workflowId: `visit/${agreementId}/2027-1`,
      agreementId,
      type: 'visit',
      reference: '2027-1',
      status: 'planned',
      input: { customerId: id, kind: 'visit', plannedOn: '2027-02-01' },
      createdAt: at,
    },
  });
  const administrator = await signedIn(desk, ['administrator']);
  const data = customerData.parse((await ask(administrator, 'GET', `/customers/${id}/data`)).body);
  const shown = new Set(data.groups.flatMap(({ tables }) => tables));
  for (const table of ['AnswerDraft', 'AnswerFile', 'Customer', 'Feedback', 'Invitee', 'Process']) {
    expect(PERSONAL_DATA[table]).toBeDefined();
    expect(shown).toContain(table);
    expect(data.groups.find(({ tables }) => tables.includes(table))?.items).toHaveLength(1);
  }
  expect(JSON.stringify(data)).not.toContain('"hash"');

  const erased = await ask(administrator, 'POST', `/customers/${id}/erasure`, { ground: 'requested' });
  expect(customerErasure.parse(erased.body).done).toMatchObject({
    customer: 1,
    invitee: 1,
    answer_draft: 1,
    answer_file: 1,
    feedback: 1,
  });
  const after = await desk.database.customer.findUniqueOrThrow({ where: { id } });
  expect(after).toMatchObject({ name: '—', contact: null, email: null, address: null, surveyConsent: false });
  expect(await desk.database.invitee.findFirst()).toMatchObject({ customerId: id, tokenHash: null, tier: 'ordinary' });
  expect(await desk.database.answer.count()).toBe(1);
  const rows = [
    await desk.database.customer.findMany(),
    await desk.database.feedback.findMany(),
    await desk.database.invitee.findMany(),
  ];
  for (const trace of ['C-1', '华东', '李华', 'li@c']) expect(JSON.stringify(rows)).not.toContain(trace);
  expect(JSON.stringify(await desk.database.idempotentRequest.findMany())).not.toContain('li@c');
  expect(await change(id, { name: '新' })).toMatchObject({ status: 409, body: { type: 'urn:abide:customer-erased' } });
  const again = await ask(administrator, 'POST', `/customers/${id}/erasure`, { ground: 'requested' });
  expect(again.body).toEqual(erased.body);
});
