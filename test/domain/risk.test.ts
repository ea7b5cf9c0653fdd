import { describe, expect, test } from 'vitest';
import type { Actor } from '../../domain/agreement/command.ts';
import { foldProcess, isRefused } from '../../domain/process/fold.ts';
import type { RiskInput } from '../../domain/risk/command.ts';
import type { CompiledRisks } from '../../domain/risk/compiled.ts';
import { nextReviewDue, responseDueAfter, reviewDueAfter } from '../../domain/risk/due.ts';
import type { RiskEvent } from '../../domain/risk/event.ts';
import { isAtLeast, levelOf } from '../../domain/risk/level.ts';
import { riskRules } from '../../domain/risk/risk.ts';
import { figureOf, scoresUpTo, signalTo, triggersIn } from '../../domain/risk/signalling.ts';
import { notRegistrable } from '../../domain/risk/standing.ts';
import type { RiskState } from '../../domain/risk/state.ts';
import { crosses } from '../../domain/risk/warning.ts';
import { loadCalendar } from '../../templates/calendars.ts';
import { thresholdOf } from '../../templates/risk-terms.ts';
import { zoneData } from '../../templates/zone-data.ts';

const at = (local: string): number => Date.parse(`${local.replace(' ', 'T')}:00+08:00`);
const A: Actor = { personId: 'a', seat: 'A', party: 'A', via: 'api' };
const B: Actor = { personId: 'b', seat: 'B', party: 'B', via: 'api' };
const COORDINATOR: Actor = { personId: 'c', seat: 'coordinator', via: 'api' };
const STEPS = [
  { id: 'step-1', seat: 'A' },
  { id: 'step-2', seat: 'desk' },
];
const NO_MEASURES = { n: 0, mean: null, satisfied: null, nps: null };
const EMERGENCY = { steps: STEPS, listed: ['B'] };

const RULES: CompiledRisks = {
  id: 'risks',
  clauses: ['S-1'],
  keeper: 'A',
  report: 'risk-review',
  measureReport: null,
  scale: { mediumFrom: 5, highFrom: 12 },
  planLevel: 'MEDIUM',
  response: { days: 14, clauses: ['S-2'] },
  residual: { clauses: ['S-3'] },
  reopens: { clauses: ['S-4'] },
  review: { every: { unit: 'days', count: 90 }, clauses: ['S-5'], empty: null },
  measureReview: { every: { unit: 'days', count: 60 }, clauses: ['S-6'] },
  warning: { ackHours: 24, clauses: ['S-7'] },
  emergency: { clauses: ['S-8'] },
};

function inputOf(more: Partial<RiskInput> = {}, rules: Partial<CompiledRisks> = {}): RiskInput {
  return {
    format: 1,
    workflowId: 'risk/x/staff-loss',
    agreementId: 'x',
    reference: 'staff-loss',
    zone: zoneData('Asia/Shanghai'),
    calendar: loadCalendar('cn'),
    noticeHours: { days: 'working-days', from: '09:00', to: '18:00' },
    parties: ['A', 'B'],
    seats: ['A', 'B', 'desk', 'coordinator'],
    seatParties: { desk: 'A' },
    rules: { ...RULES, ...rules },
    anchorOn: '2026-09-01',
    registeredAtMs: at('2026-09-10 10:00'),
    owner: 'A',
    departments: ['desk'],
    readers: [],
    probability: 2,
    impact: 2,
    threshold: { indicator: 'overdue-duties', operator: 'at-least', value: '3' },
    emergency: null,
    actor: A,
    ...more,
  };
}

class Life {
  state: RiskState;
  events: RiskEvent[] = [];
  notices: { kind: string; seat: string; role: string; atMs: number; rungs?: string[] }[] = [];
  #count = 0;

  constructor(input = inputOf(), atMs = at('2026-09-10 10:00')) {
    const state = riskRules.initial(input);
    this.state = state;
    this.#fold(riskRules.start(state, atMs), atMs);
  }

  /** What was refused, if it was. */
  act(local: string, actor: Actor, command: Record<string, unknown>): string | undefined {
    this.pass(local);
    const receivedAtMs = at(local);
    this.#count += 1;
    const decided = riskRules.decide(
      { id: `c${String(this.#count)}`, receivedAtMs, actor, ...command } as never,
      this.state,
    );
    if (isRefused(decided)) return decided.rejected;
    this.#fold(decided, receivedAtMs);
    return undefined;
  }

  /** Time up to an instant, that one included. */
  pass(local: string): void {
    for (;;) {
      const moments = [
        ...this.state.delivery.scheduled.map(({ atMs }) => atMs),
        ...[riskRules.nextDue(this.state)?.atMs ?? []].flat(),
      ];
      const next = Math.min(...moments);
      if (next > at(local)) return;
      const decided = riskRules.decide({ type: 'tick', atMs: next, nowMs: next }, this.state);
      if (isRefused(decided)) throw new Error('time was refused');
      this.#fold(decided, next);
    }
  }

  #fold(decided: ReturnType<typeof riskRules.start>, atMs: number): void {
    const folded = foldProcess(riskRules, this.state, decided, {
      workflowId: 'risk/x/staff-loss',
      atMs,
      recordedAtMs: atMs,
    });
    this.state = folded.state;
    this.events.push(...folded.events);
    this.notices.push(...folded.notices);
  }

  types(): string[] {
    return this.events.map(({ type }) => type);
  }

  last<T extends RiskEvent['type']>(type: T): Extract<RiskEvent, { type: T }> {
    return this.events.findLast((event) => event.type === type) as Extract<RiskEvent, { type: T }>;
  }
}

const MEASURE = { lowers: 'likelihood', residual: { probability: 1, impact: 2 }, owner: 'desk', dueOn: null };

describe('the level of a risk', () => {
  test.each([
    [1, 1, 'LOW'],
    [2, 2, 'LOW'],
    [1, 5, 'MEDIUM'],
    [3, 3, 'MEDIUM'],
    [3, 4, 'HIGH'],
    [5, 5, 'HIGH'],
  ])('%i × %i is %s on the scale of 5 and 12', (probability, impact, level) => {
    expect(levelOf(RULES, { probability, impact })).toBe(level);
  });

  test('a level is at least itself and any below', () => {
    expect([isAtLeast('MEDIUM', 'MEDIUM'), isAtLeast('HIGH', 'MEDIUM'), isAtLeast('LOW', 'MEDIUM')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('dates of a risk', () => {
  const input = inputOf();

  test('reviews fall on day 0 + k × interval, rolled off rest days, never on the one before + interval', () => {
    // In force 2026-09-01, every 90 days: 2026-11-30 (Monday), 2027-02-28 (Sunday, so 2027-03-01), 2027-05-29 (Saturday, so 05-31).
    const [first, second, third] = ['2026-09-10 10:00', '2026-12-01 00:00', '2027-03-02 00:00'].map((now) =>
      reviewDueAfter(input, RULES.review?.every, at(now)),
    );
    expect([first?.localDate, second?.localDate, third?.localDate]).toEqual(['2026-11-30', '2027-03-01', '2027-05-31']);
  });

  test('a late review is for the interval that was missed, one in time for its own, a second one for none', () => {
    const due = { dueAtMs: at('2026-12-01 00:00'), localDate: '2026-11-30' };
    const every = RULES.review?.every;
    const next = (coming: { due: typeof due | null; overdue: boolean }, now: string) =>
      nextReviewDue(input, every, coming, at(now))?.localDate;
    expect(next({ due, overdue: false }, '2026-11-20 10:00')).toBe('2027-03-01');
    expect(next({ due, overdue: true }, '2026-12-05 10:00')).toBe('2027-03-01');
    const ahead = { dueAtMs: at('2027-03-02 00:00'), localDate: '2027-03-01' };
    expect(next({ due: ahead, overdue: false }, '2026-11-25 10:00')).toBe('2027-03-01');
  });

  test('measures are due so many days after the registration, rolled over; without an agreed length no clock runs', () => {
    // 2026-09-10 + 14 = 2026-09-24 (Thursday); 2026-09-18 + 14 = 2026-10-02, National Day week, so 2026-10-08.
    expect(responseDueAfter(input, at('2026-09-10 10:00'))?.localDate).toBe('2026-09-24');
    expect(responseDueAfter(input, at('2026-09-18 10:00'))?.localDate).toBe('2026-10-08');
    const open = inputOf(
      {},
      { response: { days: null, clauses: [] }, review: { every: null, clauses: [], empty: null } },
    );
    expect(responseDueAfter(open, at('2026-09-10 10:00'))).toBeNull();
    expect(reviewDueAfter(open, null, at('2026-09-10 10:00'))).toBeNull();
    expect(new Life(open).state.response.due).toBeNull();
  });
});

describe('the register', () => {
  test('a risk at or above the agreed level is not kept without an emergency plan', () => {
    const high = { probability: 4, impact: 4 };
    expect(notRegistrable(inputOf(high))?.rejected).toBe('emergency-plan-missing');
    expect(notRegistrable(inputOf({ ...high, emergency: EMERGENCY }))).toBeUndefined();
    expect(notRegistrable(inputOf(high, { planLevel: null }))).toBeUndefined();
    const life = new Life();
    expect(life.act('2026-09-11 10:00', A, { type: 'rate', ...high })).toBe('emergency-plan-missing');
    expect(life.act('2026-09-11 10:00', A, { type: 'rate', ...high, emergency: EMERGENCY })).toBeUndefined();
    expect(life.state).toMatchObject({ rating: { level: 'HIGH', version: 2 }, emergency: EMERGENCY });
  });

  test('ratings are whole numbers on the scale, seats are those of the agreement, steps that the contract lacks are refused', () => {
    expect(notRegistrable(inputOf({ probability: 6 }))?.rejected).toBe('rating-out-of-range');
    expect(notRegistrable(inputOf({ impact: 1.5 }))?.rejected).toBe('rating-out-of-range');
    expect(notRegistrable(inputOf({ departments: ['nobody'] }))?.rejected).toBe('unknown-seat');
    const withThird = { seats: ['A', 'B', 'third'], seatParties: { third: 'third' } };
    expect(notRegistrable(inputOf({ ...withThird, departments: ['third'] }))?.rejected).toBe('unknown-seat');
    expect(notRegistrable(inputOf({}, { warning: null }))?.rejected).toBe('not-provided');
    expect(notRegistrable(inputOf({ emergency: EMERGENCY }, { emergency: null }))?.rejected).toBe('not-provided');
    expect(notRegistrable(inputOf({ actor: B }))?.rejected).toBe('not-responsible');
    expect(notRegistrable(inputOf({ actor: COORDINATOR }))).toBeUndefined();
  });

  test('a risk without an indicator is kept and warned of where the contract has early warning', () => {
    const unguarded = new Life(inputOf({ threshold: null }));
    expect(unguarded.last('risk-registered').unguarded).toBe(true);
    expect(unguarded.notices.map(({ kind }) => kind)).toContain('risk-unguarded');
    const without = new Life(inputOf({ threshold: null }, { warning: null }));
    expect(without.last('risk-registered').unguarded).toBe(false);
    expect(without.notices.map(({ kind }) => kind)).not.toContain('risk-unguarded');
  });
});

describe('measures', () => {
  test('without one by its time the owner, the keeper and the coordinator hear of it', () => {
    const life = new Life();
    life.pass('2026-09-28 12:00');
    expect(life.types()).toContain('risk-response-overdue');
    const late = life.notices.filter(
      ({ kind, rungs }) => kind === 'risk-response-reminder' && rungs?.includes('overdue-1'),
    );
    expect(late.map(({ seat }) => seat)).toEqual(['A', 'coordinator']);
  });

  test('a measure says what it lowers and what remains where the contract asks for that', () => {
    const life = new Life();
    const plan = (more: object) =>
      life.act('2026-09-11 10:00', A, { type: 'mitigate', measure: 'm', ...MEASURE, ...more });
    expect(plan({ lowers: null })).toBe('residual-missing');
    expect(plan({ residual: { probability: 3, impact: 2 } })).toBe('rating-out-of-range');
    expect(plan({ dueOn: '2026-09-01' })).toBe('date-passed');
    expect(plan({})).toBeUndefined();
    expect(plan({})).toBe('name-taken');
    expect(life.state.measures[0]).toMatchObject({ residual: { level: 'LOW' }, due: { localDate: '2026-09-24' } });
    expect(life.state.response.due).toBeNull();
    const free = new Life(inputOf({}, { residual: null }));
    expect(
      free.act('2026-09-11 10:00', A, { type: 'mitigate', measure: 'm', ...MEASURE, lowers: null, residual: null }),
    ).toBeUndefined();
  });

  test('its owner completes it; late by whole days after its due date', () => {
    const life = new Life();
    life.act('2026-09-11 10:00', A, { type: 'mitigate', measure: 'm', ...MEASURE });
    expect(life.act('2026-09-26 09:00', B, { type: 'complete', measure: 'm', documents: [] })).toBe('not-responsible');
    expect(life.types()).toContain('risk-measure-overdue');
    const desk: Actor = { personId: 'd', seat: 'desk', party: 'A', via: 'api' };
    expect(life.act('2026-09-26 09:00', desk, { type: 'complete', measure: 'm', documents: [] })).toBeUndefined();
    expect(life.last('risk-measure-completed').daysLate).toBe(2);
    expect(life.act('2026-09-26 10:00', desk, { type: 'complete', measure: 'm', documents: [] })).toBe(
      'already-fulfilled',
    );
    expect(life.act('2026-09-26 10:00', desk, { type: 'complete', measure: 'n', documents: [] })).toBe(
      'unknown-measure',
    );
  });

  test('the first measure is reviewed from then on: a review that passed while there was none was not missed', () => {
    const life = new Life();
    // Every 60 days from 2026-09-01: 2026-11-02 passed without a measure, the next one is 2026-12-30.
    life.act('2026-11-20 10:00', A, { type: 'mitigate', measure: 'm', ...MEASURE });
    life.pass('2026-11-21 10:00');
    expect(life.types()).not.toContain('risk-measure-review-overdue');
    expect(life.state.measureReview.due?.localDate).toBe('2026-12-30');
    life.pass('2027-01-04 10:00');
    expect(life.types()).toContain('risk-measure-review-overdue');
  });

  test('a changed level opens them again with a new due date; a changed rating of the same level does not', () => {
    const life = new Life(inputOf({ emergency: EMERGENCY }));
    life.act('2026-09-11 10:00', A, { type: 'mitigate', measure: 'm', ...MEASURE });
    life.act('2026-09-14 10:00', A, { type: 'complete', measure: 'm', documents: [] });
    life.act('2026-09-15 10:00', A, { type: 'rate', probability: 2, impact: 1 });
    expect(life.state.measures[0]?.status).toBe('done');
    life.act('2026-09-18 10:00', A, { type: 'rate', probability: 3, impact: 3 });
    expect(life.last('risk-rated')).toMatchObject({ before: 'LOW', level: 'MEDIUM', version: 3, reopened: ['m'] });
    expect(life.state.measures[0]).toMatchObject({ status: 'open', due: { localDate: '2026-10-08' } });
    expect(life.notices.filter(({ kind }) => kind === 'risk-level-changed').map(({ seat }) => seat)).toContain('desk');
    const steady = new Life(inputOf({ emergency: EMERGENCY }, { reopens: null }));
    steady.act('2026-09-11 10:00', A, { type: 'mitigate', measure: 'm', ...MEASURE });
    steady.act('2026-09-14 10:00', A, { type: 'complete', measure: 'm', documents: [] });
    steady.act('2026-09-18 10:00', A, { type: 'rate', probability: 3, impact: 3 });
    expect(steady.state.measures[0]?.status).toBe('done');
  });

  test('their review is one of its own: a measure to be adjusted gets its new version with the verdict', () => {
    const life = new Life();
    life.act('2026-09-11 10:00', A, { type: 'mitigate', measure: 'm', ...MEASURE });
    life.act('2026-09-11 10:00', A, { type: 'mitigate', measure: 'n', ...MEASURE });
    const assess = (measure: string, more: object) =>
      life.act('2026-10-20 10:00', A, { type: 'assess', measure, ...more });
    expect(assess('m', { verdict: 'adjust' })).toBe('new-version-missing');
    expect(assess('m', { verdict: 'adjust', adjusted: { ...MEASURE, dueOn: '2026-11-20' } })).toBeUndefined();
    expect(life.types()).not.toContain('risk-measures-reviewed');
    expect(assess('n', { verdict: 'effective' })).toBeUndefined();
    // 2026-09-01 + 60 = 2026-10-31, a Saturday, so 2026-11-02; the next one 2026-12-30.
    expect(life.last('risk-measures-reviewed').due?.localDate).toBe('2026-12-30');
    expect(life.state.measures.find(({ measure }) => measure === 'm')).toMatchObject({ version: 2, status: 'open' });
    const none = new Life(inputOf({}, { measureReview: null }));
    none.act('2026-09-11 10:00', A, { type: 'mitigate', measure: 'm', ...MEASURE });
    expect(none.act('2026-10-20 10:00', A, { type: 'assess', measure: 'm', verdict: 'effective' })).toBe(
      'not-provided',
    );
  });
});

describe('the periodic review', () => {
  test('the duty that it serves is recalled by the agreement: only a late review is told, and all of one without a duty', () => {
    const rungs = (rules: Partial<CompiledRisks>): string[] => {
      const life = new Life(inputOf({}, rules));
      life.pass('2026-12-02 12:00');
      return life.notices.filter(({ kind }) => kind === 'risk-review-reminder').flatMap((one) => one.rungs ?? []);
    };
    expect([...new Set(rungs({}))]).toEqual(['overdue-1']);
    expect([...new Set(rungs({ report: null }))]).toEqual(['before-7', 'before-1', 'due', 'overdue-1']);
  });

  test('each risk is confirmed or rated anew with a version; what is missed is told and stays due', () => {
    const life = new Life();
    life.pass('2026-12-02 00:00');
    expect(life.types()).toContain('risk-review-overdue');
    const review = (more: object) => life.act('2026-12-04 10:00', A, { type: 'review', ...more });
    expect(review({ verdict: 're-rated' })).toBe('rating-missing');
    expect(review({ verdict: 're-rated', rating: { probability: 1, impact: 2 } })).toBeUndefined();
    expect(life.last('risk-reviewed')).toMatchObject({ version: 2, daysLate: 4, due: { localDate: '2027-03-01' } });
    expect(review({ verdict: 'confirmed' })).toBeUndefined();
    expect(life.state.review.due?.localDate).toBe('2027-05-31');
  });

  test('a plan that is brought as the risk is confirmed is kept', () => {
    const life = new Life();
    const review = (emergency: object) =>
      life.act('2026-11-20 10:00', A, { type: 'review', verdict: 'confirmed', emergency });
    expect(review({ steps: [{ id: 'call', seat: 'nobody' }], listed: [] })).toBe('unknown-seat');
    expect(review(EMERGENCY)).toBeUndefined();
    expect(life.state.emergency).toEqual(EMERGENCY);
    expect(life.state.rating.version).toBe(1);
  });
});

describe('warnings', () => {
  const signal = (value: string, indicator = 'overdue-duties') => ({ type: 'signal', indicator, value, about: 'duty' });
  const CLOCK: Actor = { personId: 'clock', seat: 'clock', via: 'clock' };

  test.each([
    ['above', '3', false],
    ['at-least', '3', true],
    ['at-most', '3', true],
    ['below', '2.99', true],
    ['below', '3', false],
  ] as const)('%s 3: %s crosses: %s', (operator, value, is) => {
    expect(crosses({ operator, value: '3' }, value)).toBe(is);
  });

  test('a crossing warns the departments at once, and further ones are part of it while it is open', () => {
    const life = new Life();
    life.act('2026-09-12 23:30', CLOCK, signal('2'));
    life.act('2026-09-12 23:30', CLOCK, signal('9', 'case-spike'));
    expect(life.state.warning).toBeNull();
    life.act('2026-09-12 23:31', CLOCK, signal('3'));
    life.act('2026-09-12 23:32', CLOCK, signal('4'));
    expect(life.types().filter((type) => type === 'risk-warning-raised')).toHaveLength(1);
    const warned = life.notices.filter(({ kind }) => kind === 'risk-warning');
    expect(warned.map(({ seat, atMs }) => [seat, atMs])).toEqual([
      ['desk', at('2026-09-12 23:31')],
      ['A', at('2026-09-12 23:31')],
    ]);
    const desk: Actor = { personId: 'd', seat: 'desk', party: 'A', via: 'api' };
    expect(life.act('2026-09-13 08:00', B, { type: 'acknowledge' })).toBe('not-responsible');
    expect(life.act('2026-09-13 08:00', desk, { type: 'acknowledge' })).toBeUndefined();
    expect(life.act('2026-09-13 08:00', desk, { type: 'acknowledge' })).toBe('no-warning');
    life.act('2026-09-13 09:00', CLOCK, signal('5'));
    expect(life.state.warnings).toBe(2);
  });

  test('not acknowledged within the agreed hours it goes on to the keeper and the coordinator, once, and can still be acknowledged', () => {
    const life = new Life();
    life.act('2026-09-12 23:31', CLOCK, signal('3'));
    life.pass('2026-09-13 23:30');
    expect(life.types()).not.toContain('risk-warning-overdue');
    life.pass('2026-09-20 00:00');
    expect(life.types().filter((type) => type === 'risk-warning-overdue')).toHaveLength(1);
    expect(life.last('risk-warning-overdue').occurredAtMs).toBe(at('2026-09-13 23:31'));
    expect(life.notices.filter(({ kind }) => kind === 'risk-warning-overdue').map(({ seat }) => seat)).toEqual([
      'A',
      'coordinator',
      'desk',
    ]);
    expect(life.act('2026-09-20 08:00', A, { type: 'acknowledge' })).toBeUndefined();
    expect(life.state.warning).toBeNull();
  });

  test.each([
    ['score-drop', 'below', 'threshold-reversed'],
    ['overdue-duties', 'at-most', 'threshold-reversed'],
    ['clock-near-breach', 'at-least', 'threshold-reversed'],
    ['clock-near-breach', 'below', undefined],
    ['score-drop', 'above', undefined],
    ['observed', 'below', undefined],
  ] as const)('%s %s: it would warn all the time, or is fine: %s', (indicator, operator, refused) => {
    const threshold = { indicator, operator, value: '2' };
    expect(notRegistrable(inputOf({ threshold }))?.rejected).toBe(refused);
    expect(new Life().act('2026-09-12 10:00', A, { type: 'equip', threshold })).toBe(refused);
  });

  test('a word of one’s own that is compared the other way round is a figure that somebody enters', () => {
    expect(thresholdOf({ indicator: '客户满意度', operator: 'below', value: 80 })).toEqual({
      indicator: 'observed',
      operator: 'below',
      value: '80',
    });
    expect(thresholdOf({ indicator: '客户满意度下降', value: '0.3' })).toMatchObject({ indicator: 'score-drop' });
    expect(thresholdOf({ indicator: 'score-drop', operator: 'below', value: 80 })).toMatchObject({
      indicator: 'score-drop',
    });
  });

  test('a figure that somebody enters warns as one of the record does', () => {
    const life = new Life(inputOf({ threshold: { indicator: 'observed', operator: 'above', value: '0.1' } }));
    life.act('2026-09-12 10:00', A, { type: 'observe', value: '0.10' });
    expect(life.state.warning).toBeNull();
    life.act('2026-09-12 10:00', A, { type: 'observe', value: '0.11' });
    expect(life.last('risk-warning-raised')).toMatchObject({ value: '0.11', about: null });
  });
});

describe('what the record shows', () => {
  const known = {
    scores: ['4.5000', '4.3300', '3.9100'],
    casesAtMs: [at('2026-09-01 10:00'), at('2026-09-06 09:00')],
    overdue: 2,
  };
  const trigger = (indicator: 'score-drop' | 'case-spike' | 'overdue-duties' | 'clock-near-breach') => {
    return { indicator, about: 'x', atMs: at('2026-09-08 10:00'), record: 'w 3' };
  };
  const threshold = { indicator: 'case-spike', operator: 'above', value: '1', windowDays: 7 } as const;

  test('figures in the units of their indicators', () => {
    // 4.33 − 3.91 = 0.42; of two cases one was opened within the seven days; 90 minutes are 1.5 hours.
    expect(figureOf(trigger('score-drop'), threshold, known)).toBe('0.42');
    expect(figureOf(trigger('score-drop'), threshold, { ...known, scores: ['4.0000'] })).toBeNull();
    expect(figureOf(trigger('score-drop'), threshold, { ...known, scores: ['4.0000', null] })).toBeNull();
    expect(figureOf(trigger('case-spike'), threshold, known)).toBe('1');
    expect(figureOf(trigger('overdue-duties'), threshold, known)).toBe('2');
    const near = { ...trigger('clock-near-breach'), dueAtMs: at('2026-09-08 11:30') };
    expect(figureOf(near, threshold, known)).toBe('1.5');
  });

  test('cases that come in side by side are all seen by whichever is recorded last', () => {
    const casesAtMs = ['09-01 10:00', '09-08 09:00', '09-08 10:00', '09-08 10:01', '09-15 09:59', '09-15 10:00'].map(
      (one) => at(`2026-${one}`),
    );
    // Of 09-08 10:00. Seven days up to 10:01 hold 09:00, 10:00, 10:01; those up to 09-15 09:59 begin after 09-08 09:59.
    const most = (spike: object) =>
      figureOf(trigger('case-spike'), { ...threshold, ...spike }, { ...known, casesAtMs });
    expect(most({})).toBe('3');
    expect(most({ windowDays: 1 })).toBe('3');
    expect(most({ windowDays: 14 })).toBe('5'); // up to 09-15 10:00, without 09-01 10:00
    expect(figureOf(trigger('case-spike'), threshold, { ...known, casesAtMs: casesAtMs.slice(0, 3) })).toBe('2');
  });

  test('of a survey its own cycles count, up to the one that was analysed, on the scale of that one', () => {
    const cycle = (reference: string, score: string | null, max = 5) => {
      return { reference, figures: score === null ? null : { score, scale: { min: 1, max }, overall: NO_MEASURES } };
    };
    const cycles = [
      cycle('quarterly#Q1', '4.5000'),
      cycle('yearly#2026', '3.0000'),
      cycle('quarterly#Q2', '4.1000'),
      cycle('quarterly#Q3', null),
      cycle('quarterly#Q4', '3.9000'),
      cycle('quarterly#Q5', '8.8000', 10),
    ];
    expect(scoresUpTo('quarterly#Q2', cycles)).toEqual(['4.5000', '4.1000']); // made up after the fourth: no drop of its
    expect(scoresUpTo('quarterly#Q4', cycles)).toEqual(['4.5000', '4.1000', '3.9000']);
    expect(scoresUpTo('quarterly#Q5', cycles)).toEqual([null, null, null, '8.8000']);
  });

  test('each warning of a clock is a signal of its own, once however many it is sent to; silence of a customer is none', () => {
    const warning = (id: string, about: string, due: string) => {
      const facts = { about, dueAtMs: at(due) };
      return { id: `case/x/c/${id}`, kind: 'case-warning', atMs: at('2026-09-08 10:00'), facts };
    };
    const told = { ...warning('n9', 'resolution', '2026-09-08 14:00'), kind: 'case-opened' };
    const near = [
      warning('n1', 'resolution', '2026-09-08 14:00'),
      warning('n2', 'resolution', '2026-09-08 14:00'),
      warning('n3', 'record', '2026-09-08 11:00'),
    ];
    const first = triggersIn({ workflowId: 'case/x/c', events: [], notices: [told, ...near] });
    expect(first.map((one) => figureOf(one, threshold, known))).toEqual(['4', '1']);
    const later = triggersIn({
      workflowId: 'case/x/c',
      events: [],
      notices: [warning('n4', 'record', '2026-09-08 11:00')],
    });
    const ids = [...first, ...later].map((one) => signalTo('risk/x/r', one, '1').command.id);
    expect(new Set(ids).size).toBe(3);

    const breached = (means: string) => ({ type: 'case-clock-breached', sequence: 4, occurredAtMs: 1, means });
    const breaches = triggersIn({
      workflowId: 'case/x/c',
      events: [breached('silence'), breached('late')],
      notices: [],
    });
    expect(breaches).toEqual([
      { indicator: 'clock-near-breach', about: 'c', atMs: 1, record: 'case/x/c 4', dueAtMs: 1 },
    ]);
  });

  test('events that nobody watches are none, and most steps have none', () => {
    const events = [{ type: 'agreement-signed', sequence: 1, occurredAtMs: 1 }];
    expect(triggersIn({ workflowId: 'agreement/x', events, notices: [] })).toEqual([]);
  });
});

describe('when it comes true', () => {
  test('a contract without a checklist has no step to do, and a risk without a plan none to name', () => {
    const without = new Life(inputOf({}, { emergency: null }));
    without.act('2026-09-12 03:00', A, { type: 'occur' });
    expect(without.act('2026-09-12 03:10', A, { type: 'step', step: 'step-1' })).toBe('not-provided');
    const unplanned = new Life(inputOf({}, { planLevel: null }));
    unplanned.act('2026-09-12 03:00', A, { type: 'occur' });
    expect(unplanned.act('2026-09-12 03:10', A, { type: 'step', step: 'step-1' })).toBe('unknown-step');
  });

  test('the checklist starts at once, everyone listed is written to at any hour, and each step has its time', () => {
    const life = new Life(inputOf({ emergency: EMERGENCY }));
    expect(life.act('2026-09-12 03:00', A, { type: 'step', step: 'step-1' })).toBe('not-occurred');
    expect(life.act('2026-09-12 03:00', B, { type: 'occur' })).toBeUndefined();
    expect(life.act('2026-09-12 03:01', B, { type: 'occur' })).toBe('already-occurred');
    const told = life.notices.filter(({ kind }) => kind === 'risk-occurred');
    expect(told.map(({ seat }) => seat).sort()).toEqual(['A', 'B', 'coordinator', 'desk']);
    expect(new Set(told.map(({ atMs }) => atMs))).toEqual(new Set([at('2026-09-12 03:00')]));
    expect(life.act('2026-09-12 03:05', B, { type: 'step', step: 'step-1' })).toBe('not-responsible');
    expect(life.act('2026-09-12 03:05', A, { type: 'step', step: 'step-1' })).toBeUndefined();
    expect(life.act('2026-09-12 03:06', A, { type: 'step', step: 'step-1' })).toBe('already-fulfilled');
    expect(life.act('2026-09-12 03:06', A, { type: 'step', step: 'step-9' })).toBe('unknown-step');
    expect(life.state.occurrence?.steps.map(({ doneAtMs }) => doneAtMs)).toEqual([at('2026-09-12 03:05'), null]);
    expect(life.act('2026-09-12 04:00', A, { type: 'close' })).toBe('already-occurred');
    expect(life.act('2026-09-12 04:00', A, { type: 'stand-down' })).toBeUndefined();
    expect(life.act('2026-09-12 04:00', A, { type: 'close' })).toBeUndefined();
    expect(life.act('2026-09-12 04:00', A, { type: 'occur' })).toBe('risk-closed');
    expect(riskRules.nextDue(life.state)).toBeUndefined();
  });

  test('with the agreement it is over', () => {
    const life = new Life();
    life.act('2026-09-12 10:00', A, { type: 'agreement-over' });
    expect(life.state).toMatchObject({ status: 'closed', ended: true });
    expect(life.act('2026-09-12 11:00', A, { type: 'occur' })).toBe('agreement-ended');
  });
});
