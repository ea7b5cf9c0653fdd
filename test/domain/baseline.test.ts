import { describe, expect, test } from 'vitest';
import { Life, agreementOf, lifeOf, paper } from '../support/life.ts';

const START = '2026-09-07 09:00';
const rule = { term: 'scoreBaseline', clauses: ['S000-04'], value: null, confirmedBy: ['A', 'B'] };
const measured = (value: string | null = null) =>
  agreementOf([], {
    life: lifeOf({
      baselines: [
        { ...rule, goal: 'score', value },
        { ...rule, goal: 'complaint-rate', term: 'complaintRateBaseline' },
      ],
    }),
  });
const enter = (value: string, goal = 'score') => ({ type: 'enter-baseline' as const, goal, value, documents: [] });
const confirm = { type: 'approve' as const, what: 'baseline:score', documents: [] };
const score = (life: Life) => life.state.baselines.find(({ goal }) => goal === 'score');
const codes = (life: Life) => life.rejections.map(({ code }) => code);

describe('the figure that a goal is measured against (S000 1.1, 1.2.4)', () => {
  test('is confirmed by entering it, and locked when the other side confirms it', () => {
    const life = new Life(measured(), START)
      .act('2026-09-07 10:00', 'A', enter('78.5'))
      .act('2026-09-07 10:01', 'A', confirm)
      .act('2026-09-08 10:00', 'B', confirm)
      .act('2026-09-08 10:01', 'B', enter('90'));
    expect(life.story(2)).toEqual([
      'baseline-entered 2026-09-07T10:00:00+08:00',
      'baseline-entered 2026-09-08T10:00:00+08:00',
      'baseline-locked 2026-09-08T10:00:00+08:00',
    ]);
    expect(score(life)).toEqual({ goal: 'score', value: '78.5', by: 'A', confirmedBy: ['A', 'B'], locked: true });
    expect(codes(life)).toEqual(['already-approved', 'baseline-locked']);
  });

  test('the other side is asked, and told when it is locked', () => {
    const life = new Life(measured(), START).sign(START).act('2026-09-07 10:00', 'A', enter('78.5'));
    life.until('2026-09-07 12:00').act('2026-09-07 13:00', 'B', confirm).until('2026-09-08 12:00');
    expect(life.mail((n) => n.kind === 'baseline-entered')).toEqual([
      '2026-09-07T10:00 baseline-entered B/B',
      '2026-09-07T13:00 baseline-entered A/A',
    ]);
    const told = life.notices.filter((n) => n.kind === 'baseline-entered');
    expect(told[0]).toMatchObject({ act: 'approve', facts: { about: 'score', value: '78.5', by: 'A' } });
    expect(told[1]).toMatchObject({ facts: { status: 'locked', by: 'B' } });
    expect(told[1]?.act).toBeUndefined();
  });

  test('another value needs both confirmations anew; entering the same value is confirming it', () => {
    const life = new Life(measured(), START)
      .act('2026-09-07 10:00', 'A', enter('78.5'))
      .act('2026-09-07 11:00', 'B', enter('77'));
    expect(score(life)).toMatchObject({ value: '77', by: 'B', confirmedBy: ['B'], locked: false });
    life.act('2026-09-07 12:00', 'A', enter('77.0'));
    expect(score(life)).toMatchObject({ value: '77', confirmedBy: ['B', 'A'], locked: true });
  });

  test('a request to confirm a value that was replaced before notice hours is not sent', () => {
    const life = new Life(measured(), START).until('2026-09-08 12:00');
    life.act('2026-09-08 20:00', 'A', enter('78.5')).act('2026-09-08 21:00', 'A', enter('79'));
    life.until('2026-09-09 12:00');
    const asked = life.notices.filter((n) => n.kind === 'baseline-entered');
    expect(asked.map(({ seat, facts }) => `${seat} ${facts.value ?? ''}`)).toEqual(['B 79']);
  });

  test('a value that stands in the terms is locked by the signatures', () => {
    const life = new Life(measured('80'), START).act(START, 'A', enter('82')).sign('2026-09-07 10:00');
    expect(score(life)).toMatchObject({ value: '80', confirmedBy: ['A', 'B'], locked: true });
    life.act('2026-09-07 11:00', 'B', enter('82'));
    expect(codes(life)).toEqual(['baseline-locked', 'baseline-locked']);
    expect(life.state.baselines).toHaveLength(1); // the complaint rate is still open
  });

  test('no figure, an unknown goal, somebody else, a missing document, nothing entered: refused', () => {
    const life = new Life(measured(), START)
      .act(START, 'A', enter('about 80'))
      .act(START, 'A', enter('80', 'profit'))
      .act(START, 'coordinator', enter('80'))
      .act(START, 'coordinator', enter('80'), { onBehalfOf: 'A' })
      .act(START, 'A', confirm)
      .act(START, 'coordinator', { ...enter('80'), documents: [paper()] }, { onBehalfOf: 'A' });
    expect(codes(life)).toEqual([
      'amount-invalid',
      'not-provided',
      'not-responsible',
      'evidence-missing',
      'nothing-to-approve',
    ]);
    expect(score(life)).toMatchObject({ value: '80', by: 'A', confirmedBy: ['A'] });
  });
});
