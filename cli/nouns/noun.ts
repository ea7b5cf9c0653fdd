import type { z } from 'zod';
import type { CommandText } from '../../api/commands.ts';
import type { Actor } from '../../domain/agreement/command.ts';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import type { ProcessFrame, ProcessState, ProcessType } from '../../domain/process/process.ts';
import type { Instant, LocalDate, Text } from '../../domain/time.ts';
import type { Person } from '../../templates/parties.ts';
import type { Problem } from '../../templates/problem.ts';
import type { Template } from '../../templates/schema.ts';
import type { TermValue } from '../../templates/term-values.ts';

/** An act of a noun as the scenario has it; `at`, `as` and `for` apart. */
export type Said = { do: string } & Record<string, unknown>;

/** What somebody does in an engagement, a case, an evaluation or a risk. */
export interface NounStep {
  do: 'noun';
  noun: ProcessType;
  /** `script[3]` */
  path: string;
  atMs: Instant;
  /** A role key, another seat, `coordinator`, `third`, or `customer:<key>`. */
  as: string;
  /** The side, or seat, that the coordinator enters it for. */
  for?: string;
  /** As its schema reads it; `file` is an absolute path. */
  said: Said;
}

/** What is around an act, as far as it is known before anything is lived. */
export interface Around {
  /** `script[3]` */
  path: string;
  as: string;
  template: Template;
  /** Keys; null: the scenario names no file of customers. */
  customers: readonly string[] | null;
}

/** A process as it is recorded when somebody acts. */
export interface Living {
  workflowId: string;
  type: ProcessType;
  state: ProcessState;
}

/** What is there when somebody acts. */
export interface NounSituation {
  agreement: CompiledAgreement;
  /** That it was made of. */
  template: Template;
  /** Day 0 of the agreement; null: it is not in force. */
  inForceOn: LocalDate | null;
  /** What was agreed of a term as it was signed; null: nothing. */
  term(name: string): TermValue;
  /** Seats by the address of whoever fills them, in lower case, as the scenario says. */
  seatAt: Record<string, string>;
  /** One word of the agreement's vocabulary. */
  agreementStatus: string;
  /** The agreement is suspended as a whole since then. */
  suspendedFrom?: LocalDate;
  /** Of every type, by workflow id. */
  processes: readonly Living[];
  /** What a new process knows of the agreement; `workflowId` and `reference` are given where it is started. */
  frame: Omit<ProcessFrame, 'workflowId' | 'reference'>;
  /** Ids of customers by key, and their tiers. */
  customerIds: Record<string, string>;
  customerTiers: Record<string, string>;
  /** Keys of customers who can be written to. */
  customerMails: readonly string[];
  /** Who fills them, by an opaque id, and for which party; those that a process was started with are among them. */
  seats: Record<string, { personId: string; party?: string }>;
  actor: Actor;
  today: LocalDate;
  atMs: Instant;
}

/** One thing to be done in the world for an act; an act may need several, in order. The first that is refused ends it. */
export type NounToDo =
  /** Starts `type/<agreement>/<reference>`; `input` is what it has beside the frame. */
  | {
      what: 'start';
      type: ProcessType;
      reference: string;
      input: object;
      text?: CommandText;
      /** Who fills seats of the process's own from now on. */
      seats?: Record<string, Person>;
      /** People who are written to and fill no seat, of the side of this one: `readers` of the input, by their ids. */
      readers?: { of: string; people: Person[] };
      bringsDocument?: true;
    }
  /** A command; where it bears documents, `file` or one that is made. To the agreement itself where its workflow id is meant. */
  | {
      what: 'command';
      workflowId: string;
      order: { type: string } & Record<string, unknown>;
      text?: CommandText;
      bringsDocument?: true;
      /** Whoever really acts, where the seat is another than the script says: `third` of a particular engagement. */
      actor?: Actor;
    };

/** Why nothing can be done; `reference` is what it was about. */
export interface NounRefusal {
  refused: string;
  message: string;
  clauses?: string[];
  reference?: string;
}

export interface NounEvent {
  atMs: Instant;
  type: string;
  actor: Actor;
  clauses: string[];
  /** The whole event as it is recorded. */
  body: Record<string, unknown>;
}

/** What is known of a process, wherever it was read from. */
export interface NounRecord {
  workflowId: string;
  state: ProcessState;
  /** In their order. */
  events: readonly NounEvent[];
}

/** How rows are written out. */
export interface Writing {
  /** ISO 8601 with the zone's offset. */
  at(instant: Instant): string;
  /** A customer's key by its opaque id. */
  customerKey(id: string): string;
  /** A person's address by its opaque id. */
  address(id: string): string;
}

/** A kind of process as scenarios know it: what people do in it, and how it is printed. */
export interface Noun {
  type: ProcessType;
  /** The list in the output of `simulate`, and the field of a row that names it. */
  rows: NounRows;
  name: string;
  /** Fields of each act, beside `at`, `as`, `for` and `do`. */
  acts: Record<string, Record<string, z.ZodType>>;
  /** Each act in Chinese, for transcripts. */
  words: Record<string, string>;
  /** Whether an act of that name is meant for it: where others have acts of the same name, its own fields say so. */
  owns(item: Said): boolean;
  /** Fields whose words are taken in any case and spelling, before they are read. */
  spelling?: Record<string, readonly string[]>;
  /** Who may act beside the seats of the template and the coordinator. */
  mayAct?(as: string): boolean;
  /** What is wrong with an act before anything is lived. */
  check(said: Said, around: Around): Problem[];
  /** What an act asks for, as things stand; pure. */
  toDo(step: NounStep, situation: NounSituation): NounToDo[] | NounRefusal;
  /** Rows in the order in which they are printed; `events` are added to each. */
  describe(records: readonly NounRecord[], writing: Writing): { record: NounRecord; row: Record<string, unknown> }[];
  /** Of a row, without `events`. */
  row: z.ZodObject;
  eventWords: Record<string, Text>;
  /** The noun in Chinese, at the head of a line of a transcript. */
  title: string;
  /** What an event is about beside its name, as codes, sums and dates, which need no language (details.ts). */
  detail?(event: NounEvent, writing: Writing): string | undefined;
  /** Words of `detail` in Chinese, for transcripts. */
  detailWords?: Record<string, string>;
}

export const NOUN_ROWS = ['engagements', 'cases', 'evaluations', 'risks'] as const;
export type NounRows = (typeof NOUN_ROWS)[number];

/** One event as `simulate` prints it; `detail` is what it is about: codes, sums, dates. */
export interface LivedNounEvent {
  at: string;
  type: string;
  /** Missing where time, or a machine, caused it. */
  actor?: { seat: string; party?: string; onBehalfOf?: string; via: Actor['via'] };
  detail?: string;
  clauses: string[];
}

/** A row as `simulate` prints it. */
export type LivedNoun = Record<string, unknown> & { events: LivedNounEvent[] };
