import type { Actor, DocumentRef } from '../agreement/command.ts';
import type { Due } from '../agreement/event.ts';
import { COORDINATOR, THIRD, bindsSeat, boundParty } from '../agreement/parties.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { addWorkingDays, isWorkingDay } from '../calendar.ts';
import { dueAfterDays } from '../deadline.ts';
import { addDays } from '../local-date.ts';
import { compareMoney, isZeroMoney, subtractMoney } from '../money.ts';
import type { ProcessDecision, ProcessEventEnvelope } from '../process/process.ts';
import type { Instant, LocalDate } from '../time.ts';
import { instantAt, localDateAt } from '../zone.ts';
import type { EngagementCommand, EngagementInput, EngagementPersonCommand } from './command.ts';
import type { EngagementEventBody } from './event.ts';
import type { EngagementState, Round } from './state.ts';

export type Command<T extends EngagementPersonCommand['type']> = Extract<EngagementPersonCommand, { type: T }>;
export type Decision = ProcessDecision<EngagementEventBody>;

/** A period for an act rolls over and ends at midnight (design §4). */
const FOR_AN_ACT = { rollover: 'next-working-day', dayEnd: '24:00' } as const;

/** What every event bears. */
export function causeOf(
  { receivedAtMs, actor, id }: Pick<EngagementCommand, 'receivedAtMs' | 'actor' | 'id'>,
  clauses: string[],
): ProcessEventEnvelope {
  return { occurredAtMs: receivedAtMs, actor, clauses, commandId: id };
}

export function refuse(rejected: Rejection['rejected'], message: string, clauses: string[] = []): Rejection {
  return { rejected, message, ...(clauses.length > 0 ? { clauses } : {}) };
}

/** The local date of a command. */
export function dayOf({ zone }: EngagementInput, { receivedAtMs }: { receivedAtMs: Instant }): LocalDate {
  return localDateAt(zone, receivedAtMs);
}

/** So many days after a date, for an act; null where no length is agreed. */
export function dueIn({ calendar, zone }: EngagementInput, from: LocalDate, days: number | null): Due | null {
  if (days === null) return null;
  const due = dueAfterDays(from, days, FOR_AN_ACT, calendar, zone);
  const counted = addDays(from, days);
  return counted === due.localDate ? due : { ...due, rolledFrom: counted };
}

/**
 * When the answer to an application is due: its working days after receipt, whose day does not count, end at midnight of
 * the last; those that fall into a pause are added (S001b-71, design §4).
 */
export function replyDueOf(
  { rules, calendar, zone }: EngagementInput,
  { appliedAtMs, pauses }: Pick<Round, 'appliedAtMs' | 'pauses'>,
  standstills: EngagementState['standstills'] = [],
): Due | null {
  const days = rules.reply?.workingDays ?? null;
  if (days === null) return null;
  const received = localDateAt(zone, appliedAtMs);
  let lost = 0;
  let counted: LocalDate = received; // a day that a question and a suspension both cover is lost once
  const all = [...pauses, ...standstills].sort((a, b) => (a.from < b.from ? -1 : 1));
  for (const { from, until } of all) {
    if (until === null) continue;
    for (let day = from > counted ? from : addDays(counted, 1); day < until; day = addDays(day, 1)) {
      if (isWorkingDay(calendar, day)) lost += 1;
      counted = day;
    }
  }
  const localDate = addWorkingDays(calendar, received, days + lost);
  return { dueAtMs: instantAt(zone, localDate, '24:00'), localDate };
}

/** The round that runs, or was decided last. */
export function roundOf({ rounds }: EngagementState): Round {
  const round = rounds.at(-1);
  if (!round) throw new Error('an engagement begins with a round'); // a bug
  return round;
}

/** What a party still owes the third party of one cost that has its last day (S001b-87). */
export interface OpenShare {
  /** Of the cost. */
  number: number;
  party: string;
  amount: string;
  due: Due;
  /** It was told that its last day has passed. */
  isOverdue: boolean;
}

/** The open shares, those of the oldest cost first: whatever is paid settles the oldest cost, so that the newest ones are left. */
export function openShares({ charges, owed }: Pick<EngagementState, 'charges' | 'owed'>): OpenShare[] {
  const left = { ...owed };
  return [...charges].reverse().reduce<OpenShare[]>((newer, { number, shares, due = null, overdue = [] }) => {
    if (due === null) return newer;
    const open = Object.entries(shares).flatMap(([party, share]): OpenShare[] => {
      const owes = left[party] ?? '0';
      const amount = compareMoney(share, owes) < 0 ? share : owes;
      if (isZeroMoney(amount)) return [];
      left[party] = subtractMoney(owes, amount);
      return [{ number, party, amount, due, isOverdue: overdue.includes(party) }];
    });
    return [...open, ...newer];
  }, []);
}

/** Whom an act binds here: a role key, or `third` for this engagement's third party alone. */
export function saidBy(input: EngagementInput, actor: Actor): string | undefined {
  const { thirdSeat, parties } = input;
  if (actor.seat === COORDINATOR) {
    const { onBehalfOf } = actor;
    return onBehalfOf === thirdSeat || onBehalfOf === THIRD ? THIRD : onBehalfOf;
  }
  if (actor.seat === thirdSeat) return THIRD;
  const party = boundParty(actor);
  return party !== undefined && parties.includes(party) ? party : undefined;
}

/** The first name of a kind that is free: `loss-1`, `loss-2` … Two that wait for the engine never get one name. */
export function nextName(kind: string, taken: readonly string[]): string {
  let number = taken.length + 1;
  while (taken.includes(`${kind}-${number}`)) number += 1;
  return `${kind}-${number}`;
}

/** The seats that a rule names, with `applicant` and `third` as they are here. */
export function seatsNamed(state: EngagementState, named: readonly string[]): string[] {
  const { input } = state;
  return named.map((one) => (one === THIRD ? input.thirdSeat : one === 'applicant' ? roundOf(state).by : one));
}

/** Which of the seats that a rule names this act is of; a coordinator enters it for one of them. */
export function speakerAmong(state: EngagementState, named: readonly string[], actor: Actor): string | undefined {
  const { input } = state;
  return seatsNamed(state, named).find((seat) =>
    seat === input.thirdSeat ? saidBy(input, actor) === THIRD : bindsSeat(input, actor, seat),
  );
}

/**
 * Acts that a coordinator enters need their document: nobody is bound by what somebody else says they said. Withdrawing access
 * protects; what is here besides asks for its document itself.
 */
export function enteredBare(command: EngagementCommand): Rejection | undefined {
  if (command.type === 'access' && command.step === 'withdraw') return undefined;
  switch (command.type) {
    case 'withdraw':
    case 'review':
    case 'refuse-to-sign':
    case 'access':
    case 'start-work':
    case 'assign':
    case 'judge-delivery':
    case 'review-effect':
    case 'supervise':
    case 'ask-support':
    case 'pay':
    case 'propose-cap':
    case 'end':
    case 'settle':
      return unproven(command.actor, command.documents ?? []);
    default:
      return undefined;
  }
}

/** What a coordinator enters for somebody has its document. */
export function unproven(actor: Actor, documents: readonly DocumentRef[]): Rejection | undefined {
  if (actor.seat !== COORDINATOR || documents.length > 0) return undefined;
  return refuse('evidence-missing', 'what the coordinator enters for somebody needs its document');
}

/** Whether this act is of a party, or of the coordinator for one or for all. */
export function byParty({ input }: EngagementState, actor: Actor): boolean {
  const by = saidBy(input, actor);
  return (by !== undefined && input.parties.includes(by)) || (actor.seat === COORDINATOR && by === undefined);
}

export function byThird({ input }: EngagementState, actor: Actor): boolean {
  return saidBy(input, actor) === THIRD;
}

/**
 * What outlives its end: what is owed to the third party, claims that nobody has settled (S001b-90), what was handed in and nobody
 * has looked at, and the look at the effect of what was accepted, where it has its day (S001a-49).
 */
export function isOutstanding({ input, owed, losses, milestones }: EngagementState): boolean {
  const reviewers = input.rules.effectReview?.by ?? [];
  return (
    Object.values(owed).some((sum) => compareMoney(sum, '0') > 0) ||
    losses.some(({ status }) => status === 'claimed' || status === 'disputed') ||
    milestones.some(({ status }) => status === 'handed-in' && input.rules.kind === 'involvement') ||
    milestones.some(
      ({ effectDue, effect }) => effectDue !== null && reviewers.some((seat) => !effect.some(({ by }) => by === seat)),
    )
  );
}

/** Nothing changes any more. */
export function isOver(state: EngagementState): boolean {
  const { status, agreementOver } = state;
  return (status === 'closed' || (agreementOver && status !== 'ended')) && !isOutstanding(state);
}

/** The agreement is suspended as a whole: clocks for acts stand still. */
export function isStandingStill({ standstills }: EngagementState): boolean {
  return standstills.some(({ until }) => until === null);
}

/** Local days after a due date, up to a day, without those on which the agreement was suspended (ADR 15). */
export function daysLateIn({ standstills }: EngagementState, { localDate }: Due, on: LocalDate): number {
  let days = 0;
  for (let day = addDays(localDate, 1); day <= on; day = addDays(day, 1)) if (!isLost(standstills, day)) days += 1;
  return days;
}

export function isLost(standstills: EngagementState['standstills'], day: LocalDate): boolean {
  return standstills.some(({ from, until }) => day >= from && (until === null || day < until));
}

/** Why nothing of it changes any more. */
export function notAlive(state: EngagementState): Rejection | undefined {
  const { input, agreementOver } = state;
  if (!isOver(state)) return undefined;
  if (agreementOver) return refuse('agreement-ended', `${input.reference} ended with its agreement`);
  return refuse('engagement-closed', `${input.reference} is closed`);
}

/** Its agreement is signed by all, and the involvement has not ended. */
export function isInForce({ status }: EngagementState): boolean {
  return status === 'active' || status === 'ending';
}

/** By what an involvement is over: its agreement, which refuses all later acts, or its own end; undefined: it is not. */
export function endedCode({
  status,
  agreementOver,
}: EngagementState): 'agreement-ended' | 'engagement-ended' | undefined {
  if (agreementOver) return 'agreement-ended';
  return status === 'ended' || status === 'closed' ? 'engagement-ended' : undefined;
}

/** No work, no access, no payment before its agreement is signed and its first day is here (S001a-66, S001b-71, S001c-71). */
export function gate(state: EngagementState, on: LocalDate): Rejection | undefined {
  const { input, status, startsOn } = state;
  const { agreement, advanceNotice } = input.rules;
  const ended = endedCode(state);
  if (ended) return refuse(ended, `the involvement ${input.reference} is over`, agreement.clauses);
  if (!isInForce(state) || startsOn === null) {
    const message = `${input.reference} is ${status}: nothing begins before its agreement is signed by all signatories`;
    return refuse('gate-closed', message, agreement.clauses);
  }
  if (on < startsOn) {
    const clauses = advanceNotice?.clauses ?? agreement.clauses;
    return refuse('gate-closed', `${input.reference} begins on ${startsOn}, today is ${on}`, clauses);
  }
  return undefined;
}
