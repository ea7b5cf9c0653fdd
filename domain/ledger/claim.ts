import type { Actor, Answer, Claim as ClaimCommand, DocumentRef, Pay } from '../agreement/command.ts';
import type { CompiledLiability } from '../agreement/compiled.ts';
import { type Decision, decision } from '../agreement/decision.ts';
import type {
  ClaimAnswered,
  ClaimDropped,
  ClaimMade,
  ClaimOverdue,
  ClaimPosted,
  EventBody,
  RecourseRecorded,
} from '../agreement/event.ts';
import { evolve } from '../agreement/evolve.ts';
import type { NoticeDraft, NoticeFacts } from '../agreement/notice.ts';
import { obligationContexts } from '../agreement/obligations.ts';
import { CLOCK, COORDINATOR, THIRD, boundParty, mailSeat, partyOf } from '../agreement/parties.ts';
import { NOTHING, type Part, notProvided } from '../agreement/part.ts';
import { phaseOf } from '../agreement/phase.ts';
import { readReference, referenceOf } from '../agreement/reference.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { AgreementState, Claim } from '../agreement/state.ts';
import { type Subject, teller } from '../agreement/telling.ts';
import { dueAfterDays } from '../deadline.ts';
import { addMoney, compareMoney, isZeroMoney, parseMoney, roundHalfUp, shareMoney, subtractMoney } from '../money.ts';
import type { ObligationContext } from '../obligations/registry.ts';
import { firstDayLate } from '../life/breach.ts';
import type { Instant, LocalDate } from '../time.ts';
import { localDateAt } from '../zone.ts';
import { capsReached, leftOf } from './cap.ts';
import { payClaim } from './paying.ts';

const ANSWER_DAY = { rollover: 'next-working-day', dayEnd: '24:00' } as const;

/**
 * The entitled side asks for its loss (S003-C-15, S001b-103): a miss alone is never a claim, and no money moves until it
 * is agreed. It rests on the rule of liability that it names, else on the first that fits the debtor, else on the clauses of
 * the duty that was missed: the one it names, or where it names none the one that the debtor missed last, also in a contract
 * without a rule of liability. What a third party answers for is no ground against a party (S001a-46, S001b-72 to -76).
 */
export function claim(command: ClaimCommand, state: AgreementState): Decision | Rejection {
  const { agreement } = state;
  const claimant = boundParty(command.actor);
  if (claimant === undefined || !agreement.parties.includes(claimant)) {
    return { rejected: 'not-responsible', message: `claimed by ${agreement.parties.join(', ')}` };
  }
  const unproven = lacksEvidence(command);
  if (unproven) return unproven;
  if (!agreement.life) return notProvided('liability');
  const { liabilities } = agreement.life;
  const named = liabilities.find(({ id }) => id === command.liability);
  if (command.liability !== undefined && !named) return notProvided(`liability ${command.liability}`);
  if (state.claims.some(({ id }) => id === command.claim)) {
    return { rejected: 'name-taken', message: `there is a claim ${command.claim}` };
  }

  const said = missedBy(command, state);
  if (said && 'rejected' in said) return said;
  const debtor = said?.debtor ?? command.against ?? named?.liable ?? otherSide(agreement.parties, claimant);
  if (debtor === THIRD) return { ...notProvided('claim against a third party'), clauses: named?.clauses ?? [] };
  if (
    debtor === undefined ||
    !(agreement.parties.includes(debtor) || liabilities.some((one) => one.liable === debtor))
  ) {
    return { rejected: 'unknown-seat', message: 'a claim says against whom it is' };
  }
  if (debtor === claimant) return { rejected: 'not-responsible', message: 'nobody claims from themselves' };
  if (command.against !== undefined && command.against !== debtor) {
    return {
      rejected: 'not-breached',
      message: `what was missed is owed by ${debtor}`,
      clauses: said?.clauses ?? [],
    };
  }
  if (named && named.liable !== null && named.liable !== debtor) {
    return {
      ...notProvided(`liability of ${debtor} under ${named.id}, which binds ${named.liable}`),
      clauses: named.clauses,
    };
  }
  const rule = named ?? liabilities.find((one) => isFor(one, debtor));
  const missed = said ?? (rule ? undefined : lastMissedBy(debtor, state));
  if (!rule && !missed) return { rejected: 'not-breached', message: `${debtor} has missed nothing` };

  const currency = rule?.cap?.currency ?? agreement.currency;
  const amount = sumOf(command.amount, currency);
  if (typeof amount !== 'string') return amount;
  const today = localDateAt(agreement.zone, command.receivedAtMs);
  const lossOn = command.lossOn ?? today;
  if (lossOn > today || lossOn < (state.inForceOn ?? lossOn)) {
    return { rejected: 'date-out-of-range', message: 'a loss arises between the effect and today' };
  }
  const answerDays = rule?.answerDays ?? null;
  const answerDue =
    answerDays === null ? null : dueAfterDays(today, answerDays, ANSWER_DAY, agreement.calendar, agreement.zone);
  const made: ClaimMade = {
    ...baseOf(command),
    type: 'claim-made',
    clauses: rule?.clauses ?? missed?.clauses ?? [],
    claim: command.claim,
    by: claimant,
    against: debtor,
    amount,
    currency,
    ...missed?.subject,
    ...(rule ? { liability: rule.id } : {}),
    lossOn,
    cap: rule ? leftOf(state, rule, lossOn) : null,
    answerDue,
    documents: command.documents,
  };
  const facts = { amount, currency, ...(answerDue ?? {}), ...(made.cap ? { cap: made.cap.amount } : {}) };
  const asked = told(evolve(state, made), command.claim, command.receivedAtMs, 'claim-made', [debtor], facts);
  return decision({ events: [made], schedule: asked.map((notice) => ({ ...notice, act: 'answer' as const })) });
}

/** A claim that names no rule rests on it: it says who is liable, or leaves it open and caps nothing. */
function isFor({ liable, cap, particular }: CompiledLiability, debtor: string): boolean {
  return particular !== true && (liable === debtor || (liable === null && cap === null));
}

/** A duty that was missed, and who owed it. */
interface Missed {
  subject: Subject;
  debtor: string;
  clauses: string[];
}

/** The duty that was missed, where the claim names one. */
function missedBy({ obligation, occurrence }: ClaimCommand, state: AgreementState): Missed | Rejection | undefined {
  if (obligation === undefined) return undefined;
  const contexts = contextsOf(state, referenceOf({ obligation, occurrence }));
  const rule = contexts[0]?.rule;
  if (!rule) return { rejected: 'unknown-obligation', message: `no obligation ${obligation} is run here` };
  const { clauses } = rule;
  if (!contexts.some(isLate)) return { rejected: 'not-breached', message: `${rule.id} was not late`, clauses };
  const subject = { obligation, ...(occurrence === undefined ? {} : { occurrence }) };
  return { subject, debtor: partyOf(state.agreement, rule.responsible), clauses };
}

/** The duty that this side missed last, by the day on which it was first late; of several of one day the first in the contract. */
function lastMissedBy(debtor: string, state: AgreementState): Missed | undefined {
  const late = obligationContexts(state)
    .filter((context) => isLate(context) && partyOf(state.agreement, context.rule.responsible) === debtor)
    .map((context) => ({ context, since: firstDayLate(context) ?? '' }));
  const [last] = late.sort((a, b) => (a.since > b.since ? -1 : a.since < b.since ? 1 : 0));
  if (!last) return undefined;
  const { rule, state: one } = last.context;
  const subject = { obligation: rule.id, ...(one.occurrence === null ? {} : { occurrence: one.occurrence }) };
  return { subject, debtor, clauses: rule.clauses };
}

/** An obligation by its reference; without an occurrence, every one that has begun. */
function contextsOf(state: AgreementState, reference: string): ObligationContext[] {
  const { obligation, occurrence } = readReference(reference);
  return obligationContexts(state).filter(
    ({ rule, state: { occurrence: label } }) =>
      rule.id === obligation && (occurrence === undefined || occurrence === label),
  );
}

function isLate({ state: { everOverdue, settledDaysLate } }: ObligationContext): boolean {
  return everOverdue || settledDaysLate > 0;
}

/** Where there are two, the other is meant without a word. */
function otherSide(parties: string[], claimant: string): string | undefined {
  const others = parties.filter((party) => party !== claimant);
  return others.length === 1 ? others[0] : undefined;
}

/**
 * The debtor's side agrees, wholly or in part, or disputes; the claimant's drops the claim, before it is agreed; and of
 * an agreed claim the debtor's side records what it recovered from whoever caused the loss (S001b-82).
 */
export function answer(command: Answer, state: AgreementState): Decision | Rejection {
  const known = state.claims.find(({ id }) => id === command.claim);
  if (!known) return { rejected: 'unknown-claim', message: `no claim ${command.claim}` };
  const answering = command.verdict === 'drop' ? known.by : known.against;
  if (boundParty(command.actor) !== answering) {
    return { rejected: 'not-responsible', message: `this is for ${answering} to say` };
  }
  const unproven = lacksEvidence(command);
  if (unproven) return unproven;
  if (command.verdict === 'recourse') return recourse(command, known, state);
  if (known.status === 'agreed' || known.status === 'dropped') {
    return { rejected: 'claim-closed', message: `${known.id} is ${known.status}` };
  }
  switch (command.verdict) {
    case 'agree':
      return agree(command, known, state);
    case 'dispute':
      return dispute(command, known, state);
    case 'drop':
      return drop(command, known, state);
  }
}

/**
 * What is payable of an agreed sum: at most what the cap of the day of the loss leaves, less the penalties that were posted
 * for the same duty in the same direction, paid or not, never negative. What is above the cap the parties bear themselves (S001a-56).
 */
function agree(command: Answer, known: Claim, state: AgreementState): Decision | Rejection {
  const agreed = command.amount === undefined ? known.amount : sumOf(command.amount, known.currency);
  if (typeof agreed !== 'string') return agreed;
  if (compareMoney(agreed, known.amount) > 0) {
    return { rejected: 'amount-too-large', message: `${known.amount} were claimed` };
  }
  const rule = liabilityOf(state, known);
  const cap = rule ? leftOf(state, rule, known.lossOn) : null;
  const covered = cap ? least(agreed, cap.left) : agreed;
  const aboveCap = subtractMoney(agreed, covered);
  const setOff = roundHalfUp(command.setOff ? least(covered, penaltiesFor(state, known)) : '0', known.currency);
  const payable = subtractMoney(covered, setOff);
  const shares = Object.entries(isZeroMoney(aboveCap) ? {} : (rule?.shares ?? {}));
  const sums =
    shares.length === 0
      ? []
      : shareMoney(
          aboveCap,
          shares.map(([, share]) => share),
          known.currency,
        );
  const ownShares = shares.map(([party], index) => ({ party, amount: sums[index] ?? '0' }));
  const base = { ...baseOf(command), clauses: clausesOf(state, known), claim: known.id };
  const answered: ClaimAnswered = {
    ...base,
    type: 'claim-answered',
    by: known.against,
    verdict: 'agree',
    amount: agreed,
    setOff,
    payable,
    aboveCap,
    ...(ownShares.length > 0 ? { ownShares } : {}),
    documents: command.documents,
  };
  const { against: debtor, by: creditor, currency } = known;
  const line = { kind: 'claim' as const, debtor, creditor, amount: payable, currency, about: `claim:${known.id}` };
  const posted: ClaimPosted[] = isZeroMoney(payable) ? [] : [{ ...base, type: 'claim-posted', line }];
  const after = [answered, ...posted].reduce<AgreementState>(evolve, state);
  const warned = capsReached(after, command.receivedAtMs, { actor: command.actor, commandId: command.id });
  const facts = { verdict: 'agree', amount: payable, currency };
  return decision({
    events: [answered, ...posted, ...warned.events],
    schedule: [...told(after, known.id, command.receivedAtMs, 'claim-answered', [creditor], facts), ...warned.schedule],
  });
}

/** What was agreed is paid, and nothing is paid of what was not. */
export function payFor(command: Pay, state: AgreementState): Decision | Rejection {
  return payClaim(command, state, (known) => clausesOf(state, known));
}

/** It stays disputed until it is agreed or dropped. */
function dispute(command: Answer, known: Claim, state: AgreementState): Decision | Rejection {
  if (known.status === 'disputed') return { rejected: 'already-objected', message: `${known.id} is disputed` };
  const { against: by, amount, currency } = known;
  const clauses = clausesOf(state, known);
  const { documents } = command;
  const event: EventBody = {
    ...baseOf(command),
    type: 'claim-answered',
    clauses,
    claim: known.id,
    by,
    verdict: 'dispute',
    documents,
  };
  const facts = { verdict: 'dispute', amount, currency };
  return decision({
    events: [event],
    schedule: told(evolve(state, event), known.id, command.receivedAtMs, 'claim-answered', [known.by], facts),
  });
}

function drop(command: Answer, known: Claim, state: AgreementState): Decision {
  const clauses = clausesOf(state, known);
  const event: EventBody = { ...baseOf(command), type: 'claim-dropped', clauses, claim: known.id, by: known.by };
  const facts = { verdict: 'drop', amount: known.amount, currency: known.currency };
  return decision({
    events: [event],
    schedule: told(evolve(state, event), known.id, command.receivedAtMs, 'claim-answered', [known.against], facts),
  });
}

/** Never more than the claim has cost whoever recovers it. */
function recourse(command: Answer, known: Claim, state: AgreementState): Decision | Rejection {
  if (known.payable === null)
    return { rejected: 'not-breached', message: `${known.id} is ${known.status}, not agreed` };
  const amount = sumOf(command.amount ?? '', known.currency);
  if (typeof amount !== 'string') return amount;
  const cost = addMoney(known.payable, known.setOff);
  if (compareMoney(addMoney(known.recovered, amount), cost) > 0) {
    return { rejected: 'amount-too-large', message: `${known.id} cost ${cost}, ${known.recovered} of it recovered` };
  }
  const clauses = clausesOf(state, known);
  const event: EventBody = {
    ...baseOf(command),
    type: 'recourse-recorded',
    clauses,
    claim: known.id,
    by: known.against,
    amount,
    documents: command.documents,
  };
  return decision({ events: [event] });
}

/** A positive sum in the currency's unit. */
function sumOf(text: string, currency: string): string | Rejection {
  const read = parseMoney(text, currency);
  if ('amount' in read && !isZeroMoney(read.amount)) return read.amount;
  return { rejected: 'amount-invalid', message: `${JSON.stringify(text)} is no sum in ${currency}` };
}

function least(a: string, b: string): string {
  return compareMoney(a, b) <= 0 ? a : b;
}

/**
 * What is posted as a penalty for the same duty in the same direction and was not deducted from a claim before. Paid or not:
 * what is posted is owed beside the claim, and a payment of it makes good the same loss. What accrues later is not.
 */
function penaltiesFor(state: AgreementState, { obligation, by, against, currency }: Claim): string {
  if (obligation === null) return '0';
  const posted = contextsOf(state, obligation)
    .filter(({ rule }) => {
      const creditor = rule.rule === 'payment@1' ? rule.payee : rule.penalty?.creditor;
      const unit = rule.rule === 'payment@1' ? rule.currency : rule.penalty?.currency;
      return creditor === by && partyOf(state.agreement, rule.responsible) === against && unit === currency;
    })
    .reduce((sum, context) => addMoney(sum, context.state.posted.amount), '0');
  const deducted = state.claims
    .filter((one) => one.by === by && one.against === against && isSameDuty(one.obligation, obligation))
    .reduce((sum, { setOff }) => addMoney(sum, setOff), '0');
  const left = subtractMoney(posted, deducted);
  return compareMoney(left, '0') < 0 ? '0' : left;
}

/** The same, or one an occurrence of the other. */
function isSameDuty(one: string | null, other: string): boolean {
  if (one === null || one === other) return one === other;
  const [a, b] = [readReference(one), readReference(other)];
  return a.obligation === b.obligation && (a.occurrence === undefined || b.occurrence === undefined);
}

function lacksEvidence({ actor, documents }: { actor: Actor; documents: DocumentRef[] }): Rejection | undefined {
  if (actor.seat !== COORDINATOR || documents.length > 0) return undefined;
  return { rejected: 'evidence-missing', message: 'what is entered for a party needs its document' };
}

function liabilityOf(state: AgreementState, { liability }: Claim): CompiledLiability | undefined {
  return state.agreement.life?.liabilities.find(({ id }) => id === liability);
}

/** What a claim rests on: its rule, else the duty that was missed. */
function clausesOf(state: AgreementState, known: Claim): string[] {
  const rule = liabilityOf(state, known);
  if (rule || known.obligation === null) return rule?.clauses ?? [];
  return contextsOf(state, known.obligation)[0]?.rule.clauses ?? [];
}

function baseOf({ receivedAtMs, actor, id }: ClaimCommand | Answer) {
  return { occurredAtMs: receivedAtMs, actor, commandId: id };
}

/** Notices about a claim as it stands to those of these role keys that have somebody to write to. */
function told(
  state: AgreementState,
  id: string,
  atMs: Instant,
  kind: 'claim-made' | 'claim-answered' | 'claim-overdue',
  to: string[],
  more: NoticeFacts,
): NoticeDraft[] {
  const { agreement } = state;
  const known = state.claims.find((one) => one.id === id);
  if (!known) return [];
  const { by, against, status, obligation } = known;
  const subject = obligation === null ? undefined : readReference(obligation);
  const tell = teller(agreement, atMs, clausesOf(state, known), subject);
  const seats = to.map((seat) => mailSeat(agreement, seat)).filter((seat) => agreement.seats.includes(seat));
  return seats.map((seat) => tell(kind, seat, { about: id, by, against, status, ...more }));
}

/** Whether a claim still waits as this notice says. */
export function isClaimSo({ kind, facts }: NoticeDraft, { claims }: AgreementState): boolean {
  const status = claims.find(({ id }) => id === facts.about)?.status;
  return status === 'overdue' || (kind === 'claim-made' && status === 'made');
}

/** What a claim is after one of its events; the ledger line has its own fold. */
export function evolveClaims(
  state: AgreementState,
  event: ClaimMade | ClaimAnswered | ClaimOverdue | ClaimDropped | RecourseRecorded | ClaimPosted,
): AgreementState {
  if (event.type === 'claim-made') return { ...state, claims: [...state.claims, made(event)] };
  return { ...state, claims: state.claims.map((one) => (one.id === event.claim ? evolved(one, event) : one)) };
}

function made({ claim: id, by, against, amount, currency, lossOn, answerDue, ...event }: ClaimMade): Claim {
  const { obligation, occurrence, liability, commandId } = event;
  return {
    id,
    by,
    against,
    amount,
    currency,
    obligation: obligation === undefined ? null : referenceOf({ obligation, occurrence }),
    liability: liability ?? null,
    lossOn,
    status: 'made',
    answerDue,
    payable: null,
    setOff: '0',
    recovered: '0',
    commandId: commandId ?? '',
  };
}

function evolved(
  known: Claim,
  event: ClaimAnswered | ClaimOverdue | ClaimDropped | RecourseRecorded | ClaimPosted,
): Claim {
  switch (event.type) {
    case 'claim-answered':
      if (event.verdict === 'dispute') return { ...known, status: 'disputed' };
      return { ...known, status: 'agreed', payable: event.payable ?? '0', setOff: event.setOff ?? '0' };
    case 'claim-overdue':
      return { ...known, status: 'overdue' };
    case 'claim-dropped':
      return { ...known, status: 'dropped' };
    case 'recourse-recorded':
      return { ...known, recovered: addMoney(known.recovered, event.amount) };
    case 'claim-posted':
      return known;
  }
}

/** Claims whose answer is awaited by a time. */
function awaited(state: AgreementState): (Claim & { answerDue: { dueAtMs: Instant; localDate: LocalDate } })[] {
  if (phaseOf(state) === 'over') return [];
  return state.claims.flatMap((one) =>
    one.status === 'made' && one.answerDue !== null ? [{ ...one, answerDue: one.answerDue }] : [],
  );
}

/** The answer's clock: silence is told to both sides and the coordinator, and is never consent. */
export const CLAIMS: Part = {
  moments: (state) => awaited(state).map(({ answerDue }) => ({ atMs: answerDue.dueAtMs, consequence: true })),
  dueEvents: (state, atMs) => {
    const late = awaited(state).filter(({ answerDue }) => answerDue.dueAtMs <= atMs);
    if (late.length === 0) return NOTHING;
    const events = late.map((known) => ({
      type: 'claim-overdue' as const,
      occurredAtMs: known.answerDue.dueAtMs,
      actor: CLOCK,
      clauses: clausesOf(state, known),
      claim: known.id,
      due: known.answerDue,
    }));
    const after = events.reduce<AgreementState>(evolve, state);
    const schedule = late.flatMap(({ id, by, against, amount, currency, answerDue }) => {
      const tell = (to: string[]) =>
        told(after, id, answerDue.dueAtMs, 'claim-overdue', to, { amount, currency, ...answerDue });
      return [...tell([by, COORDINATOR]), ...tell([against]).map((notice) => ({ ...notice, act: 'answer' as const }))];
    });
    return { events, schedule };
  },
};
