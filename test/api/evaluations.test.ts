import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { evaluationList, evaluation as evaluationSchema, openedEvaluation } from '../../api/evaluations/schema.ts';
import type { Role } from '../../api/policy.ts';
import type { RunningApi } from '../../api/server.ts';
import type { ProcessFrame } from '../../domain/process/process.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { caseDesk, vipService } from './cases-desk.ts';
import { type Desk, ask, form, openDesk } from './desk.ts';
import { CLOCKS, LATE, SCORING, STAFF_RULES, withEvaluations } from './evaluation-rules.ts';
import { improvementAgreement, processDesk } from './process-desk.ts';
import { signedIn } from './signed-in.ts';

let desk: Desk;
let agreementId: string;
const closing: RunningApi[] = [];

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(async () => {
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
  agreementId = await improvementAgreement(desk);
  await withEvaluations(desk, agreementId, [SCORING, STAFF_RULES, LATE]);
  desk.now.ms = Date.parse('2027-01-04T09:00:00+08:00');
});
afterAll(async () => {
  for (const api of closing) await api.stop();
  await desk?.close();
});

const at = (id: string): string => `/agreements/${agreementId}/evaluations/${id}`;
const viewOf = async (id: string, api = desk.api) => {
  const { status, body } = await ask(api, 'GET', at(id), undefined, api === desk.api ? {} : { Authorization: '' });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return evaluationSchema.parse(body);
};
const PERIOD = { from: '2026-10-01', to: '2026-12-31' };

/** Opens one over HTTP and begins its workflow, as the repeater would. */
async function opened(rule: string, body: Record<string, unknown> = {}): Promise<string> {
  const said = { as: 'A', rule, ...PERIOD, ...body };
  const reply = await ask(desk.api, 'POST', `/agreements/${agreementId}/evaluations`, said);
  if (reply.status !== 202) throw new Error(JSON.stringify(reply.body));
  const { id } = openedEvaluation.parse(reply.body);
  const { input } = await desk.database.process.findUniqueOrThrow({ where: { id } });
  return processDesk(desk).begin('evaluation', input as unknown as ProcessFrame);
}

const act = (id: string, path: string, body: unknown) => processDesk(desk).act(`${at(id)}/${path}`, body);
/** @returns the code of what the rules refuse */
const refused = (id: string, path: string, body: unknown): Promise<string> =>
  act(id, path, body).then(
    () => 'taken',
    (error: unknown) => (error as Error).message,
  );

async function person(name: string): Promise<string> {
  const { id: organisationId } = await desk.database.organisation.findFirstOrThrow();
  const email = `${randomUUID()}@staff.example`;
  return (await desk.database.person.create({ data: { name, email, organisationId } })).id;
}
const seated = async (seat: string): Promise<string> =>
  (await desk.database.seat.findFirstOrThrow({ where: { agreementId, seat } })).personId;

async function as(personId: string | null, role: Role = 'department'): Promise<RunningApi> {
  const api = await signedIn(desk, [role], { personId });
  closing.push(api);
  return api;
}
const read = (api: RunningApi, path: string) => ask(api, 'GET', path, undefined, { Authorization: '' });

/** A cycle of the survey that closed in the period, with this score of 1 to 5. */
async function measured(score: string, answered = 60): Promise<string> {
  const reference = 'quarterly-survey#2026-12-01';
  const workflowId = `survey/${agreementId}/${reference}`;
  const figures = {
    ...{ scale: { min: 1, max: 5 }, score, answered, overall: { n: 0, mean: null }, dimensions: [], groups: [] },
    importance: null,
  };
  const closedAtMs = Date.parse('2026-12-15T18:00:00+08:00');
  const { id } = await desk.database.process.create({
    data: {
      ...{ workflowId, agreementId, type: 'survey', reference, status: 'published' },
      input: {},
      snapshot: { figures, closedAtMs } as unknown as Prisma.InputJsonObject,
      createdAt: new Date(desk.now.ms),
    },
  });
  return id;
}

describe('the score of a provider (S003-E)', () => {
  test('from the scheme that both acknowledged to a decided consequence, every figure down to its source', async () => {
    const survey = await measured('4.4');
    const id = await opened('scoring', { note: '第四季度' });
    const begun = await viewOf(id);
    expect(begun).toMatchObject({
      status: 'acknowledging',
      period: { from: '2026-10-01', to: '2026-12-31' },
      note: '第四季度',
      scheme: { version: 'a1b2c3d4', indicators: [{ weight: '60' }, { weight: '40', evidence: [{}, {}] }] },
      next: [{ what: 'acknowledge', who: [{ subject: 'A' }, { subject: 'B' }] }],
      acknowledged: [{ at: null }, { at: null }],
    });
    expect(begun.can).toContain('acknowledge');
    expect(begun.subjects[0]?.can).not.toContain('score');
    const quality = { as: 'A', indicator: 'quality', value: '90', evidence: JSON.stringify(['inspection']) };
    expect(await refused(id, 'score', form(quality, { '检查.pdf': '%PDF-' }))).toBe('scheme-not-acknowledged');
    expect(await refused(id, 'acknowledge', form({ as: 'A', version: 'older' }))).toBe('scheme-not-acknowledged');
    for (const seat of ['A', 'B']) await act(id, 'acknowledge', { as: seat, version: 'a1b2c3d4' });
    expect((await viewOf(id)).next).toMatchObject([{ what: 'score', who: [{ subject: 'A' }] }]);

    expect(await refused(id, 'score', form({ ...quality, value: '101' }, { 'x.txt': 'x' }))).toBe('score-invalid');
    expect(await refused(id, 'score', { as: 'A', indicator: 'quality', value: '90' })).toBe('evidence-missing');
    expect(await refused(id, 'score', { ...quality, as: 'B', evidence: ['inspection'] })).toBe('not-responsible');
    await act(id, 'score', form({ ...quality, record: '现场检查记录 12 份' }, { '检查.pdf': '%PDF-' }));
    await act(id, 'conclude', { as: 'A' });
    // (4.4 − 1) / 4 = 85 of 100; 85 × 60 % + 90 × 40 % = 87
    const result = await viewOf(id);
    expect(result).toMatchObject({
      status: 'provisional',
      gathered: { surveys: [{ id: survey, kind: 'survey' }] },
      next: [{ what: 'object', who: [{ subject: 'B' }], due: { localDate: '2027-01-11' } }],
    });
    const [one] = result.subjects;
    expect(one).toMatchObject({
      total: '87.00',
      band: 'band-3',
      title: { zh: '乙方（服务方）' },
      objectionsUntil: { localDate: '2027-01-11' },
    });
    expect(one?.scores).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          indicator: expect.objectContaining({ id: 'satisfaction' }) as unknown,
          ...{ value: '85', gathered: true, count: 60, weight: '60.00', points: '51.0000' },
          sources: [expect.objectContaining({ id: survey, reference: 'quarterly-survey#2026-12-01' }) as unknown],
        }),
        expect.objectContaining({
          ...{ value: '90', gathered: false, record: '现场检查记录 12 份', weight: '40.00', points: '36.0000' },
          documents: [expect.objectContaining({ fileName: '检查.pdf' }) as unknown],
          by: expect.any(String) as unknown,
        }),
      ]),
    );

    expect(await refused(id, 'object', { as: 'A', reason: '不合适' })).toBe('not-responsible');
    await act(id, 'object', form({ as: 'B', indicator: 'quality', reason: '检查有误' }, { '说明.pdf': '%PDF-' }));
    const objected = (await viewOf(id)).subjects[0];
    expect(objected?.objections).toMatchObject([
      { id: 'objection-1', indicator: { id: 'quality' }, reason: '检查有误', documents: [{ fileName: '说明.pdf' }] },
    ]);
    expect(objected?.on.correct).not.toContain(undefined);
    const fix = { as: 'A', indicator: 'quality', value: '95', reason: '复查' };
    expect(await refused(id, 'correct', fix)).toBe('second-person');
    expect(await refused(id, 'answer', { as: 'B', verdict: 'uphold', reason: '同意' })).toBe('not-responsible');
    await act(id, 'answer', { as: 'A', verdict: 'uphold', reason: '异议成立' });
    expect((await viewOf(id)).next[0]).toMatchObject({ what: 'correct', indicators: [{ id: 'quality' }] });
    await act(id, 'correct', { ...fix, as: 'coordinator' });
    const corrected = (await viewOf(id)).subjects[0];
    // 85 × 60 % + 95 × 40 % = 89
    expect(corrected).toMatchObject({
      total: '89.00',
      objections: [{ verdict: 'uphold', answer: '异议成立', settled: true }],
    });
    expect(corrected?.scores.find(({ corrected: change }) => change)).toMatchObject({
      value: '95',
      corrected: { from: '90', reason: '复查' },
    });

    desk.now.ms = Date.parse('2027-01-12T09:00:00+08:00');
    await tick(id);
    expect(await refused(id, 'object', { as: 'B', reason: '再议' })).toBe('objection-closed');
    const final = await viewOf(id);
    expect(final.status).toBe('final');
    expect(final.next.map(({ what }) => what)).toEqual(['decide', 'publish']);
    expect(final.subjects[0]?.consequences).toMatchObject([{ kind: 'reward', from: 'band-3', amount: '8000.00' }]);
    const [member, department] = [await as(await seated('B'), 'party-member'), await as(await seated('B'))];
    expect((await viewOf(id, member)).subjects[0]?.consequences[0]?.amount).toBe('8000.00');
    const withoutMoney = await viewOf(id, department);
    expect(JSON.stringify(withoutMoney)).not.toContain('8000');
    expect(await refused(id, 'decide', { as: 'B', verdict: 'approve', reason: '同意' })).toBe('not-responsible');
    await act(id, 'decide', form({ as: 'A', verdict: 'approve', reason: '表现良好' }, { '决定.pdf': '%PDF-' }));
    await act(id, 'publish', { as: 'A' });
    expect(await viewOf(id)).toMatchObject({
      status: 'complete',
      next: [],
      can: [],
      subjects: [
        { consequences: [{ verdict: 'approve', decision: '表现良好', documents: [{ fileName: '决定.pdf' }] }] },
      ],
    });
    const held = await Promise.all([
      desk.database.command.findMany({ where: { agreementId }, select: { command: true } }),
      desk.database.event.findMany({ where: { agreementId }, select: { body: true } }),
      desk.database.process.findMany({ where: { agreementId }, select: { input: true, snapshot: true } }),
    ]);
    for (const words of ['检查', '异议', '复查', '表现', '第四季度']) expect(JSON.stringify(held)).not.toContain(words);
  });

  test('errors name the field and its cure: an indicator’s evidence, a subject, a rule, a period', async () => {
    const id = await opened('scoring');
    const tries: [string, unknown, string][] = [
      ['score', { as: 'A', indicator: 'quality', value: '90', evidence: ['Zhang.San'] }, 'evidence[0]'],
      ['score', { as: 'A', indicator: 'quality', value: 'ninety' }, 'value'],
      ['score', { as: 'A', subject: 'Zhang.San', indicator: 'quality', value: '90' }, 'subject'],
      ['object', { as: 'B' }, 'reason'],
      ['answer', { as: 'A', verdict: 'maybe', reason: 'x' }, 'verdict'],
      ['enrol', { as: 'A', subject: 'Zhang.San' }, 'subject'],
      ['enrol', { as: 'A', subject: randomUUID() }, 'subject'],
      ['enrol', { as: 'A', subject: 'B', item: 'Zhang.San', lateMinutes: 3 }, 'item'],
    ];
    for (const [path, body, field] of tries) {
      const reply = await ask(desk.api, 'POST', `${at(id)}/${path}`, body);
      expect({ path, status: reply.status, field: reply.body.errors?.[0]?.path }).toEqual({ path, status: 400, field });
    }
    const open = (body: object) =>
      ask(desk.api, 'POST', `/agreements/${agreementId}/evaluations`, { as: 'A', rule: 'scoring', ...PERIOD, ...body });
    expect((await open({ rule: 'Zhang.San' })).body.errors[0].path).toBe('rule');
    expect((await open({ to: '2026-09-30' })).body.errors[0].path).toBe('to');
    expect((await open({ to: '2036-09-30' })).body.errors[0].path).toBe('to');
    expect((await open({ as: 'B' })).body.type).toBe('urn:abide:not-responsible');
    expect(await desk.database.command.count({ where: { agreementId, workflowId: { not: null } } })).toBe(0);
  });

  test('the client cannot edit the score of whom the contract makes independent (S003-K): neither score nor correct', async () => {
    await withEvaluations(desk, agreementId, [
      { ...SCORING, organiser: 'B', scorers: ['B'], decider: 'B', subjects: ['A'] },
    ]);
    const id = await opened('scoring', { as: 'B' });
    for (const seat of ['A', 'B']) await act(id, 'acknowledge', { as: seat });
    const quality = { indicator: 'quality', value: '50', evidence: ['test'] };
    expect(await refused(id, 'score', { as: 'A', ...quality })).toBe('not-responsible');
    await act(id, 'score', { as: 'B', ...quality, record: '抽测' });
    await act(id, 'leave-out', { as: 'B', indicator: 'satisfaction', reason: '本期未调查' });
    await act(id, 'conclude', { as: 'B' });
    expect(await refused(id, 'correct', { as: 'A', indicator: 'quality', value: '99', reason: '偏低' })).not.toBe(
      'taken',
    );
    const client = await as(await seated('A'), 'party-member');
    const seen = await viewOf(id, client);
    expect(seen.subjects[0]?.can).not.toContain('score');
    expect(seen.subjects[0]?.can).not.toContain('correct');
    expect(seen.subjects[0]?.leftOut).toMatchObject([{ id: 'satisfaction', reason: '本期未调查' }]);
    expect(seen.subjects[0]?.total).toBe('50.00');
  });
});

test('figures of cases come from the clocks that are over, of whoever answers for them (S002-27)', async () => {
  desk.now.ms = Date.parse('2026-10-09T09:00:00+08:00');
  agreementId = await vipService(desk);
  await withEvaluations(desk, agreementId, [CLOCKS]);
  const cases = caseDesk(desk);
  const complaint = (topic: string) => cases.open(agreementId, { as: 'A', type: 'complaint', topic });
  const solved = await complaint('行李未到');
  desk.now.ms += 60_000;
  const late = await complaint('接机迟到');
  await cases.act(agreementId, solved, 'resolve', { as: 'A', details: '行李已送达', told: true });
  desk.now.ms = Date.parse('2026-10-11T09:00:00+08:00');
  await cases.tick(late);
  await complaint('刚刚收到'); // its clock runs: it says nothing yet
  const id = await opened('clocks', { to: '2026-10-31' });
  await act(id, 'conclude', { as: 'A' });
  // one of two was solved in time; complaints have no clock for the response
  expect((await viewOf(id)).subjects).toMatchObject([
    {
      ...{ total: '50.00', leftOut: [{ id: 'response' }] },
      scores: [
        {
          indicator: { id: 'resolution' },
          value: '50',
          gathered: true,
          count: 2,
          sources: [{ id: solved }, { id: late }],
        },
      ],
    },
  ]);
});

test('to leave out whose result it is opens nobody’s: whoever sees none acts on none', async () => {
  await withEvaluations(desk, agreementId, [{ ...STAFF_RULES, selfAssessment: false, acknowledgers: ['B'] }]);
  const id = await opened('staff-appraisal');
  await act(id, 'acknowledge', { as: 'B' });
  const [li, wang] = [await person('李工'), await person('王工')];
  await act(id, 'enrol', { as: 'A', subject: li });
  const send = async (api: RunningApi, path: string, body: object) => {
    const { status, body: reply } = await ask(api, 'POST', `${at(id)}/${path}`, body, { Authorization: '' });
    return status === 202 ? 'taken' : ((reply.errors?.[0]?.path ?? reply.type) as string);
  };
  const client = await as(await seated('B'), 'party-member');
  const correction = { as: 'B', indicator: 'speed', value: '1', reason: '偏高' };
  expect(await send(client, 'correct', correction)).toBe('urn:abide:not-responsible');
  expect(await send(client, 'object', { as: 'B', reason: '偏高' })).toBe('urn:abide:not-responsible');
  expect(
    await desk.database.command.count({ where: { agreementId, status: 'pending', workflowId: { not: null } } }),
  ).toBe(0);
  // Of several, those who see their own alone mean themselves.
  await act(id, 'enrol', { as: 'A', subject: wang });
  const key = randomUUID();
  const objection = { as: 'staff', reason: '偏低' };
  const own = { Authorization: '', 'Idempotency-Key': key };
  expect((await ask(await as(wang), 'POST', `${at(id)}/object`, objection, own)).status).toBe(202);
  const { command } = await desk.database.command.findUniqueOrThrow({ where: { id: key } });
  expect(command).toMatchObject({ type: 'object', subject: wang, actor: { personId: wang } });
});

describe('results of staff', () => {
  test('are seen by the person, by whoever scores; after publication by the team, with the basis of each score (S001b-61)', async () => {
    const [li, wang, stranger] = [await person('李工'), await person('王工'), await person('赵工')];
    const id = await opened('staff-appraisal');
    for (const subject of [li, wang]) await act(id, 'enrol', { as: 'A', subject });
    for (const subject of [li, wang]) {
      expect(await refused(id, 'score', { as: 'A', subject, indicator: 'speed', value: '80', record: '录音' })).toBe(
        'score-missing',
      );
      await act(id, 'self-assess', { as: 'staff', subject, text: '响应及时' });
      for (const indicator of ['manners', 'speed']) {
        await act(
          id,
          'score',
          form({ as: 'A', subject, indicator, value: '80', record: '录音' }, { '录音.txt': subject }),
        );
      }
      await act(id, 'conclude', { as: 'A', subject });
    }

    const [own, other] = [await as(li), await as(stranger)];
    const mine = await viewOf(id, own); // without a seat in the agreement
    expect(mine.evaluated).toBe(2);
    expect(mine.subjects).toMatchObject([{ subject: li, name: '李工', total: '80.00', can: ['object'] }]);
    expect(mine.subjects[0]?.selfAssessment).toMatchObject({ text: '响应及时' });
    expect(JSON.stringify(mine)).not.toContain(wang);
    expect((await read(other, at(id))).body.type).toBe('urn:abide:unknown-agreement');
    expect((await read(own, `/agreements/${agreementId}`)).body.type).toBe('urn:abide:unknown-agreement');
    const client = await as(await seated('B'), 'party-member');
    expect((await read(client, at(id))).body.type).toBe('urn:abide:unknown-evaluation');
    expect(evaluationList.parse((await read(client, `/agreements/${agreementId}/evaluations`)).body).items).toEqual([]);
    const third = await as(await seated('B'), 'third-party');
    expect((await read(third, at(id))).status).toBe(403);
    const superior = await viewOf(id, await as(await seated('A'), 'party-member'));
    expect(superior.subjects.map(({ name }) => name)).toEqual(['李工', '王工']);

    // Papers of a result are beside it, and nowhere else.
    const file = superior.subjects[1]?.scores[0]?.documents[0]?.id ?? '';
    const bytes = (api: RunningApi, path: string) => read(api, `${path}/documents/${file}/content`);
    expect((await bytes(own, at(id))).body.type).toBe('urn:abide:unknown-document');
    expect((await bytes(client, `/agreements/${agreementId}`)).body.type).toBe('urn:abide:unknown-document');
    expect((await read(client, `/agreements/${agreementId}/documents`)).body.items).toEqual([]);
    const mails = (await read(client, `/agreements/${agreementId}/notices`)).body.items as { id: string }[];
    expect(mails.filter(({ id: mail }) => mail.startsWith('evaluation/'))).toEqual([]);

    // Nobody acts for somebody else.
    const speak = (api: RunningApi, path: string, body: object) =>
      ask(api, 'POST', `${at(id)}/${path}`, body, { Authorization: '' });
    const objection = { subject: wang, reason: '偏低' };
    expect((await speak(own, 'object', { as: 'staff', ...objection })).body.errors[0].path).toBe('subject');
    expect((await speak(own, 'object', { as: 'A', reason: '偏低' })).body.type).toBe('urn:abide:not-your-seat');
    const forThem = await ask(desk.api, 'POST', `${at(id)}/object`, { as: 'A', subject: li, reason: '偏低' });
    expect(forThem.body.type).toBe('urn:abide:not-responsible');
    expect(superior.subjects[0]?.can).not.toContain('object');
    expect((await speak(client, 'object', { as: 'B', ...objection })).body.type).toBe('urn:abide:unknown-evaluation');
    expect((await speak(own, 'score', { as: 'staff', indicator: 'speed', value: '100' })).body.type).toBe(
      'urn:abide:unknown-agreement',
    );

    desk.now.ms = Date.parse('2027-01-12T09:00:00+08:00');
    await tick(id);
    expect((await viewOf(id)).next.map(({ what }) => what)).toContain('publish');
    await act(id, 'publish', { as: 'A' });
    const team = await viewOf(id, own);
    expect(team.subjects.map(({ name, total }) => [name, total])).toEqual([
      ['李工', '80.00'],
      ['王工', '80.00'],
    ]);
    expect(team.subjects[1]?.scores[0]).toMatchObject({ record: '录音', points: '40.0000' });
    const groups = (await read(own, '/me/data')).body.groups as { group: string; items: object[] }[];
    expect(groups.find(({ group }) => group === 'evaluations')?.items).toMatchObject([
      { total: '80.00', scores: [{ value: '80' }, { value: '80' }], status: 'complete' },
    ]);
    expect((await read(client, at(id))).body.type).toBe('urn:abide:unknown-evaluation');
  });

  test('a late response is explained by whoever is responsible and decided by somebody else (S004-25)', async () => {
    const li = await person('李工');
    const number = `F-${randomUUID().slice(0, 8)}`;
    await desk.database.feedback.create({
      data: { agreementId, number, text: '没有人回复', receivedAt: new Date(desk.now.ms), channel: 'page' },
    });
    const id = await opened('late-responses');
    expect(await refused(id, 'enrol', { as: 'A', subject: li })).toBe('evidence-missing');
    await act(id, 'enrol', { as: 'A', subject: li, item: number, lateMinutes: 150 });
    const subject = `${li}/${number}`;
    const listed = await viewOf(id);
    expect(listed.next).toMatchObject([{ what: 'explain', who: [{ name: '李工' }] }]);
    expect(listed.subjects).toMatchObject([{ subject, name: '李工', late: { item: number, minutes: 150 } }]);
    const own = await as(li);
    expect((await viewOf(id, own)).subjects).toMatchObject([{ subject, can: ['explain'] }]);
    await act(id, 'explain', { as: 'staff', subject, text: '当日系统停机' });
    const explained = await viewOf(id);
    expect(explained.subjects[0]).toMatchObject({
      explanation: { text: '当日系统停机' },
      consequences: [{ kind: 'accountability', verdict: null }],
    });
    expect(explained.next).toMatchObject([{ what: 'decide', who: [{ subject: 'A' }] }]);
    await act(id, 'decide', { as: 'A', subject, verdict: 'decline', reason: '系统原因，不予追究' });
    expect((await viewOf(id)).subjects[0]?.consequences).toMatchObject([
      { verdict: 'decline', decision: '系统原因，不予追究' },
    ]);
    const late = await ask(desk.api, 'GET', `/agreements/${agreementId}/evaluations?late=true`);
    expect(evaluationList.parse(late.body).items.map(({ id: one }) => one)).toEqual([id]);
  });
});

/** What time alone brings about. */
async function tick(id: string): Promise<void> {
  const { workflowId } = await desk.database.process.findUniqueOrThrow({ where: { id } });
  await processDesk(desk).tell(workflowId, { type: 'tick', atMs: desk.now.ms, nowMs: desk.now.ms });
}

test('the same key opens the same evaluation; one of another agreement is unknown', async () => {
  const key = { 'Idempotency-Key': randomUUID() };
  const path = `/agreements/${agreementId}/evaluations`;
  const said = { as: 'A', rule: 'scoring', ...PERIOD };
  const [one, same] = [await ask(desk.api, 'POST', path, said, key), await ask(desk.api, 'POST', path, said, key)];
  expect(same.body).toEqual(one.body);
  const id = await opened('scoring');
  const other = await improvementAgreement(desk);
  const unknown = await ask(desk.api, 'GET', `/agreements/${other}/evaluations/${id}`);
  expect(unknown).toMatchObject({ status: 404, body: { type: 'urn:abide:unknown-evaluation' } });
  const open = await ask(desk.api, 'POST', `/agreements/${other}/evaluations`, said);
  expect(open.body.type).toBe('urn:abide:not-provided');
});
