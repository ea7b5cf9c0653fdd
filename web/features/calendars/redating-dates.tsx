import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import type { Redating } from './calendar.ts';

/** So many reasons of one date are said; a week of National Day is told by its first and last day. */
const MOST_REASONS = 3;

/** Old date, new date and reason, one line a date; `most`: the others are counted. */
export function RedatingDates({ dates, most }: { dates: Redating['dates']; most?: number }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (dates.length === 0) return <span className="muted">{t('calendars.movesNothing')}</span>;
  const shown = dates.slice(0, most ?? dates.length);
  const reasons = (why: Redating['dates'][number]['why']): string => {
    const said = why.length > MOST_REASONS ? [...why.slice(0, 1), ...why.slice(-1)] : why;
    const all = said.map(format.text).join(t('common.then'));
    return why.length > MOST_REASONS ? t('calendars.andBetween', { why: all, count: why.length }) : all;
  };
  return (
    <ul className="plain-list">
      {shown.map(({ of, kind, title, before, after, why }) => (
        <li key={of}>
          <div>
            <strong>{format.text(title)}</strong> {kind === 'due' ? null : <Tag>{t(`calendars.dateKind.${kind}`)}</Tag>}
          </div>
          <div>{t('calendars.moves', { before: format.date(before), after: format.date(after) })}</div>
          {why.length > 0 ? <div className="muted small">{reasons(why)}</div> : null}
        </li>
      ))}
      {dates.length > shown.length ? (
        <li className="muted">{t('calendars.moreDates', { count: dates.length - shown.length })}</li>
      ) : null}
    </ul>
  );
}
