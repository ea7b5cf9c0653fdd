import { answersFor } from '../agreement/parties.ts';
import { notProvided } from '../agreement/part.ts';
import type { Due } from '../agreement/event.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { daysLateOn } from '../penalty.ts';
import { processDecision } from '../process/fold.ts';
import type { ProcessDecision } from '../process/process.ts';
import type { Instant } from '../time.ts';
import { localDateAt } from '../zone.ts';
import { dueIn } from './clock.ts';
import type { ImprovementInput, ImprovementPersonCommand } from './command.ts';
import type { ImprovementEventBody } from './event.ts';
import { causeOf, notResponsible, unprovenAt } from './standing.ts';
import type { ImprovementState } from './state.ts';

type Investigates = Extract<ImprovementPersonCommand, { type: 'investigate' }>;
type Plans = Extract<ImprovementPersonCommand, { type: 'plan' }>;
type CauseFound = Extract<ImprovementEventBody, { type: 'cause-found' }>;

/** When the cause of what was raised at this instant is to be found; nothing where no length is agreed. */
export function causeDueFrom(input: ImprovementInput, atMs: Instant): { causeDue?: Due } {
  const days = input.rules.investigation?.days ?? null;
  return days === null ? {} : { causeDue: dueIn(input, atMs, days) };
}

/** Whoever plans writes the cause down before there is a plan (S003-C-09); written again, the later words count. */
export function investigate(
  command: Investigates,
  state: ImprovementState,
): ProcessDecision<ImprovementEventBody> | Rejection {
  const { rules } = state.input;
  if (!rules.investigation) return notProvided('a cause with a date of its own: it is written with the plan');
  const wrong = notYetPlanned(state);
  if (wrong) return wrong;
  const { clauses } = rules.investigation;
  const department = state.department ?? rules.planner;
  if (!answersFor(state.input, command.actor, department)) return notResponsible([department], clauses);
  return processDecision<ImprovementEventBody>({ events: [found(command, state, clauses)] });
}

/** The cause that comes with a plan and has not been written before. */
export function foundWithPlan(command: Plans, state: ImprovementState): CauseFound[] {
  const { investigation } = state.input.rules;
  if (!investigation || !command.hasCause || state.causeFoundAtMs !== null) return [];
  return [found({ ...command, documents: [] }, state, investigation.clauses)];
}

function found(command: Investigates | Plans, state: ImprovementState, clauses: string[]): CauseFound {
  const { causeDue, causeFoundAtMs, input } = state;
  const today = localDateAt(input.zone, command.receivedAtMs);
  const daysLate = causeDue && causeFoundAtMs === null ? daysLateOn(causeDue, today) : 0;
  return { ...causeOf(command, clauses), type: 'cause-found', daysLate, documents: command.documents };
}

function notYetPlanned(state: ImprovementState): Rejection | undefined {
  switch (state.status) {
    case 'raised':
    case 'classified':
      return undefined;
    case 'planned':
    case 'approved':
    case 'implemented':
    case 'effective':
      return { rejected: 'already-approved', message: 'a plan has been handed in: its cause was written before' };
    default:
      return unprovenAt(state);
  }
}
