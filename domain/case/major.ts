import { CLOCK, COORDINATOR, answersFor, boundParty } from '../agreement/parties.ts';
import { notProvided } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { processDecision } from '../process/fold.ts';
import type { Errand, ProcessDecision } from '../process/process.ts';
import { improvementStarted } from '../survey/finding.ts';
import type { Instant } from '../time.ts';
import { clockStarted } from './clocks.ts';
import type { CasePersonCommand } from './command.ts';
import type { CaseSeverity } from './compiled.ts';
import type { CaseEventBody } from './event.ts';
import { causeOf, has, isHandler, isOfParty, notAStep, notHandling, notOpen, notUnresolved } from './standing.ts';
import type { CaseState } from './state.ts';
import { told } from './telling.ts';

type Command<T extends CasePersonCommand['type']> = Extract<CasePersonCommand, { type: T }>;
type Decision = ProcessDecision<CaseEventBody>;

/** How heavy a finding of a case is, 1 (slight) to 5 (grave). */
const WEIGHT: Record<CaseSeverity, number> = { minor: 2, normal: 3, major: 5 };

/** What follows from a case being a major one: both parties negotiate, and somebody decides on a special survey. */
export function becomesMajor(
  state: CaseState,
  cause: ReturnType<typeof causeOf>,
  atMs: Instant,
): Pick<Decision, 'events' | 'schedule'> {
  const { rules } = state.input;
  const negotiates = has(state, 'negotiate');
  const decides = has(state, 'special-survey') && state.specialSurvey === null;
  const by = cause.actor.seat;
  return {
    events: [
      ...(negotiates ? [{ ...cause, type: 'case-negotiation-begun' } as const] : []),
      ...(decides ? [{ ...cause, type: 'case-decision-asked', clocks: clockStarted(state, 'decision') } as const] : []),
    ],
    schedule: [
      ...(negotiates ? told(state, 'case-negotiation', { atMs, by, to: rules.negotiators }) : []),
      ...(decides ? told(state, 'case-decision', { atMs, by, to: [rules.decider ?? state.handler] }) : []),
    ],
  };
}

/** One party agrees to the negotiated solution; it is agreed once both have (S000-35). */
export function agreeSolution(command: Command<'agree-solution'>, state: CaseState): Decision | Rejection {
  const { rules, reference } = state.input;
  const refused = notUnresolved(state) ?? notAStep(state, 'negotiate', 'negotiated solution of a case');
  if (refused) return refused;
  if (state.status !== 'negotiating') {
    return { rejected: 'nothing-to-approve', message: `${reference} is not being negotiated`, clauses: rules.clauses };
  }
  const { actor, receivedAtMs: atMs } = command;
  const party = boundParty(actor);
  if (party === undefined || !rules.negotiators.includes(party)) {
    const message = `${reference}: the solution is agreed by ${rules.negotiators.join(', ')}, each for itself`;
    return { rejected: 'not-responsible', message, clauses: rules.clauses };
  }
  if (state.agreed.includes(party)) return { rejected: 'already-approved', message: `${party} has agreed already` };
  const complete = rules.negotiators.every((one) => one === party || state.agreed.includes(one));
  return processDecision<CaseEventBody>({
    events: [{ ...causeOf(state, command), type: 'case-solution-agreed', party, complete }],
    schedule: told(state, 'case-customer-word', {
      atMs,
      by: actor.seat,
      to: [...rules.negotiators.filter((one) => one !== party), state.handler],
      facts: { verdict: complete ? 'solution-agreed' : 'solution-half', against: party },
    }),
  });
}

/** Whether a special survey follows from a major one; declining says why (S003-S-21). */
export function decideSurvey(command: Command<'decide'>, state: CaseState): Decision | Rejection {
  const { rules, reference } = state.input;
  const { clauses } = rules;
  const { actor, specialSurvey, hasReason } = command;
  const refused = notOpen(state) ?? notAStep(state, 'special-survey', 'special survey after a major case');
  if (refused) return refused;
  const decider = rules.decider ?? state.handler;
  if (actor.seat !== COORDINATOR && !answersFor(state.input, actor, decider)) {
    return { rejected: 'not-responsible', message: `${reference}: ${decider} decides on a special survey`, clauses };
  }
  if (state.severity !== 'major') {
    return { rejected: 'not-major', message: `${reference} is no major case: classify it as one first`, clauses };
  }
  if (state.specialSurvey !== null) {
    return { rejected: 'already-fulfilled', message: `${reference}: it was decided: ${state.specialSurvey}` };
  }
  if (specialSurvey === 'declined' && !hasReason) {
    return { rejected: 'reason-missing', message: `${reference}: say why no special survey is held`, clauses };
  }
  return processDecision<CaseEventBody>({
    events: [{ ...causeOf(state, command), type: 'case-survey-decided', specialSurvey }],
  });
}

/** Seen anew, by either side (S000-35); clocks that run keep the length that they were given. */
export function classify(command: Command<'classify'>, state: CaseState): Decision | Rejection {
  const { rules, reference } = state.input;
  const refused = notOpen(state);
  if (refused) return refused;
  if (!isHandler(state, command.actor) && !isOfParty(state, command.actor))
    return notHandling(state, command.actor) as Rejection;
  const { severity = state.severity, priority = state.priority, category = state.category } = command;
  if (category !== null && category !== state.category && !rules.categories.some(({ id }) => id === category)) {
    const known = rules.categories.map(({ id }) => id).join(', ');
    return { rejected: 'unknown-category', message: `there is no category ${category}; there are: ${known}` };
  }
  if (severity === state.severity && priority === state.priority && category === state.category) {
    return { rejected: 'nothing-changes', message: `${reference} is classified so already` };
  }
  const cause = causeOf(state, command);
  const isNew = severity === 'major' && state.severity !== 'major' && notUnresolved(state) === undefined;
  const after = isNew ? becomesMajor({ ...state, severity }, cause, command.receivedAtMs) : null;
  return processDecision<CaseEventBody>({
    events: [{ ...cause, type: 'case-classified', severity, priority, category }, ...(after ? after.events : [])],
    schedule: after ? after.schedule : [],
  });
}

/** To the responsible department, a task of its own beside the handling (S003-S-07). */
export function report(command: Command<'report'>, state: CaseState): Decision | Rejection {
  const { reference, rules } = state.input;
  const { actor, receivedAtMs: atMs } = command;
  const refused = notOpen(state) ?? notAStep(state, 'report', 'report of a case to another department');
  if (refused) return refused;
  const { reportTo } = rules;
  const isTheirs = reportTo !== null && answersFor(state.input, actor, reportTo);
  const wrong = isTheirs ? undefined : notHandling(state, actor);
  if (wrong) return wrong;
  if (state.reportedAtMs !== null) return { rejected: 'already-fulfilled', message: `${reference} was reported` };
  const cause = causeOf(state, command);
  const confirmed: CaseEventBody[] = isTheirs ? [{ ...cause, type: 'case-report-confirmed' }] : [];
  return processDecision<CaseEventBody>({
    events: [{ ...cause, type: 'case-reported' }, ...confirmed],
    schedule:
      isTheirs || reportTo === null ? [] : told(state, 'case-reported', { atMs, by: actor.seat, to: [reportTo] }),
  });
}

/** The responsible department has the report; nobody confirms it for that one. */
export function confirmReport(command: Command<'confirm-report'>, state: CaseState): Decision | Rejection {
  const { reference, rules } = state.input;
  const { reportTo, clauses } = rules;
  const refused = notOpen(state) ?? notAStep(state, 'report', 'report of a case to another department');
  if (refused) return refused;
  if (reportTo === null || !answersFor(state.input, command.actor, reportTo)) {
    const message = `${reference}: ${reportTo ?? 'the responsible department'} confirms the report itself`;
    return { rejected: 'not-responsible', message, clauses };
  }
  if (state.reportedAtMs === null)
    return { rejected: 'not-reported', message: `${reference} was not reported`, clauses };
  if (state.reportConfirmedAtMs !== null) {
    return { rejected: 'already-fulfilled', message: `${reference}: the report was confirmed` };
  }
  return processDecision<CaseEventBody>({ events: [{ ...causeOf(state, command), type: 'case-report-confirmed' }] });
}

/** A duplicate closes into the other one; of a repeat it is known that the same came again. */
export function link(command: Command<'link'>, state: CaseState): Decision | Rejection {
  const { reference } = state.input;
  const { relation, of, actor } = command;
  const refused = notOpen(state) ?? notHandling(state, actor);
  if (refused) return refused;
  if (of === reference || state.repeats.includes(of)) {
    const message = of === reference ? `${reference} is itself` : `${reference} is linked with ${of} already`;
    return { rejected: 'nothing-changes', message };
  }
  const cause = causeOf(state, command);
  const closed: CaseEventBody[] =
    relation === 'duplicate' ? [{ ...cause, type: 'case-closed', outcome: 'duplicate' }] : [];
  return processDecision<CaseEventBody>({
    events: [{ ...cause, type: 'case-linked', relation, of }, ...closed],
  });
}

/** Its cause becomes a finding, with measures of its own; the customer is answered there. */
export function improve(command: Command<'improve'>, state: CaseState): Decision | Rejection {
  const { reference } = state.input;
  const { finding: name, dimension, actor } = command;
  const wrong = isHandler(state, actor) || isOfParty(state, actor) ? undefined : notHandling(state, actor);
  if (wrong) return wrong;
  if (state.findings.some(({ finding }) => finding === name)) {
    return { rejected: 'name-taken', message: `${reference} has a finding ${name}: choose another name` };
  }
  const started = findingOf(state, name, command, { dimension, measured: null });
  if (started === null) return notProvided('improvement of what a case finds');
  const { workflowId } = started;
  return processDecision<CaseEventBody>({
    events: [{ ...causeOf(state, command), type: 'case-improvement-raised', finding: name, dimension, workflowId }],
    errands: [started],
  });
}

/** The improvement that starts; null: this agreement knows none. */
export function findingOf(
  state: CaseState,
  name: string,
  { receivedAtMs, actor }: { receivedAtMs: Instant; actor: CasePersonCommand['actor'] },
  { dimension, measured }: { dimension: string | null; measured: string | null },
): Extract<Errand, { kind: 'start' }> | null {
  const { input, severity } = state;
  const { reference, tier, customerId, rules, improvement } = input;
  return improvementStarted(input, name, {
    finding: {
      source: 'case',
      about: reference,
      dimension,
      frequency: 1 + state.repeats.length,
      severity: WEIGHT[severity],
      customerWeight: tier === 'key' || tier === 'vip' ? 3 : 1,
      measured,
      raisedBy: customerId === null ? [] : [customerId],
    },
    clauses: [...new Set([...rules.clauses, ...(improvement?.clauses ?? [])])],
    raisedAtMs: receivedAtMs,
    actor: actor.seat === CLOCK.seat ? CLOCK : actor,
  });
}
