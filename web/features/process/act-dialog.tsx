import { Button, Checkbox, Form, Input, InputNumber, Modal, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../api.ts';
import type { ActAnswer } from '../../wire.ts';
import { useRoleName } from '../../app/names.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { useAct } from '../agreement/act.ts';
import { FileChoice } from '../agreement/file-choice.tsx';
import { CustomerSelect } from '../customers/customer-select.tsx';
import { PeopleSelect } from '../directory/people-select.tsx';
import type { Capacity } from './capacity.ts';

type Value = string | number | boolean | string[] | null;
export type Values = Record<string, Value>;

/** One field of an act, named as the API names it. */
export interface Field {
  name: string;
  label: string;
  type:
    | 'text'
    | 'area'
    | 'integer'
    | 'decimal'
    | 'date'
    | 'datetime'
    | 'flag'
    | 'select'
    | 'many'
    | 'points'
    | 'customer'
    | 'people';
  required?: boolean;
  options?: { value: string; label: string }[];
  initial?: Value;
  help?: string;
  max?: number;
  /** Shown, and sent, only then. */
  when?: (values: Values) => boolean;
}

/** An act as its dialog asks for it. */
export interface ActForm {
  /** Below the agreement: `/improvements/<id>/plan`. */
  path: string;
  title: string;
  /** The button that sends it; the title, unless said otherwise. */
  button?: string;
  explained?: string;
  capacities: Capacity[];
  fields: Field[];
  files?: 'may' | 'must';
  /** What the coordinator enters for somebody has its document. */
  proven?: boolean;
  danger?: boolean;
  toFields?: (values: Values) => Record<string, unknown>;
  /** What the fields cannot ask for, and whether it is complete. */
  extra?: { node: (checked: boolean) => ReactNode; isComplete: boolean };
}

const isEmpty = (value: Value | undefined): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.every((one) => one.trim() === ''));

/** Asks for what an act needs, sends it, and keeps all that was entered where it is refused. */
export function ActDialog({
  agreementId,
  form,
  close,
  done,
}: {
  agreementId: string;
  form: ActForm;
  close: () => void;
  done: (answer: ActAnswer, what: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const button = form.button ?? form.title;
  const [chosen, setChosen] = useState(0);
  const [values, setValues] = useState<Values>(() =>
    Object.fromEntries(
      form.fields.map(({ name, initial, type }) => [name, initial ?? (type === 'points' ? [''] : null)]),
    ),
  );
  const [files, setFiles] = useState<File[]>([]);
  const [checked, setChecked] = useState(false);
  const act = useAct(agreementId, (answer) => {
    done(answer, button);
    close();
  });
  const shown = form.fields.filter(({ when }) => when?.(values) ?? true);
  const refusals = act.error instanceof ApiProblem ? (act.error.problem.errors ?? []) : [];
  const problemOf = ({ name, required }: Field): string | undefined => {
    if (checked && required && isEmpty(values[name])) return t('process.required');
    return refusals.find(({ path }) => path === name)?.message;
  };
  const isProven = form.proven === true && form.capacities[chosen]?.as === 'coordinator';
  const asksFiles = isProven ? 'must' : form.files;
  const isFileMissing = asksFiles === 'must' && files.length === 0;
  const send = (): void => {
    setChecked(true);
    const capacity = form.capacities[chosen];
    const isIncomplete = shown.some(({ name, required }) => required && isEmpty(values[name]));
    if (!capacity || isIncomplete || isFileMissing || form.extra?.isComplete === false) return;
    const said = Object.fromEntries(
      shown
        .filter(({ name }) => !isEmpty(values[name]))
        .map(({ name }) => [name, trimmed(values[name] ?? null)] as const),
    );
    const { as, onBehalfOf } = capacity;
    act.mutate({
      path: form.path,
      fields: { as, onBehalfOf: onBehalfOf ?? undefined, ...(form.toFields ? form.toFields(said) : said) },
      ...(asksFiles ? { files: { field: 'file', files } } : {}),
    });
  };
  return (
    <Modal
      open
      title={form.title}
      okText={button}
      okButtonProps={{ danger: form.danger === true }}
      onOk={send}
      onCancel={close}
      confirmLoading={act.isPending}
      mask={{ closable: false }}
      width={form.extra ? 720 : 520}
    >
      {form.explained ? <p className="muted">{form.explained}</p> : null}
      <Form layout="vertical" component="div">
        <CapacityChoice capacities={form.capacities} chosen={chosen} choose={setChosen} />
        {shown.map((field) => {
          const problem = problemOf(field);
          return (
            <Form.Item
              key={field.name}
              label={field.type === 'flag' ? undefined : field.label}
              htmlFor={`act-${field.name}`}
              required={field.required === true}
              validateStatus={problem ? 'error' : ''}
              help={problem ?? field.help}
            >
              <FieldInput
                field={field}
                value={values[field.name] ?? null}
                change={(value) => setValues({ ...values, [field.name]: value })}
              />
            </Form.Item>
          );
        })}
        {form.extra?.node(checked)}
        {asksFiles ? (
          <Form.Item
            label={t(asksFiles === 'must' ? 'process.evidence' : 'process.files')}
            required={asksFiles === 'must'}
            validateStatus={checked && isFileMissing ? 'error' : ''}
            help={checked && isFileMissing ? t('process.evidenceMissing') : undefined}
          >
            <FileChoice files={files} choose={setFiles} progress={act.progress} disabled={act.isPending} />
          </Form.Item>
        ) : null}
      </Form>
      <ProblemAlert error={act.error} shownElsewhere={(path) => shown.some(({ name }) => path === name)} />
    </Modal>
  );
}

function trimmed(value: Value): Value {
  if (Array.isArray(value)) return value.map((one) => one.trim()).filter((one) => one !== '');
  return typeof value === 'string' ? value.trim() : value;
}

/** As whom something is done, where there is a choice. */
export function CapacityChoice({
  capacities,
  chosen,
  choose,
}: {
  capacities: Capacity[];
  chosen: number;
  choose: (index: number) => void;
}): ReactNode {
  const { t } = useTranslation();
  const role = useRoleName();
  const named = ({ as, onBehalfOf }: Capacity): string =>
    onBehalfOf ? t('process.onBehalfOf', { who: role(as), of: role(onBehalfOf) }) : role(as);
  const [only] = capacities;
  if (capacities.length === 1 && only) {
    return <p className="muted small">{t('process.actingAs', { who: named(only) })}</p>;
  }
  return (
    <Form.Item label={t('process.capacity')} htmlFor="act-capacity">
      <Select<number>
        id="act-capacity"
        value={chosen}
        onChange={choose}
        options={capacities.map((one, value) => ({ value, label: named(one) }))}
      />
    </Form.Item>
  );
}

function FieldInput({
  field: { name, type, options = [], max, label, required },
  value,
  change,
}: {
  field: Field;
  value: Value;
  change: (value: Value) => void;
}): ReactNode {
  const { t } = useTranslation();
  const id = `act-${name}`;
  const text = typeof value === 'string' ? value : '';
  switch (type) {
    case 'text':
    case 'decimal':
      return (
        <Input
          id={id}
          value={text}
          maxLength={200}
          inputMode={type === 'decimal' ? 'decimal' : 'text'}
          onChange={(event) => change(event.target.value)}
          style={type === 'decimal' ? { width: 160 } : {}}
        />
      );
    case 'date':
      return (
        <Input
          id={id}
          type="date"
          value={text}
          onChange={(event) => change(event.target.value)}
          style={{ width: 180 }}
        />
      );
    case 'datetime':
      return (
        <Input
          id={id}
          type="datetime-local"
          value={text}
          onChange={(event) => change(event.target.value)}
          style={{ width: 220 }}
        />
      );
    case 'flag':
      return (
        <Checkbox id={id} checked={value === true} onChange={(event) => change(event.target.checked)}>
          {label}
        </Checkbox>
      );
    case 'customer':
      return (
        <CustomerSelect id={id} value={text === '' ? [] : [text]} onChange={(ids) => change(ids.at(-1) ?? null)} />
      );
    case 'people':
      return <PeopleSelect id={id} value={Array.isArray(value) ? value : []} onChange={change} />;
    case 'area':
      return (
        <Input.TextArea
          id={id}
          autoSize={{ minRows: 2, maxRows: 10 }}
          maxLength={max ?? 2_000}
          value={text}
          onChange={(event) => change(event.target.value)}
        />
      );
    case 'integer':
      return (
        <InputNumber<number>
          id={id}
          min={1}
          max={max ?? 1_000_000}
          precision={0}
          value={typeof value === 'number' ? value : null}
          onChange={change}
        />
      );
    case 'select':
      return (
        <Select<string>
          id={id}
          allowClear={required !== true}
          value={text === '' ? null : text}
          onChange={(chosen: string | undefined) => change(chosen ?? null)}
          showSearch={{ optionFilterProp: 'label' }}
          options={options}
        />
      );
    case 'many':
      return (
        <Select<string[]>
          id={id}
          mode="multiple"
          value={Array.isArray(value) ? value : []}
          onChange={change}
          showSearch={{ optionFilterProp: 'label' }}
          options={options}
        />
      );
    case 'points': {
      const points = Array.isArray(value) ? value : [''];
      return (
        <div className="stack" style={{ gap: 8 }}>
          {points.map((point, index) => (
            // The order is what numbers them.
            <div key={index} style={{ display: 'flex', gap: 8, alignItems: 'baseline' }}>
              <span className="muted">{index + 1}.</span>
              <Input.TextArea
                {...(index === 0 ? { id } : {})}
                aria-label={`${label} ${String(index + 1)}`}
                autoSize={{ minRows: 1, maxRows: 6 }}
                maxLength={2_000}
                value={point}
                onChange={(event) => change(points.map((one, at) => (at === index ? event.target.value : one)))}
              />
              {points.length > 1 ? (
                <Button
                  type="link"
                  className="inline-link"
                  onClick={() => change(points.filter((_, at) => at !== index))}
                >
                  {t('file.remove')}
                </Button>
              ) : null}
            </div>
          ))}
          <div>
            <Button size="small" onClick={() => change([...points, ''])}>
              {t('process.addPoint')}
            </Button>
          </div>
        </div>
      );
    }
  }
}
