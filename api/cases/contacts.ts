import type { Database } from '../../prisma/database.ts';
import type { CaseContact, Prisma } from '../../prisma/generated/client.ts';

/** Who brings a case in, as they say it themselves or as somebody writes it down. */
export interface Caller {
  /** A customer of the directory; undefined: the only one with this address, else nobody that is known. */
  customer?: string | undefined;
  name?: string | undefined;
  email?: string | undefined;
  phone?: string | undefined;
  language: 'zh' | 'en';
}

type Reads = Pick<Prisma.TransactionClient, 'customer'>;

/** The customer with this address, if it is one alone: of two who share it nobody knows which one writes. */
export async function customerByAddress(database: Reads, email: string): Promise<{ id: string } | null> {
  const found = await database.customer.findMany({
    where: { email: { equals: email, mode: 'insensitive' }, erasedAt: null, archivedAt: null },
    select: { id: true },
    take: 2,
  });
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** Who brought these cases in, by the case's workflow id. */
export async function contactsOf(
  database: Database,
  workflowIds: readonly string[],
): Promise<Map<string, CaseContact & { customer: { id: string; name: string; tier: string } | null }>> {
  const contacts = await database.caseContact.findMany({ where: { workflowId: { in: [...workflowIds] } } });
  const ids = contacts.flatMap(({ customerId }) => customerId ?? []);
  const customers = await database.customer.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true, tier: true },
  });
  const known = new Map(customers.map((one) => [one.id, one]));
  return new Map(
    contacts.map((one) => [one.workflowId, { ...one, customer: known.get(one.customerId ?? '') ?? null }]),
  );
}
