import { describe, expect, test } from 'vitest';
import type { CompiledAgreement, CompiledEffect } from '../../domain/agreement/compiled.ts';
import { Life, agreementOf, duty, lifeOf, paper } from '../support/life.ts';

const PLAIN: CompiledEffect = { seal: false, sealClauses: [], review: false, reviewClauses: [], policy: false };
const REPORT = duty('report', 'effect', '30 days');

function agreed(effect: Partial<CompiledEffect>, change: Partial<CompiledAgreement> = {}) {
  return agreementOf([REPORT], { life: lifeOf({ effect: { ...PLAIN, ...effect } }), ...change });
}

const sealed = (change: Partial<CompiledAgreement> = {}) => agreed({ seal: true, sealClauses: ['S001b-64'] }, change);
const sign = (signedOn?: string) => ({ type: 'sign' as const, documents: [], ...(signedOn ? { signedOn } : {}) });
const seal = (sealedOn?: string) => ({ type: 'seal' as const, documents: [], ...(sealedOn ? { sealedOn } : {}) });
const approve = (what: string) => ({ type: 'approve' as const, what, documents: [] });
const codes = (life: Life) => life.rejections.map(({ code }) => code);

describe('signature and seal (S000 1.3, S001b-64)', () => {
  test('four dates, the latest counts: signed 09-01 and 09-02, sealed 09-03 and 09-04, day 0 is 2026-09-04', () => {
    const life = new Life(sealed(), '2026-09-07 09:00')
      .act('2026-09-07 10:00', 'A', sign('2026-09-01'))
      .act('2026-09-07 10:01', 'B', sign('2026-09-02'))
      .act('2026-09-07 10:02', 'A', seal('2026-09-04'))
      .act('2026-09-07 10:03', 'B', seal('2026-09-03'));
    expect(life.story()).toEqual([
      'agreement-started 2026-09-07T09:00:00+08:00',
      'agreement-signed 2026-09-07T10:00:00+08:00',
      'agreement-signed 2026-09-07T10:01:00+08:00',
      'agreement-sealed 2026-09-07T10:02:00+08:00',
      'agreement-sealed 2026-09-07T10:03:00+08:00',
      'agreement-in-force 2026-09-07T10:03:00+08:00',
    ]);
    expect(life.state).toMatchObject({ status: 'active', inForceOn: '2026-09-04' });
    expect(life.rows()).toEqual(['report pending 2026-10-08']); // 09-04 + 30 days = 10-04, National Day until 10-07
  });

  test.each([
    [
      ['A', 'seal'],
      ['A', 'sign'],
      ['B', 'seal'],
      ['B', 'sign'],
    ],
    [
      ['B', 'sign'],
      ['A', 'seal'],
      ['B', 'seal'],
      ['A', 'sign'],
    ],
  ] as const)('whatever the order, the last of the four brings it into force: %j %j %j %j', (...steps) => {
    const life = new Life(sealed(), '2026-09-07 09:00');
    steps.forEach(([party, step], index) => {
      expect(life.state.status).toBe('awaiting-signatures');
      life.act(`2026-09-${11 + index} 10:00`, party, step === 'seal' ? seal() : sign());
    });
    expect(life.state).toMatchObject({ status: 'active', inForceOn: '2026-09-14' });
  });

  test('a signature dated after all seals counts as well', () => {
    const life = new Life(sealed(), '2026-09-07 09:00')
      .act('2026-09-07 10:00', 'A', seal('2026-09-01'))
      .act('2026-09-07 10:00', 'B', seal('2026-09-02'))
      .act('2026-09-07 10:00', 'A', sign('2026-09-06'))
      .act('2026-09-07 10:00', 'B', sign('2026-09-05'));
    expect(life.state.inForceOn).toBe('2026-09-06');
  });

  test('who has signed is asked to seal at once, in notice hours; not who has sealed by then', () => {
    const life = new Life(sealed(), '2026-09-04 17:00') // a Friday
      .act('2026-09-04 20:00', 'A', sign())
      .act('2026-09-04 20:00', 'B', sign())
      .act('2026-09-05 10:00', 'B', seal())
      .until('2026-09-08 12:00');
    expect(life.mail()).toEqual([
      '2026-09-04T17:00 sign-invitation A/A',
      '2026-09-04T17:00 sign-invitation B/B',
      '2026-09-07T09:00 seal-invitation A/A',
    ]);
    expect(life.notices[0]).toMatchObject({ act: 'sign', facts: { kind: 'signature-and-seal' } });
    expect(life.notices[2]).toMatchObject({ act: 'seal', clauses: ['S001b-64'], facts: { signedOn: '2026-09-04' } });
  });

  test('the coordinator enters a seal with its scan; twice, in the future, ten years ago or by nobody is refused', () => {
    const life = new Life(sealed(), '2026-09-07 09:00')
      .act('2026-09-07 10:00', 'coordinator', seal(), { onBehalfOf: 'A' })
      .act('2026-09-07 10:00', 'coordinator', { ...seal(), documents: [paper()] }, { onBehalfOf: 'A' })
      .act('2026-09-07 10:00', 'A', seal())
      .act('2026-09-07 10:00', 'B', seal('2026-09-08'))
      .act('2026-09-07 10:00', 'B', seal('2016-09-06'))
      .act('2026-09-07 10:00', 'coordinator', seal());
    expect(codes(life)).toEqual([
      'evidence-missing',
      'already-sealed',
      'sealed-on-in-future',
      'sealed-on-too-early',
      'not-responsible',
    ]);
    expect(life.state.seals).toEqual({ A: '2026-09-07' });
  });

  test('where signing is enough, and in agreements of earlier releases, no seal is asked for', () => {
    const act = (agreement: CompiledAgreement) =>
      codes(new Life(agreement, '2026-09-07 09:00').act('2026-09-07 10:00', 'A', seal()));
    expect(act(agreed({}))).toEqual(['not-provided']);
    expect(act(agreementOf([REPORT]))).toEqual(['not-provided']);
  });

  test('signed and sealed years ago: the clocks count from then, what was missed is one summary, hand-ins are entered', () => {
    const life = new Life(sealed(), '2026-09-07 09:00').sign('2026-09-07 10:00', '2024-03-01');
    life.act('2026-09-07 10:00', 'A', seal('2024-03-04')).act('2026-09-07 10:00', 'B', seal('2024-03-02'));
    expect(life.state.inForceOn).toBe('2024-03-04');
    life.act(
      '2026-09-07 10:00',
      'coordinator',
      {
        type: 'submit',
        obligation: 'report',
        documents: [paper()],
        handedInAtMs: life.ms('2024-04-05 10:00'),
      },
      { onBehalfOf: 'B' },
    );
    expect(life.rows()).toEqual(['report fulfilled-late 2024-04-03']);
    expect(life.obligation('report').settledDaysLate).toBe(2);
  });

  test('past rungs of an agreement that was sealed years ago become one summary', () => {
    const monday = '2026-09-07 10:00';
    const life = new Life(sealed(), monday).sign(monday, '2024-03-01');
    life.act(monday, 'A', seal('2024-03-04')).act(monday, 'B', seal('2024-03-02'));
    life.until('2026-09-07 11:00', '2026-09-07 11:00:01').until('2026-09-07 12:00');
    const mail = life
      .mail((n) => ['reminder', 'summary'].includes(n.kind))
      .map((line) => line.split(/ (due|overdue)/)[0]);
    expect(mail).toEqual(['2026-09-07T11:00 summary B/B report', '2026-09-07T11:00 summary coordinator/copy report']);
  });
});

describe('review before signing (S003-N-13)', () => {
  const reviewed = () => agreed({ review: true, reviewClauses: ['S003-N-13'] });

  test('nobody signs before both have confirmed their review', () => {
    const life = new Life(reviewed(), '2026-09-07 09:00')
      .act('2026-09-07 10:00', 'A', sign())
      .act('2026-09-07 10:01', 'A', approve('review'))
      .act('2026-09-07 10:02', 'A', sign())
      .act('2026-09-07 10:03', 'A', approve('review'))
      .act('2026-09-07 10:04', 'B', approve('review'))
      .act('2026-09-07 10:05', 'A', sign())
      .act('2026-09-07 10:06', 'B', sign());
    expect(codes(life)).toEqual(['review-first', 'review-first', 'already-approved']);
    expect(life.refusals[0]?.clauses).toEqual(['S003-N-13']);
    expect(life.state.status).toBe('active');
    expect(life.state.approvals.map(({ what, by }) => `${what} ${by}`)).toEqual(['review A', 'review B']);
  });

  test('with the liability for breach, or its compensation, left open nobody reviews or signs', () => {
    const open = agreed({ review: true, reviewClauses: ['S003-N-13'], liabilityOpen: true });
    const life = new Life(open, '2026-09-07 09:00')
      .act('2026-09-07 10:00', 'A', approve('review'))
      .sign('2026-09-07 10:01');
    expect(new Set(codes(life))).toEqual(new Set(['gate-closed']));
    expect(life.state.status).toBe('awaiting-signatures');
  });

  test('both are asked to review, then both to sign', () => {
    const life = new Life(reviewed(), '2026-09-07 09:00')
      .act('2026-09-07 10:00', 'A', approve('review'))
      .until('2026-09-08 10:00')
      .act('2026-09-08 20:00', 'B', approve('review'))
      .act('2026-09-08 21:00', 'B', sign())
      .until('2026-09-09 12:00');
    expect(life.mail()).toEqual([
      '2026-09-07T09:00 approval-request A/A',
      '2026-09-07T09:00 approval-request B/B',
      '2026-09-09T09:00 sign-invitation A/A',
    ]);
    expect(life.notices[0]).toMatchObject({ act: 'approve', facts: { about: 'review' }, clauses: ['S003-N-13'] });
  });

  test('a side speaks for itself: a coordinator enters a review with a document, a third seat none', () => {
    const life = new Life(reviewed(), '2026-09-07 09:00')
      .act('2026-09-07 10:00', 'coordinator', approve('review'))
      .act('2026-09-07 10:00', 'coordinator', approve('review'), { onBehalfOf: 'A' })
      .act('2026-09-07 10:00', 'coordinator', { ...approve('review'), documents: [paper()] }, { onBehalfOf: 'A' });
    expect(codes(life)).toEqual(['not-responsible', 'evidence-missing']);
    expect(life.state.approvals).toHaveLength(1);
  });
});

describe('a policy (S004-30)', () => {
  const policy = () =>
    agreementOf([duty('training', 'effect', '30 days', { responsible: 'management' })], {
      parties: ['management'],
      signatories: ['management'],
      seats: ['management', 'coordinator'],
      life: lifeOf({ effect: { ...PLAIN, policy: true } }),
    });

  test('is approved by management, then posted: in force on the day of its posting', () => {
    const life = new Life(policy(), '2026-09-07 09:00')
      .act('2026-09-07 10:00', 'management', approve('posting'))
      .act('2026-09-08 10:00', 'management', approve('policy'))
      .act('2026-09-08 11:00', 'management', approve('policy'))
      .act('2026-09-10 15:00', 'management', approve('posting'))
      .act('2026-09-10 16:00', 'management', approve('posting'));
    expect(codes(life)).toEqual(['gate-closed', 'already-approved', 'already-in-force']);
    expect(life.story()).toEqual([
      'agreement-started 2026-09-07T09:00:00+08:00',
      'approval-given 2026-09-08T10:00:00+08:00',
      'approval-given 2026-09-10T15:00:00+08:00',
      'agreement-in-force 2026-09-10T15:00:00+08:00',
    ]);
    expect(life.state.inForceOn).toBe('2026-09-10');
    expect(life.mail((n) => n.kind === 'approval-request')).toEqual([
      '2026-09-07T09:00 approval-request management/management',
      '2026-09-08T10:00 approval-request management/management',
    ]);
    expect(life.notices.map(({ facts }) => facts.about)).toEqual(['policy', 'posting']);
  });

  test('where it names its approver, that seat is asked and approves; the company posts (S004-29, S004-30)', () => {
    const named = agreementOf([duty('training', 'effect', '30 days', { responsible: 'Company' })], {
      parties: ['Company'],
      signatories: ['Company'],
      seats: ['Company', 'management', 'service', 'coordinator'],
      seatParties: { management: 'Company', service: 'Company' },
      life: lifeOf({ effect: { ...PLAIN, policy: true, approver: 'management' } }),
    });
    const life = new Life(named, '2026-09-07 09:00')
      .act('2026-09-08 09:00', 'Company', approve('posting'))
      .act('2026-09-08 10:00', 'service', approve('policy'))
      .act('2026-09-08 10:00', 'management', approve('posting'))
      .act('2026-09-08 11:00', 'management', approve('policy'))
      .act('2026-09-08 11:30', 'Company', approve('policy'))
      .act('2026-09-10 15:00', 'Company', approve('posting'));
    expect(codes(life)).toEqual(['gate-closed', 'not-responsible', 'not-responsible', 'already-approved']);
    expect(life.mail((n) => n.kind === 'approval-request')).toEqual([
      '2026-09-07T09:00 approval-request management/management',
      '2026-09-08T11:00 approval-request Company/Company',
    ]);
    expect(life.notices.map(({ facts }) => facts.about).slice(0, 2)).toEqual(['policy', 'posting']);
    expect(life.state).toMatchObject({ status: 'active', inForceOn: '2026-09-10' });
    expect(life.state.approvals.map(({ what, by }) => `${what} ${by}`)).toEqual([
      'policy management',
      'posting Company',
    ]);
    // While nobody fills the seat, its party approves.
    const vacant = new Life({ ...named, seats: ['Company', 'coordinator'] }, '2026-09-07 09:00')
      .act('2026-09-08 11:00', 'Company', approve('policy'))
      .act('2026-09-10 15:00', 'Company', approve('posting'));
    expect(vacant.state.inForceOn).toBe('2026-09-10');
  });

  test('a signature stands for approval and posting together', () => {
    const life = new Life(policy(), '2026-09-07 09:00').act('2026-09-07 10:00', 'management', sign());
    expect(life.state).toMatchObject({ status: 'active', inForceOn: '2026-09-07' });
  });

  test('a word of its own means the review or the approval that waits for the seat, never the posting (S003-N-13, S004-30)', () => {
    const life = new Life(policy(), '2026-09-07 09:00')
      .act('2026-09-07 10:00', 'management', approve('agreement'))
      .act('2026-09-07 11:00', 'management', approve('agreement'))
      .act('2026-09-07 11:00', 'management', approve('waiver:9'));
    expect(life.state.approvals).toMatchObject([{ what: 'policy', by: 'management' }]);
    expect(life.refusals.map(({ rejected, message }) => `${rejected}: ${message}`)).toEqual([
      'nothing-to-approve: nothing waits as agreement; what waits is posting',
      'nothing-to-approve: waiver:9 waits for nobody',
    ]);
    expect(life.state.inForceOn).toBeNull();
    const reviewed = new Life(agreed({ review: true }), '2026-09-07 09:00')
      .act('2026-09-07 10:00', 'A', approve('breach-liability'))
      .act('2026-09-07 10:00', 'A', approve('breach-liability'))
      .act('2026-09-07 10:00', 'coordinator', approve('agreement'));
    expect(reviewed.state.approvals).toMatchObject([{ what: 'review', by: 'A' }]);
    expect(codes(reviewed)).toEqual(['nothing-to-approve', 'nothing-to-approve']);
  });

  test('what is no policy has nothing to post', () => {
    const life = new Life(agreed({}), '2026-09-07 09:00')
      .act('2026-09-07 10:00', 'A', approve('posting'))
      .act('2026-09-07 10:00', 'A', approve('review'))
      .act('2026-09-07 10:00', 'A', approve('the weather'))
      .act('2026-09-07 10:00', 'A', approve('toString'));
    expect(codes(life)).toEqual(['not-provided', 'not-provided', 'nothing-to-approve', 'nothing-to-approve']);
  });
});

describe('taken back', () => {
  test('the coordinator withdraws what is not in force; the parties are told, and nobody is asked to sign any more', () => {
    const life = new Life(sealed(), '2026-09-05 09:00') // a Saturday
      .act('2026-09-05 10:00', 'A', { type: 'withdraw' })
      .act('2026-09-05 10:00', 'coordinator', { type: 'withdraw' })
      .act('2026-09-05 11:00', 'A', sign())
      .until('2026-09-20 09:00');
    expect(life.state).toMatchObject({ status: 'closed', endedOn: '2026-09-05', inForceOn: null });
    expect(life.rows()).toEqual(['report cancelled no date yet']);
    expect(codes(life)).toEqual(['not-responsible', 'agreement-ended']);
    expect(life.mail()).toEqual([
      '2026-09-07T09:00 agreement-withdrawn A/A',
      '2026-09-07T09:00 agreement-withdrawn B/B',
    ]);
  });

  test('what is in force is not taken back', () => {
    const life = new Life(agreed({}), '2026-09-07 09:00').sign('2026-09-07 10:00');
    expect(codes(life.act('2026-09-07 11:00', 'coordinator', { type: 'withdraw' }))).toEqual(['already-in-force']);
  });
});

test('a successor in a seat is asked for what is next: to seal, where the one before has signed', () => {
  const life = new Life(sealed(), '2026-09-07 09:00', { A: 'wang-qiang', B: 'li-na' })
    .act('2026-09-07 10:00', 'A', sign())
    .act('2026-09-08 10:00', 'coordinator', { type: 'replace', seat: 'A', personId: 'zhao-lei' })
    .until('2026-09-08 12:00');
  expect(life.letters.filter((line) => line.includes('invitation'))).toEqual([
    '2026-09-07T09:00 sign-invitation → wang-qiang',
    '2026-09-07T09:00 sign-invitation → li-na',
    '2026-09-07T10:00 seal-invitation → wang-qiang',
    '2026-09-08T10:00 seal-invitation → zhao-lei',
  ]);
});
