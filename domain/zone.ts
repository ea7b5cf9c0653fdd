import { addDays } from './local-date.ts';
import type { Instant, LocalDate, Zone } from './time.ts';

const MINUTE_MS = 60_000;

function offsetMinutesAt(zone: Zone, ms: Instant): number {
  let offset = 0;
  for (const entry of zone.offsets) {
    if (entry.fromMs !== null && entry.fromMs > ms) break;
    offset = entry.offsetMinutes;
  }
  return offset;
}

/** `YYYY-MM-DDTHH:MM:SS` on the zone's clocks. */
function localDateTime(zone: Zone, ms: Instant): string {
  return new Date(ms + offsetMinutesAt(zone, ms) * MINUTE_MS).toISOString().slice(0, 19);
}

/** The date on the zone's clocks at this instant. */
export function localDateAt(zone: Zone, ms: Instant): LocalDate {
  return localDateTime(zone, ms).slice(0, 10);
}

/** The time on the zone's clocks at this instant, `HH:MM:SS`. */
export function localTimeAt(zone: Zone, ms: Instant): string {
  return localDateTime(zone, ms).slice(11);
}

/**
 * The instant at which the zone's clocks show this date and time (`HH:MM` or `HH:MM:SS`; `24:00` is the start of the
 * next date). A time that daylight saving leaves out moves forward by the gap; one that it repeats is the earlier.
 */
export function instantAt(zone: Zone, date: LocalDate, time: string): Instant {
  if (time.startsWith('24:00')) return instantAt(zone, addDays(date, 1), '00:00');
  const localMs = Date.parse(`${date}T${time.length === 5 ? `${time}:00` : time}Z`);
  let before = localMs;
  for (const [index, entry] of zone.offsets.entries()) {
    const ms = localMs - entry.offsetMinutes * MINUTE_MS;
    const end = zone.offsets[index + 1]?.fromMs ?? Number.POSITIVE_INFINITY;
    // Earlier than this offset is in force, yet not within the one before: the clocks never showed it.
    if (entry.fromMs !== null && ms < entry.fromMs) return before;
    if (ms < end) return ms;
    before = ms;
  }
  return before;
}

/** The instant as ISO 8601 with the zone's offset and whole seconds: `2026-10-09T00:00:00+08:00`, never `Z`. */
export function isoAt(zone: Zone, ms: Instant): string {
  const offset = offsetMinutesAt(zone, ms);
  const hours = String(Math.trunc(Math.abs(offset) / 60)).padStart(2, '0');
  const minutes = String(Math.abs(offset) % 60).padStart(2, '0');
  return `${localDateTime(zone, ms)}${offset < 0 ? '-' : '+'}${hours}:${minutes}`;
}
