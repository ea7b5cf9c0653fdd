import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { agreement as agreementSchema } from '../../api/schemas.ts';
import { previewSchema } from '../../api/life/schema.ts';
import { type Desk, ask, form, openDesk } from './desk.ts';
import { SERVICE, act, draftOf, lifeOf, refusalOf, serviceInForce, started } from './life-desk.ts';

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

/** What an act that is wrong in itself is answered: where it is wrong, and what to do about it. */
async function faultsOf(id: string, path: string, body: unknown): Promise<[string, string][]> {
  const { status, body: answer } = await ask(desk.api, 'POST', `/agreements/${id}${path}`, body);
  const { errors } = answer as { errors: { path: string; cure: string }[] };
  expect({ status, cures: errors.filter(({ cure }) => cure === '') }).toEqual({ status: 400, cures: [] });
  return errors.map(({ path: where, cure }) => [where, cure]);
}

/** A service contract with attachments in force, whose analysis was due on 2026-10-08 and is late by a day (S001a-60). */
async function lateAnalysis(change: Record<string, unknown> = {}): Promise<string> {
  const terms = { contractTotal: '1000000.00', negotiationDays: 15, ...change };
  const id = await started(desk, { ...draftOf('service-attachments@2', terms), parties, coordinator });
  for (const as of ['A', 'B']) await act(desk, id, '/signatures', { as });
  at('2026-10-09T00:00:00');
  await desk.tick(id);
  at('2026-10-09T10:00:00');
  return id;
}

test('a breach is notified by hand, negotiated until a working day, and cured as the innocent side says (S001a-35)', async () => {
  const id = await lateAnalysis();
  const notice = { as: 'coordinator', onBehalfOf: 'B', notice: 'breach', breach: 'needs-analysis-report' };
  const byHand = form({ ...notice, servedOn: '2026-10-09', reason: '报告逾期' }, { '签收单.txt': 'x' });
  await act(desk, id, '/formal-notices', byHand);
  // 15 days from 10-09 is Saturday 10-24: the negotiation lasts until Monday.
  expect((await lifeOf(desk, id)).breaches).toMatchObject([
    { id: 'breach-1', status: 'negotiating', servedOn: '2026-10-09', due: { localDate: '2026-10-26' } },
  ]);
  const path = '/breaches/breach-1/cure';
  expect(await faultsOf(id, path, { as: 'B', failed: 'perhaps' })).toEqual([['failed', expect.any(String)]]);
  expect(await refusalOf(desk, id, path, { as: 'A', note: '我方认为已补正' })).toBe('gate-closed');
  expect(await refusalOf(desk, id, path, { as: 'coordinator', onBehalfOf: 'B' })).toBe('evidence-missing');
  await act(desk, id, path, form({ as: 'coordinator', onBehalfOf: 'B', note: '双方已和解' }, { '和解书.txt': 'x' }));
  expect((await lifeOf(desk, id)).breaches).toMatchObject([{ status: 'cured' }]);
  expect(await refusalOf(desk, id, path, { as: 'B' })).toBe('breach-closed');
});

test('part of a sum is held back for a reason, and no longer with 0, where the contract allows it', async () => {
  const id = await started(desk, SERVICE);
  // No template of ours lets anybody hold back; `mayHoldBack` is for templates of one's own (docs/writing-templates.md).
  const { compiled } = await desk.database.agreement.findUniqueOrThrow({ where: { id } });
  const allowed = JSON.parse(
    JSON.stringify(compiled).replaceAll('"mayHoldBack":false', '"mayHoldBack":true'),
  ) as object;
  await desk.database.agreement.update({ where: { id }, data: { compiled: allowed } });
  for (const as of ['A', 'B']) {
    await act(desk, id, '/signatures', { as });
    await act(desk, id, '/seals', { as });
  }
  const path = '/obligations/service-fee-1/hold-backs';
  expect(await faultsOf(id, path, { as: 'B', amount: '10000.00' })).toEqual([['reason', expect.any(String)]]);
  await act(desk, id, path, { as: 'B', amount: '10000.00', reason: '培训未完成' });
  const held = await lifeOf(desk, id);
  expect(held.acts).toContain('hold-back');
  expect(held.payments[0]).toMatchObject({ held: '10000.00', mayHoldBack: true, unpaid: '80000.00' });
  await act(desk, id, path, { as: 'B', amount: '0', reason: '培训已完成' });
  expect((await lifeOf(desk, id)).payments[0]).toMatchObject({ held: '0.00' });
  expect(await refusalOf(desk, id, path, { as: 'A', amount: '1.00', reason: 'x' })).toBe('not-responsible');
});

test('management moves one date of a policy for a special case, and nobody else (S004-27)', async () => {
  const id = await started(desk, {
    ...draftOf('satisfaction-evaluation@1', {}),
    parties: { Company: { name: '示例公司', email: 'office@x.example' } },
    seats: { management: { name: '管理层 孙总', email: 'sun@x.example' } },
    coordinator,
  });
  await act(desk, id, '/signatures', { as: 'Company' });
  at('2026-10-01T00:00:00');
  await desk.tick(id);
  const dueOf = async () => {
    const { obligations } = agreementSchema.parse((await ask(desk.api, 'GET', `/agreements/${id}`)).body);
    const survey = obligations.find((one) => one.id === 'quarterly-survey' && one.occurrence === '2026-Q4');
    return [survey?.localDate, survey?.status];
  };
  expect(await dueOf()).toEqual(['2026-12-31', 'pending']);
  const path = `/obligations/${encodeURIComponent('quarterly-survey#2026-Q4')}/overrides`;
  const both = { as: 'management', dueOn: '2027-01-15', skip: true, reason: 'x' };
  expect((await faultsOf(id, path, both)).map(([where]) => where)).toEqual(['skip']);
  const moved = { dueOn: '2027-01-15', reason: '客户方系统停用' };
  expect(await refusalOf(desk, id, path, { as: 'Company', ...moved })).toBe('not-responsible');
  await act(desk, id, path, { as: 'management', ...moved });
  expect(await dueOf()).toEqual(['2027-01-15', 'pending']);
  await act(desk, id, path, { as: 'management', skip: true, reason: '本季度无客户' });
  expect((await dueOf())[1]).toBe('waived');
  const events = await ask(desk.api, 'GET', `/agreements/${id}/events?limit=200`);
  const overridden = events.body.items.find(({ type }: { type: string }) => type === 'obligation-overridden');
  expect(overridden).toMatchObject({ text: { reason: '客户方系统停用' } });
});

test('a baseline that was left open is entered by one side, confirmed by the other, and then locked (S000-04)', async () => {
  const terms = { scoreIncrease: '5', termYears: 2 };
  const id = await started(desk, { ...draftOf('satisfaction-improvement@1', terms), parties, coordinator });
  const path = '/baselines';
  expect(await faultsOf(id, path, { as: 'A', goal: 'overall score', value: '82' })).toEqual([
    ['goal', expect.any(String)],
  ]);
  await act(
    desk,
    id,
    path,
    form({ as: 'A', goal: 'overall-score', value: '82.5', note: '上年调查' }, { '调查.txt': 'x' }),
  );
  const entered = (await lifeOf(desk, id)).baselines.find(({ goal }) => goal === 'overall-score');
  expect(entered).toMatchObject({ value: '82.5', by: { seat: 'A' }, waitsFor: [{ seat: 'B' }], locked: false });
  const shown = 'baseline:overall-score@82.5';
  expect(await refusalOf(desk, id, '/approvals', { as: 'B', what: 'baseline:overall-score@60' })).toBe(
    'nothing-to-approve',
  );
  await act(desk, id, '/approvals', { as: 'B', what: shown });
  const locked = (await lifeOf(desk, id)).baselines.find(({ goal }) => goal === 'overall-score');
  expect(locked).toMatchObject({ value: '82.5', waitsFor: [], locked: true });
  expect(await refusalOf(desk, id, path, { as: 'A', goal: 'overall-score', value: '70' })).toBe('baseline-locked');
});

test('an agreed claim is paid in parts, and never beyond what was agreed (S001b-103)', async () => {
  const id = await serviceInForce(desk);
  const claim = { as: 'B', amount: '9000.00', against: 'A', liability: 'provider-breach', cause: '服务不合格' };
  await act(desk, id, '/claims', claim);
  await act(desk, id, '/claims/claim-1/answer', { as: 'A', verdict: 'agree' });
  const path = '/claims/claim-1/payments';
  const wrongDay = { as: 'B', amount: '4000.00', paidOn: '2026-09-31' };
  expect(await faultsOf(id, path, wrongDay)).toEqual([['paidOn', expect.any(String)]]);
  await act(desk, id, path, form({ as: 'A', amount: '4000.00', reference: 'TX-9' }, { 'receipt.txt': 'paid' }));
  const owed = { debtor: 'A', creditor: 'B', currency: 'CNY' };
  expect((await lifeOf(desk, id)).balances).toContainEqual({ ...owed, amount: '5000.00' });
  expect(await refusalOf(desk, id, path, { as: 'A', amount: '5000.01' })).toBe('amount-too-large');
  await act(desk, id, path, { as: 'B', amount: '5000.00' });
  expect((await lifeOf(desk, id)).balances.filter(({ amount }) => amount !== '0.00')).toEqual([]);
});

test('a penalty is paid while it runs: 24 late days to 11-01 at 0.5 % of 1,000,000.00 are 120,000.00 (S001a-69)', async () => {
  const id = await lateAnalysis();
  const path = '/obligations/needs-analysis-report/payments';
  expect(await faultsOf(id, path, { as: 'A', amount: 50_000 })).toEqual([['amount', expect.any(String)]]);
  at('2026-11-01T00:00:00');
  await desk.tick(id); // 10-09 … 10-31, posted at the end of the month
  const owed = { debtor: 'A', creditor: 'B', currency: 'CNY' };
  expect((await lifeOf(desk, id)).balances).toContainEqual({ ...owed, amount: '115000.00' });
  at('2026-11-01T10:00:00');
  await act(desk, id, path, form({ as: 'A', amount: '100000.00', reference: 'TX-7' }, { 'receipt.txt': 'paid' }));
  expect((await lifeOf(desk, id)).balances).toContainEqual({ ...owed, amount: '20000.00' }); // the day of payment is late, too
  expect(await refusalOf(desk, id, path, { as: 'A', amount: '20000.01' })).toBe('amount-too-large');
  await act(desk, id, path, { as: 'B', amount: '20000.00' });
  expect((await lifeOf(desk, id)).balances.filter(({ amount }) => amount !== '0.00')).toEqual([]);
});

test('a pause of one duty goes on again for that duty, and is refused where nothing is paused', async () => {
  const id = await serviceInForce(desk);
  at('2026-09-10T10:00:00');
  const pause = { as: 'A', ground: 'force-majeure', obligations: 'quarterly-survey', reason: '台风' };
  await act(desk, id, '/suspensions', form(pause, { '气象证明.txt': '红色预警' }));
  expect(await faultsOf(id, '/resumption', { as: 'A', obligations: ['quarterly survey'] })).toEqual([
    ['obligations[0]', expect.any(String)],
  ]);
  at('2026-09-20T10:00:00');
  await act(desk, id, '/resumption', form({ as: 'A', obligations: 'quarterly-survey' }, { '恢复通知.txt': 'x' }));
  expect(await lifeOf(desk, id)).toMatchObject({
    status: 'active',
    suspensions: [{ obligations: [{ reference: 'quarterly-survey' }], from: '2026-09-10', until: '2026-09-20' }],
  });
  expect(await refusalOf(desk, id, '/resumption', { as: 'A' })).toBe('not-suspended');
});

test('a coordinator previews what the proposal with its paper would say, and enters the answers of a side with theirs', async () => {
  const id = await serviceInForce(desk);
  const changes = { terms: { latePaymentFeePercentPerDay: '0.3' } };
  const forA = { as: 'coordinator', onBehalfOf: 'A' };
  const preview = await ask(desk.api, 'POST', `/agreements/${id}/amendments/preview`, { ...forA, changes });
  const { refused, changes: found } = previewSchema.parse(preview.body);
  expect(refused).toBeNull();
  expect(found.map(({ field }) => field)).toContain('rate');

  const proposal = { ...forA, changes: JSON.stringify(changes), effectiveOn: '2026-10-01', reason: '双方商定' };
  expect(await refusalOf(desk, id, '/amendments', { ...proposal, changes })).toBe('evidence-missing');
  await act(desk, id, '/amendments', form(proposal, { '补充协议.txt': 'x' }));
  const path = '/amendments/amendment-1/acceptance';
  const forB = { as: 'coordinator', onBehalfOf: 'B' };
  expect(await faultsOf(id, path, { ...forB, signedOn: '2026-09-01' })).toEqual([['signedOn', expect.any(String)]]);
  expect(await refusalOf(desk, id, path, forB)).toBe('evidence-missing');
  await act(desk, id, path, form(forB, { '乙方签字.txt': 'y' }));
  expect((await lifeOf(desk, id)).amendments).toMatchObject([{ status: 'accepted', waitsFor: [] }]);
  const events = await ask(desk.api, 'GET', `/agreements/${id}/events?limit=200`);
  const accepted = events.body.items.find(({ type }: { type: string }) => type === 'amendment-accepted');
  expect(accepted).toMatchObject({ documents: [{ fileName: '乙方签字.txt' }] });

  const other = { ...forA, changes: JSON.stringify({ terms: { analysisDueDays: 20 } }), effectiveOn: '2026-10-01' };
  await act(desk, id, '/amendments', form({ ...other, reason: '另议' }, { '补充协议.txt': 'z' }));
  await act(desk, id, '/amendments/amendment-2/refusal', form({ ...forB, reason: '不同意' }, { '回函.txt': 'n' }));
  expect((await lifeOf(desk, id)).amendments[1]).toMatchObject({ status: 'declined' });
});

test('liability for breach and compensation are filled in before a start; then both review, both sign, and a reward is booked', async () => {
  const { terms, ...draft } = draftOf('performance-contract@1', {});
  const start = (given: object) =>
    ask(desk.api, 'POST', '/agreements', {
      ...draft,
      parties,
      coordinator,
      terms: { ...(terms as object), ...given },
      start: true,
    });
  const refused = await start({});
  expect(refused).toMatchObject({ status: 422, body: { type: 'urn:abide:term-open' } });
  const { errors } = refused.body as { errors: { path: string; cure: string }[] };
  expect(errors.map(({ path }) => path)).toEqual(['terms.breachLiability', 'terms.compensationMethod']);
  expect(errors[0]?.cure).toBe('give it a value: nobody may sign without it, and "not-agreed" will not do');
  const half = await start({ breachLiability: '违约方赔偿实际损失' });
  expect(half.body.errors.map(({ path }: { path: string }) => path)).toEqual(['terms.compensationMethod']);

  const agreed = { breachLiability: '违约方赔偿实际损失', compensationMethod: '转账' };
  const id = await started(desk, { ...draft, parties, coordinator, terms: { ...(terms as object), ...agreed } });
  expect((await lifeOf(desk, id)).effect.missing.map(({ what }) => what)).toContain('review');
  expect(await refusalOf(desk, id, '/signatures', { as: 'A' })).toBe('review-first');
  for (const as of ['A', 'B']) await act(desk, id, '/approvals', { as, what: 'review' });
  for (const as of ['A', 'B']) await act(desk, id, '/signatures', { as });
  const life = await lifeOf(desk, id);
  expect(life.status).toBe('active');

  const rule = life.provides.bookings.find(({ kind }) => kind === 'reward') ?? expect.unreachable();
  expect(rule.title).toEqual({ zh: '创新奖励', en: 'Reward for innovation' });
  const reward = { as: 'coordinator', booking: rule.id, kind: 'reward', amount: '2000.00', debtor: 'A', creditor: 'B' };
  const unknown = { ...reward, kind: 'gift' };
  expect(await faultsOf(id, '/bookings', unknown)).toEqual([['kind', expect.any(String)]]);
  expect(await refusalOf(desk, id, '/bookings', reward)).toBe('evidence-missing');
  await act(desk, id, '/bookings', form({ ...reward, reason: '流程创新' }, { '评审表.txt': 'x' }));
  const { bookings, balances } = await lifeOf(desk, id);
  expect(bookings).toMatchObject([{ kind: 'reward', amount: '2000.00', reason: '流程创新', documents: [{}] }]);
  expect(balances).toContainEqual({ debtor: 'A', creditor: 'B', currency: 'CNY', amount: '2000.00' });

  const paid = { as: 'A', amount: '500.00', debtor: 'A', creditor: 'B' };
  const path = `/bookings/${rule.id}/payments`;
  expect(await faultsOf(id, path, { ...paid, creditor: '乙方' })).toEqual([['creditor', expect.any(String)]]);
  await act(desk, id, path, paid);
  expect((await lifeOf(desk, id)).balances).toContainEqual({
    debtor: 'A',
    creditor: 'B',
    currency: 'CNY',
    amount: '1500.00',
  });
  expect(await refusalOf(desk, id, path, { ...paid, amount: '1500.01' })).toBe('amount-too-large');
  const left = { of: 'booking', id: rule.id, title: rule.title, debtor: 'A', creditor: 'B', amount: '1500.00' };
  expect((await lifeOf(desk, id)).owed).toEqual([{ ...left, currency: 'CNY' }]);
  await act(desk, id, path, { ...paid, amount: '1500.00' });
  expect((await lifeOf(desk, id)).owed).toEqual([]);
});

test('negotiation of no agreed length goes on until the side that gave notice says that it failed (S001a-35)', async () => {
  const id = await lateAnalysis({ negotiationDays: 'not-agreed' });
  const notice = { as: 'B', notice: 'breach', breach: 'needs-analysis-report', servedOn: '2026-10-09' };
  await act(desk, id, '/formal-notices', form({ ...notice, reason: '报告逾期' }, { '签收单.txt': 'x' }));
  expect((await lifeOf(desk, id)).breaches).toMatchObject([{ status: 'negotiating', due: null }]);
  const path = '/breaches/breach-1/cure';
  expect(await refusalOf(desk, id, path, { as: 'A', failed: true })).toBe('not-responsible');
  await act(desk, id, path, form({ as: 'B', failed: 'true', note: '三次会议未果' }, { '纪要.txt': 'x' }));
  expect((await lifeOf(desk, id)).breaches).toMatchObject([{ status: 'failed' }]);
});

test('a waiver that the coordinator enters waits for the creditor, whose own seat lets it go (S001a-69)', async () => {
  const id = await lateAnalysis();
  at('2026-10-18T10:00:00');
  const path = '/obligations/needs-analysis-report/waivers';
  const asked = { as: 'coordinator', onBehalfOf: 'B', days: '4', reason: '双方已和解' };
  expect(await refusalOf(desk, id, path, { ...asked, days: 4 })).toBe('evidence-missing');
  await act(desk, id, path, form(asked, { '和解书.txt': 'x' }));
  expect((await lifeOf(desk, id)).waivers).toMatchObject([
    {
      number: 1,
      days: 4,
      by: { seat: 'coordinator' },
      approved: false,
      waitsFor: [{ seat: 'B' }],
      reason: '双方已和解',
    },
  ]);
  expect(await refusalOf(desk, id, '/approvals', { as: 'A', what: 'waiver:1' })).toBe('not-responsible');
  await act(desk, id, '/approvals', { as: 'B', what: 'waiver:1' });
  expect((await lifeOf(desk, id)).waivers).toMatchObject([{ approved: true, waitsFor: [] }]);
});

test('a claim is dropped by who made it; of one that is agreed it is noted what others gave back (S001b-82)', async () => {
  const id = await serviceInForce(desk);
  const claim = { amount: '9000.00', liability: 'provider-breach', cause: '服务不合格' };
  await act(desk, id, '/claims', { as: 'B', against: 'A', ...claim });
  await act(desk, id, '/claims', { as: 'B', against: 'A', ...claim });
  const answer = (name: string): string => `/claims/${name}/answer`;
  expect(await faultsOf(id, answer('claim-1'), { as: 'B', verdict: 'forget' })).toEqual([
    ['verdict', expect.any(String)],
  ]);
  expect(await refusalOf(desk, id, answer('claim-1'), { as: 'A', verdict: 'drop' })).toBe('not-responsible');
  await act(desk, id, answer('claim-1'), { as: 'B', verdict: 'drop', reason: '已补救' });
  await act(desk, id, answer('claim-2'), { as: 'A', verdict: 'agree' });
  await act(
    desk,
    id,
    answer('claim-2'),
    form({ as: 'A', verdict: 'recourse', amount: '3000.00' }, { '回单.txt': 'x' }),
  );
  expect((await lifeOf(desk, id)).claims).toMatchObject([
    { id: 'claim-1', status: 'dropped', answers: [{ verdict: 'drop', reason: '已补救' }] },
    { id: 'claim-2', status: 'agreed', recovered: '3000.00' },
  ]);
});

test('what follows the end is named in both languages, with its length or without end; hand-over ends by its document (S003-K-19…21)', async () => {
  const terms = { evaluationItems: [{ itemName: '门店服务测评' }], handoverDue: 'P10D', expiresOn: '2027-03-31' };
  const draft = draftOf('evaluation-commission@1', { ...terms, confidentialityPeriod: 'indefinite' });
  const id = await started(desk, { ...draft, parties, coordinator });
  for (const as of ['A', 'B']) await act(desk, id, '/signatures', { as });
  await act(desk, id, '/obligations/start-of-work/submissions', form({ as: 'B' }, { '开工单.txt': 'x' }));
  const promised = (await lifeOf(desk, id)).provides.afterwards;
  expect(promised).toMatchObject([
    { id: 'hand-over', title: { zh: '结束后的资料移交', en: 'Hand-over after the end' }, days: 10, endless: false },
    { id: 'deletion', days: null, endless: false },
    { id: 'secrecy', title: { zh: '保密义务及其存续' }, days: null, months: null, endless: true },
  ]);
  at('2027-04-01T00:00:00');
  await desk.tick(id);
  expect((await lifeOf(desk, id)).afterwards).toMatchObject([
    { rule: 'hand-over', title: { en: 'Hand-over after the end' }, until: { localDate: '2027-04-10' }, endless: false },
    { rule: 'deletion', until: null, endless: false, endedAt: null },
    { rule: 'secrecy', until: null, endless: true, endedAt: null },
  ]);
  expect((await lifeOf(desk, id)).acts).toContain('settle');
  at('2027-04-02T10:00:00');
  const path = '/settlement/hand-over';
  expect(await refusalOf(desk, id, path, { as: 'B', outcome: 'settled' })).toBe('evidence-missing');
  await act(desk, id, path, form({ as: 'B', outcome: 'settled', reason: '已移交' }, { '移交清单.txt': 'x' }));
  const { afterwards, acts } = await lifeOf(desk, id);
  const [handOver, deletion] = afterwards;
  expect(handOver?.endedAt).toBe('2027-04-02T10:00:00+08:00');
  // What was handed over may still be kept: that nothing is, is declared apart (S003-K-19).
  expect(deletion?.endedAt).toBeNull();
  expect(acts).toContain('settle');
  const declared = form({ as: 'B', outcome: 'settled', reason: '不留存声明' }, { '声明.txt': 'x' });
  await act(desk, id, '/settlement/deletion', declared);
  expect((await lifeOf(desk, id)).acts).not.toContain('settle');
});
