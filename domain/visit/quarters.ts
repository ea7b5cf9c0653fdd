import type { CompiledAgreement } from '../agreement/compiled.ts';
import { addDays } from '../local-date.ts';
import type { CustomerTier } from '../survey/compiled.ts';
import type { Instant, LocalDate } from '../time.ts';
import { instantAt, localDateAt } from '../zone.ts';
import type { CompiledVisits } from './compiled.ts';
import { type CustomerRecord, judged, quarterEnds } from './counter.ts';

/** A time at which it is counted who has not had a year's number of visits and surveys yet. */
export interface VisitCheck {
  /** The template's rule. */
  rule: string;
  /** `2027-Q1` */
  quarter: string;
  /** Before the quarter ends, so that something can still be done in it; or as it has ended. */
  stage: 'ahead' | 'end';
  /** What was entered by then of visits up to this day counts. */
  until: LocalDate;
  /** The quarter's last day. */
  endsOn: LocalDate;
  /** The first day of the year that counts. */
  since: LocalDate;
}

/** How the customers of a tier stand together; no more than is needed of one makes up for another. */
export interface TierCount {
  tier: CustomerTier;
  customers: number;
  /** Customers who lack a visit or a survey. */
  short: number;
  visits: Held;
  /** Questionnaires and comprehensive visits together. */
  surveys: Held;
}
interface Held {
  needed: number;
  held: number;
  short: number;
}

/**
 * From which day on a calendar year counts: a year that had begun when the agreement came into force counts from that day
 * where periods that had begun count at all, as for the yearly duty itself; null: it does not.
 */
export function countedSince(year: number, inForceOn: LocalDate, partialFirst: boolean): LocalDate | null {
  const first = `${year}-01-01`;
  if (inForceOn <= first) return first;
  return partialFirst && inForceOn <= `${year}-12-31` ? inForceOn : null;
}

/** Those that come next, all at one instant, after the one given; none: no rule says so. */
export function nextChecks(
  { visits = [], zone }: Pick<CompiledAgreement, 'visits' | 'zone'>,
  inForceOn: LocalDate,
  afterMs: Instant,
): { atMs: Instant; checks: VisitCheck[] } | undefined {
  const year = Number(localDateAt(zone, afterMs).slice(0, 4));
  const all = visits.flatMap((rules) =>
    [year - 1, year, year + 1, year + 2].flatMap((one) => checksOf(rules, one, inForceOn)),
  );
  const ahead = all
    .map((check) => ({ check, atMs: momentOf(check, zone) }))
    .filter(({ atMs }) => atMs > afterMs)
    .sort((a, b) => a.atMs - b.atMs);
  const [first] = ahead;
  if (!first) return undefined;
  return { atMs: first.atMs, checks: ahead.filter(({ atMs }) => atMs === first.atMs).map(({ check }) => check) };
}

function momentOf({ stage, until }: VisitCheck, zone: CompiledAgreement['zone']): Instant {
  return instantAt(zone, until, stage === 'ahead' ? '00:00' : '24:00');
}

function checksOf({ id: rule, quarters, counters }: CompiledVisits, year: number, inForceOn: LocalDate): VisitCheck[] {
  const since = quarters && countedSince(year, inForceOn, quarters.partialFirst);
  if (!quarters || !since) return [];
  return quarterEnds(year)
    .filter(({ endsOn }) => endsOn >= since && countedBy(counters, endsOn).length > 0)
    .flatMap(({ quarter, endsOn }): VisitCheck[] => {
      const { leadDays } = quarters;
      const check = { rule, quarter, endsOn, since };
      return [
        ...(leadDays === null ? [] : [{ ...check, stage: 'ahead', until: addDays(endsOn, -leadDays) } as const]),
        { ...check, stage: 'end', until: endsOn },
      ];
    });
}

/** Which tiers are counted as the quarter ends: some are from a month of the year on alone (S003-S-20). */
function countedBy(counters: CompiledVisits['counters'], endsOn: LocalDate): CompiledVisits['counters'] {
  const month = Number(endsOn.slice(5, 7));
  return counters.filter(({ fromMonth = 1 }) => month >= fromMonth);
}

/**
 * Counts each tier against the number that the contract wants of the whole year (S003-S-19, S003-S-20): it names none for a
 * quarter. Whoever came into the tier after the quarter is not counted yet; a year that counts from later on is as long for
 * everybody as it is for whoever came into the tier then.
 */
export function tierCounts(
  records: readonly CustomerRecord[],
  counters: CompiledVisits['counters'],
  { until, endsOn, since }: Pick<VisitCheck, 'until' | 'endsOn' | 'since'>,
): TierCount[] {
  const year = Number(endsOn.slice(0, 4));
  return countedBy(counters, endsOn).map((rule): TierCount => {
    const stands = records
      .filter((one) => one.tier === rule.tier && one.since <= until)
      .map((one) => judged(within(one, since), rule, year, until));
    const sum = (of: 'visits' | 'surveys'): Held => {
      const needed = stands.reduce((all, one) => all + one[of].needed, 0);
      const short = stands.reduce((all, one) => all + one[of].missing, 0);
      return { needed, held: needed - short, short };
    };
    return {
      tier: rule.tier,
      customers: stands.length,
      short: stands.filter(({ met }) => !met).length,
      visits: sum('visits'),
      surveys: sum('surveys'),
    };
  });
}

/** What was done before the first day that counts is none of it. */
function within(record: CustomerRecord, since: LocalDate): CustomerRecord {
  return {
    ...record,
    since: record.since < since ? since : record.since,
    questionnaires: record.questionnaires.filter(({ on }) => on >= since),
    visits: record.visits.filter(({ on }) => on >= since),
  };
}
