import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { occurrenceText } from '../../app/occurrence.ts';
import { Records } from '../../app/records.tsx';
import { figureText, percentText, positionOn } from './numbers.ts';
import type { Estimate, Figures, Measures, Survey } from './survey.ts';
import './surveys.css';

/** Figures with their 95 % intervals, groups, the cycles before, and the verdict in words. */
export function Results({ survey, figures }: { survey: Survey; figures: Figures }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="stack">
      <Verdict figures={figures} />
      <Headline figures={figures} />
      <section>
        <h3>{t('surveys.byDimension')}</h3>
        <Dimensions figures={figures} />
      </section>
      {figures.groups.length > 0 ? (
        <section>
          <h3>{t('surveys.byGroup')}</h3>
          <Groups figures={figures} />
        </section>
      ) : null}
      {survey.earlier.length > 0 ? (
        <section>
          <h3>{t('surveys.trend')}</h3>
          <Trend survey={survey} figures={figures} />
        </section>
      ) : null}
    </div>
  );
}

function Verdict({ figures: { verdict } }: { figures: Figures }): ReactNode {
  const { t } = useTranslation();
  if (verdict.outcome === 'none') return <Alert type="info" showIcon title={t(`surveyNoVerdict.${verdict.why}`)} />;
  const shown = (value: string): string =>
    verdict.measure === 'satisfied' ? percentText(value) : figureText(value, 2);
  return (
    <Alert
      type={verdict.outcome === 'reached' ? 'success' : 'error'}
      showIcon
      title={t(`surveyVerdictSentence.${verdict.outcome}-${verdict.measure}`, {
        value: shown(verdict.value),
        target: shown(verdict.target),
      })}
    />
  );
}

function Headline({ figures }: { figures: Figures }): ReactNode {
  const { t } = useTranslation();
  const { scale, overall } = figures;
  const interval = (one: Estimate, text: (value: string) => string): string =>
    t('surveys.interval', { low: text(one.low), high: text(one.high) });
  const items: { label: string; value: string; more: string }[] = [
    {
      label: t('surveys.score'),
      value: figures.score === null ? '—' : figureText(figures.score, 2),
      more: t('surveys.onScale', { min: scale.min, max: scale.max }),
    },
    ...(overall.satisfied === null
      ? []
      : [
          {
            label: t('surveys.satisfied'),
            value: percentText(overall.satisfied.value),
            more: interval(overall.satisfied, percentText),
          },
        ]),
    ...(overall.nps === null
      ? []
      : [
          {
            label: t('surveys.nps'),
            value: figureText(overall.nps.value, 1),
            more: interval(overall.nps, (value) => figureText(value, 1)),
          },
        ]),
    ...(figures.responseRate === null
      ? []
      : [
          {
            label: t('surveys.responseRate'),
            value: percentText(figures.responseRate.value),
            more: t('surveys.ofDrawn', { answered: figures.answered, drawn: figures.drawn }),
          },
        ]),
    ...(figures.coverage === null
      ? []
      : [
          {
            label: t('surveys.coverage'),
            value: percentText(figures.coverage.value),
            more: t('surveys.ofReached', { reached: figures.reached, drawn: figures.drawn }),
          },
        ]),
  ];
  return (
    <div className="balances">
      {items.map(({ label, value, more }) => (
        <div key={label} className="balance">
          <span className="muted">{label}</span>
          <strong>{value}</strong>
          <span className="small muted">{more}</span>
        </div>
      ))}
    </div>
  );
}

/** Where the mean lies on the scale, with its interval. */
function Bar({ mean, scale }: { mean: Estimate; scale: Figures['scale'] }): ReactNode {
  const low = positionOn(mean.low, scale);
  const high = positionOn(mean.high, scale);
  return (
    <div className="figure-bar" aria-hidden>
      <div className="figure-fill" style={{ width: `${String(positionOn(mean.value, scale))}%` }} />
      <div className="figure-interval" style={{ left: `${String(low)}%`, width: `${String(high - low)}%` }} />
    </div>
  );
}

interface Row {
  key: string;
  title: string;
  isPart: boolean;
  weight: string | null;
  measures: Measures | null;
}

function Table({
  rows,
  figures,
  label,
  weighted,
}: {
  rows: Row[];
  figures: Figures;
  label: string;
  weighted: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const { scale } = figures;
  const estimate = (one: Estimate | null | undefined, text: (value: string) => string): ReactNode =>
    one ? (
      <span className="amount">
        {text(one.value)}{' '}
        <span className="muted small">{t('surveys.interval', { low: text(one.low), high: text(one.high) })}</span>
      </span>
    ) : (
      ''
    );
  const hasNps = rows.some(({ measures }) => measures?.nps);
  return (
    <Records
      label={label}
      rows={rows}
      rowKey={({ key }) => key}
      empty={null}
      columns={[
        {
          key: 'title',
          title: label,
          heading: true,
          render: ({ title, isPart }) => (isPart ? <span className="occurrence">{title}</span> : title),
        },
        ...(weighted
          ? [
              {
                key: 'weight',
                title: t('surveys.weight'),
                align: 'right' as const,
                render: ({ weight }: Row) => (weight === null ? '' : percentText(weight)),
              },
            ]
          : []),
        {
          key: 'n',
          title: t('surveys.n'),
          align: 'right',
          render: ({ measures }) =>
            measures === null ? <span className="muted">{t('surveys.suppressed')}</span> : String(measures.n),
        },
        {
          key: 'mean',
          title: t('surveys.mean'),
          render: ({ measures }) => estimate(measures?.mean, (one) => figureText(one, 2)),
        },
        {
          key: 'bar',
          title: t('surveys.onScaleShort', { min: scale.min, max: scale.max }),
          width: 170,
          render: ({ measures }) => (measures?.mean ? <Bar mean={measures.mean} scale={scale} /> : ''),
        },
        {
          key: 'satisfied',
          title: t('surveys.satisfied'),
          render: ({ measures }) => estimate(measures?.satisfied, percentText),
        },
        ...(hasNps
          ? [
              {
                key: 'nps',
                title: t('surveys.nps'),
                render: ({ measures }: Row) => estimate(measures?.nps, (one) => figureText(one, 1)),
              },
            ]
          : []),
      ]}
    />
  );
}

function Dimensions({ figures }: { figures: Figures }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = figures.dimensions.flatMap((one): Row[] => [
    { key: one.id, title: format.text(one.title), isPart: false, weight: one.weight, measures: one.measures },
    ...one.parts.map((part) => ({
      key: `${one.id}/${part.id}`,
      title: format.text(part.title),
      isPart: true,
      weight: null,
      measures: part.measures,
    })),
  ]);
  return <Table rows={rows} figures={figures} label={t('surveys.dimension')} weighted />;
}

function Groups({ figures }: { figures: Figures }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const hasHidden = figures.groups.some(({ measures }) => measures === null);
  const rows = figures.groups.map(({ by, key, title, measures }): Row => ({
    key: `${by} ${key}`,
    title: t('surveys.groupOf', { by: t(`surveyGrouping.${by}`), group: format.text(title) }),
    isPart: false,
    weight: null,
    measures,
  }));
  return (
    <>
      <Table rows={rows} figures={figures} label={t('surveys.group')} weighted={false} />
      {hasHidden ? <p className="muted small">{t('surveys.suppressedExplained')}</p> : null}
    </>
  );
}

function Trend({ survey, figures }: { survey: Survey; figures: Figures }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const named = (occurrence: string | null | undefined): string =>
    occurrence ? occurrenceText(occurrence, (key, values) => t(key, values ?? {}), format.language) : '';
  const now = {
    reference: survey.reference,
    closedOn: survey.closedAt?.slice(0, 10) ?? '',
    score: figures.score,
    dimensions: Object.fromEntries(figures.dimensions.map(({ id, measures }) => [id, measures.mean?.value ?? null])),
    weights: Object.fromEntries(figures.dimensions.map(({ id, weight }) => [id, weight])),
  };
  const cycles = [now, ...survey.earlier];
  return (
    <Records
      label={t('surveys.trend')}
      rows={cycles}
      rowKey={({ reference }) => reference}
      empty={null}
      columns={[
        {
          key: 'cycle',
          title: t('surveys.cycle'),
          heading: true,
          render: ({ reference }) => named(reference.split('#')[1]) || reference,
        },
        {
          key: 'closedOn',
          title: t('surveys.closedOn'),
          render: ({ closedOn }) => (closedOn === '' ? '' : format.date(closedOn)),
        },
        {
          key: 'score',
          title: t('surveys.score'),
          render: ({ score }) =>
            score === null ? (
              ''
            ) : (
              <div className="trend">
                <span className="amount">{figureText(score, 2)}</span>
                <Bar mean={{ value: score, low: score, high: score }} scale={figures.scale} />
              </div>
            ),
        },
        ...figures.dimensions.map(({ id, title }) => ({
          key: id,
          title: format.text(title),
          align: 'right' as const,
          render: ({ dimensions, weights }: (typeof cycles)[number]) => {
            const value = dimensions[id];
            const weight = weights[id];
            return value ? (
              <span className="amount">
                {figureText(value, 2)}{' '}
                {weight ? (
                  <span className="muted small">{t('surveys.weighing', { weight: percentText(weight) })}</span>
                ) : null}
              </span>
            ) : (
              ''
            );
          },
        })),
      ]}
    />
  );
}
