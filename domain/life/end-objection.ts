import type { ObjectToRenewal } from '../agreement/command.ts';
import { type Decision, decision, isRejection } from '../agreement/decision.ts';
import type { TerminationObjected } from '../agreement/event.ts';
import { COORDINATOR, boundParty, hasCoordinator, mailSeat } from '../agreement/parties.ts';
import { notProvided } from '../agreement/part.ts';
import { isInForce } from '../agreement/phase.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { AgreementState, TerminationNotice } from '../agreement/state.ts';
import { teller } from '../agreement/telling.ts';
import { openMatter } from '../matters/matters.ts';
import type { Instant } from '../time.ts';
import { isObjected } from './renewal.ts';

/**
 * The other side does not agree to an end while its notice period runs (S001c-63). It is on record and told to whoever gave
 * notice; where the contract has a way for disputes, one begins. It does not stop the end (Civil Code 565, ADR 18).
 */
export function objectToEnd(command: ObjectToRenewal, state: AgreementState): Decision | Rejection {
  const { agreement } = state;
  const { actor, documents, receivedAtMs, notice: id } = command;
  const notice = state.terminations.find((one) => one.id === id);
  const rule = agreement.life?.terminations.find(({ ground }) => ground === notice?.ground);
  if (!notice || !rule) return { rejected: 'gate-closed', message: `no notice ${id ?? ''} of an end was given` };
  const { clauses } = rule;
  if (!rule.objection || (rule.noticeDays ?? 0) === 0) return notProvided('objection to the end');
  const by = boundParty(actor);
  if (by === undefined || by === notice.by || !agreement.parties.includes(by)) {
    return { rejected: 'not-responsible', message: `the other side than ${notice.by} objects`, clauses };
  }
  if (actor.seat === COORDINATOR && documents.length === 0) {
    return { rejected: 'evidence-missing', message: 'an objection entered for a party needs its document', clauses };
  }
  if (notice.due === null) return { rejected: 'gate-closed', message: `${notice.id} has not been received`, clauses };
  if (receivedAtMs >= notice.due.dueAtMs) {
    return { rejected: 'date-out-of-range', message: `the notice ran until ${notice.due.localDate}`, clauses };
  }
  const { objectedBy = [] } = notice;
  if (objectedBy.includes(by)) return { rejected: 'already-objected', message: `${by} has objected`, clauses };
  const objected: TerminationObjected = {
    type: 'termination-objected',
    occurredAtMs: receivedAtMs,
    actor,
    clauses,
    commandId: command.id,
    notice: notice.id,
    by,
    documents,
  };
  const tell = teller(agreement, receivedAtMs, clauses);
  const told = [mailSeat(agreement, notice.by), ...(hasCoordinator(agreement) ? [COORDINATOR] : [])];
  const { localDate } = notice.due;
  const facts = { by, against: notice.by, about: notice.id, ground: notice.ground, localDate };
  const dispute = disputeOf(command, notice.by, state);
  return decision({
    events: [objected, ...dispute.events],
    schedule: [
      ...told.filter((seat) => seat !== actor.seat).map((seat) => tell('termination-objected', seat, facts)),
      ...dispute.schedule,
    ],
  });
}

/**
 * The notice that an objection is about: the one it names. Without a name it is the renewal's, as its mail and its page ask
 * it, while the contract renews by itself and nobody has objected to that; else the first running notice of the other side
 * that allows objection, and where there is none that this side may object to, the last that was given, whose rule says why.
 */
export function endMeant({ actor, notice, receivedAtMs }: ObjectToRenewal, state: AgreementState): string | undefined {
  if (notice !== undefined) return notice;
  const { life } = state.agreement;
  if (life?.renewal?.automatic === true && !isObjected(state)) return undefined;
  const by = boundParty(actor);
  const open = state.terminations.filter(({ ground }) =>
    life?.terminations.some((rule) => rule.ground === ground && rule.objection),
  );
  const meant = open.find((one) => by !== undefined && mayObjectToEnd(state, one, receivedAtMs).includes(by));
  return (meant ?? open.at(-1))?.id;
}

/** Who may still object to an end: other sides than the one that gave notice, while it runs. */
export function mayObjectToEnd(state: AgreementState, notice: TerminationNotice, nowMs: Instant): string[] {
  const { agreement } = state;
  const rule = agreement.life?.terminations.find(({ ground }) => ground === notice.ground);
  const runs = isInForce(state) && notice.due !== null && nowMs < notice.due.dueAtMs;
  if (!runs || !rule?.objection || (rule.noticeDays ?? 0) === 0) return [];
  const { by, objectedBy = [] } = notice;
  return agreement.parties.filter((party) => party !== by && !objectedBy.includes(party));
}

/** The dispute that it begins; nothing where the contract has no way for one. */
function disputeOf(command: ObjectToRenewal, to: string, state: AgreementState): Pick<Decision, 'events' | 'schedule'> {
  if (!state.agreement.life?.disputes.length) return { events: [], schedule: [] };
  const { id, receivedAtMs, actor, documents } = command;
  const opened = openMatter({ type: 'open-matter', id, receivedAtMs, actor, kind: 'dispute', to, documents }, state);
  return isRejection(opened) ? { events: [], schedule: [] } : opened;
}

export function evolveEndObjection(state: AgreementState, { notice, by }: TerminationObjected): AgreementState {
  return {
    ...state,
    terminations: state.terminations.map((one) =>
      one.id === notice ? { ...one, objectedBy: [...(one.objectedBy ?? []), by] } : one,
    ),
  };
}
