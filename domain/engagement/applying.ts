import type { Actor } from '../agreement/command.ts';
import { COORDINATOR, bindsSeat, partyOf } from '../agreement/parties.ts';
import { notProvided } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { addDays } from '../local-date.ts';
import { processDecision } from '../process/fold.ts';
import type { Instant } from '../time.ts';
import { localDateAt } from '../zone.ts';
import type { Application, EngagementInput } from './command.ts';
import type { EngagementEventBody } from './event.ts';
import {
  type Command,
  type Decision,
  causeOf,
  dayOf,
  daysLateIn,
  notAlive,
  refuse,
  replyDueOf,
  roundOf,
  saidBy,
  speakerAmong,
  unproven,
} from './standing.ts';
import type { EngagementState } from './state.ts';
import { asking, news, partiesOf } from './telling.ts';

/** Who could begin one, as the rule names them: the seat that did. */
export function applicantOf(
  { rules, parties, seats, seatParties }: Pick<EngagementInput, 'rules' | 'parties' | 'seats' | 'seatParties'>,
  actor: Actor,
): string | undefined {
  return rules.applicants.find((seat) => bindsSeat({ parties, seats, seatParties }, actor, seat));
}

/**
 * Why an engagement cannot be begun: by whom it may not, or what its application lacks (S001b-70). The API and scenarios
 * ask before they start one; another round is asked here again.
 */
export function applicationRefused(
  input: Pick<EngagementInput, 'rules' | 'parties' | 'seats' | 'seatParties'>,
  actor: Actor,
  application: Application,
): Rejection | undefined {
  const { rules } = input;
  if (applicantOf(input, actor) === undefined) {
    return refuse('not-responsible', `begun by ${rules.applicants.join(' or ')}`, rules.clauses);
  }
  const entered = unproven(actor, application.documents);
  if (entered) return entered;
  const { demands = [], clauses = rules.clauses } = rules.application ?? {};
  const given = application.documents.length > 0 ? [...application.filled, 'documents'] : application.filled;
  const missing = demands.filter((field) => !given.includes(field));
  if (missing.length > 0) {
    return refuse('application-incomplete', `the application lacks: ${missing.join(', ')}`, clauses);
  }
  if (application.interest === null) {
    const message = 'the applicant declares whether it has an interest in the third party: none, or a conflict';
    return refuse('interest-undeclared', message, clauses);
  }
  const unknown = application.scope.find((code) => !isScope(rules.scopes, code));
  if (unknown === undefined) return undefined;
  const message = `no scope ${unknown} is offered: ${[...rules.scopes, 'other-1, other-2 … for words of your own'].join(', ')}`;
  return refuse('out-of-scope', message, clauses);
}

/** A code that the rule offers, or one that stands for words of one's own. */
export function isScope(offered: readonly string[], code: string): boolean {
  return offered.includes(code) || /^other-[1-9]\d{0,3}$/.test(code);
}

/** What begins it, or another round of it: an application, a notice ahead, or the work on a draft. */
export function begun(
  { rules, zone, ...input }: EngagementInput,
  given: { actor: Actor; application: Application; round: number; commandId?: string },
  appliedAtMs: Instant,
): EngagementEventBody {
  const { actor, application, round, commandId } = given;
  const whole = { rules, zone, ...input };
  const by = applicantOf(whole, actor) ?? actor.seat;
  const days = rules.advanceNotice?.days ?? null;
  return {
    occurredAtMs: appliedAtMs,
    actor,
    clauses: (rules.application ?? rules.advanceNotice ?? rules.agreement).clauses,
    ...(commandId === undefined ? {} : { commandId }),
    type: rules.application ? 'engagement-applied' : rules.advanceNotice ? 'engagement-invited' : 'engagement-begun',
    round,
    by,
    party: partyOf(whole, by),
    application,
    replyDue: rules.application ? replyDueOf(whole, { appliedAtMs, pauses: [] }) : null,
    noticeThrough: days === null ? null : addDays(localDateAt(zone, appliedAtMs), days),
  };
}

/** Another round under the same name: what was said before stays in the record. */
export function apply(command: Command<'apply'>, state: EngagementState): Decision | Rejection {
  const { input, status } = state;
  const over = notAlive(state);
  if (over) return over;
  if (status !== 'refused' && status !== 'no-reply' && status !== 'withdrawn') {
    return refuse('name-taken', `${input.reference} is ${status}: for another involvement choose another name`);
  }
  const refused = applicationRefused(input, command.actor, command.application);
  if (refused) return refused;
  const { actor, application, receivedAtMs, id } = command;
  const round = state.rounds.length + 1;
  const event = begun(input, { actor, application, round, commandId: id }, receivedAtMs);
  return processDecision<EngagementEventBody>({ events: [event] });
}

/** Who may answer the application that runs: the other party, or the seat that approves. */
export function repliersOf(state: EngagementState): string[] {
  const { input } = state;
  const { reply } = input.rules;
  if (reply === null) return [];
  const { party } = roundOf(state);
  return reply.by === null ? input.parties.filter((one) => one !== party) : [reply.by];
}

/** The answer, also a late one; silence was never consent, and nobody answers their own application (S001b-71). */
export function reply(command: Command<'reply'>, state: EngagementState): Decision | Rejection {
  const { input, status } = state;
  const { verdict, actor, documents, receivedAtMs, hasReason } = command;
  const rule = input.rules.reply;
  if (rule === null) return notProvided('answer to an application');
  const over = notAlive(state);
  if (over) return over;
  const { clauses } = rule;
  const round = roundOf(state);
  const speaker = actor.seat === COORDINATOR ? actor.onBehalfOf : actor.seat;
  const isOwn = rule.by === null ? saidBy(input, actor) === round.party : speaker === round.by;
  if (isOwn || (actor.seat !== COORDINATOR && actor.personId === round.personId)) {
    return refuse('own-proposal', 'nobody answers their own application', clauses);
  }
  const by = speakerAmong(state, repliersOf(state), actor);
  if (by === undefined) return refuse('not-responsible', `answered by ${repliersOf(state).join(' or ')}`, clauses);
  const entered = unproven(actor, documents);
  if (entered) return entered;
  if (status !== 'applied' && status !== 'asked' && status !== 'no-reply') {
    return refuse('already-replied', `${input.reference} is ${status}: nothing waits for an answer`, clauses);
  }
  if (verdict !== 'agree' && !hasReason) {
    const message = verdict === 'refuse' ? 'a refusal says why' : 'say what more is needed';
    return refuse('ground-missing', message, clauses);
  }
  if (verdict === 'ask') {
    if (status === 'asked') return refuse('nothing-changes', 'more was asked for already', clauses);
    if (status === 'no-reply') {
      return refuse('date-passed', 'the time to answer is over: agree or refuse, late as it is', clauses);
    }
    return processDecision<EngagementEventBody>({
      events: [{ ...causeOf(command, clauses), type: 'engagement-asked' }],
      schedule: asking(state, 'provide', [round.by], { atMs: receivedAtMs, clauses }),
    });
  }
  const daysLate =
    round.replyDue === null || status === 'asked' ? 0 : daysLateIn(state, round.replyDue, dayOf(input, command));
  const type = verdict === 'agree' ? 'engagement-agreed' : 'engagement-refused';
  return processDecision<EngagementEventBody>({
    events: [{ ...causeOf(command, clauses), type, by, daysLate, documents }],
    schedule: news(state, type, {
      atMs: receivedAtMs,
      own: actor.seat,
      clauses,
      seats: [round.by],
      facts: { daysLate },
    }),
  });
}

/** The applicant gives what was asked for; the clock runs again, and what it stood still is added. */
export function provide(command: Command<'provide'>, state: EngagementState): Decision | Rejection {
  const { input, status } = state;
  const { actor, documents, receivedAtMs } = command;
  const over = notAlive(state);
  if (over) return over;
  const clauses = input.rules.reply?.clauses ?? input.rules.clauses;
  if (status !== 'asked')
    return refuse('gate-closed', `${input.reference} is ${status}: nothing was asked for`, clauses);
  const round = roundOf(state);
  if (speakerAmong(state, ['applicant'], actor) === undefined) {
    return refuse('not-responsible', `this is for ${round.by} to provide`, clauses);
  }
  const entered = unproven(actor, documents);
  if (entered) return entered;
  const from = localDateAt(input.zone, round.askedAtMs ?? receivedAtMs);
  const until = dayOf(input, command);
  const replyDue = replyDueOf(input, { ...round, pauses: [...round.pauses, { from, until }] }, state.standstills);
  const facts = replyDue === null ? {} : { dueAtMs: replyDue.dueAtMs, localDate: replyDue.localDate };
  return processDecision<EngagementEventBody>({
    events: [{ ...causeOf(command, clauses), type: 'engagement-provided', from, until, replyDue, documents }],
    schedule: asking(state, 'reply', repliersOf(state), { atMs: receivedAtMs, clauses, facts }),
  });
}

/** The applicant takes it back, as long as its agreement is not signed by all. */
export function withdraw(command: Command<'withdraw'>, state: EngagementState): Decision | Rejection {
  const { input, status } = state;
  const { actor, receivedAtMs } = command;
  const over = notAlive(state);
  if (over) return over;
  const { clauses } = input.rules;
  const round = roundOf(state);
  if (speakerAmong(state, ['applicant'], actor) === undefined) {
    return refuse('not-responsible', `taken back by ${round.by}`, clauses);
  }
  if (['refused', 'withdrawn', 'active', 'ending', 'ended'].includes(status)) {
    return refuse('gate-closed', `${input.reference} is ${status}: nothing is left to take back`, clauses);
  }
  return processDecision<EngagementEventBody>({
    events: [{ ...causeOf(command, clauses), type: 'engagement-withdrawn' }],
    schedule: news(state, 'engagement-withdrawn', {
      atMs: receivedAtMs,
      own: actor.seat,
      clauses,
      seats: partiesOf(state),
    }),
  });
}
