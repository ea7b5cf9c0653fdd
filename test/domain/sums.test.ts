import { expect, test } from 'vitest';
import { hearsOfSums, isOfMoney, withoutSums } from '../../domain/agreement/sums.ts';
import { Life, agreementOf, lifeOf, payment } from '../support/life.ts';

/** Figures go to the parties' own seats and the coordinator; a department hears that it happened. */
const life = lifeOf({
  amendment: { consent: ['A', 'B'], lapseDays: 10, clauses: ['S001a-33'] },
  terminations: [],
  afterwards: [],
});
const agreement = agreementOf([payment('fee-1', '2025-06-10')], {
  life,
  seats: ['A', 'B', 'survey-team', 'coordinator'],
  seatParties: { 'survey-team': 'A' },
});
const lived = () => new Life(agreement, '2025-05-06 09:00').sign('2025-05-06 09:00');

const told = ({ notices }: Life, kind: string) =>
  Object.fromEntries(notices.filter((one) => one.kind === kind).map(({ seat, facts }) => [seat, facts]));

test('an amendment from 80,000.00 to 12,345.00: the department hears of its effect, not of the sums (S001a-33)', () => {
  const cheaper = payment('fee-1', '2025-06-12', { amount: '12345.00' });
  const patch = { obligations: [cheaper], removed: [], terms: ['serviceFeeSchedule'] };
  const changed = lived()
    .act('2025-05-08 10:00', 'A', {
      type: 'propose',
      amendment: 'cheaper',
      effectiveOn: '2025-05-20',
      patch,
      documents: [],
    })
    .act('2025-05-09 10:00', 'B', { type: 'accept', amendment: 'cheaper' })
    .until('2025-05-20 12:00');
  const facts = told(changed, 'amendment-effective');
  expect(Object.keys(facts).sort()).toEqual(['A', 'B', 'coordinator', 'survey-team']);
  for (const seat of ['A', 'B', 'coordinator']) expect(JSON.stringify(facts[seat]), seat).toContain('12345.00');
  expect(JSON.stringify(facts['survey-team'])).not.toMatch(/12345|80000/);
  expect(facts['survey-team']?.redated).toEqual(facts['A']?.redated);
});

test('the final statement: 81,600.00 owed for A and B, its being there for the department (S001a-38)', () => {
  const ended = lived().until('2025-06-14 09:00').terminate('2025-06-14 10:00');
  ended.act('2025-06-20 10:00', 'B', { type: 'settle', item: 'fee-1', outcome: 'disputed', documents: [] });
  ended.until('2025-06-23 12:00');
  const facts = told(ended, 'final-statement');
  const balances = [{ debtor: 'A', creditor: 'B', currency: 'CNY', amount: '81600.00' }];
  expect(facts).toMatchObject({ A: { balances }, B: { balances }, coordinator: { balances } });
  expect(facts['survey-team']).toEqual({ endedOn: '2025-06-14' });
});

test('what is money, and who hears of it', () => {
  expect(['A', 'survey-team', 'coordinator', 'third'].map((seat) => hearsOfSums(agreement, seat))).toEqual([
    true,
    false,
    true,
    false,
  ]);
  const due = { of: 'obligation:fee-1', field: 'due' as const, before: '2025-06-10', after: '2025-06-12' };
  const amount = { of: 'obligation:fee-1', field: 'amount' as const, before: '80000.00', after: '12345.00' };
  expect([due, amount].map(isOfMoney)).toEqual([false, true]);
  expect(
    withoutSums({ amount: '1.00', currency: 'CNY', unpaid: '1.00', rate: '0.005', by: 'A', changes: [due, amount] }),
  ).toEqual({ by: 'A', changes: [due] });
});
