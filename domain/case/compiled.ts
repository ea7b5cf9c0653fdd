/** What a case is about. */
export const CASE_TYPES = ['complaint', 'service-request', 'enquiry', 'feedback'] as const;
export type CaseType = (typeof CASE_TYPES)[number];

/** How it came in (S000-30, S001b-23, S004-13). */
export const CASE_CHANNELS = ['hotline', 'online', 'email', 'social_media', 'phone', 'form', 'other'] as const;
export type CaseChannel = (typeof CASE_CHANNELS)[number];

/** `major` leads to a solution negotiated by both parties where the contract has that (S000-35). */
export const CASE_SEVERITIES = ['minor', 'normal', 'major'] as const;
export type CaseSeverity = (typeof CASE_SEVERITIES)[number];

export const CASE_PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type CasePriority = (typeof CASE_PRIORITIES)[number];

/** Hours run around the clock, working hours in those of working days; day clocks end with their last day (design §4). */
export const CLOCK_UNITS = ['hours', 'working-hours', 'days', 'working-days'] as const;
export type ClockUnit = (typeof CLOCK_UNITS)[number];

/**
 * What runs in a case, each only where the contract has it and its length is agreed:
 * - `record`: content, process and result are on record (S001a-65).
 * - `response`: the handler's own first response; a receipt is none (S002-19, S003-C-07).
 * - `forwarding`: it is passed to a department (S001b-25). `assignment`: somebody qualified is to do it (S003-C-07).
 * - `progress`: the customer hears how it stands, again and again (S001b-26, S003-C-10).
 * - `resolution`: the result is there (S001a-07, S002-17).
 * - `report`: the responsible department confirms the report of a complaint (S003-S-07).
 * - `opinion`: the customer's word on the result is waited for (S001b-12). `follow-up`: then it is asked again (S001b-28).
 * - `contest`: the customer may correct or contest what is said of its information (S003-C-16).
 * - `confirmation`: the customer is reminded of the plan (S002-20); it reminds and nothing else.
 * - `decision`: whether a special survey of a major one is held (S003-S-21).
 */
export const CASE_CLOCKS = [
  'record',
  'response',
  'forwarding',
  'assignment',
  'progress',
  'resolution',
  'report',
  'opinion',
  'follow-up',
  'contest',
  'confirmation',
  'decision',
] as const;
export type CaseClockId = (typeof CASE_CLOCKS)[number];

/**
 * What it means for the contract that a clock ran out:
 * - `late`: it is on record, and no more is said (S001b-11, S001c-21).
 * - `target-missed`: a figure that is measured, no duty (S001b-31).
 * - `breach`: a breach of the provider, with a claim of the customer whose amount is to be proven (S001a-72).
 * - `breach-candidate`: the customer may claim (S003-C-15).
 * - `accountability`: whoever was responsible is put on record for the next appraisal (S004-25).
 * - `silence`: nobody answered; nobody is in breach (S001b-28). `contested-not`: the customer's breach (S003-C-16).
 */
export const BREACH_MEANINGS = [
  'late',
  'target-missed',
  'breach',
  'breach-candidate',
  'accountability',
  'silence',
  'contested-not',
] as const;
export type BreachMeaning = (typeof BREACH_MEANINGS)[number];

/** A length: `count` may be a fraction of an hour. */
export interface Budget {
  unit: ClockUnit;
  count: number;
}

export interface CompiledCaseClock {
  id: CaseClockId;
  clauses: string[];
  unit: ClockUnit;
  /** For everybody; null: only for those of `by`. */
  count: number | null;
  /** In the same unit, by tier, priority or category in small letters (S001b-20, S000-33): looked up in this order. */
  by: Record<string, number>;
  /** Warned so long before its end, or at such a share of it. */
  warnings: { hours: number[]; percents: number[] };
  means: BreachMeaning;
  /** The role key that is in breach; null: nobody. */
  liable: string | null;
  /** What the breach rests on. */
  breachClauses: string[];
}

/**
 * Steps that a contract has beside response and result; what is not listed it does not have.
 * - `assign`: somebody qualified. `plan`, `confirm`, `execute`: in this order, and before the result (S002-10).
 * - `forward`: to a department. `inform`: the customer has the result before it can be closed (S001b-27, S001a-15).
 * - `opinion`: the customer is asked for its opinion (S001b-12). `accept`: the customer accepts, with a score (S003-C-06).
 * - `report`: to the responsible department (S003-S-07). `negotiate`: major ones are solved by both parties (S000-35).
 * - `special-survey`: of a major one it is decided whether a survey follows.
 */
export const CASE_STEPS = [
  'assign',
  'plan',
  'confirm',
  'execute',
  'forward',
  'inform',
  'opinion',
  'accept',
  'report',
  'negotiate',
  'special-survey',
] as const;
export type CaseStep = (typeof CASE_STEPS)[number];

/** A category of the parties' table, whose words are in Postgres. */
export interface CaseCategory {
  /** Made of its words, or `category-2`. */
  id: string;
  /** The seat that handles it; null: the rule's own. */
  seat: string | null;
}

/** What an agreement says of one sort of case; what it does not say is null or empty. */
export interface CompiledCases {
  /** The template's rule: `complaints`. */
  id: string;
  clauses: string[];
  types: CaseType[];
  /** Role key of whoever owes the service. */
  provider: string;
  /** Role key of a party that is itself the customer (S003-C); null: customers are none of the parties. */
  customer: string | null;
  /** Seat that handles it at first. */
  handler: string;
  /** Seats that may stand in for the handler (S002-13). */
  deputies: string[];
  /** Seats that hear of warnings and of a clock that ran out, beside the coordinator. */
  escalateTo: string[];
  /** Channels that the contract names; empty: any. */
  channels: CaseChannel[];
  categories: CaseCategory[];
  clocks: CompiledCaseClock[];
  steps: CaseStep[];
  /** Hours `HH:MM` of working days in which working hours run; null: those in which notices leave. */
  workingTime: { from: string; to: string } | null;
  /** Waiting for the customer stops the clocks (S003-C-16; a switch in S001a-07); null: nothing does. */
  pause: { clauses: string[] } | null;
  /** Seat that confirms the report of a complaint (S003-S-07). */
  reportTo: string | null;
  /** Seat that decides on a special survey of a major one (S003-S-21); null: whoever handles it. */
  decider: string | null;
  /** The progress clock starts when it came in, or when it was passed on (S001b-26). */
  progressFrom: 'opening' | 'assignment';
  /** All sections of the record are there before it is closed (S001a-65, S001b-97). */
  recordRequired: boolean;
  /** It is closed only with the customer's opinion, or a note that none was given (S001b-97). */
  opinionRequired: boolean;
  /** Another case of the same customer within so many days is proposed as a repeat; missing: 30, ours. */
  repeatDays?: number;
  /** Passed on more often than this: shifting of responsibility is suspected (S001c-19); null: not counted. */
  maxReassignments: number | null;
  /** A score of the acceptance below this becomes a finding (S003-C-06); null: none is agreed. */
  lowScore: string | null;
  /** First and last day on which the service is owed (S003-C-07); null: not agreed. */
  service: { from: string | null; until: string | null } | null;
  /** The parties that agree on the solution of a major case; empty: there is no such step. */
  negotiators: string[];
}
