import { wantedAt } from '../domain/case/clock-standing.ts';
import type { CaseState } from '../domain/case/state.ts';
import type { ProcessFrame, ProcessState, ProcessType } from '../domain/process/process.ts';
import { awaitedOfProcess } from '../domain/process/awaited.ts';
import { processRules } from '../domain/process/registry.ts';
import { processSnapshot, restoreProcess } from '../domain/process/snapshot.ts';
import { AWAITED_VERSION, type AwaitedRows, awaitedRows } from './awaited.ts';
import { CHAIN_START, canonicalJson, chainHash } from './chain.ts';
import type { Activities, ProcessRecordInput, RecordedProcessEvent } from './index.ts';
import { riskSignals } from './risk-signals.ts';
import { placeSamples } from './survey-sample.ts';
import { type RecordDeps, type Transaction, execution, noticeRow, settledCommands } from './record.ts';

/**
 * Writes one step of a process: its events with their hash chain, the snapshot that they fold to, notices, and what became
 * of the commands. One transaction; rows that are there already are left alone, so a retry changes nothing.
 */
export function createRecordProcess(deps: RecordDeps): Activities['recordProcess'] {
  return async (step) => {
    const { workflowId, runId } = execution();
    await deps.database.$transaction(
      async (tx) => {
        const now = new Date(deps.clock());
        if (step.input) await begin(tx, workflowId, step, step.input, now);
        const head = await lockProcess(tx, workflowId);
        const events = step.events.filter(({ sequence }) => sequence > head.sequence);
        await placeSamples(tx, workflowId, events);
        await write(tx, {
          workflowId,
          ...chained(workflowId, step, head, events),
          notices: step.notices.map((notice) => noticeRow(step.agreementId, notice, deps.messageIdHost)),
          settled: settledCommands(step, events),
          settledAt: now,
          run: {
            workflow_id: workflowId,
            run_id: runId,
            agreement_id: step.agreementId,
            first_seen_at: now,
            bundle: deps.bundle,
            sdk: deps.sdk,
          },
        });
      },
      { timeout: 20_000, maxWait: 5_000 },
    );
    deps.killPoint('record:committed');
    return riskSignals(deps.database, { ...step, workflowId });
  };
}

/** What is recorded of a process so far. */
interface Head {
  input: ProcessFrame;
  snapshot: object | null;
  sequence: number;
  hash: string;
  /** Of its rows of what is waited for. */
  awaitedVersion: number;
}

/** The process's row, where another workflow started it; whoever was asked by a person has it already. */
async function begin(
  tx: Transaction,
  workflowId: string,
  { agreementId, type, reference }: ProcessRecordInput,
  input: ProcessFrame,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO process (workflow_id, id, agreement_id, type, reference, status, input, sequence, created_at)
    VALUES (${workflowId}, gen_random_uuid(), ${agreementId}::uuid, ${type}, ${reference}, 'starting',
            ${JSON.stringify(input)}::jsonb, 0, ${now})
    ON CONFLICT DO NOTHING`;
}

async function lockProcess(tx: Transaction, workflowId: string): Promise<Head> {
  const rows = await tx.$queryRaw<
    { input: ProcessFrame; snapshot: object | null; sequence: number; awaitedVersion: number; hash: string | null }[]
  >`
    SELECT input, snapshot, sequence, awaited_version AS "awaitedVersion",
           (SELECT hash FROM event WHERE workflow_id = ${workflowId} AND event.sequence = process.sequence)
    FROM process WHERE workflow_id = ${workflowId} FOR NO KEY UPDATE`;
  const row = rows[0];
  if (!row) throw new Error(`process ${workflowId} has no row`);
  if (row.sequence > 0 && row.hash === null)
    throw new Error(`process ${workflowId}: event ${row.sequence} is not there`);
  return { ...row, hash: row.hash ?? CHAIN_START };
}

function chained(
  workflowId: string,
  { agreementId, type }: ProcessRecordInput,
  head: Head,
  events: RecordedProcessEvent[],
): Pick<Step, 'events' | 'processes' | 'awaited'> {
  const [first, last] = [events[0], events.at(-1)];
  if (!first || !last) return { events: [], processes: [], awaited: null };
  if (first.sequence !== head.sequence + 1) {
    throw new Error(`process ${workflowId}: event ${first.sequence} does not follow ${head.sequence}`);
  }
  let previous = head.hash;
  const rows = events.map((event) => {
    const body = canonicalJson(event);
    const hash = chainHash(previous, body);
    const row = { ...eventRow(workflowId, agreementId, event), body, previous, hash };
    previous = hash;
    return row;
  });
  const { dueAtMs, before, after, status, snapshot } = folded(type, head, events);
  const { sequence } = last;
  const due = { next_due_at: dueAtMs === null ? null : new Date(dueAtMs), due_sequence: sequence };
  const row = { workflow_id: workflowId, status, snapshot, sequence, ...due, awaited_version: AWAITED_VERSION };
  return {
    events: rows,
    processes: [row],
    awaited: awaitedRows(
      { workflowId, agreementId, seating: head.input },
      { before: awaitedOfProcess(type, before), after: awaitedOfProcess(type, after), version: head.awaitedVersion },
    ),
  };
}

function folded(
  type: ProcessType,
  head: Head,
  events: RecordedProcessEvent[],
): { status: string; snapshot: object; dueAtMs: number | null; before: ProcessState; after: ProcessState } {
  const rules = processRules(type);
  const before = restoreProcess(type, head.input, head.snapshot, head.sequence);
  const state = events.reduce(
    (folding, event) => ({ ...rules.evolve(folding, event), sequence: event.sequence }),
    before,
  );
  const atMs = events.at(-1)?.occurredAtMs ?? 0;
  return {
    status: rules.statusOf(state),
    snapshot: processSnapshot(state),
    dueAtMs: type === 'case' ? wantedAt(state as unknown as CaseState, atMs) : null,
    ...{ before, after: state },
  };
}

function eventRow(workflowId: string, agreementId: string, event: RecordedProcessEvent) {
  const { obligation = null, occurrence = null } = event as { obligation?: string; occurrence?: string };
  return {
    workflow_id: workflowId,
    sequence: event.sequence,
    agreement_id: agreementId,
    type: event.type,
    obligation,
    occurrence,
    occurred_at: new Date(event.occurredAtMs),
    recorded_at: new Date(event.recordedAtMs),
    actor: event.actor,
    clauses: event.clauses,
    command_id: event.commandId ?? null,
  };
}

/** Rows of one step, by table, with the columns' names. */
interface Step {
  workflowId: string;
  events: object[];
  processes: object[];
  /** Null: nothing changed. */
  awaited: AwaitedRows | null;
  notices: object[];
  settled: object[];
  settledAt: Date;
  run: object;
}

/** All of a step in one statement. */
async function write(tx: Transaction, step: Step): Promise<void> {
  const json = (rows: object): string => JSON.stringify(rows);
  await tx.$executeRaw`
    WITH
      events AS (
        INSERT INTO event SELECT * FROM jsonb_populate_recordset(NULL::event, ${json(step.events)}::jsonb)
        RETURNING workflow_id, sequence, type),
      deliveries AS (
        INSERT INTO webhook_delivery (endpoint_id, workflow_id, sequence, next_at, created_at)
        SELECT endpoint.id, events.workflow_id, events.sequence, ${step.settledAt}, ${step.settledAt}
        FROM events JOIN webhook_endpoint AS endpoint ON endpoint.disabled_at IS NULL
          AND (cardinality(endpoint.events) = 0 OR events.type = ANY (endpoint.events))),
      processes AS (
        UPDATE process SET status = new.status, snapshot = new.snapshot, sequence = new.sequence,
          next_due_at = new.next_due_at, due_sequence = new.due_sequence, awaited_version = new.awaited_version
        FROM jsonb_populate_recordset(NULL::process, ${json(step.processes)}::jsonb) AS new
        WHERE process.workflow_id = new.workflow_id),
      awaited_gone AS (
        DELETE FROM awaited USING (SELECT ${step.awaited?.keys ?? null}::text[] AS keys) AS now
        WHERE awaited.workflow_id = ${step.workflowId} AND awaited.key <> ALL (now.keys)),
      awaited_now AS (
        INSERT INTO awaited
          (workflow_id, key, agreement_id, kind, act, about, waits_for, parties, due_at, local_date, warn_at, is_paused)
        SELECT workflow_id, key, agreement_id, kind, act, about, waits_for, parties, due_at, local_date, warn_at, is_paused
        FROM jsonb_populate_recordset(NULL::awaited, ${json(step.awaited?.rows ?? [])}::jsonb)
        ON CONFLICT (workflow_id, key) DO UPDATE SET
          kind = EXCLUDED.kind, act = EXCLUDED.act, about = EXCLUDED.about, waits_for = EXCLUDED.waits_for,
          parties = EXCLUDED.parties, due_at = EXCLUDED.due_at, local_date = EXCLUDED.local_date,
          warn_at = EXCLUDED.warn_at, is_paused = EXCLUDED.is_paused),
      notices AS (
        INSERT INTO notice SELECT * FROM jsonb_populate_recordset(NULL::notice, ${json(step.notices)}::jsonb)
        ON CONFLICT DO NOTHING),
      settled AS (
        UPDATE command SET status = new.status, outcome = new.outcome, settled_at = ${step.settledAt}
        FROM jsonb_populate_recordset(NULL::command, ${json(step.settled)}::jsonb) AS new
        WHERE command.id = new.id AND command.status = 'pending')
    INSERT INTO workflow_run SELECT * FROM jsonb_populate_record(NULL::workflow_run, ${json(step.run)}::jsonb)
    ON CONFLICT (workflow_id, run_id) DO UPDATE SET bundle = EXCLUDED.bundle, sdk = EXCLUDED.sdk
    WHERE (workflow_run.bundle, workflow_run.sdk) <> (EXCLUDED.bundle, EXCLUDED.sdk)`;
}
