/** Days since 1970 of a local date: what a chart counts in. */
export function dayOf(localDate: string): number {
  return Math.floor(Date.parse(`${localDate.slice(0, 10)}T00:00:00Z`) / 86_400_000);
}

export function dateOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

export const ZOOMS = ['quarter', 'year', 'all'] as const;
export type Zoom = (typeof ZOOMS)[number];

/** First day, and the first one after it. */
export interface Window {
  from: number;
  to: number;
}

const MONTHS: Record<Exclude<Zoom, 'all'>, number> = { quarter: 3, year: 12 };

function monthStart(year: number, month: number): number {
  return Math.floor(Date.UTC(year, month, 1) / 86_400_000);
}

/** The quarter or year that a day lies in; of all, what the spans fill, with a margin. */
export function windowAround(zoom: Zoom, day: number, all: Window): Window {
  if (zoom === 'all') return all;
  const at = new Date(day * 86_400_000);
  const months = MONTHS[zoom];
  const first = Math.floor(at.getUTCMonth() / months) * months;
  return { from: monthStart(at.getUTCFullYear(), first), to: monthStart(at.getUTCFullYear(), first + months) };
}

/** Where the lines of the axis stand, with whether a year begins there. */
export function ticksOf({ from, to }: Window): { day: number; year: number; month: number }[] {
  const start = new Date(from * 86_400_000);
  const length = to - from;
  const step = length <= 400 ? 1 : length <= 1_200 ? 3 : length <= 2_500 ? 6 : 12;
  const ticks = [];
  const firstMonth = Math.ceil(start.getUTCMonth() / step) * step;
  for (let month = firstMonth; ; month += step) {
    const day = monthStart(start.getUTCFullYear(), month);
    if (day >= to) return ticks;
    if (day >= from) {
      const at = new Date(day * 86_400_000);
      ticks.push({ day, year: at.getUTCFullYear(), month: at.getUTCMonth() + 1 });
    }
  }
}
