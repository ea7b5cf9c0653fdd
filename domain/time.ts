/** A calendar date without a zone, `YYYY-MM-DD`. */
export type LocalDate = string;

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/**
 * A time zone as data, because a workflow has no `Intl`: the offset in force from each instant on, ascending.
 * The first entry has `fromMs: null` and holds since ever.
 */
export interface Zone {
  id: string;
  offsets: { fromMs: Instant | null; offsetMinutes: number }[];
}

/** Text for people, always in both languages. */
export interface Text {
  zh: string;
  en: string;
}
