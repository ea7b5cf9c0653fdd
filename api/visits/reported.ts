import type { LocalDate } from '../../domain/time.ts';
import type { Database } from '../../prisma/database.ts';
import { grouped } from '../grouped.ts';
import { visitProcess } from '../process/rows.ts';
import type { PeriodReport } from '../reports/period-report.ts';

/** Visits and call-backs of an agreement that were planned for, or held on, one of these days, with their reports. */
export async function reportedVisits(
  database: Database,
  { agreementId, from, until }: { agreementId: string; from: LocalDate; until: LocalDate },
): Promise<PeriodReport['visits']> {
  const within = (day: LocalDate | null): boolean => day !== null && day >= from && day <= until;
  const rows = await database.process.findMany({ where: { agreementId, type: 'visit' } });
  const visits = rows.map(visitProcess).filter(({ state }) => within(state.heldOn) || within(state.plannedOn));
  const [customers, events] = await Promise.all([
    database.customer.findMany({
      where: { id: { in: visits.map(({ input }) => input.customerId) } },
      select: { id: true, name: true },
    }),
    database.event.findMany({
      where: { workflowId: { in: visits.map(({ row }) => row.workflowId) }, type: 'visit-reported' },
      select: { workflowId: true, commandId: true },
    }),
  ]);
  const files = await database.agreementDocument.findMany({
    where: { commandId: { in: events.flatMap(({ commandId }) => commandId ?? []) } },
    orderBy: { fileName: 'asc' },
    select: { commandId: true, fileName: true },
  });
  const names = new Map(customers.map(({ id, name }) => [id, name]));
  const filesOf = grouped(files, ({ commandId }) => commandId ?? '');
  const all = visits
    .map(({ row, input, state }) => ({
      customer: names.get(input.customerId) ?? '—',
      kind: input.kind,
      plannedOn: state.plannedOn,
      heldOn: state.heldOn,
      status: row.status as PeriodReport['visits']['all'][number]['status'],
      files: events
        .filter(({ workflowId }) => workflowId === row.workflowId)
        .flatMap(({ commandId }) => filesOf.get(commandId ?? '') ?? [])
        .map(({ fileName }) => fileName),
    }))
    .sort((a, b) => (a.plannedOn < b.plannedOn ? -1 : 1));
  const count = (is: (one: (typeof all)[number]) => boolean): number => all.filter(is).length;
  return {
    planned: all.length,
    held: count(({ status }) => status === 'held' || status === 'reported'),
    reported: count(({ status }) => status === 'reported'),
    cancelled: count(({ status }) => status === 'cancelled'),
    callBacks: count(({ kind }) => kind === 'call-back'),
    all,
  };
}
