import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Text } from '../domain/time.ts';
import type { DataFile, FileProblem } from './data-file.ts';
import { readDataFile } from './data-file.ts';
import type { Clause, Ledger } from './ledger-schema.ts';
import { CAPABILITIES, ledgerSchema } from './ledger-schema.ts';
import type { TemplateFolder } from './library.ts';
import { TemplateError, fileName, templateFolders } from './library.ts';
import { clauseId } from './names.ts';

/** The source texts in their order; those of the user's templates follow by name. */
const SOURCES = [
  'S000',
  'S001a',
  'S001b',
  'S001c',
  'S002',
  'S003-C',
  'S003-E',
  'S003-K',
  'S003-N',
  'S003-S',
  'S003-guidance',
  'S004',
];

/** A clause, the source that it stands in, and the folder that its ledger lies in. */
export interface LedgerClause extends Clause {
  source: string;
  folder: string;
}

/** One `clauses-<source>.yaml`. */
export interface LedgerFile {
  folder: TemplateFolder;
  file: string;
  read: DataFile<Ledger> | { problems: FileProblem[] };
}

/** The ledgers that lie in these folders, those with problems too. */
export function readLedgerFiles(folders: readonly TemplateFolder[]): LedgerFile[] {
  return folders.flatMap((folder) =>
    folder.ledgers.map((name): LedgerFile => {
      const file = fileName(folder, name);
      const read = readDataFile(ledgerSchema, readFileSync(join(folder.path, name), 'utf8'), file);
      if ('problems' in read || name === `clauses-${read.value.source}.yaml`) return { folder, file, read };
      const message: Text = {
        zh: `应为：文件名中的来源（${name}）`,
        en: `expected the source that the file is named after (${name})`,
      };
      return { folder, file, read: { problems: [{ file, line: read.lineOf(['source']), path: 'source', message }] } };
    }),
  );
}

/** A clause id stands once in all ledgers. */
export function repeatedClauses(files: readonly LedgerFile[]): FileProblem[] {
  const seen = new Map<string, string>();
  return files.flatMap(({ file, read }) =>
    'problems' in read
      ? []
      : read.value.clauses.flatMap(({ id }, index): FileProblem[] => {
          const before = seen.get(id);
          seen.set(id, file);
          if (before === undefined) return [];
          const message = {
            zh: `应为未用过的条款编号；${id} 已在 ${before}`,
            en: `expected a clause id used once; ${id} is in ${before} already`,
          };
          return [{ file, line: read.lineOf(['clauses', index, 'id']), path: `clauses[${index}].id`, message }];
        }),
  );
}

function rank(source: string): number {
  const place = SOURCES.indexOf(source);
  return place < 0 ? SOURCES.length : place;
}

let loaded: { folders: readonly TemplateFolder[]; clauses: readonly LedgerClause[] } | undefined;

/** Every clause of every source, in the order of the sources. Throws TemplateError when a file is wrong. */
export function listClauses(): readonly LedgerClause[] {
  const folders = templateFolders();
  if (loaded?.folders === folders) return loaded.clauses;
  const files = readLedgerFiles(folders);
  const problems = files.flatMap(({ read }) => ('problems' in read ? read.problems : []));
  problems.push(...repeatedClauses(files));
  if (problems.length > 0) throw new TemplateError(problems);
  const clauses = files
    .flatMap(({ folder, read }) => ('value' in read ? [{ folder: folder.id, ...read.value }] : []))
    .sort((a, b) => rank(a.source) - rank(b.source) || (a.source < b.source ? -1 : 1))
    .flatMap(({ folder, source, clauses: all }) => all.map((clause) => ({ ...clause, source, folder })));
  loaded = { folders, clauses };
  return clauses;
}

/** The clause with this id; undefined when no ledger has it. */
export function findClause(id: string): LedgerClause | undefined {
  return listClauses().find((clause) => clause.id === id);
}

/** A clause that obliges: neither recital nor guidance, nor one whose words are missing. */
export function isOperative({ text }: Pick<Clause, 'text'>): boolean {
  return text === 'text' || text === 'binding' || text === 'policy';
}

/** Why a clause is not automated: the capability that it waits for, the reason that its ledger gives, or both. */
export function reasonOf({ until, reason }: Pick<Clause, 'until' | 'reason'>): Text | undefined {
  const waits = until === undefined ? undefined : CAPABILITIES[until];
  if (waits && reason) return { zh: `${waits.zh}；${reason.zh}`, en: `${waits.en}; ${reason.en}` };
  return waits ?? reason;
}

const EVIDENCE = new URL('evidence.json', import.meta.url);
const evidenceSchema = z.record(
  clauseId,
  z.array(z.string().regex(/^[^/]+\/[^/]+$/, { error: '<template>/<example>' })),
);

/** The examples (`<template>/<example>`) that show each clause at work, by clause id; written by their test. */
export function readEvidence(): Record<string, string[]> {
  if (!existsSync(EVIDENCE)) return {};
  const read = readDataFile(evidenceSchema, readFileSync(EVIDENCE, 'utf8'), 'templates/evidence.json');
  if ('problems' in read) throw new TemplateError(read.problems);
  return read.value;
}
