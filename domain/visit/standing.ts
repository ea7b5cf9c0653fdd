import type { Actor } from '../agreement/command.ts';
import type { Due } from '../agreement/event.ts';
import { COORDINATOR, answersFor } from '../agreement/parties.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { dueAfterDays } from '../deadline.ts';
import type { LocalDate } from '../time.ts';
import { instantAt } from '../zone.ts';
import type { VisitInput } from './command.ts';
import type { VisitEventBody } from './event.ts';
import type { VisitState } from './state.ts';

/** The term of a report ends with its last day, which moves off rest days (Civil Code 203). */
const REPORT = { rollover: 'next-working-day', dayEnd: '24:00' } as const;

/** The end of the planned day: whoever plans chose it, so it does not move. */
export function endOfDay({ zone }: VisitInput, localDate: LocalDate): Due {
  return { dueAtMs: instantAt(zone, localDate, '24:00'), localDate };
}

/** When the report of a visit on that day is due; null: no length is agreed (S003-S-10). */
export function reportDueAfter({ rules, calendar, zone }: VisitInput, heldOn: LocalDate): Due | null {
  return rules.reportDays === null ? null : dueAfterDays(heldOn, rules.reportDays, REPORT, calendar, zone);
}

/** Nothing changes any more. */
export function isOver({ status, ended }: VisitState): boolean {
  return ended || status === 'cancelled';
}

/** Why nothing of it changes any more. */
export function notAlive({ input, status, ended }: VisitState): Rejection | undefined {
  if (status === 'cancelled') return { rejected: 'visit-closed', message: `${input.reference} was cancelled` };
  if (!ended) return undefined;
  return { rejected: 'agreement-ended', message: `${input.reference} ended with its agreement` };
}

/** Why it is too late to plan, hold or cancel it. */
export function notAhead(state: VisitState): Rejection | undefined {
  const over = notAlive(state);
  if (over || state.status === 'planned' || state.status === 'missed') return over;
  return {
    rejected: 'visit-closed',
    message: `${state.input.reference} took place on ${state.heldOn ?? ''}`,
    clauses: state.input.rules.clauses,
  };
}

/** Why this act is not theirs: whoever leads it, or the coordinator, keeps it. */
export function notLeading({ input }: VisitState, actor: Actor): Rejection | undefined {
  const { leader, clauses } = input.rules;
  if (actor.seat === COORDINATOR || answersFor(input, actor, leader)) return undefined;
  return { rejected: 'not-responsible', message: `${input.reference}: this is for ${leader} to do`, clauses };
}

/** What every event bears. */
export function causeOf(
  { input }: VisitState,
  { receivedAtMs, actor, id }: { receivedAtMs: number; actor: Actor; id: string },
): Pick<VisitEventBody, 'occurredAtMs' | 'actor' | 'clauses' | 'commandId' | 'obligation'> {
  return { ...subjectOf(input), occurredAtMs: receivedAtMs, actor, clauses: input.rules.clauses, commandId: id };
}

/** The duty that it counts for. */
export function subjectOf({ rules }: VisitInput): { obligation?: string } {
  return rules.obligation === null ? {} : { obligation: rules.obligation };
}
