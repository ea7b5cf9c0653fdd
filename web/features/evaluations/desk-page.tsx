import { Button, Select, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAddressFilters } from '../../app/address-filters.ts';
import { useFormat } from '../../app/format.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { AgreementChoice } from '../cases/new-case.tsx';
import { type DeskEvaluation, WAITING, useEvaluationDesk } from './desk.ts';
import { STATUSES, evaluationPage, figure } from './evaluation.ts';
import { EvaluationTags } from './status-tag.tsx';
import { useNamed, useNext, usePeriod } from './words.ts';

/** Evaluations of all agreements that the reader has a part in, and what each waits for. */
export function EvaluationsPage(): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('evaluations.desk'));
  const { address, narrow, clear } = useAddressFilters({ replace: true });
  const chosen = (name: string): string => address.get(name) ?? '';
  const filter = {
    status: chosen('status'),
    waiting: chosen('waiting'),
    agreement: chosen('agreement'),
  };
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useEvaluationDesk(filter);
  const isNarrowed = Object.values(filter).some((value) => value !== '');
  return (
    <div className="page">
      <h1>{t('evaluations.desk')}</h1>
      <section className="panel stack">
        <div className="toolbar" role="group" aria-label={t('evaluations.waitsFor')}>
          {(['', ...WAITING] as const).map((waiting) => (
            <Button
              key={waiting}
              size="small"
              type={filter.waiting === waiting ? 'primary' : 'default'}
              aria-pressed={filter.waiting === waiting}
              onClick={() => narrow('waiting', waiting)}
            >
              {waiting === '' ? t('evaluations.all') : t(`evaluationWaits.${waiting}`)}
            </Button>
          ))}
        </div>
        <div className="toolbar">
          <Select<string>
            aria-label={t('evaluations.status')}
            value={filter.status}
            onChange={(status) => narrow('status', status)}
            style={{ flex: '1 1 140px', maxWidth: 200 }}
            options={[
              { value: '', label: t('evaluations.anyStatus') },
              { value: 'open', label: t('evaluations.underWay') },
              ...STATUSES.map((value) => ({ value, label: t(`evaluationStatus.${value}`) })),
            ]}
          />
          <div style={{ flex: '2 1 220px', maxWidth: 340 }}>
            <AgreementChoice
              label={t('evaluations.agreement')}
              value={filter.agreement}
              choose={(agreement) => narrow('agreement', agreement)}
            />
          </div>
        </div>
        {error ? <ProblemAlert error={error} retry={() => void refetch()} /> : null}
        {isPending ? <Skeleton active paragraph={{ rows: 6 }} /> : null}
        {data ? (
          <Rows
            rows={data.pages.flatMap(({ items }) => items)}
            empty={
              isNarrowed ? (
                <>
                  {t('evaluations.noneFound')}{' '}
                  <Button type="link" className="inline-link" onClick={clear}>
                    {t('evaluations.showAll')}
                  </Button>
                </>
              ) : (
                t('evaluations.deskEmpty')
              )
            }
          />
        ) : null}
        {hasNextPage ? (
          <div className="actions">
            <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {t('common.more')}
            </Button>
          </div>
        ) : null}
      </section>
    </div>
  );
}

function Rows({ rows, empty }: { rows: DeskEvaluation[]; empty: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const period = usePeriod();
  const named = useNamed();
  const said = useNext();
  return (
    <Records
      label={t('evaluations.desk')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: 'title',
          title: t('evaluations.rule'),
          heading: true,
          render: ({ id, rule, period: of, agreement }) => (
            <Link to={evaluationPage(agreement.id, id)} className="break">
              {t('evaluations.titleOf', { what: format.text(rule.title), period: period(of) })}
            </Link>
          ),
        },
        {
          key: 'agreement',
          title: t('evaluations.agreement'),
          render: ({ agreement }) => (
            <>
              <Link to={`/agreements/${encodeURIComponent(agreement.id)}?tab=evaluations`}>
                {format.text(agreement.title)}
              </Link>
              <div className="muted small">{agreement.parties.join(t('common.listSeparator'))}</div>
            </>
          ),
        },
        {
          key: 'status',
          title: t('evaluations.status'),
          render: (one) => (
            <>
              <EvaluationTags {...one} />
              {one.objectionsUntil ? (
                <div className="small">
                  {t('evaluations.objectionsOpen', { until: format.date(one.objectionsUntil) })}
                </div>
              ) : null}
              {one.undecided > 0 ? (
                <div className="small">{t('evaluations.undecidedCount', { count: one.undecided })}</div>
              ) : null}
            </>
          ),
        },
        {
          key: 'results',
          title: t('evaluations.results'),
          render: ({ results, evaluated }) =>
            results.length === 0 ? (
              evaluated === 0 ? (
                t('evaluations.nobodyYet')
              ) : (
                t('evaluations.people', { count: evaluated })
              )
            ) : (
              <>
                {results.map((one) => (
                  <div key={one.subject}>
                    {named(one)} {one.total === null ? '' : <strong className="amount">{figure(one.total)}</strong>}
                  </div>
                ))}
                {evaluated > results.length ? (
                  <div className="muted small">
                    {t('evaluations.morePeople', { count: evaluated - results.length })}
                  </div>
                ) : null}
              </>
            ),
        },
        {
          key: 'next',
          title: t('evaluations.next'),
          render: ({ next, steps, overdue }) => (
            <>
              {next.map((one, index) => (
                <div key={index} className={overdue && index === 0 ? 'late' : index > 0 ? 'muted small' : ''}>
                  {said({ ...one, indicators: [] })}
                </div>
              ))}
              {steps > next.length ? (
                <div className="muted small">{t('evaluations.andMore', { count: steps - next.length })}</div>
              ) : null}
            </>
          ),
        },
      ]}
    />
  );
}
