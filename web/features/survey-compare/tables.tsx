import { Table, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useFormat } from '../../app/format.ts';
import { Records } from '../../app/records.tsx';
import { figureText, percentText } from '../surveys/numbers.ts';
import type { Estimate } from '../surveys/survey.ts';
import { VerdictTag } from '../surveys/survey-status.tsx';
import type { Change, ComparedCycle, ComparedDimension, Comparison } from './comparison.ts';
import { useCycleTitle } from './cycle-title.ts';

type Shows = (value: string) => string;
const asScore: Shows = (value) => figureText(value, 2);
const asNps: Shows = (value) => figureText(value, 1);

/** A figure with its interval, and what it changed by since the cycle before. */
function Figure({
  estimate,
  n,
  change,
  shows,
  differs = shows,
}: {
  estimate: Estimate | null | undefined;
  n?: number | undefined;
  change: Change;
  shows: Shows;
  /** How a difference is said, where it is in another unit: of two percentages, points. */
  differs?: Shows;
}): ReactNode {
  const { t } = useTranslation();
  if (!estimate) return <span className="muted">{t('compare.notShown')}</span>;
  return (
    <div className="compared">
      <span className="amount">{shows(estimate.value)}</span>{' '}
      <span className="muted small">
        {t('surveys.interval', { low: shows(estimate.low), high: shows(estimate.high) })}
        {n === undefined ? '' : ` · n=${String(n)}`}
      </span>
      <ChangeWords change={change} shows={differs} />
    </div>
  );
}

function signed(value: string, shows: Shows): string {
  const text = shows(value.replace('-', ''));
  return Number(value) < 0 ? `−${text}` : `+${text}`;
}

/** By how much, and whether chance alone would make such a difference. */
function ChangeWords({ change, shows }: { change: Change; shows: Shows }): ReactNode {
  const { t } = useTranslation();
  if (change === null) return null;
  const { value, low, high, isMoreThanChance } = change;
  const by = signed(value, shows);
  const title = t('compare.changeInterval', { low: signed(low, shows), high: signed(high, shows) });
  if (!isMoreThanChance) {
    return (
      <div className="muted small" title={title}>
        {t('compare.withinChance', { by })}
      </div>
    );
  }
  const isUp = Number(value) > 0;
  return (
    <div className={isUp ? 'better small' : 'late small'} title={title}>
      {isUp ? '▲ ' : '▼ '}
      {t('compare.moreThanChance', { by })}
    </div>
  );
}

/** The cycles as a whole, the earliest first. */
export function CyclesTable({ comparison: { cycles } }: { comparison: Comparison }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const title = useCycleTitle();
  const { id = '' } = useParams();
  const hasNps = cycles.some(({ overall }) => overall?.nps);
  return (
    <Records<ComparedCycle>
      label={t('compare.overall')}
      rows={cycles}
      rowKey={(one) => one.id}
      empty={null}
      columns={[
        {
          key: 'cycle',
          title: t('surveys.cycle'),
          heading: true,
          render: (one) => (
            <>
              <Link to={`/agreements/${encodeURIComponent(id)}/surveys/${one.id}`}>{title(one)}</Link>
              <div className="muted small">{format.date(one.closedOn)}</div>
            </>
          ),
        },
        {
          key: 'answered',
          title: t('surveys.answered'),
          render: ({ answered, drawn, isBelowMinimum, minimumSample }) => (
            <>
              <span className="amount">
                {drawn === 0 ? String(answered) : t('surveys.ofDrawn', { answered, drawn })}
              </span>
              {isBelowMinimum ? (
                <div className="late small">{t('compare.belowMinimum', { count: minimumSample ?? 0 })}</div>
              ) : null}
            </>
          ),
        },
        {
          key: 'score',
          title: t('surveys.score'),
          align: 'right',
          render: ({ score }) => (score === null ? '' : <span className="amount">{asScore(score)}</span>),
        },
        {
          key: 'mean',
          title: t('surveys.mean'),
          render: ({ overall, overallChange }) => (
            <Figure estimate={overall?.mean} n={overall?.n} change={overallChange} shows={asScore} />
          ),
        },
        {
          key: 'satisfied',
          title: t('surveys.satisfied'),
          render: ({ overall, satisfiedChange }) => (
            <Figure
              estimate={overall?.satisfied}
              change={satisfiedChange}
              shows={percentText}
              differs={(value) => t('compare.points', { value: percentText(value).slice(0, -1) })}
            />
          ),
        },
        ...(hasNps
          ? [
              {
                key: 'nps',
                title: t('surveys.nps'),
                render: ({ overall, npsChange }: ComparedCycle) => (
                  <Figure estimate={overall?.nps} change={npsChange} shows={asNps} />
                ),
              },
            ]
          : []),
        {
          key: 'verdict',
          title: t('surveys.verdictLabel'),
          render: ({ verdict, isBelowMinimum }) => <VerdictTag verdict={isBelowMinimum ? 'none' : verdict} />,
        },
      ]}
    />
  );
}

/** Dimensions by cycles: the same figures as the chart. On a narrow screen it is moved sideways within itself. */
export function DimensionsTable({ comparison: { cycles, dimensions } }: { comparison: Comparison }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const title = useCycleTitle();
  return (
    <div className="moved-sideways" tabIndex={0} role="region" aria-label={t('compare.dimensions')}>
      <Table<ComparedDimension>
        aria-label={t('compare.dimensions')}
        rowKey={({ id }) => id}
        dataSource={dimensions}
        pagination={false}
        size="small"
        columns={[
          { key: 'title', title: t('surveys.dimension'), render: (_, one) => format.text(one.title) },
          ...cycles.map((cycle, index) => ({
            key: cycle.id,
            title: title(cycle),
            render: (_: unknown, one: ComparedDimension) => {
              const { measures, change, weight } = one.cycles[index] ?? { measures: null, change: null, weight: null };
              return (
                <>
                  <Figure estimate={measures?.mean} n={measures?.n} change={change} shows={asScore} />
                  {weight === null ? null : (
                    <div className="muted small">{t('surveys.weighing', { weight: percentText(weight) })}</div>
                  )}
                </>
              );
            },
          })),
        ]}
      />
    </div>
  );
}

export function GoalsPart({ comparison: { lines } }: { comparison: Comparison }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ul className="plain-list">
      {lines.map(({ goal, title, measure, needed, baseline, clauses }) => (
        <li key={goal}>
          {format.text(title)}
          {t('common.colon')}
          {needed === null ? t('compare.noTarget') : t(`compareGoal.${measure}`, { value: needed })}
          {baseline === null ? '' : t('common.then') + t('compare.baselineIs', { value: baseline })}{' '}
          <span className="muted small">{clauses.join(', ')}</span>
        </li>
      ))}
    </ul>
  );
}

/** Where another questionnaire was asked than before, said plainly. */
export function ChangesPart({ comparison }: { comparison: Comparison }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const title = useCycleTitle();
  const { changes, cycles, sameQuestions } = comparison;
  const named = (reference: string): string => {
    const cycle = cycles.find((one) => one.reference === reference);
    return cycle ? title(cycle) : reference;
  };
  if (changes.length === 0) return <p className="muted">{t('compare.sameQuestionnaire', { count: sameQuestions })}</p>;
  return (
    <div className="stack">
      {changes.map(({ reference, since, added, removed, reworded, rescaled }) => (
        <section key={reference}>
          <h3>{t('compare.since', { cycle: named(reference), before: named(since) })}</h3>
          <ul className="plain-list">
            {rescaled ? <li>{t('compare.rescaled')}</li> : null}
            {added.map((text) => (
              <li key={`added ${text.zh}`}>
                <Tag color="green">{t('designChange.added')}</Tag> {format.text(text)}
              </li>
            ))}
            {removed.map((text) => (
              <li key={`removed ${text.zh}`}>
                <Tag color="red">{t('designChange.removed')}</Tag> {format.text(text)}
              </li>
            ))}
            {reworded.map(({ before, after }) => (
              <li key={`reworded ${after.zh}`}>
                <Tag color="blue">{t('compare.changed')}</Tag>{' '}
                {format.text(before) === format.text(after) ? (
                  format.text(after)
                ) : (
                  <>
                    <del>{format.text(before)}</del> {format.text(after)}
                  </>
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
