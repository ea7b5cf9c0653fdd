import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api.ts';
import { useIntent } from '../../app/intent.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import type { Account, Role } from './account.ts';
import { RolesField } from './roles-field.tsx';

/** Changes what an account may do. */
export function RolesDialog({ account, onClose }: { account: Account | null; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const intent = useIntent();
  const [form] = Form.useForm<{ roles: Role[] }>();
  const change = useMutation({
    mutationFn: (body: { roles: Role[] }) =>
      intent([account?.id, body], (key) =>
        request(`/accounts/${encodeURIComponent(account?.id ?? '')}`, { method: 'PATCH', key, body }),
      ),
    onSuccess: () => {
      void message.success(t('accounts.done'));
      void queries.invalidateQueries({ queryKey: ['accounts'] });
      onClose();
    },
  });
  return (
    <Modal
      title={`${t('accounts.editRoles')} · ${account?.name ?? ''}`}
      open={account !== null}
      onCancel={() => {
        change.reset();
        onClose();
      }}
      onOk={() => form.submit()}
      okText={t('accounts.save')}
      cancelText={t('accounts.cancel')}
      confirmLoading={change.isPending}
      destroyOnHidden
    >
      <Form<{ roles: Role[] }>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ roles: account?.roles ?? [] }}
        preserve={false}
        onFinish={(entered) => change.mutate(entered)}
      >
        <RolesField />
        <ProblemAlert error={change.error} />
      </Form>
    </Modal>
  );
}
