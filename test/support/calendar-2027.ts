import { type HolidayNotice, calendarWith, nextVersion } from '../../domain/calendar-notice.ts';
import { type CalendarChange, changeBetween } from '../../domain/calendar-change.ts';
import type { Calendar } from '../../domain/calendar.ts';
import { calendarHash, loadCalendar } from '../../templates/calendars.ts';

/**
 * An EXAMPLE of a notice for 2027, made up for tests: the true one was not published when this was written. National Day is
 * off from 10-01 (Friday) to 10-07 (Thursday), Saturday 10-09 and Sunday 09-26 are worked.
 */
export const EXAMPLE_2027: HolidayNotice = {
  year: 2027,
  holidays: [
    { name: 'new-year', from: '2027-01-01', to: '2027-01-03' },
    { name: 'spring-festival', from: '2027-02-05', to: '2027-02-11' },
    { name: 'qingming', from: '2027-04-03', to: '2027-04-05' },
    { name: 'labour-day', from: '2027-05-01', to: '2027-05-05' },
    { name: 'dragon-boat', from: '2027-06-09', to: '2027-06-09' },
    { name: 'mid-autumn', from: '2027-09-15', to: '2027-09-15' },
    { name: 'national-day', from: '2027-10-01', to: '2027-10-07' },
  ],
  makeUp: [
    { date: '2027-01-30', name: 'spring-festival' },
    { date: '2027-02-14', name: 'spring-festival' },
    { date: '2027-05-08', name: 'labour-day' },
    { date: '2027-09-26', name: 'national-day' },
    { date: '2027-10-09', name: 'national-day' },
  ],
};

/** The calendar with that example. */
export function exampleCalendar(
  notice: HolidayNotice = EXAMPLE_2027,
  base: Calendar = loadCalendar('cn@2026.1'),
): Calendar {
  const content = calendarWith(base, notice, nextVersion([base.version], base, notice.year));
  return { ...content, hash: calendarHash(content) };
}

/** What that example says otherwise than the calendar that comes with the product. */
export const CHANGE_2027: CalendarChange = changeBetween(loadCalendar('cn@2026.1'), exampleCalendar());
