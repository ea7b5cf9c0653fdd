import type { Actor, Serve } from '../agreement/command.ts';
import type { CompiledAgreement, CompiledLife, CompiledPatch, ThirdPartyCap } from '../agreement/compiled.ts';
import { type Decision, decision } from '../agreement/decision.ts';
import type { NoticeServed } from '../agreement/event.ts';
import type { NoticeDraft, NoticeFacts } from '../agreement/notice.ts';
import { COORDINATOR, THIRD, hasCoordinator, partySeats } from '../agreement/parties.ts';
import { NOTHING, notProvided } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { AgreementState, Amendment, ThirdConsent } from '../agreement/state.ts';
import { teller } from '../agreement/telling.ts';
import { dueAfterDays } from '../deadline.ts';
import type { Instant, LocalDate } from '../time.ts';
import type { Brought } from './breach.ts';
import { isSame } from './patch.ts';
import type { Cause } from './settlement.ts';

/** A deadline for an act: it rolls over. */
const CONSENT_DAY = { rollover: 'next-working-day', dayEnd: '24:00' } as const;

/** The caps of a third party's liability that a patch changes (S001b-78). */
export function capsChanged({ life }: CompiledAgreement, patch: CompiledPatch): ThirdPartyCap[] {
  const capOf = (one: CompiledLife | undefined, id: string) => one?.liabilities.find((rule) => rule.id === id)?.cap;
  return (life?.amendment?.excludes ?? []).filter(
    ({ liability: id }) => patch.life && !isSame(capOf(patch.life, id) ?? null, capOf(life, id) ?? null),
  );
}

/** Whatever waits for a third party waits alone: a proposal of its cap touches nothing else. */
export function mixedWith(
  { life }: CompiledAgreement,
  patch: CompiledPatch,
  caps: ThirdPartyCap[],
): Rejection | undefined {
  if (caps.length === 0) return undefined;
  const apart = (one: CompiledLife | undefined): unknown =>
    one && {
      ...one,
      liabilities: one.liabilities.map((rule) =>
        caps.some(({ liability }) => liability === rule.id) ? { ...rule, cap: null } : rule,
      ),
    };
  const isAlone =
    patch.obligations.length === 0 &&
    patch.removed.length === 0 &&
    patch.expiresOn === undefined &&
    patch.terms.every((name) => caps.some(({ term }) => term === undefined || term === name)) &&
    isSame(apart(life), apart(patch.life));
  if (isAlone) return undefined;
  return {
    rejected: 'mixed-amendment',
    message: 'the cap of a third party’s liability waits for its consent: propose that change by itself',
    clauses: clausesOf(caps),
  };
}

/**
 * A patch as it is on the day of its effect: one of a third party's cap changes that cap alone of what holds by then, and
 * any other leaves it as it is by then.
 */
export function rebased({ agreement: { life } }: AgreementState, { patch, third }: Amendment): CompiledPatch {
  if (!patch.life || !life) return patch;
  const excluded = (life.amendment?.excludes ?? []).map(({ liability }) => liability);
  const [base, caps] = third ? [life, patch.life] : [patch.life, life];
  const liabilities = base.liabilities.map((rule) => {
    const from = excluded.includes(rule.id) ? caps.liabilities.find(({ id }) => id === rule.id) : undefined;
    return from ? { ...rule, cap: from.cap } : rule;
  });
  return { ...patch, life: { ...base, liabilities } };
}

/** Whether it waits for the third party: both parties have agreed to it. */
export function awaitsThird({ status, third }: Amendment): boolean {
  return status === 'proposed' && (third?.stage === 'agreed-by-parties' || third?.stage === 'notified');
}

/** Whether two changes of a third party's cap wait for it: what both agreed on later stands for what they agreed before. */
export function outdates(amendment: Amendment, other: Amendment): boolean {
  return other.id !== amendment.id && awaitsThird(amendment) && awaitsThird(other);
}

export function clausesOf(caps: readonly ThirdPartyCap[]): string[] {
  return [...new Set(caps.flatMap(({ clauses }) => clauses))];
}

/** The clauses that a change of a third party's cap rests on; its patch may be gone by then. */
export function capClauses({ life }: CompiledAgreement): string[] {
  return clausesOf(life?.amendment?.excludes ?? []);
}

/**
 * The written notice of the cap that both parties agreed on, in both their names: by mail with its answer, where the third
 * party has an address; where not, the parties and the coordinator are told that it is to be given by hand (S001b-79).
 */
export function capNotice(
  { agreement, seated }: AgreementState,
  amendment: Amendment,
  { actor, receivedAtMs: atMs }: { actor: Actor; receivedAtMs: Instant },
): Pick<Decision, 'issue' | 'schedule'> {
  const tell = teller(agreement, atMs, capClauses(agreement));
  const { id: about, by, effectiveOn: from, changes } = amendment;
  const facts: NoticeFacts = { about, by, from, against: THIRD, changes };
  const coordinator = hasCoordinator(agreement) && actor.seat !== COORDINATOR ? [COORDINATOR] : [];
  if (!hasAddress({ agreement, seated })) {
    const seats = [...partySeats(agreement).filter((seat) => seat !== actor.seat), ...coordinator];
    return { issue: [], schedule: seats.map((seat) => tell('cap-notice', seat, { ...facts, status: 'by-hand' })) };
  }
  const mail: NoticeDraft = {
    ...tell('cap-notice', THIRD, { ...facts, serves: `amendment:${about}` }),
    act: 'accept',
    atMs,
  };
  return { issue: [mail], schedule: coordinator.map((seat) => ({ ...tell('cap-notice', seat, facts), role: 'copy' })) };
}

/** Whether somebody can be written to for the third party. */
function hasAddress({ agreement, seated }: Pick<AgreementState, 'agreement' | 'seated'>): boolean {
  return agreement.seats.includes(THIRD) && seated[THIRD] !== null;
}

/** The notice of a cap by hand, with the third party's receipt; or by mail again, where the first came back. */
export function serveCapNotice(command: Serve, state: AgreementState): Decision | Rejection {
  const { about, servedOn, receivedAtMs, actor, id } = command;
  const clauses = capClauses(state.agreement);
  if (clauses.length === 0) return notProvided('change of a third party’s cap');
  const amendment = state.amendments.find((one) => one.id === about);
  if (!amendment) return { rejected: 'unknown-amendment', message: `no amendment ${about ?? ''}`, clauses };
  if (amendment.third?.stage === 'proposed' && amendment.status === 'proposed') {
    return { rejected: 'gate-closed', message: 'both parties agree before the third party is notified', clauses };
  }
  if (!awaitsThird(amendment)) {
    return { rejected: 'amendment-closed', message: `${amendment.id} waits for no third party`, clauses };
  }
  if (amendment.third?.stage === 'notified') {
    return { rejected: 'already-notified', message: `the third party has had notice of ${amendment.id}`, clauses };
  }
  if (servedOn === undefined) {
    if (hasAddress(state)) return decision(capNotice(state, amendment, command));
    return {
      rejected: 'evidence-missing',
      message: 'the third party has no address: by hand, with a document',
      clauses,
    };
  }
  const cause: Cause = { occurredAtMs: receivedAtMs, actor, commandId: id };
  return decision(capServed(state, amendment.id, servedOn, cause));
}

/** The notice reached the third party: its days to consent run from then, where a number of them is agreed. */
export function capServed(state: AgreementState, id: string, servedOn: LocalDate, cause: Cause): Brought {
  const { agreement } = state;
  const amendment = state.amendments.find((one) => one.id === id);
  if (amendment?.status !== 'proposed' || amendment.third?.stage !== 'agreed-by-parties') return NOTHING;
  const { calendar, zone } = agreement;
  const consentDays = consentDaysOf(agreement, amendment);
  const counted = consentDays === null ? null : dueAfterDays(servedOn, consentDays, CONSENT_DAY, calendar, zone);
  // What comes to light when its days are over already is silence from now on.
  const due = counted && { ...counted, dueAtMs: Math.max(counted.dueAtMs, cause.occurredAtMs) };
  const event: NoticeServed = {
    ...cause,
    type: 'notice-served',
    clauses: capClauses(agreement),
    notice: `amendment:${id}`,
    servedOn,
    due,
  };
  return { events: [event], schedule: [] };
}

/** Days to consent to the cap that an amendment changes; null: no length is agreed. */
export function consentDaysOf({ life }: CompiledAgreement, { changes }: Pick<Amendment, 'changes'>): number | null {
  const cap = life?.amendment?.excludes?.find(({ liability }) => changes.some(({ of }) => of === `cap:${liability}`));
  return cap?.consentDays ?? null;
}

/** Why the third party cannot answer yet: it consents to what it was told in writing. */
export function notNotified({ agreement }: AgreementState, { third }: Amendment): Rejection | undefined {
  if (third?.stage !== 'proposed' && third?.stage !== 'agreed-by-parties') return undefined;
  const message = 'the third party answers the written notice of both parties, which it has not had';
  return { rejected: 'gate-closed', message, clauses: capClauses(agreement) };
}

export function evolveCapNotice(state: AgreementState, { notice, servedOn, due }: NoticeServed): AgreementState {
  const third: ThirdConsent = { stage: 'notified', notifiedOn: servedOn, due };
  return {
    ...state,
    amendments: state.amendments.map((one) =>
      notice === `amendment:${one.id}` ? { ...one, third, lapsesAtMs: due?.dueAtMs ?? null } : one,
    ),
  };
}

/** From which day an amendment holds: the day it names, or of a third party's cap the day of its consent, if later. */
export function holdsFrom({ third, effectiveOn }: Amendment, on: LocalDate): LocalDate {
  return third && on > effectiveOn ? on : effectiveOn;
}
