import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Plan } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { useTitled } from '../../app/occurrence.ts';

const DAY_MS = 86_400_000;
const dayOf = (localDate: string): number => Date.parse(`${localDate}T00:00:00Z`) / DAY_MS;

/** First days of months between two days, thinned out so that their names find room. */
function months(from: number, until: number): string[] {
  const all: string[] = [];
  const first = new Date(from * DAY_MS);
  for (let month = 0; ; month += 1) {
    const at = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + month, 1));
    if (at.getTime() / DAY_MS > until) break;
    if (at.getTime() / DAY_MS >= from) all.push(at.toISOString().slice(0, 10));
  }
  const every = Math.max(1, Math.ceil(all.length / 12));
  return all.filter((_, index) => index % every === 0);
}

/**
 * The dated lines of a plan on one scale, a row for each duty: from the day of signing to each due date. The list beside
 * it says the same in words.
 */
export function PlanTimeline({ plan, from }: { plan: Plan; from: string }): ReactNode {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const titled = useTitled();
  const dated = plan.obligations.flatMap((line) =>
    line.localDate === null ? [] : [{ ...line, day: dayOf(line.localDate) }],
  );
  if (dated.length === 0) return null;
  const start = Math.min(dayOf(from), ...dated.map(({ day }) => day));
  const end = Math.max(...dated.map(({ day }) => day)) + 1;
  const place = (day: number): string => `${String(((day - start) / Math.max(1, end - start)) * 100)}%`;
  const ids = [...new Set(dated.map(({ id }) => id))];
  const monthName = new Intl.DateTimeFormat(i18n.language === 'en' ? 'en-GB' : 'zh-CN', {
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const marks = months(start, end);
  return (
    <div
      className="plan-timeline"
      role="img"
      aria-label={t('wizard.timeline', { count: dated.length, from: format.date(from) })}
    >
      <div className="plan-row plan-axis" aria-hidden>
        <div />
        <div className="plan-track">
          {marks.map((date) => (
            <span key={date} className="plan-month" style={{ insetInlineStart: place(dayOf(date)) }}>
              {monthName.format(Date.parse(date))}
            </span>
          ))}
        </div>
      </div>
      {ids.map((id) => {
        const lines = dated.filter((line) => line.id === id);
        const [first] = lines;
        const last = lines.at(-1);
        if (!first || !last) return null;
        return (
          <div key={id} className="plan-row" aria-hidden>
            <div className="plan-name" title={format.text(first.title)}>
              {format.text(first.title)}
            </div>
            <div className="plan-track">
              {marks.map((date) => (
                <span key={date} className="plan-line" style={{ insetInlineStart: place(dayOf(date)) }} />
              ))}
              <span
                className="plan-bar"
                style={{
                  insetInlineStart: place(dayOf(from)),
                  width: `calc(${place(last.day)} - ${place(dayOf(from))})`,
                }}
              />
              {lines.map(({ day, localDate, occurrence, title }) => (
                <span
                  key={`${occurrence ?? ''} ${localDate ?? ''}`}
                  className="plan-dot"
                  title={`${titled(title, occurrence)} ${format.date(localDate ?? '')}`}
                  style={{ insetInlineStart: place(day) }}
                />
              ))}
            </div>
          </div>
        );
      })}
    </div>
  );
}
