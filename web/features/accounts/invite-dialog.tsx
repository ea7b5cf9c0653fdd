import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, Modal, Radio } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api.ts';
import { useIntent } from '../../app/intent.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import type { Language } from '../../wire.ts';
import type { Role } from './account.ts';
import { RolesField } from './roles-field.tsx';

interface Entered {
  name: string;
  email: string;
  organisation: string;
  language: Language;
  roles: Role[];
}

/** Makes an account for somebody, whom the directory knows by organisation and address, or gets to know. */
export function InviteDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const intent = useIntent();
  const [form] = Form.useForm<Entered>();
  const invite = useMutation({
    mutationFn: ({ roles, ...entered }: Entered) => {
      const body = { person: { ...entered, email: entered.email.trim() }, roles };
      return intent(body, (key) => request('/accounts', { method: 'POST', key, body }));
    },
    onSuccess: () => {
      void message.success(t('accounts.invited'));
      void queries.invalidateQueries({ queryKey: ['accounts'] });
      onClose();
    },
  });
  const required = { required: true, whitespace: true, message: t('accounts.required') };
  return (
    <Modal
      title={t('accounts.invite')}
      open={isOpen}
      onCancel={() => {
        invite.reset();
        onClose();
      }}
      onOk={() => form.submit()}
      okText={t('accounts.inviteSend')}
      cancelText={t('accounts.cancel')}
      confirmLoading={invite.isPending}
      destroyOnHidden
    >
      <p className="muted">{t('accounts.inviteExplained')}</p>
      <Form<Entered>
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        initialValues={{ language: 'zh', roles: [] }}
        onFinish={(entered) => invite.mutate(entered)}
      >
        <Form.Item name="name" label={t('accounts.name')} rules={[required]}>
          <Input maxLength={200} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="email"
          label={t('accounts.email')}
          rules={[{ required: true, type: 'email', message: t('accounts.emailWrong') }]}
        >
          <Input type="email" autoComplete="off" />
        </Form.Item>
        <Form.Item name="organisation" label={t('accounts.organisation')} rules={[required]}>
          <Input maxLength={200} autoComplete="off" />
        </Form.Item>
        <Form.Item name="language" label={t('accounts.mailLanguage')}>
          <Radio.Group
            options={[
              { value: 'zh', label: '中文' },
              { value: 'en', label: 'English' },
            ]}
          />
        </Form.Item>
        <RolesField />
        <ProblemAlert error={invite.error} />
      </Form>
    </Modal>
  );
}
