import type { MatterKind } from '../../../domain/agreement/matter.ts';
import type { NoticeContext, Wording } from '../context.ts';
import { capital, date, detail, dueDetails, quoted, reference, role, until, who, written } from './phrases.ts';

export const KINDS: Record<MatterKind, string> = {
  request: 'request',
  incident: 'confidentiality incident',
  dispute: 'dispute',
  meeting: 'meeting',
};

/** Requests, confidentiality incidents, disputes, meetings. */
export const matterTexts: Pick<
  Wording['texts'],
  'matter-opened' | 'matter-reminder' | 'matter-carried' | 'matter-overdue'
> = {
  'matter-opened': (c) => {
    const { by, kind, from, localDate } = c.notice.facts;
    const when = c.due && kind !== 'meeting' ? ` by ${until(c)}` : '';
    const day = from ?? localDate;
    switch (kind as MatterKind | undefined) {
      case 'meeting':
        return {
          subject: `Meeting${day === undefined ? '' : ` on ${day}`}: ${quoted(c)}`,
          heading: `${capital(role(c, by))} calls a meeting`,
          paragraphs: [
            `${capital(who(c, by))} calls a meeting about ${quoted(c)}${day === undefined ? '' : ` on ${date(day)}`}. Minutes and decisions follow on the page of the agreement, each decision with its owner and date.`,
            ...written('Topic', c.words.topic),
            ...written('Details', c.words.details ?? c.words.agenda),
          ],
          details: detail('Day', day, date),
          button: 'Look at the meeting',
        };
      case 'incident':
        return {
          subject: `Confidentiality incident, act at once: ${quoted(c)}`,
          heading: 'Confidentiality incident',
          paragraphs: [
            `${capital(who(c, by))} recorded a confidentiality incident. Please act at once as the agreement on secrecy requires, and reply in writing what was done.`,
            'Secrecy is owed during a suspension and after the end as well.',
            ...written('Topic', c.words.topic),
            ...written('Details', c.words.details ?? c.words.agenda),
          ],
          details: matterDetails(c),
          button: 'Reply what was done',
        };
      case 'dispute':
        return {
          subject: `${capital(role(c, by))} raises a dispute: negotiate${when} (${c.agreementTitle})`,
          heading: 'A dispute is to be negotiated',
          paragraphs: [
            `${capital(who(c, by))} raises a dispute under ${quoted(c)}. The parties negotiate${when}; if that fails, it goes the way that was agreed on for disputes.`,
            ...written('Topic', c.words.topic),
            ...written('Details', c.words.details ?? c.words.agenda),
          ],
          details: matterDetails(c),
          button: 'Look at it and reply',
        };
      default:
        return {
          subject: c.asked
            ? `Reply to the request of ${role(c, by, 'the other side')}${when} (${c.agreementTitle})`
            : `${capital(role(c, by))} has a request: ${quoted(c)}`,
          heading: `A request of ${role(c, by)}`,
          paragraphs: [
            `${capital(who(c, by))} has a request under the agreement.${c.due ? ` A reply is due by ${until(c)}.` : ''}`,
            'Silence does not count as consent. No duty’s date moves by a request alone; that takes an agreement of both sides.',
            ...written('Topic', c.words.topic),
            ...written('Details', c.words.details ?? c.words.agenda),
          ],
          details: matterDetails(c),
          button: 'Reply to the request',
        };
    }
  },

  'matter-reminder': (c) => {
    const { by, verdict, days } = c.notice.facts;
    return {
      subject: `The request of ${role(c, by, 'the other side')} waits for your reply${days === undefined ? '' : ` (${days} days)`}: ${quoted(c)}`,
      heading: `A request of ${role(c, by)} waits for your reply`,
      paragraphs: [
        `${capital(who(c, by))} has a request under the agreement that is not answered yet.${c.due ? ` A reply is due by ${until(c)}.` : ''}`,
        verdict === 'refused'
          ? 'Without your written permission it is not permitted; silence is refusal. This reminder does not change where the request stands.'
          : 'Silence does not count as consent. This reminder moves no date.',
        ...written('Topic', c.words.topic),
        ...written('Details', c.words.details ?? c.words.agenda),
      ],
      details: matterDetails(c),
      button: 'Reply to the request',
    };
  },

  'matter-carried': (c) => {
    const { by, verdict, seat, until: dueOn } = c.notice.facts;
    const steps: Record<string, string> = {
      answer: 'has been answered',
      refuse: 'has been refused',
      close: 'is closed',
      escalate: 'goes the way that was agreed on for disputes',
      decide: 'has a decision',
    };
    const result = `The ${kindOf(c)} ${steps[verdict ?? ''] ?? 'has gone on'}`;
    return {
      subject: `${result}: ${quoted(c)}`,
      heading: result,
      paragraphs: [
        `${capital(who(c, by))} recorded: ${result.charAt(0).toLowerCase()}${result.slice(1)}. Its words stand on the page of the agreement.`,
        ...(seat === undefined && dueOn === undefined
          ? []
          : [
              `${capital(who(c, seat, 'whoever was named'))} carries the decision out${dueOn === undefined ? '' : ` by ${date(dueOn)}`}.`,
            ]),
      ],
      details: matterDetails(c),
    };
  },

  'matter-overdue': (c) => {
    const dispute = c.notice.facts.kind === 'dispute';
    return {
      subject: dispute
        ? `The time to negotiate the dispute is over: ${quoted(c)}`
        : c.asked
          ? `Reply to the ${kindOf(c)} now: the time for it is over (${c.agreementTitle})`
          : `The ${kindOf(c)} was not answered in time (${c.agreementTitle})`,
      heading: dispute ? 'The time to negotiate is over' : `The ${kindOf(c)} was not answered in time`,
      paragraphs: [
        dispute
          ? `The dispute was not resolved by ${until(c)}. It can now go the way that was agreed on for disputes; the parties may also go on negotiating.`
          : `A reply was due by ${until(c)} and has not arrived. Silence does not count as consent.`,
      ],
      details: matterDetails(c),
      button: dispute ? 'Look at it and reply' : `Reply to the ${kindOf(c)}`,
    };
  },
};

function kindOf(c: NoticeContext): string {
  return KINDS[c.notice.facts.kind as MatterKind] ?? 'matter';
}

function matterDetails(c: NoticeContext): [string, string][] {
  const { obligation, occurrence, facts } = c.notice;
  const { by, about, kind } = facts;
  return [
    ...detail('Number', about?.replace(/^matter:/, ''), String),
    ...detail('Raised by', by, (seat) => who(c, seat)),
    ...detail('Duty', obligation, (id) => reference(c, id + (occurrence === undefined ? '' : `#${occurrence}`))),
    ...(c.due ? dueDetails(c, kind === 'dispute' ? 'Negotiate by' : 'Reply by') : []),
  ];
}
