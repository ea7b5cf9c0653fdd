import { describe, expect, test } from 'vitest';
import { isOver } from '../../domain/agreement/fold.ts';
import type { CompiledAfterwards, CompiledLife } from '../../domain/agreement/compiled.ts';
import { isUnfinished } from '../../domain/life/settlement.ts';
import { Life, agreementOf, duty, lifeOf, paper } from '../support/life.ts';

const SIGNED = '2026-09-01 09:00';
const ENDED = '2026-10-28 10:00';

function owed(id: string, change: Partial<CompiledAfterwards>): CompiledAfterwards {
  return { id, responsible: 'A', kind: 'service', days: null, clauses: ['S001a-38', 'S001a-40'], ...change };
}

const SERVICE = owed('service', { days: 90 });
const BACKUP = owed('backup', { kind: 'data', days: 30, clauses: ['S001a-39'] });
const RESTORE = owed('restore', { kind: 'data', clauses: ['S001a-39'] });
const SECRECY = owed('secrecy', { kind: 'secrecy', responsible: 'B', endless: true, clauses: ['S003-K-21'] });
const HAND_OVER = owed('hand-over', { kind: 'hand-over', responsible: 'B', days: 10, clauses: ['S003-K-19'] });
const CLOSE_OUT = owed('close-out', { kind: 'close-out', days: 30, clauses: ['S001c-66'] });

/** Ended on 2026-10-28 with nothing open, but for what is owed afterwards. */
function ended(afterwards: CompiledAfterwards[], change: Partial<CompiledLife> = {}, isOpen = false): Life {
  const life = new Life(
    agreementOf([duty('report', 'effect', '30 days')], { life: lifeOf({ afterwards, ...change }) }),
    SIGNED,
  ).sign(SIGNED);
  if (!isOpen) life.submit('2026-09-10 10:00', 'report', 'B');
  return life.terminate(ENDED);
}

function settled(life: Life, at: string, item: string, seat = 'B', documents = [paper()]): Life {
  return life.act(at, seat, { type: 'settle', item, outcome: 'settled', documents });
}

const after = (life: Life): string[] =>
  life.events
    .filter(({ type }) => /^(afterwards|agreement-closed|item-settled)/.test(type))
    .map((event) => [event.type, 'rule' in event ? event.rule : '', life.iso(event.occurredAtMs)].join(' '));
const codes = (life: Life): string[] => life.rejections.map(({ code }) => code);

describe('service after the end (S001a-38, S001a-40)', () => {
  test('90 days from 2026-10-28 end with 2027-01-26; both are warned 14 days and 1 day ahead; then it is closed', () => {
    const life = ended([SERVICE]).until('2027-01-27 12:00');
    expect(after(life)).toEqual([
      'afterwards-begun service 2026-10-28T10:00:00+08:00',
      'afterwards-ended service 2027-01-27T00:00:00+08:00',
      'agreement-closed  2027-01-27T00:00:00+08:00',
    ]);
    expect(life.state.afterwards[0]?.until?.localDate).toBe('2027-01-26');
    expect(life.mail(({ kind }) => /^afterwards|^agreement-closed/.test(kind))).toEqual([
      '2026-10-28T10:00 afterwards-begun A/A',
      '2026-10-28T10:00 afterwards-begun B/B',
      '2027-01-12T09:00 afterwards-ending A/A',
      '2027-01-12T09:00 afterwards-ending B/B',
      '2027-01-25T09:00 afterwards-ending A/A',
      '2027-01-25T09:00 afterwards-ending B/B',
      '2027-01-27T09:00 agreement-closed A/A',
      '2027-01-27T09:00 agreement-closed B/B',
      '2027-01-27T09:00 agreement-closed coordinator/coordinator',
    ]);
    expect(life.state.status).toBe('closed');
  });

  test('it is a period, no act: one that ends on Saturday 2026-11-28 is not moved', () => {
    const life = ended([owed('service', { days: 31 })]).until('2026-11-30 12:00');
    expect(after(life).slice(1)).toEqual([
      'afterwards-ended service 2026-11-29T00:00:00+08:00',
      'agreement-closed  2026-11-29T00:00:00+08:00',
    ]);
  });

  test('four months from 2026-10-31 end with the last day of February', () => {
    const life = new Life(
      agreementOf([], { life: lifeOf({ afterwards: [owed('secrecy', { kind: 'secrecy', months: 4 })] }) }),
      SIGNED,
    ).sign(SIGNED);
    expect(life.terminate('2026-10-31 10:00').state.afterwards[0]?.until?.localDate).toBe('2027-02-28');
  });

  test('it is not over until then, and over afterwards; nothing can be done about a closed one', () => {
    const life = ended([SERVICE]).until('2027-01-26 23:59');
    expect(isUnfinished(life.state)).toBe(true);
    expect(isOver(life.state)).toBe(false);
    life.until('2027-01-28 12:00');
    expect(isUnfinished(life.state)).toBe(false);
    settled(life, '2027-01-28 13:00', 'service');
    expect(codes(life)).toEqual(['agreement-ended']);
  });

  test('expiry begins it as every end does', () => {
    const life = new Life(
      agreementOf([], { expiresOn: '2026-12-31', life: lifeOf({ afterwards: [SERVICE] }) }),
      SIGNED,
    ).sign(SIGNED);
    life.until('2027-01-01 00:00');
    expect(after(life)).toEqual(['afterwards-begun service 2027-01-01T00:00:00+08:00']);
    expect(life.state.afterwards[0]?.until?.localDate).toBe('2027-03-31');
  });
});

describe('data, hand-over and deletion are confirmed with a document (S001a-39, S003-K-19)', () => {
  test('backup and restore both block the close until each is confirmed', () => {
    const life = ended([BACKUP, RESTORE]);
    settled(life, '2026-11-10 10:00', 'backup', 'A', []);
    settled(life, '2026-11-10 10:00', 'backup', 'A');
    settled(life, '2026-11-10 11:00', 'backup', 'A');
    expect(life.until('2026-12-31 12:00').state.status).toBe('terminated');
    settled(life, '2027-01-05 10:00', 'restore', 'coordinator');
    expect(codes(life)).toEqual(['evidence-missing', 'item-settled']);
    expect(after(life).slice(2)).toEqual([
      'item-settled  2026-11-10T10:00:00+08:00',
      'afterwards-ended backup 2026-11-10T10:00:00+08:00',
      'item-settled  2027-01-05T10:00:00+08:00',
      'afterwards-ended restore 2027-01-05T10:00:00+08:00',
      'agreement-closed  2027-01-05T10:00:00+08:00',
    ]);
  });

  test('its days only say by when: warned ahead, told once when they are over, ended by the declaration', () => {
    const life = ended([HAND_OVER]).until('2026-11-20 12:00'); // 10 days: Saturday 2026-11-07
    expect(life.mail(({ kind, seat }) => kind === 'afterwards-ending' && seat === 'B')).toEqual([
      '2026-11-06T09:00 afterwards-ending B/B',
      '2026-11-09T09:00 afterwards-ending B/B',
    ]);
    const missed = life.notices.filter(({ facts }) => facts.status === 'overdue');
    expect(missed.map(({ kind, seat }) => `${kind} ${seat}`)).toEqual([
      'afterwards-ending A',
      'afterwards-ending B',
      'afterwards-ending coordinator',
    ]);
    expect(life.state.status).toBe('terminated');
    settled(life, '2026-11-20 13:00', 'hand-over');
    expect(life.state.status).toBe('closed');
  });

  test('what is confirmed in time needs no warning', () => {
    const life = settled(ended([HAND_OVER]), '2026-11-02 10:00', 'hand-over').until('2026-11-20 12:00');
    expect(life.mail(({ kind }) => kind === 'afterwards-ending')).toEqual([]);
    expect(life.state.status).toBe('closed');
  });
});

describe('what survives, and what keeps it open', () => {
  test('secrecy without end neither ends nor keeps it from closing: it is named as surviving (S003-K-21)', () => {
    const life = settled(ended([HAND_OVER, SECRECY]), '2026-11-02 10:00', 'hand-over');
    expect(life.events.at(-1)).toMatchObject({ type: 'agreement-closed', surviving: ['secrecy'] });
  });

  test('what has no agreed length is not called without end: it does not survive the close (S001a-38)', () => {
    const life = settled(ended([HAND_OVER, owed('service', {})]), '2026-11-02 10:00', 'hand-over');
    expect(life.events.at(-1)).toMatchObject({ type: 'agreement-closed', surviving: [] });
  });

  test('with nothing but that it stays terminated, and its work is done', () => {
    const life = ended([SECRECY]).until('2030-01-01 12:00');
    expect(life.state.status).toBe('terminated');
    expect(isUnfinished(life.state)).toBe(false);
  });

  test('closing out ends with its 30 days, or with the last item when that comes later (S001c-66)', () => {
    const early = settled(ended([CLOSE_OUT], {}, true), '2026-11-02 10:00', 'report', 'coordinator');
    expect(after(early.until('2026-11-28 12:00')).slice(2)).toEqual([
      'afterwards-ended close-out 2026-11-28T00:00:00+08:00',
      'agreement-closed  2026-11-28T00:00:00+08:00',
    ]);
    const late = ended([CLOSE_OUT], {}, true).until('2026-12-01 12:00');
    expect(late.state.status).toBe('terminated');
    late.act('2026-12-02 10:00', 'A', { type: 'settle', item: 'report', outcome: 'disputed', documents: [] });
    expect(late.story().slice(-4)).toEqual([
      'item-settled 2026-12-02T10:00:00+08:00',
      'afterwards-ended 2026-12-02T10:00:00+08:00',
      'final-statement-issued 2026-12-02T10:00:00+08:00',
      'agreement-closed 2026-12-02T10:00:00+08:00',
    ]);
  });

  test('a claim that waits for its answer keeps it from closing; its answer closes it (S001c-67)', () => {
    const liability = { id: 'damages', liable: 'B', cap: null, shares: null, answerDays: 15, clauses: ['S001a-46'] };
    const life = ended([owed('service', { days: 10 })], { liabilities: [liability] });
    const claim = { claim: 'loss', amount: '1000.00', against: 'B', liability: 'damages', documents: [paper()] };
    life.act('2026-11-02 10:00', 'A', { type: 'claim', ...claim }).until('2026-11-12 12:00');
    expect(codes(life)).toEqual([]);
    expect(after(life).at(-1)).toBe('afterwards-ended service 2026-11-08T00:00:00+08:00');
    life.act('2026-11-13 10:00', 'B', { type: 'answer', claim: 'loss', verdict: 'agree', documents: [] });
    expect(after(life).at(-1)).toBe('agreement-closed  2026-11-13T10:00:00+08:00');
  });
});
