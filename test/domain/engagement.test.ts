import { describe, expect, test } from 'vitest';
import { applicationRefused } from '../../domain/engagement/applying.ts';
import { noticeTaken } from '../../domain/engagement/notice-taken.ts';
import { agreementOf, begun, codes, document, kinds, said, signed, whole } from '../support/engagement-life.ts';

const agree = { type: 'reply', verdict: 'agree', hasReason: true, documents: [] } as const;
const refuse = { ...agree, verdict: 'refuse' } as const;
const ask = { ...agree, verdict: 'ask' } as const;
const FIVE = { terms: { replyWorkingDays: 5 } };
const THREE = { terms: { replyWorkingDays: 3 } };
const EMPTY = {
  ...{ sections: [], scope: [], fee: null, cap: null, rationale: [], endsOn: null, milestones: [], documents: [] },
};

describe('an application (S001b-70)', () => {
  const { input } = begun('service-third-party', '2026-03-02 10:00', FIVE).state;
  const { actor } = input;

  test.each([
    ['a purpose', ['scope', 'effect'], 'application-incomplete', 'lacks: purpose'],
    ['scope and effect', ['purpose'], 'application-incomplete', 'lacks: scope, effect'],
  ] as const)('without %s is refused, and says what is missing', (_what, filled, code, message) => {
    const refused = applicationRefused(input, actor, { ...said, filled: [...filled] });
    expect(refused).toMatchObject({ rejected: code, clauses: ['S001b-70'] });
    expect(refused?.message).toContain(message);
  });

  test('declares an interest in the third party, or that there is none', () => {
    expect(applicationRefused(input, actor, { ...said, interest: null })?.rejected).toBe('interest-undeclared');
    expect(applicationRefused(input, actor, { ...said, interest: 'conflict' })).toBeUndefined();
  });

  test('is made by a party itself: a third party, or a department, makes none', () => {
    const third = { personId: 'p', seat: 'third', party: 'third', via: 'api' } as const;
    const department = { personId: 'p', seat: 'management', party: 'A', via: 'api' } as const;
    expect(applicationRefused(input, third, said)?.rejected).toBe('not-responsible');
    expect(applicationRefused(input, department, said)?.rejected).toBe('not-responsible');
  });

  test('that the coordinator enters has its document', () => {
    const entered = { personId: 'p', seat: 'coordinator', onBehalfOf: 'A', via: 'api' } as const;
    expect(applicationRefused(input, entered, said)?.rejected).toBe('evidence-missing');
    expect(applicationRefused(input, entered, { ...said, documents: [document] })).toBeUndefined();
  });
});

describe('the time to answer: working days, the day of receipt not counted (S001b-71)', () => {
  test.each([
    // Mid-Autumn is 25–27 September 2026, National Day 1–7 October; 20 September and 10 October are worked.
    ['Friday before a worked Sunday', '2026-09-18 10:00', '2026-09-22'],
    ['Thursday before Mid-Autumn: the last working day before National Day', '2026-09-24 10:00', '2026-09-30'],
    ['Monday before the holiday: the first working day after it', '2026-09-28 15:00', '2026-10-08'],
    ['within the holiday: the worked Saturday after it', '2026-10-06 09:00', '2026-10-10'],
    ['at midnight a day has begun', '2026-09-28 00:00', '2026-10-08'],
  ])('three, from %s', (_what, at, localDate) => {
    const life = begun('service-third-party', at, THREE);
    expect(life.state.rounds[0]?.replyDue).toEqual({
      localDate,
      dueAtMs: life.ms(`${localDate} 00:00`) + 86_400_000,
    });
  });

  test('at 23:59 of the last day it is in time; at midnight time goes first: no reply, never consent', () => {
    const inTime = begun('service-third-party', '2026-09-24 10:00', THREE).act('2026-09-30 23:59', 'B', agree);
    expect([inTime.status, inTime.state.rounds[0]?.daysLate]).toEqual(['agreed', 0]);
    const late = begun('service-third-party', '2026-09-24 10:00', THREE).until('2026-10-01 00:00');
    expect(late.status).toBe('no-reply');
    expect(kinds(late)).not.toContain('engagement-agreed');
  });

  test('both parties and the coordinator are told of the silence, at the first hour of notices', () => {
    const life = begun('service-third-party', '2026-09-24 10:00', THREE).until('2026-10-08 09:00');
    const told = life.mail(
      ({ kind, facts }) => kind === 'engagement-news' && facts.status === 'engagement-not-answered',
    );
    expect(told).toEqual(['A', 'B', 'coordinator'].map((seat) => `2026-10-08T09:00 engagement-news ${seat}`));
  });

  test('a late answer counts, with its local days: due 2026-09-30, given 2026-10-09 is nine days late', () => {
    const life = begun('service-third-party', '2026-09-24 10:00', THREE).act('2026-10-09 10:00', 'B', agree);
    expect([life.status, life.state.rounds[0]?.daysLate]).toEqual(['agreed', 9]);
    expect(kinds(life)).toEqual(['engagement-applied', 'engagement-not-answered', 'engagement-agreed']);
  });

  test('where no number of days is agreed no clock runs', () => {
    const life = begun('service-third-party', '2026-03-02 10:00').until('2027-03-01 00:00');
    expect([life.status, life.state.rounds[0]?.replyDue, life.next]).toEqual(['applied', null, undefined]);
  });

  test('nobody answers their own application; the third party does not answer it either', () => {
    const life = begun('service-third-party', '2026-03-02 10:00', FIVE);
    life.act('2026-03-03 10:00', 'A', agree).act('2026-03-03 11:00', 'third', agree);
    expect(codes(life)).toEqual(['own-proposal', 'not-responsible']);
  });

  test('a refusal, and a question, say why', () => {
    const life = begun('service-third-party', '2026-03-02 10:00', FIVE);
    life.act('2026-03-03 10:00', 'B', { ...refuse, hasReason: false });
    life.act('2026-03-03 10:01', 'B', { ...ask, hasReason: false });
    expect(codes(life)).toEqual(['ground-missing', 'ground-missing']);
  });

  test('reminders: three days before, the day before, on the day, then late ones with the coordinator in copy', () => {
    const life = begun('service-third-party', '2026-03-02 10:00', FIVE).until('2026-03-11 12:00');
    const told = life.notices.filter(({ kind }) => kind === 'engagement-reminder');
    expect(told.map(({ rungs, seat, atMs }) => [life.iso(atMs).slice(0, 10), seat, ...(rungs ?? [])])).toEqual([
      ['2026-03-06', 'B', 'before-3', 'before-1'],
      ['2026-03-09', 'B', 'due'],
      ['2026-03-10', 'B', 'overdue-1'],
      ['2026-03-10', 'coordinator', 'overdue-1'],
    ]);
  });
});

describe('more is asked for: the clock stands still (design §4)', () => {
  test('asked on Wednesday, provided on Monday: three working days are lost, and the due day moves by them', () => {
    const life = begun('service-third-party', '2026-04-13 09:00', FIVE);
    expect(life.state.rounds[0]?.replyDue?.localDate).toBe('2026-04-20');
    life.act('2026-04-15 10:00', 'B', ask);
    life.until('2026-04-20 09:00');
    expect([life.status, life.mail(({ kind }) => kind === 'engagement-reminder')]).toEqual(['asked', []]);
    life.act('2026-04-20 10:00', 'A', { type: 'provide', documents: [] });
    expect(life.state.rounds[0]?.replyDue?.localDate).toBe('2026-04-23');
    expect(life.state.rounds[0]?.pauses).toEqual([{ from: '2026-04-15', until: '2026-04-20' }]);
  });

  test('across National Day only working days are lost; asked and provided on one day, none', () => {
    const life = begun('service-third-party', '2026-09-28 10:00', FIVE); // 29, 30, 8, 9, 10: the worked Saturday
    expect(life.state.rounds[0]?.replyDue?.localDate).toBe('2026-10-10');
    life.act('2026-09-30 10:00', 'B', ask).act('2026-10-08 10:00', 'A', { type: 'provide', documents: [] });
    expect(life.state.rounds[0]?.replyDue?.localDate).toBe('2026-10-12');
    life.act('2026-10-09 10:00', 'B', ask).act('2026-10-09 16:00', 'A', { type: 'provide', documents: [] });
    expect(life.state.rounds[0]?.replyDue?.localDate).toBe('2026-10-12');
  });

  test('a pause that begins on the day of receipt loses that day nothing: it did not count', () => {
    const life = begun('service-third-party', '2026-04-13 09:00', FIVE);
    life.act('2026-04-13 10:00', 'B', ask).act('2026-04-14 10:00', 'A', { type: 'provide', documents: [] });
    expect(life.state.rounds[0]?.replyDue?.localDate).toBe('2026-04-20');
  });

  test('only the applicant provides; after the time is over nothing is asked for any more', () => {
    const life = begun('service-third-party', '2026-04-13 09:00', FIVE).act('2026-04-15 10:00', 'B', ask);
    life.act('2026-04-16 10:00', 'B', { type: 'provide', documents: [] });
    life.act('2026-04-16 11:00', 'A', { type: 'provide', documents: [] }).act('2026-04-30 10:00', 'B', ask);
    expect(codes(life)).toEqual(['not-responsible', 'date-passed']);
  });
});

describe('what the coordinator enters for somebody', () => {
  test.each([
    ['withdraw', { type: 'withdraw' }, 'A'],
    ['settle', { type: 'settle', item: 'fees', documents: [] }, 'A'],
  ] as const)('%s has its document, or is refused', (_what, act, onBehalfOf) => {
    const life =
      act.type === 'withdraw'
        ? begun('service-third-party', '2026-03-02 10:00', FIVE)
        : signed().tell('2026-07-01 10:00', { type: 'agreement-over' });
    life.act('2026-07-02 10:00', 'coordinator', act, { onBehalfOf });
    life.act('2026-07-02 10:10', 'coordinator', { ...act, documents: [document] }, { onBehalfOf });
    expect(codes(life)).toEqual(['evidence-missing']);
  });

  test('a review that both are said to have made opens no signing without the paper (S001a-66)', () => {
    const life = begun('service-attachments', '2026-03-16 10:00', {
      terms: { contractTotal: '1000000.00', thirdPartyLiabilityCap: '100000.00' },
      application: { scope: ['service'] },
    }).act('2026-03-16 11:00', 'A', { type: 'draft', draft: EMPTY });
    for (const onBehalfOf of ['A', 'B']) {
      life.act('2026-03-17 10:00', 'coordinator', { type: 'review', verdict: 'accept', pointCount: 0 }, { onBehalfOf });
    }
    expect([codes(life), life.status]).toEqual([['evidence-missing', 'evidence-missing'], 'in-review']);
  });

  test('nobody approves their own application through the coordinator either (S003-S-14)', () => {
    const asked = { by: 'marketing', party: 'Company', application: { filled: ['purpose' as const], scope: [] } };
    const { rules } = begun('satisfaction-management', '2026-03-02 10:00', asked).state.input;
    const input = { rules: { ...rules, reply: { by: 'marketing', workingDays: null, clauses: ['S003-S-14'] } } };
    const life = begun('satisfaction-management', '2026-03-02 10:00', { ...asked, input });
    life.act('2026-03-03 10:00', 'coordinator', { ...agree, documents: [document] }, { onBehalfOf: 'marketing' });
    expect(codes(life)).toEqual(['own-proposal']);
  });
});

describe('the agreement is suspended as a whole (ADR 28)', () => {
  test('the clock of the answer loses the working days of the suspension, each once, and no silence comes meanwhile', () => {
    const life = begun('service-third-party', '2026-09-24 10:00', THREE); // until 2026-09-30
    life.tell('2026-09-28 15:00', { type: 'clocks-stopped', from: '2026-09-28' }).until('2026-10-14 23:00');
    expect([life.status, life.mail(({ kind }) => kind === 'engagement-reminder')]).toEqual(['applied', []]);
    life.tell('2026-10-15 09:00', { type: 'clocks-run', until: '2026-10-15' });
    // Friday the 25th is Mid-Autumn: nothing was counted before; 15, 16 and 19 October.
    expect(life.state.rounds[0]?.replyDue?.localDate).toBe('2026-10-19');
    life.until('2026-10-20 00:00');
    expect(life.status).toBe('no-reply');
  });

  test('days on which more was asked for and the agreement was suspended are lost once', () => {
    const life = begun('service-third-party', '2026-04-13 09:00', FIVE).act('2026-04-15 10:00', 'B', ask);
    life.tell('2026-04-16 10:00', { type: 'clocks-stopped', from: '2026-04-16' });
    life.tell('2026-04-20 08:00', { type: 'clocks-run', until: '2026-04-20' });
    life.act('2026-04-21 10:00', 'A', { type: 'provide', documents: [] });
    // Due on the 20th; the 15th, 16th, 17th and 20th are lost.
    expect(life.state.rounds[0]?.replyDue?.localDate).toBe('2026-04-24');
  });

  test('a silence that turns out to lie within it was none; an answer meanwhile is in time', () => {
    const life = begun('service-third-party', '2026-03-02 10:00', FIVE).until('2026-03-10 12:00');
    expect(life.status).toBe('no-reply');
    life.tell('2026-03-10 14:00', { type: 'clocks-stopped', from: '2026-03-05' });
    expect(life.status).toBe('applied');
    life.act('2026-03-12 10:00', 'B', agree);
    expect([life.status, life.state.rounds[0]?.daysLate]).toEqual(['agreed', 0]);
  });

  test('what was missed before it stays missed; its days are no late days', () => {
    const life = begun('service-third-party', '2026-03-02 10:00', FIVE).until('2026-03-10 12:00'); // due on the 9th
    life.tell('2026-03-11 09:00', { type: 'clocks-stopped', from: '2026-03-11' });
    life.tell('2026-03-16 09:00', { type: 'clocks-run', until: '2026-03-16' });
    life.act('2026-03-17 10:00', 'B', agree);
    expect([life.state.rounds[0]?.replyDue?.localDate, life.state.rounds[0]?.daysLate]).toEqual(['2026-03-09', 3]);
  });

  test('milestones and their acceptance move by the days that were lost, and roll over once; the last day of the term does not', () => {
    const terms = { contractTotal: '1000000.00', thirdPartyLiabilityCap: '100000.00', acceptanceDays: 10 };
    const life = begun('service-attachments', '2026-03-16 10:00', { terms, application: { scope: ['service'] } });
    const milestones = [
      { milestone: 'one', dueOn: '2026-05-15' },
      { milestone: 'two', dueOn: '2026-05-29' },
    ];
    life.act('2026-03-16 11:00', 'A', { type: 'draft', draft: whole(life, { milestones, endsOn: '2026-06-30' }) });
    for (const seat of ['A', 'B'])
      life.act('2026-03-17 10:00', seat, { type: 'review', verdict: 'accept', pointCount: 0 });
    for (const seat of ['A', 'third']) life.act('2026-03-18 10:00', seat, { type: 'sign', documents: [] });
    life.act('2026-05-14 10:00', 'third', { type: 'deliver', milestone: 'one', documents: [document] });
    expect(life.state.milestones[0]?.acceptBy?.localDate).toBe('2026-05-25'); // the 24th is a Sunday
    life.tell('2026-05-20 09:00', { type: 'clocks-stopped', from: '2026-05-20' });
    life.until('2026-06-01 12:00').tell('2026-06-02 09:00', { type: 'clocks-run', until: '2026-06-02' });
    // Thirteen days: from Sunday, the 24th, to Saturday, 6 June; from the 29th to 11 June.
    expect(life.state.milestones[0]).toMatchObject({ acceptanceOverdue: false, acceptBy: { localDate: '2026-06-08' } });
    expect(life.state.milestones[1]).toMatchObject({ status: 'pending', due: { localDate: '2026-06-11' } });
    life.until('2026-07-01 00:00');
    expect([life.status, life.state.endGround]).toEqual(['closed', 'term']);
  });

  test('one that begins within it stands still from its first day, and asks whether it goes on again', () => {
    const life = begun('service-third-party', '2026-03-02 10:00', { ...FIVE, input: { suspendedFrom: '2026-02-20' } });
    expect(kinds(life)).toEqual(['engagement-applied', 'engagement-clocks-stopped']);
    expect(life.errandsOf('ask-clocks')).toEqual([{ kind: 'ask-clocks', from: '2026-02-20' }]);
    life
      .until('2026-03-16 12:00')
      .tell('2026-03-16 12:00', { type: 'clocks-run', from: '2026-02-20', until: '2026-03-16' });
    expect(life.state.rounds[0]?.replyDue?.localDate).toBe('2026-03-20');
  });
});

describe('refused, and applied for again', () => {
  test('under the same name another round begins with its own clock, and the first stays on record', () => {
    const life = begun('service-third-party', '2026-03-02 10:00', FIVE).act('2026-03-03 10:00', 'B', refuse);
    life.act('2026-03-05 10:00', 'A', { type: 'apply', application: { ...said, filled: ['purpose'] } });
    life.act('2026-03-05 11:00', 'A', { type: 'apply', application: said });
    life.act('2026-03-06 10:00', 'B', agree);
    expect(codes(life)).toEqual(['application-incomplete']);
    expect(life.state.rounds.map(({ number, verdict }) => [number, verdict])).toEqual([
      [1, 'refuse'],
      [2, 'agree'],
    ]);
    expect(life.state.rounds[1]?.replyDue?.localDate).toBe('2026-03-12');
  });

  test('one that is under way is not applied for again; one that was taken back can be', () => {
    const life = begun('service-third-party', '2026-03-02 10:00', FIVE);
    life.act('2026-03-03 10:00', 'A', { type: 'apply', application: said });
    life.act('2026-03-03 11:00', 'A', { type: 'withdraw' }).act('2026-03-04 10:00', 'B', agree);
    life.act('2026-03-04 11:00', 'B', { type: 'apply', application: said });
    expect(codes(life)).toEqual(['name-taken', 'already-replied']);
    expect([life.status, life.state.rounds[1]?.party]).toEqual(['applied', 'B']);
  });
});

describe('its agreement, and the gate before it (S001b-99)', () => {
  const before = () => begun('service-third-party', '2026-03-02 10:00', FIVE).act('2026-03-04 10:00', 'B', agree);

  test.each([
    { type: 'start-work' },
    { type: 'access', step: 'grant' },
    { type: 'pay', amount: '100.00', documents: [document] },
    { type: 'charge', amount: '100.00', documents: [document] },
    { type: 'assign', task: 't', scope: 'technical-support' },
  ] as const)('before all have signed $type is refused', (act) => {
    const life = before();
    life.act('2026-03-05 09:00', 'A', { type: 'draft', draft: whole(life) });
    life.act('2026-03-05 10:00', 'A', { type: 'sign', documents: [] });
    life.act('2026-03-05 10:10', 'B', { type: 'sign', documents: [] });
    expect(codes(life.act('2026-03-05 11:00', 'A', act))).toEqual(['gate-closed']);
  });

  test('an application that was not agreed to has no agreement', () => {
    const life = begun('service-third-party', '2026-03-02 10:00', FIVE);
    life.act('2026-03-03 10:00', 'A', { type: 'draft', draft: whole(life) });
    life.act('2026-03-03 11:00', 'A', { type: 'sign', documents: [] });
    expect(codes(life)).toEqual(['gate-closed', 'gate-closed']);
  });

  test('all five sections are there before anyone signs', () => {
    const life = before();
    life.act('2026-03-05 09:00', 'A', { type: 'sign', documents: [] });
    life.act('2026-03-05 10:00', 'A', { type: 'draft', draft: whole(life, { sections: ['purpose', 'scope'] }) });
    life.act('2026-03-05 11:00', 'A', { type: 'sign', documents: [] });
    expect(codes(life)).toEqual(['draft-missing', 'section-missing']);
    expect(life.refusals[1]?.message).toContain('liability, costs, term');
  });

  test('a cap is a sum or by law, and never zero; each signs for itself; the last signature is its first day', () => {
    const life = before();
    life.act('2026-03-05 09:00', 'A', { type: 'draft', draft: whole(life, { cap: '0.00' }) });
    life.act('2026-03-05 09:10', 'A', { type: 'draft', draft: whole(life, { cap: null }) });
    life.act('2026-03-06 10:00', 'B', { type: 'sign', signedOn: '2026-03-07', documents: [] });
    life.act('2026-03-06 10:00', 'B', { type: 'sign', documents: [] });
    life.act('2026-03-06 10:10', 'B', { type: 'sign', documents: [] });
    life.act('2026-03-09 10:00', 'coordinator', { type: 'sign', documents: [] }, { onBehalfOf: 'third' });
    life.act('2026-03-09 10:10', 'coordinator', { type: 'sign', documents: [document] }, { onBehalfOf: 'third' });
    life.act('2026-03-10 10:00', 'A', { type: 'sign', signedOn: '2026-03-08', documents: [] });
    expect(codes(life)).toEqual(['amount-invalid', 'signed-on-in-future', 'already-signed', 'evidence-missing']);
    expect([life.status, life.state.startsOn]).toEqual(['active', '2026-03-09']);
    expect(life.state.caps).toEqual([{ amount: null, from: '2026-03-09' }]);
  });

  test('no signature is dated before there was consent', () => {
    const life = before();
    life.act('2026-03-05 09:00', 'A', { type: 'draft', draft: whole(life) });
    life.act('2026-03-05 10:00', 'A', { type: 'sign', signedOn: '2026-03-03', documents: [] });
    life.act('2026-03-05 10:10', 'A', { type: 'sign', signedOn: '2026-03-04', documents: [] });
    expect(codes(life)).toEqual(['signed-on-too-early']);
  });

  test('a signatory that does not sign ends it; it can be applied for again', () => {
    const life = before();
    life.act('2026-03-05 09:00', 'A', { type: 'draft', draft: whole(life) });
    life.act('2026-03-05 10:00', 'A', { type: 'sign', documents: [] });
    life.act('2026-03-06 10:00', 'third', { type: 'refuse-to-sign' });
    expect([life.status, life.state.signatures]).toEqual(['refused', []]);
    life.act('2026-03-09 10:00', 'A', { type: 'apply', application: said });
    expect(life.status).toBe('applied');
  });

  test('an involvement found before it is a breach on record (S001a-66)', () => {
    const life = before();
    const found = { type: 'report-involvement', foundOn: '2026-03-05', documents: [document] } as const;
    life.act('2026-03-05 10:00', 'B', { ...found, documents: [] }).act('2026-03-05 10:10', 'B', found);
    expect(codes(life)).toEqual(['evidence-missing']);
    expect(life.state.breaches).toEqual([{ foundOn: '2026-03-05', by: 'B' }]);
  });

  test('tasks stay within the scope that was agreed on (S001b-72)', () => {
    const life = signed();
    life.act('2026-03-12 10:00', 'A', { type: 'assign', task: 'test', scope: 'technical-support' });
    life.act('2026-03-12 10:10', 'A', { type: 'assign', task: 'law', scope: 'risk-assessment' });
    life.act('2026-03-12 10:20', 'third', { type: 'assign', task: 'own', scope: 'technical-support' });
    expect(life.rejections.map(({ code }) => code)).toEqual(['out-of-scope', 'not-responsible']);
    expect(life.refusals[0]?.clauses).toContain('S001b-72');
    expect(life.state.tasks).toEqual([{ task: 'test', scope: 'technical-support', on: '2026-03-12' }]);
  });
});

describe('the end (S001b-89 to -92)', () => {
  const end = (ground: 'purpose-achieved' | 'breach', documents = [document]) =>
    ({ type: 'end', ground, documents }) as const;
  const arrived = (life: ReturnType<typeof signed>, at: string) => {
    const notice = life.notices.find(({ kind }) => kind === 'engagement-notice');
    const { id, actor, receivedAtMs, ...said } = noticeTaken({
      noticeId: notice?.id ?? '',
      serves: notice?.facts.serves ?? '',
      seat: 'third',
      sentAtMs: life.ms(at),
    });
    return life.receive(at, actor, said);
  };

  test('both decide, the notice ends it on the day of its arrival, and the rest is settled by both, item by item', () => {
    const life = signed();
    life.act('2026-06-15 10:00', 'A', end('purpose-achieved'));
    expect([life.status, life.state.endedOn]).toEqual(['ending', null]);
    life.act('2026-06-16 10:00', 'A', end('purpose-achieved')).act('2026-06-16 11:00', 'B', end('purpose-achieved'));
    arrived(life, '2026-06-16 11:01');
    expect([life.status, life.state.endedOn]).toEqual(['ended', '2026-06-16']);
    life.act('2026-06-17 10:00', 'third', { type: 'start-work' });
    for (const { item } of life.state.items) {
      for (const seat of ['A', 'B']) life.act('2026-06-18 10:00', seat, { type: 'settle', item, documents: [] });
    }
    expect([life.status, life.isOver]).toEqual(['closed', true]);
    expect(codes(life)).toEqual(['already-approved', 'engagement-ended']);
  });

  test('without an address it is given by hand, with the receipt; access is withdrawn with the end', () => {
    const life = signed({}, {}, { withoutAddress: true });
    const undertaken = { type: 'undertake', what: 'secrecy', documents: [document] } as const;
    life.act('2026-03-12 09:00', 'A', { type: 'access', step: 'grant' }); // not before its undertaking (S001b-75)
    life.act('2026-03-12 09:30', 'coordinator', undertaken, { onBehalfOf: 'third' });
    life.act('2026-03-12 10:00', 'A', { type: 'access', step: 'grant' });
    life.act('2026-06-15 10:00', 'A', end('breach', [])).act('2026-06-15 10:10', 'A', end('breach'));
    const byHand = { type: 'serve', notice: 'end', servedOn: '2026-06-17', documents: [document] } as const;
    life.act('2026-06-17 09:00', 'A', byHand);
    life.act('2026-06-17 10:00', 'B', end('breach')).act('2026-06-17 11:00', 'A', byHand);
    expect(codes(life)).toEqual(['gate-closed', 'evidence-missing', 'gate-closed']);
    expect([life.status, life.state.access, life.state.endGround]).toEqual(['ended', 'withdrawn', 'breach']);
  });

  test('its last day asks both whether the purpose was achieved, and ends nothing by itself (S001b-99)', () => {
    const life = signed({}, { endsOn: '2026-05-31' }).until('2026-06-02 12:00');
    expect(life.status).toBe('active');
    expect(life.mail(({ facts }) => facts.what === 'purpose')).toEqual([
      '2026-06-01T09:00 engagement-request A',
      '2026-06-01T09:00 engagement-request B',
    ]);
  });

  test('who decides on another ground has not agreed to the first; both have to decide on the same', () => {
    const life = signed().act('2026-06-15 10:00', 'A', end('purpose-achieved'));
    life.act('2026-06-16 10:00', 'B', end('breach'));
    expect(life.state.ending).toMatchObject({ ground: 'breach', by: 'B', agreedBy: ['B'], noticed: false });
    life.act('2026-06-17 10:00', 'A', end('breach')).act('2026-06-17 11:00', 'A', end('purpose-achieved'));
    expect(life.state.ending).toMatchObject({ ground: 'breach', agreedBy: ['B', 'A'], noticed: true });
    expect(codes(life)).toEqual(['already-notified']);
  });

  test('with the main agreement it ends; what remains can still be settled', () => {
    const life = signed().tell('2026-07-01 10:00', { type: 'agreement-over' });
    expect([life.status, life.state.endGround, life.isOver]).toEqual(['ended', 'agreement-over', false]);
    const early = begun('service-third-party', '2026-03-02 10:00', FIVE).tell('2026-03-03 10:00', {
      type: 'agreement-over',
    });
    expect([early.status, early.isOver, early.next]).toEqual(['withdrawn', true, undefined]);
  });
});

describe('the contract switches every step', () => {
  test('S001a: no application and no answer; both review, then A and the third party sign; the cap is stated', () => {
    const cap = { thirdPartyLiabilityCap: '100000.00' };
    const life = begun('service-attachments', '2026-03-16 10:00', {
      terms: { contractTotal: '1000000.00', ...cap },
      application: { scope: ['service'] },
    });
    expect([life.status, kinds(life)]).toEqual(['drafted', ['engagement-begun']]);
    life.act('2026-03-16 11:00', 'B', agree);
    life.act('2026-03-16 12:00', 'A', { type: 'draft', draft: whole(life, { cap: null }) });
    life.act('2026-03-17 10:00', 'A', { type: 'sign', documents: [] });
    const accept = { type: 'review', verdict: 'accept', pointCount: 0 } as const;
    life
      .act('2026-03-17 11:00', 'third', accept)
      .act('2026-03-17 12:00', 'A', accept)
      .act('2026-03-18 10:00', 'B', accept);
    life.act('2026-03-18 11:00', 'A', { type: 'sign', documents: [] });
    expect(codes(life)).toEqual(['not-provided', 'review-first', 'not-responsible', 'cap-missing']);
    life.act('2026-03-19 10:00', 'A', { type: 'draft', draft: whole(life, { rationale: ['serviceFee'] }) });
    life.act('2026-03-19 11:00', 'A', accept).act('2026-03-19 12:00', 'B', accept);
    life.act('2026-03-19 13:00', 'A', { type: 'sign', documents: [] });
    expect(life.refusals.at(-1)?.message).toContain('natureAndRisk, industryPractice');
    life.act('2026-03-20 10:00', 'A', { type: 'draft', draft: whole(life) });
    life.act('2026-03-20 11:00', 'A', accept).act('2026-03-20 12:00', 'B', accept);
    life.act('2026-03-20 13:00', 'B', { type: 'sign', documents: [] });
    life.act('2026-03-20 14:00', 'A', { type: 'sign', documents: [] });
    life.act('2026-03-23 10:00', 'third', { type: 'sign', documents: [] });
    expect([codes(life).at(-1), life.status]).toEqual(['not-responsible', 'active']);
    life.act('2026-03-24 10:00', 'A', { type: 'propose-cap', amount: '200000.00', rationale: [] });
    life.act('2026-03-24 11:00', 'A', { type: 'end', ground: 'purpose-achieved', documents: [] });
    expect(codes(life).slice(-2)).toEqual(['not-provided', 'not-provided']);
  });

  test('S001c: notice of seven days, a negotiation of all three, three signatures, and no start before (S001c-71)', () => {
    const life = begun('service-kpi', '2026-09-01 10:00', { by: 'B', terms: { advanceNoticeDays: 7 } });
    expect([life.status, life.state.noticeThrough]).toEqual(['invited', '2026-09-08']);
    const negotiate = { type: 'negotiate', heldOn: '2026-09-03', present: ['A', 'B'], documents: [] } as const;
    life.act('2026-09-03 10:00', 'B', { type: 'draft', draft: whole(life) });
    life.act('2026-09-03 11:00', 'B', negotiate);
    life.act('2026-09-03 12:00', 'B', { ...negotiate, present: ['A', 'B', 'third'] });
    life.act('2026-09-03 13:00', 'B', { type: 'draft', draft: whole(life, { cap: '1.00' }) });
    life.act('2026-09-03 14:00', 'B', { type: 'draft', draft: whole(life) });
    for (const seat of ['A', 'B', 'third']) life.act('2026-09-04 10:00', seat, { type: 'sign', documents: [] });
    expect(life.state.startsOn).toBe('2026-09-09');
    life
      .act('2026-09-08 23:59', 'third', { type: 'start-work' })
      .act('2026-09-09 00:00', 'third', { type: 'start-work' });
    expect(codes(life)).toEqual(['gate-closed', 'attendance-missing', 'not-provided', 'gate-closed']);
    expect(life.state.workStartedOn).toBe('2026-09-09');
    const undertake = { type: 'undertake', what: 'secrecy', documents: [document] } as const;
    life.act('2026-09-09 10:00', 'A', { type: 'access', step: 'grant' }).act('2026-09-09 11:00', 'third', undertake);
    life.act('2026-09-09 12:00', 'A', { type: 'access', step: 'grant' });
    expect([codes(life).at(-1), life.state.access]).toEqual(['gate-closed', 'granted']);
    // A leak that is reported suspends it at once, and all three hear of it (S001c-76).
    const leak = {
      type: 'report-loss',
      amount: '1.00',
      cause: 'third',
      category: 'leak',
      documents: [document],
    } as const;
    life.act('2026-09-10 10:00', 'A', { ...leak, category: 'other' });
    expect(life.state.access).toBe('granted');
    life.act('2026-09-10 11:00', 'A', leak).until('2026-09-10 11:00');
    expect([life.state.access, life.events.at(-1)?.clauses]).toEqual(['withdrawn', ['S001c-76']]);
    expect(
      life.mail(({ facts }) => facts.status === 'engagement-access-withdrawn').map((one) => one.slice(33)),
    ).toEqual(['A', 'B', 'third']);
  });

  test('S003-S: marketing asks, the approver decides without a clock, the report is imported (S003-S-14)', () => {
    const life = begun('satisfaction-management', '2026-05-11 10:00', {
      by: 'marketing',
      party: 'Company',
      application: { filled: ['purpose'], scope: [] },
    });
    expect([life.status, life.next]).toEqual(['applied', undefined]);
    life.act('2026-05-11 11:00', 'marketing', agree).act('2026-05-12 10:00', 'engagement-approver', agree);
    life.act('2026-05-13 10:00', 'Company', { type: 'draft', draft: whole(life) });
    life.act('2026-05-13 11:00', 'Company', { type: 'sign', documents: [] });
    life.act('2026-05-13 12:00', 'third', { type: 'sign', documents: [] });
    life.act('2026-07-01 10:00', 'third', { type: 'deliver', milestone: 'report', documents: [document] });
    life.act('2026-07-02 10:00', 'marketing', {
      type: 'judge-delivery',
      milestone: 'report',
      verdict: 'accept',
      pointCount: 0,
    });
    expect(codes(life)).toEqual(['own-proposal']);
    expect(kinds(life).slice(-3)).toEqual(['engagement-report-imported', 'engagement-over', 'engagement-closed']);
  });
});

describe('a commission', () => {
  const assessed = (change: { shortcomings?: false } = {}) => {
    const { improvement = null } = agreementOf('performance-contract');
    const life = begun('performance-contract', '2026-05-11 10:00', {
      application: { filled: ['purpose'], scope: ['quality'] },
      input: { improvement: change.shortcomings === false ? null : improvement },
    });
    life.act(
      '2026-05-11 11:00',
      'coordinator',
      { ...agree, documents: [document] },
      { onBehalfOf: 'engagement-approver' },
    );
    return life;
  };
  const draftOf = (life: ReturnType<typeof assessed>, scope: string[]) =>
    ({ type: 'draft', draft: whole(life, { scope }) }) as const;
  const shortcoming = { type: 'follow-up', dimension: null, severity: 4 } as const;

  test('its scope is what the approver agreed to, who does not sign it (S003-N-09)', () => {
    const life = assessed();
    life.act('2026-05-12 10:00', 'A', draftOf(life, ['quality', 'process']));
    life.act('2026-05-12 11:00', 'A', draftOf(life, ['quality']));
    expect([codes(life), life.status]).toEqual([['out-of-scope'], 'signing']);
  });

  test('shortcomings that its report found open improvements, once it is there and before it is accepted (S003-N-09)', () => {
    const life = assessed();
    life.act('2026-05-12 11:00', 'A', draftOf(life, ['quality']));
    for (const seat of ['A', 'third']) life.act('2026-05-13 10:00', seat, { type: 'sign', documents: [] });
    life.act('2026-06-01 10:00', 'A', shortcoming);
    life.act('2026-06-30 10:00', 'third', { type: 'deliver', milestone: 'report', documents: [document] });
    life.act('2026-07-01 10:00', 'third', shortcoming).act('2026-07-01 11:00', 'A', shortcoming);
    life.act('2026-07-01 11:00', 'B', { ...shortcoming, severity: 2 });
    life.act('2026-07-02 10:00', 'A', {
      type: 'judge-delivery',
      milestone: 'report',
      verdict: 'accept',
      pointCount: 0,
    });
    life.act('2026-07-03 10:00', 'A', shortcoming);
    life.act('2026-07-03 11:00', 'A', {
      type: 'judge-delivery',
      milestone: 'report',
      verdict: 'accept',
      pointCount: 0,
    });
    expect(codes(life)).toEqual(['not-submitted', 'not-responsible', 'gate-closed', 'already-fulfilled']);
    expect(life.state.findings.map(({ finding }) => finding)).toEqual(['finding-1', 'finding-2']);
    const [started] = life.errandsOf('start');
    expect(started?.workflowId).toMatch(/^improvement\/.*\/diagnosis\/finding-1$/);
    expect(started?.input).toMatchObject({ finding: { source: 'check', about: 'diagnosis', severity: 4 } });
    expect((started?.input as { clauses: string[] }).clauses).toContain('S003-N-09');
  });

  test('where the contract knows no improvements there is none; an involvement raises none', () => {
    const life = assessed({ shortcomings: false });
    life.act('2026-05-12 11:00', 'A', draftOf(life, ['quality']));
    for (const seat of ['A', 'third']) life.act('2026-05-13 10:00', seat, { type: 'sign', documents: [] });
    life.act('2026-06-30 10:00', 'third', { type: 'deliver', milestone: 'report', documents: [document] });
    life.act('2026-07-01 11:00', 'A', shortcoming);
    expect([...codes(life), ...codes(signed().act('2026-04-01 10:00', 'A', shortcoming))]).toEqual([
      'not-provided',
      'not-provided',
    ]);
  });

  test('one that ended with the main agreement takes its report no more', () => {
    const life = assessed();
    life.act('2026-05-12 11:00', 'A', draftOf(life, ['quality']));
    for (const seat of ['A', 'third']) life.act('2026-05-13 10:00', seat, { type: 'sign', documents: [] });
    life.act('2026-06-30 10:00', 'third', { type: 'deliver', milestone: 'report', documents: [document] });
    life.tell('2026-07-01 10:00', { type: 'agreement-over' });
    life.receive('2026-07-02 10:00', life.actor('A'), {
      ...{ type: 'judge-delivery', milestone: 'report', verdict: 'accept', pointCount: 0 },
    });
    expect([codes(life), life.state.endGround]).toEqual([['engagement-ended'], 'agreement-over']);
  });
});
