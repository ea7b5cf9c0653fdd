import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Checkbox, Dropdown, Empty, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queryString, request } from '../../api.ts';
import type { Page } from '../../wire.ts';
import { useAddressFilters } from '../../app/address-filters.ts';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import { offsetText } from '../../app/moment.ts';
import { useTitled } from '../../app/occurrence.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { AgreementStatusTag } from '../../app/status-tag.tsx';
import { AgreementFilters } from './agreement-filters.tsx';
import { Between } from './between.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { type Filters, type ListedAgreement, MOST_CHOSEN, filtersOf } from './bulk.ts';
import { useExport } from './use-export.ts';
import './agreements.css';

const PAGE = 50;

/** All agreements: found, narrowed and put in order by the address; several can be chosen and acted on together. */
export function AgreementsPage(): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('agreements.title'));
  const mayManage = useMay('agreements.manage');
  const { address, narrow, clear } = useAddressFilters({ replace: true });
  const filters = filtersOf(address);
  const sort = address.get('sort') ?? 'newest';
  const [chosen, setChosen] = useState<ListedAgreement[]>([]);
  const agreements = useInfiniteQuery({
    queryKey: ['agreements', { filters, sort }],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request<Page<ListedAgreement>>(
        `/agreements${queryString({ ...filters, sort, limit: PAGE, cursor: pageParam })}`,
        { signal },
      ),
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: 30_000,
  });
  const rows = agreements.data?.pages.flatMap((page) => page.items) ?? [];
  const isChosen = ({ id }: ListedAgreement): boolean => chosen.some((one) => one.id === id);
  const choose = (row: ListedAgreement, isIn: boolean): void =>
    setChosen(isIn ? [...chosen, row].slice(0, MOST_CHOSEN) : chosen.filter(({ id }) => id !== row.id));
  const shown = rows.filter(isChosen).length;
  return (
    <div className="page">
      <div className="heading">
        <h1 className="grow">{t('agreements.title')}</h1>
        <ExportMenu filters={filters} sort={sort} />
        {mayManage ? (
          <>
            <Link to="/agreements/jobs">{t('bulk.jobs')}</Link>
            <Link to="/agreements/import" className="ant-btn-link">
              <Button tabIndex={-1}>{t('bulk.import')}</Button>
            </Link>
            <Link to="/start" className="ant-btn-link">
              <Button type="primary" tabIndex={-1}>
                {t('start.title')}
              </Button>
            </Link>
          </>
        ) : null}
      </div>
      <section className="panel stack">
        <AgreementFilters filters={filters} sort={sort} narrow={narrow} clear={clear} />
        {sort === 'expiry' ? <p className="muted small none-yet">{t('agreementList.expiryOnly')}</p> : null}
        <ProblemAlert error={agreements.error} retry={() => void agreements.refetch()} />
        {agreements.isPending ? <Skeleton active paragraph={{ rows: 6 }} /> : null}
        {mayManage && rows.length > 0 ? (
          <div className="toolbar">
            <Checkbox
              checked={shown > 0 && shown === rows.length}
              indeterminate={shown > 0 && shown < rows.length}
              onChange={(event) =>
                setChosen(
                  event.target.checked
                    ? [...chosen, ...rows.filter((row) => !isChosen(row))].slice(0, MOST_CHOSEN)
                    : chosen.filter(({ id }) => !rows.some((row) => row.id === id)),
                )
              }
            >
              {t('bulk.chooseAll', { count: rows.length })}
            </Checkbox>
          </div>
        ) : null}
        {mayManage && chosen.length > 0 ? <BulkBar chosen={chosen} leave={() => setChosen([])} /> : null}
        {agreements.data ? (
          <AgreementRecords
            rows={rows}
            choice={mayManage ? { isChosen, choose } : null}
            empty={
              Object.keys(filters).length > 0 || sort === 'expiry' ? (
                <>
                  <p>{t('agreements.noneFound')}</p>
                  <Button onClick={clear}>{t('agreements.showAll')}</Button>
                </>
              ) : (
                <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('agreements.none')}>
                  {mayManage ? <Link to="/start">{t('agreements.startFirst')}</Link> : null}
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

/** What the list shows now, as a file. */
function ExportMenu({ filters, sort }: { filters: Filters; sort: string }): ReactNode {
  const { t } = useTranslation();
  const { take, isPending } = useExport();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: (['xlsx', 'csv'] as const).map((format) => ({
          key: format,
          label: t(`bulk.${format}`),
          onClick: () => take({ ...filters, sort }, format),
        })),
      }}
    >
      <Button loading={isPending}>{t('bulk.export')}</Button>
    </Dropdown>
  );
}

function AgreementRecords({
  rows,
  choice,
  empty,
}: {
  rows: ListedAgreement[];
  choice: {
    isChosen: (row: ListedAgreement) => boolean;
    choose: (row: ListedAgreement, isIn: boolean) => void;
  } | null;
  empty: ReactNode;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const titled = useTitled();
  const names = ({ parties }: ListedAgreement): string =>
    Object.values(parties)
      .map(({ name }) => name)
      .filter(Boolean)
      .join(t('common.listSeparator'));
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
          render: (row) => (
            <div className="choosable">
              {choice ? (
                <Checkbox
                  aria-label={t('bulk.choose', { what: `${format.text(row.title)} ${names(row)}` })}
                  checked={choice.isChosen(row)}
                  onChange={(event) => choice.choose(row, event.target.checked)}
                />
              ) : null}
              <Link to={`/agreements/${row.id}`}>{format.text(row.title)}</Link>
            </div>
          ),
        },
        {
          key: 'parties',
          title: t('agreements.parties'),
          render: ({ parties }) => <Between parties={parties} />,
        },
        {
          key: 'status',
          title: t('agreements.status'),
          render: ({ status, expiresOn, inForceOn }) => (
            <>
              <AgreementStatusTag status={status} />
              <div className="muted small">
                {inForceOn ? t('agreement.inForceOn', { on: format.date(inForceOn) }) : null}
              </div>
              <div className="muted small">
                {expiresOn ? t('agreement.expiresOn', { on: format.date(expiresOn) }) : null}
              </div>
            </>
          ),
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
        {
          key: 'coordinator',
          title: t('role.coordinator'),
          width: 120,
          render: ({ coordinator }) => coordinator ?? <span className="muted">{t('common.none')}</span>,
        },
      ]}
    />
  );
}
