import type { FindingFacts, FindingPriority } from './command.ts';

/** From this score on; ours, for no contract names a threshold (ADR 23, docs/improvement.md). */
const HIGH_FROM = 60;
const MEDIUM_FROM = 15;

/** Weight of the customers who raise a finding: 3 where a key customer or a VIP is among them, else 1 (docs/improvement.md). */
export function raisersWeight(tiers: readonly string[]): number {
  return tiers.some((tier) => tier !== 'ordinary') ? 3 : 1;
}

/** How many say it × how grave it is × how much those who say it weigh (S004-19). */
export function scoreOf({ frequency, severity, customerWeight }: FindingFacts): number {
  return frequency * severity * customerWeight;
}

export function priorityOf(score: number): FindingPriority {
  if (score >= HIGH_FROM) return 'high';
  return score >= MEDIUM_FROM ? 'medium' : 'low';
}

/**
 * Two findings that are one: as many say it as said both, it is as grave as the graver and weighs as the heavier, and
 * whoever raised either one is answered. What was measured stays that of the one that goes on.
 */
export function united(finding: FindingFacts, other: FindingFacts): FindingFacts {
  return {
    ...finding,
    frequency: finding.frequency + other.frequency,
    severity: Math.max(finding.severity, other.severity),
    customerWeight: Math.max(finding.customerWeight, other.customerWeight),
    raisedBy: [...new Set([...finding.raisedBy, ...other.raisedBy])],
  };
}
