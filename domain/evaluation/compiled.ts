/** Where the figure of an indicator comes from: recorded figures of surveys, cases or duties, or records that people bring. */
export const INDICATOR_SOURCES = [
  'survey',
  'case',
  'deliverable',
  'cost',
  'innovation',
  'risk',
  'compliance',
  'manual',
] as const;
export type IndicatorSource = (typeof INDICATOR_SOURCES)[number];

/** Who is evaluated. A department is a seat, a member of staff an opaque id: names stay in Postgres. */
export const EVALUATION_SUBJECTS = ['agreement', 'provider', 'department', 'staff'] as const;
export type EvaluationSubject = (typeof EVALUATION_SUBJECTS)[number];

/** What may follow from a result. Every one is proposed only, and decided by people. */
export const CONSEQUENCE_KINDS = [
  'reward',
  'deduction',
  'payment',
  'improvement-plan',
  'retraining',
  'honour',
  'promotion',
  'extension',
  'termination',
  'staff-appraisal',
  'process-review',
  'accountability',
  'other',
] as const;
export type ConsequenceKind = (typeof CONSEQUENCE_KINDS)[number];

/** Beside the total: what must hold for a result to count as a success (S003-N-06, S003-N-07, S003-N-09, S001c-45). */
export const EVALUATION_TESTS = ['satisfaction-risen', 'targets-met', 'third-party', 'pass-mark'] as const;
export type EvaluationTest = (typeof EVALUATION_TESTS)[number];

/** One thing that is scored. All numbers are decimal strings. */
export interface CompiledIndicator {
  /** Its name in the scheme: `quality`. */
  id: string;
  clauses: string[];
  source: IndicatorSource;
  measure: 'quantitative' | 'qualitative';
  /** Percent of the hundred; of a bonus: the points that it can add beside them. Null: not agreed, it is not scored. */
  weight: string | null;
  scale: { min: string; max: string };
  /** Kinds of record of which each score names at least one; empty: any record. */
  evidence: string[];
  /** Outside of the hundred points (S003-E-08). */
  bonus: boolean;
  /** The total cannot be more than its own score, in percent of its scale (S003-E-09). */
  knockout?: true;
  /**
   * Of a figure of surveys: the dimension that it is taken from; missing: satisfaction as a whole. Of cases: `response` or
   * `resolution`; missing: both.
   */
  dimension?: string;
}

/** From its lower edge (inclusive) up to the next band's; the last one holds the highest score, too. */
export interface CompiledBand {
  /** `band-1` is the lowest. */
  id: string;
  from: string;
  to: string;
  /** What is proposed; its words are the term's. Null: nothing follows. */
  consequence: ConsequenceKind | null;
  /** A sum that the band names; null: whoever decides names it. */
  amount: string | null;
}

/** Indicators, bands and tests, of one version: what is acknowledged before anything is scored (S003-E-11). */
export interface CompiledScheme {
  /** Changes with its content: `a1b2c3d4`. */
  version: string;
  indicators: CompiledIndicator[];
  /** Without gap or overlap over 0 to 100, by their lower edge; empty: none are agreed, and nothing is proposed from a band. */
  bands: CompiledBand[];
  /** To how many decimals a total is rounded, half up, before its band is looked up. */
  decimals: number;
  tests: {
    test: EvaluationTest;
    clauses: string[];
    /** Of `satisfaction-risen`: the indicator. */
    indicator?: string;
    /** What the first period, or one after the maximum, is compared with; of `pass-mark`: the mark. Null: not agreed. */
    target?: string | null;
    /** An earlier figure that both agreed on, for the first period; null or missing: none. */
    baseline?: string | null;
    /** Of `targets-met`: how many targets there are; each is said to be met or not. */
    targets?: number;
  }[];
}

/** How one kind of evaluation runs in an agreement. What the contract does not say is null or empty. */
export interface CompiledEvaluation {
  /** The template's rule. */
  id: string;
  clauses: string[];
  /** `accountability`: no scores, but late responses with an explanation and a decision (S004-25). */
  form: 'scored' | 'accountability';
  /** The duty that each run fulfils, and that starts it when it opens; null: people open it. */
  obligation: string | null;
  subject: EvaluationSubject;
  /** Seats that are evaluated, where the contract says which: the provider; empty: enrolled by whoever organises. */
  subjects: string[];
  /** Null: no scheme is agreed yet; whoever organises is reminded, and nothing can be scored (S003-S-05). */
  scheme: CompiledScheme | null;
  /** Seat that opens, enrols, concludes, publishes and answers for the duty. */
  organiser: string;
  /** Seats that may score. */
  scorers: string[];
  /** Seats that acknowledge the scheme before anything is scored; empty: none must. */
  acknowledgers: string[];
  acknowledgeClauses: string[];
  /** Duties of the agreement that an acknowledgement here fulfils, and that count as one: by seat. */
  acknowledgeDuties: Record<string, string>;
  /** The subject assesses itself before it is scored (S001c-43). */
  selfAssessment: boolean;
  /** Seat that confirms the result before it can be final: a second person (S002-27, S001c-43); null: nobody. */
  confirmer: string | null;
  confirmClauses: string[];
  /** Figures and words are both mandatory (S001b-60, S001c-42). */
  bothMeasures: boolean;
  /** Days to object to a provisional result; null: no window is agreed, and none opens. */
  objectionDays: number | null;
  objectionClauses: string[];
  /** Of how many recorded answers or cases at least a figure is made; null: no minimum is agreed. */
  minimumSample: number | null;
  /** Seats that the result is published to; empty: it is not published (S001b-61). */
  publishTo: string[];
  publishClauses: string[];
  /** Follow-ups of every result, beside those of bands: each is created or waived before it is complete (S001a-25). */
  followUps: { consequence: ConsequenceKind; clauses: string[] }[];
  /** What every final result proposes beside its band: payment by score (S003-E-13). */
  proposes: { consequence: ConsequenceKind; clauses: string[] }[];
  /** Of whom the pass mark was missed: days to a plan of improvement; null: no length is agreed (S001c-45). */
  planDays: number | null;
  /** Seat that decides on consequences. */
  decider: string;
  /** Duty that the last decision on consequences fulfils; null: there is none. */
  decisionDuty: { obligation: string; parts: string[] } | null;
  /** Consequences that this contract knows, beside those of bands: they may be proposed by whoever organises. */
  consequences: { consequence: ConsequenceKind; clauses: string[] }[];
  /** Of rewards and deductions: who pays whom, by role key; null: sums are not booked by this contract. */
  money: { payer: string; payee: string; currency: string } | null;
  /** Surveys whose cycles within the period are evaluated, and how many a period has; null: none are (S001b-07). */
  surveys: { obligation: string; count: number } | null;
  /** Its weights follow what customers hold important, from the next period on alone (S001b-05). */
  nextWeights: boolean;
  reminderLeadDays: number[];
}

/** The rule whose list the late responses of cases go on; none: nothing of a late response. */
export function lateList(evaluations: readonly CompiledEvaluation[] | undefined): {
  accountability?: CompiledEvaluation;
} {
  const accountability = (evaluations ?? []).find(({ form }) => form === 'accountability');
  return accountability === undefined ? {} : { accountability };
}
