import { describe, expect, test } from 'vitest';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import type { EndEngagement } from '../../domain/agreement/command.ts';
import { returned } from '../../domain/agreement/service.ts';
import { Life, agreementOf, duty, lifeOf, paper } from '../support/life.ts';

const SIGNED = '2026-03-16 09:00';
const documents = [paper()];

/** A contract with a third party, whose involvement ends on any of three grounds (S001b-89 to -92). */
function contract({ address = true, hasPurpose = true } = {}): CompiledAgreement {
  return agreementOf([duty('report', 'effect', '60 days')], {
    seats: ['A', 'B', 'coordinator', ...(address ? ['third'] : [])],
    seatParties: { third: 'third' },
    life: lifeOf({
      confidentiality: [{ id: 'third-party-secrets', clauses: ['S001b-75'], bound: ['third'] }],
      engagementEnd: {
        id: 'third-party-end',
        clauses: ['S001b-92'],
        grounds: [
          { ground: 'unable-to-perform', clauses: ['S001b-89'] },
          { ground: 'breach', clauses: ['S001b-90'] },
          { ground: 'purpose-achieved', clauses: ['S001b-91'] },
        ],
        hasPurpose,
        items: ['hand-over', 'fees'],
      },
    }),
  });
}

const started = (change: Parameters<typeof contract>[0] = {}): Life =>
  new Life(contract(change), SIGNED, { A: 'person-A', B: 'person-B', coordinator: 'c', third: 'person-third' }).sign(
    SIGNED,
  );
const asked = (
  life: Life,
  local: string,
  seat: string,
  ground: EndEngagement['ground'],
  more: Partial<EndEngagement> = {},
): Life => life.act(local, seat, { type: 'end-engagement', ground, documents, ...more });
const approved = (life: Life, local: string, seat: string, what = 'engagement-end:end-1'): Life =>
  life.act(local, seat, { type: 'approve', what, documents: [] });
function delivered(life: Life, local: string): Life {
  const notice = life.notices.findLast(({ facts }) => facts.serves !== undefined);
  if (!notice?.facts.serves) throw new Error('no written notice');
  const { id: noticeId, seat } = notice;
  return life.act(
    local,
    'postmaster',
    { type: 'served', noticeId, serves: notice.facts.serves, seat },
    { via: 'mail' },
  );
}
const endOf = (life: Life, id = 'end-1') => life.state.engagementEnds.find((one) => one.id === id);

describe('S001b-92: it ends when the third party has the written notice of both, and not before', () => {
  test('purpose achieved (S001b-91): A 06-01, B 06-02, notice accepted 06-02 10:01: ended 06-02, the contract goes on', () => {
    const life = asked(started(), '2026-06-01 10:00', 'A', 'purpose-achieved');
    expect(life.mail(({ kind }) => kind === 'engagement-end-consent')).toEqual([]);
    life.until('2026-06-01 11:00');
    expect(life.mail(({ kind }) => kind === 'engagement-end-consent')).toEqual([
      '2026-06-01T10:00 engagement-end-consent B/B',
    ]);
    approved(life, '2026-06-02 10:00', 'B');
    expect(endOf(life)).toMatchObject({ status: 'agreed', endedOn: null, agreedBy: ['A', 'B'] });
    expect(life.notices.at(-1)).toMatchObject({
      kind: 'engagement-end-notice',
      seat: 'third',
      clauses: ['S001b-91', 'S001b-92'],
      facts: { serves: 'engagement-end:end-1', ground: 'purpose-achieved' },
    });
    delivered(life, '2026-06-02 10:01');
    expect(endOf(life)).toMatchObject({ status: 'ended', endedOn: '2026-06-02' });
    expect(life.story().slice(-2)).toEqual([
      'notice-served 2026-06-02T10:01:00+08:00',
      'engagement-ended 2026-06-02T10:01:00+08:00',
    ]);
    expect(life.state.status).toBe('active');
    expect(life.obligation('report').due?.localDate).toBe('2026-05-15');
    life.until('2026-06-02 11:00');
    expect(life.mail(({ kind }) => kind === 'engagement-ended').map((line) => line.slice(17))).toEqual([
      'engagement-ended A/A',
      'engagement-ended B/B',
      'engagement-ended coordinator/coordinator',
    ]);
  });

  test('its mail comes back on 06-05: the end of 06-02 stands, and that is on record for a lawyer', () => {
    const life = approved(asked(started(), '2026-06-01 10:00', 'A', 'purpose-achieved'), '2026-06-02 10:00', 'B');
    delivered(life, '2026-06-02 10:01');
    const mail = life.notices.findLast(({ facts }) => facts.serves !== undefined);
    if (!mail) throw new Error('no written notice');
    const { actor: _actor, ...back } = returned(mail, '5.1.1');
    life.act('2026-06-05 10:00', 'postmaster', back, { via: 'mail' }).until('2026-06-05 12:00');
    expect(endOf(life)).toMatchObject({ status: 'ended', endedOn: '2026-06-02' });
    expect(life.events.at(-1)).toMatchObject({
      ...{ type: 'service-failed', notice: 'engagement-end:end-1', servedOn: '2026-06-02', stands: true },
    });
    expect(life.mail(({ kind }) => kind === 'service-failed').map((line) => line.slice(17))).toEqual([
      'service-failed A/A',
      'service-failed B/B',
    ]);
  });

  test('without an address both give it by hand: it ends on the day of the receipt', () => {
    const life = asked(started({ address: false }), '2026-06-01 10:00', 'A', 'unable-to-perform');
    const served = { type: 'serve' as const, notice: 'engagement-end' as const, about: 'end-1' };
    life.act('2026-06-01 12:00', 'A', { ...served, servedOn: '2026-06-01', documents });
    approved(life, '2026-06-02 10:00', 'B')
      .act('2026-06-03 10:00', 'B', { ...served, documents: [] })
      .act('2026-06-03 11:00', 'B', { ...served, servedOn: '2026-06-03', documents: [] })
      .act('2026-06-03 12:00', 'coordinator', { ...served, servedOn: '2026-06-03', documents }, { onBehalfOf: 'B' });
    expect(life.rejections.map(({ code }) => code)).toEqual(['gate-closed', 'evidence-missing', 'evidence-missing']);
    expect(endOf(life)).toMatchObject({ status: 'ended', endedOn: '2026-06-03' });
    expect(life.mail(({ facts }) => facts.status === 'by-hand').map((line) => line.slice(17))).toEqual([
      'engagement-end-notice A/A',
      'engagement-end-notice coordinator/coordinator',
    ]);
  });

  test('what remains is agreed item by item by both, and only after the notice', () => {
    const item = 'engagement-end:end-1:fees';
    const life = approved(asked(started(), '2026-06-01 10:00', 'A', 'purpose-achieved'), '2026-06-01 11:00', 'B', item);
    approved(life, '2026-06-02 10:00', 'B');
    delivered(life, '2026-06-02 10:01');
    approved(life, '2026-06-10 10:00', 'A', item).until('2026-06-10 12:00');
    expect(life.events.at(-1)).toMatchObject({ type: 'engagement-item-agreed', item: 'fees', by: 'A', settled: false });
    expect(life.notices.at(-1)).toMatchObject({ kind: 'engagement-end-consent', seat: 'B', act: 'approve' });
    approved(life, '2026-06-10 13:00', 'A', item);
    approved(life, '2026-06-11 10:00', 'B', 'engagement-end:end-1:none');
    approved(life, '2026-06-11 11:00', 'B', item);
    expect(life.events.at(-1)).toMatchObject({ item: 'fees', by: 'B', settled: true, clauses: ['S001b-92'] });
    expect(endOf(life)?.items).toEqual([
      { item: 'hand-over', agreedBy: [] },
      { item: 'fees', agreedBy: ['A', 'B'] },
    ]);
    expect(life.rejections.map(({ code }) => code)).toEqual(['gate-closed', 'already-approved', 'unknown-item']);
  });

  test('once it has ended it ends no second time', () => {
    const life = asked(started(), '2026-06-01 10:00', 'A', 'purpose-achieved');
    delivered(approved(life, '2026-06-02 10:00', 'B'), '2026-06-02 10:01');
    asked(life, '2026-06-03 10:00', 'B', 'unable-to-perform');
    expect(life.refusals).toMatchObject([{ rejected: 'engagement-ended', clauses: ['S001b-92'] }]);
  });
});

describe('any one ground suffices, each with what it rests on', () => {
  test('S001b-89: that it cannot perform is shown by a document', () => {
    const life = asked(started(), '2026-06-01 10:00', 'A', 'unable-to-perform', { documents: [] });
    expect(life.refusals).toMatchObject([{ rejected: 'evidence-missing', clauses: ['S001b-89'] }]);
  });

  test('S001b-90: a breach names what it is recorded as, which goes on after the end', () => {
    const life = started().act('2026-05-20 10:00', 'B', {
      type: 'open-matter',
      kind: 'incident',
      rule: 'third-party-secrets',
      documents,
    });
    asked(life, '2026-06-01 09:00', 'B', 'breach', { documents: [] });
    asked(life, '2026-06-01 10:00', 'B', 'breach', { about: 'incident-9', documents: [] });
    asked(life, '2026-06-01 11:00', 'B', 'breach', { about: 'incident-1', documents: [] });
    expect(life.refusals).toMatchObject([
      { rejected: 'ground-missing', clauses: ['S001b-90'] },
      { rejected: 'unknown-matter', clauses: ['S001b-90'] },
    ]);
    expect(life.events.at(-1)).toMatchObject({ about: 'incident-1', clauses: ['S001b-90', 'S001b-92'] });
    delivered(approved(life, '2026-06-02 10:00', 'A'), '2026-06-02 10:01');
    expect(endOf(life)?.about).toBe('incident-1');
    expect(life.state.matters).toMatchObject([{ id: 'incident-1', status: 'open', endedAtMs: null }]);
    life.act('2026-06-05 10:00', 'B', { type: 'carry-matter', matter: 'incident-1', step: 'decide', documents: [] });
    expect(life.refusals).toHaveLength(2);
  });

  test('S001b-91: no purpose is stated, so none can be achieved', () => {
    const life = asked(started({ hasPurpose: false }), '2026-06-01 10:00', 'A', 'purpose-achieved');
    expect(life.refusals).toMatchObject([{ rejected: 'not-provided', clauses: ['S001b-91'] }]);
  });

  test('the same ground said by the other party is its decision; another ground is a wish of its own', () => {
    const life = asked(started(), '2026-06-01 10:00', 'A', 'purpose-achieved');
    asked(life, '2026-06-01 11:00', 'B', 'unable-to-perform');
    expect(life.state.engagementEnds.map(({ id, status }) => [id, status])).toEqual([
      ['end-1', 'proposed'],
      ['end-2', 'proposed'],
    ]);
    asked(life, '2026-06-01 12:00', 'B', 'purpose-achieved');
    expect(life.state.engagementEnds.map(({ id, status }) => [id, status])).toEqual([
      ['end-1', 'agreed'],
      ['end-2', 'replaced'],
    ]);
    approved(life, '2026-06-01 13:00', 'A', 'engagement-end:end-2');
    asked(life, '2026-06-01 14:00', 'A', 'unable-to-perform');
    expect(life.rejections.map(({ code }) => code)).toEqual(['nothing-to-approve', 'already-notified']);
  });
});

describe('both parties decide, each for itself', () => {
  test('neither the third party nor one party alone, nor a coordinator without the paper', () => {
    const life = asked(started(), '2026-06-01 09:00', 'third', 'purpose-achieved');
    asked(life, '2026-06-01 10:00', 'A', 'purpose-achieved');
    approved(life, '2026-06-01 11:00', 'A');
    approved(life, '2026-06-01 12:00', 'third');
    life.act(
      '2026-06-01 13:00',
      'coordinator',
      { type: 'approve', what: 'engagement-end:end-1', documents: [] },
      { onBehalfOf: 'B' },
    );
    expect(life.rejections.map(({ code }) => code)).toEqual([
      'not-responsible',
      'already-approved',
      'not-responsible',
      'evidence-missing',
    ]);
    expect(endOf(life)?.status).toBe('proposed');
  });

  test('a contract that says nothing of it has no such end', () => {
    const life = new Life(agreementOf([duty('report', 'effect', '60 days')], { life: lifeOf() }), SIGNED).sign(SIGNED);
    asked(life, '2026-06-01 09:00', 'A', 'breach');
    approved(life, '2026-06-01 10:00', 'A');
    expect(life.rejections.map(({ code }) => code)).toEqual(['not-provided', 'not-provided']);
  });
});
