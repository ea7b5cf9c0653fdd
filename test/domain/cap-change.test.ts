import { describe, expect, test } from 'vitest';
import type { CompiledAgreement, CompiledPatch } from '../../domain/agreement/compiled.ts';
import type { Notice } from '../../domain/agreement/notice.ts';
import { returned } from '../../domain/agreement/service.ts';
import { capOn } from '../../domain/ledger/cap.ts';
import { Life, agreementOf, duty, lifeOf, paper } from '../support/life.ts';

const SIGNED = '2026-03-16 09:00';
const LIABILITY = 'third-party-liability';
const CLAUSES = ['S001b-78', 'S001b-79'];

/** A contract whose third party is liable up to 100,000.00; a change of that takes all three (S001b-78, S001b-79). */
function contract({ days = null as number | null, address = true } = {}): CompiledAgreement {
  return agreementOf([duty('report', 'effect', '30 days')], {
    seats: ['A', 'B', 'coordinator', ...(address ? ['third'] : [])],
    seatParties: { third: 'third' },
    life: lifeOf({
      amendment: {
        consent: ['A', 'B'],
        lapseDays: null,
        clauses: [],
        excludes: [{ liability: LIABILITY, clauses: CLAUSES, term: 'thirdPartyLiabilityCap', consentDays: days }],
      },
      liabilities: [
        {
          id: LIABILITY,
          liable: 'third',
          cap: { amount: '100000.00', currency: 'CNY' },
          shares: null,
          answerDays: null,
          clauses: ['S001b-76'],
        },
      ],
    }),
  });
}

const started = (change: Parameters<typeof contract>[0] = {}): Life =>
  new Life(contract(change), SIGNED, { A: 'person-A', B: 'person-B', coordinator: 'c', third: 'person-third' }).sign(
    SIGNED,
  );

function capOf(amount: string | null, change: Partial<CompiledPatch> = {}, days: number | null = null): CompiledPatch {
  const { life } = contract({ days });
  if (!life) throw new Error('no life');
  const cap = amount === null ? null : { amount, currency: 'CNY' };
  const liabilities = life.liabilities.map((rule) => ({ ...rule, cap }));
  return { obligations: [], removed: [], life: { ...life, liabilities }, terms: ['thirdPartyLiabilityCap'], ...change };
}

function proposed(
  life: Life,
  local: string,
  effectiveOn: string,
  patch = capOf('150000.00'),
  amendment = 'cap-1',
): Life {
  return life.act(local, 'A', { type: 'propose', amendment, effectiveOn, patch, documents: [] });
}
const accepted = (life: Life, local: string, seat = 'B', amendment = 'cap-1'): Life =>
  life.act(local, seat, { type: 'accept', amendment });
/** The mail server took the notice. */
function delivered(life: Life, local: string): Life {
  const notice = life.notices.findLast(({ facts }) => facts.serves !== undefined);
  if (!notice?.facts.serves) throw new Error('no written notice');
  return life.act(
    local,
    'postmaster',
    { type: 'served', noticeId: notice.id, serves: notice.facts.serves, seat: notice.seat },
    { via: 'mail' },
  );
}
const amendmentOf = (life: Life, id = 'cap-1') => life.state.amendments.find((one) => one.id === id);
const stageOf = (life: Life, id = 'cap-1') => amendmentOf(life, id)?.third?.stage;
function capAt(life: Life, day: string): string | null {
  const rule = life.state.agreement.life?.liabilities[0];
  if (!rule) throw new Error('no liability');
  return capOn(life.state, rule, day);
}

describe('S001b-79: another cap takes both parties, a written notice and the third party’s consent', () => {
  test('proposed 04-01, agreed 04-03, notified by mail, consented 04-20: the old cap governs until 04-19', () => {
    const life = proposed(started(), '2026-04-01 10:00', '2026-04-10');
    expect(stageOf(life)).toBe('proposed');
    accepted(life, '2026-04-03 10:00');
    expect(stageOf(life)).toBe('agreed-by-parties');
    expect(life.mail(({ kind, seat }) => kind === 'cap-notice' && seat === 'third')).toEqual([
      '2026-04-03T10:00 cap-notice third/third',
    ]);
    expect(life.notices.findLast(({ seat }) => seat === 'third')).toMatchObject({
      act: 'accept',
      clauses: CLAUSES,
      facts: { about: 'cap-1', serves: 'amendment:cap-1' },
    });
    delivered(life, '2026-04-03 10:01');
    expect(amendmentOf(life)).toMatchObject({
      status: 'proposed',
      third: { stage: 'notified', notifiedOn: '2026-04-03' },
    });

    // The day that was proposed passes: nothing changes without the third party.
    life.until('2026-04-19 12:00');
    expect(capAt(life, '2026-04-19')).toBe('100000.00');
    accepted(life, '2026-04-20 09:00', 'third');
    expect(amendmentOf(life)).toMatchObject({
      status: 'effective',
      effectiveOn: '2026-04-20',
      third: { stage: 'consented' },
    });
    expect([capAt(life, '2026-04-19'), capAt(life, '2026-04-20')]).toEqual(['100000.00', '150000.00']);
    expect(life.refusals).toEqual([]);
  });

  test('a consent before the day that was proposed: the old cap governs until that day', () => {
    const life = delivered(
      accepted(proposed(started(), '2026-04-01 10:00', '2026-05-01'), '2026-04-03 10:00'),
      '2026-04-03 10:01',
    );
    accepted(life, '2026-04-07 09:00', 'third').until('2026-05-01 00:00');
    expect([capAt(life, '2026-04-30'), capAt(life, '2026-05-01')]).toEqual(['100000.00', '150000.00']);
  });

  test('refusal leaves the old cap', () => {
    const life = delivered(
      accepted(proposed(started(), '2026-04-01 10:00', '2026-04-10'), '2026-04-03 10:00'),
      '2026-04-03 10:01',
    );
    life.act('2026-04-07 10:00', 'third', { type: 'decline', amendment: 'cap-1' });
    expect(life.events.at(-1)).toMatchObject({ type: 'amendment-declined', by: 'third', clauses: CLAUSES });
    life.until('2026-06-01');
    expect(amendmentOf(life)).toMatchObject({ status: 'declined', third: { stage: 'refused' } });
    expect(capAt(life, '2026-06-01')).toBe('100000.00');
    expect(life.mail(({ kind }) => kind === 'amendment-settled').map((line) => line.slice(17))).toEqual([
      'amendment-settled A/A',
      'amendment-settled B/B',
      'amendment-settled coordinator/coordinator',
    ]);
  });

  test('silence without agreed days leaves the old cap, and the proposal waits', () => {
    const life = delivered(
      accepted(proposed(started(), '2026-04-01 10:00', '2026-04-10'), '2026-04-03 10:00'),
      '2026-04-03 10:01',
    );
    life.until('2027-03-01');
    expect(amendmentOf(life)).toMatchObject({ status: 'proposed', lapsesAtMs: null, third: { stage: 'notified' } });
    expect(capAt(life, '2027-03-01')).toBe('100000.00');
  });

  test('capConsentDays 10: notified on Friday 2026-04-24, the last day is Monday 2026-05-04, a holiday: it lapses after 05-06', () => {
    const life = proposed(started({ days: 10 }), '2026-04-24 09:00', '2026-04-24', capOf('150000.00', {}, 10));
    delivered(accepted(life, '2026-04-24 10:00'), '2026-04-24 10:01');
    expect(amendmentOf(life)?.third?.due?.localDate).toBe('2026-05-06');
    life.until('2026-05-06 23:59');
    expect(amendmentOf(life)?.status).toBe('proposed');
    life.until('2026-05-07 00:00');
    expect(amendmentOf(life)?.status).toBe('lapsed');
    expect(life.events.at(-1)).toMatchObject({ type: 'amendment-lapsed', clauses: CLAUSES });
    accepted(life, '2026-05-07 09:00', 'third');
    expect(life.rejections).toEqual([{ at: '2026-05-07 09:00', code: 'amendment-closed' }]);
    expect(capAt(life, '2026-05-07')).toBe('100000.00');
  });

  test('a proposal that the other party does not accept by its day lapses, and the third party never hears of it', () => {
    const life = proposed(started(), '2026-04-01 10:00', '2026-04-10').until('2026-04-10 00:00');
    expect(amendmentOf(life)?.status).toBe('lapsed');
    expect(life.mail(({ seat }) => seat === 'third')).toEqual([]);
  });

  test('where it has no address the notice is given by hand, with its receipt, and its consent entered with its paper', () => {
    const life = accepted(proposed(started({ address: false }), '2026-04-01 10:00', '2026-04-06'), '2026-04-03 10:00');
    life.until('2026-04-03 12:00');
    expect(
      life.notices.filter(({ kind }) => kind === 'cap-notice').map(({ seat, facts }) => [seat, facts.status]),
    ).toEqual([
      ['A', 'by-hand'],
      ['coordinator', 'by-hand'],
    ]);
    const served = { type: 'serve' as const, notice: 'amendment' as const, about: 'cap-1' };
    const consent = { type: 'accept' as const, amendment: 'cap-1' };
    const third = { onBehalfOf: 'third' };
    life
      .act('2026-04-04 10:00', 'coordinator', { ...consent, documents: [paper()] }, third)
      .act('2026-04-06 09:00', 'A', { ...served, documents: [] })
      .act('2026-04-06 10:00', 'A', { ...served, servedOn: '2026-04-06', documents: [] })
      .act('2026-04-06 11:00', 'A', { ...served, servedOn: '2026-04-06', documents: [paper()] })
      .act('2026-04-06 12:00', 'B', { ...served, servedOn: '2026-04-06', documents: [paper()] })
      .act('2026-04-08 10:00', 'coordinator', { ...consent, documents: [] }, third)
      .act('2026-04-08 11:00', 'coordinator', { ...consent, documents: [paper()] }, third);
    expect(life.rejections).toEqual([
      { at: '2026-04-04 10:00', code: 'gate-closed' },
      { at: '2026-04-06 09:00', code: 'evidence-missing' },
      { at: '2026-04-06 10:00', code: 'evidence-missing' },
      { at: '2026-04-06 12:00', code: 'already-notified' },
      { at: '2026-04-08 10:00', code: 'evidence-missing' },
    ]);
    expect(life.events.filter(({ type }) => type === 'notice-served')).toMatchObject([
      { notice: 'amendment:cap-1', servedOn: '2026-04-06', due: null, clauses: CLAUSES },
    ]);
    expect(amendmentOf(life)).toMatchObject({ status: 'effective', effectiveOn: '2026-04-08' });
  });
});

describe('S001b-79: a mail of the notice comes back', () => {
  const bounced = (life: Life, local: string, notice: Notice): Life => {
    const { actor: _actor, ...back } = returned(notice, '5.1.1');
    return life.act(local, 'postmaster', back, { via: 'mail' });
  };
  const mails = (life: Life): Notice[] => life.notices.filter(({ facts }) => facts.serves !== undefined);
  const took = (life: Life, local: string, { id: noticeId, seat, facts }: Notice): Life =>
    life.act(local, 'postmaster', { type: 'served', noticeId, serves: facts.serves ?? '', seat }, { via: 'mail' });
  const agreed = (): Life =>
    accepted(
      proposed(started({ days: 10 }), '2026-04-01 10:00', '2026-05-01', capOf('150000.00', {}, 10)),
      '2026-04-03 10:00',
    );

  test('notified 04-03 with 10 days to consent, back on 04-07: silence is none, and it is notified again', () => {
    const life = agreed();
    const [mail] = mails(life);
    if (!mail) throw new Error('no mail');
    took(life, '2026-04-03 10:00', mail);
    expect(amendmentOf(life)?.third?.due?.localDate).toBe('2026-04-13');
    bounced(life, '2026-04-07 10:00', mail).until('2026-04-20 12:00');
    expect(amendmentOf(life)).toMatchObject({ status: 'proposed', third: { stage: 'agreed-by-parties', due: null } });
    life.act('2026-04-21 10:00', 'A', { type: 'serve', notice: 'amendment', about: 'cap-1', documents: [] });
    delivered(life, '2026-04-21 10:00');
    expect(amendmentOf(life)).toMatchObject({ third: { stage: 'notified', due: { localDate: '2026-05-06' } } });
    expect(life.refusals).toEqual([]);
  });

  test('of two mails one was accepted and did not come back: it counts from that one', () => {
    const life = agreed();
    life.act('2026-04-07 09:00', 'A', { type: 'serve', notice: 'amendment', about: 'cap-1', documents: [] });
    const [first, second] = mails(life);
    if (!first || !second) throw new Error('no two mails');
    took(life, '2026-04-07 09:01', second);
    took(life, '2026-04-08 09:00', first);
    expect(amendmentOf(life)?.third).toMatchObject({ notifiedOn: '2026-04-07' });
    bounced(life, '2026-04-09 10:00', second);
    expect(amendmentOf(life)?.third).toMatchObject({ stage: 'notified', notifiedOn: '2026-04-08' });
    expect(life.events.slice(-3).map(({ type }) => type)).toEqual([
      'notice-undelivered',
      'service-failed',
      'notice-served',
    ]);
  });
});

describe('S001b-78: the parties agree first, each for itself', () => {
  test('the third party neither proposes nor answers before both agree, and no party takes back what both agreed', () => {
    const life = proposed(started(), '2026-04-01 10:00', '2026-04-10', capOf('150000.00'));
    life
      .act('2026-04-01 11:00', 'third', {
        type: 'propose',
        amendment: 'own',
        effectiveOn: '2026-04-10',
        patch: capOf('1.00'),
        documents: [],
      })
      .act('2026-04-01 12:00', 'third', { type: 'accept', amendment: 'cap-1' })
      .act('2026-04-01 13:00', 'A', { type: 'serve', notice: 'amendment', about: 'cap-1', documents: [] });
    accepted(life, '2026-04-03 10:00')
      .act('2026-04-03 11:00', 'A', { type: 'decline', amendment: 'cap-1' })
      .act('2026-04-03 12:00', 'third', { type: 'accept', amendment: 'cap-1' });
    expect(life.rejections.map(({ code }) => code)).toEqual([
      'not-responsible',
      'gate-closed',
      'gate-closed',
      'amendment-closed',
      'gate-closed',
    ]);
  });

  test('what both agree on later stands for what waits from before', () => {
    const life = accepted(proposed(started(), '2026-04-01 10:00', '2026-04-10'), '2026-04-03 10:00');
    proposed(life, '2026-04-06 10:00', '2026-04-20', capOf('120000.00'), 'cap-2');
    accepted(life, '2026-04-07 10:00', 'B', 'cap-2');
    expect(amendmentOf(life)).toMatchObject({ status: 'lapsed' });
    delivered(life, '2026-04-07 10:01').until('2026-04-20');
    accepted(life, '2026-04-21 10:00', 'third', 'cap-2');
    expect(capAt(life, '2026-04-21')).toBe('120000.00');
  });

  test.each<[string, CompiledPatch]>([
    ['a duty', capOf('150000.00', { obligations: [duty('report', 'effect', '40 days')] })],
    ['the end', capOf('150000.00', { expiresOn: '2030-01-01' })],
    ['another term', capOf('150000.00', { terms: ['thirdPartyLiabilityCap', 'managementEmails'] })],
    ['another rule', withMeetings(capOf('150000.00'))],
  ])('a proposal that changes %s as well is refused: nothing else waits for the third party', (_what, patch) => {
    const life = proposed(started(), '2026-04-01 10:00', '2026-04-10', patch);
    expect(life.refusals).toMatchObject([{ rejected: 'mixed-amendment', clauses: CLAUSES }]);
  });

  test('a change of something else meanwhile neither waits for the third party nor undoes the cap', () => {
    const life = accepted(proposed(started(), '2026-04-01 10:00', '2026-04-10'), '2026-04-03 10:00');
    delivered(life, '2026-04-03 10:01');
    const other = withMeetings(capOf('100000.00', { terms: ['meetingRules'] }));
    proposed(life, '2026-04-06 10:00', '2026-05-01', other, 'meetings-1');
    accepted(life, '2026-04-07 10:00', 'B', 'meetings-1');
    accepted(life, '2026-04-20 10:00', 'third').until('2026-05-01 00:00');
    expect(life.refusals).toEqual([]);
    expect(life.state.amendments.map(({ id, status }) => [id, status])).toEqual([
      ['cap-1', 'effective'],
      ['meetings-1', 'effective'],
    ]);
    expect(life.state.agreement.life?.meetings).toHaveLength(1);
    expect(life.state.agreement.life?.liabilities[0]?.cap?.amount).toBe('150000.00');
  });
});

test('a third party gets what is addressed to it alone: neither the effect of the agreement nor its end', () => {
  const life = started().terminate('2026-04-01 10:00');
  expect(life.mail(({ seat }) => seat === 'third')).toEqual([]);
});

function withMeetings(patch: CompiledPatch): CompiledPatch {
  if (!patch.life) throw new Error('no life');
  return { ...patch, life: { ...patch.life, meetings: [{ id: 'meetings', clauses: ['S001b-46'] }] } };
}
