import { addMonths, addDays } from '../local-date.ts';
import type { CustomerTier } from '../survey/compiled.ts';
import type { LocalDate } from '../time.ts';
import type { CompiledVisits } from './compiled.ts';

/** What was done for one customer, wherever it was done. */
export interface CustomerRecord {
  tier: CustomerTier;
  /** The day from which it is in this tier. */
  since: LocalDate;
  /** Cycles that it answered: the period each is of, and the day on which the cycle closed. */
  questionnaires: { period: string; on: LocalDate }[];
  visits: { on: LocalDate; comprehensive: boolean }[];
}

/** What of a year's number is there, and what is missing. */
export interface Counted {
  done: number;
  needed: number;
  missing: number;
}

export interface Judgement {
  questionnaires: number;
  visits: Counted;
  /** Questionnaires and comprehensive visits together. */
  surveys: Counted;
  met: boolean;
}

/** Whoever comes into a tier after this day of a year needs one survey in it (reading of S003-S-19, S003-S-20). */
const HALF = '06-30';

/** The last days of a year's quarters. */
export function quarterEnds(year: number): { quarter: string; endsOn: LocalDate }[] {
  return [1, 2, 3, 4].map((number) => ({
    quarter: `${year}-Q${number}`,
    endsOn: addDays(addMonths(`${year}-01-01`, 3 * number), -1),
  }));
}

/**
 * How a customer stands in a calendar year up to a day: comprehensive surveys in all, and visits among them. Questionnaires
 * of several departments in one period are one survey; two of them do not replace the visit (S003-S-19). A customer that came
 * into the tier after 30 June needs one survey in that year, by visit where visits are asked for.
 */
export function judged(
  { since, questionnaires, visits }: CustomerRecord,
  rule: Pick<CompiledVisits['counters'][number], 'surveys' | 'visits'>,
  year: number,
  until: LocalDate,
): Judgement {
  const within = ({ on }: { on: LocalDate }): boolean => on >= `${year}-01-01` && on <= `${year}-12-31` && on <= until;
  const isLateComer = since > `${year}-${HALF}` && since <= `${year}-12-31`;
  const needed = (count: number): number => (isLateComer ? Math.min(1, count) : count);
  const periods = new Set(questionnaires.filter(within).map(({ period }) => period)).size;
  const held = visits.filter((visit) => within(visit) && visit.comprehensive).length;
  const surveyed = counted(periods + held, needed(rule.surveys));
  const visited = counted(held, needed(rule.visits));
  return {
    questionnaires: periods,
    visits: visited,
    surveys: surveyed,
    met: visited.missing === 0 && surveyed.missing === 0,
  };
}

function counted(done: number, needed: number): Counted {
  return { done, needed, missing: Math.max(0, needed - done) };
}
