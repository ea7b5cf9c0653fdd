import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Segmented, Select, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { queryString, request } from '../../api.ts';
import { useAddressFilters } from '../../app/address-filters.ts';
import { Facts } from '../../app/facts.tsx';
import { useFormat } from '../../app/format.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { CALENDARS, type CalendarDetail, type SpecialDay, weekdayOf } from './calendar.ts';
import { Changes } from './changes.tsx';
import { SourceLine } from './source-line.tsx';
import { YearView } from './year-view.tsx';

/** One version: where it comes from, and the days of a year. */
export function CalendarPage(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { calendar = '', version = '' } = useParams();
  const { address, narrow } = useAddressFilters({ replace: true });
  const year = address.get('year') ?? undefined;
  const view = address.get('view') === 'table' ? 'table' : 'months';
  usePageTitle(t('calendars.titleOf', { calendar, version }));
  const detail = useQuery({
    queryKey: [...CALENDARS, calendar, version, year ?? ''],
    queryFn: ({ signal }) =>
      request<CalendarDetail>(
        `/calendars/${encodeURIComponent(calendar)}/${encodeURIComponent(version)}${queryString({ year })}`,
        { signal },
      ),
    placeholderData: (before) => before,
  });
  const { data, error, isPending } = detail;
  const shown = data?.years.find((one) => one.year === data.year);
  return (
    <div className="page">
      <div className="heading">
        <div className="grow">
          <h1>{t('calendars.titleOf', { calendar, version })}</h1>
          <Link to="/calendars" className="no-print">
            {t('calendars.back')}
          </Link>
        </div>
        <Button className="no-print" onClick={() => window.print()}>
          {t('calendars.print')}
        </Button>
      </div>
      <ProblemAlert error={error} retry={() => void detail.refetch()} />
      {isPending ? <Skeleton active /> : null}
      {data && shown ? (
        <>
          <section className="panel stack">
            <Facts
              facts={[
                [
                  t('calendars.source'),
                  data.notice ? <SourceLine key="source" notice={data.notice} /> : t('calendars.builtIn'),
                ],
                [
                  t('calendars.years'),
                  `${t('calendars.officialYears', { from: data.firstYear, to: Number(data.officialThrough.slice(0, 4)) })}${t('common.then')}${t('calendars.provisionalYears', { from: Number(data.officialThrough.slice(0, 4)) + 1, to: data.lastYear })}`,
                ],
                [t('calendars.pinned'), String(data.pinned)],
                [
                  t('calendars.hash'),
                  <code key="hash" className="small break">
                    {data.hash}
                  </code>,
                ],
              ]}
            />
          </section>
          <section className="panel stack">
            <h2>{t('calendars.yearTitle', { year: data.year })}</h2>
            <div className="toolbar no-print">
              <Select
                aria-label={t('calendars.year')}
                value={data.year}
                style={{ minWidth: 170 }}
                onChange={(chosen) => narrow('year', String(chosen))}
                options={data.years.map((one) => ({
                  value: one.year,
                  label: one.official ? String(one.year) : t('calendars.provisionalYear', { year: one.year }),
                }))}
              />
              <Segmented<'months' | 'table'>
                value={view}
                onChange={(chosen) => narrow('view', chosen === 'months' ? '' : chosen)}
                options={[
                  { value: 'months', label: t('calendars.asMonths') },
                  { value: 'table', label: t('calendars.asTable') },
                ]}
              />
            </div>
            {shown.official ? null : (
              <Alert
                type="warning"
                showIcon
                title={t('calendars.provisionalTitle')}
                description={t('calendars.provisionalWhy')}
              />
            )}
            <div className="muted">
              {t('calendars.counts', { working: shown.working, rest: shown.rest, makeUp: shown.makeUp })}
            </div>
            {view === 'months' ? (
              <YearView year={data.year} days={data.days} />
            ) : (
              <Records
                label={t('calendars.yearTitle', { year: data.year })}
                rows={data.days}
                rowKey={({ date }) => date}
                empty={t('calendars.noDays')}
                columns={[
                  {
                    key: 'date',
                    title: t('calendars.date'),
                    heading: true,
                    render: ({ date }: SpecialDay) => format.date(date),
                  },
                  {
                    key: 'weekday',
                    title: t('calendars.weekday'),
                    render: ({ date }: SpecialDay) => t(`calendars.weekdayNames.${String(weekdayOf(date))}`),
                  },
                  {
                    key: 'kind',
                    title: t('calendars.kind'),
                    render: ({ kind }: SpecialDay) => t(`calendars.kinds.${kind}`),
                  },
                  { key: 'name', title: t('calendars.name'), render: ({ name }: SpecialDay) => format.text(name) },
                ]}
              />
            )}
          </section>
          {data.previous ? (
            <section className="panel stack no-print">
              <h2>{t('calendars.changesSince', { version: `${data.id}@${data.previous}` })}</h2>
              <Changes changes={data.changes} />
            </section>
          ) : null}
        </>
      ) : null}
    </div>
  );
}
