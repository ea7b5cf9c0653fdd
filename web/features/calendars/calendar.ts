import type { Text } from '../../wire.ts';

export const FESTIVALS = [
  'new-year',
  'spring-festival',
  'qingming',
  'labour-day',
  'dragon-boat',
  'mid-autumn',
  'national-day',
] as const;
export type Festival = (typeof FESTIVALS)[number];

/** The wire of api/routes/calendars.ts and api/routes/redatings.ts. */
export interface Notice {
  year: number;
  holidays: { name: Festival | 'other'; also?: Festival[]; title?: Text; from: string; to: string }[];
  makeUp: { date: string; name: Festival | 'other' }[];
  source: { documentNumber: string; issuedOn: string; link: string };
}

export interface CalendarVersion {
  id: string;
  version: string;
  hash: string;
  provisionalFrom: string;
  newest: boolean;
  builtIn: boolean;
  previous: string | null;
  firstYear: number;
  lastYear: number;
  officialThrough: string;
  notice: Notice | null;
  enteredAt: string | null;
  enteredBy: string | null;
  pinned: number;
}

export interface CalendarYear {
  year: number;
  official: boolean;
  rest: number;
  working: number;
  makeUp: number;
}

export interface SpecialDay {
  date: string;
  kind: 'rest' | 'work';
  name: Text;
}

type Mark = Pick<SpecialDay, 'kind' | 'name'> | null;
export interface DayChange {
  date: string;
  before: Mark;
  after: Mark;
}

export interface CalendarDetail extends CalendarVersion {
  years: CalendarYear[];
  year: number;
  days: SpecialDay[];
  changes: DayChange[];
}

export interface Preview extends Pick<CalendarVersion, 'id' | 'version' | 'hash' | 'provisionalFrom' | 'pinned'> {
  changes: DayChange[];
  year: CalendarYear;
}

export interface Redating {
  agreement: { id: string; title: Text; status: string; parties: string[] };
  calendar: { id: string; from: string; to: string };
  notice: Notice | null;
  dates: {
    kind: 'due' | 'review' | 'window' | 'upcoming';
    of: string;
    title: Text;
    before: string;
    after: string;
    why: Text[];
  }[];
  shown: { of: string; to: string }[];
  declined: boolean;
  processes?: number;
}

export const CALENDARS = ['calendars'] as const;
export const REDATINGS = ['redatings'] as const;

/** The first year that a notice is still missing of. */
export function yearToEnter({ provisionalFrom }: Pick<CalendarVersion, 'provisionalFrom'>): number {
  return Number(provisionalFrom.slice(0, 4));
}

/** 1 for Monday … 7 for Sunday. */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

/** The dates of a month, in their order. */
export function datesOf(year: number, month: number): string[] {
  const count = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const two = (number: number): string => String(number).padStart(2, '0');
  return Array.from({ length: count }, (_, index) => `${String(year)}-${two(month)}-${two(index + 1)}`);
}
