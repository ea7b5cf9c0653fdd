import { CUSTOMER } from '../agreement/parties.ts';
import { type Awaited, awaited } from '../awaited/awaited.ts';
import type { Instant } from '../time.ts';
import { localDateAt } from '../zone.ts';
import { dueOf, isSuspended } from './clock.ts';
import { contextOf } from './clocks.ts';
import type { CaseClockId } from './compiled.ts';
import type { CaseClock, CaseState } from './state.ts';
import { handlersOf, warningMoments } from './telling.ts';

/** What the customer says, or is waited for. */
const OF_CUSTOMER: CaseClockId[] = ['opinion', 'follow-up', 'contest', 'confirmation'];

/** What a case waits for: each of its clocks that has not been stopped, also after it ran out; without any, its end. */
export function awaitedOfCase(state: CaseState): Awaited[] {
  if (state.status === 'closed') return ofClocks(state, ['record', 'report']);
  const clocks = ofClocks(state);
  if (clocks.length > 0) return clocks;
  if (state.paused !== null) return [awaited('case', 'case-paused', [customerOf(state)], { isPaused: true })];
  return state.status === 'awaiting-opinion'
    ? [awaited('case', 'case-opinion', [customerOf(state)])]
    : [awaited('case', state.status === 'resolved' ? 'case-close' : 'case-handle', handlersOf(state))];
}

function ofClocks(state: CaseState, only?: CaseClockId[]): Awaited[] {
  const rounds = state.cycles.length;
  return state.clocks
    .filter(({ id, cycle }) => (only ? only.includes(id) : cycle === rounds || id === 'record' || id === 'report'))
    .filter(({ stoppedAtMs }) => stoppedAtMs === undefined)
    .map((clock) => ofClock(state, clock));
}

function ofClock(state: CaseState, clock: CaseClock): Awaited {
  const { id, cycle } = clock;
  const isPaused = clock.breachedAtMs === undefined && isSuspended(clock);
  const dueAtMs = clock.breachedAtMs ?? dueOf(clock, contextOf(state.input));
  const waitsFor = OF_CUSTOMER.includes(id) ? [customerOf(state)] : handlersOf(state);
  return awaited('case', `case-${id}`, waitsFor, {
    key: `case-${id}:${String(cycle)}`,
    due: dueAtMs === null ? null : dueFrom(state, dueAtMs),
    warnAtMs: dueAtMs === null ? null : (warningMoments(state, clock, dueAtMs)[0] ?? null),
    isPaused,
  });
}

/** A party that is the customer, or the customer of the directory. */
function customerOf({ input }: CaseState): string {
  return input.rules.customer ?? CUSTOMER;
}

function dueFrom({ input }: CaseState, dueAtMs: Instant): Awaited['due'] {
  return { dueAtMs, localDate: localDateAt(input.zone, dueAtMs - 1) };
}
