import type { PersonCommand } from '../domain/agreement/command.ts';
import type { Event } from '../domain/agreement/event.ts';
import type { Notice } from '../domain/agreement/notice.ts';
import type { RejectionCode } from '../domain/agreement/rejection.ts';
import type { Instant } from '../domain/time.ts';

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

/** What the workflows may ask of the world. */
export interface Activities {
  /** Writes events, read models, ledger and notices of one step. A retry changes nothing. */
  record(input: RecordInput): Promise<void>;
  /** Commands of an agreement that the API stored before `beforeMs` and that have no outcome yet, oldest first. */
  storedCommands(input: { agreementId: string; beforeMs: Instant }): Promise<PersonCommand[]>;
  /** Sends one recorded notice. At-least-once; `refused` when the mail server says that the address will never work. */
  notify(input: { noticeId: string }): Promise<'sent' | 'refused'>;
  /** The same for notices that leave at one moment: all are tried before the first failure is told. */
  notifyAll(input: { noticeIds: string[] }): Promise<void>;
}
