import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { Retention } from './privacy.ts';

/** What is kept of people, for how long and why; what an erasure does. */
export function PrivacyPage(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  usePageTitle(t('privacy.rules'));
  const retention = useQuery({
    queryKey: ['retention'],
    queryFn: ({ signal }) => request<Retention>('/retention', { signal }),
  });
  const days = (count: number | null): string =>
    count === null ? t('privacy.notBySelf') : count === 0 ? t('privacy.atOnce') : t('privacy.days', { count });
  return (
    <div className="page">
      <h1>{t('privacy.rules')}</h1>
      <p className="muted">{t('privacy.rulesExplained')}</p>
      <ProblemAlert error={retention.error} retry={() => void retention.refetch()} />
      {retention.isPending ? <Skeleton active /> : null}
      {retention.data ? (
        <>
          <section className="panel">
            <h2>{t('privacy.howLong')}</h2>
            <Records
              label={t('privacy.howLong')}
              rows={retention.data.rules}
              rowKey={({ id }) => id}
              empty=""
              columns={[
                { key: 'what', title: t('privacy.what'), heading: true, render: ({ what }) => format.text(what) },
                {
                  key: 'days',
                  title: t('privacy.kept'),
                  render: (rule) => <span className="nowrap">{days(rule.days)}</span>,
                },
                {
                  key: 'from',
                  title: t('privacy.countedFrom'),
                  render: ({ from, days: count }) => (count === null ? t('common.none') : format.text(from)),
                },
                { key: 'why', title: t('privacy.why'), render: ({ why }) => format.text(why) },
                {
                  key: 'ground',
                  title: t('privacy.legalGround'),
                  render: ({ ground }) => <span className="muted small">{format.text(ground)}</span>,
                },
              ]}
            />
          </section>
          <section className="panel">
            <h2>{t('privacy.whatErasureDoes')}</h2>
            <Records
              label={t('privacy.whatErasureDoes')}
              rows={retention.data.data}
              rowKey={({ table, column }) => `${table}.${column}`}
              empty=""
              columns={[
                {
                  key: 'column',
                  title: t('privacy.column'),
                  heading: true,
                  render: ({ table, column }) => <code>{`${table}.${column}`}</code>,
                },
                { key: 'kind', title: t('privacy.holds'), render: ({ kind }) => format.text(kind) },
                { key: 'erasure', title: t('privacy.onErasure'), render: ({ erasure }) => t(`erasureOf.${erasure}`) },
              ]}
            />
          </section>
        </>
      ) : null}
    </div>
  );
}
