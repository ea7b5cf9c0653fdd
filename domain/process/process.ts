import type { Actor, DocumentRef } from '../agreement/command.ts';
import type { CompiledAgreement } from '../agreement/compiled.ts';
import type { Notice, NoticeDraft } from '../agreement/notice.ts';
import type { NextDue } from '../agreement/part.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { CommandOutcome } from '../agreement/state.ts';
import type { AskedFigures } from '../evaluation/figures.ts';
import type { CaseSpan } from '../goal/case-goals.ts';
import type { Instant, LocalDate } from '../time.ts';
import type { CompiledVisits } from '../visit/compiled.ts';
import type { VisitCheck } from '../visit/quarters.ts';

/** The kinds of process that an agreement brings about beside itself; each is a workflow type of that name (design §3). */
export const PROCESS_TYPES = [
  'survey',
  'improvement',
  'visit',
  'training',
  'risk',
  'case',
  'evaluation',
  'engagement',
] as const;
export type ProcessType = (typeof PROCESS_TYPES)[number];

/** What every process knows of the agreement that it belongs to: it travels in its input. */
export interface ProcessFrame {
  format: 1;
  /** `survey/<agreement>/<reference>`, `improvement/<agreement>/<reference>` */
  workflowId: string;
  agreementId: string;
  /** Unique among those of its type in the agreement: `quarterly-survey#2027-Q1`. */
  reference: string;
  zone: CompiledAgreement['zone'];
  calendar: CompiledAgreement['calendar'];
  noticeHours: CompiledAgreement['noticeHours'];
  parties: string[];
  seats: string[];
  seatParties: Record<string, string>;
}

/** What everyone's command bears (`type` apart). `receivedAtMs` is when the API had stored it. */
export interface ProcessCommandEnvelope {
  id: string;
  receivedAtMs: Instant;
  actor: Actor;
}

/** Every event of a process; `sequence` counts per workflow id. */
export interface ProcessEventEnvelope {
  occurredAtMs: Instant;
  actor: Actor;
  clauses: string[];
  commandId?: string;
}

export type Recorded<E> = E & { sequence: number; recordedAtMs: Instant };

/**
 * What a process asks of the world or of another workflow; done in order, after the record. What an activity answers
 * comes back as a command of the machine.
 */
export type Errand =
  /** Starts another process; one that runs already is left alone. */
  | { kind: 'start'; type: ProcessType; workflowId: string; input: object }
  /** Tells another workflow by signal; one that is over ignores it, which is recorded here as nothing, or starts another. */
  | {
      kind: 'tell';
      workflowId: string;
      command: { type: string } & ProcessCommandEnvelope;
      otherwise?: { type: ProcessType; workflowId: string; input: object };
    }
  /** Sends invitations (`wave` 0) or reminders (1, 2 …) of a survey to those who have not answered; answers `invited`. */
  | { kind: 'invite'; wave: number; closesAtMs: Instant }
  /** Counts and analyses the answers of a survey up to its close; answers `analysed`. */
  | { kind: 'analyse'; closedAtMs: Instant }
  /**
   * Tells the improvements of this agreement that wait for an effect what this cycle measured, and from when on it asked:
   * answers from before the measures were done prove nothing.
   */
  | { kind: 'tell-effect'; dimensions: { id: string; value: string | null }[]; publishedAtMs: Instant }
  /**
   * Of an improvement that was started as suspended since a day: asks whether the agreement still is, for it may have gone
   * on before there was anything to be told; answers `clocks-run` where it has.
   */
  | { kind: 'ask-clocks'; from: LocalDate }
  /** Of an agreement: counts what of a year's visits and surveys is there; answers `visits-counted`. */
  | { kind: 'count-visits'; check: VisitCheck; counters: CompiledVisits['counters'] }
  /** Gathers what is on record of an evaluation's period, as figures of its indicators; answers `gathered`. */
  | { kind: 'gather'; atMs: Instant; asked: AskedFigures }
  /** Of an agreement: what its cases measured of a goal whose date has come; answers `measured`. */
  | { kind: 'count-cases'; span: CaseSpan }
  /** Of an agreement: tells all its processes that are under way, whoever began them, or those of one type. */
  | { kind: 'tell-all'; command: { type: string } & ProcessCommandEnvelope; only?: ProcessType };

/** What waits to be delivered of a process: the shell's part of the state. */
export interface Delivery {
  noticeNumber: number;
  /** Issued later, by `atMs`. */
  scheduled: NoticeDraft[];
  /** Recorded, not yet delivered. */
  open: string[];
  answered: { id: string; outcome: CommandOutcome }[];
}

export interface ProcessState {
  sequence: number;
  delivery: Delivery;
}

/** What a command brings about in a process. */
export interface ProcessDecision<E> {
  events: E[];
  /** Notices to be issued at their `atMs`; those that have lost their point by then are dropped by `stillToThePoint`. */
  schedule: NoticeDraft[];
  errands: Errand[];
}

/** Time itself. */
export interface ProcessTick {
  type: 'tick';
  atMs: Instant;
  nowMs: Instant;
}

/**
 * One process as pure rules: what `workflows/process.ts` runs, what `record` folds again, what tests drive directly.
 * `C` are the commands of people and machines, `tick` apart; `E` the events before they get their sequence.
 */
export interface ProcessRules<S extends ProcessState, C extends { type: string } & ProcessCommandEnvelope, E> {
  type: ProcessType;
  /** The state before its first event. */
  initial(input: ProcessFrame): S;
  /** What begins it, at that instant. */
  start(state: S, atMs: Instant): ProcessDecision<E>;
  decide(command: C | ProcessTick, state: S): ProcessDecision<E> | Rejection;
  evolve(state: S, event: Recorded<E>): S;
  /** The earliest instant at which time alone changes something, without scheduled notices: the shell adds those. */
  nextDue(state: S): NextDue | undefined;
  stillToThePoint(notice: NoticeDraft, state: S): boolean;
  /** Of what leaves now, those that tell one reader of one thing are one; missing: each leaves by itself. */
  together?(leaving: NoticeDraft[]): NoticeDraft[];
  /** Nothing changes any more, whatever is asked. */
  isOver(state: S): boolean;
  /** For lists: one word of the vocabulary. */
  statusOf(state: S): string;
}

export interface ProcessStep<E> {
  events: Recorded<E>[];
  notices: Notice[];
  errands: Errand[];
}

export type { Actor, DocumentRef };
