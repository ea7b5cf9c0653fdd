import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, InputNumber, Modal, Popconfirm, Select, Typography } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import { useIntent } from '../../app/intent.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { ApiKey, Items } from './account.ts';

const KEYS = ['api-keys'];

/** One's own keys; `permissions` are what a key may be given. */
export function ApiKeys({ permissions }: { permissions: string[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const queries = useQueryClient();
  const intent = useIntent();
  const [isOpen, setOpen] = useState(false);
  const keys = useQuery({ queryKey: KEYS, queryFn: ({ signal }) => request<Items<ApiKey>>('/api-keys', { signal }) });
  const revoke = useMutation({
    mutationFn: (id: string) =>
      intent(id, (key) => request(`/api-keys/${encodeURIComponent(id)}`, { method: 'DELETE', key })),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEYS }),
  });
  return (
    <div className="stack">
      <span className="muted">{t('accounts.keysExplained')}</span>
      <ProblemAlert error={keys.error ?? revoke.error} />
      {keys.data ? (
        <Records
          label={t('accounts.keys')}
          rows={keys.data.items}
          rowKey={({ id }) => id}
          empty={t('accounts.noKeys')}
          columns={[
            {
              key: 'name',
              title: t('accounts.keyName'),
              heading: true,
              render: ({ name, start }) => (
                <>
                  {name} <span className="mono muted">{start}…</span>
                </>
              ),
            },
            {
              key: 'scopes',
              title: t('accounts.scopes'),
              render: ({ scopes }) =>
                scopes.map((scope) => t(`permissionName.${scope}`)).join(t('common.listSeparator')),
            },
            {
              key: 'expires',
              title: t('accounts.expires'),
              render: ({ expiresAt }) => format.here(expiresAt),
            },
            {
              key: 'used',
              title: t('accounts.lastUsed'),
              render: ({ usedAt }) => (usedAt ? format.here(usedAt) : t('accounts.never')),
            },
            {
              key: 'revoke',
              title: '',
              align: 'right',
              render: ({ id }) => (
                <Popconfirm title={t('accounts.revokeSure')} onConfirm={() => revoke.mutate(id)}>
                  <Button size="small" danger>
                    {t('accounts.revoke')}
                  </Button>
                </Popconfirm>
              ),
            },
          ]}
        />
      ) : null}
      <div className="actions">
        <Button onClick={() => setOpen(true)}>{t('accounts.newKey')}</Button>
      </div>
      <NewKey
        isOpen={isOpen}
        permissions={permissions}
        onClose={() => {
          setOpen(false);
          void queries.invalidateQueries({ queryKey: KEYS });
        }}
      />
    </div>
  );
}

interface Entered {
  name: string;
  scopes: string[];
  days: number;
}

function NewKey({
  isOpen,
  permissions,
  onClose,
}: {
  isOpen: boolean;
  permissions: string[];
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const intent = useIntent();
  const make = useMutation({
    mutationFn: (body: Entered) =>
      intent(body, (key) => request<{ key: string }>('/api-keys', { method: 'POST', key, body })),
  });
  const close = (): void => {
    make.reset();
    onClose();
  };
  const required = { required: true, message: t('accounts.required') };
  return (
    <Modal title={t('accounts.newKey')} open={isOpen} onCancel={close} footer={null} destroyOnHidden>
      {make.data ? (
        <div className="stack">
          <Alert type="success" showIcon title={t('accounts.keyMade')} description={t('accounts.keyMadeHint')} />
          <Typography.Text copyable code className="break">
            {make.data.key}
          </Typography.Text>
          <div className="actions">
            <Button onClick={close}>{t('accounts.close')}</Button>
          </div>
        </div>
      ) : (
        <Form<Entered>
          layout="vertical"
          requiredMark={false}
          initialValues={{ days: 90 }}
          onFinish={(entered) => make.mutate(entered)}
        >
          <Form.Item name="name" label={t('accounts.keyName')} rules={[required]}>
            <Input maxLength={32} />
          </Form.Item>
          <Form.Item name="scopes" label={t('accounts.scopes')} rules={[required]}>
            <Select
              mode="multiple"
              options={permissions.map((value) => ({ value, label: t(`permissionName.${value}`) }))}
            />
          </Form.Item>
          <Form.Item name="days" label={t('accounts.days')} rules={[required]}>
            <InputNumber min={1} max={365} precision={0} />
          </Form.Item>
          <div className="stack">
            <ProblemAlert error={make.error} />
            <Button type="primary" htmlType="submit" loading={make.isPending}>
              {t('accounts.newKey')}
            </Button>
          </div>
        </Form>
      )}
    </Modal>
  );
}
