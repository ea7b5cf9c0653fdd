const DAY_MS = 86_400_000;

const ms = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/**
 * The day proposed for one of so many visits: spread evenly over what is left of a year, and never on a Saturday or Sunday.
 * A proposal only: whoever plans knows the holidays.
 */
export function proposedDay(year: number, today: string, index: number, count: number): string {
  const last = ms(`${String(year)}-12-31`);
  const first = Math.max(ms(`${String(year)}-01-01`), ms(today));
  const raw = first + Math.floor(((index + 0.5) * (last - first)) / Math.max(count, 1) / DAY_MS) * DAY_MS;
  const weekday = new Date(raw).getUTCDay();
  const onward = weekday === 6 ? 2 : weekday === 0 ? 1 : 0;
  // A weekend at the very end of the year is left to the front.
  return dayOf(raw + onward * DAY_MS > last ? raw - (weekday === 6 ? 1 : 2) * DAY_MS : raw + onward * DAY_MS);
}
