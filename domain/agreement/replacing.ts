import { invitation } from '../life/effect.ts';
import type { Instant } from '../time.ts';
import { localDateAt } from '../zone.ts';
import type { Actor, Replace, Vacate } from './command.ts';
import { type Decision, decision } from './decision.ts';
import type { NoticeDraft } from './notice.ts';
import { COORDINATOR, hasCoordinator, partyOf } from './parties.ts';
import { askSuccessor, unreadBy } from './reading.ts';
import type { Rejection } from './rejection.ts';
import { relieveDeputies, standInsToEnd } from './relieving.ts';
import { dutiesOf, dutyFacts, sitsOnOtherSide } from './seating.ts';
import type { AgreementState } from './state.ts';
import { teller } from './telling.ts';

/**
 * A person is replaced in a seat: what the seat has to do goes on, under the same dates. The one before is told, and
 * whoever stood in, unless they did it themselves.
 */
export function replace(command: Replace, state: AgreementState): Decision | Rejection {
  const { seat, personId, actor } = command;
  const refused = mayNotArrange(actor, state, seat);
  if (refused) return refused;
  const before = state.seated[seat] ?? null;
  if (before === personId) return decision({});
  const from = localDateAt(state.agreement.zone, command.receivedAtMs);
  if (sitsOnOtherSide(state, { personId, seat, from })) {
    return { rejected: 'both-sides', message: 'one person cannot sit on both sides' };
  }
  const open = dutiesOf(state, seat);
  const tell = teller(state.agreement, command.receivedAtMs, state.agreement.clauses.start);
  const unread = unreadBy(state, seat);
  const notice = tell('seat-handed-over', seat, {
    seat,
    ...(before === null ? {} : { before }),
    after: personId,
    ...dutyFacts(state, open),
    ...(unread.length > 0 ? { unread } : {}),
  });
  const copy = { ...notice, seat: COORDINATOR, role: 'copy' };
  const copied = hasCoordinator(state.agreement) && ![actor.seat, seat].includes(COORDINATOR);
  const told = before !== null && before !== actor.personId;
  return decision({
    events: [{ ...base(command, state), type: 'seat-replaced', seat, before, after: personId, open }],
    schedule: [
      notice,
      ...(copied ? [copy] : []),
      ...(told ? [{ ...tell('seat-relieved', seat, { seat, before, after: personId }), addressee: before }] : []),
      ...relieveDeputies(standInsToEnd(state, seat, from), tell, [actor.personId, personId]),
      ...askSignatory(state, seat, command.receivedAtMs),
      ...askSuccessor(state, seat, command.receivedAtMs),
    ],
  });
}

/**
 * A person leaves and nobody follows yet. The seat is the coordinator's until somebody does: its mail goes there, and the
 * coordinator is told which duties wait. Whoever stood in for them does no longer, and is told.
 */
export function vacate(command: Vacate, state: AgreementState): Decision | Rejection {
  const { seat, actor } = command;
  const refused = mayNotArrange(actor, state, seat);
  if (refused) return refused;
  if (seat === COORDINATOR)
    return { rejected: 'successor-needed', message: 'the coordinator is replaced, never missing' };
  const before = state.seated[seat] ?? null;
  if (before === null && seat in state.seated) return decision({});
  const open = dutiesOf(state, seat);
  const today = localDateAt(state.agreement.zone, command.receivedAtMs);
  const facts = { seat, ...(before === null ? {} : { before }), ...dutyFacts(state, open) };
  const tell = teller(state.agreement, command.receivedAtMs, state.agreement.clauses.start);
  return decision({
    events: [{ ...base(command, state), type: 'seat-vacated', seat, before, open }],
    schedule: [
      ...(hasCoordinator(state.agreement) ? [tell('seat-vacant', COORDINATOR, facts)] : []),
      ...relieveDeputies(standInsToEnd(state, seat, today), tell, [actor.personId]),
    ],
  });
}

/** Whoever has to sign or seal is asked once more: what the one before was asked, unless that has not left yet. */
function askSignatory(state: AgreementState, seat: string, atMs: Instant): NoticeDraft[] {
  const leaves = (draft: NoticeDraft): boolean =>
    state.delivery.scheduled.some((one) => one.kind === draft.kind && one.seat === seat);
  return invitation(state, seat, atMs).filter((draft) => !leaves(draft));
}

/** Who may say who fills a seat: the coordinator, the seat's party; of a seat that is there. A deputy may not. */
export function mayNotArrange(actor: Actor, { agreement }: AgreementState, seat: string): Rejection | undefined {
  if (!agreement.seats.includes(seat))
    return { rejected: 'unknown-seat', message: `nobody was ever seated as ${seat}` };
  if (actor.deputyFor !== undefined) {
    return { rejected: 'no-onward-delegation', message: 'a deputy neither delegates nor replaces' };
  }
  const party = partyOf(agreement, seat);
  const may = [COORDINATOR, seat, party].includes(actor.seat);
  return may ? undefined : { rejected: 'not-responsible', message: `${seat} is filled by ${party}` };
}

function base({ id, receivedAtMs, actor }: Replace | Vacate, { agreement }: AgreementState) {
  return { occurredAtMs: receivedAtMs, actor, clauses: agreement.clauses.start, commandId: id };
}
