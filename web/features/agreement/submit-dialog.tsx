import { Form, Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActAnswer, Agreement, Obligation } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { isoInZone, wallOf } from '../../app/moment.ts';
import { useRoleName } from '../../app/names.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { useAct } from './act.ts';
import { FileChoice } from './file-choice.tsx';

/** The coordinator enters a hand-in for the party that owes it, with the documents and when it took place. */
export function SubmitDialog({
  agreement,
  obligation,
  close,
  done,
}: {
  agreement: Agreement;
  obligation: Obligation;
  close: () => void;
  done: (answer: ActAnswer, what: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const [opened] = useState(() => wallOf(Date.now(), agreement.zone));
  const now = `${opened.date}T${opened.time}`;
  const [handedInAt, setHandedInAt] = useState(now);
  const [files, setFiles] = useState<File[]>([]);
  const [checked, setChecked] = useState(false);
  const act = useAct(agreement.id, (answer) => {
    done(answer, t('act.submit'));
    close();
  });
  const timeProblem =
    handedInAt === '' ? t('submit.timeMissing') : handedInAt > now ? t('submit.timeInFuture') : undefined;
  const fileProblem = files.length === 0 ? t('submit.fileMissing') : undefined;

  const send = (): void => {
    setChecked(true);
    if (timeProblem || fileProblem) return;
    act.mutate({
      path: `/obligations/${encodeURIComponent(obligation.id)}/submissions`,
      fields: {
        as: 'coordinator',
        onBehalfOf: obligation.responsible,
        // Untouched, it happens now: the API's clock says when.
        handedInAt: handedInAt === now ? undefined : isoInZone(handedInAt, agreement.zone),
      },
      files: { field: 'file', files },
    });
  };

  return (
    <Modal
      open
      title={t('submit.title', { what: format.text(obligation.title) })}
      okText={t('submit.submit')}
      onOk={send}
      onCancel={close}
      confirmLoading={act.isPending}
      mask={{ closable: false }}
    >
      <p className="muted">
        {obligation.status === 'in-review'
          ? t('submit.replaces')
          : t('submit.explained', { who: role(obligation.responsible) })}
      </p>
      <Form layout="vertical" component="div">
        <Form.Item
          label={t('submit.files')}
          required
          validateStatus={checked && fileProblem ? 'error' : ''}
          help={checked ? fileProblem : undefined}
        >
          <FileChoice files={files} choose={setFiles} progress={act.progress} disabled={act.isPending} />
        </Form.Item>
        <Form.Item
          label={t('submit.handedInAt', { zone: format.zone(agreement.zone) })}
          htmlFor="handed-in-at"
          validateStatus={checked && timeProblem ? 'error' : ''}
          help={(checked ? timeProblem : undefined) ?? t('submit.handedInAtHelp')}
        >
          <Input
            id="handed-in-at"
            type="datetime-local"
            max={now}
            value={handedInAt}
            onChange={(event) => setHandedInAt(event.target.value)}
            style={{ width: 220 }}
          />
        </Form.Item>
      </Form>
      <ProblemAlert error={act.error} />
    </Modal>
  );
}
