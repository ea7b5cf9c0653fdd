import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createLink } from '../../activities/links.ts';
import type { LinkPurpose } from '../../api/policy.ts';
import { type Desk, form, openDesk } from './desk.ts';
import { SERVICE, act, draftOf, lifeOf, refusalOf, serviceInForce, started } from './life-desk.ts';
import { type Visit, open, page, secrets, send } from './visit.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => {
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
});
afterAll(() => desk?.close());

/** A link as the mail has it, opened. */
async function visit(agreementId: string, seat: string, purpose: LinkPurpose, subject?: string): Promise<Visit> {
  const { personId } = await desk.database.seat.findUniqueOrThrow({
    where: { agreementId_seat: { agreementId, seat } },
  });
  const request = {
    agreementId,
    personId,
    seat,
    purpose,
    ...(subject === undefined ? {} : { obligation: subject }),
    noticeId: `test/${crypto.randomUUID()}`,
    expiresAt: desk.now.ms + 86_400_000,
  };
  return open(desk, await createLink(desk.database, request, { clock: desk.deps.clock, publicUrl: desk.api.url }));
}

/** Sends a form of the page, as the worker would record it. */
async function answer(opened: Visit, fields: Record<string, string>, files: Record<string, string> = {}) {
  const { key, nonce } = secrets(await page(opened));
  const sent = await send(opened, form({ key, nonce, ...fields }, files));
  if (sent.status === 200) {
    const row = await desk.database.command.findFirstOrThrow({ where: { id: { endsWith: key } } });
    await desk.record(row.id);
  }
  return sent;
}

test('a seal is recorded by link, with its date and its scan; then nothing is left to do', async () => {
  const id = await started(desk, SERVICE);
  for (const as of ['A', 'B']) await act(desk, id, '/signatures', { as });
  const opened = await visit(id, 'B', 'seal');
  expect(await page(opened)).toContain('登记盖章');
  expect((await answer(opened, { sealedOn: '2026-02-30' })).status).toBe(400);
  expect((await answer(opened, { sealedOn: '2026-08-31' }, { 'seal.txt': 'scan' })).status).toBe(200);
  expect((await lifeOf(desk, id)).effect.signatories).toMatchObject([
    { party: 'A', sealedOn: null },
    { party: 'B', sealedOn: '2026-08-31' },
  ]);
  expect(await page(opened)).toContain('该方已盖章');
});

test('a proposed change is shown in words, and accepted or declined by link', async () => {
  const id = await serviceInForce(desk);
  const changes = { terms: { analysisDueDays: 20 }, dates: { 'service-fee-2': '2027-04-10' } };
  const proposed = { as: 'A', changes, effectiveOn: '2026-10-01', reason: '分析周期过短 <b>' };
  await act(desk, id, '/amendments', proposed);
  const opened = await visit(id, 'B', 'accept', 'amendment:amendment-1');
  const shown = await page(opened);
  expect(shown).toContain('分析周期过短 &lt;b&gt;');
  expect(shown).toContain('变更内容');
  expect(shown).toContain('10 → 20');
  expect(await page(opened, '?lang=en')).toContain('What changes');
  expect((await answer(opened, { verdict: 'perhaps' })).status).toBe(400);
  expect((await answer(opened, { verdict: 'accept' })).status).toBe(200);
  const [amendment] = (await lifeOf(desk, id)).amendments;
  expect(amendment).toMatchObject({ status: 'accepted', waitsFor: [], reason: '分析周期过短 <b>' });
  expect(await page(opened)).toContain('无需办理');

  await act(desk, id, '/amendments', { ...proposed, changes: { owners: { 'quarterly-survey': 'B' } } });
  const second = await visit(id, 'B', 'accept', 'amendment:amendment-2');
  expect((await answer(second, { verdict: 'decline', reason: '不同意' })).status).toBe(200);
  expect((await lifeOf(desk, id)).amendments[1]).toMatchObject({ status: 'declined' });
});

test('a claim is agreed to in part, or disputed with a reason, by link; its files are for whoever answers', async () => {
  const id = await serviceInForce(desk);
  const claim = { as: 'B', amount: '15000.00', against: 'A', liability: 'provider-breach', cause: '服务不合格' };
  await act(desk, id, '/claims', form({ ...claim, claim: 'loss' }, { 'loss.txt': 'the loss' }));
  const opened = await visit(id, 'A', 'answer', 'claim:loss');
  const shown = await page(opened);
  expect(shown).toContain('15000.00 CNY');
  expect(shown).toContain('服务不合格');
  const [, document = ''] = /href="(\/act\/[^"]+\/documents\/[^"]+)"/.exec(shown) ?? [];
  const file = await fetch(`${desk.api.url}${document}`, { headers: { cookie: opened.cookie } });
  expect([file.status, await file.text()]).toEqual([200, 'the loss']);
  const other = await visit(id, 'A', 'object', 'renewal');
  const foreign = document.replace(/\/act\/[^/]+/, new URL(other.url).pathname);
  expect((await fetch(`${desk.api.url}${foreign}`, { headers: { cookie: other.cookie } })).status).toBe(404);

  expect((await answer(opened, { verdict: 'dispute', reason: '已整改' })).status).toBe(200);
  expect((await lifeOf(desk, id)).claims[0]).toMatchObject({ status: 'disputed' });
  const again = await visit(id, 'A', 'answer', 'claim:loss');
  expect((await answer(again, { verdict: 'agree', amount: '9000.00' })).status).toBe(200);
  expect((await lifeOf(desk, id)).claims[0]).toMatchObject({ status: 'agreed', payable: '9000.00' });
  expect(await page(again)).toContain('该索赔已有结果');
});

test('an objection to a notice of the end is given by link, shown beside the notice, and taken once (S001c-63)', async () => {
  const draft = draftOf('service-kpi@1', {
    providerParty: 'B',
    terminationGrounds: [{ code: 'CLOSED', description: '甲方停止相关业务' }],
    terminationNoticeDays: 30,
  });
  const { parties, coordinator } = SERVICE;
  const id = await started(desk, { ...draft, parties, coordinator });
  for (const as of ['A', 'B']) await act(desk, id, '/signatures', { as });
  const notice = { notice: 'termination', ground: 'agreed-list', code: 'CLOSED', reason: '业务已停止' };
  const byHand = form({ as: 'coordinator', onBehalfOf: 'A', servedOn: '2026-09-01', ...notice }, { '签收单.txt': 'x' });
  expect((await act(desk, id, '/formal-notices', byHand)).status).toBe(202);
  expect((await lifeOf(desk, id)).terminations).toMatchObject([
    { id: 'termination-1', due: { localDate: '2026-10-01' }, mayObject: [{ seat: 'B' }], objections: [] },
  ]);
  expect(await refusalOf(desk, id, '/objection', { as: 'A', notice: 'termination-1' })).toBe('not-responsible');

  const objection = await visit(id, 'B', 'object', 'termination:termination-1');
  const shown = await page(objection);
  expect(shown).toContain('业务已停止');
  expect(shown).toContain('对终止通知提出异议');
  expect((await answer(objection, { reason: '业务并未停止' })).status).toBe(200);
  expect((await lifeOf(desk, id)).terminations).toMatchObject([
    { mayObject: [], objections: [{ by: { seat: 'B' }, reason: '业务并未停止' }], due: { localDate: '2026-10-01' } },
  ]);
  expect(await page(objection)).toContain('已提出过异议');
  expect(await refusalOf(desk, id, '/objection', { as: 'B', notice: 'termination-1' })).toBe('already-objected');
});

test('an objection to the renewal, a consent and a reply are given by link, each once', async () => {
  const id = await serviceInForce(desk);
  const renewal = await visit(id, 'B', 'object', 'renewal');
  expect(await page(renewal)).toContain('2027-09-01');
  expect((await answer(renewal, { reason: '另选供应商' })).status).toBe(200);
  expect((await lifeOf(desk, id)).renewal.objectedBy).toMatchObject({ seat: 'B' });
  expect(await page(renewal)).toContain('已提出过异议');

  await act(desk, id, '/suspensions', { as: 'A', ground: 'agreed-pause', reason: '门店装修' });
  const consent = await visit(id, 'B', 'approve', 'suspension:1');
  expect(await page(consent)).toContain('门店装修');
  expect((await answer(consent, {})).status).toBe(200);
  expect(await lifeOf(desk, id)).toMatchObject({ status: 'suspended', pauses: [] });

  const dispute = {
    as: 'A',
    kind: 'dispute',
    to: 'B',
    rule: 'cost-disputes',
    topic: '费用分担',
    details: '请核对账单',
  };
  await act(desk, id, '/matters', dispute);
  const reply = await visit(id, 'B', 'reply', 'matter:dispute-1');
  expect(await page(reply)).toContain('请核对账单');
  expect((await answer(reply, { verdict: 'answer', details: '' })).status).toBe(400);
  expect((await answer(reply, { verdict: 'answer', details: 'x'.repeat(2_001) })).status).toBe(400);
  expect((await answer(reply, { verdict: 'answer', details: '账单无误' }, { 'bill.txt': 'x' })).status).toBe(200);
  const [matter] = (await lifeOf(desk, id)).matters;
  expect(matter?.steps[0]).toMatchObject({
    type: 'answer',
    details: '账单无误',
    documents: [{ fileName: 'bill.txt' }],
  });
});

test('what is reminded of as a payment is paid by link, in part or in full', async () => {
  const id = await serviceInForce(desk);
  desk.now.ms = Date.parse('2026-10-12T10:00:00+08:00');
  await desk.tick(id);
  const opened = await visit(id, 'B', 'submit', 'service-fee-1');
  expect(await page(opened)).toContain('未付金额 80000.00 CNY');
  expect(await page(opened)).toContain('以今天为付款日登记');
  // A day of its own in what is posted changes nothing: it is paid today.
  expect((await answer(opened, { amount: '30000.00', paidOn: '2026-10-02' })).status).toBe(200);
  expect(await page(opened)).toContain('未付金额 50000.00 CNY');
  expect((await lifeOf(desk, id)).payments[0]?.paid).toEqual([{ on: '2026-10-12', amount: '30000.00' }]);
});

test('a link about what there is not has nothing to do, and names nothing of others', async () => {
  const id = await serviceInForce(desk);
  for (const [purpose, subject] of [
    ['accept', 'amendment:none'],
    ['answer', 'claim:none'],
    ['reply', 'matter:none'],
  ] as const) {
    expect(await page(await visit(id, 'A', purpose, subject))).toContain('无需办理');
  }
});
