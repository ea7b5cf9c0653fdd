import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CompiledLife, CompiledTermination } from '../../domain/agreement/compiled.ts';
import { returned } from '../../domain/agreement/service.ts';
import { addDays } from '../../domain/local-date.ts';
import { Life, duty, lifeOf, paper, serviceAttachments, endRule } from '../support/life.ts';

const SIGNED = '2026-09-01 09:00';

/** S001a: failed negotiation of 15 days, force majeure, mutual agreement. */
const S001A = [
  endRule({ id: 'end-for-breach', gates: ['negotiation-failed', 'written-notice'], negotiationDays: 15 }),
  endRule({ id: 'end-by-force-majeure', ground: 'force-majeure', clauses: ['S001a-36'] }),
  endRule({ id: 'agreed-end', ground: 'mutual', gates: ['both-approve'], noticeDays: null, clauses: ['S001a-37'] }),
];
/** S001b: both agree for force majeure; the innocent side rescinds for serious breach, at once. */
const S001B = [
  endRule({ id: 'force-majeure-end', ground: 'force-majeure', gates: ['both-approve'], clauses: ['S001b-66'] }),
  endRule({
    id: 'rescission',
    ground: 'serious-breach',
    gates: ['innocent-party', 'written-notice'],
    clauses: ['S001b-67'],
  }),
];

/** The notice states its reasons; their words are outside of the process. */
const REASONS = { reasoned: true as const };

const MISSED = 'needs-analysis-report'; // due 2026-10-08, late from 2026-10-09 on

function lived(terminations: CompiledTermination[], change: Partial<CompiledLife> = {}): Life {
  return new Life(serviceAttachments({ life: lifeOf({ terminations, ...change }) }), SIGNED).sign(SIGNED);
}

/** The mail server of the address accepts the last written notice. */
function accepted(life: Life, at: string): Life {
  const notice = life.notices.findLast(({ facts }) => facts.serves !== undefined);
  if (!notice) throw new Error('no written notice');
  const serves = notice.facts.serves ?? '';
  return life.act(at, 'postmaster', { type: 'served', noticeId: notice.id, serves }, { via: 'mail' });
}

function breach(life: Life, at: string, more = {}): Life {
  return life.act(at, 'B', { type: 'serve', notice: 'breach', breach: MISSED, documents: [], ...more });
}

/** The coordinator enters for B what was handed over before, with its receipt. */
function breachByReceipt(life: Life, at: string, servedOn: string): Life {
  const notice = { type: 'serve' as const, notice: 'breach' as const, breach: MISSED, servedOn, documents: [paper()] };
  return life.act(at, 'coordinator', notice, { onBehalfOf: 'B' });
}

function termination(life: Life, at: string, seat: string, more = {}): Life {
  return life.act(at, seat, { type: 'serve', notice: 'termination', documents: [], ...more });
}

const codes = (life: Life): string[] => life.rejections.map(({ code }) => code);
const tail = (life: Life, types: string[]): string[] =>
  life.story().filter((line) => types.includes(line.split(' ')[0] ?? ''));
const END = ['breach-notified', 'notice-served', 'negotiation-failed', 'breach-cured', 'termination-notified'].concat(
  'approval-given',
  'agreement-terminated',
);

describe('termination for breach after failed negotiation (S001a-35)', () => {
  test('received 2026-10-12, 15 days to 2026-10-27; then notice of the end takes effect on receipt', () => {
    const life = accepted(breach(lived(S001A), '2026-10-12 10:00'), '2026-10-12 10:00');
    expect(life.state.breaches[0]).toMatchObject({ servedOn: '2026-10-12', due: { localDate: '2026-10-27' } });
    termination(life, '2026-10-27 16:00', 'B', { ground: 'breach' }); // the time to negotiate is not over
    termination(life, '2026-10-28 10:00', 'B', { ground: 'breach' });
    accepted(life, '2026-10-28 10:05').until('2026-10-28 18:00');
    expect(codes(life)).toEqual(['gate-closed']);
    expect(tail(life, END)).toEqual([
      `breach-notified ${MISSED} 2026-10-12T10:00:00+08:00`,
      `notice-served ${MISSED} 2026-10-12T10:00:00+08:00`,
      `negotiation-failed ${MISSED} 2026-10-28T00:00:00+08:00`,
      'termination-notified 2026-10-28T10:00:00+08:00',
      'notice-served 2026-10-28T10:05:00+08:00',
      'agreement-terminated 2026-10-28T10:05:00+08:00',
    ]);
    expect(life.state).toMatchObject({ status: 'terminated', endedOn: '2026-10-28' });
    expect(life.events.findLast(({ type }) => type === 'agreement-terminated')).toMatchObject({
      ground: 'breach',
      clauses: ['S001a-35'],
    });
    // 2026-10-09 to 2026-10-28, the day of the end among them: 20 × 5,000.00
    expect(life.ledger()).toEqual(['2026-10-28T10:05:00+08:00 penalty A>B 100000.00 20d']);
  });

  test('negotiation whose last day is a Saturday ends on the Monday (Civil Code 203)', () => {
    const life = accepted(breach(lived(S001A), '2026-10-16 10:00'), '2026-10-16 10:00'); // + 15 = 10-31, a Saturday
    expect(life.state.breaches[0]?.due?.localDate).toBe('2026-11-02');
  });

  test('a notice period of 31 days from 2026-10-28 ends on Saturday 2026-11-28: a period, no act, does not roll over', () => {
    const life = accepted(
      breach(lived([endRule({ ...S001A[0], noticeDays: 31 })]), '2026-10-12 10:00'),
      '2026-10-12 10:00',
    );
    termination(life, '2026-10-28 10:00', 'B', { ground: 'breach' });
    accepted(life, '2026-10-28 10:00').until('2026-11-28 23:59');
    expect(life.state.status).toBe('active');
    life.until('2026-11-30 12:00');
    expect(tail(life, END).at(-1)).toBe('agreement-terminated 2026-11-29T00:00:00+08:00');
    expect(life.state.endedOn).toBe('2026-11-28');
  });

  test('any receipt and any number of days: the end is the receipt plus the days, at 24:00', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 0, max: 60 }), (noticeDays, later) => {
        const day = addDays('2026-10-09', later);
        const life = lived([endRule({ ground: 'agreed-list', codes: ['MOVE'], noticeDays })]);
        termination(life, `${day} 11:00`, 'A', { ground: 'agreed-list', code: 'MOVE' });
        accepted(life, `${day} 11:00`);
        const end = addDays(day, noticeDays);
        expect(life.until(`${end} 23:59:59`).state.endedOn).toBeNull();
        expect(life.until(`${addDays(end, 1)} 00:00`).state.endedOn).toBe(end);
      }),
      { numRuns: 20 },
    );
  });

  test('handing in the report on 2026-10-20 puts the breach right at once: it is no ground any more', () => {
    const life = accepted(breach(lived(S001A), '2026-10-12 10:00'), '2026-10-12 10:00');
    life.submit('2026-10-20 10:00', MISSED);
    life.act('2026-10-21 10:00', 'A', { type: 'cure', breach: MISSED, documents: [] });
    breach(life, '2026-10-21 11:00'); // of what has been done since
    termination(life, '2026-10-30 10:00', 'B', { ground: 'breach', breach: 'breach-1' });
    termination(life, '2026-10-30 11:00', 'B', { ground: 'breach' });
    expect(tail(life, END).at(-1)).toBe(`breach-cured ${MISSED} 2026-10-20T10:00:00+08:00`);
    expect(codes(life)).toEqual(['breach-closed', 'breach-closed', 'breach-closed', 'gate-closed']);
    expect(life.mail(({ kind }) => kind === 'breach-cured')).toEqual([`2026-10-20T10:00 breach-cured B/B ${MISSED}`]);
  });

  test('while the report is open A alone cannot declare the breach put right; B can', () => {
    const life = accepted(breach(lived(S001A), '2026-10-12 10:00'), '2026-10-12 10:00');
    life.act('2026-10-20 10:00', 'A', { type: 'cure', breach: 'breach-1', documents: [paper()] });
    expect(codes(life)).toEqual(['gate-closed']);
    life.act('2026-10-21 10:00', 'B', { type: 'cure', breach: 'breach-1', documents: [] }).until('2026-10-21 10:00');
    expect(tail(life, END).at(-1)).toBe(`breach-cured ${MISSED} 2026-10-21T10:00:00+08:00`);
    expect(life.mail(({ kind }) => kind === 'breach-cured')).toEqual([`2026-10-21T10:00 breach-cured A/A ${MISSED}`]);
  });

  test('after 15 days in vain the report comes on 2026-10-29: too late for the negotiation, in time for a notice of the end', () => {
    const life = accepted(breach(lived(S001A), '2026-10-12 10:00'), '2026-10-12 10:00');
    life.submit('2026-10-29 10:00', MISSED);
    termination(life, '2026-10-30 10:00', 'B', { ground: 'breach', breach: 'breach-1' });
    expect(codes(life)).toEqual(['breach-closed']);
    expect(tail(life, END).slice(-2)).toEqual([
      `negotiation-failed ${MISSED} 2026-10-28T00:00:00+08:00`,
      `breach-cured ${MISSED} 2026-10-29T10:00:00+08:00`,
    ]);
  });

  test('once notice of the end was received on 2026-10-28, with 10 days, the report of 2026-10-29 changes nothing', () => {
    const life = lived([endRule({ ...S001A[0], noticeDays: 10 })]);
    accepted(breach(life, '2026-10-12 10:00'), '2026-10-12 10:00');
    accepted(termination(life, '2026-10-28 10:00', 'B', { ground: 'breach' }), '2026-10-28 10:00');
    life.submit('2026-10-29 10:00', MISSED).until('2026-11-08 00:00');
    expect(life.state).toMatchObject({ status: 'terminated', endedOn: '2026-11-07' });
    expect(tail(life, ['breach-cured'])).toEqual([]);
  });

  test('the same duty is notified once, and not as the breach of the other side', () => {
    const life = breach(lived(S001A), '2026-10-12 09:00', { against: 'B' });
    accepted(breach(life, '2026-10-12 10:00'), '2026-10-12 10:00');
    breach(life, '2026-10-13 10:00');
    breach(life.until('2026-10-28 10:00'), '2026-10-28 10:00', { against: 'A' });
    expect(codes(life)).toEqual(['not-breached', 'already-notified', 'already-notified']);
    expect(life.state.breaches).toHaveLength(1);
  });

  test('of two notices of the same duty, where the first was not received at first, one runs', () => {
    const life = breach(lived(S001A), '2026-10-12 10:00');
    const [first] = life.notices.filter(({ facts }) => facts.serves === 'breach-1');
    breach(life, '2026-10-14 10:00', { servedOn: '2026-10-14', documents: [paper()] });
    const late = { type: 'served' as const, noticeId: first?.id ?? '', serves: 'breach-1' };
    life.act('2026-10-14 11:00', 'postmaster', late, { via: 'mail' });
    expect(life.state.breaches.map(({ status }) => status)).toEqual(['notified', 'negotiating']);
    life.submit('2026-10-15 10:00', MISSED);
    expect(life.state.breaches.map(({ status }) => status)).toEqual(['cured', 'cured']);
  });

  test('no length of negotiation agreed: it goes on until B records on 2026-12-01 that it failed', () => {
    const open = lived([endRule({ ...S001A[0], negotiationDays: null })]);
    const failed = { type: 'cure' as const, breach: 'breach-1', failed: true as const, documents: [] };
    breach(open, '2026-10-12 10:00').act('2026-10-12 10:00', 'B', failed); // not received yet
    accepted(open, '2026-10-12 10:00').until('2026-11-30 10:00');
    expect(open.state.breaches).toMatchObject([{ status: 'negotiating', servedOn: '2026-10-12', due: null }]);
    termination(open, '2026-11-30 10:00', 'B', { ground: 'breach' });
    open.act('2026-12-01 10:00', 'A', failed);
    open.act('2026-12-01 10:00', 'coordinator', failed, { onBehalfOf: 'B' });
    open.act('2026-12-01 11:00', 'B', failed);
    expect(codes(open)).toEqual(['gate-closed', 'gate-closed', 'not-responsible', 'evidence-missing']);
    expect(tail(open, END).at(-1)).toBe(`negotiation-failed ${MISSED} 2026-12-01T11:00:00+08:00`);
    accepted(termination(open, '2026-12-02 10:00', 'B', { ground: 'breach' }), '2026-12-02 10:00');
    expect(open.until('2026-12-02 10:00').state.endedOn).toBe('2026-12-02');
  });

  test('where days are agreed nobody declares the failure before they are over', () => {
    const life = accepted(breach(lived(S001A), '2026-10-12 10:00'), '2026-10-12 10:00');
    life.act('2026-10-20 10:00', 'B', { type: 'cure', breach: 'breach-1', failed: true, documents: [] });
    expect(codes(life)).toEqual(['gate-closed']);
  });

  test('a second notice of the end on the same ground is refused while one runs', () => {
    const life = lived([endRule({ ground: 'agreed-list', codes: ['MOVE', 'SALE'], noticeDays: 30 })]);
    accepted(termination(life, '2026-10-12 10:00', 'A', { ground: 'agreed-list', code: 'MOVE' }), '2026-10-12 10:00');
    for (const [seat, code] of [
      ['A', 'MOVE'],
      ['A', 'SALE'],
      ['B', 'MOVE'],
    ] as const)
      termination(life, '2026-10-13 10:00', seat, { ground: 'agreed-list', code });
    expect(codes(life)).toEqual(['already-notified']);
    expect(life.state.terminations).toHaveLength(3);
  });

  test('a duty that is not late, the side in breach itself, and no duty that is late are no notice of breach', () => {
    const life = breach(lived(S001A), '2026-10-08 10:00'); // its last day
    breach(life, '2026-10-08 11:00', { breach: undefined });
    breach(life, '2026-10-12 10:00', { breach: 'unknown' });
    life.act('2026-10-12 10:00', 'A', { type: 'serve', notice: 'breach', breach: MISSED, documents: [] });
    life.act('2026-10-12 10:00', 'coordinator', { type: 'serve', notice: 'breach', breach: MISSED, documents: [] });
    life.act('2026-10-12 10:00', 'B', { type: 'cure', breach: 'breach-1', documents: [] });
    expect(codes(life)).toEqual([
      'not-breached',
      'not-breached',
      'unknown-obligation',
      'not-responsible',
      'not-responsible',
      'unknown-breach',
    ]);
  });

  test('an unnamed breach is the duty that is late: on 2026-10-12 the report; 15 days from the receipt to 2026-10-27', () => {
    const life = breach(lived(S001A), '2026-10-12 10:00', { breach: undefined });
    accepted(life, '2026-10-12 10:00');
    expect(life.state.breaches).toMatchObject([
      { by: 'B', against: 'A', obligation: MISSED, status: 'negotiating', due: { localDate: '2026-10-27' } },
    ]);
    breach(life, '2026-10-13 10:00', { breach: undefined }); // nothing else is late
    life.act('2026-10-13 11:00', 'A', { type: 'serve', notice: 'breach', documents: [] }); // B owes nothing
    expect(codes(life)).toEqual(['already-notified', 'not-breached']);
    expect(life.refusals.map(({ clauses }) => clauses)).toEqual([['S001a-35'], ['S001a-35']]);
  });

  test('of several the one due first that was not notified: the report of 2026-10-08, then the plan of 2026-11-02; done is done', () => {
    const life = lived(S001A);
    for (const at of ['2026-11-03 10:00', '2026-11-03 11:00']) {
      accepted(breach(life, at, { breach: undefined }), at);
    }
    expect(life.state.breaches.map(({ obligation }) => obligation)).toEqual([MISSED, 'process-plan']);
    const handedIn = lived(S001A).submit('2026-10-31 10:00', MISSED);
    breach(handedIn, '2026-11-03 10:00', { breach: undefined });
    expect(handedIn.state.breaches.map(({ obligation }) => obligation)).toEqual(['process-plan']);
  });

  test('an agreement that provides for nothing of the kind refuses it', () => {
    const life = new Life(serviceAttachments(), SIGNED).sign(SIGNED);
    breach(life, '2026-10-12 10:00');
    termination(life, '2026-10-12 10:00', 'B', { ground: 'breach' });
    termination(lived(S001A), '2026-10-12 10:00', 'B', {});
    expect(codes(life)).toEqual(['not-provided', 'not-provided']);
    const other = lived(S001A);
    for (const more of [{}, { ground: 'expiry' }, { ground: 'repeal' }])
      termination(other, '2026-10-12 10:00', 'B', more);
    expect(codes(other)).toEqual(['ground-missing', 'not-provided', 'not-provided']);
  });
});

describe('a notice takes effect when it reaches the other side (Civil Code 137, 565)', () => {
  test('it leaves at once, whatever the hour, to the other side; the coordinator gets a copy in notice hours', () => {
    const life = breach(lived(S001A), '2026-10-17 21:00').until('2026-10-19 12:00'); // a Saturday night
    expect(life.mail(({ kind }) => kind === 'breach-notice')).toEqual([
      `2026-10-17T21:00 breach-notice A/A ${MISSED}`,
      `2026-10-19T09:00 breach-notice coordinator/copy ${MISSED}`,
    ]);
    expect(life.notices.flatMap(({ facts }) => facts.serves ?? [])).toEqual(['breach-1']);
    expect(life.state.breaches[0]?.servedOn).toBeNull(); // sent is not received
  });

  test('one that came back is not served, although the server had taken it for a moment', () => {
    const life = breach(lived(S001A), '2026-10-12 10:00');
    const [notice] = life.notices.filter(({ facts }) => facts.serves !== undefined);
    if (!notice) throw new Error('no notice');
    const { actor: _actor, ...back } = returned(notice, '5.1.1');
    life.act('2026-10-12 10:01', 'postmaster', back, { via: 'mail' });
    accepted(life, '2026-10-12 10:02').until('2026-12-01 12:00');
    expect(life.state.breaches[0]).toMatchObject({ status: 'notified', servedOn: null });
    expect(tail(life, END)).toHaveLength(1);
    expect(life.mail(({ kind }) => kind === 'notice-undelivered')).toHaveLength(1);
  });

  test('being told twice of its receipt changes nothing', () => {
    const life = accepted(breach(lived(S001A), '2026-10-12 10:00'), '2026-10-12 10:00');
    const before = life.events.length;
    accepted(life, '2026-10-14 10:00');
    expect(life.events).toHaveLength(before);
    expect(life.state.breaches[0]).toMatchObject({ status: 'negotiating', servedOn: '2026-10-12' });
  });

  test('nobody but mail says that a mail arrived', () => {
    const life = breach(lived(S001A), '2026-10-12 10:00');
    life.act('2026-10-12 10:01', 'B', { type: 'served', noticeId: 'x', serves: 'breach-1' });
    expect(codes(life)).toEqual(['not-responsible']);
  });

  test('by hand on 2026-10-10 with the receipt: the day counts, the mail is for information', () => {
    const life = breach(lived(S001A), '2026-10-12 10:00', { servedOn: '2026-10-12' });
    breach(life, '2026-10-12 10:00', { servedOn: '2026-10-13', documents: [paper()] });
    breachByReceipt(life, '2026-10-12 10:00', '2026-10-10');
    expect(codes(life)).toEqual(['evidence-missing', 'date-out-of-range']);
    expect(life.state.breaches).toMatchObject([{ servedOn: '2026-10-10', due: { localDate: '2026-10-26' } }]); // 10-25 is a Sunday
    expect(life.notices.filter(({ facts }) => facts.serves !== undefined)).toEqual([]);
  });

  test('by hand, entered when the period is over already: the end bears its day and is told now', () => {
    const life = lived([endRule({ ground: 'agreed-list', codes: ['MOVE'], noticeDays: 3 })]);
    const byHand = { servedOn: '2026-10-12', documents: [paper()], ground: 'agreed-list' as const, code: 'MOVE' };
    const notice = { type: 'serve' as const, notice: 'termination' as const, ...byHand };
    life.act('2026-10-20 10:00', 'coordinator', notice, { onBehalfOf: 'B' }).until('2026-10-20 10:00');
    expect(tail(life, END).at(-1)).toBe('agreement-terminated 2026-10-20T10:00:00+08:00');
    expect(life.state.endedOn).toBe('2026-10-15');
    expect(life.ledger()).toEqual(['2026-10-20T10:00:00+08:00 penalty A>B 35000.00 7d']); // 10-09 to 10-15
  });

  test('a side that nobody is written to for is served by hand', () => {
    const life = new Life(serviceAttachments({ seats: ['B'], life: lifeOf({ terminations: S001A }) }), SIGNED);
    breach(life.sign(SIGNED), '2026-10-12 10:00');
    expect(codes(life)).toEqual(['evidence-missing']);
    // Whoever was written to has left: the coordinator, who is written to in their place, is not the other side.
    const left = lived(S001A).act('2026-10-12 09:00', 'coordinator', { type: 'vacate', seat: 'A' });
    breach(left, '2026-10-12 10:00');
    breach(left, '2026-10-12 11:00', { servedOn: '2026-10-12', documents: [paper()] });
    expect(codes(left)).toEqual(['evidence-missing']);
    expect(left.state.breaches).toMatchObject([{ servedOn: '2026-10-12' }]);
  });
});

describe('rescission for serious breach, at once (S001b-67)', () => {
  test('without negotiation, on receipt; the notice of the end may be the first word of the breach', () => {
    const life = termination(lived(S001B), '2026-10-12 10:00', 'B', { ground: 'serious-breach' });
    accepted(life, '2026-10-12 10:00').until('2026-10-12 10:00');
    expect(life.state).toMatchObject({ status: 'terminated', endedOn: '2026-10-12' });
  });

  test('on the first day, with nothing late: only with reasons; reasons are stated, or they are none', () => {
    const life = termination(lived(S001B), '2026-09-02 10:00', 'B', { ground: 'serious-breach' });
    termination(life, '2026-09-02 10:00', 'B', { ground: 'serious-breach', against: 'A' });
    termination(life, '2026-09-02 10:00', 'B', { ground: 'serious-breach', breach: MISSED });
    breach(life, '2026-09-02 10:00', { breach: undefined, against: 'A' });
    expect(codes(life)).toEqual(['ground-missing', 'ground-missing', 'unknown-breach', 'ground-missing']);
    termination(life, '2026-09-02 11:00', 'B', { ground: 'serious-breach', against: 'A', ...REASONS });
    accepted(life, '2026-09-02 11:00').until('2026-09-02 11:00');
    expect(life.state.endedOn).toBe('2026-09-02');
  });

  test('where it is agreed what is serious, one of that is cited, or a duty that is missed, or a breach that was notified', () => {
    const agreed = S001B.map((one) => (one.ground === 'serious-breach' ? { ...one, codes: ['ground-1'] } : one));
    const serious = (life: Life, more: object): Life =>
      termination(life, '2026-10-12 10:00', 'B', { ground: 'serious-breach', ...more });
    const refused = serious(lived(agreed), { code: 'nothing-such', ...REASONS }); // the report is late
    serious(refused, REASONS);
    serious(refused, {});
    breach(refused, '2026-10-12 10:00', { breach: undefined, against: 'A', ...REASONS });
    breach(refused, '2026-10-12 10:00', { breach: undefined }); // a late duty is not serious unless it is said to be
    expect(codes(refused)).toEqual(Array(5).fill('ground-missing'));
    expect(refused.state.terminations).toEqual([]);
    expect(codes(serious(lived(agreed), { code: 'ground-1' }))).toEqual([]);
    expect(codes(serious(lived(agreed), { breach: MISSED }))).toEqual([]);
    expect(codes(serious(breach(lived(agreed), '2026-10-12 09:00'), {}))).toEqual([]);
    const done = breach(lived(agreed), '2026-10-12 09:00').submit('2026-10-12 09:30', MISSED);
    expect(codes(serious(serious(done, { breach: MISSED }), {}))).toEqual(['breach-closed', 'ground-missing']);
  });

  test('a notice of the end that rests on a breach put right before it is received ends nothing', () => {
    const life = accepted(breach(lived(S001B), '2026-10-12 09:00'), '2026-10-12 09:00');
    termination(life, '2026-10-12 10:00', 'B', { ground: 'serious-breach' }).submit('2026-10-12 10:01', MISSED);
    accepted(life, '2026-10-12 10:02').until('2026-10-20 10:00');
    expect(life.state).toMatchObject({ status: 'active', terminations: [{ breach: 'breach-1', due: null }] });
  });

  test('a breach is notified with reasons alone, fails at once on receipt, and closes the way for the side in breach', () => {
    const life = breach(lived(S001B), '2026-10-12 10:00', { breach: undefined, against: 'A', ...REASONS });
    accepted(life, '2026-10-12 10:00');
    termination(life, '2026-10-13 10:00', 'A', { ground: 'serious-breach' });
    termination(life, '2026-10-13 10:00', 'A', { ground: 'serious-breach', breach: 'breach-1' });
    termination(life, '2026-10-13 10:00', 'B', { ground: 'serious-breach', breach: 'breach-2' });
    termination(life, '2026-10-13 10:00', 'B', { ground: 'serious-breach', breach: 'breach-1' });
    accepted(life, '2026-10-13 10:00').until('2026-10-13 12:00');
    expect(codes(life)).toEqual(['gate-closed', 'gate-closed', 'unknown-breach']);
    expect(tail(life, END)).toEqual([
      'breach-notified 2026-10-12T10:00:00+08:00',
      'notice-served 2026-10-12T10:00:00+08:00',
      'negotiation-failed 2026-10-12T10:00:00+08:00',
      'termination-notified 2026-10-13T10:00:00+08:00',
      'notice-served 2026-10-13T10:00:00+08:00',
      'agreement-terminated 2026-10-13T10:00:00+08:00',
    ]);
  });
});

describe('only the innocent side rescinds for serious breach (S001b-67)', () => {
  /** A owes the report by 2026-10-08; B owes its data by 2026-10-11, a Sunday: 2026-10-12. */
  const both = (): Life => {
    const agreement = serviceAttachments({ life: lifeOf({ terminations: S001B }) });
    const data = duty('customer-data', 'signing', '40 days', { responsible: 'B' });
    return new Life({ ...agreement, obligations: [...agreement.obligations, data] }, SIGNED).sign(SIGNED);
  };
  const rescind = (life: Life, at: string, seat: string, more = {}): Life =>
    termination(life, at, seat, { ground: 'serious-breach', ...more });

  test('A is late with its report from 2026-10-09: A cannot rescind, B can, on receipt', () => {
    const life = rescind(lived(S001B), '2026-10-09 10:00', 'A');
    expect(codes(life)).toEqual(['gate-closed']);
    rescind(life, '2026-10-09 11:00', 'B');
    accepted(life, '2026-10-09 11:05').until('2026-10-09 12:00');
    expect(codes(life)).toEqual(['gate-closed']);
    expect(tail(life, END)).toEqual([
      'termination-notified 2026-10-09T11:00:00+08:00',
      'notice-served 2026-10-09T11:05:00+08:00',
      'agreement-terminated 2026-10-09T11:05:00+08:00',
    ]);
  });

  test('a notice that names its own side as the one in breach is refused', () => {
    const life = rescind(lived(S001B), '2026-09-10 10:00', 'A', { against: 'A' });
    rescind(life, '2026-09-10 11:00', 'A', { against: 'B', ...REASONS });
    expect(codes(life)).toEqual(['gate-closed']);
    expect(life.state.terminations).toMatchObject([{ by: 'A', ground: 'serious-breach' }]);
  });

  test('until 24:00 of 2026-10-08 A is not late and may rescind; once the report is there, it may again', () => {
    expect(codes(rescind(lived(S001B), '2026-10-08 23:59', 'A', REASONS))).toEqual([]);
    const late = lived(S001B).submit('2026-10-12 10:00', MISSED);
    expect(codes(rescind(late, '2026-10-12 11:00', 'A', REASONS))).toEqual([]);
  });

  test('both are late on 2026-10-13: each can, with a breach of the other that it notified with reasons', () => {
    for (const [by, other] of [
      ['A', 'B'],
      ['B', 'A'],
    ] as const) {
      const life = both().until('2026-10-13 09:00');
      expect(life.obligation(MISSED).status).toBe('overdue');
      expect(life.obligation('customer-data').status).toBe('overdue');
      const notice = { type: 'serve' as const, notice: 'breach' as const, against: other, ...REASONS };
      life.act('2026-10-13 10:00', by, { ...notice, documents: [paper()] });
      accepted(life, '2026-10-13 10:01');
      rescind(life, '2026-10-13 11:00', by, { breach: 'breach-1' });
      accepted(life, '2026-10-13 11:01').until('2026-10-13 12:00');
      expect(codes(life)).toEqual([]);
      expect(life.state).toMatchObject({ status: 'terminated', endedOn: '2026-10-13' });
      expect(life.state.terminations).toMatchObject([{ by, breach: 'breach-1' }]);
    }
  });

  test('both are late, and B has notified A of its breach: A rescinds only with a breach of B that it notified itself', () => {
    const life = both().until('2026-10-13 09:00');
    accepted(breach(life, '2026-10-13 10:00'), '2026-10-13 10:00');
    rescind(life, '2026-10-13 11:00', 'A');
    expect(codes(life)).toEqual(['gate-closed']);
    life.act('2026-10-13 12:00', 'A', { type: 'serve', notice: 'breach', breach: 'customer-data', documents: [] });
    accepted(life, '2026-10-13 12:00');
    rescind(life, '2026-10-13 13:00', 'A');
    accepted(life, '2026-10-13 13:00').until('2026-10-13 14:00');
    expect(codes(life)).toEqual(['gate-closed']);
    expect(life.state.terminations).toMatchObject([{ by: 'A', breach: 'breach-2' }]);
    expect(life.state.endedOn).toBe('2026-10-13');
  });
});

describe('an agreement of three parties', () => {
  const LIST = endRule({ ground: 'agreed-list', codes: ['MOVE'], noticeDays: 30, clauses: ['S001c-62'] });
  const three = (terminations: CompiledTermination[], seats = ['A', 'B', 'C', 'coordinator']): Life =>
    new Life(
      serviceAttachments({
        parties: ['A', 'B', 'C'],
        signatories: ['A', 'B', 'C'],
        seats,
        life: lifeOf({ terminations }),
      }),
      SIGNED,
    ).sign(SIGNED);
  const taken = (life: Life, at: string, seat: string): Life => {
    const notice = life.notices.findLast((one) => one.seat === seat && one.facts.serves !== undefined);
    if (!notice) throw new Error(`no written notice to ${seat}`);
    const served = { type: 'served' as const, noticeId: notice.id, serves: notice.facts.serves ?? '', seat };
    return life.act(at, 'postmaster', served, { via: 'mail' });
  };

  test('the notice goes to each of the others; its 30 days run when the last has it: 2026-10-14 to 2026-11-13', () => {
    const life = termination(three([LIST]), '2026-10-12 10:00', 'A', { ground: 'agreed-list', code: 'MOVE' });
    const written = life.notices.filter(({ facts }) => facts.serves !== undefined);
    expect(written.map(({ kind, seat, facts }) => `${kind} ${seat} to ${facts.against ?? ''}`)).toEqual([
      'termination-notice B to B',
      'termination-notice C to C',
    ]);
    taken(life, '2026-10-12 10:01', 'B');
    expect(life.state.terminations).toMatchObject([{ received: { B: '2026-10-12' }, servedOn: null, due: null }]);
    life.until('2026-10-14 09:00'); // nothing runs while C has not got it
    expect(life.mail(({ kind, role }) => kind === 'termination-notice' && role === 'copy')).toEqual([
      '2026-10-12T10:00 termination-notice coordinator/copy',
    ]);
    taken(life, '2026-10-14 09:30', 'C');
    expect(life.state.terminations).toMatchObject([{ servedOn: '2026-10-14', due: { localDate: '2026-11-13' } }]);
    life.until('2026-11-14 00:00');
    expect(tail(life, END)).toEqual([
      'termination-notified 2026-10-12T10:00:00+08:00',
      'notice-served 2026-10-12T10:01:00+08:00',
      'notice-served 2026-10-14T09:30:00+08:00',
      'agreement-terminated 2026-11-14T00:00:00+08:00',
    ]);
    expect(life.state.endedOn).toBe('2026-11-13');
  });

  test('whose mail came back has not got it: no period runs; handed over to all on 2026-10-19 it is served', () => {
    const life = termination(three([LIST]), '2026-10-12 10:00', 'A', { ground: 'agreed-list', code: 'MOVE' });
    const toC = life.notices.findLast(({ seat, facts }) => seat === 'C' && facts.serves !== undefined);
    life.act('2026-10-12 10:00', 'postmaster', returned(toC ?? { id: '', seat: '', kind: '', facts: {} }, '5.1.1'), {
      via: 'mail',
    });
    taken(life, '2026-10-12 10:01', 'B');
    taken(life, '2026-10-12 10:02', 'C');
    expect(life.state.terminations).toMatchObject([{ servedOn: null, due: null }]);
    const byHand = { ground: 'agreed-list', code: 'MOVE', servedOn: '2026-10-19', documents: [paper()] };
    termination(life, '2026-10-19 10:00', 'A', byHand);
    expect(life.state.terminations[1]).toMatchObject({ servedOn: '2026-10-19', due: { localDate: '2026-11-18' } });
  });

  test('where one of them has no address, it is served by hand', () => {
    const life = termination(three([LIST], ['A', 'B', 'coordinator']), '2026-10-12 10:00', 'A', {
      ground: 'agreed-list',
      code: 'MOVE',
    });
    expect(codes(life)).toEqual(['evidence-missing']);
    expect(life.state.terminations).toEqual([]);
  });

  test('an end by agreement needs every other party', () => {
    const life = termination(three(S001A), '2026-11-02 10:00', 'A', { ground: 'mutual' });
    life.act('2026-11-03 10:00', 'B', { type: 'approve', what: 'termination', documents: [] });
    expect(life.state.status).toBe('active');
    life
      .act('2026-11-04 10:00', 'C', { type: 'approve', what: 'termination', documents: [] })
      .until('2026-11-04 10:00');
    expect(life.state).toMatchObject({ status: 'terminated', endedOn: '2026-11-04' });
  });
});

describe('an end that both agree to (S001a-37)', () => {
  test('on the day agreed, 2026-12-31, by the consent of the other side; each asked by mail', () => {
    const life = termination(lived(S001A), '2026-11-02 10:00', 'A', { ground: 'mutual', endsOn: '2026-12-31' });
    expect(life.state.terminations).toMatchObject([{ needs: ['B'], servedOn: null, due: null }]);
    life.act('2026-11-03 09:30', 'A', { type: 'approve', what: 'termination', documents: [] });
    life.act('2026-11-03 10:00', 'B', { type: 'approve', what: 'termination', documents: [] });
    life.act('2026-11-03 11:00', 'B', { type: 'approve', what: 'termination', documents: [] });
    life.until('2027-01-01 00:00');
    expect(codes(life)).toEqual(['nothing-to-approve', 'nothing-to-approve']);
    expect(life.mail(({ kind }) => kind === 'termination-consent')).toEqual([
      '2026-11-02T10:00 termination-consent B/B',
    ]);
    expect(tail(life, END)).toEqual([
      'termination-notified 2026-11-02T10:00:00+08:00',
      'approval-given 2026-11-03T10:00:00+08:00',
      'notice-served 2026-11-03T10:00:00+08:00',
      'agreement-terminated 2027-01-01T00:00:00+08:00',
    ]);
    expect(life.state.endedOn).toBe('2026-12-31');
  });

  test("the other side's own notice of the same is its consent; without a day it ends at once", () => {
    const life = termination(lived(S001A), '2026-11-02 10:00', 'A', { ground: 'mutual' });
    termination(life, '2026-11-04 10:00', 'B', { ground: 'mutual' }).until('2026-11-04 10:00');
    expect(life.state).toMatchObject({ status: 'terminated', endedOn: '2026-11-04' });
    expect(life.state.terminations).toHaveLength(1);
  });

  test('the coordinator enters a consent with its paper alone', () => {
    const life = termination(lived(S001A), '2026-11-02 10:00', 'A', { ground: 'mutual' });
    const forB = { onBehalfOf: 'B' };
    life.act('2026-11-03 10:00', 'coordinator', { type: 'approve', what: 'termination', documents: [] }, forB);
    life.act('2026-11-03 10:00', 'coordinator', { type: 'approve', what: 'termination', documents: [paper()] }, forB);
    expect(codes(life)).toEqual(['evidence-missing']);
    expect(life.until('2026-11-03 10:00').state.endedOn).toBe('2026-11-03');
  });
});

describe('other grounds', () => {
  test('force majeure ends it only while it is on record as going on; a suspended agreement ends like another (S001a-36)', () => {
    const life = lived(S001A, { suspension: [{ grounds: ['force-majeure'], clauses: ['S001a-36'] }] });
    termination(life, '2026-09-10 10:00', 'A', { ground: 'force-majeure' });
    life.act('2026-09-11 10:00', 'A', {
      type: 'suspend',
      ground: 'force-majeure',
      obligations: [],
      documents: [paper()],
    });
    expect(life.state.status).toBe('suspended');
    termination(life, '2026-09-21 10:00', 'A', { ground: 'force-majeure' });
    accepted(life, '2026-09-21 10:00').until('2026-09-21 10:00');
    expect(codes(life)).toEqual(['gate-closed']);
    expect(life.state).toMatchObject({ status: 'terminated', endedOn: '2026-09-21' });
  });

  test('force majeure that is over when the other side consents, or has the notice, ends nothing (S001a-36, S001b-66)', () => {
    const suspension = [{ grounds: ['force-majeure' as const], clauses: ['S001a-36'] }];
    const prevented = {
      type: 'suspend' as const,
      ground: 'force-majeure' as const,
      obligations: [],
      documents: [paper()],
    };
    const resume = { type: 'resume' as const, obligations: [], documents: [paper()] };
    for (const rules of [S001A, S001B]) {
      const life = lived(rules, { suspension }).act('2026-09-11 10:00', 'A', prevented);
      termination(life, '2026-09-14 10:00', 'A', { ground: 'force-majeure' }).act('2026-09-15 10:00', 'A', resume);
      if (rules === S001A) accepted(life, '2026-09-16 10:00');
      else life.act('2026-09-16 10:00', 'B', { type: 'approve', what: 'termination', documents: [] });
      expect(codes(life.until('2026-09-30 10:00'))).toEqual(rules === S001A ? [] : ['gate-closed']);
      expect(life.state).toMatchObject({
        status: 'active',
        endedOn: null,
        terminations: [{ servedOn: null, due: null }],
      });
    }
  });

  test('an agreed list: the notice cites one of its codes (S001c-62)', () => {
    const life = lived([endRule({ ground: 'agreed-list', codes: ['BREACH', 'FORCE_MAJEURE'], clauses: ['S001c-62'] })]);
    termination(life, '2026-10-12 10:00', 'A', { ground: 'agreed-list', code: 'WHIM' });
    termination(life, '2026-10-12 10:00', 'A', { ground: 'agreed-list', endsOn: '2026-10-11', code: 'BREACH' });
    termination(life, '2026-10-12 10:00', 'A', { ground: 'agreed-list', endsOn: '2026-10-31', code: 'BREACH' });
    accepted(life, '2026-10-12 10:00').until('2026-11-01 00:00');
    expect(codes(life)).toEqual(['ground-missing', 'date-out-of-range']);
    expect(life.events.findLast(({ type }) => type === 'agreement-terminated')).toMatchObject({
      ground: 'agreed-list',
      code: 'BREACH',
      endedOn: '2026-10-31',
    });
  });

  test('a policy is repealed by whoever issued it: nobody stands on the other side (S004-30)', () => {
    const life = new Life(
      serviceAttachments({
        parties: ['management'],
        signatories: ['management'],
        seats: ['management', 'service'],
        seatParties: { service: 'management' },
        obligations: [duty('report', 'effect', '30 days', { responsible: 'service' })],
        life: lifeOf({ terminations: [endRule({ ground: 'repeal', clauses: ['S004-30'] })] }),
      }),
      SIGNED,
    ).sign(SIGNED);
    termination(life, '2026-09-15 10:00', 'service', { ground: 'repeal' });
    termination(life, '2026-09-15 10:00', 'management', { ground: 'repeal' }).until('2026-09-15 10:00');
    expect(codes(life)).toEqual(['not-responsible']);
    expect(life.state).toMatchObject({ status: 'terminated', endedOn: '2026-09-15' });
    expect(life.mail(({ kind }) => kind === 'agreement-terminated')).toEqual([
      '2026-09-15T10:00 agreement-terminated management/management',
      '2026-09-15T10:00 agreement-terminated service/service',
    ]);
  });

  test('where a policy names its approver, a repeal is approved by it and then posted, as a revision is (S004-30)', () => {
    const life = new Life(
      serviceAttachments({
        parties: ['Company'],
        signatories: ['Company'],
        seats: ['Company', 'management', 'coordinator'],
        seatParties: { management: 'Company' },
        obligations: [duty('report', 'effect', '30 days', { responsible: 'Company' })],
        life: lifeOf({
          effect: {
            seal: false,
            sealClauses: [],
            review: false,
            reviewClauses: [],
            policy: true,
            approver: 'management',
          },
          terminations: [endRule({ ground: 'repeal', clauses: ['S004-30'] })],
        }),
      }),
      SIGNED,
    ).sign(SIGNED);
    const approve = (what: string) => ({ type: 'approve' as const, what, documents: [] });
    termination(life, '2026-09-15 10:00', 'Company', { ground: 'repeal' })
      .act('2026-09-15 11:00', 'Company', approve('posting:termination-1'))
      .act('2026-09-16 10:00', 'management', approve('termination:termination-1'))
      .act('2026-09-16 10:00', 'management', approve('posting:termination-1'))
      .until('2026-09-18 09:00');
    expect(codes(life)).toEqual(['gate-closed', 'not-responsible']);
    expect(life.state.status).toBe('active');
    life.act('2026-09-18 10:00', 'Company', approve('posting:termination-1')).until('2026-09-18 10:00');
    expect(life.state).toMatchObject({ status: 'terminated', endedOn: '2026-09-18' });
    expect(life.mail(({ act }) => act === 'approve')).toEqual([
      '2026-09-01T09:00 approval-request management/management', // before it was signed
      '2026-09-15T10:00 termination-consent management/management',
      '2026-09-16T10:00 approval-request Company/Company',
    ]);
  });

  test('the first notice to run out ends it; what runs afterwards changes nothing', () => {
    const list = endRule({ ground: 'agreed-list', codes: ['MOVE'], noticeDays: 30 });
    const life = termination(lived([list, ...S001B]), '2026-10-12 10:00', 'A', { ground: 'agreed-list', code: 'MOVE' });
    accepted(life, '2026-10-12 10:00');
    termination(life, '2026-10-14 10:00', 'B', { ground: 'serious-breach' });
    accepted(life, '2026-10-14 10:00').until('2026-12-31 00:00');
    expect(life.state.endedOn).toBe('2026-10-14');
    expect(tail(life, ['agreement-terminated'])).toHaveLength(1);
  });
});
