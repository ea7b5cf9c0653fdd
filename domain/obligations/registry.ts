import type { CompiledAgreement, CompiledObligation } from '../agreement/compiled.ts';
import type { ObligationState } from '../agreement/state.ts';
import * as deliverable from './deliverable.ts';
import * as deliverableLadder from './deliverable-ladder.ts';
import * as deliverablePenalty from './deliverable-penalty.ts';
import * as deliverableState from './deliverable-state.ts';

/** One obligation's rules, what was agreed, and how far it got. */
export interface ObligationContext {
  agreement: CompiledAgreement;
  rule: CompiledObligation;
  state: ObligationState;
}

/** The rules by the version that an agreement was signed under. A new kind or version is a new file and a line here. */
export const OBLIGATION_RULES = {
  'deliverable@1': { ...deliverableState, ...deliverablePenalty, ...deliverableLadder, ...deliverable },
} as const;

export function rulesOf(rule: CompiledObligation): (typeof OBLIGATION_RULES)[CompiledObligation['rule']] {
  return OBLIGATION_RULES[rule.rule];
}
