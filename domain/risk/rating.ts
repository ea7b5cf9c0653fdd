import { notProvided } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { daysLateOn } from '../penalty.ts';
import { processDecision } from '../process/fold.ts';
import type { ProcessDecision } from '../process/process.ts';
import { localDateAt } from '../zone.ts';
import type { Command, Rating } from './command.ts';
import { nextReviewDue, responseDueAfter } from './due.ts';
import type { RiskEventBody } from './event.ts';
import { levelOf } from './level.ts';
import { causeOf, notAlive, notEquippable, notKeeper, notOwner, notRated } from './standing.ts';
import type { RiskState } from './state.ts';
import { told } from './telling.ts';

type Decision = ProcessDecision<RiskEventBody>;

/** Another rating, with a version of its own; where the level is another, measures are open again (S001c-61). */
export function rate(command: Command<'rate'>, state: RiskState): Decision | Rejection {
  const { actor, emergency } = command;
  const refused =
    notAlive(state) ??
    notOwner(state, actor) ??
    notEquippable(state.input, { emergency }) ??
    notRated(state.input.rules, command, emergency ?? state.emergency);
  if (refused) return refused;
  if (isSame(command, state.rating) && emergency === undefined) {
    return { rejected: 'nothing-changes', message: `${state.input.reference} is rated so already` };
  }
  return processDecision(rerated(command, state, command));
}

/** What a rating that may stand brings about. */
function rerated(
  command: Command<'rate'> | Command<'review'>,
  state: RiskState,
  rating: Rating,
): Pick<Decision, 'events' | 'schedule'> {
  const { input, rating: before, measures } = state;
  const { receivedAtMs, actor, emergency } = command;
  const { reopens, response } = input.rules;
  const level = levelOf(input.rules, rating);
  const isChanged = level !== before.level;
  const reopened = isChanged && reopens ? measures.map(({ measure }) => measure) : [];
  const responseDue =
    isChanged && (reopened.length > 0 || measures.length === 0) ? responseDueAfter(input, receivedAtMs) : null;
  const equipped: RiskEventBody[] = emergency ? [{ ...causeOf(state, command), type: 'risk-equipped', emergency }] : [];
  const rated: RiskEventBody[] = isSame(rating, before)
    ? []
    : [
        {
          ...causeOf(state, command, isChanged ? (reopens ?? response ?? input.rules).clauses : input.rules.clauses),
          type: 'risk-rated',
          version: before.version + 1,
          probability: rating.probability,
          impact: rating.impact,
          level,
          before: before.level,
          responseDue,
          reopened,
        },
      ];
  const owners = reopened.map((measure) => measures.find((one) => one.measure === measure)?.owner ?? input.owner);
  const facts = { ground: before.level, status: level, ...(responseDue ? { localDate: responseDue.localDate } : {}) };
  const schedule = isChanged
    ? told(state, 'risk-level-changed', {
        atMs: receivedAtMs,
        to: [input.owner, ...owners],
        by: actor.seat,
        clauses: (reopens ?? input.rules).clauses,
        facts: { ...facts, count: reopened.length },
      })
    : [];
  return { events: [...equipped, ...rated], schedule };
}

function isSame(a: Rating, b: Rating): boolean {
  return a.probability === b.probability && a.impact === b.impact;
}

/** It was looked at again: confirmed as it is, or rated anew (S001a-34). */
export function review(command: Command<'review'>, state: RiskState): Decision | Rejection {
  const { input } = state;
  const { rules } = input;
  const { verdict, rating, emergency, receivedAtMs, actor } = command;
  const refused = notAlive(state) ?? notKeeper(input, actor);
  if (refused) return refused;
  if (rules.review === null) return notProvided('periodic review of risks');
  const isRerated = verdict === 're-rated';
  if (isRerated && (rating === undefined || isSame(rating, state.rating))) {
    return { rejected: 'rating-missing', message: 'a review that rates anew brings another probability or impact' };
  }
  const after = isRerated && rating ? rating : state.rating;
  const wrong = notEquippable(input, { emergency }) ?? notRated(rules, after, emergency ?? state.emergency);
  if (wrong) return wrong;
  const rated = rerated(command, state, after);
  const due = state.review.due;
  return processDecision<RiskEventBody>({
    events: [
      ...rated.events,
      {
        ...causeOf(state, command, rules.review.clauses),
        type: 'risk-reviewed',
        verdict,
        version: state.rating.version + (isRerated ? 1 : 0),
        daysLate: state.review.overdue && due ? daysLateOn(due, localDateAt(input.zone, receivedAtMs)) : 0,
        due: nextReviewDue(input, rules.review.every, state.review, receivedAtMs),
      },
    ],
    schedule: rated.schedule,
  });
}

/** A threshold, an emergency plan, or other departments. */
export function equip(command: Command<'equip'>, state: RiskState): Decision | Rejection {
  const { threshold, emergency, departments, actor } = command;
  const refused =
    notAlive(state) ??
    notOwner(state, actor) ??
    notEquippable(state.input, { threshold, emergency, departments }) ??
    (emergency ? notRated(state.input.rules, state.rating, emergency) : undefined);
  if (refused) return refused;
  if (!threshold && !emergency && !departments) {
    return {
      rejected: 'nothing-changes',
      message: 'name an indicator with its threshold, an emergency plan, or departments',
    };
  }
  return processDecision<RiskEventBody>({
    events: [
      {
        ...causeOf(state, command),
        type: 'risk-equipped',
        ...(threshold ? { threshold } : {}),
        ...(emergency ? { emergency } : {}),
        ...(departments ? { departments } : {}),
      },
    ],
  });
}
