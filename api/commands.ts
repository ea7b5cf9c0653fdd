import { type Client, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure, WorkflowNotFoundError } from '@temporalio/common';
import type { Logger } from 'pino';
import type { Clock } from '../activities/clock.ts';
import type { KillPoint } from '../activities/kill-points.ts';
import type { PersonCommand } from '../domain/agreement/command.ts';
import type { CasePersonCommand } from '../domain/case/command.ts';
import type { EngagementPersonCommand } from '../domain/engagement/command.ts';
import type { EvaluationPersonCommand } from '../domain/evaluation/command.ts';
import type { ImprovementPersonCommand } from '../domain/improvement/command.ts';
import { OVER_CODES, endedWithAgreement } from '../domain/process/over.ts';
import type { ProcessCommandEnvelope, ProcessType } from '../domain/process/process.ts';
import type { SurveyPersonCommand } from '../domain/survey/command.ts';
import type { TrainingPersonCommand } from '../domain/training/command.ts';
import type { RiskPersonCommand } from '../domain/risk/command.ts';
import type { VisitPersonCommand } from '../domain/visit/command.ts';
import { REJECTION_CODES, type RejectionCode } from '../domain/agreement/rejection.ts';
import type { Database } from '../prisma/database.ts';
import { Prisma } from '../prisma/generated/client.ts';
import type { AmendmentChanges } from '../templates/amend.ts';
import { agreementWorkflowId } from '../workflows/ids.ts';
import { type AnyCommand, command as commandUpdate } from '../workflows/messages.ts';
import { ENGINE_DEADLINE_MS, isAway, withinDeadline } from './engine.ts';
import { createOutcomeWatch } from './outcome-watch.ts';
import { Problem } from './problem.ts';
import type { BroughtDocument } from './upload.ts';

/** How long for the record, once the engine has accepted. */
const RECORD_DEADLINE_MS = 5_000;

/** Statuses of an agreement that is over. */
const ENDED_AGREEMENTS = ['terminated', 'expired', 'closed'];
/** Characters of a command as JSON: the engine keeps it for ever, and hands it on with others. */
const MOST_LENGTH = 100_000;

/** Free text of a command: kept in Postgres, never sent to Temporal. */
export interface CommandText {
  points?: string[];
  reason?: string;
  /** Parts of a checklist that were left out, and why. */
  omitted?: Record<string, string>;
  note?: string;
  /** The bank's or the receipt's number of a payment. */
  reference?: string;
  /** What a loss came from, and what it is made of. */
  cause?: string;
  items?: { what: string; amount?: string }[];
  topic?: string;
  details?: string;
  agenda?: string;
  minutes?: string;
  /** Of a report: what the analyst makes of the figures, and proposes. */
  judgement?: string;
  recommendations?: string;
  /** Sections of the record of a case: what was reported, what was done, what came of it. */
  content?: string;
  process?: string;
  result?: string;
  /** Of a plan: what each measure is, and what it is to bring about, by its id. */
  measures?: Record<string, { what: string; expected?: string }>;
  /** Of an amendment: what was asked for, with the values of its terms. */
  changes?: AmendmentChanges;
  /** Of an application for a third party: what for, what it is to bring, who it is, an interest of the applicant in it. */
  purpose?: string;
  effect?: string;
  identity?: { name: string; kind: string; registration?: string };
  interest?: string;
  /** Scope in words of one's own, by `other-<n>`. */
  scope?: Record<string, string>;
  /** Of an engagement's agreement: its sections; reasons of the cap, by factor; what is to be handed in, by milestone. */
  sections?: Record<string, string>;
  rationale?: Record<string, string>;
  milestones?: Record<string, { what: string; standard?: string }>;
}

export type CommandResult =
  | { status: 'applied'; sequence: number; events: string[] }
  | { status: 'pending' }
  | { status: 'refused'; code: RejectionCode; message: string; clauses?: string[] };

export interface Submission {
  /** Its `receivedAtMs` is set by the desk when it stores the command. */
  command: Unstamped<
    | PersonCommand
    | SurveyPersonCommand
    | ImprovementPersonCommand
    | VisitPersonCommand
    | RiskPersonCommand
    | TrainingPersonCommand
    | EvaluationPersonCommand
    | CasePersonCommand
    | EngagementPersonCommand
  >;
  agreementId: string;
  /** The process of the agreement that it is for; without it, the agreement itself. */
  workflowId?: string;
  text?: CommandText;
  documents?: readonly BroughtDocument[];
  /** What is stored in the same transaction, once. */
  beside?: (tx: Prisma.TransactionClient) => Promise<void>;
}

/** A command before it was received. */
export type Unstamped<C> = C extends ProcessCommandEnvelope ? Omit<C, 'receivedAtMs'> : never;

/** Takes what people ask for: stores it, hands it to the agreement's workflow, and says what became of it. */
export interface CommandDesk {
  /**
   * Stores the command first, then hands it over; the same id again gives what became of the first.
   *
   * @throws Problem `unknown-agreement`, `not-started`, `command-too-large`, `idempotency-key-reused`
   */
  submit(submission: Submission): Promise<CommandResult>;
  /** What became of a command so far; asks nobody else. @throws Problem `unknown-command` */
  look(commandId: string): Promise<CommandResult>;
  /** Hands a stored command over once more; what has an outcome keeps it. */
  resend(commandId: string, deadlineMs?: number): Promise<CommandResult>;
  /** What became of a command that the engine has accepted, once that is recorded; "pending" when it takes too long. */
  recorded(commandId: string, withinMs: number): Promise<CommandResult>;
}

type CommandRow = {
  id: string;
  agreementId: string;
  workflowId: string | null;
  status: string;
  outcome: Prisma.JsonValue;
  command: Prisma.JsonValue;
};

/** In what capacity a command was given: nobody learns what became of somebody else's by its id. */
function capacity({ actor: { seat, onBehalfOf, via } }: Pick<PersonCommand, 'actor'>): string {
  return JSON.stringify([seat, onBehalfOf ?? null, via]);
}

export function createCommandDesk(deps: {
  database: Database;
  temporal: () => Client;
  clock: Clock;
  log: Logger;
  /** How long a person waits for the engine before the answer is "pending"; 8 s by default. */
  engineDeadlineMs?: number;
  killPoint?: KillPoint;
}): CommandDesk {
  const { database, temporal, clock, log, engineDeadlineMs = ENGINE_DEADLINE_MS, killPoint } = deps;
  const watch = createOutcomeWatch(database);

  async function store({
    command,
    agreementId,
    workflowId,
    text,
    documents = [],
    beside,
  }: Submission): Promise<CommandRow> {
    const agreement = await database.agreement.findUnique({ where: { id: agreementId }, select: { status: true } });
    if (!agreement) throw new Problem('unknown-agreement');
    if (agreement.status === 'draft') throw new Problem('not-started');
    const receivedAt = new Date(clock());
    const stamped = { ...command, receivedAtMs: receivedAt.getTime() } as AnyCommand;
    if (JSON.stringify(stamped).length > MOST_LENGTH) throw new Problem('command-too-large');
    const obligation = 'obligation' in command ? command.obligation : null;
    const data = {
      id: command.id,
      agreementId,
      workflowId: workflowId ?? null,
      type: command.type,
      command: stamped as unknown as Prisma.InputJsonObject,
      ...(text ? { text: text as Prisma.InputJsonObject } : {}),
      receivedAt,
    };
    try {
      if (beside) {
        return await database.$transaction(
          async (tx) => {
            const stored = await tx.command.create({ data });
            await beside(tx);
            return stored;
          },
          { timeout: 20_000, maxWait: 5_000 },
        );
      }
      if (documents.length === 0) return await database.command.create({ data });
      const [row] = await database.$transaction([
        database.command.create({ data }),
        database.document.createMany({
          data: documents.map(({ sha256, size, type }) => ({ sha256, size, type, createdAt: receivedAt })),
          skipDuplicates: true,
        }),
        database.agreementDocument.createMany({
          data: documents.map(({ sha256, fileName }) => ({
            agreementId,
            sha256,
            fileName,
            commandId: command.id,
            obligation,
            createdAt: receivedAt,
          })),
        }),
      ]);
      return row;
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      const row = await database.command.findUnique({ where: { id: command.id } });
      if (!row) throw error;
      const first = row.command as unknown as PersonCommand;
      const isSame =
        row.agreementId === agreementId &&
        row.workflowId === (workflowId ?? null) &&
        row.type === command.type &&
        capacity(first) === capacity(command);
      if (!isSame) throw new Problem('idempotency-key-reused');
      return row;
    }
  }

  async function handOver(row: CommandRow, deadlineMs: number): Promise<CommandResult> {
    if (row.status !== 'pending') return settled(row);
    const client = temporal();
    const handle = client.workflow.getHandle(row.workflowId ?? agreementWorkflowId(row.agreementId));
    const command = row.command as unknown as AnyCommand;
    try {
      await withinDeadline(client, deadlineMs, () =>
        handle.executeUpdate(commandUpdate, { args: [command], updateId: row.id }),
      );
    } catch (error) {
      if (error instanceof WorkflowUpdateFailedError) return refusedBy(error, row);
      if (error instanceof WorkflowNotFoundError) return withoutWorkflow(row);
      if (!isAway(error)) throw error;
      log.warn({ command: row.id, error: (error as Error).name }, 'engine or worker is away: the command waits');
      return { status: 'pending' };
    }
    killPoint?.('command:sent');
    // A read after the answer must show the events.
    return settled({ ...row, ...(await watch.outcomeOf(row.id, RECORD_DEADLINE_MS)) });
  }

  async function refusedBy(error: WorkflowUpdateFailedError, row: CommandRow): Promise<CommandResult> {
    const { cause } = error;
    const code = cause instanceof ApplicationFailure ? cause.type : undefined;
    if (isRejectionCode(code)) {
      const details = cause instanceof ApplicationFailure ? (cause.details?.[0] as { clauses?: string[] }) : undefined;
      return settleRefused(row.id, code, cause?.message ?? code, details?.clauses);
    }
    // The run closed under an accepted update: what it recorded, or the end, decides.
    if (code === 'AcceptedUpdateCompletedWorkflow') return withoutWorkflow(row);
    throw error;
  }

  async function withoutWorkflow(row: CommandRow): Promise<CommandResult> {
    if (row.workflowId !== null) return withoutProcess(row, row.workflowId);
    const { status, endedOn } = await database.agreement.findUniqueOrThrow({ where: { id: row.agreementId } });
    if (ENDED_AGREEMENTS.includes(status)) {
      return settleRefused(row.id, 'agreement-ended', `the agreement is ${status} since ${endedOn ?? ''}`);
    }
    return { status: 'pending' };
  }

  /** A process that is over takes nothing any more; one that has not begun yet will. */
  async function withoutProcess(row: CommandRow, workflowId: string): Promise<CommandResult> {
    const { type, status, snapshot } = await database.process.findUniqueOrThrow({ where: { workflowId } });
    if (status === 'starting') return { status: 'pending' };
    const { status: of } = await database.agreement.findUniqueOrThrow({ where: { id: row.agreementId } });
    if ((status === 'cancelled' || endedWithAgreement(type, snapshot)) && ENDED_AGREEMENTS.includes(of)) {
      return settleRefused(row.id, 'agreement-ended', 'it ended with its agreement');
    }
    if (status === 'elsewhere') return settleRefused(row.id, 'already-fulfilled', 'it was handed in by hand');
    return settleRefused(row.id, OVER_CODES[type as ProcessType], `it is ${status}`);
  }

  async function settleRefused(
    id: string,
    code: RejectionCode,
    message: string,
    clauses?: string[],
  ): Promise<CommandResult> {
    const outcome = { rejected: code, message, ...(clauses ? { clauses } : {}) };
    await database.command.updateMany({
      where: { id, status: 'pending' },
      data: { status: 'refused', outcome, settledAt: new Date(clock()) },
    });
    return settled(await database.command.findUniqueOrThrow({ where: { id } }));
  }

  async function settled(row: CommandRow): Promise<CommandResult> {
    const result = commandResult(row);
    if (result.status !== 'applied' || result.sequence > 0) return result;
    const select = { sequence: true };
    const { sequence } = await (row.workflowId === null
      ? database.agreement.findUniqueOrThrow({ where: { id: row.agreementId }, select })
      : database.process.findUniqueOrThrow({ where: { workflowId: row.workflowId }, select }));
    return { ...result, sequence };
  }

  return {
    submit: async (submission) => {
      const row = await store(submission);
      killPoint?.('command:stored');
      return handOver(row, engineDeadlineMs);
    },
    look: async (commandId) => {
      const row = await database.command.findUnique({ where: { id: commandId } });
      if (!row) throw new Problem('unknown-command');
      return settled(row);
    },
    resend: async (commandId, deadlineMs = engineDeadlineMs) =>
      handOver(await database.command.findUniqueOrThrow({ where: { id: commandId } }), deadlineMs),
    recorded: async (commandId, withinMs) => {
      const outcome = await watch.outcomeOf(commandId, withinMs);
      return outcome ? commandResult(outcome) : { status: 'pending' };
    },
  };
}

/** What a command's row says became of it; sequence 0 where nothing changed. */
export function commandResult(row: { status: string; outcome: Prisma.JsonValue }): CommandResult {
  const outcome = row.outcome as
    | { sequence: number | null; events: string[] }
    | { rejected: RejectionCode; message: string; clauses?: string[] }
    | null;
  if (row.status === 'applied' && outcome && 'events' in outcome) {
    return { status: 'applied', sequence: outcome.sequence ?? 0, events: outcome.events };
  }
  if (row.status === 'refused' && outcome && 'rejected' in outcome) {
    const { rejected: code, message, clauses } = outcome;
    return { status: 'refused', code, message, ...(clauses ? { clauses } : {}) };
  }
  return { status: 'pending' };
}

export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}

function isRejectionCode(code: unknown): code is RejectionCode {
  return (REJECTION_CODES as readonly unknown[]).includes(code);
}
