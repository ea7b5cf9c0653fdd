import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../app/format.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { Agreement } from '../../wire.ts';
import { NextWords } from './next-words.tsx';
import { figureText } from './numbers.ts';
import { PeriodReports } from './period-reports.tsx';
import { RateBar } from './rate-bar.tsx';
import { useSurveys } from './survey-queries.ts';
import { SurveyStatusTag, VerdictTag } from './survey-status.tsx';

/** The cycles of an agreement's surveys, the latest first. */
export function SurveyList({ agreement }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const surveys = useSurveys(agreement.id);
  if (surveys.isPending) return <Skeleton active paragraph={{ rows: 4 }} />;
  if (surveys.error) return <ProblemAlert error={surveys.error} retry={() => void surveys.refetch()} />;
  return (
    <div className="stack">
      {surveys.data.items.filter(({ score }) => score !== null).length > 1 ? (
        <div>
          <Link to={`/agreements/${agreement.id}/surveys/compare`}>{t('surveys.compare')}</Link>
        </div>
      ) : null}
      <Records
        label={t('surveys.tab')}
        rows={surveys.data.items}
        rowKey={({ id }) => id}
        empty={t('surveys.none')}
        columns={[
          {
            key: 'title',
            title: t('surveys.cycle'),
            heading: true,
            render: ({ id, title }) => (
              <Link to={`/agreements/${agreement.id}/surveys/${id}`}>{format.text(title)}</Link>
            ),
          },
          {
            key: 'status',
            title: t('surveys.statusLabel'),
            render: ({ status }) => <SurveyStatusTag status={status} />,
          },
          { key: 'next', title: t('cycles.next'), width: '26%', render: (one) => <NextWords cycle={one} /> },
          {
            key: 'due',
            title: t('cycles.due'),
            render: ({ due, overdue }) =>
              due === null ? '' : <span className={overdue ? 'late' : ''}>{format.date(due.localDate)}</span>,
          },
          { key: 'rate', title: t('surveys.responseRate'), width: 150, render: (one) => <RateBar cycle={one} /> },
          {
            key: 'score',
            title: t('surveys.score'),
            align: 'right',
            render: ({ score }) => (score === null ? '' : <span className="amount">{figureText(score, 2)}</span>),
          },
          {
            key: 'verdict',
            title: t('surveys.verdictLabel'),
            render: ({ verdict }) => (verdict === null ? null : <VerdictTag verdict={verdict} />),
          },
        ]}
      />
      <PeriodReports agreement={agreement} />
    </div>
  );
}
