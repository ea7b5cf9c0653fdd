import type { Event } from '../../domain/agreement/event.ts';
import { evolve } from '../../domain/agreement/evolve.ts';
import { initialState } from '../../domain/agreement/initial.ts';
import { restoreState, snapshotOf } from '../../domain/agreement/snapshot.ts';
import type { AgreementState } from '../../domain/agreement/state.ts';
import { describeObligations } from '../../domain/agreement/view.ts';
import { lineOf } from '../../domain/ledger/balance.ts';
import type { AgreementRow, EventRow, LedgerRow, ObligationRow } from '../format.ts';
import { eventOf } from './events.ts';
import { type Finding, compare, compareSets } from './finding.ts';

/** Money moves by events alone: each line of the ledger is one event's, word for word, and none is missing. */
export function* checkLedger(rows: readonly EventRow[], ledger: readonly LedgerRow[]): Generator<Finding> {
  const expected = rows.flatMap((row) => ledgerRow(row, eventOf(row)));
  const found = ledger.map((line) => ({ ...line, amount: plainAmount(line.amount) }));
  yield* compareSets('ledger', { expected, found, keyOf: ({ workflowId, sequence }) => `${workflowId}/${sequence}` });
}

function ledgerRow({ workflowId, sequence }: EventRow, event: Event): LedgerRow[] {
  const line = lineOf(event);
  if (!line) return [];
  return [
    {
      ...{ workflowId, sequence, at: new Date(event.occurredAtMs).toISOString(), kind: line.kind },
      obligation: 'obligation' in event ? (event.obligation ?? null) : null,
      occurrence: 'occurrence' in event ? (event.occurrence ?? null) : null,
      debtor: line.debtor,
      creditor: line.creditor,
      amount: plainAmount(line.amount),
      amountText: line.amount,
      currency: line.currency,
      days: line.days ?? null,
      base: line.base ?? null,
      rate: line.rate ?? null,
      excludedDays: line.excludedDays ?? null,
      about: line.about ?? null,
      clauses: event.clauses,
    },
  ];
}

/** `5000.0000`, `5000.00` and `5000` are one sum. */
function plainAmount(amount: string): string {
  return /^-?\d+\.\d+$/.test(amount) ? amount.replace(/\.?0+$/, '') : amount;
}

/** What the agreement's events fold to is what its row and the rows of its obligations say. */
export function* checkFold(
  row: AgreementRow,
  events: readonly Event[],
  obligations: readonly ObligationRow[],
): Generator<Finding> {
  const folded = events.reduce<AgreementState>(evolve, initialState(row.compiled));
  const last = events.at(-1);
  yield* compare('agreement', 'agreement.json', {
    expected: {
      ...{ status: last ? folded.status : row.status, sequence: last?.sequence ?? 0 },
      ...(last ? { inForceOn: folded.inForceOn, expiresOn: folded.expiresOn, endedOn: folded.endedOn } : {}),
      template: row.compiled.template,
      zone: row.compiled.zone.id,
    },
    found: {
      ...{ status: row.status, sequence: row.sequence },
      ...(last ? { inForceOn: row.inForceOn, expiresOn: row.expiresOn, endedOn: row.endedOn } : {}),
      template: row.template,
      zone: row.zone,
    },
  });
  // What an earlier release did not know yet stands as before the first event.
  const kept = snapshotOf(restoreState(row.compiled, row.snapshot, row.sequence));
  yield* compare('agreement', 'agreement.json snapshot', { expected: snapshotOf(folded), found: kept });
  if (last) {
    yield* compareSets('obligation', {
      expected: obligationRows(folded, last.recordedAtMs),
      found: obligations,
      keyOf: ({ id, occurrence }) => (occurrence === '' ? id : `${id}#${occurrence}`),
    });
  }
}

function obligationRows(state: AgreementState, nowMs: number): ObligationRow[] {
  const iso = (ms: number | null | undefined): string | null => (ms == null ? null : new Date(ms).toISOString());
  const kept = new Map(state.obligations.map((one) => [JSON.stringify([one.id, one.occurrence]), one]));
  return describeObligations(state, nowMs).map((view) => ({
    id: view.id,
    occurrence: view.occurrence ?? '',
    kind: view.kind,
    status: view.status,
    responsible: view.responsible,
    dueAt: iso(view.due?.dueAtMs),
    localDate: view.due?.localDate ?? null,
    fulfilledAt: iso(view.fulfilledAtMs),
    settledDaysLate: kept.get(JSON.stringify([view.id, view.occurrence]))?.settledDaysLate ?? 0,
    clauses: view.clauses,
  }));
}
