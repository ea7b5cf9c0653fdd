import { answersFor } from '../agreement/parties.ts';
import { notProvided } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { Due } from '../agreement/event.ts';
import { daysLateOn } from '../penalty.ts';
import { processDecision } from '../process/fold.ts';
import type { ProcessDecision } from '../process/process.ts';
import { localDateAt } from '../zone.ts';
import type { Command, MeasureFacts } from './command.ts';
import { dueOnDay, nextReviewDue, responseDueAfter, reviewDueAfter } from './due.ts';
import type { PlannedMeasure, RiskEventBody } from './event.ts';
import { isOnScale, levelOf } from './level.ts';
import { causeOf, notAlive, notEquippable, notKeeper, notOwner, notRated } from './standing.ts';
import type { RiskMeasure, RiskState } from './state.ts';
import { told } from './telling.ts';

type Decision = ProcessDecision<RiskEventBody>;

/** A measure against the risk (S001a-32, S001b-55, S001c-58). */
export function mitigate(command: Command<'mitigate'>, state: RiskState): Decision | Rejection {
  const { measure, actor, receivedAtMs, owner } = command;
  const { response } = state.input.rules;
  const refused = notAlive(state) ?? notOwner(state, actor);
  if (refused) return refused;
  if (response === null) return notProvided('measures against risks');
  if (state.measures.some((one) => one.measure === measure)) {
    return {
      rejected: 'name-taken',
      message: `${state.input.reference} has a measure ${measure}: choose another name`,
    };
  }
  const wrong = notPlannable(state, command, receivedAtMs);
  if (wrong) return wrong;
  const planned = plannedAs(state, command, { measure, version: 1, atMs: receivedAtMs });
  return processDecision<RiskEventBody>({
    events: [
      {
        ...causeOf(state, command, response.clauses),
        type: 'risk-measure-planned',
        ...planned,
        ...reviewFromNow(state, receivedAtMs),
      },
    ],
    schedule: assigned(state, owner, planned.due, command),
  });
}

/** A review of measures that passed while there was none is no missed one: the first measure waits for the next. */
function reviewFromNow(
  { input, measures, measureReview: { due } }: RiskState,
  atMs: number,
): { measureReviewDue?: Due | null } {
  if (measures.length > 0 || due === null || due.dueAtMs > atMs) return {};
  return { measureReviewDue: reviewDueAfter(input, input.rules.measureReview?.every, atMs) };
}

/** Whoever owns a measure says that it is done. */
export function complete(command: Command<'complete'>, state: RiskState): Decision | Rejection {
  const { actor, documents, receivedAtMs } = command;
  const over = notAlive(state);
  if (over) return over;
  const found = measureOf(state, command.measure);
  if ('rejected' in found) return found;
  const refused = answersFor(state.input, actor, found.owner) ? undefined : notKeeper(state.input, actor);
  if (refused) return refused;
  if (found.status === 'done') {
    return { rejected: 'already-fulfilled', message: `${found.measure} of ${state.input.reference} is done` };
  }
  const daysLate = found.due ? daysLateOn(found.due, localDateAt(state.input.zone, receivedAtMs)) : 0;
  return processDecision<RiskEventBody>({
    events: [
      {
        ...causeOf(state, command, state.input.rules.response?.clauses),
        type: 'risk-measure-completed',
        measure: found.measure,
        documents,
        daysLate,
      },
    ],
  });
}

/**
 * Whether a measure works: one that does not gets another version in the same breath (S001b-56). With the last of them the
 * review of the measures is done.
 */
export function assess(command: Command<'assess'>, state: RiskState): Decision | Rejection {
  const { input } = state;
  const { verdict, adjusted, receivedAtMs, actor } = command;
  const { measureReview } = input.rules;
  const refused = notAlive(state) ?? notKeeper(input, actor);
  if (refused) return refused;
  if (measureReview === null) return notProvided('review of the measures');
  const found = measureOf(state, command.measure);
  if ('rejected' in found) return found;
  const { measure, version } = found;
  if (verdict === 'adjust' && adjusted === undefined) {
    return {
      rejected: 'new-version-missing',
      message: `${measure} is to be adjusted: bring its new version with the verdict`,
      clauses: measureReview.clauses,
    };
  }
  const wrong = verdict === 'adjust' && adjusted ? notPlannable(state, adjusted, receivedAtMs) : undefined;
  if (wrong) return wrong;
  const cause = causeOf(state, command, measureReview.clauses);
  const again =
    verdict === 'adjust' && adjusted
      ? plannedAs(state, adjusted, { measure, version: version + 1, atMs: receivedAtMs })
      : null;
  const rest = state.measures.filter((one) => one.measure !== measure && !one.assessed);
  const done: RiskEventBody[] =
    rest.length > 0
      ? []
      : [
          {
            ...cause,
            type: 'risk-measures-reviewed',
            daysLate: lateness(state, receivedAtMs),
            due: nextReviewDue(input, measureReview.every, state.measureReview, receivedAtMs),
          },
        ];
  return processDecision<RiskEventBody>({
    events: [
      { ...cause, type: 'risk-measure-assessed', measure, verdict },
      ...(again ? [{ ...cause, type: 'risk-measure-planned' as const, ...again }] : []),
      ...done,
    ],
    schedule: again ? assigned(state, again.owner, again.due, command) : [],
  });
}

function lateness({ measureReview: { due, overdue }, input }: RiskState, atMs: number): number {
  return overdue && due ? daysLateOn(due, localDateAt(input.zone, atMs)) : 0;
}

function measureOf({ measures, input }: RiskState, name: string): RiskMeasure | Rejection {
  const found = measures.find(({ measure }) => measure === name);
  return found ?? { rejected: 'unknown-measure', message: `${input.reference} has no measure ${name}` };
}

/** Why a measure cannot be planned so. */
function notPlannable(state: RiskState, facts: MeasureFacts, atMs: number): Rejection | undefined {
  const { input } = state;
  const { residual: demanded } = input.rules;
  const { lowers, residual, owner, dueOn } = facts;
  if (demanded && (lowers === null || residual === null)) {
    return {
      rejected: 'residual-missing',
      message: 'a measure says whether it lowers likelihood or impact, and what remains with it',
      clauses: demanded.clauses,
    };
  }
  if (residual && !isOnScale(residual)) return notRated(input.rules, residual, state.emergency);
  const { probability, impact } = state.rating;
  if (residual && (residual.probability > probability || residual.impact > impact)) {
    return { rejected: 'rating-out-of-range', message: 'what remains is no more than what there is' };
  }
  const today = localDateAt(input.zone, atMs);
  if (dueOn !== null && dueOn < today) {
    return { rejected: 'date-passed', message: `${dueOn} has passed, today is ${today}` };
  }
  return notEquippable(input, { owners: [owner] });
}

function plannedAs(
  { input, response }: RiskState,
  { lowers, residual, owner, dueOn }: MeasureFacts,
  { measure, version, atMs }: { measure: string; version: number; atMs: number },
): PlannedMeasure {
  const agreed =
    version === 1 && response.due !== null && !response.overdue ? response.due : responseDueAfter(input, atMs);
  return {
    measure,
    version,
    lowers,
    residual: residual && {
      probability: residual.probability,
      impact: residual.impact,
      level: levelOf(input.rules, residual),
    },
    owner,
    due: dueOn === null ? agreed : dueOnDay(input, dueOn),
  };
}

function assigned(
  state: RiskState,
  owner: string,
  due: Due | null,
  { receivedAtMs, actor, measure }: { receivedAtMs: number; actor: Command<'mitigate'>['actor']; measure: string },
) {
  const facts = { about: measure, ...(due ? { localDate: due.localDate, dueAtMs: due.dueAtMs } : {}) };
  return told(state, 'risk-measure-assigned', {
    atMs: receivedAtMs,
    to: [owner],
    by: actor.seat,
    clauses: state.input.rules.response?.clauses ?? state.input.rules.clauses,
    facts,
  });
}
