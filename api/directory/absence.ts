import type { Actor } from '../../domain/agreement/command.ts';
import type { LocalDate } from '../../domain/time.ts';
import type { Principal } from '../policy.ts';
import { Problem } from '../problem.ts';
import type { RouteDeps } from '../route.ts';
import { stateOf } from '../views.ts';
import { type Part, type PartResult, deskActor, submitAll } from './many-commands.ts';
import { findPerson, findPresent } from './persons.ts';
import { agreementName, seatTitle, seatsHeld, standInsOf } from './seats-held.ts';

export interface AbsenceOrder {
  deputy: string;
  from: LocalDate;
  until: LocalDate;
  agreements?: string[] | undefined;
  obligations?: string[] | undefined;
}

interface Asking {
  personId: string;
  principal: Principal;
  key: string;
  /** Asked before: say what became of it. */
  again: boolean;
}

/**
 * A person is absent, and another stands in for them in every seat that they fill, or in the agreements and for the
 * obligations that are named: one act in each agreement's history, each with its own answer.
 *
 * @throws Problem `unknown-person`, `person-left`, `person-erased`, `invalid-request`, `no-seats`
 */
export async function delegateAll(deps: RouteDeps, asking: Asking, order: AbsenceOrder) {
  const { personId, principal, key, again } = asking;
  const { deputy, from, until, agreements, obligations } = order;
  await findPresent(deps.database, personId);
  await findPresent(deps.database, deputy);
  if (from > until) throw wrongRange();
  const seats = await seatsHeld(deps.database, personId);
  const parts = seats.flatMap(({ agreement, seat, party }): Part[] => {
    if (agreements && !agreements.includes(agreement.id)) return [];
    const known = stateOf(agreement)?.agreement.obligations.map(({ id }) => id) ?? [];
    const scope = (obligations ?? []).filter((id) => known.includes(id));
    if (obligations && obligations.length > 0 && scope.length === 0) return [];
    const actor = actorFor(principal, personId, seat, party);
    const command = { type: 'delegate' as const, actor, seat, deputy, from, until, obligations: scope };
    return [{ agreementId: agreement.id, seat, command }];
  });
  return answer(deps, personId, await submitAll(deps, { kind: 'absence', key, parts: again ? [] : parts }));
}

/** Ends whatever stands in for a person and is not over. @throws Problem `unknown-person`, `no-seats` */
export async function recallAll(deps: RouteDeps, { personId, principal, key, again }: Asking) {
  const { database, clock } = deps;
  await findPerson(database, personId);
  const seats = await seatsHeld(database, personId);
  const running = await standInsOf(database, { absentId: personId }, clock());
  const parts = seats
    .filter(({ agreement, seat }) => running.some((one) => one.agreementId === agreement.id && one.seat === seat))
    .map(({ agreement, seat, party }): Part => {
      const command = { type: 'recall' as const, actor: actorFor(principal, personId, seat, party), seat };
      return { agreementId: agreement.id, seat, command };
    });
  return answer(deps, personId, await submitAll(deps, { kind: 'return', key, parts: again ? [] : parts }));
}

/** For oneself from one's own seat; for another as the coordinator's desk. */
function actorFor(principal: Principal, personId: string, seat: string, party: string | null): Actor {
  if (principal.kind !== 'account' || principal.personId !== personId) return deskActor(principal);
  return { personId, seat, ...(party === null ? {} : { party }), via: 'api' };
}

async function answer({ database }: Pick<RouteDeps, 'database'>, personId: string, results: PartResult[]) {
  if (results.length === 0) throw new Problem('no-seats');
  const person = await findPerson(database, personId);
  const agreements = await database.agreement.findMany({
    where: { id: { in: results.map(({ agreementId }) => agreementId) } },
  });
  const items = results.flatMap(({ agreementId, seat, result }) => {
    const agreement = agreements.find(({ id }) => id === agreementId);
    if (!agreement) return [];
    const { title } = agreementName(agreement);
    const refusal = result.status === 'refused' ? { code: result.code, message: result.message } : {};
    return [{ agreementId, title, seat, seatTitle: seatTitle(agreement, seat), status: result.status, ...refusal }];
  });
  const pending = items.some(({ status }) => status === 'pending');
  return {
    status: pending ? ('pending' as const) : ('applied' as const),
    ...(pending ? { location: `/api/persons/${personId}` } : {}),
    person: { id: person.id, name: person.name },
    items,
  };
}

function wrongRange(): Problem {
  return new Problem('invalid-request', {
    errors: [
      {
        path: 'until',
        message: { zh: '早于开始日期', en: 'is before the first day' },
        cure: { zh: '请填写不早于开始日期的日期', en: 'give a day that is not before it' },
      },
    ],
  });
}
