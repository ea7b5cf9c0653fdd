import { Alert, Checkbox, Form, Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActAnswer, Agreement } from '../../wire.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { useAct } from './act.ts';
import { FileChoice } from './file-choice.tsx';

/** The coordinator records an end that the parties agreed outside. It cannot be taken back, so it is confirmed. */
export function TerminateDialog({
  agreement,
  close,
  done,
}: {
  agreement: Agreement;
  close: () => void;
  done: (answer: ActAnswer, what: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [confirmed, setConfirmed] = useState(false);
  const [checked, setChecked] = useState(false);
  const [files, setFiles] = useState<File[]>([]);
  const act = useAct(agreement.id, (answer) => {
    done(answer, t('act.terminate'));
    close();
  });
  const problem = reason.trim() === '' ? t('terminate.reasonMissing') : undefined;
  const unsigned = files.length === 0 ? t('terminate.documentMissing') : undefined;
  return (
    <Modal
      open
      title={t('terminate.title')}
      okText={t('terminate.submit')}
      okButtonProps={{ danger: true, disabled: !confirmed }}
      onOk={() => {
        setChecked(true);
        if (problem || unsigned) return;
        act.mutate({
          path: '/termination',
          fields: { as: 'coordinator', reason: reason.trim() },
          files: { field: 'file', files },
        });
      }}
      onCancel={close}
      confirmLoading={act.isPending}
      mask={{ closable: false }}
    >
      <div className="stack">
        <Alert type="warning" showIcon title={t('terminate.warning')} />
        <Form layout="vertical" component="div">
          <Form.Item
            label={t('terminate.reason')}
            htmlFor="termination-reason"
            required
            validateStatus={checked && problem ? 'error' : ''}
            help={checked ? problem : undefined}
          >
            <Input.TextArea
              id="termination-reason"
              rows={3}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </Form.Item>
          <Form.Item
            label={t('terminate.document')}
            required
            validateStatus={checked && unsigned ? 'error' : ''}
            help={checked ? unsigned : undefined}
          >
            <FileChoice files={files} choose={setFiles} progress={act.progress} disabled={act.isPending} />
          </Form.Item>
          <Checkbox checked={confirmed} onChange={(event) => setConfirmed(event.target.checked)}>
            {t('terminate.confirm')}
          </Checkbox>
        </Form>
        <ProblemAlert error={act.error} />
      </div>
    </Modal>
  );
}
