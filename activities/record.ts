import { activityInfo } from '@temporalio/activity';
import type { CompiledAgreement } from '../domain/agreement/compiled.ts';
import type { Event } from '../domain/agreement/event.ts';
import { evolve } from '../domain/agreement/evolve.ts';
import { lineOf } from '../domain/ledger/balance.ts';
import type { Notice } from '../domain/agreement/notice.ts';
import { type PeopleRows, peopleRows } from './people-rows.ts';
import { referenceOf } from '../domain/agreement/reference.ts';
import { type Snapshot, restoreState, snapshotOf } from '../domain/agreement/snapshot.ts';
import type { AgreementState } from '../domain/agreement/state.ts';
import { type ObligationView, describeObligations } from '../domain/agreement/view.ts';
import { awaitedOfAgreement } from '../domain/awaited/of-agreement.ts';
import type { Database } from '../prisma/database.ts';
import type { Prisma } from '../prisma/generated/client.ts';
import { AWAITED_VERSION, type AwaitedRows, awaitedRows } from './awaited.ts';
import { CHAIN_START, canonicalJson, chainHash } from './chain.ts';
import type { Clock } from './clock.ts';
import type { Activities, RecordInput } from './index.ts';
import type { KillPoint } from './kill-points.ts';
import { messageIdOf } from './mail/message-id.ts';
import { failedServiceTasks } from './notice-tasks.ts';
import { answeredRedatings } from './redating-tasks.ts';
import { riskSignals } from './risk-signals.ts';

export type Transaction = Prisma.TransactionClient;

/** What `record` needs of the world. `bundle` and `sdk` name the code that the worker runs. */
export interface RecordDeps {
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
 * and notices, and what became of the commands. One transaction of two statements; rows that are there already are left
 * alone, so a retry changes nothing.
 */
export function createRecord(deps: RecordDeps): Activities['record'] {
  return async (input) => {
    const { workflowId, runId } = execution();
    await deps.database.$transaction(
      async (tx) => {
        const head = await lockAgreement(tx, workflowId, input.agreementId);
        const events = input.events.filter(({ sequence }) => sequence > head.state.sequence);
        const now = new Date(deps.clock());
        await write(tx, {
          workflowId,
          ...eventRows(workflowId, head, events),
          tasks: failedServiceTasks(input.agreementId, events),
          answered: answeredRedatings(input.agreementId, events),
          notices: input.notices.map((notice) => noticeRow(input.agreementId, notice, deps.messageIdHost)),
          settled: settledCommands(input, events),
          settledAt: now,
          run: {
            workflow_id: workflowId,
            run_id: runId,
            agreement_id: input.agreementId,
            first_seen_at: now,
            bundle: deps.bundle,
            sdk: deps.sdk,
          },
        });
      },
      { timeout: 20_000, maxWait: 5_000 },
    );
    deps.killPoint('record:committed');
    return riskSignals(deps.database, { ...input, workflowId });
  };
}

/** What is recorded of an agreement so far. */
interface Head {
  state: AgreementState;
  hash: string;
  /** Of its rows of what is waited for. */
  awaitedVersion: number;
}

/** Locks the agreement's row: one step at a time. Commands may still be stored meanwhile (NO KEY). */
async function lockAgreement(tx: Transaction, workflowId: string, id: string): Promise<Head> {
  const rows = await tx.$queryRaw<
    {
      compiled: CompiledAgreement;
      snapshot: Snapshot | null;
      sequence: number;
      awaitedVersion: number;
      hash: string | null;
    }[]
  >`
    SELECT compiled, snapshot, sequence, awaited_version AS "awaitedVersion",
           (SELECT hash FROM event WHERE workflow_id = ${workflowId} AND event.sequence = agreement.sequence)
    FROM agreement WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  const row = rows[0];
  if (!row) throw new Error(`agreement ${id} has no row`);
  // After a wait for the lock the row is new, but an event that was committed meanwhile is not seen: then once more.
  if (row.sequence > 0 && row.hash === null) throw new Error(`agreement ${id}: event ${row.sequence} is not there`);
  const { compiled, snapshot, sequence, hash, awaitedVersion } = row;
  return { state: restoreState(compiled, snapshot, sequence), hash: hash ?? CHAIN_START, awaitedVersion };
}

/** Rows of one step, by table, with the columns' names. */
interface Step {
  workflowId: string;
  events: object[];
  lines: object[];
  /** Columns of the agreement that the events change; empty without events. */
  agreements: object[];
  obligations: object[];
  /** Null: nothing changed. */
  awaited: AwaitedRows | null;
  people: PeopleRows;
  /** Of written notices that were not received: what a coordinator has to look at. */
  tasks: object[];
  /** Tasks of a coordinator that the step has done. */
  answered: { key: string; done_by: string }[];
  notices: object[];
  settled: { id: string; status: 'applied' | 'refused'; outcome: object }[];
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
      lines AS (
        INSERT INTO ledger_line SELECT * FROM jsonb_populate_recordset(NULL::ledger_line, ${json(step.lines)}::jsonb)),
      agreements AS (
        UPDATE agreement SET status = new.status, snapshot = new.snapshot, sequence = new.sequence,
               in_force_on = new.in_force_on, expires_on = new.expires_on, ended_on = new.ended_on,
               calendar_id = new.calendar_id, calendar_version = new.calendar_version,
               calendar_declined = new.calendar_declined, awaited_version = new.awaited_version
        FROM jsonb_populate_recordset(NULL::agreement, ${json(step.agreements)}::jsonb) AS new
        WHERE agreement.id = new.id),
      obligations AS (
        INSERT INTO obligation
        SELECT * FROM jsonb_populate_recordset(NULL::obligation, ${json(step.obligations)}::jsonb)
        ON CONFLICT (agreement_id, id, occurrence) DO UPDATE SET
          kind = EXCLUDED.kind, status = EXCLUDED.status, responsible = EXCLUDED.responsible, due_at = EXCLUDED.due_at,
          local_date = EXCLUDED.local_date, fulfilled_at = EXCLUDED.fulfilled_at,
          settled_days_late = EXCLUDED.settled_days_late, clauses = EXCLUDED.clauses),
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
      seated AS (
        INSERT INTO seat SELECT * FROM jsonb_populate_recordset(NULL::seat, ${json(step.people.seated)}::jsonb)
        ON CONFLICT (agreement_id, seat) DO UPDATE SET person_id = EXCLUDED.person_id
        RETURNING agreement_id, seat, person_id),
      vacated AS (
        DELETE FROM seat USING jsonb_populate_recordset(NULL::seat, ${json(step.people.vacated)}::jsonb) AS gone
        WHERE seat.agreement_id = gone.agreement_id AND seat.seat = gone.seat
        RETURNING seat.agreement_id, seat.seat),
      vacancies AS (
        INSERT INTO task (id, kind, agreement_id, key, about, created_at)
        SELECT gen_random_uuid(), 'seat-vacant', agreement_id, 'seat-vacant/' || agreement_id || '/' || seat,
               jsonb_build_object('seat', seat), ${step.settledAt}
        FROM vacated
        ON CONFLICT (key) DO UPDATE SET created_at = EXCLUDED.created_at, done_at = NULL, done_by = NULL),
      filled AS (
        UPDATE task SET done_at = ${step.settledAt}, done_by = person_id::text
        FROM seated WHERE key = 'seat-vacant/' || seated.agreement_id || '/' || seated.seat AND done_at IS NULL),
      tasks AS (
        INSERT INTO task (id, kind, agreement_id, key, about, created_at)
        SELECT gen_random_uuid(), kind, agreement_id, key, about, ${step.settledAt}
        FROM jsonb_populate_recordset(NULL::task, ${json(step.tasks)}::jsonb)
        ON CONFLICT (key) DO NOTHING),
      answered AS (
        UPDATE task SET done_at = ${step.settledAt}, done_by = done.done_by
        FROM jsonb_populate_recordset(NULL::task, ${json(step.answered)}::jsonb) AS done
        WHERE task.key = done.key AND task.done_at IS NULL),
      delegations AS (
        INSERT INTO delegation
        SELECT * FROM jsonb_populate_recordset(NULL::delegation, ${json(step.people.delegations)}::jsonb)),
      recalled AS (
        UPDATE delegation SET ended_at = gone.ended_at
        FROM jsonb_populate_recordset(NULL::delegation, ${json(step.people.recalled)}::jsonb) AS gone
        WHERE delegation.id = gone.id),
      readings AS (
        INSERT INTO reading SELECT * FROM jsonb_populate_recordset(NULL::reading, ${json(step.people.readings)}::jsonb)
        ON CONFLICT (agreement_id, what, version, reader)
        DO UPDATE SET read_at = EXCLUDED.read_at, read_by_id = EXCLUDED.read_by_id),
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

function eventRows(
  workflowId: string,
  { state: before, hash: head, awaitedVersion: version }: Head,
  events: Event[],
): Pick<Step, 'events' | 'lines' | 'agreements' | 'obligations' | 'awaited' | 'people'> {
  const [first, last] = [events[0], events.at(-1)];
  if (!first || !last)
    return {
      ...{ events: [], lines: [], agreements: [], obligations: [], awaited: null },
      people: peopleRows(before, before, []),
    };
  const agreementId = before.agreement.id;
  if (first.sequence !== before.sequence + 1) {
    throw new Error(`agreement ${agreementId}: event ${first.sequence} does not follow ${before.sequence}`);
  }
  let previous = head;
  const rows = events.map((event) => {
    const body = canonicalJson(event);
    const hash = chainHash(previous, body);
    const row = { ...eventRow(workflowId, agreementId, event), body, previous, hash };
    previous = hash;
    return row;
  });
  const after = events.reduce<AgreementState>(evolve, before);
  return {
    events: rows,
    lines: events.flatMap((event) => ledgerRow(workflowId, agreementId, event)),
    agreements: [
      {
        id: agreementId,
        status: after.status,
        snapshot: snapshotOf(after),
        sequence: last.sequence,
        in_force_on: after.inForceOn,
        expires_on: after.expiresOn,
        ended_on: after.endedOn,
        calendar_id: after.agreement.calendar.id,
        calendar_version: after.agreement.calendar.version,
        calendar_declined: after.keptCalendar?.version ?? null,
        awaited_version: AWAITED_VERSION,
      },
    ],
    awaited: awaitedRows(
      { workflowId, agreementId, seating: after.agreement },
      { before: awaitedOfAgreement(before), after: awaitedOfAgreement(after), version },
    ),
    obligations: obligationRows(before, after, last.recordedAtMs),
    people: peopleRows(before, after, events),
  };
}

function eventRow(workflowId: string, agreementId: string, event: Event) {
  return {
    workflow_id: workflowId,
    sequence: event.sequence,
    agreement_id: agreementId,
    type: event.type,
    obligation: 'obligation' in event ? (event.obligation ?? null) : null,
    occurrence: 'occurrence' in event ? (event.occurrence ?? null) : null,
    occurred_at: new Date(event.occurredAtMs),
    recorded_at: new Date(event.recordedAtMs),
    actor: event.actor,
    clauses: event.clauses,
    command_id: event.commandId ?? null,
  };
}

function ledgerRow(workflowId: string, agreementId: string, event: Event) {
  const line = lineOf(event);
  if (!line) return [];
  return [
    {
      workflow_id: workflowId,
      sequence: event.sequence,
      agreement_id: agreementId,
      at: new Date(event.occurredAtMs),
      kind: line.kind,
      obligation: 'obligation' in event ? (event.obligation ?? null) : null,
      occurrence: 'occurrence' in event ? (event.occurrence ?? null) : null,
      debtor: line.debtor,
      creditor: line.creditor,
      amount: line.amount,
      amount_text: line.amount,
      currency: line.currency,
      days: line.days ?? null,
      base: line.base ?? null,
      rate: line.rate ?? null,
      excluded_days: line.excludedDays ?? null,
      about: line.about ?? null,
      clauses: event.clauses,
    },
  ];
}

/** The rows that lists are made from: those that the step changed. */
function obligationRows(before: AgreementState, after: AgreementState, nowMs: number): object[] {
  const isNew = before.sequence === 0;
  const keyOf = ({ id, occurrence }: { id: string; occurrence: string | null }) =>
    referenceOf({ obligation: id, occurrence });
  const earlier = new Map(describeObligations(before, nowMs).map((view) => [keyOf(view), view]));
  const progress = new Map(after.obligations.map((one) => [keyOf(one), one]));
  return describeObligations(after, nowMs).flatMap((view, position) => {
    const was = earlier.get(keyOf(view));
    if (!isNew && was && JSON.stringify(obligationRow(was, 0)) === JSON.stringify(obligationRow(view, 0))) return [];
    const settledDaysLate = progress.get(keyOf(view))?.settledDaysLate ?? 0;
    const key = { agreement_id: after.agreement.id, id: view.id, occurrence: view.occurrence ?? '' };
    return [{ ...key, position, ...obligationRow(view, settledDaysLate) }];
  });
}

function obligationRow(view: ObligationView, settledDaysLate: number) {
  return {
    kind: view.kind,
    status: view.status,
    responsible: view.responsible,
    due_at: view.due && new Date(view.due.dueAtMs),
    local_date: view.due?.localDate ?? null,
    fulfilled_at: view.fulfilledAtMs === null ? null : new Date(view.fulfilledAtMs),
    settled_days_late: settledDaysLate,
    clauses: view.clauses,
  };
}

export function noticeRow(agreementId: string, notice: Notice, host: string) {
  return {
    id: notice.id,
    agreement_id: agreementId,
    number: noticeNumber(notice),
    kind: notice.kind,
    seat: notice.seat,
    role: notice.role,
    obligation: notice.obligation ?? null,
    occurrence: notice.occurrence ?? null,
    rungs: notice.rungs ?? [],
    at: new Date(notice.atMs),
    clauses: notice.clauses,
    addressee: notice.addressee ?? null,
    act: notice.act ?? null,
    facts: notice.facts,
    status: 'queued',
    attempts: 0,
    possible_duplicate: false,
    message_id: messageIdOf(notice.id, host),
  };
}

function noticeNumber({ id }: Notice): number {
  return Number(id.slice(id.lastIndexOf('n') + 1));
}

/** What became of the commands of this step; one that has an outcome keeps it. */
export function settledCommands(
  input: Pick<RecordInput, 'unchanged' | 'refusals'>,
  events: readonly { commandId?: string; sequence: number; type: string }[],
): Step['settled'] {
  const byCommand = new Map<string, { sequence: number; type: string }[]>();
  for (const event of events) {
    if (event.commandId) byCommand.set(event.commandId, [...(byCommand.get(event.commandId) ?? []), event]);
  }
  return [
    ...[...byCommand].map(([id, caused]) => ({
      id,
      status: 'applied' as const,
      outcome: {
        sequence: Math.max(...caused.map(({ sequence }) => sequence)),
        events: caused.map(({ type }) => type),
      },
    })),
    ...input.unchanged.map(({ commandId }) => ({
      id: commandId,
      status: 'applied' as const,
      outcome: { sequence: null, events: [] },
    })),
    ...input.refusals.map(({ commandId, code, message, clauses }) => ({
      id: commandId,
      status: 'refused' as const,
      outcome: { rejected: code, message, ...(clauses ? { clauses } : {}) },
    })),
  ];
}

export function execution(): { workflowId: string; runId: string } {
  const { workflowExecution } = activityInfo();
  if (!workflowExecution) throw new Error('record runs inside of a workflow alone');
  return workflowExecution;
}
