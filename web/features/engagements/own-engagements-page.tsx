import { Button, Input, Select, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAddressFilters } from '../../app/address-filters.ts';
import { useFormat } from '../../app/format.ts';
import { useMe } from '../../app/me.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { ENGAGEMENT_STATUSES, useOwnEngagements } from './engagement.ts';
import { EngagementRecords } from './engagements.tsx';

/** Third parties of all agreements that the reader may see; a third party finds its own engagements here. */
export function OwnEngagementsPage(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  usePageTitle(t('engagements.title'));
  const { address, narrow, clear } = useAddressFilters({ replace: true });
  const chosen = (name: string): string => address.get(name) ?? '';
  const filter = { status: chosen('status'), search: chosen('search') };
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useOwnEngagements(filter);
  const seesAll = useMe()?.permissions['agreements.read'] === 'all';
  const isNarrowed = filter.status !== '' || filter.search !== '';
  return (
    <div className="page">
      <h1>{t('engagements.title')}</h1>
      {seesAll ? null : <p className="muted none-yet">{t('engagements.ownOnly')}</p>}
      <section className="panel stack">
        <div className="toolbar">
          <Input.Search
            key={filter.search}
            defaultValue={filter.search}
            aria-label={t('engagements.search')}
            placeholder={t('engagements.search')}
            allowClear
            maxLength={100}
            onSearch={(search) => narrow('search', search.trim())}
            style={{ flex: '1 1 200px', maxWidth: 280 }}
          />
          <Select<string>
            aria-label={t('engagements.status')}
            value={filter.status}
            onChange={(status) => narrow('status', status)}
            style={{ flex: '1 1 150px', maxWidth: 220 }}
            options={[
              { value: '', label: t('engagements.anyStatus') },
              { value: 'open', label: t('engagements.open') },
              { value: 'over', label: t('engagements.over') },
              ...ENGAGEMENT_STATUSES.map((value) => ({ value, label: t(`engagementStatus.${value}`) })),
            ]}
          />
        </div>
        {error ? <ProblemAlert error={error} retry={() => void refetch()} /> : null}
        {isPending ? <Skeleton active paragraph={{ rows: 6 }} /> : null}
        {data ? (
          <EngagementRecords
            rows={data.pages.flatMap(({ items }) => items)}
            empty={
              isNarrowed ? (
                <>
                  {t('engagements.noneFound')}{' '}
                  <Button type="link" className="inline-link" onClick={clear}>
                    {t('engagements.showAll')}
                  </Button>
                </>
              ) : (
                t('engagements.none')
              )
            }
            agreementOf={({ agreement }) =>
              agreement.parties.length === 0 ? (
                format.text(agreement.title)
              ) : (
                <>
                  <Link to={`/agreements/${encodeURIComponent(agreement.id)}?tab=engagements`}>
                    {format.text(agreement.title)}
                  </Link>
                  <div className="muted small">{agreement.parties.join(t('common.listSeparator'))}</div>
                </>
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
