import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Empty, Input, Select, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queryString, request } from '../../api.ts';
import type { AgreementSummary, Page } from '../../wire.ts';
import { useAddressFilters } from '../../app/address-filters.ts';
import { useFormat } from '../../app/format.ts';
import { offsetText } from '../../app/moment.ts';
import { useRoleName } from '../../app/names.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { useTitled } from '../../app/occurrence.ts';
import { Records } from '../../app/records.tsx';
import { AgreementStatusTag } from '../../app/status-tag.tsx';

const STATUSES = ['draft', 'awaiting-signatures', 'active', 'terminated', 'expired'] as const;

/** All agreements, newest first as the API pages them; filter and search stand in the address. */
export function AgreementsPage(): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('agreements.title'));
  const { address, narrow, clear } = useAddressFilters();
  const status = address.get('status') ?? '';
  const search = address.get('search') ?? '';
  const agreements = useInfiniteQuery({
    queryKey: ['agreements', { status, search }],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request<Page<AgreementSummary>>(`/agreements${queryString({ status, search, limit: 20, cursor: pageParam })}`, {
        signal,
      }),
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: 30_000,
  });

  const rows = agreements.data?.pages.flatMap((page) => page.items) ?? [];
  const isNarrowed = status !== '' || search !== '';

  return (
    <div className="page">
      <div className="heading">
        <h1 className="grow">{t('agreements.title')}</h1>
        <Link to="/start" className="ant-btn-link">
          <Button type="primary" tabIndex={-1}>
            {t('start.title')}
          </Button>
        </Link>
      </div>
      <section className="panel stack">
        <div className="toolbar">
          <Input.Search
            key={search}
            allowClear
            defaultValue={search}
            placeholder={t('agreements.searchPlaceholder')}
            aria-label={t('agreements.searchPlaceholder')}
            onSearch={(value) => narrow('search', value.trim())}
            style={{ flex: '1 1 220px', maxWidth: 380 }}
          />
          <Select
            value={status}
            aria-label={t('agreements.status')}
            style={{ flex: '0 1 170px', minWidth: 130 }}
            onChange={(value: string) => narrow('status', value)}
            options={[
              { value: '', label: t('agreements.allStatuses') },
              ...STATUSES.map((value) => ({ value: value as string, label: t(`agreementStatus.${value}`) })),
            ]}
          />
        </div>
        {agreements.error ? <ProblemAlert error={agreements.error} retry={() => void agreements.refetch()} /> : null}
        {agreements.isPending ? <Skeleton active paragraph={{ rows: 6 }} /> : null}
        {agreements.data ? (
          <AgreementRecords
            rows={rows}
            empty={
              isNarrowed ? (
                <>
                  <p>{t('agreements.noneFound')}</p>
                  <Button onClick={clear}>{t('agreements.showAll')}</Button>
                </>
              ) : (
                <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('agreements.none')}>
                  <Link to="/start">{t('agreements.startFirst')}</Link>
                </Empty>
              )
            }
          />
        ) : null}
        {agreements.hasNextPage ? (
          <div className="more">
            <Button loading={agreements.isFetchingNextPage} onClick={() => void agreements.fetchNextPage()}>
              {t('common.more')}
            </Button>
          </div>
        ) : null}
      </section>
    </div>
  );
}

function AgreementRecords({ rows, empty }: { rows: AgreementSummary[]; empty: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const titled = useTitled();
  return (
    <Records
      label={t('agreements.title')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: 'title',
          title: t('agreements.agreement'),
          heading: true,
          render: ({ id, title }) => <Link to={`/agreements/${id}`}>{format.text(title)}</Link>,
        },
        {
          key: 'parties',
          title: t('agreements.parties'),
          render: ({ parties }) =>
            Object.entries(parties).map(([key, party]) => (
              <div key={key}>
                <span className="muted">{party.title ? format.text(party.title) : role(key)}</span> {party.name}
              </div>
            )),
        },
        {
          key: 'status',
          title: t('agreements.status'),
          render: ({ status }) => <AgreementStatusTag status={status} />,
        },
        {
          key: 'nextDue',
          title: t('agreements.nextDue'),
          render: ({ nextDue }) =>
            nextDue ? (
              <>
                <div>
                  {format.due(nextDue.dueAt, nextDue.localDate)}{' '}
                  <span className="muted small">{offsetText(nextDue.dueAt)}</span>
                </div>
                <div className="small">{titled(nextDue.title, nextDue.occurrence)}</div>
                <div className="muted small">
                  {t('agreements.dueBy', { who: format.text(nextDue.responsibleTitle) })}
                </div>
              </>
            ) : (
              <span className="muted">{t('common.none')}</span>
            ),
        },
        {
          key: 'overdue',
          title: t('agreements.overdue'),
          width: 110,
          render: ({ overdue }) =>
            overdue > 0 ? (
              <span className="late">{t('agreements.overdueCount', { count: overdue })}</span>
            ) : (
              <span className="muted">{t('common.none')}</span>
            ),
        },
      ]}
    />
  );
}
