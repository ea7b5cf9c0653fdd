import { Alert, Form, Input, Modal, Radio, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { useTitled } from '../../app/occurrence.ts';
import type { Agreement, Template } from '../../wire.ts';
import { type TermEntry, entryOf } from '../start-agreement/term-entry.ts';
import { TermField } from '../start-agreement/term-field.tsx';
import { otherwiseProblem, otherwiseValue } from './agreed-otherwise.ts';
import type { Assumption, AssumptionKind, Changes } from './assumption.ts';
import { useActTitle } from './sentence.ts';
import type { WhatIf } from './what-if.ts';

const KINDS: readonly AssumptionKind[] = ['act', 'step', 'signing', 'change', 'suspension', 'termination'];

/** What can be assumed of this agreement as it stands. */
function kindsOf({ acts, can }: WhatIf): AssumptionKind[] {
  const offered: Record<AssumptionKind, boolean> = {
    act: acts.length > 0,
    step: can.act,
    signing: can.sign,
    change: can.changeFromStart || can.amend,
    suspension: can.suspend.length > 0,
    termination: can.act,
  };
  return KINDS.filter((kind) => offered[kind]);
}

/** All that the fields of the dialog hold, whatever is assumed. */
interface Entries {
  command: string | null;
  never: boolean;
  on: string;
  step: 'submit' | 'accept' | 'reject' | 'pay';
  duty: string | null;
  amount: string;
  what: 'term' | 'due' | 'expiry';
  term: string | null;
  entry: TermEntry | null;
  day: string;
  since: 'start' | 'day';
  from: string;
  until: string;
  ground: string | null;
  duties: string[];
}

/** One assumption more, asked for in its own words. */
export function AddDialog({
  agreement,
  template,
  answer,
  add,
  close,
}: {
  agreement: Agreement;
  template: Template;
  answer: WhatIf;
  add: (assumption: Assumption) => void;
  close: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const kinds = kindsOf(answer);
  const [kind, setKind] = useState<AssumptionKind>(kinds[0] ?? 'step');
  const [entries, setEntries] = useState<Entries>({
    ...{ command: null, duty: null, term: null, entry: null, ground: null },
    never: false,
    on: answer.today,
    step: 'submit',
    amount: '',
    what: 'term',
    day: '',
    since: answer.can.amend && !answer.can.sign ? 'day' : 'start',
    from: answer.today,
    until: '',
    duties: [],
  });
  const [checked, setChecked] = useState(false);
  const change = (more: Partial<Entries>): void => setEntries({ ...entries, ...more });
  const assumption = assumptionIn(kind, entries, template);
  const send = (): void => {
    setChecked(true);
    if (!assumption) return;
    add(assumption);
    close();
  };
  return (
    <Modal
      open
      width={640}
      title={t('whatIf.addTitle')}
      okText={t('whatIf.addIt')}
      onOk={send}
      onCancel={close}
      mask={{ closable: false }}
    >
      <Form layout="vertical" component="div">
        <Form.Item label={t('whatIf.kind.label')} htmlFor="what-if-kind">
          <Select<AssumptionKind>
            id="what-if-kind"
            value={kind}
            onChange={(next) => {
              setKind(next);
              setChecked(false);
            }}
            options={kinds.map((value) => ({ value, label: t(`whatIf.kind.${value}`) }))}
          />
        </Form.Item>
        <Fields
          kind={kind}
          entries={entries}
          change={change}
          agreement={agreement}
          template={template}
          answer={answer}
          checked={checked}
        />
      </Form>
      <div aria-live="polite">
        {checked && !assumption ? <Alert type="error" showIcon title={t('whatIf.missing')} /> : null}
      </div>
    </Modal>
  );
}

interface FieldsProps {
  entries: Entries;
  change: (more: Partial<Entries>) => void;
  agreement: Agreement;
  template: Template;
  answer: WhatIf;
  checked: boolean;
}

function Fields({ kind, ...props }: FieldsProps & { kind: AssumptionKind }): ReactNode {
  switch (kind) {
    case 'act':
      return <ActFields {...props} />;
    case 'step':
      return <StepFields {...props} />;
    case 'change':
      return <ChangeFields {...props} />;
    case 'suspension':
      return <SuspensionFields {...props} />;
    case 'signing':
    case 'termination':
      return <Day name="on" {...props} />;
  }
}

/** A day, in its own field. */
function Day({
  name,
  help,
  entries,
  change,
  answer,
}: Pick<FieldsProps, 'entries' | 'change' | 'answer'> & {
  name: 'on' | 'from' | 'until' | 'day';
  help?: string;
}): ReactNode {
  const { t } = useTranslation();
  const label = { on: 'on', from: 'from', until: 'until', day: entries.what === 'due' ? 'dueOn' : 'expiresOn' }[name];
  return (
    <Form.Item label={t(`whatIf.field.${label}`)} htmlFor={`what-if-${name}`} extra={help}>
      <Input
        id={`what-if-${name}`}
        type="date"
        min={answer.earliest}
        max={answer.latest}
        value={entries[name]}
        onChange={(event) => change({ [name]: event.target.value })}
        style={{ width: 180 }}
      />
    </Form.Item>
  );
}

function ActFields(props: FieldsProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const actTitle = useActTitle();
  const { entries, change, answer } = props;
  return (
    <>
      <Form.Item label={t('whatIf.field.act')} htmlFor="what-if-act">
        <Select<string>
          id="what-if-act"
          value={entries.command}
          onChange={(command) => change({ command })}
          showSearch={{ optionFilterProp: 'label' }}
          options={answer.acts.map((act) => ({
            value: act.command,
            label: `${format.date(act.on)} ${actTitle(act)}`,
          }))}
        />
      </Form.Item>
      <Form.Item label={t('whatIf.field.happened')}>
        <Radio.Group
          aria-label={t('whatIf.field.happened')}
          value={entries.never}
          onChange={(event) => change({ never: event.target.value as boolean })}
          options={[
            { value: false, label: t('whatIf.field.moved') },
            { value: true, label: t('whatIf.field.dropped') },
          ]}
        />
      </Form.Item>
      {entries.never ? null : <Day name="on" {...props} />}
    </>
  );
}

/** A reference of a duty: `id`, or `id#occurrence`. */
const referenceOf = (id: string, occurrence: string | null): string =>
  occurrence === null ? id : `${id}#${occurrence}`;

function StepFields(props: FieldsProps): ReactNode {
  const { t } = useTranslation();
  const titled = useTitled();
  const { entries, change, answer } = props;
  const duties = answer.obligations.filter(({ kind }) => (kind === 'payment') === (entries.step === 'pay'));
  return (
    <>
      <Form.Item label={t('whatIf.field.step')} htmlFor="what-if-step">
        <Select<Entries['step']>
          id="what-if-step"
          value={entries.step}
          onChange={(step) => change({ step, duty: null })}
          options={(['submit', 'accept', 'reject', 'pay'] as const).map((value) => ({
            value,
            label: t(`whatIf.step.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item label={t('whatIf.field.duty')} htmlFor="what-if-duty">
        <Select<string>
          id="what-if-duty"
          value={entries.duty}
          onChange={(duty) => change({ duty })}
          showSearch={{ optionFilterProp: 'label' }}
          options={duties.map(({ id, title, before, after }) => {
            const occurrence = (before ?? after)?.occurrence ?? null;
            return { value: referenceOf(id, occurrence), label: titled(title, occurrence) };
          })}
        />
      </Form.Item>
      <Day name="on" {...props} />
      {entries.step === 'pay' ? (
        <Form.Item label={t('whatIf.field.amount')} htmlFor="what-if-amount" extra={t('whatIf.field.amountHelp')}>
          <Input
            id="what-if-amount"
            inputMode="decimal"
            value={entries.amount}
            onChange={(event) => change({ amount: event.target.value })}
            style={{ width: 180 }}
          />
        </Form.Item>
      ) : null}
    </>
  );
}

function ChangeFields(props: FieldsProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { entries, change, agreement, template, answer, checked } = props;
  const term = template.terms.find(({ name }) => name === entries.term);
  const problem = term && entries.entry && checked ? otherwiseProblem(term, entries.entry) : undefined;
  const duties = [...new Map(answer.obligations.map(({ id, title }) => [id, title]))];
  return (
    <>
      <Form.Item label={t('whatIf.field.what')}>
        <Radio.Group
          aria-label={t('whatIf.field.what')}
          value={entries.what}
          onChange={(event) => change({ what: event.target.value as Entries['what'] })}
          options={[
            { value: 'term', label: t('whatIf.field.whatTerm') },
            { value: 'due', label: t('whatIf.field.whatDue') },
            { value: 'expiry', label: t('whatIf.field.whatExpiry') },
          ]}
        />
      </Form.Item>
      {entries.what === 'term' ? (
        <Form.Item label={t('whatIf.field.term')} htmlFor="what-if-term">
          <Select<string>
            id="what-if-term"
            value={entries.term}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={(name) => {
              const chosen = template.terms.find((one) => one.name === name);
              const now = agreement.terms.find((one) => one.name === name)?.value;
              if (chosen) change({ term: name, entry: entryOf(template, chosen, now) });
            }}
            options={template.terms.map(({ name, label }) => ({ value: name, label: format.text(label) }))}
          />
        </Form.Item>
      ) : null}
      {entries.what === 'term' && term && entries.entry ? (
        <TermField
          template={template}
          term={term}
          entry={entries.entry}
          change={(entry) => change({ entry })}
          problem={problem && t(`termProblem.${problem}`)}
        />
      ) : null}
      {entries.what === 'due' ? (
        <Form.Item label={t('whatIf.field.duty')} htmlFor="what-if-duty">
          <Select<string>
            id="what-if-duty"
            value={entries.duty}
            onChange={(duty) => change({ duty })}
            showSearch={{ optionFilterProp: 'label' }}
            options={duties.map(([id, title]) => ({ value: id, label: format.text(title) }))}
          />
        </Form.Item>
      ) : null}
      {entries.what === 'term' ? null : <Day name="day" {...props} />}
      <Form.Item label={t('whatIf.field.since')}>
        <Radio.Group
          aria-label={t('whatIf.field.since')}
          value={entries.since}
          onChange={(event) => change({ since: event.target.value as Entries['since'] })}
          options={[
            { value: 'start', label: t('whatIf.field.fromStart'), disabled: !answer.can.changeFromStart },
            { value: 'day', label: t('whatIf.field.fromDay'), disabled: !answer.can.amend },
          ]}
        />
      </Form.Item>
      {entries.since === 'day' ? <Day name="from" {...props} /> : null}
    </>
  );
}

function SuspensionFields(props: FieldsProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { entries, change, answer } = props;
  const duties = [...new Map(answer.obligations.map(({ id, title }) => [id, title]))];
  return (
    <>
      <Form.Item label={t('whatIf.field.ground')} htmlFor="what-if-ground">
        <Select<string>
          id="what-if-ground"
          value={entries.ground}
          onChange={(ground) => change({ ground })}
          options={[...new Set(answer.can.suspend)].map((value) => ({
            value,
            label: t(`suspensionGround.${value}`),
          }))}
        />
      </Form.Item>
      <Day name="from" {...props} />
      <Day name="until" help={t('whatIf.field.untilHelp')} {...props} />
      <Form.Item label={t('whatIf.field.duties')} htmlFor="what-if-duties" extra={t('whatIf.field.dutiesHelp')}>
        <Select<string[]>
          id="what-if-duties"
          mode="multiple"
          value={entries.duties}
          onChange={(chosen) => change({ duties: chosen })}
          showSearch={{ optionFilterProp: 'label' }}
          options={duties.map(([id, title]) => ({ value: id, label: format.text(title) }))}
        />
      </Form.Item>
    </>
  );
}

/** What the fields say; undefined while something is missing. */
function assumptionIn(kind: AssumptionKind, entries: Entries, template: Template): Assumption | undefined {
  const { command, never, on, step, duty, from, until, ground, duties } = entries;
  switch (kind) {
    case 'act':
      return command === null || (!never && on === '') ? undefined : { kind, command, on: never ? null : on };
    case 'step': {
      if (duty === null || on === '') return undefined;
      const [obligation = '', occurrence] = duty.split(/#(.*)/);
      const amount = entries.amount.replace(/[\s,，]/g, '');
      return {
        kind,
        step,
        obligation,
        ...(occurrence === undefined ? {} : { occurrence }),
        on,
        ...(step === 'pay' && amount !== '' ? { amount } : {}),
      };
    }
    case 'signing':
    case 'termination':
      return on === '' ? undefined : { kind, on };
    case 'change': {
      const changes = changesIn(entries, template);
      const since = entries.since === 'start' ? null : from;
      return changes === undefined || since === '' ? undefined : { kind, changes, from: since };
    }
    case 'suspension':
      return ground === null || from === ''
        ? undefined
        : { kind, ground, from, until: until === '' ? null : until, obligations: duties };
  }
}

function changesIn({ what, term: name, entry, duty, day }: Entries, template: Template): Changes | undefined {
  if (what === 'expiry') return day === '' ? undefined : { expiresOn: day };
  if (what === 'due') return duty === null || day === '' ? undefined : { dates: { [duty]: day } };
  const term = template.terms.find((one) => one.name === name);
  if (!term || !entry || otherwiseProblem(term, entry)) return undefined;
  const value = otherwiseValue(template, term, entry);
  return value === undefined ? undefined : { terms: { [term.name]: value } };
}
