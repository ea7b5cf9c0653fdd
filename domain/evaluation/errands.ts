import type { Actor } from '../agreement/command.ts';
import { CLOCK, answersFor, mailSeat, partyOf } from '../agreement/parties.ts';
import type { DocumentRef, Errand } from '../process/process.ts';
import { improvementStarted } from '../survey/finding.ts';
import type { Instant } from '../time.ts';
import type { EvaluationInput } from './command.ts';
import type { CompiledIndicator } from './compiled.ts';
import type { AskedFigures } from './figures.ts';
import { subjectOf } from './standing.ts';
import type { Consequence, Evaluated, EvaluationState } from './state.ts';

/** Sources that figures are gathered from. */
const RECORDED = ['survey', 'case', 'deliverable'];

/** Indicators whose value is computed from recorded figures. */
export function isComputed({ source, measure }: CompiledIndicator): boolean {
  return measure === 'quantitative' && RECORDED.includes(source);
}

/** The figures of the period are asked for. */
export function gathering({ input, scheme, subjects }: EvaluationState, atMs: Instant): Errand[] {
  if (scheme === null) return [];
  const { minimumSample, surveys } = input.rules;
  const indicators = scheme.indicators.filter(isComputed).map(({ id, source, scale, dimension, weight }) => ({
    ...{ id, scale, weight, source: source as AskedFigures['indicators'][number]['source'] },
    ...(dimension === undefined ? {} : { dimension }),
  }));
  const asked: AskedFigures = {
    period: { fromMs: input.period.fromMs, toMs: Math.min(input.period.toMs, atMs) },
    indicators,
    subjects: subjects.map(({ subject }) => subject),
    minimumSample,
    surveys,
  };
  return [{ kind: 'gather', atMs, asked }];
}

function tellAgreement(
  { input, sequence }: EvaluationState,
  said: { type: string } & Record<string, unknown>,
  about: string,
  actor: Actor,
  receivedAtMs: Instant,
): Errand {
  const id = `${input.workflowId} ${sequence + 1} ${said.type} ${about}`;
  const command = { ...said, id, receivedAtMs, actor: { ...actor, via: 'workflow' as const } };
  return { kind: 'tell', workflowId: `agreement/${input.agreementId}`, command };
}

/** The duty is handed in by whoever concluded, once. */
export function dutyHandedIn(state: EvaluationState, atMs: Instant, documents: DocumentRef[]): Errand[] {
  const { input, concludedBy, dutyDone } = state;
  const { obligation, organiser } = input.rules;
  if (obligation === null || dutyDone || concludedBy === null) return [];
  const by = answersFor(input, concludedBy, organiser) ? concludedBy : seatActor(input, organiser, concludedBy);
  const said = {
    type: 'submit',
    ...subjectOf(input),
    documents,
    ...(input.parts.length > 0 ? { parts: input.parts } : {}),
  };
  return [tellAgreement(state, said, obligation, by, atMs)];
}

/** Where a scorer or the coordinator concluded, the duty is the organiser's all the same: the process says it for that. */
export function seatActor(input: EvaluationInput, seat: string, { personId }: Pick<Actor, 'personId'>): Actor {
  return { personId, seat: mailSeat(input, seat), party: partyOf(input, seat), via: 'workflow' };
}

/** A seat acknowledged the scheme here: its own duty to do so is fulfilled, too. */
export function acknowledgementHandedIn(
  state: EvaluationState,
  seat: string,
  { actor, receivedAtMs, documents }: { actor: Actor; receivedAtMs: Instant; documents: DocumentRef[] },
): Errand[] {
  const { acknowledgeDuties } = state.input.rules;
  const duty = Object.hasOwn(acknowledgeDuties, seat) ? acknowledgeDuties[seat] : undefined;
  if (duty === undefined || state.input.acknowledged.includes(seat)) return [];
  return [tellAgreement(state, { type: 'submit', obligation: duty, documents }, duty, actor, receivedAtMs)];
}

/** All consequences of all results are decided: the duty to decide on them is handed in. */
export function decisionHandedIn(
  state: EvaluationState,
  { actor, receivedAtMs, documents }: { actor: Actor; receivedAtMs: Instant; documents: DocumentRef[] },
): Errand[] {
  const { decisionDuty } = state.input.rules;
  const { occurrence } = state.input;
  if (decisionDuty === null) return [];
  const { obligation, parts } = decisionDuty;
  const said = {
    type: 'submit',
    obligation,
    ...(occurrence === null ? {} : { occurrence }),
    documents,
    ...(parts.length > 0 ? { parts } : {}),
  };
  return [tellAgreement(state, said, obligation, actor, receivedAtMs)];
}

/** The agreement keeps the final figures: the next period is compared with them, and weighed as customers said. */
export function resultTold(state: EvaluationState, atMs: Instant): Errand[] {
  const { input, subjects, nextWeights } = state;
  const [only] = subjects;
  const figures =
    // Staff is not compared with whoever was appraised before.
    subjects.length === 1 && only && input.rules.subject !== 'staff'
      ? Object.fromEntries(only.scores.map(({ indicator, value }) => [indicator, value]))
      : {};
  const said = {
    type: 'evaluated',
    evaluation: input.reference,
    rule: input.rules.id,
    figures,
    weights: input.rules.nextWeights ? nextWeights : null,
  };
  return [tellAgreement(state, said, 'result', CLOCK, atMs)];
}

/** A sum that people decided on: the agreement books it, once (design §5). */
export function sumTold(
  state: EvaluationState,
  one: Evaluated,
  { id, kind }: Consequence,
  amount: string,
  { actor, receivedAtMs, documents }: { actor: Actor; receivedAtMs: Instant; documents: DocumentRef[] },
): Errand[] {
  const { input } = state;
  const { money } = input.rules;
  if (money === null) return [];
  const isReward = kind !== 'deduction';
  const said = {
    type: 'award',
    evaluation: input.reference,
    rule: input.rules.id,
    consequence: `${one.subject}/${id}`,
    kind: kind === 'payment' ? 'fee' : isReward ? 'reward' : 'deduction',
    amount,
    debtor: isReward ? money.payer : money.payee,
    creditor: isReward ? money.payee : money.payer,
    documents,
  };
  return [tellAgreement(state, said, `${one.subject}/${id}`, actor, receivedAtMs)];
}

/**
 * A plan of improvement that was decided on begins as a finding. Where a length is agreed for the plan of somebody who failed
 * (S001c-45), it has that one, and is handed in for none of the contract's other duties: it is about a person.
 */
export function planBegun(
  { input }: EvaluationState,
  one: Evaluated,
  { id }: Consequence,
  { actor, receivedAtMs }: { actor: Actor; receivedAtMs: Instant },
): Extract<Errand, { kind: 'start' }> | null {
  return improvementStarted({ ...input, improvement: personal(input) }, `${one.subject}-${id}`, {
    finding: {
      source: 'check',
      about: input.reference,
      dimension: null,
      frequency: 1,
      severity: 3,
      customerWeight: 1,
      measured: null,
      raisedBy: [],
    },
    clauses: [...new Set([...input.rules.clauses, ...(input.improvement?.clauses ?? [])])],
    raisedAtMs: receivedAtMs,
    actor,
  });
}

function personal({ improvement, rules: { planDays } }: EvaluationInput): EvaluationInput['improvement'] {
  if (improvement === null || planDays === null) return improvement;
  const { duty: _duty, beginsAfter: _beginsAfter, ...own } = improvement;
  return { ...own, planDays, fulfils: null };
}
