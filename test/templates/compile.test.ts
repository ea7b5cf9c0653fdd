import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileDraft, planDraft, resolveDraft } from '../../templates/draft.ts';
import { goodDraft } from './draft-file.ts';

function compiled(terms: Record<string, unknown>) {
  const { draft, errors } = resolveDraft({ ...goodDraft(), terms });
  if (!draft) throw new Error(JSON.stringify(errors));
  return { draft, agreement: compileDraft(draft, { id: 'x', year: 2026 }) };
}

test('the penalty is 0.5 % of the total a day, owed to the other party', () => {
  const { agreement } = compiled({ contractTotal: '1000000.00', deliverableOwner: { 'process-plan': 'B' } });
  const penalty = {
    base: '1000000.00',
    rate: '0.005',
    currency: 'CNY',
    graceDays: 0,
    cap: null,
    clauses: ['S001a-69'],
  };
  expect(agreement.obligations.map(({ responsible, penalty: one }) => [responsible, one])).toEqual([
    ['A', { ...penalty, creditor: 'B' }],
    ['B', { ...penalty, creditor: 'A' }],
    ['A', { ...penalty, creditor: 'B' }],
  ]);
});

test('a cap in percent becomes money, half-up to the currency’s unit', () => {
  const { agreement } = compiled({ contractTotal: '777777.77', penaltyCapPercent: '12.5', penaltyGraceDays: 3 });
  expect(agreement.obligations[0]?.penalty).toMatchObject({ cap: '97222.22', graceDays: 3 });
});

test('only the process plan is reviewed, by both', () => {
  const { agreement } = compiled({ contractTotal: '1', reviewWindowDays: 5 });
  expect(agreement.obligations.map(({ review }) => review)).toEqual([
    null,
    { reviewers: ['A', 'B'], windowDays: 5, reworkDays: 10, clauses: ['S001a-61'] },
    null,
  ]);
});

test('what goes to the process is plain JSON without names and addresses', () => {
  const { agreement } = compiled({ contractTotal: '1' });
  const text = JSON.stringify(agreement);
  expect(JSON.parse(text)).toEqual(agreement);
  for (const word of ['Alpha', 'Beta', 'example.com', '甲方']) expect(text).not.toContain(word);
});

const percent = fc.integer({ min: 0, max: 100_000_000 }).map((n) => (n / 1_000_000).toFixed(6));
const days = fc.integer({ min: 1, max: 3650 });
const owner = fc.constantFrom('A', 'B');
const orNotAgreed = <T>(value: fc.Arbitrary<T>) => fc.oneof(value, fc.constantFrom('not-agreed', null));
const day = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2055-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

const validTerms = fc
  .record(
    {
      currency: fc.constantFrom('CNY', 'USD', 'EUR'),
      needsReportDays: days,
      processPlanDays: days,
      trainingPlanDays: days,
      lateDeliverablePenaltyPercentPerDay: percent,
      penaltyCapPercent: orNotAgreed(percent),
      penaltyGraceDays: orNotAgreed(fc.integer({ min: 0, max: 365 })),
      reviewWindowDays: fc.integer({ min: 1, max: 365 }),
      reworkDays: fc.integer({ min: 0, max: 365 }),
      deliverableOwner: fc.oneof(
        owner,
        fc.record({ 'process-plan': owner, 'training-plan': owner }, { requiredKeys: [] }),
      ),
      reminderLeadDays: fc.uniqueArray(fc.integer({ min: 1, max: 365 }), { maxLength: 10 }),
      rollover: fc.constantFrom('next-working-day', 'none'),
      dayEnd: fc.constantFrom('24:00', '18:00', '00:01', '23:59'),
      expiresOn: orNotAgreed(day),
    },
    { requiredKeys: [] },
  )
  .chain((terms) =>
    fc
      .bigInt({ min: 0n, max: 99_999_999_999_999_999n })
      .map((cents) => ({ ...terms, contractTotal: `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}` })),
  );

test('every valid set of terms compiles, stays small and can be planned', () => {
  fc.assert(
    fc.property(validTerms, day, (terms, signed) => {
      const { draft, agreement } = compiled(terms);
      expect(JSON.stringify(agreement).length).toBeLessThan(200_000);
      for (const { penalty } of agreement.obligations) {
        expect(penalty?.rate).toMatch(/^\d+(\.\d+)?$/);
        if (typeof penalty?.cap === 'string') expect(penalty.cap).toMatch(/^\d+\.\d{2}$/);
      }
      const { obligations } = planDraft(draft, signed);
      const dues = obligations.map(({ dueAt }) => Date.parse(dueAt ?? ''));
      expect(dues).toEqual([...dues].sort((a, b) => a - b));
      for (const { dueAt, reminders } of obligations) {
        for (const { at } of reminders) expect(Date.parse(at)).toBeLessThan(Date.parse(dueAt ?? ''));
      }
    }),
    { numRuns: 60 },
  );
});
