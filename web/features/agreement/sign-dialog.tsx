import { Form, Input, Modal, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActAnswer, Agreement } from '../../wire.ts';
import { todayIn } from '../../app/moment.ts';
import { useRoleName } from '../../app/names.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { useAct } from './act.ts';
import { useActing } from './acting.ts';
import { FileChoice } from './file-choice.tsx';

/** The coordinator records that a party signed on paper: who, the date on the paper, the scan. */
export function SignDialog({
  agreement,
  close,
  done,
}: {
  agreement: Agreement;
  close: () => void;
  done: (answer: ActAnswer, what: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const role = useRoleName();
  const today = todayIn(agreement.zone);
  const actingFor = useActing(agreement);
  const missing = Object.keys(agreement.parties).filter(
    (party) => agreement.signatures[party] === undefined && actingFor(party) !== undefined,
  );
  const [party, setParty] = useState(missing[0] ?? '');
  const [signedOn, setSignedOn] = useState(today);
  const [files, setFiles] = useState<File[]>([]);
  const [checked, setChecked] = useState(false);
  const act = useAct(agreement.id, (answer) => {
    done(answer, t('act.sign'));
    close();
  });
  const dateProblem = signedOn === '' ? t('sign.dateMissing') : signedOn > today ? t('sign.dateInFuture') : undefined;
  const acting = actingFor(party) ?? { as: party };
  const fileProblem = acting.onBehalfOf !== undefined && files.length === 0 ? t('sign.scanMissing') : undefined;

  const send = (): void => {
    setChecked(true);
    if (dateProblem || fileProblem) return;
    act.mutate({
      path: '/signatures',
      fields: { ...acting, signedOn },
      files: { field: 'file', files },
    });
  };

  return (
    <Modal
      open
      title={t('sign.title')}
      okText={t('sign.submit')}
      onOk={send}
      onCancel={close}
      confirmLoading={act.isPending}
      mask={{ closable: false }}
    >
      <p className="muted">{t('sign.explained')}</p>
      <Form layout="vertical" component="div">
        <Form.Item label={t('sign.party')}>
          <Radio.Group
            value={party}
            onChange={(event) => setParty(event.target.value as string)}
            options={missing.map((value) => ({
              value,
              label: `${role(value)} ${agreement.parties[value]?.name ?? ''}`,
            }))}
          />
        </Form.Item>
        <Form.Item
          label={t('sign.signedOn')}
          htmlFor="signed-on"
          validateStatus={checked && dateProblem ? 'error' : ''}
          help={checked ? dateProblem : undefined}
        >
          <Input
            id="signed-on"
            type="date"
            max={today}
            value={signedOn}
            onChange={(event) => setSignedOn(event.target.value)}
            style={{ width: 180 }}
          />
        </Form.Item>
        <Form.Item
          label={t('sign.scan')}
          required={acting.onBehalfOf !== undefined}
          validateStatus={checked && fileProblem ? 'error' : ''}
          help={checked ? fileProblem : undefined}
        >
          <FileChoice files={files} choose={setFiles} progress={act.progress} disabled={act.isPending} />
        </Form.Item>
      </Form>
      <ProblemAlert error={act.error} />
    </Modal>
  );
}
