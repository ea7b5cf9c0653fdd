import type { LocalDate } from '../../domain/time.ts';
import type { Database } from '../../prisma/database.ts';
import type { Prisma } from '../../prisma/generated/client.ts';

/** A visit or a call-back as lists show it. */
export interface ListedVisit {
  agreementId: string;
  visit: string;
  reference: string;
  kind: string;
  plannedOn: LocalDate;
  heldOn: LocalDate | null;
  status: string;
}

/** Every visit and call-back to a customer, whatever agreement it is under, the last planned first. */
export async function visitsTo(database: Database, customerId: string): Promise<ListedVisit[]> {
  const visits = await listed(database, { input: { path: ['customerId'], equals: customerId } });
  return visits.reverse();
}

async function listed(database: Database, where: Prisma.ProcessWhereInput): Promise<ListedVisit[]> {
  const rows = await database.process.findMany({ where: { type: 'visit', ...where } });
  return rows
    .map(({ agreementId, id: visit, reference, status, input, snapshot }) => {
      const { kind, plannedOn } = input as { kind: string; plannedOn: LocalDate };
      const now = snapshot as { plannedOn: LocalDate; heldOn: LocalDate | null } | null;
      return {
        agreementId,
        visit,
        reference,
        kind,
        plannedOn: now?.plannedOn ?? plannedOn,
        heldOn: now?.heldOn ?? null,
        status,
      };
    })
    .sort((one, other) => (one.plannedOn < other.plannedOn ? -1 : 1));
}
