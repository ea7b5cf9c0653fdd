import { addDays, weekday } from '../../domain/local-date.ts';
import type { Instant, LocalDate, Zone } from '../../domain/time.ts';
import { localDateAt, localTimeAt } from '../../domain/zone.ts';
import type { ReportLanguage } from './document.ts';

const WEEKDAYS: Record<ReportLanguage, readonly string[]> = {
  zh: ['', '周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  en: ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
};

/** `2027-03-08（周一）`, `Mon 2027-03-08`. */
export function dateText(date: LocalDate, language: ReportLanguage): string {
  const day = WEEKDAYS[language][weekday(date)] ?? '';
  return language === 'zh' ? `${date}（${day}）` : `${day} ${date}`;
}

/** A moment as people write it, with its zone: midnight is 24:00 of the day before. */
export function momentText(ms: Instant, zone: Zone, language: ReportLanguage): string {
  const time = localTimeAt(zone, ms).slice(0, 5);
  const midnight = time === '00:00';
  const date = midnight ? addDays(localDateAt(zone, ms), -1) : localDateAt(zone, ms);
  const clock = midnight ? '24:00' : time;
  if (language === 'en') return `${dateText(date, 'en')}, ${clock} (${zone.id})`;
  return zone.id === 'Asia/Shanghai'
    ? `北京时间 ${dateText(date, 'zh')}${clock}`
    : `${dateText(date, 'zh')}${clock}（${zone.id}）`;
}

/** The last day of what ends at this instant: a midnight belongs to the day before. */
export function lastDay(zone: Zone, endsAtMs: Instant): LocalDate {
  return localDateAt(zone, endsAtMs - 1);
}
