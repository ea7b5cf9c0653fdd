import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stagesBoard } from '../../api/improvements/schema.ts';
import type { AccountPrincipal } from '../../api/policy.ts';
import {
  answerPage,
  audience,
  comparison,
  questionBank,
  questionResults,
  surveyProgress,
} from '../../api/surveys/insight-schema.ts';
import { cyclePage, questionnaireDraft } from '../../api/surveys/schema.ts';
import type { ApiDeps } from '../../api/deps.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { type Desk, ask, openDesk } from './desk.ts';
import { begunCycle, customers, improvementAgreement, processDesk } from './process-desk.ts';

let desk: Desk;
/** In this agreement two cycles are analysed and one is planned; in the other one is open. */
let agreementId: string;
let other: string;
let first: string;
let second: string;
let planned: string;
let secret: string;

const get = async (path: string) => (await ask(desk.api, 'GET', path)).body;
const at = (id: string): string => `/agreements/${agreementId}/surveys/${id}`;

type Json = { pages: { elements: Element[] }[] };
interface Element {
  name: string;
  type: string;
  role?: string;
  elements?: Element[];
  title?: unknown;
}

async function draft(path: string): Promise<Json> {
  return questionnaireDraft.parse(await get(`${path}/draft`)).json as unknown as Json;
}

function scored({ pages }: Json): string[] {
  const names = (list: Element[]): string[] =>
    list.flatMap((one) => (one.elements ? names(one.elements) : one.role === 'score' ? [one.name] : []));
  return pages.flatMap(({ elements }) => names(elements));
}

/** A cycle up to its figures: so many answers, each with one score for all and words of its own. */
async function lived(
  of: string,
  {
    occurrence,
    scores,
    anonymous = false,
    questionnaire,
    close = true,
  }: {
    occurrence: string;
    scores: number[];
    anonymous?: boolean;
    questionnaire?: (json: Json) => Json;
    close?: boolean;
  },
): Promise<string> {
  const { act, tell } = processDesk(desk);
  desk.now.ms = Date.parse(`${occurrence}T09:00:00+08:00`);
  const { id, workflowId } = await begunCycle(desk, of, {
    ...{ occurrence, channels: ['email'], dateAgreedBy: { seats: [], clauses: [] } },
    ...{ anonymous, minimumSample: 4, target: { measure: 'score', value: '4', clauses: ['S000-08'] } },
  });
  const path = `/agreements/${of}/surveys/${id}`;
  const json = (questionnaire ?? ((same) => same))(await draft(path));
  await act(`${path}/design`, { as: 'B', questionnaire: json });
  await act(`${path}/draw`, { as: 'B' });
  await act(`${path}/publish`, { as: 'B' });
  const sent = await desk.database.invitee.updateMany({
    where: { workflowId, status: 'drawn' },
    data: { status: 'sent', wave: 0, sentAt: new Date(desk.now.ms) },
  });
  await tell(workflowId, { type: 'invited', wave: 0, sent: sent.count, unreachable: 0 });
  const invitees = await desk.database.invitee.findMany({ where: { workflowId }, orderBy: { customerId: 'asc' } });
  for (const [index, score] of scores.entries()) {
    const { id: inviteeId, channel, tier } = invitees[index] ?? { id: '', channel: '', tier: '' };
    const words = { 'overall-suggestion': `第${String(index + 1)}位的意见` };
    await desk.database.answer.create({
      data: {
        ...{ workflowId, channel, tier, respondent: anonymous ? randomUUID() : inviteeId },
        inviteeId: anonymous ? null : inviteeId,
        answers: {
          ...Object.fromEntries(scored(json).map((name) => [name, score])),
          ...words,
        } as Prisma.InputJsonObject,
        receivedOn: `${occurrence.slice(0, 8)}${index < 2 ? '02' : '03'}`,
        receivedAt: anonymous ? null : new Date(desk.now.ms),
      },
    });
    await desk.database.invitee.update({ where: { id: inviteeId }, data: { answered: true } });
  }
  await tell(workflowId, { type: 'answers', cursor: '99', answered: scores.length, late: 0 });
  if (close) await act(`${path}/close`, { as: 'B' });
  return id;
}

beforeAll(async () => {
  desk = await openDesk();
  desk.now.ms = Date.parse('2026-01-05T09:00:00+08:00');
  agreementId = await improvementAgreement(desk);
  other = await improvementAgreement(desk);
  await customers(desk, 14, (index) => ({
    ...(index < 3 ? { tier: 'key' } : {}),
    ...(index === 12 ? { optedOutAt: new Date(desk.now.ms) } : {}),
    ...(index === 13 ? { surveyConsent: false } : {}),
    ...(index === 11 ? { email: null } : {}),
  }));
  first = await lived(agreementId, { occurrence: '2026-02-01', scores: [3, 3, 2, 4, 3, 3, 2, 3] });
  second = await lived(agreementId, {
    occurrence: '2026-05-01',
    scores: [5, 4, 5, 5, 4, 5, 4, 5],
    // One question is reworded, one is new.
    questionnaire: (json) => {
      const [page, ...rest] = json.pages;
      const [head, ...more] = page?.elements ?? [];
      if (!page || !head) throw new Error('the bank drafts nothing');
      const added = { type: 'comment', name: 'wish', role: 'text', title: { 'zh-cn': '您的期望？', en: 'Any wish?' } };
      return {
        ...json,
        pages: [
          {
            ...page,
            elements: [
              { ...head, title: { 'zh-cn': '总的来说，您满意吗？', en: 'In all, are you satisfied?' } },
              ...more,
            ],
          },
          ...rest.map((one) => ({ ...one, elements: [...one.elements, added] })),
        ],
      } as Json;
    },
  });
  secret = await lived(other, { occurrence: '2026-05-01', scores: [5, 4, 5, 3, 4], anonymous: true });
  ({ id: planned } = await begunCycle(desk, agreementId, { occurrence: '2026-08-01', minimumSample: 4 }));
  await lived(other, { occurrence: '2026-08-01', scores: [4, 4], close: false });
  desk.now.ms = Date.parse('2026-08-06T09:00:00+08:00');
}, 240_000);
afterAll(() => desk?.close());

test('cycles of all agreements: running ones first by their due day, each with what it waits for; page by page', async () => {
  const all = cyclePage.parse(await get('/surveys'));
  const statuses = all.items.map(({ status }) => status);
  // The last two are due on the same day: either comes first.
  expect([...statuses.slice(0, 3), ...statuses.slice(3).sort()]).toEqual([
    ...['analysed', 'analysed', 'analysed'],
    ...['open', 'planned'],
  ]);
  const dueAt = all.items.map(({ due }) => due?.localDate ?? '');
  expect(dueAt).toEqual(dueAt.toSorted());
  expect(all.counts).toEqual({ running: 5, overdue: 0, open: 1 });
  const waits = all.items.find(({ id }) => id === planned);
  expect(waits).toMatchObject({
    next: { step: 'design', by: [{ seat: 'B' }], on: waits?.due?.localDate },
    minimumSample: 4,
    overdue: false,
    agreement: { id: agreementId, parties: ['甲公司', '乙公司'] },
  });
  const seen: string[] = [];
  for (let cursor = ''; ;) {
    const page = cyclePage.parse(await get(`/surveys?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`));
    seen.push(...page.items.map(({ id }) => id));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(all.items.map(({ id }) => id));
  const found = async (query: string) => cyclePage.parse(await get(`/surveys?${query}`)).items.length;
  expect([
    await found('status=open'),
    await found('standing=over'),
    await found('search=乙公司'),
    await found('search=nobody'),
  ]).toEqual([...[1, 0, 5, 0]]);
  desk.now.ms = Date.parse('2027-01-06T09:00:00+08:00');
  expect(await found('overdue=true')).toBe(2);
  desk.now.ms = Date.parse('2026-08-06T09:00:00+08:00');
  expect(await ask(desk.api, 'GET', '/surveys?cursor=nonsense')).toMatchObject({ status: 400 });
});

test('the lists go along their indexes', async () => {
  const planOf = async (sql: string): Promise<string> =>
    desk.database.$transaction(async (tx) => {
      // A table of a few rows is read whole unless that is forbidden.
      await tx.$executeRawUnsafe('SET LOCAL enable_seqscan = off');
      await tx.$executeRawUnsafe('SET LOCAL enable_sort = off');
      return JSON.stringify(await tx.$queryRawUnsafe(`EXPLAIN ${sql}`));
    });
  const due = "((p.input -> 'due' ->> 'dueAtMs')::bigint)";
  const running = "('starting', 'planned', 'missed', 'open', 'closed', 'analysed')";
  expect(
    await planOf(
      `SELECT p.id::text AS id, ${due} AS d FROM process p WHERE p.type = 'survey' AND p.status IN ${running} ORDER BY 2, p.id LIMIT 31`,
    ),
  ).toContain('process_survey_running_idx');
  const over = "('closed', 'merged', 'dismissed', 'cancelled')";
  expect(
    await planOf(
      `SELECT p.id::text AS id, ((p.input ->> 'raisedAtMs')::bigint) AS r FROM process p WHERE p.type = 'improvement' AND p.status IN ${over} ORDER BY 2 DESC, p.id DESC LIMIT 21`,
    ),
  ).toContain('process_improvement_over_idx');
});

test('whoever is seated in one agreement is told of its cycles and findings alone', async () => {
  const organisation = await desk.database.organisation.create({ data: { name: '另一公司' } });
  const person = await desk.database.person.create({
    data: { organisationId: organisation.id, name: '周宁', email: 'zhou.ning@other.example' },
  });
  await desk.database.seat.create({ data: { agreementId: other, seat: 'observer', personId: person.id } });
  const account: AccountPrincipal = {
    ...{ kind: 'account', accountId: randomUUID(), personId: person.id, roles: ['party-member'] },
    ...{ via: 'session', scopes: null, sessionId: randomUUID() },
  };
  const accounts = { principalOf: () => Promise.resolve(account) } as unknown as NonNullable<ApiDeps['accounts']>;
  const api = await desk.another({ accounts, config: { publicUrl: 'http://127.0.0.1:8420' } });
  const cycles = cyclePage.parse((await ask(api, 'GET', '/surveys', undefined, { authorization: '' })).body);
  expect([...new Set(cycles.items.map(({ agreement }) => agreement.id))]).toEqual([other]);
  expect(cycles.counts).toMatchObject({ running: 2 });
  const board = stagesBoard.parse((await ask(api, 'GET', '/improvements', undefined, { authorization: '' })).body);
  expect(board.columns.flatMap(({ items }) => items.map(({ agreement }) => agreement.id))).not.toContain(agreementId);
  const foreign = await ask(api, 'GET', `${at(second)}/questions`, undefined, { authorization: '' });
  expect([403, 404]).toContain(foreign.status);
});

test('how answers came in: by day, against the minimum, with what became of everybody who was drawn', async () => {
  const progress = surveyProgress.parse(await get(`${at(second)}/progress`));
  expect(progress.days).toEqual([
    { on: '2026-05-02', answered: 2, late: 0 },
    { on: '2026-05-03', answered: 6, late: 0 },
  ]);
  expect(progress).toMatchObject({ drawn: 12, minimumSample: 4, publishedOn: '2026-05-01', daysLeft: null });
  expect(progress.standing).toMatchObject({ answered: 8, sent: 3, unreachable: 1, bounced: 0, optedOut: 0 });
  expect(progress.waves).toMatchObject([{ wave: 0, sent: 11 }]);
  expect(progress.tiers).toEqual([
    { tier: 'key', drawn: 3, reached: 3, answered: 3 },
    { tier: 'ordinary', drawn: 9, reached: 8, answered: 5 },
  ]);
  const hidden = surveyProgress.parse(await get(`/agreements/${other}/surveys/${secret}/progress`));
  expect(hidden.tiers.find(({ tier }) => tier === 'key')?.answered).toBeNull();
});

test('by question: distribution, interval, groups, and the answers behind them with who gave them', async () => {
  const results = questionResults.parse(await get(`${at(second)}/questions`));
  const [overall] = results.items;
  expect(overall).toMatchObject({ n: 8, mean: { value: '4.6250' }, title: { zh: '总的来说，您满意吗？' } });
  expect(overall?.distribution.map(({ count }) => count)).toEqual([0, 0, 0, 3, 5]);
  const key = questionResults.parse(await get(`${at(second)}/questions?by=tier&group=key`));
  expect([key.n, key.items[0]?.n]).toEqual([3, 3]);

  const fours = answerPage.parse(await get(`${at(second)}/answers?question=${overall?.name ?? ''}&value=4`));
  expect([fours.total, fours.items.length]).toEqual([3, 3]);
  expect(fours.items[0]).toMatchObject({ customer: { key: 'C-0001' }, channel: 'email', receivedOn: '2026-05-02' });
  const worded = answerPage.parse(await get(`${at(second)}/answers?words=true&limit=3`));
  expect(worded.items[0]?.said.find(({ isWords }) => isWords)?.value.zh).toBe('第1位的意见');
  const rest = answerPage.parse(
    await get(`${at(second)}/answers?words=true&limit=3&cursor=${worded.nextCursor ?? ''}`),
  );
  expect(rest.items[0]?.id).toBe('4');

  // Whoever had their data erased is not quoted any more.
  await desk.database.customer.update({ where: { key: 'C-0000' }, data: { erasedAt: new Date(desk.now.ms) } });
  const erased = answerPage.parse(await get(`${at(second)}/answers?limit=1`));
  expect(erased.items[0]?.said.some(({ isWords }) => isWords)).toBe(false);
  await desk.database.customer.update({ where: { key: 'C-0000' }, data: { erasedAt: null } });
});

test('anonymous answers tell nothing of whose they are, no group that figures hide, and nothing before they are analysed', async () => {
  const path = `/agreements/${other}/surveys/${secret}`;
  const page = answerPage.parse(await get(`${path}/answers`));
  expect(page).toMatchObject({ withheld: false, total: 5 });
  expect(
    page.items.every(({ customer, channel, receivedOn }) => !customer && channel === null && receivedOn === null),
  ).toBe(true);
  expect(answerPage.parse(await get(`${path}/answers?by=tier&group=ordinary`))).toMatchObject({
    ...{ withheld: true, why: 'anonymous-group', items: [] },
  });
  expect(questionResults.parse(await get(`${path}/questions?by=tier&group=key`))).toMatchObject({
    withheld: true,
    items: [],
  });
  expect(await ask(desk.api, 'GET', `${at(planned)}/questions`)).toMatchObject({
    ...{ status: 409, body: { type: 'urn:abide:survey-not-analysed' } },
  });
});

test('whom a draw would ask, and whom not and why; drawing by its seed asks the very same', async () => {
  const shown = audience.parse(await get(`${at(planned)}/audience?method=random&size=5`));
  expect(shown).toMatchObject({
    ...{ population: 14, willing: 12, drawn: 5, excluded: { optedOut: 1, noConsent: 1, archived: 0 } },
    tiers: [
      { tier: 'key', population: 3, willing: 3 },
      { tier: 'ordinary', population: 11, willing: 9 },
    ],
  });
  expect(shown.left).toMatchObject([
    { key: 'C-0012', why: 'opted-out' },
    { key: 'C-0013', why: 'no-consent' },
  ]);
  expect(await desk.database.invitee.count({ where: { workflowId: 'preview' } })).toBe(0);
  await processDesk(desk).act(`${at(planned)}/draw`, { as: 'B', method: 'random', size: 5, seed: shown.seed });
  const { snapshot } = await desk.database.process.findUniqueOrThrow({ where: { id: planned } });
  expect((snapshot as { sample: { sha256: string } }).sample.sha256).toBe(shown.sha256);
  const only = audience.parse(await get(`${at(planned)}/audience?tiers=key`));
  expect([only.population, only.drawn]).toEqual([3, 3]);
  expect(await ask(desk.api, 'GET', `${at(planned)}/audience?method=random`)).toMatchObject({
    ...{ status: 400, body: { errors: [{ path: 'size' }] } },
  });
});

test('cycles side by side: what changed by more than chance, where the questionnaire changed, and by the same questions alone', async () => {
  const path = `/agreements/${agreementId}/survey-comparison`;
  const found = comparison.parse(await get(path));
  expect(found.cycles.map(({ id }) => id)).toEqual([first, second]);
  expect(found.cycles[1]).toMatchObject({
    ...{ answered: 8, isBelowMinimum: false, overall: { mean: { value: '4.6250' } } },
    overallChange: { value: '1.7500', isMoreThanChance: true },
    satisfiedChange: { isMoreThanChance: true },
  });
  expect(found.cycles[0]?.overallChange).toBeNull();
  expect(found.changes).toMatchObject([
    {
      added: [{ zh: '您的期望？' }],
      removed: [],
      reworded: [{ after: { zh: '总的来说，您满意吗？' } }],
      rescaled: false,
    },
  ]);
  expect(found.dimensions.every(({ cycles }) => cycles.length === 2)).toBe(true);
  const same = comparison.parse(await get(`${path}?only=same&cycles=${first},${second}`));
  expect(same.only).toBe('same');
  expect(same.dimensions.map(({ id }) => id)).not.toContain('overall-satisfaction');
  expect(found.dimensions.map(({ id }) => id)).toContain('overall-satisfaction');
  expect(same.dimensions[0]?.cycles[1]?.change).toMatchObject({ isMoreThanChance: true });
  expect(await ask(desk.api, 'GET', `${path}?cycles=${secret}`)).toMatchObject({ status: 404 });
  expect(comparison.parse(await get(`${path}?cycles=${first}`)).cycles).toHaveLength(1);
});

test('findings of all agreements by stage, each with its owner and its next date; a column goes on page by page', async () => {
  await ask(desk.api, 'POST', `/agreements/${agreementId}/improvements`, {
    as: 'A',
    severity: 4,
    title: '热线无人接听',
  });
  await ask(desk.api, 'POST', `/agreements/${other}/improvements`, { as: 'A', severity: 2, title: '账单难懂' });
  const board = stagesBoard.parse(await get('/improvements'));
  const raised = board.columns.find(({ stage }) => stage === 'raised');
  expect(raised?.count).toBeGreaterThanOrEqual(2);
  expect(raised?.items.map(({ title }) => title)).toEqual(expect.arrayContaining(['热线无人接听', '账单难懂']));
  const one = stagesBoard.parse(await get('/improvements?stage=raised&limit=1'));
  expect(one.columns).toHaveLength(1);
  const next = stagesBoard.parse(
    await get(`/improvements?stage=raised&limit=1&cursor=${one.columns[0]?.nextCursor ?? ''}`),
  );
  expect(next.columns[0]?.items[0]?.id).toBe(raised?.items[1]?.id);
  expect(await ask(desk.api, 'GET', '/improvements?cursor=abc')).toMatchObject({
    ...{ status: 400, body: { errors: [{ path: 'stage' }] } },
  });
  const none = stagesBoard.parse(await get('/improvements?reopened=true'));
  expect(none.columns.every(({ count, items }) => count === 0 && items.length === 0)).toBe(true);
});

test('the bank of questions names what each asks about', async () => {
  const bank = questionBank.parse(await get('/question-bank'));
  expect(bank.items.length).toBeGreaterThan(5);
  expect(bank.items.every(({ text, dimension }) => text.zh !== '' && dimension.title.en !== '')).toBe(true);
});
