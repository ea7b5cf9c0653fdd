import type { Calendar } from './calendar.ts';
import { addDays } from './local-date.ts';
import type { LocalDate, Text } from './time.ts';

/** What a calendar says of a day that is not as its weekday has it: off (`rest`), or a weekend day on which people work. */
export interface DayMark {
  kind: 'rest' | 'work';
  /** Key of the name in `names`. */
  name: string;
}

/**
 * How a newer version of a calendar differs from the one before, day by day. An agreement that takes it up carries this
 * difference, and no second calendar: applied backwards it gives the days under which something fell due.
 */
export interface CalendarChange {
  id: string;
  from: Pick<Calendar, 'version' | 'hash' | 'provisionalFrom'>;
  to: Pick<Calendar, 'version' | 'hash' | 'provisionalFrom'>;
  /** Null: as its weekday has it. */
  days: Record<LocalDate, { before: DayMark | null; after: DayMark | null }>;
  /** Of all names among the days. */
  names: Record<string, Text>;
}

/** What the calendar says of a day; null: as its weekday has it. */
export function markOf({ rest, work }: Pick<Calendar, 'rest' | 'work'>, date: LocalDate): DayMark | null {
  const [on, off] = [work[date], rest[date]];
  if (on !== undefined) return { kind: 'work', name: on };
  return off === undefined ? null : { kind: 'rest', name: off };
}

/** The difference of two versions of one calendar. A day that only changes its name is none. */
export function changeBetween(before: Calendar, after: Calendar): CalendarChange {
  const dates = [before, after].flatMap(({ rest, work }) => [...Object.keys(rest), ...Object.keys(work)]);
  const days: CalendarChange['days'] = {};
  const names: CalendarChange['names'] = {};
  for (const date of [...new Set(dates)].sort()) {
    const [was, is] = [markOf(before, date), markOf(after, date)];
    if (was?.kind === is?.kind) continue;
    days[date] = { before: was, after: is };
    if (was) names[was.name] = before.names[was.name] ?? { zh: was.name, en: was.name };
    if (is) names[is.name] = after.names[is.name] ?? { zh: is.name, en: is.name };
  }
  return { id: after.id, from: headOf(before), to: headOf(after), days, names };
}

function headOf({ version, hash, provisionalFrom }: Calendar): CalendarChange['from'] {
  return { version, hash, provisionalFrom };
}

/** The calendar, or the years of it that were pinned, as the newer version has it. */
export function withChange(calendar: Calendar, { to, days, names }: CalendarChange): Calendar {
  return { ...applied(calendar, days, 'after'), ...to, names: { ...calendar.names, ...names } };
}

/** The calendar as it was before it took up the newer version. */
export function withoutChange(calendar: Calendar, { from, days, names }: CalendarChange): Calendar {
  return { ...applied(calendar, days, 'before'), ...from, names: { ...calendar.names, ...names } };
}

function applied(calendar: Calendar, days: CalendarChange['days'], side: 'before' | 'after'): Calendar {
  const changed = Object.entries(days);
  const marked = (kind: DayMark['kind']): Record<LocalDate, string> => {
    const kept = Object.entries(calendar[kind]).filter(([date]) => days[date] === undefined);
    const marks = changed.flatMap(([date, one]): [LocalDate, string][] => {
      const mark = one[side];
      return mark?.kind === kind ? [[date, mark.name]] : [];
    });
    return Object.fromEntries([...kept, ...marks].sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  return { ...calendar, rest: marked('rest'), work: marked('work') };
}

/** The first and the last day that differ; null where none does. */
export function spanOf({ days }: Pick<CalendarChange, 'days'>): { first: LocalDate; last: LocalDate } | null {
  const dates = Object.keys(days).sort();
  const [first, last] = [dates[0], dates.at(-1)];
  return first === undefined || last === undefined ? null : { first, last };
}

/** What the newer version says of the days from `from` to `to`, both included, that it changes. */
export function changedDays(
  { days, names }: Pick<CalendarChange, 'days' | 'names'>,
  from: LocalDate,
  to: LocalDate,
): { date: LocalDate; text: Text }[] {
  const found: { date: LocalDate; text: Text }[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) {
    const day = days[date];
    if (day) found.push({ date, text: dayText(date, day, names) });
  }
  return found;
}

function dayText(
  date: LocalDate,
  { before, after }: { before: DayMark | null; after: DayMark | null },
  names: Record<string, Text>,
): Text {
  const nameOf = ({ name }: DayMark): Text => names[name] ?? { zh: name, en: name };
  if (after) {
    const name = nameOf(after);
    return after.kind === 'work'
      ? { zh: `${date} 为${name.zh}调休上班日`, en: `${date} is a make-up working day (${name.en})` }
      : { zh: `${date} 为${name.zh}假期`, en: `${date} is a day off (${name.en})` };
  }
  return before?.kind === 'work'
    ? { zh: `${date} 不再是调休上班日，周末休息`, en: `${date} is no make-up working day any more: weekend` }
    : { zh: `${date} 不放假，为工作日`, en: `${date} is no day off: a working day` };
}
