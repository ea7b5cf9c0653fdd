import { Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../api.ts';

/** Whether the API found a new password too weak, which its field says. */
export function isWeakPassword(error: unknown): error is ApiProblem {
  return error instanceof ApiProblem && error.code === 'password-weak';
}

/** A new password, twice, under the names `password` and `repeat`; what the API found wrong with it stands there. */
export function PasswordFields({ error }: { error: unknown }): ReactNode {
  const { t } = useTranslation();
  const weak = isWeakPassword(error) ? error.problem.errors?.[0] : undefined;
  return (
    <>
      <Form.Item
        name="password"
        label={t('accounts.newPassword')}
        extra={t('accounts.passwordHint')}
        {...(weak ? { validateStatus: 'error', help: `${weak.message}${t('common.then')}${weak.cure ?? ''}` } : {})}
        rules={[{ required: true, message: t('accounts.required') }]}
      >
        <Input.Password autoComplete="new-password" maxLength={128} />
      </Form.Item>
      <Form.Item
        name="repeat"
        label={t('accounts.repeatPassword')}
        dependencies={['password']}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_rule, value) =>
              value === getFieldValue('password')
                ? Promise.resolve()
                : Promise.reject(new Error(t('accounts.repeatDiffers'))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={128} />
      </Form.Item>
    </>
  );
}
