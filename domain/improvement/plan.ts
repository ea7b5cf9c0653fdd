import type { Actor, Submit } from '../agreement/command.ts';
import type { NoticeDraft } from '../agreement/notice.ts';
import { answersFor } from '../agreement/parties.ts';
import { readReference } from '../agreement/reference.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { daysLateOn } from '../penalty.ts';
import { processDecision } from '../process/fold.ts';
import type { Errand, ProcessDecision } from '../process/process.ts';
import type { Instant } from '../time.ts';
import { localDateAt } from '../zone.ts';
import { REWORK_DAYS, dueIn, dueOnDay } from './clock.ts';
import type { DutyBegun, ImprovementPersonCommand, Measure } from './command.ts';
import type { ImprovementEventBody } from './event.ts';
import { foundWithPlan } from './investigating.ts';
import { causeOf, notResponsible, unprovenAt } from './standing.ts';
import type { ImprovementState } from './state.ts';
import { assigned, speakerOf, told } from './telling.ts';

type Command<T extends ImprovementPersonCommand['type']> = Extract<ImprovementPersonCommand, { type: T }>;
type Decision = ProcessDecision<ImprovementEventBody>;

const MOST_MEASURES = 50;

/** Where no kind of measure fits; also where the agreement names none. */
const OTHER_KIND = 'other';

/** Goal, and measures with an owner and a date each (S004-20, S004-21). Again before it is approved: the next version. */
export function plan(command: Command<'plan'>, state: ImprovementState): Decision | Rejection {
  const { input } = state;
  const { rules } = input;
  const { clauses } = rules;
  if (state.status !== 'classified' && state.status !== 'planned') return nonePlanned(state);
  const department = state.department ?? rules.planner;
  if (!answersFor(input, command.actor, department)) return notResponsible([department], clauses);
  if (rules.cause && !command.hasCause && state.causeFoundAtMs === null) {
    return {
      rejected: 'cause-missing',
      message: 'write down the cause before the measures',
      clauses: rules.cause.clauses,
    };
  }
  const today = localDateAt(input.zone, command.receivedAtMs);
  const wrong = wrongMeasures(command.measures, state, today);
  if (wrong) return { clauses, ...wrong };
  const measures = command.measures.map((measure) => ({ ...measure, due: dueOnDay(input, measure.dueOn) }));
  const version = state.version + 1;
  const approved = rules.approvers.length === 0;
  // A version that replaces one that was handed in is no later than that was.
  const daysLate = state.status === 'classified' && state.due ? daysLateOn(state.due, today) : 0;
  const { goal, documents } = command;
  const facts = { about: `version-${version}`, by: speakerOf(command.actor), daysLate, ...goalFacts(goal) };
  return processDecision<ImprovementEventBody>({
    events: [
      ...foundWithPlan(command, state),
      {
        ...causeOf(command, clauses),
        type: 'plan-submitted',
        version,
        goal,
        measures,
        daysLate,
        documents,
        ...(approved ? firstCheck(state, command.receivedAtMs) : {}),
      },
    ],
    schedule: approved
      ? assigned(state, command, measures)
      : told(state, command, 'plan-submitted', { to: rules.approvers, clauses, facts }),
    errands: approved
      ? fulfilling({ ...state, plannedBy: command.actor, planDocuments: documents }, command.receivedAtMs)
      : [],
  });
}

/** One of those who approve does so, of the version that was shown; with the last one the measures begin. */
export function approvePlan(command: Command<'approve-plan'>, state: ImprovementState): Decision | Rejection {
  const { rules } = state.input;
  const { clauses } = rules;
  const approver = approverOf(command, state);
  if (typeof approver !== 'string') return approver;
  const isLast = rules.approvers.every((seat) => seat === approver || state.approvedBy.includes(seat));
  return processDecision<ImprovementEventBody>({
    events: [
      {
        ...causeOf(command, clauses),
        type: 'plan-approved',
        version: command.version,
        seat: approver,
        ...(isLast ? firstCheck(state, command.receivedAtMs) : {}),
      },
    ],
    schedule: isLast ? begun(state, command) : [],
    errands: isLast ? fulfilling(state, command.receivedAtMs) : [],
  });
}

/** Whoever planned learns of the approval, the owners of what is theirs. */
function begun(state: ImprovementState, command: Command<'approve-plan'>): NoticeDraft[] {
  const { rules } = state.input;
  const department = state.department ?? rules.planner;
  const facts = { about: `version-${command.version}`, by: speakerOf(command.actor), verdict: 'approved' };
  const others = state.measures.filter(({ owner }) => owner !== department);
  return [
    ...told(state, command, 'plan-decided', { to: [department], clauses: rules.clauses, facts }),
    ...assigned(state, command, others),
  ];
}

/** Back to whoever planned, with numbered points; due again after the rework, or at its own date where that is later. */
export function rejectPlan(command: Command<'reject-plan'>, state: ImprovementState): Decision | Rejection {
  const { rules } = state.input;
  const { clauses } = rules;
  const approver = approverOf(command, state);
  if (typeof approver !== 'string') return approver;
  if (command.pointCount < 1) {
    return { rejected: 'points-missing', message: 'write what is to be changed, point by point', clauses };
  }
  const rework = dueIn(state.input, command.receivedAtMs, REWORK_DAYS);
  const due = state.due && (state.due.dueAtMs > rework.dueAtMs ? state.due : rework);
  return processDecision<ImprovementEventBody>({
    events: [
      {
        ...causeOf(command, clauses),
        type: 'plan-rejected',
        version: command.version,
        pointCount: command.pointCount,
        ...(due ? { due } : {}),
      },
    ],
    schedule: told(state, command, 'plan-decided', {
      to: [state.department ?? rules.planner],
      clauses,
      facts: {
        about: `version-${command.version}`,
        by: speakerOf(command.actor),
        verdict: 'rejected',
        ...(due ? { dueAtMs: due.dueAtMs, localDate: due.localDate } : {}),
      },
    }),
  });
}

/** The seat that this act approves or rejects for, or why it cannot. */
function approverOf(
  { actor, version }: Command<'approve-plan' | 'reject-plan'>,
  state: ImprovementState,
): string | Rejection {
  const { input, approvedBy } = state;
  const { approvers, clauses } = input.rules;
  if (state.status !== 'planned') return nonePlanned(state);
  if (version !== state.version) {
    return {
      rejected: 'nothing-to-approve',
      message: `version ${state.version} is the one that waits, not ${version}`,
    };
  }
  const own = approvers.filter((seat) => answersFor(input, actor, seat));
  if (own.length === 0) return notResponsible(approvers, clauses);
  const next = own.filter((seat) => !approvedBy.includes(seat));
  const seat = next.find((one) => one === actor.seat) ?? next[0];
  return seat ?? { rejected: 'already-approved', message: `${own.join(', ')} has approved this version`, clauses };
}

/** Why no plan is awaited: it is not classified yet, its measures are under way, or it is over. */
function nonePlanned(state: ImprovementState): Rejection {
  const { status } = state;
  const isBegun = status === 'approved' || status === 'implemented' || status === 'effective';
  return (isBegun ? undefined : unprovenAt(state)) ?? alreadyApproved();
}

function alreadyApproved(): Rejection {
  return { rejected: 'already-approved', message: 'the plan has been approved: its measures are under way' };
}

function goalFacts(goal: Command<'plan'>['goal']): { dimension?: string; goal?: string } {
  return goal ? { dimension: goal.dimension, goal: goal.atLeast } : {};
}

function wrongMeasures(measures: Measure[], { input }: ImprovementState, today: string): Rejection | undefined {
  const { rules, seats, parties } = input;
  if (measures.length === 0) {
    return { rejected: 'measures-missing', message: 'name at least one measure, with its owner and its date' };
  }
  if (measures.length > MOST_MEASURES) {
    return { rejected: 'too-many', message: `${MOST_MEASURES} measures are the most that a plan holds` };
  }
  const ids = measures.map(({ id }) => id);
  const double = ids.find((id, index) => ids.indexOf(id) !== index);
  if (double !== undefined) return { rejected: 'name-taken', message: `two measures are called ${double}` };
  for (const { id, kind, owner, dueOn } of measures) {
    if (kind !== OTHER_KIND && !rules.measureTypes.includes(kind)) {
      const kinds = [...new Set([...rules.measureTypes, OTHER_KIND])].join(', ');
      return { rejected: 'not-provided', message: `${id}: ${kind} is no kind of measure here; one of ${kinds}` };
    }
    if (!seats.includes(owner) && !parties.includes(owner)) {
      return { rejected: 'unknown-seat', message: `${id}: nobody answers for it as ${owner}; name one seat` };
    }
    if (owner === rules.checks?.by) {
      const message = `${id}: ${owner} checks the measures, so it owns none of them`;
      return { rejected: 'own-measure', message, clauses: rules.checks.clauses };
    }
    if (dueOn < today) return { rejected: 'date-passed', message: `${id}: ${dueOn} is before ${today}` };
  }
  return undefined;
}

function firstCheck({ input }: ImprovementState, atMs: Instant) {
  const days = input.rules.checks?.days ?? null;
  return days === null ? {} : { checkDue: dueIn(input, atMs, days) };
}

/**
 * A plan of this period that was approved before its duty began fulfils that as it begins (S004-20). What somebody said has no
 * period: its plan fulfils the first one that begins after it, where it was too early for any.
 */
export function dutyBegun(command: DutyBegun, state: ImprovementState): Decision {
  const { obligation, occurrence, receivedAtMs } = command;
  const { input, status } = state;
  const isApproved = status === 'approved' || status === 'implemented' || status === 'effective';
  const period = periodOf(state);
  const isMeant = period === undefined ? occurrence === null || wasTooEarly(command, state) : period === occurrence;
  if (!isApproved || input.rules.fulfils !== obligation || !isMeant) return processDecision({});
  return processDecision({ errands: fulfilling(state, receivedAtMs, occurrence) });
}

/** Of a cycle's finding; what people said, a visit or a check has none. */
function periodOf({ finding }: ImprovementState): string | undefined {
  return finding.about === null ? undefined : readReference(finding.about).occurrence;
}

/** It was approved when no occurrence of the duty was open, so that it has been handed in to none. */
function wasTooEarly({ freeSinceMs, receivedAtMs }: DutyBegun, { approvedAtMs }: ImprovementState): boolean {
  if (freeSinceMs === undefined || approvedAtMs === null || approvedAtMs >= receivedAtMs) return false;
  return freeSinceMs === null || approvedAtMs > freeSinceMs;
}

/**
 * The duty of the agreement that an approved plan fulfils, once: later rounds change the plan, not the duty. Where
 * another department planned than the one that owes the duty, it stays for that one to hand in.
 */
function fulfilling(
  state: ImprovementState,
  receivedAtMs: Instant,
  occurrence: string | null = periodOf(state) ?? null,
): Errand[] {
  const { input, plannedBy, planDocuments, round } = state;
  const { fulfils, duty } = input.rules;
  if (fulfils === null || plannedBy === null || round > 1) return [];
  if (duty && !answersFor(input, plannedBy, duty.responsible)) return [];
  const actor: Actor = { ...plannedBy, via: 'workflow' };
  const command: Submit = {
    type: 'submit',
    id: `${input.workflowId} ${state.sequence + 1} submit ${fulfils}`, // with a space: no key of a person is like it
    receivedAtMs,
    actor,
    obligation: fulfils,
    ...(occurrence === null ? {} : { occurrence }),
    documents: planDocuments,
    ...(duty && duty.parts.length > 0 ? { parts: duty.parts } : {}),
  };
  return [{ kind: 'tell', workflowId: `agreement/${input.agreementId}`, command: { ...command } }];
}
