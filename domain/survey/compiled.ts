import type { LocalDate } from '../time.ts';
import type { ProcessFrame } from '../process/process.ts';

/** How a survey is asked; answers keep theirs. */
export const SURVEY_CHANNELS = ['email', 'online', 'phone', 'face-to-face', 'paper', 'sms', 'letter'] as const;
export type SurveyChannel = (typeof SURVEY_CHANNELS)[number];

export const CUSTOMER_TIERS = ['key', 'ordinary', 'vip'] as const;
export type CustomerTier = (typeof CUSTOMER_TIERS)[number];

/** A recurring survey of an agreement, as its template and terms say; what they do not say is null or empty. */
export interface CompiledSurvey {
  /** The template's rule: `survey-cycle`. */
  id: string;
  /** The duty whose occurrences are its cycles. */
  obligation: string;
  clauses: string[];
  /** Seat that designs the questionnaire, publishes, enters answers and closes. */
  responsible: string;
  /** Seats that agree on the date before it is published; empty: none is agreed (S000-28). */
  dateAgreedBy: {
    seats: string[];
    clauses: string[];
    /** While it is undecided all of them are reminded, so many days before its duty is due; missing: its duty reminds its own. */
    reminderLeadDays?: number[];
  };
  /** Seats that approve the questionnaire; empty: it counts as designed. */
  approvers: { seats: string[]; clauses: string[] };
  /** What must be asked about at least, each with its parts (S004-08): ids of the template. */
  dimensions: { id: string; clauses: string[]; parts: string[] }[];
  /** Fractions that add up to 1 by dimension; empty: all weigh the same. */
  weights: Record<string, string>;
  /** Customers are asked how important each dimension is, which proposes the next cycle's weights (S001b-05). */
  importance: { clauses: string[] } | null;
  channels: SurveyChannel[];
  /** Who is asked; null tiers: all customers. `open`: nobody has said yet. */
  audience: { tiers: CustomerTier[] | null; product: boolean; clauses: string[] };
  /** `all`, or so many drawn at random (in strata by tier and branch); `percent` of those to be asked, where agreed so. */
  sample: { method: 'all' | 'random' | 'stratified'; size: number | null; percent?: string; clauses: string[] };
  /** Below so many answers there is no verdict; null: none is agreed. */
  minimumSample: number | null;
  /** Answers are taken for so many days from publication. */
  openDays: number;
  /** Those who have not answered are reminded so many days before the close. */
  reminderLeadDays: number[];
  /** The result that is agreed to be reached, on the questionnaire's scale, or as a percentage of satisfied answers. */
  target: { measure: 'score' | 'satisfied'; value: string; clauses: string[] } | null;
  /** Percent of those invited that should answer. */
  responseRatePercent: string | null;
  /** No way back from an answer to a person; groups below five are not shown. */
  anonymous: boolean;
  /** What must be there before it is published (S001b-03, S003-S-15, S003-S-16); ids. */
  gates: { gate: 'team' | 'method' | 'sample'; clauses: string[]; seat?: string; isGiven?: boolean }[];
  /** Duties of the agreement that steps of the chain fulfil, by their ids; null: none. */
  fulfils: {
    date: string | null;
    audience: string | null;
    report: string | null;
  };
  report: {
    /** Seat that releases it. */
    by: string;
    /** Seats that it is sent to, and whether they confirm having read it. */
    to: string[];
    acknowledged: boolean;
    clauses: string[];
  };
  /** Whether low scores open improvements by themselves, and below what score (a fraction of the scale). */
  findings: { below: string; clauses: string[] } | null;
  /** A cycle that was analysed keeps its result when the agreement ends; missing: it is cancelled. */
  resultStands?: true;
  /** A missed target opens an improvement of the lowest dimension where none is too low by itself (S002-04); missing: not. */
  missedTarget?: { clauses: string[] };
}

/** What the agreement asks of a duty that a step of the chain fulfils. */
export interface FulfilledDuty {
  /** Seat that owes it. */
  responsible: string;
  /** All parts of its checklist. */
  parts: string[];
  /** Seats that must accept what is handed in; empty: none. */
  reviewers: string[];
}

/** What a cycle is started with. */
export interface SurveyInput extends ProcessFrame {
  survey: CompiledSurvey;
  /** What follows from a finding; null: this agreement knows no improvements. */
  improvement: CompiledImprovement | null;
  occurrence: string | null;
  /** Until when its result is due. */
  due: { dueAtMs: number; localDate: LocalDate };
  /**
   * By id, the duties that the cycle fulfils: its own and those of `survey.fulfils`. Missing: owed by the survey's
   * responsible, without parts or review.
   */
  duties?: Record<string, FulfilledDuty>;
  /** Until when the date is to be agreed; missing: nobody is reminded of it here. */
  dateDue?: { dueAtMs: number; localDate: LocalDate };
  /** The agreement has goals that this survey measures, and is told what it did; missing: it has none. */
  goals?: true;
}

/** What becomes of findings under this agreement. */
export interface CompiledImprovement {
  clauses: string[];
  /** Seat that plans, by default; a finding may be assigned to another one. */
  planner: string;
  /** Seats that a finding may be assigned to. */
  departments: string[];
  /** Seat that classifies, beside the planner, and is asked to (S004-19); missing: the planner. */
  classifier?: string;
  /** Seats that approve a plan; empty: it counts as planned. */
  approvers: string[];
  /** Days from classification to the plan; null: no length is agreed. */
  planDays: number | null;
  /** A cause must be written before measures (S001c-26, S003-C-09, S003-O-04). */
  cause: { clauses: string[] } | null;
  /**
   * Days from the finding to its cause, which has a record of its own (S003-C-09); null: no length is agreed. Missing: the
   * cause comes with the plan.
   */
  investigation?: { days: number | null; clauses: string[] };
  measureTypes: string[];
  /** Checked at this interval by this seat, who owns none of the measures. */
  checks: { days: number | null; by: string; clauses: string[] } | null;
  /** The effect is held against the next cycle's measure. */
  verified: { clauses: string[] } | null;
  /** Days from the effect to the answer to whoever raised it; null: no length is agreed (S004-23). */
  answer: { days: number | null; clauses: string[] } | null;
  /** Results and status are published to staff (S004-26). */
  publication: { clauses: string[] } | null;
  /** Seat that late plans and measures are told to, beside the coordinator. */
  escalateTo: string | null;
  categories: string[];
  /** Duty of the agreement that an approved plan fulfils. */
  fulfils: string | null;
  /** Its dates stand still while all clocks of the agreement do; missing: they go on. */
  suspends?: true;
  /** That duty begins after another one: a plan that was there before it is handed in as it begins; missing: it is not. */
  beginsAfter?: true;
  /** What is asked of that duty; missing: nothing but the hand-in, of whoever planned. */
  duty?: FulfilledDuty;
}
