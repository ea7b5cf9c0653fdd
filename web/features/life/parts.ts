import type { Life } from './life.ts';
import { LIFE_PARTS, type LifePart } from './part-names.ts';

const KNOWS: Record<LifePart, (life: Life) => boolean> = {
  effect: () => true,
  amendments: ({ provides, amendments, overrides }) =>
    provides.amendment !== null || provides.override !== null || amendments.length > 0 || overrides.length > 0,
  suspensions: ({ provides, suspensions }) => provides.suspension.length > 0 || suspensions.length > 0,
  renewal: ({ provides, renewal, phase }) =>
    provides.renewal !== null &&
    renewal.expiresOn !== null &&
    (renewal.terms.length > 0 || (phase !== 'after' && phase !== 'over')),
  ending: ({ provides, breaches, thirdAccess, engagementEnds, settlement, afterwards }) =>
    thirdAccess !== null ||
    provides.engagementEnd !== null ||
    settlement.statedAt !== null ||
    [provides.terminations, provides.afterwards, breaches, engagementEnds, settlement.items, afterwards].some(
      (all) => all.length > 0,
    ),
  payments: ({ provides, payments, owed, waivers, bookings, acts }) =>
    acts.includes('waive') || [provides.bookings, payments, owed, waivers, bookings].some((all) => all.length > 0),
  claims: ({ provides, claims, acts }) =>
    provides.liabilities.length > 0 || claims.length > 0 || acts.includes('claim'),
  matters: ({ provides, matters }) =>
    [provides.requests, provides.confidentiality, provides.disputes, provides.meetings, matters].some(
      (all) => all.length > 0,
    ),
};

/** The parts that there is something to see of: the contract provides for them, or they have come about. */
export function partsOf(life: Life | undefined): LifePart[] {
  return life === undefined ? [] : LIFE_PARTS.filter((part) => KNOWS[part](life));
}
