import type { Snapshot } from '../domain/agreement/snapshot.ts';
import { resumedOn, wholeSuspension } from '../domain/life/standstill.ts';
import type { LocalDate } from '../domain/time.ts';
import type { Database } from '../prisma/database.ts';

/**
 * Whether the clocks of an agreement stand still, by its record: since when, for what is raised meanwhile; and since when
 * they run again, where they have stood still before.
 */
export async function agreementClocks(
  database: Database,
  agreementId: string,
): Promise<{ standstill: { suspendedFrom?: LocalDate }; resumedOn: LocalDate | null }> {
  const row = await database.agreement.findUnique({ where: { id: agreementId }, select: { snapshot: true } });
  const { suspensions = [] } = (row?.snapshot ?? {}) as Partial<Snapshot>;
  const from = wholeSuspension({ suspensions })?.from;
  return {
    standstill: from === undefined ? {} : { suspendedFrom: from },
    resumedOn: resumedOn({ suspensions }),
  };
}
