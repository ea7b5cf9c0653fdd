import { describe, expect, test } from 'vitest';
import { Life, agreementOf, duty, lifeOf, paper } from '../support/life.ts';

const SIGNED = '2026-09-01 09:00';
const documents = [paper()];
const started = (): Life =>
  new Life(
    agreementOf([duty('report', 'effect', '30 days')], {
      seats: ['A', 'B', 'coordinator', 'third'],
      seatParties: { third: 'third' },
      life: lifeOf({
        confidentiality: [
          { id: 'third-party-secrets', clauses: ['S001c-76'], bound: ['third'], undertaking: true },
          { id: 'other-secrets', clauses: ['S001c-60'], bound: ['A', 'B'] },
        ],
      }),
    }),
    SIGNED,
  ).sign(SIGNED);
const step = (life: Life, local: string, seat: string, what: 'undertake' | 'grant' | 'withdraw', papers = documents) =>
  life.act(local, seat, { type: 'third-access', step: what, documents: papers });
const incident = (life: Life, local: string, rule = 'third-party-secrets'): Life =>
  life.act(local, 'B', { type: 'open-matter', kind: 'incident', rule, documents: [] });

describe('S001c-76: a third party undertakes secrecy before it has access, and a leak suspends it', () => {
  test('no access before the undertaking, which needs its document', () => {
    const life = step(started(), '2026-09-02 09:00', 'A', 'grant');
    step(life, '2026-09-02 10:00', 'third', 'undertake', []);
    step(life, '2026-09-02 11:00', 'third', 'undertake');
    step(life, '2026-09-02 12:00', 'third', 'grant');
    step(life, '2026-09-02 13:00', 'A', 'grant', []);
    expect(life.refusals.map(({ rejected, clauses }) => [rejected, clauses])).toEqual([
      ['gate-closed', ['S001c-76']],
      ['evidence-missing', ['S001c-76']],
      ['not-responsible', ['S001c-76']],
    ]);
    expect(life.state.thirdAccess).toEqual({ undertakenOn: '2026-09-02', access: 'granted' });
  });

  test('an incident suspends it at once and informs both parties; it is lifted when that is closed and access given again', () => {
    const life = step(started(), '2026-09-02 09:00', 'third', 'undertake');
    step(life, '2026-09-02 10:00', 'A', 'grant');
    incident(life, '2026-09-10 10:00').until('2026-09-10 12:00');
    expect(life.events.slice(-2)).toMatchObject([
      { type: 'matter-opened', matter: { id: 'incident-1', to: 'third' } },
      { type: 'third-access-changed', step: 'suspend', about: 'incident-1', clauses: ['S001c-76'] },
    ]);
    expect(life.state.thirdAccess.access).toBe('suspended');
    const mails = life.mail(({ atMs }) => atMs >= life.ms('2026-09-10 10:00')).map((line) => line.slice(17));
    expect(mails.toSorted()).toEqual([
      'matter-opened A/A',
      'matter-opened coordinator/coordinator',
      'matter-opened third/third',
      'third-access A/A',
      'third-access coordinator/coordinator',
    ]);
    step(life, '2026-09-11 10:00', 'A', 'grant');
    expect(life.refusals).toMatchObject([{ rejected: 'gate-closed', clauses: ['S001c-76'] }]);
    life.act('2026-09-12 10:00', 'B', { type: 'carry-matter', matter: 'incident-1', step: 'close', documents: [] });
    expect(life.state.thirdAccess.access).toBe('suspended');
    step(life, '2026-09-12 11:00', 'A', 'grant');
    expect(life.state.thirdAccess.access).toBe('granted');
    step(life, '2026-09-20 10:00', 'B', 'withdraw');
    expect(life.state.thirdAccess).toEqual({ undertakenOn: '2026-09-02', access: 'none' });
  });

  test('an incident of the parties themselves leaves it, and who has no access loses none', () => {
    const life = incident(started(), '2026-09-02 09:00');
    step(life, '2026-09-02 10:00', 'third', 'undertake');
    life.act('2026-09-03 10:00', 'B', { type: 'carry-matter', matter: 'incident-1', step: 'close', documents: [] });
    step(life, '2026-09-03 11:00', 'A', 'grant');
    incident(life, '2026-09-04 10:00', 'other-secrets');
    expect(life.refusals).toEqual([]);
    expect(life.state.thirdAccess.access).toBe('granted');
    expect(life.events.filter(({ type }) => type === 'third-access-changed')).toHaveLength(2);
  });
});

describe('S003-K-17: a party from outside acknowledges the rules of the site before the other lets it in', () => {
  const commissioned = (): Life =>
    new Life(
      agreementOf([duty('site-rules', 'effect', '30 days', { kind: 'acknowledgement', responsible: 'B' })], {
        seats: ['A', 'B', 'coordinator'],
        life: lifeOf({
          confidentiality: [
            { id: 'secrecy', clauses: ['S003-K-20'], bound: ['B'] },
            {
              ...{ id: 'rules-on-site', clauses: ['S003-K-17'], bound: ['B'] },
              ...{ undertaking: true as const, undertakenBy: 'site-rules' },
            },
          ],
        }),
      }),
      SIGNED,
    ).sign(SIGNED);

  test('no access before it; B acknowledges for itself with the paper, and A alone gives and takes access', () => {
    const life = step(commissioned(), '2026-09-02 09:00', 'A', 'grant');
    step(life, '2026-09-02 10:00', 'A', 'undertake');
    step(life, '2026-09-02 11:00', 'B', 'undertake', []);
    step(life, '2026-09-02 12:00', 'B', 'undertake');
    step(life, '2026-09-02 13:00', 'B', 'grant');
    step(life, '2026-09-02 14:00', 'A', 'grant');
    expect(life.refusals.map(({ rejected, clauses }) => [rejected, clauses])).toEqual([
      ['gate-closed', ['S003-K-17']],
      ['not-responsible', ['S003-K-17']],
      ['evidence-missing', ['S003-K-17']],
      ['not-responsible', ['S003-K-17']],
    ]);
    expect(life.state.thirdAccess).toEqual({ undertakenOn: '2026-09-02', access: 'granted' });
    incident(life, '2026-09-10 10:00', 'secrecy');
    expect(life.state.thirdAccess.access).toBe('granted');
    life.act('2026-09-10 11:00', 'A', { type: 'open-matter', kind: 'incident', rule: 'rules-on-site', documents: [] });
    expect(life.state.thirdAccess.access).toBe('suspended');
  });

  test('the duty that is fulfilled is the acknowledgement', () => {
    const life = commissioned().act('2026-09-02 09:00', 'B', { type: 'submit', obligation: 'site-rules', documents });
    step(life, '2026-09-02 10:00', 'A', 'grant');
    expect([life.refusals, life.state.thirdAccess.access]).toEqual([[], 'granted']);
  });
});
