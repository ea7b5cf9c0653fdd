import type { Due } from '../agreement/event.ts';
import type { NoticeDraft, NoticeFacts } from '../agreement/notice.ts';
import { COORDINATOR, THIRD, mailSeat } from '../agreement/parties.ts';
import { noticeMoment } from '../notice-time.ts';
import { rungsAfter } from '../process/rungs.ts';
import type { Instant } from '../time.ts';
import { localDateAt } from '../zone.ts';
import type { EngagementEventType } from './event.ts';
import { daysLateIn, isInForce, isOver, isStandingStill, openShares, roundOf, seatsNamed } from './standing.ts';
import type { EngagementState } from './state.ts';

/** What somebody is asked to do; words in activities/mail. */
export const ENGAGEMENT_REQUESTS = [
  'reply',
  'provide',
  'review',
  'sign',
  'milestone',
  'accept',
  'effect',
  'support',
  'pay',
  'cap',
  'cap-consent',
  'loss',
  'end',
  'purpose',
  'settle',
] as const;
export type EngagementRequest = (typeof ENGAGEMENT_REQUESTS)[number];

/** Days before a due date on which whoever has to act is reminded; ours. */
const LEAD_DAYS: Partial<Record<EngagementRequest, number[]>> = { reply: [3, 1], milestone: [7, 1] };

/** Seats of the parties. */
export function partiesOf({ input }: EngagementState): string[] {
  return input.parties;
}

/** The parties, who began it, and the third party. */
export function everybody(state: EngagementState): string[] {
  return [...state.input.parties, roundOf(state).by, state.input.thirdSeat];
}

interface Telling {
  atMs: Instant;
  clauses: string[];
  facts?: NoticeFacts;
}

/** One notice a seat that has somebody to write to; a seat that nobody fills is its party's business. */
function drafts(
  { input }: EngagementState,
  kind: NoticeDraft['kind'],
  seats: readonly string[],
  { atMs, clauses, facts, own }: Telling & { own?: string },
): NoticeDraft[] {
  const { calendar, zone, noticeHours } = input;
  const mailed = seats.map((seat) => (seat === THIRD ? input.thirdSeat : seat)).map((seat) => mailSeat(input, seat));
  return [...new Set(mailed)]
    .filter((seat) => seat !== own && input.seats.includes(seat))
    .map((seat) => ({
      kind,
      seat,
      role: seat === COORDINATOR ? 'copy' : seat,
      atMs: noticeMoment(atMs, calendar, zone, noticeHours),
      clauses,
      facts: { process: input.reference, ...facts },
    }));
}

/** Asks for an act. */
export function asking(
  state: EngagementState,
  what: EngagementRequest,
  seats: readonly string[],
  telling: Telling,
): NoticeDraft[] {
  return drafts(state, 'engagement-request', seats, { ...telling, facts: { ...telling.facts, what } });
}

/** Tells what happened; nobody is written to about their own act (design §4). */
export function news(
  state: EngagementState,
  status: EngagementEventType,
  { seats, ...telling }: Telling & { seats: readonly string[]; own?: string },
): NoticeDraft[] {
  return drafts(state, 'engagement-news', seats, { ...telling, facts: { ...telling.facts, status } });
}

/** A written notice in the name of both parties (S001b-79, S001b-92): by mail at once, where the third party has an address. */
export function written(
  state: EngagementState,
  what: 'cap' | 'end',
  { atMs, clauses, facts }: Telling,
  number?: number,
): NoticeDraft[] {
  const { input } = state;
  // Which change it is of: a mail that arrives late is not the notice of a later one.
  const serves = `engagement:${input.reference}:${what}${number === undefined ? '' : `-${number}`}`;
  const mail = drafts(state, 'engagement-notice', [input.thirdSeat], {
    atMs,
    clauses,
    facts: { ...facts, what, serves },
  }).map((one) => ({ ...one, atMs }));
  const byHand = { ...facts, what, status: 'by-hand' };
  return mail.length > 0
    ? mail
    : drafts(state, 'engagement-notice', [...input.parties, COORDINATOR], { atMs, clauses, facts: byHand });
}

/** A party's share of a cost. */
export function costAbout(number: number, party: string): string {
  return `cost-${number}-${party}`;
}

/** A clock that somebody is reminded of. */
interface Clock {
  what: EngagementRequest;
  /** Which one, where there are several. */
  about: string;
  due: Due;
  seats: string[];
  clauses: string[];
  /** What is left to be paid. */
  sum?: { amount: string; currency: string };
}

/** The clocks that run, each with whoever has to act. */
function clocksOf(state: EngagementState): Clock[] {
  const { input, status } = state;
  const { rules } = input;
  if (isOver(state) || isStandingStill(state)) return [];
  const clocks: Clock[] = [];
  const round = roundOf(state);
  if ((status === 'applied' || status === 'no-reply') && round.replyDue && rules.reply) {
    const { by, clauses } = rules.reply;
    const seats = by === null ? input.parties.filter((one) => one !== round.party) : [by];
    clocks.push({ what: 'reply', about: `round-${round.number}`, due: round.replyDue, seats, clauses });
  }
  if (status === 'in-review' && state.reviewDue && rules.jointReview) {
    const { by, clauses } = rules.jointReview;
    const seats = by.filter((seat) => !state.reviewedBy.includes(seat));
    clocks.push({ what: 'review', about: 'draft', due: state.reviewDue, seats, clauses });
  }
  for (const { milestone: about, status: stage, effectDue: due, effect } of state.milestones) {
    if (stage !== 'accepted' || due === null || rules.effectReview === null) continue;
    const { by, clauses } = rules.effectReview;
    const seats = by.filter((seat) => !effect.some((one) => one.by === seat));
    if (seats.length > 0) clocks.push({ what: 'effect', about, due, seats, clauses });
  }
  for (const { number, party, amount, due } of openShares(state)) {
    const about = costAbout(number, party);
    const sum = { amount, currency: input.currency };
    clocks.push({ what: 'pay', about, due, seats: [party], clauses: rules.fee?.clauses ?? rules.clauses, sum });
  }
  if (!isInForce(state)) return clocks;
  for (const one of state.milestones) {
    const about = one.milestone;
    const clauses = rules.acceptance?.clauses ?? rules.clauses;
    const isOwed = one.status === 'pending' || one.status === 'overdue' || one.status === 'rejected';
    if (isOwed && one.due) {
      clocks.push({ what: 'milestone', about, due: one.due, seats: [input.thirdSeat], clauses });
    }
    if (one.status === 'handed-in' && one.acceptBy && rules.acceptance) {
      const seats = seatsNamed(state, rules.acceptance.by).filter((seat) => !one.acceptedBy.includes(seat));
      clocks.push({ what: 'accept', about, due: one.acceptBy, seats, clauses });
    }
  }
  for (const { request, of, due, answeredBy, answeredOn } of state.support) {
    if (due === null || answeredOn !== null) continue;
    const seats = of.filter((seat) => !answeredBy.includes(seat));
    clocks.push({ what: 'support', about: request, due, seats, clauses: rules.support?.clauses ?? rules.clauses });
  }
  for (const { number, status: stage, due } of state.capChanges) {
    if (stage !== 'notified' || due === null) continue;
    const clauses = rules.cap?.clauses ?? rules.clauses;
    clocks.push({ what: 'cap-consent', about: `cap-${number}`, due, seats: [input.thirdSeat], clauses });
  }
  return clocks;
}

/** The next reminder of every clock, put by one at a time; a late one goes to the coordinator as well. */
export function remindersOf(
  state: EngagementState,
  waiting: readonly NoticeDraft[],
  afterMs: Instant,
  nowMs: Instant,
): NoticeDraft[] {
  const { calendar, zone, noticeHours: hours } = state.input;
  return clocksOf(state).flatMap((clock) => {
    if (waiting.some((notice) => notice.atMs > afterMs && isOf(notice, clock))) return [];
    const { what, about, due, seats, clauses, sum } = clock;
    const { atMs, rungs } = rungsAfter(due, LEAD_DAYS[what] ?? [1], { calendar, zone, hours }, afterMs, nowMs);
    const daysLate = daysLateIn(state, due, localDateAt(zone, atMs));
    const facts = { what, about, dueAtMs: due.dueAtMs, localDate: due.localDate, daysLate, ...sum };
    const copies = daysLate > 0 ? [COORDINATOR] : [];
    return drafts(state, 'engagement-reminder', [...seats, ...copies], { atMs, clauses, facts }).map((one) => ({
      ...one,
      rungs,
    }));
  });
}

function isOf({ kind, facts }: NoticeDraft, { what, about, due, sum }: Clock): boolean {
  const isSame = facts.what === what && facts.about === about && facts.dueAtMs === due.dueAtMs;
  return kind === 'engagement-reminder' && isSame && facts.amount === sum?.amount;
}

/** Whether a notice that waits still asks for something, or tells what is so. */
export function stillToThePoint(notice: NoticeDraft, state: EngagementState): boolean {
  const { kind, facts, seat } = notice;
  if (kind === 'engagement-reminder') {
    return clocksOf(state).some(
      (clock) =>
        isOf(notice, clock) && (seat === COORDINATOR || clock.seats.some((one) => mailSeat(state.input, one) === seat)),
    );
  }
  if (kind !== 'engagement-request') return true;
  switch (facts.what as EngagementRequest) {
    case 'reply':
      return state.status === 'applied' || state.status === 'no-reply';
    case 'provide':
      return state.status === 'asked';
    case 'review':
      return state.status === 'in-review' && !state.reviewedBy.includes(seat);
    case 'sign':
      return state.status === 'signing' && !state.signatures.some((one) => one.seat === seat);
    case 'pay':
      return openShares(state).some(({ number, party }) => facts.about === costAbout(number, party));
    default:
      return !isOver(state);
  }
}
