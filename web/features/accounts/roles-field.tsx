import { Checkbox, Form } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ROLES, type Role } from './account.ts';

/** Roles of an account, under the name `roles`. */
export function RolesField(): ReactNode {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="roles"
      label={t('accounts.roles')}
      rules={[
        { required: true, message: t('accounts.required') },
        {
          validator: (_rule, roles: Role[] = []) =>
            roles.includes('auditor') && roles.length > 1
              ? Promise.reject(new Error(t('accounts.auditorAlone')))
              : Promise.resolve(),
        },
      ]}
    >
      <Checkbox.Group options={ROLES.map((value) => ({ value, label: t(`accountRole.${value}`) }))} />
    </Form.Item>
  );
}
