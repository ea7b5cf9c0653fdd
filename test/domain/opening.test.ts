import { describe, expect, test } from 'vitest';
import type { CompiledAgreement, CompiledDeliverable, Recurrence } from '../../domain/agreement/compiled.ts';
import { explainDue, occurrenceDue } from '../../domain/agreement/opening.ts';
import { obligationContext } from '../../domain/agreement/obligations.ts';
import { nextDue } from '../../domain/agreement/tick.ts';
import { accruedLines } from '../../domain/agreement/view.ts';
import { Life, agreementOf, duty } from '../support/life.ts';

const SIGNED = '2026-09-01 09:00';

const QUARTERLY: Recurrence = { by: 'period', period: 'quarter', edge: 'end', partialFirst: false };
const MONTHLY: Recurrence = { by: 'period', period: 'month', edge: 'end', partialFirst: false };
const EVERY_3_MONTHS: Recurrence = { by: 'interval', every: { unit: 'months', count: 3 }, edge: 'end' };

/** Due 15 days after each quarter. */
const survey = (change: Partial<CompiledDeliverable> = {}) =>
  duty('survey', 'effect', '15 days', { recurrence: QUARTERLY, ...change });

function signed(obligations: CompiledDeliverable[], change: Partial<CompiledAgreement> = {}): Life {
  return new Life(agreementOf(obligations, change), SIGNED).sign(SIGNED);
}

const codes = (life: Life) => life.rejections.map(({ code }) => code);
const of = (life: Life, word: string) => life.story().filter((line) => line.includes(word));

describe('occurrences of a quarterly survey, in force 2026-09-01', () => {
  test('the first whole quarter is the first; each opens on its first day and is due 15 days after its last', () => {
    const life = signed([survey()]).until('2027-04-01 12:00');
    expect(of(life, 'obligation-opened')).toEqual([
      'obligation-opened survey#2026-Q4 2026-10-01T00:00:00+08:00',
      'obligation-opened survey#2027-Q1 2027-01-01T00:00:00+08:00',
      'obligation-opened survey#2027-Q2 2027-04-01T00:00:00+08:00',
    ]);
    expect(life.rows()).toEqual([
      'survey#2026-Q4 overdue 2027-01-15',
      'survey#2027-Q1 pending 2027-04-15',
      'survey#2027-Q2 pending 2027-07-15',
    ]);
  });

  test('the partial first quarter counts where that is agreed', () => {
    const life = signed([survey({ recurrence: { ...QUARTERLY, partialFirst: true } })]).until('2026-10-01 12:00');
    expect(life.rows()).toEqual(['survey#2026-Q3 pending 2026-10-15', 'survey#2026-Q4 pending 2027-01-15']);
    expect(life.story(5)[0]).toBe('obligation-opened survey#2026-Q3 2026-09-01T09:00:00+08:00');
  });

  test('a late one does not stop the next: each is overdue, and fulfilled, by itself', () => {
    const life = signed([survey()])
      .submit('2027-02-01 10:00', 'survey#2026-Q4', 'B')
      .submit('2027-04-10 10:00', 'survey#2027-Q1', 'B')
      .until('2027-07-16 12:00');
    expect(life.rows()).toEqual([
      'survey#2026-Q4 fulfilled-late 2027-01-15',
      'survey#2027-Q1 fulfilled 2027-04-15',
      'survey#2027-Q2 overdue 2027-07-15',
      'survey#2027-Q3 pending 2027-10-15',
    ]);
    expect(life.obligation('survey#2026-Q4').settledDaysLate).toBe(17); // 01-16 to 02-01
    expect(of(life, 'overdue')).toEqual([
      'obligation-overdue survey#2026-Q4 2027-01-16T00:00:00+08:00',
      'obligation-overdue survey#2027-Q2 2027-07-16T00:00:00+08:00',
    ]);
  });

  test('handed in without naming a quarter, it is the earliest that is open', () => {
    const life = signed([survey()])
      .submit('2027-01-04 10:00', 'survey', 'B')
      .submit('2027-01-04 11:00', 'survey', 'B')
      .submit('2027-01-04 12:00', 'survey', 'B');
    expect(of(life, 'submitted')).toEqual([
      'deliverable-submitted survey#2026-Q4 2027-01-04T10:00:00+08:00',
      'deliverable-submitted survey#2027-Q1 2027-01-04T11:00:00+08:00',
    ]);
    expect(codes(life)).toEqual(['already-fulfilled']);
  });

  test('a quarter that has not begun is not open yet; one that never comes is unknown', () => {
    const life = signed([survey()]).submit('2026-09-15 10:00', 'survey', 'B');
    life.submit('2026-11-02 10:00', 'survey#2027-Q1', 'B').submit('2026-11-02 10:00', 'survey#2026-Q3', 'B');
    life.submit('2026-11-02 10:00', 'survey#2026-10', 'B').submit('2026-11-02 10:00', 'surveys', 'B');
    expect(codes(life)).toEqual([
      'not-open-yet',
      'not-open-yet',
      'unknown-obligation',
      'unknown-obligation',
      'unknown-obligation',
    ]);
  });

  test('what does not recur has no occurrence', () => {
    const life = signed([duty('report', 'signing', '30 days')]).submit('2026-09-15 10:00', 'report#2026-Q3', 'B');
    expect(codes(life)).toEqual(['unknown-obligation']);
    expect(life.submit('2026-09-15 11:00', 'report', 'B').rows()).toEqual(['report fulfilled 2026-10-08']);
  });

  test('a verdict without naming a quarter is for the earliest under review', () => {
    const review = { reviewers: ['A', 'B'], windowDays: 10, reworkDays: 10, clauses: ['S000-review'] };
    const life = signed([survey({ review })])
      .submit('2027-04-06 10:00', 'survey#2027-Q1', 'B')
      .accept('2027-04-07 10:00', 'survey', 'A');
    expect(codes(life)).toEqual([]);
    expect(life.rows()).toContain('survey#2027-Q1 fulfilled 2027-04-15');
  });

  test('the penalty is counted for each quarter apart', () => {
    const penalty = {
      clauses: ['S000-penalty'],
      creditor: 'A',
      base: '100000.00',
      rate: '0.001',
      currency: 'CNY',
      graceDays: 0,
      cap: null,
    };
    const life = signed([survey({ penalty })]).until('2027-04-20 12:00');
    expect(
      life.events.flatMap((event) => (event.type === 'penalty-posted' ? [[event.occurrence, event.line.days]] : [])),
    ).toEqual([
      ['2026-Q4', 16],
      ['2026-Q4', 28],
      ['2026-Q4', 31],
    ]);
    expect(
      accruedLines(life.state, '2027-04-20').map(({ occurrence, amount, days }) => [occurrence, amount, days]),
    ).toEqual([
      ['2026-Q4', '2000.00', 20],
      ['2027-Q1', '500.00', 5],
    ]);
    life.submit('2027-04-20 13:00', 'survey#2027-Q1', 'B');
    expect(life.ledger().at(-1)).toBe('2027-04-20T13:00:00+08:00 penalty B>A 500.00 5d');
    expect(life.obligation('survey#2026-Q4')).toMatchObject({ status: 'overdue', posted: { days: 75 } });
  });

  test('reminders name the quarter; none before it has begun', () => {
    const life = signed([survey({ reminderLeadDays: [120, 3] })]).until('2027-01-18 12:00');
    expect(life.mail(({ kind }) => kind === 'reminder')).toEqual([
      '2027-01-12T09:00 reminder B/B survey#2026-Q4 before-3',
      '2027-01-15T09:00 reminder B/B survey#2026-Q4 due',
      '2027-01-18T09:00 reminder B/B survey#2026-Q4 overdue-1+overdue-3', // 01-16 is a Saturday
      '2027-01-18T09:00 reminder coordinator/copy survey#2026-Q4 overdue-1+overdue-3',
    ]);
  });

  test('terminated: each open quarter is cancelled and named, and none opens afterwards', () => {
    const life = signed([survey()])
      .submit('2027-01-04 10:00', 'survey', 'B')
      .terminate('2027-04-02 10:00')
      .until('2028-01-01 12:00');
    expect(life.rows()).toEqual([
      'survey#2026-Q4 fulfilled 2027-01-15',
      'survey#2027-Q1 cancelled 2027-04-15',
      'survey#2027-Q2 cancelled 2027-07-15',
    ]);
    expect(life.events.at(-1)).toMatchObject({ cancelled: ['survey#2027-Q1', 'survey#2027-Q2'] });
  });

  test('time asks for stored commands before it opens a quarter, as before every event that it brings about', () => {
    expect(nextDue(signed([survey()]).until('2026-09-15 12:00').state)).toEqual({
      atMs: Date.parse('2026-09-30T16:00:00Z'),
      consequence: true,
    });
  });
});

describe('the end of what recurs', () => {
  test('every 3 months in a term of one year: four occurrences, the last one due on the last day', () => {
    const report = duty('report', 'effect', '0 days', { recurrence: EVERY_3_MONTHS });
    const life = signed([report], { term: { unit: 'months', count: 12 } })
      .submit('2027-08-31 10:00', 'report#2027-06-01', 'B')
      .until('2028-01-01 12:00');
    expect(life.rows()).toEqual([
      'report#2026-09-01 cancelled 2026-12-01',
      'report#2026-12-01 cancelled 2027-03-01',
      'report#2027-03-01 cancelled 2027-06-01',
      'report#2027-06-01 fulfilled 2027-09-01',
    ]);
    expect(life.state).toMatchObject({ status: 'expired', endedOn: '2027-09-01', expiresOn: '2027-09-01' });
    expect(life.story().at(-1)).toBe('agreement-expired 2027-09-02T00:00:00+08:00'); // at 24:00 of D + 1 year
  });

  test('a term of two years from 29 February ends on 28 February', () => {
    const life = new Life(agreementOf([], { term: { unit: 'years', count: 2 } }), '2028-02-29 09:00').sign(
      '2028-02-29 09:00',
    );
    expect(life.state.expiresOn).toBe('2030-02-28');
  });

  test('an agreed last day goes before the term; the last quarter is cancelled when the term ends within it', () => {
    const life = signed([survey()], { expiresOn: '2027-02-10', term: null }).until('2027-06-01 12:00');
    expect(life.rows()).toEqual(['survey#2026-Q4 cancelled 2027-01-15', 'survey#2027-Q1 cancelled 2027-04-15']);
    expect(life.state.endedOn).toBe('2027-02-10');
  });

  test('no quarter opens on the day after the last one', () => {
    const life = signed([survey()], { expiresOn: '2026-12-31' }).until('2027-06-01 12:00');
    expect(life.rows()).toEqual(['survey#2026-Q4 cancelled 2027-01-15']);
  });
});

test('an interval of nothing never comes, and an agreement until the end of all dates goes on', () => {
  const report = duty('report', 'effect', '0 days', {
    recurrence: { by: 'interval', every: { unit: 'days', count: 0 }, edge: 'end' },
  });
  const life = signed([report, survey()], { expiresOn: '9999-12-31' }).until('2026-10-01 12:00');
  expect(life.rows()).toEqual(['survey#2026-Q4 pending 2027-01-15']);
});

describe('a calendar period and what is due some time after it (design §4)', () => {
  test('the period ends on its last day, though a Saturday; 16 days after it roll over', () => {
    const deadline = duty('x', 'effect').deadline;
    const log = duty('log', 'effect', '0 days', {
      recurrence: MONTHLY,
      deadline: { ...deadline, rollover: 'none' },
    });
    const report = duty('report', 'effect', '16 days', { recurrence: QUARTERLY });
    const life = signed([log, report]).submit('2026-09-30 10:00', 'log', 'B').until('2026-10-01 12:00');
    expect(life.rows().slice(1)).toEqual(['log#2026-10 pending 2026-10-31', 'report#2026-Q4 pending 2027-01-18']); // 01-16 is a Saturday
  });
});

describe('on a day of every year', () => {
  test('the review of 30 November, from the first one after the effect on', () => {
    const review = duty('review', 'effect', '0 days', { recurrence: { by: 'month-day', monthDay: '11-30' } });
    const life = signed([review]).submit('2026-11-30 23:59', 'review#2026', 'B').until('2027-01-01 12:00');
    expect(life.rows()).toEqual(['review#2026 fulfilled 2026-11-30', 'review#2027 pending 2027-11-30']);
  });
});

describe('what is due before its period begins is there before it', () => {
  // Each half-year's survey is planned 15 days before the half-year begins.
  const planning = duty('planning', 'effect', '-15 days', {
    recurrence: { by: 'period', period: 'half-year', edge: 'start', partialFirst: false },
  });

  test('it can be handed in in time, and is reminded of', () => {
    const life = signed([{ ...planning, reminderLeadDays: [7] }]).submit('2026-12-10 10:00', 'planning', 'B');
    expect(codes(life)).toEqual([]);
    expect(life.rows()).toEqual(['planning#2027-H1 fulfilled 2026-12-17']);
    expect(life.mail(({ kind }) => kind === 'reminder')).toEqual([
      '2026-12-10T09:00 reminder B/B planning#2027-H1 before-7',
    ]);
    life.until('2027-01-01 12:00');
    expect(life.rows()).toContain('planning#2027-H2 pending 2027-06-16');
  });

  test('at the beginning of each interval, it can still be handed in on its day', () => {
    const kickoff = duty('kick-off', 'effect', '0 days', {
      recurrence: { by: 'interval', every: { unit: 'months', count: 3 }, edge: 'start' },
    });
    const life = signed([kickoff])
      .submit('2026-09-01 10:00', 'kick-off', 'B')
      .submit('2026-12-01 10:00', 'kick-off', 'B');
    expect(codes(life)).toEqual([]);
    expect(life.rows().slice(0, 2)).toEqual([
      'kick-off#2026-09-01 fulfilled 2026-09-01',
      'kick-off#2026-12-01 fulfilled 2026-12-01',
    ]);
  });
});

describe('following another obligation', () => {
  const analysis = (change: Partial<CompiledDeliverable> = {}) =>
    duty('analysis', { obligation: 'survey', at: 'fulfilled' }, '10 days', change);

  test('on fulfilment: counted from that day, for the same quarter', () => {
    const life = signed([survey(), analysis()]).submit('2026-12-20 10:00', 'survey', 'B').until('2027-01-04 12:00');
    expect(of(life, 'analysis')).toEqual([
      'obligation-opened analysis#2026-Q4 2026-12-20T10:00:00+08:00',
      'obligation-overdue analysis#2026-Q4 2026-12-31T00:00:00+08:00',
    ]);
    expect(life.rows()).toEqual([
      'survey#2026-Q4 fulfilled 2027-01-15',
      'analysis#2026-Q4 overdue 2026-12-30',
      'survey#2027-Q1 pending 2027-04-15',
    ]);
  });

  test('with a review, on the acceptance that completes it', () => {
    const review = { reviewers: ['A'], windowDays: 10, reworkDays: 10, clauses: ['S000-review'] };
    const life = signed([survey({ review }), analysis()])
      .submit('2026-12-21 10:00', 'survey', 'B')
      .accept('2026-12-24 10:00', 'survey', 'A');
    expect(life.rows()).toContain('analysis#2026-Q4 pending 2027-01-04'); // 01-03 is a Sunday
    expect(life.events.at(-1)).toMatchObject({ type: 'obligation-opened', anchoredOn: '2026-12-24' });
  });

  test('on its due time: known as soon as that is', () => {
    const publication = duty('publication', { obligation: 'survey', at: 'due' }, '5 working-days');
    const life = signed([survey(), publication]).until('2026-10-01 12:00');
    expect(life.rows()).toEqual(['survey#2026-Q4 pending 2027-01-15', 'publication#2026-Q4 pending 2027-01-22']);
  });

  test('of what comes once, both are dated from the effect on, and the second is not opened again', () => {
    const life = signed([
      duty('report', 'signing', '30 days'),
      duty('answer', { obligation: 'report', at: 'due' }, '5 days'),
      duty('thanks', { obligation: 'answer', at: 'due' }, '1 working-days'),
    ]).until('2026-12-31 12:00');
    expect(life.rows()).toEqual([
      'report overdue 2026-10-08',
      'answer overdue 2026-10-13', // from the day to which the report moved
      'thanks overdue 2026-10-14',
    ]);
    expect(of(life, 'opened')).toEqual([]);
  });

  test('on an event of it, with the same label; once, however often it happens', () => {
    const review = { reviewers: ['A'], windowDays: 10, reworkDays: 10, clauses: ['S000-review'] };
    const talk = duty('talk', { event: 'deliverable-rejected', of: 'survey' }, '3 working-days');
    const life = signed([survey({ review }), talk])
      .submit('2026-12-01 10:00', 'survey', 'B')
      .reject('2026-12-02 10:00', 'survey', 'A')
      .submit('2026-12-03 10:00', 'survey', 'B')
      .reject('2026-12-04 10:00', 'survey', 'A');
    expect(of(life, 'opened talk')).toEqual(['obligation-opened talk#2026-Q4 2026-12-02T10:00:00+08:00']);
    expect(life.rows()).toContain('talk#2026-Q4 pending 2026-12-07');
  });

  test('on a missed due time, and a chain of three for one quarter', () => {
    const warning = duty('warning', { event: 'obligation-overdue', of: 'survey' }, '3 days');
    const reply = duty('reply', { obligation: 'warning', at: 'fulfilled' }, '2 days', { responsible: 'A' });
    const life = signed([survey(), warning, reply])
      .submit('2027-01-18 10:00', 'warning', 'B')
      .submit('2027-01-19 10:00', 'reply', 'A');
    expect(of(life, 'Q4').map((line) => line.split('+')[0])).toEqual([
      'obligation-opened survey#2026-Q4 2026-10-01T00:00:00',
      'obligation-overdue survey#2026-Q4 2027-01-16T00:00:00',
      'obligation-opened warning#2026-Q4 2027-01-16T00:00:00',
      'deliverable-submitted warning#2026-Q4 2027-01-18T10:00:00',
      'obligation-fulfilled warning#2026-Q4 2027-01-18T10:00:00',
      'obligation-opened reply#2026-Q4 2027-01-18T10:00:00',
      'deliverable-submitted reply#2026-Q4 2027-01-19T10:00:00',
      'obligation-fulfilled reply#2026-Q4 2027-01-19T10:00:00',
    ]);
  });

  test('before what it waits for has happened, it cannot be handed in', () => {
    const life = signed([
      survey(),
      analysis(),
      duty('closing', { obligation: 'report', at: 'fulfilled' }, '5 days'),
      duty('report', 'signing', '30 days'),
    ])
      .submit('2026-10-10 10:00', 'analysis', 'B')
      .submit('2026-10-10 10:00', 'closing', 'B');
    expect(codes(life)).toEqual(['not-open-yet', 'not-open-yet']);
    expect(life.rows()).toContain('closing pending no date yet');
  });

  test('counted from the fulfilment, a hand-in that is corrected later does not open it twice', () => {
    const life = signed([survey(), analysis()]).submit('2027-01-20 10:00', 'survey', 'B');
    const document = { sha256: 'a'.repeat(64), size: 1 };
    life.act(
      '2027-01-21 10:00',
      'coordinator',
      {
        type: 'submit',
        obligation: 'survey',
        occurrence: '2026-Q4',
        documents: [document],
        handedInAtMs: life.ms('2027-01-14 10:00'),
      },
      { onBehalfOf: 'B' },
    );
    expect(life.rows()).toContain('survey#2026-Q4 fulfilled 2027-01-15');
    expect(of(life, 'opened analysis')).toHaveLength(1);
  });
});

describe('hours from an event run around the clock', () => {
  const answer = duty('answer', { event: 'obligation-overdue', of: 'report' }, '24 hours');

  test('24 hours from a Friday midnight end at Saturday midnight', () => {
    const life = signed([duty('report', 'signing', '10 days'), answer]).until('2026-09-20 12:00');
    expect(of(life, 'answer')).toEqual([
      'obligation-opened answer 2026-09-12T00:00:00+08:00', // due Friday 09-11, 24:00
      'obligation-overdue answer 2026-09-13T00:00:00+08:00',
    ]);
  });

  test('from the minute: handed in one second before is in time, at the minute late, though on the same day', () => {
    const reply = duty('reply', { obligation: 'report', at: 'fulfilled' }, '24 hours');
    const lived = () => signed([duty('report', 'signing', '30 days'), reply]).submit('2026-09-30 14:30', 'report', 'B');
    expect(lived().submit('2026-10-01 14:29:59', 'reply', 'B').obligation('reply').status).toBe('fulfilled');
    const late = lived().submit('2026-10-01 14:30', 'reply', 'B').obligation('reply');
    expect(late).toMatchObject({ status: 'fulfilled-late', settledDaysLate: 0 });
  });
});

describe('counted back', () => {
  test('30 days before the term ends, moved to the working day before: it must come first', () => {
    const notice = duty('notice', 'expiry', '-30 days');
    const life = signed([notice], { expiresOn: '2027-08-31' });
    expect(life.rows()).toEqual(['notice pending 2027-07-30']); // 08-01 is a Sunday
  });

  test('10 working days before the term ends skip National Day', () => {
    const life = signed([duty('notice', 'expiry', '-10 working-days')], { expiresOn: '2026-10-14' });
    // 10-13, 12, 10 (a Saturday on which people work), 9, 8, then 09-30, 29, 28, 24, 23 (09-25 is Mid-Autumn)
    expect(life.rows()).toEqual(['notice pending 2026-09-23']);
  });

  test('2 months before a term of a year that ends on the 31st', () => {
    const life = new Life(
      agreementOf([duty('notice', 'expiry', '-2 months')], { term: { unit: 'months', count: 12 } }),
      '2026-08-31 09:00',
    ).sign('2026-08-31 09:00');
    expect(life.rows()).toEqual(['notice pending 2027-06-30']);
  });

  test('without an end there is nothing to count back from', () => {
    const life = signed([duty('notice', 'expiry', '-30 days')]).submit('2027-01-04 10:00', 'notice', 'B');
    expect(life.rows()).toEqual(['notice pending no date yet']);
    expect(codes(life)).toEqual(['not-open-yet']);
  });
});

test('an agreed date is day 0, whatever the signing date', () => {
  const life = signed([duty('site', { on: '2026-12-01', term: 'onSiteFrom' }, '-3 working-days')]);
  expect(life.rows()).toEqual(['site pending 2026-11-26']);
});

describe('some duties can be done only so many days before they are due', () => {
  const visit = survey({ opensDays: 10 });

  test('11 days before it is refused with its clauses and the day, 10 days before it is taken', () => {
    const life = signed([visit]).submit('2027-01-04 23:59', 'survey', 'B').submit('2027-01-05 00:00', 'survey', 'B');
    expect(life.refusals).toEqual([
      {
        rejected: 'not-open-yet',
        message: 'survey can be handed in from 2027-01-05 on',
        clauses: ['S000-survey'],
      },
    ]);
    expect(life.rows()[0]).toBe('survey#2026-Q4 fulfilled 2027-01-15');
  });
});

describe('a checklist of required parts (S001a-04, S001a-60, S001b-95)', () => {
  const checklist = [
    { id: 'sample', clauses: ['S000-a'], mayOmit: false },
    { id: 'analysis', clauses: ['S000-b'], mayOmit: false },
    { id: 'photos', clauses: ['S000-c'], mayOmit: true },
  ];
  const report = duty('report', 'signing', '30 days', { checklist });
  const handIn = (parts?: string[], omitted?: string[]) =>
    signed([report]).submit('2026-09-10 10:00', 'report', 'B', {
      ...(parts ? { parts } : {}),
      ...(omitted ? { omitted } : {}),
    });

  test('what is missing is named with its clauses, and nothing is handed in', () => {
    const life = handIn(['sample']);
    expect(life.refusals).toEqual([
      { rejected: 'checklist-incomplete', message: 'report lacks analysis, photos', clauses: ['S000-b', 'S000-c'] },
    ]);
    expect(life.rows()).toEqual(['report pending 2026-10-08']);
    expect(codes(handIn())).toEqual(['checklist-incomplete']);
  });

  test('a part may be left out only where that is allowed', () => {
    expect(handIn(['sample'], ['analysis', 'photos']).refusals).toMatchObject([
      { message: 'report lacks analysis', clauses: ['S000-b'] },
    ]);
    const life = handIn(['sample', 'analysis'], ['photos']);
    expect(codes(life)).toEqual([]);
    expect(life.events.find(({ type }) => type === 'deliverable-submitted')).toMatchObject({
      parts: ['sample', 'analysis'],
      omitted: ['photos'],
    });
  });

  test('a coordinator who enters it needs the same parts', () => {
    const document = { sha256: 'a'.repeat(64), size: 1 };
    const life = signed([report]).act(
      '2026-09-10 10:00',
      'coordinator',
      { type: 'submit', obligation: 'report', documents: [document], parts: ['sample'] },
      { onBehalfOf: 'B' },
    );
    expect(codes(life)).toEqual(['checklist-incomplete']);
  });
});

describe('seats: who may act, and who is written to', () => {
  const departments = {
    seats: ['A', 'B', 'coordinator', 'sales', 'quality'],
    seatParties: { sales: 'B', quality: 'B', logistics: 'B', audit: 'A' },
  };
  const bySales = duty('report', 'signing', '30 days', { responsible: 'sales' });
  const handIn = (seat: string, rule = bySales) =>
    signed([rule], departments).submit('2026-09-10 10:00', 'report', seat);

  test('a department hands in for itself, the party for its departments; nobody else does', () => {
    expect(codes(handIn('sales'))).toEqual([]);
    expect(codes(handIn('B'))).toEqual([]);
    for (const other of ['quality', 'A', 'audit', 'coordinator'])
      expect(codes(handIn(other))).toEqual(['not-responsible']);
  });

  test('what the party owes, its departments may hand in; the other side’s may not', () => {
    const byParty = { ...bySales, responsible: 'B' };
    expect(codes(handIn('quality', byParty))).toEqual([]);
    expect(codes(handIn('audit', byParty))).toEqual(['not-responsible']);
  });

  test('a coordinator enters it for the department or for its party, not for another department', () => {
    const document = { sha256: 'a'.repeat(64), size: 1 };
    const entered = (onBehalfOf: string) =>
      signed([bySales], departments).act(
        '2026-09-10 10:00',
        'coordinator',
        { type: 'submit', obligation: 'report', documents: [document] },
        { onBehalfOf },
      );
    expect(codes(entered('sales'))).toEqual([]);
    expect(codes(entered('B'))).toEqual([]);
    expect(codes(entered('quality'))).toEqual(['not-responsible']);
    expect(codes(entered('A'))).toEqual(['not-responsible']);
  });

  test('mail goes to the department; where nobody fills it, to its party', () => {
    const reminded = (responsible: string) =>
      signed([{ ...bySales, responsible, reminderLeadDays: [7] }], departments)
        .until('2026-10-09 12:00')
        .mail(({ kind }) => kind === 'reminder');
    expect(reminded('sales')).toEqual([
      '2026-09-30T09:00 reminder sales/sales report before-7', // 10-01 to 10-07 are rest days
      '2026-10-08T09:00 reminder sales/sales report due',
      '2026-10-09T09:00 reminder sales/sales report overdue-1',
      '2026-10-09T09:00 reminder coordinator/copy report overdue-1',
    ]);
    expect(reminded('logistics')[0]).toBe('2026-09-30T09:00 reminder B/B report before-7');
  });

  test('the ledger names the parties, not the department', () => {
    const penalty = {
      clauses: ['S000-penalty'],
      creditor: 'A',
      base: '100000.00',
      rate: '0.001',
      currency: 'CNY',
      graceDays: 0,
      cap: null,
    };
    const life = signed([{ ...bySales, penalty }], departments).submit('2026-10-10 10:00', 'report', 'sales');
    expect(life.ledger()).toEqual(['2026-10-10T10:00:00+08:00 penalty B>A 200.00 2d']);
  });

  test('a copy goes to the next level from its rung on, beside the coordinator', () => {
    const escalation = [
      { rung: 'due', to: 'quality' },
      { rung: 'overdue-3', to: 'A' },
      { rung: 'overdue-1', to: 'logistics' },
    ];
    const life = signed([{ ...bySales, escalation }], departments).until('2026-10-12 12:00');
    expect(life.mail(({ kind, role }) => kind === 'reminder' && role === 'copy')).toEqual([
      '2026-10-08T09:00 reminder quality/copy report due',
      '2026-10-09T09:00 reminder coordinator/copy report overdue-1',
      '2026-10-09T09:00 reminder quality/copy report overdue-1',
      '2026-10-09T09:00 reminder B/copy report overdue-1', // nobody fills logistics
      '2026-10-12T09:00 reminder coordinator/copy report overdue-3',
      '2026-10-12T09:00 reminder quality/copy report overdue-3',
      '2026-10-12T09:00 reminder A/copy report overdue-3',
      '2026-10-12T09:00 reminder B/copy report overdue-3',
    ]);
  });

  test('without a coordinator, copies to it are left out', () => {
    const life = signed([{ ...bySales, escalation: [{ rung: 'due', to: 'coordinator' }] }], {
      ...departments,
      seats: ['A', 'B', 'sales'],
    }).until('2026-10-12 12:00');
    expect(life.mail(({ role }) => role === 'copy')).toEqual([]);
  });

  test('a department reviews where it is asked to; the other side’s acceptance is not its own', () => {
    const review = { reviewers: ['quality'], windowDays: 10, reworkDays: 10, clauses: ['S000-review'] };
    const life = signed([{ ...bySales, review }], departments)
      .submit('2026-09-10 10:00', 'report', 'sales')
      .accept('2026-09-11 10:00', 'report', 'A')
      .accept('2026-09-11 11:00', 'report', 'sales')
      .accept('2026-09-11 12:00', 'report', 'quality');
    expect(codes(life)).toEqual(['not-responsible', 'not-responsible']);
    expect(life.rows()).toEqual(['report fulfilled 2026-10-08']);
    expect(life.mail(({ kind }) => kind === 'review-request')).toEqual([
      '2026-09-10T10:00 review-request quality/quality report',
    ]);
  });
});

describe('an agreement that was signed long ago', () => {
  const now = '2027-02-01 10:00';
  const lived = (obligations: CompiledDeliverable[]) =>
    new Life(agreementOf(obligations), now)
      .sign(now, '2026-03-15')
      .until(now, '2027-02-01 10:00:01')
      .until('2027-02-01 10:01');

  test('all its quarters open, those that are over are overdue at their time, and what was missed is one mail', () => {
    const life = lived([survey({ reminderLeadDays: [7] })]);
    expect(life.rows()).toEqual([
      'survey#2026-Q2 overdue 2026-07-15',
      'survey#2026-Q3 overdue 2026-10-15',
      'survey#2026-Q4 overdue 2027-01-15',
      'survey#2027-Q1 pending 2027-04-15',
    ]);
    expect(of(life, 'opened').every((line) => line.endsWith('2027-02-01T10:00:00+08:00'))).toBe(true);
    expect(of(life, 'overdue').map((line) => line.slice(-25))).toEqual([
      '2026-07-16T00:00:00+08:00',
      '2026-10-16T00:00:00+08:00',
      '2027-01-16T00:00:00+08:00',
    ]);
    const mails = life.notices.filter(({ kind }) => kind === 'reminder' || kind === 'summary');
    expect(mails.map(({ kind, seat, role }) => `${kind} ${seat}/${role}`)).toEqual([
      'summary B/B',
      'summary coordinator/copy',
    ]);
    expect(mails[0]?.facts.missed?.map(({ occurrence, localDate }) => [occurrence, localDate])).toEqual([
      ['2026-Q2', '2026-07-15'],
      ['2026-Q3', '2026-10-15'],
      ['2026-Q4', '2027-01-15'],
    ]);
  });

  test('what follows them on their due time is there since they are: a past hand-in of it can be entered', () => {
    const publication = duty('publication', { obligation: 'survey', at: 'due' }, '5 days');
    const life = lived([survey(), publication]);
    const document = { sha256: 'a'.repeat(64), size: 1 };
    life.act(
      '2027-02-01 11:00',
      'coordinator',
      {
        type: 'submit',
        obligation: 'publication',
        occurrence: '2026-Q2',
        documents: [document],
        handedInAtMs: life.ms('2026-07-18 10:00'),
      },
      { onBehalfOf: 'B' },
    );
    expect(codes(life)).toEqual([]);
    expect(life.rows()).toContain('publication#2026-Q2 fulfilled 2026-07-20');
  });

  test('late days of the past count', () => {
    const life = lived([survey()]).submit('2027-02-01 11:00', 'survey', 'B');
    expect(life.obligation('survey#2026-Q2')).toMatchObject({ status: 'fulfilled-late', settledDaysLate: 201 });
  });
});

describe('why it is due then', () => {
  const why = (life: Life, id: string, occurrence: string | null = null): string[] => {
    const context = obligationContext(life.state, id, occurrence);
    if (!context || life.state.inForceOn === null) throw new Error(`no ${id}`);
    return explainDue(context, { inForceOn: life.state.inForceOn, expiresOn: life.state.expiresOn }).map(
      ({ en }) => en,
    );
  };

  test('an occurrence is explained by its period, as in the plan', () => {
    const life = signed([survey()]).until('2026-10-01 12:00');
    const expected = [
      '2026-Q4 ends on 2026-12-31',
      '+15 days = 2027-01-15',
      'ends on 2027-01-15 at 24:00 Asia/Shanghai',
      'provisional: no official holiday notice for 2027 in calendar cn@2026.1, weekends and statutory festivals alone are counted as rest',
    ];
    expect(why(life, 'survey', '2026-Q4')).toEqual(expected);
    const planned = occurrenceDue(life.state.agreement, survey(), { inForceOn: '2026-09-01', expiresOn: null }, 1);
    expect(planned?.due.explanation.map(({ en }) => en)).toEqual(expected);
  });

  test('what follows says what it follows: a due time, a fulfilment, an event', () => {
    const life = signed([
      duty('report', 'signing', '30 days'),
      duty('after-due', { obligation: 'report', at: 'due' }, '5 days'),
      duty('after-fulfilment', { obligation: 'report', at: 'fulfilled' }, '5 days'),
      duty('after-overdue', { event: 'obligation-overdue', of: 'report' }, '36 hours'),
    ]).submit('2026-10-12 10:00', 'report', 'B');
    expect(why(life, 'after-due')[0]).toBe('what it follows is due 2026-10-08, day not counted');
    expect(why(life, 'after-fulfilment')[0]).toBe('what it follows was fulfilled 2026-10-12, day not counted');
    expect(why(life, 'after-overdue')).toEqual([
      'what it follows happened 2026-10-09 00:00 Asia/Shanghai',
      '+36 hours around the clock = 2026-10-10 12:00',
    ]);
  });
});

describe('what cannot be', () => {
  test('an occurrence that there will never be is unknown, one that will be has not begun', () => {
    const every = duty('check', 'effect', '0 days', { recurrence: EVERY_3_MONTHS });
    const life = signed([every])
      .submit('2026-09-02 10:00', 'check#2026-12-01', 'B')
      .submit('2026-09-02 10:01', 'check#2026-12-15', 'B')
      .submit('2026-09-02 10:02', 'check#2027-99-99', 'B')
      .submit('2026-09-02 10:03', 'check#2027-Q1', 'B');
    expect(codes(life)).toEqual(['not-open-yet', 'unknown-obligation', 'unknown-obligation', 'unknown-obligation']);
  });

  test('a date before the effect is due on the day of the effect: nothing is overdue before there is an agreement', () => {
    const early = duty('inputs', { on: '2026-06-01', term: 'inputsDueDate' }, '0 days');
    const life = signed([early]).until('2026-09-03 12:00');
    expect(life.rows()).toEqual(['inputs overdue 2026-09-01']);
    expect(of(life, 'obligation-overdue')).toEqual(['obligation-overdue inputs 2026-09-02T00:00:00+08:00']);
  });

  test('the page gives the same reason as the plan: the date, and why it is not that date', () => {
    const early = duty('inputs', { on: '2026-06-01', term: 'inputsDueDate' }, '0 days');
    const { state } = signed([early]);
    const context = obligationContext(state, 'inputs', null);
    if (!context) throw new Error('inputs are not there');
    const steps = explainDue(context, { inForceOn: '2026-09-01', expiresOn: null }).map(({ en }) => en);
    expect(steps[0]).toBe('agreed date 2026-06-01');
    expect(steps.at(-1)).toBe('before the effect: the day of the effect, 2026-09-01, is the last day');
  });

  test('an occurrence counted back to before the effect is due on the day of the effect, too', () => {
    const planning = duty('planning', 'effect', '-60 days', { recurrence: { ...QUARTERLY, edge: 'start' } });
    const life = signed([planning]).until('2026-09-03 12:00');
    expect(life.rows()).toEqual(['planning#2026-Q4 overdue 2026-09-01']);
    expect(of(life, 'obligation-overdue')).toEqual(['obligation-overdue planning#2026-Q4 2026-09-02T00:00:00+08:00']);
  });
});
