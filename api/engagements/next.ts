import type { Due } from '../../domain/agreement/event.ts';
import { awaitedSteps } from '../../domain/engagement/awaited-steps.ts';
import { engagementRules } from '../../domain/engagement/engagement.ts';
import type { EngagementState } from '../../domain/engagement/state.ts';
import { isRefused } from '../../domain/process/fold.ts';
import type { Instant } from '../../domain/time.ts';
import { localDateAt } from '../../domain/zone.ts';
import type { EngagementAct } from './schema.ts';
import { engagementTrials } from './trials.ts';

/** Something that is awaited: of whom, by when, and about what. */
export interface Step {
  act: EngagementAct;
  by: string[];
  due: Due | null;
  overdue: boolean;
  about: string | null;
}

/**
 * What happens next and who must act, the most urgent first. Only what the rules would take now from whoever is named: the
 * decider is asked, so that nothing is asked of anybody that it would refuse.
 */
export function nextSteps(state: EngagementState, nowMs: Instant): Step[] {
  const steps = awaitedSteps(state, localDateAt(state.input.zone, nowMs)).map((step): Step => {
    return { ...step, overdue: step.due !== null && nowMs >= step.due.dueAtMs };
  });
  const trials = engagementTrials(state, nowMs);
  return steps
    .map((step) => ({ ...step, by: step.by.filter((seat) => isTaken(state, trials[step.act], { seat, nowMs })) }))
    .filter(({ by }) => by.length > 0)
    .sort((a, b) => (a.due?.dueAtMs ?? Infinity) - (b.due?.dueAtMs ?? Infinity));
}

function isTaken(
  state: EngagementState,
  trials: readonly object[],
  { seat, nowMs }: { seat: string; nowMs: Instant },
): boolean {
  const { parties, seatParties } = state.input;
  const party = parties.includes(seat) ? seat : seatParties[seat];
  const actor = { personId: 'trial', seat, ...(party === undefined ? {} : { party }), via: 'api' as const };
  return trials.some((trial) => {
    const decided = engagementRules.decide({ ...trial, id: 'trial', receivedAtMs: nowMs, actor } as never, state);
    return !isRefused(decided) && decided.events.length > 0;
  });
}
