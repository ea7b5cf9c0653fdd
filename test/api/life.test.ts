import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { previewSchema } from '../../api/life/schema.ts';
import { lifeView } from '../../api/life/view.ts';
import type { Principal, Role } from '../../api/policy.ts';
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

const at = (iso: string): void => {
  desk.now.ms = Date.parse(`${iso}+08:00`);
};

test('an agreement is sealed, and says until then what is missing (S001b-64)', async () => {
  const id = await started(desk, SERVICE);
  const before = await lifeOf(desk, id);
  expect(before).toMatchObject({
    status: 'awaiting-signatures',
    phase: 'before',
    provides: { seal: {}, policy: false },
  });
  expect(before.acts).toEqual(expect.arrayContaining(['sign', 'seal', 'withdraw']));
  expect(before.acts).not.toContain('suspend');
  expect(before.effect.missing.map(({ what, party }) => `${what} ${party.seat}`)).toEqual([
    'signature A',
    'seal A',
    'signature B',
    'seal B',
  ]);
  for (const as of ['A', 'B']) await act(desk, id, '/signatures', { as, signedOn: '2026-08-28' });
  await act(desk, id, '/seals', form({ as: 'A', sealedOn: '2026-08-30' }, { 'seal.txt': 'scan' }));
  expect((await lifeOf(desk, id)).effect.missing).toMatchObject([{ what: 'seal', party: { seat: 'B' } }]);
  await act(desk, id, '/seals', { as: 'B', sealedOn: '2026-08-31' });
  const after = await lifeOf(desk, id);
  expect(after).toMatchObject({
    status: 'active',
    phase: 'in-force',
    effect: { inForceOn: '2026-08-31', missing: [] },
  });
  expect(await refusalOf(desk, id, '/seals', { as: 'A' })).toBe('already-sealed');
  const events = await ask(desk.api, 'GET', `/agreements/${id}/events?limit=100`);
  const sealed = events.body.items.filter(({ type }: { type: string }) => type === 'agreement-sealed');
  expect(sealed[0]).toMatchObject({ documents: [{ fileName: 'seal.txt' }] });
});

test('what is started and not signed is taken back by the coordinator alone', async () => {
  const id = await started(desk, SERVICE);
  expect(await refusalOf(desk, id, '/withdrawal', { as: 'A', reason: 'x' })).toBe('not-responsible');
  await act(desk, id, '/withdrawal', { as: 'coordinator', reason: '双方另行签订新合同' });
  expect(await lifeOf(desk, id)).toMatchObject({ status: 'closed', phase: 'over', acts: [] });
  const listed = await ask(desk.api, 'GET', '/agreements?status=closed');
  expect(listed.body.items.map((item: { id: string }) => item.id)).toContain(id);
});

test('80,000.00 due 2026-10-12, half of it paid: the rest, the reference and the receipt are shown (S001b-102)', async () => {
  const id = await serviceInForce(desk);
  at('2026-10-12T10:00:00');
  await desk.tick(id);
  const path = '/obligations/service-fee-1/payments';
  expect(await refusalOf(desk, id, path, { as: 'B', amount: '80000.01' })).toBe('amount-too-large');
  expect(await refusalOf(desk, id, path, { as: 'coordinator', onBehalfOf: 'B', amount: '1.00' })).toBe(
    'evidence-missing',
  );
  await act(desk, id, path, form({ as: 'B', amount: '40000.00', reference: 'TX-1' }, { 'receipt.txt': 'paid' }));
  const { payments } = await lifeOf(desk, id);
  expect(payments[0]).toMatchObject({
    reference: 'service-fee-1',
    debtor: 'B',
    creditor: 'A',
    amount: '80000.00',
    unpaid: '40000.00',
    paid: [{ on: '2026-10-12', amount: '40000.00' }],
    lateFee: { rate: '0.005' },
  });
  const events = await ask(desk.api, 'GET', `/agreements/${id}/events?limit=200`);
  const paid = events.body.items.find(({ type }: { type: string }) => type === 'payment-recorded');
  expect(paid).toMatchObject({ text: { reference: 'TX-1' }, documents: [{ fileName: 'receipt.txt' }] });
});

test('a waiver is of days or of a sum, never of both', async () => {
  const id = await serviceInForce(desk);
  const path = '/obligations/service-fee-1/waivers';
  const both = await ask(desk.api, 'POST', `/agreements/${id}${path}`, {
    as: 'A',
    days: 1,
    amount: '1.00',
    reason: 'x',
  });
  expect(both).toMatchObject({
    status: 400,
    body: { type: 'urn:abide:invalid-request', errors: [{ path: 'amount' }] },
  });
  expect(await refusalOf(desk, id, path, { as: 'A', reason: 'x' })).toBe('invalid-request');
  expect(await refusalOf(desk, id, path, { as: 'A', days: '2', reason: 'x' })).toBe('nothing-to-waive');
});

test('force majeure is suspended with its document and its reason, and goes on again (S001b-66)', async () => {
  const id = await serviceInForce(desk);
  at('2026-09-10T10:00:00');
  const body = { as: 'A', ground: 'force-majeure', reason: '台风致站点停摆' };
  expect(await refusalOf(desk, id, '/suspensions', body)).toBe('evidence-missing');
  await act(desk, id, '/suspensions', form(body, { '气象证明.txt': '红色预警' }));
  const paused = await lifeOf(desk, id);
  expect(paused).toMatchObject({
    status: 'suspended',
    suspensions: [
      {
        ground: 'force-majeure',
        from: '2026-09-10',
        until: null,
        reason: '台风致站点停摆',
        person: '李华',
        documents: [{ fileName: '气象证明.txt' }],
      },
    ],
  });
  expect(paused.acts).toContain('resume');
  at('2026-09-20T10:00:00');
  await act(desk, id, '/resumption', { as: 'A' });
  expect(await lifeOf(desk, id)).toMatchObject({ status: 'active', suspensions: [{ until: '2026-09-20' }] });
});

test('the ledger of suspensions says what ran again when, and which dates moved by how many days (S001b-66)', async () => {
  const id = await serviceInForce(desk);
  at('2026-09-10T10:00:00');
  const duties = ['quarterly-survey', 'service-fee-1'];
  const body = { as: 'A', ground: 'force-majeure', reason: '台风', obligations: JSON.stringify(duties) };
  await act(desk, id, '/suspensions', form(body, { '气象证明.txt': '红色预警' }));
  at('2026-09-20T10:00:00');
  await act(desk, id, '/resumption', { as: 'A', obligations: ['service-fee-1'], reason: '银行已恢复营业' });
  at('2026-09-25T10:00:00');
  await act(desk, id, '/resumption', { as: 'A' });
  const [suspension] = (await lifeOf(desk, id)).suspensions;
  expect(suspension).toMatchObject({ from: '2026-09-10', until: '2026-09-25' });
  // Due 2026-10-12; 10 days, from 09-10 up to, not including, 09-20, did not count.
  expect(suspension?.resumptions).toMatchObject([
    {
      on: '2026-09-20',
      obligations: [{ reference: 'service-fee-1' }],
      reason: '银行已恢复营业',
      person: '李华',
      redated: [{ reference: 'service-fee-1', before: '2026-10-12', after: '2026-10-22', lostDays: 10, review: false }],
    },
    { on: '2026-09-25', redated: [{ lostDays: 15, reference: expect.stringMatching(/^quarterly-survey#/) }] },
  ]);
});

test('a special case is on record with what was changed, by whom, when and why (S004-27)', async () => {
  const { coordinator } = SERVICE;
  at('2026-07-01T09:00:00');
  const id = await started(desk, {
    ...draftOf('satisfaction-evaluation@1', {}),
    parties: { Company: { name: '示例公司', email: 'office@company.example' } },
    seats: { management: { name: '林国栋', email: 'lin@company.example' } },
    coordinator,
  });
  for (const what of ['policy', 'posting']) await act(desk, id, '/approvals', { as: 'Company', what });
  const path = `/obligations/${encodeURIComponent('quarterly-survey#2026-Q3')}/overrides`;
  expect(await refusalOf(desk, id, path, { as: 'Company', skip: true, reason: 'x' })).toBe('not-responsible');
  await act(desk, id, path, { as: 'management', dueOn: '2026-10-09', reason: '系统升级' });
  await act(desk, id, path, { as: 'management', skip: true, reason: '本季度已委托第三方调查' });
  expect((await lifeOf(desk, id)).overrides).toMatchObject([
    { by: { seat: 'management' }, dueOn: '2026-10-09', skipped: false, reason: '系统升级', person: '林国栋' },
    { obligation: { reference: 'quarterly-survey#2026-Q3' }, dueOn: null, skipped: true, responsible: null },
  ]);
});

test('a claim bears its items and cause; it is answered with an amount', async () => {
  const id = await serviceInForce(desk);
  const items = JSON.stringify([{ what: '返工费用', amount: '12000.00' }, { what: '误工' }]);
  const body = { as: 'B', amount: '15000.00', against: 'A', liability: 'provider-breach', cause: '服务不合格', items };
  await act(desk, id, '/claims', form(body, { 'loss.txt': 'x' }));
  const [claim] = (await lifeOf(desk, id)).claims;
  expect(claim).toMatchObject({
    id: 'claim-1',
    status: 'made',
    cause: '服务不合格',
    items: [{ what: '返工费用', amount: '12000.00' }, { what: '误工' }],
    documents: [{ fileName: 'loss.txt' }],
  });
  await act(desk, id, '/claims/claim-1/answer', { as: 'A', verdict: 'dispute', reason: '已整改' });
  await act(desk, id, '/claims/claim-1/answer', { as: 'A', verdict: 'agree', amount: '9000.00' });
  const { claims, balances } = await lifeOf(desk, id);
  expect(claims[0]).toMatchObject({
    status: 'agreed',
    payable: '9000.00',
    answers: [
      { verdict: 'dispute', reason: '已整改' },
      { verdict: 'agree', amount: '9000.00' },
    ],
  });
  expect(balances).toContainEqual({ debtor: 'A', creditor: 'B', currency: 'CNY', amount: '9000.00' });
  expect(await refusalOf(desk, id, '/claims/none/answer', { as: 'A', verdict: 'agree' })).toBe('unknown-claim');
});

test('a meeting has its agenda, its minutes and its decisions; long minutes are taken, endless ones refused', async () => {
  const id = await serviceInForce(desk);
  const meeting = {
    as: 'A',
    kind: 'meeting',
    on: '2026-09-03',
    topic: '季度沟通会',
    agenda: '一、上季度问题\n二、计划',
  };
  await act(desk, id, '/matters', meeting);
  const decide = { as: 'A', step: 'decide', owner: 'B', dueOn: '2026-09-30', details: '提供客户名单' };
  await act(desk, id, '/matters/meeting-1/steps', decide);
  await act(desk, id, '/matters/meeting-1/steps', { as: 'A', step: 'close', minutes: '记'.repeat(15_000) });
  const { matters } = await lifeOf(desk, id);
  expect(matters[0]).toMatchObject({
    id: 'meeting-1',
    status: 'closed',
    topic: '季度沟通会',
    agenda: meeting.agenda,
    steps: [
      { type: 'decide', owner: { seat: 'B' }, dueOn: '2026-09-30', details: '提供客户名单' },
      { type: 'close', minutes: '记'.repeat(15_000) },
    ],
  });
  const endless = { as: 'A', step: 'close', minutes: 'x'.repeat(20_001) };
  expect(await refusalOf(desk, id, '/matters/meeting-1/steps', endless)).toBe('invalid-request');
  const stored = await desk.database.command.findMany({ where: { agreementId: id } });
  expect(JSON.stringify(stored.map(({ command }) => command))).not.toMatch(/季度沟通会|客户名单|记记/);
});

test('an objection to the renewal stands until the term ends (S001b-65)', async () => {
  const id = await serviceInForce(desk);
  await act(desk, id, '/objection', { as: 'B', reason: '不再续签' });
  const figures = { score: '4.2500', overall: { n: 40, mean: null } };
  const reference = 'quarterly-survey#2026-09-01';
  const row = { agreementId: id, type: 'survey', reference, status: 'reported', createdAt: new Date() };
  const workflowId = `survey/${id}/${reference}`;
  await desk.database.process.create({ data: { ...row, workflowId, input: {}, snapshot: { figures } } });
  const { provides, renewal } = await lifeOf(desk, id);
  expect(provides.renewal).toMatchObject({ cycles: 'afresh' });
  expect(renewal).toMatchObject({
    expiresOn: '2027-09-01',
    objectedTo: '2027-09-01',
    objectedBy: { seat: 'B' },
    // What stands beside the decision (S003-A-02): what has begun is open, and what a survey has measured.
    pack: {
      trend: [{ reference: 'quarterly-survey#2026-09-01', score: '4.2500' }],
      surveys: { inTime: 0, late: 0, missing: 0 },
      plans: [],
      matters: [],
      breaches: [],
      claims: [],
      claimed: [],
    },
  });
  expect(renewal.pack?.duties.map(({ reference }) => reference)).toContain('quarterly-survey#2026-09-01');
  expect(await refusalOf(desk, id, '/objection', { as: 'A' })).toBe('already-objected');
});

test('a notice of the end by hand needs its document; the coordinator’s entry of an end takes one', async () => {
  const id = await serviceInForce(desk);
  const notice = { notice: 'termination', ground: 'mutual', reason: '双方协商一致' };
  const byHand = { as: 'coordinator', onBehalfOf: 'A', servedOn: '2026-09-01', ...notice };
  expect(await refusalOf(desk, id, '/formal-notices', byHand)).toBe('evidence-missing');
  await act(desk, id, '/formal-notices', { as: 'A', ...notice });
  const { terminations } = await lifeOf(desk, id);
  expect(terminations[0]).toMatchObject({
    id: 'termination-1',
    ground: 'mutual',
    waitsFor: [{ seat: 'B' }],
    reason: '双方协商一致',
  });
  const ended = await act(
    desk,
    id,
    '/termination',
    form({ as: 'coordinator', reason: '签署终止协议' }, { '终止.txt': 'x' }),
  );
  expect(ended.status).toBe(202);
  const life = await lifeOf(desk, id);
  expect(life).toMatchObject({ status: 'terminated', phase: 'after' });
  expect(life.settlement.items.length).toBeGreaterThan(0);
  const [item] = life.settlement.items;
  const settled = form({ as: 'coordinator', outcome: 'settled', reason: '已移交' }, { '移交单.txt': 'x' });
  await act(desk, id, `/settlement/${encodeURIComponent(item?.item ?? '')}`, settled);
  expect((await lifeOf(desk, id)).settlement.items[0]).toMatchObject({ outcome: 'settled', reason: '已移交' });
});

const member = (role: Role, personId: string): Principal => ({
  kind: 'account',
  accountId: 'x',
  personId,
  roles: [role],
  via: 'session',
  scopes: null,
});

test('money is for those who may read the ledger, names and texts for those who may read the record', async () => {
  const id = await serviceInForce(desk);
  const claim = { as: 'B', amount: '15000.00', against: 'A', liability: 'provider-breach', cause: '服务不合格' };
  await act(desk, id, '/claims', claim);
  await act(desk, id, '/matters', { as: 'A', kind: 'meeting', topic: '季度沟通会' });
  const changes = { terms: { latePaymentFeePercentPerDay: '0.3', analysisDueDays: 20 } };
  await act(desk, id, '/amendments', { as: 'A', changes, effectiveOn: '2026-10-01', reason: '双方商定' });
  const inA = { agreementId_seat: { agreementId: id, seat: 'A' } };
  const { personId } = await desk.database.seat.findUniqueOrThrow({ where: inA });
  const seenBy = (role: Role) => lifeView(desk.deps, id, member(role, personId));

  const party = await seenBy('party-member');
  expect(party).toMatchObject({
    claims: [{ cause: '服务不合格' }],
    matters: [{ topic: '季度沟通会', person: '李华' }],
  });
  expect(party.amendments[0]?.terms).toHaveLength(2);
  expect(party.acts).toEqual(expect.arrayContaining(['propose', 'claim', 'answer']));
  expect(party.acts).not.toContain('terminate');

  const department = await seenBy('department');
  expect(department).toMatchObject({ claims: [], caps: [], balances: [], payments: [], waivers: [] });
  expect(department.matters[0]?.topic).toBe('季度沟通会');
  expect(department.amendments[0]?.changes.map(({ field }) => field)).not.toContain('rate');

  const interviewer = await seenBy('interviewer');
  expect(interviewer).toMatchObject({
    acts: [],
    claims: [],
    matters: [{ topic: null, person: null, at: null }],
    amendments: [{ terms: [], reason: null }],
  });
  expect((await seenBy('auditor')).acts).toEqual([]);
  expect((await seenBy('coordinator')).acts).toEqual(expect.arrayContaining(['terminate', 'book']));
});

test('nobody unknown sees a life, and a draft has none', async () => {
  const id = await started(desk, SERVICE);
  const openApi = await ask(desk.api, 'GET', '/openapi.json');
  expect(openApi.body.paths['/agreements/{id}/life'].get['x-access']).toBe('agreements.read');
  expect((await ask(desk.api, 'GET', `/agreements/${id}/life`, undefined, { Authorization: '' })).status).toBe(401);
  const draft = await ask(desk.api, 'POST', '/agreements', SERVICE);
  expect(await ask(desk.api, 'GET', `/agreements/${draft.body.id}/life`)).toMatchObject({
    status: 409,
    body: { type: 'urn:abide:not-started' },
  });
});

test('what an agreement does not provide for is refused, not shown as if it did', async () => {
  const id = await serviceInForce(desk);
  const life = await lifeOf(desk, id);
  expect(life.provides).toMatchObject({ override: null, review: null, policy: false });
  expect(life.acts).not.toContain('override');
  const path = '/obligations/quarterly-survey/overrides';
  expect(await refusalOf(desk, id, path, { as: 'A', skip: true, reason: 'x' })).toBe('not-provided');
});

test('a change is previewed in words, proposed with the difference, and shown with the terms as they were', async () => {
  const id = await serviceInForce(desk);
  const changes = {
    terms: { latePaymentFeePercentPerDay: '0.3' },
    dates: { 'service-fee-1': '2026-11-12' },
    owners: { 'quarterly-survey': 'B' },
  };
  const preview = await ask(desk.api, 'POST', `/agreements/${id}/amendments/preview`, { as: 'A', changes });
  expect(preview).toMatchObject({ status: 200, body: { refused: null } });
  const { changes: found, terms } = previewSchema.parse(preview.body);
  expect(found.map(({ text }) => text.en)).toEqual(
    expect.arrayContaining([
      'Service fee, payment 1: rate a day from 0.5% to 0.3%',
      'Service fee, payment 1: due from 2026-10-12 to 2026-11-12',
    ]),
  );
  expect(found).toContainEqual(
    expect.objectContaining({ of: 'obligation:quarterly-survey', field: 'responsible', after: 'B' }),
  );
  expect(terms).toMatchObject([{ name: 'latePaymentFeePercentPerDay', before: '0.5', after: '0.3' }]);
  expect((await lifeOf(desk, id)).amendments).toEqual([]);

  const proposal = { as: 'A', changes, effectiveOn: '2026-10-01', reason: '双方商定' };
  await act(desk, id, '/amendments', proposal);
  await act(desk, id, '/amendments/amendment-1/acceptance', { as: 'B' });
  expect(await refusalOf(desk, id, '/amendments/amendment-1/refusal', { as: 'B' })).toBe('amendment-closed');
  desk.now.ms = Date.parse('2026-10-01T00:00:00+08:00');
  await desk.tick(id);
  const life = await lifeOf(desk, id);
  expect(life.amendments[0]).toMatchObject({
    status: 'effective',
    reason: '双方商定',
    terms: [{ name: 'latePaymentFeePercentPerDay', before: '0.5', after: '0.3' }],
  });
  expect(life.payments[0]).toMatchObject({ due: { localDate: '2026-11-12' }, lateFee: { rate: '0.003' } });

  // The next change is made against what the first one agreed.
  const next = { terms: { latePaymentFeePercentPerDay: '0.2' } };
  const second = await ask(desk.api, 'POST', `/agreements/${id}/amendments/preview`, { as: 'A', changes: next });
  expect(second.body.terms).toMatchObject([{ before: '0.3', after: '0.2' }]);
  expect(second.body.changes.map((change: { of: string }) => change.of)).not.toContain('obligation:quarterly-survey');
});

test.each([
  ['an unknown term', { terms: { nothing: 1 } }, 'unknown-term', 'changes.terms.nothing'],
  ['an unknown obligation', { remove: ['nothing'] }, 'unknown-obligation', 'changes.remove[0]'],
  ['an unknown seat', { owners: { 'quarterly-survey': 'Z' } }, 'unknown-seat', 'changes.owners.quarterly-survey'],
  [
    'a date of what recurs',
    { dates: { 'quarterly-survey': '2027-01-01' } },
    'invalid-value',
    'changes.dates.quarterly-survey',
  ],
  ['a term that is wrong', { terms: { contractTotal: '-1' } }, 'negative-amount', 'changes.terms.contractTotal'],
])('%s is refused field by field before anything is proposed', async (_name, changes, code, path) => {
  const id = await serviceInForce(desk);
  const body = { as: 'A', changes, effectiveOn: '2026-10-01', reason: 'x' };
  const reply = await ask(desk.api, 'POST', `/agreements/${id}/amendments`, body);
  expect(reply).toMatchObject({ status: 422, body: { type: `urn:abide:${code}`, errors: [{ path }] } });
  const unchanged = await ask(desk.api, 'POST', `/agreements/${id}/amendments/preview`, { as: 'A', changes: {} });
  expect(unchanged.body.refused).toMatchObject({ code: 'nothing-changes' });
});

test.each([
  [
    '/formal-notices',
    { notice: 'termination', ground: 'serious-breach', code: 'Zhang San, tel 13800000000', reason: 'x' },
  ],
  ['/formal-notices', { notice: 'breach', against: '张三 13800000000', reason: 'x' }],
  ['/matters', { kind: 'meeting', to: '张三', topic: 'x' }],
  ['/matters', { kind: 'request', about: 'service-fee-1#Zhang San', topic: 'x' }],
  ['/claims', { amount: '1.00', claim: 'Zhang San', cause: 'x' }],
])('what names something holds no words, because the record keeps it for ever: %s %o', async (path, body) => {
  const id = await serviceInForce(desk);
  expect(await refusalOf(desk, id, path, { as: 'A', ...body })).toBe('invalid-request');
});

test('the grounds of an agreed list are shown in the words that were agreed (S001c-62)', async () => {
  const grounds = [{ code: 'BREACH', description: '一方违约且在三十日内未改正' }, { code: 'FORCE_MAJEURE' }];
  const draft = draftOf('service-kpi@1', { terminationGrounds: grounds, providerParty: 'A' });
  const { parties, coordinator } = SERVICE;
  const id = await started(desk, { ...draft, parties, coordinator });
  const listed = (await lifeOf(desk, id)).provides.terminations.find(({ ground }) => ground === 'agreed-list');
  expect(listed?.grounds).toEqual([
    { code: 'BREACH', words: '一方违约且在三十日内未改正' },
    { code: 'FORCE_MAJEURE', words: 'FORCE_MAJEURE' },
  ]);
});
