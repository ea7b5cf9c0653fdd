import { canonicalJson } from '../activities/chain.ts';
import { type AccountTitles, accountOf } from './account.ts';
import type { Entry } from './container.ts';
import {
  type AgreementRows,
  type EventRow,
  FORMAT,
  type Head,
  type Manifest,
  type Missing,
  PATHS,
  type RunRow,
  accountPath,
  codePath,
  documentPath,
  sha256Of,
} from './format.ts';
import { README } from './readme.ts';
import { signStatement } from './signing.ts';

/** All of a bundle but manifest, signature and the documents' bytes. */
export interface BundleContent {
  agreement: string;
  createdAt: string;
  code: Manifest['code'];
  heads: Head[];
  files: Entry[];
  documents: { sha256: string; size: number }[];
  missing: Missing[];
}

/** What was gathered of an agreement. */
export interface Gathered {
  rows: AgreementRows;
  /** `history` as Temporal's own JSON, for the file that the row names. */
  runs: (RunRow & { history: string | null })[];
  /** Of the workflow bundles that the runs name. */
  codes: { sha256: string; code: string }[];
  /** Those that are whole. */
  documents: { sha256: string; size: number }[];
  missing: Missing[];
}

/** The files of a bundle. */
export function contentOf(
  { rows, runs, codes, documents, missing }: Gathered,
  { createdAt, code, titles }: { createdAt: string; code: Manifest['code']; titles: AccountTitles | undefined },
): BundleContent {
  const { agreement } = rows;
  const text = (path: string, content: string): Entry => ({ path, bytes: Buffer.from(content) });
  return {
    agreement: agreement.id,
    createdAt,
    code,
    heads: headsOf(rows.events),
    files: [
      text(PATHS.readme, README),
      ...(['zh', 'en'] as const).map((language) =>
        text(accountPath(language), accountOf(rows, { language, titles, createdAt, missing })),
      ),
      jsonFile(PATHS.agreement, agreement),
      jsonFile(PATHS.calendar, agreement.compiled.calendar),
      jsonFile(PATHS.patches, agreement.snapshot?.patches ?? []),
      rowsFile(PATHS.events, rows.events),
      rowsFile(PATHS.processes, rows.processes),
      rowsFile(PATHS.ledger, rows.ledger),
      rowsFile(PATHS.obligations, rows.obligations),
      rowsFile(PATHS.notices, rows.notices),
      rowsFile(PATHS.commands, rows.commands),
      rowsFile(PATHS.documents, rows.documents),
      jsonFile(PATHS.people, rows.people),
      jsonFile(
        PATHS.runs,
        runs.map(({ history: _history, ...run }) => run),
      ),
      ...runs.flatMap(({ file, history }) => (file === null || history === null ? [] : [text(file, `${history}\n`)])),
      ...codes.map(({ sha256, code: source }) => text(codePath(sha256), source)),
    ],
    documents,
    missing,
  };
}

/** The last event of each workflow id. */
export function headsOf(events: readonly EventRow[]): Head[] {
  const last = new Map(events.map(({ workflowId, sequence, hash }) => [workflowId, { workflowId, sequence, hash }]));
  return [...last.values()];
}

function jsonFile(path: string, value: unknown): Entry {
  return { path, bytes: Buffer.from(`${JSON.stringify(value, null, 1)}\n`) };
}

/** One row a line. */
function rowsFile(path: string, rows: readonly object[]): Entry {
  return { path, bytes: Buffer.from(rows.map((row) => `${canonicalJson(row)}\n`).join('')) };
}

/**
 * The entries of a bundle in their order: manifest and signature, the files, and the documents, whose bytes are read one
 * after the other as the bundle is written.
 *
 * @param open the bytes of a document; they are compared with their hash once more
 */
export function sealed(
  { agreement, createdAt, code, heads, files, documents, missing }: BundleContent,
  privateKeyPem: string,
): { manifest: Manifest; entries(open: (sha256: string) => Promise<Buffer>): AsyncGenerator<Entry> } {
  const manifest: Manifest = {
    format: FORMAT,
    agreement,
    createdAt,
    code,
    heads,
    files: [
      ...files.map(({ path, bytes }) => ({ path, size: bytes.length, sha256: sha256Of(bytes) })),
      ...documents.map(({ sha256, size }) => ({ path: documentPath(sha256), size, sha256 })),
    ],
    missing,
  };
  const written = jsonFile(PATHS.manifest, manifest);
  const statement = { format: FORMAT, agreement, heads, manifest: sha256Of(written.bytes) };
  const signature = `${canonicalJson(signStatement(statement, privateKeyPem))}\n`;
  return {
    manifest,
    async *entries(open) {
      yield written;
      yield { path: PATHS.signature, bytes: Buffer.from(signature) };
      yield* files;
      for (const { sha256 } of documents) {
        const bytes = await open(sha256);
        if (sha256Of(bytes) !== sha256) throw new Error(`document ${sha256} changed while the bundle was written`);
        yield { path: documentPath(sha256), bytes };
      }
    },
  };
}
