import { describe, expect, test } from 'vitest';
import { postEngagement } from '../../domain/engagement/posted.ts';
import type { PostEngagement } from '../../domain/agreement/command.ts';
import type { EngagementPersonCommand } from '../../domain/engagement/command.ts';
import type { ProcessCommandEnvelope } from '../../domain/process/process.ts';
import { noticeTaken } from '../../domain/engagement/notice-taken.ts';
import { openShares } from '../../domain/engagement/standing.ts';
import { begun, codes, document, kinds, signed, whole } from '../support/engagement-life.ts';

type Order<T extends EngagementPersonCommand['type']> = Omit<
  Extract<EngagementPersonCommand, { type: T }>,
  keyof ProcessCommandEnvelope
>;

const CAPPED = { thirdPartyLiabilityCap: '100000.00', capConsentDays: 10 };
const loss = (amount: string, more: object = {}): Order<'report-loss'> => ({
  type: 'report-loss',
  loss: 'loss-1',
  amount,
  cause: 'third',
  category: 'other',
  documents: [document],
  ...more,
});
const agreed: Order<'answer-loss'> = { type: 'answer-loss', loss: 'loss-1', verdict: 'agree', documents: [] };
const posted = (life: ReturnType<typeof signed>) =>
  life
    .errandsOf('tell')
    .flatMap(({ command }) =>
      (command as unknown as PostEngagement).lines.map(
        ({ kind, debtor, creditor, amount }) => `${kind} ${debtor} ${creditor} ${amount}`,
      ),
    );

describe('the cap (S001b-76 to -79)', () => {
  const proposed = (terms = CAPPED) =>
    signed(terms).act('2026-04-01 10:00', 'A', { type: 'propose-cap', amount: '150000.00', rationale: [] });
  const answer = (verdict: 'consent' | 'decline'): Order<'answer-cap'> => ({
    type: 'answer-cap',
    verdict,
    documents: [],
  });
  const notified = () => {
    const life = proposed().act('2026-04-02 10:00', 'B', answer('consent'));
    const notice = life.notices.find(({ kind }) => kind === 'engagement-notice');
    const { id, actor, receivedAtMs, ...said } = noticeTaken({
      noticeId: notice?.id ?? '',
      serves: notice?.facts.serves ?? '',
      seat: 'third',
      sentAtMs: life.ms('2026-04-02 10:01'),
    });
    return life.receive('2026-04-02 10:01', actor, said);
  };

  test('one party proposes, the other agrees, the third party has its written notice, and only then answers', () => {
    const life = proposed();
    life.act('2026-04-01 11:00', 'A', answer('consent')).act('2026-04-01 12:00', 'third', answer('consent'));
    expect(codes(life)).toEqual(['own-proposal', 'gate-closed']);
    expect(life.state.caps).toEqual([{ amount: '100000.00', from: '2026-03-11' }]);
  });

  test('with its consent the new cap holds from that day on; a loss of the day before has the old one', () => {
    const life = notified().act('2026-04-08 10:00', 'third', answer('consent'));
    expect(life.state.caps.at(-1)).toEqual({ amount: '150000.00', from: '2026-04-08' });
    life.act('2026-05-06 10:00', 'B', loss('120000.00', { lossOn: '2026-04-07' }));
    life.act('2026-05-06 11:00', 'B', loss('120000.00', { loss: 'loss-2', lossOn: '2026-04-08' }));
    expect(life.state.losses.map(({ cap, recoverable, ownLoss }) => [cap, recoverable, ownLoss])).toEqual([
      ['100000.00', '100000.00', '20000.00'],
      ['150000.00', '120000.00', '0.00'],
    ]);
  });

  test('declined, or ten days of silence (2026-04-12 is a Sunday: until 2026-04-13), leave the old cap', () => {
    const declined = notified().act('2026-04-08 10:00', 'third', answer('decline'));
    expect([declined.state.capChanges[0]?.status, declined.state.caps.length]).toEqual(['declined', 1]);
    const silent = notified().until('2026-04-13 23:59');
    expect(silent.state.capChanges[0]?.status).toBe('notified');
    silent.until('2026-04-14 00:00');
    expect([silent.state.capChanges[0]?.status, silent.state.caps.length]).toEqual(['lapsed', 1]);
  });

  test('the notice of a change that came to nothing is not the notice of the next one, however late its mail leaves', () => {
    const life = proposed().act('2026-04-02 10:00', 'B', answer('consent'));
    life.act('2026-04-02 11:00', 'A', { type: 'serve', notice: 'cap', servedOn: '2026-04-02', documents: [document] });
    life.act('2026-04-03 10:00', 'third', answer('decline'));
    life.act('2026-04-07 10:00', 'A', { type: 'propose-cap', amount: '180000.00', rationale: [] });
    life.act('2026-04-07 11:00', 'B', answer('consent'));
    const [first, second] = life.notices.filter(({ kind }) => kind === 'engagement-notice');
    expect([first?.facts.serves, second?.facts.serves]).toEqual([
      'engagement:diagnosis:cap-1',
      'engagement:diagnosis:cap-2',
    ]);
    for (const [mail, status] of [
      [first, 'agreed'],
      [second, 'notified'],
    ] as const) {
      const { id, actor, receivedAtMs, ...said } = noticeTaken({
        ...{ noticeId: mail?.id ?? '', serves: mail?.facts.serves ?? '', seat: 'third' },
        sentAtMs: life.ms('2026-04-07 12:00'),
      });
      life.receive('2026-04-07 12:00', actor, said);
      expect(life.state.capChanges[1]?.status).toBe(status);
    }
  });

  test('a lower cap is warned of by what was used before', () => {
    const life = signed(CAPPED).act('2026-03-20 10:00', 'B', loss('45000.00')).act('2026-03-20 11:00', 'third', agreed);
    life.act('2026-04-01 10:00', 'A', { type: 'propose-cap', amount: '50000.00', rationale: [] });
    life.act('2026-04-02 10:00', 'B', answer('consent'));
    life.act('2026-04-02 11:00', 'A', { type: 'serve', notice: 'cap', servedOn: '2026-04-02', documents: [document] });
    life.act('2026-04-03 10:00', 'third', answer('consent'));
    expect(life.last('engagement-cap-reached')).toMatchObject({ percent: 80, used: '45000.00', cap: '50000.00' });
  });

  test('without an agreed number of days it waits; another change waits for the first', () => {
    const life = proposed({ thirdPartyLiabilityCap: '100000.00' } as typeof CAPPED);
    life.act('2026-04-02 09:00', 'B', { type: 'propose-cap', amount: '90000.00', rationale: [] });
    life.act('2026-04-02 10:00', 'B', answer('consent'));
    life.act('2026-04-03 10:00', 'A', { type: 'serve', notice: 'cap', servedOn: '2026-04-03', documents: [document] });
    expect([codes(life), life.state.capChanges[0]?.due]).toEqual([['already-notified'], null]);
  });
});

describe('a loss (S001a-56, S001b-82 to -84)', () => {
  test('120,000.00 with a cap of 100,000.00: 100,000.00 to recover, 20,000.00 of one’s own, no share where none is agreed', () => {
    const life = signed(CAPPED).act('2026-05-06 10:00', 'B', loss('120000.00'));
    expect(life.state.losses[0]).toMatchObject({ recoverable: '100000.00', ownLoss: '20000.00', ownShares: null });
    expect(posted(life)).toEqual([]); // nobody decides for another party
    life.act('2026-05-07 10:00', 'B', agreed).act('2026-05-07 11:00', 'third', agreed);
    expect(codes(life)).toEqual(['not-responsible']);
    expect(posted(life)).toEqual(['claim third B 100000.00']);
  });

  test('without a cap the law decides: nothing is reckoned, neither zero nor all of it', () => {
    const life = signed().act('2026-05-06 10:00', 'A', loss('120000.00'));
    expect(life.state.losses[0]).toMatchObject({ cap: null, recoverable: null, ownLoss: null });
    life.act('2026-05-07 10:00', 'third', { ...agreed, amount: '70000.00' });
    expect(posted(life)).toEqual(['claim third A 70000.00']);
  });

  test('what was agreed before takes from the cap; it warns once each at 50, 80 and 100 %', () => {
    const life = signed(CAPPED);
    const pair = (name: string, amount: string): void => {
      life.act('2026-05-06 10:00', 'B', loss(amount, { loss: name }));
      life.act('2026-05-06 11:00', 'third', { ...agreed, loss: name });
    };
    pair('one', '50000.00');
    pair('two', '20000.00');
    pair('three', '40000.00');
    expect(life.state.losses.map(({ recoverable, ownLoss }) => [recoverable, ownLoss])).toEqual([
      ['50000.00', '0.00'],
      ['20000.00', '0.00'],
      ['30000.00', '10000.00'],
    ]);
    const warned = life.events.flatMap((event) => (event.type === 'engagement-cap-reached' ? [event.percent] : []));
    expect(warned).toEqual([50, 100]);
  });

  test('whoever of the parties caused it bears it, once it says so itself; the third party owes nothing of it', () => {
    const life = signed(CAPPED).act('2026-05-06 10:00', 'A', loss('3000.00', { cause: 'B' }));
    expect(life.state.losses[0]).toMatchObject({ status: 'claimed', recoverable: '0.00', ownShares: { B: '3000.00' } });
    life.act('2026-05-07 09:00', 'third', agreed).act('2026-05-07 09:10', 'A', agreed);
    expect(codes(life)).toEqual(['not-responsible', 'not-responsible']);
    life.act('2026-05-07 10:00', 'B', { ...agreed, verdict: 'dispute' });
    expect([life.state.losses[0]?.status, posted(life)]).toEqual(['disputed', []]);
    life.act('2026-05-08 10:00', 'B', agreed);
    expect([life.state.losses[0]?.status, posted(life)]).toEqual(['own', ['claim B A 3000.00']]);
  });

  test('what a party says it caused itself is borne by it at once', () => {
    const life = signed(CAPPED).act('2026-05-06 10:00', 'B', loss('3000.00', { cause: 'B' }));
    expect(life.state.losses[0]).toMatchObject({ status: 'own', recoverable: '0.00', ownShares: { B: '3000.00' } });
  });

  test('agreeing to a part settles that part: the rest stays in dispute until it is agreed to, or whoever asked drops it', () => {
    const life = signed(CAPPED).act('2026-05-06 10:00', 'B', loss('120000.00'));
    life.act('2026-05-07 10:00', 'third', { ...agreed, amount: '30000.00' });
    expect(life.state.losses[0]).toMatchObject({ status: 'disputed', agreedAmount: '30000.00', recovered: '30000.00' });
    life.act('2026-05-08 10:00', 'third', { ...agreed, amount: '90000.01' });
    life.act('2026-05-08 11:00', 'third', agreed);
    // 30,000.00 and the 70,000.00 that the cap leaves; 20,000.00 of one's own.
    expect(posted(life)).toEqual(['claim third B 30000.00', 'claim third B 70000.00']);
    expect(life.state.losses[0]).toMatchObject({
      ...{ status: 'agreed', agreedAmount: '120000.00', recoverable: '100000.00', ownLoss: '20000.00' },
    });
    expect(codes(life)).toEqual(['amount-too-large']);

    const dropped = signed(CAPPED).act('2026-05-06 10:00', 'B', loss('120000.00'));
    dropped.act('2026-05-07 10:00', 'third', { ...agreed, amount: '30000.00' });
    dropped.act('2026-05-08 10:00', 'A', { ...agreed, verdict: 'drop' });
    dropped.act('2026-05-08 10:10', 'B', { ...agreed, verdict: 'drop' });
    expect(codes(dropped)).toEqual(['not-responsible']);
    expect(dropped.state.losses[0]).toMatchObject({ status: 'agreed', recoverable: '30000.00', ownLoss: '0.00' });
  });

  test('two that are reported while the engine is away never get one name', () => {
    const { loss: _name, ...unnamed } = loss('1.00');
    const life = signed(CAPPED).act('2026-05-06 10:00', 'A', loss('1.00', { loss: 'loss-2' }));
    life.act('2026-05-06 11:00', 'A', unnamed).act('2026-05-06 11:00', 'B', unnamed);
    expect(codes(life)).toEqual([]);
    expect(life.state.losses.map((one) => one.loss)).toEqual(['loss-2', 'loss-3', 'loss-4']);
  });

  test('it has its evidence, a day within the involvement, and a sum', () => {
    const life = signed(CAPPED);
    life.act('2026-05-06 10:00', 'B', loss('1.00', { documents: [] })).act('2026-05-06 10:01', 'B', loss('0.00'));
    life.act('2026-05-06 10:02', 'B', loss('1.00', { lossOn: '2026-03-10' }));
    life
      .act('2026-05-06 10:03', 'B', loss('1.00', { lossOn: '2026-05-07' }))
      .act('2026-05-06 10:04', 'B', loss('1.00', { cause: 'C' }));
    life.act('2026-05-06 10:05', 'third', loss('1.00'));
    expect(codes(life)).toEqual([
      'evidence-missing',
      'amount-invalid',
      'date-out-of-range',
      'date-out-of-range',
      'unknown-seat',
      'not-responsible',
    ]);
  });

  test('S001a: above the cap the parties share by the agreed 60 to 40; a leak is uncapped only where that is agreed', () => {
    const lived = (leak: boolean) => {
      const terms = {
        contractTotal: '1000000.00',
        thirdPartyLiabilityCap: '100000.00',
        lossShareAPercent: '60',
        leakLiabilityUncapped: leak,
      };
      const life = begun('service-attachments', '2026-03-16 10:00', { terms, application: { scope: ['service'] } });
      life.act('2026-03-16 11:00', 'A', { type: 'draft', draft: whole(life) });
      for (const seat of ['A', 'B'])
        life.act('2026-03-17 10:00', seat, { type: 'review', verdict: 'accept', pointCount: 0 });
      for (const seat of ['A', 'third']) life.act('2026-03-18 10:00', seat, { type: 'sign', documents: [] });
      return life.act('2026-05-06 10:00', 'B', loss('120000.01', { category: 'leak' })).state.losses[0];
    };
    expect(lived(false)).toMatchObject({
      recoverable: '100000.00',
      ownLoss: '20000.01',
      ownShares: { A: '12000.01', B: '8000.00' },
    });
    expect(lived(true)).toMatchObject({ cap: null, recoverable: '120000.01', ownLoss: '0.00' });
  });
});

describe('costs (S001b-85 to -87)', () => {
  const SHARED = { costSharePercentA: '50' };
  const charge = (amount: string, more: object = {}) =>
    ({ type: 'charge', amount, documents: [document], ...more }) as const;
  const pay = (amount: string) => ({ type: 'pay', amount, documents: [] }) as const;

  test('1000.01 at 50 % is 500.01 and 500.00; each pays its own', () => {
    const life = signed(SHARED).act('2026-06-01 10:00', 'third', charge('1000.01'));
    expect(life.state.owed).toEqual({ A: '500.01', B: '500.00' });
    life.act('2026-06-02 10:00', 'A', pay('500.01')).act('2026-06-02 11:00', 'B', pay('500.00'));
    life.act('2026-06-02 12:00', 'B', pay('0.01'));
    expect(posted(life)).toEqual([
      'cost-share A third 500.01',
      'cost-share B third 500.00',
      'payment A third -500.01',
      'payment B third -500.00',
    ]);
    expect(codes(life)).toEqual(['amount-too-large']);
  });

  const TEN_DAYS = { ...SHARED, thirdPartyPaymentDays: 10 };
  const payments = (life: ReturnType<typeof signed>, kind: string) =>
    life.notices.flatMap(({ kind: one, seat, facts: { what, status, amount, localDate, against } }) =>
      one === kind && (what === 'pay' || status === 'engagement-payment-overdue')
        ? [[seat, amount, localDate, ...(against === undefined ? [] : [against])].join(' ')]
        : [],
    );

  test('1000.01 charged on 2026-09-14 with 10 days: until the end of the 24th; who pays on it is in time, who has not is overdue', () => {
    const life = signed(TEN_DAYS).act('2026-09-14 10:00', 'third', charge('1000.01'));
    expect(life.state.charges[0]?.due?.localDate).toBe('2026-09-24');
    expect(payments(life, 'engagement-request')).toEqual(['A 500.01 2026-09-24', 'B 500.00 2026-09-24']);
    life.act('2026-09-24 23:59', 'A', pay('500.01'));
    expect(payments(life, 'engagement-reminder').slice(0, 2)).toEqual(['A 500.01 2026-09-24', 'B 500.00 2026-09-24']);
    expect(kinds(life)).not.toContain('engagement-payment-overdue');
    life.until('2026-09-25 00:00').until('2026-10-30 12:00');
    const overdue = life.events.filter(({ type }) => type === 'engagement-payment-overdue');
    expect(overdue).toMatchObject([
      { number: 1, by: 'B', amount: '500.00', occurredAtMs: life.ms('2026-09-25 00:00') },
    ]);
    expect(payments(life, 'engagement-news')).toEqual(
      ['A', 'B', 'third', 'coordinator'].map((seat) => `${seat} 500.00 2026-09-24 B`),
    );
    expect(posted(life).filter((line) => !line.startsWith('cost-share'))).toEqual(['payment A third -500.01']); // no interest
    life.act('2026-11-02 10:00', 'B', pay('500.00'));
    expect([codes(life), openShares(life.state)]).toEqual([[], []]);
  });

  test('ten days from 2026-09-24 end on a Sunday within the holiday, 2026-10-04: 2026-10-08 is the last day', () => {
    const life = signed(TEN_DAYS).act('2026-09-24 10:00', 'third', charge('1000.01'));
    expect(life.state.charges[0]?.due).toMatchObject({ localDate: '2026-10-08', rolledFrom: '2026-10-04' });
    life.act('2026-10-08 18:00', 'A', pay('1000.01')).until('2026-10-20 12:00');
    expect(kinds(life)).not.toContain('engagement-payment-overdue');
  });

  test('what is paid settles the oldest cost first; what is left of it is overdue, and outlives the end', () => {
    const life = signed(TEN_DAYS).act('2026-06-01 10:00', 'third', charge('200.00'));
    life.act('2026-06-03 10:00', 'third', charge('100.00')).act('2026-06-04 10:00', 'A', pay('70.00'));
    life.act('2026-06-04 11:00', 'B', pay('120.00'));
    expect(openShares(life.state).map(({ number, party, amount }) => [number, party, amount])).toEqual([
      [1, 'A', '30.00'],
      [2, 'A', '50.00'],
      [2, 'B', '30.00'],
    ]);
    life.tell('2026-06-05 09:00', { type: 'agreement-over' }).until('2026-06-18 12:00');
    const overdue = life.events.flatMap((event) =>
      event.type === 'engagement-payment-overdue' ? [[event.number, event.by, event.amount, event.due.localDate]] : [],
    );
    expect(overdue).toEqual([
      [1, 'A', '30.00', '2026-06-11'],
      [2, 'A', '50.00', '2026-06-15'],
      [2, 'B', '30.00', '2026-06-15'],
    ]);
  });

  test('a suspension moves the last day: ten days from 2026-06-01, five of them lost, end on 2026-06-16', () => {
    const life = signed(TEN_DAYS).act('2026-06-01 10:00', 'third', charge('1000.01'));
    life.tell('2026-06-08 09:00', { type: 'clocks-stopped', from: '2026-06-08' }).until('2026-06-13 08:00');
    expect(kinds(life)).not.toContain('engagement-payment-overdue');
    life.tell('2026-06-13 09:00', { type: 'clocks-run', until: '2026-06-13' });
    expect(life.state.charges[0]?.due?.localDate).toBe('2026-06-16');
  });

  test('no days agreed, or paid by a party: no clock; a cost of an earlier release has none either', () => {
    const none = signed(SHARED).act('2026-06-01 10:00', 'third', charge('1000.01')).until('2026-12-01 12:00');
    const paid = signed(TEN_DAYS)
      .act('2026-06-01 10:00', 'B', charge('1000.01', { paidBy: 'B' }))
      .until('2026-12-01 12:00');
    for (const life of [none, paid]) {
      expect([life.state.charges[0]?.due, payments(life, 'engagement-request')]).toEqual([null, []]);
      expect(kinds(life)).not.toContain('engagement-payment-overdue');
    }
    const { number, amount, on, shares } = signed(TEN_DAYS).act('2026-06-01 10:00', 'A', charge('10.00')).state
      .charges[0] ?? { number: 0, amount: '', on: '', shares: {} };
    expect(openShares({ charges: [{ number, amount, on, shares }], owed: { A: '5.00', B: '5.00' } })).toEqual([]);
  });

  test('a party that pays more than its share pays for the other, who owes it that', () => {
    const life = signed(SHARED).act('2026-06-01 10:00', 'third', charge('1000.01'));
    life.act('2026-06-02 10:00', 'A', pay('1000.01'));
    expect(posted(life).slice(2)).toEqual([
      'payment A third -500.01',
      'payment B third -500.00',
      'cost-share B A 500.00',
    ]);
    expect(life.state.owed).toEqual({ A: '0.00', B: '0.00' });
  });

  test('what a party has paid as a whole, the other owes it its share of', () => {
    const life = signed(SHARED).act('2026-06-01 10:00', 'B', charge('1000.01', { paidBy: 'B' }));
    expect([posted(life), life.state.owed]).toEqual([['cost-share A B 500.01'], {}]);
  });

  test('no ratio, no share; an agreed fee is not exceeded; a cost has its document', () => {
    expect(codes(signed().act('2026-06-01 10:00', 'third', charge('10.00')))).toEqual(['not-provided']);
    const life = signed(SHARED, { fee: { basis: 'agreed', amount: '100.00' } });
    life.act('2026-06-01 10:00', 'A', charge('60.00')).act('2026-06-01 10:10', 'A', charge('60.00'));
    life.act('2026-06-01 10:20', 'A', charge('40.00', { documents: [] }));
    expect(codes(life)).toEqual(['amount-too-large', 'evidence-missing']);
  });

  test('what is owed, and claims that nobody has settled, outlive the end (S001b-90)', () => {
    const life = signed(SHARED).act('2026-06-01 10:00', 'third', charge('1000.01'));
    life.act('2026-06-01 11:00', 'A', loss('50.00'));
    life.act('2026-06-02 10:00', 'coordinator', { type: 'end', ground: 'agreed', documents: [document] });
    for (const { item } of life.state.items) {
      for (const seat of ['A', 'B']) life.act('2026-06-03 10:00', seat, { type: 'settle', item, documents: [] });
    }
    expect([life.status, life.isOver]).toEqual(['closed', false]);
    life.act('2026-06-04 10:00', 'A', pay('1000.01')).act('2026-06-05 10:00', 'third', agreed);
    expect([codes(life), life.isOver]).toEqual([[], true]);
  });

  test('the agreement books each line once, in the words of the engagement', () => {
    const life = signed(SHARED).act('2026-06-01 10:00', 'third', charge('1000.01'));
    const command = life.errandsOf('tell')[0]?.command as unknown as PostEngagement;
    const { events } = postEngagement(command);
    expect(events.map((event) => event.type === 'engagement-posted' && [event.line.amount, event.line.about])).toEqual([
      ['500.01', 'engagement:diagnosis'],
      ['500.00', 'engagement:diagnosis'],
    ]);
    expect(command.id).toBe(`post-engagement ${life.state.input.workflowId} c6`);
  });
});

describe('milestones, supervision, support (S001a-44 to -59)', () => {
  const lived = () => {
    const terms = {
      contractTotal: '1000000.00',
      thirdPartyLiabilityCap: '100000.00',
      acceptanceDays: 10,
      supportReplyDays: 5,
      effectReviewDays: 30,
    };
    const life = begun('service-attachments', '2026-03-16 10:00', { terms, application: { scope: ['service'] } });
    const milestones = [{ milestone: 'one', dueOn: '2026-05-15' }];
    life.act('2026-03-16 11:00', 'A', { type: 'draft', draft: whole(life, { milestones }) });
    for (const seat of ['A', 'B'])
      life.act('2026-03-17 10:00', seat, { type: 'review', verdict: 'accept', pointCount: 0 });
    for (const seat of ['A', 'third']) life.act('2026-03-18 10:00', seat, { type: 'sign', documents: [] });
    return life;
  };
  const deliver = { type: 'deliver', milestone: 'one', documents: [document] } as const;
  const judge = (verdict: 'accept' | 'reject', pointCount = 0) =>
    ({ type: 'judge-delivery', milestone: 'one', verdict, pointCount }) as const;

  test('one acceptance does not accept it; one return ends the round; both accept the corrected one', () => {
    const life = lived().act('2026-05-15 10:00', 'third', deliver).act('2026-05-18 10:00', 'A', judge('accept'));
    expect(life.state.milestones[0]?.status).toBe('handed-in');
    life.act('2026-05-19 10:00', 'B', judge('reject')).act('2026-05-19 10:10', 'B', judge('reject', 1));
    life.act('2026-05-20 10:00', 'third', deliver);
    life.act('2026-05-20 11:00', 'B', judge('accept')).act('2026-05-20 12:00', 'A', judge('accept'));
    expect(codes(life)).toEqual(['points-missing']);
    // Handed in on its day; the days of the review do not count: the 20th alone is late.
    expect(life.state.milestones[0]).toMatchObject({ status: 'accepted', daysLate: 1, round: 2 });
    // Thirty days on is 2026-06-19, the Dragon Boat Festival, a Friday.
    expect(life.state.milestones[0]?.effectDue?.localDate).toBe('2026-06-22');
  });

  test('a better version during the review is not late: the days of the look do not count', () => {
    const life = lived().act('2026-05-15 10:00', 'third', deliver).act('2026-05-20 10:00', 'third', deliver);
    expect(life.state.milestones[0]).toMatchObject({ status: 'handed-in', daysLate: 0, round: 1 });
  });

  test('what was handed in before the end is accepted after it, and its effect is looked at: both outlive it (S001a-49)', () => {
    expect(lived().tell('2026-05-18 09:00', { type: 'agreement-over' }).isOver).toBe(true);
    const later = lived().act('2026-05-15 10:00', 'third', deliver);
    later.tell('2026-05-18 09:00', { type: 'agreement-over' });
    expect([later.status, later.isOver]).toEqual(['closed', false]);
    for (const seat of ['A', 'B']) later.act('2026-05-18 10:00', seat, judge('accept'));
    later.until('2026-06-23 12:00');
    expect(later.story()).toContain('engagement-effect-due 2026-06-18T00:00');
    for (const seat of ['A', 'B'])
      later.act('2026-06-24 10:00', seat, { type: 'review-effect', milestone: 'one', verdict: 'good' });
    expect(later.isOver).toBe(true);
  });

  test('acceptance that nobody gives goes to the coordinator, and is none', () => {
    const life = lived().act('2026-05-15 10:00', 'third', deliver).until('2026-05-26 12:00');
    expect(life.state.milestones[0]).toMatchObject({ status: 'handed-in', acceptanceOverdue: true });
  });

  test('support asked for on 2026-05-08 is due on the 13th; from then until the answer delay is not the third party’s', () => {
    const life = lived().act('2026-05-08 10:00', 'third', { type: 'ask-support', request: 'papers', of: ['B'] });
    expect(life.state.support[0]?.due?.localDate).toBe('2026-05-13');
    life.act('2026-05-18 10:00', 'B', { type: 'answer-support', request: 'papers', documents: [] });
    expect(life.state.milestones[0]).toMatchObject({ status: 'overdue', attributable: false });
    life.act('2026-05-20 10:00', 'third', deliver); // the 16th to the 18th are excused, the 19th and 20th are not
    expect(life.state.milestones[0]?.daysLate).toBe(2);
  });

  test('a supervision report is complete with both entries (S001a-59)', () => {
    const life = lived().act('2026-04-30 10:00', 'A', { type: 'supervise', report: 'april', documents: [] });
    expect(life.state.reports).toEqual([{ report: 'april', by: ['A'], complete: false }]);
    life.act('2026-04-30 11:00', 'B', { type: 'supervise', report: 'april', documents: [] });
    expect(life.state.reports[0]?.complete).toBe(true);
  });

  test('the effect is looked at by both after acceptance (S001a-49)', () => {
    const life = lived().act('2026-05-15 10:00', 'third', deliver);
    life.act('2026-05-16 10:00', 'A', { type: 'review-effect', milestone: 'one', verdict: 'poor' });
    life.act('2026-05-18 10:00', 'A', judge('accept')).act('2026-05-18 11:00', 'B', judge('accept'));
    life
      .until('2026-06-20 00:00')
      .act('2026-06-22 10:00', 'A', { type: 'review-effect', milestone: 'one', verdict: 'poor' });
    expect(codes(life)).toEqual(['gate-closed']);
    expect(life.state.milestones[0]).toMatchObject({ effectAsked: true, effect: [{ by: 'A', verdict: 'poor' }] });
  });
});
