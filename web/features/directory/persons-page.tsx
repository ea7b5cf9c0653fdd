import { useInfiniteQuery } from '@tanstack/react-query';
import { App, Button, Input, Select, Skeleton, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { download, queryString, request } from '../../api.ts';
import type { Page } from '../../wire.ts';
import { useAddressFilters } from '../../app/address-filters.ts';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { PERSONS, type PersonSummary } from './directory.ts';
import { PersonDialog } from './person-dialog.tsx';

const STATUSES = ['present', 'left', 'all'] as const;

/** Everybody of the directory by name; search and filter stand in the address. */
export function PersonsPage(): ReactNode {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  usePageTitle(t('directory.title'));
  const { address, narrow } = useAddressFilters();
  const [adding, setAdding] = useState(false);
  const mayWrite = useMay('directory.write');
  const search = address.get('search') ?? '';
  const status = address.get('status') ?? '';
  const persons = useInfiniteQuery({
    queryKey: [...PERSONS, { search, status }],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request<Page<PersonSummary>>(`/persons${queryString({ search, status, limit: 50, cursor: pageParam })}`, {
        signal,
      }),
    getNextPageParam: (page) => page.nextCursor,
  });
  const save = (): void => {
    download('/directory/export.csv', `${t('directory.title')}.csv`).catch((error: unknown) => {
      modal.error({ title: t('directory.export'), content: <ProblemAlert error={error} /> });
    });
  };
  return (
    <div className="page">
      <div className="heading">
        <h1 className="grow">{t('directory.title')}</h1>
        <Link to="/organisations">{t('directory.organisations')}</Link>
        <Button onClick={save}>{t('directory.export')}</Button>
        {mayWrite ? (
          <>
            <Link to="/directory/import">
              <Button tabIndex={-1}>{t('directory.import')}</Button>
            </Link>
            <Button type="primary" onClick={() => setAdding(true)}>
              {t('directory.addPerson')}
            </Button>
          </>
        ) : null}
      </div>
      <section className="panel stack">
        <div className="toolbar">
          <Input.Search
            key={search}
            allowClear
            defaultValue={search}
            placeholder={t('directory.searchPlaceholder')}
            aria-label={t('directory.searchPlaceholder')}
            onSearch={(value) => narrow('search', value.trim())}
            style={{ flex: '1 1 220px', maxWidth: 380 }}
          />
          <Select
            value={status === '' ? 'present' : status}
            aria-label={t('directory.state')}
            style={{ flex: '0 1 150px', minWidth: 120 }}
            onChange={(value: string) => narrow('status', value === 'present' ? '' : value)}
            options={STATUSES.map((value) => ({ value, label: t(`personStatus.${value}`) }))}
          />
        </div>
        {persons.error ? <ProblemAlert error={persons.error} retry={() => void persons.refetch()} /> : null}
        {persons.isPending ? <Skeleton active paragraph={{ rows: 6 }} /> : null}
        {persons.data ? (
          <PersonRecords rows={persons.data.pages.flatMap((page) => page.items)} isNarrowed={search + status !== ''} />
        ) : null}
        {persons.hasNextPage ? (
          <div className="more">
            <Button loading={persons.isFetchingNextPage} onClick={() => void persons.fetchNextPage()}>
              {t('common.more')}
            </Button>
          </div>
        ) : null}
      </section>
      {adding ? <PersonDialog close={() => setAdding(false)} /> : null}
    </div>
  );
}

function PersonRecords({ rows, isNarrowed }: { rows: PersonSummary[]; isNarrowed: boolean }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Records
      label={t('directory.title')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={t(isNarrowed ? 'directory.nobodyFound' : 'directory.nobody')}
      columns={[
        {
          key: 'name',
          title: t('directory.name'),
          heading: true,
          render: ({ id, name, leftOn, erasedAt }) => (
            <>
              <Link to={`/persons/${id}`}>{erasedAt ? t('directory.erasedPerson') : name}</Link>{' '}
              {erasedAt ? (
                <Tag>{t('directory.erased')}</Tag>
              ) : leftOn ? (
                <Tag>{t('directory.leftOn', { on: format.date(leftOn) })}</Tag>
              ) : null}
            </>
          ),
        },
        { key: 'organisation', title: t('directory.organisation'), render: ({ organisation }) => organisation.path },
        {
          key: 'email',
          title: t('directory.email'),
          render: ({ email, erasedAt }) => <span className="break">{erasedAt ? t('common.none') : email}</span>,
        },
        { key: 'language', title: t('directory.language'), render: ({ language }) => t(`language.${language}`) },
        { key: 'zone', title: t('directory.zone'), render: ({ zone }) => format.zone(zone) },
        {
          key: 'seats',
          title: t('directory.seats'),
          align: 'right',
          render: ({ seats }) => (seats > 0 ? String(seats) : <span className="muted">{t('common.none')}</span>),
        },
      ]}
    />
  );
}
