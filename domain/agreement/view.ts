import { type ObligationContext, rulesOf } from '../obligations/registry.ts';
import { subjectOf } from '../obligations/deliverable-state.ts';
import { chargeOf } from '../penalty.ts';
import type { Instant, LocalDate } from '../time.ts';
import { localDateAt } from '../zone.ts';
import type { Due, LedgerLine } from './event.ts';
import { obligationContexts } from './obligations.ts';
import { isInForce } from './phase.ts';
import type { AgreementState, ObligationStatus } from './state.ts';

/** One obligation as a reader sees it at an instant. */
export interface ObligationView {
  id: string;
  occurrence: string | null;
  kind: string;
  status: ObligationStatus;
  responsible: string;
  clauses: string[];
  /** The current due time; null before day 0 is known. */
  due: Due | null;
  fulfilledAtMs: Instant | null;
  /** Over all rounds, up to the instant. */
  daysLate: number;
  review: (Due & { waitingFor: string[]; round: number }) | null;
}

/** Every obligation in the template's order, late days counted up to `asOfMs`. */
export function describeObligations(state: AgreementState, asOfMs: Instant): ObligationView[] {
  const on = localDateAt(state.agreement.zone, asOfMs);
  return obligationContexts(state).map((context) => describe(context, on));
}

function describe(context: ObligationContext, on: LocalDate): ObligationView {
  const { rule, state } = context;
  const rules = rulesOf(rule);
  return {
    id: rule.id,
    occurrence: state.occurrence,
    kind: rule.kind,
    status: state.status,
    responsible: rule.responsible,
    clauses: rule.clauses,
    due: state.due,
    fulfilledAtMs: state.fulfilledAtMs,
    daysLate: rules.daysLate(state, on, rule),
    review: state.review && { ...state.review, waitingFor: rules.waitingFor(context), round: state.round },
  };
}

/** A line that the ledger would get if accrual stopped on that date: for readers, never stored. */
export type AccruedLine = LedgerLine & { obligation: string; occurrence?: string; clauses: string[] };

/** What has accrued up to and including a local date and is not posted yet (design §5). */
export function accruedLines(state: AgreementState, on: LocalDate): AccruedLine[] {
  if (!isInForce(state)) return [];
  return obligationContexts(state).flatMap((context) => {
    const line = rulesOf(context.rule).accruedLine(context, on);
    if (!line) return [];
    return [{ ...line, ...subjectOf(context), clauses: chargeOf(context.rule)?.clauses ?? [] }];
  });
}
