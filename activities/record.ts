import { activityInfo } from '@temporalio/activity';
import type { CompiledAgreement } from '../domain/agreement/compiled.ts';
import type { Event } from '../domain/agreement/event.ts';
import { evolve } from '../domain/agreement/evolve.ts';
import type { Notice } from '../domain/agreement/notice.ts';
import { type Snapshot, restoreState, snapshotOf } from '../domain/agreement/snapshot.ts';
import type { AgreementState } from '../domain/agreement/state.ts';
import { type ObligationView, describeObligations } from '../domain/agreement/view.ts';
import type { Database } from '../prisma/database.ts';
import { Prisma } from '../prisma/generated/client.ts';
import { CHAIN_START, canonicalJson, chainHash } from './chain.ts';
import type { Clock } from './clock.ts';
import type { Activities, RecordInput } from './index.ts';
import type { KillPoint } from './kill-points.ts';
import { messageIdOf } from './mail/message-id.ts';

type Transaction = Prisma.TransactionClient;

/** What `record` needs of the world. `bundle` and `sdk` name the code that the worker runs. */
interface RecordDeps {
  database: Database;
  clock: Clock;
  bundle: string;
  sdk: string;
  /** Host of the sender's address: the right-hand side of every Message-ID. */
  messageIdHost: string;
  killPoint: KillPoint;
}

/**
 * Writes one step of an agreement: events with their hash chain, the snapshot that they fold to, obligations, ledger
 * and notices, and what became of the commands. One transaction; rows that are there already are left alone, so a retry
 * changes nothing.
 */
export function createRecord(deps: RecordDeps): Activities['record'] {
  return async (input) => {
    const { workflowId, runId } = execution();
    await deps.database.$transaction(
      async (tx) => {
        const row = await lockAgreement(tx, input.agreementId);
        const state = restoreState(row.compiled, row.snapshot, row.sequence);
        const events = input.events.filter(({ sequence }) => sequence > row.sequence);
        if (events.length > 0) await writeEvents(tx, workflowId, state, events);
        await writeNotices(tx, input, deps.messageIdHost);
        await settleCommands(tx, input, events, new Date(deps.clock()));
        const run = { bundle: deps.bundle, sdk: deps.sdk };
        await tx.workflowRun.upsert({
          where: { workflowId_runId: { workflowId, runId } },
          create: { workflowId, runId, agreementId: input.agreementId, firstSeenAt: new Date(deps.clock()), ...run },
          update: run,
        });
      },
      { timeout: 20_000, maxWait: 5_000 },
    );
    deps.killPoint('record:committed');
  };
}

async function lockAgreement(
  tx: Transaction,
  id: string,
): Promise<{ compiled: CompiledAgreement; snapshot: Snapshot | null; sequence: number }> {
  const rows = await tx.$queryRaw<{ compiled: CompiledAgreement; snapshot: Snapshot | null; sequence: number }[]>`
    SELECT compiled, snapshot, sequence FROM agreement WHERE id = ${id}::uuid FOR UPDATE`;
  const row = rows[0];
  if (!row) throw new Error(`agreement ${id} has no row`);
  return row;
}

async function writeEvents(
  tx: Transaction,
  workflowId: string,
  before: AgreementState,
  events: Event[],
): Promise<void> {
  const agreementId = before.agreement.id;
  const first = events[0];
  if (first?.sequence !== before.sequence + 1) {
    throw new Error(`agreement ${agreementId}: event ${String(first?.sequence)} does not follow ${before.sequence}`);
  }
  const last = await tx.event.findFirst({
    where: { workflowId },
    orderBy: { sequence: 'desc' },
    select: { hash: true },
  });
  let previous = last?.hash ?? CHAIN_START;
  const rows = events.map((event) => {
    const body = canonicalJson(event);
    const hash = chainHash(previous, body);
    const row = { ...eventRow(workflowId, agreementId, event), body, previous, hash };
    previous = hash;
    return row;
  });
  await tx.event.createMany({ data: rows });

  const lines = events.flatMap((event) => ledgerRow(workflowId, agreementId, event));
  if (lines.length > 0) await tx.ledgerLine.createMany({ data: lines });

  const after = events.reduce<AgreementState>(evolve, before);
  const lastEvent = events[events.length - 1] as Event;
  await tx.agreement.update({
    where: { id: agreementId },
    data: {
      status: after.status,
      snapshot: snapshotOf(after) as unknown as Prisma.InputJsonObject,
      sequence: lastEvent.sequence,
      inForceOn: after.inForceOn,
      expiresOn: after.agreement.expiresOn,
      endedOn: after.endedOn,
    },
  });
  await writeObligations(tx, before, after, lastEvent.recordedAtMs);
}

function eventRow(workflowId: string, agreementId: string, event: Event) {
  return {
    workflowId,
    sequence: event.sequence,
    agreementId,
    type: event.type,
    obligation: 'obligation' in event ? event.obligation : null,
    occurrence: 'occurrence' in event ? (event.occurrence ?? null) : null,
    occurredAt: new Date(event.occurredAtMs),
    recordedAt: new Date(event.recordedAtMs),
    actor: event.actor as unknown as Prisma.InputJsonObject,
    clauses: event.clauses,
    commandId: event.commandId ?? null,
  };
}

function ledgerRow(workflowId: string, agreementId: string, event: Event) {
  if (event.type !== 'penalty-posted' && event.type !== 'penalty-credited') return [];
  const { line } = event;
  return [
    {
      workflowId,
      sequence: event.sequence,
      agreementId,
      at: new Date(event.occurredAtMs),
      kind: line.kind,
      obligation: event.obligation,
      occurrence: event.occurrence ?? null,
      debtor: line.debtor,
      creditor: line.creditor,
      amount: line.amount,
      amountText: line.amount,
      currency: line.currency,
      days: line.days,
      base: line.base,
      rate: line.rate,
      clauses: event.clauses,
    },
  ];
}

/** The rows that lists are made from: those that the step changed. */
async function writeObligations(
  tx: Transaction,
  before: AgreementState,
  after: AgreementState,
  nowMs: number,
): Promise<void> {
  const earlier = new Map(
    describeObligations(before, nowMs).map((view) => [view.id, JSON.stringify(obligationRow(view, 0))]),
  );
  const isNew = before.sequence === 0;
  for (const [position, view] of describeObligations(after, nowMs).entries()) {
    if (!isNew && earlier.get(view.id) === JSON.stringify(obligationRow(view, 0))) continue;
    const settledDaysLate = after.obligations.find(({ id }) => id === view.id)?.settledDaysLate ?? 0;
    const data = obligationRow(view, settledDaysLate);
    await tx.obligation.upsert({
      where: { agreementId_id_occurrence: { agreementId: after.agreement.id, id: view.id, occurrence: '' } },
      create: { agreementId: after.agreement.id, id: view.id, position, ...data },
      update: data,
    });
  }
}

function obligationRow(view: ObligationView, settledDaysLate: number) {
  return {
    kind: view.kind,
    status: view.status,
    responsible: view.responsible,
    dueAt: view.due && new Date(view.due.dueAtMs),
    localDate: view.due?.localDate ?? null,
    fulfilledAt: view.fulfilledAtMs === null ? null : new Date(view.fulfilledAtMs),
    settledDaysLate,
    clauses: view.clauses,
  };
}

async function writeNotices(tx: Transaction, { agreementId, notices }: RecordInput, host: string): Promise<void> {
  if (notices.length === 0) return;
  await tx.notice.createMany({
    data: notices.map((notice) => ({
      id: notice.id,
      agreementId,
      number: noticeNumber(notice),
      kind: notice.kind,
      seat: notice.seat,
      role: notice.role,
      obligation: notice.obligation ?? null,
      occurrence: notice.occurrence ?? null,
      rungs: notice.rungs ?? [],
      at: new Date(notice.atMs),
      clauses: notice.clauses,
      act: notice.act ?? null,
      facts: notice.facts as Prisma.InputJsonObject,
      messageId: messageIdOf(notice.id, host),
    })),
    skipDuplicates: true,
  });
}

function noticeNumber({ id }: Notice): number {
  return Number(id.slice(id.lastIndexOf('n') + 1));
}

/** What became of the commands of this step; one that has an outcome keeps it. */
async function settleCommands(tx: Transaction, input: RecordInput, events: Event[], settledAt: Date): Promise<void> {
  const settle = (id: string, status: 'applied' | 'refused', outcome: Prisma.InputJsonObject) =>
    tx.command.updateMany({ where: { id, status: 'pending' }, data: { status, outcome, settledAt } });
  const byCommand = new Map<string, Event[]>();
  for (const event of events) {
    if (event.commandId) byCommand.set(event.commandId, [...(byCommand.get(event.commandId) ?? []), event]);
  }
  for (const [id, caused] of byCommand) {
    const sequence = Math.max(...caused.map((event) => event.sequence));
    await settle(id, 'applied', { sequence, events: caused.map(({ type }) => type) });
  }
  for (const { commandId } of input.unchanged) await settle(commandId, 'applied', { sequence: null, events: [] });
  for (const { commandId, code, message } of input.refusals) {
    await settle(commandId, 'refused', { rejected: code, message });
  }
}

function execution(): { workflowId: string; runId: string } {
  const { workflowExecution } = activityInfo();
  if (!workflowExecution) throw new Error('record runs inside of a workflow alone');
  return workflowExecution;
}
