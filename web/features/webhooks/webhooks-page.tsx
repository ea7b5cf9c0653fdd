import { useQuery } from '@tanstack/react-query';
import { App, Button, Dropdown, Modal, Skeleton, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api.ts';
import { useMay } from '../../app/me.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { Items } from '../accounts/account.ts';
import { Deliveries } from './deliveries.tsx';
import { EndpointDialog, Secret } from './endpoint-dialog.tsx';
import { WEBHOOKS, type Webhook, useWebhookAct } from './webhook.ts';

/** Where events are sent to; administrators make, try, change and remove endpoints. */
export function WebhooksPage(): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('webhooks.title'));
  const { message, modal } = App.useApp();
  const mayManage = useMay('webhooks.manage');
  const [editing, setEditing] = useState<Webhook | 'new' | null>(null);
  const [shown, setShown] = useState<Webhook | null>(null);
  const endpoints = useQuery({
    queryKey: WEBHOOKS,
    queryFn: ({ signal }) => request<Items<Webhook>>('/webhooks', { signal }),
    refetchInterval: 10_000,
  });
  const act = useWebhookAct();
  const ping = useWebhookAct(() => void message.success(t('webhooks.pinged')));
  const rotate = useWebhookAct<Webhook>();
  const ask = (title: string, onOk: () => void): void => void modal.confirm({ title, onOk });
  const menuOf = (endpoint: Webhook) => {
    const { id, enabled } = endpoint;
    const patch = { method: 'PATCH', path: `/${id}`, body: { enabled: !enabled } } as const;
    return [
      { key: 'edit', label: t('webhooks.edit'), onClick: () => setEditing(endpoint) },
      {
        key: 'switch',
        label: enabled ? t('webhooks.disable') : t('webhooks.enable'),
        onClick: () => act.mutate(patch),
      },
      {
        key: 'rotate',
        label: t('webhooks.rotate'),
        onClick: () => ask(t('webhooks.rotateSure'), () => rotate.mutate({ method: 'POST', path: `/${id}/secret` })),
      },
      {
        key: 'remove',
        danger: true,
        label: t('webhooks.remove'),
        onClick: () => ask(t('webhooks.removeSure'), () => act.mutate({ method: 'DELETE', path: `/${id}` })),
      },
    ];
  };
  return (
    <div className="page">
      <div className="heading">
        <div className="grow">
          <h1>{t('webhooks.title')}</h1>
          <div className="muted">{t('webhooks.explained')}</div>
        </div>
        {mayManage ? (
          <Button type="primary" onClick={() => setEditing('new')}>
            {t('webhooks.new')}
          </Button>
        ) : null}
      </div>
      <section className="panel stack">
        <ProblemAlert error={endpoints.error ?? act.error ?? ping.error ?? rotate.error} />
        {endpoints.isPending ? <Skeleton active /> : null}
        {endpoints.data ? (
          <Records
            label={t('webhooks.title')}
            rows={endpoints.data.items}
            rowKey={({ id }) => id}
            empty={t('webhooks.none')}
            columns={[
              {
                key: 'url',
                title: t('webhooks.url'),
                heading: true,
                render: ({ url, description }) => (
                  <>
                    <div className="break">{url}</div>
                    {description ? <div className="muted small">{description}</div> : null}
                  </>
                ),
              },
              {
                key: 'events',
                title: t('webhooks.events'),
                render: ({ events }) =>
                  events.length === 0
                    ? t('webhooks.allEvents')
                    : events
                        .map((type) => t(`eventName.${type}`, { defaultValue: type }))
                        .join(t('common.listSeparator')),
              },
              {
                key: 'state',
                title: t('webhooks.state'),
                render: ({ enabled }) => (
                  <Tag color={enabled ? 'success' : 'default'}>
                    {enabled ? t('webhooks.enabled') : t('webhooks.disabled')}
                  </Tag>
                ),
              },
              {
                key: 'queue',
                title: t('webhooks.queue'),
                render: ({ waiting, failed }) => (
                  <>
                    {waiting > 0 ? <div>{t('webhooks.waiting', { count: waiting })}</div> : null}
                    {failed > 0 ? <div className="late">{t('webhooks.failed', { count: failed })}</div> : null}
                    {waiting + failed === 0 ? <span className="muted">{t('webhooks.upToDate')}</span> : null}
                  </>
                ),
              },
              {
                key: 'act',
                title: '',
                align: 'right',
                render: (endpoint) => (
                  <div className="actions">
                    <Button size="small" onClick={() => setShown(endpoint)}>
                      {t('webhooks.deliveries')}
                    </Button>
                    {mayManage ? (
                      <>
                        <Button
                          size="small"
                          disabled={!endpoint.enabled}
                          onClick={() => ping.mutate({ method: 'POST', path: `/${endpoint.id}/ping` })}
                        >
                          {t('webhooks.ping')}
                        </Button>
                        <Dropdown menu={{ items: menuOf(endpoint) }} trigger={['click']}>
                          <Button size="small" aria-label={t('webhooks.more')}>
                            ⋯
                          </Button>
                        </Dropdown>
                      </>
                    ) : null}
                  </div>
                ),
              },
            ]}
          />
        ) : null}
      </section>
      <EndpointDialog
        endpoint={editing === 'new' ? null : editing}
        isOpen={editing !== null}
        onClose={() => setEditing(null)}
      />
      <Modal
        title={t('webhooks.rotate')}
        open={rotate.data !== undefined}
        onCancel={() => rotate.reset()}
        footer={null}
        destroyOnHidden
      >
        <div className="stack">{rotate.data?.secret ? <Secret value={rotate.data.secret} /> : null}</div>
      </Modal>
      <Deliveries endpoint={shown} onClose={() => setShown(null)} />
    </div>
  );
}
