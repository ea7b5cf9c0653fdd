import type { Approve, PersonCommand, Seal, Sign, Withdraw } from '../agreement/command.ts';
import { type Decision, decision } from '../agreement/decision.ts';
import { expiryOf } from '../agreement/ending.ts';
import type {
  AgreementInForce,
  AgreementSealed,
  AgreementWithdrawn,
  ApprovalGiven,
  EventBody,
} from '../agreement/event.ts';
import { evolve } from '../agreement/evolve.ts';
import type { NoticeDraft, NoticeFacts } from '../agreement/notice.ts';
import { firstDue, openings } from '../agreement/opening.ts';
import {
  COORDINATOR,
  actingParty,
  approversOf,
  bindsSeat,
  boundParty,
  livingSeats,
  partySeats,
} from '../agreement/parties.ts';
import { notProvided } from '../agreement/part.ts';
import { isInForce } from '../agreement/phase.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { AgreementState } from '../agreement/state.ts';
import { teller } from '../agreement/telling.ts';
import { approveEngagementEnd } from '../engagement/end.ts';
import { approveWaiver } from '../ledger/waiver.ts';
import { addYears } from '../local-date.ts';
import type { Instant, LocalDate } from '../time.ts';
import { localDateAt } from '../zone.ts';
import { approveOnePosting, approvePosting } from './amendment.ts';
import { confirmBaseline, lockedByTerms } from './baseline.ts';
import { approveSuspension } from './suspension.ts';
import { approveRepealPosting, approveTermination } from './termination.ts';

/** A paper older than this is not taken: its calendar is not pinned, and its past would be endless. */
const YEARS_BACK = 10;

/** What a signatory can be asked for on the way to the effect, in this order. */
type Step = 'review' | 'policy' | 'posting' | 'sign' | 'seal';

/** A party's signature on paper; in force when the last has signed, day 0 is the latest date on paper (S001a-01). */
export function sign(command: Sign, state: AgreementState): Decision | Rejection {
  const { agreement } = state;
  const party = signatory(command, state);
  if (typeof party !== 'string') return party;
  if (state.signatures[party] !== undefined) {
    return { rejected: 'already-signed', message: `${party} signed on ${state.signatures[party]}` };
  }
  const unreviewed = liabilityFirst(state) ?? reviewFirst(state);
  if (unreviewed) return unreviewed;
  const signedOn = dateOnPaper(state, command.receivedAtMs, { what: 'signed', on: command.signedOn });
  if (typeof signedOn !== 'string') return signedOn;
  const { documents } = command;
  const clauses = agreement.clauses.signing;
  return broughtOn(command, state, { ...base(command), type: 'agreement-signed', clauses, party, signedOn, documents });
}

/** A party's seal on paper, where signing is not enough: day 0 is the latest of all signatures and seals (S001b-64). */
export function seal(command: Seal, state: AgreementState): Decision | Rejection {
  const effect = state.agreement.life?.effect;
  if (!effect?.seal) return notProvided('seal');
  const party = signatory(command, state);
  if (typeof party !== 'string') return party;
  if (state.seals[party] !== undefined) {
    return {
      rejected: 'already-sealed',
      message: `${party} sealed on ${state.seals[party]}`,
      clauses: effect.sealClauses,
    };
  }
  const unreviewed = reviewFirst(state);
  if (unreviewed) return unreviewed;
  const sealedOn = dateOnPaper(state, command.receivedAtMs, { what: 'sealed', on: command.sealedOn });
  if (typeof sealedOn !== 'string') return sealedOn;
  const { documents } = command;
  const clauses = effect.sealClauses;
  return broughtOn(command, state, { ...base(command), type: 'agreement-sealed', clauses, party, sealedOn, documents });
}

type Approver = (command: Approve, state: AgreementState) => Decision | Rejection;

/** What can wait for a second mind, by its word; with a colon where it names which one. */
const APPROVERS: Record<string, Approver> = {
  review: (command, state) => approveEffect(command, 'review', state),
  policy: (command, state) => approveEffect(command, 'policy', state),
  posting: (command, state) => approveOnePosting(command, state) ?? approveEffect(command, 'posting', state),
  'baseline:': confirmBaseline,
  'waiver:': approveWaiver,
  suspension: approveSuspension,
  'suspension:': approveSuspension,
  'posting:': (command, state) => approveRepealPosting(command, state) ?? approvePosting(command, state),
  termination: approveTermination,
  'termination:': approveTermination,
  'engagement-end:': approveEngagementEnd,
};

/**
 * Consent of a second mind goes to the rule of what waits for it. Before the effect a word of its own (`agreement`) means
 * the review or the policy that waits for this seat; what is in force is consented to by its name alone (ADR 20).
 */
export function approve(command: Approve, state: AgreementState): Decision | Rejection {
  const { what } = command;
  const approver = approverOf(what);
  if (approver) return approver(command, state);
  const step = stepOf(state, speakerOf(command));
  if (!what.includes(':') && (step === 'review' || step === 'policy')) return approveEffect(command, step, state);
  const waiting = awaited(command, state);
  const known = waiting.length === 0 ? '' : `; what waits is ${waiting.join(', ')}`;
  return { rejected: 'nothing-to-approve', message: `nothing waits as ${what}${known}` };
}

function approverOf(what: string): Approver | undefined {
  const word = what.slice(0, what.indexOf(':') + 1) || what;
  return Object.hasOwn(APPROVERS, word) ? APPROVERS[word] : undefined;
}

function speakerOf({ actor: { seat, onBehalfOf } }: Approve): string {
  return seat === COORDINATOR ? (onBehalfOf ?? seat) : seat;
}

/** What would be accepted as this actor's consent now, by its name. */
function awaited(command: Approve, state: AgreementState): string[] {
  const names = [
    'review',
    'policy',
    'posting',
    ...state.baselines.map(({ goal }) => `baseline:${goal}`),
    ...state.waivers.map(({ number }) => `waiver:${number}`),
    ...state.pauseProposals.map(({ number }) => `suspension:${number}`),
    ...state.terminations.map(({ id }) => `termination:${id}`),
    ...[...state.amendments, ...state.terminations].map(({ id }) => `posting:${id}`),
  ];
  return names.filter((what) => {
    const decided = approverOf(what)?.({ ...command, what }, state);
    return decided !== undefined && !('rejected' in decided);
  });
}

/** Before the effect: that the terms were reviewed (S003-N-13), that a policy is approved, and posted (S004-30). */
function approveEffect(
  command: Approve,
  what: 'review' | 'policy' | 'posting',
  state: AgreementState,
): Decision | Rejection {
  const { agreement } = state;
  const effect = agreement.life?.effect;
  if (!effect?.[what === 'review' ? 'review' : 'policy']) return notProvided(what);
  if (isInForce(state)) return { rejected: 'already-in-force', message: 'it is in force already' };
  if (state.status !== 'awaiting-signatures') return { rejected: 'nothing-to-approve', message: 'it has ended' };
  const by = what === 'policy' ? approver(command, state) : signatory(command, state);
  if (typeof by !== 'string') return by;
  const given = {
    review: hasApproved(state, what, by) || state.signatures[by] !== undefined,
    policy: hasApproved(state, what, by) || isPolicyApproved(state),
    posting: postedOn(state) !== null,
  }[what];
  if (given) return { rejected: 'already-approved', message: `${by} has given ${what}` };
  const unfilled = liabilityFirst(state);
  if (unfilled) return unfilled;
  if (what !== 'review') {
    const unreviewed = reviewFirst(state);
    if (unreviewed) return unreviewed;
  }
  if (what === 'posting' && !isPolicyApproved(state)) {
    return { rejected: 'gate-closed', message: 'a policy is posted when management has approved it' };
  }
  const clauses = {
    review: effect.reviewClauses,
    policy: agreement.clauses.signing,
    posting: agreement.clauses.inForce,
  };
  const { documents } = command;
  return broughtOn(command, state, {
    ...base(command),
    type: 'approval-given',
    clauses: clauses[what],
    what,
    by,
    documents,
  });
}

/** The coordinator takes back what was started and is not in force. */
export function withdraw(command: Withdraw, state: AgreementState): Decision | Rejection {
  const { agreement } = state;
  if (!agreement.life) return notProvided('withdrawal');
  if (command.actor.seat !== COORDINATOR) {
    return { rejected: 'not-responsible', message: 'only the coordinator takes an agreement back' };
  }
  if (isInForce(state)) {
    return { rejected: 'already-in-force', message: 'what is in force is ended, not taken back' };
  }
  // No contract has a clause on taking back what nobody is bound by.
  const tell = teller(agreement, command.receivedAtMs, []);
  return decision({
    events: [{ ...base(command), type: 'agreement-withdrawn', clauses: [] }],
    schedule: partySeats(agreement).map((seat) => tell('agreement-withdrawn', seat, {})),
  });
}

export function evolveEffect(
  state: AgreementState,
  event: AgreementSealed | ApprovalGiven | AgreementWithdrawn,
): AgreementState {
  switch (event.type) {
    case 'agreement-sealed':
      return { ...state, seals: { ...state.seals, [event.party]: event.sealedOn } };
    case 'approval-given': {
      const { what, by, actor, occurredAtMs } = event;
      const approval = { what, by, personId: actor.personId, atMs: occurredAtMs };
      return { ...state, approvals: [...state.approvals, approval] };
    }
    case 'agreement-withdrawn':
      return {
        ...state,
        status: 'closed',
        endedOn: localDateAt(state.agreement.zone, event.occurredAtMs),
        obligations: state.obligations.map((obligation) => ({ ...obligation, status: 'cancelled' })),
      };
  }
}

/** What everybody who is on the way to the effect is asked for as things stand. */
export function invitations(state: AgreementState, atMs: Instant): NoticeDraft[] {
  const { agreement } = state;
  const seats = [...approversOf(agreement), ...agreement.signatories];
  return [...new Set(seats)].flatMap((seat) => invitation(state, seat, atMs));
}

/** What somebody is asked for as things stand; nothing where it has nobody to write to, or nothing to do. */
export function invitation(state: AgreementState, seat: string, atMs: Instant): NoticeDraft[] {
  const { agreement } = state;
  const step = agreement.seats.includes(seat) ? stepOf(state, seat) : undefined;
  const effect = agreement.life?.effect;
  const tell = (clauses: string[]) => teller(agreement, atMs, clauses);
  switch (step) {
    case undefined:
      return [];
    case 'sign': {
      const facts: NoticeFacts = effect?.seal ? { kind: 'signature-and-seal' } : {};
      return [{ ...tell(agreement.clauses.signing)('sign-invitation', seat, facts), act: 'sign' }];
    }
    case 'seal': {
      const signedOn = state.signatures[seat];
      const facts: NoticeFacts = signedOn === undefined ? {} : { signedOn };
      return [{ ...tell(effect?.sealClauses ?? [])('seal-invitation', seat, facts), act: 'seal' }];
    }
    case 'review':
      return [
        { ...tell(effect?.reviewClauses ?? [])('approval-request', seat, { about: step }), act: 'approve' as const },
      ];
    case 'policy':
    case 'posting':
      return [
        { ...tell(agreement.clauses.signing)('approval-request', seat, { about: step }), act: 'approve' as const },
      ];
  }
}

/** Whether what a notice asks of a signatory before the effect is still to be done. */
export function isStillAsked({ kind, seat, facts }: NoticeDraft, state: AgreementState): boolean {
  const step = stepOf(state, seat);
  if (kind === 'sign-invitation') return step === 'sign';
  if (kind === 'seal-invitation') return step === 'seal';
  const { about } = facts;
  if (about?.startsWith('posting:')) return isInForce(state);
  return about === 'review' || about === 'policy' || about === 'posting' ? step === about : true;
}

/** What comes next for a signatory on the way to the effect. */
function stepOf(state: AgreementState, party: string): Step | undefined {
  const { agreement, status, signatures, seals } = state;
  if (status !== 'new' && status !== 'awaiting-signatures') return undefined;
  const isSignatory = agreement.signatories.includes(party);
  const effect = agreement.life?.effect;
  if (!isReviewed(state)) return !isSignatory || hasApproved(state, 'review', party) ? undefined : 'review';
  if (effect?.policy && !isPolicyApproved(state)) {
    return approversOf(agreement).includes(party) && !hasApproved(state, 'policy', party) ? 'policy' : undefined;
  }
  if (!isSignatory) return undefined;
  if (signatures[party] === undefined) {
    if (!effect?.policy) return 'sign';
    if (postedOn(state) === null) return 'posting';
  }
  return effect?.seal && seals[party] === undefined ? 'seal' : undefined;
}

function hasApproved({ approvals }: AgreementState, what: string, by: string): boolean {
  return approvals.some((one) => one.what === what && one.by === by);
}

/** Everyone has confirmed having reviewed the terms, where that is a gate (S003-N-13). */
function isReviewed(state: AgreementState): boolean {
  const { signatories, life } = state.agreement;
  return !life?.effect.review || signatories.every((party) => hasApproved(state, 'review', party));
}

/** Signing is refused while the liability for breach, or how it is compensated, is left open (S003-N-13). */
function liabilityFirst({ agreement }: AgreementState): Rejection | undefined {
  const effect = agreement.life?.effect;
  if (!effect?.liabilityOpen) return undefined;
  return {
    rejected: 'gate-closed',
    message: 'breach liability and compensation are not filled in',
    clauses: effect.reviewClauses,
  };
}

function reviewFirst(state: AgreementState): Rejection | undefined {
  if (isReviewed(state)) return undefined;
  return {
    rejected: 'review-first',
    message: 'everyone reviews the terms before anyone signs',
    clauses: state.agreement.life?.effect.reviewClauses ?? [],
  };
}

/** A signature stands for the approval, too. */
function isPolicyApproved(state: AgreementState): boolean {
  const { agreement, signatures } = state;
  return (
    agreement.signatories.every((party) => signatures[party] !== undefined) ||
    approversOf(agreement).every((by) => signatures[by] !== undefined || hasApproved(state, 'policy', by))
  );
}

/** The day on which a policy was posted. */
function postedOn({ agreement, approvals }: AgreementState): LocalDate | null {
  const posting = approvals.find(({ what }) => what === 'posting');
  return posting ? localDateAt(agreement.zone, posting.atMs) : null;
}

/** The dates that bring it into force, one or more for each signatory; null while one of them is missing. */
function datesOfEffect(state: AgreementState): LocalDate[] | null {
  const { agreement, signatures, seals } = state;
  const posted = postedOn(state);
  const dates = agreement.signatories.flatMap((party) => [
    signatures[party] ?? posted,
    ...(agreement.life?.effect.seal ? [seals[party] ?? null] : []),
  ]);
  const known = dates.filter((date) => date !== null);
  return known.length === dates.length ? known : null;
}

/** What a step before the effect brings: the effect itself when nothing is missing any more, else who is asked next. */
function broughtOn(command: Sign | Seal | Approve, state: AgreementState, step: EventBody): Decision | Rejection {
  const after = evolve(state, step);
  const dates = datesOfEffect(after);
  if (dates !== null) return comeIntoForce(command, after, step, dates);
  const asked = (one: AgreementState) => invitations(one, command.receivedAtMs);
  const before = asked(state);
  const isNew = ({ kind, seat, facts }: NoticeDraft) =>
    !before.some((one) => one.kind === kind && one.seat === seat && one.facts.about === facts.about);
  return decision({ events: [step], schedule: asked(after).filter(isNew) });
}

/** Day 0 is the latest of all dates; the clocks that are known begin. */
function comeIntoForce(
  command: Sign | Seal | Approve,
  state: AgreementState,
  last: EventBody,
  dates: LocalDate[],
): Decision | Rejection {
  const { agreement } = state;
  const day0 = dates.reduce((latest, date) => (date > latest ? date : latest));
  const expiresOn = expiryOf(agreement, day0);
  if (expiresOn !== null && day0 > expiresOn) {
    return { rejected: 'signed-after-expiry', message: `signed on ${day0}, after ${expiresOn}` };
  }
  const dues = agreement.obligations.flatMap((rule) => {
    const due = firstDue(agreement, rule, { inForceOn: day0, expiresOn });
    return due ? [{ obligation: rule.id, dueAtMs: due.dueAtMs, localDate: due.localDate }] : [];
  });
  const effect: AgreementInForce = {
    ...base(command),
    type: 'agreement-in-force',
    clauses: agreement.clauses.inForce,
    signedOn: day0,
    ...(agreement.term && expiresOn !== null ? { expiresOn } : {}),
    dues,
  };
  const inForce = evolve(state, effect);
  const opened = openings(inForce, command.receivedAtMs, command.actor, command.id);
  const facts: NoticeFacts = {
    signedOn: day0,
    dues: dues.map(({ obligation, localDate }) => ({
      obligation,
      localDate,
      responsible: agreement.obligations.find((rule) => rule.id === obligation)?.responsible ?? '',
    })),
  };
  const tell = teller(agreement, command.receivedAtMs, agreement.clauses.inForce);
  const others = livingSeats(agreement).filter((seat) => seat !== actingParty(command.actor));
  return decision({
    events: [last, effect, ...lockedByTerms(inForce, base(command)), ...opened],
    schedule: others.map((seat) => tell('agreement-in-force', seat, facts)),
  });
}

/** The party whose signature, seal or consent this is. */
function signatory({ actor, documents }: Sign | Seal | Approve, { agreement }: AgreementState): string | Rejection {
  // Agreements from before there was a life keep the rule that they began under.
  const party = agreement.life ? boundParty(actor) : actingParty(actor);
  if (party === undefined || !agreement.signatories.includes(party)) {
    return { rejected: 'not-responsible', message: `signed by ${agreement.signatories.join(', ')}` };
  }
  if (actor.seat === COORDINATOR && documents.length === 0) {
    return { rejected: 'evidence-missing', message: 'what is entered for a party needs its scan' };
  }
  return party;
}

/** Whose approval of a policy this is: the seat's that gives it, the party's itself, or a coordinator's with the minutes. */
function approver({ actor, documents }: Approve, { agreement }: AgreementState): string | Rejection {
  const by = approversOf(agreement).find((seat) => bindsSeat(agreement, actor, seat));
  if (by === undefined) {
    return { rejected: 'not-responsible', message: `approved by ${approversOf(agreement).join(', ')}` };
  }
  if (actor.seat === COORDINATOR && documents.length === 0) {
    return { rejected: 'evidence-missing', message: 'what is entered for a party needs its scan' };
  }
  return by;
}

/** The date on the paper, today when none is said; neither in the future nor too long ago. */
function dateOnPaper(
  { agreement }: AgreementState,
  atMs: Instant,
  { what, on }: { what: 'signed' | 'sealed'; on: LocalDate | undefined },
): LocalDate | Rejection {
  const today = localDateAt(agreement.zone, atMs);
  const date = on ?? today;
  if (date > today) return { rejected: `${what}-on-in-future`, message: `${what} on ${date}, after ${today}` };
  if (date < addYears(today, -YEARS_BACK)) {
    return { rejected: `${what}-on-too-early`, message: `${what} on ${date}, more than ${YEARS_BACK} years ago` };
  }
  return date;
}

function base({ id, receivedAtMs, actor }: PersonCommand) {
  return { occurredAtMs: receivedAtMs, actor, commandId: id };
}
