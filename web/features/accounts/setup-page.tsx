import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api.ts';
import { useIntent } from '../../app/intent.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { FormPage } from './form-page.tsx';
import { useFragmentToken } from './fragment-token.ts';
import { PasswordFields, isWeakPassword } from './password-fields.tsx';
import { useEntering } from './sign-in-page.tsx';

interface Entered {
  name: string;
  email: string;
  organisation: string;
  password: string;
}

/** Makes the first administrator, with the link that stands on the console. */
export function SetupPage(): ReactNode {
  const { t, i18n } = useTranslation();
  const token = useFragmentToken();
  const intent = useIntent();
  const enter = useEntering();
  usePageTitle(t('accounts.setupTitle'));
  const setUp = useMutation({
    mutationFn: ({ name, email, organisation, password }: Entered) => {
      const language = i18n.language === 'en' ? 'en' : 'zh';
      const body = { token, name, email: email.trim(), organisation, password, language };
      return intent(body, (key) => request('/setup', { method: 'POST', key, body }));
    },
    onSuccess: enter,
  });
  const required = { required: true, whitespace: true, message: t('accounts.required') };
  if (token === null) {
    return (
      <FormPage title={t('accounts.setupTitle')}>
        <Alert type="warning" showIcon title={t('accounts.noToken')} description={t('accounts.noTokenHint')} />
      </FormPage>
    );
  }
  return (
    <FormPage title={t('accounts.setupTitle')}>
      <p className="muted">{t('accounts.setupExplained')}</p>
      <Form<Entered> layout="vertical" requiredMark={false} onFinish={(entered) => setUp.mutate(entered)}>
        <Form.Item name="organisation" label={t('accounts.organisation')} rules={[required]}>
          <Input autoComplete="organization" maxLength={200} autoFocus />
        </Form.Item>
        <Form.Item name="name" label={t('accounts.name')} rules={[required]}>
          <Input autoComplete="name" maxLength={200} />
        </Form.Item>
        <Form.Item
          name="email"
          label={t('accounts.email')}
          rules={[{ required: true, type: 'email', message: t('accounts.emailWrong') }]}
        >
          <Input type="email" autoComplete="username" />
        </Form.Item>
        <PasswordFields error={setUp.error} />
        <div className="stack">
          <ProblemAlert error={isWeakPassword(setUp.error) ? null : setUp.error} />
          <Button type="primary" htmlType="submit" loading={setUp.isPending} block>
            {t('accounts.createAndSignIn')}
          </Button>
        </div>
      </Form>
    </FormPage>
  );
}
