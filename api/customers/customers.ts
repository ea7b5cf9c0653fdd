import type { CustomerTier } from '../../domain/survey/compiled.ts';
import type { Database } from '../../prisma/database.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { isUniqueViolation } from '../commands.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { ApiDeps } from '../deps.ts';
import { likeText, organisationPaths } from '../directory/organisations.ts';
import type { Principal } from '../policy.ts';
import { revokeMailed } from '../links/mailed-links.ts';
import { logAccess, loggedActor } from '../privacy/access-log.ts';
import { Problem } from '../problem.ts';
import type { CustomerFields } from './import-plan.ts';
import { visitsTo } from '../visits/listed.ts';

type CustomerRow = Prisma.CustomerGetPayload<object>;

interface Asked {
  limit: number;
  cursor?: string | undefined;
  search?: string | undefined;
  tier?: CustomerTier | undefined;
  branch?: string | undefined;
  department?: string | undefined;
  status: 'present' | 'archived' | 'all';
  askable?: 'true' | 'false' | undefined;
  asOf?: string | undefined;
}

/** A customer as the subject of a line of the access log. */
export function customerSubject(customerId: string): string {
  return `customer/${customerId}`;
}
export const CUSTOMERS_SUBJECT = 'customers';

/** By key. With `asOf`, those whom there were on that day, with the tier that they had then. */
export async function listCustomers(database: Database, asked: Asked) {
  const { limit, cursor, search, tier, branch, department, status, askable, asOf } = asked;
  const until = asOf === undefined ? null : new Date(Date.parse(`${asOf}T00:00:00Z`) + 86_400_000);
  const tierThen = until
    ? Prisma.sql`(SELECT after FROM customer_tier_change
        WHERE customer_id = customer.id AND at < ${until} ORDER BY at DESC, id DESC LIMIT 1)`
    : Prisma.sql`tier`;
  const conditions = [Prisma.sql`TRUE`];
  if (cursor !== undefined) {
    const [key] = readCursor(cursor, ['string']);
    conditions.push(Prisma.sql`key COLLATE "C" > ${key}`);
  }
  if (search !== undefined && search.trim() !== '') {
    const like = likeText(search);
    conditions.push(
      Prisma.sql`(key ILIKE ${like} OR name ILIKE ${like} OR contact ILIKE ${like} OR email ILIKE ${like})`,
    );
  }
  if (tier !== undefined) conditions.push(Prisma.sql`${tierThen} = ${tier}`);
  if (until) conditions.push(Prisma.sql`created_at < ${until} AND (archived_at IS NULL OR archived_at >= ${until})`);
  for (const [column, id] of [
    ['branch_id', branch],
    ['department_id', department],
  ] as const) {
    if (id !== undefined) conditions.push(Prisma.sql`${Prisma.raw(column)} IN (${below(id)})`);
  }
  if (!until && status === 'present') conditions.push(Prisma.sql`archived_at IS NULL AND erased_at IS NULL`);
  if (!until && status === 'archived') conditions.push(Prisma.sql`(archived_at IS NOT NULL OR erased_at IS NOT NULL)`);
  if (askable !== undefined) {
    conditions.push(Prisma.sql`(survey_consent AND opted_out_at IS NULL) = ${askable === 'true'}`);
  }
  const found = await database.$queryRaw<{ id: string; tier: CustomerTier }[]>`
    SELECT id::text AS id, ${tierThen} AS tier FROM customer
    WHERE ${Prisma.join(conditions, ' AND ')} ORDER BY key COLLATE "C" LIMIT ${limit + 1}`;
  const shown = found.slice(0, limit);
  const [rows, paths, counts] = await Promise.all([
    database.customer.findMany({ where: { id: { in: shown.map(({ id }) => id) } } }),
    organisationPaths(database),
    database.customer.groupBy({ by: ['tier'], where: { archivedAt: null, erasedAt: null }, _count: true }),
  ]);
  const items = shown.flatMap(({ id, tier: then }) => {
    const row = rows.find((one) => one.id === id);
    return row ? [{ ...customerView(row, paths), tier: then }] : [];
  });
  const last = items.at(-1);
  const tiers = { key: 0, ordinary: 0, vip: 0, ...Object.fromEntries(counts.map((one) => [one.tier, one._count])) };
  return { items, nextCursor: found.length > limit && last ? writeCursor([last.key]) : null, tiers };
}

/** Ids of an organisation and all below it. */
function below(id: string): Prisma.Sql {
  return Prisma.sql`WITH RECURSIVE below AS (
      SELECT id FROM organisation WHERE id = ${id}::uuid
      UNION SELECT organisation.id FROM organisation JOIN below ON parent_id = below.id)
    SELECT id FROM below`;
}

/** What lists and pages show of a customer. */
export function customerView(row: CustomerRow, paths: ReadonlyMap<string, string>) {
  const place = (id: string | null) => {
    const path = id === null ? undefined : paths.get(id);
    return id === null || path === undefined ? null : { id, name: path.split(' > ').at(-1) ?? path, path };
  };
  const { branchId, departmentId, optedOutAt, archivedAt, erasedAt, createdAt: _created, ...rest } = row;
  return {
    ...rest,
    tier: row.tier as CustomerTier,
    language: row.language as 'zh' | 'en',
    branch: place(branchId),
    department: place(departmentId),
    optedOutAt: optedOutAt?.toISOString() ?? null,
    archivedAt: archivedAt?.toISOString() ?? null,
    erasedAt: erasedAt?.toISOString() ?? null,
  };
}

/** @throws Problem `unknown-customer` */
export async function findCustomer(database: Prisma.TransactionClient, id: string): Promise<CustomerRow> {
  const row = await database.customer.findUnique({ where: { id } });
  if (!row) throw new Problem('unknown-customer');
  return row;
}

/** One customer: what it is, when and why its tier changed, in which cycles it was drawn. @throws Problem `unknown-customer` */
export async function customerDetail(database: Database, id: string) {
  const row = await findCustomer(database, id);
  const [paths, changes, invitees, visits] = await Promise.all([
    organisationPaths(database),
    database.customerTierChange.findMany({ where: { customerId: id }, orderBy: [{ at: 'desc' }, { id: 'desc' }] }),
    database.invitee.findMany({ where: { customerId: id } }),
    visitsTo(database, id),
  ]);
  const actors = changes.map(({ by }) => (by as { personId?: string }).personId).filter((one) => one !== undefined);
  const persons = await database.person.findMany({ where: { id: { in: actors } }, select: { id: true, name: true } });
  const cycles = await database.process.findMany({
    where: { workflowId: { in: invitees.map(({ workflowId }) => workflowId) } },
    orderBy: { createdAt: 'desc' },
  });
  return {
    ...customerView(row, paths),
    tierChanges: changes.map(({ at, before, after, reason, by }) => ({
      at: at.toISOString(),
      before: before as CustomerTier | null,
      after: after as CustomerTier,
      reason,
      by: persons.find((person) => person.id === (by as { personId?: string }).personId)?.name ?? null,
    })),
    surveys: cycles.flatMap(({ id: survey, agreementId, reference, workflowId }) => {
      const invitee = invitees.find((one) => one.workflowId === workflowId);
      if (!invitee) return [];
      const { channel, status, sentAt } = invitee;
      return [{ agreementId, survey, reference, channel, status, sentAt: sentAt?.toISOString() ?? null }];
    }),
    visits: visits.map(({ agreementId, visit, kind, plannedOn, heldOn, status }) => {
      return { agreementId, id: visit, kind, plannedOn, heldOn, status };
    }),
  };
}

/** Adds a customer; the same id again changes nothing. @throws Problem `unknown-organisation`, `customer-exists` */
export async function addCustomer(
  { database, clock }: Pick<ApiDeps, 'database' | 'clock'>,
  by: Principal,
  { id, ...data }: CustomerFields & { id: string; key: string },
): Promise<void> {
  const at = new Date(clock());
  try {
    await database.$transaction(async (tx) => {
      await assertOffered(tx, [data.branchId, data.departmentId]);
      await tx.customer.create({ data: { id, ...data, createdAt: at } });
      await tx.customerTierChange.create({
        data: { customerId: id, at, by: loggedActor(by), before: null, after: data.tier, reason: null },
      });
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    if (!(await database.customer.findUnique({ where: { id } }))) throw new Problem('customer-exists');
  }
}

type Changes = { [Field in keyof CustomerFields]?: CustomerFields[Field] | undefined } & {
  reason?: string | undefined;
  optedOut?: boolean | undefined;
  archived?: boolean | undefined;
};

/**
 * Changes a customer's entry. Another tier is written down with its reason, as a list of key customers is a dated version
 * (S003-S-04); another address is logged.
 *
 * @throws Problem `unknown-customer`, `customer-erased`, `unknown-organisation`; `invalid-request` without the reason
 */
export async function changeCustomer(
  { database, clock }: Pick<ApiDeps, 'database' | 'clock'>,
  by: Principal,
  id: string,
  { reason, optedOut, archived, ...changes }: Changes,
): Promise<void> {
  const at = new Date(clock());
  await database.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id::text FROM customer WHERE id = ${id}::uuid FOR UPDATE`;
    const before = await findCustomer(tx, id);
    if (before.erasedAt) throw new Problem('customer-erased');
    const fields = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const isMoved = (field: 'branchId' | 'departmentId'): boolean => (changes[field] ?? null) !== before[field];
    await assertOffered(
      tx,
      (['branchId', 'departmentId'] as const).filter(isMoved).map((field) => changes[field] ?? null),
    );
    if (changes.tier !== undefined && changes.tier !== before.tier) {
      if (reason === undefined) throw reasonMissing();
      await tx.customerTierChange.create({
        data: { customerId: id, at, by: loggedActor(by), before: before.tier, after: changes.tier, reason },
      });
    }
    await tx.customer.update({
      where: { id },
      data: {
        ...fields,
        ...(optedOut === undefined ? {} : { optedOutAt: optedOut ? (before.optedOutAt ?? at) : null }),
        ...(archived === undefined ? {} : { archivedAt: archived ? (before.archivedAt ?? at) : null }),
      },
    });
    const logged = { database: tx, clock };
    const subject = customerSubject(id);
    if (changes.name !== undefined && changes.name !== before.name) {
      await logAccess(logged, by, { action: 'change-name', subject });
    }
    if (changes.email !== undefined && changes.email !== before.email) {
      const former = before.email === null ? {} : { address: before.email };
      await logAccess(logged, by, { action: 'change-address', subject, ...former });
      await revokeMailed(tx, [id], at);
    }
  });
}

function reasonMissing(): Problem {
  return new Problem('invalid-request', {
    errors: [
      {
        path: 'reason',
        message: { zh: '变更客户等级须说明理由', en: 'a change of tier needs a reason' },
        cure: { zh: '请填写 reason', en: 'give `reason`' },
      },
    ],
  });
}

async function assertOffered(tx: Prisma.TransactionClient, ids: readonly (string | null)[]): Promise<void> {
  for (const id of ids) {
    if (id === null) continue;
    const row = await tx.organisation.findUnique({ where: { id } });
    if (!row || row.archivedAt) throw new Problem('unknown-organisation');
  }
}
