import type { ReactNode } from 'react';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Agreement } from '../../api.ts';
import { amountText, useFormat } from '../../app/moment.ts';
import { useRoleName } from '../../app/names.ts';
import { Records } from '../../app/records.tsx';
import { useTemplates } from './agreement-queries.ts';

/** Who fills which seat, what was agreed, and what was left open. */
export function PeopleAndTerms({ agreement }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const templates = useTemplates();
  const template = templates.data?.items.find(({ ref }) => ref === agreement.template);
  const label = (name: string): string => {
    const term = template?.terms.find((one) => one.name === name);
    return term ? format.text(term.label) : name;
  };
  const obligationTitle = (id: string): string => {
    const obligation = agreement.obligations.find((one) => one.id === id);
    return obligation ? format.text(obligation.title) : id;
  };
  return (
    <div className="stack">
      <section>
        <h2>{t('people.title')}</h2>
        <Records
          label={t('people.title')}
          rows={agreement.seats}
          rowKey={({ seat }) => seat}
          empty={t('common.none')}
          columns={[
            { key: 'seat', title: t('people.seat'), render: ({ seat }) => role(seat) },
            { key: 'name', title: t('people.nameColumn'), heading: true, render: ({ name }) => name },
            { key: 'email', title: t('people.email'), render: ({ email }) => <span className="break">{email}</span> },
            { key: 'language', title: t('people.language'), render: ({ language }) => t(`language.${language}`) },
            {
              key: 'signed',
              title: t('people.signedOn'),
              render: ({ seat }) => {
                const signedOn = agreement.signatures[seat];
                if (signedOn !== undefined) return format.date(signedOn);
                return seat in agreement.parties ? <span className="muted">{t('people.notSigned')}</span> : '';
              },
            },
          ]}
        />
      </section>
      <section>
        <h2>{t('terms.title')}</h2>
        <Records
          label={t('terms.title')}
          rows={agreement.terms}
          rowKey={({ name }) => name}
          empty={t('common.none')}
          columns={[
            { key: 'name', title: t('terms.term'), heading: true, render: ({ name }) => label(name) },
            {
              key: 'value',
              title: t('terms.value'),
              render: ({ value, name }) => (
                <TermValue value={value} role={role} obligation={obligationTitle} isMoney={isMoney(name)} />
              ),
            },
            {
              key: 'origin',
              title: t('terms.origin'),
              render: ({ origin }) => (
                <Tag color={origin === 'proposal' ? 'gold' : 'default'}>
                  {t(`termOrigin.${origin}`, { defaultValue: origin })}
                </Tag>
              ),
            },
            { key: 'clauses', title: t('common.clauses'), render: ({ clauses }) => clauses.join(', ') },
          ]}
        />
      </section>
      {agreement.open.length > 0 ? (
        <section>
          <h2>{t('terms.openTitle')}</h2>
          <ul className="plain-list">
            {agreement.open.map(({ term, clauses, affects }) => (
              <li key={term}>
                {label(term)} <span className="muted small">{clauses.join(', ')}</span>
                {affects.length > 0
                  ? ` ${t('terms.affects', { what: affects.map(obligationTitle).join(t('common.listSeparator')) })}`
                  : ''}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <p className="muted small">
        {t('terms.calendar', {
          id: agreement.calendar.id,
          version: agreement.calendar.version,
          provisionalFrom: format.date(agreement.calendar.provisionalFrom),
          zone: `${format.zone(agreement.zone)} (${agreement.zone})`,
        })}
      </p>
    </div>
  );

  function isMoney(name: string): boolean {
    return template?.terms.find((one) => one.name === name)?.type === 'money';
  }
}

/** A term's value as people read it, whatever its type. */
function TermValue({
  value,
  role,
  obligation,
  isMoney,
}: {
  value: unknown;
  role: (key: string) => string;
  obligation: (id: string) => string;
  isMoney: boolean;
}): ReactNode {
  const { t } = useTranslation();
  if (value === null || value === undefined || value === 'not-agreed') {
    return <span className="muted">{t('terms.notAgreed')}</span>;
  }
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'object') {
    return Object.entries(value).map(([key, one]) => (
      <div key={key}>
        {obligation(key)}: {role(String(one))}
      </div>
    ));
  }
  const text = String(value);
  return isMoney ? <span className="amount">{amountText(text)}</span> : text;
}
