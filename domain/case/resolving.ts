import { Big } from 'big.js';
import type { Rejection } from '../agreement/rejection.ts';
import { processDecision } from '../process/fold.ts';
import type { Errand, ProcessDecision } from '../process/process.ts';
import { clockStarted, clocksAtReopening, currentClock } from './clocks.ts';
import { isRunning } from './clock.ts';
import type { CasePersonCommand } from './command.ts';
import type { CaseEventBody, CaseOutcome } from './event.ts';
import { asksOpinion, current } from './evolve.ts';
import { accountable, listed } from './handling.ts';
import { findingOf } from './major.ts';
import {
  causeOf,
  clausesOf,
  has,
  isCustomer,
  isHandler,
  isOfParty,
  isOver,
  notHandling,
  notOfCustomer,
  notOpen,
  notUnresolved,
} from './standing.ts';
import type { CaseState } from './state.ts';
import { told, toldCustomer } from './telling.ts';

type Command<T extends CasePersonCommand['type']> = Extract<CasePersonCommand, { type: T }>;
type Decision = ProcessDecision<CaseEventBody>;

/** What a low score of an accepted service is called among the findings of the case. */
const LOW_SCORE = 'low-score';

/** The result is there. No step of the contract's own order is left out (S002-10). */
export function resolve(command: Command<'resolve'>, state: CaseState): Decision | Rejection {
  const refused = notUnresolved(state) ?? notHandling(state, command.actor) ?? stepSkipped(state);
  if (refused) return refused;
  const { receivedAtMs: atMs, actor, id, told: isTold } = command;
  const cause = causeOf(state, command, clausesOf(state, 'resolution'));
  const late = current(state).respondedAtMs === null ? accountable(command, state) : [];
  const mail = isTold
    ? []
    : toldCustomer(state, 'case-result', { atMs, by: actor.seat, about: id, facts: asked(state) });
  const by = isTold ? 'handler' : mail.length > 0 ? 'mail' : null;
  const events: CaseEventBody[] = [{ ...cause, type: 'case-resolved' }, ...late];
  return processDecision<CaseEventBody>({
    events:
      by === null
        ? events
        : [...events, { ...cause, clauses: toldClauses(state), type: 'case-result-told', by, clocks: waits(state) }],
    schedule: mail,
    errands: listed(late, command, state),
  });
}

/** What must come before the result. */
function stepSkipped(state: CaseState): Rejection | undefined {
  const { reference, rules } = state.input;
  const skipped = (message: string): Rejection => ({
    rejected: 'step-skipped',
    message: `${reference}: ${message}`,
    clauses: rules.clauses,
  });
  if (has(state, 'execute') && state.executedAtMs === null) {
    return skipped('response, plan, the customer’s confirmation and execution come before the result');
  }
  if (has(state, 'assign') && state.assignee === null) return skipped('assign somebody qualified first');
  if (isNegotiated(state) && !state.negotiated) {
    const missing = rules.negotiators.filter((party) => !state.agreed.includes(party));
    return skipped(`both parties agree on the solution first; ${missing.join(', ')} has not`);
  }
  return undefined;
}

/** Major ones are solved by both parties, where the contract has that (S000-35). */
function isNegotiated(state: CaseState): boolean {
  return state.severity === 'major' && has(state, 'negotiate');
}

function toldClauses(state: CaseState): string[] {
  return has(state, 'opinion') ? clausesOf(state, 'opinion') : state.input.rules.clauses;
}

/** How long the customer's word is waited for: first the follow-up, where there is one (S001b-28). */
function waits(state: CaseState): ReturnType<typeof clockStarted> {
  if (!asksOpinion(state)) return [];
  const followUp = clockStarted(state, 'follow-up');
  return followUp.length > 0 ? followUp : clockStarted(state, 'opinion');
}

function asked(state: CaseState): { verdict?: string; days?: number } {
  if (!asksOpinion(state)) return {};
  const [wait] = clockStarted(state, 'opinion');
  return { verdict: has(state, 'accept') ? 'accept' : 'opinion', ...(wait ? { days: wait.count } : {}) };
}

/** The customer has the result otherwise than by our mail. */
export function tellResult(command: Command<'tell-result'>, state: CaseState): Decision | Rejection {
  const refused = notOpen(state) ?? notHandling(state, command.actor);
  if (refused) return refused;
  const { reference } = state.input;
  const { resolvedAtMs, toldAtMs } = current(state);
  if (resolvedAtMs === null) return { rejected: 'not-resolved', message: `${reference} has no result yet` };
  if (toldAtMs !== null) return { rejected: 'already-fulfilled', message: `${reference}: the customer has the result` };
  return processDecision<CaseEventBody>({
    events: [
      { ...causeOf(state, command, toldClauses(state)), type: 'case-result-told', by: 'handler', clocks: waits(state) },
    ],
  });
}

/**
 * What the customer says of the result: satisfied closes it, where nothing else is missing; not satisfied, or a rejected
 * acceptance, opens another round (S001b-12, S001b-28, S003-C-06). A low score becomes a finding.
 */
export function judge(command: Command<'judge'>, state: CaseState): Decision | Rejection {
  const { input } = state;
  const { satisfied, score, actor, receivedAtMs: atMs } = command;
  const refused = notAlive(state) ?? notOfCustomer(state, actor, true);
  if (refused) return refused;
  const round = current(state);
  if (round.resolvedAtMs === null) {
    return { rejected: 'not-resolved', message: `${input.reference} has no result to judge yet` };
  }
  if (round.satisfied !== null) {
    return { rejected: 'already-fulfilled', message: `${input.reference}: the customer’s opinion is on record` };
  }
  const cause = causeOf(state, command);
  const judged: CaseEventBody = {
    ...cause,
    type: 'case-judged',
    satisfied,
    score,
    entered: !isCustomer(state, actor),
  };
  const low = isLow(state, score) ? lowScore(command, state) : null;
  const events = [judged, ...(low ? low.events : [])];
  const schedule = told(state, 'case-customer-word', {
    atMs,
    by: actor.seat,
    to: [state.handler],
    facts: { verdict: satisfied ? 'satisfied' : 'not-satisfied' },
  });
  const errands = low ? low.errands : [];
  if (!satisfied) {
    const because = has(state, 'accept') ? 'rejected' : 'negative-opinion';
    const reopened = reopening(state, cause, because);
    return processDecision<CaseEventBody>({ events: [...events, reopened], schedule, errands });
  }
  const isClosed = state.status === 'closed' || notClosable(state) !== undefined;
  const closed: CaseEventBody = { ...cause, type: 'case-closed', outcome: 'confirmed' };
  return processDecision<CaseEventBody>({ events: isClosed ? events : [...events, closed], schedule, errands });
}

function isLow({ input, findings }: CaseState, score: string | null): boolean {
  const { lowScore: threshold } = input.rules;
  if (score === null || threshold === null || findings.some(({ finding }) => finding === LOW_SCORE)) return false;
  return new Big(score).lt(threshold);
}

function lowScore(command: Command<'judge'>, state: CaseState): { events: CaseEventBody[]; errands: Errand[] } | null {
  const started = findingOf(state, LOW_SCORE, command, { dimension: null, measured: command.score });
  if (started === null) return null;
  const { workflowId } = started;
  const event: CaseEventBody = {
    ...causeOf(state, command),
    type: 'case-improvement-raised',
    finding: LOW_SCORE,
    dimension: null,
    workflowId,
  };
  return { events: [event], errands: [started] };
}

/** It is not solved after all: another round, with clocks of its own. */
export function reopen(command: Command<'reopen'>, state: CaseState): Decision | Rejection {
  const { actor, receivedAtMs: atMs } = command;
  const { reference, rules } = state.input;
  const over = notAlive(state);
  if (over) return over;
  if (!isCustomer(state, actor) && !isHandler(state, actor) && !isOfParty(state, actor)) {
    const message = `${reference}: the customer, a party or whoever handles it reopens it`;
    return { rejected: 'not-responsible', message, clauses: rules.clauses };
  }
  if (current(state).resolvedAtMs === null) {
    return { rejected: 'not-resolved', message: `${reference} is open already` };
  }
  return processDecision<CaseEventBody>({
    events: [reopening(state, causeOf(state, command), 'asked')],
    schedule: told(state, 'case-reopened', {
      atMs,
      by: actor.seat,
      to: [state.handler],
      copies: rules.escalateTo,
      facts: { round: state.cycles.length + 1 },
    }),
  });
}

function reopening(
  state: CaseState,
  cause: ReturnType<typeof causeOf>,
  because: 'asked' | 'negative-opinion' | 'rejected',
): CaseEventBody {
  return {
    ...cause,
    type: 'case-reopened',
    cycle: state.cycles.length + 1,
    because,
    clocks: clocksAtReopening(state),
  };
}

/** Why nothing brings it back. */
function notAlive(state: CaseState): Rejection | undefined {
  if (!isOver(state)) return undefined;
  if (state.outcome === 'duplicate') return notOpen(state);
  return { rejected: 'agreement-ended', message: `${state.input.reference} is closed, and its agreement is over` };
}

/** Everything that the contract asks for is there, and it is put away. */
export function close(command: Command<'close'>, state: CaseState): Decision | Rejection {
  const refused = notOpen(state) ?? notHandling(state, command.actor) ?? notClosable(state);
  if (refused) return refused;
  const { reference, rules } = state.input;
  const { satisfied } = current(state);
  const isAsked = asksOpinion(state) || rules.opinionRequired;
  if (satisfied === null && isAsked && !command.opinionNotGiven && !isOpinionOver(state)) {
    const message = `${reference}: the customer’s opinion is awaited; note that none was given, if it does not want to say`;
    return { rejected: 'opinion-awaited', message, clauses: rules.clauses };
  }
  const outcome: CaseOutcome =
    satisfied === true ? 'confirmed' : !isAsked ? 'completed' : command.opinionNotGiven ? 'not-given' : 'unconfirmed';
  return processDecision<CaseEventBody>({ events: [{ ...causeOf(state, command), type: 'case-closed', outcome }] });
}

/** The time for the customer's opinion passed without it. */
function isOpinionOver(state: CaseState): boolean {
  const clock = currentClock(state, 'opinion');
  return clock !== undefined && !isRunning(clock);
}

/** What is missing before it can be closed, whatever the customer thinks of it. */
export function notClosable(state: CaseState): Rejection | undefined {
  const { reference, rules } = state.input;
  const { clauses } = rules;
  const { resolvedAtMs, toldAtMs } = current(state);
  if (resolvedAtMs === null) return { rejected: 'not-resolved', message: `${reference} has no result yet`, clauses };
  if (toldAtMs === null && has(state, 'inform')) {
    return { rejected: 'result-not-told', message: `${reference}: tell the customer the result first`, clauses };
  }
  const { content, process, result } = state.record;
  if (rules.recordRequired && !(content && process && result)) {
    const sections = Object.entries({ content, process, result });
    const missing = sections.flatMap(([section, isThere]) => (isThere ? [] : [section])).join(', ');
    return { rejected: 'record-incomplete', message: `${reference}: its record lacks ${missing}`, clauses };
  }
  if (has(state, 'report') && state.reportConfirmedAtMs === null) {
    const message =
      state.reportedAtMs === null
        ? `${reference}: report it to ${rules.reportTo ?? 'the responsible department'} first`
        : `${reference}: ${rules.reportTo ?? 'the responsible department'} has not confirmed the report`;
    return { rejected: 'not-reported', message, clauses };
  }
  if (has(state, 'special-survey') && state.severity === 'major' && state.specialSurvey === null) {
    const message = `${reference}: decide whether a special survey of this major case is held`;
    return { rejected: 'decision-missing', message, clauses };
  }
  return undefined;
}
