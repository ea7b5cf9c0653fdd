import { COORDINATOR, answersFor } from '../agreement/parties.ts';
import { notProvided } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { processDecision } from '../process/fold.ts';
import type { ProcessDecision } from '../process/process.ts';
import type { Command } from './command.ts';
import type { RiskEventBody } from './event.ts';
import { causeOf, notAlive, notKeeper, notOfParties, notOwner } from './standing.ts';
import type { RiskState } from './state.ts';
import { alarmed } from './telling.ts';

type Decision = ProcessDecision<RiskEventBody>;

/** It came true: the emergency checklist starts at once, and everyone listed is written to (S001a-33, S001c-59). */
export function occur(command: Command<'occur'>, state: RiskState): Decision | Rejection {
  const { input, emergency, occurrence, status } = state;
  const { receivedAtMs, actor } = command;
  const refused = notAlive(state) ?? notOfParties(state, actor);
  if (refused) return refused;
  if (status === 'occurred') {
    return { rejected: 'already-occurred', message: `${input.reference} occurred already: stand down first` };
  }
  const number = (occurrence?.number ?? 0) + 1;
  const steps = emergency?.steps ?? [];
  const clauses = input.rules.emergency?.clauses ?? input.rules.clauses;
  return processDecision<RiskEventBody>({
    events: [{ ...causeOf(state, command, clauses), type: 'risk-occurred', number, steps }],
    schedule: alarmed(state, 'risk-occurred', {
      atMs: receivedAtMs,
      to: [input.owner, ...steps.map(({ seat }) => seat), ...(emergency?.listed ?? [])],
      copies: [input.rules.keeper, ...state.departments, COORDINATOR],
      readers: input.readers,
      clauses,
      facts: { count: steps.length },
    }),
  });
}

/** A step of the checklist is done; when, and by whom, is its log. */
export function step(command: Command<'step'>, state: RiskState): Decision | Rejection {
  const { input, occurrence, status } = state;
  const { actor } = command;
  const over = notAlive(state);
  if (over) return over;
  if (input.rules.emergency === null) return notProvided('emergency checklist of risks');
  if (status !== 'occurred' || occurrence === null) {
    return { rejected: 'not-occurred', message: `${input.reference} has not occurred: there is no checklist to do` };
  }
  const found = occurrence.steps.find(({ id }) => id === command.step);
  if (!found) {
    const ids = occurrence.steps.map(({ id }) => id).join(', ');
    const known = ids === '' ? 'it occurred without a plan' : `use one of ${ids}`;
    return { rejected: 'unknown-step', message: `${input.reference} has no step ${command.step}: ${known}` };
  }
  const refused = answersFor(input, actor, found.seat) ? undefined : notOwner(state, actor);
  if (refused) return refused;
  if (found.doneAtMs !== null) return { rejected: 'already-fulfilled', message: `${found.id} is done` };
  const remaining = occurrence.steps.filter(({ doneAtMs }) => doneAtMs === null).length - 1;
  return processDecision<RiskEventBody>({
    events: [
      {
        ...causeOf(state, command, input.rules.emergency?.clauses),
        type: 'risk-step-done',
        step: found.id,
        remaining,
      },
    ],
  });
}

/** What occurred is over. Steps that were not done stay so in the log. */
export function standDown(command: Command<'stand-down'>, state: RiskState): Decision | Rejection {
  const { input, occurrence, status } = state;
  const refused = notAlive(state) ?? notOwner(state, command.actor);
  if (refused) return refused;
  if (status !== 'occurred' || occurrence === null) {
    return { rejected: 'not-occurred', message: `${input.reference} has not occurred` };
  }
  return processDecision<RiskEventBody>({
    events: [{ ...causeOf(state, command), type: 'risk-stood-down', number: occurrence.number }],
  });
}

/** It is no risk any more; one that occurred is stood down first. */
export function close(command: Command<'close'>, state: RiskState): Decision | Rejection {
  const { input, status } = state;
  const refused = notAlive(state) ?? notKeeper(input, command.actor);
  if (refused) return refused;
  if (status === 'occurred') {
    return { rejected: 'already-occurred', message: `${input.reference} is under way: stand down first` };
  }
  return processDecision<RiskEventBody>({ events: [{ ...causeOf(state, command), type: 'risk-closed' }] });
}
