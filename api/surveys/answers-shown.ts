import type { z } from 'zod';
import { type Grouping, SMALLEST_GROUP } from '../../domain/survey/figures.ts';
import type { Choice, MatrixRow, Question } from '../../domain/survey/question.ts';
import { type Answers, readQuestions } from '../../domain/survey/questionnaire.ts';
import { meanEstimate, npsEstimate, proportionEstimate } from '../../domain/survey/statistics.ts';
import type { Text } from '../../domain/time.ts';
import type { Database } from '../../prisma/database.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { Problem } from '../problem.ts';
import { type SurveyProcess, belongingOf, findSurvey } from '../process/rows.ts';
import type { answerPage, answersQuery, questionResults, questionsQuery } from './insight-schema.ts';

type Results = z.output<typeof questionResults>;
type Item = Results['items'][number];
type Page = z.output<typeof answerPage>;

/** An answer that counts, as it is stored. */
interface Row {
  cursor: bigint;
  inviteeId: string | null;
  channel: string;
  tier: string | null;
  department: string | null;
  branch: string | null;
  receivedOn: string;
  answers: Answers;
}

interface Shown {
  cycle: SurveyProcess;
  questions: Question[];
  rows: Row[];
  /** Why nothing is shown; null: it is. */
  why: 'too-few' | 'anonymous-group' | null;
}

/**
 * The answers that count of a cycle that was analysed, or why they are not shown. Before its analysis nobody looks into them; of
 * an anonymous cycle never fewer than five, and no group that its figures do not show (docs/surveys.md).
 *
 * @throws Problem `unknown-survey`, `survey-not-analysed`
 */
async function shownAnswers(
  database: Database,
  { agreementId, id, by, group }: { agreementId: string; id: string; by?: Grouping; group?: string },
): Promise<Shown> {
  const cycle = await findSurvey(database, agreementId, id);
  const { state, input, row } = cycle;
  if (state.figures === null || state.questionnaire === null) throw new Problem('survey-not-analysed');
  const stored = await database.questionnaire.findUnique({ where: { sha256: state.questionnaire.sha256 } });
  const read = readQuestions(stored?.json);
  const questions = 'problems' in read ? [] : read.questions;
  const { anonymous } = input.survey;
  const isHidden =
    by !== undefined &&
    anonymous &&
    !state.figures.groups.some((one) => one.by === by && one.key === group && one.measures !== null);
  if (anonymous && state.figures.answered < SMALLEST_GROUP) return { cycle, questions, rows: [], why: 'too-few' };
  if (isHidden) return { cycle, questions, rows: [], why: 'anonymous-group' };
  const rows = (await database.answer.findMany({
    where: { workflowId: row.workflowId, late: false, ...(await groupWhere(database, by, group)) },
    orderBy: { cursor: 'asc' },
    select: {
      ...{ cursor: true, inviteeId: true, channel: true, tier: true, department: true, branch: true },
      ...{ receivedOn: true, answers: true },
    },
  })) as Row[];
  return { cycle, questions, rows, why: null };
}

/** A branch has its own answers and those of all below it. */
async function groupWhere(database: Database, by: Grouping | undefined, group = '') {
  if (by === undefined) return {};
  if (by !== 'branch') return { [by]: group };
  const rows = await database.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE below AS (
      SELECT id FROM organisation WHERE id::text = ${group}
      UNION SELECT o.id FROM organisation o JOIN below b ON o.parent_id = b.id)
    SELECT id::text AS id FROM below`;
  return { branch: { in: rows.map(({ id }) => id) } };
}

/** A question, or a row of a matrix, as one thing that was asked. */
interface Asked {
  name: string;
  question: Question;
  row: MatrixRow | null;
}

function askedOf(questions: readonly Question[]): Asked[] {
  return questions.flatMap((question): Asked[] =>
    question.rows.length > 0
      ? question.rows.map((row) => ({ name: `${question.name}.${row.value}`, question, row }))
      : [{ name: question.name, question, row: null }],
  );
}

function givenTo({ question, row }: Asked, answers: Answers): unknown {
  const given = Object.hasOwn(answers, question.name) ? answers[question.name] : undefined;
  if (row === null) return given;
  const rows = (given ?? {}) as Record<string, unknown>;
  return Object.hasOwn(rows, row.value) ? rows[row.value] : undefined;
}

const isSaid = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

function titleOf({ question, row }: Asked): Text {
  if (row === null) return question.title;
  return { zh: `${question.title.zh}：${row.title.zh}`, en: `${question.title.en}: ${row.title.en}` };
}

/** What each question of a cycle was answered with. @throws Problem `unknown-survey`, `survey-not-analysed` */
export async function questionResultsOf(
  database: Database,
  { agreementId, id, asked }: { agreementId: string; id: string; asked: z.output<typeof questionsQuery> },
): Promise<Results> {
  const [belonging, shown] = await Promise.all([
    belongingOf(database, agreementId),
    shownAnswers(database, { agreementId, id, ...groupOf(asked) }),
  ]);
  const { minimumSample } = shown.cycle.input.survey;
  if (shown.why !== null) return { withheld: true, n: 0, minimumSample, items: [] };
  const items = askedOf(shown.questions)
    .filter(({ question }) => question.type !== 'file')
    .map((one): Item => itemOf(one, shown.rows, belonging.dimension));
  return { withheld: false, n: shown.rows.length, minimumSample, items };
}

function groupOf({ by, group }: { by?: Grouping | undefined; group?: string | undefined }) {
  return by === undefined || group === undefined ? {} : { by, group };
}

function itemOf(one: Asked, rows: readonly Row[], dimension: (id: string) => { id: string; title: Text }): Item {
  const { question, row } = one;
  const said = rows.map(({ answers }) => givenTo(one, answers)).filter(isSaid);
  const { scale, role, choices } = question;
  const numbers = scale === null ? [] : said.filter((value): value is number => typeof value === 'number');
  const of = row?.dimension ?? question.dimension;
  const isScored = scale !== null && role !== 'nps';
  const content = isScored ? numbers.filter((value) => value >= scale.max - 1).length : 0;
  return {
    name: one.name,
    question: question.name,
    row: row?.value ?? null,
    title: titleOf(one),
    type: question.type,
    role,
    dimension: of === null ? null : dimension(of),
    n: said.length,
    mean: scale === null ? null : meanEstimate(numbers, scale),
    satisfied: role === 'score' ? proportionEstimate(content, numbers.length) : null,
    nps: role === 'nps' ? npsEstimate(numbers) : null,
    scale,
    distribution: distributionOf(choices, said),
  };
}

function distributionOf(choices: readonly Choice[], said: readonly unknown[]): Item['distribution'] {
  return choices.map(({ value, title }) => {
    const count = said.filter((one) => (Array.isArray(one) ? one.includes(value) : one === value)).length;
    return { value, title, count, share: said.length === 0 ? 0 : count / said.length };
  });
}

/**
 * The answers behind a figure, one by one. Of an anonymous cycle without customer, day, channel and group: whoever is listed by a
 * trait could be told by putting two lists side by side.
 *
 * @throws Problem `unknown-survey`, `survey-not-analysed`
 */
export async function answersOf(
  database: Database,
  { agreementId, id, asked }: { agreementId: string; id: string; asked: z.output<typeof answersQuery> },
): Promise<Page> {
  const shown = await shownAnswers(database, { agreementId, id, ...groupOf(asked) });
  const { anonymous } = shown.cycle.input.survey;
  const why = shown.why ?? (anonymous && asked.by !== undefined ? 'anonymous-group' : null);
  if (why !== null) return { withheld: true, why, total: 0, items: [], nextCursor: null };
  const all = askedOf(shown.questions);
  const fitting = shown.rows.filter(({ answers }) => fits(all, answers, asked));
  const from = asked.cursor === undefined ? 0 : readCursor(asked.cursor, ['number'])[0];
  const page = fitting.slice(from, from + asked.limit);
  const customerOf = await customersOf(database, page);
  return {
    withheld: false,
    why: null,
    total: fitting.length,
    items: page.map((row, index) => {
      const customer = customerOf(row.inviteeId);
      return {
        // No place in the order of arrival: it could be held beside a log.
        id: String(from + index + 1),
        channel: anonymous ? null : row.channel,
        receivedOn: anonymous ? null : row.receivedOn,
        customer: anonymous ? null : customer,
        said: saidIn(all, row.answers, customer?.erased ?? false),
      };
    }),
    nextCursor: from + page.length < fitting.length ? writeCursor([from + page.length]) : null,
  };
}

function fits(
  all: readonly Asked[],
  answers: Answers,
  { question, value, words }: z.output<typeof answersQuery>,
): boolean {
  const one = all.find(({ name }) => name === question);
  if (question !== undefined && !one) return false;
  const given = one === undefined ? undefined : givenTo(one, answers);
  if (one && !isSaid(given)) return false;
  if (value !== undefined) {
    const list: unknown[] = Array.isArray(given) ? given : [given];
    if (!list.some((each) => String(each) === value)) return false;
  }
  return words === undefined || all.some((each) => isWords(each) && isSaid(givenTo(each, answers)));
}

const isWords = ({ question: { type } }: Asked): boolean => type === 'text' || type === 'comment';

async function customersOf(database: Database, rows: readonly Row[]) {
  const ids = rows.flatMap(({ inviteeId }) => inviteeId ?? []);
  const invitees = await database.invitee.findMany({
    where: { id: { in: ids } },
    select: { id: true, customerId: true },
  });
  const customers = await database.customer.findMany({
    where: { id: { in: invitees.map(({ customerId }) => customerId) } },
    select: { id: true, key: true, name: true, erasedAt: true },
  });
  return (inviteeId: string | null): Page['items'][number]['customer'] => {
    const customerId = invitees.find(({ id }) => id === inviteeId)?.customerId;
    const found = customers.find(({ id }) => id === customerId);
    return found ? { id: found.id, key: found.key, name: found.name, erased: found.erasedAt !== null } : null;
  };
}

/** What somebody said, in words. Free words of whoever had their data erased are not told any more. */
function saidIn(all: readonly Asked[], answers: Answers, isErased: boolean): Page['items'][number]['said'] {
  return all.flatMap((one) => {
    const given = givenTo(one, answers);
    if (!isSaid(given) || one.question.type === 'file' || (isErased && isWords(one))) return [];
    return [{ name: one.name, title: titleOf(one), value: wordsOf(one.question, given), isWords: isWords(one) }];
  });
}

function wordsOf({ choices, scale }: Question, given: unknown): Text {
  const list: unknown[] = Array.isArray(given) ? given : [given];
  const words = list.map((value): Text => {
    const choice = choices.find((one) => one.value === value);
    const plain = String(value);
    if (!choice) return { zh: plain, en: plain };
    const { zh, en } = choice.title;
    // A scale with words for its ends still is a number.
    return scale === null || zh === plain ? { zh, en } : { zh: `${plain}（${zh}）`, en: `${plain} (${en})` };
  });
  return { zh: words.map(({ zh }) => zh).join('、'), en: words.map(({ en }) => en).join(', ') };
}
