import { Button, Skeleton, Timeline as AntTimeline, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Agreement, AgreementEvent } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { useRoleName } from '../../app/names.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import { useEvents, useRefusals } from './agreement-queries.ts';
import { DocumentLink } from './document-link.tsx';
import { useEventSentence } from './use-event-sentence.ts';

const COLOUR: Record<string, string> = {
  'obligation-overdue': 'red',
  'review-overdue': 'orange',
  'deliverable-rejected': 'orange',
  'penalty-posted': 'red',
  'obligation-fulfilled': 'green',
  'agreement-in-force': 'green',
  'agreement-terminated': 'gray',
  'agreement-expired': 'gray',
};

/** What happened, in words, with who, when, clauses and documents; and what was refused. */
export function Timeline({ agreement }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const events = useEvents(agreement.id);
  if (events.isPending) return <Skeleton active />;
  if (events.error) return <ProblemAlert error={events.error} retry={() => void events.refetch()} />;
  const rows = events.data.pages.flatMap((page) => page.items);
  return (
    <div className="stack">
      {rows.length === 0 ? (
        <div className="empty">{t('timeline.none')}</div>
      ) : (
        <AntTimeline
          items={rows.map((event) => ({
            key: event.sequence,
            color: COLOUR[event.type] ?? 'blue',
            content: <TimelineEntry agreement={agreement} event={event} />,
          }))}
        />
      )}
      {events.hasNextPage ? (
        <div className="more">
          <Button loading={events.isFetchingNextPage} onClick={() => void events.fetchNextPage()}>
            {t('common.more')}
          </Button>
        </div>
      ) : null}
      <Refusals agreement={agreement} />
    </div>
  );
}

function TimelineEntry({ agreement, event }: { agreement: Agreement; event: AgreementEvent }): ReactNode {
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
        {event.clauses.length > 0 ? ` · ${event.clauses.join(', ')}` : ''}
        {' · '}
        <span title={event.hash}>#{event.sequence}</span>
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

/** What else was written with an act. */
const SAID = ['topic', 'cause', 'details', 'agenda', 'minutes', 'note', 'reference'] as const;

function Refusals({ agreement }: { agreement: Agreement }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const refusals = useRefusals(agreement.id);
  if (refusals.error) return <ProblemAlert error={refusals.error} retry={() => void refusals.refetch()} />;
  const rows = refusals.data?.items ?? [];
  if (rows.length === 0) return null;
  return (
    <section>
      <h2>{t('refusals.title')}</h2>
      <Records
        label={t('refusals.title')}
        rows={rows}
        rowKey={({ at, code, do: what }) => `${at} ${what} ${code}`}
        empty={null}
        columns={[
          { key: 'at', title: t('common.when'), render: ({ at }) => format.instant(at, agreement.zone) },
          {
            key: 'who',
            title: t('common.who'),
            render: ({ actor }) =>
              [role(actor.seat), actor.name].filter(Boolean).join(' ') || t(`actorKind.${actor.kind ?? 'account'}`),
          },
          { key: 'do', title: t('refusals.act'), render: ({ do: what }) => t(`act.${what}`, { defaultValue: what }) },
          {
            key: 'why',
            title: t('refusals.why'),
            heading: true,
            render: ({ code, message, clauses }) => (
              <>
                {t(`rejection.${code}`, { defaultValue: message })} <span className="mono muted">{code}</span>{' '}
                {clauses ? <span className="muted small">{clauses.join(', ')}</span> : null}
              </>
            ),
          },
        ]}
      />
    </section>
  );
}
