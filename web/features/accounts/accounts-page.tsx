import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Dropdown, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import { useIntent } from '../../app/intent.ts';
import { useMay } from '../../app/me.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { Account, Items } from './account.ts';
import { InviteDialog } from './invite-dialog.tsx';
import { RolesDialog } from './roles-dialog.tsx';

const STATUS_COLOUR = { active: 'success', invited: 'processing', disabled: 'default' } as const;
export const ACCOUNTS = ['accounts'];

/** Who may sign in, and as what; administrators invite, change and disable. */
export function AccountsPage(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  usePageTitle(t('accounts.title'));
  const mayManage = useMay('accounts.manage');
  const [inviting, setInviting] = useState(false);
  const [changing, setChanging] = useState<Account | null>(null);
  const accounts = useQuery({
    queryKey: ACCOUNTS,
    queryFn: ({ signal }) => request<Items<Account>>('/accounts', { signal }),
  });
  return (
    <div className="page">
      <div className="heading">
        <div className="grow">
          <h1>{t('accounts.title')}</h1>
          <div className="muted">{t('accounts.explained')}</div>
        </div>
        {mayManage ? (
          <Button type="primary" onClick={() => setInviting(true)}>
            {t('accounts.invite')}
          </Button>
        ) : null}
      </div>
      <ProblemAlert error={accounts.error} retry={() => void accounts.refetch()} />
      {accounts.data ? (
        <section className="panel">
          <Records
            label={t('accounts.title')}
            rows={accounts.data.items}
            rowKey={({ id }) => id}
            empty={t('accounts.none')}
            columns={[
              {
                key: 'person',
                title: t('accounts.person'),
                heading: true,
                render: ({ name, organisation }) => (
                  <>
                    {name} {organisation ? <span className="muted">{organisation}</span> : null}
                  </>
                ),
              },
              {
                key: 'email',
                title: t('accounts.email'),
                render: ({ email }) => <span className="break">{email}</span>,
              },
              {
                key: 'roles',
                title: t('accounts.roles'),
                render: ({ roles }) => (
                  <span className="tags">
                    {roles.map((role) => (
                      <Tag key={role}>{t(`accountRole.${role}`)}</Tag>
                    ))}
                  </span>
                ),
              },
              {
                key: 'state',
                title: t('accounts.state'),
                render: ({ status }) => <Tag color={STATUS_COLOUR[status]}>{t(`accountStatus.${status}`)}</Tag>,
              },
              {
                key: 'twoFactor',
                title: t('accounts.twoFactor'),
                render: ({ twoFactor }) => t(twoFactor ? 'accounts.on' : 'accounts.off'),
              },
              {
                key: 'used',
                title: t('accounts.lastUsed'),
                render: ({ usedAt }) => (usedAt ? format.here(usedAt) : t('common.none')),
              },
              ...(mayManage
                ? [
                    {
                      key: 'actions',
                      title: '',
                      align: 'right' as const,
                      render: (account: Account) => <Actions account={account} onRoles={() => setChanging(account)} />,
                    },
                  ]
                : []),
            ]}
          />
        </section>
      ) : null}
      <InviteDialog isOpen={inviting} onClose={() => setInviting(false)} />
      <RolesDialog account={changing} onClose={() => setChanging(null)} />
    </div>
  );
}

interface Act {
  method: 'POST' | 'PATCH' | 'DELETE';
  path: string;
  body?: object;
}

function Actions({ account, onRoles }: { account: Account; onRoles: () => void }): ReactNode {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const queries = useQueryClient();
  const intent = useIntent();
  const base = `/accounts/${encodeURIComponent(account.id)}`;
  const act = useMutation({
    mutationFn: ({ method, path, body }: Act) =>
      intent([method, path, body], (key) =>
        request(`${base}${path}`, { method, key, ...(body === undefined ? {} : { body }) }),
      ),
    onSuccess: () => {
      void message.success(t('accounts.done'));
      void queries.invalidateQueries({ queryKey: ACCOUNTS });
    },
    onError: (error) => void modal.error({ title: t('accounts.title'), content: <ProblemAlert error={error} /> }),
  });
  const sure = (title: string, what: Act): void =>
    void modal.confirm({ title, onOk: () => act.mutateAsync(what).catch(() => undefined) });
  const isDisabled = account.status === 'disabled';
  const items = [
    { key: 'roles', label: t('accounts.editRoles'), onClick: onRoles },
    ...(isDisabled
      ? []
      : [
          {
            key: 'invite',
            label: t('accounts.inviteAgain'),
            onClick: () => act.mutate({ method: 'POST', path: '/invitation' }),
          },
          {
            key: 'sessions',
            label: t('accounts.endSessions'),
            onClick: () => act.mutate({ method: 'POST', path: '/sessions/revoke' }),
          },
        ]),
    ...(account.twoFactor
      ? [
          {
            key: 'two-factor',
            label: t('accounts.dropTwoFactor'),
            onClick: () => sure(t('accounts.dropTwoFactorSure'), { method: 'DELETE', path: '/two-factor' }),
          },
        ]
      : []),
    isDisabled
      ? {
          key: 'enable',
          label: t('accounts.enable'),
          onClick: () => act.mutate({ method: 'PATCH', path: '', body: { disabled: false } }),
        }
      : {
          key: 'disable',
          danger: true,
          label: t('accounts.disable'),
          onClick: () => sure(t('accounts.disableSure'), { method: 'PATCH', path: '', body: { disabled: true } }),
        },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button size="small" loading={act.isPending}>
        {t('accounts.actions')} ▾
      </Button>
    </Dropdown>
  );
}
