import type { PersonCommand } from '../agreement/command.ts';
import type { Event, EventType } from '../agreement/event.ts';
import { COORDINATOR } from '../agreement/parties.ts';

type EventOf<T extends EventType> = Extract<Event, { type: T }>;
type Told = { [T in EventType]?: (event: EventOf<T>, caused: readonly Event[]) => object };

/**
 * What a machine must have said, by the event that tells it: a cycle of a survey, a plan, training, an evaluation, an
 * engagement, a risk; a count that the agreement asked for; mail itself. The first of these that was caused counts.
 */
const TOLD: Told = {
  'deliverable-submitted': ({
    obligation,
    occurrence,
    documents,
    parts,
    omitted,
    handedInAtMs,
    occurredAtMs,
    actor,
  }) => ({
    type: 'submit',
    ...named({ obligation, occurrence }),
    documents,
    ...(parts ? { parts } : {}),
    ...(omitted ? { omitted } : {}),
    ...(actor.seat === COORDINATOR && handedInAtMs !== occurredAtMs ? { handedInAtMs } : {}),
  }),
  'deliverable-accepted': ({ obligation, occurrence }) => ({
    type: 'review',
    ...named({ obligation, occurrence }),
    verdict: 'accept',
    pointCount: 0,
  }),
  'deliverable-rejected': ({ obligation, occurrence, pointCount }) => ({
    type: 'review',
    ...named({ obligation, occurrence }),
    verdict: 'reject',
    pointCount,
  }),
  circulated: ({ what, readers, documents }) => ({
    type: 'circulate',
    what,
    readers,
    ...(documents ? { documents } : {}),
  }),
  acknowledged: ({ what }) => ({ type: 'acknowledge', what, documents: [] }),
  'goal-measured': (_first, caused) => ({
    type: 'measured',
    figures: caused.flatMap((event) => (event.type === 'goal-measured' ? [event.figure] : [])),
  }),
  'evaluation-recorded': ({ evaluation, rule, figures, weights }) => ({
    type: 'evaluated',
    evaluation,
    rule,
    figures,
    weights,
  }),
  'sum-booked': ({ award = '', booking, kind, documents, line: { amount, debtor, creditor } }) => ({
    type: 'award',
    evaluation: award.slice(0, award.indexOf('/')),
    consequence: award.slice(award.indexOf('/') + 1),
    rule: booking,
    kind,
    amount,
    debtor,
    creditor,
    documents,
  }),
  'engagement-posted': ({ engagement, clauses }, caused) => ({
    type: 'post-engagement',
    engagement,
    lines: caused.flatMap((event) => (event.type === 'engagement-posted' ? [event.line] : [])),
    clauses,
  }),
  'visits-counted': ({ rule, quarter, stage, tiers }) => ({ type: 'visits-counted', rule, quarter, stage, tiers }),
  'risk-register-begun': ({ reference }) => ({ type: 'risk-noted', reference }),
  'notice-undelivered': ({ noticeId, seat, kind, code }, caused) => {
    const failed = caused.find((event) => event.type === 'service-failed');
    return { type: 'undelivered', noticeId, seat, kind, code, ...(failed ? { serves: failed.notice } : {}) };
  },
  'notice-served': ({ mail, notice, to }) => ({
    type: 'served',
    noticeId: mail,
    serves: notice,
    ...(to === undefined ? {} : { seat: to }),
  }),
};

/** The command of a machine that caused these events; undefined where they tell of none. */
export function toldBy(caused: readonly Event[]): PersonCommand | undefined {
  for (const [type, told] of Object.entries(TOLD)) {
    const event = caused.find((one) => one.type === type);
    if (!event) continue;
    const { commandId: id, occurredAtMs: receivedAtMs, actor } = event;
    const said = (told as (one: Event, all: readonly Event[]) => object)(event, caused);
    return { ...said, id, receivedAtMs, actor } as PersonCommand;
  }
  return undefined;
}

function named({ obligation, occurrence }: { obligation: string; occurrence?: string | undefined }): object {
  return { obligation, ...(occurrence === undefined ? {} : { occurrence }) };
}
