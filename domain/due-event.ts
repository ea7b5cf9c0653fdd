import { referenceOf } from './agreement/reference.ts';
import type { Instant, LocalDate, Zone } from './time.ts';
import { instantAt, localTimeAt } from './zone.ts';

/** An event that ends at a moment needs a length (RFC 5545 3.8.2.2): the last half hour. */
const TIMED_MS = 1_800_000;

/** A due time as a calendar program shows it: the whole last day where the period ends with it, else up to its moment. */
export interface DueEvent {
  allDay: boolean;
  date: LocalDate;
  startMs: Instant;
  endMs: Instant;
}

export function dueEvent(zone: Zone, { dueAtMs, localDate }: { dueAtMs: Instant; localDate: LocalDate }): DueEvent {
  const allDay = localTimeAt(zone, dueAtMs) === '00:00:00';
  const startMs = allDay ? instantAt(zone, localDate, '00:00') : dueAtMs - TIMED_MS;
  return { allDay, date: localDate, startMs, endMs: dueAtMs };
}

/**
 * The UID of an occurrence's event: the same whenever it is told, so that a calendar moves it instead of adding another.
 * @param series what it is told about: a plan, or an agreement, a seat and an act
 */
export function dueEventUid(
  { obligation, occurrence }: { obligation: string; occurrence?: string | undefined },
  series: string,
  host = 'abide',
): string {
  return `${referenceOf({ obligation, occurrence }).replace('#', '.')}.${series}@${host}`;
}
