import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Segmented, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queryString, request } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import { useIntent } from '../../app/intent.ts';
import { useMay } from '../../app/me.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { Page, Text } from '../../wire.ts';
import { useTaskWords } from './task-words.ts';

/** The wire of api/routes/tasks.ts. */
interface Task {
  id: string;
  kind: string;
  agreement: { id: string; title: Text; parties: string[] } | null;
  seatTitle: Text | null;
  about: { seat?: string; noticeKind?: string; code?: string; serves?: string; answer?: string; calendar?: string };
  createdAt: string;
  doneAt: string | null;
}

const TASKS = ['tasks'];

/** What a coordinator has to look at, newest first. */
export function TasksPage(): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('tasks.title'));
  const [status, setStatus] = useState<'open' | 'done'>('open');
  const tasks = useInfiniteQuery({
    queryKey: [...TASKS, status],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request<Page<Task>>(`/tasks${queryString({ status, limit: 50, cursor: pageParam })}`, { signal }),
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: 30_000,
  });
  return (
    <div className="page">
      <div className="heading">
        <div className="grow">
          <h1>{t('tasks.title')}</h1>
          <div className="muted">{t('tasks.explained')}</div>
        </div>
        <Segmented<'open' | 'done'>
          value={status}
          onChange={setStatus}
          options={[
            { value: 'open', label: t('tasks.open') },
            { value: 'done', label: t('tasks.done') },
          ]}
        />
      </div>
      <section className="panel stack">
        {tasks.error ? <ProblemAlert error={tasks.error} retry={() => void tasks.refetch()} /> : null}
        {tasks.isPending ? <Skeleton active /> : null}
        {tasks.data ? <TaskRecords rows={tasks.data.pages.flatMap((page) => page.items)} status={status} /> : null}
        {tasks.hasNextPage ? (
          <div className="more">
            <Button loading={tasks.isFetchingNextPage} onClick={() => void tasks.fetchNextPage()}>
              {t('common.more')}
            </Button>
          </div>
        ) : null}
      </section>
    </div>
  );
}

function TaskRecords({ rows, status }: { rows: Task[]; status: 'open' | 'done' }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const intent = useIntent();
  const mayManage = useMay('tasks.manage');
  const done = useMutation({
    mutationFn: (id: string) => intent(id, (key) => request<Task>(`/tasks/${id}/done`, { method: 'POST', key })),
    onSuccess: () => queries.invalidateQueries({ queryKey: TASKS }),
  });
  const wordsOf = useTaskWords();
  const isOpen = status === 'open';
  return (
    <>
      <ProblemAlert error={done.error} />
      <Records
        label={t('tasks.title')}
        rows={rows}
        rowKey={({ id }) => id}
        empty={isOpen ? t('tasks.noneOpen') : t('tasks.noneDone')}
        columns={[
          {
            key: 'what',
            title: t('tasks.what'),
            heading: true,
            render: (task) => (
              <>
                <div>{wordsOf(task).text}</div>
                {isOpen ? <div className="muted small">{wordsOf(task).cure}</div> : null}
              </>
            ),
          },
          {
            key: 'agreement',
            title: t('tasks.agreement'),
            render: ({ kind, agreement }) =>
              agreement ? (
                <>
                  <Link to={`/agreements/${agreement.id}${kind === 'redating-proposed' ? '/redating' : ''}`}>
                    {format.text(agreement.title)}
                  </Link>
                  <div className="muted small">{agreement.parties.join(' / ')}</div>
                </>
              ) : null,
          },
          { key: 'since', title: t('tasks.since'), render: ({ createdAt }) => format.here(createdAt) },
          ...(isOpen
            ? []
            : [
                {
                  key: 'done',
                  title: t('tasks.doneAt'),
                  render: ({ doneAt }: Task) => (doneAt ? format.here(doneAt) : null),
                },
              ]),
          ...(isOpen && mayManage
            ? [
                {
                  key: 'act',
                  title: '',
                  align: 'right' as const,
                  render: ({ id }: Task) => (
                    <Button
                      size="small"
                      loading={done.isPending && done.variables === id}
                      onClick={() => done.mutate(id)}
                    >
                      {t('tasks.markDone')}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
    </>
  );
}
