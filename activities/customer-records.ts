import type { ProcessFrame, ProcessState } from '../domain/process/process.ts';
import { restoreProcess } from '../domain/process/snapshot.ts';
import type { CustomerTier, SurveyInput } from '../domain/survey/compiled.ts';
import { closedAsOf } from '../domain/survey/cycle.ts';
import type { SurveyState } from '../domain/survey/state.ts';
import type { Instant, LocalDate, Zone } from '../domain/time.ts';
import type { VisitInput } from '../domain/visit/command.ts';
import type { CustomerRecord } from '../domain/visit/counter.ts';
import type { VisitState } from '../domain/visit/state.ts';
import { localDateAt } from '../domain/zone.ts';
import type { Database } from '../prisma/database.ts';

/** A customer of the directory, and what an agreement did for it. */
export interface KnownCustomer {
  id: string;
  name: string;
  record: CustomerRecord;
}

/**
 * Customers who are there in a year, each with what this agreement did for them. An answer counts with the cycle that it was
 * given in, on the day on which that closed; a cycle whose last day is over is closed, be it recorded yet or not.
 *
 * @param atMs when it is asked
 */
export async function customerRecords(
  database: Database,
  { agreementId, zone, year, atMs }: { agreementId: string; zone: Zone; year: number; atMs: Instant },
): Promise<KnownCustomer[]> {
  const [customers, changes, visits, surveys] = await Promise.all([
    database.customer.findMany({
      where: { erasedAt: null, archivedAt: null },
      orderBy: { key: 'asc' },
      select: { id: true, name: true, tier: true, createdAt: true },
    }),
    database.customerTierChange.findMany({ orderBy: { at: 'asc' } }),
    database.process.findMany({ where: { agreementId, type: 'visit' } }),
    database.process.findMany({ where: { agreementId, type: 'survey' } }),
  ]);
  const closed = surveys.flatMap((row) => {
    const { occurrence } = row.input as unknown as SurveyInput;
    const closedAtMs = closedAsOf(restored<SurveyState>('survey', row), atMs);
    if (closedAtMs === null) return [];
    // A midnight belongs to the day before.
    return [{ workflowId: row.workflowId, period: occurrence ?? row.reference, on: localDateAt(zone, closedAtMs - 1) }];
  });
  const answers = await database.invitee.findMany({
    where: { workflowId: { in: closed.map(({ workflowId }) => workflowId) }, answered: true },
    select: { customerId: true, workflowId: true },
  });
  const cycles = Object.fromEntries(closed.map((cycle) => [cycle.workflowId, cycle]));
  const answersOf = byCustomer(answers, ({ customerId }) => customerId);
  const visitsOf = byCustomer(visits, ({ input }) => (input as unknown as VisitInput).customerId);
  const changesOf = byCustomer(changes, ({ customerId }) => customerId);
  const dayOf = (at: Date): LocalDate => localDateAt(zone, at.getTime());
  return customers
    .filter(({ createdAt }) => dayOf(createdAt) <= `${year}-12-31`)
    .map(({ id, name, tier, createdAt }) => {
      const into = (changesOf.get(id) ?? []).filter(({ before, after }) => after === tier && before !== after).at(-1);
      return {
        id,
        name,
        record: {
          tier: tier as CustomerTier,
          since: dayOf(into?.at ?? createdAt),
          questionnaires: (answersOf.get(id) ?? []).flatMap(({ workflowId }) => cycles[workflowId] ?? []),
          visits: (visitsOf.get(id) ?? []).flatMap((row) => {
            const { heldOn, comprehensive } = restored<VisitState>('visit', row);
            return heldOn === null ? [] : [{ on: heldOn, comprehensive }];
          }),
        },
      };
    });
}

function restored<S extends ProcessState>(
  type: 'survey' | 'visit',
  { input, snapshot, sequence }: { input: unknown; snapshot: unknown; sequence: number },
): S {
  return restoreProcess<S>(type, input as ProcessFrame, snapshot as object | null, sequence);
}

function byCustomer<T>(rows: readonly T[], idOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(idOf(row));
    if (group) group.push(row);
    else groups.set(idOf(row), [row]);
  }
  return groups;
}
