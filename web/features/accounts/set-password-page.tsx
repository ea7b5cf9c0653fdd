import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { request } from '../../api.ts';
import { useIntent } from '../../app/intent.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { FormPage } from './form-page.tsx';
import { useFragmentToken } from './fragment-token.ts';
import { PasswordFields, isWeakPassword } from './password-fields.tsx';

/** Sets a password with the link of an invitation or a reset. */
export function SetPasswordPage(): ReactNode {
  const { t } = useTranslation();
  const token = useFragmentToken();
  const intent = useIntent();
  usePageTitle(t('accounts.setPasswordTitle'));
  const set = useMutation({
    mutationFn: (password: string) => {
      const body = { token, password };
      return intent(body, (key) => request('/password/reset', { method: 'POST', key, body }));
    },
  });
  return (
    <FormPage title={t('accounts.setPasswordTitle')}>
      {token === null ? (
        <Alert type="warning" showIcon title={t('accounts.noToken')} description={t('accounts.noTokenHint')} />
      ) : set.isSuccess ? (
        <>
          <Alert
            type="success"
            showIcon
            title={t('accounts.passwordSet')}
            description={t('accounts.passwordSetHint')}
          />
          <Link to="/sign-in">{t('accounts.signIn')}</Link>
        </>
      ) : (
        <Form<{ password: string }>
          layout="vertical"
          requiredMark={false}
          onFinish={({ password }) => set.mutate(password)}
        >
          <PasswordFields error={set.error} />
          <div className="stack">
            <ProblemAlert error={isWeakPassword(set.error) ? null : set.error} />
            <Button type="primary" htmlType="submit" loading={set.isPending} block>
              {t('accounts.setPassword')}
            </Button>
          </div>
        </Form>
      )}
    </FormPage>
  );
}
