import { Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { clausePath } from '../../app/clause-link.tsx';
import { useFormat } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import { useTitled } from '../../app/occurrence.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { ObligationStatusTag } from '../../app/status-tag.tsx';
import { TermValueText } from '../../app/term-value.tsx';
import type { Agreement, Duty } from '../../wire.ts';
import type { Life } from '../life/life.ts';
import { useEvents, useTemplate } from './agreement-queries.ts';
import { HistoryEntry } from './history-entry.tsx';
import { restingOn } from './resting.ts';
import { ITEM_LABEL, sectionPath } from './sections.ts';

/** So many occurrences of a duty are listed; the others are with the obligations. */
const OCCURRENCES = 6;

/** What rests on one clause in this agreement: obligations, terms, rules, and what happened under it. */
export function ClauseBasis({
  agreement,
  life,
  clause,
}: {
  agreement: Agreement;
  life: Life | undefined;
  clause: string;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const mayRead = useMay('record.read');
  const template = useTemplate(agreement.template).data;
  const { duties, terms, rules } = restingOn(agreement, life, clause);
  const titleOf = (id: string): string => {
    const found = agreement.duties.find((duty) => duty.id === id);
    return found ? format.text(found.title) : id;
  };
  return (
    <div className="stack">
      <div className="heading">
        <h2 className="grow">{t('agreementPage.onClause', { clause })}</h2>
        <Link to={clausePath(agreement, clause)}>{t('agreementPage.toClause')}</Link>
        <Link to={sectionPath('clauses')}>{t('agreementPage.allClauses')}</Link>
      </div>
      {duties.length === 0 && terms.length === 0 && rules.length === 0 ? (
        <p className="muted none-yet">{t('agreementPage.nothingRests')}</p>
      ) : null}
      {duties.length > 0 ? (
        <section>
          <h3>{t('obligations.title')}</h3>
          {duties.map((duty) => (
            <DutyOnClause key={duty.id} agreement={agreement} duty={duty} />
          ))}
        </section>
      ) : null}
      {terms.length > 0 ? (
        <section>
          <h3>{t(ITEM_LABEL.terms)}</h3>
          <ul className="plain-list">
            {terms.map(({ name, value }) => {
              const term = template?.terms.find((one) => one.name === name);
              return (
                <li key={name}>
                  {term ? format.text(term.label) : name}
                  {t('common.colon')}
                  {value === null ? (
                    t('terms.notAgreed')
                  ) : (
                    <TermValueText term={term} value={value} obligation={titleOf} />
                  )}
                </li>
              );
            })}
          </ul>
        </section>
      ) : null}
      {rules.length > 0 ? (
        <section>
          <h3>{t('agreementPage.rules')}</h3>
          <ul className="plain-list">
            {rules.map(({ title, kind }, index) => (
              <li key={`${kind} ${String(index)}`}>
                <Link to={sectionPath(kind)}>{title ? format.text(title) : t(ITEM_LABEL[kind])}</Link>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {mayRead ? <EventsOnClause agreement={agreement} clause={clause} /> : null}
    </div>
  );
}

function DutyOnClause({ agreement, duty }: { agreement: Agreement; duty: Duty }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const titled = useTitled();
  const all = agreement.obligations.filter(({ id }) => id === duty.id);
  return (
    <article className="entry">
      <Link to={sectionPath('obligations', { obligation: duty.id })}>
        <strong>{format.text(duty.title)}</strong>
      </Link>
      <ul className="plain-list">
        {all.slice(-OCCURRENCES).map(({ occurrence, status, dueAt, localDate }) => (
          <li key={occurrence ?? ''}>
            {occurrence ? `${titled(duty.title, occurrence)} ` : ''}
            {dueAt && localDate ? format.due(dueAt, localDate) : t('obligations.notOpened')}{' '}
            <ObligationStatusTag status={status} />
          </li>
        ))}
      </ul>
      {all.length > OCCURRENCES ? (
        <span className="muted small">{t('agreementPage.more', { count: all.length - OCCURRENCES })}</span>
      ) : null}
    </article>
  );
}

function EventsOnClause({ agreement, clause }: { agreement: Agreement; clause: string }): ReactNode {
  const { t } = useTranslation();
  const events = useEvents(agreement.id, { clause, limit: 20 });
  const rows = events.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section>
      <h3>{t('agreementGroup.history')}</h3>
      {events.isPending ? <Skeleton active /> : null}
      {events.error ? <ProblemAlert error={events.error} retry={() => void events.refetch()} /> : null}
      {events.data && rows.length === 0 ? <p className="muted none-yet">{t('agreementPage.nothingHappened')}</p> : null}
      <ul className="recent">
        {rows.map((event) => (
          <li key={event.sequence}>
            <HistoryEntry agreement={agreement} event={event} />
          </li>
        ))}
      </ul>
      {events.hasNextPage ? (
        <div className="more">
          <Button loading={events.isFetchingNextPage} onClick={() => void events.fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      ) : null}
    </section>
  );
}
