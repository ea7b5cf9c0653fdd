import type { EngagementEndGround } from '../agreement/compiled.ts';
import type { LocalDate } from '../time.ts';

/**
 * - `involvement`: a third party takes part in the performance (S001a, S001b, S001c).
 * - `commission`: a body outside is asked to research or assess; its report is imported (S003-S-14, S003-N-09).
 */
export const ENGAGEMENT_KINDS = ['involvement', 'commission'] as const;
export type EngagementKind = (typeof ENGAGEMENT_KINDS)[number];

/** What an application can be asked to say; the words are in Postgres. */
export const APPLICATION_FIELDS = ['purpose', 'scope', 'effect', 'identity', 'documents'] as const;
export type ApplicationField = (typeof APPLICATION_FIELDS)[number];

/** What an engagement's agreement can be asked to hold; the words are in Postgres. */
export const AGREEMENT_SECTIONS = [
  'purpose',
  'scope',
  'liability',
  'costs',
  'term',
  'responsibilities',
  'rights',
] as const;
export type AgreementSection = (typeof AGREEMENT_SECTIONS)[number];

/** What a contract says of third parties' involvement; a step that is null does not exist in it. */
export interface CompiledEngagement {
  /** The template's rule. */
  id: string;
  kind: EngagementKind;
  clauses: string[];
  /** Seats that may begin one: they apply, invite, or draft. */
  applicants: string[];
  /** A written application that is checked for these fields and answered (S001b-70). */
  application: { demands: ApplicationField[]; clauses: string[] } | null;
  /** Notice ahead of it (S001c-71): no involvement before so many days have run; null: no length is agreed. */
  advanceNotice: { days: number | null; clauses: string[] } | null;
  /** Who has to have been at the negotiation, `third` for the third party (S001c-71). */
  negotiation: { between: string[]; clauses: string[] } | null;
  /** The answer: of the other party, or of `by`; working days from receipt; null: no length is agreed, no clock runs. */
  reply: { by: string | null; workingDays: number | null; clauses: string[] } | null;
  /** All of these accept the draft before anyone signs (S001a-66); days to do so; null: no length is agreed. */
  jointReview: { by: string[]; windowDays: number | null; clauses: string[] } | null;
  /** The agreement: what it has to hold, and who signs, each for itself (`applicant`: who began it; `third`). */
  agreement: { sections: AgreementSection[]; signatories: string[]; clauses: string[] };
  /**
   * The cap of liability. `mandatory`: nobody signs without a sum (S001a-55); else none means as the law provides (S001b-76).
   * Null: the contract speaks of no cap.
   */
  cap: CompiledEngagementCap | null;
  /** Codes of scope that are offered, beside words of one's own (`other-1`, `other-2` …); empty: words alone. */
  scopes: string[];
  /** What bounds its tasks by that scope. */
  taskClauses: string[];
  /** Site rules are acknowledged before access. */
  siteRules: { clauses: string[] } | null;
  /** An undertaking of secrecy stands before access (S001c-76). */
  undertaking: { clauses: string[] } | null;
  /** Who accepts what the third party hands in, each for itself, and in how many days; null: no length is agreed. */
  acceptance: { by: string[]; days: number | null; clauses: string[] } | null;
  /** So many days after acceptance the effect of what was handed in is looked at (S001a-49). */
  effectReview: { by: string[]; days: number | null; clauses: string[] } | null;
  /** A report is complete when all of these have made their entry (S001a-59). */
  supervision: { by: string[]; clauses: string[] } | null;
  /** What the third party may ask for, of whom, and in how many days it is answered; null: no length is agreed. */
  support: { by: string[]; days: number | null; clauses: string[] } | null;
  /**
   * Who pays the third party: fractions by role key that add up to 1; null: shared, and no ratio is agreed (S001b-86).
   * `amount`: the fee that the contract names. `days` to pay.
   */
  fee: { shares: Record<string, string> | null; amount: string | null; days: number | null; clauses: string[] } | null;
  /** Its liability (S001a-46, S001b-73): above a cap the parties bear the loss by these fractions; null: none are agreed. */
  liability: { lossShares: Record<string, string> | null; leaksUncapped: boolean; clauses: string[] };
  /** How it ends by both parties' decision, and what is settled then; null: the contract does not say. */
  end: { grounds: EngagementEndGround[]; items: string[]; clauses: string[] } | null;
  /** What the contract itself fills in, for drafts. */
  prefill: EngagementPrefill;
}

export interface CompiledEngagementCap {
  mandatory: boolean;
  /** Reasons that stand beside the sum, each filled in (S001a-54, S001b-77). */
  rationale: string[];
  /** Whether it can be changed by both parties with the third party's consent (S001b-78, S001b-79). */
  changeable: boolean;
  /** Days to consent, from the notice; null: no length is agreed, and silence leaves the old cap. */
  consentDays: number | null;
  clauses: string[];
}

export interface EngagementPrefill {
  /** Canonical, in the agreement's currency. */
  cap: string | null;
  /** Factors of the cap that have words. */
  rationale: string[];
  endsOn: LocalDate | null;
  hasPurpose: boolean;
  hasScope: boolean;
  milestones: { milestone: string; dueOn: LocalDate }[];
}
