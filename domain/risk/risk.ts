import { CLOCK } from '../agreement/parties.ts';
import type { NextDue } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { emptyDelivery, isRefused, processDecision } from '../process/fold.ts';
import type { Errand, ProcessDecision, ProcessFrame, ProcessRules, ProcessTick } from '../process/process.ts';
import type { Instant } from '../time.ts';
import type { RiskCommand, RiskInput } from './command.ts';
import { responseDueAfter, reviewDueAfter } from './due.ts';
import type { RiskEventBody } from './event.ts';
import { evolve } from './evolve.ts';
import { levelOf } from './level.ts';
import { assess, complete, mitigate } from './measuring.ts';
import { close, occur, standDown, step } from './occurring.ts';
import { equip, rate, review } from './rating.ts';
import { causeOf, isOver } from './standing.ts';
import type { RiskState } from './state.ts';
import { type RiskClock, clocksOf, remindersOf, stillToThePoint, told } from './telling.ts';
import { acknowledge, escalated, observe, signal } from './warning.ts';

type Decision = ProcessDecision<RiskEventBody>;

/** A risk, from its registration to the end of its agreement: rated, answered, watched, reviewed (docs/risks.md). */
export const riskRules: ProcessRules<RiskState, RiskCommand, RiskEventBody> = {
  type: 'risk',
  initial,
  start,
  decide,
  evolve,
  nextDue,
  stillToThePoint,
  isOver,
  statusOf: ({ status }) => status,
};

function initial(frame: ProcessFrame): RiskState {
  const input = frame as RiskInput;
  const { probability, impact, rules } = input;
  return {
    format: 1,
    sequence: 0,
    delivery: emptyDelivery(),
    input,
    status: 'open',
    rating: { probability, impact, level: levelOf(rules, input), version: 1 },
    threshold: input.threshold,
    emergency: input.emergency,
    departments: input.departments,
    measures: [],
    response: { due: null, overdue: false },
    review: { due: null, overdue: false, reviewedAtMs: null },
    measureReview: { due: null, overdue: false },
    warning: null,
    warnings: 0,
    occurrence: null,
    ended: false,
  };
}

/** It is on the register. Its owner hears of it, and that nothing is watched where the contract wants a warning (S001b-54). */
function start(state: RiskState, nowMs: Instant): Decision {
  const { input } = state;
  const { registeredAtMs: atMs } = input;
  const { actor, rules, owner, departments, threshold, emergency, probability, impact } = input;
  const unguarded = rules.warning !== null && threshold === null;
  const responseDue = responseDueAfter(input, atMs);
  const event: RiskEventBody = {
    occurredAtMs: atMs,
    actor,
    clauses: rules.clauses,
    type: 'risk-registered',
    version: 1,
    probability,
    impact,
    level: levelOf(rules, input),
    owner,
    departments,
    threshold,
    emergency,
    unguarded,
    responseDue,
    reviewDue: reviewDueAfter(input, rules.review?.every, atMs),
    measureReviewDue: reviewDueAfter(input, rules.measureReview?.every, atMs),
  };
  const due = responseDue ? { dueAtMs: responseDue.dueAtMs, localDate: responseDue.localDate } : {};
  const announced = told(state, 'risk-registered', {
    atMs,
    to: [owner],
    copies: departments,
    by: actor.seat,
    clauses: rules.clauses,
    facts: due,
  });
  const unwatched = unguarded
    ? told(state, 'risk-unguarded', { atMs, to: [owner, rules.keeper], clauses: rules.warning?.clauses ?? [] })
    : [];
  return withReminders(
    processDecision<RiskEventBody>({
      events: [event],
      schedule: [...announced, ...unwatched],
      errands: noted(input, atMs),
    }),
    state,
    atMs,
    nowMs,
  );
}

/** The agreement is told, where an empty register would be flagged (S001a-31). */
function noted({ rules, workflowId, agreementId, reference }: RiskInput, atMs: Instant): Errand[] {
  if (!rules.review?.empty) return [];
  // With a space: no key of a person is like it.
  const command = { type: 'risk-noted', id: `risk-noted ${workflowId}`, receivedAtMs: atMs, actor: CLOCK, reference };
  return [{ kind: 'tell', workflowId: `agreement/${agreementId}`, command }];
}

/** The act or the time, and the next reminders. */
function decide(command: RiskCommand | ProcessTick, state: RiskState): Decision | Rejection {
  const isTick = command.type === 'tick';
  const decided = isTick ? tick(command, state) : answer(command, state);
  if (isRefused(decided)) return decided;
  const atMs = isTick ? command.atMs : command.receivedAtMs;
  return withReminders(decided, state, atMs, isTick ? command.nowMs : atMs);
}

function withReminders(decided: Decision, state: RiskState, atMs: Instant, nowMs: Instant): Decision {
  const after = decided.events.reduce<RiskState>(
    (folded, event) => evolve(folded, { ...event, sequence: 0, recordedAtMs: atMs }),
    state,
  );
  const waiting = [...state.delivery.scheduled, ...decided.schedule];
  return { ...decided, schedule: [...decided.schedule, ...remindersOf(after, waiting, atMs, nowMs)] };
}

function answer(command: RiskCommand, state: RiskState): Decision | Rejection {
  switch (command.type) {
    case 'rate':
      return rate(command, state);
    case 'equip':
      return equip(command, state);
    case 'mitigate':
      return mitigate(command, state);
    case 'complete':
      return complete(command, state);
    case 'review':
      return review(command, state);
    case 'assess':
      return assess(command, state);
    case 'observe':
      return observe(command, state);
    case 'signal':
      return signal(command, state);
    case 'acknowledge':
      return acknowledge(command, state);
    case 'occur':
      return occur(command, state);
    case 'step':
      return step(command, state);
    case 'stand-down':
      return standDown(command, state);
    case 'close':
      return close(command, state);
    case 'agreement-over':
      return isOver(state)
        ? processDecision({})
        : processDecision<RiskEventBody>({ events: [{ ...causeOf(state, command), type: 'risk-ended' }] });
  }
}

const OVERDUE = {
  'risk-response-reminder': 'risk-response-overdue',
  'risk-review-reminder': 'risk-review-overdue',
  'risk-measure-review-reminder': 'risk-measure-review-overdue',
} as const;

/** What was due did not come, or a warning was not acknowledged. */
function tick({ atMs }: ProcessTick, state: RiskState): Decision {
  const moment = nextDue(state);
  if (moment === undefined || moment.atMs > atMs) return processDecision({});
  const events = openClocks(state)
    .filter(({ due }) => due.dueAtMs <= moment.atMs)
    .map((clock): RiskEventBody => {
      const { kind, due, clauses, about } = clock;
      const base = { occurredAtMs: due.dueAtMs, actor: CLOCK, clauses, due };
      if (kind === 'risk-measure-reminder') return { ...base, type: 'risk-measure-overdue', measure: about ?? '' };
      return { ...base, type: OVERDUE[kind] };
    });
  const late = ackDue(state);
  if (late === undefined || late > moment.atMs) return processDecision<RiskEventBody>({ events });
  const { rules } = state.input;
  const unanswered: RiskEventBody = {
    occurredAtMs: late,
    actor: CLOCK,
    clauses: rules.warning?.clauses ?? rules.clauses,
    type: 'risk-warning-overdue',
    waiting: state.warning?.waiting ?? [],
  };
  return processDecision<RiskEventBody>({ events: [...events, unanswered], schedule: escalated(state, late) });
}

function openClocks(state: RiskState): RiskClock[] {
  return clocksOf(state).filter(({ overdue }) => !overdue);
}

function ackDue({ warning }: RiskState): Instant | undefined {
  return warning === null || warning.overdue ? undefined : (warning.dueAtMs ?? undefined);
}

function nextDue(state: RiskState): NextDue | undefined {
  if (isOver(state)) return undefined;
  const moments = [...openClocks(state).map(({ due }) => due.dueAtMs), ...[ackDue(state) ?? []].flat()];
  return moments.length === 0 ? undefined : { atMs: Math.min(...moments), consequence: true };
}
