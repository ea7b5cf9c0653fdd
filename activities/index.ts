import type { PersonCommand } from '../domain/agreement/command.ts';
import type { Event } from '../domain/agreement/event.ts';
import type { Notice } from '../domain/agreement/notice.ts';
import type { RejectionCode } from '../domain/agreement/rejection.ts';
import type { ServedNotice } from '../domain/agreement/service.ts';
import type { GatheredFigure } from '../domain/evaluation/command.ts';
import type { AskedFigures } from '../domain/evaluation/figures.ts';
import type { Errand, ProcessFrame, ProcessType } from '../domain/process/process.ts';
import type { AnyEvent } from '../domain/process/registry.ts';
import type { Figures } from '../domain/survey/figures.ts';
import type { Instant, LocalDate } from '../domain/time.ts';
import type { CaseSpan } from '../domain/goal/case-goals.ts';
import type { GoalFigure } from '../domain/goal/figure.ts';
import type { CompiledVisits } from '../domain/visit/compiled.ts';
import type { TierCount, VisitCheck } from '../domain/visit/quarters.ts';

/** One step of an agreement, written in one transaction keyed by `workflowId/sequence`. */
export interface RecordInput {
  agreementId: string;
  events: Event[];
  notices: Notice[];
  /** Commands refused after they had been accepted for later folding: the refusal is kept with the command. */
  refusals: { commandId: string; atMs: Instant; code: RejectionCode; message: string; clauses?: string[] }[];
  /** Commands that were accepted and changed nothing (a second acceptance): their outcome, so that nobody waits for an event. */
  unchanged: { commandId: string; atMs: Instant }[];
}

/** One step of a process of an agreement; its first one brings what it was started with. */
export interface ProcessRecordInput extends Omit<RecordInput, 'events'> {
  type: ProcessType;
  reference: string;
  events: RecordedProcessEvent[];
  input?: ProcessFrame;
}

export type RecordedProcessEvent = AnyEvent & { sequence: number; recordedAtMs: Instant };

/**
 * Whom a step that was recorded concerns, and what they are told: risks that watch what it shows (S001b-57). Missing in
 * histories of an earlier release: nobody.
 */
export interface Told {
  tell: Extract<Errand, { kind: 'tell' }>[];
}

/** What the workflows may ask of the world. */
export interface Activities {
  /** Writes events, read models, ledger and notices of one step. A retry changes nothing. */
  record(input: RecordInput): Promise<Told | undefined>;
  /** The same for a process of an agreement: its row, events and notices. */
  recordProcess(input: ProcessRecordInput): Promise<Told | undefined>;
  /**
   * Commands that the API stored before `beforeMs` and that have no outcome yet, oldest first: an agreement's own, or those
   * of the process that is named.
   */
  storedCommands(input: { agreementId: string; workflowId?: string; beforeMs: Instant }): Promise<PersonCommand[]>;
  /** Sends one recorded notice. At-least-once; `refused` when the mail server says that the address will never work. */
  notify(input: { noticeId: string }): Promise<'sent' | 'refused'>;
  /**
   * The same for notices that leave at one moment: all are tried before the first failure is told. Says of the contract's
   * written notices among them when they were accepted; earlier releases, and mails without such, say nothing.
   */
  notifyAll(input: { noticeIds: string[] }): Promise<ServedNotice[] | undefined>;
  /**
   * Errand `invite`: mails the invitations of a survey's cycle (`wave` 0), or a reminder to those who have not answered by
   * the moment of sending. A retry goes on where an attempt ended. Counts of this wave.
   */
  invite(input: {
    workflowId: string;
    wave: number;
    closesAtMs: Instant;
  }): Promise<{ sent: number; unreachable: number; merged?: number }>;
  /** Errand `analyse`: what the answers up to the close say. */
  analyse(input: { workflowId: string; closedAtMs: Instant }): Promise<{
    figures: Figures;
    answersSha256: string;
    underWay?: Record<string, string>;
    suspendedFrom?: LocalDate;
  }>;
  /** Errand `tell-effect`: improvements of the cycle's agreement that wait for what these dimensions measure. */
  effectTargets(input: { workflowId: string; dimensions: string[] }): Promise<{ workflowIds: string[] }>;
  /** Errand `count-visits`: how the customers of each tier stand, by what is entered; nobody is named. */
  countVisits(input: {
    agreementId: string;
    check: VisitCheck;
    counters: CompiledVisits['counters'];
  }): Promise<{ tiers: TierCount[] }>;
  /** Errand `count-cases`: what the cases of a span measured of the agreement's goals. */
  countCases(input: { agreementId: string; span: CaseSpan }): Promise<{ figures: GoalFigure[] }>;
  /** Errand `gather`: what is on record of an evaluation's period, as figures on its indicators' scales. */
  gatherFigures(input: {
    workflowId: string;
    asked: AskedFigures;
  }): Promise<{ figures: GatheredFigure[]; surveys: string[]; weights: Record<string, string> | null }>;
  /**
   * Errands `tell-all` and `ask-clocks`: processes of the agreement that are under way; and the first day that counts again
   * since it was suspended as a whole, null where it never was, is now, or has ended.
   */
  openProcesses(input: { agreementId: string }): Promise<{ workflowIds: string[]; resumedOn: LocalDate | null }>;
}
