import { CLOCK } from '../agreement/parties.ts';
import type { NextDue } from '../agreement/part.ts';
import type { NoticeDraft } from '../agreement/notice.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { noticeMoment } from '../notice-time.ts';
import { emptyDelivery, isRefused, processDecision } from '../process/fold.ts';
import type { ProcessDecision, ProcessFrame, ProcessRules, ProcessTick } from '../process/process.ts';
import type { Instant } from '../time.ts';
import { localDateAt } from '../zone.ts';
import { clockStarted, clocksAtOpening, contextOf, nextClocks, ruleOf } from './clocks.ts';
import { dueOf } from './clock.ts';
import type { CaseCommand, CaseInput } from './command.ts';
import type { CaseEventBody } from './event.ts';
import { evolve, newCycle } from './evolve.ts';
import {
  assign,
  confirm,
  contest,
  execute,
  forward,
  note,
  pause,
  plan,
  progress,
  record,
  respond,
  resume,
} from './handling.ts';
import { agreeSolution, becomesMajor, classify, confirmReport, decideSurvey, improve, link, report } from './major.ts';
import { close, judge, notClosable, reopen, resolve, tellResult } from './resolving.ts';
import { causeOf, isOver } from './standing.ts';
import type { CaseClock, CaseState } from './state.ts';
import { escalatedTo, handlersOf, stillToThePoint, together, told, toldCustomer, warningsOf } from './telling.ts';

type Decision = ProcessDecision<CaseEventBody>;

/** A complaint, service request, enquiry or feedback, from its coming in to its closing (docs/cases.md). */
export const caseRules: ProcessRules<CaseState, CaseCommand, CaseEventBody> = {
  type: 'case',
  initial,
  start,
  decide,
  evolve,
  nextDue,
  stillToThePoint,
  together,
  isOver,
  statusOf: ({ status }) => status,
};

function initial(frame: ProcessFrame): CaseState {
  const input = frame as CaseInput;
  return {
    format: 1,
    sequence: 0,
    delivery: emptyDelivery(),
    input,
    status: 'open',
    severity: input.severity,
    priority: input.priority,
    category: input.category,
    handler: input.rules.handler,
    assignee: null,
    outOfTerm: false,
    passedTo: [],
    suspected: false,
    cycles: [newCycle(input.openedAtMs)],
    clocks: [],
    breaches: [],
    record: { content: false, process: false, result: false },
    paused: null,
    agreed: [],
    negotiated: false,
    specialSurvey: null,
    reportedAtMs: null,
    reportConfirmedAtMs: null,
    plannedAtMs: null,
    confirmedAtMs: null,
    executedAtMs: null,
    score: null,
    duplicateOf: null,
    repeats: [],
    findings: [],
    closedAtMs: null,
    outcome: null,
    ended: false,
  };
}

/** It is there, from the instant at which it was submitted: the customer has a receipt at once, the handler a task. */
function start(state: CaseState, atMs: Instant): Decision {
  const { input } = state;
  const { rules, actor, openedAtMs, caseType, channel, severity, priority, tier, category, customerId, repeats } =
    input;
  const handler = rules.categories.find(({ id }) => id === category)?.seat ?? rules.handler;
  const outOfTerm = !isOwed(input);
  const cause = { occurredAtMs: openedAtMs, actor, clauses: rules.clauses };
  const opened: CaseEventBody = {
    ...cause,
    type: 'case-opened',
    caseType,
    channel,
    severity,
    priority,
    tier,
    category,
    customer: customerId,
    handler,
    outOfTerm,
    repeats,
    clocks: clocksAtOpening(input, outOfTerm),
  };
  const known: CaseState = { ...state, handler, outOfTerm };
  const major = severity === 'major' ? becomesMajor(known, cause, openedAtMs) : { events: [], schedule: [] };
  const decided = processDecision<CaseEventBody>({
    events: [opened, ...major.events],
    schedule: [
      ...toldCustomer(known, 'case-receipt', { atMs: openedAtMs }),
      ...told(known, 'case-opened', {
        atMs: openedAtMs,
        by: actor.seat,
        to: [handler],
        copies: isUrgent(input) ? rules.escalateTo : [],
      }),
      ...major.schedule,
    ],
  });
  return withWarnings(state, decided, atMs);
}

/** Major and urgent ones are known above as well, from the beginning. */
function isUrgent({ severity, priority }: CaseInput): boolean {
  return severity === 'major' || priority === 'urgent';
}

/** Whether the service is owed on the day on which it comes in (S003-C-07). */
function isOwed({ rules: { service }, zone, openedAtMs }: CaseInput): boolean {
  if (service === null) return true;
  const day = localDateAt(zone, openedAtMs);
  return (service.from === null || day >= service.from) && (service.until === null || day <= service.until);
}

function decide(command: CaseCommand | ProcessTick, state: CaseState): Decision | Rejection {
  const decided = command.type === 'tick' ? tick(command, state) : answer(command, state);
  if (isRefused(decided) || decided.events.length === 0) return decided;
  return withWarnings(state, decided, command.type === 'tick' ? command.atMs : command.receivedAtMs);
}

/** A decision, and the warnings of the clocks that it started or changed. */
function withWarnings(state: CaseState, decided: Decision, atMs: Instant): Decision {
  const after = decided.events.reduce<CaseState>(
    (folded, event) => evolve(folded, { ...event, sequence: 0, recordedAtMs: atMs }),
    state,
  );
  const warnings: NoticeDraft[] = warningsOf(state, after, atMs);
  return warnings.length === 0 ? decided : { ...decided, schedule: [...decided.schedule, ...warnings] };
}

function answer(command: CaseCommand, state: CaseState): Decision | Rejection {
  switch (command.type) {
    case 'record':
      return record(command, state);
    case 'respond':
      return respond(command, state);
    case 'forward':
      return forward(command, state);
    case 'assign':
      return assign(command, state);
    case 'progress':
      return progress(command, state);
    case 'pause':
      return pause(command, state);
    case 'resume':
      return resume(command, state);
    case 'contest':
      return contest(command, state);
    case 'plan':
      return plan(command, state);
    case 'confirm':
      return confirm(command, state);
    case 'execute':
      return execute(command, state);
    case 'resolve':
      return resolve(command, state);
    case 'tell-result':
      return tellResult(command, state);
    case 'judge':
      return judge(command, state);
    case 'reopen':
      return reopen(command, state);
    case 'close':
      return close(command, state);
    case 'agree-solution':
      return agreeSolution(command, state);
    case 'decide':
      return decideSurvey(command, state);
    case 'classify':
      return classify(command, state);
    case 'report':
      return report(command, state);
    case 'confirm-report':
      return confirmReport(command, state);
    case 'link':
      return link(command, state);
    case 'note':
      return note(command, state);
    case 'improve':
      return improve(command, state);
    case 'agreement-over':
      return state.ended
        ? processDecision({})
        : processDecision<CaseEventBody>({ events: [{ ...causeOf(state, command), type: 'case-agreement-ended' }] });
  }
}

/** Clocks that ran out at that instant, each once. */
function tick({ atMs }: ProcessTick, state: CaseState): Decision {
  const next = isOver(state) ? undefined : nextClocks(state);
  if (next === undefined || next.atMs > atMs) return processDecision({});
  const ranOut = next.clocks.map((clock) => expired(state, clock, next.atMs));
  return processDecision<CaseEventBody>({
    events: ranOut.flatMap(({ events }) => events),
    schedule: ranOut.flatMap(({ schedule }) => schedule),
  });
}

function expired(state: CaseState, clock: CaseClock, dueAtMs: Instant): Pick<Decision, 'events' | 'schedule'> {
  const { input } = state;
  const rule = ruleOf(input, clock.id);
  const means = rule?.means ?? 'late';
  const clauses = rule?.breachClauses ?? input.rules.clauses;
  const cause = { occurredAtMs: dueAtMs, actor: CLOCK, clauses };
  if (clock.id === 'follow-up') {
    const { calendar, zone, noticeHours } = input;
    return {
      events: [{ ...cause, type: 'case-follow-up-asked', clocks: clockStarted(state, 'opinion') }],
      schedule: [
        ...toldCustomer(state, 'case-follow-up', { atMs: noticeMoment(dueAtMs, calendar, zone, noticeHours) }),
        ...told(state, 'case-customer-word', {
          atMs: dueAtMs,
          to: [state.handler],
          atOnce: false,
          facts: { verdict: 'follow-up' },
        }),
      ],
    };
  }
  const missed = (clock.missed ?? 0) + 1;
  const event: CaseEventBody = {
    ...cause,
    type: 'case-clock-breached',
    clock: clock.id,
    cycle: clock.cycle,
    missed: clock.id === 'progress' ? missed : 1,
    dueAtMs,
    means,
    liable: rule?.liable ?? null,
    claimant: means === 'breach' ? input.customerId : null,
  };
  if (clock.id === 'opinion') {
    const closes = state.status !== 'closed' && notClosable(state) === undefined;
    const closed: CaseEventBody = { ...cause, type: 'case-closed', outcome: 'unconfirmed' };
    return { events: closes ? [event, closed] : [event], schedule: [] };
  }
  const isBreach = means === 'breach' || means === 'breach-candidate' || means === 'contested-not';
  const isFirst = clock.id === 'progress' && missed === 1;
  const to = clock.id === 'decision' ? [input.rules.decider ?? state.handler] : handlersOf(state);
  return {
    events: [event],
    schedule: told(state, 'case-late', {
      atMs: dueAtMs,
      to,
      copies: isFirst || means === 'silence' ? [] : escalatedTo(state, isBreach),
      clauses,
      atOnce: clock.unit === 'hours',
      facts: { about: clock.id, dueAtMs, verdict: means, count: event.missed },
    }),
  };
}

function nextDue(state: CaseState): NextDue | undefined {
  if (isOver(state)) return undefined;
  const next = nextClocks(state);
  return next && { atMs: next.atMs, consequence: true };
}

/** When a clock of a case is due as things stand; null while it stands still. For pages and scenarios. */
export function clockDueOf({ input }: CaseState, clock: CaseClock): Instant | null {
  return dueOf(clock, contextOf(input));
}
