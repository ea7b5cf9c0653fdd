import { useInfiniteQuery } from '@tanstack/react-query';
import { App, Button, Input, Select, Skeleton, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { download, queryString, request } from '../../api.ts';
import { useAddressFilters } from '../../app/address-filters.ts';
import { useMay } from '../../app/me.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { OrganisationSelect } from '../directory/organisation-select.tsx';
import { TierTag } from './tier-tag.tsx';
import { askability } from './askability.ts';
import { CustomerDialog } from './customer-dialog.tsx';
import { CUSTOMERS, type Customer, type CustomerPage, TIERS } from './customer.ts';

const STATUSES = ['present', 'archived', 'all'] as const;
const FILTERS = ['search', 'tier', 'branch', 'askable', 'status'] as const;

/** Customers by key; search and filters stand in the address. */
export function CustomersPage(): ReactNode {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const navigate = useNavigate();
  usePageTitle(t('customers.title'));
  const { address, narrow } = useAddressFilters();
  const [adding, setAdding] = useState(false);
  const mayWrite = useMay('directory.write');
  const asked = Object.fromEntries(FILTERS.map((name) => [name, address.get(name) ?? ''])) as Record<
    (typeof FILTERS)[number],
    string
  >;
  const customers = useInfiniteQuery({
    queryKey: [...CUSTOMERS, asked],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request<CustomerPage>(`/customers${queryString({ ...asked, limit: 50, cursor: pageParam })}`, { signal }),
    getNextPageParam: (page) => page.nextCursor,
  });
  const save = (): void => {
    download('/customers/export.csv', `${t('customers.title')}.csv`).catch((error: unknown) => {
      modal.error({ title: t('customers.export'), content: <ProblemAlert error={error} /> });
    });
  };
  const tiers = customers.data?.pages[0]?.tiers;
  return (
    <div className="page">
      <div className="heading">
        <h1 className="grow">{t('customers.title')}</h1>
        <Button onClick={save}>{t('customers.export')}</Button>
        {mayWrite ? (
          <>
            <Link to="/customers/import">
              <Button tabIndex={-1}>{t('customers.import')}</Button>
            </Link>
            <Button type="primary" onClick={() => setAdding(true)}>
              {t('customers.add')}
            </Button>
          </>
        ) : null}
      </div>
      <section className="panel stack">
        {tiers ? (
          <p className="muted none-yet">
            {TIERS.map((tier) => t('customers.counted', { tier: t(`customerTier.${tier}`), number: tiers[tier] })).join(
              t('common.listSeparator'),
            )}
          </p>
        ) : null}
        <div className="toolbar">
          <Input.Search
            key={asked.search}
            allowClear
            defaultValue={asked.search}
            placeholder={t('customers.searchPlaceholder')}
            aria-label={t('customers.searchPlaceholder')}
            onSearch={(value) => narrow('search', value.trim())}
            style={{ flex: '1 1 220px', maxWidth: 320 }}
          />
          <Select
            value={asked.tier}
            aria-label={t('customerField.tier')}
            style={{ flex: '0 1 140px', minWidth: 120 }}
            onChange={(value: string) => narrow('tier', value)}
            options={[
              { value: '', label: t('customers.anyTier') },
              ...TIERS.map((value) => ({ value, label: t(`customerTier.${value}`) })),
            ]}
          />
          <div style={{ flex: '1 1 200px', maxWidth: 260 }}>
            <OrganisationSelect
              id="customers-branch"
              placeholder={t('customers.anyBranch')}
              value={asked.branch === '' ? undefined : asked.branch}
              onChange={(branch) => narrow('branch', branch ?? '')}
            />
          </div>
          <Select
            value={asked.askable}
            aria-label={t('customers.asking')}
            style={{ flex: '0 1 160px', minWidth: 130 }}
            onChange={(value: string) => narrow('askable', value)}
            options={[
              { value: '', label: t('customers.askableOrNot') },
              { value: 'true', label: t('customers.askable') },
              { value: 'false', label: t('customers.notAskable') },
            ]}
          />
          <Select
            value={asked.status === '' ? 'present' : asked.status}
            aria-label={t('customers.state')}
            style={{ flex: '0 1 120px', minWidth: 110 }}
            onChange={(value: string) => narrow('status', value === 'present' ? '' : value)}
            options={STATUSES.map((value) => ({ value, label: t(`customerStatus.${value}`) }))}
          />
        </div>
        {customers.error ? <ProblemAlert error={customers.error} retry={() => void customers.refetch()} /> : null}
        {customers.isPending ? <Skeleton active paragraph={{ rows: 6 }} /> : null}
        {customers.data ? (
          <CustomerRecords
            rows={customers.data.pages.flatMap((page) => page.items)}
            isNarrowed={FILTERS.some((name) => asked[name] !== '')}
          />
        ) : null}
        {customers.hasNextPage ? (
          <div className="more">
            <Button loading={customers.isFetchingNextPage} onClick={() => void customers.fetchNextPage()}>
              {t('common.more')}
            </Button>
          </div>
        ) : null}
      </section>
      {adding ? (
        <CustomerDialog close={() => setAdding(false)} saved={({ id }) => void navigate(`/customers/${id}`)} />
      ) : null}
    </div>
  );
}

function CustomerRecords({ rows, isNarrowed }: { rows: Customer[]; isNarrowed: boolean }): ReactNode {
  const { t } = useTranslation();
  return (
    <Records
      label={t('customers.title')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={t(isNarrowed ? 'customers.noneFound' : 'customers.none')}
      columns={[
        {
          key: 'name',
          title: t('customerField.name'),
          heading: true,
          render: (row) => (
            <>
              <Link to={`/customers/${row.id}`}>{row.erasedAt ? t('customers.erasedName') : row.name}</Link>{' '}
              {row.archivedAt ? <Tag>{t('customerStatus.archived')}</Tag> : null}
              <div className="muted small" style={{ fontWeight: 400 }}>
                {row.key}
              </div>
            </>
          ),
        },
        {
          key: 'tier',
          title: t('customerField.tier'),
          render: ({ tier }) => <TierTag tier={tier} />,
        },
        {
          key: 'branch',
          title: t('customers.place'),
          render: ({ branch, department, segment }) =>
            [branch?.name, department?.name, segment].filter(Boolean).join(' · ') || t('common.none'),
        },
        {
          key: 'contact',
          title: t('customerField.contact'),
          render: ({ contact, email, phone }) => (
            <span className="break">{[contact, email, phone].filter(Boolean).join(' · ') || t('common.none')}</span>
          ),
        },
        { key: 'asking', title: t('customers.asking'), render: (row) => <Asking customer={row} /> },
        {
          key: 'promotion',
          title: t('customers.promotion'),
          render: ({ promotionConsent }) => t(`consent.${String(promotionConsent)}`),
        },
      ]}
    />
  );
}

/** Whether it may be surveyed, and why not. */
export function Asking({ customer }: { customer: Customer }): ReactNode {
  const { t } = useTranslation();
  const how = askability(customer);
  return <Tag color={how === 'askable' ? 'green' : 'orange'}>{t(`customerAsking.${how}`)}</Tag>;
}
