import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Modal, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agreementPath, request } from '../../api.ts';
import type { ActAnswer, Agreement, Template } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { useIntent } from '../../app/intent.ts';
import { todayIn } from '../../app/moment.ts';
import { useRoleName } from '../../app/names.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { useAct } from '../agreement/act.ts';
import { useTemplate } from '../agreement/agreement-queries.ts';
import { FileChoice } from '../agreement/file-choice.tsx';
import { type TermEntry, entryOf } from '../start-agreement/term-entry.ts';
import { TermField } from '../start-agreement/term-field.tsx';
import { otherwiseProblem, otherwiseValue } from '../what-if/agreed-otherwise.ts';
import type { Changes as AssumedChanges } from '../what-if/assumption.ts';
import { useActings } from './act-dialog.tsx';
import { Differences } from './differences.tsx';
import type { Change, TermChange } from './life.ts';
import { dutyOptions, seatOptions } from './options.ts';

interface Preview {
  changes: Change[];
  terms: TermChange[];
  refused: { code: string; title: string; message: string } | null;
}

/** The document comes along with the proposal: a preview that misses it is none the worse. */
const isRefused = ({ refused }: Preview): boolean => refused !== null && refused.code !== 'evidence-missing';

/** What is asked for, as the API takes it. */
interface Changes {
  terms?: Record<string, unknown>;
  owners?: Record<string, string>;
  dates?: Record<string, string>;
  remove?: string[];
  expiresOn?: string;
}

/** A change of terms, owners, dates, duties or the term: first what it would change, then the proposal. */
export function ProposeDialog(props: {
  agreement: Agreement;
  /** What is asked for already, as a trial assumed it; null: from today on. */
  initial?: { changes: AssumedChanges; effectiveOn: string | null };
  close: () => void;
  done: (answer: ActAnswer, what: string) => void;
}): ReactNode {
  const template = useTemplate(props.agreement.template).data;
  return template ? <Proposal {...props} template={template} /> : null;
}

function Proposal({
  agreement,
  initial,
  template,
  close,
  done,
}: {
  agreement: Agreement;
  initial?: { changes: AssumedChanges; effectiveOn: string | null };
  template: Template;
  close: () => void;
  done: (answer: ActAnswer, what: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const intent = useIntent();
  const actings = useActings(agreement)({ seats: Object.keys(agreement.parties) });
  const [seat, setSeat] = useState(actings[0]?.seat ?? '');
  const { changes: asked = {}, effectiveOn: from = null } = initial ?? {};
  const [effectiveOn, setEffectiveOn] = useState(() => {
    const today = todayIn(agreement.zone);
    return from !== null && from > today ? from : today; // what is past keeps its rule
  });
  const [expiresOn, setExpiresOn] = useState(asked.expiresOn ?? '');
  const [entries, setEntries] = useState<Record<string, TermEntry>>(() =>
    Object.fromEntries(
      Object.entries(asked.terms ?? {}).flatMap(([name, value]) => {
        const term = template.terms.find((one) => one.name === name);
        return term ? [[name, entryOf(template, term, value)] as const] : [];
      }),
    ),
  );
  const [owners, setOwners] = useState<Record<string, string>>(asked.owners ?? {});
  const [dates, setDates] = useState<Record<string, string>>(() =>
    Object.fromEntries(Object.entries(asked.dates ?? {}).map(([id, on]) => [id, String(on)])),
  );
  const [remove, setRemove] = useState<string[]>(asked.remove ?? []);
  const [reason, setReason] = useState('');
  const [files, setFiles] = useState<File[]>([]);
  const [checked, setChecked] = useState(false);
  const acting = actings.find((one) => one.seat === seat);
  const who = acting && {
    as: acting.as,
    ...(acting.onBehalfOf === undefined ? {} : { onBehalfOf: acting.onBehalfOf }),
  };

  const termOf = (name: string) => template.terms.find((term) => term.name === name);
  const problems = Object.fromEntries(
    Object.entries(entries).flatMap(([name, entry]) => {
      const term = termOf(name);
      const problem = term && otherwiseProblem(term, entry);
      return problem ? [[name, t(`termProblem.${problem}`)] as const] : [];
    }),
  );
  const changes = changesOf();
  const isEmpty = Object.keys(changes).length === 0;

  function changesOf(): Changes {
    const terms = Object.fromEntries(
      Object.entries(entries).flatMap(([name, entry]) => {
        const term = termOf(name);
        return term ? [[name, otherwiseValue(template, term, entry)] as const] : [];
      }),
    );
    const filled = (of: Record<string, string>) =>
      Object.fromEntries(Object.entries(of).filter(([, one]) => one !== ''));
    return {
      ...(Object.keys(terms).length > 0 ? { terms } : {}),
      ...(Object.keys(filled(owners)).length > 0 ? { owners: filled(owners) } : {}),
      ...(Object.keys(filled(dates)).length > 0 ? { dates: filled(dates) } : {}),
      ...(remove.length > 0 ? { remove } : {}),
      ...(expiresOn === '' ? {} : { expiresOn }),
    };
  }

  const question = JSON.stringify([changes, effectiveOn, seat]);
  const preview = useMutation<Preview & { of: string }>({
    mutationFn: async () => {
      const found = await intent(['preview', question], (key) =>
        request<Preview>(`${agreementPath(agreement.id)}/amendments/preview`, {
          method: 'POST',
          key,
          body: { ...who, changes, effectiveOn },
        }),
      );
      return { ...found, of: question };
    },
  });
  const shown = preview.data?.of === question ? preview.data : undefined;
  const act = useAct(agreement.id, (answer) => {
    done(answer, t('act.propose'));
    close();
  });
  const reasonProblem = checked && reason.trim() === '' ? t('life.required') : undefined;
  const fileProblem =
    checked && acting?.onBehalfOf !== undefined && files.length === 0 ? t('life.fileMissing') : undefined;

  const look = (): void => {
    if (!isEmpty && Object.keys(problems).length === 0) preview.mutate();
  };
  const send = (): void => {
    setChecked(true);
    if (!who || reason.trim() === '' || (acting?.onBehalfOf !== undefined && files.length === 0)) return;
    act.mutate({
      path: '/amendments',
      fields: { ...who, changes: JSON.stringify(changes), effectiveOn, reason: reason.trim() },
      files: { field: 'file', files },
    });
  };

  const duties = dutyOptions(agreement, format.text);
  return (
    <Modal
      open
      width={720}
      title={t('life.propose')}
      okText={t('life.do.propose')}
      okButtonProps={{ disabled: shown === undefined || isRefused(shown) || acting === undefined }}
      onOk={send}
      onCancel={close}
      confirmLoading={act.isPending}
      mask={{ closable: false }}
    >
      <p className="muted">{t('life.proposeExplained')}</p>
      <Form layout="vertical" component="div">
        <Form.Item label={t('life.actingAs')} htmlFor="acting-as">
          <Select<string>
            id="acting-as"
            value={seat}
            onChange={setSeat}
            options={actings.map((one) => ({
              value: one.seat,
              label: one.onBehalfOf ? t('life.onBehalfOf', { who: role(one.seat) }) : role(one.seat),
            }))}
          />
        </Form.Item>
        <Form.Item label={t('life.effectiveOn')} htmlFor="effective-on" required>
          <Input
            id="effective-on"
            type="date"
            min={todayIn(agreement.zone)}
            value={effectiveOn}
            onChange={(event) => setEffectiveOn(event.target.value)}
            style={{ width: 180 }}
          />
        </Form.Item>
        <Form.Item label={t('life.changeTerms')} htmlFor="change-terms">
          <Select<string[]>
            id="change-terms"
            mode="multiple"
            value={Object.keys(entries)}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(names) =>
              setEntries(
                Object.fromEntries(
                  names.flatMap((name) => {
                    const term = termOf(name);
                    const now = agreement.terms.find((one) => one.name === name)?.value;
                    return term ? [[name, entries[name] ?? entryOf(template, term, now)] as const] : [];
                  }),
                ),
              )
            }
            options={template.terms.map(({ name, label }) => ({ value: name, label: format.text(label) }))}
          />
        </Form.Item>
        {Object.entries(entries).map(([name, entry]) => {
          const term = termOf(name);
          return term ? (
            <TermField
              key={name}
              template={template}
              term={term}
              entry={entry}
              change={(next) => setEntries({ ...entries, [name]: next })}
              problem={problems[name]}
            />
          ) : null;
        })}
        <DutyRows
          id="change-owner"
          label={t('life.changeOwners')}
          options={duties}
          values={owners}
          change={setOwners}
          input={(duty, value, set) => (
            <Select<string>
              aria-label={t('life.newOwner', { what: duty })}
              value={value === '' ? null : value}
              onChange={set}
              options={seatOptions(agreement, role)}
              style={{ minWidth: 180 }}
            />
          )}
        />
        <DutyRows
          id="change-date"
          label={t('life.changeDates')}
          options={duties}
          values={dates}
          change={setDates}
          input={(duty, value, set) => (
            <Input
              aria-label={t('life.newDate', { what: duty })}
              type="date"
              value={value}
              onChange={(event) => set(event.target.value)}
              style={{ width: 180 }}
            />
          )}
        />
        <Form.Item label={t('life.removeDuties')} htmlFor="remove-duties">
          <Select<string[]>
            id="remove-duties"
            mode="multiple"
            value={remove}
            onChange={setRemove}
            showSearch={{ optionFilterProp: 'label' }}
            options={duties}
          />
        </Form.Item>
        <Form.Item label={t('life.newExpiry')} htmlFor="new-expiry">
          <Input
            id="new-expiry"
            type="date"
            value={expiresOn}
            onChange={(event) => setExpiresOn(event.target.value)}
            style={{ width: 180 }}
          />
        </Form.Item>
        <Button onClick={look} loading={preview.isPending} disabled={isEmpty}>
          {t('life.preview')}
        </Button>
        <div style={{ marginBlock: 12 }} aria-live="polite">
          <ProblemAlert error={preview.error} />
          {shown && isRefused(shown) ? <Alert type="error" showIcon title={shown.refused?.title} /> : null}
          {shown && !isRefused(shown) ? (
            <Alert
              type="info"
              title={t('life.difference')}
              description={<Differences agreement={agreement} changes={shown.changes} terms={shown.terms} />}
            />
          ) : null}
        </div>
        <Form.Item
          label={t('life.reason')}
          htmlFor="amendment-reason"
          required
          validateStatus={reasonProblem ? 'error' : ''}
          help={reasonProblem}
        >
          <Input.TextArea
            id="amendment-reason"
            rows={2}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Form.Item>
        <Form.Item
          label={t('life.files')}
          required={acting?.onBehalfOf !== undefined}
          validateStatus={fileProblem ? 'error' : ''}
          help={fileProblem}
        >
          <FileChoice files={files} choose={setFiles} progress={act.progress} disabled={act.isPending} />
        </Form.Item>
      </Form>
      <ProblemAlert error={act.error} />
    </Modal>
  );
}

/** Duties chosen from a list, each with what becomes of it. */
function DutyRows({
  id,
  label,
  options,
  values,
  change,
  input,
}: {
  id: string;
  label: string;
  options: { value: string; label: string }[];
  values: Record<string, string>;
  change: (values: Record<string, string>) => void;
  input: (duty: string, value: string, set: (value: string) => void) => ReactNode;
}): ReactNode {
  return (
    <Form.Item label={label} htmlFor={id}>
      <Select<string[]>
        id={id}
        mode="multiple"
        value={Object.keys(values)}
        onChange={(chosen) => change(Object.fromEntries(chosen.map((duty) => [duty, values[duty] ?? ''])))}
        showSearch={{ optionFilterProp: 'label' }}
        options={options}
      />
      {Object.entries(values).map(([duty, value]) => {
        const title = options.find((one) => one.value === duty)?.label ?? duty;
        return (
          <div key={duty} className="toolbar" style={{ marginTop: 8 }}>
            <span className="grow">{title}</span>
            {input(title, value, (next) => change({ ...values, [duty]: next }))}
          </div>
        );
      })}
    </Form.Item>
  );
}
