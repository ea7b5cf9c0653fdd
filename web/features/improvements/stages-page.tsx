import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Input, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryString, request } from '../../api.ts';
import { useAddressFilters } from '../../app/address-filters.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Choice } from './choice.tsx';
import { PRIORITIES } from './improvement.ts';
import { type Column, type Stage, StageColumns, type StagedFinding } from './stage-columns.tsx';

interface Stages {
  columns: (Column & { nextCursor: string | null })[];
}

const FILTERS = ['priority', 'source', 'overdue', 'reopened', 'search'] as const;
const SOURCES = ['survey', 'feedback', 'visit', 'case', 'check', 'other'] as const;
type Asked = Record<(typeof FILTERS)[number], string>;

/** Findings of all agreements that the reader may see, by stage. */
export function StagesPage(): ReactNode {
  const { t } = useTranslation();
  const { address, narrow, clear } = useAddressFilters({ replace: true });
  usePageTitle(t('stages.title'));
  const asked = Object.fromEntries(FILTERS.map((name) => [name, address.get(name) ?? ''])) as Asked;
  const isNarrowed = FILTERS.some((name) => asked[name] !== '');
  const board = useQuery({
    queryKey: ['improvements', asked],
    queryFn: ({ signal }) => request<Stages>(`/improvements${queryString(asked)}`, { signal }),
    refetchInterval: 30_000,
    placeholderData: keepPreviousData,
  });
  const { data, error } = board;
  const all = data?.columns.reduce((sum, { count }) => sum + count, 0) ?? 0;
  return (
    <div className="page">
      <h1>{t('stages.title')}</h1>
      <section className="panel stack">
        <p className="muted none-yet">{t('stages.explained')}</p>
        <div className="toolbar">
          <Input.Search
            key={asked.search}
            aria-label={t('cycles.search')}
            placeholder={t('cycles.search')}
            allowClear
            maxLength={100}
            defaultValue={asked.search}
            onSearch={(value) => narrow('search', value.trim())}
            style={{ flex: '1 1 220px', maxWidth: 300 }}
          />
          <Choice
            label={t('improvements.priority')}
            value={asked.priority}
            choose={(value) => narrow('priority', value)}
            all={t('improvements.anyPriority')}
            options={PRIORITIES.map((value) => ({
              value,
              label: t('improvements.priorityOf', { priority: t(`findingPriority.${value}`) }),
            }))}
          />
          <Choice
            label={t('improvements.source')}
            value={asked.source}
            choose={(value) => narrow('source', value)}
            all={t('stages.anySource')}
            options={SOURCES.map((value) => ({ value, label: t(`findingSource.${value}`) }))}
          />
          <Choice
            label={t('improvements.overdue')}
            value={asked.overdue}
            choose={(value) => narrow('overdue', value)}
            all={t('improvements.lateOrNot')}
            options={[{ value: 'true', label: t('improvements.overdue') }]}
          />
          <Choice
            label={t('stages.reopened')}
            value={asked.reopened}
            choose={(value) => narrow('reopened', value)}
            all={t('stages.anyRound')}
            options={[{ value: 'true', label: t('stages.reopened') }]}
          />
          {isNarrowed ? (
            <Button type="link" onClick={clear}>
              {t('cycles.clear')}
            </Button>
          ) : null}
        </div>
        {error ? <ProblemAlert error={error} retry={() => void board.refetch()} /> : null}
        {board.isPending ? <Skeleton active paragraph={{ rows: 8 }} /> : null}
        {data && all === 0 ? (
          <div className="empty">{t(isNarrowed ? 'improvements.noneFound' : 'stages.none')}</div>
        ) : data ? (
          <Board key={JSON.stringify(asked)} columns={data.columns} asked={asked} />
        ) : null}
      </section>
    </div>
  );
}

/** The columns, each of which may be followed further. */
function Board({ columns, asked }: { columns: Stages['columns']; asked: Asked }): ReactNode {
  const [more, setMore] = useState<Partial<Record<Stage, StagedFinding[]>>>({});
  return (
    <StageColumns
      columns={columns.map((column) => ({ ...column, items: [...column.items, ...(more[column.stage] ?? [])] }))}
      more={(stage) => {
        const column = columns.find((one) => one.stage === stage);
        return column?.nextCursor ? (
          <Further
            stage={stage}
            asked={asked}
            from={column.nextCursor}
            found={(items) => setMore((before) => ({ ...before, [stage]: items }))}
          />
        ) : null;
      }}
    />
  );
}

/** What one column has beyond its first page, a page at a time. */
function Further({
  stage,
  asked,
  from,
  found,
}: {
  stage: Stage;
  asked: Asked;
  from: string;
  found: (items: StagedFinding[]) => void;
}): ReactNode {
  const { t } = useTranslation();
  const pages = useInfiniteQuery({
    queryKey: ['improvements', asked, stage, from],
    queryFn: ({ pageParam, signal }) =>
      request<Stages>(`/improvements${queryString({ ...asked, stage, cursor: pageParam })}`, { signal }),
    initialPageParam: from,
    getNextPageParam: (last) => last.columns[0]?.nextCursor,
    enabled: false,
  });
  const { data, error, hasNextPage } = pages;
  const next = async (): Promise<void> => {
    const answer = data === undefined ? await pages.refetch() : await pages.fetchNextPage();
    if (answer.data) found(answer.data.pages.flatMap(({ columns }) => columns[0]?.items ?? []));
  };
  return (
    <>
      {error ? <ProblemAlert error={error} /> : null}
      {data === undefined || hasNextPage ? (
        <Button block loading={pages.isFetching} onClick={() => void next()} style={{ marginTop: 8 }}>
          {t('common.more')}
        </Button>
      ) : null}
    </>
  );
}
