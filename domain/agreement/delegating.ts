import type { Instant } from '../time.ts';
import { instantAt, localDateAt } from '../zone.ts';
import type { Delegate, Recall } from './command.ts';
import { type Decision, decision } from './decision.ts';
import { COORDINATOR, hasCoordinator } from './parties.ts';
import type { Rejection } from './rejection.ts';
import { relieveDeputies, standInsToEnd } from './relieving.ts';
import { mayNotArrange } from './replacing.ts';
import { type StandIn, dutiesOf, dutyFacts, sitsOnOtherSide } from './seating.ts';
import type { AgreementState } from './state.ts';
import { teller } from './telling.ts';

/**
 * While somebody is absent another acts and is written to in the seat, from the first to the last day inclusive. A deputy
 * cannot pass it on, and nobody can be deputy who is away at that time. The deputy is told at the next moment of notice
 * hours, or at once, whatever the hour, where the first day would have begun by then.
 */
export function delegate(command: Delegate, state: AgreementState): Decision | Rejection {
  const { seat, deputy, from, until, obligations, actor } = command;
  const refused = mayNotArrange(actor, state, seat) ?? wrongRange(command, state);
  if (refused) return refused;
  const absent = state.seated[seat] ?? null;
  if (absent === null) return { rejected: 'seat-vacant', message: `${seat} has nobody who could be absent` };
  const unknown = obligations.filter((id) => !state.agreement.obligations.some((rule) => rule.id === id));
  if (unknown.length > 0) return { rejected: 'unknown-obligation', message: `no obligation ${unknown.join(', ')}` };
  if (deputy === absent) return { rejected: 'deputy-unfit', message: 'nobody stands in for themselves' };
  if (sitsOnOtherSide(state, { personId: deputy, seat, from, until })) {
    return { rejected: 'both-sides', message: 'one person cannot sit on both sides' };
  }
  const sameTime = state.standIns.filter((one) => one.from <= until && from <= one.until);
  if (sameTime.some((one) => one.absent === deputy)) {
    return { rejected: 'deputy-unfit', message: 'the deputy is absent at that time, and a deputy has none' };
  }
  if (sameTime.some((one) => one.deputy === absent)) {
    return {
      rejected: 'deputy-unfit',
      message: 'who is to be absent stands in for somebody at that time: end that first',
    };
  }
  if (sameTime.some((one) => one.seat === seat && overlap(one.obligations, obligations))) {
    return { rejected: 'delegation-overlaps', message: `${seat} has a deputy at that time` };
  }
  const number = state.delegations + 1;
  const tell = teller(state.agreement, command.receivedAtMs, state.agreement.clauses.start);
  const duties = dutiesOf(state, seat).filter(
    (reference) => obligations.length === 0 || obligations.includes(reference.split('#')[0] ?? ''),
  );
  const facts = { seat, from, until, absent, deputy, ...dutyFacts(state, duties) };
  const toSeat = tell('delegation-made', seat, facts);
  const notice = { ...toSeat, addressee: deputy, atMs: beforeFirstDay(toSeat.atMs, command, state) };
  const copied = hasCoordinator(state.agreement) && ![actor.seat, seat].includes(COORDINATOR);
  return decision({
    events: [
      {
        occurredAtMs: command.receivedAtMs,
        actor,
        clauses: state.agreement.clauses.start,
        commandId: command.id,
        type: 'delegation-made',
        number,
        seat,
        absent,
        deputy,
        from,
        until,
        obligations,
      },
    ],
    schedule: [notice, ...(copied ? [{ ...toSeat, seat: COORDINATOR, role: 'copy' }] : [])],
  });
}

/** Whoever was absent is back, or does not go: what runs or was to come ends now, and the deputy is told. */
export function recall(command: Recall, state: AgreementState): Decision | Rejection {
  const { seat, actor } = command;
  const refused = mayNotArrange(actor, state, seat);
  if (refused) return refused;
  const today = localDateAt(state.agreement.zone, command.receivedAtMs);
  const standIns = standInsToEnd(state, seat, today);
  if (standIns.length === 0) return decision({});
  const ended = standIns.map(({ number }) => number);
  const { clauses } = state.agreement;
  const base = { occurredAtMs: command.receivedAtMs, actor, clauses: clauses.start, commandId: command.id };
  const tell = teller(state.agreement, command.receivedAtMs, clauses.start);
  return decision({
    events: [{ ...base, type: 'delegation-ended', seat, ended }],
    schedule: relieveDeputies(standIns, tell, [actor.personId]),
  });
}

/** A deputy who learned of it after the first day had begun could not have acted: then the notice does not wait. */
function beforeFirstDay(nextMs: Instant, { from, receivedAtMs }: Delegate, { agreement }: AgreementState): Instant {
  return nextMs > instantAt(agreement.zone, from, '00:00') ? receivedAtMs : nextMs;
}

function wrongRange({ from, until, receivedAtMs }: Delegate, { agreement }: AgreementState): Rejection | undefined {
  const today = localDateAt(agreement.zone, receivedAtMs);
  if (from > until) return { rejected: 'delegation-range', message: `${from} is after ${until}` };
  return until < today ? { rejected: 'delegation-range', message: `${until} is over` } : undefined;
}

/** Whether two scopes have an obligation in common; an empty one is all. */
function overlap(one: StandIn['obligations'], other: StandIn['obligations']): boolean {
  return one.length === 0 || other.length === 0 || one.some((id) => other.includes(id));
}
