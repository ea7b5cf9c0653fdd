import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Popconfirm, Progress, Skeleton, Tag } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { request } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import { useIntent } from '../../app/intent.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { Between } from './between.tsx';
import { type BulkJob, type BulkLine, JOBS, type LineStatus, isOver, totalOf, useJob, useJobLines } from './bulk.ts';
import './agreements.css';

export const LINE_COLOUR: Record<LineStatus, string> = {
  waiting: 'default',
  pending: 'blue',
  done: 'green',
  refused: 'orange',
};

/** How far a job is, and what became of each of its agreements. The page can be left: the job goes on. */
export function JobPage(): ReactNode {
  const { t } = useTranslation();
  const { job: id = '' } = useParams();
  const job = useJob(id);
  const data = job.data;
  const lines = useJobLines(id, data?.counts);
  const title = data ? t(`bulkAct.${data.act}`) : t('bulk.job');
  usePageTitle(title);
  const queries = useQueryClient();
  const finished = data?.finishedAt ?? null;
  useEffect(() => {
    // What the list shows has changed.
    if (finished !== null) void queries.invalidateQueries({ queryKey: ['agreements'] });
  }, [queries, finished]);
  return (
    <div className="page">
      <nav className="toolbar" aria-label={t('bulk.back')}>
        <Link to="/agreements">{t('agreements.title')}</Link>
        <Link to="/agreements/jobs">{t('bulk.jobs')}</Link>
      </nav>
      <h1>{title}</h1>
      <ProblemAlert error={job.error} retry={() => void job.refetch()} />
      {job.isPending ? <Skeleton active /> : null}
      {data ? <Progressing job={data} /> : null}
      <ProblemAlert error={lines.error} retry={() => void lines.refetch()} />
      {lines.data ? <Lines lines={lines.data} /> : null}
    </div>
  );
}

function Progressing({ job }: { job: BulkJob }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const intent = useIntent();
  const stop = useMutation({
    mutationFn: () =>
      intent(job.id, (key) => request<BulkJob>(`/bulk/jobs/${job.id}/stop`, { method: 'POST', key, body: {} })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: [...JOBS, job.id] }),
  });
  const total = totalOf(job);
  const { waiting, pending, done, refused } = job.counts;
  const percent = total === 0 ? 100 : Math.floor(((done + refused) / total) * 100);
  return (
    <section className="panel stack">
      <div>
        {t('bulk.asked', { who: job.by ?? t('bulk.program'), when: format.here(job.createdAt) })}
        {job.fileName ? ` · ${job.fileName}` : ''}
        {job.act === 'import' ? ` · ${t(job.start ? 'bulk.importStarts' : 'bulk.importDrafts')}` : ''}
      </div>
      <div className="toolbar" role="status">
        <Progress
          aria-label={t('bulk.progress')}
          percent={percent}
          status={isOver(job) ? (refused > 0 ? 'normal' : 'success') : 'active'}
          strokeColor="#0b5d66"
          style={{ flex: '1 1 220px' }}
        />
        <span>{t('bulk.counts', { done, refused, waiting: waiting + pending })}</span>
      </div>
      {isOver(job) ? (
        <Alert
          type={refused > 0 ? 'warning' : 'success'}
          showIcon
          title={refused > 0 ? t('bulk.overSome', { done, refused }) : t('bulk.overAll', { count: done })}
        />
      ) : (
        <div className="toolbar">
          <span className="muted">{t('bulk.mayLeave')}</span>
          {waiting > 0 && !job.stopped ? (
            <Popconfirm
              title={t('bulk.stopAsk', { count: waiting })}
              okText={t('bulk.stop')}
              cancelText={t('bulk.goOn')}
              onConfirm={() => stop.mutate()}
            >
              <Button size="small" loading={stop.isPending}>
                {t('bulk.stop')}
              </Button>
            </Popconfirm>
          ) : null}
        </div>
      )}
      {pending > 0 ? <p className="muted small none-yet">{t('bulk.pendingExplained')}</p> : null}
      <ProblemAlert error={stop.error} />
    </section>
  );
}

function Lines({ lines }: { lines: BulkLine[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const [isRefusedOnly, setIsRefusedOnly] = useState(false);
  const refused = lines.filter(({ status }) => status === 'refused').length;
  const ofTable = lines.some(({ line }) => line !== undefined);
  return (
    <section className="panel stack">
      <div className="heading">
        <h2 className="grow none-yet">{t('bulk.lines')}</h2>
        {refused > 0 && refused < lines.length ? (
          <Button size="small" aria-pressed={isRefusedOnly} onClick={() => setIsRefusedOnly(!isRefusedOnly)}>
            {isRefusedOnly ? t('bulk.showAll', { count: lines.length }) : t('bulk.showRefused', { count: refused })}
          </Button>
        ) : null}
      </div>
      <Records
        label={t('bulk.lines')}
        rows={isRefusedOnly ? lines.filter(({ status }) => status === 'refused') : lines}
        rowKey={({ number }) => String(number)}
        empty={t('bulk.noLines')}
        columns={[
          ...(ofTable
            ? [
                {
                  key: 'line',
                  title: t('bulk.row'),
                  width: 110,
                  render: ({ line, reference }: BulkLine) => (
                    <>
                      {line}
                      {reference ? <div className="muted small break">{reference}</div> : null}
                    </>
                  ),
                },
              ]
            : []),
          {
            key: 'agreement',
            title: t('agreements.agreement'),
            heading: true,
            render: ({ agreementId, exists, title }) =>
              exists ? <Link to={`/agreements/${agreementId}`}>{format.text(title)}</Link> : format.text(title),
          },
          { key: 'parties', title: t('agreements.parties'), render: ({ parties }) => <Between parties={parties} /> },
          {
            key: 'status',
            title: t('bulk.outcome'),
            render: ({ status, reason }) => (
              <>
                <Tag color={LINE_COLOUR[status]}>{t(`bulkLine.${status}`)}</Tag>
                {reason ? (
                  <div className="small">
                    {reason.message}
                    {t('common.then')}
                    {reason.cure}
                  </div>
                ) : null}
              </>
            ),
          },
        ]}
      />
    </section>
  );
}
