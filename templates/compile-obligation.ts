import type { Anchor, CompiledObligation, DeadlineRule, Recurrence } from '../domain/agreement/compiled.ts';
import { followedBy } from '../domain/agreement/opening.ts';
import type { LocalDate } from '../domain/time.ts';
import { compilePenalty } from './compile-penalty.ts';
import type { Obligation } from './obligation-schema.ts';
import type { Template } from './schema.ts';
import type { TermReader } from './term-reader.ts';

/** Day 0, and what recurs by calendar; null where the term that says it is open. */
function compileAnchor(
  anchor: Obligation['deadline']['anchor'],
  terms: TermReader,
): { anchor: Anchor; recurrence?: Recurrence } | null {
  if (typeof anchor === 'string') return { anchor };
  if ('obligation' in anchor) return { anchor };
  if ('event' in anchor) {
    return { anchor: { event: anchor.event, ...(anchor.of === undefined ? {} : { of: anchor.of }) } };
  }
  if ('term' in anchor) {
    const on: LocalDate | null = terms.textOrNull(anchor.term);
    if (on === null) return null;
    return on.length === 5
      ? { anchor: 'effect', recurrence: { by: 'month-day', monthDay: on } }
      : { anchor: { on, term: anchor.term } };
  }
  const { period, edge, partialFirst } = anchor;
  const partial = typeof partialFirst === 'boolean' ? partialFirst : terms.isTrue(partialFirst);
  return { anchor: 'effect', recurrence: { by: 'period', period, edge, partialFirst: partial } };
}

/** How far from day 0; nothing said is day 0 itself; null where the term that says it is open. */
function compileOffset(deadline: Obligation['deadline'], terms: TermReader): DeadlineRule['offset'] | null {
  const signed = (size: number): number => (deadline.before ? 0 - size : size);
  const count = (name: string): number | null => terms.numberOrNull(name);
  const of = (unit: DeadlineRule['offset']['unit'], name: string): DeadlineRule['offset'] | null => {
    const found = count(name);
    return found === null ? null : { unit, count: signed(found) };
  };
  if (deadline.days !== undefined) return of('days', deadline.days);
  if (deadline.workingDays !== undefined) return of('working-days', deadline.workingDays);
  if (deadline.months !== undefined) return of('months', deadline.months);
  if (deadline.hours !== undefined) return of('hours', deadline.hours);
  if (deadline.years !== undefined) {
    // Half a year is six months.
    const years = count(deadline.years);
    return years === null ? null : { unit: 'months', count: signed(Math.round(years * 12)) };
  }
  if (deadline.duration !== undefined) {
    const offset = terms.duration(deadline.duration);
    return offset && { unit: offset.unit, count: signed(offset.count) };
  }
  return { unit: 'days', count: 0 };
}

/** The interval at which it comes again; null where the term that says it is open. */
function compileInterval(every: NonNullable<Obligation['every']>, terms: TermReader): Recurrence | null {
  const { edge, ...interval } = every;
  const [unit, name] = Object.entries(interval)[0] ?? [];
  if (unit === undefined || name === undefined) return null;
  if (unit === 'duration') {
    const offset = terms.duration(name);
    if (!offset || offset.unit === 'hours' || offset.unit === 'working-days') return null;
    return { by: 'interval', every: { unit: offset.unit, count: offset.count }, edge };
  }
  const count = terms.integerOrNull(name);
  return count === null ? null : { by: 'interval', every: { unit: unit as 'days', count }, edge };
}

function isSwitchedOn({ when }: Obligation, terms: TermReader): boolean {
  if (!when) return true;
  return when.is === undefined ? terms.isTrue(when.term) : terms.textOrNull(when.term) === when.is;
}

/** About how many days at least a unit has: what lies before day 0 reminds of nothing. */
const DAYS: Record<DeadlineRule['offset']['unit'], number> = {
  hours: 1 / 24,
  days: 1,
  'working-days': 1,
  months: 28,
  years: 365,
};

/** Reminders later than day 0. What recurs may be due sooner after its opening than here seems: its opening says. */
function leadsWithin(leads: number[], offset: DeadlineRule['offset'], recurrence: Recurrence | undefined): number[] {
  if (recurrence || offset.count <= 0) return leads;
  return leads.filter((lead) => lead < offset.count * DAYS[offset.unit]);
}

/** A role key, a seat whose side is known, or what a term says; null where that is open. */
function responsibleSeat(
  template: Template,
  { id, responsible }: Obligation,
  terms: TermReader,
  sides: Record<string, string>,
): string | null {
  if (Object.hasOwn(template.parties, responsible)) return responsible;
  if (!template.seats.some((seat) => seat.id === responsible)) return terms.party(responsible, id);
  return sides[responsible] === undefined ? null : responsible;
}

/**
 * An obligation with its terms filled in; null where a term that it needs is open or says no: then it is not run
 * (design §5).
 */
export function compileObligation(
  template: Template,
  obligation: Obligation,
  terms: TermReader,
  sides: Record<string, string>,
): CompiledObligation | null {
  if (!isSwitchedOn(obligation, terms)) return null;
  const { deadline, review } = obligation;
  const responsible = responsibleSeat(template, obligation, terms, sides);
  const anchored = compileAnchor(deadline.anchor, terms);
  const offset = compileOffset(deadline, terms);
  const interval = obligation.every && compileInterval(obligation.every, terms);
  if (responsible === null || !anchored || !offset || interval === null) return null;
  const recurrence = anchored.recurrence ?? interval;

  const party = sides[responsible] ?? responsible;
  const others = Object.keys(template.parties).filter((role) => role !== party);
  // A calendar period ends on its last day, whatever day it is; what is due some time after it is an act (design §4).
  const wholePeriod = recurrence?.by === 'period' && offset.count === 0;
  const opensDays = obligation.opensDays === undefined ? null : terms.integerOrNull(obligation.opensDays);
  return {
    id: obligation.id,
    kind: obligation.kind,
    rule: obligation.rule,
    clauses: obligation.clauses,
    responsible,
    deadline: {
      anchor: anchored.anchor,
      offset,
      rollover: wholePeriod ? 'none' : terms.rollover(deadline.rollover),
      dayEnd: terms.text(deadline.dayEnd),
    },
    ...(recurrence ? { recurrence } : {}),
    ...(opensDays === null ? {} : { opensDays }),
    reminderLeadDays: leadsWithin(terms.list(obligation.reminderLeadDays), offset, recurrence),
    ...(obligation.escalation.length > 0 ? { escalation: obligation.escalation } : {}),
    review: review
      ? {
          reviewers: review.reviewers.flatMap((reviewer) => (reviewer === 'other-party' ? others : [reviewer])),
          windowDays: terms.integer(review.windowDays),
          reworkDays: terms.integer(review.reworkDays),
          clauses: review.clauses,
        }
      : null,
    ...(obligation.checklist.length > 0
      ? { checklist: obligation.checklist.map(({ id, clauses, mayOmit }) => ({ id, clauses, mayOmit })) }
      : {}),
    penalty: obligation.penalty === undefined ? null : compilePenalty(template, obligation.penalty, party, terms),
  };
}

/** Without what waits for an obligation that is not run: it would never come. */
export function withoutOrphans(obligations: CompiledObligation[]): CompiledObligation[] {
  const kept = obligations.filter((rule) => {
    const of = followedBy(rule);
    return of === undefined || obligations.some(({ id }) => id === of);
  });
  return kept.length === obligations.length ? kept : withoutOrphans(kept);
}
