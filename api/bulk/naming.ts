import type { Prisma } from '../../prisma/generated/client.ts';
import { reason } from './reason.ts';

/** Takes what rows of an import that wait still say of somebody whose data are erased; they are not carried out any more. */
export async function refuseLinesNaming(tx: Prisma.TransactionClient, email: string, at: Date): Promise<number> {
  const quoted = `%${JSON.stringify(email.toLowerCase()).replace(/[\\%_]/g, '\\$&')}%`;
  return tx.$executeRaw`
    UPDATE bulk_line SET draft = NULL, status = 'refused', settled_at = ${at},
      reason = ${JSON.stringify(reason('person-erased'))}::jsonb
    WHERE draft IS NOT NULL AND lower(draft::text) LIKE ${quoted}`;
}
