import type { Award, Evaluated } from '../agreement/command.ts';
import type { CompiledAgreement } from '../agreement/compiled.ts';
import { type Decision, decision } from '../agreement/decision.ts';
import type { Due, EvaluationRecorded, LedgerLine } from '../agreement/event.ts';
import { notProvided } from '../agreement/part.ts';
import { CLOCK, COORDINATOR, mailSeat } from '../agreement/parties.ts';
import { isInForce } from '../agreement/phase.ts';
import { referenceOf } from '../agreement/reference.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { AgreementState, ObligationState } from '../agreement/state.ts';
import { teller } from '../agreement/telling.ts';
import { addDays } from '../local-date.ts';
import { isZeroMoney, parseMoney } from '../money.ts';
import { isPaused } from '../obligations/deliverable-state.ts';
import type { Errand } from '../process/process.ts';
import type { Instant } from '../time.ts';
import { instantAt } from '../zone.ts';
import type { EvaluationInput } from './command.ts';
import type { CompiledEvaluation } from './compiled.ts';

/** What an agreement keeps of its evaluations: the last final figures of each rule, for the period after; sums it has booked. */
export interface KeptEvaluations {
  /** By rule. */
  last: Record<string, { evaluation: string; figures: Record<string, string>; weights: Record<string, string> | null }>;
  /** `<evaluation>/<subject>/<consequence>`: none is booked twice. */
  awarded: string[];
}

export const NOTHING_KEPT: KeptEvaluations = { last: {}, awarded: [] };

/** A final result: the next period is compared with it. Told twice, it counts once. */
export function evaluated(command: Evaluated, state: AgreementState): Decision {
  const { evaluation, rule, figures, weights, receivedAtMs, actor, id: commandId } = command;
  const known = state.agreement.evaluations?.find(({ id }) => id === rule);
  const last = state.evaluations?.last ?? {};
  if (!known || (Object.hasOwn(last, rule) && last[rule]?.evaluation === evaluation)) return decision({});
  const event: EvaluationRecorded = {
    occurredAtMs: receivedAtMs,
    actor,
    clauses: known.clauses,
    commandId,
    type: 'evaluation-recorded',
    evaluation,
    rule,
    figures,
    weights,
  };
  return decision({ events: [event] });
}

/** A sum that people decided on goes to the ledger, once. */
export function award(command: Award, state: AgreementState): Decision | Rejection {
  const { agreement } = state;
  const { evaluation, rule, consequence, kind, debtor, creditor, documents, receivedAtMs, actor } = command;
  const key = `${evaluation}/${consequence}`;
  if (state.evaluations?.awarded.includes(key)) return decision({});
  const known = agreement.evaluations?.find(({ id }) => id === rule);
  if (!known) return notProvided(`evaluation ${rule}`);
  const { clauses } = known;
  const { currency } = agreement;
  const read = parseMoney(command.amount, currency);
  if ('error' in read || isZeroMoney(read.amount)) {
    return { rejected: 'amount-invalid', message: `${JSON.stringify(command.amount)} is no sum in ${currency}` };
  }
  const { amount } = read;
  const line: LedgerLine = { kind, debtor, creditor, amount, currency, about: `booking:${rule}` };
  const tell = teller(agreement, receivedAtMs, clauses);
  const facts = { about: rule, kind, by: debtor, against: creditor, amount, currency };
  const seats = [debtor, creditor, COORDINATOR].map((side) => mailSeat(agreement, side));
  return decision({
    events: [
      {
        ...{ type: 'sum-booked', occurredAtMs: receivedAtMs, actor, clauses, commandId: command.id },
        ...{ booking: rule, kind, documents, line, award: key },
      },
    ],
    schedule: [...new Set(seats)]
      .filter((seat) => agreement.seats.includes(seat))
      .map((seat) => tell('sum-booked', seat, facts)),
  });
}

export function evolveEvaluations(state: AgreementState, event: EvaluationRecorded): AgreementState {
  const { evaluation, rule, figures, weights } = event;
  const kept = state.evaluations ?? NOTHING_KEPT;
  return { ...state, evaluations: { ...kept, last: { ...kept.last, [rule]: { evaluation, figures, weights } } } };
}

/** A sum that followed from an evaluation is remembered by its name. */
export function withAward(state: AgreementState, key: string | undefined): AgreementState {
  if (key === undefined) return state;
  const kept = state.evaluations ?? NOTHING_KEPT;
  return { ...state, evaluations: { ...kept, awarded: [...kept.awarded, key] } };
}

/**
 * What follows from a step of an agreement for its evaluations: one begins when its duty opens, with the figures of the period
 * before; it is told when the duty was handed in or moved, when a seat has acknowledged the scheme by its own duty, and when a
 * scheme was agreed on that had been missing.
 */
export function evaluationErrands(before: AgreementState, after: AgreementState, atMs: Instant): Errand[] {
  const rules = after.agreement.evaluations ?? [];
  if (rules.length === 0 || !isInForce(after)) return [];
  return rules.flatMap((rule) => [
    ...ofDuty(before, after, rule, atMs),
    ...acknowledgements(before, after, rule, atMs),
    ...newScheme(before, after, rule, atMs),
    ...newPrevious(before, after, rule, atMs),
  ]);
}

function ofDuty(before: AgreementState, after: AgreementState, rule: CompiledEvaluation, atMs: Instant): Errand[] {
  if (before.obligations === after.obligations) return [];
  return after.obligations
    .filter(({ id }) => id === rule.obligation)
    .flatMap((duty): Errand[] => {
      const was = before.obligations.find(({ id, occurrence }) => id === duty.id && occurrence === duty.occurrence);
      const hasOpened = duty.due !== null && (was === undefined || was.due === null || !isInForce(before));
      if (hasOpened && isOpen(duty)) return [starting(after, rule, duty)];
      if (was === undefined) return [];
      if (!isOpen(duty) && isOpen(was)) return [telling(after, rule, duty, { type: 'duty-done' }, atMs)];
      const [from, to] = [dueOf(was), dueOf(duty)];
      return isOpen(duty) && from?.dueAtMs !== to?.dueAtMs
        ? [telling(after, rule, duty, { type: 'due-moved', due: to }, atMs)]
        : [];
    });
}

/** A seat that hands in its duty to acknowledge the scheme has acknowledged it in every evaluation that runs. */
function acknowledgements(
  before: AgreementState,
  after: AgreementState,
  rule: CompiledEvaluation,
  atMs: Instant,
): Errand[] {
  if (before.obligations === after.obligations) return [];
  return Object.entries(rule.acknowledgeDuties).flatMap(([seat, id]) => {
    const isDone = (state: AgreementState): boolean =>
      state.obligations.some((one) => one.id === id && isFulfilled(one));
    if (!isDone(after) || isDone(before)) return [];
    return running(after, rule).map((duty) => telling(after, rule, duty, { type: 'duty-acknowledged', seat }, atMs));
  });
}

function newScheme(before: AgreementState, after: AgreementState, rule: CompiledEvaluation, atMs: Instant): Errand[] {
  if (before.agreement === after.agreement || rule.scheme === null) return [];
  const was = before.agreement.evaluations?.find(({ id }) => id === rule.id);
  if (!was || was.scheme !== null) return [];
  const { scheme } = rule;
  return running(after, rule).map((duty) => telling(after, rule, duty, { type: 'scheme-set', scheme }, atMs));
}

/** A period has its result when the next one runs already: that one is compared with it. */
function newPrevious(before: AgreementState, after: AgreementState, rule: CompiledEvaluation, atMs: Instant): Errand[] {
  const [was, last] = [before.evaluations?.last[rule.id], after.evaluations?.last[rule.id]];
  if (!last || was === last) return [];
  const { evaluation, figures, weights } = last;
  if (Object.keys(figures).length === 0 && weights === null) return [];
  return running(after, rule)
    .filter(({ id, occurrence }) => referenceOf({ obligation: id, occurrence }) > evaluation)
    .map((duty) => telling(after, rule, duty, { type: 'previous-known', figures, weights }, atMs));
}

function running({ obligations }: AgreementState, rule: CompiledEvaluation): ObligationState[] {
  return obligations.filter((one) => one.id === rule.obligation && one.due !== null && isOpen(one));
}

function isOpen({ status }: ObligationState): boolean {
  return status === 'pending' || status === 'overdue' || status === 'in-review' || status === 'rework';
}

function isFulfilled({ status }: ObligationState): boolean {
  return status === 'fulfilled' || status === 'fulfilled-late';
}

function dueOf({ due, pauses }: ObligationState): Due | null {
  return isPaused({ pauses }) ? null : due;
}

function evaluationId({ agreement }: AgreementState, { id, occurrence }: ObligationState): string {
  return `evaluation/${agreement.id}/${referenceOf({ obligation: id, occurrence })}`;
}

function telling(
  state: AgreementState,
  rule: CompiledEvaluation,
  duty: ObligationState,
  said: { type: string } & Record<string, unknown>,
  receivedAtMs: Instant,
): Errand {
  const { agreement, sequence } = state;
  // With a space: no key of a person is like it.
  const id = `${said.type} agreement/${agreement.id}/${sequence} ${rule.id} ${duty.occurrence ?? ''}`;
  return { kind: 'tell', workflowId: evaluationId(state, duty), command: { ...said, id, receivedAtMs, actor: CLOCK } };
}

function starting(state: AgreementState, rule: CompiledEvaluation, duty: ObligationState): Errand {
  const { agreement, obligations } = state;
  const { due } = duty;
  if (!due) throw new Error(`${duty.id} has no time`); // a bug
  const acknowledged = Object.entries(rule.acknowledgeDuties).flatMap(([seat, id]) =>
    obligations.some((one) => one.id === id && isFulfilled(one)) ? [seat] : [],
  );
  const input: EvaluationInput = {
    ...evaluationFrame(agreement),
    workflowId: evaluationId(state, duty),
    reference: referenceOf({ obligation: duty.id, occurrence: duty.occurrence }),
    ...evaluationInput(state, rule),
    occurrence: duty.occurrence,
    due: { dueAtMs: due.dueAtMs, localDate: due.localDate },
    period: periodOf(agreement, duty, due),
    acknowledged,
  };
  return { kind: 'start', type: 'evaluation', workflowId: input.workflowId, input };
}

/** What every evaluation of a rule begins with, whoever begins it. */
export function evaluationInput(
  { agreement, evaluations }: Pick<AgreementState, 'agreement' | 'evaluations'>,
  rule: CompiledEvaluation,
): Pick<EvaluationInput, 'rules' | 'improvement' | 'parts' | 'previous' | 'weights'> {
  const duty = agreement.obligations.find(({ id }) => id === rule.obligation);
  const last = evaluations?.last[rule.id];
  return {
    rules: rule,
    improvement: agreement.improvement ?? null,
    parts: (duty?.checklist ?? []).map(({ id }) => id),
    previous: last?.figures ?? {},
    weights: last?.weights ?? null,
  };
}

function evaluationFrame(agreement: CompiledAgreement) {
  const { id: agreementId, zone, calendar, noticeHours, parties, seats, seatParties = {} } = agreement;
  return { format: 1 as const, agreementId, zone, calendar, noticeHours, parties, seats, seatParties };
}

/** From the duty's opening to the day from which its time is counted, included: its interval, its calendar period. */
function periodOf({ zone }: CompiledAgreement, duty: ObligationState, due: Due): EvaluationInput['period'] {
  const { anchoredOn, roundFromMs } = duty;
  const lastDay = anchoredOn ?? due.localDate;
  const toMs = instantAt(zone, addDays(lastDay, 1), '00:00');
  const fromMs = roundFromMs ?? toMs;
  return toMs > fromMs ? { fromMs, toMs } : { fromMs, toMs: due.dueAtMs };
}
