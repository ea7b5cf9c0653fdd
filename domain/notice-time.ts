import type { CompiledAgreement } from './agreement/compiled.ts';
import type { Due } from './agreement/event.ts';
import type { Rung } from './agreement/notice.ts';
import type { Calendar } from './calendar.ts';
import { isWorkingDay, workingDayOnOrAfter, workingDayOnOrBefore } from './calendar.ts';
import { addDays, daysBetween } from './local-date.ts';
import type { Instant, LocalDate, Zone } from './time.ts';
import { instantAt, localDateAt, localTimeAt } from './zone.ts';

/** Local hours of working days or of every day, `HH:MM`, from inclusive to exclusive. */
type NoticeHours = CompiledAgreement['noticeHours'];

/** What decides when notices may leave. */
export interface NoticeContext {
  calendar: Calendar;
  zone: Zone;
  hours: NoticeHours;
}

/** Whether notices leave on that date. */
function isOpen(date: LocalDate, calendar: Calendar, hours: NoticeHours): boolean {
  return hours.days === 'every-day' || isWorkingDay(calendar, date);
}

function openOnOrAfter(date: LocalDate, calendar: Calendar, hours: NoticeHours): LocalDate {
  return hours.days === 'every-day' ? date : workingDayOnOrAfter(calendar, date);
}

function openOnOrBefore(date: LocalDate, calendar: Calendar, hours: NoticeHours): LocalDate {
  return hours.days === 'every-day' ? date : workingDayOnOrBefore(calendar, date);
}

/** The moment itself within notice hours of a working day, else the next opening (design §4). */
export function noticeMoment(ms: Instant, calendar: Calendar, zone: Zone, hours: NoticeHours): Instant {
  const date = localDateAt(zone, ms);
  const time = localTimeAt(zone, ms);
  if (isOpen(date, calendar, hours)) {
    if (time >= hours.from && time < hours.to) return ms;
    if (time < hours.from) return instantAt(zone, date, hours.from);
  }
  return instantAt(zone, openOnOrAfter(addDays(date, 1), calendar, hours), hours.from);
}

/** Days after the due date of the overdue ladder: 1, 3, 7, then weekly without end. */
function* overdueDays(): Generator<number, never> {
  yield 1;
  yield 3;
  for (let days = 7; ; days += 7) yield days;
}

/** At the opening of the day, moved back to a working day, and always before the due instant. */
function momentBefore(due: Due, date: LocalDate, { calendar, zone, hours }: NoticeContext): Instant {
  const day = openOnOrBefore(date, calendar, hours);
  const ms = instantAt(zone, day, hours.from);
  if (ms < due.dueAtMs) return ms;
  return instantAt(zone, openOnOrBefore(addDays(day, -1), calendar, hours), hours.from);
}

function momentAfter(date: LocalDate, { calendar, zone, hours }: NoticeContext): Instant {
  return instantAt(zone, openOnOrAfter(date, calendar, hours), hours.from);
}

/** A rung and when it is due to leave. */
export interface PlannedRung {
  atMs: Instant;
  rung: Rung;
}

/** The rungs that are known beforehand: `before-N` for each lead, and `due`; ascending. */
export function plannedRungs(due: Due, leadDays: number[], context: NoticeContext): PlannedRung[] {
  const leads = [...leadDays].sort((a, b) => b - a);
  return [
    ...leads.map((lead) => ({
      atMs: momentBefore(due, addDays(due.localDate, -lead), context),
      rung: `before-${lead}`,
    })),
    { atMs: momentBefore(due, due.localDate, context), rung: 'due' },
  ];
}

/** `plannedRungs` and, up to and including the instant `overdueThrough`, the overdue rungs; ascending. */
export function ladder({
  due,
  leadDays,
  overdueThrough,
  ...context
}: NoticeContext & { due: Due; leadDays: number[]; overdueThrough?: Instant }): PlannedRung[] {
  const rungs = plannedRungs(due, leadDays, context);
  if (overdueThrough === undefined) return rungs;
  for (const days of overdueDays()) {
    const atMs = momentAfter(addDays(due.localDate, days), context);
    if (atMs > overdueThrough) break;
    rungs.push({ atMs, rung: `overdue-${days}` });
  }
  return rungs;
}

/**
 * The earliest moment later than `afterMs` (of all, when null) with every rung that falls on it: one mail. The overdue
 * ladder is endless, so there is always one; stop asking when the thing is done.
 */
export function nextRungs(
  due: Due,
  leadDays: number[],
  context: NoticeContext,
  afterMs: Instant | null,
): { atMs: Instant; rungs: Rung[] } {
  // Every planned rung is before the due instant.
  const planned =
    afterMs !== null && afterMs >= due.dueAtMs
      ? []
      : plannedRungs(due, leadDays, context).filter(({ atMs }) => afterMs === null || atMs > afterMs);
  const first = planned[0];
  if (first) return { atMs: first.atMs, rungs: planned.filter((p) => p.atMs === first.atMs).map((p) => p.rung) };

  // Nothing planned is left, so afterMs is at least the moment of `due`.
  const after = afterMs ?? due.dueAtMs;
  const today = localDateAt(context.zone, after);
  const opensLater = instantAt(context.zone, today, context.hours.from) > after;
  const next = openOnOrAfter(opensLater ? today : addDays(today, 1), context.calendar, context.hours);
  // A nominal date up to the working day before `next` has had its moment; anything later has not.
  const passed = daysBetween(due.localDate, openOnOrBefore(addDays(next, -1), context.calendar, context.hours));
  let found: { atMs: Instant; rungs: Rung[] } | undefined;
  for (const days of overdueDays()) {
    if (days <= passed) continue;
    const atMs = momentAfter(addDays(due.localDate, days), context);
    if (found && atMs !== found.atMs) return found;
    found = { atMs, rungs: [...(found?.rungs ?? []), `overdue-${days}`] };
  }
  throw new Error('unreachable: the overdue ladder is endless');
}
