import { THIRD } from '../agreement/parties.ts';
import { notProvided } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { addDays } from '../local-date.ts';
import { isZeroMoney, parseMoney } from '../money.ts';
import { processDecision } from '../process/fold.ts';
import { localDateAt } from '../zone.ts';
import { isScope } from './applying.ts';
import type { AgreementDraft } from './command.ts';
import type { EngagementEventBody } from './event.ts';
import {
  type Command,
  type Decision,
  byParty,
  causeOf,
  dayOf,
  dueIn,
  notAlive,
  refuse,
  roundOf,
  seatsNamed,
  speakerAmong,
  unproven,
} from './standing.ts';
import type { EngagementState } from './state.ts';
import { asking, everybody, news, partiesOf } from './telling.ts';

/** All three negotiate the details together; the record shows who was there (S001c-71). */
export function negotiate(command: Command<'negotiate'>, state: EngagementState): Decision | Rejection {
  const { input, status } = state;
  const { heldOn, present, documents, actor } = command;
  const rule = input.rules.negotiation;
  if (rule === null) return notProvided('negotiation of all three');
  const over = notAlive(state);
  if (over) return over;
  const { clauses } = rule;
  if (!byParty(state, actor)) return refuse('not-responsible', 'recorded by one of the parties', clauses);
  const entered = unproven(actor, documents);
  if (entered) return entered;
  if (status !== 'invited' && status !== 'drafted' && status !== 'signing') {
    return refuse('gate-closed', `${input.reference} is ${status}: nothing is negotiated`, clauses);
  }
  const invitedOn = localDateAt(input.zone, roundOf(state).appliedAtMs);
  const today = dayOf(input, command);
  if (heldOn < invitedOn || heldOn > today) {
    return refuse('date-out-of-range', `it took place between ${invitedOn} and ${today}`, clauses);
  }
  const there = present.map((one) => (one === THIRD ? input.thirdSeat : one));
  const absent = seatsNamed(state, rule.between).filter((seat) => !there.includes(seat));
  if (absent.length > 0) {
    return refuse('attendance-missing', `all negotiate together; missing: ${absent.join(', ')}`, clauses);
  }
  return processDecision<EngagementEventBody>({
    events: [{ ...causeOf(command, clauses), type: 'engagement-negotiated', heldOn, present: there, documents }],
  });
}

/** The agreement is drafted, or drafted anew: reviews of the old one count no more. */
export function draft(command: Command<'draft'>, state: EngagementState): Decision | Rejection {
  const { input, status, signatures, negotiatedOn } = state;
  const { rules } = input;
  const { clauses } = rules.agreement;
  const over = notAlive(state);
  if (over) return over;
  if (!byParty(state, command.actor) && speakerAmong(state, ['applicant'], command.actor) === undefined) {
    return refuse('not-responsible', 'drafted by one of the parties', clauses);
  }
  if (!['agreed', 'invited', 'drafted', 'in-review', 'signing'].includes(status)) {
    return refuse('gate-closed', `${input.reference} is ${status}: no agreement is drafted`, clauses);
  }
  if (rules.negotiation && negotiatedOn === null) {
    return refuse('gate-closed', 'all three negotiate before the agreement is made', rules.negotiation.clauses);
  }
  if (signatures.length > 0) return refuse('already-signed', 'somebody has signed the draft as it stands', clauses);
  const read = readDraft(command.draft, state, dayOf(input, command));
  if ('rejected' in read) return read;
  const { jointReview } = rules;
  const reviewDue = jointReview ? dueIn(input, dayOf(input, command), jointReview.windowDays) : null;
  const facts = reviewDue === null ? {} : { dueAtMs: reviewDue.dueAtMs, localDate: reviewDue.localDate };
  return processDecision<EngagementEventBody>({
    events: [{ ...causeOf(command, clauses), type: 'engagement-drafted', draft: read, reviewDue }],
    schedule: jointReview
      ? asking(state, 'review', jointReview.by, { atMs: command.receivedAtMs, clauses: jointReview.clauses, facts })
      : asking(state, 'sign', seatsNamed(state, rules.agreement.signatories), { atMs: command.receivedAtMs, clauses }),
  });
}

/** Sums in their canonical form; what the contract does not know is refused. */
function readDraft(given: AgreementDraft, state: EngagementState, today: string): AgreementDraft | Rejection {
  const { rules, currency } = state.input;
  const { clauses } = rules.agreement;
  const sum = (amount: string): string | Rejection => {
    const read = parseMoney(amount, currency);
    if ('error' in read || isZeroMoney(read.amount)) {
      return refuse('amount-invalid', `${JSON.stringify(amount)} is no sum in ${currency}`, clauses);
    }
    return read.amount;
  };
  if (given.cap !== null && rules.cap === null) return notProvided('cap of the third party’s liability');
  if (given.fee !== null && rules.fee === null) return notProvided('fee of the third party');
  if (given.milestones.length > 0 && rules.acceptance === null) return notProvided('milestones and their acceptance');
  const unknown = given.scope.find((code) => !isScope(rules.scopes, code));
  if (unknown !== undefined) return refuse('out-of-scope', `no scope ${unknown} is offered`, clauses);
  const beyond = given.scope.find((code) => isBeyond(code, state));
  if (beyond !== undefined) {
    return refuse('out-of-scope', `${beyond} was not applied for: whoever agreed does not sign the draft`, clauses);
  }
  const names = given.milestones.map(({ milestone }) => milestone);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return refuse('name-taken', `two milestones are named ${twice}`, clauses);
  if (given.endsOn !== null && given.endsOn < today) {
    return refuse('date-passed', `${given.endsOn} has passed, today is ${today}`, clauses);
  }
  const cap = given.cap === null ? null : sum(given.cap);
  if (cap !== null && typeof cap !== 'string') return cap;
  if (given.fee?.basis !== 'agreed') return { ...given, cap };
  const amount = sum(given.fee.amount);
  if (typeof amount !== 'string') return amount;
  return { ...given, cap, fee: { basis: 'agreed', amount } };
}

/** A scope that whoever agreed to the application was not asked for, and will not sign either (S003-N-09). */
function isBeyond(code: string, state: EngagementState): boolean {
  const { reply, agreement, scopes } = state.input.rules;
  const { scope } = roundOf(state).application;
  if (!reply?.by || agreement.signatories.includes(reply.by)) return false;
  return scope.length > 0 && scopes.includes(code) && !scope.includes(code);
}

/** Both parties review it before anyone signs (S001a-66); one who returns it says why. */
export function review(command: Command<'review'>, state: EngagementState): Decision | Rejection {
  const { input, status, reviewedBy } = state;
  const { verdict, pointCount, actor, receivedAtMs } = command;
  const rule = input.rules.jointReview;
  if (rule === null) return notProvided('joint review of the draft');
  const over = notAlive(state);
  if (over) return over;
  const { clauses } = rule;
  const by = speakerAmong(state, rule.by, actor);
  if (by === undefined) return refuse('not-responsible', `reviewed by ${rule.by.join(' and ')}`, clauses);
  if (state.draft === null) return refuse('draft-missing', 'there is no draft to review', clauses);
  if (status !== 'in-review') {
    return refuse('already-approved', `${input.reference} is ${status}: no draft waits for a review`, clauses);
  }
  if (reviewedBy.includes(by)) return refuse('already-approved', `${by} has accepted the draft`, clauses);
  if (verdict === 'reject' && pointCount === 0) return refuse('points-missing', 'say what is to change', clauses);
  const type = verdict === 'accept' ? 'engagement-draft-accepted' : 'engagement-draft-rejected';
  const isLast = verdict === 'accept' && rule.by.every((seat) => seat === by || reviewedBy.includes(seat));
  return processDecision<EngagementEventBody>({
    events: [{ ...causeOf(command, clauses), type, by, pointCount }],
    schedule: isLast
      ? asking(state, 'sign', seatsNamed(state, input.rules.agreement.signatories), { atMs: receivedAtMs, clauses })
      : verdict === 'accept'
        ? []
        : news(state, type, { atMs: receivedAtMs, own: actor.seat, clauses, seats: partiesOf(state) }),
  });
}

/** What a draft lacks of what the contract demands; nobody signs it so. */
export function lackingIn({ input, draft: made }: EngagementState): Rejection | undefined {
  const { agreement, cap } = input.rules;
  if (made === null)
    return refuse('draft-missing', 'there is no agreement to sign: it is drafted first', agreement.clauses);
  const missing = agreement.sections.filter((section) => !made.sections.includes(section));
  if (missing.length > 0) {
    return refuse('section-missing', `the agreement lacks: ${missing.join(', ')}`, agreement.clauses);
  }
  if (!cap?.mandatory) return undefined;
  if (made.cap === null) return refuse('cap-missing', 'nobody signs without a cap stated as a sum', cap.clauses);
  const reasons = cap.rationale.filter((factor) => !made.rationale.includes(factor));
  if (reasons.length === 0) return undefined;
  return refuse('section-missing', `reasons for the cap are missing: ${reasons.join(', ')}`, cap.clauses);
}

/** Each signatory for itself; with the last the agreement is in force from the day of that signature (S001a-66, S001c-72). */
export function sign(command: Command<'sign'>, state: EngagementState): Decision | Rejection {
  const { input, status, signatures, noticeThrough } = state;
  const { actor, documents, receivedAtMs } = command;
  const { agreement, jointReview } = input.rules;
  const { clauses } = agreement;
  const over = notAlive(state);
  if (over) return over;
  const signatories = seatsNamed(state, agreement.signatories);
  const by = speakerAmong(state, agreement.signatories, actor);
  if (by === undefined) return refuse('not-responsible', `signed by ${signatories.join(', ')}`, clauses);
  const entered = unproven(actor, documents);
  if (entered) return entered;
  if (signatures.some(({ seat }) => seat === by)) return refuse('already-signed', `${by} has signed`, clauses);
  if (!['agreed', 'invited', 'drafted', 'in-review', 'signing'].includes(status)) {
    return refuse('gate-closed', `${input.reference} is ${status}: there is nothing to sign`, clauses);
  }
  if (state.draft === null) return lackingIn(state) ?? refuse('draft-missing', 'it is drafted first', clauses);
  if (status !== 'signing') {
    const reviewers = jointReview?.by.join(' and ') ?? 'all';
    return refuse('review-first', `${reviewers} accept the draft before anyone signs`, jointReview?.clauses ?? clauses);
  }
  const lacking = lackingIn(state);
  if (lacking) return lacking;
  const today = dayOf(input, command);
  const signedOn = command.signedOn ?? today;
  // Nobody has signed before there was consent to it, or before the last of them had reviewed it.
  const { appliedAtMs, repliedAtMs, verdict } = roundOf(state);
  const begunOn =
    state.reviewedOn ??
    localDateAt(input.zone, verdict === 'agree' && repliedAtMs !== null ? repliedAtMs : appliedAtMs);
  if (signedOn > today) return refuse('signed-on-in-future', `${signedOn} is to come, today is ${today}`, clauses);
  if (signedOn < begunOn) return refuse('signed-on-too-early', `not before ${begunOn}`, clauses);
  const cause = causeOf(command, clauses);
  const signed: EngagementEventBody = { ...cause, type: 'engagement-signed', by, signedOn, documents };
  const all = [...signatures, { seat: by, signedOn }];
  if (signatories.some((seat) => !all.some((one) => one.seat === seat))) {
    return processDecision<EngagementEventBody>({ events: [signed] });
  }
  const last = all.reduce((latest, one) => (one.signedOn > latest ? one.signedOn : latest), signedOn);
  const free = noticeThrough === null ? last : addDays(noticeThrough, 1);
  const startsOn = free > last ? free : last;
  const inForce: EngagementEventBody = {
    ...cause,
    type: 'engagement-in-force',
    signedOn: last,
    startsOn,
    cap: state.draft.cap,
  };
  return processDecision<EngagementEventBody>({
    events: [signed, inForce],
    schedule: news(state, 'engagement-in-force', {
      atMs: receivedAtMs,
      own: actor.seat,
      clauses,
      seats: everybody(state),
      facts: { signedOn: last, from: startsOn },
    }),
  });
}

/** A signatory does not sign: the engagement does not come about (S001c-72). */
export function refuseToSign(command: Command<'refuse-to-sign'>, state: EngagementState): Decision | Rejection {
  const { input, status } = state;
  const { actor, receivedAtMs } = command;
  const { clauses, signatories } = input.rules.agreement;
  const over = notAlive(state);
  if (over) return over;
  const by = speakerAmong(state, signatories, actor);
  if (by === undefined) return refuse('not-responsible', 'said by one of its signatories', clauses);
  if (!['agreed', 'invited', 'drafted', 'in-review', 'signing'].includes(status)) {
    return refuse('gate-closed', `${input.reference} is ${status}: there is nothing to sign`, clauses);
  }
  return processDecision<EngagementEventBody>({
    events: [{ ...causeOf(command, clauses), type: 'engagement-signature-refused', by }],
    schedule: news(state, 'engagement-signature-refused', {
      atMs: receivedAtMs,
      own: actor.seat,
      clauses,
      seats: everybody(state),
    }),
  });
}
