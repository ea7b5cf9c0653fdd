import { describe, expect, test } from 'vitest';
import type { CompiledTermination } from '../../domain/agreement/compiled.ts';
import type { Notice } from '../../domain/agreement/notice.ts';
import { arrived, returned } from '../../domain/agreement/service.ts';
import { restoreState, snapshotOf } from '../../domain/agreement/snapshot.ts';
import { Life, lifeOf, paper, serviceAttachments, endRule } from '../support/life.ts';

/** A mail that the server had accepted comes back: a notice takes effect when it reaches the other side (Civil Code 137, 565). */
const SIGNED = '2026-09-01 09:00';
const MISSED = 'needs-analysis-report'; // due 2026-10-08, late from 2026-10-09 on
const BREACH = endRule({ gates: ['negotiation-failed', 'written-notice'], negotiationDays: 15 });
const LIST = endRule({ ground: 'agreed-list', codes: ['MOVE'], noticeDays: 30, clauses: ['S001c-62'] });

const lived = (terminations: CompiledTermination[] = [BREACH]): Life =>
  new Life(serviceAttachments({ life: lifeOf({ terminations }) }), SIGNED).sign(SIGNED);

const breach = (life: Life, at: string, more = {}): Life =>
  life.act(at, 'B', { type: 'serve', notice: 'breach', breach: MISSED, documents: [], ...more });
const end = (life: Life, at: string, more = {}): Life =>
  life.act(at, 'B', { type: 'serve', notice: 'termination', ground: 'breach', documents: [], ...more });

/** The mail of the last written notice of that id; where several were sent, of that seat. */
function mailOf(life: Life, serves: string, seat?: string): Notice {
  const notice = life.notices.findLast(
    (one) => one.facts.serves === serves && (seat === undefined || one.seat === seat),
  );
  if (!notice) throw new Error(`no mail of ${serves}`);
  return notice;
}
function accepted(life: Life, at: string, notice: Notice): Life {
  const serves = notice.facts.serves ?? '';
  const { id: _id, ...served } = arrived({ noticeId: notice.id, serves, seat: notice.seat, sentAtMs: life.ms(at) });
  return life.act(at, 'postmaster', { ...served, type: 'served' }, { via: 'mail' });
}
function bounced(life: Life, at: string, notice: Notice): Life {
  const { actor: _actor, ...back } = returned(notice, '5.1.1');
  return life.act(at, 'postmaster', back, { via: 'mail' });
}

const SERVICE = /^(breach-notified|termination-notified|notice-|service-|negotiation-|agreement-term)/;
const story = (life: Life): string[] =>
  life.events
    .filter(({ type }) => SERVICE.test(type))
    .map(({ type, occurredAtMs }) => `${life.iso(occurredAtMs).slice(0, 16).replace('T', ' ')} ${type}`);
const codes = (life: Life): string[] => life.rejections.map(({ code }) => code);
const told = (life: Life): string[] =>
  life.notices
    .filter(({ kind }) => kind === 'service-failed' || kind === 'notice-undelivered')
    .map(({ kind, seat, facts }) => `${kind} ${seat} ${facts.status ?? ''}`);

describe('a notice of breach (S001a-35)', () => {
  test('accepted 2026-10-12, back 2026-10-14: the 15 days to 10-27 are taken back; anew on 10-19 they run to 11-03', () => {
    const life = breach(lived(), '2026-10-12 10:00');
    accepted(life, '2026-10-12 10:00', mailOf(life, 'breach-1'));
    expect(life.state.breaches).toMatchObject([{ status: 'negotiating', due: { localDate: '2026-10-27' } }]);
    bounced(life, '2026-10-14 10:00', mailOf(life, 'breach-1'));
    expect(life.state.breaches).toMatchObject([{ status: 'notified', servedOn: null, due: null }]);

    breach(life, '2026-10-19 10:00');
    accepted(life, '2026-10-19 10:00', mailOf(life, 'breach-2'));
    expect(life.state.breaches[1]).toMatchObject({ servedOn: '2026-10-19', due: { localDate: '2026-11-03' } });
    end(life, '2026-10-28 10:00'); // the first 15 days would have been over
    life.until('2026-11-04 12:00');
    expect(codes(life)).toEqual(['gate-closed']);
    expect(story(life)).toEqual([
      '2026-10-12 10:00 breach-notified',
      '2026-10-12 10:00 notice-served',
      '2026-10-14 10:00 notice-undelivered',
      '2026-10-14 10:00 service-failed',
      '2026-10-19 10:00 breach-notified',
      '2026-10-19 10:00 notice-served',
      '2026-11-04 00:00 negotiation-failed',
    ]);
    expect(life.events.find(({ type }) => type === 'service-failed')).toMatchObject({
      ...{ notice: 'breach-1', obligation: MISSED, seat: 'A', servedOn: '2026-10-12', clauses: ['S001a-35'] },
      actor: { seat: 'postmaster', via: 'mail' },
    });
  });

  test('the coordinator and the side that gave notice are told, the other side is not', () => {
    const life = breach(lived(), '2026-10-12 10:00');
    accepted(life, '2026-10-12 10:00', mailOf(life, 'breach-1'));
    bounced(life, '2026-10-14 10:00', mailOf(life, 'breach-1')).until('2026-10-14 12:00');
    expect(told(life)).toEqual(['notice-undelivered coordinator taken-back', 'service-failed B taken-back']);
  });

  test('served again by hand on the day it came back', () => {
    const life = breach(lived(), '2026-10-12 10:00');
    accepted(life, '2026-10-12 10:00', mailOf(life, 'breach-1'));
    bounced(life, '2026-10-14 10:00', mailOf(life, 'breach-1'));
    breach(life, '2026-10-14 15:00', { servedOn: '2026-10-14', documents: [paper()] });
    expect(codes(life)).toEqual([]);
    expect(life.state.breaches[1]).toMatchObject({ status: 'negotiating', due: { localDate: '2026-10-29' } });
  });

  test('told twice, or of another mail, nothing more changes', () => {
    const life = breach(lived(), '2026-10-12 10:00');
    const mail = mailOf(life, 'breach-1');
    accepted(life, '2026-10-12 10:00', mail).until('2026-10-13 12:00');
    const copy = life.notices.find(({ kind, role }) => kind === 'breach-notice' && role === 'copy');
    if (!copy) throw new Error('no copy');
    bounced(life, '2026-10-13 12:00', copy); // the coordinator's, which serves nothing
    expect(life.state.breaches).toMatchObject([{ status: 'negotiating', servedOn: '2026-10-12' }]);
    bounced(life, '2026-10-14 10:00', mail);
    const before = life.events.length;
    bounced(life, '2026-10-14 11:00', mail);
    accepted(life, '2026-10-14 12:00', mail);
    expect(life.events).toHaveLength(before);
  });

  test('negotiation failed on 2026-10-28 and nobody acted on it: the gate to the end is shut again', () => {
    const life = breach(lived(), '2026-10-12 10:00');
    accepted(life, '2026-10-12 10:00', mailOf(life, 'breach-1')).until('2026-10-28 09:00');
    expect(life.state.breaches).toMatchObject([{ status: 'failed' }]);
    bounced(life, '2026-10-28 10:00', mailOf(life, 'breach-1'));
    end(life, '2026-10-28 11:00');
    expect(codes(life)).toEqual(['gate-closed']);
    expect(life.state.breaches).toMatchObject([{ status: 'notified', servedOn: null }]);
  });

  test('a notice of the end that was on its way meanwhile ends nothing when it arrives', () => {
    const life = breach(lived(), '2026-10-12 10:00');
    accepted(life, '2026-10-12 10:00', mailOf(life, 'breach-1'));
    end(life, '2026-10-28 10:00');
    bounced(life, '2026-10-28 10:01', mailOf(life, 'breach-1'));
    accepted(life, '2026-10-28 10:02', mailOf(life, 'termination-1')).until('2026-10-30 12:00');
    expect(life.state.status).toBe('active');
    expect(life.state.terminations).toMatchObject([{ servedOn: null, due: null }]);
  });

  test('the end of 2026-10-28 rests on it: it stands, and that is on record for a lawyer', () => {
    const life = breach(lived(), '2026-10-12 10:00');
    accepted(life, '2026-10-12 10:00', mailOf(life, 'breach-1'));
    end(life, '2026-10-28 10:00');
    accepted(life, '2026-10-28 10:00', mailOf(life, 'termination-1')).until('2026-10-29 09:00');
    expect(life.state).toMatchObject({ status: 'terminated', endedOn: '2026-10-28' });
    bounced(life, '2026-10-29 10:00', mailOf(life, 'breach-1'));
    bounced(life, '2026-10-29 11:00', mailOf(life, 'termination-1')).until('2026-10-29 12:00');
    expect(life.state).toMatchObject({ status: 'terminated', endedOn: '2026-10-28' });
    expect(life.state.breaches).toMatchObject([{ status: 'failed', servedOn: '2026-10-12' }]);
    expect(life.events.filter(({ type }) => type === 'service-failed')).toMatchObject([
      { notice: 'breach-1', servedOn: '2026-10-12', stands: true },
      { notice: 'termination-1', servedOn: '2026-10-28', stands: true },
    ]);
    expect(told(life)).toEqual([
      'notice-undelivered coordinator stands',
      'service-failed B stands',
      'notice-undelivered coordinator stands',
      'service-failed B stands',
    ]);
  });

  test('a breach that was put right has nothing to be taken back', () => {
    const life = breach(lived(), '2026-10-12 10:00');
    accepted(life, '2026-10-12 10:00', mailOf(life, 'breach-1'));
    life.act('2026-10-13 10:00', 'B', { type: 'cure', breach: 'breach-1', documents: [paper()] });
    bounced(life, '2026-10-14 10:00', mailOf(life, 'breach-1'));
    expect(life.state.breaches).toMatchObject([{ status: 'cured', servedOn: '2026-10-12' }]);
    expect(life.events.at(-1)?.type).toBe('notice-undelivered');
  });

  test('an older history, whose bounce does not say what its mail served, is what it was', () => {
    const life = breach(lived(), '2026-10-12 10:00');
    const mail = mailOf(life, 'breach-1');
    accepted(life, '2026-10-12 10:00', mail);
    bounced(life, '2026-10-14 10:00', { ...mail, facts: {} });
    expect(life.state.breaches).toMatchObject([{ status: 'negotiating', servedOn: '2026-10-12' }]);
  });

  test('the state is the fold of its events, and a snapshot without receipts loads', () => {
    const life = breach(lived(), '2026-10-12 10:00');
    accepted(life, '2026-10-12 10:00', mailOf(life, 'breach-1'));
    expect(life.state.receipts).toEqual([
      {
        notice: 'breach-1',
        mail: mailOf(life, 'breach-1').id,
        to: null,
        servedOn: '2026-10-12',
        clauses: ['S001a-35'],
      },
    ]);
    const { receipts: _receipts, ...older } = snapshotOf(life.state);
    expect(restoreState(life.state.agreement, older as typeof older & { receipts: [] }, 1).receipts).toEqual([]);
    bounced(life, '2026-10-14 10:00', mailOf(life, 'breach-1'));
    expect(life.state.receipts).toEqual([]);
  });
});

describe('a notice of the end with a period of 30 days (S001c-62)', () => {
  const MOVE = { ground: 'agreed-list', code: 'MOVE' };

  test('accepted 2026-10-12, back 2026-10-20: it does not end on 2026-11-11; anew on 10-26 it ends on 2026-11-25', () => {
    const life = end(lived([LIST]), '2026-10-12 10:00', MOVE);
    accepted(life, '2026-10-12 10:00', mailOf(life, 'termination-1'));
    expect(life.state.terminations).toMatchObject([{ due: { localDate: '2026-11-11' } }]);
    bounced(life, '2026-10-20 10:00', mailOf(life, 'termination-1'));
    end(life, '2026-10-26 10:00', MOVE);
    accepted(life, '2026-10-26 10:00', mailOf(life, 'termination-2')).until('2026-11-26 00:00');
    expect(codes(life)).toEqual([]);
    expect(life.state).toMatchObject({ status: 'terminated', endedOn: '2026-11-25' });
    expect(story(life).filter((line) => line.includes('terminated'))).toEqual([
      '2026-11-26 00:00 agreement-terminated',
    ]);
  });

  test('of two other parties one never had it: the 30 days run from neither, the other is told', () => {
    const life = new Life(
      serviceAttachments({
        parties: ['A', 'B', 'C'],
        signatories: ['A', 'B', 'C'],
        seats: ['A', 'B', 'C', 'coordinator'],
        life: lifeOf({ terminations: [LIST] }),
      }),
      SIGNED,
    ).sign(SIGNED);
    end(life, '2026-10-12 10:00', MOVE);
    accepted(life, '2026-10-12 10:00', mailOf(life, 'termination-1', 'A'));
    accepted(life, '2026-10-13 10:00', mailOf(life, 'termination-1', 'C'));
    expect(life.state.terminations).toMatchObject([{ servedOn: '2026-10-13', due: { localDate: '2026-11-12' } }]);
    bounced(life, '2026-10-15 10:00', mailOf(life, 'termination-1', 'C')).until('2026-11-20 12:00');
    expect(life.state.terminations).toMatchObject([{ received: { A: '2026-10-12' }, servedOn: null, due: null }]);
    expect(life.state.status).toBe('active');
    expect(life.events.find(({ type }) => type === 'service-failed')).toMatchObject({ to: 'C', seat: 'C' });
    expect(told(life)).toEqual([
      'notice-undelivered coordinator taken-back',
      'service-failed A taken-back',
      'service-failed B taken-back',
    ]);
  });
});
