import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Client, Connection } from '@temporalio/client';
import { MockActivityEnvironment } from '@temporalio/testing';
import { pino } from 'pino';
import { openDocumentStore } from '../../activities/documents.ts';
import { createRecord } from '../../activities/record.ts';
import type { ApiDeps } from '../../api/deps.ts';
import { type RunningApi, startApi } from '../../api/server.ts';
import { decide } from '../../domain/agreement/decide.ts';
import { isRejection } from '../../domain/agreement/decision.ts';
import { fold } from '../../domain/agreement/fold.ts';
import { type Snapshot, restoreState } from '../../domain/agreement/snapshot.ts';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import type { Command } from '../../domain/agreement/command.ts';
import { type Postgres, startPostgres } from '../../embedded/postgres.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { openAudit } from '../../cli/audit.ts';
import { readConfig } from '../../config.ts';
import { applyMigrations } from '../../prisma/migrate.ts';
import { findTemplate } from '../../templates/library.ts';
import { resolveTerms } from '../../templates/terms.ts';
import { MACHINE, MACHINE_KEY } from '../support/machine-key.ts';
import { agreementWorkflowId } from '../../workflows/ids.ts';

export const MAX_BYTES = 64 * 1024;

/** The API on a database of its own, while the engine is away. */
export interface Desk {
  api: RunningApi;
  database: Database;
  deps: ApiDeps;
  folder: string;
  /** Lines of the log. */
  log: string[];
  /** Moves with `now.ms = …`. */
  now: { ms: number };
  /** Starts another API on the same data. */
  another(change: Partial<ApiDeps>): Promise<RunningApi>;
  /** Does what the worker would: decides and records what the API stored. */
  record(commandId: string): Promise<void>;
  /** Lets time itself act on the agreement, at the moment that `now` stands at. */
  tick(agreementId: string): Promise<void>;
  close(): Promise<void>;
}

export async function openDesk(): Promise<Desk> {
  const folder = await mkdtemp(join(tmpdir(), 'abide-api-'));
  const postgres: Postgres = await startPostgres({ dataDir: join(folder, 'pg'), durable: false, log: () => undefined });
  await applyMigrations(postgres.url);
  const database = openDatabase(postgres.url);
  // Nobody listens on port 1: the engine is away.
  const connection = Connection.lazy({ address: '127.0.0.1:1' });
  const client = new Client({ connection });
  const now = { ms: Date.parse('2026-09-01T09:00:00+08:00') };
  const log: string[] = [];
  const deps: ApiDeps = {
    database,
    temporal: () => client,
    documents: openDocumentStore(join(folder, 'documents'), { maxBytes: MAX_BYTES }),
    clock: () => now.ms,
    config: { publicUrl: 'http://127.0.0.1:8420', apiKey: MACHINE_KEY },
    audit: openAudit(readConfig({ DATA_DIR: folder }), { database, temporal: () => client }),
    evidence: () => Promise.resolve({ fileName: 'bundle.zip', fingerprint: '', stream: Readable.from(['PK']) }),
    replayAgreement: () => Promise.resolve({ verdict: 'identical', compared: 0, runs: [] }),
    log: pino({ level: 'trace' }, { write: (line: string) => void log.push(line) }),
    version: '0.0.0',
    engineDeadlineMs: 100,
  };
  const running: RunningApi[] = [];
  const another = async (change: Partial<ApiDeps>): Promise<RunningApi> => {
    const api = await startApi({ ...deps, ...change }, { host: '127.0.0.1', port: 0 });
    running.push(api);
    return api;
  };
  const record = createRecord({
    database,
    clock: () => now.ms,
    bundle: 'b'.repeat(64),
    sdk: '0.0.0',
    messageIdHost: 'localhost',
    killPoint: () => undefined,
  });
  const step = async (agreementId: string, command: Command, commandId?: string): Promise<void> => {
    const agreement = await database.agreement.findUniqueOrThrow({ where: { id: agreementId } });
    const before = restoreState(
      agreement.compiled as unknown as CompiledAgreement,
      agreement.snapshot as unknown as Snapshot | null,
      agreement.sequence,
    );
    const decided = decide(command, before);
    if (isRejection(decided)) throw new Error(decided.rejected);
    const { events, notices } = fold(before, decided, now.ms);
    const workflowExecution = { workflowId: agreementWorkflowId(agreementId), runId: randomUUID() };
    const unchanged = events.length === 0 && commandId !== undefined ? [{ commandId, atMs: now.ms }] : [];
    await new MockActivityEnvironment({ workflowExecution }).run(record, {
      agreementId,
      events,
      notices,
      refusals: [],
      unchanged,
    });
  };
  return {
    api: await another({}),
    database,
    deps,
    folder,
    log,
    now,
    another,
    record: async (commandId) => {
      const { command, agreementId } = await database.command.findUniqueOrThrow({ where: { id: commandId } });
      await step(agreementId, command as unknown as Command, commandId);
    },
    tick: (agreementId) => step(agreementId, { type: 'tick', atMs: now.ms, nowMs: now.ms }),
    close: async () => {
      for (const api of running) await api.stop();
      // Not closed: calls that the SDK repeats later would throw on a closed channel, where nobody can catch it.
      await database.$disconnect();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export const DRAFT = {
  template: 'service-attachments@1',
  terms: {
    contractTotal: '1000000.00',
    penaltyCapPercent: 'not-agreed',
    penaltyGraceDays: 'not-agreed',
    expiresOn: 'not-agreed',
  },
  parties: {
    A: { name: '甲公司', email: 'Li.Hua@a.example', contact: '李华' },
    B: { name: 'B <Ltd> & Co', email: 'bob@b.example', language: 'en' },
  },
  coordinator: { name: '王协调', email: 'wang@c.example' },
};

export interface Reply {
  status: number;
  headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- whatever JSON came back
  body: any;
}

/** A request as JSON, by a program with API_KEY unless told otherwise; a POST gets a fresh key. */
export async function ask(
  api: RunningApi,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const isForm = body instanceof FormData;
  const response = await fetch(`${api.url}/api${path}`, {
    method,
    headers: {
      'Accept-Language': 'en',
      ...MACHINE,
      ...(method === 'GET' ? {} : { 'Idempotency-Key': randomUUID() }),
      ...(body === undefined || isForm ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : text };
}

export function form(fields: Record<string, string>, files: Record<string, string | Uint8Array> = {}): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  for (const [name, content] of Object.entries(files)) data.append('file', new Blob([content as string]), name);
  return data;
}

/** An internal policy with three duties a quarter, signed by its one party today; everything open is "not agreed". */
export async function policyInForce(desk: Desk): Promise<string> {
  const found = findTemplate('satisfaction-evaluation@1');
  if ('problem' in found) throw new Error('the template is gone');
  const open = resolveTerms(found.template, {}).open.map(({ term }) => [term, 'not-agreed']);
  const draft = {
    template: 'satisfaction-evaluation@1',
    terms: Object.fromEntries(open),
    parties: { Company: { name: '示例公司', email: 'office@x.example' } },
    seats: { 'customer-service': { name: '客服部 赵敏', email: 'zhao@x.example' } },
    coordinator: { name: '王协调', email: 'wang@x.example' },
    start: true,
  };
  const act = async (path: string, body: unknown): Promise<string> => {
    const key = randomUUID();
    const reply = await ask(desk.api, 'POST', path, body, { 'Idempotency-Key': key });
    if (reply.status !== 202) throw new Error(JSON.stringify(reply.body));
    await desk.record(key);
    return (await desk.database.command.findUniqueOrThrow({ where: { id: key } })).agreementId;
  };
  const agreementId = await act('/agreements', draft);
  return act(`/agreements/${agreementId}/signatures`, { as: 'Company' });
}

/** An agreement that waits for signatures, as the worker would have recorded it. */
export async function awaitingSignatures(desk: Desk): Promise<string> {
  const headers = { 'Idempotency-Key': randomUUID() };
  await ask(desk.api, 'POST', '/agreements', { ...DRAFT, start: true }, headers);
  const startId = headers['Idempotency-Key'];
  await desk.record(startId);
  return (await desk.database.command.findUniqueOrThrow({ where: { id: startId } })).agreementId;
}

/** An agreement in force, signed by both today. */
export async function inForce(desk: Desk): Promise<string> {
  const agreementId = await awaitingSignatures(desk);
  for (const as of ['A', 'B']) {
    const key = randomUUID();
    await ask(desk.api, 'POST', `/agreements/${agreementId}/signatures`, { as }, { 'Idempotency-Key': key });
    await desk.record(key);
  }
  return agreementId;
}
