import { begun } from '../life/afterwards.ts';
import { lapsedAtEnd } from '../life/amendment.ts';
import { concluded } from '../life/settlement.ts';
import { addDays, addMonths } from '../local-date.ts';
import { rulesOf } from '../obligations/registry.ts';
import type { Instant, LocalDate } from '../time.ts';
import { instantAt, localDateAt } from '../zone.ts';
import type { CompiledAgreement } from './compiled.ts';
import type { Actor, Terminate } from './command.ts';
import { type Decision, decision } from './decision.ts';
import type { AgreementTerminated } from './event.ts';
import { obligationContexts } from './obligations.ts';
import { CLOCK, COORDINATOR, livingSeats } from './parties.ts';
import { referenceOf } from './reference.ts';
import type { Rejection } from './rejection.ts';
import type { AgreementState } from './state.ts';
import { teller } from './telling.ts';

/** The coordinator records an end that the parties agreed outside (S001a-37). */
export function terminate(command: Terminate, state: AgreementState): Decision | Rejection {
  if (command.actor.seat !== COORDINATOR) {
    return { rejected: 'not-responsible', message: 'only the coordinator records an end' };
  }
  const endedOn = localDateAt(state.agreement.zone, command.receivedAtMs);
  const ending = {
    type: 'agreement-terminated',
    ground: 'agreed',
    clauses: state.agreement.clauses.termination,
    ...(command.documents?.length ? { documents: command.documents } : {}),
  } as const;
  return end(state, ending, endedOn, command.receivedAtMs, command.actor, command.id);
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
  const { clauses } = state.agreement;
  return end(state, { type: 'agreement-expired', clauses: clauses.expiry }, state.expiresOn ?? '', atMs, CLOCK);
}

/** On what it ends: the end of its term, what the parties agreed outside, or a ground of the contract. */
type Ending =
  | { type: 'agreement-expired'; clauses: string[] }
  | ({ type: 'agreement-terminated' } & Pick<AgreementTerminated, 'clauses' | 'ground' | 'code' | 'documents'>);

/**
 * Everything that comes with the end: accrual stops on that day, inclusive; what is open is cancelled, save payments that
 * have fallen due, which stay owed; what is owed afterwards begins.
 */
export function end(
  state: AgreementState,
  ending: Ending,
  endedOn: LocalDate,
  atMs: Instant,
  actor: Actor,
  commandId?: string,
): Decision {
  const { agreement } = state;
  const open = obligationContexts(state).filter(({ rule, state: obligation }) => rulesOf(rule).isOpen(obligation));
  const stopped = open.map((context) => rulesOf(context.rule).endObligation(context, endedOn, atMs, actor, commandId));
  const base = { occurredAtMs: atMs, actor, ...(commandId ? { commandId } : {}) };
  const cancelled = open
    .filter(({ rule, state: obligation }) => !rulesOf(rule).staysOwed(obligation, endedOn))
    .map(({ rule, state: { occurrence } }) => referenceOf({ obligation: rule.id, occurrence }));
  const tell = teller(agreement, atMs, ending.clauses);
  const ground = 'ground' in ending && ending.ground !== 'agreed' ? { ground: ending.ground } : {};
  const last = decision({
    events: [
      ...stopped.flatMap(({ events }) => events),
      ...lapsedAtEnd(state, base),
      { ...base, ...ending, endedOn, cancelled },
    ],
    schedule: [
      ...stopped.flatMap(({ schedule }) => schedule),
      ...livingSeats(agreement).map((seat) => tell(ending.type, seat, { endedOn, ...ground })),
    ],
  });
  return concluded(begun(last, state, endedOn, base), state, base);
}
