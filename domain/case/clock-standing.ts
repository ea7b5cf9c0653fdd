import type { Instant } from '../time.ts';
import { dueOf, isRunning, isSuspended, pausedMs } from './clock.ts';
import { contextOf, ruleOf } from './clocks.ts';
import type { CaseClockId, CaseStep } from './compiled.ts';
import type { CaseClock, CaseState } from './state.ts';

/** How a clock stands: `ended` without what it waited for, as its case was closed. */
export type ClockStanding = 'running' | 'paused' | 'met' | 'breached' | 'ended';

/** What the customer has to do; all else is the provider's. */
const THE_CUSTOMERS: readonly CaseClockId[] = ['opinion', 'follow-up', 'contest', 'confirmation'];

export interface StandingClock extends CaseClock {
  standing: ClockStanding;
  /** Null while it stands still, and once it is over. */
  dueAtMs: Instant | null;
  pausedMs: number;
  /** It ran out, and what it waited for is not done yet. */
  open: boolean;
}

/** The clocks of all rounds as they stand, the last round first. */
export function standingClocks(state: CaseState, asOfMs: Instant): StandingClock[] {
  const context = contextOf(state.input);
  const isOver = state.status === 'closed';
  return state.clocks
    .map((clock): StandingClock => {
      const runs = isRunning(clock) && !isOver;
      return {
        ...clock,
        standing: runs
          ? isSuspended(clock)
            ? 'paused'
            : 'running'
          : clock.breachedAtMs !== undefined
            ? 'breached'
            : clock.stoppedAtMs === undefined || (clock.id === 'decision' && state.specialSurvey === null)
              ? 'ended'
              : 'met',
        dueAtMs: runs ? dueOf(clock, context) : null,
        pausedMs: pausedMs(clock, asOfMs),
        open: isOpen(state, clock),
      };
    })
    .sort((a, b) => b.cycle - a.cycle || (a.dueAtMs ?? Infinity) - (b.dueAtMs ?? Infinity));
}

/** Whether it ran out in this round and is still waited for; of what the customer may do, never. */
function isOpen(state: CaseState, { id, cycle, breachedAtMs, missed = 0 }: CaseClock): boolean {
  const round = state.cycles.at(-1);
  if (state.status === 'closed' || !round) return false;
  const isOfRound = cycle === state.cycles.length;
  const isResolved = round.resolvedAtMs !== null;
  const { record } = state;
  const ranOut = breachedAtMs !== undefined;
  switch (id) {
    case 'record':
      return ranOut && !(record.content && record.process && record.result);
    case 'report':
      return ranOut && state.reportedAtMs === null;
    case 'response':
      return ranOut && isOfRound && round.respondedAtMs === null;
    case 'forwarding':
      return ranOut && isOfRound && !isResolved && state.passedTo.length === 0 && state.assignee === null;
    case 'assignment':
      return ranOut && isOfRound && !isResolved && state.assignee === null;
    case 'resolution':
      return ranOut && isOfRound && !isResolved;
    case 'progress':
      return missed > 0 && isOfRound && !isResolved;
    case 'decision':
      return ranOut && state.severity === 'major' && state.specialSurvey === null;
    default:
      return false;
  }
}

export function isOverdue(state: CaseState): boolean {
  return state.clocks.some((clock) => isOpen(state, clock));
}

/** What runs out next of what somebody owes. */
export function nextDue(clocks: readonly StandingClock[]): { clock: CaseClockId; dueAtMs: Instant } | null {
  const [first] = clocks
    .flatMap(({ id, standing, dueAtMs }) =>
      standing === 'running' && dueAtMs !== null ? [{ clock: id, dueAtMs }] : [],
    )
    .sort((a, b) => a.dueAtMs - b.dueAtMs);
  return first ?? null;
}

/**
 * When a case wants somebody: the first of its clocks that ran out and is still waited for, else the next that runs out;
 * null where none runs.
 */
export function wantedAt(state: CaseState, asOfMs: Instant): Instant | null {
  const clocks = standingClocks(state, asOfMs);
  const ranOut = clocks.filter(({ open }) => open).map(({ breachedAtMs, startAtMs }) => breachedAtMs ?? startAtMs);
  return ranOut.length > 0 ? Math.min(...ranOut) : (nextDue(clocks)?.dueAtMs ?? null);
}

/** Whose a clock is: seats; empty: the customer's. */
export function ownersOf(state: CaseState, id: CaseClockId): string[] {
  if (THE_CUSTOMERS.includes(id)) return [];
  const { rules } = state.input;
  if (id === 'decision') return [rules.decider ?? state.handler];
  return [state.handler];
}

/** What comes next, by what the contract has of steps; `clock` is the one that it has to be done by. */
export interface NextStep {
  step:
    | 'starting'
    | 'provide'
    | 'resume'
    | 'respond'
    | 'assign'
    | 'plan'
    | 'confirm'
    | 'execute'
    | 'agree'
    | 'resolve'
    | 'tell'
    | 'judge'
    | 'decide'
    | 'record'
    | 'close'
    | 'nothing';
  who: string[];
  customer: boolean;
  clock: CaseClockId | null;
}

/** Who must do what next. */
export function nextStep(state: CaseState, isStarting: boolean): NextStep {
  const { handler, status, paused, input, record, specialSurvey, severity } = state;
  const { rules } = input;
  const has = (step: CaseStep): boolean => rules.steps.includes(step);
  const provider = (step: NextStep['step'], clock: CaseClockId | null = null): NextStep => {
    return { step, who: [handler], customer: false, clock };
  };
  const customer = (step: NextStep['step'], clock: CaseClockId): NextStep => {
    return { step, who: [], customer: true, clock };
  };
  if (isStarting) return { step: 'starting', who: [], customer: false, clock: null };
  if (paused) return paused.reason === 'force-majeure' ? provider('resume') : customer('provide', 'contest');
  const isWhole = record.content && record.process && record.result;
  switch (status) {
    case 'open':
      return provider('respond', 'response');
    case 'responded':
    case 'in-progress':
      if (has('plan')) return provider('plan', 'resolution');
      if (has('assign') && state.assignee === null) return provider('assign', 'assignment');
      return provider('resolve', 'resolution');
    case 'plan-proposed':
      return has('confirm') ? customer('confirm', 'confirmation') : provider('execute', 'resolution');
    case 'plan-confirmed':
      return provider('execute', 'resolution');
    case 'executed':
      return provider('resolve', 'resolution');
    case 'negotiating':
      if (state.cycles.at(-1)?.respondedAtMs === null) return provider('respond', 'response');
      return {
        step: 'agree',
        who: rules.negotiators.filter((party) => !state.agreed.includes(party)),
        customer: false,
        clock: 'resolution',
      };
    case 'resolved':
      if (has('inform') && state.cycles.at(-1)?.toldAtMs === null) return provider('tell');
      if (has('special-survey') && severity === 'major' && specialSurvey === null) {
        return { step: 'decide', who: ownersOf(state, 'decision'), customer: false, clock: 'decision' };
      }
      return provider(rules.recordRequired && !isWhole ? 'record' : 'close', isWhole ? null : 'record');
    case 'awaiting-opinion':
      return customer('judge', 'opinion');
    case 'closed':
      return { step: 'nothing', who: [], customer: false, clock: null };
  }
}

/** Clauses of a clock, and what it means that it runs out. */
export function ruleOfClock(state: CaseState, id: CaseClockId) {
  return ruleOf(state.input, id);
}
