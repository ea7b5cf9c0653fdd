import { Big } from 'big.js';
import type { QuestionnaireFacts } from './command.ts';
import type { CompiledSurvey } from './compiled.ts';
import { GROUPINGS, OVERALL, SMALLEST_GROUP } from './figures.ts';
import type { Figures, Grouping, Measures, Verdict } from './figures.ts';
import { weightsFromImportance } from './importance.ts';
import type { MatrixRow, Question } from './question.ts';
import { type Answers, type Scores, scoresOf } from './questionnaire.ts';
import { fourPlaces, meanEstimate, meanOf, npsEstimate, proportionEstimate } from './statistics.ts';
import { type NestedGroup, shownGroups } from './suppression.ts';

/** One answered questionnaire that counts: in time, of somebody who was asked or came by the open link. */
export interface CountedAnswer {
  cursor: string;
  channel: string;
  tier: string | null;
  department: string | null;
  branch: string | null;
  answers: Answers;
}

export interface AnalysisContext {
  survey: CompiledSurvey;
  questionnaire: QuestionnaireFacts;
  population: number;
  drawn: number;
  reached: number;
  late: number;
  /** How many of those drawn answered, where answers by an open link count besides; absent: all answers are theirs. */
  returned?: number;
  /** Parent of each organisation; null at the top. */
  organisations: Record<string, string | null>;
}

/** What one answer says of each thing that is measured; null: nothing. */
interface Opinion {
  answer: CountedAnswer;
  scores: Scores;
  /** Mean of its scores by dimension and by part. */
  dimensions: Record<string, Big>;
  parts: Record<string, Big>;
  overall: Big | null;
}

type Scale = QuestionnaireFacts['scale'];

function means(scores: Record<string, number[]>): Record<string, Big> {
  return Object.fromEntries(Object.entries(scores).map(([key, values]) => [key, meanOf(values)]));
}

function ownOf<T>(values: Record<string, T>, key: string): T | null {
  return Object.hasOwn(values, key) ? (values[key] ?? null) : null;
}

/** Mean by weight of what has a value, over the weights of those alone; null where none of them weighs anything. */
function weightedMean(items: readonly { weight: Big; value: Big | null }[]): Big | null {
  const known = items.flatMap(({ weight, value }) => (value === null ? [] : [{ weight, value }]));
  const sum = known.reduce((total, { weight }) => total.plus(weight), new Big(0));
  if (sum.eq(0)) return null;
  return known.reduce((total, { weight, value }) => total.plus(weight.times(value)), new Big(0)).div(sum);
}

/** Dimensions that the contract demands, in its order, then those that the questionnaire adds; with what each weighs. */
function weighedDimensions({ survey, questionnaire }: AnalysisContext): { id: string; weight: Big }[] {
  const demanded = survey.dimensions.map(({ id }) => id);
  const added = Object.keys(questionnaire.dimensions)
    .filter((id) => !demanded.includes(id))
    .sort((a, b) => (a < b ? -1 : 1));
  const given = [questionnaire.weights, survey.weights].find((weights) => Object.keys(weights).length > 0);
  return [...demanded, ...added].map((id) => {
    const equal = id === OVERALL ? 0 : 1;
    return { id, weight: new Big(given === undefined ? equal : (ownOf(given, id) ?? 0)) };
  });
}

function partsOf(questions: readonly Question[], { survey }: AnalysisContext, dimension: string): string[] {
  const demanded = survey.dimensions.find(({ id }) => id === dimension)?.parts ?? [];
  const asked = questions
    .filter(({ role }) => role === 'score')
    .flatMap((question): (Question | MatrixRow)[] => (question.rows.length > 0 ? question.rows : [question]))
    .flatMap((item) => (item.dimension === dimension && item.part !== null ? [item.part] : []));
  return [...new Set([...demanded, ...asked])];
}

/** Figures of these values and of these net promoter answers. `n` counts the values. */
function measuresOf(values: readonly Big[], nps: readonly number[], scale: Scale): Measures {
  const content = values.filter((value) => value.gte(scale.max - 1)).length;
  return {
    n: values.length,
    mean: meanEstimate(values, scale),
    satisfied: proportionEstimate(content, values.length),
    nps: npsEstimate(nps),
  };
}

function overallOf(opinions: readonly Opinion[], scale: Scale): Measures {
  return measuresOf(
    opinions.flatMap(({ overall }) => overall ?? []),
    opinions.flatMap(({ scores }) => scores.nps ?? []),
    scale,
  );
}

/** The number of answers alone: what they say would tell of fewer than five people. */
function withheld({ n }: Measures): Measures {
  return { n, mean: null, satisfied: null, nps: null };
}

/** The organisation and all above it, itself first; a loop in the tree is walked once. */
function lineage(branch: string | null, parents: Record<string, string | null>): string[] {
  const line: string[] = [];
  for (let at = branch; at !== null && !line.includes(at); at = ownOf(parents, at)) line.push(at);
  return line;
}

function keysOf(by: Grouping, { answer }: Opinion, { organisations }: AnalysisContext): string[] {
  if (by === 'branch') return lineage(answer.branch, organisations);
  return answer[by] === null ? [] : [answer[by]];
}

/** Groups of a grouping with their answers, by key. */
function membersOf(by: Grouping, opinions: readonly Opinion[], context: AnalysisContext): Map<string, Opinion[]> {
  const members = new Map<string, Opinion[]>();
  for (const opinion of opinions) {
    for (const key of keysOf(by, opinion, context)) {
      const group = members.get(key);
      if (group === undefined) members.set(key, [opinion]);
      else group.push(opinion);
    }
  }
  return members;
}

/** How the groups lie in one another: side by side, and branches in the tree. */
function nested(
  by: Grouping,
  members: ReadonlyMap<string, Opinion[]>,
  context: AnalysisContext,
  count: (opinions: readonly Opinion[]) => number,
  all: readonly Opinion[],
): NestedGroup {
  const keys = [...members.keys()];
  const above = (key: string): string | null =>
    by === 'branch' ? (lineage(key, context.organisations)[1] ?? null) : null;
  const below = (parent: string | null): NestedGroup[] =>
    keys
      .filter((key) => above(key) === parent)
      .map((key) => ({ key, size: count(members.get(key) ?? []), children: below(key) }));
  return { key: '', size: count(all), children: below(null) };
}

function groupsOf(opinions: readonly Opinion[], context: AnalysisContext): Figures['groups'] {
  const { survey, questionnaire } = context;
  return GROUPINGS.flatMap((by) => {
    const members = membersOf(by, opinions, context);
    const shown = (count: (some: readonly Opinion[]) => number): Set<string> =>
      shownGroups(nested(by, members, context, count, opinions));
    const scored = shown((some) => some.filter(({ overall }) => overall !== null).length);
    const promoted = shown((some) => some.filter(({ scores }) => scores.nps !== null).length);
    return [...members.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, group]) => {
        const measures = overallOf(group, questionnaire.scale);
        if (!survey.anonymous) return { by, key, measures };
        if (!scored.has(key)) return { by, key, measures: null };
        return { by, key, measures: promoted.has(key) ? measures : { ...measures, nps: null } };
      });
  });
}

/**
 * Next weights by mean importance (S001b-05), the question on the whole apart; null unless every other dimension was rated
 * by somebody.
 */
function importanceOf(
  opinions: readonly Opinion[],
  dimensions: readonly { id: string }[],
): Record<string, string> | null {
  const rated = dimensions
    .filter(({ id }) => id !== OVERALL)
    .map(({ id }) => ({ id, values: opinions.flatMap(({ scores }) => ownOf(scores.importance, id) ?? []) }));
  if (rated.length === 0 || rated.some(({ values }) => values.length === 0)) return null;
  return weightsFromImportance(rated.map(({ id, values }) => ({ id, value: meanOf(values) })));
}

/**
 * Equality reaches the target (S002-04). What is compared is what is shown: four places, half-up. A target of 90 says
 * nothing of a scale that ends at 5.
 */
function verdictOf(
  { target, minimumSample }: CompiledSurvey,
  {
    answered,
    score,
    satisfied,
    isWithheld,
    scale,
  }: {
    answered: number;
    score: string | null;
    /** Exact share of satisfied answers. */
    satisfied: Big | null;
    isWithheld: boolean;
    scale: Scale;
  },
): Verdict {
  const none = (why: Extract<Verdict, { outcome: 'none' }>['why']): Verdict => ({ outcome: 'none', why });
  if (target === null) return none('no-target');
  const { min, max } = target.measure === 'score' ? scale : { min: 0, max: 100 };
  if (new Big(target.value).lt(min) || new Big(target.value).gt(max)) return none('off-scale');
  if (answered === 0) return none('no-answers');
  if (isWithheld || answered < (minimumSample ?? 0)) return none('below-minimum');
  const percent = satisfied === null ? null : fourPlaces(satisfied.times(100));
  const value = target.measure === 'score' ? score : percent;
  if (value === null) return none('no-answers');
  const outcome = new Big(value).gte(target.value) ? 'reached' : 'missed';
  return { outcome, measure: target.measure, value, target: target.value };
}

/** A share of those drawn; null where nobody was drawn, or more came than were drawn, by an open link. */
function shareOfDrawn(count: number, drawn: number): ReturnType<typeof proportionEstimate> {
  return count > drawn ? null : proportionEstimate(count, drawn);
}

function opinionOf(
  answer: CountedAnswer,
  questions: readonly Question[],
  weighed: readonly { id: string; weight: Big }[],
): Opinion {
  const scores = scoresOf(questions, answer.answers);
  const dimensions = means(scores.dimensions);
  const asked = weighed.some(({ id }) => id === OVERALL);
  const overall = asked
    ? ownOf(dimensions, OVERALL)
    : weightedMean(weighed.map(({ id, weight }) => ({ weight, value: ownOf(dimensions, id) })));
  return { answer, scores, dimensions, parts: means(scores.parts), overall };
}

/**
 * All that the answers of a cycle say (docs/statistics.md). An answer's value of a dimension is the mean of its scores
 * there; the order of the answers makes no difference.
 */
export function analyse(
  answers: readonly CountedAnswer[],
  questions: readonly Question[],
  context: AnalysisContext,
): Figures {
  const { survey, questionnaire, population, drawn, reached, late } = context;
  const { scale } = questionnaire;
  const weighed = weighedDimensions(context);
  const opinions = answers.map((answer) => opinionOf(answer, questions, weighed));
  const isWithheld = survey.anonymous && answers.length < SMALLEST_GROUP;
  const said = (measures: Measures): Measures => (isWithheld ? withheld(measures) : measures);
  const values = (id: string): Big[] => opinions.flatMap(({ dimensions }) => ownOf(dimensions, id) ?? []);
  const dimensionMeans = weighed.map(({ id, weight }) => ({
    weight,
    value: values(id).length === 0 ? null : meanOf(values(id)),
  }));
  const mean = isWithheld ? null : weightedMean(dimensionMeans);
  const score = mean === null ? null : fourPlaces(mean);
  const overallValues = opinions.flatMap(({ overall }) => overall ?? []);
  const content = overallValues.filter((value) => value.gte(scale.max - 1)).length;
  const heavy = weighed.filter(({ weight }) => weight.gt(0));
  const shares = weightsFromImportance(heavy.map(({ id, weight }) => ({ id, value: weight })));
  return {
    ...{ population, drawn, reached, answered: answers.length, late },
    responseRate: shareOfDrawn(context.returned ?? answers.length, drawn),
    coverage: shareOfDrawn(reached, drawn),
    scale,
    score,
    overall: said(overallOf(opinions, scale)),
    dimensions: weighed.map(({ id }) => ({
      id,
      weight: ownOf(shares, id) ?? '0.0000',
      measures: said(measuresOf(values(id), [], scale)),
      parts: partsOf(questions, context, id).map((part) => ({
        id: part,
        measures: said(
          measuresOf(
            opinions.flatMap(({ parts }) => ownOf(parts, part) ?? []),
            [],
            scale,
          ),
        ),
      })),
    })),
    groups: groupsOf(opinions, context),
    importance: isWithheld ? null : importanceOf(opinions, weighed),
    verdict: verdictOf(survey, {
      ...{ answered: answers.length, score, isWithheld, scale },
      satisfied: overallValues.length === 0 ? null : new Big(content).div(overallValues.length),
    }),
  };
}
