import type { Rejection } from '../agreement/rejection.ts';
import { processDecision } from '../process/fold.ts';
import type { ProcessDecision } from '../process/process.ts';
import { dueIn } from './clock.ts';
import type { Absorbs, ImprovementInput, ImprovementPersonCommand } from './command.ts';
import type { ImprovementEventBody } from './event.ts';
import { priorityOf, scoreOf, united } from './priority.ts';
import {
  causeOf,
  endedWithAgreement,
  findingClauses,
  hasEnded,
  notResponsible,
  sorters,
  sortsOut,
  unprovenAt,
} from './standing.ts';
import type { ImprovementState } from './state.ts';
import { told } from './telling.ts';

type Command<T extends ImprovementPersonCommand['type']> = Extract<ImprovementPersonCommand, { type: T }>;
type Decision = ProcessDecision<ImprovementEventBody>;

/** So many findings join one at most. */
const MOST_ABSORBED = 200;

/** What the reference of a finding ends with that was to join another one and goes on by itself. */
export const ANEW = '/again';

/**
 * Category, severity and department; the priority follows from the stated rule (S004-19). Again before there is a plan:
 * another department gets it, and the plan's date stays as it was.
 */
export function classify(command: Command<'classify'>, state: ImprovementState): Decision | Rejection {
  const { rules } = state.input;
  const clauses = findingClauses(state);
  const wrong = notOpen(state);
  if (wrong) return wrong;
  if (!sortsOut(state, command.actor)) return notResponsible(sorters(state), clauses);
  const { categories } = rules;
  if (categories.length > 0 && (command.category === null || !categories.includes(command.category))) {
    return {
      rejected: command.category === null ? 'not-classified' : 'not-provided',
      message: `name one of the categories of this agreement: ${categories.join(', ')}`,
      clauses,
    };
  }
  const department = command.department ?? state.department ?? rules.planner;
  const departments = [...new Set([rules.planner, ...rules.departments])];
  if (!departments.includes(department)) {
    return { rejected: 'unknown-seat', message: `${department} plans nothing here; one of ${departments.join(', ')}` };
  }
  const severity = command.severity ?? state.finding.severity;
  const score = scoreOf({ ...state.finding, severity });
  const due = state.due ?? (rules.planDays === null ? null : dueIn(state.input, command.receivedAtMs, rules.planDays));
  return processDecision<ImprovementEventBody>({
    events: [
      {
        ...causeOf(command, clauses),
        type: 'finding-classified',
        category: command.category,
        severity,
        score,
        priority: priorityOf(score),
        department,
        ...(due ? { due } : {}),
      },
    ],
    schedule:
      department === state.department
        ? []
        : told(state, command, 'finding-assigned', {
            to: [department],
            clauses,
            facts: { status: 'classified', ...(due ? { dueAtMs: due.dueAtMs, localDate: due.localDate } : {}) },
          }),
  });
}

/** Joins another finding, which is told by signal what it bears from now on. */
export function merge(command: Command<'merge'>, state: ImprovementState): Decision | Rejection {
  const { input } = state;
  const wrong = notYetApproved(state);
  if (wrong) return wrong;
  const clauses = findingClauses(state);
  if (!sortsOut(state, command.actor)) return notResponsible(sorters(state), clauses);
  if (command.into === input.reference) {
    return { rejected: 'nothing-changes', message: `${command.into} is this finding itself: name another one` };
  }
  const absorbing: Absorbs = {
    type: 'absorb',
    id: `${input.workflowId} ${state.sequence + 1} absorb`,
    receivedAtMs: command.receivedAtMs,
    actor: { ...command.actor, via: 'workflow' },
    from: input.reference,
    finding: state.finding,
  };
  return processDecision<ImprovementEventBody>({
    events: [{ ...causeOf(command, clauses), type: 'finding-merged', into: command.into }],
    errands: [
      {
        kind: 'tell',
        workflowId: `improvement/${input.agreementId}/${command.into}`,
        command: { ...absorbing },
        otherwise: anew(state, absorbing),
      },
    ],
  });
}

/**
 * What was to join a finding that has ended meanwhile, or that bears enough already, goes on by itself: it ended for the
 * sake of the other one, and nobody would see to it.
 */
function anew(
  { input: { suspendedFrom: _atItsOwnBeginning, ...input }, suspended }: ImprovementState,
  { from, finding, receivedAtMs, actor }: Absorbs,
): { type: 'improvement'; workflowId: string; input: ImprovementInput } {
  const reference = `${from}${ANEW}`;
  const workflowId = `improvement/${input.agreementId}/${reference}`;
  const stands = suspended ? { suspendedFrom: suspended.from } : {};
  const begun = { workflowId, reference, finding, raisedAtMs: receivedAtMs, actor, ...stands };
  return { type: 'improvement', workflowId, input: { ...input, ...begun } };
}

/** Another finding joins this one. */
export function absorb(command: Absorbs, state: ImprovementState): Decision | Rejection {
  const wrong = unprovenAt(state);
  if (state.absorbed.includes(command.from)) return processDecision({});
  if (wrong && state.status === 'cancelled') return wrong; // with its agreement
  if (hasEnded(state) || state.absorbed.length >= MOST_ABSORBED) {
    return processDecision({ errands: [{ kind: 'start', ...anew(state, command) }] });
  }
  const score = scoreOf(united(state.finding, command.finding));
  return processDecision<ImprovementEventBody>({
    events: [
      {
        ...causeOf(command, findingClauses(state)),
        type: 'finding-absorbed',
        from: command.from,
        finding: command.finding,
        score,
        priority: priorityOf(score),
      },
    ],
  });
}

export function dismiss(command: Command<'dismiss'>, state: ImprovementState): Decision | Rejection {
  const wrong = notYetApproved(state);
  if (wrong) return wrong;
  const clauses = findingClauses(state);
  if (!sortsOut(state, command.actor)) return notResponsible(sorters(state), clauses);
  return processDecision<ImprovementEventBody>({
    events: [{ ...causeOf(command, clauses), type: 'finding-dismissed' }],
  });
}

/** Why it is not classified any more: there is a plan, or it is over. */
function notOpen(state: ImprovementState): Rejection | undefined {
  if (state.status === 'raised' || state.status === 'classified') return undefined;
  if (state.status === 'planned') {
    return { rejected: 'already-approved', message: 'a plan has been handed in: it is classified no more' };
  }
  return notYetApproved(state);
}

/** Why measures stand in the way: what has begun is brought to its end. */
function notYetApproved(state: ImprovementState): Rejection | undefined {
  switch (state.status) {
    case 'raised':
    case 'classified':
    case 'planned':
      return undefined;
    case 'approved':
    case 'implemented':
    case 'effective':
      return { rejected: 'already-approved', message: 'its plan is under way: its measures are brought to their end' };
    case 'cancelled':
      return endedWithAgreement(state);
    default:
      return { rejected: 'finding-closed', message: `the finding is ${state.status}` };
  }
}
