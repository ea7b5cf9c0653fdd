import type { Instant } from '../time.ts';
import { type ClockContext, type Suspended, countsDays, dueOf, isRunning, isSuspended } from './clock.ts';
import type { CaseInput } from './command.ts';
import type { CaseClockId, CompiledCaseClock } from './compiled.ts';
import type { CaseEvent, StartedClock } from './event.ts';
import type { CaseClock, CaseState } from './state.ts';

/** Clocks of every round, from its opening; `progress` may start later. */
const OF_A_ROUND: CaseClockId[] = ['response', 'forwarding', 'assignment', 'progress', 'resolution'];
/** Clocks of the case as a whole. */
const OF_THE_CASE: CaseClockId[] = ['record', 'report'];
/** What waits for the customer or for another department runs on while the case stands still. */
const NEVER_PAUSED: CaseClockId[] = ['report', 'opinion', 'follow-up', 'contest', 'confirmation', 'decision'];

export function contextOf({ calendar, zone, noticeHours, rules }: CaseInput): ClockContext {
  const { from, to } = rules.workingTime ?? noticeHours;
  return { calendar, zone, workingTime: { from, to } };
}

export function ruleOf({ rules }: CaseInput, id: CaseClockId): CompiledCaseClock | undefined {
  return rules.clocks.find((clock) => clock.id === id);
}

/** The length for this case: by tier, priority or category, else for everybody; null: none is agreed, and it does not run. */
function lengthOf(
  { by, count }: CompiledCaseClock,
  { tier, priority, category }: Pick<CaseInput, 'tier' | 'priority' | 'category'>,
): number | null {
  for (const key of [tier, priority, category]) {
    if (key !== null && by[key] !== undefined) return by[key];
  }
  return count;
}

function started(input: CaseInput, ids: readonly CaseClockId[]): StartedClock[] {
  return ids.flatMap((id) => {
    const rule = ruleOf(input, id);
    const count = rule ? lengthOf(rule, input) : null;
    return rule === undefined || count === null ? [] : [{ id, unit: rule.unit, count }];
  });
}

/** Clocks that start as it comes in; none where the service was not owed any more. */
export function clocksAtOpening(input: CaseInput, outOfTerm: boolean): StartedClock[] {
  if (outOfTerm) return [];
  const late = input.rules.progressFrom === 'assignment';
  return started(
    input,
    [...OF_THE_CASE, ...OF_A_ROUND].filter((id) => !(late && id === 'progress')),
  );
}

/** A new round has its own. */
export function clocksAtReopening({ input, outOfTerm }: CaseState): StartedClock[] {
  return outOfTerm ? [] : started(input, OF_A_ROUND);
}

/** One that starts by itself. */
export function clockStarted({ input, outOfTerm }: CaseState, id: CaseClockId): StartedClock[] {
  return outOfTerm && id !== 'opinion' && id !== 'follow-up' ? [] : started(input, [id]);
}

/** From the first time it is passed on, where the contract counts so (S001b-26). */
export function progressStarted(state: CaseState): StartedClock[] {
  const isNew = !state.clocks.some(({ id, cycle }) => id === 'progress' && cycle === state.cycles.length);
  return isNew && state.input.rules.progressFrom === 'assignment' ? clockStarted(state, 'progress') : [];
}

/** The clock of this round, or of the case as a whole. */
export function currentClock({ clocks, cycles }: CaseState, id: CaseClockId): CaseClock | undefined {
  return clocks.findLast((clock) => clock.id === id && (clock.cycle === cycles.length || OF_THE_CASE.includes(id)));
}

/** Clocks whose end is ahead. */
export function runningClocks({ clocks }: CaseState): CaseClock[] {
  return clocks.filter(isRunning);
}

/** What is due next of them; a clock that stands still is never due. */
export function nextClocks(state: CaseState): { atMs: Instant; clocks: CaseClock[] } | undefined {
  const context = contextOf(state.input);
  let next: { atMs: Instant; clocks: CaseClock[] } | undefined;
  for (const clock of runningClocks(state)) {
    const atMs = dueOf(clock, context);
    if (atMs === null || (next !== undefined && atMs > next.atMs)) continue;
    if (next?.atMs === atMs) next.clocks.push(clock);
    else next = { atMs, clocks: [clock] };
  }
  return next;
}

function starting(clocks: readonly StartedClock[], startAtMs: Instant, cycle: number): CaseClock[] {
  return clocks.map(({ id, unit, count }) => ({ id, cycle, unit, budget: count, startAtMs, suspensions: [] }));
}

/** Clocks that this event stops: what one of them waited for, all of them have, at the same instant. */
function stoppedBy(event: CaseEvent): readonly CaseClockId[] {
  switch (event.type) {
    case 'case-responded':
      return ['response'];
    case 'case-forwarded':
      return ['forwarding'];
    case 'case-assigned':
      return ['forwarding', 'assignment'];
    case 'case-resolved':
      return ['response', 'forwarding', 'assignment', 'progress', 'resolution', 'confirmation', 'contest'];
    case 'case-recorded':
      return ['record'];
    case 'case-reported':
      return ['report'];
    case 'case-follow-up-asked':
      return ['follow-up'];
    case 'case-judged':
    case 'case-reopened':
      return ['opinion', 'follow-up'];
    case 'case-contested':
    case 'case-resumed':
      return ['contest'];
    case 'case-planned':
    case 'case-plan-confirmed':
    case 'case-plan-changed':
      return ['confirmation'];
    case 'case-survey-decided':
      return ['decision'];
    case 'case-classified': // of a case that is no major one nothing is to be decided
      return event.severity === 'major' ? [] : ['decision'];
    case 'case-closed':
      return event.outcome === 'duplicate'
        ? [...OF_THE_CASE, ...OF_A_ROUND, ...NEVER_PAUSED]
        : ['opinion', 'follow-up'];
    default:
      return [];
  }
}

/** What a clock waited for did not take place by these: one that ran out before is not met late. */
const FALLS_AWAY: CaseEvent['type'][] = ['case-closed', 'case-reopened', 'case-classified'];

/** The clocks after an event: it stops, ends, suspends, resumes, starts some of them. */
export function clocksAfter(state: CaseState, event: CaseEvent): CaseClock[] {
  const atMs = event.occurredAtMs;
  const { record } = state;
  const stopped = stoppedBy(event);
  const isWhole = record.content && record.process && record.result; // of the state after the event
  let clocks = state.clocks.map((clock) =>
    clock.stoppedAtMs === undefined &&
    stopped.includes(clock.id) &&
    (clock.breachedAtMs === undefined || !FALLS_AWAY.includes(event.type)) &&
    (clock.id !== 'record' || isWhole || event.type === 'case-closed')
      ? ended(clock, atMs)
      : clock,
  );
  if (event.type === 'case-clock-breached') clocks = clocks.flatMap((clock) => breached(clock, event));
  if (event.type === 'case-progress-told') clocks = clocks.map((clock) => toldAgain(clock, atMs));
  if (event.type === 'case-paused') clocks = clocks.map((clock) => suspended(clock, event));
  if (event.type === 'case-resumed' || event.type === 'case-contested' || event.type === 'case-resolved') {
    clocks = clocks.map((clock) => resumed(clock, atMs));
  }
  if (!('clocks' in event)) return clocks;
  const fresh = starting(event.clocks, atMs, cycleOf(state, event));
  const { paused } = state;
  if (paused === null) return [...clocks, ...fresh];
  const gap = { fromMs: atMs, reason: paused.reason, by: event.actor.seat };
  return [...clocks, ...fresh.map((clock) => standingStill(clock, gap))];
}

function cycleOf({ cycles }: CaseState, event: CaseEvent): number {
  return event.type === 'case-opened' ? 1 : event.type === 'case-reopened' ? event.cycle : cycles.length;
}

/** It stops, also late; while it stands still, the stretch ends with it. */
function ended(clock: CaseClock, atMs: Instant): CaseClock {
  return { ...(isSuspended(clock) ? resumed(clock, atMs) : clock), stoppedAtMs: atMs };
}

/**
 * Its end passed. Reports of progress are due again from then on: those in days from within the last day, which does not count
 * as the day of a start, so that the next day does.
 */
function breached(clock: CaseClock, event: Extract<CaseEvent, { type: 'case-clock-breached' }>): CaseClock[] {
  if (clock.id !== event.clock || clock.cycle !== event.cycle || !isRunning(clock)) return [clock];
  if (clock.id !== 'progress') return [{ ...clock, breachedAtMs: event.dueAtMs }];
  const startAtMs = countsDays(clock) ? event.dueAtMs - 1 : event.dueAtMs;
  return [{ ...clock, startAtMs, suspensions: [], missed: event.missed }];
}

function toldAgain(clock: CaseClock, atMs: Instant): CaseClock {
  if (clock.id !== 'progress' || !isRunning(clock)) return clock;
  const { missed: _missed, ...rest } = clock;
  const still = clock.suspensions.filter(({ untilMs }) => untilMs === undefined);
  return { ...rest, startAtMs: atMs, suspensions: still.map((one) => ({ ...one, fromMs: atMs })) };
}

function suspended(clock: CaseClock, event: Extract<CaseEvent, { type: 'case-paused' }>): CaseClock {
  return standingStill(clock, { fromMs: event.occurredAtMs, reason: event.reason, by: event.actor.seat });
}

/** It stands still from then on, also where it has only just started. */
function standingStill(clock: CaseClock, gap: Suspended): CaseClock {
  if (!isRunning(clock) || isSuspended(clock) || NEVER_PAUSED.includes(clock.id)) return clock;
  return { ...clock, suspensions: [...clock.suspensions, gap] };
}

function resumed(clock: CaseClock, atMs: Instant): CaseClock {
  if (!isSuspended(clock)) return clock;
  return {
    ...clock,
    suspensions: clock.suspensions.map((gap) => (gap.untilMs === undefined ? { ...gap, untilMs: atMs } : gap)),
  };
}
