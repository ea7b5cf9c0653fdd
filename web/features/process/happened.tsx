import { Timeline, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agreement, AgreementEvent } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { useRoleName } from '../../app/names.ts';
import { Section } from '../life/section.tsx';
import { Attachments } from './attachments.tsx';

/** All that happened to it, the latest first. */
export function Happened({
  agreement,
  of,
  events,
  title,
  sentence,
}: {
  agreement: Pick<Agreement, 'id' | 'zone'>;
  /** What of the agreement keeps its own files. */
  of?: string;
  events: AgreementEvent[];
  title: string;
  sentence: (event: AgreementEvent) => string;
}): ReactNode {
  if (events.length === 0) return null;
  return (
    <Section title={title}>
      <Timeline
        items={events
          .toSorted((a, b) => b.sequence - a.sequence)
          .map((event) => ({
            key: event.sequence,
            content: <Entry agreement={agreement} of={of} event={event} said={sentence(event)} />,
          }))}
      />
    </Section>
  );
}

function Entry({
  agreement,
  of,
  event,
  said,
}: {
  agreement: Pick<Agreement, 'id' | 'zone'>;
  of: string | undefined;
  event: AgreementEvent;
  said: string;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const { actor, at, recordedAt, sequence, hash, clauses, text } = event;
  const name =
    actor.seat === 'clock' ? t('timeline.byClock') : [role(actor.seat), actor.name].filter(Boolean).join(' ');
  const author = actor.onBehalfOf ? t('timeline.onBehalfOf', { name, party: role(actor.onBehalfOf) }) : name;
  return (
    <>
      <div className="event-text">{said}</div>
      <div className="muted small">
        <Tooltip title={t('timeline.recordedAt', { at: format.instant(recordedAt, agreement.zone) })}>
          <time dateTime={at}>{format.instant(at, agreement.zone)}</time>
        </Tooltip>
        {' · '}
        {author}
        {clauses.length > 0 ? ` · ${clauses.join(', ')}` : ''}
        {' · '}
        <span title={hash}>#{sequence}</span>
      </div>
      {text?.points?.length ? (
        <ol className="plain-list">
          {text.points.map((point, index) => (
            <li key={index}>{point}</li>
          ))}
        </ol>
      ) : null}
      {[text?.reason, text?.topic, text?.details, text?.note].filter(Boolean).map((words) => (
        <p key={words} className="said">
          {words}
        </p>
      ))}
      <Attachments agreementId={agreement.id} of={of} documents={event.documents ?? []} />
    </>
  );
}
