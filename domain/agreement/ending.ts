import { addDays, addMonths } from '../local-date.ts';
import { rulesOf } from '../obligations/registry.ts';
import type { Instant, LocalDate } from '../time.ts';
import { instantAt, localDateAt } from '../zone.ts';
import type { CompiledAgreement } from './compiled.ts';
import type { Actor, Terminate } from './command.ts';
import { type Decision, decision } from './decision.ts';
import type { EventBody } from './event.ts';
import { obligationContexts } from './obligations.ts';
import { CLOCK, COORDINATOR, livingSeats } from './parties.ts';
import type { Rejection } from './rejection.ts';
import type { AgreementState } from './state.ts';
import { teller } from './telling.ts';

/** The coordinator records an end that the parties agreed outside (S001a-37). */
export function terminate(command: Terminate, state: AgreementState): Decision | Rejection {
  if (command.actor.seat !== COORDINATOR) {
    return { rejected: 'not-responsible', message: 'only the coordinator records an end' };
  }
  const endedOn = localDateAt(state.agreement.zone, command.receivedAtMs);
  return end(state, 'agreement-terminated', endedOn, command.receivedAtMs, command.actor, command.id);
}

/** The term is over at 24:00 of its last day, whatever day it is (design §4). */
export function expiryMs({ agreement, expiresOn }: AgreementState): Instant | undefined {
  return expiresOn === null ? undefined : instantAt(agreement.zone, addDays(expiresOn, 1), '00:00');
}

/** Last day of the term for an agreement in force from that day on: N years from D end with D + N years (design §4). */
export function expiryOf({ expiresOn, term }: CompiledAgreement, inForceOn: LocalDate): LocalDate | null {
  if (expiresOn !== null || !term) return expiresOn;
  return addMonths(inForceOn, term.unit === 'years' ? term.count * 12 : term.count);
}

export function expire(state: AgreementState, atMs: Instant): Decision {
  return end(state, 'agreement-expired', state.expiresOn ?? '', atMs, CLOCK);
}

function end(
  state: AgreementState,
  type: 'agreement-terminated' | 'agreement-expired',
  endedOn: LocalDate,
  atMs: Instant,
  actor: Actor,
  commandId?: string,
): Decision {
  const { agreement } = state;
  const open = obligationContexts(state).filter(({ rule, state: obligation }) => rulesOf(rule).isOpen(obligation));
  const settled = open.map((context) => rulesOf(context.rule).endDeliverable(context, endedOn, atMs, actor, commandId));
  const base = {
    occurredAtMs: atMs,
    actor,
    endedOn,
    cancelled: open.map(({ rule, state: { occurrence } }) =>
      occurrence === null ? rule.id : `${rule.id}#${occurrence}`,
    ),
    ...(commandId ? { commandId } : {}),
  };
  const last: EventBody =
    type === 'agreement-terminated'
      ? { ...base, type, ground: 'agreed', clauses: agreement.clauses.termination }
      : { ...base, type, clauses: agreement.clauses.expiry };
  const tell = teller(agreement, atMs, last.clauses);
  return decision({
    events: [...settled.flatMap(({ events }) => events), last],
    schedule: [
      ...settled.flatMap(({ schedule }) => schedule),
      ...livingSeats(agreement).map((seat) => tell(type, seat, { endedOn })),
    ],
  });
}
