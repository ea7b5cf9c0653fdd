import type { VisitsCounted } from '../agreement/command.ts';
import { type Decision, decision } from '../agreement/decision.ts';
import type { VisitCountDue, VisitCountMade } from '../agreement/event.ts';
import type { NoticeDraft } from '../agreement/notice.ts';
import { CLOCK, COORDINATOR, hasCoordinator, mailSeat } from '../agreement/parties.ts';
import type { Part } from '../agreement/part.ts';
import { isInForce } from '../agreement/phase.ts';
import type { AgreementState } from '../agreement/state.ts';
import { teller } from '../agreement/telling.ts';
import type { Errand } from '../process/process.ts';
import type { Instant } from '../time.ts';
import { type VisitCheck, nextChecks } from './quarters.ts';

/** How far the checks of an agreement have come: those up to an instant are begun, and what of them is still being counted. */
export interface VisitChecksState {
  throughMs: Instant;
  awaited: VisitCheck[];
}

/**
 * Before and at the end of each quarter it is counted who lacks a visit or a survey of the year (S003-S-19, S003-S-20). What
 * is counted stands in Postgres alone, so that time only asks for it.
 */
export const VISIT_CHECKS: Part = {
  moments(state) {
    const next = nextOf(state);
    return next === undefined ? [] : [{ atMs: next.atMs, consequence: true }];
  },
  dueEvents(state, atMs) {
    const next = nextOf(state);
    if (next === undefined || next.atMs > atMs) return { events: [], schedule: [] };
    const events = next.checks.map((check): VisitCountDue => ({
      occurredAtMs: next.atMs,
      actor: CLOCK,
      clauses: clausesOf(state, check),
      type: 'visit-count-due',
      ...check,
    }));
    return { events, schedule: [] };
  },
};

/** What was counted, as its check asked for; whoever leads the visits, and the coordinator, hear of what is missing. */
export function visitsCounted(command: VisitsCounted, state: AgreementState): Decision {
  const { agreement } = state;
  const check = state.visitChecks?.awaited.find((one) => isSame(one, command));
  const rule = agreement.visits?.find(({ id }) => id === command.rule);
  if (!check || !rule) return decision({});
  const { tiers, receivedAtMs, actor, id: commandId } = command;
  const clauses = clausesOf(state, check);
  const event: VisitCountMade = {
    occurredAtMs: receivedAtMs,
    actor,
    clauses,
    commandId,
    type: 'visits-counted',
    ...check,
    tiers,
  };
  const isShort = tiers.some(({ short }) => short > 0);
  const seats = [mailSeat(agreement, rule.leader), ...(hasCoordinator(agreement) ? [COORDINATOR] : [])];
  const tell = teller(agreement, receivedAtMs, clauses);
  const { quarter, stage, until, endsOn } = check;
  const schedule = [...new Set(seats)].map((seat): NoticeDraft =>
    tell('visit-plan-warning', seat, { localDate: endsOn, counted: { quarter, stage, until, tiers } }),
  );
  return decision({ events: [event], schedule: isShort ? schedule : [] });
}

export function evolveVisitChecks(state: AgreementState, event: VisitCountDue | VisitCountMade): AgreementState {
  const { throughMs, awaited } = state.visitChecks ?? { throughMs: event.occurredAtMs, awaited: [] };
  if (event.type === 'visits-counted') {
    return { ...state, visitChecks: { throughMs, awaited: awaited.filter((one) => !isSame(one, event)) } };
  }
  const { rule, quarter, stage, until, endsOn, since } = event;
  const check = { rule, quarter, stage, until, endsOn, since };
  return { ...state, visitChecks: { throughMs: event.occurredAtMs, awaited: [...awaited, check] } };
}

/** What a step asks to be counted. */
export function countsAsked(before: AgreementState, after: AgreementState): Errand[] {
  const asked = after.visitChecks?.awaited ?? [];
  const known = before.visitChecks?.awaited ?? [];
  return asked
    .filter((check) => !known.some((one) => isSame(one, check)))
    .flatMap((check): Errand[] => {
      const rule = after.agreement.visits?.find(({ id }) => id === check.rule);
      return rule ? [{ kind: 'count-visits', check, counters: rule.counters }] : [];
    });
}

/** Nobody is warned of what lies before it was recorded that the agreement is in force. */
function nextOf(state: AgreementState): ReturnType<typeof nextChecks> {
  const { agreement, inForceOn, inForceAtMs, visitChecks } = state;
  if (!isInForce(state) || inForceOn === null || inForceAtMs === null) return undefined;
  return nextChecks(agreement, inForceOn, Math.max(inForceAtMs, visitChecks?.throughMs ?? inForceAtMs));
}

function clausesOf({ agreement }: AgreementState, { rule: id }: VisitCheck): string[] {
  return agreement.visits?.find((rule) => rule.id === id)?.quarters?.clauses ?? [];
}

type Named = Pick<VisitCheck, 'rule' | 'quarter' | 'stage'>;

function isSame(a: Named, b: Named): boolean {
  return a.rule === b.rule && a.quarter === b.quarter && a.stage === b.stage;
}
