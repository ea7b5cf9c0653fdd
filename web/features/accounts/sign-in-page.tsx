import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { request } from '../../api.ts';
import { useIntent } from '../../app/intent.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { returnPath } from '../../app/sign-in-path.ts';
import { FormPage } from './form-page.tsx';

type Step = 'password' | 'code' | 'forgot' | 'sent';

/** Signing in: e-mail and password, then a code where the account wants one; or a mail for a new password. */
export function SignInPage(): ReactNode {
  const { t } = useTranslation();
  const [step, setStep] = useState<Step>('password');
  usePageTitle(t('accounts.signIn'));
  const enter = useEntering();
  switch (step) {
    case 'password':
      return (
        <PasswordStep
          onDone={(codeRequired) => (codeRequired ? setStep('code') : enter())}
          onForgot={() => setStep('forgot')}
        />
      );
    case 'code':
      return <CodeStep onDone={enter} onBack={() => setStep('password')} />;
    case 'forgot':
      return <ForgotStep onDone={() => setStep('sent')} onBack={() => setStep('password')} />;
    case 'sent':
      return (
        <FormPage title={t('accounts.forgot')}>
          <Alert type="success" showIcon title={t('accounts.linkSent')} description={t('accounts.linkSentHint')} />
          <Button onClick={() => setStep('password')}>{t('accounts.backToSignIn')}</Button>
        </FormPage>
      );
  }
}

/** Goes to where one wanted to be, with nothing left of whoever was here before. */
export function useEntering(): () => void {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  return () => {
    void queries.resetQueries();
    void navigate(returnPath(search.get('back'), window.location.origin), { replace: true });
  };
}

function PasswordStep({
  onDone,
  onForgot,
}: {
  onDone: (codeRequired: boolean) => void;
  onForgot: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const intent = useIntent();
  const signIn = useMutation({
    mutationFn: (body: { email: string; password: string }) =>
      intent(body, (key) => request<{ codeRequired: boolean }>('/session', { method: 'POST', key, body })),
    onSuccess: ({ codeRequired }) => onDone(codeRequired),
  });
  const required = { required: true, message: t('accounts.required') };
  return (
    <FormPage title={t('accounts.signInTitle')}>
      <Form<{ email: string; password: string }>
        layout="vertical"
        requiredMark={false}
        onFinish={({ email, password }) => signIn.mutate({ email: email.trim(), password })}
      >
        <Form.Item
          name="email"
          label={t('accounts.email')}
          rules={[
            {
              required: true,
              type: 'email',
              transform: (text: string) => text.trim(),
              message: t('accounts.emailWrong'),
            },
          ]}
        >
          <Input type="email" autoComplete="username" autoFocus />
        </Form.Item>
        <Form.Item name="password" label={t('accounts.password')} rules={[required]}>
          <Input.Password autoComplete="current-password" maxLength={128} />
        </Form.Item>
        <div className="stack">
          <ProblemAlert error={signIn.error} />
          <Button type="primary" htmlType="submit" loading={signIn.isPending} block>
            {t('accounts.signIn')}
          </Button>
          <Button type="link" className="inline-link" onClick={onForgot}>
            {t('accounts.forgot')}
          </Button>
        </div>
      </Form>
    </FormPage>
  );
}

function CodeStep({ onDone, onBack }: { onDone: () => void; onBack: () => void }): ReactNode {
  const { t } = useTranslation();
  const intent = useIntent();
  const enter = useMutation({
    mutationFn: (code: string) =>
      intent(code, (key) => request('/session/two-factor', { method: 'POST', key, body: { code } })),
    onSuccess: onDone,
  });
  return (
    <FormPage title={t('accounts.codeTitle')}>
      <p className="muted">{t('accounts.codeExplained')}</p>
      <Form<{ code: string }> layout="vertical" requiredMark={false} onFinish={({ code }) => enter.mutate(code.trim())}>
        <Form.Item name="code" label={t('accounts.code')} rules={[{ required: true, message: t('accounts.required') }]}>
          <Input autoComplete="one-time-code" autoFocus maxLength={20} placeholder={t('accounts.codeHint')} />
        </Form.Item>
        <div className="stack">
          <ProblemAlert error={enter.error} />
          <Button type="primary" htmlType="submit" loading={enter.isPending} block>
            {t('accounts.next')}
          </Button>
          <Button type="link" className="inline-link" onClick={onBack}>
            {t('accounts.startOver')}
          </Button>
        </div>
      </Form>
    </FormPage>
  );
}

function ForgotStep({ onDone, onBack }: { onDone: () => void; onBack: () => void }): ReactNode {
  const { t } = useTranslation();
  const intent = useIntent();
  const ask = useMutation({
    mutationFn: (email: string) =>
      intent(email, (key) => request('/password/reset-request', { method: 'POST', key, body: { email } })),
    onSuccess: onDone,
  });
  return (
    <FormPage title={t('accounts.forgot')}>
      <p className="muted">{t('accounts.forgotExplained')}</p>
      <Form<{ email: string }>
        layout="vertical"
        requiredMark={false}
        onFinish={({ email }) => ask.mutate(email.trim())}
      >
        <Form.Item
          name="email"
          label={t('accounts.email')}
          rules={[
            {
              required: true,
              type: 'email',
              transform: (text: string) => text.trim(),
              message: t('accounts.emailWrong'),
            },
          ]}
        >
          <Input type="email" autoComplete="username" autoFocus />
        </Form.Item>
        <div className="stack">
          <ProblemAlert error={ask.error} />
          <Button type="primary" htmlType="submit" loading={ask.isPending} block>
            {t('accounts.sendLink')}
          </Button>
          <Button type="link" className="inline-link" onClick={onBack}>
            {t('accounts.backToSignIn')}
          </Button>
        </div>
      </Form>
    </FormPage>
  );
}
