import { obligationContexts } from '../../domain/agreement/obligations.ts';
import { readReference, referenceOf } from '../../domain/agreement/reference.ts';
import { dutiesOf } from '../../domain/agreement/seating.ts';
import type { AgreementState } from '../../domain/agreement/state.ts';
import type { Text } from '../../domain/time.ts';
import { isoAt, localDateAt } from '../../domain/zone.ts';
import { occurrenceTitle } from '../../domain/occurrence-title.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { COORDINATOR_SEAT } from '../policy.ts';
import { type Draft, obligationTitle, stateOf, templateOf, zoneOf } from '../views.ts';
import { LIVING } from './persons.ts';

type AgreementRow = Prisma.AgreementGetPayload<object>;

/** How an agreement is called on a person's page. */
export function agreementName(row: AgreementRow) {
  const template = templateOf(row.template);
  const { parties = {} } = row.draft as Draft;
  return {
    agreementId: row.id,
    title: template?.title ?? { zh: row.template, en: row.template },
    parties: Object.values(parties).map(({ name }) => name ?? ''),
    status: row.status,
  };
}

export function seatTitle(row: AgreementRow, seat: string): Text {
  if (seat === COORDINATOR_SEAT) return { zh: '项目协调人', en: 'Coordinator' };
  const template = templateOf(row.template);
  return template?.parties[seat] ?? template?.seats.find(({ id }) => id === seat)?.title ?? { zh: seat, en: seat };
}

/** References to duties, as people read them. */
export function dutyViews(row: AgreementRow, references: readonly string[], state = stateOf(row)) {
  const template = templateOf(row.template);
  const zone = zoneOf(row);
  const due = dueTimes(state);
  return references.map((reference) => {
    const { obligation, occurrence } = readReference(reference);
    const title = obligationTitle(template, obligation);
    const dueAtMs = due.get(reference);
    return {
      reference,
      title: occurrence === undefined ? title : withOccurrence(title, occurrenceTitle(occurrence)),
      dueAt: dueAtMs === undefined ? null : isoAt(zone, dueAtMs),
    };
  });
}

function withOccurrence(title: Text, occurrence: Text): Text {
  return { zh: `${title.zh}（${occurrence.zh}）`, en: `${title.en} (${occurrence.en})` };
}

function dueTimes(state: AgreementState | undefined): Map<string, number> {
  return new Map(
    (state ? obligationContexts(state) : []).flatMap(({ rule, state: { occurrence, due } }) =>
      due ? [[referenceOf({ obligation: rule.id, occurrence }), due.dueAtMs] as const] : [],
    ),
  );
}

/** The seats that a person fills in living agreements, and what waits for them there. */
export async function seatsHeld(database: Prisma.TransactionClient, personId: string) {
  const seats = await database.seat.findMany({
    where: { personId, agreement: { status: { in: LIVING } } },
    include: { agreement: true },
    orderBy: [{ agreement: { createdAt: 'asc' } }, { agreementId: 'asc' }, { seat: 'asc' }],
  });
  return seats.map(({ agreement, seat, party }) => {
    const state = stateOf(agreement);
    return {
      agreement,
      seat,
      party,
      duties: dutyViews(agreement, state ? dutiesOf(state, seat) : [], state),
    };
  });
}

/** Who stands in for a person, or for whom they do, where it isn't over in the agreement's zone. */
export async function standInsOf(
  database: Prisma.TransactionClient,
  where: { absentId: string } | { deputyId: string },
  nowMs: number,
) {
  const rows = await database.delegation.findMany({
    where: { ...where, endedAt: null, agreement: { status: { in: LIVING } } },
    include: { agreement: true, absent: true, deputy: true },
    orderBy: [{ from: 'asc' }, { id: 'asc' }],
  });
  return rows
    .filter(({ agreement, until }) => until >= localDateAt(zoneOf(agreement), nowMs))
    .map(({ agreement, seat, absent, deputy, from, until, obligations }) => {
      const template = templateOf(agreement.template);
      const { agreementId, title } = agreementName(agreement);
      return {
        agreementId,
        title,
        seat,
        seatTitle: seatTitle(agreement, seat),
        absent: { id: absent.id, name: absent.name },
        deputy: { id: deputy.id, name: deputy.name },
        from,
        until,
        obligations: obligations.map((id) => ({ id, title: obligationTitle(template, id) })),
      };
    });
}
