import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { useTitled } from '../../app/occurrence.ts';
import { Records } from '../../app/records.tsx';
import type { AgreementStatus, Template } from '../../wire.ts';
import { Calendar } from './calendar.tsx';
import { Money } from './money.tsx';
import type { Ending, Happening, WhatIf } from './what-if.ts';

/** Both lives side by side: what is not allowed first, then money, dates, end, and what else happens. */
export function Outcome({ answer, template }: { answer: WhatIf; template: Template | undefined }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Refused answer={answer} />
      <Money answer={answer} />
      <Calendar answer={answer} />
      <Ends answer={answer} template={template} />
      <Happenings answer={answer} />
      {answer.notLived.length > 0 ? <p className="muted small">{t('whatIf.notLived')}</p> : null}
    </>
  );
}

function Refused({ answer: { refused, zone } }: { answer: WhatIf }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (refused.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('whatIf.refused')}
      description={
        <>
          <p>{t('whatIf.refusedExplained')}</p>
          <ul className="plain-list">
            {refused.map(({ at, assumption, command, title, about, reason, clauses }) => {
              const what = [title, about].flatMap((one) => (one ? [format.text(one)] : []));
              return (
                <li key={`${at} ${String(assumption)} ${String(command)}`}>
                  {format.instant(at, zone)}{' '}
                  {assumption === null
                    ? t('whatIf.refusedAct', { what: what.join(t('common.listSeparator')) })
                    : t('whatIf.refusedAssumption', { number: assumption + 1 })}
                  {t('common.colon')}
                  {format.text(reason)}
                  {clauses.length > 0 ? <span className="muted"> {clauses.join(', ')}</span> : null}
                </li>
              );
            })}
          </ul>
        </>
      }
    />
  );
}

/** When it takes effect and how it ends, and which terms nobody has filled. */
function Ends({
  answer: { agreement, openTerms },
  template,
}: {
  answer: WhatIf;
  template: Template | undefined;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const date = (on: string | null): string => (on === null ? t('common.none') : format.date(on));
  const labels = (names: string[]): string =>
    names
      .map((name) => {
        const term = template?.terms.find((one) => one.name === name);
        return term ? format.text(term.label) : name;
      })
      .join(t('common.listSeparator')) || t('whatIf.none');
  const status = (one: AgreementStatus): string => t(`agreementStatus.${one}`);
  const facts: [key: string, of: (ending: Ending) => string][] = [
    ['status', (one) => status(one.status)],
    ['inForceOn', (one) => date(one.inForceOn)],
    ['expiresOn', (one) => date(one.expiresOn)],
    ['endedOn', (one) => date(one.endedOn)],
  ];
  const rows = [
    ...facts.map(([key, of]) => ({ key, before: of(agreement.before), after: of(agreement.after) })),
    { key: 'openTerms', before: labels(openTerms.before), after: labels(openTerms.after) },
  ];
  return (
    <section className="stack">
      <div className="heading">
        <h2 className="section-title">{t('whatIf.ended')}</h2>
      </div>
      <Records
        label={t('whatIf.ended')}
        rows={rows}
        rowKey={({ key }) => key}
        empty={null}
        columns={[
          { key: 'what', title: '', heading: true, render: ({ key }) => t(`whatIf.${key}`) },
          { key: 'before', title: t('whatIf.today'), render: ({ before }) => before },
          {
            key: 'after',
            title: t('whatIf.assumed'),
            render: ({ before, after }) => (before === after ? after : <strong>{after}</strong>),
          },
        ]}
      />
    </section>
  );
}

/** What happens in one of the two alone, day by day. */
function Happenings({ answer: { events, zone } }: { answer: WhatIf }): ReactNode {
  const { t } = useTranslation();
  if (events.before.length + events.after.length === 0) return null;
  return (
    <details className="stack">
      <summary>{t('whatIf.happenings')}</summary>
      <h3>{t('whatIf.happeningsBefore')}</h3>
      <List happenings={events.before} zone={zone} />
      <h3>{t('whatIf.happeningsAfter')}</h3>
      <List happenings={events.after} zone={zone} />
    </details>
  );
}

function List({ happenings, zone }: { happenings: Happening[]; zone: string }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const titled = useTitled();
  if (happenings.length === 0) return <p className="muted">{t('whatIf.happeningsNone')}</p>;
  return (
    <ul className="plain-list">
      {happenings.map(({ at, type, title, about, obligation, occurrence, clauses }, index) => (
        // Several of a kind may happen at one instant.
        <li key={`${at} ${type} ${String(obligation)} ${String(occurrence)} ${String(index)}`}>
          {format.instant(at, zone)} {about ? `${titled(about)}${t('common.colon')}` : ''}
          {format.text(title)} <span className="muted small">{clauses.join(', ')}</span>
        </li>
      ))}
    </ul>
  );
}
