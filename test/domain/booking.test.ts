import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Book, Pay } from '../../domain/agreement/command.ts';
import type { CompiledBooking } from '../../domain/agreement/compiled.ts';
import { isOwing } from '../../domain/agreement/phase.ts';
import { addMoney } from '../../domain/money.ts';
import { Life, lifeOf, paper, serviceAttachments } from '../support/life.ts';

const SIGNED = '2026-09-01 09:00';
const bookings: CompiledBooking[] = [
  { id: 'service-deposit', kind: 'deposit', clauses: ['S003-C-04'], shares: null },
  { id: 'service-deposit', kind: 'refund', clauses: ['S003-C-04'], shares: null },
  { id: 'appraisal', kind: 'reward', clauses: ['S003-N-08'], shares: null },
  { id: 'appraisal', kind: 'deduction', clauses: ['S003-N-08'], shares: null },
  { id: 'third-party-cost', kind: 'cost-share', clauses: ['S001b-86'], shares: { A: '0.5', B: '0.5' } },
  { id: 'open-cost', kind: 'cost-share', clauses: ['S001b-86'], shares: null },
];
const running = (seats = ['A', 'B', 'third', 'coordinator']) =>
  new Life(serviceAttachments({ seats, life: lifeOf({ bookings }) }), SIGNED).sign(SIGNED);
const booked = (booking: string, kind: Book['kind'], amount: string, more: Partial<Book> = {}) => ({
  type: 'book' as const,
  booking,
  kind,
  amount,
  documents: [paper()],
  ...more,
});
const lines = (life: Life) =>
  life.events.flatMap((event) =>
    event.type === 'sum-booked'
      ? [`${event.line.kind} ${event.line.debtor}>${event.line.creditor} ${event.line.amount}`]
      : [],
  );
const codes = (life: Life) => life.rejections.map(({ code }) => code);

test('a deposit of 20,000.00 and its refund, a reward and a deduction, each one line with clause and document', () => {
  const life = running()
    .act('2026-09-02 10:00', 'coordinator', booked('service-deposit', 'deposit', '20000', { debtor: 'B' }))
    .act('2027-09-02 10:00', 'coordinator', booked('service-deposit', 'refund', '20000.00', { creditor: 'B' }))
    .act('2027-09-03 10:00', 'coordinator', booked('appraisal', 'reward', '300.50', { debtor: 'B', creditor: 'A' }))
    .act('2027-09-03 10:00', 'coordinator', booked('appraisal', 'deduction', '100.25', { debtor: 'A' }));
  expect(lines(life)).toEqual([
    'deposit B>A 20000.00',
    'refund A>B 20000.00',
    'reward B>A 300.50',
    'deduction A>B 100.25',
  ]);
  expect(life.events.at(-1)).toMatchObject({
    clauses: ['S003-N-08'],
    documents: [paper()],
    line: { about: 'booking:appraisal', currency: 'CNY' },
  });
  expect(life.state.balances).toMatchObject({ 'B>A/CNY': '20300.50' });
});

test('a shared cost of 1,000.01 at 50 % that a third party is paid: 500.01 and 500.00, one event a line (S001b-86)', () => {
  const life = running().act(
    '2026-09-02 10:00',
    'coordinator',
    booked('third-party-cost', 'cost-share', '1000.01', { creditor: 'third' }),
  );
  expect(lines(life)).toEqual(['cost-share A>third 500.01', 'cost-share B>third 500.00']);
});

test('where one of the two has paid it, the other owes its share, and the own one is no debt', () => {
  const pay = (creditor: string) =>
    lines(
      running().act(
        '2026-09-02 10:00',
        'coordinator',
        booked('third-party-cost', 'cost-share', '1000.01', { creditor }),
      ),
    );
  expect(pay('A')).toEqual(['cost-share B>A 500.00']);
  expect(pay('B')).toEqual(['cost-share A>B 500.01']);
});

test('shares always add up to the cost', () => {
  const cents = fc.integer({ min: 1, max: 10 ** 12 });
  fc.assert(
    fc.property(cents, fc.integer({ min: 0, max: 10_000 }), (amount, part) => {
      const total = `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;
      const share = (part / 10_000).toFixed(4);
      const rest = ((10_000 - part) / 10_000).toFixed(4);
      const agreement = serviceAttachments({
        seats: ['A', 'B', 'third', 'coordinator'],
        life: lifeOf({ bookings: [{ id: 'cost', kind: 'cost-share', clauses: [], shares: { A: share, B: rest } }] }),
      });
      const life = new Life(agreement, SIGNED)
        .sign(SIGNED)
        .act('2026-09-02 10:00', 'coordinator', booked('cost', 'cost-share', total, { creditor: 'third' }));
      const { balances } = life.state;
      expect(addMoney(balances['A>third/CNY'] ?? '0', balances['B>third/CNY'] ?? '0')).toBe(total);
    }),
    { numRuns: 100 },
  );
});

test('what the contract does not provide for, has no document, no sum or no two sides, is not booked', () => {
  const life = running()
    .act('2026-09-02 10:00', 'coordinator', booked('appraisal', 'refund', '1.00', { debtor: 'A' }))
    .act('2026-09-02 10:00', 'coordinator', booked('open-cost', 'cost-share', '1.00', { creditor: 'A' }))
    .act('2026-09-02 10:00', 'coordinator', booked('appraisal', 'reward', '1.00', { debtor: 'A', documents: [] }))
    .act('2026-09-02 10:00', 'coordinator', booked('appraisal', 'reward', '-1.00', { debtor: 'A' }))
    .act('2026-09-02 10:00', 'coordinator', booked('appraisal', 'reward', '0.00', { debtor: 'A' }))
    .act('2026-09-02 10:00', 'coordinator', booked('appraisal', 'reward', '1.00'))
    .act('2026-09-02 10:00', 'coordinator', booked('appraisal', 'reward', '1.00', { debtor: 'A', creditor: 'A' }))
    .act('2026-09-02 10:00', 'coordinator', booked('third-party-cost', 'cost-share', '1.00'))
    .act('2026-09-02 10:00', 'A', booked('appraisal', 'reward', '1.00', { creditor: 'A' }));
  expect(codes(life)).toEqual([
    'not-provided',
    'not-provided',
    'evidence-missing',
    'amount-invalid',
    'amount-invalid',
    'unknown-seat',
    'unknown-seat',
    'unknown-seat',
    'not-responsible',
  ]);
  expect(lines(life)).toEqual([]);
});

test('a side books what it owes itself; an agreement of an earlier release books nothing', () => {
  const life = running().act('2026-09-02 10:00', 'B', booked('appraisal', 'reward', '1.00', { debtor: 'B' }));
  expect(lines(life)).toEqual(['reward B>A 1.00']);
  const old = new Life(serviceAttachments(), SIGNED)
    .sign(SIGNED)
    .act('2026-09-02 10:00', 'coordinator', booked('appraisal', 'reward', '1.00', { debtor: 'B' }));
  expect(codes(old)).toEqual(['not-provided']);
});

test('both sides hear of a sum that the coordinator books, the other side of one that a side books itself (S003-N-08)', () => {
  const life = running()
    .act('2026-09-02 10:00', 'coordinator', booked('appraisal', 'reward', '100.00', { debtor: 'A', creditor: 'B' }))
    .act('2026-09-03 10:00', 'A', booked('appraisal', 'reward', '50.00', { debtor: 'A', creditor: 'B' }))
    .until('2026-09-03 12:00');
  expect(life.mail(({ kind }) => kind === 'sum-booked')).toEqual([
    '2026-09-02T10:00 sum-booked A/A',
    '2026-09-02T10:00 sum-booked B/B',
    '2026-09-03T10:00 sum-booked B/B',
  ]);
  expect(life.notices.find(({ kind }) => kind === 'sum-booked')?.facts).toEqual({
    about: 'appraisal',
    kind: 'reward',
    by: 'A',
    against: 'B',
    amount: '100.00',
    currency: 'CNY',
  });
});

describe('a booked sum is paid', () => {
  const pay = (booking: string, amount: string, more: Partial<Pay> = {}) => ({
    type: 'pay' as const,
    booking,
    amount,
    documents: [],
    ...more,
  });

  test('a deposit of 20,000.00 in two parts, then its refund: each side pays what it owes itself (S003-C-04)', () => {
    const life = running()
      .act('2026-09-02 10:00', 'B', pay('service-deposit', '1.00'))
      .act('2026-09-02 10:00', 'coordinator', booked('service-deposit', 'deposit', '20000', { debtor: 'B' }))
      .act('2026-09-03 10:00', 'B', pay('service-deposit', '15000.00'))
      .act('2026-09-04 10:00', 'B', pay('service-deposit', '5000.01'))
      .act('2026-09-04 10:00', 'coordinator', pay('service-deposit', '5000.00'))
      .act('2026-09-04 10:00', 'coordinator', pay('service-deposit', '5000.00', { documents: [paper()] }))
      .act('2026-09-22 10:00', 'coordinator', booked('service-deposit', 'refund', '20000', { creditor: 'B' }))
      .act('2026-09-23 10:00', 'A', pay('service-deposit', '20000.00'))
      .act('2026-09-23 11:00', 'A', pay('service-deposit', '0.01'));
    expect(codes(life)).toEqual(['unknown-item', 'amount-too-large', 'evidence-missing', 'already-fulfilled']);
    expect(life.ledger()).toEqual([
      '2026-09-02T10:00:00+08:00 deposit B>A 20000.00',
      '2026-09-03T10:00:00+08:00 payment B>A -15000.00',
      '2026-09-04T10:00:00+08:00 payment B>A -5000.00',
      '2026-09-22T10:00:00+08:00 refund A>B 20000.00',
      '2026-09-23T10:00:00+08:00 payment A>B -20000.00',
    ]);
    expect(life.state.balances).toMatchObject({ 'B>A/CNY': '0.00', 'A>B/CNY': '0.00' });
    expect(life.events.at(-1)).toMatchObject({
      type: 'payment-recorded',
      unpaid: '0.00',
      clauses: ['S003-C-04'],
      line: { about: 'booking:service-deposit' },
    });
    expect(life.mail(({ kind }) => kind === 'payment-received')).toEqual([
      '2026-09-03T10:00 payment-received A/A',
      '2026-09-04T10:00 payment-received B/B',
      '2026-09-04T10:00 payment-received A/A',
      '2026-09-23T10:00 payment-received B/B',
    ]);
  });

  test('a shared cost of 1,000.01: each bearer its own 500.01 and 500.00 (S001b-86)', () => {
    const life = running()
      .act(
        '2026-09-02 10:00',
        'coordinator',
        booked('third-party-cost', 'cost-share', '1000.01', { creditor: 'third' }),
      )
      .act('2026-09-03 10:00', 'B', pay('third-party-cost', '500.01'))
      .act('2026-09-03 10:00', 'B', pay('third-party-cost', '500.00'))
      .act('2026-09-03 10:00', 'A', pay('third-party-cost', '500.00', { debtor: 'B' }))
      .act('2026-09-03 10:00', 'A', pay('third-party-cost', '500.01'));
    expect(codes(life)).toEqual(['amount-too-large', 'not-responsible']);
    expect(life.state.balances).toMatchObject({ 'A>third/CNY': '0.00', 'B>third/CNY': '0.00' });
  });

  test('where both owe under one rule it says which sum, and what is left is paid after the end', () => {
    const life = running()
      .act('2026-09-02 10:00', 'coordinator', booked('appraisal', 'reward', '300.50', { debtor: 'B', creditor: 'A' }))
      .act('2026-09-02 10:00', 'coordinator', booked('appraisal', 'deduction', '100.25', { debtor: 'A' }))
      .act('2026-09-03 10:00', 'A', pay('appraisal', '300.50', { debtor: 'B' })) // acknowledged by whoever receives it
      .act('2026-09-03 10:00', 'A', pay('appraisal', '0.25'))
      .terminate('2026-09-04 10:00');
    expect(isOwing(life.state)).toBe(true);
    life.act('2026-09-20 10:00', 'A', pay('appraisal', '100.00'));
    expect(codes(life)).toEqual([]);
    expect(life.state.balances).toMatchObject({ 'A>B/CNY': '0.00', 'B>A/CNY': '0.00' });
    expect(life.state.booked).toMatchObject([{ paid: '300.50' }, { paid: '100.25' }]);
  });
});
