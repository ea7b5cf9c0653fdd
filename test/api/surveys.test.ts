import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { questionnaireDraft, survey as surveySchema, surveyList } from '../../api/surveys/schema.ts';
import { warningsOf } from '../../api/surveys/questionnaire.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { type Desk, ask, form, openDesk } from './desk.ts';
import { begunCycle, customers, improvementAgreement, processDesk } from './process-desk.ts';

let desk: Desk;
let agreementId: string;

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(async () => {
  await desk.database.$executeRaw`TRUNCATE customer, invitee, answer`;
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
  agreementId = await improvementAgreement(desk);
  desk.now.ms = Date.parse('2026-10-01T09:00:00+08:00');
});
afterAll(() => desk?.close());

const at = (id: string): string => `/agreements/${agreementId}/surveys/${id}`;
const viewOf = async (id: string) => surveySchema.parse((await ask(desk.api, 'GET', at(id))).body);
const bank = async (id: string) => questionnaireDraft.parse((await ask(desk.api, 'GET', `${at(id)}/draft`)).body);

/** Sends everybody their invitation, as the worker's activity marks it. */
async function invite(workflowId: string): Promise<void> {
  const sent = await desk.database.invitee.updateMany({
    where: { workflowId, status: 'drawn' },
    data: { status: 'sent', wave: 0, sentAt: new Date(desk.now.ms) },
  });
  await processDesk(desk).tell(workflowId, { type: 'invited', wave: 0, sent: sent.count, unreachable: 0 });
}

/** What the first so many of those asked answer: the same score to all questions. */
async function answer(workflowId: string, scores: number[]): Promise<void> {
  const { snapshot } = await desk.database.process.findUniqueOrThrow({ where: { workflowId } });
  const { sha256 } = (snapshot as { questionnaire: { sha256: string } }).questionnaire;
  const { json } = await desk.database.questionnaire.findUniqueOrThrow({ where: { sha256 } });
  const { pages } = json as { pages: { elements: { name: string; role: string }[] }[] };
  const names = pages.flatMap(({ elements }) => elements).filter(({ role }) => role === 'score');
  const invitees = await desk.database.invitee.findMany({ where: { workflowId }, orderBy: { customerId: 'asc' } });
  for (const [index, score] of scores.entries()) {
    const invitee = invitees[index];
    if (!invitee) throw new Error('more answers than invitees');
    const { id, channel, tier, branch, department } = invitee;
    await desk.database.answer.create({
      data: {
        ...{ workflowId, respondent: id, inviteeId: id, channel, tier, branch, department },
        answers: Object.fromEntries(names.map(({ name }) => [name, score])) as Prisma.InputJsonObject,
        receivedOn: '2026-10-10',
        receivedAt: new Date(desk.now.ms),
      },
    });
    await desk.database.invitee.update({ where: { id }, data: { answered: true } });
  }
  await processDesk(desk).tell(workflowId, { type: 'answers', cursor: '9', answered: scores.length, late: 0 });
}

test('a cycle over HTTP: questionnaire, date, sample, publication, answers, figures, findings, report (S000-18, -25, -28)', async () => {
  const { act } = processDesk(desk);
  await customers(desk, 12, (index) => ({
    ...(index < 2 ? { tier: 'key' } : {}),
    ...(index === 10 ? { surveyConsent: false } : {}),
    ...(index === 11 ? { archivedAt: new Date(desk.now.ms) } : {}),
    ...(index === 9 ? { email: null } : {}),
  }));
  const { id, workflowId } = await begunCycle(desk, agreementId, {
    occurrence: '2026-10-01',
    channels: ['email'],
    minimumSample: 3,
    target: { measure: 'score', value: '4', clauses: ['S000-08'] },
  });
  const begun = await viewOf(id);
  expect(begun).toMatchObject({ status: 'planned', questionnaire: null, sample: null, figures: null });
  expect(begun.can).toContain('design');
  expect(begun.can).not.toContain('publish');
  expect(begun.as.design).toContainEqual({ as: 'B', onBehalfOf: null });
  expect(begun.as.design).not.toContainEqual({ as: 'A', onBehalfOf: null });

  const draft = await bank(id);
  // S004-15: of a number that was agreed; without one nobody is told anything.
  expect(draft.warnings).toEqual([]);
  const agreed = (name: string) => (name === 'maxQuestionsWarn' ? 2 : null);
  const [warning] = warningsOf({ term: agreed }, draft.json);
  expect(warning).toMatchObject({
    code: 'too-many-questions',
    message: { zh: expect.stringContaining('约定的 2 题') as string },
  });
  await act(`${at(id)}/design`, { as: 'B', questionnaire: draft.json });
  await act(`${at(id)}/propose-date`, { as: 'B', date: '2026-10-01' });
  const dated = await viewOf(id);
  expect(dated.date).toMatchObject({ proposed: '2026-10-01', waitsFor: [{ seat: 'A' }], agreed: false });
  expect(dated.as['accept-date']).toEqual([{ as: 'A', onBehalfOf: null }]);
  await act(`${at(id)}/accept-date`, { as: 'A', date: '2026-10-01' });

  await act(`${at(id)}/draw`, { as: 'B', seed: 'season-4' });
  const drawn = await viewOf(id);
  expect(drawn.sample).toMatchObject({ method: 'all', population: 11, drawn: 10, unreachable: 1, optedOut: 1 });
  expect(drawn.sample?.tiers).toEqual({ key: 2, ordinary: 8 });
  expect(drawn.unreached).toMatchObject({ count: 1, customers: [{ key: 'C-0009', status: 'unreachable' }] });
  expect(drawn.can).toContain('publish');

  await act(`${at(id)}/publish`, { as: 'B' });
  await invite(workflowId);
  await answer(workflowId, [5, 5, 4, 4, 2]);
  const open = await viewOf(id);
  expect(open).toMatchObject({ status: 'open', invited: 9, answered: 5, unreachable: 1 });
  expect(open.channels).toEqual([{ channel: 'email', drawn: 10, reached: 9, answered: 5 }]);
  expect(open.can).toContain('close');

  await act(`${at(id)}/close`, { as: 'B' });
  const analysed = await viewOf(id);
  // 5, 5, 4, 4, 2: mean 20 ÷ 5 = 4; four of five are 4 or 5; 5 of 10 drawn answered, 9 were reached.
  expect(analysed).toMatchObject({ status: 'analysed', score: '4.0000', verdict: 'reached' });
  expect(analysed.figures?.overall).toMatchObject({ n: 5, mean: { value: '4.0000' }, satisfied: { value: '0.8000' } });
  expect(analysed.figures).toMatchObject({
    drawn: 10,
    reached: 9,
    responseRate: { value: '0.5000' },
    coverage: { value: '0.9000' },
  });
  expect(analysed.figures?.dimensions.find(({ id: one }) => one === 'communication')?.title.zh).toBe('沟通效果');
  expect(analysed.figures?.groups).toContainEqual(
    expect.objectContaining({ by: 'tier', key: 'key', title: { zh: '重点客户', en: 'key customers' } }),
  );

  await act(`${at(id)}/raise`, {
    ...{ as: 'A', dimension: 'communication', frequency: 3, severity: 4 },
    ...{ title: '回复电话不及时', details: '多位客户反映' },
  });
  await act(
    `${at(id)}/release`,
    form({ as: 'B', judgement: '沟通效果是关键因素', recommendations: '增加坐席' }, { '分析报告.pdf': '%PDF-' }),
  );
  // The one who gave 2 raised it: the first four, with both key customers among them, are content.
  const { input } = await desk.database.process.findFirstOrThrow({ where: { agreementId, type: 'improvement' } });
  const fifth = await desk.database.customer.findUniqueOrThrow({ where: { key: 'C-0004' } });
  expect((input as { finding: object }).finding).toMatchObject({
    raisedBy: [fifth.id],
    frequency: 3,
    customerWeight: 1,
  });
  const unasked = { as: 'A', dimension: 'communication', severity: 1, title: 'x', customers: [randomUUID()] };
  expect(await ask(desk.api, 'POST', `${at(id)}/raise`, unasked)).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'customers[0]' }] },
  });
  const reported = await viewOf(id);
  expect(reported.status).toBe('reported');
  expect(reported.report).toMatchObject({
    judgement: '沟通效果是关键因素',
    recommendations: '增加坐席',
    documents: [{ fileName: '分析报告.pdf' }],
    by: '吴敏',
  });
  expect(reported.findings).toMatchObject([
    { finding: 'finding-1', dimension: { id: 'communication' }, improvement: { status: 'raised' } },
  ]);
  expect(reported.events.map(({ type }) => type)).toContain('survey-report-released');
  const list = surveyList.parse((await ask(desk.api, 'GET', `/agreements/${agreementId}/surveys`)).body);
  expect(list.items).toMatchObject([{ id, status: 'reported', score: '4.0000', answered: 5 }]);
});

test('nothing that people wrote enters commands, events, state or the input of what follows (GDPR art. 17)', async () => {
  const { act } = processDesk(desk);
  await customers(desk, 3);
  const { id, workflowId } = await begunCycle(desk, agreementId, {
    occurrence: '2026-10-01',
    channels: ['email'],
    dateAgreedBy: { seats: [], clauses: [] },
  });
  await act(`${at(id)}/design`, { as: 'B', questionnaire: (await bank(id)).json });
  await act(`${at(id)}/draw`, { as: 'B' });
  await act(`${at(id)}/publish`, { as: 'B' });
  await act(`${at(id)}/raise`, { as: 'A', severity: 2, title: '张三说电话 13800000000', details: '张三' });
  const held = await Promise.all([
    desk.database.command.findMany({ where: { workflowId }, select: { command: true } }),
    desk.database.event.findMany({ where: { agreementId }, select: { body: true } }),
    desk.database.process.findMany({ where: { agreementId }, select: { input: true, snapshot: true } }),
  ]);
  expect(JSON.stringify(held)).not.toContain('张三');
  expect(JSON.stringify(held)).not.toContain('您'); // no question either
});

test('a draw is put in place with its record: again before publication, never after, and a refused one leaves all as it was', async () => {
  const { act, record } = processDesk(desk);
  await customers(desk, 40);
  const { id, workflowId } = await begunCycle(desk, agreementId, {
    occurrence: '2026-10-01',
    channels: ['email'],
    dateAgreedBy: { seats: [], clauses: [] },
  });
  const asked = async () =>
    (await desk.database.invitee.findMany({ where: { workflowId }, orderBy: { customerId: 'asc' } })).map(
      ({ customerId }) => customerId,
    );
  const draw = { as: 'B', method: 'random', size: 5 };
  await act(`${at(id)}/draw`, { ...draw, seed: 'first' });
  const first = await asked();
  expect(first).toHaveLength(5);
  await act(`${at(id)}/draw`, { ...draw, seed: 'second' });
  const second = await asked();
  expect(second).toHaveLength(5);
  expect(second).not.toEqual(first);
  await act(`${at(id)}/draw`, { ...draw, seed: 'first' });
  expect(await asked()).toEqual(first);

  const key = randomUUID();
  await ask(desk.api, 'POST', `${at(id)}/draw`, { ...draw, seed: 'third' }, { 'Idempotency-Key': key });
  expect(await asked()).toEqual(first); // kept beside its command until that is recorded
  await act(`${at(id)}/design`, { as: 'B', questionnaire: (await bank(id)).json });
  await act(`${at(id)}/publish`, { as: 'B' });
  await expect(record(key)).rejects.toThrow('already-published');
  expect(await asked()).toEqual(first);

  const tooWide = await ask(desk.api, 'POST', `${at(id)}/draw`, { as: 'B', method: 'random' });
  expect(tooWide).toMatchObject({ status: 400, body: { errors: [{ path: 'size' }] } });
});

test('a broken questionnaire is refused with every place that is wrong, and nothing is kept of it', async () => {
  const { id } = await begunCycle(desk, agreementId, { occurrence: '2026-10-01' });
  const before = await desk.database.questionnaire.count();
  const element = { type: 'rating', name: 'a', role: 'score', dimension: 'communication', title: 'A' };
  const questionnaire = {
    pages: [{ elements: [element, { ...element, choicesByUrl: { url: 'https://x' } }, { type: 'iframe', name: 'b' }] }],
  };
  const refused = await ask(desk.api, 'POST', `${at(id)}/design`, { as: 'B', questionnaire });
  expect(refused).toMatchObject({ status: 422, body: { type: 'urn:abide:questionnaire-invalid' } });
  const paths = refused.body.errors.map(({ path }: { path: string }) => path);
  expect(paths).toContain('questionnaire.pages[0].elements[1].choicesByUrl');
  expect(paths.some((path: string) => path.startsWith('questionnaire.pages[0].elements[2]'))).toBe(true);
  expect(await desk.database.questionnaire.count()).toBe(before);
  const wide = { as: 'B', questionnaire: {}, weights: { communication: '40%' } };
  const wrong = await ask(desk.api, 'POST', `${at(id)}/design`, wide);
  expect(wrong).toMatchObject({ status: 400, body: { errors: [{ path: 'weights.communication' }] } });
});

test('a goal that lies off the scale of a questionnaire is named with it; the bank drafts on one that holds it', async () => {
  const { compiled } = await desk.database.agreement.findUniqueOrThrow({ where: { id: agreementId } });
  const goal = { id: 'expiry-score', clauses: ['S000-08'], measure: 'satisfaction-score', how: 'reach', by: 'value' };
  const rest = { target: '85', baseline: null, scale: 'questionnaire', survey: null, judged: { at: 'expiry' } };
  const { id } = await begunCycle(desk, agreementId, { occurrence: '2026-10-01' });
  const narrow = (await bank(id)).json;
  await desk.database.agreement.update({
    where: { id: agreementId },
    data: { compiled: { ...(compiled as object), goals: [{ ...goal, ...rest }] } as unknown as Prisma.InputJsonObject },
  });
  const refused = await ask(desk.api, 'POST', `${at(id)}/design`, { as: 'B', questionnaire: narrow });
  expect(refused).toMatchObject({ status: 422, body: { type: 'urn:abide:questionnaire-invalid' } });
  expect(refused.body.errors[0].message).toContain('85');
  expect(refused.body.errors[0].message).toContain('1–5');
  const wide = (await bank(id)).json;
  expect(JSON.stringify(wide)).toContain('"rateMax":100');
  await processDesk(desk).act(`${at(id)}/design`, { as: 'B', questionnaire: wide });
});

test('a cycle of another agreement, or none at all, is unknown', async () => {
  const { id } = await begunCycle(desk, agreementId, { occurrence: '2026-10-01' });
  const other = await improvementAgreement(desk);
  for (const path of [`/agreements/${other}/surveys/${id}`, at(randomUUID()), at('nonsense')]) {
    expect(await ask(desk.api, 'GET', path)).toMatchObject({ status: 404, body: { type: 'urn:abide:unknown-survey' } });
  }
  const acted = await ask(desk.api, 'POST', `/agreements/${other}/surveys/${id}/close`, { as: 'B' });
  expect(acted).toMatchObject({ status: 404, body: { type: 'urn:abide:unknown-survey' } });
});
