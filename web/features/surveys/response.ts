import type { Progress } from './insight.ts';

const DAY_MS = 86_400_000;

/** Every day from publication to the close, or to the last answer that came after it; none before it is published. */
export function daysOf({ publishedOn, closesOn, days }: Pick<Progress, 'publishedOn' | 'closesOn' | 'days'>): string[] {
  const first = [publishedOn, days[0]?.on ?? null].filter((day) => day !== null).sort()[0];
  const last = [closesOn, publishedOn, days.at(-1)?.on ?? null]
    .filter((day) => day !== null)
    .sort()
    .at(-1);
  if (first === undefined || last === undefined) return [];
  const count = Math.round((Date.parse(last) - Date.parse(first)) / DAY_MS) + 1;
  return Array.from({ length: count }, (_, index) =>
    new Date(Date.parse(first) + index * DAY_MS).toISOString().slice(0, 10),
  );
}

/** Answers in time up to each of these days; null after today, or after the last of them once it is closed. */
export function running(
  { days, asOf, closedOn }: Pick<Progress, 'days' | 'asOf' | 'closedOn'>,
  all: string[],
): (number | null)[] {
  const until = closedOn ?? asOf.slice(0, 10);
  let sum = 0;
  return all.map((on) => {
    sum += days.find((day) => day.on === on)?.answered ?? 0;
    return on > until ? null : sum;
  });
}
