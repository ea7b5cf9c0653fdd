import type { CalendarPeriod, Recurrence } from './agreement/compiled.ts';
import { occurrenceDate } from './deadline.ts';
import { addDays, addMonths } from './local-date.ts';
import type { Instant, LocalDate, Text, Zone } from './time.ts';
import { instantAt } from './zone.ts';

/** One instance of a recurring obligation. */
export interface Occurrence {
  /** `2027-Q1`, `2027-H1`, `2027-03`, `2027` by calendar, else the date on which its interval starts (`2027-03-15`). */
  label: string;
  /** From when on it is there. */
  opensAtMs: Instant;
  /** Day 0 of what is due for it: the end of its interval, the last (or first) day of its period. */
  anchorDate: LocalDate;
  explanation: Text;
}

const MONTHS: Record<CalendarPeriod, number> = { month: 1, quarter: 3, 'half-year': 6, year: 12 };

/** First day, last day and label of the calendar period that the date lies in. */
export function periodOf(date: LocalDate, period: CalendarPeriod): { start: LocalDate; end: LocalDate; label: string } {
  const months = MONTHS[period];
  const year = date.slice(0, 4);
  const index = Math.floor((Number(date.slice(5, 7)) - 1) / months);
  const start = `${year}-${String(index * months + 1).padStart(2, '0')}-01`;
  const labels: Record<CalendarPeriod, string> = {
    month: date.slice(0, 7),
    quarter: `${year}-Q${index + 1}`,
    'half-year': `${year}-H${index + 1}`,
    year,
  };
  return { start, end: addDays(addMonths(start, months), -1), label: labels[period] };
}

/**
 * The k-th occurrence (k = 1, 2, …) of what recurs from `day0` on. An interval ends at day 0 + k × interval, clamped to
 * the month and never counted from the one before (design §4); day 0 itself does not count, so the second interval
 * begins when the day ends on which the first one does. What is due at the start of an interval counts from there. A
 * calendar period that had begun before day 0 counts only where `partialFirst` says so.
 * @param renewed day 0 is the last day of the term before: intervals are counted anew from the day after it (ADR 17)
 */
export function occurrenceOf(
  recurrence: Recurrence,
  day0: LocalDate,
  k: number,
  zone: Zone,
  renewed = false,
): Occurrence {
  switch (recurrence.by) {
    case 'interval': {
      const start = occurrenceDate(day0, recurrence.every, k - 1);
      const end = occurrenceDate(day0, recurrence.every, k);
      return {
        label: start,
        opensAtMs: instantAt(zone, start, k === 1 && !renewed ? '00:00' : '24:00'),
        anchorDate: recurrence.edge === 'end' ? end : start,
        explanation: renewed
          ? {
              zh: `自续期首日 ${addDays(day0, 1)} 起重新计算，第 ${k} 期：${addDays(start, 1)} 至 ${end}`,
              en: `counted anew from ${addDays(day0, 1)}, the first day of the renewed term; period ${k}: ${addDays(start, 1)} to ${end}`,
            }
          : {
              zh: `自 ${day0} 起第 ${k} 期，${start} 至 ${end}`,
              en: `period ${k} from ${day0}: ${start} to ${end}`,
            },
      };
    }
    case 'period': {
      const first = periodOf(day0, recurrence.period);
      const skip = recurrence.partialFirst || day0 <= first.start ? 0 : 1;
      const { start, end, label } = periodOf(
        addMonths(first.start, MONTHS[recurrence.period] * (k - 1 + skip)),
        recurrence.period,
      );
      const atEnd = recurrence.edge === 'end';
      return {
        label,
        opensAtMs: instantAt(zone, start, '00:00'),
        anchorDate: atEnd ? end : start,
        explanation: atEnd
          ? { zh: `${label} 期末 ${end}`, en: `${label} ends on ${end}` }
          : { zh: `${label} 期初 ${start}，当日不计入期间`, en: `${label} begins on ${start}, day not counted` },
      };
    }
    case 'month-day': {
      const on = (year: number): LocalDate => {
        const day = `${year}-${recurrence.monthDay}`;
        return recurrence.monthDay === '02-29' ? addDays(`${year}-03-01`, -1) : day;
      };
      const year = Number(day0.slice(0, 4));
      const first = on(year) > day0 ? year : year + 1;
      const label = String(first + k - 1);
      const anchorDate = on(first + k - 1);
      return {
        label,
        opensAtMs: instantAt(zone, `${label}-01-01`, '00:00'),
        anchorDate,
        explanation: {
          zh: `每年 ${recurrence.monthDay}：${anchorDate}`,
          en: `every year on ${recurrence.monthDay}: ${anchorDate}`,
        },
      };
    }
  }
}
