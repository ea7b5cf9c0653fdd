import type { CustomerTier } from '../survey/compiled.ts';

/** A visit is reported on; a call-back has an outcome (S003-S-10, S001a-17). */
export const VISIT_KINDS = ['visit', 'call-back'] as const;
export type VisitKind = (typeof VISIT_KINDS)[number];

/** What an agreement says of visits or call-backs; what it does not say is null or empty. */
export interface CompiledVisits {
  /** The template's rule. */
  id: string;
  kind: VisitKind;
  clauses: string[];
  /** The duty that they count for; nothing is handed in by a visit itself. */
  obligation: string | null;
  /** Seat that leads: it reschedules, holds, reports, cancels. */
  leader: string;
  /** Seats that may take part. */
  departments: string[];
  /** Days from the visit to its report; null: no length is agreed, and no clock runs. */
  reportDays: number | null;
  /** A plan a year, with a row for every customer of these tiers at least (S003-S-18); null: no plan is drawn up. */
  plan: { tiers: CustomerTier[]; clauses: string[] } | null;
  /** How often a calendar year a customer of a tier is surveyed, and how many of these are visits (S003-S-19, S003-S-20). */
  counters: {
    tier: CustomerTier;
    surveys: number;
    visits: number;
    clauses: string[];
    /** Its customers are listed from this month of a year on (S003-S-20); missing: from the beginning. */
    fromMonth?: number;
  }[];
  /**
   * At the end of each quarter it is counted who lacks what of a year, and so many days before (null: not before); whether a
   * year counts that had begun by the effect. Missing: an agreement of an earlier release, which is not warned.
   */
  quarters?: { leadDays: number | null; partialFirst: boolean; clauses: string[] };
}
