import { dutiesOf } from '../../domain/agreement/seating.ts';
import { localDateAt } from '../../domain/zone.ts';
import type { Database } from '../../prisma/database.ts';
import { dutyViews, seatTitle } from '../directory/seats-held.ts';
import { eventViews } from '../event-views.ts';
import { Problem } from '../problem.ts';
import { findAgreement, obligationTitle, stateOf, templateOf } from '../views.ts';

/** Events that say who filled a seat, or stood in. */
const HISTORY = ['seat-replaced', 'seat-vacated', 'delegation-made', 'delegation-ended'];

/**
 * Who fills each seat, who stands in and when, what waits there, and how that came about.
 *
 * @throws Problem `unknown-agreement`, `not-started`
 */
export async function seatViews(database: Database, agreementId: string, nowMs: number) {
  const row = await findAgreement(database, agreementId);
  const state = stateOf(row);
  if (!state) throw new Problem('not-started');
  const { zone, seats: names, seatParties = {}, parties } = state.agreement;
  const today = localDateAt(zone, nowMs);
  const [seats, delegations, events] = await Promise.all([
    database.seat.findMany({ where: { agreementId }, include: { person: { include: { organisation: true } } } }),
    database.delegation.findMany({
      where: { agreementId, endedAt: null, until: { gte: today } },
      include: { absent: true, deputy: true },
      orderBy: [{ from: 'asc' }, { id: 'asc' }],
    }),
    database.event.findMany({ where: { agreementId, type: { in: HISTORY } }, orderBy: { sequence: 'desc' } }),
  ]);
  const history = await eventViews(database, events, { zone, seesMoney: false });
  const template = templateOf(row.template);
  return names.map((seat) => {
    const person = seats.find((one) => one.seat === seat)?.person;
    const party = seatParties[seat] ?? seat;
    return {
      seat,
      title: seatTitle(row, seat),
      party: parties.includes(party) ? party : null,
      person: person
        ? { id: person.id, name: person.name, email: person.email, organisation: person.organisation.name }
        : null,
      standIns: delegations
        .filter((one) => one.seat === seat)
        .map(({ absent, deputy, from, until, obligations }) => ({
          absent: { id: absent.id, name: absent.name },
          deputy: { id: deputy.id, name: deputy.name },
          from,
          until,
          obligations: obligations.map((id) => ({ id, title: obligationTitle(template, id) })),
          today: from <= today,
        })),
      duties: dutyViews(row, dutiesOf(state, seat), state),
      history: history.filter(({ data }) => data['seat'] === seat),
    };
  });
}
