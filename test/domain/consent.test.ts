import { describe, expect, test } from 'vitest';
import type { CompiledLife } from '../../domain/agreement/compiled.ts';
import { completeState, restoreState, snapshotOf } from '../../domain/agreement/snapshot.ts';
import type { AgreementState } from '../../domain/agreement/state.ts';
import { Life, lifeOf, paper, serviceAttachments } from '../support/life.ts';

const SIGNED = '2026-09-01 09:00';
const END = { gates: ['both-approve' as const], noticeDays: null, negotiationDays: null, cureDays: null, codes: [] };
const RULES: Partial<CompiledLife> = {
  baselines: [{ goal: 'score', term: 'scoreBaseline', clauses: ['S000-04'], value: null, confirmedBy: ['A', 'B'] }],
  suspension: [{ grounds: ['agreed-pause'], clauses: ['S001a-37'] }],
  terminations: [{ id: 'agreed-end', ground: 'mutual', clauses: ['S001a-37'], ...END }],
};
const contract = (parties = ['A', 'B']): Life =>
  new Life(
    serviceAttachments({ life: lifeOf(RULES), parties, signatories: parties, seats: [...parties, 'coordinator'] }),
    SIGNED,
  ).sign(SIGNED);
const enter = (value: string) => ({ type: 'enter-baseline' as const, goal: 'score', value, documents: [] });
const consent = (what: string) => ({ type: 'approve' as const, what, documents: [] });
const pause = (more: { obligations?: string[]; from?: string } = {}) => ({
  type: 'suspend' as const,
  ground: 'agreed-pause' as const,
  obligations: [],
  documents: [],
  ...more,
});
const endOn = (endsOn?: string) => ({
  type: 'serve' as const,
  notice: 'termination' as const,
  ground: 'mutual' as const,
  documents: [],
  ...(endsOn === undefined ? {} : { endsOn }),
});
const codes = (life: Life) => life.rejections.map(({ code }) => code);
const asked = (life: Life, kind: string) =>
  life.notices.filter((notice) => notice.kind === kind).map(({ seat, facts }) => `${seat} ${facts.about ?? ''}`);

describe('consent is to what was shown, and to nothing that has replaced it (Civil Code 483, 488)', () => {
  test('95.0 was shown; 60 stands by the time B confirms: nothing is confirmed (S000-04)', () => {
    const life = contract().act('2026-09-07 10:00', 'A', enter('95')).act('2026-09-07 10:05', 'A', enter('60'));
    life.act('2026-09-07 10:06', 'B', consent('baseline:score@95'));
    life.act('2026-09-07 10:06', 'B', consent('baseline:score@'));
    life.act('2026-09-07 10:06', 'B', consent('baseline:score@6e1'));
    expect(codes(life)).toEqual(['nothing-to-approve', 'nothing-to-approve', 'nothing-to-approve']);
    expect(life.state.baselines).toMatchObject([{ value: '60', confirmedBy: ['A'], locked: false }]);
    life.act('2026-09-07 11:00', 'B', consent('baseline:score@60.0'));
    expect(life.state.baselines).toMatchObject([{ value: '60', confirmedBy: ['A', 'B'], locked: true }]);
  });

  test('an end on 2026-12-31 was shown, one at once is asked for by then: it does not end (S001a-37)', () => {
    const life = contract().act('2026-11-02 10:00', 'A', endOn('2026-12-31')).act('2026-11-02 10:05', 'A', endOn());
    life.act('2026-11-02 10:06', 'B', consent('termination:termination-1')).until('2026-11-02 10:07');
    expect(codes(life)).toEqual(['nothing-to-approve']);
    expect(life.state).toMatchObject({ status: 'active', terminations: [{ due: null }, { due: null }] });
    expect(asked(life, 'termination-consent')).toEqual(['B termination-1', 'B termination-2']);
    life.act('2026-11-02 11:00', 'B', consent('termination:termination-2')).until('2026-11-02 11:00');
    expect(life.state).toMatchObject({ status: 'terminated', endedOn: '2026-11-02' });
  });

  test("the other side's own notice of an end on another day is a request of its own, on the same day its consent", () => {
    const life = contract().act('2026-11-02 10:00', 'A', endOn('2026-12-31')).act('2026-11-03 10:00', 'B', endOn());
    expect(life.until('2026-11-04 10:00').state.status).toBe('active');
    expect(life.state.terminations.map(({ id, by, needs }) => [id, by, ...needs])).toEqual([
      ['termination-1', 'A', 'B'],
      ['termination-2', 'B', 'A'],
    ]);
    life.act('2026-11-05 10:00', 'B', endOn('2026-12-31')).until('2027-01-01 00:00');
    expect(life.state).toMatchObject({ status: 'terminated', endedOn: '2026-12-31' });
  });

  test('a request that was replaced before notice hours is not mailed; the one that waits is', () => {
    const life = contract().act('2026-11-02 20:00', 'A', endOn('2026-12-31')).act('2026-11-02 21:00', 'A', endOn());
    expect(asked(life.until('2026-11-03 12:00'), 'termination-consent')).toEqual(['B termination-2']);
  });

  test('a pause of one duty was shown; to a pause of all nobody agreed (S001a-37)', () => {
    const life = contract()
      .act('2026-09-10 10:00', 'A', pause({ obligations: ['training-plan'] }))
      .act('2026-09-10 10:05', 'A', pause());
    expect(asked(life.until('2026-09-10 10:05'), 'approval-request')).toEqual(['B suspension:1', 'B suspension:2']);
    const shown = life.notices.filter(({ kind }) => kind === 'approval-request');
    expect(shown.map(({ facts }) => [facts.from, ...(facts.duties ?? ['all'])])).toEqual([
      ['2026-09-10', 'training-plan'],
      ['2026-09-10', 'all'],
    ]);
    life.act('2026-09-10 10:06', 'B', consent('suspension:1'));
    expect(life.state).toMatchObject({ status: 'active', suspensions: [{ obligations: ['training-plan'] }] });
    expect(life.state.pauseProposals).toMatchObject([{ number: 2, agreedBy: ['A'] }]);
  });

  test('a consent to a pause that was agreed before begins no other: its number is not used again', () => {
    const life = contract()
      .act('2026-09-10 10:00', 'A', pause())
      .act('2026-09-10 10:05', 'B', consent('suspension:1'))
      .act('2026-09-14 10:00', 'B', { type: 'resume', obligations: [], documents: [] })
      .act('2026-09-21 10:00', 'A', pause())
      .act('2026-09-21 10:05', 'B', consent('suspension:1'))
      .act('2026-09-21 10:05', 'B', consent('suspension:'));
    expect(codes(life)).toEqual(['nothing-to-approve', 'nothing-to-approve']);
    expect(life.state.pauseProposals).toMatchObject([{ number: 2, agreedBy: ['A'] }]);
    expect(life.state.status).toBe('active');
  });

  test('of three parties, one that names a later day asks for another pause; the same day keeps the number', () => {
    const life = contract(['A', 'B', 'C'])
      .act('2026-09-10 10:00', 'A', pause())
      .act('2026-09-10 11:00', 'B', consent('suspension:1'));
    expect(life.state.pauseProposals).toMatchObject([{ number: 1, agreedBy: ['A', 'B'] }]);
    const moved = contract(['A', 'B', 'C'])
      .act('2026-09-10 10:00', 'A', pause())
      .act('2026-09-14 10:00', 'B', pause())
      .act('2026-09-14 11:00', 'C', consent('suspension:1'));
    expect(codes(moved)).toEqual(['nothing-to-approve']);
    moved.act('2026-09-14 12:00', 'C', consent('suspension:2'));
    expect(moved.state.suspensions).toMatchObject([{ from: '2026-09-14' }]);
  });

  test('the words alone mean what waits at that moment, as scenarios say them', () => {
    const life = contract()
      .act('2026-09-07 10:00', 'A', enter('95'))
      .act('2026-09-07 10:05', 'B', consent('baseline:score'))
      .act('2026-09-10 10:00', 'A', pause())
      .act('2026-09-10 10:05', 'B', consent('suspension'))
      .act('2026-11-02 10:00', 'A', endOn())
      .act('2026-11-02 10:05', 'B', consent('termination'));
    expect(codes(life)).toEqual([]);
    expect(life.until('2026-11-02 10:05').state.status).toBe('terminated');
  });

  test('a state in which pauses were not counted yet gives those that wait their numbers', () => {
    const { state } = contract().act('2026-09-10 10:00', 'A', pause());
    const { pausesProposed: _counted, ...older } = {
      ...state,
      pauseProposals: state.pauseProposals.map(({ number: _number, ...one }) => one),
    };
    expect(completeState(older as AgreementState)).toEqual(state);
    const { pausesProposed: _again, ...snapshot } = snapshotOf(older as AgreementState);
    const restored = restoreState(state.agreement, snapshot as ReturnType<typeof snapshotOf>, state.sequence);
    expect(restored).toMatchObject({ pausesProposed: 1, pauseProposals: [{ number: 1 }] });
  });

  test('a coordinator consents for a party with its paper, to what the paper names', () => {
    const life = contract().act('2026-11-02 10:00', 'A', endOn('2026-12-31'));
    const forB = { onBehalfOf: 'B' };
    const paperOf = (what: string) => ({ ...consent(what), documents: [paper()] });
    life.act('2026-11-03 10:00', 'coordinator', paperOf('termination:termination-9'), forB);
    life.act('2026-11-03 10:00', 'coordinator', paperOf('termination:termination-1'), forB);
    expect(codes(life)).toEqual(['nothing-to-approve']);
    expect(life.state.terminations).toMatchObject([{ due: { localDate: '2026-12-31' } }]);
  });
});
