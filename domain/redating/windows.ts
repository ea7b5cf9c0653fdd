import type { CompiledAgreement } from '../agreement/compiled.ts';
import type { Due, WindowMove } from '../agreement/event.ts';
import type { AgreementState } from '../agreement/state.ts';
import { type Calendar, workingDayOnOrAfter } from '../calendar.ts';
import { lapseOf } from '../life/amendment.ts';
import { breachPeriod } from '../life/breach.ts';
import { consentDaysOf } from '../life/cap-change.ts';
import { addDays } from '../local-date.ts';
import { clockOf } from '../matters/matters.ts';
import type { LocalDate } from '../time.ts';
import { instantAt, localDateAt } from '../zone.ts';

/** A period for an act that runs beside the duties: it ends at 24:00 of its last day, rolled over. */
interface Window {
  of: string;
  due: Due;
  /** Its last day before that; null where it is not known any more: then it can only become later. */
  counted: LocalDate | null;
}

/** The periods beside the duties that end on another day by the next calendar; never before the end of today. */
export function windowMoves(
  state: AgreementState,
  next: CompiledAgreement,
  on: LocalDate,
): (WindowMove & { since: LocalDate })[] {
  const { calendar, zone } = state.agreement;
  const rolled = windowsOf(state).flatMap(({ of, due: before, counted }) => {
    const known = counted !== null && workingDayOnOrAfter(calendar, counted) === before.localDate;
    const since = known ? counted : before.localDate;
    const due = endingOn(next.calendar, zone, since < on ? on : since);
    return due.dueAtMs === before.dueAtMs ? [] : [{ of, before, due, since }];
  });
  return [...rolled, ...lapses(state, next)];
}

function endingOn(calendar: Calendar, zone: CompiledAgreement['zone'], counted: LocalDate): Due {
  const localDate = workingDayOnOrAfter(calendar, counted);
  return { dueAtMs: instantAt(zone, localDate, '24:00'), localDate };
}

function windowsOf(state: AgreementState): Window[] {
  const { zone, life } = state.agreement;
  const days = breachPeriod(state);
  return [
    ...state.breaches.flatMap(({ id, status, due, servedOn }): Window[] => {
      const runs = (status === 'notified' || status === 'negotiating') && due !== null && servedOn !== null;
      return runs ? [{ of: `breach:${id}`, due, counted: days === null ? null : addDays(servedOn, days) }] : [];
    }),
    ...state.amendments.flatMap((one): Window[] => {
      const { id, status, third } = one;
      if (status !== 'proposed' || !third?.due || third.notifiedOn === null) return [];
      const consentDays = consentDaysOf(state.agreement, one);
      const counted = consentDays === null ? null : addDays(third.notifiedOn, consentDays);
      return [{ of: `consent:${id}`, due: third.due, counted }];
    }),
    ...state.claims.flatMap(({ id, status, answerDue }): Window[] =>
      status === 'made' && answerDue ? [{ of: `claim:${id}`, due: answerDue, counted: null }] : [],
    ),
    ...state.matters.flatMap(({ id, kind, rule, due, status, openedAtMs, endedAtMs }): Window[] => {
      if (due === null || endedAtMs !== null || status !== 'open') return [];
      const wait = clockOf(kind, rule ?? '', life);
      return [
        { of: `matter:${id}`, due, counted: wait === null ? null : addDays(localDateAt(zone, openedAtMs), wait) },
      ];
    }),
  ];
}

/** Until when proposals of a change can be accepted. */
function lapses(state: AgreementState, next: CompiledAgreement): (WindowMove & { since: LocalDate })[] {
  const { agreement } = state;
  return state.amendments.flatMap(({ id, status, lapsesAtMs, proposedAtMs, effectiveOn }) => {
    if (status !== 'proposed' || lapsesAtMs === null) return [];
    const wait = agreement.life?.amendment?.lapseDays ?? null;
    const proposedOn = localDateAt(agreement.zone, proposedAtMs);
    const was = lapseOf(agreement, wait, proposedOn, effectiveOn);
    const is = lapseOf(next, wait, proposedOn, effectiveOn);
    if (was.atMs !== lapsesAtMs || is.atMs === was.atMs) return [];
    const due = ({ atMs, localDate }: typeof was): Due => ({ dueAtMs: atMs, localDate });
    const since = was.localDate < is.localDate ? was.localDate : is.localDate;
    return [{ of: `amendment:${id}`, before: due(was), due: due(is), since }];
  });
}

/** The state with a period that ends on another day. */
export function withWindow(state: AgreementState, { of, due }: WindowMove): AgreementState {
  const colon = of.indexOf(':');
  const [kind, id] = [of.slice(0, colon), of.slice(colon + 1)];
  const change = <T extends { id: string }>(all: T[], moved: (one: T) => T): T[] =>
    all.map((one) => (one.id === id ? moved(one) : one));
  switch (kind) {
    case 'breach':
      return { ...state, breaches: change(state.breaches, (one) => ({ ...one, due })) };
    case 'consent':
      return {
        ...state,
        amendments: change(state.amendments, (one) => (one.third ? { ...one, third: { ...one.third, due } } : one)),
      };
    case 'amendment':
      return { ...state, amendments: change(state.amendments, (one) => ({ ...one, lapsesAtMs: due.dueAtMs })) };
    case 'claim':
      return { ...state, claims: change(state.claims, (one) => ({ ...one, answerDue: due })) };
    case 'matter':
      return { ...state, matters: change(state.matters, (one) => ({ ...one, due })) };
    default:
      return state;
  }
}
