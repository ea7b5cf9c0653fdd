import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { engagementList, ownEngagements } from '../../api/engagements/schema.ts';
import { belongingOf } from '../../api/process/rows.ts';
import { type Desk, ask, form, openDesk } from './desk.ts';
import { signedIn } from './signed-in.ts';
import { APPLICATION, DRAFT, WHOLE, applied, inForceWith, knowingThirds } from './engagement-desk.ts';
import { processDesk } from './process-desk.ts';

let desk: Desk;
let agreementId: string;

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(async () => {
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
  agreementId = await knowingThirds(desk);
  desk.now.ms = Date.parse('2026-09-07T10:00:00+08:00');
});
afterAll(() => desk?.close());

const listOf = async () =>
  engagementList.parse((await ask(desk.api, 'GET', `/agreements/${agreementId}/engagements`)).body);
const post = (body: unknown, key = randomUUID()) =>
  ask(desk.api, 'POST', `/agreements/${agreementId}/engagements`, body, { 'Idempotency-Key': key });

describe('application and answer', () => {
  test('a party applies in writing; the other is named as who must act, with the last working day (S001b-70, S001b-71)', async () => {
    const one = await applied(desk, agreementId);
    const view = await one.view();
    expect(view).toMatchObject({
      status: 'applied',
      thirdParty: { name: '衡信检测有限公司', kind: 'legal-person' },
      applicant: { seat: 'B' },
      // Monday 7 September does not count: the fifth working day after it is the 14th.
      next: [{ act: 'reply', by: [{ seat: 'A' }], due: { localDate: '2026-09-14' }, overdue: false }],
      rounds: [
        {
          purpose: '查明客户端故障的原因',
          effect: '两个月内故障率下降一半',
          scope: [{ id: 'other-1', words: '现场检测服务器和网络' }],
          interest: 'none',
          documents: [{ fileName: '申请书.txt' }],
        },
      ],
    });
    expect(view.as.reply).toEqual([
      { as: 'A', onBehalfOf: null },
      { as: 'coordinator', onBehalfOf: 'A' },
    ]);
    const { items, may } = await listOf();
    expect(items).toMatchObject([{ id: one.id, purpose: '查明客户端故障的原因' }]);
    expect(may.apply[WHOLE.id]).toContainEqual({ as: 'B', onBehalfOf: null });
  });

  test('what an application lacks is named field by field, and nothing is begun (S001b-70)', async () => {
    const { effect: _effect, otherScope: _scope, ...lacking } = APPLICATION;
    const reply = await post(form(lacking, {}));
    expect(reply.status).toBe(422);
    expect(reply.body).toMatchObject({ type: 'urn:abide:application-incomplete', clauses: ['S001b-70'] });
    expect(reply.body.errors.map(({ path }: { path: string }) => path).sort()).toEqual(['effect', 'file', 'scope']);
    const { interest: _interest, ...undeclared } = APPLICATION;
    expect((await post(form(undeclared, { 'a.txt': 'x' }))).body).toMatchObject({
      type: 'urn:abide:interest-undeclared',
      errors: [{ path: 'interest' }],
    });
    const self = { name: '甲方服务有限公司', kind: 'legal-person' };
    expect(
      (await post(form({ ...APPLICATION, thirdParty: JSON.stringify(self) }, { 'a.txt': 'x' }))).body,
    ).toMatchObject({
      type: 'urn:abide:invalid-request',
      errors: [{ path: 'thirdParty.name' }],
    });
    const ours = { name: '衡信检测有限公司', kind: 'legal-person', email: 'Wu.Min@b.example' };
    expect(
      (await post(form({ ...APPLICATION, thirdParty: JSON.stringify(ours) }, { 'a.txt': 'x' }))).body,
    ).toMatchObject({
      errors: [{ path: 'thirdParty.email' }],
    });
    expect((await post({ as: 'B', thirdParty: { name: '张三', kind: 'natural-person' } })).body).toMatchObject({
      errors: [{ path: 'thirdParty.kind' }],
    });
    expect((await listOf()).items).toEqual([]);
    expect(await desk.database.seat.count({ where: { agreementId, seat: { startsWith: 'third' } } })).toBe(0);
  });

  test('the same key again is the same application', async () => {
    const key = randomUUID();
    const [first, again] = [
      await post(form(APPLICATION, { 'a.txt': 'x' }), key),
      await post(form(APPLICATION, { 'a.txt': 'x' }), key),
    ];
    expect(again.body).toEqual(first.body);
    expect((await listOf()).items).toHaveLength(1);
  });

  test('more is asked for, given, and the answer is refused with its reason; then applied for once more', async () => {
    const one = await applied(desk, agreementId);
    expect(await one.refusal('reply', { as: 'B', verdict: 'agree' })).toBe('own-proposal');
    expect(await one.refusal('reply', { as: 'A', verdict: 'refuse' })).toBe('ground-missing');
    await one.act('reply', { as: 'A', verdict: 'ask', reason: '请提供资质证书' });
    expect(await one.view()).toMatchObject({
      status: 'asked',
      next: [{ act: 'provide', by: [{ seat: 'B' }] }],
      rounds: [{ question: '请提供资质证书' }],
    });
    desk.now.ms = Date.parse('2026-09-09T10:00:00+08:00');
    await one.act('provide', { as: 'B', details: '附上资质证书' }, '资质证书.txt');
    expect(await one.view()).toMatchObject({
      next: [{ act: 'reply', due: { localDate: '2026-09-15' } }],
      rounds: [{ provided: { details: '附上资质证书', documents: [{ fileName: '资质证书.txt' }] }, pausedDays: 2 }],
    });
    await one.act('reply', { as: 'A', verdict: 'refuse', reason: '资质不足' });
    expect(await one.view()).toMatchObject({ status: 'refused', next: [], rounds: [{ reason: '资质不足' }] });
    const { thirdParty: _third, ...again } = APPLICATION;
    await one.act('apply', { ...again, purpose: '换用有资质的团队' }, '新申请书.txt');
    expect(await one.view()).toMatchObject({
      status: 'applied',
      rounds: [
        { number: 2, purpose: '换用有资质的团队', documents: [{ fileName: '新申请书.txt' }] },
        { number: 1, verdict: 'refuse', purpose: APPLICATION['purpose'] },
      ],
    });
  });
});

describe('agreement, work and end', () => {
  test('nothing begins before all have reviewed and signed; a cap by law is said as that (S001a-66, S001b-76)', async () => {
    const one = await applied(desk, agreementId);
    await one.act('reply', { as: 'A', verdict: 'agree' });
    expect((await one.view()).next).toMatchObject([{ act: 'draft' }]);
    expect(await one.refusal('sign', form({ as: 'A' }, { 'a.txt': 'x' }))).toBe('draft-missing');
    await one.act('draft', { ...DRAFT, cap: 'null' });
    expect((await one.view()).draft).toMatchObject({ cap: null, fee: { basis: 'agreed', amount: '60000.00' } });
    expect(await one.refusal('sign', form({ as: 'A' }, { 'a.txt': 'x' }))).toBe('review-first');
    await one.act('review', { as: 'A', verdict: 'reject', points: '限额应写明' });
    await one.act('draft', DRAFT);
    const drafted = await one.view();
    expect(drafted).toMatchObject({
      status: 'in-review',
      draft: {
        cap: '100000.00',
        points: ['限额应写明'],
        rationale: [{ id: 'ability', words: '同类项目经验丰富' }, { id: 'service' }, { id: 'amount' }],
        sections: expect.arrayContaining([{ section: 'costs', words: '双方各半' }]) as unknown,
      },
      next: [{ act: 'review', by: [{ seat: 'A' }, { seat: 'B' }], due: { localDate: '2026-09-17' } }],
      milestones: [{ milestone: 'milestone-1', what: '检测报告', standard: '附原始数据', dueOn: '2026-10-30' }],
    });
    for (const as of ['A', 'B']) await one.act('review', { as, verdict: 'accept' });
    for (const as of ['A', 'B']) await one.act('sign', { as }, `签字页 ${as}.txt`);
    expect(await one.refusal('start-work', { as: 'third' })).toBe('gate-closed');
    expect(await one.refusal('access', { as: 'A', step: 'grant' })).toBe('gate-closed');
    expect((await one.view()).next).toMatchObject([
      { act: 'sign', by: [{ seat: drafted.thirdParty.seat, title: { zh: '衡信检测有限公司' } }] },
    ]);
    await one.act('sign', { as: 'third' }, '签字页.txt');
    expect(await one.view()).toMatchObject({ status: 'active', signedOn: '2026-09-07', startsOn: '2026-09-07' });
  });

  test('a whole involvement, from the undertaking to what remains', async () => {
    const one = await inForceWith(desk, agreementId);
    const acts = (view: Awaited<ReturnType<typeof one.view>>) => view.next.map(({ act, about }) => [act, about]);
    expect(acts(await one.view())).toEqual([
      ['deliver', 'milestone-1'],
      ['undertake', 'secrecy'],
      ['undertake', 'site-rules'],
      ['start-work', null],
    ]);
    await one.act('undertake', { as: 'third', what: 'secrecy' }, '保密承诺.txt');
    await one.act('undertake', { as: 'third', what: 'site-rules' }, '现场守则.txt');
    await one.act('access', { as: 'A', step: 'grant' });
    await one.act('start-work', { as: 'third' });
    await one.act('assign', { as: 'B', title: '检测机房', scope: 'other-1' });
    expect(await one.refusal('assign', { as: 'B', title: '培训', scope: '张三' })).toBe('invalid-request');
    await one.act('ask-support', { as: 'third', title: '需要日志', details: '近三个月' });
    await one.act('answer-support', { as: 'A', request: 'request-1', details: '已开放' });
    await one.act('supervise', { as: 'A', title: '九月监督', findings: '进度正常' });
    await one.act('supervise', { as: 'B', report: 'report-1', findings: '同意' });
    await one.act('deliver', { as: 'third', milestone: 'milestone-1', note: '报告一份' }, '检测报告.txt');
    await one.act('judge-delivery', { as: 'A', milestone: 'milestone-1', verdict: 'accept' });
    await one.act('judge-delivery', { as: 'B', milestone: 'milestone-1', verdict: 'reject', points: '缺原始数据' });
    expect((await one.view()).milestones).toMatchObject([{ status: 'rejected', points: ['缺原始数据'] }]);
    await one.act('deliver', { as: 'third', milestone: 'milestone-1' }, '检测报告二.txt');
    for (const as of ['A', 'B']) await one.act('judge-delivery', { as, milestone: 'milestone-1', verdict: 'accept' });
    await one.act('review-effect', { as: 'A', milestone: 'milestone-1', verdict: 'good', note: '故障减少' });
    await one.act('charge', { as: 'third', amount: '1000.01', note: '差旅' }, '发票.txt');
    await one.act('pay', { as: 'A', amount: '500.01', reference: 'BK-1' });
    expect(await one.view()).toMatchObject({
      access: 'granted',
      workStartedOn: '2026-09-07',
      tasks: [{ task: 'task-1', title: '检测机房', scope: { id: 'other-1' } }],
      support: [{ title: '需要日志', waitsFor: [{ seat: 'B' }], answers: [{ by: { seat: 'A' }, details: '已开放' }] }],
      reports: [{ title: '九月监督', complete: true, entries: [{ details: '进度正常' }, { details: '同意' }] }],
      milestones: [{ status: 'accepted', documents: [{ fileName: '检测报告二.txt' }], effect: [{ verdict: 'good' }] }],
      costs: {
        charges: [{ amount: '1000.01', shares: { A: '500.01', B: '500.00' }, documents: [{ fileName: '发票.txt' }] }],
        payments: [{ by: { seat: 'A' }, amount: '500.01', reference: 'BK-1' }],
      },
    });
  });

  test('a loss above the cap is shown in its two parts; a changed cap waits for the third party (S001a-56, S001b-79)', async () => {
    const one = await inForceWith(desk, agreementId);
    const loss = { as: 'B', amount: '120000.00', cause: 'third', category: 'delay-cost', details: '项目延误' };
    expect(await one.refusal('report-loss', form(loss))).toBe('evidence-missing');
    await one.act('report-loss', loss, '损失清单.txt');
    expect(await one.view()).toMatchObject({
      losses: [
        {
          ...{ loss: 'loss-1', amount: '120000.00', cap: '100000.00', recoverable: '100000.00', ownLoss: '20000.00' },
          ...{ ownShares: { A: '10000.00', B: '10000.00' }, details: '项目延误', status: 'claimed' },
        },
      ],
      caps: [{ amount: '100000.00' }],
    });
    await one.act('propose-cap', {
      as: 'A',
      amount: '150000.00',
      rationale: JSON.stringify({ ability: '能力更强' }),
      reason: '范围扩大',
    });
    await one.act('answer-cap', { as: 'B', verdict: 'consent' });
    expect(await one.refusal('answer-cap', { as: 'third', verdict: 'consent' })).toBe('gate-closed');
    await one.act('serve', { as: 'A', notice: 'cap', servedOn: '2026-09-07' }, '签收单.txt');
    expect((await one.view()).next).toContainEqual(
      expect.objectContaining({
        act: 'answer-cap',
        due: expect.objectContaining({ localDate: '2026-09-14' }) as unknown,
      }),
    );
    await one.act('answer-cap', { as: 'third', verdict: 'decline', reason: '保险不足' });
    expect(await one.view()).toMatchObject({
      caps: [{ amount: '100000.00' }],
      capChanges: [{ status: 'declined', amount: '150000.00', reason: '范围扩大', rationale: [{ words: '能力更强' }] }],
    });
    await one.act('answer-loss', { as: 'third', loss: 'loss-1', verdict: 'dispute', reason: '不是我方原因' });
    expect((await one.view()).losses).toMatchObject([{ status: 'disputed', reason: '不是我方原因' }]);
  });

  test('two losses reported while the engine is away are two, each with its own words', async () => {
    const one = await inForceWith(desk, agreementId);
    const processes = processDesk(desk);
    const keys = ['停工', '返工'].map((details) => ({ details, key: randomUUID() }));
    for (const { details, key } of keys) {
      const loss = { as: 'B', amount: '10.00', cause: 'third', category: 'other', details };
      const file = { [`${details}.txt`]: details };
      await ask(desk.api, 'POST', `${one.path}/report-loss`, form(loss, file), { 'Idempotency-Key': key });
    }
    for (const { key } of keys) await processes.record(key);
    const { losses } = await one.view();
    expect(losses.map(({ loss, details }) => `${loss} ${String(details)}`).sort()).toEqual([
      'loss-1 停工',
      'loss-2 返工',
    ]);
  });

  test('what a commission’s report found lacking becomes an improvement, in the words of whoever said so (S003-N-09)', async () => {
    const { agreement } = await belongingOf(desk.database, agreementId);
    expect(agreement.improvement).toBeDefined();
    const id = await knowingThirds(desk, [{ ...WHOLE, kind: 'commission', end: null, effectReview: null }]);
    const one = await inForceWith(desk, id);
    const said = { as: 'A', title: '夜间巡查记录不全', details: '三月缺九次', severity: '4' };
    expect(await one.refusal('follow-up', said)).toBe('not-submitted');
    await one.act('deliver', { as: 'third', milestone: 'milestone-1' }, '评估报告.txt');
    expect((await one.view()).can).toContain('follow-up');
    await one.act('follow-up', said);
    const { events } = await one.view();
    expect(events.find(({ type }) => type === 'engagement-finding-raised')).toMatchObject({
      data: { finding: 'finding-1' },
      text: { topic: '夜间巡查记录不全', details: '三月缺九次' },
    });
  });

  test('what the coordinator enters for a party has its document, whatever it is', async () => {
    const one = await applied(desk, agreementId);
    await one.act('reply', { as: 'A', verdict: 'agree' });
    await one.act('draft', DRAFT);
    const review = { as: 'coordinator', onBehalfOf: 'A', verdict: 'accept' };
    expect(await one.refusal('review', review)).toBe('evidence-missing');
    await one.act('review', review, '审核意见.txt');
    expect((await one.view()).status).toBe('in-review');
  });

  test('both decide that it ends, the third party has the notice, and both confirm what remains (S001b-91, S001b-92)', async () => {
    const one = await inForceWith(desk, agreementId);
    await one.act('end', { as: 'A', ground: 'purpose-achieved', reason: '已查明' });
    expect((await one.view()).next).toContainEqual(
      expect.objectContaining({ act: 'end', by: [expect.objectContaining({ seat: 'B' })] }),
    );
    await one.act('end', { as: 'B', ground: 'purpose-achieved' });
    await one.act('serve', { as: 'A', notice: 'end', servedOn: '2026-09-07' }, '签收单.txt');
    expect(await one.view()).toMatchObject({ status: 'ended', endGround: 'purpose-achieved' });
    for (const item of (await one.view()).items) {
      for (const as of ['A', 'B']) await one.act('settle', { as, item: item.id, note: '已办' });
    }
    expect(await one.view()).toMatchObject({ status: 'closed', next: [] });
    const { status } = (await ask(desk.api, 'GET', `/agreements/${agreementId}`)).body as { status: string };
    expect(status).toBe('active');
  });
});

test('no words of a person in any field reach command, event, notice or state', async () => {
  const one = await inForceWith(desk, agreementId, { purpose: '张三 13800000000', effect: '张三 13800000000' });
  const words = '张三 13800000000';
  await one.act('supervise', { as: 'A', title: words, findings: words });
  await one.act('ask-support', { as: 'third', title: words, details: words });
  await one.act('deliver', { as: 'third', milestone: 'milestone-1', note: words }, '报告.txt');
  for (const [name, body] of Object.entries({
    deliver: { as: 'third', milestone: 'Zhang.San-13800000000' },
    supervise: { as: 'A', report: 'Zhang.San-13800000000', findings: 'x' },
    'answer-support': { as: 'A', request: 'Zhang.San-13800000000', details: 'x' },
    'answer-loss': { as: 'third', loss: 'Zhang.San-13800000000', verdict: 'agree' },
    settle: { as: 'A', item: 'Zhang.San-13800000000' },
    charge: { as: 'A', amount: '1.00', paidBy: 'Zhang.San-13800000000' },
    'report-loss': { as: 'A', amount: '1.00', cause: 'Zhang.San-13800000000', category: 'other', details: 'x' },
    'propose-cap': { as: 'A', amount: '1.00', rationale: { 'Zhang.San-13800000000': 'x' } },
    assign: { as: 'A', title: 'x', scope: 'Zhang.San-13800000000' },
  })) {
    expect([name, await one.refusal(name, body)]).toEqual([name, 'invalid-request']);
  }
  const where = { agreementId };
  const held = JSON.stringify([
    await desk.database.command.findMany({ where, select: { command: true } }),
    await desk.database.event.findMany({ where, select: { body: true } }),
    await desk.database.notice.findMany({ where, select: { facts: true } }),
    await desk.database.process.findMany({ where, select: { input: true, snapshot: true } }),
  ]);
  expect(held).not.toContain('13800000000');
  expect(held).not.toContain('衡信');
});

test('the list of all engagements shows each with its agreement', async () => {
  const one = await applied(desk, agreementId);
  const { items } = ownEngagements.parse((await ask(desk.api, 'GET', '/engagements')).body);
  expect(items.find(({ id }) => id === one.id)).toMatchObject({ agreement: { id: agreementId } });
});

describe('who sees what of it', () => {
  const personOf = async (seat: string) =>
    (await desk.database.seat.findUniqueOrThrow({ where: { agreementId_seat: { agreementId, seat } } })).personId;
  const asThird = async (one: { id: string }) => {
    const { input } = await desk.database.process.findUniqueOrThrow({ where: { id: one.id } });
    const personId = await personOf((input as { thirdSeat: string }).thirdSeat);
    return signedIn(desk, ['third-party'], { personId });
  };
  const own = JSON.stringify({ name: '专检有限公司', kind: 'legal-person', email: 'he@zhuanjian.example' });
  const other = JSON.stringify({ name: '明德律师事务所', kind: 'other-organisation', email: 'ming@mingde.example' });

  test('of two third parties each reads its own engagement and its files, acts for itself, and sees nothing of the other', async () => {
    const [mine, others] = [
      await inForceWith(desk, agreementId, { thirdParty: own }),
      await inForceWith(desk, agreementId, { thirdParty: other, purpose: '法律意见' }),
    ];
    const loss = { as: 'B', amount: '120000.00', cause: 'third', category: 'quality', details: '返工' };
    await mine.act('report-loss', loss, '损失清单.txt');
    const api = await asThird(mine);
    const { items } = ownEngagements.parse((await ask(api, 'GET', '/engagements')).body);
    expect(items.map(({ id }) => id)).toEqual([mine.id]);
    const { status, body } = await ask(api, 'GET', mine.path);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      can: expect.arrayContaining(['undertake', 'deliver', 'ask-support', 'answer-loss']) as unknown,
      losses: [{ recoverable: '100000.00', ownShares: null }],
    });
    expect(body.can).not.toContain('reply');
    expect(JSON.stringify(body)).not.toContain('10000.00');
    expect(JSON.stringify(body)).not.toContain('明德');
    const [document] = body.rounds[0].documents as { id: string }[];
    expect((await ask(api, 'GET', `${mine.path}/documents/${document?.id}/content`)).status).toBe(200);
    const theirs = (await others.view()).rounds[0]?.documents[0]?.id;
    expect((await ask(api, 'GET', `${mine.path}/documents/${theirs}/content`)).body.type).toBe(
      'urn:abide:unknown-document',
    );
    for (const path of [others.path, `/agreements/${agreementId}`, `/agreements/${agreementId}/engagements`]) {
      expect([path, (await ask(api, 'GET', path)).body.type]).toEqual([path, 'urn:abide:unknown-agreement']);
    }
    const promise = form({ as: 'third', what: 'secrecy' }, { '承诺.txt': 'x' });
    const key = randomUUID();
    const asked = await ask(api, 'POST', `${mine.path}/undertake`, promise, { 'Idempotency-Key': key });
    expect(asked.status).toBe(202);
    expect((await ask(api, 'GET', `/commands/${key}`)).status).toBe(200);
    const { command } = await desk.database.command.findUniqueOrThrow({ where: { id: key } });
    expect(command).toMatchObject({ actor: { seat: (await mine.view()).thirdParty.seat, via: 'api' } });
    for (const as of ['A', 'coordinator', (await others.view()).thirdParty.seat]) {
      const forged = await ask(api, 'POST', `${mine.path}/start-work`, { as });
      expect([as, forged.status]).toEqual([as, as.startsWith('third') ? 422 : 403]);
    }
    expect((await ask(api, 'POST', `${others.path}/start-work`, { as: 'third' })).body.type).toBe(
      'urn:abide:unknown-agreement',
    );
  });

  test('a department reads it without its sums; an auditor reads all and does nothing', async () => {
    const one = await inForceWith(desk, agreementId);
    await one.act('charge', { as: 'third', amount: '31234.00', note: '差旅费清单' }, '发票.txt');
    const loss = { as: 'B', amount: '45678.00', cause: 'third', category: 'quality', details: '返工损失' };
    await one.act('report-loss', loss, '损失清单.txt');
    const department = await signedIn(desk, ['department'], { personId: await personOf('B') });
    const seen = JSON.stringify((await ask(department, 'GET', one.path)).body);
    for (const secret of ['31234', '15617', '45678', '60000.00', '100000.00', '差旅费清单', '返工损失']) {
      expect(seen).not.toContain(secret);
    }
    expect(seen).toContain('检测报告');
    const auditor = await signedIn(desk, ['auditor']);
    expect((await ask(auditor, 'GET', one.path)).body).toMatchObject({
      withheld: false,
      can: [],
      losses: [{ amount: '45678.00' }],
    });
    expect((await ask(auditor, 'POST', `${one.path}/start-work`, { as: 'A' })).body.type).toBe('urn:abide:forbidden');
  });
});
