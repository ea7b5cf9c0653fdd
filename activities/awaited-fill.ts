import type { Logger } from 'pino';
import type { CompiledAgreement } from '../domain/agreement/compiled.ts';
import { type Snapshot, restoreState } from '../domain/agreement/snapshot.ts';
import { awaitedOfAgreement } from '../domain/awaited/of-agreement.ts';
import { awaitedOfProcess } from '../domain/process/awaited.ts';
import type { ProcessFrame, ProcessType } from '../domain/process/process.ts';
import { restoreProcess } from '../domain/process/snapshot.ts';
import type { Database } from '../prisma/database.ts';
import { agreementWorkflowId } from '../workflows/ids.ts';
import { AWAITED_VERSION, type AwaitedRows, awaitedRows } from './awaited.ts';
import type { Transaction } from './record.ts';

const BATCH = 100;

/**
 * Makes the rows of what is waited for wherever they are not those of these rules: of what was recorded before there were
 * any, or by an earlier release. What is being recorded just now is passed over: `record` makes it itself.
 *
 * @returns how many agreements and processes it was done for
 */
export async function fillAwaited(database: Database): Promise<number> {
  let filled = 0;
  for (const batch of [agreements, processes]) {
    for (;;) {
      const count = await database.$transaction((tx) => batch(tx), { timeout: 60_000, maxWait: 10_000 });
      filled += count;
      if (count < BATCH) break;
    }
  }
  return filled;
}

async function agreements(tx: Transaction): Promise<number> {
  const rows = await tx.$queryRaw<{ id: string; compiled: CompiledAgreement; snapshot: Snapshot; sequence: number }[]>`
    SELECT id::text AS id, compiled, snapshot, sequence FROM agreement
    WHERE awaited_version <> ${AWAITED_VERSION} AND compiled IS NOT NULL AND snapshot IS NOT NULL
    LIMIT ${BATCH} FOR NO KEY UPDATE SKIP LOCKED`;
  for (const { id, compiled, snapshot, sequence } of rows) {
    const state = restoreState(compiled, snapshot, sequence);
    const of = { workflowId: agreementWorkflowId(id), agreementId: id, seating: state.agreement };
    await replace(tx, of.workflowId, awaitedRows(of, { before: [], after: awaitedOfAgreement(state), version: 0 }));
  }
  const ids = rows.map(({ id }) => id);
  await tx.$executeRaw`UPDATE agreement SET awaited_version = ${AWAITED_VERSION} WHERE id = ANY (${ids}::uuid[])`;
  return rows.length;
}

async function processes(tx: Transaction): Promise<number> {
  const rows = await tx.$queryRaw<
    {
      workflowId: string;
      agreementId: string;
      type: ProcessType;
      input: ProcessFrame;
      snapshot: object;
      sequence: number;
    }[]
  >`
    SELECT workflow_id AS "workflowId", agreement_id::text AS "agreementId", type, input, snapshot, sequence FROM process
    WHERE awaited_version <> ${AWAITED_VERSION} AND snapshot IS NOT NULL
    LIMIT ${BATCH} FOR NO KEY UPDATE SKIP LOCKED`;
  for (const { workflowId, agreementId, type, input, snapshot, sequence } of rows) {
    const after = awaitedOfProcess(type, restoreProcess(type, input, snapshot, sequence));
    const of = { workflowId, agreementId, seating: input };
    await replace(tx, workflowId, awaitedRows(of, { before: [], after, version: 0 }));
  }
  const ids = rows.map(({ workflowId }) => workflowId);
  await tx.$executeRaw`UPDATE process SET awaited_version = ${AWAITED_VERSION} WHERE workflow_id = ANY (${ids}::text[])`;
  return rows.length;
}

async function replace(tx: Transaction, workflowId: string, { rows }: AwaitedRows): Promise<void> {
  await tx.$executeRaw`DELETE FROM awaited WHERE workflow_id = ${workflowId}`;
  await tx.$executeRaw`
    INSERT INTO awaited
      (workflow_id, key, agreement_id, kind, act, about, waits_for, parties, due_at, local_date, warn_at, is_paused)
    SELECT workflow_id, key, agreement_id, kind, act, about, waits_for, parties, due_at, local_date, warn_at, is_paused
    FROM jsonb_populate_recordset(NULL::awaited, ${JSON.stringify(rows)}::jsonb)`;
}

/** Fills what is missing once, beside the worker's work. A failure is logged; the next start tries again. */
export function startAwaitedFill(deps: { database: Database; log: Pick<Logger, 'info' | 'warn'> }): {
  stop(): Promise<void>;
} {
  const done = fillAwaited(deps.database).then(
    (filled) => {
      if (filled > 0) deps.log.info({ filled }, 'lists of what is waited for were filled');
    },
    (error: unknown) =>
      deps.log.warn(
        { error: error instanceof Error ? error.name : 'unknown' },
        'lists of what is waited for are not whole',
      ),
  );
  return { stop: () => done };
}
