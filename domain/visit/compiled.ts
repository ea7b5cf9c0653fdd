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
  counters: { tier: CustomerTier; surveys: number; visits: number; clauses: string[] }[];
}
