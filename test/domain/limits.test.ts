import { describe, expect, test } from 'vitest';
import type { CompiledObligation } from '../../domain/agreement/compiled.ts';
import { Life, agreementOf, duty, lifeOf, paper } from '../support/life.ts';

const life = lifeOf({
  amendment: { consent: ['A', 'B'], lapseDays: 30, clauses: ['S000-40'] },
  liabilities: [{ id: 'loss', clauses: ['S000-22'], cap: null, answerDays: 10, liable: null, shares: null }],
  requests: [{ id: 'data', from: 'B', to: 'A', replyDays: null, clauses: ['S000-10'] }],
});

/** In force on 2026-09-01; its report is due 90 days after. */
function between(): Life {
  const signed = '2026-09-01 09:00';
  return new Life(agreementOf([duty('report', 'effect', '90 days')], { life }), signed).sign(signed);
}

function proposal(lived: Life, amendment: string, count = 60, more: Partial<CompiledObligation> = {}) {
  const [rule] = lived.state.agreement.obligations;
  if (!rule) throw new Error('no rule');
  const deadline = { ...rule.deadline, offset: { unit: 'days' as const, count } };
  const obligations = [{ ...rule, deadline, ...more } as CompiledObligation];
  const patch = { obligations, removed: [], terms: [] };
  return { type: 'propose' as const, amendment, effectiveOn: '2026-10-15', patch, documents: [] };
}

const codes = (lived: Life) => lived.rejections.map(({ code }) => code);
const day = (number: number) => `2026-09-${String(number).padStart(2, '0')} 10:00`;

describe('nobody fills an agreement until it can hold nothing else', () => {
  test('the sixth proposal waits until one of five is closed', () => {
    const lived = between();
    for (let number = 1; number <= 6; number++) lived.act(day(2), 'A', proposal(lived, `a-${number}`));
    expect(codes(lived)).toEqual(['too-many']);
    lived.act(day(2), 'A', { type: 'decline', amendment: 'a-1' }).act(day(2), 'A', proposal(lived, 'a-6'));
    expect(lived.state.amendments.map(({ status }) => status)).toEqual([
      'declined',
      ...Array<string>(5).fill('proposed'),
    ]);
  });

  test('proposed and taken back a hundred times a day, and again on the next; what is closed weighs nothing', () => {
    const lived = between();
    const propose = (name: string, on: string) => {
      lived.act(on, 'A', proposal(lived, name)).act(on, 'A', { type: 'decline', amendment: name });
    };
    for (let number = 1; number <= 102; number++) propose(`a-${number}`, day(2));
    expect(codes(lived).filter((code) => code === 'too-many')).toHaveLength(2);
    propose('b-1', day(3));
    expect(lived.state.amendments).toHaveLength(101);
    for (const { patch, changes } of lived.state.amendments) {
      expect([patch, changes]).toEqual([{ obligations: [], removed: [], terms: [] }, []]);
    }
  });

  test('one in effect is kept once, among the patches, with its differences', () => {
    const lived = between();
    lived.act(day(2), 'A', proposal(lived, 'a-1')).act(day(2), 'B', { type: 'accept', amendment: 'a-1' });
    lived.until('2026-10-15 00:00');
    expect(lived.state.amendments).toMatchObject([{ status: 'effective', patch: { obligations: [] } }]);
    expect(lived.state.amendments[0]?.changes).not.toEqual([]);
    expect(lived.state.patches).toMatchObject([{ obligations: [{ id: 'report' }] }]);
  });

  test('rules of more than 64 kB are no amendment', () => {
    const lived = between();
    const long = proposal(lived, 'a-1', 60, { clauses: Array<string>(8_000).fill('S000-40') });
    expect(codes(lived.act(day(2), 'A', long))).toEqual(['too-many']);
  });

  test('fifty claims and fifty matters are open at once', () => {
    const lived = between();
    for (let number = 1; number <= 51; number++) {
      const claim = { type: 'claim' as const, claim: `c-${number}`, amount: '1.00', against: 'B' };
      lived.act(day(2), 'A', { ...claim, documents: [paper()] });
      lived.act(day(2), 'B', { type: 'open-matter', kind: 'request', documents: [] });
    }
    expect([lived.state.claims.length, lived.state.matters.length]).toEqual([50, 50]);
    expect(codes(lived)).toEqual(['too-many', 'too-many']);
    lived.act(day(3), 'B', { type: 'carry-matter', matter: 'request-1', step: 'close', documents: [] });
    lived.act(day(3), 'B', { type: 'open-matter', kind: 'request', documents: [] });
    expect(lived.state.matters).toHaveLength(51);
  });
});
