import type { CompiledAgreement } from '../domain/agreement/compiled.ts';
import { tierCounts } from '../domain/visit/quarters.ts';
import { instantAt } from '../domain/zone.ts';
import type { Database } from '../prisma/database.ts';
import { customerRecords } from './customer-records.ts';
import type { Activities } from './index.ts';

/** Counts how the customers of each tier stand in a year, by what is entered when it is asked; it names nobody. */
export function createCountVisits({ database }: { database: Database }): Activities['countVisits'] {
  return async ({ agreementId, check, counters }) => {
    const { compiled } = await database.agreement.findUniqueOrThrow({
      where: { id: agreementId },
      select: { compiled: true },
    });
    const { zone } = compiled as unknown as CompiledAgreement;
    const year = Number(check.endsOn.slice(0, 4));
    const atMs = instantAt(zone, check.until, check.stage === 'ahead' ? '00:00' : '24:00');
    const customers = await customerRecords(database, { agreementId, zone, year, atMs });
    return {
      tiers: tierCounts(
        customers.map(({ record }) => record),
        counters,
        check,
      ),
    };
  };
}
