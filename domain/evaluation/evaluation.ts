import { CLOCK, COORDINATOR } from '../agreement/parties.ts';
import type { NextDue } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { emptyDelivery, isRefused, processDecision } from '../process/fold.ts';
import type { Errand, ProcessDecision, ProcessFrame, ProcessRules, ProcessTick } from '../process/process.ts';
import type { Instant } from '../time.ts';
import type { EvaluationCommand, EvaluationInput } from './command.ts';
import { answer, conclude, confirm, correct, finalised, gathered, isSettled, object, publish } from './concluding.ts';
import { decide as decideOn, explain, propose } from './deciding.ts';
import { decisionHandedIn, dutyHandedIn, gathering, isComputed, resultTold, seatActor } from './errands.ts';
import type { EvaluationEventBody } from './event.ts';
import { evolve } from './evolve.ts';
import { acknowledge, enrol, gather, judgeTargets, leaveOut, score, selfAssess, takeThirdParty } from './scoring.ts';
import { causeOf, isOver, notReady, subjectOf, unacknowledged } from './standing.ts';
import { weighedBy } from './scheme.ts';
import type { EvaluationState } from './state.ts';
import { remindersOf, resultFacts, stillToThePoint, subjectSeats, told } from './telling.ts';

type Decision = ProcessDecision<EvaluationEventBody>;

/** An evaluation of a period, from its scheme to what follows from its result (docs/evaluations.md). */
export const evaluationRules: ProcessRules<EvaluationState, EvaluationCommand, EvaluationEventBody> = {
  type: 'evaluation',
  initial,
  start,
  decide,
  evolve,
  nextDue,
  stillToThePoint,
  isOver,
  statusOf: ({ status }) => status,
};

function initial(frame: ProcessFrame): EvaluationState {
  const input = frame as EvaluationInput;
  const { scheme } = input.rules;
  const atMs = input.period.fromMs;
  const version = scheme?.version;
  return {
    format: 1,
    sequence: 0,
    delivery: emptyDelivery(),
    input,
    status: 'preparing',
    scheme: weighedBy(scheme, input.weights),
    due: input.due,
    overdue: false,
    schemeMissing: false,
    acknowledgedBy:
      version === undefined ? [] : input.acknowledged.map((seat) => ({ seat, personId: seat, version, atMs })),
    gathering: false,
    gatheredAtMs: null,
    asked: null,
    concluding: [],
    surveys: [],
    nextWeights: null,
    subjects: [],
    publishedAtMs: null,
    publishedBy: null,
    concludedBy: null,
    dutyDone: false,
    decided: false,
    completedAtMs: null,
    previous: input.previous,
    agreementEnded: false,
  };
}

/** It begins: whoever must acknowledges its scheme, or whoever organises is told that there is none (S003-S-05). */
function start(state: EvaluationState, atMs: Instant): Decision {
  const { input, scheme } = state;
  const { rules, due, actor = CLOCK } = input;
  const base = { ...subjectOf(input), occurredAtMs: atMs, actor, clauses: rules.clauses };
  const isScored = rules.form === 'scored';
  const started: EvaluationEventBody = {
    ...base,
    type: 'evaluation-started',
    subjects: rules.subjects,
    scheme,
    ...(due === null ? {} : { due }),
  };
  const isMissing = isScored && scheme === null;
  const waiting = isScored ? unacknowledged(state) : [];
  const late = lateResponse(state, base);
  return processDecision<EvaluationEventBody>({
    events: [started, ...(isMissing ? [{ ...base, type: 'evaluation-scheme-missing' as const }] : []), ...late.events],
    schedule: [
      ...late.schedule,
      ...(isMissing ? told(state, 'evaluation-scheme-missing', [rules.organiser, COORDINATOR], { atMs }) : []),
      ...(scheme === null
        ? []
        : told(state, 'evaluation-scheme-request', waiting, {
            atMs,
            by: actor.seat,
            facts: { what: scheme.version },
            clauses: rules.acknowledgeClauses,
          })),
    ],
  });
}

/** The late response that it was begun for: whoever is responsible and whoever decides hear of it (S004-25). */
function lateResponse(
  state: EvaluationState,
  base: Pick<EvaluationEventBody, 'occurredAtMs' | 'actor' | 'clauses'>,
): Pick<Decision, 'events' | 'schedule'> {
  const { listed, rules } = state.input;
  if (listed === undefined) return { events: [], schedule: [] };
  const { subject, item, lateMinutes } = listed;
  const about = `${subject}/${item}`;
  const to = [...subjectSeats(state, { subject }), rules.decider];
  return {
    events: [{ ...base, type: 'evaluation-subject-enrolled', subject: about, item, lateMinutes }],
    schedule: told(state, 'evaluation-explanation-request', to, { atMs: base.occurredAtMs, facts: { about } }),
  };
}

/** The act or the time, what has become final by it, what it hands in, and the next reminder. */
function decide(command: EvaluationCommand | ProcessTick, state: EvaluationState): Decision | Rejection {
  const isTick = command.type === 'tick';
  const decided = isTick ? tick(command, state) : answerTo(command, state);
  if (isRefused(decided)) return decided;
  const atMs = isTick ? command.atMs : command.receivedAtMs;
  let after = foldAll(state, decided.events, atMs);
  const followed = isOver(after) ? processDecision<EvaluationEventBody>({}) : following(state, after, atMs, command);
  after = foldAll(after, followed.events, atMs);
  const schedule = [...decided.schedule, ...followed.schedule];
  const waiting = [...state.delivery.scheduled, ...schedule];
  const reminders = isOver(after) ? [] : remindersOf(after, waiting, atMs, isTick ? command.nowMs : atMs);
  return {
    events: [...decided.events, ...followed.events],
    schedule: [...schedule, ...reminders],
    errands: [...decided.errands, ...followed.errands],
  };
}

function foldAll(state: EvaluationState, events: readonly EvaluationEventBody[], atMs: Instant): EvaluationState {
  return events.reduce<EvaluationState>(
    (folded, event) => evolve(folded, { ...event, sequence: 0, recordedAtMs: atMs }),
    state,
  );
}

function answerTo(command: EvaluationCommand, state: EvaluationState): Decision | Rejection {
  switch (command.type) {
    case 'enrol':
      return enrol(command, state);
    case 'acknowledge':
      return acknowledge(command, state);
    case 'gather':
      return gather(command, state);
    case 'score':
      return score(command, state);
    case 'leave-out':
      return leaveOut(command, state);
    case 'self-assess':
      return selfAssess(command, state);
    case 'judge-targets':
      return judgeTargets(command, state);
    case 'third-party':
      return takeThirdParty(command, state);
    case 'conclude':
      return conclude(command, state);
    case 'object':
      return object(command, state);
    case 'answer':
      return answer(command, state);
    case 'correct':
      return correct(command, state);
    case 'confirm':
      return confirm(command, state);
    case 'publish':
      return publish(command, state);
    case 'propose':
      return propose(command, state);
    case 'decide':
      return decideOn(command, state);
    case 'explain':
      return explain(command, state);
    case 'gathered':
      return gathered(command, state);
    case 'scheme-set':
      return schemeSet(command, state);
    case 'duty-acknowledged':
      return dutyAcknowledged(command, state);
    case 'previous-known':
      return previousKnown(command, state);
    case 'due-moved':
      return dueMoved(command, state);
    case 'duty-done':
      return dutyDone(command, state);
    case 'agreement-over':
      return agreementOver(command, state);
  }
}

type Machine<T extends EvaluationCommand['type']> = Extract<EvaluationCommand, { type: T }>;

/** A period that began without a scheme gets one; a scheme that is there is locked while its period runs (S001b-100). */
function schemeSet(command: Machine<'scheme-set'>, state: EvaluationState): Decision {
  const { scheme } = command;
  if (isOver(state) || state.scheme !== null || scheme === null) return processDecision({});
  const after = { ...state, scheme };
  return processDecision<EvaluationEventBody>({
    events: [{ ...causeOf(state, command), type: 'evaluation-scheme-set', scheme }],
    schedule: told(state, 'evaluation-scheme-request', unacknowledged(after), {
      atMs: command.receivedAtMs,
      facts: { what: scheme.version },
      clauses: state.input.rules.acknowledgeClauses,
    }),
  });
}

function dutyAcknowledged(command: Machine<'duty-acknowledged'>, state: EvaluationState): Decision {
  const { scheme, input } = state;
  const { seat } = command;
  if (isOver(state) || scheme === null || !unacknowledged(state).includes(seat)) return processDecision({});
  return processDecision<EvaluationEventBody>({
    events: [
      {
        ...causeOf(state, command, input.rules.acknowledgeClauses),
        type: 'evaluation-scheme-acknowledged',
        seat,
        version: scheme.version,
        documents: [],
      },
    ],
  });
}

/** Compared with, and weighed by, while this period has no result yet. */
function previousKnown(command: Machine<'previous-known'>, state: EvaluationState): Decision {
  const { figures, weights } = command;
  if (isOver(state) || state.subjects.some(({ concludedAtMs }) => concludedAtMs !== null)) return processDecision({});
  return processDecision<EvaluationEventBody>({
    events: [{ ...causeOf(state, command), type: 'evaluation-previous-known', figures, weights }],
  });
}

function dueMoved(command: Machine<'due-moved'>, state: EvaluationState): Decision {
  if (isOver(state) || command.due?.dueAtMs === state.due?.dueAtMs) return processDecision({});
  return processDecision<EvaluationEventBody>({
    events: [{ ...causeOf(state, command), type: 'evaluation-due-moved', due: command.due }],
  });
}

function dutyDone(command: Machine<'duty-done'>, state: EvaluationState): Decision {
  if (isOver(state) || state.dutyDone) return processDecision({});
  return processDecision<EvaluationEventBody>({
    events: [{ ...causeOf(state, command), type: 'evaluation-duty-done' }],
  });
}

/** A result that stands is carried through: it may be objected to, and decided on. What has none ends with its agreement. */
function agreementOver(command: Machine<'agreement-over'>, state: EvaluationState): Decision {
  if (isOver(state) || state.agreementEnded) return processDecision({});
  const hasResult = state.subjects.some(({ concludedAtMs }) => concludedAtMs !== null);
  const type = hasResult ? 'evaluation-agreement-ended' : 'evaluation-ended';
  return processDecision<EvaluationEventBody>({ events: [{ ...causeOf(state, command), type }] });
}

/**
 * What follows at once: results become final, the duty is handed in, what was asked to be decided is asked, and in the end it is
 * complete. The duty is the result itself (its time is judged by the conclusion), with the second person's word where the contract
 * wants one, and with the follow-ups that must be created or waived before (S001a-25).
 */
function following(
  before: EvaluationState,
  state: EvaluationState,
  atMs: Instant,
  command: EvaluationCommand | ProcessTick,
): Decision {
  const cause =
    command.type === 'tick'
      ? { receivedAtMs: atMs, actor: CLOCK, id: `tick ${atMs}` }
      : { receivedAtMs: atMs, actor: command.actor, id: command.id };
  const withoutId = (event: EvaluationEventBody): EvaluationEventBody => ({ ...event, commandId: cause.id });
  const final = finalised(state, atMs).map(withoutId);
  let after = foldAll(state, final, atMs);
  const events: EvaluationEventBody[] = [...final];
  const errands: Errand[] = [];
  const { rules } = state.input;
  if (!after.dutyDone && isHandedIn(after)) {
    const handedIn: EvaluationEventBody = { ...causeOf(state, cause), type: 'evaluation-duty-done' };
    errands.push(...dutyHandedIn(after, atMs, documentsOf(after)));
    if (rules.obligation !== null) events.push(handedIn);
    after = foldAll(after, [handedIn], atMs);
  }
  if (!before.decided && after.decided) errands.push(...decisionHandedIn(after, deciding(after, command, atMs)));
  const wasFinal = before.subjects.length > 0 && before.subjects.every(({ finalAtMs }) => finalAtMs !== null);
  const isFinal = after.subjects.length > 0 && after.subjects.every(({ finalAtMs }) => finalAtMs !== null);
  if (isFinal && !wasFinal && rules.form === 'scored') errands.push(...resultTold(after, atMs));
  if (isComplete(after)) events.push({ ...causeOf(state, cause), type: 'evaluation-completed' });
  return processDecision({ events, errands, schedule: finalTold(after, final, atMs) });
}

/** Who hands in the duty to decide: whoever decided last; where time or somebody else made the last result final, its seat does. */
function deciding({ input }: EvaluationState, command: EvaluationCommand | ProcessTick, receivedAtMs: Instant) {
  if (command.type === 'decide') return { actor: command.actor, receivedAtMs, documents: command.documents };
  return { actor: seatActor(input, input.rules.decider, CLOCK), receivedAtMs, documents: [] };
}

function isHandedIn({ subjects, input }: EvaluationState): boolean {
  const { rules } = input;
  if (rules.form !== 'scored' || subjects.length === 0) return false;
  return subjects.every(
    ({ concludedAtMs, confirmedBy, finalAtMs, consequences }) =>
      concludedAtMs !== null &&
      (rules.confirmer === null || confirmedBy !== null) &&
      (rules.followUps.length === 0 ||
        (finalAtMs !== null && consequences.every(({ from, verdict }) => from !== 'follow-up' || verdict !== null))),
  );
}

function documentsOf({ subjects }: EvaluationState) {
  const all = subjects.flatMap(({ scores }) => scores.flatMap(({ documents }) => documents));
  return all.filter((one, index) => all.findIndex(({ sha256 }) => sha256 === one.sha256) === index).slice(0, 20);
}

/** Nothing is left to say: every result final, published where that is agreed, and everything proposed decided. */
function isComplete({ subjects, input, publishedAtMs, dutyDone: isDone, agreementEnded }: EvaluationState): boolean {
  const { rules } = input;
  const results = agreementEnded ? subjects.filter(({ concludedAtMs }) => concludedAtMs !== null) : subjects;
  // More late responses may be listed while the period runs.
  if (rules.form !== 'scored' || subjects.length === 0) return false;
  return (
    (rules.obligation === null || isDone || agreementEnded) &&
    (rules.publishTo.length === 0 || publishedAtMs !== null || agreementEnded) &&
    // What people may still propose beside the bands keeps it open until they have published, or until nothing waits.
    results.every(
      ({ finalAtMs, consequences }) => finalAtMs !== null && consequences.every(({ verdict }) => verdict !== null),
    ) &&
    (agreementEnded ||
      rules.consequences.length === 0 ||
      rules.publishTo.length > 0 ||
      subjects.some(({ consequences }) => consequences.length > 0))
  );
}

/** Those evaluated hear that it is final, and whoever decides what is proposed. */
function finalTold(state: EvaluationState, events: readonly EvaluationEventBody[], atMs: Instant) {
  const { rules } = state.input;
  return events.flatMap((event) => {
    if (event.type !== 'evaluation-finalised') return [];
    const one = state.subjects.find(({ subject }) => subject === event.subject);
    if (!one) return [];
    const facts = resultFacts({ ...one, objectionsUntil: null });
    const isDecided = event.consequences.length > 0;
    return [
      ...told(state, 'evaluation-final', [...subjectSeats(state, one), rules.organiser], { atMs, facts }),
      ...(isDecided ? told(state, 'evaluation-decision-request', [rules.decider], { atMs, facts }) : []),
    ];
  });
}

/** The window for objections is over, the duty's time has come, or the period has ended and its figures can be gathered. */
function tick({ atMs }: ProcessTick, state: EvaluationState): Decision {
  const moment = nextDue(state);
  if (moment === undefined || moment.atMs > atMs) return processDecision({});
  const { input, due } = state;
  const base = { ...subjectOf(input), actor: CLOCK, clauses: input.rules.clauses };
  const events: EvaluationEventBody[] = [];
  const errands: Errand[] = [];
  if (isGatheredByItself(state) && input.period.toMs <= atMs) {
    events.push({ ...base, occurredAtMs: input.period.toMs, type: 'evaluation-figures-asked' });
    errands.push(...gathering(state, input.period.toMs));
  }
  if (due !== null && isLate(state) && due.dueAtMs <= atMs) {
    events.push({ ...base, occurredAtMs: due.dueAtMs, type: 'evaluation-overdue', due });
  }
  return processDecision<EvaluationEventBody>({ events, errands });
}

function isGatheredByItself(state: EvaluationState): boolean {
  const { scheme, gathering: isUnderWay, gatheredAtMs, subjects, input } = state;
  if (scheme === null || isUnderWay || subjects.length === 0 || state.dutyDone) return false;
  return (
    scheme.indicators.some(isComputed) &&
    notReady(state) === undefined &&
    subjects.some(({ concludedAtMs, gatheredUntilMs }) => {
      const untilMs = gatheredUntilMs ?? gatheredAtMs;
      return concludedAtMs === null && (untilMs === null || untilMs < input.period.toMs);
    })
  );
}

function isLate({ overdue, dutyDone: isDone, due }: EvaluationState): boolean {
  return due !== null && !overdue && !isDone;
}

function nextDue(state: EvaluationState): NextDue | undefined {
  if (isOver(state)) return undefined;
  const { input, due, subjects } = state;
  const windows = subjects.flatMap((one) => {
    const endMs = one.objectionsUntil?.dueAtMs;
    return endMs !== undefined && isSettled(one, input.rules, endMs) ? [endMs] : [];
  });
  const moments = [
    ...windows,
    ...(isGatheredByItself(state) ? [input.period.toMs] : []),
    ...(due !== null && isLate(state) ? [due.dueAtMs] : []),
  ];
  return moments.length === 0 ? undefined : { atMs: Math.min(...moments), consequence: true };
}
