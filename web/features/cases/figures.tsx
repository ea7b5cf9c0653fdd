import { Button, Select, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../app/format.ts';
import { todayIn } from '../../app/moment.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { Agreement } from '../../wire.ts';
import { Section } from '../life/section.tsx';
import { ActDialog } from '../process/act-dialog.tsx';
import { type CaseFigure, casePage, useCaseFigures } from './case.ts';
import { periodsUpTo } from './periods.ts';

/** What the contract measures of a period, each figure with the cases behind it. */
export function CaseFiguresPart({ agreement }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const periods = periodsUpTo(todayIn(agreement.zone), agreement.inForceOn ?? undefined);
  const [period, setPeriod] = useState(periods[0] ?? '');
  const [shown, setShown] = useState<string | null>(null);
  const [entering, setEntering] = useState(false);
  const figures = useCaseFigures(agreement.id, period);
  const data = figures.data;
  return (
    <Section
      title={t('cases.figures')}
      actions={
        data && data.may.served.length > 0 ? (
          <Button size="small" onClick={() => setEntering(true)}>
            {t('cases.enterServed')}
          </Button>
        ) : null
      }
    >
      <div className="stack">
        <div className="toolbar">
          <Select<string>
            aria-label={t('cases.period')}
            value={period}
            onChange={(value) => {
              setPeriod(value);
              setShown(null);
            }}
            style={{ width: 140 }}
            options={periods.map((value) => ({ value, label: value }))}
          />
          {data ? (
            <span className="muted">
              {t('cases.figuresOf', {
                count: data.opened,
                from: format.date(data.from),
                until: format.date(data.until),
                reopened: data.reopened,
              })}
            </span>
          ) : null}
        </div>
        {figures.isPending ? <Skeleton active /> : null}
        {figures.error ? <ProblemAlert error={figures.error} retry={() => void figures.refetch()} /> : null}
        {data ? (
          <Records<CaseFigure>
            label={t('cases.figures')}
            rows={data.figures}
            rowKey={({ measure }) => measure}
            empty=""
            columns={[
              {
                key: 'measure',
                title: t('cases.measure'),
                heading: true,
                render: ({ measure }) => t(`caseMeasure.${measure}`),
              },
              { key: 'value', title: t('cases.value'), render: (one) => <Value figure={one} /> },
              { key: 'how', title: t('cases.how'), render: (one) => <How figure={one} period={data.period} /> },
              {
                key: 'behind',
                title: t('cases.behind'),
                render: ({ measure, cases, counted, more }) =>
                  counted === 0 ? (
                    ''
                  ) : shown === measure ? (
                    <ul className="plain-list">
                      {cases.map(({ id, topic, reference, against }) => (
                        <li key={id}>
                          <Link to={casePage(agreement.id, id)} className="listed-link">
                            {topic ?? reference}
                          </Link>
                          {against ? <span className="late small"> {t(`caseAgainst.${measure}`)}</span> : null}
                        </li>
                      ))}
                      {more > 0 ? <li className="muted">{t('cases.moreCases', { count: more })}</li> : null}
                    </ul>
                  ) : (
                    <Button size="small" onClick={() => setShown(measure)}>
                      {t('cases.showCases', { count: counted })}
                    </Button>
                  ),
              },
            ]}
          />
        ) : null}
        {data && data.served.length > 0 ? (
          <ul className="plain-list muted small">
            {data.served.slice(0, 8).map(({ period: of, count, at }) => (
              <li key={`${of} ${at}`}>
                {t('cases.servedEntry', { period: of, count, at: format.instant(at, agreement.zone) })}
              </li>
            ))}
          </ul>
        ) : null}
      </div>
      {entering && data ? (
        <ActDialog
          agreementId={agreement.id}
          close={() => setEntering(false)}
          done={() => undefined}
          form={{
            path: '/customers-served',
            title: t('cases.enterServed'),
            explained: t('cases.servedExplained'),
            capacities: data.may.served,
            fields: [
              {
                name: 'period',
                label: t('cases.period'),
                type: 'select',
                required: true,
                initial: period,
                options: periods.map((value) => ({ value, label: value })),
              },
              { name: 'count', label: t('cases.served'), type: 'integer', required: true, max: 1_000_000_000 },
            ],
          }}
        />
      ) : null}
    </Section>
  );
}

function Value({ figure: { value, unit } }: { figure: CaseFigure }): ReactNode {
  const { t } = useTranslation();
  if (value === null) return <span className="muted">{t('cases.noValue')}</span>;
  return <strong>{t(unit === 'minutes' ? 'cases.minutes' : 'cases.percent', { value })}</strong>;
}

function How({
  figure: { measure, counted, against, denominator },
  period,
}: {
  figure: CaseFigure;
  period: string;
}): ReactNode {
  const { t } = useTranslation();
  if (measure === 'complaint-rate' && denominator === null) return t('cases.servedMissing', { period });
  if (counted === 0 && measure !== 'complaint-rate') return '';
  return t(`caseReckoned.${measure}`, { counted, good: counted - against, denominator: denominator ?? 0 });
}
