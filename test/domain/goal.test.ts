import { describe, expect, test } from 'vitest';
import type { Measured } from '../../domain/agreement/command.ts';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import type { NoticeDraft } from '../../domain/agreement/notice.ts';
import { goalsTold, isSameDigest, mergeGoals } from '../../domain/goal/digest.ts';
import type { Event } from '../../domain/agreement/event.ts';
import { errandsOf } from '../../domain/agreement/errands.ts';
import type { CompiledGoal } from '../../domain/goal/compiled.ts';
import type { GoalFigure } from '../../domain/goal/figure.ts';
import { explainJudgement } from '../../domain/goal/formula.ts';
import { nextOccasion, standing } from '../../domain/goal/goals.ts';
import { fittingScale, offScaleGoals } from '../../domain/goal/off-scale.ts';
import { judge } from '../../domain/goal/judgement.ts';
import { Life, agreementOf, duty, lifeOf } from '../support/life.ts';
import { cycle, figuresOf, questionnaireOf, sampleOf, surveyOf } from '../support/survey-life.ts';

function goalOf(change: Partial<CompiledGoal> = {}): CompiledGoal {
  return {
    ...{ id: 'overall-score', clauses: ['S000-04'], measure: 'satisfaction-score', how: 'raise', by: 'value' },
    ...{ target: '5', baseline: '78.00', scale: 'questionnaire', survey: null, judged: { at: 'expiry' } },
    ...change,
  };
}

/** A score of a survey on a scale of 0 to 100, on 2026-09-30. */
function scored(value: string | null, change: Partial<GoalFigure> = {}): GoalFigure {
  return {
    ...{ measure: 'satisfaction-score', source: 'quarterly-survey#2026-Q3', value, n: 200, interval: null },
    ...{ scale: { min: 0, max: 100 }, minimum: null, atMs: Date.parse('2026-10-01T00:00:00+08:00') },
    ...change,
  };
}

const rate = (measure: GoalFigure['measure'], value: string): GoalFigure =>
  scored(value, { measure, scale: null, n: null });

/** Judged with the baseline of its terms. */
function held(goal: CompiledGoal, figures: GoalFigure[], baseline = goal.baseline) {
  return judge(goal, { baseline, figures });
}

/** `verdict needed measured`, or `no-verdict why`. */
function outcome(goal: CompiledGoal, figures: GoalFigure[], baseline = goal.baseline): string {
  const { verdict, why, needed, measured } = held(goal, figures, baseline);
  return verdict === 'no-verdict' ? `${verdict} ${why ?? ''}` : `${verdict} ${needed ?? ''} ${measured ?? ''}`;
}

describe('a scale on which a goal could never be judged', () => {
  const survey = { obligation: 'quarterly-survey' };
  const five = { min: 1, max: 5 };
  const off = (goal: CompiledGoal, scale = five): string[] =>
    offScaleGoals([goal], survey, scale).map((one) => `${one.goal.id} ${one.needed}`);

  test('85 lies off 1 to 5 and on 0 to 100; 4.8 raised by 0.5 would be 5.3; at the end of the scale it can be reached', () => {
    const reach = goalOf({ how: 'reach', target: '85', baseline: null });
    expect(off(reach)).toEqual(['overall-score 85']);
    expect(off(reach, { min: 0, max: 100 })).toEqual([]);
    expect(off(goalOf({ target: '0.5', baseline: '4.8' }))).toEqual(['overall-score 5.3']);
    expect(off(goalOf({ target: '0.2', baseline: '4.8' }))).toEqual([]);
    // The baseline itself is no score of this scale.
    expect(off(goalOf({ how: 'reduce', target: '75' }))).toEqual(['overall-score 78']);
  });

  test('what is not known, laid onto 0 to 100, or measured by another survey is not held against it', () => {
    expect(off(goalOf({ baseline: null }))).toEqual([]);
    expect(off(goalOf({ target: null }))).toEqual([]);
    expect(off(goalOf({ how: 'reach', target: '85', scale: 'percentage' }))).toEqual([]);
    expect(off(goalOf({ how: 'reach', target: '85', survey: 'full-survey' }))).toEqual([]);
    expect(off(goalOf({ how: 'reach', target: '85', measure: 'satisfaction-rate' }))).toEqual([]);
  });

  test('the first scale that holds all goals is drafted on; where none does, the first', () => {
    const scales = [five, { min: 1, max: 10 }, { min: 0, max: 100 }] as const;
    const reach = (target: string) => [goalOf({ how: 'reach', target, baseline: null })];
    expect(fittingScale(reach('4.5'), survey, scales)).toEqual(five);
    expect(fittingScale(reach('9'), survey, scales)).toEqual({ min: 1, max: 10 });
    expect(fittingScale(reach('85'), survey, scales)).toEqual({ min: 0, max: 100 });
    expect(fittingScale(reach('120'), survey, scales)).toEqual(five);
  });
});

describe('a goal is held against what was measured', () => {
  test('S000-04: 78.00 raised by 5 points needs 83.00, by 5 percent 81.90; at the mark it is reached', () => {
    const byPoints = goalOf();
    expect(outcome(byPoints, [scored('83.0000')])).toBe('reached 83 83');
    expect(outcome(byPoints, [scored('82.9999')])).toBe('not-reached 83 82.9999');
    const byPercent = goalOf({ by: 'percent' });
    expect(outcome(byPercent, [scored('81.9000')])).toBe('reached 81.9 81.9');
    expect(outcome(byPercent, [scored('81.8999')])).toBe('not-reached 81.9 81.8999');
  });

  test('S000-04, S000-08: 4 % of complaints reduced by 25 percent is 3 %, by 1.5 points 2.5 %', () => {
    const cut = goalOf({ measure: 'complaint-rate', how: 'reduce', by: 'percent', target: '25', baseline: '4' });
    expect(outcome(cut, [rate('complaint-rate', '3')])).toBe('reached 3 3');
    expect(outcome(cut, [rate('complaint-rate', '3.01')])).toBe('not-reached 3 3.01');
    expect(outcome({ ...cut, by: 'value', target: '1.5' }, [rate('complaint-rate', '2.4')])).toBe('reached 2.5 2.4');
  });

  test('S000-06: an average first response of 120 minutes cut by 30 is 90; one-time resolution reaches 85 %', () => {
    const cut = goalOf({ measure: 'first-response', how: 'reduce', target: '30', baseline: '120' });
    expect(outcome(cut, [rate('first-response', '90')])).toBe('reached 90 90');
    expect(outcome(cut, [rate('first-response', '90.5')])).toBe('not-reached 90 90.5');
    const reach = goalOf({ measure: 'first-contact-resolution', how: 'reach', target: '85', baseline: null });
    expect(outcome(reach, [rate('first-contact-resolution', '85')])).toBe('reached 85 85');
    expect(outcome(reach, [rate('first-contact-resolution', '84.99')])).toBe('not-reached 85 84.99');
  });

  test('S001a-13: a highest complaint rate is kept at the mark, and exceeded above it', () => {
    const ceiling = goalOf({ measure: 'complaint-rate', how: 'at-most', target: '2', baseline: null });
    expect(outcome(ceiling, [rate('complaint-rate', '2')])).toBe('reached 2 2');
    expect(outcome(ceiling, [rate('complaint-rate', '2.01')])).toBe('not-reached 2 2.01');
  });

  test('S000-08: no baseline, no verdict; what needs none is judged without', () => {
    expect(outcome(goalOf({ baseline: null }), [scored('90')])).toBe('no-verdict no-baseline');
    expect(outcome(goalOf({ how: 'reach', target: '85', baseline: null }), [scored('90')])).toBe('reached 85 90');
  });

  test('S000-08: the last valid survey counts; one with too few answers, or none, is passed over', () => {
    const at = (day: string) => Date.parse(`${day}T00:00:00+08:00`);
    const good = scored('84', { source: 'q#2026-Q3', atMs: at('2026-10-01') });
    const poor = scored('60', { source: 'q#2026-Q4', atMs: at('2027-01-01'), n: 9, minimum: 30 });
    const empty = scored(null, { source: 'q#2027-Q1', atMs: at('2027-04-01'), n: 0 });
    expect(held(goalOf(), [empty, poor, good])).toMatchObject({ verdict: 'reached', data: { source: 'q#2026-Q3' } });
    expect(held(goalOf(), [good, scored('82', { source: 'q#2026-Q4', atMs: at('2027-01-01') })])).toMatchObject({
      ...{ verdict: 'not-reached', measured: '82', data: { source: 'q#2026-Q4' } },
    });
    expect(outcome(goalOf(), [poor])).toBe('no-verdict below-minimum');
    // Anonymous: what fewer than five said is not shown.
    expect(outcome(goalOf(), [scored(null, { n: 4 })])).toBe('no-verdict below-minimum');
    expect(outcome(goalOf(), [empty])).toBe('no-verdict no-data');
    expect(outcome(goalOf(), [])).toBe('no-verdict no-data');
  });

  test('a score of 85 says nothing of a scale of 1 to 5, unless the scale is laid onto 0 to 100', () => {
    const five = { scale: { min: 1, max: 5 } };
    const goal = goalOf({ how: 'reach', target: '85', baseline: null });
    expect(outcome(goal, [scored('4.4000', five)])).toBe('no-verdict off-scale');
    const laid = { ...goal, scale: 'percentage' as const };
    // (4.4 − 1) ÷ 4 × 100 = 85
    expect(outcome(laid, [scored('4.4000', five)])).toBe('reached 85 85');
    expect(outcome(laid, [scored('4.3900', five)])).toBe('not-reached 85 84.75');
    // (4.3333 − 1) ÷ 4 × 100 = 83.3325: four places
    expect(outcome(laid, [scored('4.3333', five)])).toBe('not-reached 85 83.3325');
    // 78 raised by 30 is 108, and no survey can say that; a baseline of 78 stands on another scale than 1 to 5.
    expect(outcome(goalOf({ target: '30' }), [scored('90')])).toBe('no-verdict off-scale');
    expect(outcome(goalOf({ target: '0' }), [scored('4.5', five)])).toBe('no-verdict off-scale');
    // 4 % of complaints cannot be reduced by 5 points.
    const cut = goalOf({ measure: 'complaint-rate', how: 'reduce', target: '5', baseline: '4' });
    expect(outcome(cut, [])).toBe('no-verdict off-scale');
  });

  test('S000-08: a goal that is agreed as a grade is judged by people', () => {
    expect(outcome(goalOf({ target: null, how: 'reach', baseline: null }), [scored('90')])).toBe('no-verdict by-grade');
  });

  test('figures of another measure, or of the sample of key customers, are none of its own (S001c-08)', () => {
    expect(outcome(goalOf(), [rate('satisfaction-rate', '90')])).toBe('no-verdict no-data');
    const full = goalOf({ survey: 'quarterly-survey' });
    expect(outcome(full, [scored('90', { source: 'monthly-sample#2026-10-01' })])).toBe('no-verdict no-data');
    expect(outcome(full, [scored('90')])).toBe('reached 83 90');
  });

  test('decimals stay exact: 77.77 raised by 3.3 percent is 80.33641, and 80.3364 is not that', () => {
    const goal = goalOf({ by: 'percent', target: '3.3', baseline: '77.77' });
    expect(outcome(goal, [scored('80.3364')])).toBe('not-reached 80.33641 80.3364');
    expect(outcome(goalOf({ target: '0.1', baseline: '0.2' }), [scored('0.3')])).toBe('reached 0.3 0.3');
  });
});

describe('its formula, with the numbers filled in', () => {
  const lines = (goal: CompiledGoal, figures: GoalFigure[], language: 'zh' | 'en') =>
    explainJudgement(goal, held(goal, figures)).map((line) => line[language]);

  test('S000-04: what was there, what is needed, what was measured and of how many', () => {
    const data = scored('83.2500', { interval: { low: '82.1000', high: '84.4000' } });
    expect(lines(goalOf({ by: 'percent' }), [data], 'zh')).toEqual([
      '须达到：基线 78.00 × (1 + 5%) = 81.9 分',
      '测得 83.25 分（n = 200，95% 置信区间 82.1–84.4） ≥ 81.9：达成',
    ]);
    expect(lines(goalOf({ by: 'percent' }), [data], 'en')).toEqual([
      'needed: baseline 78.00 × (1 + 5%) = at least 81.9',
      'measured: 83.25 (n = 200, 95% interval 82.1–84.4) ≥ 81.9: reached',
    ]);
  });

  test('S000-06, S000-08: minutes, percent, at the mark, missed', () => {
    const cut = goalOf({ measure: 'first-response', how: 'reduce', target: '30', baseline: '120' });
    expect(lines(cut, [rate('first-response', '90')], 'en')).toEqual([
      'needed: baseline 120 − 30 = at most 90 minutes',
      'measured: 90 minutes = 90: at the mark, reached',
    ]);
    const complaints = goalOf({ measure: 'complaint-rate', how: 'reduce', by: 'percent', target: '25', baseline: '4' });
    expect(lines(complaints, [rate('complaint-rate', '3.5')], 'zh')).toEqual([
      '须降至：基线 4 × (1 − 25%) = 3%',
      '测得 3.5% > 3：未达成',
    ]);
  });

  test('a score that is laid onto 0 to 100 shows how, and no verdict shows why', () => {
    const laid = goalOf({ how: 'reach', target: '85', baseline: null, scale: 'percentage' });
    const five = scored('4.4000', { scale: { min: 1, max: 5 }, interval: { low: '4.2000', high: '4.6000' } });
    expect(lines(laid, [five], 'en')).toEqual([
      'needed: at least 85/100',
      'on a scale of 0 to 100: (4.4 − 1) ÷ (5 − 1) × 100 = 85',
      'measured: 85/100 (n = 200, 95% interval 80–90) = 85: at the mark, reached',
    ]);
    expect(lines(goalOf({ baseline: null }), [five], 'zh')).toEqual(['不作判定：基线尚未登记并经双方确认']);
  });
});

const SIGNED = '2026-03-02 09:00';
const EXPIRES = { expiresOn: '2027-03-02' };

/** S000 in force from 2026-03-02 for a year, with these goals. */
function lived(goals: CompiledGoal[], change: Partial<CompiledAgreement> = {}): Life {
  return new Life(agreementOf([], { ...EXPIRES, goals, life: lifeOf(), ...change }), SIGNED).sign(SIGNED);
}

const judged = ({ events }: Life) => events.filter((event) => event.type === 'goal-judged');

/** `day verdict needed measured`, one line a judgement; `again` where it is one. */
const story = (life: Life) =>
  judged(life).map((event: Extract<Event, { type: 'goal-judged' }>) =>
    [
      event.localDate,
      event.verdict,
      event.why ?? `${event.needed ?? ''} ${event.measured ?? ''}`,
      event.again ? 'again' : '',
    ]
      .join(' ')
      .trim(),
  );

const told = (life: Life) => life.mail(({ kind }) => kind === 'goal-judged');

const machine = (life: Life, at: string, figures: GoalFigure[]) => life.act(at, 'clock', { type: 'measured', figures });

describe('a goal is judged when its date comes', () => {
  test('S000-04, S000-08: at the end of the term, from the last survey that closed before; both parties and the coordinator hear', () => {
    const life = lived([goalOf(), goalOf({ id: 'expiry-score', how: 'reach', target: '85', baseline: null })]);
    const at = (source: string, local: string) => ({ source, atMs: life.ms(local) });
    machine(life, '2026-06-15', [scored('80', at('quarterly-survey#1', '2026-06-15'))]);
    machine(life, '2026-12-14', [scored('84', at('quarterly-survey#2', '2026-12-14'))]);
    expect(story(life.until('2027-03-02 23:59'))).toEqual([]);
    life.until('2027-03-05 12:00');
    expect(story(life)).toEqual(['2027-03-02 reached 83 84', '2027-03-02 not-reached 85 84']);
    expect(judged(life).map((event) => life.iso(event.occurredAtMs))).toEqual([
      '2027-03-03T00:00:00+08:00',
      '2027-03-03T00:00:00+08:00',
    ]);
    const types = life.events.map(({ type }) => type);
    expect(types.indexOf('goal-judged')).toBeLessThan(types.indexOf('agreement-expired'));
    expect(told(life)).toEqual(
      ['A/A', 'B/B', 'coordinator/coordinator'].map((seat) => `2027-03-03T09:00 goal-judged ${seat}`),
    );
    const mail = life.notices.find(({ kind }) => kind === 'goal-judged');
    expect(mail?.facts).toMatchObject({
      ...{ about: 'overall-score', verdict: 'reached' },
      goals: [
        { about: 'overall-score', verdict: 'reached', judged: { needed: '83' } },
        { about: 'expiry-score', verdict: 'not-reached', judged: { needed: '85' } },
      ],
    });
  });

  test('what is told at one moment to one seat is one mail; of a goal that is judged anew until then, what holds', () => {
    const draft = (about: string, verdict: 'reached' | 'no-verdict', seat = 'A', atMs = 9): NoticeDraft => {
      const rest = { target: '5', baseline: null, needed: null, measured: null, data: null };
      const held = {
        of: null,
        measure: 'satisfaction-score',
        how: 'reach',
        by: 'value',
        scale: 'questionnaire',
      } as const;
      const facts = { about, localDate: '2027-03-02', verdict, judged: { ...held, verdict, ...rest } };
      return { kind: 'goal-judged', seat, role: seat, atMs, clauses: [`S000-${about}`], facts };
    };
    const both = mergeGoals(draft('04', 'no-verdict'), draft('08', 'reached'));
    expect(both).toMatchObject({ clauses: ['S000-04', 'S000-08'], facts: { about: '04' } });
    expect(goalsTold(both).map(({ about, verdict }) => `${about} ${verdict}`)).toEqual(['04 no-verdict', '08 reached']);
    const anew = mergeGoals(both, draft('04', 'reached'));
    expect(goalsTold(anew).map(({ about, verdict }) => `${about} ${verdict}`)).toEqual(['04 reached', '08 reached']);
    const alone = mergeGoals(draft('04', 'no-verdict'), draft('04', 'reached'));
    expect(alone.facts).toMatchObject({ about: '04', verdict: 'reached' });
    expect(alone.facts).not.toHaveProperty('goals');
    expect(isSameDigest(both, anew)).toBe(true);
    expect(isSameDigest(both, draft('08', 'reached', 'B'))).toBe(false);
    expect(isSameDigest(both, draft('08', 'reached', 'A', 10))).toBe(false);
  });

  test('S000-06: as the duty of the twelve months is due, 2 March 2027; with a suspension of ten days, ten days later', () => {
    const goal = goalOf({
      ...{ id: 'first-contact-resolution', measure: 'first-contact-resolution', how: 'reach', target: '85' },
      ...{ baseline: null, judged: { at: 'due', obligation: 'process-optimisation' } },
    });
    const rules = [duty('process-optimisation', 'effect', '12 months')];
    const change = {
      expiresOn: '2028-03-02',
      obligations: rules,
      life: lifeOf({ suspension: [{ grounds: ['force-majeure'], clauses: [] }] }),
    };
    const plain = lived([goal], change);
    expect(nextOccasion(plain.state, goal)).toMatchObject({ localDate: '2027-03-02' });
    expect(story(plain.until('2027-03-10'))).toEqual(['2027-03-02 no-verdict no-data']);
    const stopped = lived([goal], change)
      .act('2026-08-03', 'A', {
        type: 'suspend',
        ...{ ground: 'force-majeure', obligations: [], documents: [{ sha256: 'a'.repeat(64), size: 1 }] },
      })
      .act('2026-08-13', 'A', { type: 'resume', obligations: [], documents: [] });
    expect(story(stopped.until('2027-03-11'))).toEqual([]);
    expect(story(stopped.until('2027-03-20'))).toEqual(['2027-03-12 no-verdict no-data']);
  });

  test('S002-04: after each cycle, at the moment it is analysed, equal is reached; the same word twice changes nothing', () => {
    const goal = goalOf({
      id: 'vip',
      clauses: ['S002-04'],
      how: 'reach',
      target: '90',
      baseline: null,
      judged: { at: 'cycle' },
    });
    const life = lived([goal]);
    const first = scored('90', { source: 'quarterly-survey#2026-Q1', atMs: life.ms('2026-04-01 00:00') });
    machine(life, '2026-04-01 08:00', [first]);
    machine(life, '2026-04-01 08:01', [first]);
    machine(life, '2026-07-01', [scored('89.9', { source: 'quarterly-survey#2026-Q2', atMs: life.ms('2026-07-01') })]);
    expect(story(life)).toEqual(['2026-03-31 reached 90 90', '2026-07-01 not-reached 90 89.9']);
    expect(judged(life)[0]).toMatchObject({ of: 'quarterly-survey#2026-Q1', clauses: ['S002-04'], data: { n: 200 } });
  });

  test('S001a-02: each time a recurring duty is due, from the figures of its own period; without one nobody is told, who could do nothing', () => {
    const goal = goalOf({
      ...{ id: 'renewal-rate', clauses: ['S001a-02'], measure: 'renewal-rate', how: 'reach', target: '95' },
      ...{ baseline: null, judged: { at: 'due', obligation: 'renewal-rate-review' } },
    });
    const every = { by: 'interval', every: { unit: 'months', count: 12 }, edge: 'end' } as const;
    const rules = [duty('renewal-rate-review', 'effect', '0 days', { recurrence: every })];
    const life = lived([goal], { expiresOn: '2029-03-31', obligations: rules });
    machine(life, '2027-02-01', [
      scored('96', {
        measure: 'renewal-rate',
        source: 'figure-1',
        scale: null,
        n: 50,
        atMs: life.ms('2027-01-31 24:00'),
      }),
    ]);
    life.until('2028-03-10');
    // What was measured in the first year says nothing of the second.
    expect(story(life)).toEqual(['2027-03-02 reached 95 96', '2028-03-02 no-verdict no-data']);
    expect(told(life)).toEqual([
      '2027-03-03T09:00 goal-judged A/A',
      '2027-03-03T09:00 goal-judged B/B',
      '2027-03-03T09:00 goal-judged coordinator/coordinator',
    ]);
  });

  test('S000-08: a baseline that both confirm after the date brings the verdict for that date, once', () => {
    const baseline = { term: 'baselineScore', clauses: ['S000-04'], value: null, confirmedBy: ['A', 'B'] };
    const life = lived([goalOf({ baseline: null })], {
      life: lifeOf({ baselines: [{ ...baseline, goal: 'overall-score' }] }),
      obligations: [duty('research', 'effect', '6 months')],
      goals: [goalOf({ baseline: null, judged: { at: 'due', obligation: 'research' } })],
    });
    machine(life, '2026-06-15', [scored('84', { atMs: life.ms('2026-06-15') })]);
    life.until('2026-09-04');
    expect(story(life)).toEqual(['2026-09-02 no-verdict no-baseline']);
    life
      .act('2026-09-07', 'A', { type: 'enter-baseline', goal: 'overall-score', value: '78', documents: [] })
      .act('2026-09-08', 'B', { type: 'approve', what: 'baseline:overall-score@78', documents: [] })
      .until('2026-09-10');
    expect(story(life).slice(1)).toEqual(['2026-09-02 reached 83 84 again']);
    // A survey after the date says nothing of it.
    machine(life, '2026-12-14', [scored('70', { source: 'quarterly-survey#later', atMs: life.ms('2026-12-14') })]);
    expect(story(life)).toHaveLength(2);
  });

  test('what was measured before the date and comes to light after it, judges it anew', () => {
    const goal = goalOf({ judged: { at: 'due', obligation: 'research' } });
    const life = lived([goal], { obligations: [duty('research', 'effect', '6 months')] }).until('2026-09-04');
    machine(life, '2026-09-05', [scored('84', { atMs: life.ms('2026-09-01') })]);
    expect(story(life)).toEqual(['2026-09-02 no-verdict no-data', '2026-09-02 reached 83 84 again']);
  });

  test('how it stands before its date is no verdict on record', () => {
    const goal = goalOf();
    const life = lived([goal]);
    machine(life, '2026-06-15', [scored('80', { atMs: life.ms('2026-06-15') })]);
    expect(standing(life.state, goal)).toMatchObject({ verdict: 'not-reached', needed: '83', measured: '80' });
    expect(story(life)).toEqual([]);
    expect(nextOccasion(life.state, goal)).toMatchObject({ localDate: '2027-03-02' });
  });

  test('an agreement without goals takes the word of a survey and changes nothing', () => {
    const life = new Life(agreementOf([], EXPIRES), SIGNED).sign(SIGNED);
    const before = life.state.sequence;
    machine(life, '2026-06-15', [scored('80')]);
    expect(life.state.sequence).toBe(before);
    expect(life.state.goals).toBeUndefined();
    expect(life.rejections).toEqual([]);
  });

  test('an agreement that ends early is not judged at the end that it does not reach', () => {
    const life = lived([goalOf()]).terminate('2026-10-12').until('2027-04-01');
    expect(story(life)).toEqual([]);
  });

  test('103 periods are judged once each, though not all are kept', () => {
    const goal = goalOf({
      judged: { at: 'due', obligation: 'monitoring' },
      how: 'reach',
      target: '80',
      baseline: null,
    });
    const every = { by: 'interval', every: { unit: 'days', count: 7 }, edge: 'end' } as const;
    const rules = [duty('monitoring', 'effect', '0 days', { recurrence: every })];
    const life = lived([goal], { expiresOn: '2028-03-01', obligations: rules }).until('2028-02-28');
    expect(judged(life)).toHaveLength(103);
    expect(life.state.goals?.judged).toHaveLength(100);
    expect(new Set(judged(life).map(({ of }) => of)).size).toBe(103);
  });
});

describe('a cycle tells its agreement what it measured', () => {
  const GOOD = {
    'product-quality': '4.1',
    'service-efficiency': '4.2',
    'service-attitude': '4.3',
    communication: '4.0',
  };
  const figures = figuresOf(GOOD, 212, {
    score: '4.1500',
    overall: {
      ...{ n: 212, nps: null },
      mean: { value: '4.1500', low: '4.0800', high: '4.2200' },
      satisfied: { value: '0.8302', low: '0.7738', high: '0.8748' },
    },
  });
  const analysed = (goals: boolean, found = figures) =>
    cycle(surveyOf({ minimumSample: 30 }), goals ? { goals: true } : {})
      .act('2026-07-02 10:00', 'B', { type: 'design', questionnaire: questionnaireOf() })
      .act('2026-07-02 11:00', 'B', { type: 'draw', sample: sampleOf() })
      .act('2026-07-06 10:00', 'B', { type: 'publish', channels: [] })
      .tell('2026-07-21 00:01', { type: 'analysed', figures: found, answersSha256: 'c'.repeat(64) })
      .errandsOf('tell')
      .flatMap(({ command }) => (command.type === 'measured' ? [command as unknown as Measured] : []));

  test('S000-08: the score and the share of satisfied answers, as of its close, with their number and interval', () => {
    const [told, ...others] = analysed(true);
    expect(others).toEqual([]);
    const of = { source: 'quarterly-survey#2026-Q3', n: 212, minimum: 30, atMs: told?.receivedAtMs };
    expect(told?.figures).toEqual([
      {
        ...{ measure: 'satisfaction-score', value: '4.1500', scale: { min: 1, max: 5 }, ...of },
        interval: { low: '4.0800', high: '4.2200' },
      },
      {
        ...{ measure: 'satisfaction-rate', value: '83.02', scale: null, ...of },
        interval: { low: '77.38', high: '87.48' },
      },
    ]);
    // It closed with the end of 20 July 2026.
    expect(new Date(told?.receivedAtMs ?? 0).toISOString()).toBe('2026-07-20T15:59:59.999Z');
  });

  test('a score of dimensions has no interval of another figure; where too few answered, nothing is shown', () => {
    const [told] = analysed(true, { ...figures, score: '4.1600' });
    expect(told?.figures[0]).toMatchObject({ value: '4.1600', interval: null });
    const none = { n: 3, mean: null, satisfied: null, nps: null };
    const [few] = analysed(true, { ...figures, answered: 3, score: null, overall: none });
    expect(few?.figures.map(({ value, n }) => [value, n])).toEqual([
      [null, 3],
      [null, 3],
    ]);
  });

  test('one that was begun for an agreement without goals tells nothing', () => {
    expect(analysed(false)).toEqual([]);
  });

  test('the agreement says so when it begins the cycle, of the survey that its goals name alone (S001c-08)', () => {
    const recurrence = { by: 'period', period: 'quarter', edge: 'end', partialFirst: true } as const;
    const begun = (survey: string | null) => {
      const life = new Life(
        agreementOf([duty('quarterly-survey', 'effect', '0 days', { recurrence })], {
          ...{ surveys: [surveyOf()], life: lifeOf(), goals: [goalOf({ survey, judged: { at: 'cycle' } })] },
        }),
        SIGNED,
      );
      const [start] = errandsOf(life.state, life.sign(SIGNED).state, 0);
      return start?.kind === 'start' && 'goals' in start.input;
    };
    expect([null, 'quarterly-survey', 'monthly-sample'].map(begun)).toEqual([true, true, false]);
  });
});
