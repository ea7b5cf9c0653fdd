import { notProvided } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { currencyDecimals, isZeroMoney, parseMoney } from '../money.ts';
import { processDecision } from '../process/fold.ts';
import { COORDINATOR } from '../agreement/parties.ts';
import { planBegun, sumTold } from './errands.ts';
import type { EvaluationEventBody } from './event.ts';
import type { Command, Decision } from './scoring.ts';
import {
  causeOf,
  clausesOfConsequence,
  evaluatedOf,
  notAlive,
  notBy,
  notOrganising,
  notOwn,
  ownResult,
} from './standing.ts';
import type { Consequence, Evaluated, EvaluationState } from './state.ts';
import { resultFacts, subjectSeats, told } from './telling.ts';

/** Beside what bands propose: an honour, a promotion, whatever the contract knows. */
export function propose(command: Command<'propose'>, state: EvaluationState): Decision | Rejection {
  const { consequence: kind, amount = null, actor } = command;
  const { rules } = state.input;
  const refused = notAlive(state) ?? notOrganising(state, actor);
  if (refused) return refused;
  const one = evaluatedOf(state, command.subject);
  if ('rejected' in one) return one;
  const known = rules.consequences.find(({ consequence }) => consequence === kind);
  if (!known) return notProvided(`consequence ${kind}`);
  if (one.finalAtMs === null) return notFinal(state, one);
  const wrong = amount === null ? undefined : noSum(amount, state);
  if (wrong) return wrong;
  const consequence: Consequence = {
    ...{ id: `consequence-${one.consequences.length + 1}`, kind, from: 'proposed', amount },
    ...{ verdict: null, decidedBy: null, decidedAtMs: null, workflowId: null },
  };
  return processDecision<EvaluationEventBody>({
    events: [
      {
        ...causeOf(state, command, known.clauses),
        type: 'evaluation-consequence-proposed',
        subject: one.subject,
        consequence,
      },
    ],
    schedule: told(state, 'evaluation-decision-request', [rules.decider], {
      atMs: command.receivedAtMs,
      by: actor.seat,
      facts: { ...resultFacts(one), kind },
      clauses: known.clauses,
    }),
  });
}

/**
 * People take a proposal or leave it, with a reason; whoever is evaluated does not decide on itself. A sum goes to the ledger, a
 * plan begins as an improvement; everything else is on record.
 */
export function decide(command: Command<'decide'>, state: EvaluationState): Decision | Rejection {
  const { actor, verdict, documents, receivedAtMs } = command;
  const { rules } = state.input;
  const over = notAlive(state);
  if (over) return over;
  const one = decidedOf(state, command);
  if ('rejected' in one) return one;
  const refused = notBy(state, actor, [rules.decider]) ?? ownResult(state, actor, one, 'decides what follows');
  if (refused) return refused;
  if (one.finalAtMs === null) {
    if (rules.form !== 'accountability') return notFinal(state, one);
    const message = `${one.subject} has not explained it yet: the decision is made with the explanation`;
    return { rejected: 'explanation-missing', message, clauses: rules.clauses };
  }
  const found = one.consequences.find((consequence) => isMeant(consequence, command.consequence));
  if (!found) {
    const open = one.consequences
      .filter((consequence) => consequence.verdict === null)
      .map(({ id, kind }) => `${id} (${kind})`);
    const named = command.consequence ?? 'open';
    return {
      rejected: 'unknown-consequence',
      message: `${one.subject} has no consequence ${named}: ${open.join(', ')}`,
    };
  }
  if (found.verdict !== null) {
    return { rejected: 'consequence-decided', message: `${found.id} was decided: ${found.verdict}` };
  }
  const amount = command.amount ?? found.amount;
  const sum = isMoney(found) && verdict === 'approve' ? sumOf(amount, found, state) : null;
  if (sum && 'rejected' in sum) return sum;
  const plan =
    found.kind === 'improvement-plan' && verdict === 'approve' ? planBegun(state, one, found, command) : null;
  const event: EvaluationEventBody = {
    ...causeOf(state, command, clausesOfConsequence(state.input, found.kind)),
    type: 'evaluation-consequence-decided',
    subject: one.subject,
    consequence: found.id,
    verdict,
    amount: sum ? sum.amount : null,
    workflowId: plan?.workflowId ?? null,
  };
  return processDecision<EvaluationEventBody>({
    events: [event],
    errands: [
      ...(plan ? [plan] : []),
      ...(sum && state.input.rules.money
        ? sumTold(state, one, found, sum.amount, { actor, receivedAtMs, documents })
        : []),
    ],
    schedule: told(state, 'evaluation-decided', [...subjectSeats(state, one), rules.organiser, COORDINATOR], {
      atMs: receivedAtMs,
      by: actor.seat,
      facts: {
        ...resultFacts(one),
        kind: found.kind,
        status: verdict,
        ...(sum && state.input.rules.money ? { amount: sum.amount, currency: state.input.rules.money.currency } : {}),
      },
    }),
  });
}

/** Of several, the one who has the consequence that is named, where nobody is. */
function decidedOf(state: EvaluationState, { subject, consequence }: Command<'decide'>): Evaluated | Rejection {
  if (subject !== undefined || state.subjects.length === 1) return evaluatedOf(state, subject);
  const open = state.subjects.filter((one) =>
    one.consequences.some((c) => isMeant(c, consequence) && c.verdict === null),
  );
  return open[0] && open.length === 1 ? open[0] : evaluatedOf(state, subject);
}

/** By its id, or its kind while that waits; without a word, the earliest that waits. */
function isMeant({ id, kind, verdict }: Consequence, named: string | undefined): boolean {
  if (named === undefined) return verdict === null;
  return id === named || (kind === named && verdict === null);
}

function isMoney({ kind }: Consequence): boolean {
  return kind === 'reward' || kind === 'deduction' || kind === 'payment';
}

/** The sum that is booked; of what is no money, or where no sum is named of a reward in kind, none. */
function sumOf(
  amount: string | null,
  { kind }: Consequence,
  state: EvaluationState,
): { amount: string } | null | Rejection {
  if (amount === null) {
    if (kind !== 'payment') return null;
    return { rejected: 'amount-invalid', message: 'say the sum that is paid by this score (amount)' };
  }
  return noSum(amount, state) ?? { amount: normal(amount, state) };
}

function noSum(amount: string, { input }: EvaluationState): Rejection | undefined {
  const { money } = input.rules;
  if (money === null) return notProvided('sum that follows from an evaluation');
  const read = parseMoney(amount, money.currency);
  if ('amount' in read && !isZeroMoney(read.amount)) return undefined;
  return { rejected: 'amount-invalid', message: `${JSON.stringify(amount)} is no sum in ${money.currency}` };
}

function normal(amount: string, { input }: EvaluationState): string {
  const { money } = input.rules;
  if (money === null) return amount;
  const read = parseMoney(amount, money.currency);
  return 'amount' in read ? read.amount : currencyDecimals(money.currency).toFixed();
}

function notFinal({ input }: EvaluationState, { subject }: Evaluated): Rejection {
  return {
    rejected: 'not-final',
    message: `${input.reference}: the result of ${subject} is not final yet`,
    clauses: input.rules.clauses,
  };
}

/** Whoever is responsible says why a response was late (S004-25); the words are in Postgres. */
export function explain(command: Command<'explain'>, state: EvaluationState): Decision | Rejection {
  const { rules } = state.input;
  const over = notAlive(state);
  if (over) return over;
  if (rules.form !== 'accountability') return notProvided('explanation of a late response');
  const one = evaluatedOf(state, command.subject ?? only(state));
  if ('rejected' in one) return one;
  const refused = notOwn(state, command.actor, one);
  if (refused) return refused;
  if (one.finalAtMs !== null && one.consequences.every(({ verdict }) => verdict !== null)) {
    return { rejected: 'consequence-decided', message: `${one.subject}: it was decided` };
  }
  const consequence: Consequence = {
    ...{ id: 'consequence-1', kind: 'accountability', from: 'late-response', amount: null },
    ...{ verdict: null, decidedBy: null, decidedAtMs: null, workflowId: null },
  };
  const listed: EvaluationEventBody[] =
    one.finalAtMs === null
      ? [
          {
            ...causeOf(state, command),
            type: 'evaluation-finalised',
            subject: one.subject,
            consequences: [consequence],
          },
        ]
      : [];
  return processDecision<EvaluationEventBody>({
    events: [{ ...causeOf(state, command), type: 'evaluation-explained', subject: one.subject }, ...listed],
    schedule: told(state, 'evaluation-decision-request', [rules.decider], {
      atMs: command.receivedAtMs,
      by: command.actor.seat,
      facts: { ...resultFacts(one), kind: 'accountability' },
    }),
  });
}

function only({ subjects }: EvaluationState): string | undefined {
  const open = subjects.filter(({ explainedAtMs }) => explainedAtMs === null);
  return open.length === 1 ? open[0]?.subject : undefined;
}
