import { resolveDeadline } from '../deadline.ts';
import type { ObligationContext } from '../obligations/registry.ts';
import { type Occurrence, occurrenceOf } from '../recurrence.ts';
import type { Instant, LocalDate, Text } from '../time.ts';
import { instantAt, localDateAt } from '../zone.ts';
import type { CompiledAgreement, CompiledObligation } from './compiled.ts';
import type { Actor } from './command.ts';
import type { Due, EventBody, ObligationOpened } from './event.ts';
import { evolve } from './evolve.ts';
import { CLOCK } from './parties.ts';
import type { AgreementState } from './state.ts';

/** What is known of day 0 and the term when dates are asked for. */
export interface Calling {
  inForceOn: LocalDate;
  expiresOn: LocalDate | null;
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
export function firstDue(
  agreement: CompiledAgreement,
  rule: CompiledObligation,
  calling: Calling,
): (Due & { explanation: Text[] }) | null {
  if (recurs(agreement, rule)) return null;
  const { calendar, zone } = agreement;
  const date = anchorDate(rule, calling);
  if (date !== null) {
    const due = resolveDeadline(rule.deadline, { date, name: anchorName(rule) }, calendar, zone);
    return notBeforeEffect(agreement, rule, calling, due);
  }
  const { anchor } = rule.deadline;
  if (typeof anchor === 'string' || !('obligation' in anchor) || anchor.at !== 'due') return null;
  const followed = followedRule(agreement, rule);
  const due = followed && firstDue(agreement, followed, calling);
  if (!due) return null;
  const point = { date: due.localDate, atMs: due.dueAtMs, name: ANCHOR_NAMES.due };
  return notBeforeEffect(agreement, rule, calling, resolveDeadline(rule.deadline, point, calendar, zone));
}

/** What would have been due before the agreement came into force is due on that day: nothing is owed before. */
function notBeforeEffect(
  { zone }: CompiledAgreement,
  { deadline: { dayEnd } }: CompiledObligation,
  { inForceOn }: Calling,
  due: Due & { explanation: Text[] },
): Due & { explanation: Text[] } {
  if (due.localDate >= inForceOn) return due;
  return {
    dueAtMs: instantAt(zone, inForceOn, dayEnd),
    localDate: inForceOn,
    explanation: [
      ...due.explanation,
      {
        zh: `早于生效日，以生效日 ${inForceOn} 为最后一日`,
        en: `before the effect: the day of the effect, ${inForceOn}, is the last day`,
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
): (Occurrence & { due: Due & { explanation: Text[] } }) | null {
  const day0 = anchorDate(rule, calling);
  const opensAtMs = opensAt(agreement, rule, calling, k);
  if (!rule.recurrence || day0 === null || opensAtMs === null) return null;
  const occurrence = occurrenceOf(rule.recurrence, day0, k, agreement.zone);
  return { ...occurrence, opensAtMs, due: dueOf(agreement, rule, calling, occurrence) };
}

function dueOf(
  agreement: CompiledAgreement,
  rule: CompiledObligation,
  calling: Calling,
  { anchorDate: date, explanation }: Occurrence,
): Due & { explanation: Text[] } {
  const point = { date, name: anchorName(rule), steps: [explanation] };
  const due = resolveDeadline(rule.deadline, point, agreement.calendar, agreement.zone);
  return notBeforeEffect(agreement, rule, calling, due);
}

/** An occurrence opens at most so many intervals or periods before its own: else one call would open them without end. */
const MOST_EARLY = 24;

/**
 * From when on the k-th occurrence is there: when its interval or period begins, yet not before the effect. What is due
 * before that, or as it begins, is there from the one before on: otherwise nobody could be in time. Null as in
 * `occurrenceDue`.
 */
function opensAt(agreement: CompiledAgreement, rule: CompiledObligation, calling: Calling, k: number): Instant | null {
  const { recurrence } = rule;
  const day0 = anchorDate(rule, calling);
  if (!recurrence || day0 === null) return null;
  // An interval of nothing would come for ever at once: it never comes.
  if (recurrence.by === 'interval' && recurrence.every.count < 1) return null;
  const { zone } = agreement;
  const occurrence = occurrenceOf(recurrence, day0, k, zone);
  const { opensAtMs: beginsMs } = occurrence;
  if (calling.expiresOn !== null && beginsMs >= instantAt(zone, calling.expiresOn, '24:00')) return null;
  const effectMs = instantAt(zone, calling.inForceOn, '00:00');
  let opensAtMs = Math.max(beginsMs, effectMs);
  const { unit, count } = rule.deadline.offset;
  const atStart = 'edge' in recurrence && recurrence.edge === 'start';
  if (unit !== 'hours' && (count > 0 || (count === 0 && !atStart))) return opensAtMs;
  const { dueAtMs } = dueOf(agreement, rule, calling, occurrence);
  for (let early = 1; early <= MOST_EARLY && dueAtMs <= opensAtMs && opensAtMs > effectMs; early += 1) {
    opensAtMs = Math.max(occurrenceOf(recurrence, day0, k - early, zone).opensAtMs, effectMs);
  }
  return opensAtMs;
}

/** Why an obligation that runs is due when it is: the steps of its first due time. */
export function explainDue({ agreement, rule, state }: ObligationContext, calling: Calling): Text[] {
  const { calendar, zone } = agreement;
  const occurrence = occurrenceNamed(agreement, rule, calling, state.occurrence);
  if (occurrence) return dueOf(agreement, rule, calling, occurrence).explanation;
  const date = state.anchoredOn;
  if (date === null) return firstDue(agreement, rule, calling)?.explanation ?? [];
  const { offset } = rule.deadline;
  const atMs =
    offset.unit === 'hours' && state.originalDue ? state.originalDue.dueAtMs - offset.count * 3_600_000 : undefined;
  const point = { date, name: anchorName(rule), ...(atMs === undefined ? {} : { atMs }) };
  return resolveDeadline(rule.deadline, point, calendar, zone).explanation;
}

/** The occurrence of this label of what recurs by itself; null where there is none. */
function occurrenceNamed(
  { zone }: CompiledAgreement,
  rule: CompiledObligation,
  calling: Calling,
  label: string | null,
): Occurrence | null {
  const day0 = anchorDate(rule, calling);
  if (!rule.recurrence || day0 === null || label === null) return null;
  for (let k = 1; k <= MOST_OCCURRENCES; k += 1) {
    const occurrence = occurrenceOf(rule.recurrence, day0, k, zone);
    if (occurrence.label >= label) return occurrence.label === label ? occurrence : null;
  }
  return null;
}

/** Weekly for a hundred years; a label beyond names nothing that anybody will see. */
const MOST_OCCURRENCES = 5_200;

/** Whether there will be an occurrence of this label; of what follows another, whether that has one. */
export function willOccur(state: AgreementState, rule: CompiledObligation, label: string): boolean {
  if (state.inForceOn === null) return false;
  const { agreement, inForceOn, expiresOn } = state;
  if (rule.recurrence) return occurrenceNamed(agreement, rule, { inForceOn, expiresOn }, label) !== null;
  const followed = followedRule(agreement, rule);
  return followed !== undefined && willOccur(state, followed, label);
}

/** Occurrences open in their order and none goes away, so their number says which one is next. */
function openedSoFar(state: AgreementState, { id }: CompiledObligation): number {
  return state.obligations.reduce((count, one) => (one.id === id ? count + 1 : count), 0);
}

/** The next occurrence that time opens, over all obligations; undefined when none will. */
export function nextOpening(state: AgreementState): Instant | undefined {
  if (state.inForceOn === null) return undefined;
  const calling = { inForceOn: state.inForceOn, expiresOn: state.expiresOn };
  return state.agreement.obligations.reduce<Instant | undefined>((first, rule) => {
    const next = opensAt(state.agreement, rule, calling, openedSoFar(state, rule) + 1);
    return next === null || (first !== undefined && first <= next) ? first : next;
  }, undefined);
}

/** The occurrences that are open by an instant and have not been opened yet, oldest first. */
export function openings(state: AgreementState, throughMs: Instant, by: Actor, commandId?: string): EventBody[] {
  if (state.inForceOn === null) return [];
  const { agreement } = state;
  const calling = { inForceOn: state.inForceOn, expiresOn: state.expiresOn };
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
    const next = state.status === 'active' ? fresh.flatMap((event) => followersOf(state, event)) : [];
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
