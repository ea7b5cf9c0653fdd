import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Checkbox, Form, Modal, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api.ts';
import { useIntent } from '../../app/intent.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { PERSONS, type Person } from '../directory/directory.ts';
import { GROUNDS } from './privacy.ts';

/** Erases somebody for good: says what goes and what stays, and asks twice. */
export function EraseDialog({ person, close }: { person: Person; close: () => void }): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const intent = useIntent();
  const [ground, setGround] = useState<string>(GROUNDS[0]);
  const [confirmed, setConfirmed] = useState(false);
  const erase = useMutation({
    mutationFn: () =>
      intent(ground, (key) => request(`/persons/${person.id}/erasure`, { method: 'POST', key, body: { ground } })),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: PERSONS });
      close();
    },
  });
  return (
    <Modal
      open
      title={t('privacy.eraseOf', { name: person.name })}
      okText={t('privacy.erase')}
      okButtonProps={{ danger: true, disabled: !confirmed }}
      onOk={() => erase.mutate()}
      onCancel={close}
      confirmLoading={erase.isPending}
      mask={{ closable: false }}
    >
      <div className="stack">
        <Alert type="warning" showIcon title={t('privacy.eraseWarning')} description={t('privacy.eraseKeeps')} />
        <Form layout="vertical" component="div">
          <Form.Item label={t('privacy.ground')}>
            <Radio.Group
              value={ground}
              onChange={(event) => setGround(String(event.target.value))}
              options={GROUNDS.map((value) => ({ value, label: t(`erasureGround.${value}`) }))}
            />
          </Form.Item>
          <Checkbox checked={confirmed} onChange={(event) => setConfirmed(event.target.checked)}>
            {t('privacy.eraseConfirm')}
          </Checkbox>
        </Form>
        <ProblemAlert error={erase.error} />
      </div>
    </Modal>
  );
}
