import { Alert, Button, Form, Input, Modal, Select, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../api.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { EVENT_TYPES } from '../agreement/event-sentence.ts';
import { type Webhook, useWebhookAct } from './webhook.ts';

/** A secret that was just made, and will not be shown again. */
export function Secret({ value }: { value: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Alert type="success" showIcon title={t('webhooks.secretMade')} description={t('webhooks.secretHint')} />
      <Typography.Text copyable code className="break">
        {value}
      </Typography.Text>
    </>
  );
}

/** Makes an endpoint and shows its secret once, or changes one. */
export function EndpointDialog({
  endpoint,
  isOpen,
  onClose,
}: {
  endpoint: Webhook | null;
  isOpen: boolean;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const save = useWebhookAct<Webhook>((answer) => {
    if (!answer.secret) onClose();
  });
  const close = (): void => {
    save.reset();
    onClose();
  };
  const atUrl =
    save.error instanceof ApiProblem ? save.error.problem.errors?.find(({ path }) => path === 'url') : undefined;
  return (
    <Modal
      title={endpoint ? t('webhooks.edit') : t('webhooks.new')}
      open={isOpen}
      onCancel={close}
      footer={null}
      destroyOnHidden
    >
      {save.data?.secret ? (
        <div className="stack">
          <Secret value={save.data.secret} />
          <div className="actions">
            <Button onClick={close}>{t('webhooks.close')}</Button>
          </div>
        </div>
      ) : (
        <Form<Pick<Webhook, 'url' | 'description' | 'events'>>
          layout="vertical"
          requiredMark={false}
          initialValues={endpoint ?? { url: '', description: '', events: [] }}
          onFinish={(body) =>
            save.mutate(
              endpoint ? { method: 'PATCH', path: `/${endpoint.id}`, body } : { method: 'POST', path: '', body },
            )
          }
        >
          <Form.Item
            name="url"
            label={t('webhooks.url')}
            extra={t('webhooks.urlHint')}
            rules={[{ required: true, message: t('webhooks.required') }]}
            {...(atUrl ? { validateStatus: 'error' as const, help: atUrl.message } : {})}
          >
            <Input maxLength={2000} inputMode="url" placeholder="https://" />
          </Form.Item>
          <Form.Item name="description" label={t('webhooks.description')}>
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item name="events" label={t('webhooks.events')}>
            <Select
              mode="multiple"
              allowClear
              placeholder={t('webhooks.allEvents')}
              optionFilterProp="label"
              options={EVENT_TYPES.map((value) => ({ value: value as string, label: t(`eventName.${value}`) }))}
            />
          </Form.Item>
          <div className="stack">
            <ProblemAlert error={atUrl ? null : save.error} />
            <Button type="primary" htmlType="submit" loading={save.isPending}>
              {t('webhooks.save')}
            </Button>
          </div>
        </Form>
      )}
    </Modal>
  );
}
