import { COORDINATOR } from '../agreement/parties.ts';
import { notProvided } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { processDecision } from '../process/fold.ts';
import type { EvaluationInput } from '../evaluation/command.ts';
import type { Errand, ProcessDecision } from '../process/process.ts';
import { clockStarted, currentClock, progressStarted } from './clocks.ts';
import type { CasePersonCommand } from './command.ts';
import type { CaseEventBody } from './event.ts';
import { current } from './evolve.ts';
import {
  causeOf,
  clausesOf,
  isCustomer,
  isOfParty,
  isOver,
  notAStep,
  notHandling,
  notOpen,
  notOfCustomer,
  notUnresolved,
} from './standing.ts';
import type { CaseState } from './state.ts';
import { told, toldCustomer } from './telling.ts';

type Command<T extends CasePersonCommand['type']> = Extract<CasePersonCommand, { type: T }>;
type Decision = ProcessDecision<CaseEventBody>;

/** Words that the customer, a party or the handler adds; what was said once is not taken back. */
export function note(command: Command<'note'>, state: CaseState): Decision | Rejection {
  const { actor, receivedAtMs: atMs } = command;
  if (isOver(state)) return { rejected: 'case-closed', message: `${state.input.reference} is closed for good` };
  const byCustomer = isCustomer(state, actor);
  const wrong = byCustomer || isOfParty(state, actor) ? undefined : notHandling(state, actor);
  if (wrong) return wrong;
  return processDecision<CaseEventBody>({
    events: [{ ...causeOf(state, command), type: 'case-noted', byCustomer }],
    schedule: byCustomer
      ? told(state, 'case-customer-word', { atMs, by: actor.seat, to: [state.handler], facts: { verdict: 'note' } })
      : [],
  });
}

/** Sections of its record, as they are written (S001a-65). */
export function record(command: Command<'record'>, state: CaseState): Decision | Rejection {
  const refused = notOpen(state) ?? notHandling(state, command.actor);
  if (refused) return refused;
  const { content, process, result } = command;
  if (!content && !process && !result) {
    return { rejected: 'sections-missing', message: 'write at least one section: content, process or result' };
  }
  return processDecision<CaseEventBody>({
    events: [
      { ...causeOf(state, command, clausesOf(state, 'record')), type: 'case-recorded', content, process, result },
    ],
  });
}

/** The handler's own first response of this round; a receipt is none (S002-19). */
export function respond(command: Command<'respond'>, state: CaseState): Decision | Rejection {
  const refused = notUnresolved(state) ?? notHandling(state, command.actor);
  if (refused) return refused;
  if (current(state).respondedAtMs !== null) {
    return {
      rejected: 'already-fulfilled',
      message: `${state.input.reference} was responded to: tell progress instead`,
    };
  }
  const responded: CaseEventBody = { ...causeOf(state, command, clausesOf(state, 'response')), type: 'case-responded' };
  const late = accountable(command, state);
  return processDecision<CaseEventBody>({
    events: [responded, ...late],
    errands: listed(late, command, state),
    schedule: toldCustomer(state, 'case-progress', {
      atMs: command.receivedAtMs,
      by: command.actor.seat,
      about: command.id,
      facts: { verdict: 'responded' },
    }),
  });
}

/** A response that comes after its time puts whoever was responsible on record (S004-25). */
export function accountable(
  command: { receivedAtMs: number; actor: CasePersonCommand['actor']; id: string },
  state: CaseState,
): CaseEventBody[] {
  const clock = currentClock(state, 'response');
  const rule = state.input.rules.clocks.find(({ id }) => id === 'response');
  if (clock?.breachedAtMs === undefined || rule?.means !== 'accountability') return [];
  const { seat, personId } = command.actor;
  return [
    {
      ...causeOf(state, command, rule.breachClauses),
      type: 'case-accountability-recorded',
      clock: 'response',
      seat: state.handler,
      person: seat === COORDINATOR ? null : personId,
      lateMs: command.receivedAtMs - clock.breachedAtMs,
    },
  ];
}

/** It goes on the list of late responses, where people decide on it once it is explained; one evaluation each. */
export function listed(
  late: readonly CaseEventBody[],
  { receivedAtMs, actor }: { receivedAtMs: number; actor: CasePersonCommand['actor'] },
  { input, cycles, handler }: CaseState,
): Errand[] {
  const { accountability: rules, agreementId, improvement } = input;
  if (rules === undefined) return [];
  const { zone, calendar, noticeHours, parties, seats, seatParties } = input;
  const round = cycles.length > 1 ? `-${String(cycles.length)}` : '';
  const reference = `${rules.id}-${input.reference}${round}`;
  const workflowId = `evaluation/${agreementId}/${reference}`;
  return late.flatMap((event): Errand[] => {
    if (event.type !== 'case-accountability-recorded') return [];
    const started: EvaluationInput = {
      ...{ format: 1, workflowId, agreementId, reference, zone, calendar, noticeHours, parties, seats, seatParties },
      ...{ rules, improvement, occurrence: null, due: null, parts: [], previous: {}, weights: null, acknowledged: [] },
      period: { fromMs: input.openedAtMs, toMs: Math.max(receivedAtMs, input.openedAtMs + 1) },
      listed: { subject: handler, item: input.reference, lateMinutes: Math.max(1, Math.ceil(event.lateMs / 60_000)) },
      actor: { ...actor, via: 'workflow' },
    };
    return [{ kind: 'start', type: 'evaluation', workflowId, input: started }];
  });
}

/** To another seat, or to a department that is named in Postgres alone (S001b-25). */
export function forward(command: Command<'forward'>, state: CaseState): Decision | Rejection {
  const refused = notUnresolved(state) ?? notHandling(state, command.actor) ?? unknownSeat(state, command.to);
  if (refused) return refused;
  if (command.to === state.handler) {
    return { rejected: 'nothing-changes', message: `${state.input.reference} is with ${command.to} already` };
  }
  const { receivedAtMs: atMs, actor, to } = command;
  return processDecision<CaseEventBody>({
    events: [
      {
        ...causeOf(state, command, clausesOf(state, 'forwarding')),
        type: 'case-forwarded',
        to,
        ...passedOn(state, state.passedTo.length + 1),
        clocks: progressStarted(state),
      },
    ],
    schedule:
      to === 'department' ? [] : told(state, 'case-passed', { atMs, by: actor.seat, to: [to], facts: { seat: to } }),
  });
}

/** Somebody qualified is to do it (S003-C-05, S003-C-07). */
export function assign(command: Command<'assign'>, state: CaseState): Decision | Rejection {
  const { to, qualified, actor, receivedAtMs: atMs } = command;
  const isPerson = to === 'person' || to.startsWith('person:');
  const refused = notUnresolved(state) ?? notHandling(state, actor) ?? (isPerson ? undefined : unknownSeat(state, to));
  if (refused) return refused;
  if (to === state.assignee && to !== 'person') {
    return { rejected: 'nothing-changes', message: `${state.input.reference} is with ${to} already` };
  }
  const { rules, reference } = state.input;
  if (rules.steps.includes('assign') && !qualified) {
    const message = `${reference}: confirm that whoever is assigned is qualified`;
    return { rejected: 'not-qualified', message, clauses: rules.clauses };
  }
  const passed = state.passedTo.length + (state.assignee === null ? 0 : 1);
  return processDecision<CaseEventBody>({
    events: [
      {
        ...causeOf(state, command, clausesOf(state, 'assignment', 'forwarding')),
        type: 'case-assigned',
        to,
        ...passedOn(state, passed),
        clocks: progressStarted(state),
      },
    ],
    schedule: isPerson ? [] : told(state, 'case-passed', { atMs, by: actor.seat, to: [to], facts: { seat: to } }),
  });
}

/** Whether it was passed on more often than agreed: shifting of responsibility is suspected (S001c-19). */
function passedOn({ input }: CaseState, passed: number): { passed: number; suspected: boolean } {
  const { maxReassignments } = input.rules;
  return { passed, suspected: maxReassignments !== null && passed > maxReassignments };
}

function unknownSeat({ input }: CaseState, seat: string): Rejection | undefined {
  const { parties, seats, seatParties } = input;
  if (seat === 'department' || parties.includes(seat) || seats.includes(seat) || seatParties[seat] !== undefined) {
    return undefined;
  }
  const known = [...new Set([...parties, ...Object.keys(seatParties)])].join(', ');
  return { rejected: 'unknown-seat', message: `there is no seat ${seat}: choose one of ${known}` };
}

/** The customer was told how it stands (S001b-26, S003-C-10); its words go out by mail where it has an address. */
export function progress(command: Command<'progress'>, state: CaseState): Decision | Rejection {
  const refused = notUnresolved(state) ?? notHandling(state, command.actor);
  if (refused) return refused;
  return processDecision<CaseEventBody>({
    events: [{ ...causeOf(state, command, clausesOf(state, 'progress')), type: 'case-progress-told' }],
    schedule: toldCustomer(state, 'case-progress', {
      atMs: command.receivedAtMs,
      by: command.actor.seat,
      about: command.id,
      facts: { verdict: 'progress' },
    }),
  });
}

/** Its clocks stand still while the customer is waited for, where the contract has that (S003-C-16). */
export function pause(command: Command<'pause'>, state: CaseState): Decision | Rejection {
  const { rules, reference } = state.input;
  const refused = notUnresolved(state) ?? notHandling(state, command.actor);
  if (refused) return refused;
  if (rules.pause === null) return notProvided('pause of the clocks of a case');
  if (state.paused !== null) return { rejected: 'already-suspended', message: `${reference} is paused already` };
  const { reason, actor, receivedAtMs: atMs } = command;
  const isAlleged = reason === 'wrong-information' || reason === 'missing-information';
  const clocks = isAlleged ? clockStarted(state, 'contest') : [];
  return processDecision<CaseEventBody>({
    events: [{ ...causeOf(state, command, rules.pause.clauses), type: 'case-paused', reason, clocks }],
    schedule: toldCustomer(state, 'case-information', {
      atMs,
      by: actor.seat,
      about: command.id,
      facts: { verdict: reason, ...(clocks[0] ? { days: clocks[0].count } : {}) },
    }),
  });
}

export function resume(command: Command<'resume'>, state: CaseState): Decision | Rejection {
  const { reference } = state.input;
  const refused = notUnresolved(state) ?? notHandling(state, command.actor);
  if (refused) return refused;
  if (state.paused === null) return { rejected: 'not-suspended', message: `${reference} is not paused` };
  return processDecision<CaseEventBody>({ events: [{ ...causeOf(state, command), type: 'case-resumed' }] });
}

/** The customer corrects its information, or says that it is right: either ends the pause, what was lost stays lost. */
export function contest(command: Command<'contest'>, state: CaseState): Decision | Rejection {
  const { rules, reference } = state.input;
  const refused = notUnresolved(state) ?? notOfCustomer(state, command.actor, false);
  if (refused) return refused;
  if (state.paused === null) {
    return { rejected: 'not-suspended', message: `${reference} is not paused: there is nothing to contest` };
  }
  const { corrected, actor, receivedAtMs: atMs } = command;
  return processDecision<CaseEventBody>({
    events: [{ ...causeOf(state, command, rules.pause?.clauses), type: 'case-contested', corrected }],
    schedule: told(state, 'case-customer-word', {
      atMs,
      by: actor.seat,
      to: [state.handler],
      facts: { verdict: corrected ? 'corrected' : 'contested' },
    }),
  });
}

/** The plan of the service goes to the customer (S002-20); nothing of it is carried out before it is confirmed. */
export function plan(command: Command<'plan'>, state: CaseState): Decision | Rejection {
  const { reference, rules } = state.input;
  const refused =
    notUnresolved(state) ?? notAStep(state, 'plan', 'service plan of a case') ?? notHandling(state, command.actor);
  if (refused) return refused;
  if (current(state).respondedAtMs === null) {
    return { rejected: 'step-skipped', message: `${reference}: respond first, then plan`, clauses: rules.clauses };
  }
  if (state.confirmedAtMs !== null) {
    return { rejected: 'already-fulfilled', message: `${reference}: the customer has confirmed the plan` };
  }
  return processDecision<CaseEventBody>({
    events: [{ ...causeOf(state, command), type: 'case-planned', clocks: clockStarted(state, 'confirmation') }],
    schedule: toldCustomer(state, 'case-plan', {
      atMs: command.receivedAtMs,
      by: command.actor.seat,
      about: command.id,
    }),
  });
}

/** The customer confirms the plan, or wants it changed; the handler may note what it said by phone (S002-20). */
export function confirm(command: Command<'confirm'>, state: CaseState): Decision | Rejection {
  const { reference, rules } = state.input;
  const { actor, verdict, receivedAtMs: atMs } = command;
  const refused =
    notUnresolved(state) ?? notAStep(state, 'confirm', 'confirmation of a plan') ?? notOfCustomer(state, actor, true);
  if (refused) return refused;
  if (state.plannedAtMs === null) {
    return { rejected: 'step-skipped', message: `${reference}: there is no plan to confirm`, clauses: rules.clauses };
  }
  if (state.confirmedAtMs !== null) {
    return { rejected: 'already-fulfilled', message: `${reference}: the customer has confirmed the plan` };
  }
  const entered = !isCustomer(state, actor);
  const type = verdict === 'confirm' ? 'case-plan-confirmed' : 'case-plan-changed';
  return processDecision<CaseEventBody>({
    events: [{ ...causeOf(state, command), type, entered }],
    schedule: told(state, 'case-customer-word', {
      atMs,
      by: actor.seat,
      to: [state.handler],
      facts: { verdict: verdict === 'confirm' ? 'plan-confirmed' : 'plan-changed' },
    }),
  });
}

/** The plan was carried out (S002-21). */
export function execute(command: Command<'execute'>, state: CaseState): Decision | Rejection {
  const { reference, rules } = state.input;
  const refused =
    notUnresolved(state) ?? notAStep(state, 'execute', 'execution of a plan') ?? notHandling(state, command.actor);
  if (refused) return refused;
  if (state.confirmedAtMs === null) {
    const message = `${reference}: the customer has not confirmed the plan`;
    return { rejected: 'step-skipped', message, clauses: rules.clauses };
  }
  if (state.executedAtMs !== null) {
    return { rejected: 'already-fulfilled', message: `${reference}: the plan was carried out` };
  }
  return processDecision<CaseEventBody>({ events: [{ ...causeOf(state, command), type: 'case-executed' }] });
}
