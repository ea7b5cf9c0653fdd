import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../app/format.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { Agreement } from '../../wire.ts';
import { figureText, percentText, rateOf } from './numbers.ts';
import { PeriodReports } from './period-reports.tsx';
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
          {
            key: 'agreed',
            title: t('surveys.agreedDate'),
            render: ({ agreedDate }) => (agreedDate === null ? '' : format.date(agreedDate)),
          },
          {
            key: 'closes',
            title: t('surveys.closes'),
            render: ({ closes }) => (closes === null ? '' : format.date(closes.localDate)),
          },
          {
            key: 'answered',
            title: t('surveys.answered'),
            align: 'right',
            render: (one) => {
              const rate = rateOf(one);
              if (one.drawn === null) return '';
              return (
                <span className="amount">
                  {t('surveys.ofDrawn', { answered: one.answered, drawn: one.drawn })}
                  {rate === null ? '' : ` · ${percentText(rate)}`}
                </span>
              );
            },
          },
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
