import type { Database } from '../../prisma/database.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { type Language, Problem } from '../problem.ts';
import {
  type ImportPlan,
  type KnownPerson,
  type PlannedPerson,
  type RowRemark,
  placeText,
  planImport,
} from './import-plan.ts';
import { type Table, type TableFile, readTable } from './table-file.ts';
import { branchesOf, pathOf } from './tree.ts';

type Transaction = Prisma.TransactionClient;

/** Remarks and changes that an answer lists one by one; all are counted. */
const SHOWN = 500;

/** Directories that an import, or the trial of one, is at work on. */
const busy = new WeakSet<Database>();
const RETRY_AFTER_SECONDS = 5;

/**
 * Brings a table into the directory: one transaction, all of it or, with `skipErrors`, all rows without an error. A dry
 * run changes nothing and says the same. One at a time in a process: a table takes some hundred MB while it is compared.
 *
 * @throws Problem `import-in-progress`, `table-unreadable`, `archive-refused`, `table-too-long`; `rows-wrong`, which lists them
 */
export async function importDirectory(
  database: Database,
  file: TableFile,
  { dryRun, skipErrors, language }: { dryRun: boolean; skipErrors: boolean; language: Language },
) {
  if (busy.has(database)) throw new Problem('import-in-progress', { retryAfterSeconds: RETRY_AFTER_SECONDS });
  busy.add(database);
  try {
    const table = await readTable(file);
    const plan = dryRun
      ? planImport(table, await directoryFor(database, table))
      : await database.$transaction((tx) => carryOut(tx, table, skipErrors), { timeout: 60_000, maxWait: 20_000 });
    return summary(plan, { dryRun, format: table.format, language });
  } finally {
    busy.delete(database);
  }
}

/** What the table could concern: every organisation, and everybody with an address that stands in it. */
async function directoryFor(database: Transaction, { rows }: Table) {
  const addresses = rows.flatMap(({ cells }) => cells.filter((cell) => cell.includes('@')));
  const emails = [...new Set(addresses.map((cell) => cell.replace(/^'/, '').trim().toLowerCase()))];
  const organisations = await database.organisation.findMany({ orderBy: { id: 'asc' } });
  const persons = await database.$queryRaw<KnownPerson[]>`
    SELECT id::text AS id, organisation_id::text AS "organisationId", email, name, language, zone, left_on AS "leftOn"
    FROM person WHERE erased_at IS NULL AND email = ANY(${emails})`;
  return { branches: branchesOf(organisations), persons };
}

async function carryOut(tx: Transaction, table: Table, skipErrors: boolean): Promise<ImportPlan> {
  // One at a time: two imports of the same new organisation would found it twice.
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('abide directory import', 0))::text`;
  const plan = planImport(table, await directoryFor(tx, table));
  if (plan.errors.length > 0 && !skipErrors) throw rowsWrong(plan.errors);
  const founded = plan.founded.map(({ id, name, parent }) => ({ id, name, parent_id: parent?.id ?? null }));
  const moved = plan.moved.map(({ branch }) => ({ id: branch.id, parent_id: branch.parent?.id ?? null }));
  const persons = [...plan.added, ...plan.updated].map(({ id, branch, email, name, language, zone }) => {
    return { id, organisation_id: branch.id, email, name, language, zone };
  });
  // One statement each: an organisation may be named before the one above it.
  await tx.$executeRaw`
    INSERT INTO organisation (id, name, parent_id)
    SELECT id, name, parent_id FROM jsonb_to_recordset(${JSON.stringify(founded)}::jsonb) AS new (id uuid, name text, parent_id uuid)`;
  await tx.$executeRaw`
    UPDATE organisation SET parent_id = new.parent_id
    FROM jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) AS new (id uuid, parent_id uuid) WHERE organisation.id = new.id`;
  await tx.$executeRaw`
    INSERT INTO person (id, organisation_id, email, name, language, zone)
    SELECT id, organisation_id, email, name, language, zone
    FROM jsonb_to_recordset(${JSON.stringify(persons)}::jsonb)
      AS new (id uuid, organisation_id uuid, email text, name text, language text, zone text)
    ON CONFLICT (organisation_id, email) DO UPDATE
    SET name = EXCLUDED.name, language = EXCLUDED.language, zone = EXCLUDED.zone`;
  return plan;
}

/** @returns the problem that lists what is wrong, row by row */
function rowsWrong(errors: readonly RowRemark[]): Problem {
  return new Problem('rows-wrong', {
    errors: errors.slice(0, SHOWN).map((error) => {
      const place = placeText(error);
      const { message, cure } = error;
      return {
        path: place.en,
        message: { zh: `${place.zh}${message.zh}`, en: message.en },
        cure,
      };
    }),
  });
}

function summary(
  plan: ImportPlan,
  { dryRun, format, language }: { dryRun: boolean; format: string; language: Language },
) {
  const remarks = (list: readonly RowRemark[]) =>
    list.slice(0, SHOWN).map(({ line, column, code, value, message, cure }) => {
      return { line, column, code, value, message: message[language], cure: cure[language] };
    });
  const changes = [
    ...plan.founded.map((branch) => ({
      line: branch.line,
      change: 'organisation-added',
      organisation: pathOf(branch),
    })),
    ...plan.moved.map(({ branch, line, from }) => {
      return { line, change: 'organisation-moved', organisation: pathOf(branch), from: from ? pathOf(from) : '' };
    }),
    ...plan.added.map((person) => ({ ...personChange(person), change: 'person-added' })),
    ...plan.updated.map((person) => ({
      ...personChange(person),
      change: 'person-changed',
      fields: changedFields(person),
    })),
  ].sort((a, b) => a.line - b.line);
  return {
    dryRun,
    format,
    rows: plan.rows,
    organisations: { added: plan.founded.length, changed: plan.moved.length, unchanged: plan.unchangedOrganisations },
    persons: { added: plan.added.length, changed: plan.updated.length, unchanged: plan.unchangedPersons },
    changes: changes.slice(0, SHOWN),
    errorCount: plan.errors.length,
    errors: remarks(plan.errors),
    warningCount: plan.warnings.length,
    warnings: remarks(plan.warnings),
  };
}

function personChange({ line, branch, name, email }: PlannedPerson) {
  return { line, organisation: pathOf(branch), name, email };
}

function changedFields({ before, ...after }: PlannedPerson) {
  if (!before) return [];
  return (['name', 'language', 'zone'] as const)
    .filter((field) => before[field] !== after[field])
    .map((field) => ({ field, from: before[field], to: after[field] }));
}
