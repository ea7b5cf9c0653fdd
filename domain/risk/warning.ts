import { Big } from 'big.js';
import { COORDINATOR, answersFor, mailSeat } from '../agreement/parties.ts';
import { notProvided } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { processDecision } from '../process/fold.ts';
import type { ProcessDecision } from '../process/process.ts';
import type { Command, Threshold } from './command.ts';
import type { RiskEventBody } from './event.ts';
import { causeOf, notAlive, notOwner } from './standing.ts';
import type { RiskState } from './state.ts';
import { alarmed } from './telling.ts';

type Decision = ProcessDecision<RiskEventBody>;
const HOUR_MS = 3_600_000;

/** Whether a figure crosses a threshold. */
export function crosses({ operator, value }: Pick<Threshold, 'operator' | 'value'>, figure: string): boolean {
  const [is, than] = [new Big(figure), new Big(value)];
  switch (operator) {
    case 'above':
      return is.gt(than);
    case 'at-least':
      return is.gte(than);
    case 'at-most':
      return is.lte(than);
    case 'below':
      return is.lt(than);
  }
}

/** A figure that somebody enters, of whatever is watched. */
export function observe(command: Command<'observe'>, state: RiskState): Decision | Rejection {
  const { value, actor } = command;
  const { input, threshold } = state;
  const refused = notAlive(state) ?? notOwner(state, actor);
  if (refused) return refused;
  if (input.rules.warning === null) return notProvided('early warning of risks');
  if (threshold === null) {
    return { rejected: 'threshold-missing', message: `${input.reference} has no indicator with a threshold yet` };
  }
  return warned(command, state, { threshold, value, about: null });
}

/** What the record shows, as it is written (S001b-57): of another indicator, or below the threshold, it is nothing here. */
export function signal(command: Command<'signal'>, state: RiskState): Decision {
  const { threshold, input } = state;
  const { indicator, value, about } = command;
  const isWatched = threshold !== null && threshold.indicator === indicator && input.rules.warning !== null;
  if (notAlive(state) || !isWatched) return processDecision({});
  return warned(command, state, { threshold, value, about });
}

/** The departments of the risk are warned at once; while that is open, further crossings are part of it (S001b-58). */
function warned(
  command: Command<'observe'> | Command<'signal'>,
  state: RiskState,
  { threshold, value, about }: { threshold: Threshold; value: string; about: string | null },
): Decision {
  const { rules } = state.input;
  if (state.warning !== null || !crosses(threshold, value)) return processDecision({});
  const { receivedAtMs } = command;
  const hours = rules.warning?.ackHours ?? null;
  const clauses = rules.warning?.clauses ?? rules.clauses;
  const waiting = warnedSeats(state);
  const dueAtMs = hours === null ? null : receivedAtMs + hours * HOUR_MS;
  return processDecision<RiskEventBody>({
    events: [
      {
        ...causeOf(state, command, clauses),
        type: 'risk-warning-raised',
        indicator: threshold.indicator,
        value,
        about,
        waiting,
        dueAtMs,
      },
    ],
    schedule: alarmed(state, 'risk-warning', {
      atMs: receivedAtMs,
      to: waiting,
      copies: [state.input.owner],
      readers: state.input.readers,
      clauses,
      facts: {
        ground: threshold.indicator,
        value,
        goal: threshold.value,
        kind: threshold.operator,
        ...(about === null ? {} : { what: about }),
        ...(dueAtMs === null ? {} : { dueAtMs }),
      },
    }),
  });
}

/** The departments that are mapped to it; where none is, whoever owns it. */
function warnedSeats({ departments, input }: RiskState): string[] {
  return [...new Set(departments.length > 0 ? departments : [input.owner])];
}

/** A department says that it saw the warning and sees to it; the last one closes it. */
export function acknowledge(command: Command<'acknowledge'>, state: RiskState): Decision | Rejection {
  const { input, warning } = state;
  const { actor } = command;
  const over = notAlive(state);
  if (over) return over;
  if (warning === null) return { rejected: 'no-warning', message: `${input.reference} has no open warning` };
  const seats = warning.waiting.filter((seat) => answersFor(input, actor, seat));
  if (seats.length === 0) {
    return {
      rejected: 'not-responsible',
      message: `the warning waits for ${warning.waiting.join(', ')}`,
      clauses: input.rules.warning?.clauses ?? [],
    };
  }
  const waiting = warning.waiting.filter((seat) => !seats.includes(seat));
  return processDecision<RiskEventBody>({
    events: [
      { ...causeOf(state, command, input.rules.warning?.clauses), type: 'risk-warning-acknowledged', seats, waiting },
    ],
  });
}

/** Who hears that a warning was not acknowledged: whoever keeps the register, the owner, and the coordinator. */
export function escalated(state: RiskState, atMs: number) {
  const { input, warning } = state;
  const { keeper, warning: mechanism } = input.rules;
  return alarmed(state, 'risk-warning-overdue', {
    atMs,
    to: [keeper, input.owner, COORDINATOR].map((seat) => (seat === COORDINATOR ? seat : mailSeat(input, seat))),
    copies: warning?.waiting ?? [],
    clauses: mechanism?.clauses ?? [],
    facts: { open: warning?.waiting ?? [], ...(warning ? { value: warning.value, ground: warning.indicator } : {}) },
  });
}
