import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Popconfirm, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import { useIntent } from '../../app/intent.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { Items } from '../accounts/account.ts';

/** The wire of api/routes/feeds.ts. */
interface Feed {
  id: string;
  createdAt: string;
  usedAt: string | null;
}

const FEEDS = ['feeds'];

/** One's own calendar feeds: make one, see whether it is read, revoke it. */
export function FeedCard(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const intent = useIntent();
  const changed = () => queries.invalidateQueries({ queryKey: FEEDS });
  const feeds = useQuery({ queryKey: FEEDS, queryFn: ({ signal }) => request<Items<Feed>>('/feeds', { signal }) });
  const make = useMutation({
    mutationFn: () => intent('make', (key) => request<Feed & { url: string }>('/feeds', { method: 'POST', key })),
    onSuccess: changed,
  });
  const revoke = useMutation({
    mutationFn: (id: string) => intent(id, (key) => request(`/feeds/${id}`, { method: 'DELETE', key })),
    onSuccess: (_gone, id) => {
      if (make.data?.id === id) make.reset();
      return changed();
    },
  });
  return (
    <div className="stack">
      <span className="muted">{t('feeds.explained')}</span>
      <ProblemAlert error={feeds.error ?? make.error ?? revoke.error} />
      {make.data ? (
        <Alert
          type="success"
          title={t('feeds.made')}
          description={
            <div className="stack">
              <span>{t('feeds.madeHint')}</span>
              <Typography.Text copyable code className="break">
                {make.data.url}
              </Typography.Text>
            </div>
          }
        />
      ) : null}
      {feeds.data ? (
        <Records
          label={t('feeds.title')}
          rows={feeds.data.items}
          rowKey={({ id }) => id}
          empty={t('feeds.none')}
          columns={[
            {
              key: 'createdAt',
              title: t('feeds.createdAt'),
              heading: true,
              render: ({ createdAt }) => format.here(createdAt),
            },
            {
              key: 'usedAt',
              title: t('feeds.usedAt'),
              render: ({ usedAt }) => (usedAt ? format.here(usedAt) : t('feeds.never')),
            },
            {
              key: 'revoke',
              title: '',
              align: 'right',
              render: ({ id }) => (
                <Popconfirm title={t('feeds.revokeSure')} onConfirm={() => revoke.mutate(id)}>
                  <Button size="small" danger>
                    {t('feeds.revoke')}
                  </Button>
                </Popconfirm>
              ),
            },
          ]}
        />
      ) : null}
      <div className="actions">
        <Button loading={make.isPending} onClick={() => make.mutate()}>
          {t('feeds.make')}
        </Button>
      </div>
    </div>
  );
}
