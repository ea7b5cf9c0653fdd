import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { readBundle } from '../activities/bundles.ts';
import { loadWorkflowBundle } from '../activities/bundle.ts';
import type { Clock } from '../activities/clock.ts';
import type { DocumentStore } from '../activities/documents.ts';
import { historyText, runFacts } from '../activities/histories.ts';
import type { KeptRun } from '../activities/kept-runs.ts';
import { UnknownAgreement, fetchRuns, recordedEvents } from '../activities/replay.ts';
import type { CompiledAgreement } from '../domain/agreement/compiled.ts';
import type { Actor } from '../domain/agreement/command.ts';
import type { ProcessFrame } from '../domain/process/process.ts';
import type { Snapshot } from '../domain/agreement/snapshot.ts';
import type { Database } from '../prisma/database.ts';
import type { Prisma } from '../prisma/generated/client.ts';
import { agreementWorkflowId } from '../workflows/ids.ts';
import type { AccountTitles } from './account.ts';
import { type BundleContent, type Gathered, contentOf } from './bundle.ts';
import type {
  AgreementRow,
  AgreementRows,
  CommandRow,
  DocumentRow,
  EventRow,
  LedgerRow,
  NoticeRow,
  ObligationRow,
  People,
  ProcessRow,
} from './format.ts';

export interface EvidenceDeps {
  database: Database;
  temporal: () => Client;
  documents: DocumentStore;
  clock: Clock;
  /** What the template calls things, for the account; undefined where the template is not here. */
  titles: (template: string) => AccountTitles | undefined;
  /** Of package.json, and the commit where it is known. */
  code: { version: string; commit: string | null };
}

/** So often database and histories are read again while the agreement goes on. */
const TRIES = 5;
const BETWEEN_TRIES_MS = 500;

/**
 * Gathers the evidence of an agreement: the database as of one moment, the histories of all runs, the code that ran them,
 * the documents. What cannot be had is named in `missing`; nothing is left out silently.
 *
 * @throws UnknownAgreement
 */
export async function collectEvidence(deps: EvidenceDeps, id: string): Promise<BundleContent> {
  const { database, documents, clock } = deps;
  const { rows, runs } = await readTogether(deps, id);
  const gathered: Gathered = { rows, runs: [], codes: [], documents: [], missing: [] };
  const { missing } = gathered;

  for (const [index, { workflowId, runId, history, bundle: noted, sdk }] of runs.entries()) {
    const file = history ? `histories/${String(index + 1).padStart(4, '0')}.json` : null;
    const facts = history && runFacts(history);
    if (!history) missing.push({ what: 'history', name: runId, why: 'missing' });
    gathered.runs.push({
      ...{ workflowId, runId, file, events: history?.events?.length ?? 0 },
      bundle: facts?.bundle ?? noted ?? null,
      sdk: facts?.sdk ?? sdk ?? null,
      history: history ? historyText(history) : null,
    });
    await pause(0); // others are served meanwhile
  }
  for (const sha256 of new Set(gathered.runs.flatMap(({ bundle }) => bundle ?? []))) {
    const code = await readBundle(database, sha256);
    if (code === undefined) missing.push({ what: 'code', name: sha256, why: 'missing' });
    else gathered.codes.push({ sha256, code });
  }
  const stored = new Map(rows.documents.map(({ sha256, size }) => [sha256, size]));
  for (const [sha256, size] of stored) {
    const state = await documents.check(sha256);
    if (state === 'ok') gathered.documents.push({ sha256, size });
    else missing.push({ what: 'document', name: sha256, why: state });
  }
  const { sha256: bundle, sdk } = await loadWorkflowBundle();
  return contentOf(gathered, {
    createdAt: new Date(clock()).toISOString(),
    code: { ...deps.code, bundle, sdk },
    titles: deps.titles(rows.agreement.template),
  });
}

/**
 * Database and histories as of one event: an agreement that goes on meanwhile is read again. One that is stuck between
 * history and database is taken as it is, and the check names what one has and the other lacks.
 */
export async function readTogether(
  { database, temporal }: Pick<EvidenceDeps, 'database' | 'temporal'>,
  id: string,
): Promise<{ rows: AgreementRows; runs: KeptRun[] }> {
  for (let tries = 1; ; tries++) {
    const before = await readRows(database, id);
    const ids = [...new Set([agreementWorkflowId(id), ...before.events.map(({ workflowId }) => workflowId)])];
    const runs = (await Promise.all(ids.map((workflowId) => fetchRuns(database, temporal(), workflowId)))).flat();
    const rows = await readRows(database, id);
    const own = runs.filter(({ workflowId }) => workflowId === agreementWorkflowId(id));
    const told = Math.max(0, ...recordedEvents(own).keys());
    const known = runs.every(({ history }) => history !== undefined);
    if (!known || told === rows.agreement.sequence || tries === TRIES) return { rows, runs };
    await pause(BETWEEN_TRIES_MS);
  }
}

/** @throws UnknownAgreement when nobody has started it */
async function readRows(database: Database, id: string): Promise<AgreementRows> {
  return database.$transaction(
    async (tx) => {
      const row = await tx.agreement.findUnique({ where: { id } });
      if (!row?.compiled) throw new UnknownAgreement(id);
      const where = { agreementId: id };
      const inOrder = { orderBy: [{ workflowId: 'asc' as const }, { sequence: 'asc' as const }] };
      const processes = await tx.process.findMany({ where, orderBy: { workflowId: 'asc' } });
      const events = await tx.event.findMany({ where, ...inOrder });
      const ledger = await tx.ledgerLine.findMany({ where, ...inOrder });
      const obligations = await tx.obligation.findMany({ where, orderBy: [{ id: 'asc' }, { occurrence: 'asc' }] });
      const notices = await tx.notice.findMany({ where, orderBy: { number: 'asc' } });
      const commands = await tx.command.findMany({ where, orderBy: [{ receivedAt: 'asc' }, { id: 'asc' }] });
      const documents = await tx.agreementDocument.findMany({
        where,
        include: { document: true },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      });
      const seats = await tx.seat.findMany({ where, orderBy: { seat: 'asc' } });
      const agreement = agreementRow(row);
      return {
        agreement,
        processes: processes.map(processRow),
        events: events.map(eventRow),
        ledger: ledger.map(ledgerRow),
        obligations: obligations.map(obligationRow),
        notices: notices.map(noticeRow),
        commands: commands.map(commandRow),
        documents: documents.map(documentRow),
        people: {
          persons: await personsOf(tx, [...seats.map(({ personId }) => personId), ...idsIn(events, notices)]),
          seats: seats.map(({ seat, party, personId }) => ({ seat, party, personId })),
        },
      };
    },
    { isolationLevel: 'RepeatableRead', timeout: 60_000 },
  );
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Everybody whom an event or a notice names by id. */
function idsIn(events: readonly { body: string }[], notices: readonly { personId: string | null }[]): string[] {
  const named = events.flatMap(({ body }) => [...body.matchAll(/"(?:person:)?([0-9a-f-]{36})"/g)].map(([, id]) => id));
  return [...named, ...notices.map(({ personId }) => personId)].filter((id): id is string => UUID.test(id ?? ''));
}

async function personsOf(tx: Prisma.TransactionClient, ids: string[]): Promise<People['persons']> {
  const persons = await tx.person.findMany({
    where: { id: { in: [...new Set(ids)] } },
    include: { organisation: true },
    orderBy: { id: 'asc' },
  });
  return persons.map(({ id, name, email, organisation, erasedAt }) => ({
    ...{ id, name, email, organisation: organisation.name },
    erasedAt: iso(erasedAt),
  }));
}

function iso(date: Date | null): string | null {
  return date && date.toISOString();
}

function agreementRow(row: Prisma.AgreementGetPayload<object>): AgreementRow {
  const { id, template, status, zone, sequence, inForceOn, expiresOn, endedOn, draft } = row;
  return {
    ...{ id, template, status, zone, sequence, inForceOn, expiresOn, endedOn },
    createdAt: row.createdAt.toISOString(),
    startedAt: iso(row.startedAt),
    draft,
    compiled: row.compiled as unknown as CompiledAgreement,
    snapshot: row.snapshot as unknown as Snapshot | null,
  };
}

function processRow(row: Prisma.ProcessGetPayload<object>): ProcessRow {
  const { id: _id, agreementId: _agreementId, createdAt, input, snapshot, ...rest } = row;
  return {
    ...rest,
    createdAt: createdAt.toISOString(),
    input: input as unknown as ProcessFrame,
    snapshot: snapshot as object | null,
  };
}

function eventRow({
  agreementId: _id,
  occurredAt,
  recordedAt,
  actor,
  ...row
}: Prisma.EventGetPayload<object>): EventRow {
  return {
    ...row,
    occurredAt: occurredAt.toISOString(),
    recordedAt: recordedAt.toISOString(),
    actor: actor as unknown as Actor,
  };
}

function ledgerRow({ agreementId: _id, at, amount, ...row }: Prisma.LedgerLineGetPayload<object>): LedgerRow {
  return { ...row, at: at.toISOString(), amount: amount.toFixed(4) };
}

function obligationRow(row: Prisma.ObligationGetPayload<object>): ObligationRow {
  const { agreementId: _id, position: _position, dueAt, fulfilledAt, ...rest } = row;
  return { ...rest, dueAt: iso(dueAt), fulfilledAt: iso(fulfilledAt) };
}

function noticeRow(row: Prisma.NoticeGetPayload<object>): NoticeRow {
  const { agreementId: _id, number: _number, claimedAt: _claimedAt, at, sentAt, bouncedAt, ...rest } = row;
  return { ...rest, at: at.toISOString(), sentAt: iso(sentAt), bouncedAt: iso(bouncedAt) };
}

function commandRow(row: Prisma.CommandGetPayload<object>): CommandRow {
  const { agreementId: _id, receivedAt, settledAt, ...rest } = row;
  return { ...rest, receivedAt: receivedAt.toISOString(), settledAt: iso(settledAt) };
}

function documentRow(row: Prisma.AgreementDocumentGetPayload<{ include: { document: true } }>): DocumentRow {
  const { agreementId: _id, document, createdAt, ...rest } = row;
  return { ...rest, size: document.size, type: document.type, createdAt: createdAt.toISOString() };
}
