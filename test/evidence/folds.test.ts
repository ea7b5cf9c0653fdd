import { expect, test } from 'vitest';
import type { CompiledPatch } from '../../domain/agreement/compiled.ts';
import type { Event } from '../../domain/agreement/event.ts';
import { evolve } from '../../domain/agreement/evolve.ts';
import { initialState } from '../../domain/agreement/initial.ts';
import { type Snapshot, restoreState, snapshotOf } from '../../domain/agreement/snapshot.ts';
import { describeObligations } from '../../domain/agreement/view.ts';
import type { AgreementRow, ObligationRow } from '../../evidence/format.ts';
import { checkFold } from '../../evidence/verify/folds.ts';
import { Life, duty, lifeOf, paper, serviceAttachments } from '../support/life.ts';

const compiled = serviceAttachments({
  expiresOn: '2027-02-28',
  life: lifeOf({
    amendment: { consent: ['A', 'B'], lapseDays: 30, clauses: ['S000-40'] },
    suspension: [{ grounds: ['force-majeure'], clauses: ['S001a-37'] }],
  }),
});

/** The rows of table `obligation` as `record` leaves them, event by event: rows are added and changed, never removed. */
function keptRows(events: readonly Event[]): ObligationRow[] {
  const rows = new Map<string, ObligationRow>();
  let state = initialState(compiled);
  const iso = (ms: number | null | undefined): string | null => (ms == null ? null : new Date(ms).toISOString());
  for (const event of events) {
    // As `record` reads it back from the row of the agreement.
    const snapshot = JSON.parse(JSON.stringify(snapshotOf(state))) as Snapshot;
    state = evolve(state.sequence === 0 ? state : restoreState(compiled, snapshot, state.sequence), event);
    state = { ...state, sequence: event.sequence };
    for (const view of describeObligations(state, event.recordedAtMs)) {
      const { id, kind, status, responsible, clauses } = view;
      const occurrence = view.occurrence ?? '';
      const progress = state.obligations.find((one) => one.id === id && one.occurrence === view.occurrence);
      rows.set(`${id}#${occurrence}`, {
        ...{ id, occurrence, kind, status, responsible, clauses },
        ...{ dueAt: iso(view.due?.dueAtMs), localDate: view.due?.localDate ?? null },
        ...{ fulfilledAt: iso(view.fulfilledAtMs), settledDaysLate: progress?.settledDaysLate ?? 0 },
      });
    }
  }
  return [...rows.values()];
}

function rowOf({ state, events }: Life): AgreementRow {
  const { id, template, zone } = compiled;
  return {
    ...{ id, template, zone: zone.id, status: state.status, sequence: events.length },
    ...{ inForceOn: state.inForceOn, expiresOn: state.expiresOn, endedOn: state.endedOn },
    ...{ createdAt: '', startedAt: null, draft: {}, compiled },
    snapshot: JSON.parse(JSON.stringify(snapshotOf(state))) as Snapshot,
  };
}

const agreed = (lived: Life, day: string, patch: Partial<CompiledPatch>): Life =>
  lived
    .act(`${day} 10:00`, 'A', {
      ...{ type: 'propose', amendment: `on-${day}`, effectiveOn: day, documents: [] },
      patch: { obligations: [], removed: [], terms: [], ...patch },
    })
    .act(`${day} 11:00`, 'B', { type: 'accept', amendment: `on-${day}` });

test('an amended, suspended and expired agreement is what its events fold to, with rows as the record keeps them', () => {
  const lived = new Life(compiled, '2026-09-01 09:00').sign('2026-09-01 09:00');
  const [report] = lived.state.agreement.obligations;
  agreed(lived, '2026-09-10', {
    obligations: [duty('handover', 'signing', '120 days'), { ...report!, responsible: 'B' }],
    removed: ['training-plan'],
    expiresOn: '2027-03-31',
  });
  lived
    .act('2026-09-20 10:00', 'B', {
      ...{ type: 'suspend', ground: 'force-majeure', obligations: [], documents: [paper('c')] },
    })
    .act('2026-10-20 10:00', 'B', { type: 'resume', obligations: [], documents: [paper('d')] })
    .act('2026-11-20 10:00', 'B', { type: 'submit', obligation: 'needs-analysis-report', documents: [paper('b')] })
    .until('2027-04-15 10:00');
  expect(lived.rejections).toEqual([]);
  expect(lived.state.status).toBe('expired');
  expect(lived.state.patches).toHaveLength(1);
  const findings = [...checkFold(rowOf(lived), lived.events, keptRows(lived.events))];
  expect(findings).toEqual([]);
});
