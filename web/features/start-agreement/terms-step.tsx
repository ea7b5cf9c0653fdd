import { Button, Collapse, Empty, Form, Segmented, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Template, TemplateTerm } from '../../wire.ts';
import { ClauseLinks } from '../../app/clause-link.tsx';
import { useFormat } from '../../app/format.ts';
import { TermValueText } from '../../app/term-value.tsx';
import {
  DEFAULT_ZONE,
  type StartForm,
  isOurProposal,
  isUndecided,
  termsByClause,
  withOpenTerms,
} from './start-form.ts';
import { isFixed } from './term-entry.ts';
import { TermField } from './term-field.tsx';

type Shown = 'all' | 'open' | 'ours';

/** What the text leaves to the parties, clause by clause, with where each value comes from. */
export function TermsStep({
  template,
  form,
  change,
  problem,
}: {
  template: Template;
  form: StartForm;
  change: (form: StartForm) => void;
  problem: (path: string) => string | undefined;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const asked = template.terms.filter((term) => !isFixed(term));
  const fixed = template.terms.filter(isFixed);
  // What was open when it was chosen stays in sight while it is being filled in.
  const [shown, setShown] = useState<{ only: Shown; names: string[] }>({ only: 'all', names: [] });
  const open = asked.filter((term) => isUndecided(term, form));
  const ours = asked.filter(isOurProposal);
  const isWrong = ({ name }: TemplateTerm): boolean => problem(`terms.${name}`) !== undefined;
  const listed = asked.filter((term) => shown.only === 'all' || shown.names.includes(term.name) || isWrong(term));
  const titleOf = (id: string): string => {
    const found = template.obligations.find((one) => one.id === id);
    return found ? format.text(found.title) : id;
  };
  const field = (term: TemplateTerm): ReactNode => {
    const entry = form.terms[term.name];
    if (entry === undefined) return null;
    return (
      <TermField
        key={term.name}
        template={template}
        term={term}
        entry={entry}
        change={(changed) => change({ ...form, terms: { ...form.terms, [term.name]: changed } })}
        problem={problem(`terms.${term.name}`)}
      />
    );
  };
  return (
    <div className="stack">
      <p className="muted small none-yet">{t('wizard.termsHint')}</p>
      <div className="toolbar">
        <Segmented<Shown>
          aria-label={t('wizard.shown')}
          value={shown.only}
          onChange={(only) =>
            setShown({ only, names: (only === 'open' ? open : only === 'ours' ? ours : []).map(({ name }) => name) })
          }
          options={[
            { value: 'all', label: t('wizard.allTerms', { count: asked.length }) },
            { value: 'open', label: t('wizard.onlyOpen', { count: open.length }) },
            { value: 'ours', label: t('wizard.onlyOurs', { count: ours.length }) },
          ]}
        />
        {open.length > 1 ? (
          <>
            <Button size="small" onClick={() => change(withOpenTerms(form, template, 'proposal'))}>
              {t('start.takeAll')}
            </Button>
            <Button size="small" onClick={() => change(withOpenTerms(form, template, 'not-agreed'))}>
              {t('start.leaveRest')}
            </Button>
          </>
        ) : null}
      </div>
      {listed.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('wizard.noneOpen')} />
      ) : (
        termsByClause(listed).map(([clause, terms]) => (
          <section key={clause} className="term-group">
            <h2>
              {clause === '' ? t('wizard.noClause') : t('wizard.clause')}{' '}
              <ClauseLinks clauses={clause === '' ? [] : [clause]} />
            </h2>
            {terms.map(field)}
          </section>
        ))
      )}
      <Form.Item
        label={t('start.zone')}
        htmlFor="zone"
        help={problem('zone')}
        validateStatus={problem('zone') ? 'error' : ''}
      >
        <Select
          id="zone"
          showSearch
          value={form.zone}
          onChange={(zone: string) => change({ ...form, zone })}
          options={zones().map((zone) => ({ value: zone, label: zone }))}
          style={{ width: 280, maxWidth: '100%' }}
        />
      </Form.Item>
      {fixed.length > 0 ? (
        <Collapse
          size="small"
          items={[
            {
              key: 'fixed',
              label: t('start.fixed', { count: fixed.length }),
              children: (
                <dl className="facts">
                  {fixed.map((term) => (
                    <div key={term.name}>
                      <dt>{format.text(term.label)}</dt>
                      <dd>
                        <TermValueText term={term} value={term.value} obligation={titleOf} />{' '}
                        <ClauseLinks clauses={term.clauses} />
                      </dd>
                    </div>
                  ))}
                </dl>
              ),
            },
          ]}
        />
      ) : null}
    </div>
  );
}

function zones(): string[] {
  const all = Intl.supportedValuesOf('timeZone');
  return all.includes(DEFAULT_ZONE) ? all : [DEFAULT_ZONE, ...all];
}
