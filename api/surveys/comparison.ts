import type { z } from 'zod';
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../activities/chain.ts';
import { baselineOf, standing } from '../../domain/goal/goals.ts';
import { analyse } from '../../domain/survey/analysis.ts';
import {
  type Difference,
  meanDifference,
  npsDifference,
  proportionDifference,
} from '../../domain/survey/difference.ts';
import type { Estimate, Figures, Measures } from '../../domain/survey/figures.ts';
import type { Question } from '../../domain/survey/question.ts';
import { type Answers, readQuestions } from '../../domain/survey/questionnaire.ts';
import type { Text } from '../../domain/time.ts';
import { localDateAt } from '../../domain/zone.ts';
import type { Database } from '../../prisma/database.ts';
import { Problem } from '../problem.ts';
import { type Belonging, type SurveyProcess, belongingOf, surveyProcess } from '../process/rows.ts';
import { findAgreement, obligationTitle, stateOf } from '../views.ts';
import type { comparison, comparisonQuery } from './insight-schema.ts';

type Comparison = z.output<typeof comparison>;
type Cycle = Comparison['cycles'][number];

/** Cycles that are compared where nobody chose, and at most. */
const USUALLY = 4;
const AT_MOST = 12;

/** A cycle with its figures and what it asked. */
interface Analysed {
  process: SurveyProcess;
  figures: Figures;
  questions: Question[];
  closedOn: string;
}

/**
 * Cycles of one survey side by side: figures with their intervals, whether what changed is more than chance, and where the
 * questionnaire is another one than before. Figures are those on record, or reckoned anew from the questions that all of
 * them asked alike.
 *
 * @throws Problem `unknown-agreement`, `not-started`, `unknown-survey`
 */
export async function comparisonOf(
  database: Database,
  { agreementId, asked }: { agreementId: string; asked: z.output<typeof comparisonQuery> },
): Promise<Comparison> {
  const belonging = await belongingOf(database, agreementId);
  const rows = await database.process.findMany({
    where: { agreementId, type: 'survey', status: { in: ['analysed', 'reported'] } },
  });
  const all = rows
    .map(surveyProcess)
    .filter(({ state }) => state.figures !== null && state.closedAtMs !== null)
    .sort((a, b) => (a.state.closedAtMs ?? 0) - (b.state.closedAtMs ?? 0));
  const dutyOf = ({ input }: SurveyProcess): string => input.survey.obligation;
  const duties = [...new Set(all.map(dutyOf))];
  const duty = asked.survey ?? duties[0] ?? null;
  const available = all.filter((one) => dutyOf(one) === duty);
  const chosen = chosenOf(available, asked.cycles);
  const cycles = await analysedOf(database, chosen);
  const same = sameQuestions(cycles);
  const only = asked.only ?? 'all';
  const shown = only === 'same' ? await reckonedAnew(database, cycles, same) : cycles;
  const isSameScale = shown.every(({ figures }) => scaleText(figures) === scaleText(shown[0]?.figures));
  return {
    surveys: duties.map((survey) => ({
      survey,
      title: obligationTitle(belonging.template, survey),
      cycles: all.filter((one) => dutyOf(one) === survey).length,
    })),
    survey: duty,
    available: available.map(({ row, input, state }) => ({
      ...{ id: row.id, reference: row.reference, occurrence: input.occurrence },
      closedOn: closedOn({ input, state }),
      n: state.figures?.answered ?? 0,
    })),
    cycles: shown.map((one, index) => cycleView(one, shown[index - 1], isSameScale)),
    dimensions: dimensionsView(belonging, shown, isSameScale),
    isSameScale,
    only,
    sameQuestions: same.length,
    changes: cycles.flatMap((one, index) => changesSince(cycles[index - 1], one)),
    lines: await linesOf(database, agreementId, belonging, duty),
  };
}

function closedOn({ input, state }: Pick<SurveyProcess, 'input' | 'state'>): string {
  return localDateAt(input.zone, (state.closedAtMs ?? 0) - 1);
}

function chosenOf(available: readonly SurveyProcess[], said: string | undefined): SurveyProcess[] {
  if (said === undefined) return available.slice(-USUALLY);
  const ids = [...new Set(said.split(',').filter((id) => id !== ''))];
  if (ids.length > AT_MOST) throw tooMany();
  if (ids.some((id) => !available.some(({ row }) => row.id === id))) throw new Problem('unknown-survey');
  return available.filter(({ row }) => ids.includes(row.id));
}

function tooMany(): Problem {
  const most = String(AT_MOST);
  return new Problem('invalid-request', {
    errors: [
      {
        path: 'cycles',
        message: { zh: `超过 ${most} 期`, en: `names more than ${most} cycles` },
        cure: { zh: `最多选 ${most} 期`, en: `choose ${most} at most` },
      },
    ],
  });
}

async function analysedOf(database: Database, chosen: readonly SurveyProcess[]): Promise<Analysed[]> {
  const stored = await database.questionnaire.findMany({
    where: { sha256: { in: chosen.flatMap(({ state }) => state.questionnaire?.sha256 ?? []) } },
    select: { sha256: true, json: true },
  });
  return chosen.flatMap((process): Analysed[] => {
    const { figures, questionnaire } = process.state;
    if (figures === null) return [];
    const read = readQuestions(stored.find(({ sha256 }) => sha256 === questionnaire?.sha256)?.json);
    return [{ process, figures, questions: 'problems' in read ? [] : read.questions, closedOn: closedOn(process) }];
  });
}

const scaleText = (figures: Pick<Figures, 'scale'> | undefined): string =>
  figures === undefined ? '' : `${String(figures.scale.min)}–${String(figures.scale.max)}`;

/** What makes two questions the same one: how it is called, what it says, what may be answered, what it counts for. */
function fingerprint({ name, title, type, role, dimension, part, choices, rows, scale }: Question): string {
  const said = { name, title, type, role, dimension, part, choices, rows, scale };
  return createHash('sha256').update(canonicalJson(said)).digest('hex');
}

/** Names of the questions that all of them asked alike. */
function sameQuestions(cycles: readonly Analysed[]): string[] {
  const [first, ...others] = cycles;
  if (!first) return [];
  return first.questions
    .filter((one) =>
      others.every(({ questions }) => questions.some((other) => fingerprint(other) === fingerprint(one))),
    )
    .map(({ name }) => name);
}

/** The figures of these questions alone, from the answers; anonymous ones as few as always are withheld. */
async function reckonedAnew(database: Database, cycles: readonly Analysed[], same: readonly string[]) {
  const anew: Analysed[] = [];
  for (const cycle of cycles) {
    const { process, figures } = cycle;
    const { questionnaire } = process.state;
    const questions = cycle.questions.filter(({ name }) => same.includes(name));
    if (questionnaire === null) continue;
    const rows = await database.answer.findMany({
      where: { workflowId: process.row.workflowId, late: false },
      select: { cursor: true, channel: true, answers: true },
    });
    const asked = new Set(
      questions.flatMap((one) => [one.dimension, ...one.rows.map(({ dimension }) => dimension)]).filter(Boolean),
    );
    const { survey } = process.input;
    const reckoned = analyse(
      rows.map(({ cursor, channel, answers }) => ({
        ...{ cursor: String(cursor), channel, tier: null, department: null, branch: null },
        answers: answers as Answers,
      })),
      questions,
      {
        // Dimensions that are not asked alike are none here.
        survey: { ...survey, dimensions: survey.dimensions.filter(({ id }) => asked.has(id)) },
        questionnaire: {
          ...questionnaire,
          dimensions: Object.fromEntries(Object.entries(questionnaire.dimensions).filter(([id]) => asked.has(id))),
        },
        ...{ population: figures.population, drawn: figures.drawn, reached: figures.reached, late: figures.late },
        organisations: {},
      },
    );
    anew.push({ ...cycle, figures: { ...reckoned, verdict: figures.verdict } });
  }
  return anew;
}

function hasFigures({ mean }: Measures): boolean {
  return mean !== null;
}

function meanOf({ n, mean }: Measures): { estimate: Estimate; n: number } | null {
  return mean === null ? null : { estimate: mean, n };
}

/** Means are on the scale; those of another scale are not compared. */
function changeOfMean(
  before: Measures | undefined,
  after: Measures,
  scale: Figures['scale'],
  isSameScale: boolean,
): Difference | null {
  const [first, second] = [before ? meanOf(before) : null, meanOf(after)];
  return first && second && isSameScale ? meanDifference(first, second, scale) : null;
}

function cycleView(
  { process, figures, questions, closedOn: on }: Analysed,
  before: Analysed | undefined,
  isSameScale: boolean,
): Cycle {
  const { row, input, state } = process;
  const { overall, scale, answered } = figures;
  const earlier = before?.figures.overall;
  const minimum = input.survey.minimumSample;
  const nps = (one: Measures | undefined) => (one?.nps ? { estimate: one.nps, n: one.n } : null);
  const [npsBefore, npsNow] = [nps(earlier), nps(overall)];
  return {
    ...{ id: row.id, reference: row.reference, occurrence: input.occurrence, closedOn: on },
    ...{ answered, drawn: figures.drawn, scale, score: figures.score },
    minimumSample: minimum,
    isBelowMinimum: minimum !== null && answered < minimum,
    overall: hasFigures(overall) || overall.nps !== null ? overall : null,
    overallChange: changeOfMean(earlier, overall, scale, isSameScale),
    satisfiedChange:
      earlier?.satisfied && overall.satisfied ? proportionDifference(earlier.satisfied, overall.satisfied) : null,
    npsChange: npsBefore && npsNow ? npsDifference(npsBefore, npsNow) : null,
    questionnaire: {
      sha256: state.questionnaire?.sha256 ?? '',
      version: state.version,
      questions: questions.reduce((sum, { rows }) => sum + Math.max(1, rows.length), 0),
    },
    verdict: figures.verdict.outcome,
  };
}

function dimensionsView(
  { dimension }: Belonging,
  cycles: readonly Analysed[],
  isSameScale: boolean,
): Comparison['dimensions'] {
  const ids = [...new Set(cycles.flatMap(({ figures }) => figures.dimensions.map(({ id }) => id)))];
  return ids.map((id) => ({
    ...dimension(id),
    cycles: cycles.map(({ figures }, index) => {
      const find = (one: Analysed | undefined) => one?.figures.dimensions.find((other) => other.id === id);
      const now = figures.dimensions.find((one) => one.id === id);
      const before = find(cycles[index - 1])?.measures;
      return {
        measures: now && hasFigures(now.measures) ? now.measures : null,
        weight: now?.weight ?? null,
        change: now ? changeOfMean(before, now.measures, figures.scale, isSameScale) : null,
      };
    }),
  }));
}

/** Nothing where the questionnaire is the very same. */
function changesSince(before: Analysed | undefined, after: Analysed): Comparison['changes'] {
  if (!before) return [];
  const text = (one: Question): Text => one.title;
  const isSame = (a: Question, b: Question): boolean => a.name === b.name;
  const added = after.questions.filter((one) => !before.questions.some((other) => isSame(one, other)));
  const removed = before.questions.filter((one) => !after.questions.some((other) => isSame(one, other)));
  const reworded = after.questions.flatMap((one) => {
    const earlier = before.questions.find((other) => isSame(one, other));
    if (!earlier || fingerprint(earlier) === fingerprint(one)) return [];
    return [{ before: text(earlier), after: text(one) }];
  });
  const rescaled = scaleText(before.figures) !== scaleText(after.figures);
  if (added.length + removed.length + reworded.length === 0 && !rescaled) return [];
  return [
    {
      since: before.process.row.reference,
      reference: after.process.row.reference,
      ...{ added: added.map(text), removed: removed.map(text), reworded, rescaled },
    },
  ];
}

/** Goals that this survey measures, with what is needed and what was there before. */
async function linesOf(
  database: Database,
  agreementId: string,
  { agreement, template }: Belonging,
  duty: string | null,
): Promise<Comparison['lines']> {
  const goals = (agreement.goals ?? []).filter(({ survey }) => survey === null || survey === duty);
  const state = goals.length === 0 ? undefined : stateOf(await findAgreement(database, agreementId));
  if (!state) return [];
  return goals.flatMap((goal) => {
    const { id, clauses, measure, scale } = goal;
    if (measure !== 'satisfaction-score' && measure !== 'satisfaction-rate') return [];
    return [
      {
        ...{ goal: id, clauses, measure, scale },
        title: template?.rules.find((rule) => rule.id === id)?.title ?? { zh: id, en: id },
        needed: standing(state, goal).needed,
        baseline: baselineOf(state, goal),
      },
    ];
  });
}
