import { Button, Checkbox, Form, Input, Select, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TableColumn, Template, TemplateTerm } from '../../wire.ts';
import { ClauseLinks } from '../../app/clause-link.tsx';
import { useFormat } from '../../app/format.ts';
import { TermValueText } from '../../app/term-value.tsx';
import { useUnitWord } from '../../app/unit.ts';
import { isOpenTerm, isOurProposal } from './start-form.ts';
import { ScalarInput } from './scalar-input.tsx';
import {
  KEY_COLUMN,
  type TermEntry,
  VALUE_COLUMN,
  entryOf,
  isEmptyEntry,
  isSame,
  isUnchanged,
  lines,
  scalarOf,
  sumText,
} from './term-entry.ts';

interface FieldProps {
  template: Template;
  term: TemplateTerm;
  entry: TermEntry;
  change: (entry: TermEntry) => void;
}

/** One blank of the contract: its label, where it comes from, and the way to fill it or to leave it out. */
export function TermField({
  problem,
  ...field
}: FieldProps & {
  problem: string | undefined;
}): ReactNode {
  const { template, term, entry, change } = field;
  const { t } = useTranslation();
  const format = useFormat();
  const open = isOpenTerm(term);
  const isOurs = isOurProposal(term);
  const hasProposal = term.proposal !== undefined && !isEmptyEntry(entryOf(template, term, term.proposal));
  const isProposal = hasProposal && isSame(template, term, entry, term.proposal);
  const id = `term-${term.name}`;
  return (
    <div className="term">
      <div className="term-head">
        <label htmlFor={id}>{format.text(term.label)}</label>
        {term.required || term.neededToSign ? <Tag color="blue">{t('terms.required')}</Tag> : null}
        {open && isEmptyEntry(entry) ? <Tag color="orange">{t('terms.open')}</Tag> : null}
        {isProposal ? <Tag color="gold">{t('terms.ours')}</Tag> : null}
        {isOurs && isUnchanged(template, term, entry) ? <Tag color="gold">{t('terms.ours')}</Tag> : null}
        {isOurs && !isUnchanged(template, term, entry) ? <Tag color="blue">{t('terms.changed')}</Tag> : null}
        {term.origin === 'proposal' ? null : <span className="muted small">{t(`termOrigin.${term.origin}`)}</span>}
        <ClauseLinks clauses={term.clauses} />
      </div>
      {term.hint ? <div className="muted small">{format.text(term.hint)}</div> : null}
      {term.proposal === undefined || isSame(template, term, entry, term.proposal) ? null : <Proposal {...field} />}
      <Form.Item validateStatus={problem ? 'error' : ''} help={problem}>
        <div className="toolbar" style={{ marginTop: 4 }}>
          <TermInput id={id} {...field} invalid={problem !== undefined} />
          {(open || term.nullable) && (!term.neededToSign || entry.notAgreed) ? (
            <Checkbox
              checked={entry.notAgreed}
              onChange={(event) => change({ ...entry, notAgreed: event.target.checked })}
            >
              {t('terms.leaveOut')}
            </Checkbox>
          ) : null}
        </div>
      </Form.Item>
    </div>
  );
}

/** What we would suggest: marked as ours, and in force only once somebody takes it over. */
function Proposal({ template, term, change }: FieldProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const obligation = (id: string): string => {
    const found = template.obligations.find((one) => one.id === id);
    return found ? format.text(found.title) : id;
  };
  return (
    <div className="proposal small">
      <Tag color="gold">{t('terms.ours')}</Tag>
      <div className="proposal-value">
        <TermValueText term={term} value={term.proposal} obligation={obligation} />
      </div>
      <Button size="small" autoInsertSpace={false} onClick={() => change(entryOf(template, term, term.proposal))}>
        {t('terms.takeOver')}
      </Button>
    </div>
  );
}

function TermInput({
  id,
  template,
  term,
  entry,
  change,
  invalid,
}: FieldProps & { id: string; invalid: boolean }): ReactNode {
  const { t } = useTranslation();
  const unitWord = useUnitWord();
  const format = useFormat();
  const disabled = entry.notAgreed;
  const options = (term.options ?? []).map(({ value, label }) => ({ value, label: format.text(label) }));
  const write = (text: string): void => change({ ...entry, text });

  const scalar = scalarOf(term);
  if (scalar) {
    return (
      <ScalarInput
        id={id}
        template={template}
        of={scalar}
        unit={term.unit}
        value={entry.text}
        change={write}
        disabled={disabled}
        invalid={invalid}
      />
    );
  }
  switch (term.type) {
    case 'map':
      return (
        <Pairs>
          {template.obligations.map((obligation, index) => (
            <Pair key={obligation.id} title={format.text(obligation.title)}>
              <Select
                {...(index === 0 ? { id } : {})}
                aria-label={format.text(obligation.title)}
                disabled={disabled}
                value={entry.map[obligation.id] ?? null}
                onChange={(value: string) => change({ ...entry, map: { ...entry.map, [obligation.id]: value } })}
                options={options}
                style={{ width: 130 }}
              />
            </Pair>
          ))}
        </Pairs>
      );
    case 'mapping':
      return term.keys ? (
        <KeyedValues id={id} template={template} term={term} entry={entry} change={change} />
      ) : (
        <Rows
          template={template}
          columns={[
            {
              name: KEY_COLUMN,
              label: { zh: t('termValue.key'), en: t('termValue.key') },
              required: true,
              of: { type: 'text' },
            },
            {
              name: VALUE_COLUMN,
              label: { zh: t('termValue.value'), en: t('termValue.value') },
              required: true,
              of: term.values ?? { type: 'text' },
            },
          ]}
          entry={entry}
          change={change}
        >
          <Total term={term} entry={entry} />
        </Rows>
      );
    case 'table':
      return <Rows template={template} columns={term.columns ?? []} entry={entry} change={change} />;
    case 'texts':
      return options.length > 0 ? (
        <Select
          id={id}
          mode="multiple"
          disabled={disabled}
          value={lines(entry.text)}
          onChange={(chosen: string[]) => write(chosen.join('\n'))}
          options={options}
          style={{ flex: '1 1 320px', maxWidth: '100%' }}
        />
      ) : (
        <Input.TextArea
          id={id}
          disabled={disabled}
          aria-invalid={invalid}
          autoSize={{ minRows: 2, maxRows: 8 }}
          value={entry.text}
          placeholder={t('termValue.onePerLine')}
          onChange={(event) => write(event.target.value)}
          style={{ flex: '1 1 320px' }}
        />
      );
    default: {
      const unit = unitWord(term.unit);
      const isNarrow = ['currency', 'time', 'month-day'].includes(term.type);
      const placeholder = { money: '1000000.00', 'month-day': 'MM-DD', time: 'HH:MM' }[term.type as string];
      return (
        <>
          <Input
            id={id}
            inputMode={term.type === 'money' ? 'decimal' : 'text'}
            aria-invalid={invalid}
            disabled={disabled}
            value={entry.text}
            placeholder={placeholder}
            onChange={(event) => write(event.target.value)}
            style={{ width: isNarrow ? 110 : 220, maxWidth: '100%' }}
          />
          {unit ? <span className="muted">{unit}</span> : null}
        </>
      );
    }
  }
}

function Pairs({ children }: { children: ReactNode }): ReactNode {
  return <div className="pairs">{children}</div>;
}

function Pair({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <div className="toolbar">
      <span className="pair-title">{title}</span>
      {children}
    </div>
  );
}

/** A value for each key, with what they add up to. */
function KeyedValues({ id, template, term, entry, change }: FieldProps & { id: string }): ReactNode {
  const format = useFormat();
  const { keys = [], values } = term;
  if (!values) return null;
  return (
    <Pairs>
      {keys.map(({ value: key, label }, index) => (
        <Pair key={key} title={format.text(label)}>
          <ScalarInput
            {...(index === 0 ? { id } : {})}
            label={format.text(label)}
            template={template}
            of={values}
            value={entry.map[key] ?? ''}
            change={(value) => change({ ...entry, map: { ...entry.map, [key]: value } })}
            disabled={entry.notAgreed}
          />
        </Pair>
      ))}
      <Total term={term} entry={entry} />
    </Pairs>
  );
}

/** What the values add up to, where that is fixed. */
function Total({ term: { total }, entry }: Pick<FieldProps, 'term' | 'entry'>): ReactNode {
  const { t } = useTranslation();
  if (total === undefined || isEmptyEntry(entry) || entry.notAgreed) return null;
  const sum = sumText([...Object.values(entry.map), ...entry.rows.map((row) => row[VALUE_COLUMN] ?? '')]);
  return (
    <div className={`small ${sum === String(total) ? 'muted' : 'late'}`}>{t('termValue.total', { sum, total })}</div>
  );
}

/** Rows of a table, one card a row. */
function Rows({
  template,
  columns,
  entry,
  change,
  children,
}: Omit<FieldProps, 'term'> & { columns: TableColumn[]; children?: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = entry.rows;
  const set = (next: Record<string, string>[]): void => change({ ...entry, rows: next });
  return (
    <div className="rows">
      {rows.map((row, index) => (
        // The order is what tells them apart.
        <fieldset key={index} className="row" disabled={entry.notAgreed}>
          <legend className="muted small">{t('termValue.row', { number: index + 1 })}</legend>
          <div className="row-cells">
            {columns.map(({ name, label, required, of }) => (
              <div key={name} className="cell">
                <div className="small">
                  {format.text(label)}
                  {required ? '' : t('common.brackets', { inside: t('termValue.optional') })}
                </div>
                <div className="toolbar" style={{ gap: 6 }}>
                  <ScalarInput
                    label={`${format.text(label)} ${index + 1}`}
                    template={template}
                    of={of}
                    value={row[name] ?? ''}
                    change={(value) => set(rows.map((one, at) => (at === index ? { ...one, [name]: value } : one)))}
                    disabled={entry.notAgreed}
                  />
                </div>
              </div>
            ))}
          </div>
          <Button
            type="link"
            size="small"
            className="inline-link"
            onClick={() => set(rows.filter((_, at) => at !== index))}
          >
            {t('termValue.removeRow')}
          </Button>
        </fieldset>
      ))}
      <div>
        <Button size="small" disabled={entry.notAgreed} onClick={() => set([...rows, {}])}>
          {t('termValue.addRow')}
        </Button>
      </div>
      {children}
    </div>
  );
}
