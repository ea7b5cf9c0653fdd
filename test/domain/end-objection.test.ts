import { describe, expect, test } from 'vitest';
import type { CompiledLife, CompiledTermination } from '../../domain/agreement/compiled.ts';
import { Life, agreementOf, duty, lifeOf, paper } from '../support/life.ts';

/** S001c: grounds agreed on, 30 days of notice, within which the other side may object (S001c-62, S001c-63). */
const RULE: CompiledTermination = {
  id: 'agreed-grounds',
  ground: 'agreed-list',
  gates: [],
  noticeDays: 30,
  objection: true,
  negotiationDays: null,
  cureDays: null,
  codes: ['CLOSED'],
  clauses: ['S001c-62', 'S001c-63'],
};

const inForce = (rule: Partial<CompiledTermination> = {}, life: Partial<CompiledLife> = {}): Life =>
  new Life(
    agreementOf([duty('report', 'effect', '300 days')], {
      life: lifeOf({ terminations: [{ ...RULE, ...rule }], ...life }),
    }),
    '2026-09-01 09:00',
  ).sign('2026-09-01 10:00');

const notice = {
  type: 'serve' as const,
  notice: 'termination' as const,
  ground: 'agreed-list' as const,
  code: 'CLOSED',
};
const object = { type: 'object' as const, notice: 'termination-1', documents: [] };
const codes = (life: Life) => life.rejections.map(({ code }) => code);

/** Given on 2027-01-11 and received by hand that day, with the receipt: it runs until the end of 2027-02-10. */
const noticed = (life = inForce()): Life =>
  life.act(
    '2027-01-11 10:00',
    'coordinator',
    { ...notice, servedOn: '2027-01-11', documents: [paper()] },
    { onBehalfOf: 'A' },
  );

describe('an objection while the notice runs (S001c-63)', () => {
  test('is on record, told to whoever gave notice and to the coordinator, and the end comes on 2027-02-10 all the same', () => {
    const life = noticed()
      .act('2027-01-20 10:00', 'B', { ...object, documents: [paper('b')] })
      .until('2027-02-11 12:00');
    expect(codes(life)).toEqual([]);
    expect(life.events.find(({ type }) => type === 'termination-objected')).toMatchObject({
      by: 'B',
      notice: 'termination-1',
      documents: [paper('b')],
      clauses: ['S001c-62', 'S001c-63'],
    });
    expect(life.mail(({ kind }) => kind === 'termination-objected')).toEqual([
      '2027-01-20T10:00 termination-objected A/A',
      '2027-01-20T10:00 termination-objected coordinator/coordinator',
    ]);
    expect(life.state).toMatchObject({ status: 'terminated', endedOn: '2027-02-10' });
    expect(life.state.terminations[0]?.objectedBy).toEqual(['B']);
  });

  test('its mail asks the other side, and not whoever gets a copy', () => {
    const asked = noticed()
      .until('2027-01-12 12:00')
      .notices.filter(({ kind }) => kind === 'termination-notice');
    expect(asked.map(({ seat, act }) => `${seat} ${act ?? '-'}`)).toContain('B object');
    expect(asked.filter(({ role }) => role === 'copy').map(({ act }) => act)).not.toContain('object');
  });

  test('at 23:59 of the last day it is in time, a minute later the agreement has ended', () => {
    const late = noticed().act('2027-02-11 00:00', 'B', object);
    expect(codes(late)).toEqual(['agreement-ended']);
    expect(codes(noticed().act('2027-02-10 23:59', 'B', object))).toEqual([]);
  });

  test('whoever gave notice, a second time, without the paper, about no notice: refused', () => {
    const life = noticed()
      .act('2027-01-20 10:00', 'A', object)
      .act('2027-01-20 10:01', 'B', { ...object, notice: 'termination-2' })
      .act('2027-01-20 10:02', 'coordinator', object, { onBehalfOf: 'B' })
      .act('2027-01-20 10:03', 'coordinator', { ...object, documents: [paper()] }, { onBehalfOf: 'B' })
      .act('2027-01-20 10:04', 'B', object);
    expect(codes(life)).toEqual(['not-responsible', 'gate-closed', 'evidence-missing', 'already-objected']);
  });

  test('a mail that nobody has received runs no period yet', () => {
    const life = inForce()
      .act('2027-01-11 10:00', 'A', { ...notice, documents: [] })
      .act('2027-01-11 11:00', 'B', object);
    expect(codes(life)).toEqual(['gate-closed']);
  });

  test('where the contract says nothing of an objection, or has no notice period, there is none', () => {
    const { objection: _none, ...silent } = RULE;
    const agreement = agreementOf([], { life: lifeOf({ terminations: [silent] }) });
    const life = noticed(new Life(agreement, '2026-09-01 09:00').sign('2026-09-01 10:00'));
    expect(codes(life.act('2027-01-20 10:00', 'B', object))).toEqual(['not-provided']);
    expect(codes(noticed(inForce({ noticeDays: null })).act('2027-01-11 10:00', 'B', object))).toEqual([
      'agreement-ended',
    ]);
  });

  test('without a name it is about the notice of the other side that runs; whoever gave it, and a second time: refused', () => {
    const bare = { type: 'object' as const, documents: [] };
    const life = noticed(inForce().act('2027-01-10 10:00', 'B', bare)) // nothing runs yet
      .act('2027-01-20 10:00', 'A', bare)
      .act('2027-01-20 10:01', 'B', bare)
      .act('2027-01-20 10:02', 'B', bare);
    expect(codes(life)).toEqual(['not-provided', 'not-responsible', 'already-objected']);
    expect(life.events.filter(({ type }) => type === 'termination-objected')).toMatchObject([
      { by: 'B', notice: 'termination-1', clauses: ['S001c-62', 'S001c-63'] },
    ]);
  });

  test('while the contract renews by itself it is about the renewal, as its mail asks; then about the end', () => {
    const renewal = {
      automatic: true,
      months: 12,
      noticeDays: 30,
      internalDays: 0,
      clauses: ['S001b-65'],
    };
    const bare = { type: 'object' as const, documents: [] };
    const rule = agreementOf([], { expiresOn: '2027-08-31', life: lifeOf({ terminations: [RULE], renewal }) });
    const life = noticed(new Life(rule, '2026-09-01 09:00').sign('2026-09-01 10:00'))
      .act('2027-01-20 10:00', 'B', bare)
      .act('2027-01-20 10:01', 'B', bare);
    expect(codes(life)).toEqual([]);
    const objections = life.events.filter(({ type }) => type.endsWith('-objected'));
    expect(objections.map(({ type }) => type)).toEqual(['renewal-objected', 'termination-objected']);
  });

  test('where the contract has a way for disputes, one begins, to be negotiated with whoever gave notice', () => {
    const disputes = [{ id: 'court', clauses: ['S001b-88'], negotiationDays: 15, hasForum: true }];
    const life = noticed(inForce({}, { disputes })).act('2027-01-20 10:00', 'B', object);
    expect(life.state.matters).toMatchObject([
      { id: 'dispute-1', kind: 'dispute', from: 'B', to: 'A', due: { localDate: '2027-02-04' } },
    ]);
    expect(noticed().act('2027-01-20 10:00', 'B', object).state.matters).toEqual([]);
  });
});
