import { Big } from 'big.js';
import type { FindingFacts, ImprovementInput } from '../improvement/command.ts';
import type { Actor } from '../agreement/command.ts';
import type { Errand, ProcessFrame } from '../process/process.ts';
import type { Instant, LocalDate } from '../time.ts';
import type { CompiledSurvey, SurveyInput } from './compiled.ts';
import { type Figures, type Measures, OVERALL, SMALLEST_GROUP } from './figures.ts';

/** Enough answers for any verdict: none follows from less, be it about a target or about a low score. */
function hasEnoughAnswers({ minimumSample }: CompiledSurvey, { answered }: Figures): boolean {
  return answered > 0 && answered >= (minimumSample ?? 1);
}

/** Whether a group's figures may leave the process: not of fewer than five where answers are anonymous. */
function isShown({ anonymous }: CompiledSurvey, { n }: Measures): boolean {
  return n >= (anonymous ? SMALLEST_GROUP : 1);
}

/** What a cycle measured of each dimension; null where too few answered. */
export function measuredDimensions(survey: CompiledSurvey, figures: Figures): { id: string; value: string | null }[] {
  const counts = hasEnoughAnswers(survey, figures);
  return figures.dimensions.map(({ id, measures }) => ({
    id,
    value: counts && isShown(survey, measures) ? (measures.mean?.value ?? null) : null,
  }));
}

/** A dimension that becomes a finding by its figure, and by which clauses. */
interface LowDimension {
  id: string;
  value: string;
  clauses: string[];
}

/**
 * Dimensions whose mean is below the agreed fraction of the scale: min + fraction × (max − min). Where there is none and the
 * target is missed all the same, the lowest one, if the contract wants an improvement then (S002-04); of equals the first.
 */
export function lowDimensions(survey: CompiledSurvey, figures: Figures): LowDimension[] {
  const { findings, missedTarget } = survey;
  const { min, max } = figures.scale;
  const measured = measuredDimensions(survey, figures).flatMap(({ id, value }) =>
    value === null ? [] : [{ id, value }],
  );
  const threshold = findings && new Big(findings.below).times(max - min).plus(min);
  const low = measured.filter(({ value }) => threshold?.gt(value));
  if (findings && low.length > 0) return low.map((one) => ({ ...one, clauses: findings.clauses }));
  if (missedTarget === undefined || figures.verdict.outcome !== 'missed') return [];
  const single = measured.filter(({ id }) => id !== OVERALL);
  const lowest = (single.length > 0 ? single : measured).reduce<(typeof measured)[number] | undefined>(
    (least, one) => (least === undefined || new Big(one.value).lt(least.value) ? one : least),
    undefined,
  );
  return lowest ? [{ ...lowest, clauses: missedTarget.clauses }] : [];
}

/**
 * How heavy a low score is, 1 (slight) to 5 (grave): the fifth of the scale that it lies in, counted from the top
 * (docs/surveys.md).
 */
export function severityOf(value: string, { min, max }: Figures['scale']): number {
  const fifths = new Big(value)
    .minus(min)
    .div(max - min)
    .times(5)
    .round(0, Big.roundDown)
    .toNumber();
  return Math.min(5, Math.max(1, 5 - fifths));
}

/** How many answers say that it is not good: all but the two best on the scale; at least one says so. */
export function dissatisfied({ n, satisfied }: Measures): number {
  const content = new Big(satisfied?.value ?? 0).times(n).round(0, Big.roundHalfUp).toNumber();
  return Math.max(1, n - content);
}

/** Weight of the customers who were asked: 3 where only key customers or VIPs are, else 1 (docs/improvement.md). */
export function customerWeight({ audience }: CompiledSurvey): number {
  return audience.tiers !== null && audience.tiers.every((tier) => tier !== 'ordinary') ? 3 : 1;
}

/** The improvement that a finding of a cycle or a visit becomes: its name is theirs, and its own. */
export function improvementId({ agreementId, reference }: ProcessFrame, finding: string): string {
  return `improvement/${agreementId}/${reference}/${finding}`;
}

/** Starts what becomes of a finding; null: this agreement knows no improvements. */
export function improvementStarted(
  input: ProcessFrame & Pick<SurveyInput, 'improvement'>,
  name: string,
  {
    finding,
    clauses,
    raisedAtMs,
    actor,
    suspendedFrom,
  }: {
    finding: FindingFacts;
    clauses: string[];
    raisedAtMs: Instant;
    actor: Actor;
    suspendedFrom?: LocalDate | undefined;
  },
): Extract<Errand, { kind: 'start' }> | null {
  const { improvement, agreementId, reference, zone, calendar, noticeHours, parties, seats, seatParties } = input;
  if (improvement === null) return null;
  const workflowId = improvementId(input, name);
  const started: ImprovementInput = {
    format: 1,
    workflowId,
    agreementId,
    reference: `${reference}/${name}`,
    zone,
    calendar,
    noticeHours,
    parties,
    seats,
    seatParties,
    rules: improvement,
    finding,
    clauses,
    raisedAtMs,
    actor,
    ...(suspendedFrom === undefined ? {} : { suspendedFrom }),
  };
  return { kind: 'start', type: 'improvement', workflowId, input: started };
}
