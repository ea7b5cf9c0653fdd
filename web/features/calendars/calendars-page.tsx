import { useQuery } from '@tanstack/react-query';
import { Button, Skeleton, Tabs, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { request } from '../../api.ts';
import { useAddressFilters } from '../../app/address-filters.ts';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { CALENDARS, type CalendarVersion, yearToEnter } from './calendar.ts';
import { Redatings } from './redatings.tsx';
import { SourceLine } from './source-line.tsx';

/** The calendars of the installation: its versions, and the dates that a newer one would move. */
export function CalendarsPage(): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('calendars.title'));
  const navigate = useNavigate();
  const mayManage = useMay('calendars.manage');
  const mayDecide = useMay('tasks.read');
  const { address, narrow } = useAddressFilters({ replace: true });
  const versions = useQuery({
    queryKey: CALENDARS,
    queryFn: ({ signal }) => request<{ items: CalendarVersion[] }>('/calendars', { signal }),
  });
  const { data, error, isPending } = versions;
  const newest = data?.items.find((one) => one.newest);
  const tab = mayDecide && address.get('tab') === 'proposals' ? 'proposals' : 'versions';
  return (
    <div className="page">
      <div className="heading">
        <div className="grow">
          <h1>{t('calendars.title')}</h1>
          <div className="muted">{t('calendars.explained')}</div>
        </div>
        {mayManage && newest ? (
          <Button type="primary" onClick={() => void navigate('/calendars/new')}>
            {t('calendars.enterYear', { year: yearToEnter(newest) })}
          </Button>
        ) : null}
      </div>
      <section className="panel stack">
        <Tabs
          activeKey={tab}
          onChange={(key) => narrow('tab', key === 'versions' ? '' : key)}
          items={[
            {
              key: 'versions',
              label: t('calendars.versions'),
              children: (
                <div className="stack">
                  <ProblemAlert error={error} retry={() => void versions.refetch()} />
                  {isPending ? <Skeleton active /> : null}
                  {data ? <Versions rows={data.items} /> : null}
                </div>
              ),
            },
            ...(mayDecide ? [{ key: 'proposals', label: t('calendars.proposals'), children: <Redatings /> }] : []),
          ]}
        />
      </section>
    </div>
  );
}

function Versions({ rows }: { rows: CalendarVersion[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Records
      label={t('calendars.versions')}
      rows={rows}
      rowKey={({ id, version }) => `${id}@${version}`}
      empty={t('calendars.none')}
      columns={[
        {
          key: 'version',
          title: t('calendars.version'),
          heading: true,
          render: ({ id, version, newest }) => (
            <>
              <Link to={`/calendars/${id}/${version}`}>{`${id}@${version}`}</Link>{' '}
              {newest ? <Tag color="green">{t('calendars.newest')}</Tag> : null}
            </>
          ),
        },
        {
          key: 'years',
          title: t('calendars.years'),
          render: ({ firstYear, lastYear, provisionalFrom }) => (
            <>
              <div>
                {t('calendars.officialYears', { from: firstYear, to: Number(provisionalFrom.slice(0, 4)) - 1 })}
              </div>
              <div className="muted small">
                {t('calendars.provisionalYears', { from: Number(provisionalFrom.slice(0, 4)), to: lastYear })}
              </div>
            </>
          ),
        },
        {
          key: 'source',
          title: t('calendars.source'),
          render: ({ builtIn, notice, enteredAt, enteredBy }) =>
            builtIn || !notice ? (
              <span className="muted">{t('calendars.builtIn')}</span>
            ) : (
              <>
                <SourceLine notice={notice} />
                <div className="muted small">
                  {enteredAt ? t('calendars.enteredBy', { who: enteredBy ?? '', at: format.here(enteredAt) }) : null}
                </div>
              </>
            ),
        },
        {
          key: 'hash',
          title: t('calendars.hash'),
          render: ({ hash }) => (
            <code className="small" title={hash}>
              {hash.slice(0, 12)}
            </code>
          ),
        },
        { key: 'pinned', title: t('calendars.pinned'), align: 'right', render: ({ pinned }) => pinned },
      ]}
    />
  );
}
