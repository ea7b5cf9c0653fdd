import { describe, expect, test } from 'vitest';
import type { CompiledAgreement, CompiledDeliverable } from '../../domain/agreement/compiled.ts';
import type { CalendarRepinned } from '../../domain/agreement/event.ts';
import { obligationContext } from '../../domain/agreement/obligations.ts';
import { callingOf, explainDue } from '../../domain/agreement/opening.ts';
import { completeState, restoreState, snapshotOf } from '../../domain/agreement/snapshot.ts';
import { evolve } from '../../domain/agreement/evolve.ts';
import { initialState } from '../../domain/agreement/initial.ts';
import { changeBetween } from '../../domain/calendar-change.ts';
import { redatingOf, shownOf } from '../../domain/redating/redating.ts';
import { loadCalendar } from '../../templates/calendars.ts';
import { EXAMPLE_2027, exampleCalendar } from '../support/calendar-2027.ts';
import { Life, agreementOf, duty, lifeOf, paper, payment } from '../support/life.ts';

const cn = loadCalendar('cn@2026.1');
const change = changeBetween(cn, exampleCalendar());
const review = { reviewers: ['A', 'B'], windowDays: 10, reworkDays: 10, clauses: ['S001a-61'] };
const on = (id: string, date: string, more: Partial<CompiledDeliverable> = {}) =>
  duty(id, { on: date, term: 'date' }, '0 days', more);
const life = lifeOf({
  amendment: { consent: ['A', 'B'], lapseDays: 10, clauses: ['S001b-77'] },
  override: { by: ['coordinator'], clauses: ['S004-27'] },
  suspension: [{ grounds: ['force-majeure'], clauses: ['S001a-37'] }],
  requests: [{ id: 'permission', from: 'B', to: 'A', replyDays: 10, clauses: ['S003-K-16'] }],
});

function living(obligations: CompiledAgreement['obligations'], signed = '2027-06-01 09:00'): Life {
  return new Life(agreementOf(obligations, { life }), signed).sign(signed);
}

function proposal(lived: Life, local: string): string[] {
  lived.until(local);
  const { redated, windows, upcoming } = redatingOf(lived.state, change, lived.ms(local));
  return [
    ...redated.map(
      (one) =>
        `${one.review ? 'review of ' : ''}${one.obligation}${one.occurrence ? `#${one.occurrence}` : ''} ${one.before.localDate} → ${one.due.localDate}`,
    ),
    ...windows.map(({ of, before, due }) => `${of} ${before.localDate} → ${due.localDate}`),
    ...upcoming.map(
      ({ obligation, occurrence, before, after }) => `coming ${obligation}#${occurrence} ${before} → ${after}`,
    ),
  ];
}

function accept(lived: Life, local: string): Life {
  lived.until(local);
  const shown = shownOf(redatingOf(lived.state, change, lived.ms(local)));
  return lived.act(local, 'coordinator', { type: 'redate', verdict: 'accept', change, shown });
}

describe('what a newer calendar would move', () => {
  test('a last day on National Day, provisionally the Monday after, is the first working day after the official holiday', () => {
    const lived = living([on('report', '2027-10-01'), on('plan', '2027-09-30'), on('later', '2027-12-01')]);
    expect(lived.obligation('report').due?.localDate).toBe('2027-10-04');
    expect(proposal(lived, '2027-07-01 10:00')).toEqual(['report 2027-10-04 → 2027-10-08']);
  });

  test('working days count a make-up Sunday: 5 of them from 09-20 end a day earlier', () => {
    const lived = living([duty('answer', { on: '2027-09-20', term: 'date' }, '5 working-days')]);
    expect(lived.obligation('answer').due?.localDate).toBe('2027-09-27');
    expect(proposal(lived, '2027-07-01 10:00')).toEqual(['answer 2027-09-27 → 2027-09-26']);
  });

  test('what follows a due time that moves, moves along; what was handed in, fell due or was waived does not', () => {
    const lived = living([
      on('report', '2027-10-01'),
      duty('follow-up', { obligation: 'report', at: 'due' }, '3 working-days'),
      on('done', '2027-10-02'),
      on('missed', '2027-06-12'),
      payment('fee', '2027-10-01'),
    ]).submit('2027-06-20 10:00', 'done', 'B');
    expect(lived.obligation('follow-up').due?.localDate).toBe('2027-10-07');
    // 10-08 is a Friday; 10-09, 10-11 and 10-12 follow. The payment does not roll over, as agreed.
    expect(proposal(lived, '2027-07-01 10:00')).toEqual([
      'report 2027-10-04 → 2027-10-08',
      'follow-up 2027-10-07 → 2027-10-12',
    ]);
    expect(lived.obligation('missed').status).toBe('overdue');
  });

  test('nothing past moves: from the day on which it is late, lateness stays with the calendar under which it fell due', () => {
    const lived = living([on('report', '2027-10-01')]);
    expect(proposal(lived, '2027-10-04 23:59')).toEqual(['report 2027-10-04 → 2027-10-08']);
    expect(proposal(lived, '2027-10-05 00:00')).toEqual([]);
  });

  test('no date moves before the end of the day of the decision', () => {
    const lived = living([duty('answer', { on: '2027-09-20', term: 'date' }, '5 working-days')]);
    expect(proposal(lived, '2027-09-26 10:00')).toEqual(['answer 2027-09-27 → 2027-09-26']);
    expect(proposal(lived, '2027-09-27 10:00')).toEqual([]);
  });

  test('the reviewers’ window, a request’s and a proposal’s time to answer', () => {
    const lived = living([
      on('report', '2027-09-24', { review }),
      duty('monthly', 'effect', '0 days', {
        recurrence: { by: 'interval', every: { unit: 'months', count: 1 }, edge: 'end' },
      }),
    ])
      .submit('2027-09-23 10:00', 'report', 'B')
      .act('2027-09-24 10:00', 'B', { type: 'open-matter', kind: 'request', rule: 'permission', documents: [] })
      .act('2027-09-24 11:00', 'B', {
        type: 'propose',
        amendment: 'a1',
        effectiveOn: '2027-12-01',
        patch: { obligations: [on('extra', '2027-12-20')], removed: [], terms: [] },
        documents: [],
      });
    expect(proposal(lived, '2027-09-24 12:00')).toEqual([
      'review of report 2027-10-04 → 2027-10-08',
      'monthly#2027-09-01 2027-10-04 → 2027-10-08',
      'matter:request-1 2027-10-04 → 2027-10-08',
      'amendment:a1 2027-10-04 → 2027-10-08',
    ]);
  });

  test('an occurrence that has not begun is told ahead', () => {
    const quarterly = { by: 'period', period: 'quarter', edge: 'end', partialFirst: true } as const;
    const lived = living([duty('survey', 'effect', '1 days', { recurrence: quarterly })]);
    expect(proposal(lived, '2027-06-02 10:00')).toEqual(['coming survey#2027-Q3 2027-10-04 → 2027-10-08']);
  });

  test('a date that was named for a special case stays; a suspended clock is dated by the new calendar when it runs', () => {
    const named = living([on('report', '2027-09-01')]).act('2027-07-01 10:00', 'coordinator', {
      type: 'override',
      obligation: 'report',
      dueOn: '2027-10-04',
      documents: [],
    });
    expect(proposal(named, '2027-07-02 10:00')).toEqual([]);
    const paused = living([on('report', '2027-09-28')]).act('2027-07-01 10:00', 'A', {
      type: 'suspend',
      ground: 'force-majeure',
      obligations: [],
      documents: [paper()],
    });
    accept(paused, '2027-07-02 10:00').act('2027-07-04 10:00', 'A', { type: 'resume', obligations: [], documents: [] });
    // Three days lost: 10-01, a rest day until 10-08.
    expect(paused.obligation('report').due?.localDate).toBe('2027-10-08');
  });
});

describe('the coordinator decides', () => {
  const report = () => living([on('report', '2027-10-01'), on('missed', '2027-06-12'), on('other', '2027-08-02')]);

  test('accepts: dates move with their reasons, those who owe hear of it, the pinned calendar is the newer one', () => {
    const lived = accept(report(), '2027-07-01 10:00');
    expect(lived.obligation('report').due).toEqual({
      dueAtMs: lived.ms('2027-10-09 00:00'),
      localDate: '2027-10-08',
    });
    expect(lived.state.agreement.calendar).toMatchObject({ version: '2027.1', provisionalFrom: '2028-01-01' });
    const event = lived.events.at(-1) as CalendarRepinned;
    expect(event).toMatchObject({
      type: 'calendar-repinned',
      actor: { seat: 'coordinator' },
      change: { id: 'cn', from: { version: '2026.1', hash: cn.hash }, to: { version: '2027.1' } },
      redated: [{ obligation: 'report', before: { localDate: '2027-10-04' }, due: { localDate: '2027-10-08' } }],
    });
    expect(lived.until('2027-07-02 10:00').mail(({ kind }) => kind === 'calendar-repinned')).toEqual([
      '2027-07-01T10:00 calendar-repinned B/B',
      '2027-07-01T10:00 calendar-repinned A/A',
    ]);
    const context = obligationContext(lived.state, 'report', null);
    const calling = callingOf(lived.state);
    expect(
      context &&
        calling &&
        explainDue(context, calling)
          .map(({ en }) => en)
          .slice(-3),
    ).toEqual([
      'the coordinator accepted calendar cn@2027.1: it counts from then on',
      'the last day moves from 2027-10-04 to 2027-10-08',
      'now ends on 2027-10-08 Asia/Shanghai',
    ]);
    // What was late before says still by which calendar.
    expect(lived.obligation('missed')).toMatchObject({ status: 'overdue', reckonedBy: '2026.1' });
    expect(lived.until('2027-10-08 23:59').obligation('report').status).toBe('pending');
    expect(lived.until('2027-10-09 00:00').obligation('report').status).toBe('overdue');
  });

  test('declines with a reason beside the command: nothing moves; what was declined can still be accepted', () => {
    const lived = report().act('2027-07-01 10:00', 'coordinator', {
      type: 'redate',
      verdict: 'decline',
      change,
      shown: [],
    });
    expect(lived.events.at(-1)).toMatchObject({
      type: 'redating-declined',
      calendar: 'cn',
      from: '2026.1',
      to: '2027.1',
      commandId: 'c3',
    });
    expect(lived.state.keptCalendar?.version).toBe('2027.1');
    expect(lived.obligation('report').due?.localDate).toBe('2027-10-04');
    lived.act('2027-07-02 10:00', 'coordinator', { type: 'redate', verdict: 'decline', change, shown: [] });
    expect(lived.rejections.map(({ code }) => code)).toEqual(['nothing-changes']);
    expect(accept(lived, '2027-07-03 10:00').obligation('report').due?.localDate).toBe('2027-10-08');
  });

  test('nobody else; not twice; not another set of dates than was shown', () => {
    const lived = report();
    const shown = [{ of: 'due:report', to: '2027-10-08' }];
    lived
      .act('2027-07-01 10:00', 'A', { type: 'redate', verdict: 'accept', change, shown })
      .act('2027-07-01 10:01', 'coordinator', { type: 'redate', verdict: 'accept', change, shown: [] })
      .act('2027-07-01 10:02', 'coordinator', { type: 'redate', verdict: 'accept', change, shown })
      .act('2027-07-01 10:03', 'coordinator', { type: 'redate', verdict: 'accept', change, shown });
    expect(lived.rejections.map(({ code }) => code)).toEqual([
      'not-responsible',
      'redating-changed',
      'calendar-not-pinned',
    ]);
  });

  test('before the signatures it is taken up as well; after the end it is not', () => {
    const early = new Life(agreementOf([on('report', '2027-10-01')], { life }), '2027-06-01 09:00');
    accept(early, '2027-06-02 09:00').sign('2027-06-03 09:00');
    expect(early.obligation('report').due?.localDate).toBe('2027-10-08');
    const ended = accept(report().terminate('2027-07-01 10:00'), '2027-07-02 10:00');
    expect(ended.rejections.map(({ code }) => code)).toEqual(['agreement-ended']);
  });

  test('a later version moves from there; a working-day clock is counted anew each time', () => {
    const lived = living([
      on('report', '2027-10-01'),
      duty('answer', { on: '2027-10-07', term: 'date' }, '2 working-days'),
    ]);
    accept(lived, '2027-07-01 10:00');
    expect(lived.obligation('answer').due?.localDate).toBe('2027-10-09'); // the make-up Saturday
    const corrected = { ...EXAMPLE_2027, makeUp: EXAMPLE_2027.makeUp.slice(0, 4) };
    const again = changeBetween(exampleCalendar(), exampleCalendar(corrected, exampleCalendar()));
    const shown = shownOf(redatingOf(lived.state, again, lived.ms('2027-07-02 10:00')));
    expect(shown).toEqual([{ of: 'due:answer', to: '2027-10-11' }]);
    lived.act('2027-07-02 10:00', 'coordinator', { type: 'redate', verdict: 'accept', change: again, shown });
    expect(lived.obligation('answer').due?.localDate).toBe('2027-10-11');
    expect(lived.obligation('report').due?.localDate).toBe('2027-10-08');
  });

  test('the fold of the events, the snapshot and a state carried on say the same; states of earlier releases fold', () => {
    const lived = accept(report(), '2027-07-01 10:00');
    const started = agreementOf([on('report', '2027-10-01'), on('missed', '2027-06-12'), on('other', '2027-08-02')], {
      life,
    });
    const folded = lived.events.reduce(
      (state, event) => ({ ...evolve(state, event), sequence: event.sequence }),
      initialState(started),
    );
    expect(snapshotOf(folded)).toEqual(snapshotOf(lived.state));
    const stored = JSON.parse(JSON.stringify(snapshotOf(lived.state))) as ReturnType<typeof snapshotOf>;
    const restored = restoreState(started, stored, lived.state.sequence);
    expect(restored.agreement).toEqual(lived.state.agreement);
    expect(completeState(lived.state)).toEqual(lived.state);
    const { repins: _repins, keptCalendar: _kept, ...older } = snapshotOf(report().state);
    expect(restoreState(started, older, 3).agreement.calendar).toEqual(started.calendar);
  });
});
