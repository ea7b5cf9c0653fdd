import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { type SpecialDay, datesOf, weekdayOf } from './calendar.ts';
import './calendars.css';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);

/** Twelve months with their days off and make-up days, each told by its mark, not by colour alone. */
export function YearView({ year, days }: { year: number; days: SpecialDay[] }): ReactNode {
  return (
    <div className="year-view">
      {MONTHS.map((month) => (
        <Month key={month} year={year} month={month} days={days} />
      ))}
    </div>
  );
}

function Month({ year, month, days }: { year: number; month: number; days: SpecialDay[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const dates = datesOf(year, month);
  const special = new Map(days.map((day) => [day.date, day]));
  const blanks = Array.from({ length: weekdayOf(dates[0] ?? '') - 1 }, () => null);
  const cells: (string | null)[] = [...blanks, ...dates];
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) => cells.slice(week * 7, week * 7 + 7));
  return (
    <div className="year-month-block">
      <table className="year-month">
        <caption>{t('calendars.month', { year, month, name: t(`calendars.months.${String(month)}`) })}</caption>
        <thead>
          <tr>
            {WEEKDAYS.map((weekday) => (
              <th key={weekday} scope="col">
                {t(`calendars.weekdays.${String(weekday)}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week.find(Boolean) ?? ''}>
              {WEEKDAYS.map((weekday, index) => {
                const date = week[index];
                return date ? <Day key={weekday} date={date} day={special.get(date)} /> : <td key={weekday} />;
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="year-month-names">
        {spansOf(dates.flatMap((date) => special.get(date) ?? [])).map(({ kind, name, from, to }) => (
          <li key={from}>
            {t(`calendars.span.${kind}`, {
              days: from === to ? dayOf(from) : `${dayOf(from)}–${dayOf(to)}`,
              name: format.text(name),
            })}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Day({ date, day }: { date: string; day: SpecialDay | undefined }): ReactNode {
  const { t } = useTranslation();
  const isWeekend = weekdayOf(date) > 5;
  return (
    <td className={day ? (day.kind === 'rest' ? 'day-off' : 'day-on') : isWeekend ? 'day-weekend' : undefined}>
      {dayOf(date)}
      {day ? <span className="day-mark">{t(`calendars.mark.${day.kind}`)}</span> : null}
    </td>
  );
}

function dayOf(date: string): string {
  return String(Number(date.slice(8)));
}

/** Days of one holiday that follow one another, weekends between them left out, as one. */
function spansOf(days: SpecialDay[]): (SpecialDay & { from: string; to: string })[] {
  const spans: (SpecialDay & { from: string; to: string })[] = [];
  for (const day of days) {
    const last = spans.at(-1);
    const isNext = last && Number(day.date.slice(8)) === Number(last.to.slice(8)) + 1;
    if (last && isNext && last.kind === day.kind && last.name.zh === day.name.zh) last.to = day.date;
    else spans.push({ ...day, from: day.date, to: day.date });
  }
  return spans;
}
