import type { DocumentRef } from '../agreement/command.ts';
import type { ProcessCommandEnvelope, ProcessFrame } from '../process/process.ts';
import type { CompiledImprovement } from '../survey/compiled.ts';
import type { Instant, LocalDate } from '../time.ts';

export const FINDING_SOURCES = ['survey', 'feedback', 'visit', 'case', 'check', 'other'] as const;
export type FindingSource = (typeof FINDING_SOURCES)[number];

export const FINDING_PRIORITIES = ['high', 'medium', 'low'] as const;
export type FindingPriority = (typeof FINDING_PRIORITIES)[number];

/** What a finding is, from its beginning; its words are in Postgres. */
export interface FindingFacts {
  source: FindingSource;
  /** Where it comes from: `quarterly-survey#2027-Q1`, a visit, a feedback's number. */
  about: string | null;
  dimension: string | null;
  /** How many say it. */
  frequency: number;
  /** 1 (slight) to 5 (grave). */
  severity: number;
  /** Weight of the customers who say it: 3 key or VIP, 1 ordinary (docs/improvement.md). */
  customerWeight: number;
  /** What was measured of its dimension, on the questionnaire's scale; null: nothing. */
  measured: string | null;
  /** Opaque ids of customers who raised it and can be answered; empty: nobody is known. */
  raisedBy: string[];
}

/** What an improvement is started with. */
export interface ImprovementInput extends ProcessFrame {
  rules: CompiledImprovement;
  finding: FindingFacts;
  /** What in the contract it is about. */
  clauses: string[];
  raisedAtMs: number;
  /** The agreement is suspended as a whole since then; missing: it is not, or whoever raised it could not know. */
  suspendedFrom?: LocalDate;
  /** Who raised it; the clock where figures did. */
  actor: ProcessCommandEnvelope['actor'];
}

export interface Measure {
  /** `measure-1` */
  id: string;
  /** One of the agreement's types, or `other`. */
  kind: string;
  /** Seat that answers for it. */
  owner: string;
  dueOn: LocalDate;
}

interface Classifies extends ProcessCommandEnvelope {
  type: 'classify';
  category: string | null;
  severity?: number;
  /** Seat that plans; without it, the agreement's planner. */
  department?: string;
}
/** Joins another finding of the same agreement: this one ends, the other one bears its frequency and its customers. */
interface Merges extends ProcessCommandEnvelope {
  type: 'merge';
  into: string;
}
/** The other side of a merge: told by the one that ends. */
export interface Absorbs extends ProcessCommandEnvelope {
  type: 'absorb';
  from: string;
  finding: FindingFacts;
}
/** No measure is taken; the reason is in Postgres. */
interface Dismisses extends ProcessCommandEnvelope {
  type: 'dismiss';
}
/** The cause was found, and has been written: its words are in Postgres. */
interface Investigates extends ProcessCommandEnvelope {
  type: 'investigate';
  documents: DocumentRef[];
}
interface Plans extends ProcessCommandEnvelope {
  type: 'plan';
  /** The cause has been written. */
  hasCause: boolean;
  /** What is to be reached: this dimension's score in the next cycle; null where nothing is measured. */
  goal: { dimension: string; atLeast: string } | null;
  measures: Measure[];
  documents: DocumentRef[];
}
/** Of the version that was shown. */
interface ApprovesPlan extends ProcessCommandEnvelope {
  type: 'approve-plan';
  version: number;
}
interface RejectsPlan extends ProcessCommandEnvelope {
  type: 'reject-plan';
  version: number;
  pointCount: number;
}
/** The owner says that a measure is done, with evidence. */
interface Completes extends ProcessCommandEnvelope {
  type: 'complete';
  measure: string;
  documents: DocumentRef[];
}
/** Somebody other than the owners looks at how it goes. */
interface Checks extends ProcessCommandEnvelope {
  type: 'check';
  verdict: 'on-track' | 'behind';
  documents: DocumentRef[];
}
/** The effect was seen, or not, by evidence: where nothing measures it, or beside what was measured. */
interface Verifies extends ProcessCommandEnvelope {
  type: 'verify';
  verdict: 'effective' | 'ineffective';
  documents: DocumentRef[];
}
/** Those who raised it have the answer; how many of them, and by which channel. */
interface Answers extends ProcessCommandEnvelope {
  type: 'answer-customers';
  /** Opaque ids; empty: nobody is known, which the reason in Postgres says. */
  customers: string[];
  /** Those of them who get it by mail, because they have an address; the others have it in another way. */
  mail?: string[];
}
/** What a customer says to the answer. */
interface GivesVerdict extends ProcessCommandEnvelope {
  type: 'customer-verdict';
  customer: string;
  satisfied: boolean;
}
interface Publishes extends ProcessCommandEnvelope {
  type: 'publish-results';
  documents: DocumentRef[];
}
/** Closes what has all that its agreement asks for. */
interface Closes extends ProcessCommandEnvelope {
  type: 'close';
}

export type ImprovementPersonCommand =
  | Classifies
  | Merges
  | Dismisses
  | Investigates
  | Plans
  | ApprovesPlan
  | RejectsPlan
  | Completes
  | Checks
  | Verifies
  | Answers
  | GivesVerdict
  | Publishes
  | Closes;

/** The next cycle measured its dimension. */
export interface EffectMeasured extends ProcessCommandEnvelope {
  type: 'effect';
  /** The cycle: `quarterly-survey#2027-Q2`. */
  cycle: string;
  /** From when on it asked. */
  publishedAtMs: number;
  dimension: string;
  /** On the questionnaire's scale; null where too few answered. */
  value: string | null;
}

/** All clocks of the agreement stand still from this day on; told by the agreement. */
export interface ClocksStopped extends ProcessCommandEnvelope {
  type: 'clocks-stopped';
  from: LocalDate;
}
/** They run again; `until` is the first day that counts. */
export interface ClocksRun extends ProcessCommandEnvelope {
  type: 'clocks-run';
  /** Since when they stood still, for findings that were raised meanwhile. */
  from?: LocalDate;
  until: LocalDate;
}

/** The duty that a plan fulfils has begun: told by the agreement where it begins after another one (S004-20). */
export interface DutyBegun extends ProcessCommandEnvelope {
  type: 'duty-begun';
  obligation: string;
  occurrence: string | null;
  /**
   * Since when no other occurrence of the duty was open; null: none ever was. A plan without a period that was approved since
   * was handed in to none. Missing: another one is open, or an earlier release told it.
   */
  freeSinceMs?: Instant | null;
}

export type ImprovementCommand =
  | ImprovementPersonCommand
  | Absorbs
  | EffectMeasured
  | DutyBegun
  | ClocksStopped
  | ClocksRun
  | (ProcessCommandEnvelope & { type: 'agreement-over' });
