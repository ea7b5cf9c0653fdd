import type { Database } from '../../prisma/database.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { TableFile } from '../directory/table-file.ts';
import { readTable } from '../directory/table-file.ts';
import { type Branch, branchesOf, pathOf } from '../directory/tree.ts';
import { revokeMailed } from '../links/mailed-links.ts';
import { type Language, Problem } from '../problem.ts';
import { type CustomerRemark, type CustomerRows, customerPlace, readCustomers } from './customer-file.ts';
import { type CustomerPlan, type KnownCustomer, changedFields, planCustomers } from './import-plan.ts';

/** Remarks and changes that an answer lists one by one; all are counted. */
const SHOWN = 500;

/** Directories that an import of customers, or the trial of one, is at work on. */
const busy = new WeakSet<Database>();
const RETRY_AFTER_SECONDS = 5;

interface Bringing {
  dryRun: boolean;
  skipErrors: boolean;
  language: Language;
  /** Why tiers change. */
  reason: string | undefined;
  /** Who brings it, as rows say it. */
  by: Record<string, string>;
  at: Date;
}

/**
 * Brings a table of customers into the directory: one transaction, all of it or, with `skipErrors`, all rows without an
 * error. A dry run changes nothing and says the same.
 *
 * @throws Problem `import-in-progress`, `table-unreadable`, `archive-refused`, `table-too-long`; `rows-wrong`, which lists them
 */
export async function importCustomers(database: Database, file: TableFile, bringing: Bringing) {
  if (busy.has(database)) throw new Problem('import-in-progress', { retryAfterSeconds: RETRY_AFTER_SECONDS });
  busy.add(database);
  try {
    const table = await readTable(file);
    const read = readCustomers(table);
    const { plan, branches } = bringing.dryRun
      ? await planned(database, read, bringing)
      : await database.$transaction((tx) => carryOut(tx, read, bringing), { timeout: 60_000, maxWait: 20_000 });
    return summary(plan, branches, { ...bringing, format: table.format });
  } finally {
    busy.delete(database);
  }
}

interface Planned {
  plan: CustomerPlan;
  branches: Map<string, Branch>;
}

async function planned(database: Prisma.TransactionClient, read: CustomerRows, { reason }: Bringing): Promise<Planned> {
  const branches = branchesOf(await database.organisation.findMany({ orderBy: { id: 'asc' } }));
  const keys = read.customers.map(({ key }) => key);
  const known = await database.$queryRaw<KnownCustomer[]>`
    SELECT id::text AS id, key, name, contact, tier, branch_id::text AS "branchId", department_id::text AS "departmentId",
      segment, language, email, phone, address, survey_consent AS "surveyConsent",
      promotion_consent AS "promotionConsent", opted_out_at AS "optedOutAt", archived_at AS "archivedAt"
    FROM customer WHERE key = ANY(${keys}) AND erased_at IS NULL`;
  return { plan: planCustomers(read, { branches, known, hasReason: reason !== undefined }), branches };
}

async function carryOut(tx: Prisma.TransactionClient, read: CustomerRows, bringing: Bringing): Promise<Planned> {
  // One at a time: two imports of the same new customer would add it twice.
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('abide customer import', 0))::text`;
  const made = await planned(tx, read, bringing);
  const { plan } = made;
  if (plan.errors.length > 0 && !bringing.skipErrors) throw rowsWrong(plan.errors);
  const { at, by, reason } = bringing;
  const rows = [...plan.added, ...plan.changed].map(({ id, key, after }) => ({ id, key, ...after }));
  await tx.$executeRaw`
    INSERT INTO customer (id, key, name, contact, tier, branch_id, department_id, segment, language, email, phone, address,
      survey_consent, promotion_consent, created_at)
    SELECT id, key, name, contact, tier, "branchId", "departmentId", segment, language, email, phone, address,
      "surveyConsent", "promotionConsent", ${at}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS new (id uuid, key text, name text, contact text, tier text, "branchId" uuid, "departmentId" uuid, segment text,
        language text, email text, phone text, address text, "surveyConsent" boolean, "promotionConsent" boolean)
    ON CONFLICT (id) DO UPDATE
    SET name = EXCLUDED.name, contact = EXCLUDED.contact, tier = EXCLUDED.tier, branch_id = EXCLUDED.branch_id,
      department_id = EXCLUDED.department_id, segment = EXCLUDED.segment, language = EXCLUDED.language,
      email = EXCLUDED.email, phone = EXCLUDED.phone, address = EXCLUDED.address,
      survey_consent = EXCLUDED.survey_consent, promotion_consent = EXCLUDED.promotion_consent`;
  await tx.customerTierChange.createMany({
    data: [...plan.added, ...plan.changed]
      .filter(({ before, after }) => before?.tier !== after.tier)
      .map(({ id, before, after }) => {
        return { customerId: id, at, by, before: before?.tier ?? null, after: after.tier, reason: reason ?? null };
      }),
  });
  const moved = plan.changed.filter(({ before, after }) => before !== null && before.email !== after.email);
  await revokeMailed(
    tx,
    moved.map(({ id }) => id),
    at,
  );
  return made;
}

/** @returns the problem that lists what is wrong, row by row */
function rowsWrong(errors: readonly CustomerRemark[]): Problem {
  return new Problem('rows-wrong', {
    errors: errors.slice(0, SHOWN).map((error) => {
      const place = customerPlace(error);
      const { message, cure } = error;
      return { path: place.en, message: { zh: `${place.zh}${message.zh}`, en: message.en }, cure };
    }),
  });
}

function summary(
  plan: CustomerPlan,
  branches: Map<string, Branch>,
  { dryRun, format, language }: Bringing & { format: string },
) {
  const remarks = (list: readonly CustomerRemark[]) =>
    list.slice(0, SHOWN).map(({ line, column, code, value, message, cure }) => {
      return { line, column, code, value, message: message[language], cure: cure[language] };
    });
  const shown = (value: string | boolean | null): string => {
    const branch = typeof value === 'string' ? branches.get(value) : undefined;
    return branch ? pathOf(branch) : String(value ?? '');
  };
  const changes = [
    ...plan.added.map(({ line, key, after }) => ({ line, change: 'customer-added', key, name: after.name })),
    ...plan.changed.map(({ line, key, before, after }) => ({
      line,
      change: 'customer-changed',
      key,
      name: after.name,
      fields: changedFields({ before, after }).map((field) => {
        return { field, from: shown(before?.[field] ?? null), to: shown(after[field]) };
      }),
    })),
  ].sort((a, b) => a.line - b.line);
  return {
    dryRun,
    format,
    rows: plan.rows,
    customers: { added: plan.added.length, changed: plan.changed.length, unchanged: plan.unchanged },
    changes: changes.slice(0, SHOWN),
    errorCount: plan.errors.length,
    errors: remarks(plan.errors),
    warningCount: plan.warnings.length,
    warnings: remarks(plan.warnings),
  };
}
