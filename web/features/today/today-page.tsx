import { Button, Empty, Skeleton } from 'antd';
import { type ReactNode, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAddressFilters } from '../../app/address-filters.ts';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { SavedViews } from '../../app/saved-views.tsx';
import { ActHere } from './act-here.tsx';
import { FiguresRow } from './figures-row.tsx';
import { askedOf, type TodayItem, useToday } from './today.ts';
import { TodayFilters } from './today-filters.tsx';
import { TodayGroup } from './today-group.tsx';
import './today.css';

/** What is due, late and waited for, of everything; what one sees one can do from here. */
export function TodayPage(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  usePageTitle(t('today.title'));
  const { address, narrow, clear } = useAddressFilters();
  const asked = askedOf(address);
  const [acting, setActing] = useState<TodayItem | null>(null);
  const [touched, setTouched] = useState<string[]>([]);
  const [watched, setWatched] = useState<string[]>([]);
  const today = useToday(asked, watched.length > 0);
  const mayStart = useMay('agreements.manage');
  const mayReadTasks = useMay('tasks.read');

  const act = (item: TodayItem): void => {
    const id = item.agreement?.id;
    if (id === undefined) return;
    setTouched((before) => (before.includes(id) ? before : [...before, id]));
    setActing(item);
  };
  const watch = useCallback((id: string, isOnItsWay: boolean) => {
    setWatched((before) => {
      if (before.includes(id) === isOnItsWay) return before;
      return isOnItsWay ? [...before, id] : before.filter((one) => one !== id);
    });
  }, []);
  const { data } = today;
  const groups = data?.groups.filter(({ items }) => items.length > 0) ?? [];
  const isNarrowed = Object.values(asked).some((value) => value !== '');

  return (
    <div className="page">
      <div className="heading">
        <div className="grow">
          <h1>{t('today.title')}</h1>
          {data ? <div className="muted small">{t('today.asOf', { at: format.here(data.asOf) })}</div> : null}
        </div>
        <div className="actions">
          {mayReadTasks ? (
            <Link to="/tasks" className="ant-btn-link">
              <Button tabIndex={-1}>{t('tasks.title')}</Button>
            </Link>
          ) : null}
          {mayStart ? (
            <Link to="/start" className="ant-btn-link">
              <Button type="primary" tabIndex={-1}>
                {t('start.title')}
              </Button>
            </Link>
          ) : null}
        </div>
      </div>
      <FiguresRow />
      <section className="panel stack" aria-label={t('today.filters')}>
        <TodayFilters asked={asked} narrow={narrow} clear={clear} />
        <SavedViews page="today" />
      </section>
      {touched.map((id) => (
        <ActHere
          key={id}
          agreementId={id}
          item={acting?.agreement?.id === id ? acting : null}
          close={() => setActing(null)}
          watch={watch}
        />
      ))}
      {today.error ? <ProblemAlert error={today.error} retry={() => void today.refetch()} /> : null}
      {today.isPending ? (
        <div className="panel">
          <Skeleton active paragraph={{ rows: 8 }} />
        </div>
      ) : null}
      {groups.map((group) => (
        <TodayGroup key={group.group} group={group} asked={asked} act={act} />
      ))}
      {data && groups.length === 0 ? (
        <section className="panel empty">
          {isNarrowed ? (
            <>
              <p>{t('today.noneFound')}</p>
              <Button onClick={clear}>{t('today.showAll')}</Button>
            </>
          ) : (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('today.none')}>
              {mayStart ? <Link to="/start">{t('today.startOne')}</Link> : null}
            </Empty>
          )}
        </section>
      ) : null}
    </div>
  );
}
