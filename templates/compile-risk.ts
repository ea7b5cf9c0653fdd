import type { CompiledObligation } from '../domain/agreement/compiled.ts';
import type { Interval } from '../domain/deadline.ts';
import { type CompiledRisks, RISK_LEVELS } from '../domain/risk/compiled.ts';
import { seatIn } from './compile-survey.ts';
import type { Template } from './schema.ts';
import type { TermReader } from './term-reader.ts';

/** The scale of a contract that names none; ours (ADR 25). */
const SCALE = { mediumFrom: 5, highFrom: 12 };

/** What is said of risks, filled with the agreement's terms; not where nobody keeps a register. */
export function compileRisks(
  template: Template,
  terms: TermReader,
  sides: Record<string, string>,
  obligations: readonly CompiledObligation[],
): CompiledRisks[] {
  const duty = (id: string | undefined): string | null =>
    id !== undefined && obligations.some((one) => one.id === id) ? id : null;
  return template.rules.flatMap((rule): CompiledRisks[] => {
    if (rule.kind !== 'risk' || rule.keeper === undefined) return [];
    const { id, clauses, scale, response, review, measureReview, warning, residual, reopens, emergency } = rule;
    const keeper = seatIn(template, rule.keeper, review?.obligation ?? id, terms, sides);
    if (keeper === null) return [];
    const level = rule.planLevel === undefined ? null : terms.textOrNull(rule.planLevel);
    return [
      {
        id,
        clauses,
        keeper,
        report: duty(review?.obligation),
        measureReport: duty(measureReview?.obligation),
        scale: {
          mediumFrom: (scale && terms.integerOrNull(scale.medium)) ?? SCALE.mediumFrom,
          highFrom: (scale && terms.integerOrNull(scale.high)) ?? SCALE.highFrom,
        },
        planLevel: RISK_LEVELS.find((one) => one === level) ?? null,
        response: response
          ? { days: response.days === undefined ? null : terms.daysOrNull(response.days), clauses: response.clauses }
          : null,
        residual: residual ?? null,
        reopens: reopens ?? null,
        review: review
          ? { every: intervalOf(terms, review.every), clauses: review.clauses, empty: review.empty ?? null }
          : null,
        measureReview: measureReview
          ? { every: intervalOf(terms, measureReview.every), clauses: measureReview.clauses }
          : null,
        warning: warning
          ? {
              ackHours: warning.acknowledge === undefined ? null : terms.integerOrNull(warning.acknowledge),
              clauses: warning.clauses,
            }
          : null,
        emergency: emergency ?? null,
      },
    ];
  });
}

/** A number of days, or a duration in days, months or years; null when it is not agreed. */
function intervalOf(terms: TermReader, name: string): Interval | null {
  const value = terms.value(name);
  if (typeof value === 'number') return { unit: 'days', count: value };
  if (typeof value !== 'string') return null;
  const offset = terms.duration(name);
  if (offset?.unit === 'days' || offset?.unit === 'months' || offset?.unit === 'years') {
    return { unit: offset.unit, count: offset.count };
  }
  return null;
}
