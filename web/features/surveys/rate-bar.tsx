import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { percentText, rateOf } from './numbers.ts';
import type { SurveySummary } from './survey.ts';
import './surveys.css';

/** How many of those drawn have answered by now, with the agreed minimum as a line where there is one. */
export function RateBar({
  cycle,
}: {
  cycle: Pick<SurveySummary, 'answered' | 'drawn'> & { minimumSample?: number | null };
}): ReactNode {
  const { t } = useTranslation();
  const { answered, drawn, minimumSample = null } = cycle;
  const rate = rateOf(cycle);
  if (drawn === null) return '';
  if (rate === null) return <span className="amount">{t('surveys.answers', { count: answered })}</span>;
  const line = minimumSample === null ? null : Math.min(100, (minimumSample / drawn) * 100);
  return (
    <div className="rate">
      <span className="amount">
        {t('surveys.ofDrawn', { answered, drawn })} · {percentText(rate)}
      </span>
      <div className="figure-bar" aria-hidden>
        <div className="figure-fill" style={{ width: `${String(Math.min(100, rate * 100))}%` }} />
        {line === null ? null : <div className="figure-line" style={{ left: `${String(line)}%` }} />}
      </div>
      {minimumSample !== null && answered < minimumSample ? (
        <span className="muted small">{t('cycles.belowMinimum', { count: minimumSample })}</span>
      ) : null}
    </div>
  );
}
