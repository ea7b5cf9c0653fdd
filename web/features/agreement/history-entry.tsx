import { Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ClauseLinks } from '../../app/clause-link.tsx';
import { useFormat } from '../../app/format.ts';
import { useRoleName } from '../../app/names.ts';
import type { Agreement, AgreementEvent } from '../../wire.ts';
import { DocumentLink } from './document-link.tsx';
import { useEventSentence } from './use-event-sentence.ts';

/** What else was written with an act. */
const SAID = ['topic', 'cause', 'details', 'agenda', 'minutes', 'note', 'reference'] as const;

/** One event in words, with who, when, clauses, what was written and what was brought. */
export function HistoryEntry({ agreement, event }: { agreement: Agreement; event: AgreementEvent }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const dutyOf = (id: string | undefined) => agreement.duties.find((duty) => duty.id === id);
  const sentence = useEventSentence(agreement)(event);
  const { actor } = event;
  const name =
    actor.seat === 'clock' ? t('timeline.byClock') : `${role(actor.seat)}${actor.name ? ` ${actor.name}` : ''}`;
  const absent = event.people?.[actor.deputyFor ?? ''];
  const standingIn = absent === undefined ? name : t('timeline.deputyFor', { name, absent });
  const author = actor.onBehalfOf ? t('timeline.onBehalfOf', { name, party: role(actor.onBehalfOf) }) : standingIn;
  return (
    <div>
      <div className="event-text">{sentence}</div>
      <div className="muted small">
        <Tooltip title={t('timeline.recordedAt', { at: format.instant(event.recordedAt, agreement.zone) })}>
          <time dateTime={event.at}>{format.instant(event.at, agreement.zone)}</time>
        </Tooltip>
        {' · '}
        {author}
        {' · '}
        <span title={event.hash}>#{event.sequence}</span> <ClauseLinks clauses={event.clauses} />
      </div>
      {event.text?.points?.length ? (
        <ol className="plain-list">
          {event.text.points.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ol>
      ) : null}
      {event.text?.omitted ? (
        <ul className="plain-list small">
          {Object.entries(event.text.omitted).map(([id, reason]) => {
            const part = dutyOf(event.obligation)?.checklist.find((one) => one.id === id);
            return <li key={id}>{t('timeline.omitted', { what: part ? format.text(part.title) : id, reason })}</li>;
          })}
        </ul>
      ) : null}
      {event.text?.reason ? <div>{t('timeline.reason', { reason: event.text.reason })}</div> : null}
      {SAID.flatMap((field) => event.text?.[field] ?? []).map((words) => (
        <p key={words} className="said">
          {words}
        </p>
      ))}
      {event.documents?.length ? (
        <div className="small toolbar">
          {event.documents.map((document) => (
            <DocumentLink key={document.id} agreementId={agreement.id} document={document} />
          ))}
        </div>
      ) : null}
    </div>
  );
}
