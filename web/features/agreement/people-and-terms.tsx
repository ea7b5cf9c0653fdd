import type { ReactNode } from 'react';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ActAnswer, Agreement, TemplateTerm } from '../../wire.ts';
import { ClauseLinks } from '../../app/clause-link.tsx';
import { Seats } from '../seats/seats.tsx';
import { useFormat } from '../../app/format.ts';
import { useRoleName } from '../../app/names.ts';
import { Records } from '../../app/records.tsx';
import { TermValueText } from '../../app/term-value.tsx';
import { useTemplate } from './agreement-queries.ts';

/** Who fills which seat. */
export function People({
  agreement,
  done,
}: {
  agreement: Agreement;
  /** Said after an act on a seat. */
  done: (answer: ActAnswer, what: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <section>
      <h2>{t('people.title')}</h2>
      {agreement.draft ? <DraftPeople agreement={agreement} /> : <Seats agreement={agreement} done={done} />}
    </section>
  );
}

/** What was agreed, and what was left open. */
export function Terms({ agreement }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const template = useTemplate(agreement.template).data;
  const described = (name: string): TemplateTerm | undefined => template?.terms.find((one) => one.name === name);
  const label = (name: string): string => {
    const term = described(name);
    return term ? format.text(term.label) : name;
  };
  const obligationTitle = (id: string): string => {
    const obligation = (template?.obligations ?? agreement.duties).find((one) => one.id === id);
    return obligation ? format.text(obligation.title) : id;
  };
  return (
    <div className="stack">
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
              render: (term) => <TermValue term={term} described={described(term.name)} obligation={obligationTitle} />,
            },
            {
              key: 'origin',
              title: t('terms.origin'),
              render: (term) => (
                <>
                  <TermOriginTag term={term} /> <ClauseLinks clauses={term.clauses} />
                </>
              ),
            },
          ]}
        />
      </section>
      {agreement.open.length > 0 ? (
        <section>
          <h2>{t('terms.openTitle')}</h2>
          <ul className="plain-list">
            {agreement.open.map(({ term, clauses, affects }) => (
              <li key={term}>
                {label(term)} <ClauseLinks clauses={clauses} />
                {affects.length > 0
                  ? ` ${t('terms.affects', { what: affects.map(obligationTitle).join(t('common.listSeparator')) })}`
                  : ''}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {agreement.calendar ? (
        <p className="muted small">
          {t('terms.calendar', {
            id: agreement.calendar.id,
            version: agreement.calendar.version,
            provisionalFrom: format.date(agreement.calendar.provisionalFrom),
            zone: `${format.zone(agreement.zone)} (${agreement.zone})`,
          })}
        </p>
      ) : null}
    </div>
  );
}

/** Whom a draft names; seats are filled when it is started. */
function DraftPeople({ agreement: { draft } }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const role = useRoleName();
  const named = {
    ...draft?.parties,
    ...draft?.seats,
    ...(draft?.coordinator ? { coordinator: draft.coordinator } : {}),
  };
  return (
    <Records
      label={t('people.title')}
      rows={Object.entries(named)}
      rowKey={([seat]) => seat}
      empty={t('common.none')}
      columns={[
        { key: 'seat', title: t('people.seat'), render: ([seat]) => role(seat) },
        { key: 'name', title: t('people.nameColumn'), heading: true, render: ([, { name }]) => name },
        { key: 'email', title: t('people.email'), render: ([, { email }]) => <span className="break">{email}</span> },
        {
          key: 'language',
          title: t('people.language'),
          render: ([, { language }]) => t(`language.${language ?? 'zh'}`),
        },
      ]}
    />
  );
}

type Term = Agreement['terms'][number];

function isNotAgreed(value: unknown): boolean {
  return value === null || value === undefined || value === 'not-agreed';
}

/** Who says so: the text, the parties, or we. */
function TermOriginTag({ term }: { term: Term }): ReactNode {
  const { t } = useTranslation();
  if (term.origin === 'fixed') return <Tag>{t('termOrigin.fixed')}</Tag>;
  if (term.given || term.origin === 'given') return <Tag color="blue">{t('termOrigin.given')}</Tag>;
  if (!isNotAgreed(term.value)) return <Tag color="gold">{t('termOrigin.proposal')}</Tag>;
  return <Tag>{t('termOrigin.vague')}</Tag>;
}

/** The value, or that there is none yet. */
function TermValue({
  term,
  described,
  obligation,
}: {
  term: Term;
  described: TemplateTerm | undefined;
  obligation: (id: string) => string;
}): ReactNode {
  const { t } = useTranslation();
  const { value } = term;
  if (isNotAgreed(value)) {
    const isUndecided = term.given === false && value !== 'not-agreed';
    return <span className="muted">{isUndecided ? t('terms.open') : t('terms.notAgreed')}</span>;
  }
  return <TermValueText term={described} value={value} obligation={obligation} />;
}
