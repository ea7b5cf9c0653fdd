import { Button, Input, Skeleton, Tabs, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { agreementPath, download } from '../../api.ts';
import { useAddressFilters } from '../../app/address-filters.ts';
import { useFormat } from '../../app/format.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { useAgreement } from '../agreement/agreement-queries.ts';
import { AgreementChoice } from '../cases/new-case.tsx';
import { DownloadButton, ReportDownloads } from '../surveys/downloads.tsx';
import { PeriodReports } from '../surveys/period-reports.tsx';
import { CertificateButtons } from '../trainings/certificate-buttons.tsx';
import { REPORT_KINDS, type Report, type ReportKind, useReports } from './report.ts';

const COLOUR: Record<Report['state'], string> = {
  due: 'blue',
  overdue: 'red',
  draft: 'gold',
  sent: 'gold',
  returned: 'orange',
  released: 'green',
  acknowledged: 'green',
};

/** Reports, certificates and workbooks of all agreements: what there is, and what is due and not there yet. */
export function ReportsPage(): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('reports.title'));
  const { address, narrow, clear } = useAddressFilters({ replace: true });
  const [, setAddress] = useSearchParams();
  const asked = address.get('kind');
  const kind: ReportKind = REPORT_KINDS.find((one) => one === asked) ?? 'duty';
  return (
    <div className="page">
      <h1>{t('reports.title')}</h1>
      <section className="panel">
        <Tabs
          activeKey={kind}
          // Filters of one kind say nothing of another.
          onChange={(chosen) => setAddress(chosen === 'duty' ? {} : { kind: chosen })}
          items={REPORT_KINDS.map((key) => ({
            key,
            label: t(`reportKind.${key}`),
            children:
              key !== kind ? null : key === 'period' ? (
                <OfPeriods chosen={address.get('agreement') ?? ''} choose={(id) => narrow('agreement', id)} />
              ) : (
                <Listed kind={key} address={address} narrow={narrow} clear={clear} />
              ),
          }))}
        />
      </section>
    </div>
  );
}

/** What is made of any period when it is asked for: also a nil report, where nothing was done. */
function OfPeriods({ chosen, choose }: { chosen: string; choose: (id: string) => void }): ReactNode {
  const { t } = useTranslation();
  const { data, error, isFetching, refetch } = useAgreement(chosen === '' ? undefined : chosen);
  return (
    <div className="stack">
      <p className="muted none-yet">{t('reports.periodExplained')}</p>
      <div style={{ maxWidth: 420 }}>
        <label htmlFor="report-agreement">{t('reports.agreement')}</label>
        <AgreementChoice id="report-agreement" value={chosen} choose={choose} />
      </div>
      {error ? <ProblemAlert error={error} retry={() => void refetch()} /> : null}
      {isFetching && !data ? <Skeleton active /> : null}
      {chosen !== '' && data ? <PeriodReports key={data.id} agreement={data} /> : null}
    </div>
  );
}

function Listed({
  kind,
  address,
  narrow,
  clear,
}: {
  kind: Report['kind'];
  address: URLSearchParams;
  narrow: (name: string, value?: string) => void;
  clear: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const chosen = (name: string): string => address.get(name) ?? '';
  const filter = {
    kind,
    state: chosen('state'),
    agreement: chosen('agreement'),
    from: chosen('from'),
    until: chosen('until'),
  };
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useReports(filter);
  const states = kind === 'certificate' ? [] : (['', 'missing', 'there'] as const);
  const isNarrowed = [filter.state, filter.agreement, filter.from, filter.until].some((value) => value !== '');
  const day = (name: 'from' | 'until'): ReactNode => (
    <Input
      type="date"
      aria-label={t(`reports.${name}`)}
      title={t(`reports.${name}`)}
      prefix={<span className="muted">{t(`reports.${name}Short`)}</span>}
      value={filter[name]}
      onChange={(event) => narrow(name, event.target.value)}
      style={{ width: 180 }}
    />
  );
  return (
    <div className="stack">
      <p className="muted none-yet">{t(`reportKindMeans.${kind}`)}</p>
      {states.length > 0 ? (
        <div className="toolbar" role="group" aria-label={t('reports.state')}>
          {states.map((state) => (
            <Button
              key={state}
              size="small"
              type={filter.state === state ? 'primary' : 'default'}
              aria-pressed={filter.state === state}
              onClick={() => narrow('state', state)}
            >
              {t(state === '' ? 'reports.all' : `reports.${state}`)}
            </Button>
          ))}
        </div>
      ) : null}
      <div className="toolbar">
        <div style={{ flex: '2 1 220px', maxWidth: 340 }}>
          <AgreementChoice
            label={t('reports.agreement')}
            value={filter.agreement}
            choose={(agreement) => narrow('agreement', agreement)}
          />
        </div>
        {day('from')}
        {day('until')}
      </div>
      {error ? <ProblemAlert error={error} retry={() => void refetch()} /> : null}
      {isPending ? <Skeleton active paragraph={{ rows: 6 }} /> : null}
      {data ? (
        <ReportRecords
          kind={kind}
          rows={data.pages.flatMap(({ items }) => items)}
          empty={
            isNarrowed ? (
              <>
                {t('reports.noneFound')}{' '}
                <Button type="link" className="inline-link" onClick={clear}>
                  {t('reports.showAll')}
                </Button>
              </>
            ) : (
              t(`reportsEmpty.${kind}`)
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
    </div>
  );
}

/** Where a report is worked on. */
function pageOf({ kind, agreement, survey, training }: Report): string {
  const of = `/agreements/${encodeURIComponent(agreement.id)}`;
  if (kind === 'survey' && survey) return `${of}/surveys/${encodeURIComponent(survey)}`;
  if (training) return `${of}/trainings/${encodeURIComponent(training.id)}`;
  return `${of}?tab=obligations`;
}

function ReportRecords({ kind, rows, empty }: { kind: Report['kind']; rows: Report[]; empty: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Records<Report>
      label={t(`reportKind.${kind}`)}
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: 'title',
          title: t('reports.report'),
          heading: true,
          render: (one) => (
            <>
              <Link to={pageOf(one)} className="break">
                {format.text(one.title)}
              </Link>
              {one.person ? (
                <div className="muted small" style={{ fontWeight: 400 }}>
                  {one.person}
                </div>
              ) : null}
            </>
          ),
        },
        {
          key: 'agreement',
          title: t('reports.agreement'),
          render: ({ agreement }) => (
            <>
              <Link to={`/agreements/${encodeURIComponent(agreement.id)}`}>{format.text(agreement.title)}</Link>
              <div className="muted small">{agreement.parties.join(t('common.listSeparator'))}</div>
            </>
          ),
        },
        {
          key: 'state',
          title: t('reports.state'),
          render: ({ state, nil }) => (
            <>
              <Tag color={COLOUR[state]}>{t(`reportState.${state}`)}</Tag>
              {nil ? <Tag>{t('reports.nil')}</Tag> : null}
            </>
          ),
        },
        ...(kind === 'duty'
          ? [
              {
                key: 'responsible',
                title: t('reports.responsible'),
                render: ({ responsible }: Report) => (responsible ? format.text(responsible) : ''),
              },
            ]
          : []),
        ...(kind === 'certificate'
          ? []
          : [
              {
                key: 'due',
                title: t('reports.dueOn'),
                render: ({ dueOn, state }: Report) =>
                  dueOn ? <span className={state === 'overdue' ? 'late' : ''}>{format.date(dueOn)}</span> : '',
              },
            ]),
        {
          key: 'at',
          title: t('reports.at'),
          render: ({ at, agreement }) => (at ? format.instant(at, agreement.zone) : ''),
        },
        {
          key: 'files',
          title: t('reports.files'),
          render: (one) => (one.kind === 'duty' && one.documents.length === 0 ? '' : <Files report={one} />),
        },
      ]}
    />
  );
}

/** What can be downloaded of it. */
function Files({ report }: { report: Report }): ReactNode {
  const { t } = useTranslation();
  const { agreement, documents, survey, state, training, reference } = report;
  if (training) {
    return (
      <CertificateButtons
        agreementId={agreement.id}
        training={training.id}
        trainee={training.trainee}
        number={training.number}
      />
    );
  }
  if (survey !== null) {
    if (state === 'due') return <span className="muted">{t('reports.notAnalysed')}</span>;
    return <ReportDownloads agreementId={agreement.id} survey={{ id: survey, reference }} of="report" />;
  }
  return (
    <div className="stack" style={{ gap: 6 }}>
      {documents.map(({ id, fileName }) => (
        <DownloadButton
          key={id}
          load={() => download(`${agreementPath(agreement.id)}/documents/${encodeURIComponent(id)}/content`, fileName)}
        >
          {fileName}
        </DownloadButton>
      ))}
    </div>
  );
}
