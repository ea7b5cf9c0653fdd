import { Fragment, type ReactNode, memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ClauseLinks } from '../../app/clause-link.tsx';
import { useFormat } from '../../app/format.ts';
import { offsetText, wallOf } from '../../app/moment.ts';
import { useRoleName } from '../../app/names.ts';
import { useTitled } from '../../app/occurrence.ts';
import type { Agreement, AgreementEvent } from '../../wire.ts';
import { DocumentLink } from '../agreement/document-link.tsx';
import { useRungText } from '../agreement/notices.tsx';
import type { Paragraph } from './audit.ts';
import { pageOf, useProcessName } from './process-name.ts';

interface Shown {
  agreement: Agreement;
  paragraph: Paragraph;
  said: string;
}

/** One numbered paragraph: what happened, who did it, when, under which clause, with which evidence. */
export const NarrativeParagraph = memo(function NarrativeParagraph({ agreement, paragraph, said }: Shown): ReactNode {
  return (
    <li className="narrative-paragraph" value={paragraph.number} id={`p${paragraph.number}`}>
      <span className="narrative-number">{paragraph.number}.</span>
      {paragraph.of === 'event' ? (
        <Happening agreement={agreement} paragraph={paragraph} said={said} />
      ) : (
        <Mail agreement={agreement} paragraph={paragraph} />
      )}
    </li>
  );
});

/** What else was written with an act. */
const WORDS = ['reason', 'topic', 'cause', 'details', 'agenda', 'minutes', 'note', 'reference'] as const;

function Happening({
  agreement,
  paragraph,
  said,
}: Shown & { paragraph: Extract<Paragraph, { of: 'event' }> }): ReactNode {
  const { t } = useTranslation();
  const nameOf = useProcessName(agreement);
  const { event, type, process } = paragraph;
  const { at, recordedAt, text, documents = [], clauses, sequence, hash } = event;
  const isLate = wallText(at, agreement.zone) !== wallText(recordedAt, agreement.zone);
  const of = type === 'evaluation' && process ? `/evaluations/${encodeURIComponent(process.id)}` : undefined;
  return (
    <>
      <p className="narrative-said">
        <time dateTime={at}>{wallOf(at, agreement.zone).time}</time> {said}
      </p>
      <p className="narrative-by">
        <Who agreement={agreement} event={event} />
        {type === 'agreement' ? null : (
          <>
            {t('common.colon')}
            <Link to={pageOf(agreement.id, type, process?.id ?? null)}>{nameOf(type, process?.reference ?? null)}</Link>
          </>
        )}
      </p>
      <p className="narrative-rests">
        <ClauseLinks clauses={clauses} of={{ template: agreement.template, agreement: agreement.id }} />
        <span>
          {isLate ? t('audit.recordedLater', { at: wallText(recordedAt, agreement.zone) }) : null}
          {t('audit.eventNumber', { number: sequence })} <span className="mono">{hash.slice(0, 12)}</span>
        </span>
      </p>
      {text?.points?.length ? (
        <ol className="plain-list">
          {text.points.map((point, index) => (
            <li key={index}>{point}</li>
          ))}
        </ol>
      ) : null}
      {WORDS.flatMap((field) => text?.[field] ?? []).map((words, index) => (
        <p key={index} className="said">
          {words}
        </p>
      ))}
      {documents.length > 0 ? (
        <ul className="narrative-evidence">
          {documents.map((document) => (
            <li key={document.id}>
              {t('audit.document')} <DocumentLink agreementId={agreement.id} of={of} document={document} />{' '}
              <span className="mono break">SHA-256 {document.sha256}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

/** Person, seat, side, for whom, through which channel. */
function Who({ agreement, event }: { agreement: Agreement; event: AgreementEvent }): ReactNode {
  const { t } = useTranslation();
  const role = useRoleName();
  const { actor, people } = event;
  const channel = t(`actorVia.${actor.via}`, { defaultValue: actor.via });
  if (actor.seat === 'clock') return t('audit.byTime');
  const party = actor.party === undefined ? undefined : agreement.parties[actor.party]?.name;
  const absent = actor.deputyFor === undefined ? undefined : (people?.[actor.deputyFor] ?? t('event.nameErased'));
  const parts = [
    [actor.name, role(actor.seat)].filter(Boolean).join(t('audit.asSeat')),
    party,
    absent === undefined ? undefined : t('audit.deputyFor', { absent }),
    actor.onBehalfOf === undefined ? undefined : t('audit.onBehalfOf', { party: role(actor.onBehalfOf) }),
    t('audit.through', { channel }),
  ].filter((part): part is string => Boolean(part));
  return parts.map((part, index) => (
    <Fragment key={part}>
      {index > 0 ? t('audit.clauseBreak') : ''}
      {part}
    </Fragment>
  ));
}

function Mail({
  agreement,
  paragraph,
}: {
  agreement: Agreement;
  paragraph: Extract<Paragraph, { of: 'notice' }>;
}): ReactNode {
  const { t } = useTranslation();
  const role = useRoleName();
  const titled = useTitled();
  const rung = useRungText();
  const { notice } = paragraph;
  const duty = agreement.duties.find(({ id }) => id === notice.obligation);
  const about = duty ? titled(duty.title, notice.occurrence) : '';
  const rungs = (notice.rungs ?? []).map(rung).join(t('common.listSeparator'));
  const kind = t(`noticeKind.${notice.kind}`, { defaultValue: notice.kind });
  return (
    <>
      <p className="narrative-said">
        <time dateTime={notice.at}>{wallOf(notice.at, agreement.zone).time}</time>{' '}
        {t('audit.mailTo', { who: [notice.name, role(notice.seat)].filter(Boolean).join(t('audit.asSeat')), kind })}
        {rungs === '' ? '' : t('common.brackets', { inside: rungs })}
        {about === '' ? '' : `${t('common.colon')}${about}`}
      </p>
      <p className="narrative-by">
        {notice.sentAt
          ? t('audit.mailSent', { at: wallText(notice.sentAt, agreement.zone) })
          : t(`noticeStatus.${notice.status}`)}
        {notice.status === 'bounced' || notice.status === 'refused' || notice.bouncedAt ? (
          <strong>
            {t('audit.clauseBreak')}
            {t('audit.notServed')}
            {notice.failure ? t('common.brackets', { inside: notice.failure }) : ''}
          </strong>
        ) : null}
        {notice.possibleDuplicate ? `${t('audit.clauseBreak')}${t('notices.possibleDuplicate')}` : ''}
      </p>
      <p className="narrative-rests">
        <ClauseLinks clauses={notice.clauses} of={{ template: agreement.template, agreement: agreement.id }} />
        {notice.sentAt ? <span className="mono break">Message-ID {notice.messageId}</span> : null}
      </p>
    </>
  );
}

/** `2026-09-01 10:00 UTC+8`: the same in both languages, as it is quoted. */
function wallText(instant: string, zone: string): string {
  const { date, time } = wallOf(instant, zone);
  return `${date} ${time} ${offsetText(instant)}`;
}

/** The day under which a paragraph stands, in the agreement's zone. */
export function dayOf(paragraph: Paragraph, zone: string): string {
  return wallOf(paragraph.of === 'event' ? paragraph.event.at : paragraph.notice.at, zone).date;
}

/** What the day's heading says of the zone. */
export function useDayText(zone: string): (day: string, instant: string) => string {
  const format = useFormat();
  return (day, instant) => `${format.date(day)} (${format.zone(zone)}, ${offsetText(instant)})`;
}
