import { useMutation } from '@tanstack/react-query';
import { App, Button, Form, Input, Spin, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api.ts';
import { useIntent } from '../../app/intent.ts';
import { useMe } from '../../app/me.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { FeedCard } from '../feeds/feed-card.tsx';
import { ApiKeys } from './api-keys.tsx';
import { PasswordFields, isWeakPassword } from './password-fields.tsx';
import { Sessions } from './sessions.tsx';
import { TwoFactor } from './two-factor.tsx';

/** One's own account: who one is, password, second factor, sessions, calendar, keys. */
export function AccountPage(): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('accounts.mine'));
  const me = useMe();
  if (!me) return <Spin className="route-spin" />;
  return (
    <div className="page narrow">
      <h1>{t('accounts.mine')}</h1>
      <section className="panel">
        <dl className="facts">
          <div>
            <dt>{t('accounts.name')}</dt>
            <dd>{me.name}</dd>
          </div>
          <div>
            <dt>{t('accounts.email')}</dt>
            <dd>{me.email}</dd>
          </div>
          <div>
            <dt>{t('accounts.roles')}</dt>
            <dd className="tags">
              {me.roles.map((role) => (
                <Tag key={role}>{t(`accountRole.${role}`)}</Tag>
              ))}
            </dd>
          </div>
        </dl>
      </section>
      <section className="panel">
        <h2>{t('accounts.changePassword')}</h2>
        <PasswordChange />
      </section>
      <section className="panel">
        <h2>{t('accounts.twoFactor')}</h2>
        <TwoFactor isOn={me.twoFactor} />
      </section>
      <section className="panel">
        <h2>{t('accounts.sessions')}</h2>
        <Sessions />
      </section>
      {me.personId === null ? null : (
        <section className="panel">
          <h2>{t('feeds.title')}</h2>
          <FeedCard />
        </section>
      )}
      <section className="panel">
        <h2>{t('accounts.keys')}</h2>
        <ApiKeys permissions={Object.keys(me.permissions)} />
      </section>
    </div>
  );
}

interface Change {
  current: string;
  password: string;
}

function PasswordChange(): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const intent = useIntent();
  const [form] = Form.useForm<Change>();
  const change = useMutation({
    mutationFn: ({ current, password }: Change) => {
      const body = { current, next: password };
      return intent(body, (key) => request('/password', { method: 'POST', key, body }));
    },
    onSuccess: () => {
      form.resetFields();
      void message.success(t('accounts.passwordChanged'));
    },
  });
  return (
    <Form<Change>
      name="change"
      form={form}
      layout="vertical"
      requiredMark={false}
      className="short-form"
      onFinish={(c) => change.mutate(c)}
    >
      <Form.Item
        name="current"
        label={t('accounts.currentPassword')}
        rules={[{ required: true, message: t('accounts.required') }]}
      >
        <Input.Password autoComplete="current-password" maxLength={128} />
      </Form.Item>
      <PasswordFields error={change.error} />
      <div className="stack">
        <ProblemAlert error={isWeakPassword(change.error) ? null : change.error} />
        <div className="actions">
          <Button htmlType="submit" loading={change.isPending}>
            {t('accounts.changePassword')}
          </Button>
        </div>
      </div>
    </Form>
  );
}
