import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { queryString, request } from '../../api.ts';
import type { Page } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { type BulkJob, JOBS, isOver, jobPath, totalOf } from './bulk.ts';

/** What was asked for of many agreements at once, newest first: where a job that was left is found again. */
export function JobsPage(): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('bulk.jobs'));
  const format = useFormat();
  const jobs = useInfiniteQuery({
    queryKey: [...JOBS, 'list'],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request<Page<BulkJob>>(`/bulk/jobs${queryString({ limit: 20, cursor: pageParam })}`, { signal }),
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: 5_000,
  });
  return (
    <div className="page">
      <Link to="/agreements">{t('agreements.title')}</Link>
      <h1>{t('bulk.jobs')}</h1>
      <section className="panel stack">
        <p className="muted none-yet">{t('bulk.jobsExplained')}</p>
        <ProblemAlert error={jobs.error} retry={() => void jobs.refetch()} />
        {jobs.isPending ? <Skeleton active /> : null}
        {jobs.data ? (
          <Records
            label={t('bulk.jobs')}
            rows={jobs.data.pages.flatMap(({ items }) => items)}
            rowKey={({ id }) => id}
            empty={t('bulk.noJobs')}
            columns={[
              {
                key: 'act',
                title: t('bulk.what'),
                heading: true,
                render: ({ id, act, fileName }) => (
                  <>
                    <Link to={jobPath(id)}>{t(`bulkAct.${act}`)}</Link>
                    {fileName ? <div className="muted small break">{fileName}</div> : null}
                  </>
                ),
              },
              { key: 'when', title: t('bulk.when'), render: ({ createdAt }) => format.here(createdAt) },
              { key: 'by', title: t('bulk.by'), render: ({ by }) => by ?? t('bulk.program') },
              {
                key: 'counts',
                title: t('bulk.outcome'),
                render: (job) =>
                  isOver(job)
                    ? t('bulk.overCounts', { done: job.counts.done, refused: job.counts.refused })
                    : t('bulk.underWay', { done: job.counts.done + job.counts.refused, total: totalOf(job) }),
              },
            ]}
          />
        ) : null}
        {jobs.hasNextPage ? (
          <div className="more">
            <Button loading={jobs.isFetchingNextPage} onClick={() => void jobs.fetchNextPage()}>
              {t('common.more')}
            </Button>
          </div>
        ) : null}
      </section>
    </div>
  );
}
