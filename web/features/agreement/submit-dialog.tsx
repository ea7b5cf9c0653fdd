import { Checkbox, Form, Input, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ClauseLinks } from '../../app/clause-link.tsx';
import type { ActAnswer, Agreement, Obligation } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { isoInZone, wallOf } from '../../app/moment.ts';
import { useRoleName } from '../../app/names.ts';
import { useTitled } from '../../app/occurrence.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { useAct } from './act.ts';
import { useActing } from './acting.ts';
import { FileChoice } from './file-choice.tsx';

/** A hand-in by whoever owes it, or entered by the coordinator for them, with the documents and when it took place. */
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
  const titled = useTitled();
  const [opened] = useState(() => wallOf(Date.now(), agreement.zone));
  const now = `${opened.date}T${opened.time}`;
  const [handedInAt, setHandedInAt] = useState(now);
  const [files, setFiles] = useState<File[]>([]);
  const [parts, setParts] = useState<string[]>([]);
  const [reasons, setReasons] = useState<Record<string, string>>({});
  const [checked, setChecked] = useState(false);
  const act = useAct(agreement.id, (answer) => {
    done(answer, t('act.submit'));
    close();
  });
  const acting = useActing(agreement)(obligation.responsible, obligation.id) ?? { as: obligation.responsible };
  const isEntry = acting.onBehalfOf !== undefined;
  const timeProblem =
    handedInAt === '' ? t('submit.timeMissing') : handedInAt > now ? t('submit.timeInFuture') : undefined;
  const fileProblem = files.length === 0 ? t('submit.fileMissing') : undefined;

  const omitted = Object.fromEntries(
    obligation.checklist.flatMap(({ id, mayOmit }) => {
      const reason = (reasons[id] ?? '').trim();
      return mayOmit && reason !== '' && !parts.includes(id) ? [[id, reason] as const] : [];
    }),
  );
  const isMissing = (id: string): boolean => !parts.includes(id) && omitted[id] === undefined;
  const partProblem = obligation.checklist.some(({ id }) => isMissing(id)) ? t('submit.partsMissing') : undefined;

  const send = (): void => {
    setChecked(true);
    if (timeProblem || fileProblem || partProblem) return;
    const reference = obligation.occurrence ? `${obligation.id}#${obligation.occurrence}` : obligation.id;
    act.mutate({
      path: `/obligations/${encodeURIComponent(reference)}/submissions`,
      fields: {
        ...acting,
        // Untouched, it happens now: the API's clock says when.
        handedInAt: handedInAt === now || !isEntry ? undefined : isoInZone(handedInAt, agreement.zone),
        parts: parts.length > 0 ? parts : undefined,
        omitted: Object.keys(omitted).length > 0 ? JSON.stringify(omitted) : undefined,
      },
      files: { field: 'file', files },
    });
  };

  return (
    <Modal
      open
      title={t('submit.title', { what: titled(obligation.title, obligation.occurrence) })}
      okText={t('submit.submit')}
      onOk={send}
      onCancel={close}
      confirmLoading={act.isPending}
      mask={{ closable: false }}
    >
      <p className="muted">
        {obligation.status === 'in-review'
          ? t('submit.replaces')
          : isEntry
            ? t('submit.explained', { who: role(obligation.responsible) })
            : t('submit.own', { who: role(obligation.responsible) })}
      </p>
      {obligation.summary ? <p>{format.text(obligation.summary)}</p> : null}
      <Form layout="vertical" component="div">
        <Form.Item
          label={t('submit.files')}
          required
          validateStatus={checked && fileProblem ? 'error' : ''}
          help={checked ? fileProblem : undefined}
        >
          <FileChoice files={files} choose={setFiles} progress={act.progress} disabled={act.isPending} />
        </Form.Item>
        {obligation.checklist.length > 0 ? (
          <Form.Item
            label={t('submit.parts')}
            required
            validateStatus={checked && partProblem ? 'error' : ''}
            help={(checked ? partProblem : undefined) ?? t('submit.partsHelp')}
          >
            <ul className="parts">
              {obligation.checklist.map(({ id, title, clauses, mayOmit }) => (
                <li key={id}>
                  <Checkbox
                    checked={parts.includes(id)}
                    onChange={(event) =>
                      setParts(event.target.checked ? [...parts, id] : parts.filter((one) => one !== id))
                    }
                  >
                    <span className={checked && isMissing(id) ? 'late' : ''}>{format.text(title)}</span>{' '}
                    <ClauseLinks clauses={clauses} />
                  </Checkbox>
                  {mayOmit && !parts.includes(id) ? (
                    <Input
                      size="small"
                      maxLength={500}
                      value={reasons[id] ?? ''}
                      placeholder={t('submit.reason')}
                      aria-label={`${t('submit.reason')}${t('common.colon')}${format.text(title)}`}
                      onChange={(event) => setReasons({ ...reasons, [id]: event.target.value })}
                    />
                  ) : null}
                </li>
              ))}
            </ul>
          </Form.Item>
        ) : null}
        {isEntry ? (
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
        ) : null}
      </Form>
      <ProblemAlert error={act.error} />
    </Modal>
  );
}
