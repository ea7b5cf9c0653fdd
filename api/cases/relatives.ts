import type { Database } from '../../prisma/database.ts';
import { type CaseProcess, caseProcess } from '../process/rows.ts';

/** Cases of the same customer and category within so many days are proposed to whoever handles one, where no other length is agreed. */
const DAYS = 30;
const DAY_MS = 86_400_000;
const MOST = 10;

/**
 * What may be the same, or come again: of the same customer, or of the same address where the customer is in no list, of the
 * same category, lately. Nothing is linked by itself.
 */
export async function proposedRelatives(
  database: Database,
  { row, input, state }: CaseProcess,
): Promise<CaseProcess[]> {
  if (state.duplicateOf !== null) return [];
  const withinMs = (input.rules.repeatDays ?? DAYS) * DAY_MS;
  const contact = await database.caseContact.findUnique({ where: { workflowId: row.workflowId } });
  const { customerId } = input;
  const email = contact?.email ?? null;
  if (customerId === null && email === null) return [];
  const contacts = await database.caseContact.findMany({
    where: {
      agreementId: row.agreementId,
      workflowId: { not: row.workflowId },
      ...(customerId === null ? { email: { equals: email ?? '', mode: 'insensitive' as const } } : { customerId }),
    },
    orderBy: { createdAt: 'desc' },
    take: 100,
  });
  const rows = await database.process.findMany({
    where: { workflowId: { in: contacts.map(({ workflowId }) => workflowId) } },
    orderBy: { createdAt: 'desc' },
  });
  return rows
    .map(caseProcess)
    .filter(
      (one) =>
        one.state.category === state.category &&
        one.state.duplicateOf === null &&
        Math.abs(one.input.openedAtMs - input.openedAtMs) <= withinMs,
    )
    .slice(0, MOST);
}
