import type { DeadlineRule } from './agreement/compiled.ts';
import type { Due } from './agreement/event.ts';
import type { Calendar } from './calendar.ts';
import {
  WEEKEND,
  addWorkingDays,
  isProvisional,
  isWorkingDay,
  restReason,
  workingDayOnOrAfter,
  workingDayOnOrBefore,
} from './calendar.ts';
import { addDays, addMonths, addYears, weekday } from './local-date.ts';
import type { Instant, LocalDate, Text, Zone } from './time.ts';
import { instantAt, localDateAt, localTimeAt } from './zone.ts';

type Unit = DeadlineRule['offset']['unit'];

const UNITS: Record<Unit, { zh: string; en: [one: string, many: string] }> = {
  days: { zh: '日', en: ['day', 'days'] },
  'working-days': { zh: '个工作日', en: ['working day', 'working days'] },
  months: { zh: '个月', en: ['month', 'months'] },
  years: { zh: '年', en: ['year', 'years'] },
  hours: { zh: '小时', en: ['hour', 'hours'] },
};

/** What day 0 is: its date, the instant where there is one (hours count from it), and words that explain it. */
export interface AnchorPoint {
  date: LocalDate;
  atMs?: Instant;
  /** Reads well before a date: 签署日 / signed. */
  name: Text;
  /** Steps that led to this date, in place of the name and the date. */
  steps?: Text[];
}

/** A due moment, how it came about, and the last day before any roll-over. */
export interface Reckoned extends Due {
  counted: LocalDate;
  explanation: Text[];
}

/** The last day of the period before any roll-over; the anchor's day does not count (Civil Code 201, 202). */
function lastDay(anchorDate: LocalDate, { unit, count }: DeadlineRule['offset'], calendar: Calendar): LocalDate {
  switch (unit) {
    case 'days':
      return addDays(anchorDate, count);
    case 'working-days':
      return addWorkingDays(calendar, anchorDate, count);
    case 'months':
      return addMonths(anchorDate, count);
    case 'years':
      return addYears(anchorDate, count);
    case 'hours':
      throw new Error('hours count from an instant');
  }
}

/** Why the days from `from` up to `to` are rest days, in their order; a weekend within one holiday is not named. */
function restReasons(calendar: Calendar, from: LocalDate, to: LocalDate): Text {
  const reasons: Text[] = [];
  for (let day = from; day < to; day = addDays(day, 1)) {
    const reason = restReason(calendar, day);
    if (reason === null || reason.en === reasons.at(-1)?.en) continue;
    if (reasons.at(-1) === WEEKEND && reason.en === reasons.at(-2)?.en) reasons.pop();
    else reasons.push(reason);
  }
  return { zh: reasons.map(({ zh }) => zh).join('、'), en: reasons.map(({ en }) => en).join(', ') };
}

/**
 * The one function that resolves deadlines (design §4, Civil Code 201–204). Day 0 does not count; days, months and
 * years end at `dayEnd` of their last day, which moves to the next working day when it is a rest day and the rule says
 * so (counted back from day 0, to the working day before: an act that must come first must not come later). Hours run
 * around the clock from the anchor's instant. `dueAtMs` is the first instant after the period.
 */
export function resolveDeadline(rule: DeadlineRule, anchor: AnchorPoint, calendar: Calendar, zone: Zone): Reckoned {
  const { unit, count } = rule.offset;
  if (unit === 'hours') return hoursAfter(anchor, count, zone);
  const counted = lastDay(anchor.date, rule.offset, calendar);
  const explanation: Text[] = anchor.steps ? [...anchor.steps] : [];
  const size = Math.abs(count);
  if (count === 0) {
    if (!anchor.steps)
      explanation.push({ zh: `${anchor.name.zh} ${anchor.date}`, en: `${anchor.name.en} ${anchor.date}` });
  } else {
    if (!anchor.steps) {
      explanation.push({
        zh: `${anchor.name.zh} ${anchor.date}，当日不计入期间`,
        en: `${anchor.name.en} ${anchor.date}, day not counted`,
      });
    }
    explanation.push(
      count > 0
        ? {
            zh: `加 ${size} ${UNITS[unit].zh}，最后一日为 ${counted}`,
            en: `+${size} ${UNITS[unit].en[size === 1 ? 0 : 1]} = ${counted}`,
          }
        : {
            zh: `倒推 ${size} ${UNITS[unit].zh}，最后一日为 ${counted}`,
            en: `${size} ${UNITS[unit].en[size === 1 ? 0 : 1]} before = ${counted}`,
          },
    );
  }
  if ((unit === 'months' || unit === 'years') && counted.slice(8) !== anchor.date.slice(8)) {
    explanation.push({
      zh: `${counted.slice(0, 7)} 没有对应日，以当月末日为最后一日`,
      en: `${counted.slice(0, 7)} has no corresponding day, the month's last day is the last day`,
    });
  }

  let localDate = counted;
  if (!isWorkingDay(calendar, counted)) {
    if (rule.rollover === 'next-working-day') {
      const back = count < 0;
      localDate = back ? workingDayOnOrBefore(calendar, counted) : workingDayOnOrAfter(calendar, counted);
      const reasons = back
        ? restReasons(calendar, addDays(localDate, 1), addDays(counted, 1))
        : restReasons(calendar, counted, localDate);
      explanation.push(
        { zh: `${reasons.zh}，休息日`, en: `${reasons.en}, rest` },
        back
          ? { zh: `提前至其前最后一个工作日 ${localDate}`, en: `working day before ${localDate}` }
          : { zh: `顺延至其后第一个工作日 ${localDate}`, en: `next working day ${localDate}` },
      );
    } else {
      const reasons = restReasons(calendar, counted, addDays(counted, 1));
      explanation.push(
        anchor.steps
          ? { zh: `${reasons.zh}，休息日；不顺延`, en: `${reasons.en}, rest; not moved` }
          : { zh: `${reasons.zh}，休息日；约定不顺延`, en: `${reasons.en}, rest; not moved, as agreed` },
      );
    }
  } else if (weekday(counted) > 5) {
    const key = calendar.work[counted] ?? '';
    const name = calendar.names[key] ?? { zh: key, en: key };
    explanation.push({
      zh: `${counted} 为${name.zh}调休上班日，属工作日，不顺延`,
      en: `${counted} is a make-up working day (${name.en}), not moved`,
    });
  }

  explanation.push({
    zh: `于 ${localDate} ${rule.dayEnd} 届满（${zone.id}）`,
    en: `ends on ${localDate} at ${rule.dayEnd} ${zone.id}`,
  });
  const needsCalendar = rule.rollover === 'next-working-day' || unit === 'working-days';
  if (needsCalendar && isProvisional(calendar, localDate)) {
    const year = localDate.slice(0, 4);
    explanation.push({
      zh: `${year} 年放假安排尚未公布（日历 ${calendar.id}@${calendar.version}），暂按周末和法定节假日推算`,
      en: `provisional: no official holiday notice for ${year} in calendar ${calendar.id}@${calendar.version}, weekends and statutory festivals alone are counted as rest`,
    });
  }
  return { dueAtMs: instantAt(zone, localDate, rule.dayEnd), localDate, counted, explanation };
}

/** Hours run around the clock; no roll-over (design §4). */
function hoursAfter(anchor: AnchorPoint, hours: number, zone: Zone): Reckoned {
  // Where only the date is known, the whole day is left out: neither may a period end early nor an act come too late.
  const fromMs = anchor.atMs ?? instantAt(zone, anchor.date, hours < 0 ? '00:00' : '24:00');
  const dueAtMs = fromMs + hours * 3_600_000;
  const localDate = localDateAt(zone, dueAtMs - 1);
  const minute = (ms: Instant): string => `${localDateAt(zone, ms)} ${localTimeAt(zone, ms).slice(0, 5)}`;
  return {
    dueAtMs,
    localDate,
    counted: localDate,
    explanation: [
      anchor.atMs === undefined
        ? {
            zh: `${anchor.name.zh} ${anchor.date}，当日不计入期间，自 ${minute(fromMs)} 起（${zone.id}）`,
            en: `${anchor.name.en} ${anchor.date}, day not counted, from ${minute(fromMs)} ${zone.id}`,
          }
        : {
            zh: `${anchor.name.zh} ${minute(fromMs)}（${zone.id}）`,
            en: `${anchor.name.en} ${minute(fromMs)} ${zone.id}`,
          },
      {
        zh: `加 ${hours} 小时，昼夜连续计算，至 ${minute(dueAtMs)}`,
        en: `+${hours} ${UNITS.hours.en[hours === 1 ? 0 : 1]} around the clock = ${minute(dueAtMs)}`,
      },
    ],
  };
}

/** What has `counted` as its last day ends then: a rest day moves it as the rule says, backwards where it counts back. */
export function endOf(rule: DeadlineRule, counted: LocalDate, calendar: Calendar, zone: Zone): Due {
  const rolled = rule.offset.count < 0 ? workingDayOnOrBefore : workingDayOnOrAfter;
  const localDate = rule.rollover === 'next-working-day' ? rolled(calendar, counted) : counted;
  return { dueAtMs: instantAt(zone, localDate, rule.dayEnd), localDate };
}

/** The due moment some calendar days after a date (review windows, rework); the date itself does not count. */
export function dueAfterDays(
  anchorDate: LocalDate,
  days: number,
  rule: Pick<DeadlineRule, 'rollover' | 'dayEnd'>,
  calendar: Calendar,
  zone: Zone,
): Due {
  const counted = addDays(anchorDate, days);
  const localDate = rule.rollover === 'next-working-day' ? workingDayOnOrAfter(calendar, counted) : counted;
  return { dueAtMs: instantAt(zone, localDate, rule.dayEnd), localDate };
}

/** A recurring interval in calendar units. */
export interface Interval {
  unit: 'days' | 'months' | 'years';
  count: number;
}

/**
 * The date of the k-th occurrence: anchor + k × interval, clamped to the month, never previous + interval, so that a
 * short month does not pull the later ones along (2026-11-30 every 3 months: 2027-02-28, 2027-05-30).
 */
export function occurrenceDate(anchor: LocalDate, interval: Interval, k: number): LocalDate {
  switch (interval.unit) {
    case 'days':
      return addDays(anchor, interval.count * k);
    case 'months':
      return addMonths(anchor, interval.count * k);
    case 'years':
      return addYears(anchor, interval.count * k);
  }
}
