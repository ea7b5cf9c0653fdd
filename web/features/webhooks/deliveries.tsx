import { useInfiniteQuery } from '@tanstack/react-query';
import { App, Button, DatePicker, Drawer, Skeleton, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryString, request } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { Page } from '../../wire.ts';
import { type Delivery, WEBHOOKS, type Webhook, useWebhookAct } from './webhook.ts';

const STATUS_COLOUR = { queued: 'processing', delivered: 'success', failed: 'error' } as const;

/** What was sent to an endpoint and what it answered; anything can be sent again. */
export function Deliveries({ endpoint, onClose }: { endpoint: Webhook | null; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <Drawer title={t('webhooks.deliveries')} open={endpoint !== null} onClose={onClose} size="large" destroyOnHidden>
      {endpoint ? <DeliveryRecords endpoint={endpoint} /> : null}
    </Drawer>
  );
}

function DeliveryRecords({ endpoint: { id, url } }: { endpoint: Webhook }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { message } = App.useApp();
  const mayManage = useMay('webhooks.manage');
  const [since, setSince] = useState<Date | null>(null);
  const deliveries = useInfiniteQuery({
    queryKey: [...WEBHOOKS, id, 'deliveries'],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      request<Page<Delivery>>(`/webhooks/${id}/deliveries${queryString({ limit: 50, cursor: pageParam })}`, { signal }),
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: 5_000,
  });
  const again = useWebhookAct();
  const all = useWebhookAct<{ queued: number }>(
    ({ queued }) => void message.success(t('webhooks.replayed', { count: queued })),
  );
  const resultOf = ({ answer }: Delivery): string =>
    answer === null
      ? ''
      : /^\d+$/.test(answer)
        ? `HTTP ${answer}`
        : t(`deliveryAnswer.${answer}`, { defaultValue: answer });
  return (
    <div className="stack">
      <div className="muted break">{url}</div>
      {mayManage ? (
        <div className="toolbar">
          <DatePicker
            showTime
            aria-label={t('webhooks.replaySince')}
            onChange={(value: { toDate(): Date } | null) => setSince(value?.toDate() ?? null)}
          />
          <Button
            disabled={since === null}
            loading={all.isPending}
            onClick={() =>
              since && all.mutate({ method: 'POST', path: `/${id}/replay`, body: { since: since.toISOString() } })
            }
          >
            {t('webhooks.replaySince')}
          </Button>
        </div>
      ) : null}
      <ProblemAlert error={deliveries.error ?? again.error ?? all.error} />
      {deliveries.isPending ? <Skeleton active /> : null}
      {deliveries.data ? (
        <Records
          label={t('webhooks.deliveries')}
          rows={deliveries.data.pages.flatMap((page) => page.items)}
          rowKey={(delivery) => delivery.id}
          empty={t('webhooks.noDeliveries')}
          columns={[
            {
              key: 'event',
              title: t('webhooks.event'),
              heading: true,
              render: ({ type, event }) => (
                <>
                  <div>
                    {type === 'ping' ? t('webhooks.ping-message') : t(`eventName.${type}`, { defaultValue: type })}
                  </div>
                  {type === 'ping' ? null : <div className="muted small mono break">{event}</div>}
                </>
              ),
            },
            {
              key: 'createdAt',
              title: t('webhooks.createdAt'),
              render: ({ createdAt }) => format.here(createdAt),
            },
            {
              key: 'result',
              title: t('webhooks.result'),
              width: 160,
              render: (delivery) => (
                <>
                  <Tag color={STATUS_COLOUR[delivery.status]}>{t(`deliveryStatus.${delivery.status}`)}</Tag>
                  <span className="small">{resultOf(delivery)}</span>
                  {delivery.attempts > 0 ? (
                    <div className="muted small">{t('webhooks.attempts', { count: delivery.attempts })}</div>
                  ) : null}
                  {delivery.nextAt && delivery.attempts > 0 ? (
                    <div className="muted small">{t('webhooks.next', { at: format.here(delivery.nextAt) })}</div>
                  ) : null}
                </>
              ),
            },
            ...(mayManage
              ? [
                  {
                    key: 'replay',
                    title: '',
                    align: 'right' as const,
                    render: (delivery: Delivery) => (
                      <Button
                        size="small"
                        disabled={delivery.status === 'queued' && delivery.attempts === 0}
                        onClick={() =>
                          again.mutate({ method: 'POST', path: `/${id}/deliveries/${delivery.id}/replay` })
                        }
                      >
                        {t('webhooks.replay')}
                      </Button>
                    ),
                  },
                ]
              : []),
          ]}
        />
      ) : null}
      {deliveries.hasNextPage ? (
        <div className="more">
          <Button loading={deliveries.isFetchingNextPage} onClick={() => void deliveries.fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
