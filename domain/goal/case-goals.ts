import { Big } from 'big.js';
import type { AgreementState } from '../agreement/state.ts';
import { type CaseFact, caseFigures } from '../case/figures.ts';
import type { Errand } from '../process/process.ts';
import type { Instant } from '../time.ts';
import type { GoalMeasure } from './compiled.ts';
import type { GoalFigure } from './figure.ts';

/** What cases measure of goals. */
const OF_CASES: readonly GoalMeasure[] = [
  'complaint-rate',
  'first-response',
  'first-contact-resolution',
  'resolution-rate',
];

/** The span of time whose cases a goal is held against. */
export interface CaseSpan {
  /** Exclusive of what an earlier judgement has counted. */
  fromMs: Instant;
  /** When it is judged: exclusive. */
  toMs: Instant;
}

/** Customers served in a period that had ended by the judgement, as they were entered. */
export interface ServedPeriod extends CaseSpan {
  period: string;
  count: number;
}

/**
 * A goal that was judged because its date came, and is measured by cases, asks for what is on record of them: it is judged
 * anew with the answer, for the same date (docs/goals.md).
 */
export function caseCountsAsked(before: AgreementState, after: AgreementState): Errand[] {
  const { cases = [], goals = [] } = after.agreement;
  if (cases.length === 0) return [];
  const known = before.goals?.judged ?? [];
  const fresh = (after.goals?.judged ?? []).filter(
    ({ goal, of, asOfMs, data }) =>
      (data === null || data.atMs < asOfMs) &&
      goals.some(({ id, measure }) => id === goal && OF_CASES.includes(measure)) &&
      !known.some((one) => one.goal === goal && one.of === of && one.asOfMs === asOfMs),
  );
  const spans = fresh.map(({ asOfMs, sinceMs }) => ({ fromMs: sinceMs ?? after.inForceAtMs ?? 0, toMs: asOfMs }));
  return spans
    .filter(({ fromMs, toMs }, index) => spans.findIndex((one) => one.fromMs === fromMs && one.toMs === toMs) === index)
    .map((span) => ({ kind: 'count-cases', span }));
}

/**
 * What the cases of a span measured. The complaint rate is of the last period that ended in it and whose customers served were
 * entered: nobody knows them of any other. What there is nothing to reckon from is no figure.
 *
 * @param facts of all cases of the agreement
 */
export function caseGoalFigures(
  facts: readonly CaseFact[],
  { fromMs, toMs }: CaseSpan,
  served: readonly ServedPeriod[],
): GoalFigure[] {
  const all = caseFigures(facts, { fromMs, toMs }, null);
  const period = served
    .filter((one) => one.toMs <= toMs && one.toMs > fromMs)
    .reduce<ServedPeriod | null>((last, one) => (last === null || one.toMs > last.toMs ? one : last), null);
  const rate = period && caseFigures(facts, period, period.count).complaintRate;
  const percent = (fraction: string | null): string | null => fraction && new Big(fraction).times(100).toFixed();
  const figure = (measure: GoalMeasure, value: string | null, n: number, source: string): GoalFigure[] =>
    value === null ? [] : [{ measure, source, value, n, interval: null, scale: null, minimum: null, atMs: toMs }];
  const own = `cases#${String(toMs)}`;
  return [
    ...figure('first-response', all.averageFirstResponse.value, all.averageFirstResponse.of.length, own),
    ...figure(
      'first-contact-resolution',
      percent(all.firstContactResolution.value),
      all.firstContactResolution.of.length,
      own,
    ),
    ...figure('resolution-rate', percent(all.resolvedInTime.value), all.resolvedInTime.of.length, own),
    ...(rate && period ? figure('complaint-rate', percent(rate.value), period.count, `cases#${period.period}`) : []),
  ];
}
