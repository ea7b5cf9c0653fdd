import { CLOCK, COORDINATOR } from '../agreement/parties.ts';
import type { NoticeFacts } from '../agreement/notice.ts';
import type { NextDue } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { emptyDelivery, isRefused, processDecision } from '../process/fold.ts';
import type { ProcessFrame, ProcessRules, ProcessTick } from '../process/process.ts';
import type { Instant } from '../time.ts';
import { instantAt } from '../zone.ts';
import { draft, negotiate, refuseToSign, review, sign } from './agreeing.ts';
import { apply, begun, provide, repliersOf, reply, withdraw } from './applying.ts';
import { answerCap, capLapsed, proposeCap } from './cap.ts';
import { agreementOver, end, noticeArrived, serve, settle, termOver } from './closing.ts';
import type { EngagementCommand, EngagementInput } from './command.ts';
import { charge, pay } from './costs.ts';
import type { EngagementEventBody } from './event.ts';
import { evolve } from './evolve.ts';
import { answerLoss, recordRecourse, reportLoss } from './loss.ts';
import { type Decision, enteredBare, isInForce, isOver, isStandingStill, openShares, seatsNamed } from './standing.ts';
import type { EngagementState } from './state.ts';
import { begunWithin, clocksRun, clocksStopped } from './suspending.ts';
import { asking, costAbout, everybody, news, partiesOf, remindersOf, stillToThePoint } from './telling.ts';
import {
  access,
  answerSupport,
  askSupport,
  assign,
  deliver,
  followUp,
  isAttributable,
  judgeDelivery,
  reportInvolvement,
  reviewEffect,
  startWork,
  supervise,
  undertake,
} from './working.ts';

/** A third party's involvement, from its application to its end; the contract's rule switches every step (docs/engagements.md). */
export const engagementRules: ProcessRules<EngagementState, EngagementCommand, EngagementEventBody> = {
  type: 'engagement',
  initial,
  start,
  decide,
  evolve,
  nextDue,
  stillToThePoint,
  isOver,
  statusOf: ({ status }) => status,
};

function initial(frame: ProcessFrame): EngagementState {
  const input = frame as EngagementInput;
  return {
    format: 1,
    sequence: 0,
    delivery: emptyDelivery(),
    input,
    status: input.rules.application ? 'applied' : input.rules.advanceNotice ? 'invited' : 'drafted',
    rounds: [],
    noticeThrough: null,
    negotiatedOn: null,
    draft: null,
    reviewedBy: [],
    reviewDue: null,
    reviewOverdue: false,
    signatures: [],
    signedOn: null,
    startsOn: null,
    undertaken: [],
    access: 'none',
    workStartedOn: null,
    breaches: [],
    tasks: [],
    milestones: [],
    reports: [],
    support: [],
    charges: [],
    owed: {},
    caps: [],
    capChanges: [],
    warned: [],
    losses: [],
    ending: null,
    termEndAsked: false,
    endedOn: null,
    endGround: null,
    items: [],
    agreementOver: false,
    standstills: [],
    findings: [],
    reviewedOn: null,
  };
}

/** The application counts from when the API had stored it, whenever the engine took it up. */
function start(state: EngagementState, atMs: Instant): Decision {
  const { input } = state;
  const { actor, appliedAtMs, documents = [] } = input;
  const application = { ...input.application, documents: [...input.application.documents, ...documents] };
  const event = begun(input, { actor, application, round: 1 }, Math.min(appliedAtMs, atMs));
  const within = begunWithin(state, event.occurredAtMs);
  const decided = { ...processDecision<EngagementEventBody>(within), events: [event, ...within.events] };
  return whole(decided, state, appliedAtMs, atMs);
}

function decide(command: EngagementCommand | ProcessTick, state: EngagementState): Decision | Rejection {
  const isTick = command.type === 'tick';
  const decided = isTick ? tick(command, state) : answer(command, state);
  if (isRefused(decided)) return decided;
  const atMs = isTick ? command.atMs : command.receivedAtMs;
  return whole(decided, state, atMs, isTick ? command.nowMs : atMs);
}

/** A decision with what every step may bring: who is asked to answer a new round, and the next reminders. */
function whole(decided: Decision, state: EngagementState, atMs: Instant, nowMs: Instant): Decision {
  const after = decided.events.reduce<EngagementState>(
    (folded, event) => evolve(folded, { ...event, sequence: 0, recordedAtMs: atMs }),
    state,
  );
  const asked = decided.events.flatMap((event) => beginning(event, after));
  const waiting = [...state.delivery.scheduled, ...decided.schedule, ...asked];
  const reminders = isOver(after) ? [] : remindersOf(after, waiting, atMs, nowMs);
  return { ...decided, schedule: [...decided.schedule, ...asked, ...reminders] };
}

/** Whoever is to answer hears of an application, with its last day; of a notice ahead, and of a first draft, the other parties. */
function beginning(event: EngagementEventBody, after: EngagementState): Decision['schedule'] {
  const { occurredAtMs: atMs, clauses, actor } = event;
  if (event.type === 'engagement-applied') {
    const { replyDue } = event;
    const facts = replyDue === null ? {} : { dueAtMs: replyDue.dueAtMs, localDate: replyDue.localDate };
    return asking(after, 'reply', repliersOf(after), { atMs, clauses, facts: { ...facts, by: event.party } });
  }
  if (event.type !== 'engagement-invited' && event.type !== 'engagement-begun') return [];
  const through = event.noticeThrough === null ? {} : { until: event.noticeThrough };
  const facts = { by: event.party, ...through };
  return news(after, event.type, { atMs, clauses, own: actor.seat, seats: partiesOf(after), facts });
}

function answer(command: EngagementCommand, state: EngagementState): Decision | Rejection {
  const decided = answered(command, state);
  return isRefused(decided) ? decided : (enteredBare(command) ?? decided);
}

function answered(command: EngagementCommand, state: EngagementState): Decision | Rejection {
  switch (command.type) {
    case 'apply':
      return apply(command, state);
    case 'reply':
      return reply(command, state);
    case 'provide':
      return provide(command, state);
    case 'withdraw':
      return withdraw(command, state);
    case 'negotiate':
      return negotiate(command, state);
    case 'draft':
      return draft(command, state);
    case 'review':
      return review(command, state);
    case 'sign':
      return sign(command, state);
    case 'refuse-to-sign':
      return refuseToSign(command, state);
    case 'undertake':
      return undertake(command, state);
    case 'access':
      return access(command, state);
    case 'start-work':
      return startWork(command, state);
    case 'report-involvement':
      return reportInvolvement(command, state);
    case 'assign':
      return assign(command, state);
    case 'deliver':
      return deliver(command, state);
    case 'judge-delivery':
      return judgeDelivery(command, state);
    case 'follow-up':
      return followUp(command, state);
    case 'review-effect':
      return reviewEffect(command, state);
    case 'supervise':
      return supervise(command, state);
    case 'ask-support':
      return askSupport(command, state);
    case 'answer-support':
      return answerSupport(command, state);
    case 'charge':
      return charge(command, state);
    case 'pay':
      return pay(command, state);
    case 'propose-cap':
      return proposeCap(command, state);
    case 'answer-cap':
      return answerCap(command, state);
    case 'report-loss':
      return reportLoss(command, state);
    case 'answer-loss':
      return answerLoss(command, state);
    case 'record-recourse':
      return recordRecourse(command, state);
    case 'end':
      return end(command, state);
    case 'serve':
      return serve(command, state);
    case 'settle':
      return settle(command, state);
    case 'agreement-over':
      return agreementOver(command, state);
    case 'clocks-stopped':
      return clocksStopped(command, state);
    case 'clocks-run':
      return clocksRun(command, state);
    case 'notice-arrived':
      return noticeArrived(command, state);
  }
}

/** What time alone brings, and at which instant. */
interface Moment {
  atMs: Instant;
  decide(): Decision;
}

function momentsOf(state: EngagementState): Moment[] {
  const { input, status, draft: made } = state;
  const { rules, zone } = input;
  if (isOver(state)) return [];
  const standsStill = isStandingStill(state);
  const moments: Moment[] = [];
  const happens = (atMs: Instant, clauses: string[], event: (cause: Cause) => EngagementEventBody, told: string[]) => {
    const cause = { occurredAtMs: atMs, actor: CLOCK, clauses };
    moments.push({
      atMs,
      decide: () => {
        const body = event(cause);
        const schedule = news(state, body.type, { atMs, clauses, seats: told, facts: factsOf(body) });
        return processDecision<EngagementEventBody>({ events: [body], schedule });
      },
    });
  };
  const round = state.rounds.at(-1);
  if (status === 'applied' && round?.replyDue && rules.reply && !standsStill) {
    const due = round.replyDue;
    const told = [...input.parties, round.by, ...repliersOf(state), COORDINATOR];
    happens(due.dueAtMs, rules.reply.clauses, (cause) => ({ ...cause, type: 'engagement-not-answered', due }), told);
  }
  if (status === 'in-review' && state.reviewDue && !state.reviewOverdue && !standsStill) {
    const due = state.reviewDue;
    const { clauses } = rules.jointReview ?? rules;
    happens(due.dueAtMs, clauses, (cause) => ({ ...cause, type: 'engagement-review-overdue', due }), [COORDINATOR]);
  }
  for (const { request, due, overdueSince, answeredOn } of state.support) {
    if (standsStill || due === null || overdueSince !== null || answeredOn !== null) continue;
    const { clauses } = rules.support ?? rules;
    const told = [...everybody(state), COORDINATOR];
    happens(due.dueAtMs, clauses, (cause) => ({ ...cause, type: 'engagement-support-overdue', request, due }), told);
  }
  for (const { number, party: by, amount, due, isOverdue } of openShares(state)) {
    if (standsStill || isOverdue) continue;
    const { clauses } = rules.fee ?? rules;
    const { currency } = input;
    const told = [...partiesOf(state), input.thirdSeat, COORDINATOR];
    const type = 'engagement-payment-overdue';
    happens(due.dueAtMs, clauses, (cause) => ({ ...cause, type, number, by, amount, currency, due }), told);
  }
  for (const change of state.capChanges) {
    if (change.status === 'notified' && change.due && !standsStill && isInForce(state)) {
      moments.push({ atMs: change.due.dueAtMs, decide: () => capLapsed(state, change) });
    }
  }
  for (const { milestone, status: stage, effectDue, effectAsked } of state.milestones) {
    if (stage !== 'accepted' || effectDue === null || effectAsked || !rules.effectReview || standsStill) continue;
    const { clauses: cited, by } = rules.effectReview;
    const due = effectDue;
    happens(due.dueAtMs, cited, (cause) => ({ ...cause, type: 'engagement-effect-due', milestone, due }), by);
  }
  if (!isInForce(state)) return moments;
  for (const one of state.milestones) {
    if (standsStill) break;
    const { milestone, status: stage, due, acceptBy } = one;
    const { clauses } = rules.acceptance ?? rules;
    if (stage === 'pending' && due) {
      const attributable = isAttributable(state, one);
      happens(
        due.dueAtMs,
        clauses,
        (cause) => ({ ...cause, type: 'engagement-milestone-overdue', milestone, due, attributable }),
        [...everybody(state), COORDINATOR],
      );
    }
    if (stage === 'handed-in' && acceptBy && !one.acceptanceOverdue) {
      const due = acceptBy;
      happens(due.dueAtMs, clauses, (cause) => ({ ...cause, type: 'engagement-acceptance-overdue', milestone, due }), [
        ...seatsNamed(state, rules.acceptance?.by ?? []),
        COORDINATOR,
      ]);
    }
  }
  if (made?.endsOn && !state.termEndAsked) {
    const { endsOn } = made;
    const atMs = instantAt(zone, endsOn, '24:00');
    moments.push({ atMs, decide: () => termOver(state, endsOn, atMs) });
  }
  return moments;
}

/** What it is told with: which one, or whose share, how much of it and its last day. */
function factsOf(body: EngagementEventBody): NoticeFacts {
  if (body.type === 'engagement-payment-overdue') {
    const { number, by, amount, currency, due } = body;
    const { dueAtMs, localDate } = due;
    return { about: costAbout(number, by), against: by, amount, currency, dueAtMs, localDate };
  }
  return 'milestone' in body ? { about: body.milestone } : 'request' in body ? { about: body.request } : {};
}

type Cause = { occurredAtMs: Instant; actor: typeof CLOCK; clauses: string[] };

/** The earliest; of several at one instant, the first as they are listed: what excuses comes before what is late. */
function nextMoment(state: EngagementState): Moment | undefined {
  return momentsOf(state).reduce<Moment | undefined>(
    (first, one) => (first === undefined || one.atMs < first.atMs ? one : first),
    undefined,
  );
}

function tick({ atMs }: ProcessTick, state: EngagementState): Decision {
  const moment = nextMoment(state);
  return moment === undefined || moment.atMs > atMs ? processDecision<EngagementEventBody>({}) : moment.decide();
}

function nextDue(state: EngagementState): NextDue | undefined {
  const moment = nextMoment(state);
  return moment && { atMs: moment.atMs, consequence: true };
}
