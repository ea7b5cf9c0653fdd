import { Alert, Checkbox, Form, Input, Modal, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../api.ts';
import type { ActAnswer, Agreement } from '../../wire.ts';
import { useMay } from '../../app/me.ts';
import { useRoleName } from '../../app/names.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { useAct } from '../agreement/act.ts';
import { type Acting, ownSeat } from '../agreement/acting.ts';
import { FileChoice } from '../agreement/file-choice.tsx';

type Value = string | string[] | boolean;
type Values = Record<string, Value>;
export interface Choice {
  value: string;
  label: string;
}

/** One field of an act, named as the API names it. */
export interface Field {
  name: string;
  label: string;
  type: 'text' | 'area' | 'money' | 'date' | 'select' | 'many' | 'check';
  required?: boolean | ((values: Values) => boolean);
  /** What can be chosen, by what is filled in and for whom it is done. */
  options?: Choice[] | ((values: Values, seat: string) => Choice[]);
  initial?: Value;
  help?: string;
  /** Shown, and sent, only then. */
  when?: (values: Values) => boolean;
}

/** An act as its dialog asks for it. */
export interface ActForm {
  /** Word of the group `act`. */
  act: string;
  /** Below the agreement; of what was chosen, where it stands in it. */
  path: string | ((values: Values) => string);
  title: string;
  explained?: string;
  warning?: string;
  /** For whom it may be done: sides, or `coordinator`. */
  seats: string[];
  /** Nobody can enter it for somebody else. */
  ownOnly?: boolean;
  fields: Field[];
  /** Sent as they are. */
  fixed?: Record<string, unknown>;
  files?: 'none' | 'may' | 'must' | ((seat: string) => 'may' | 'must');
  danger?: boolean;
  /** What is sent instead of the fields as they are. */
  toFields?: (values: Values) => Record<string, unknown>;
}

/** As whom the reader may act, for each of the seats; as the coordinator himself where that is one of them. */
export function useActings(
  agreement: Agreement,
): (form: Pick<ActForm, 'seats' | 'ownOnly'>) => (Acting & { seat: string })[] {
  const mayManage = useMay('agreements.manage');
  return ({ seats, ownOnly = false }) =>
    seats.flatMap((seat) => {
      const mayEnter = mayManage && !ownOnly;
      if (seat === 'coordinator') return mayEnter ? [{ as: 'coordinator', seat }] : [];
      const own = ownSeat(agreement, seat);
      if (own !== undefined) return [{ as: own, seat }];
      return mayEnter ? [{ as: 'coordinator', onBehalfOf: seat, seat }] : [];
    });
}

/** Asks for what an act needs, sends it, and shows what is wrong at the field that it is about. */
export function ActDialog({
  agreement,
  form,
  close,
  done,
}: {
  agreement: Agreement;
  form: ActForm;
  close: () => void;
  done: (answer: ActAnswer, what: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const role = useRoleName();
  const actings = useActings(agreement)(form);
  const [seat, setSeat] = useState(actings[0]?.seat ?? '');
  const [values, setValues] = useState<Values>(() =>
    Object.fromEntries(
      form.fields.map(({ name, type, initial }) => [
        name,
        initial ?? (type === 'check' ? false : type === 'many' ? [] : ''),
      ]),
    ),
  );
  const [files, setFiles] = useState<File[]>([]);
  const [checked, setChecked] = useState(false);
  const act = useAct(agreement.id, (answer) => {
    done(answer, t(`act.${form.act}`));
    close();
  });
  const acting = actings.find((one) => one.seat === seat);
  const shown = form.fields.filter(({ when }) => when?.(values) ?? true);
  const asked = typeof form.files === 'function' ? form.files(seat) : form.files;
  const isFileNeeded = asked === 'must' || (asked !== 'none' && acting?.onBehalfOf !== undefined);
  const fileProblem = isFileNeeded && files.length === 0 ? t('life.fileMissing') : undefined;
  const choicesOf = ({ options = [] }: Field): Choice[] =>
    typeof options === 'function' ? options(values, seat) : options;
  const isRequired = ({ required = false }: Field): boolean =>
    typeof required === 'function' ? required(values) : required;
  // What was chosen before something else changed may be no choice any more.
  const valueOf = (field: Field): Value | undefined => {
    const value = values[field.name];
    return field.type !== 'select' || choicesOf(field).some((one) => one.value === value) ? value : '';
  };
  const problemOf = (field: Field): string | undefined => {
    const { type } = field;
    const value = valueOf(field);
    const said = typeof value === 'string' ? value.trim() : value;
    if (said === '' || said === undefined || (Array.isArray(said) && said.length === 0)) {
      return isRequired(field) ? t('life.required') : undefined;
    }
    if (type === 'money' && typeof said === 'string' && !/^\d{1,12}(\.\d{1,2})?$/.test(said))
      return t('termProblem.money');
    return undefined;
  };
  const refusedAt = (name: string): string | undefined => {
    const errors = act.error instanceof ApiProblem ? (act.error.problem.errors ?? []) : [];
    return errors.find(({ path }) => path === name || path.startsWith(`${name}.`))?.message;
  };

  const send = (): void => {
    setChecked(true);
    if (acting === undefined || fileProblem || shown.some((field) => problemOf(field) !== undefined)) return;
    const said = Object.fromEntries(
      shown.flatMap((field) => {
        const { name } = field;
        const value = valueOf(field);
        if (value === undefined || value === '' || value === false) return [];
        return [[name, typeof value === 'string' ? value.trim() : value] as const];
      }),
    );
    const { as, onBehalfOf } = acting;
    act.mutate({
      path: typeof form.path === 'string' ? form.path : form.path(values),
      fields: { as, onBehalfOf, ...form.fixed, ...(form.toFields ? form.toFields(said) : said) },
      files: { field: 'file', files },
    });
  };

  return (
    <Modal
      open
      title={form.title}
      okText={t(`life.do.${form.act}`)}
      okButtonProps={{ danger: form.danger === true, disabled: acting === undefined }}
      onOk={send}
      onCancel={close}
      confirmLoading={act.isPending}
      mask={{ closable: false }}
    >
      {form.explained ? <p className="muted">{form.explained}</p> : null}
      {form.warning ? <Alert type="warning" showIcon title={form.warning} style={{ marginBottom: 16 }} /> : null}
      <Form layout="vertical" component="div">
        {actings.length > 1 ? (
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
        ) : (
          <p className="muted small">
            {acting === undefined
              ? t('life.notYours')
              : t(acting.onBehalfOf ? 'life.entering' : 'life.own', { who: role(acting.seat) })}
          </p>
        )}
        {shown.map((field) => {
          const problem = (checked ? problemOf(field) : undefined) ?? refusedAt(field.name);
          return (
            <Form.Item
              key={field.name}
              {...(field.type === 'check' ? {} : { label: field.label, htmlFor: `act-${field.name}` })}
              required={isRequired(field)}
              validateStatus={problem ? 'error' : ''}
              help={problem ?? field.help}
            >
              <FieldInput
                field={field}
                options={choicesOf(field)}
                value={valueOf(field) ?? ''}
                change={(value) => setValues({ ...values, [field.name]: value })}
              />
            </Form.Item>
          );
        })}
        {asked === 'none' ? null : (
          <Form.Item
            label={t('life.files')}
            required={isFileNeeded}
            validateStatus={checked && fileProblem ? 'error' : ''}
            help={checked ? fileProblem : undefined}
          >
            <FileChoice files={files} choose={setFiles} progress={act.progress} disabled={act.isPending} />
          </Form.Item>
        )}
      </Form>
      <ProblemAlert
        error={act.error}
        shownElsewhere={(path) => shown.some(({ name }) => path === name || path.startsWith(`${name}.`))}
      />
    </Modal>
  );
}

function FieldInput({
  field: { name, type, label },
  options,
  value,
  change,
}: {
  field: Field;
  options: Choice[];
  value: Value;
  change: (value: Value) => void;
}): ReactNode {
  const id = `act-${name}`;
  const text = typeof value === 'string' ? value : '';
  switch (type) {
    case 'area':
      return (
        <Input.TextArea
          id={id}
          rows={3}
          maxLength={2000}
          value={text}
          onChange={(event) => change(event.target.value)}
        />
      );
    case 'select':
      return (
        <Select<string>
          id={id}
          value={text === '' ? null : text}
          onChange={change}
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
    case 'check':
      return (
        <Checkbox checked={value === true} onChange={(event) => change(event.target.checked)}>
          {label}
        </Checkbox>
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
    case 'money':
      return (
        <Input
          id={id}
          inputMode="decimal"
          value={text}
          onChange={(event) => change(event.target.value)}
          style={{ width: 200 }}
        />
      );
    case 'text':
      return <Input id={id} maxLength={200} value={text} onChange={(event) => change(event.target.value)} />;
  }
}
