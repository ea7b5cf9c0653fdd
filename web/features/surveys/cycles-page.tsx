import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input, Select, Skeleton, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queryString, request } from '../../api.ts';
import { useAddressFilters } from '../../app/address-filters.ts';
import { useFormat } from '../../app/format.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { Text } from '../../wire.ts';
import { NextWords } from './next-words.tsx';
import { figureText } from './numbers.ts';
import { RateBar } from './rate-bar.tsx';
import type { SurveyStatus, SurveySummary } from './survey.ts';
import { SurveyStatusTag, VerdictTag } from './survey-status.tsx';

export interface CycleOfAgreement extends SurveySummary {
  agreement: { id: string; title: Text; zone: string; parties: string[] };
  minimumSample: number | null;
}

interface CyclePage {
  items: CycleOfAgreement[];
  nextCursor: string | null;
  counts: { running: number; overdue: number; open: number } | null;
}

const FILTERS = ['standing', 'status', 'overdue', 'search'] as const;
const STATUSES: SurveyStatus[] = [
  ...(['planned', 'missed', 'open', 'closed', 'analysed', 'reported', 'elsewhere', 'cancelled'] as const),
];

/** Surveys of all agreements that the reader may see: what is running first, and what each waits for. */
export function CyclesPage(): ReactNode {
  const { t } = useTranslation();
  const { address, narrow, clear } = useAddressFilters({ replace: true });
  usePageTitle(t('cycles.title'));
  const asked = Object.fromEntries(FILTERS.map((name) => [name, address.get(name) ?? '']));
  const isNarrowed = FILTERS.some((name) => asked[name] !== '');
  const pages = useInfiniteQuery({
    queryKey: ['surveys', asked],
    queryFn: ({ pageParam, signal }) =>
      request<CyclePage>(`/surveys${queryString({ ...asked, cursor: pageParam, limit: 30 })}`, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: 20_000,
    placeholderData: (before) => before,
  });
  const { data, error } = pages;
  const rows = data?.pages.flatMap(({ items }) => items) ?? [];
  const counts = data?.pages[0]?.counts;
  return (
    <div className="page">
      <h1>{t('cycles.title')}</h1>
      <section className="panel stack">
        {counts ? (
          <div className="balances">
            <Count label={t('cycles.running')} value={counts.running} />
            <Count label={t('cycles.open')} value={counts.open} choose={() => narrow('status', 'open')} />
            <Count
              label={t('cycles.overdue')}
              value={counts.overdue}
              isLate={counts.overdue > 0}
              choose={() => narrow('overdue', 'true')}
            />
          </div>
        ) : null}
        <div className="toolbar">
          <Input.Search
            key={asked.search}
            aria-label={t('cycles.search')}
            placeholder={t('cycles.search')}
            allowClear
            maxLength={100}
            defaultValue={asked.search ?? ''}
            onSearch={(value) => narrow('search', value.trim())}
            style={{ flex: '1 1 220px', maxWidth: 300 }}
          />
          <Select<string>
            aria-label={t('cycles.standing')}
            value={asked.standing ?? ''}
            onChange={(value) => narrow('standing', value)}
            style={{ width: 160 }}
            options={[
              { value: '', label: t('cycles.all') },
              { value: 'running', label: t('cycles.running') },
              { value: 'over', label: t('cycles.over') },
            ]}
          />
          <Select<string>
            aria-label={t('surveys.statusLabel')}
            value={asked.status ?? ''}
            onChange={(value) => narrow('status', value)}
            style={{ width: 160 }}
            options={[
              { value: '', label: t('cycles.anyStatus') },
              ...STATUSES.map((value) => ({ value, label: t(`surveyStatus.${value}`) })),
            ]}
          />
          <Select<string>
            aria-label={t('cycles.overdue')}
            value={asked.overdue ?? ''}
            onChange={(value) => narrow('overdue', value)}
            style={{ width: 150 }}
            options={[
              { value: '', label: t('cycles.lateOrNot') },
              { value: 'true', label: t('cycles.overdue') },
            ]}
          />
          {isNarrowed ? (
            <Button type="link" onClick={clear}>
              {t('cycles.clear')}
            </Button>
          ) : null}
        </div>
        {error ? <ProblemAlert error={error} retry={() => void pages.refetch()} /> : null}
        {pages.isPending ? (
          <Skeleton active paragraph={{ rows: 6 }} />
        ) : data ? (
          <Cycles rows={rows} empty={t(isNarrowed ? 'cycles.noneFound' : 'cycles.none')} />
        ) : null}
        {pages.hasNextPage ? (
          <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('common.more')}
          </Button>
        ) : null}
      </section>
    </div>
  );
}

function Count({
  label,
  value,
  isLate = false,
  choose,
}: {
  label: string;
  value: number;
  isLate?: boolean;
  choose?: () => void;
}): ReactNode {
  return (
    <div className="balance">
      <span className="muted">{label}</span>
      <strong className={isLate ? 'late' : ''}>{value}</strong>
      {choose && value > 0 ? <Narrow label={label} choose={choose} /> : null}
    </div>
  );
}

function Narrow({ label, choose }: { label: string; choose: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <Button type="link" size="small" className="inline-link" onClick={choose}>
      {t('cycles.showOnly', { what: label })}
    </Button>
  );
}

function Cycles({ rows, empty }: { rows: CycleOfAgreement[]; empty: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Records
      label={t('cycles.title')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: 'title',
          title: t('surveys.cycle'),
          heading: true,
          render: ({ id, title, agreement }) => (
            <>
              <Link to={`/agreements/${agreement.id}/surveys/${id}`}>{format.text(title)}</Link>
              <div className="muted small" style={{ fontWeight: 400 }}>
                {[format.text(agreement.title), agreement.parties.join(t('common.listSeparator'))]
                  .filter(Boolean)
                  .join(' · ')}
              </div>
            </>
          ),
        },
        {
          key: 'status',
          title: t('surveys.statusLabel'),
          render: ({ status, overdue }) => (
            <>
              <SurveyStatusTag status={status} />
              {overdue && status !== 'missed' ? <Tag color="red">{t('cycles.overdue')}</Tag> : null}
            </>
          ),
        },
        { key: 'next', title: t('cycles.next'), width: '26%', render: (one) => <NextWords cycle={one} /> },
        {
          key: 'due',
          title: t('cycles.due'),
          render: ({ due, overdue, agreement }) =>
            due === null ? (
              ''
            ) : (
              <span className={overdue ? 'late' : ''} title={format.zone(agreement.zone)}>
                {format.date(due.localDate)}
              </span>
            ),
        },
        { key: 'rate', title: t('surveys.responseRate'), width: 150, render: (one) => <RateBar cycle={one} /> },
        {
          key: 'score',
          title: t('surveys.score'),
          align: 'right',
          render: ({ score, verdict }) =>
            score === null && verdict === null ? (
              ''
            ) : (
              <>
                {score === null ? '' : <span className="amount">{figureText(score, 2)} </span>}
                {verdict === null ? null : <VerdictTag verdict={verdict} />}
              </>
            ),
        },
      ]}
    />
  );
}
