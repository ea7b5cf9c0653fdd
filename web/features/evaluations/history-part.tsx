import { Skeleton } from 'antd';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Chart, SHADES } from '../../app/chart.tsx';
import { useFormat } from '../../app/format.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { Section } from '../life/section.tsx';
import { type EvaluationHistory, useEvaluationHistory } from './desk.ts';
import { type Evaluated, type Evaluation, evaluationPage, figure } from './evaluation.ts';
import { usePeriod } from './words.ts';

/** One that is evaluated, over the periods: a line of the totals, and a table with every indicator. */
export function HistoryPart({ evaluation, one }: { evaluation: Evaluation; one: Evaluated }): ReactNode {
  const { t } = useTranslation();
  const { data, error, isPending, refetch } = useEvaluationHistory(evaluation.agreement.id, evaluation.id, one.subject);
  if (error) return <ProblemAlert error={error} retry={() => void refetch()} />;
  if (isPending) return <Skeleton active />;
  const { periods } = data;
  // One period alone is compared with nothing.
  if (periods.length < 2) return null;
  return (
    <Section title={t('evaluations.history')}>
      <Line periods={periods} />
      <Table evaluation={evaluation} periods={periods} />
    </Section>
  );
}

type Periods = EvaluationHistory['periods'];

function Line({ periods }: { periods: Periods }): ReactNode {
  const { t } = useTranslation();
  const total = t('evaluations.total');
  const option = useMemo(
    () => ({
      grid: { left: 48, right: 16, top: 24, bottom: 28 },
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: periods.map(({ period }) => period.to.slice(0, 7)) },
      yAxis: { type: 'value', scale: true },
      series: [
        {
          type: 'line',
          name: total,
          data: periods.map((one) => Number(one.total)),
          itemStyle: { color: SHADES[0] },
          symbolSize: 8,
        },
      ],
    }),
    [periods, total],
  );
  return <Chart label={t('evaluations.historyChart')} option={option} height={220} />;
}

/** A row for each period, the latest first, with what each indicator was. */
function Table({ evaluation, periods }: { evaluation: Evaluation; periods: Periods }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const periodOf = usePeriod();
  const indicators = new Map(
    periods.flatMap(({ scores }) => scores.map(({ indicator }) => [indicator.id, indicator.title])),
  );
  return (
    <Records
      label={t('evaluations.history')}
      rows={periods.toReversed()}
      rowKey={({ id }) => id}
      empty=""
      columns={[
        {
          key: 'period',
          title: t('evaluations.ofPeriod'),
          heading: true,
          render: ({ id, period }) =>
            id === evaluation.id ? (
              <strong>{periodOf(period)}</strong>
            ) : (
              <Link to={evaluationPage(evaluation.agreement.id, id)}>{periodOf(period)}</Link>
            ),
        },
        {
          key: 'total',
          title: t('evaluations.total'),
          align: 'right' as const,
          render: ({ total, isFinal }) => (
            <>
              <span className="amount">{figure(total)}</span>
              {isFinal ? null : <span className="muted small"> {t('evaluations.notFinal')}</span>}
            </>
          ),
        },
        ...[...indicators].map(([id, title]) => ({
          key: id,
          title: format.text(title),
          align: 'right' as const,
          render: ({ scores }: Periods[number]) => {
            const score = scores.find(({ indicator }) => indicator.id === id);
            return score ? <span className="amount">{figure(score.value)}</span> : '';
          },
        })),
      ]}
    />
  );
}
