import { CLOCK } from '../agreement/parties.ts';
import type { NextDue } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { emptyDelivery, isRefused, processDecision } from '../process/fold.ts';
import type { ProcessDecision, ProcessFrame, ProcessRules, ProcessTick } from '../process/process.ts';
import type { Instant } from '../time.ts';
import { type Clock, clocksOf } from './clock.ts';
import { answerCustomers, close, closesByItself, giveVerdict, missingAt, publishResults } from './closing.ts';
import type { ImprovementCommand, ImprovementInput } from './command.ts';
import { effectMeasured, verify } from './effect.ts';
import type { ImprovementEventBody } from './event.ts';
import { evolve } from './evolve.ts';
import { absorb, classify, dismiss, merge } from './finding.ts';
import { causeDueFrom, investigate } from './investigating.ts';
import { check, complete } from './measure.ts';
import { approvePlan, dutyBegun, plan, rejectPlan } from './plan.ts';
import { remindersOf } from './reminder.ts';
import { causeOf, findingClauses, hasEnded } from './standing.ts';
import type { ImprovementState } from './state.ts';
import { clocksRun, clocksStopped } from './suspending.ts';
import { assignedTo, stillToThePoint, told } from './telling.ts';

type Decision = ProcessDecision<ImprovementEventBody>;

/** A finding from its beginning to its proven effect (docs/improvement.md). */
export const improvementRules: ProcessRules<ImprovementState, ImprovementCommand, ImprovementEventBody> = {
  type: 'improvement',
  initial,
  start,
  decide,
  evolve,
  nextDue,
  stillToThePoint,
  isOver: hasEnded,
  statusOf: ({ status }) => status,
};

function initial(frame: ProcessFrame): ImprovementState {
  const input = frame as ImprovementInput;
  return {
    format: 1,
    sequence: 0,
    delivery: emptyDelivery(),
    input,
    status: 'raised',
    finding: input.finding,
    absorbed: [],
    mergedInto: null,
    category: null,
    score: null,
    priority: null,
    department: null,
    suspended: null,
    causeDue: null,
    causeOverdue: false,
    causeFoundAtMs: null,
    due: null,
    planOverdue: false,
    planDaysLate: 0,
    round: 1,
    version: 0,
    plannedBy: null,
    planDocuments: [],
    goal: null,
    measures: [],
    approvedBy: [],
    approvedAtMs: null,
    earlier: [],
    checks: [],
    checkDue: null,
    checkOverdue: false,
    effects: [],
    answerDue: null,
    answerOverdue: false,
    answeredAtMs: null,
    answeredCustomers: [],
    verdictDue: null,
    verdicts: {},
    publishedAtMs: null,
  };
}

/** It was raised; whoever classifies here is asked to, else whoever plans. Its dates stand still where the agreement does. */
function start(state: ImprovementState, atMs: Instant): Decision {
  const { actor, finding, rules, suspendedFrom: from } = state.input;
  const clauses = findingClauses(state);
  const isSuspended = from !== undefined && rules.suspends;
  return processDecision<ImprovementEventBody>({
    events: [
      { type: 'finding-opened', occurredAtMs: atMs, actor, clauses, finding, ...causeDueFrom(state.input, atMs) },
      ...(isSuspended
        ? [{ type: 'improvement-suspended' as const, occurredAtMs: atMs, actor: CLOCK, clauses, from }]
        : []),
    ],
    errands: isSuspended ? [{ kind: 'ask-clocks', from }] : [],
    schedule: told(state, { receivedAtMs: atMs, actor }, 'finding-assigned', {
      to: [assignedTo(state)],
      clauses,
      facts: { status: 'raised' },
    }),
  });
}

/** The act, what follows from it at once, and the reminders of the clocks that it starts. */
function decide(command: ImprovementCommand | ProcessTick, state: ImprovementState): Decision | Rejection {
  const isTick = command.type === 'tick';
  const decided = isTick ? tick(command, state) : answer(command, state);
  if (isRefused(decided)) return decided;
  const atMs = isTick ? command.atMs : command.receivedAtMs;
  const folded = decided.events.reduce(evolve, state);
  const isClosing = (isTick || decided.events.length > 0) && closesByItself(folded, atMs);
  const cause = isTick
    ? { occurredAtMs: folded.verdictDue?.dueAtMs ?? atMs, actor: CLOCK, clauses: findingClauses(state) }
    : causeOf(command, findingClauses(state));
  const events = isClosing ? [...decided.events, { ...cause, type: 'improvement-closed' as const }] : decided.events;
  const after = isClosing ? events.slice(-1).reduce(evolve, folded) : folded;
  const waiting = [...state.delivery.scheduled, ...decided.schedule];
  const reminders = remindersOf(after, waiting, atMs, isTick ? command.nowMs : atMs);
  return { ...decided, events, schedule: [...decided.schedule, ...reminders] };
}

function answer(command: ImprovementCommand, state: ImprovementState): Decision | Rejection {
  switch (command.type) {
    case 'classify':
      return classify(command, state);
    case 'merge':
      return merge(command, state);
    case 'absorb':
      return absorb(command, state);
    case 'dismiss':
      return dismiss(command, state);
    case 'investigate':
      return investigate(command, state);
    case 'plan':
      return plan(command, state);
    case 'approve-plan':
      return approvePlan(command, state);
    case 'reject-plan':
      return rejectPlan(command, state);
    case 'complete':
      return complete(command, state);
    case 'check':
      return check(command, state);
    case 'effect':
      return effectMeasured(command, state);
    case 'verify':
      return verify(command, state);
    case 'answer-customers':
      return answerCustomers(command, state);
    case 'customer-verdict':
      return giveVerdict(command, state);
    case 'publish-results':
      return publishResults(command, state);
    case 'close':
      return close(command, state);
    case 'clocks-stopped':
      return clocksStopped(command, state);
    case 'clocks-run':
      return clocksRun(command, state);
    case 'duty-begun':
      return dutyBegun(command, state);
    case 'agreement-over':
      return agreementOver(command, state);
  }
}

/** What has all that is asked for closes with the agreement; the rest is broken off. */
function agreementOver(command: ImprovementCommand, state: ImprovementState): Decision {
  if (hasEnded(state)) return processDecision({});
  const type = missingAt(state) ? 'improvement-cancelled' : 'improvement-closed';
  return processDecision<ImprovementEventBody>({ events: [{ ...causeOf(command, findingClauses(state)), type }] });
}

/** What was not done by its time, oldest first; its events bear their due instant. */
function tick({ atMs }: ProcessTick, state: ImprovementState): Decision {
  const missed = clocksOf(state)
    .filter(({ due, isOverdue }) => !isOverdue && due.dueAtMs <= atMs)
    .sort((a, b) => a.due.dueAtMs - b.due.dueAtMs);
  return processDecision<ImprovementEventBody>({ events: missed.map(overdueOf) });
}

function overdueOf({ reminder, about, due, clauses }: Clock): ImprovementEventBody {
  const base = { occurredAtMs: due.dueAtMs, actor: CLOCK, clauses, due };
  switch (reminder) {
    case 'cause-reminder':
      return { ...base, type: 'cause-overdue' };
    case 'plan-reminder':
      return { ...base, type: 'plan-overdue' };
    case 'measure-reminder':
      return { ...base, type: 'measure-overdue', measure: about ?? '' };
    case 'check-reminder':
      return { ...base, type: 'check-overdue' };
    case 'answer-reminder':
      return { ...base, type: 'answer-overdue' };
  }
}

/** The next thing that is not done in time, or the end of the days in which a customer may still say something. */
function nextDue(state: ImprovementState): NextDue | undefined {
  const moments = clocksOf(state)
    .filter(({ isOverdue }) => !isOverdue)
    .map(({ due }) => due.dueAtMs);
  const silentMs = state.verdictDue?.dueAtMs;
  if (silentMs !== undefined && closesByItself(state, silentMs)) moments.push(silentMs);
  return moments.length === 0 ? undefined : { atMs: Math.min(...moments), consequence: true };
}
