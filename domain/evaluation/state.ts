import type { Actor, DocumentRef } from '../agreement/command.ts';
import type { ProcessState } from '../process/process.ts';
import type { Instant, LocalDate } from '../time.ts';
import type { EvaluationInput } from './command.ts';
import type { CompiledScheme, ConsequenceKind, EvaluationTest } from './compiled.ts';

/**
 * `preparing`: no scheme, or nobody enrolled; `acknowledging`: the scheme is to be acknowledged; `scoring`; `provisional`: the
 * result stands, objections may come; `final`; `published`; `complete`: nothing is left to decide; `ended`: with its agreement.
 */
export const EVALUATION_STATUSES = [
  'preparing',
  'acknowledging',
  'scoring',
  'provisional',
  'final',
  'published',
  'complete',
  'ended',
] as const;
export type EvaluationStatus = (typeof EVALUATION_STATUSES)[number];

/** The fixed order of those who are evaluated: SELF, MANAGER, REVIEW, FINAL (S001c-43); without the steps that are not agreed. */
export const SUBJECT_STAGES = ['self', 'manager', 'provisional', 'review', 'final'] as const;
export type SubjectStage = (typeof SUBJECT_STAGES)[number];

export interface Score {
  indicator: string;
  /** On its scale. */
  value: string;
  evidence: string[];
  documents: DocumentRef[];
  /** Who scored; `gathered`: the recorded figures themselves. */
  by: string;
  seat: string;
  atMs: Instant;
  /** Of a figure: what it was made of, as it was then. */
  sources: string[];
  count: number | null;
  /** What it was before somebody else corrected it; `from` null: it had been left out. */
  corrected: { from: string | null; by: string; atMs: Instant } | null;
}

export interface Objection {
  id: string;
  /** Null: the whole result. */
  indicator: string | null;
  atMs: Instant;
  by: string;
  verdict: 'uphold' | 'reject' | null;
  answeredBy: string | null;
  /** Of one that was upheld: the correction has been made. */
  settled: boolean;
}

export interface Consequence {
  id: string;
  kind: ConsequenceKind;
  /** `band-3`; a test; `follow-up`; `proposed` by hand. */
  from: string;
  amount: string | null;
  verdict: 'approve' | 'decline' | null;
  decidedBy: string | null;
  decidedAtMs: Instant | null;
  /** The improvement that it began. */
  workflowId: string | null;
}

export interface TestResult {
  test: EvaluationTest;
  /** Null: nothing to judge it by. */
  passed: boolean | null;
  /** What it was compared: the figure, and with what. */
  value: string | null;
  against: string | null;
  /** `previous`, `baseline`, `target`: what `against` is. */
  basis: 'previous' | 'baseline' | 'target' | null;
}

/** `performed` only where every test passes (S003-N-06, S003-N-07); null: no test is agreed, or no verdict can be given. */
export type EvaluationVerdict = 'performed' | 'not-performed' | null;

export interface Breakdown {
  indicator: string;
  /** Percent that it counted with, after what was left out had gone. */
  weight: string;
  /** Points that it brought to the total. */
  points: string;
}

/** One of those that are evaluated. */
export interface Evaluated {
  subject: string;
  /** Of a member of staff whom mail can reach. */
  personId: string | null;
  stage: SubjectStage;
  scores: Score[];
  /** Indicators that had nothing to measure. */
  leftOut: string[];
  /** By indicator: who left it out (opaque); of what was idle by itself, and in older states, nobody. */
  leftOutBy?: Record<string, string>;
  /** Until when recorded figures were gathered for them; null or missing: never. */
  gatheredUntilMs?: Instant | null;
  selfAssessed: { indicator: string | null; value: string | null }[];
  selfAssessedAtMs: Instant | null;
  /** Indicators whose figure was made of too few answers or cases: without them there is no verdict. */
  tooFew: string[];
  /** Targets that were met and missed, by number; null: not judged. */
  targets: { met: number[]; missed: number[] } | null;
  thirdParty: boolean | null;
  /** Rounded half up to the scheme's decimals; null: no verdict, too little was measured. */
  total: string | null;
  /** Indicator whose own score is all that the total can reach, where that was less (S003-E-09). */
  cappedBy?: string | null;
  /** Points beside the hundred. */
  bonus: string | null;
  breakdown: Breakdown[];
  band: string | null;
  tests: TestResult[];
  verdict: EvaluationVerdict;
  concludedAtMs: Instant | null;
  /** The end of the window for objections. */
  objectionsUntil: { dueAtMs: Instant; localDate: LocalDate } | null;
  objections: Objection[];
  confirmedBy: string | null;
  finalAtMs: Instant | null;
  consequences: Consequence[];
  /** Of a late response (S004-25). */
  late: { item: string; minutes: number } | null;
  explainedAtMs: Instant | null;
}

/** A conclusion that waits for figures, and who asked for it when. */
export interface Concluding {
  subject: string;
  actor: Actor;
  commandId: string;
  /** Missing in older states. */
  atMs?: Instant;
}

export interface EvaluationState extends ProcessState {
  format: 1;
  input: EvaluationInput;
  status: EvaluationStatus;
  /** The scheme in force; the results that stand keep the one that they were made by. */
  scheme: CompiledScheme | null;
  due: { dueAtMs: Instant; localDate: LocalDate } | null;
  overdue: boolean;
  /** The scheme was missing when the period began, and that was said. */
  schemeMissing: boolean;
  /** Of the version in force. */
  acknowledgedBy: { seat: string; personId: string; version: string; atMs: Instant }[];
  /** Figures have been asked for and are awaited. */
  gathering: boolean;
  gatheredAtMs: Instant | null;
  /** Until when, and of whom, the figures are that are awaited. */
  asked?: { untilMs: Instant; subjects: string[] } | null;
  /** Conclusions that wait for figures; one alone, or null, in older states. */
  concluding: Concluding[] | Concluding | null;
  /** Surveys of the period that figures were taken from. */
  surveys: string[];
  /** What customers hold important, for the next period alone (S001b-05); null: nothing was said of it. */
  nextWeights: Record<string, string> | null;
  subjects: Evaluated[];
  publishedAtMs: Instant | null;
  publishedBy: Actor | null;
  /** Who concluded last: the duty is handed in by them. */
  concludedBy: Actor | null;
  dutyDone: boolean;
  /** Its duty for the decisions on consequences was handed in. */
  decided: boolean;
  completedAtMs: Instant | null;
  /** Final figures of the period before, by indicator; empty: the first period, or none are known yet. */
  previous: Record<string, string>;
  /** Its agreement is over, and there is a result to carry through. */
  agreementEnded: boolean;
}
