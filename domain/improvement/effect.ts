import { Big } from 'big.js';
import { COORDINATOR } from '../agreement/parties.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { processDecision } from '../process/fold.ts';
import type { ProcessDecision } from '../process/process.ts';
import { dueIn } from './clock.ts';
import type { EffectMeasured, ImprovementPersonCommand } from './command.ts';
import type { ImprovementEventBody } from './event.ts';
import { causeDueFrom } from './investigating.ts';
import { ownMeasure } from './measure.ts';
import { actsAs, causeOf, isOwner, notResponsible, unprovenAt } from './standing.ts';
import type { ImprovementState } from './state.ts';
import { told } from './telling.ts';

type Verifies = Extract<ImprovementPersonCommand, { type: 'verify' }>;
type Decision = ProcessDecision<ImprovementEventBody>;
type Verified = Extract<ImprovementEventBody, { type: 'effect-verified' }>;

/**
 * The next cycle measured the goal's dimension (S001b-48). What it began to ask before the measures were done, the cycle
 * that raised the finding, and too few answers prove nothing: the following cycle will tell.
 */
export function effectMeasured(command: EffectMeasured, state: ImprovementState): Decision {
  const { goal, finding, measures } = state;
  const { cycle, publishedAtMs, dimension, value } = command;
  const isAwaited =
    state.status === 'implemented' &&
    goal?.dimension === dimension &&
    cycle !== finding.about &&
    measures.every(({ completedAtMs }) => completedAtMs !== null && completedAtMs <= publishedAtMs);
  if (!isAwaited || value === null) return processDecision({});
  const isReached = new Big(value).gte(goal.atLeast);
  return withVerdict(state, command, isReached ? 'effective' : 'ineffective', {
    cycle,
    value,
    goal: goal.atLeast,
    documents: [],
  });
}

/**
 * By evidence, and never by whoever owns a measure: where nothing measures it (S003-C-09), or beside what was measured.
 * A goal that the next cycle measures is not proven by word alone; that it was missed may be said at any time.
 */
export function verify(command: Verifies, state: ImprovementState): Decision | Rejection {
  const { rules } = state.input;
  const clauses = rules.verified?.clauses ?? rules.clauses;
  const wrong = state.status === 'implemented' ? undefined : unprovenAt(state);
  if (wrong) return wrong;
  const verifiers = verifiersOf(state);
  if (!actsAs(state, command.actor, verifiers)) return notResponsible(verifiers, clauses);
  if (isOwner(state, command.actor)) return ownMeasure(clauses);
  const { verdict, documents } = command;
  if (verdict === 'effective') {
    if (documents.length === 0) {
      return { rejected: 'evidence-missing', message: 'hand in what shows the effect', clauses };
    }
    if (rules.verified && state.goal && state.status === 'implemented') {
      const { dimension, atLeast } = state.goal;
      return { rejected: 'effect-unproven', message: `the next cycle measures it: ${dimension} ≥ ${atLeast}`, clauses };
    }
  }
  return withVerdict(state, command, verdict, { documents });
}

/** Whoever checks, else whoever approves, else whoever plans; and the coordinator. */
function verifiersOf({ input }: ImprovementState): string[] {
  const { checks, approvers, planner } = input.rules;
  const seats = checks ? [checks.by] : approvers.length > 0 ? approvers : [planner];
  return [...new Set([...seats, COORDINATOR])];
}

/** The verdict and, where the goal was not reached, the next round with a plan of its own (S001c-35). */
function withVerdict(
  state: ImprovementState,
  command: EffectMeasured | Verifies,
  verdict: Verified['verdict'],
  shown: Pick<Verified, 'cycle' | 'value' | 'goal' | 'documents'>,
): Decision {
  const { input, status, department } = state;
  const { rules } = input;
  const clauses = rules.verified?.clauses ?? rules.clauses;
  const cause = causeOf(command, clauses);
  const verified: Verified = { ...cause, type: 'effect-verified', verdict, ...shown };
  if (verdict === 'effective') {
    const days = rules.answer?.days ?? null;
    const isNew = status === 'implemented';
    const answerDue = isNew && days !== null ? { answerDue: dueIn(input, command.receivedAtMs, days) } : {};
    return processDecision<ImprovementEventBody>({ events: [{ ...verified, ...answerDue }] });
  }
  const round = state.round + 1;
  const due = rules.planDays === null ? {} : { due: dueIn(input, command.receivedAtMs, rules.planDays) };
  const facts = {
    round,
    verdict,
    ...(shown.value === undefined ? {} : { value: shown.value }),
    ...(due.due ? { dueAtMs: due.due.dueAtMs, localDate: due.due.localDate } : {}),
  };
  const escalated = rules.escalateTo === null ? [] : [rules.escalateTo];
  return processDecision<ImprovementEventBody>({
    events: [
      verified,
      { ...cause, type: 'plan-reopened', round, ...due, ...causeDueFrom(input, command.receivedAtMs) },
    ],
    schedule: told(state, command, 'plan-reopened', {
      to: [department ?? rules.planner],
      copies: [COORDINATOR, ...escalated],
      clauses,
      facts,
    }),
  });
}
