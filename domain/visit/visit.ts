import { CLOCK, COORDINATOR } from '../agreement/parties.ts';
import { notProvided } from '../agreement/part.ts';
import type { NextDue } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { daysLateOn } from '../penalty.ts';
import { emptyDelivery, isRefused, processDecision } from '../process/fold.ts';
import type { ProcessDecision, ProcessFrame, ProcessRules, ProcessTick } from '../process/process.ts';
import { improvementStarted } from '../survey/finding.ts';
import type { Instant } from '../time.ts';
import { localDateAt } from '../zone.ts';
import type { VisitCommand, VisitInput, VisitPersonCommand } from './command.ts';
import type { VisitEventBody } from './event.ts';
import { evolve } from './evolve.ts';
import { causeOf, endOfDay, isOver, notAhead, notAlive, notLeading, reportDueAfter, subjectOf } from './standing.ts';
import type { VisitState } from './state.ts';
import { remindersOf, stillToThePoint, told } from './telling.ts';

type Command<T extends VisitPersonCommand['type']> = Extract<VisitPersonCommand, { type: T }>;
type Decision = ProcessDecision<VisitEventBody>;

/** A visit to a customer, or a call-back, from its plan to its report and what follows from it (docs/visits.md). */
export const visitRules: ProcessRules<VisitState, VisitCommand, VisitEventBody> = {
  type: 'visit',
  initial,
  start,
  decide,
  evolve,
  nextDue,
  stillToThePoint,
  isOver,
  statusOf: ({ status }) => status,
};

function initial(frame: ProcessFrame): VisitState {
  const input = frame as VisitInput;
  return {
    format: 1,
    sequence: 0,
    delivery: emptyDelivery(),
    input,
    status: 'planned',
    plannedOn: input.plannedOn,
    due: endOfDay(input, input.plannedOn),
    rescheduled: 0,
    heldOn: null,
    comprehensive: false,
    reportDue: null,
    reportOverdue: false,
    reportedAtMs: null,
    daysLate: 0,
    documents: [],
    findings: [],
    ended: false,
  };
}

/** It is planned. Rows of a plan are known by the plan; of one that is none, those who take part hear at once. */
function start(state: VisitState, atMs: Instant): Decision {
  const { input, due } = state;
  const { actor, kind, customerId: customer, plannedOn, departments, rules, planYear } = input;
  const event: VisitEventBody = {
    ...subjectOf(input),
    occurredAtMs: atMs,
    actor,
    clauses: rules.clauses,
    type: 'visit-planned',
    kind,
    customer,
    plannedOn,
    departments,
    due,
  };
  const announced =
    planYear === null && due.dueAtMs > atMs
      ? told(state, 'visit-announced', { atMs, by: actor.seat, facts: { status: 'planned' } })
      : [];
  return processDecision<VisitEventBody>({
    events: [event],
    schedule: [...announced, ...remindersOf(state, [], atMs, atMs)],
  });
}

/** The act or the time, and the next reminder. */
function decide(command: VisitCommand | ProcessTick, state: VisitState): Decision | Rejection {
  const isTick = command.type === 'tick';
  const decided = isTick ? tick(command, state) : answer(command, state);
  if (isRefused(decided)) return decided;
  const atMs = isTick ? command.atMs : command.receivedAtMs;
  const after = decided.events.reduce<VisitState>(
    (folded, event) => evolve(folded, { ...event, sequence: 0, recordedAtMs: atMs }),
    state,
  );
  const waiting = [...state.delivery.scheduled, ...decided.schedule];
  const reminders = isOver(after) ? [] : remindersOf(after, waiting, atMs, isTick ? command.nowMs : atMs);
  return { ...decided, schedule: [...decided.schedule, ...reminders] };
}

function answer(command: VisitCommand, state: VisitState): Decision | Rejection {
  switch (command.type) {
    case 'reschedule':
      return reschedule(command, state);
    case 'hold':
      return hold(command, state);
    case 'report':
      return report(command, state);
    case 'cancel':
      return cancel(command, state);
    case 'follow-up':
      return followUp(command, state);
    case 'agreement-over':
      return agreementOver(command, state);
  }
}

/** Another day, from today on; also of one that was missed. */
function reschedule(command: Command<'reschedule'>, state: VisitState): Decision | Rejection {
  const { input } = state;
  const { plannedOn, receivedAtMs, actor } = command;
  const refused = notAhead(state) ?? notLeading(state, actor);
  if (refused) return refused;
  const today = localDateAt(input.zone, receivedAtMs);
  if (plannedOn < today) return { rejected: 'date-passed', message: `${plannedOn} has passed, today is ${today}` };
  if (plannedOn === state.plannedOn) {
    return { rejected: 'nothing-changes', message: `${input.reference} is planned for ${plannedOn} already` };
  }
  const due = endOfDay(input, plannedOn);
  return processDecision<VisitEventBody>({
    events: [{ ...causeOf(state, command), type: 'visit-rescheduled', plannedOn, due }],
    schedule: told({ ...state, plannedOn }, 'visit-announced', {
      atMs: receivedAtMs,
      by: actor.seat,
      facts: { status: 'rescheduled' },
    }),
  });
}

/** It took place; from that day its report is due in the agreed days (S003-S-10). */
function hold(command: Command<'hold'>, state: VisitState): Decision | Rejection {
  const { heldOn, comprehensive, receivedAtMs, actor } = command;
  const refused = notAhead(state) ?? notLeading(state, actor);
  if (refused) return refused;
  const today = localDateAt(state.input.zone, receivedAtMs);
  if (heldOn > today) {
    return {
      rejected: 'date-out-of-range',
      message: `${heldOn} is still to come: it is held by ${today} at the latest`,
    };
  }
  const reportDue = reportDueAfter(state.input, heldOn);
  return processDecision<VisitEventBody>({
    events: [
      { ...causeOf(state, command), type: 'visit-held', heldOn, comprehensive, ...(reportDue ? { reportDue } : {}) },
    ],
  });
}

/** A visit closes with its report (S003-S-10), a call-back with its outcome (S001a-17). */
function report(command: Command<'report'>, state: VisitState): Decision | Rejection {
  const { input, status, reportDue } = state;
  const { documents, hasOutcome, receivedAtMs, actor } = command;
  const { clauses } = input.rules;
  const refused = notAlive(state) ?? notLeading(state, actor);
  if (refused) return refused;
  if (status === 'reported') return { rejected: 'already-fulfilled', message: `${input.reference} has its report` };
  if (status !== 'held') {
    return { rejected: 'not-held', message: `${input.reference} has not taken place: enter the day first`, clauses };
  }
  if (input.kind === 'visit' && documents.length === 0) {
    return { rejected: 'report-missing', message: 'a visit is reported on with the file of its report', clauses };
  }
  if (input.kind === 'call-back' && !hasOutcome) {
    return { rejected: 'outcome-missing', message: 'a call-back is closed by a note of what came of it', clauses };
  }
  const daysLate = reportDue === null ? 0 : daysLateOn(reportDue, localDateAt(input.zone, receivedAtMs));
  return processDecision<VisitEventBody>({
    events: [{ ...causeOf(state, command), type: 'visit-reported', documents, daysLate }],
  });
}

function cancel(command: Command<'cancel'>, state: VisitState): Decision | Rejection {
  const { actor, receivedAtMs } = command;
  const refused = notAhead(state) ?? notLeading(state, actor);
  if (refused) return refused;
  return processDecision<VisitEventBody>({
    events: [{ ...causeOf(state, command), type: 'visit-cancelled' }],
    schedule: told(state, 'visit-announced', { atMs: receivedAtMs, by: actor.seat, facts: { status: 'cancelled' } }),
  });
}

/** What the customer said becomes a finding, which is answered to it in the end. */
function followUp(command: Command<'follow-up'>, state: VisitState): Decision | Rejection {
  const { input, status, findings } = state;
  const { actor, finding: name, dimension, severity, receivedAtMs } = command;
  const over = notAlive(state);
  if (over) return over;
  if (actor.seat !== COORDINATOR && (actor.party === undefined || !input.parties.includes(actor.party))) {
    return { rejected: 'not-responsible', message: 'a finding is raised by one of the parties' };
  }
  if (status !== 'held' && status !== 'reported') {
    return { rejected: 'not-held', message: `${input.reference} has not taken place: nothing was found yet` };
  }
  if (findings.some((one) => one.finding === name)) {
    return { rejected: 'name-taken', message: `${input.reference} has a finding ${name}: choose another name` };
  }
  const started = improvementStarted(input, name, {
    finding: {
      source: 'visit',
      about: input.reference,
      dimension,
      frequency: 1,
      severity,
      customerWeight: input.tier === 'ordinary' ? 1 : 3,
      measured: null,
      raisedBy: [input.customerId],
    },
    clauses: [...new Set([...input.rules.clauses, ...(input.improvement?.clauses ?? [])])],
    raisedAtMs: receivedAtMs,
    actor,
    suspendedFrom: command.suspendedFrom,
  });
  if (started === null) return notProvided('improvement of what a visit finds');
  const { workflowId } = started;
  return processDecision<VisitEventBody>({
    events: [{ ...causeOf(state, command), type: 'visit-finding-raised', finding: name, dimension, workflowId }],
    errands: [started],
  });
}

/** What took place stays, and ends with its agreement; what has not is not carried through. */
function agreementOver(command: VisitCommand, state: VisitState): Decision {
  if (isOver(state)) return processDecision({});
  const tookPlace = state.status === 'held' || state.status === 'reported';
  const type = tookPlace ? 'visit-ended' : 'visit-cancelled';
  const { receivedAtMs, actor } = command;
  return processDecision<VisitEventBody>({
    events: [{ ...causeOf(state, command), type }],
    errands: state.findings.map(({ workflowId }) => ({
      kind: 'tell',
      workflowId,
      command: { type: 'agreement-over', id: `agreement-over ${state.input.workflowId}`, receivedAtMs, actor },
    })),
  });
}

/** Its day passed without it, or its report did not come. */
function tick({ atMs }: ProcessTick, state: VisitState): Decision {
  const moment = nextDue(state);
  if (moment === undefined || moment.atMs > atMs) return processDecision({});
  const { input, status, due, reportDue } = state;
  const base = { ...subjectOf(input), actor: CLOCK, clauses: input.rules.clauses };
  if (status === 'planned') {
    return processDecision<VisitEventBody>({
      events: [{ ...base, occurredAtMs: due.dueAtMs, type: 'visit-missed', due }],
      schedule: told(state, 'visit-missed', { atMs: due.dueAtMs, copies: [COORDINATOR] }),
    });
  }
  if (reportDue === null) return processDecision({});
  return processDecision<VisitEventBody>({
    events: [{ ...base, occurredAtMs: reportDue.dueAtMs, type: 'visit-report-overdue', due: reportDue }],
  });
}

function nextDue(state: VisitState): NextDue | undefined {
  const { status, due, reportDue, reportOverdue } = state;
  if (isOver(state)) return undefined;
  if (status === 'planned') return { atMs: due.dueAtMs, consequence: true };
  if (status !== 'held' || reportDue === null || reportOverdue) return undefined;
  return { atMs: reportDue.dueAtMs, consequence: true };
}
