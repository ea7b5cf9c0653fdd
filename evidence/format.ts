import { createHash } from 'node:crypto';
import type { Actor } from '../domain/agreement/command.ts';
import type { CompiledAgreement } from '../domain/agreement/compiled.ts';
import type { ProcessFrame } from '../domain/process/process.ts';
import type { Snapshot } from '../domain/agreement/snapshot.ts';

/** What a bundle holds and how; docs/evidence.md says it for auditors. A later form is `abide-evidence@2`, never an edit. */
export const FORMAT = 'abide-evidence@1';

export const PATHS = {
  manifest: 'manifest.json',
  signature: 'signature.json',
  readme: 'README.txt',
  agreement: 'agreement.json',
  calendar: 'calendar.json',
  patches: 'patches.json',
  events: 'events.jsonl',
  /** Missing in bundles of releases before 0.4. */
  processes: 'processes.jsonl',
  ledger: 'ledger.jsonl',
  obligations: 'obligations.jsonl',
  notices: 'notices.jsonl',
  commands: 'commands.jsonl',
  documents: 'documents.jsonl',
  people: 'people.json',
  runs: 'runs.json',
} as const;

export const accountPath = (language: 'zh' | 'en'): string => `account.${language}.html`;
export const documentPath = (sha256: string): string => `documents/${sha256}`;
export const codePath = (sha256: string): string => `code/${sha256}.js`;

/** The last event of a workflow id's hash chain: whoever knows it knows all events before it. */
export interface Head {
  workflowId: string;
  sequence: number;
  hash: string;
}

/** What belongs into the bundle and could not be had when it was made. */
export interface Missing {
  what: 'document' | 'history' | 'code';
  /** SHA-256, or run id. */
  name: string;
  why: 'missing' | 'altered';
}

export interface Manifest {
  format: string;
  agreement: string;
  /** UTC. */
  createdAt: string;
  /** What made the bundle: release, commit where it is known, workflow bundle and SDK of this checkout. */
  code: { version: string; commit: string | null; bundle: string; sdk: string };
  heads: Head[];
  /** All files but this one and the signature. */
  files: { path: string; size: number; sha256: string }[];
  missing: Missing[];
}

/** What is signed. */
export interface Statement {
  format: string;
  agreement: string;
  heads: Head[];
  /** SHA-256 of manifest.json. */
  manifest: string;
}

/** signature.json, as canonical JSON and a line feed: another way to write the same is another file. */
export interface Signature {
  algorithm: 'Ed25519';
  /** 32 bytes in hex (RFC 8032). */
  publicKey: string;
  /** 64 bytes in hex, over the statement as canonical JSON. */
  signature: string;
  statement: Statement;
}

/** agreement.json: the row, with what was compiled from the draft and what the events fold to. */
export interface AgreementRow {
  id: string;
  template: string;
  status: string;
  zone: string;
  sequence: number;
  inForceOn: string | null;
  expiresOn: string | null;
  endedOn: string | null;
  createdAt: string;
  startedAt: string | null;
  draft: unknown;
  compiled: CompiledAgreement;
  snapshot: Snapshot | null;
}

/** A survey, an improvement …: what it was started with, and what its events fold to. */
export interface ProcessRow {
  workflowId: string;
  type: string;
  reference: string;
  status: string;
  sequence: number;
  createdAt: string;
  input: ProcessFrame;
  snapshot: object | null;
  /** Words about it; free text stands here and with the commands. */
  text: unknown;
}

export interface EventRow {
  workflowId: string;
  sequence: number;
  type: string;
  obligation: string | null;
  occurrence: string | null;
  occurredAt: string;
  recordedAt: string;
  actor: Actor;
  clauses: string[];
  commandId: string | null;
  /** The event as the workflow sent it, canonical JSON: what the hash is made of. */
  body: string;
  previous: string;
  hash: string;
}

export interface LedgerRow {
  workflowId: string;
  sequence: number;
  at: string;
  kind: string;
  obligation: string | null;
  occurrence: string | null;
  debtor: string;
  creditor: string;
  /** As sums are made of it: four decimals. */
  amount: string;
  amountText: string;
  currency: string;
  days: number | null;
  base: string | null;
  rate: string | null;
  excludedDays: number | null;
  about: string | null;
  clauses: string[];
}

export interface ObligationRow {
  id: string;
  /** Empty: it does not recur. */
  occurrence: string;
  kind: string;
  status: string;
  responsible: string;
  dueAt: string | null;
  localDate: string | null;
  fulfilledAt: string | null;
  settledDaysLate: number;
  clauses: string[];
}

export interface NoticeRow {
  id: string;
  kind: string;
  seat: string;
  role: string;
  obligation: string | null;
  occurrence: string | null;
  rungs: string[];
  at: string;
  clauses: string[];
  addressee: string | null;
  act: string | null;
  facts: unknown;
  messageId: string;
  /** From here on: what became of it. */
  status: string;
  attempts: number;
  possibleDuplicate: boolean;
  personId: string | null;
  address: string | null;
  language: string | null;
  subject: string | null;
  sentAt: string | null;
  failure: string | null;
  deputyFor: string | null;
  carriedBy: string | null;
  bouncedAt: string | null;
}

/** What somebody asked for, and what became of it; the free text stands here alone. */
export interface CommandRow {
  id: string;
  type: string;
  command: unknown;
  text: unknown;
  receivedAt: string;
  status: string;
  outcome: unknown;
  settledAt: string | null;
}

export interface DocumentRow {
  id: string;
  sha256: string;
  size: number;
  type: string;
  fileName: string;
  commandId: string;
  obligation: string | null;
  createdAt: string;
}

/** people.json: the ids of events and notices as people know them, as of the day of the bundle. */
export interface People {
  persons: { id: string; name: string; email: string; organisation: string; erasedAt: string | null }[];
  seats: { seat: string; party: string | null; personId: string }[];
}

/** runs.json: each workflow run, its history's file and the code that ran it. */
export interface RunRow {
  workflowId: string;
  runId: string;
  /** Null: the history could not be had. */
  file: string | null;
  events: number;
  bundle: string | null;
  sdk: string | null;
}

/** All that the database holds of an agreement, as of one moment. */
export interface AgreementRows {
  agreement: AgreementRow;
  processes: ProcessRow[];
  events: EventRow[];
  ledger: LedgerRow[];
  obligations: ObligationRow[];
  notices: NoticeRow[];
  commands: CommandRow[];
  documents: DocumentRow[];
  people: People;
}

export function sha256Of(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
