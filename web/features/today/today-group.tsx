import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { type Asked, type TodayGroup as Group, type TodayItem, useMoreOfGroup } from './today.ts';
import { TodayRow } from './today-row.tsx';

/** What is equally urgent, the first few, and more where that is asked for. */
export function TodayGroup({
  group,
  asked,
  act,
}: {
  group: Group;
  asked: Asked;
  act: (item: TodayItem) => void;
}): ReactNode {
  const { t } = useTranslation();
  const more = useMoreOfGroup(asked, group);
  const pages = more.data?.pages ?? [];
  const items = [...group.items, ...pages.flatMap((page) => page.items)];
  const hasMore = pages.length === 0 ? group.nextCursor !== null : more.hasNextPage;
  const count = group.isMore ? t('today.moreThan', { count: group.count }) : String(group.count);
  return (
    <section className={`panel due-group due-${group.group}`} aria-labelledby={`group-${group.group}`}>
      <h2 id={`group-${group.group}`}>
        {t(`todayGroup.${group.group}`, { count: Number(asked.horizon === '' ? 7 : asked.horizon) })}{' '}
        <span className="due-count">{count}</span>
      </h2>
      <ul className="due-items">
        {items.map((item) => (
          <TodayRow key={item.id} item={item} act={act} />
        ))}
      </ul>
      <ProblemAlert error={more.error} />
      {hasMore ? (
        <div className="more">
          <Button
            loading={more.isFetching}
            onClick={() => void (pages.length === 0 ? more.refetch() : more.fetchNextPage())}
          >
            {t('common.more')}
          </Button>
        </div>
      ) : null}
    </section>
  );
}
