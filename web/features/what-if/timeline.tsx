import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { useTitled } from '../../app/occurrence.ts';
import type { DutyBeside, Standing, WhatIf } from './what-if.ts';

/** Two rows for each duty on one line of time: as it stands above, as assumed below; a bar reaches from the due day on. */
export function Timeline({ rows, answer }: { rows: DutyBeside[]; answer: WhatIf }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const titled = useTitled();
  const span = spanOf(rows, answer);
  const placed = (date: string): number => {
    const [from, to, at] = [span.from, span.to, date].map((one) => Date.parse(one)) as [number, number, number];
    return to === from ? 0 : Math.max(0, Math.min(100, ((at - from) / (to - from)) * 100));
  };
  const said = (standing: Standing | null): string =>
    standing?.localDate ? format.date(standing.localDate) : t(standing ? 'whatIf.noDate' : 'whatIf.notThere');
  return (
    <div className="what-if-timeline">
      <div className="what-if-axis" aria-hidden>
        {span.years.map((year) => (
          <span key={year} style={{ insetInlineStart: `${placed(`${year}-01-01`)}%` }}>
            {year}
          </span>
        ))}
      </div>
      <ul className="plain-list what-if-lanes">
        {rows.map(({ key, title, before, after }) => {
          const what = titled(title, (after ?? before)?.occurrence);
          return (
            <li key={key}>
              <div className="small">
                {what}
                <span className="muted"> {t('common.brackets', { inside: `${said(before)} → ${said(after)}` })}</span>
              </div>
              <div
                className="what-if-lane"
                role="img"
                aria-label={t('whatIf.timelineOf', { what, before: said(before), after: said(after) })}
              >
                <span className="what-if-now" style={{ insetInlineStart: `${placed(answer.today)}%` }} />
                <Row standing={before} side="before" placed={placed} />
                <Row standing={after} side="after" placed={placed} />
              </div>
            </li>
          );
        })}
      </ul>
      <p className="small muted">
        <span className="what-if-key before" /> {t('whatIf.today')} <span className="what-if-key after" />{' '}
        {t('whatIf.assumed')}
      </p>
    </div>
  );
}

/** The due day as a mark; what is late as a bar from there to when it was done, or to the horizon. */
function Row({
  standing,
  side,
  placed,
}: {
  standing: Standing | null;
  side: 'before' | 'after';
  placed: (date: string) => number;
}): ReactNode {
  if (!standing?.localDate) return null;
  const due = placed(standing.localDate);
  const end = standing.daysLate > 0 ? (standing.fulfilledAt?.slice(0, 10) ?? '9999-12-31') : standing.localDate;
  return (
    <>
      {standing.daysLate > 0 ? (
        <span
          className={`what-if-late ${side}`}
          style={{ insetInlineStart: `${due}%`, width: `${placed(end) - due}%` }}
        />
      ) : null}
      <span className={`what-if-mark ${side}`} style={{ insetInlineStart: `${due}%` }} />
    </>
  );
}

/** From the first day to the horizon, with the years that begin between. */
function spanOf(rows: DutyBeside[], { today, horizon }: WhatIf): { from: string; to: string; years: number[] } {
  const dates = rows.flatMap(({ before, after }) => [before?.localDate ?? [], after?.localDate ?? []].flat());
  const all = [...dates, today, horizon].sort();
  const [from = today, to = horizon] = [all[0], all.at(-1)];
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
  const years = Array.from({ length: last - first }, (_, index) => first + 1 + index);
  return { from, to, years };
}
