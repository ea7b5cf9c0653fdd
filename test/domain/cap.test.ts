import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CompiledDeliverable, CompiledLife } from '../../domain/agreement/compiled.ts';
import { nextDue } from '../../domain/agreement/tick.ts';
import { Life, lifeOf, paper, serviceAttachments } from '../support/life.ts';

const SIGNED = '2026-09-01 09:00';
const REPORT = 'needs-analysis-report'; // due 2026-10-08; late day n is 2026-10-08 + n

/** Only the needs analysis is left undone; with this cap on its penalty of 5,000.00 a day. */
function overdue(cap: string | null, life: Partial<CompiledLife> = {}): Life {
  const alone = (rule: CompiledDeliverable) => ({ ...rule, penalty: rule.penalty && { ...rule.penalty, cap } });
  const agreement = serviceAttachments({ life: lifeOf(life) }, alone);
  return new Life({ ...agreement, obligations: agreement.obligations.slice(0, 1) }, SIGNED).sign(SIGNED);
}
const warnings = (life: Life) =>
  life.events.flatMap((event) =>
    event.type === 'cap-reached'
      ? [
          `${life.iso(event.occurredAtMs).slice(0, 16)} ${event.cap} ${event.percent} % ${event.balance}/${event.amount}`,
        ]
      : [],
  );

describe('the cap of a penalty is a live balance (design §5)', () => {
  test('100,000.00 at 5,000.00 a day: 50 % on day 10, 80 % on day 16, 100 % on day 20, long before the month’s posting', () => {
    const life = overdue('100000.00').until('2026-12-31 12:00');
    expect(warnings(life)).toEqual([
      `2026-10-18T00:00 penalty:${REPORT} 50 % 50000.00/100000.00`,
      `2026-10-24T00:00 penalty:${REPORT} 80 % 80000.00/100000.00`,
      `2026-10-28T00:00 penalty:${REPORT} 100 % 100000.00/100000.00`,
    ]);
    expect(life.state.warned).toEqual([`penalty:${REPORT}@50`, `penalty:${REPORT}@80`, `penalty:${REPORT}@100`]);
  });

  test('both parties and the coordinator are told in notice hours', () => {
    const life = overdue('100000.00').until('2026-10-20 12:00');
    expect(life.mail(({ kind }) => kind === 'cap-reached')).toEqual([
      '2026-10-19T09:00 cap-reached A/A', // 10-18 is a Sunday
      '2026-10-19T09:00 cap-reached B/B',
      '2026-10-19T09:00 cap-reached coordinator/coordinator',
    ]);
    expect(life.notices.find(({ kind }) => kind === 'cap-reached')?.facts).toEqual({
      about: `penalty:${REPORT}`,
      cap: '100000.00',
      amount: '50000.00',
      currency: 'CNY',
      percent: 50,
    });
  });

  test('a cap below the first day’s penalty is reached at once: three shares, one mail to each', () => {
    const life = overdue('1000.00').until('2026-10-09 12:00');
    expect(warnings(life).map((line) => line.slice(0, 16))).toEqual(Array(3).fill('2026-10-09T00:00'));
    expect(life.notices.filter(({ kind }) => kind === 'cap-reached').map(({ facts }) => facts.percent)).toEqual([
      100, 100, 100,
    ]);
  });

  test('handed in on day 12 it has passed 50 % alone; nothing is warned of without a cap or without a life', () => {
    expect(warnings(overdue('100000.00').submit('2026-10-20 10:00', REPORT).until('2027-03-01 12:00'))).toHaveLength(1);
    expect(warnings(overdue(null).until('2027-03-01 12:00'))).toEqual([]);
  });
});

describe('a share of a cap is reached to the cent, half-up', () => {
  test('50, 80 and 100 % of 99,999.99 are 50,000.00, 79,999.99 and 99,999.99: on days 10, 16 and 20', () => {
    expect(warnings(overdue('99999.99').until('2026-12-31 12:00'))).toEqual([
      `2026-10-18T00:00 penalty:${REPORT} 50 % 50000.00/99999.99`,
      `2026-10-24T00:00 penalty:${REPORT} 80 % 80000.00/99999.99`,
      `2026-10-28T00:00 penalty:${REPORT} 100 % 99999.99/99999.99`,
    ]);
  });

  test('whatever the odd cents, a share is warned of on the first day on which the balance shown is at least the share shown', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_000_001, max: 99_999_999 }),
        fc.integer({ min: 1, max: 9_999_999 }),
        (base, cap) => {
          const money = (cents: number): string => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
          const agreement = serviceAttachments({ life: lifeOf() }, (rule) => ({
            ...rule,
            penalty: rule.penalty && { ...rule.penalty, base: money(base), cap: money(cap) },
          }));
          const life = new Life({ ...agreement, obligations: agreement.obligations.slice(0, 1) }, SIGNED).sign(SIGNED);
          life.until('2026-12-31 12:00');
          const halfUp = (thousandths: number): number => Math.floor((thousandths + 500) / 1000);
          const first = [50, 80, 100].flatMap((percent) => {
            const goal = Math.max(1, halfUp(cap * percent * 10));
            for (let day = 1; day <= 84; day++) if (Math.min(cap, halfUp(base * 5 * day)) >= goal) return [day];
            return [];
          });
          const days = life.events.flatMap((event) =>
            event.type === 'cap-reached' ? [(event.occurredAtMs - life.ms('2026-10-08 00:00')) / 86_400_000] : [],
          );
          expect(days).toEqual(first);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('penalties over 30 % of the total: a warning of ours, no limit of the law (ambiguities on S001a-69)', () => {
  const warning = { base: '1000000.00', currency: 'CNY', percent: '30' };

  test('300,000.00 of 1,000,000.00 is reached on day 60 of one late attachment', () => {
    const life = overdue(null, { penaltyWarning: warning }).until('2027-06-01 12:00');
    expect(warnings(life)).toEqual(['2026-12-07T00:00 penalties 30 % 300000.00/1000000.00']);
    expect(life.events.find(({ type }) => type === 'cap-reached')?.clauses).toEqual([]);
  });

  test('to the cent as it is shown: 30 % of 777,777.77 are 233,333.33, as many as day 60 has come to (S001a-69)', () => {
    const agreement = serviceAttachments(
      { life: lifeOf({ penaltyWarning: { ...warning, base: '777777.77' } }) },
      (rule) => ({
        ...rule,
        penalty: rule.penalty && { ...rule.penalty, base: '777777.77' }, // 3,888.88885 a day
      }),
    );
    const life = new Life({ ...agreement, obligations: agreement.obligations.slice(0, 1) }, SIGNED).sign(SIGNED);
    expect(warnings(life.until('2027-06-01 12:00'))).toEqual(['2026-12-07T00:00 penalties 30 % 233333.33/777777.77']);
  });

  test('all late attachments count together: 8 October, 2 and 30 November', () => {
    const life = new Life(serviceAttachments({ life: lifeOf({ penaltyWarning: warning }) }), SIGNED).sign(SIGNED);
    // 54 days of the first, 29 of the second and 1 of the third on 1 December are 420,000.00; on 17 November 40 and 15.
    life.until('2026-12-01 12:00');
    expect(warnings(life)).toEqual(['2026-11-20T00:00 penalties 30 % 305000.00/1000000.00']); // (43 + 18) × 5,000.00
  });
});

describe('the cap of a liability (S001b-74)', () => {
  const liability = {
    id: 'third-party-loss',
    liable: 'A',
    cap: { amount: '100000.00', currency: 'CNY' },
    shares: null,
    answerDays: null,
    clauses: ['S001b-74'],
  };
  const claimed = (amounts: string[]) => {
    const life = overdue(null, { liabilities: [liability] }).until('2026-11-02 09:00');
    for (const [index, amount] of amounts.entries()) {
      const claim = `k${index + 1}`;
      life
        .act('2026-11-02 10:00', 'B', { type: 'claim', claim, amount, obligation: REPORT, documents: [paper()] })
        .act('2026-11-02 10:00', 'A', { type: 'answer', claim, verdict: 'agree', documents: [] });
    }
    return life.until('2026-12-31 10:00');
  };

  test('agreed claims of 50,000.00 and 40,000.00: 50 %, then 80 %, each once; 20,000.00 more fill it', () => {
    expect(warnings(claimed(['49999.99']))).toEqual([]);
    expect(warnings(claimed(['50000.00', '1.00', '39999.00', '20000.00']))).toEqual([
      '2026-11-02T10:00 third-party-loss 50 % 50000.00/100000.00',
      '2026-11-02T10:00 third-party-loss 80 % 90000.00/100000.00',
      '2026-11-02T10:00 third-party-loss 100 % 100000.00/100000.00',
    ]);
  });
});

describe('a cap that the third party consents to, too (S001b-78, S001b-79)', () => {
  const liability = (amount: string | null) => ({
    id: 'third-party-liability',
    liable: 'third',
    cap: amount === null ? null : { amount, currency: 'CNY' },
    shares: null,
    answerDays: null,
    clauses: ['S001b-74'],
  });
  const excludes = [{ liability: 'third-party-liability', clauses: ['S001b-79'] }];
  const amendment = { consent: ['A', 'B'], lapseDays: null, clauses: ['S001b-64'], excludes };
  const before = lifeOf({ amendment, liabilities: [liability('100000.00')] });
  const proposed = (change: Partial<CompiledLife>) =>
    new Life(serviceAttachments({ life: before }), SIGNED).sign(SIGNED).act('2026-09-10 10:00', 'A', {
      type: 'propose',
      amendment: 'a1',
      effectiveOn: '2026-09-20',
      patch: { obligations: [], removed: [], terms: [], life: { ...before, ...change } },
      documents: [],
    });

  test('A and B alone cannot raise 100,000.00 to 300,000.00, nor take the cap away: the old one governs', () => {
    for (const liabilities of [[liability('300000.00')], [liability(null)]]) {
      const life = proposed({ liabilities }).act('2026-09-11 10:00', 'B', { type: 'accept', amendment: 'a1' });
      life.until('2026-12-31 12:00');
      expect(life.refusals).toEqual([]);
      expect(life.state.amendments).toMatchObject([
        { id: 'a1', status: 'proposed', third: { stage: 'agreed-by-parties' } },
      ]);
      expect(life.state.agreement.life?.liabilities[0]?.cap?.amount).toBe('100000.00');
    }
  });

  test('what else the contract says they change as ever', () => {
    const life = proposed({ penaltyWarning: { base: '1000000.00', currency: 'CNY', percent: '20' } });
    expect(life.refusals).toEqual([]);
    expect(life.state.amendments).toMatchObject([{ id: 'a1', status: 'proposed' }]);
  });
});

test('whatever the cap, rate and day, each share is warned of once, as soon as it is reached, and time never stands still', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400_000 }),
      fc.constantFrom('0', '0.0001', '0.005', '0.3'),
      fc.integer({ min: 0, max: 5 }),
      (cap, rate, graceDays) => {
        const agreement = serviceAttachments({ life: lifeOf() }, (rule) => ({
          ...rule,
          penalty: rule.penalty && { ...rule.penalty, cap: `${cap}.00`, rate, graceDays },
        }));
        const life = new Life({ ...agreement, obligations: agreement.obligations.slice(0, 1) }, SIGNED).sign(SIGNED);
        life.until('2026-12-31 12:00');
        const late = 84; // 2026-10-08 to 2026-12-31
        const owed = Math.min(cap, 1_000_000 * Number(rate) * (late - graceDays));
        const expected = [50, 80, 100].filter((percent) => owed * 100 >= cap * percent);
        expect(life.state.warned).toEqual(expected.map((percent) => `penalty:${REPORT}@${percent}`));
        expect(nextDue(life.state)?.atMs ?? Infinity).toBeGreaterThan(life.ms('2026-12-31 12:00'));
      },
    ),
    { numRuns: 60 },
  );
});
