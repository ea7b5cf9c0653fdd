import type { NoticeDraft, NoticeFacts, NoticeKind } from '../agreement/notice.ts';
import { COORDINATOR, CUSTOMER, mailSeat } from '../agreement/parties.ts';
import { isWorkingDay, workingDayOnOrBefore } from '../calendar.ts';
import { addDays } from '../local-date.ts';
import { noticeMoment } from '../notice-time.ts';
import type { Instant } from '../time.ts';
import { instantAt, localDateAt, localTimeAt } from '../zone.ts';
import { dueOf, instantWhenUsed, isRunning } from './clock.ts';
import { contextOf, ruleOf } from './clocks.ts';
import type { CaseInput } from './command.ts';
import type { CaseClock, CaseState } from './state.ts';

const HOUR_MS = 3_600_000;

/** Mails to the customer. */
export const CUSTOMER_KINDS = [
  'case-receipt',
  'case-progress',
  'case-plan',
  'case-information',
  'case-result',
  'case-follow-up',
] as const satisfies NoticeKind[];
type CustomerKind = (typeof CUSTOMER_KINDS)[number];

function factsOf({ input, severity, cycles }: CaseState): NoticeFacts {
  const { reference, caseType, customerId } = input;
  return {
    process: reference,
    kind: caseType,
    status: severity,
    round: cycles.length,
    ...(customerId === null ? {} : { customer: customerId }),
  };
}

/**
 * One notice to each of these seats; nobody is written to about their own act. Alarms of clocks that run around the clock leave
 * at once, day and night, all else in notice hours (design §4).
 */
export function told(
  state: CaseState,
  kind: NoticeKind,
  {
    atMs,
    to,
    copies = [],
    by,
    clauses = state.input.rules.clauses,
    facts,
    rungs,
    atOnce = state.input.rules.clocks.some(({ unit }) => unit === 'hours'),
  }: {
    atMs: Instant;
    to: string[];
    copies?: string[];
    by?: string;
    clauses?: string[];
    facts?: NoticeFacts;
    rungs?: string[];
    /** Day and night: where its clocks run so, or the one that it is about. */
    atOnce?: boolean;
  },
): NoticeDraft[] {
  const { input } = state;
  const asked = to.map((seat) => mailSeat(input, seat));
  const seats = [...new Set([...asked, ...copies.map((seat) => mailSeat(input, seat))])];
  return seats
    .filter((seat) => seat !== by && input.seats.includes(seat))
    .map((seat) => ({
      kind,
      seat,
      role: asked.includes(seat) ? seat : 'copy',
      atMs: rungs || atOnce ? atMs : noticeMoment(atMs, input.calendar, input.zone, input.noticeHours),
      clauses,
      ...(rungs ? { rungs } : {}),
      facts: { ...factsOf(state), ...facts },
    }));
}

/** What the customer is written, at once: to its address where it has one, to its seat where it is a party. */
export function toldCustomer(
  state: CaseState,
  kind: CustomerKind,
  { atMs, by, about, facts }: { atMs: Instant; by?: string; about?: string; facts?: NoticeFacts },
): NoticeDraft[] {
  const { customerId, contactId = customerId, customerMail, rules } = state.input;
  const all = { ...(about === undefined ? {} : { about }), by: rules.provider, ...facts };
  if (rules.customer !== null) {
    const told1 = { ...all, ground: kind.slice('case-'.length) };
    return told(state, 'case-told', { atMs, to: [rules.customer], facts: told1, ...(by === undefined ? {} : { by }) });
  }
  if (contactId === null || !customerMail) return [];
  return [
    {
      kind,
      seat: CUSTOMER,
      role: CUSTOMER,
      addressee: contactId,
      atMs,
      clauses: rules.clauses,
      facts: { ...factsOf(state), ...all },
    },
  ];
}

/** Whoever hears of a clock that is near its end: whoever handles it, and late whoever is above. */
export function handlersOf({ handler, assignee, input }: CaseState): string[] {
  const isSeat = assignee !== null && (input.seats.includes(assignee) || input.seatParties[assignee] !== undefined);
  return isSeat ? [assignee, handler] : [handler];
}

/** Of a clock that started or runs again: every warning that is still ahead, to be dropped once it has lost its point. */
export function warningsOf(before: CaseState, after: CaseState, atMs: Instant): NoticeDraft[] {
  const context = contextOf(after.input);
  return after.clocks.flatMap((clock) => {
    if (!isRunning(clock) || isQuiet(clock)) return [];
    const was = before.clocks.find(({ id, cycle }) => id === clock.id && cycle === clock.cycle);
    if (was === clock) return [];
    const dueAtMs = dueOf(clock, context);
    if (dueAtMs === null || (was !== undefined && dueOf(was, context) === dueAtMs)) return [];
    const rungs = rungsOf(after, clock, dueAtMs).filter((rung) => rung.atMs > atMs && rung.atMs < dueAtMs);
    return rungs.flatMap(({ atMs: at, rung }) =>
      told(after, 'case-warning', {
        atMs: at,
        to: handlersOf(after),
        clauses: ruleOf(after.input, clock.id)?.clauses ?? after.input.rules.clauses,
        facts: { about: clock.id, dueAtMs, value: String(clock.cycle) },
        rungs: [rung],
      }),
    );
  });
}

/** The wait for the customer warns nobody. */
function isQuiet({ id }: CaseClock): boolean {
  return id === 'opinion' || id === 'follow-up' || id === 'confirmation';
}

/** When the warnings of a clock leave, ascending; none of one that waits for the customer. */
export function warningMoments(state: CaseState, clock: CaseClock, dueAtMs: Instant): Instant[] {
  if (isQuiet(clock)) return [];
  return rungsOf(state, clock, dueAtMs)
    .map(({ atMs }) => atMs)
    .sort((a, b) => a - b);
}

/** The moments of a clock's warnings; those of clocks that keep office hours move back into them. */
function rungsOf({ input }: CaseState, clock: CaseClock, dueAtMs: Instant): { atMs: Instant; rung: string }[] {
  const rule = ruleOf(input, clock.id);
  if (!rule) return [];
  const { hours, percents } = rule.warnings;
  const context = contextOf(input);
  const countsHours = clock.unit === 'hours' || clock.unit === 'working-hours';
  const used = (share: number): Instant | null =>
    countsHours
      ? instantWhenUsed(clock, share, context)
      : Math.round(clock.startAtMs + ((dueAtMs - clock.startAtMs) * share) / clock.budget);
  const before = hours.map((left) => ({
    rung: `before-${left}h`,
    atMs: countsHours ? (clock.budget > left ? used(clock.budget - left) : null) : dueAtMs - left * HOUR_MS,
  }));
  const shares = percents.map((percent) => ({
    rung: `used-${percent}`,
    atMs: used((clock.budget * percent) / 100),
  }));
  return [...before, ...shares].flatMap(({ rung, atMs }) =>
    atMs === null ? [] : [{ rung, atMs: clock.unit === 'hours' ? atMs : openedBefore(input, atMs) }],
  );
}

/** The moment itself within notice hours, else the last opening before it. */
function openedBefore({ calendar, zone, noticeHours: hours }: CaseInput, atMs: Instant): Instant {
  const date = localDateAt(zone, atMs);
  const time = localTimeAt(zone, atMs);
  const isOpen = hours.days === 'every-day' || isWorkingDay(calendar, date);
  if (isOpen && time >= hours.from && time < hours.to) return atMs;
  const last = isOpen && time >= hours.from ? date : addDays(date, -1);
  const day = hours.days === 'every-day' ? last : workingDayOnOrBefore(calendar, last);
  return instantAt(zone, day, hours.from);
}

/** Whether a notice that waits still says what is so. */
export function stillToThePoint({ kind, facts }: NoticeDraft, state: CaseState): boolean {
  if (kind !== 'case-warning') return true;
  return state.clocks.some(
    (clock) =>
      clock.id === facts.about &&
      String(clock.cycle) === facts.value &&
      isRunning(clock) &&
      dueOf(clock, contextOf(state.input)) === facts.dueAtMs,
  );
}

/** Clocks of this case that end together, or warn of the same end at once, are one mail to each reader. */
export function together(leaving: NoticeDraft[]): NoticeDraft[] {
  return leaving.reduce<NoticeDraft[]>((all, draft) => {
    const same = all.find((one) => isOfOneEnd(one, draft));
    return same ? all.map((one) => (one === same ? joined(one, draft) : one)) : [...all, draft];
  }, []);
}

function isOfOneEnd(one: NoticeDraft, other: NoticeDraft): boolean {
  const { kind, seat, role, atMs, facts } = one;
  const isOfClocks = kind === 'case-warning' || (kind === 'case-late' && !isProgress(one) && !isProgress(other));
  if (!isOfClocks || other.kind !== kind || other.seat !== seat || other.role !== role) return false;
  return other.atMs === atMs && other.facts.dueAtMs === facts.dueAtMs;
}

/** What it says of missing reports is another thing. */
function isProgress({ facts }: NoticeDraft): boolean {
  return facts.about === 'progress';
}

function joined(one: NoticeDraft, other: NoticeDraft): NoticeDraft {
  const rungs = [...new Set([...(one.rungs ?? []), ...(other.rungs ?? [])])];
  return {
    ...one,
    clauses: [...new Set([...one.clauses, ...other.clauses])],
    ...(rungs.length > 0 ? { rungs } : {}),
    facts: { ...one.facts, clocks: [...clocksTold(one), ...clocksTold(other)] },
  };
}

/** The clocks that a notice is about. */
export function clocksTold({ facts }: Pick<NoticeDraft, 'facts'>): NonNullable<NoticeFacts['clocks']> {
  const { about, verdict, clocks } = facts;
  if (clocks) return clocks;
  return about === undefined ? [] : [{ about, ...(verdict === undefined ? {} : { verdict }) }];
}

/** Whoever is told that a clock ran out beside the handler; of a breach of the contract every party. */
export function escalatedTo({ input: { rules, parties } }: CaseState, isBreach: boolean): string[] {
  return [...rules.escalateTo, ...(isBreach ? parties : []), COORDINATOR];
}
