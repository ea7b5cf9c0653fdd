import type { CompiledAgreement } from '../domain/agreement/compiled.ts';
import { caseFact } from '../domain/case/figures.ts';
import type { CaseState } from '../domain/case/state.ts';
import { type ServedPeriod, caseGoalFigures } from '../domain/goal/case-goals.ts';
import type { ProcessFrame } from '../domain/process/process.ts';
import { restoreProcess } from '../domain/process/snapshot.ts';
import { periodDays } from '../domain/period-days.ts';
import { instantAt } from '../domain/zone.ts';
import type { Database } from '../prisma/database.ts';
import type { Activities } from './index.ts';

/** What the cases of an agreement measured in a span of time, from what is on record; nobody is named. */
export function createCountCases({ database }: { database: Database }): Activities['countCases'] {
  return async ({ agreementId, span }) => {
    const [{ compiled }, rows, entries] = await Promise.all([
      database.agreement.findUniqueOrThrow({ where: { id: agreementId }, select: { compiled: true } }),
      database.process.findMany({ where: { agreementId, type: 'case', NOT: { status: 'starting' } } }),
      database.customersServed.findMany({ where: { agreementId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] }),
    ]);
    const { zone } = compiled as unknown as CompiledAgreement;
    const facts = rows.map((row) =>
      caseFact(
        restoreProcess<CaseState>(
          'case',
          row.input as unknown as ProcessFrame,
          row.snapshot as object | null,
          row.sequence,
        ),
      ),
    );
    // The last entry of a period counts.
    const served = new Map<string, ServedPeriod>();
    for (const { period, count } of entries) {
      const { from, until } = periodDays(period);
      const days = { fromMs: instantAt(zone, from, '00:00'), toMs: instantAt(zone, until, '24:00') };
      served.set(period, { period, count, ...days });
    }
    return { figures: caseGoalFigures(facts, span, [...served.values()]) };
  };
}
