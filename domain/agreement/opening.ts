import { type Reckoned, resolveDeadline } from '../deadline.ts';
import type { ObligationContext } from '../obligations/registry.ts';
import { type Occurrence, occurrenceOf } from '../recurrence.ts';
import { addDays } from '../local-date.ts';
import type { Instant, LocalDate, Text, Zone } from '../time.ts';
import { instantAt, localDateAt } from '../zone.ts';
import type { CompiledAgreement, CompiledObligation, Recurrence } from './compiled.ts';
import type { Actor } from './command.ts';
import type { Due, EventBody, ObligationOpened } from './event.ts';
import { evolve } from './evolve.ts';
import { explainMoves } from './moves.ts';
import { calendarOf } from '../redating/repinned.ts';
import { CLOCK } from './parties.ts';
import { isInForce } from './phase.ts';
import type { AgreementState, ObligationState } from './state.ts';

/** What is known of day 0 and the term when dates are asked for. */
export interface Calling {
  inForceOn: LocalDate;
  expiresOn: LocalDate | null;
  /** The last day before each renewed term that counts afresh, in their order; missing: none does. */
  seams?: LocalDate[];
}

/** What an agreement that has come into force knows of them; null before. */
export function callingOf({ inForceOn, expiresOn, renewal }: CallingState): Calling | null {
  if (inForceOn === null) return null;
  const seams = renewal.terms.flatMap(({ before, afresh }) => (afresh ? [before] : []));
  return seams.length === 0 ? { inForceOn, expiresOn } : { inForceOn, expiresOn, seams };
}

type CallingState = Pick<AgreementState, 'inForceOn' | 'expiresOn' | 'renewal'>;

/**
 * Whether a term that counts afresh counts this anew. Calendar periods and agreed dates are what they are; sums carry on:
 * counted anew, they would be owed twice for some days, or not at all.
 */
export function isCountedAnew({ rule, recurrence, deadline: { anchor } }: CompiledObligation): boolean {
  return rule !== 'payment@1' && recurrence?.by === 'interval' && (anchor === 'effect' || anchor === 'signing');
}

/** From where the occurrences of something are counted. */
interface Count {
  recurrence: Recurrence;
  day0: LocalDate;
  /** Day 0 is the last day before a renewed term. */
  renewed: boolean;
  /** Nothing is owed before. */
  from: LocalDate;
  /** First instant at which one can be there. */
  fromMs: Instant;
}

/**
 * The count that occurrences belong to: the present term's, or, of one with a name, that of the term in which it began.
 * Null where it does not recur, or day 0 is not known.
 */
function countOf(
  { zone }: CompiledAgreement,
  rule: CompiledObligation,
  calling: Calling,
  label?: string,
): Count | null {
  const { recurrence } = rule;
  const { inForceOn, seams = [] } = calling;
  if (!recurrence) return null;
  const seam = isCountedAnew(rule) ? seams.findLast((day) => label === undefined || day <= label) : undefined;
  if (seam !== undefined) {
    return { recurrence, day0: seam, renewed: true, from: addDays(seam, 1), fromMs: instantAt(zone, seam, '24:00') };
  }
  const day0 = anchorDate(rule, calling);
  if (day0 === null) return null;
  return { recurrence, day0, renewed: false, from: inForceOn, fromMs: instantAt(zone, inForceOn, '00:00') };
}

function occurrenceIn({ recurrence, day0, renewed }: Count, k: number, zone: Zone): Occurrence {
  return occurrenceOf(recurrence, day0, k, zone, renewed);
}

/** How day 0 is called in an explanation. */
const ANCHOR_NAMES: Record<'signing' | 'effect' | 'expiry' | 'date' | 'due' | 'fulfilled' | 'event', Text> = {
  signing: { zh: '签署日', en: 'signed' },
  effect: { zh: '生效日', en: 'in force' },
  expiry: { zh: '有效期截止日', en: 'term ends' },
  date: { zh: '约定日期', en: 'agreed date' },
  due: { zh: '前项义务到期日', en: 'what it follows is due' },
  fulfilled: { zh: '前项义务履行日', en: 'what it follows was fulfilled' },
  event: { zh: '起算事件发生日', en: 'what it follows happened' },
};

/** The id of the obligation that another one follows, if it follows one. */
export function followedBy({ deadline: { anchor } }: CompiledObligation): string | undefined {
  if (typeof anchor === 'string' || 'on' in anchor) return undefined;
  return 'obligation' in anchor ? anchor.obligation : anchor.of;
}

function followedRule(agreement: CompiledAgreement, rule: CompiledObligation): CompiledObligation | undefined {
  const of = followedBy(rule);
  return agreement.obligations.find(({ id }) => id === of);
}

/** Whether the obligation comes again and again: by itself, or along with what it is anchored on. */
export function recurs(agreement: CompiledAgreement, rule: CompiledObligation): boolean {
  if (rule.recurrence) return true;
  const followed = followedRule(agreement, rule);
  return followed !== undefined && recurs(agreement, followed);
}

/** Day 0 where it is a date that is known from the effect on; null where something must happen first, or no term is agreed. */
export function anchorDate(rule: CompiledObligation, { inForceOn, expiresOn }: Calling): LocalDate | null {
  const { anchor } = rule.deadline;
  if (anchor === 'signing' || anchor === 'effect') return inForceOn;
  if (anchor === 'expiry') return expiresOn;
  return 'on' in anchor ? anchor.on : null;
}

function anchorName({ deadline: { anchor } }: CompiledObligation): Text {
  if (typeof anchor === 'string') return ANCHOR_NAMES[anchor];
  if ('on' in anchor) return ANCHOR_NAMES.date;
  return 'obligation' in anchor ? ANCHOR_NAMES[anchor.at] : ANCHOR_NAMES.event;
}

/**
 * When a one-off obligation is due, as far as that is known from the effect on: from a date, or from another's due time.
 * @returns null where something must happen first
 */
export function firstDue(agreement: CompiledAgreement, rule: CompiledObligation, calling: Calling): Reckoned | null {
  if (recurs(agreement, rule)) return null;
  const { calendar, zone } = agreement;
  const date = anchorDate(rule, calling);
  if (date !== null) {
    const due = resolveDeadline(rule.deadline, { date, name: anchorName(rule) }, calendar, zone);
    return notBefore(agreement, rule, calling.inForceOn, due);
  }
  const { anchor } = rule.deadline;
  if (typeof anchor === 'string' || !('obligation' in anchor) || anchor.at !== 'due') return null;
  const followed = followedRule(agreement, rule);
  const due = followed && firstDue(agreement, followed, calling);
  if (!due) return null;
  const point = { date: due.localDate, atMs: due.dueAtMs, name: ANCHOR_NAMES.due };
  return notBefore(agreement, rule, calling.inForceOn, resolveDeadline(rule.deadline, point, calendar, zone));
}

/**
 * What would have been due before the agreement came into force is due on that day: nothing is owed before. So it is with
 * what is counted anew and the first day of the renewed term.
 */
function notBefore(
  { zone }: CompiledAgreement,
  { deadline: { dayEnd } }: CompiledObligation,
  day: LocalDate,
  due: Reckoned,
  renewed = false,
): Reckoned {
  if (due.localDate >= day) return due;
  return {
    dueAtMs: instantAt(zone, day, dayEnd),
    localDate: day,
    counted: day,
    explanation: [
      ...due.explanation,
      renewed
        ? {
            zh: `早于续期首日，以续期首日 ${day} 为最后一日`,
            en: `before the renewed term: its first day, ${day}, is the last day`,
          }
        : {
            zh: `早于生效日，以生效日 ${day} 为最后一日`,
            en: `before the effect: the day of the effect, ${day}, is the last day`,
          },
    ],
  };
}

/**
 * The k-th occurrence of what recurs by itself, with its due time; null while day 0 is not known, or where it begins
 * after the term.
 */
export function occurrenceDue(
  agreement: CompiledAgreement,
  rule: CompiledObligation,
  calling: Calling,
  k: number,
): (Occurrence & { due: Reckoned }) | null {
  const count = countOf(agreement, rule, calling);
  const opensAtMs = opensAt(agreement, rule, calling, k);
  if (!count || opensAtMs === null) return null;
  const occurrence = occurrenceIn(count, k, agreement.zone);
  return { ...occurrence, opensAtMs, due: dueOf(agreement, rule, count, occurrence) };
}

function dueOf(
  agreement: CompiledAgreement,
  rule: CompiledObligation,
  { from, renewed }: Count,
  { anchorDate: date, explanation }: Occurrence,
): Reckoned {
  const point = { date, name: anchorName(rule), steps: [explanation] };
  const due = resolveDeadline(rule.deadline, point, agreement.calendar, agreement.zone);
  return notBefore(agreement, rule, from, due, renewed);
}

/** An occurrence opens at most so many intervals or periods before its own: else one call would open them without end. */
const MOST_EARLY = 24;

/**
 * From when on the k-th occurrence is there: when its interval or period begins, yet not before the effect. What is due
 * before that, or as it begins, is there from the one before on: otherwise nobody could be in time. Null as in
 * `occurrenceDue`.
 */
function opensAt(agreement: CompiledAgreement, rule: CompiledObligation, calling: Calling, k: number): Instant | null {
  const count = countOf(agreement, rule, calling);
  if (!count) return null;
  const { recurrence, fromMs } = count;
  // An interval of nothing would come for ever at once: it never comes.
  if (recurrence.by === 'interval' && recurrence.every.count < 1) return null;
  const { zone } = agreement;
  const occurrence = occurrenceIn(count, k, zone);
  const { opensAtMs: beginsMs } = occurrence;
  if (calling.expiresOn !== null && beginsMs >= instantAt(zone, calling.expiresOn, '24:00')) return null;
  let opensAtMs = Math.max(beginsMs, fromMs);
  const { unit, count: length } = rule.deadline.offset;
  const atStart = 'edge' in recurrence && recurrence.edge === 'start';
  if (unit !== 'hours' && (length > 0 || (length === 0 && !atStart))) return opensAtMs;
  const { dueAtMs } = dueOf(agreement, rule, count, occurrence);
  for (let early = 1; early <= MOST_EARLY && dueAtMs <= opensAtMs && opensAtMs > fromMs; early += 1) {
    opensAtMs = Math.max(occurrenceIn(count, k - early, zone).opensAtMs, fromMs);
  }
  return opensAtMs;
}

/**
 * Why an obligation that runs is due when it is: the steps of its first due time, then each suspension, amendment and
 * override that moved it.
 */
export function explainDue(context: ObligationContext, calling: Calling): Text[] {
  const { agreement, state } = context;
  return [...(reckonedDue(context, calling)?.explanation ?? []), ...explainMoves(agreement, state)];
}

/**
 * When an obligation is due by its rule and the calendar by which it was found, without what suspensions and single
 * decisions have moved; null where day 0 is not known.
 */
export function reckonedDue({ agreement: now, rule, state }: ObligationContext, calling: Calling): Reckoned | null {
  const agreement = { ...now, calendar: calendarOf(now, state) };
  const { calendar, zone } = agreement;
  const named = occurrenceNamed(agreement, rule, calling, state.occurrence);
  if (named) return dueOf(agreement, rule, named.count, named.occurrence);
  const date = state.anchoredOn;
  if (date === null) return firstDue(agreement, rule, calling);
  const { offset } = rule.deadline;
  const first = dueByRule(state);
  const atMs = offset.unit === 'hours' && first ? first.dueAtMs - offset.count * 3_600_000 : undefined;
  const point = { date, name: anchorName(rule), ...(atMs === undefined ? {} : { atMs }) };
  return resolveDeadline(rule.deadline, point, calendar, zone);
}

/** The due time of the first round before anything but an amendment of the rule, or a newer calendar, moved it. */
export function dueByRule({ moves, originalDue }: ObligationState): Due | null {
  const ofFirst = moves.filter(({ round, review }) => round === 1 && !review);
  const amended = ofFirst.findLast(({ by, clock }) => (by === 'amendment' || by === 'calendar') && clock !== null);
  return amended?.clock?.counted ?? ofFirst[0]?.before ?? originalDue;
}

/** The occurrence of this label of what recurs by itself, with the count that it is of; null where there is none. */
function occurrenceNamed(
  agreement: CompiledAgreement,
  rule: CompiledObligation,
  calling: Calling,
  label: string | null,
): { count: Count; occurrence: Occurrence; k: number } | null {
  const count = label === null ? null : countOf(agreement, rule, calling, label);
  if (!count || label === null) return null;
  for (let k = 1; k <= MOST_OCCURRENCES; k += 1) {
    const occurrence = occurrenceIn(count, k, agreement.zone);
    if (occurrence.label >= label) return occurrence.label === label ? { count, occurrence, k } : null;
  }
  return null;
}

/** The last day of a cycle that is counted at an interval: the next one begins when it ends. Null for anything else. */
export function cycleEnd(
  agreement: CompiledAgreement,
  rule: CompiledObligation,
  calling: Calling,
  label: string | null,
): LocalDate | null {
  const named = rule.recurrence?.by === 'interval' ? occurrenceNamed(agreement, rule, calling, label) : null;
  return named && occurrenceIn(named.count, named.k + 1, agreement.zone).label;
}

/** Weekly for a hundred years; a label beyond names nothing that anybody will see. */
const MOST_OCCURRENCES = 5_200;

/** Whether there will be an occurrence of this label; of what follows another, whether that has one. */
export function willOccur(state: AgreementState, rule: CompiledObligation, label: string): boolean {
  const calling = callingOf(state);
  if (!calling) return false;
  const { agreement } = state;
  if (rule.recurrence) return occurrenceNamed(agreement, rule, calling, label) !== null;
  const followed = followedRule(agreement, rule);
  return followed !== undefined && willOccur(state, followed, label);
}

/**
 * Occurrences open in their order and none goes away, so their number says which one is next. What recurs otherwise since
 * an amendment is counted from there; what a renewed term counts anew, from its first: they bear its days.
 */
export function openedSoFar(state: AgreementState, rule: CompiledObligation): number {
  const { obligations, restarts } = state;
  const { id } = rule;
  const opened = obligations.filter((one) => one.id === id && one.occurrence !== null);
  const seams = isCountedAnew(rule) ? (callingOf(state)?.seams ?? []) : [];
  const restart = restarts[id];
  const last = seams.at(-1);
  if (restart && (last === undefined || (restart.seams ?? 0) === seams.length)) {
    return restart.skipped + opened.length - restart.opened;
  }
  if (last === undefined) return opened.length;
  // A calendar period that it had been before is called otherwise.
  return opened.filter(({ occurrence }) => occurrence?.length === last.length && occurrence >= last).length;
}

/**
 * How many occurrences of what recurs otherwise from a day on had begun before it, or bear the label of one that is there:
 * they stay with the rule that they began under (S004-30). A day of the year that is still to come counts.
 */
export function beginsBefore(
  agreement: CompiledAgreement,
  rule: CompiledObligation,
  calling: Calling,
  on: LocalDate,
  labels: readonly string[],
): number {
  const fromMs = instantAt(agreement.zone, on, '00:00');
  const { recurrence } = rule;
  const isDay = recurrence?.by === 'month-day' || (recurrence?.by === 'period' && recurrence.partialFirst);
  for (let k = 1; k <= MOST_OCCURRENCES; k += 1) {
    const next = occurrenceDue(agreement, rule, calling, k);
    if (!next) return k - 1;
    const hasBegun = isDay ? next.due.localDate < on : next.opensAtMs < fromMs;
    if (!hasBegun && !labels.includes(next.label)) return k - 1;
  }
  return MOST_OCCURRENCES;
}

/** The next occurrence that time opens, over all obligations; undefined when none will. */
export function nextOpening(state: AgreementState): Instant | undefined {
  const calling = callingOf(state);
  if (!calling) return undefined;
  return state.agreement.obligations.reduce<Instant | undefined>((first, rule) => {
    const next = opensAt(state.agreement, rule, calling, openedSoFar(state, rule) + 1);
    return next === null || (first !== undefined && first <= next) ? first : next;
  }, undefined);
}

/** The occurrences that are open by an instant and have not been opened yet, oldest first. */
export function openings(state: AgreementState, throughMs: Instant, by: Actor, commandId?: string): EventBody[] {
  const calling = callingOf(state);
  if (!calling) return [];
  const { agreement } = state;
  return agreement.obligations
    .flatMap((rule) => {
      const found: ObligationOpened[] = [];
      for (let k = openedSoFar(state, rule) + 1; ; k += 1) {
        const occurrence = occurrenceDue(agreement, rule, calling, k);
        if (!occurrence || occurrence.opensAtMs > throughMs) return found;
        const { label, anchorDate: anchoredOn, opensAtMs, due } = occurrence;
        const occurredAtMs = by.via === CLOCK.via ? opensAtMs : throughMs;
        found.push(opening(rule, label, { anchoredOn, opensAtMs, due }, occurredAtMs, by, commandId));
      }
    })
    .sort((a, b) => a.opensAtMs - b.opensAtMs);
}

function opening(
  rule: CompiledObligation,
  occurrence: string | null,
  { anchoredOn, opensAtMs, due }: { anchoredOn: LocalDate; opensAtMs: Instant; due: Due },
  occurredAtMs: Instant,
  actor: Actor,
  commandId: string | undefined,
): ObligationOpened {
  return {
    type: 'obligation-opened',
    obligation: rule.id,
    ...(occurrence === null ? {} : { occurrence }),
    occurredAtMs,
    actor,
    clauses: rule.clauses,
    ...(commandId === undefined ? {} : { commandId }),
    anchoredOn,
    opensAtMs,
    due: { dueAtMs: due.dueAtMs, localDate: due.localDate },
  };
}

/**
 * What these events set going: an obligation anchored on another's due time, on its fulfilment or on an event. An
 * occurrence is followed by one of the same name. What is open already is not opened twice.
 */
export function followers(before: AgreementState, events: EventBody[]): EventBody[] {
  const followed: EventBody[] = [];
  let state = events.reduce(evolve, before);
  for (let fresh = events; fresh.length > 0;) {
    const next = isInForce(state) ? fresh.flatMap((event) => followersOf(state, event)) : [];
    const opened = next.filter(
      (event, index) =>
        next.findIndex((one) => one.obligation === event.obligation && one.occurrence === event.occurrence) === index,
    );
    state = opened.reduce<AgreementState>(evolve, state);
    followed.push(...opened);
    fresh = opened;
  }
  return followed;
}

function followersOf(state: AgreementState, event: EventBody): ObligationOpened[] {
  const { agreement } = state;
  const of = 'obligation' in event ? event.obligation : undefined;
  const occurrence = 'occurrence' in event ? (event.occurrence ?? null) : null;
  return agreement.obligations.flatMap((rule) => {
    const { anchor } = rule.deadline;
    if (typeof anchor === 'string' || 'on' in anchor || rule.recurrence) return [];
    const label = recurs(agreement, rule) ? occurrence : null;
    const known = state.obligations.find((one) => one.id === rule.id && one.occurrence === label);
    if (known && known.due !== null) return [];
    const point = anchorPoint(state, anchor, event, of);
    if (!point) return [];
    const due = resolveDeadline(rule.deadline, point, agreement.calendar, agreement.zone);
    // What follows a due time is there as long as what it follows, though both may be recorded later.
    const opensAtMs = event.type === 'obligation-opened' ? event.opensAtMs : event.occurredAtMs;
    const opened = { anchoredOn: point.date, opensAtMs, due };
    return [opening(rule, label, opened, event.occurredAtMs, event.actor, event.commandId)];
  });
}

/** Where the event is what the anchor waits for: the moment from which it counts. */
function anchorPoint(
  { agreement: { zone } }: AgreementState,
  anchor: { obligation: string; at: 'fulfilled' | 'due' } | { event: string; of?: string },
  event: EventBody,
  of: string | undefined,
): { date: LocalDate; atMs: Instant; name: Text } | null {
  const name = 'event' in anchor ? ANCHOR_NAMES.event : ANCHOR_NAMES[anchor.at];
  if ('event' in anchor) {
    if (event.type !== anchor.event || (anchor.of !== undefined && anchor.of !== of)) return null;
  } else {
    if (anchor.obligation !== of) return null;
    if (anchor.at === 'due') {
      return event.type === 'obligation-opened' ? { date: event.due.localDate, atMs: event.due.dueAtMs, name } : null;
    }
    if (event.type !== 'obligation-fulfilled') return null;
  }
  return { date: localDateAt(zone, event.occurredAtMs), atMs: event.occurredAtMs, name };
}
