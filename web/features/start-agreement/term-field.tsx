import { Checkbox, Form, Input, Select, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Template, TemplateTerm } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { isOpenTerm, isOurProposal } from './start-form.ts';
import { type TermEntry, isUnchanged } from './term-entry.ts';

const INPUT_MODE: Partial<Record<TemplateTerm['type'], 'decimal' | 'numeric'>> = {
  money: 'decimal',
  percent: 'decimal',
  integer: 'numeric',
};
const NARROW: ReadonlySet<TemplateTerm['type']> = new Set(['integer', 'percent', 'currency', 'time']);

/** One blank of the contract: its label, where it comes from, and the way to fill it or to leave it out. */
export function TermField({
  template,
  term,
  entry,
  change,
  problem,
}: {
  template: Template;
  term: TemplateTerm;
  entry: TermEntry;
  change: (entry: TermEntry) => void;
  problem: string | undefined;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const open = isOpenTerm(term);
  const isOurs = isOurProposal(term);
  const id = `term-${term.name}`;
  return (
    <div className="term">
      <div className="term-head">
        <label htmlFor={id}>{format.text(term.label)}</label>
        {term.required ? <Tag color="blue">{t('terms.required')}</Tag> : null}
        {open ? <Tag color="orange">{t('terms.open')}</Tag> : null}
        {isOurs && isUnchanged(template, term, entry) ? <Tag color="gold">{t('terms.ours')}</Tag> : null}
        {isOurs && !isUnchanged(template, term, entry) ? <Tag color="blue">{t('terms.changed')}</Tag> : null}
        {term.origin === 'proposal' ? null : <span className="muted small">{t(`termOrigin.${term.origin}`)}</span>}
        <span className="muted small">{term.clauses.join(', ')}</span>
      </div>
      {term.hint ? <div className="muted small">{format.text(term.hint)}</div> : null}
      <Form.Item validateStatus={problem ? 'error' : ''} help={problem}>
        <div className="toolbar" style={{ marginTop: 4 }}>
          <TermInput
            id={id}
            template={template}
            term={term}
            entry={entry}
            change={change}
            invalid={problem !== undefined}
          />
          {open || term.nullable ? (
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

function TermInput({
  id,
  template,
  term,
  entry,
  change,
  invalid,
}: {
  id: string;
  template: Template;
  term: TemplateTerm;
  entry: TermEntry;
  change: (entry: TermEntry) => void;
  invalid: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const unit = term.unit ? t(`unit.${term.unit}`, { defaultValue: term.unit }) : undefined;

  const options = (term.options ?? []).map(({ value, label }) => ({ value, label: format.text(label) }));
  if (term.type === 'map') {
    return (
      <div className="stack" style={{ gap: 6, flex: '1 1 100%' }}>
        {template.obligations.map((obligation, index) => (
          <div key={obligation.id} className="toolbar">
            <span style={{ flex: '1 1 180px' }}>{format.text(obligation.title)}</span>
            <Select
              {...(index === 0 ? { id } : {})}
              aria-label={format.text(obligation.title)}
              disabled={entry.notAgreed}
              value={entry.map[obligation.id] ?? null}
              onChange={(value: string) => change({ ...entry, map: { ...entry.map, [obligation.id]: value } })}
              options={options}
              style={{ width: 130 }}
            />
          </div>
        ))}
      </div>
    );
  }
  if (term.type === 'enum') {
    return (
      <Select
        id={id}
        disabled={entry.notAgreed}
        value={entry.text === '' ? null : entry.text}
        onChange={(text: string) => change({ ...entry, text })}
        options={options}
        style={{ width: 280, maxWidth: '100%' }}
      />
    );
  }
  return (
    <>
      <Input
        id={id}
        type={term.type === 'date' ? 'date' : 'text'}
        inputMode={INPUT_MODE[term.type] ?? 'text'}
        aria-invalid={invalid}
        disabled={entry.notAgreed}
        value={entry.text}
        placeholder={term.type === 'money' ? '1000000.00' : undefined}
        onChange={(event) => change({ ...entry, text: event.target.value })}
        style={{ width: NARROW.has(term.type) ? 110 : 220, maxWidth: '100%' }}
      />
      {unit ? <span className="muted">{unit}</span> : null}
    </>
  );
}
