import { describe, expect, test } from 'vitest';
import type { Actor } from '../../domain/agreement/command.ts';
import type { EvaluationInput, GatheredFigure } from '../../domain/evaluation/command.ts';
import type { CompiledEvaluation, CompiledIndicator, CompiledScheme } from '../../domain/evaluation/compiled.ts';
import { evaluationRules } from '../../domain/evaluation/evaluation.ts';
import type { Evaluated } from '../../domain/evaluation/state.ts';
import { loadCalendar } from '../../templates/calendars.ts';
import { zoneData } from '../../templates/zone-data.ts';
import { ProcessLife } from '../support/process-life.ts';

const AGREEMENT = '00000000-0000-7000-8000-000000000001';

const indicator = (id: string, weight: string, change: Partial<CompiledIndicator> = {}): CompiledIndicator => ({
  ...{ id, clauses: [], source: 'manual', measure: 'qualitative', weight, scale: { min: '0', max: '100' } },
  ...{ evidence: [], bonus: false, ...change },
});
const computed = (id: string, weight: string): CompiledIndicator =>
  indicator(id, weight, { source: 'case', measure: 'quantitative' });
const scheme = (indicators: CompiledIndicator[], change: Partial<CompiledScheme> = {}): CompiledScheme => ({
  ...{ version: 'v1', indicators, bands: [], decimals: 2, tests: [], ...change },
});

const rules: CompiledEvaluation = {
  ...{ id: 'scoring', clauses: ['S003-E-01'], form: 'scored', obligation: 'period-scoring', subject: 'provider' },
  ...{ subjects: ['B'], scheme: scheme([indicator('quality', '60'), indicator('speed', '40')]), organiser: 'A' },
  ...{ scorers: ['A'], acknowledgers: [], acknowledgeClauses: [], acknowledgeDuties: {}, selfAssessment: false },
  ...{ confirmer: null, confirmClauses: [], bothMeasures: false, objectionDays: 7, objectionClauses: ['S003-E-11'] },
  ...{ minimumSample: null, publishTo: [], publishClauses: [], followUps: [], proposes: [], planDays: null },
  ...{ decider: 'A', decisionDuty: null, consequences: [], money: null, surveys: null, nextWeights: false },
  reminderLeadDays: [],
};

function begun(change: Partial<CompiledEvaluation> = {}) {
  const zone = zoneData('Asia/Shanghai');
  const input: EvaluationInput = {
    ...{ format: 1, workflowId: `evaluation/${AGREEMENT}/period-scoring#1`, agreementId: AGREEMENT },
    ...{ reference: 'period-scoring#1', zone, calendar: loadCalendar('cn') },
    noticeHours: { days: 'working-days', from: '09:00', to: '18:00' },
    ...{ parties: ['A', 'B', 'C'], seats: ['A', 'B', 'C', 'desk', 'manager', 'coordinator'] },
    ...{ seatParties: { desk: 'B', manager: 'A' }, rules: { ...rules, ...change }, improvement: null },
    ...{ occurrence: '1', due: null, parts: [], previous: {}, weights: null, acknowledged: [] },
    period: { fromMs: Date.parse('2026-07-01T00:00:00+08:00'), toMs: Date.parse('2026-10-01T00:00:00+08:00') },
  };
  return new ProcessLife(evaluationRules, input, '2026-07-01 09:00');
}
type Life = ReturnType<typeof begun>;

const SCORED = '2026-10-09 09:00';
const about = (subject: string | undefined) => (subject === undefined ? {} : { subject });
const score = (life: Life, id: string, value: string, { subject, at = SCORED, seat = 'A' }: Said = {}) =>
  life.act(at, seat, {
    ...{ type: 'score', ...about(subject), indicator: id, value, evidence: [], documents: [], hasRecord: true },
  });
const conclude = (life: Life, at = SCORED, subject?: string) =>
  life.act(at, 'A', { type: 'conclude', ...about(subject) });
const correct = (life: Life, seat: string, indicator: string, value: string, more: Partial<Actor> = {}) =>
  life.act('2026-10-12 09:00', seat, { type: 'correct', indicator, value, documents: [] }, more);
const confirm = (life: Life, seat: string, more: Partial<Actor> = {}) =>
  life.act('2026-10-13 09:00', seat, { type: 'confirm' }, more);
const codes = ({ rejections }: Life) => rejections.map(({ code }) => code);
const of = ({ state }: Life, subject = 'B') => state.subjects.find((one) => one.subject === subject) as Evaluated;

interface Said {
  subject?: string;
  at?: string;
  seat?: string;
}

/** Everything scored by A, and concluded. */
function concluded(change: Partial<CompiledEvaluation> = {}): Life {
  const life = begun(change);
  score(life, 'quality', '80');
  score(life, 'speed', '60');
  return conclude(life);
}

describe('who corrects a score', () => {
  test('neither another party nor the coordinator on its behalf: whoever organises, scores or confirms, and the coordinator', () => {
    const life = concluded({ subjects: ['C'], subject: 'provider', confirmer: 'manager' });
    correct(life, 'B', 'quality', '10');
    correct(life, 'coordinator', 'quality', '10', { onBehalfOf: 'B' });
    expect(codes(life)).toEqual(['not-responsible', 'not-responsible']);
    correct(life, 'manager', 'quality', '90');
    correct(life, 'coordinator', 'speed', '70');
    // 90 × 60 % + 70 × 40 %
    expect(of(life, 'C').total).toBe('82.00');
    expect(codes(life)).toHaveLength(2);
  });

  test('whoever corrected does not confirm: a second person does (S002-27)', () => {
    const life = concluded({ confirmer: 'manager', subjects: ['C'] });
    correct(life, 'manager', 'quality', '90');
    confirm(life, 'manager');
    confirm(life, 'coordinator', { onBehalfOf: 'manager', personId: 'person-manager' });
    expect(codes(life)).toEqual(['second-person', 'second-person']);
    confirm(life, 'coordinator', { onBehalfOf: 'manager' });
    expect(of(life, 'C').confirmedBy).toBe('person-coordinator');
  });
});

describe('nobody scores themselves', () => {
  const staff: Partial<CompiledEvaluation> = { subjects: [], subject: 'staff' };
  test('neither as a person, nor by their seat, nor through whoever enters it for them', () => {
    const life = begun({ ...staff, scorers: ['A', 'manager'] });
    life.act(SCORED, 'A', { type: 'enrol', subject: 'manager' });
    life.act(SCORED, 'A', { type: 'enrol', subject: 'zhou', personId: 'person-manager' });
    score(life, 'quality', '100', { subject: 'manager', seat: 'manager' });
    score(life, 'quality', '100', { subject: 'zhou', seat: 'manager' });
    const order = { indicator: 'quality', value: '100', evidence: [], documents: [], hasRecord: true };
    const entering = { onBehalfOf: 'manager' };
    life.act(SCORED, 'coordinator', { type: 'score', subject: 'manager', ...order }, entering);
    life.act(SCORED, 'manager', { type: 'leave-out', subject: 'zhou', indicator: 'quality' });
    expect(codes(life)).toEqual(['second-person', 'second-person', 'second-person', 'second-person']);
    score(life, 'quality', '90', { subject: 'zhou' });
    expect(of(life, 'zhou').scores).toMatchObject([{ value: '90', by: 'person-A' }]);
  });

  test('their self-assessment is theirs: their employer does not make it, a coordinator enters it', () => {
    const life = begun({ ...staff, selfAssessment: true });
    life.act(SCORED, 'A', { type: 'enrol', subject: 'zhou', personId: 'person-zhou' });
    const assess = { type: 'self-assess', subject: 'zhou' } as const;
    life.act(SCORED, 'A', assess);
    life.act(SCORED, 'B', assess);
    life.act(SCORED, 'coordinator', assess, { onBehalfOf: 'B' });
    expect(codes(life)).toEqual(['not-responsible', 'not-responsible', 'not-responsible']);
    life.act(SCORED, 'coordinator', assess, { onBehalfOf: 'A' });
    life.act(SCORED, 'staff', { ...assess, indicator: 'quality', value: '85' }, { personId: 'person-zhou' });
    expect(of(life, 'zhou')).toMatchObject({ stage: 'manager', selfAssessed: [{ indicator: null }, { value: '85' }] });
  });

  test('nor does whoever organises object for staff, or explain a late response for another department', () => {
    const life = begun(staff);
    life.act(SCORED, 'A', { type: 'enrol', subject: 'zhou' });
    for (const id of ['quality', 'speed']) score(life, id, '70');
    conclude(life);
    const object = { type: 'object', documents: [] } as const;
    life.act('2026-10-10 09:00', 'A', object);
    life.act('2026-10-10 09:00', 'staff', object, { personId: 'zhou' });
    expect(codes(life)).toEqual(['not-responsible']);
    expect(of(life, 'zhou').objections).toHaveLength(1);

    const late = begun({ ...staff, form: 'accountability', scheme: null });
    late.act(SCORED, 'A', { type: 'enrol', subject: 'desk', item: 'F-1', lateMinutes: 90 });
    late.act(SCORED, 'A', { type: 'explain' });
    late.act(SCORED, 'desk', { type: 'explain' });
    expect(codes(late)).toEqual(['not-responsible']);
    expect(of(late, 'desk/F-1').explainedAtMs).not.toBeNull();
  });
});

describe('an objection to what was left out', () => {
  test('is met by a score that somebody else adds, and the result becomes final', () => {
    const life = begun();
    score(life, 'quality', '80');
    life.act(SCORED, 'A', { type: 'leave-out', indicator: 'speed' });
    conclude(life);
    expect(of(life)).toMatchObject({ total: '80.00', leftOut: ['speed'] });
    life.act('2026-10-10 09:00', 'B', { type: 'object', indicator: 'speed', documents: [] });
    life.act('2026-10-11 09:00', 'A', { type: 'answer', verdict: 'uphold' });
    correct(life, 'A', 'speed', '50');
    expect(codes(life)).toEqual(['second-person']);
    correct(life, 'coordinator', 'speed', '50');
    // 80 × 60 % + 50 × 40 %
    expect(of(life)).toMatchObject({ total: '68.00', leftOut: [], objections: [{ verdict: 'uphold', settled: true }] });
    expect(of(life).scores[1]).toMatchObject({ value: '50', corrected: { from: null, by: 'person-coordinator' } });
    expect(life.last('evaluation-score-corrected').from).toBeNull();
    expect(life.until('2026-10-20 09:00').status).toBe('complete');
  });
});

describe('recorded figures', () => {
  const two = { scheme: scheme([computed('response', '50'), indicator('quality', '50')]), objectionDays: null };
  const several = { ...two, subjects: [], subject: 'staff' as const };
  const figure = (subject: string, value: string | null, count = 4): GatheredFigure => ({
    ...{ subject, indicator: 'response', value, count, sources: [] },
  });
  const gathered = (life: Life, at: string, ...figures: GatheredFigure[]) =>
    life.tell(at, { type: 'gathered', figures, surveys: [], weights: null });
  const asked = (life: Life) =>
    life.errandsOf('gather').map(({ asked: { period, subjects } }) => `${subjects.join()} ${life.iso(period.toMs)}`);

  test('gathered before the period’s end are gathered again at its end, and then they stand', () => {
    const life = begun(two).act('2026-08-03 09:00', 'A', { type: 'gather' });
    gathered(life, '2026-08-03 09:00', figure('B', '100', 1));
    gathered(life.until('2026-10-01 00:00'), '2026-10-01 00:00', figure('B', '60'));
    score(life, 'quality', '80');
    conclude(life);
    expect(asked(life)).toEqual(['B 2026-08-03T09:00:00+08:00', 'B 2026-10-01T00:00:00+08:00']);
    expect(of(life).total).toBe('70.00');
  });

  test('are asked for once more for whoever was enrolled after they had been gathered', () => {
    const life = begun(several).act('2026-07-02 09:00', 'A', { type: 'enrol', subject: 'li' });
    gathered(life.until('2026-10-01 00:00'), '2026-10-01 00:00', figure('li', '60'));
    life.act(SCORED, 'A', { type: 'enrol', subject: 'wu' });
    score(life, 'quality', '80', { subject: 'wu' });
    conclude(life, SCORED, 'wu');
    expect(of(life, 'wu').concludedAtMs).toBeNull();
    gathered(life, '2026-10-09 09:01', figure('li', '60'), figure('wu', '40'));
    expect(of(life, 'wu')).toMatchObject({ total: '60.00', leftOut: [] });
  });

  test('two conclusions that wait for them are both drawn; who was enrolled meanwhile is asked for again', () => {
    const life = begun(several);
    const at = '2026-09-10 09:00';
    const all = ['li', 'wu', 'xu'];
    const ready = (subject: string) => {
      life.act(at, 'A', { type: 'enrol', subject });
      score(life, 'quality', '80', { subject, at });
    };
    ready('li');
    ready('wu');
    conclude(life, at, 'li');
    conclude(life, at, 'wu');
    conclude(life, at, 'wu');
    ready('xu');
    conclude(life, at, 'xu');
    expect(asked(life)).toEqual(['li,wu 2026-09-10T09:00:00+08:00']);
    gathered(life, at, figure('li', '60'), figure('wu', '40'));
    expect(all.map((subject) => of(life, subject).total)).toEqual(['70.00', '60.00', null]);
    expect(asked(life).at(-1)).toBe('li,wu,xu 2026-09-10T09:00:00+08:00');
    gathered(life, at, figure('li', '0'), figure('wu', '0'), figure('xu', '20'));
    expect(all.map((subject) => of(life, subject).total)).toEqual(['70.00', '60.00', '50.00']);
    expect(life.state).toMatchObject({ gathering: false, concluding: [] });
  });

  test('a state of before, with one conclusion that waits, goes on', () => {
    const life = begun(two);
    score(life, 'quality', '80');
    conclude(life, SCORED);
    const [waiting] = [life.state.concluding].flat();
    const { gatheredUntilMs: _until, leftOutBy: _by, cappedBy: _capped, ...older } = of(life);
    const { asked: _asked, ...before } = life.state;
    life.state = { ...before, subjects: [older], concluding: waiting ?? null };
    gathered(life, SCORED, figure('B', '60'));
    expect(of(life).total).toBe('70.00');
  });

  test('of too few, and then left out, keep no result from having a total', () => {
    const life = begun(two);
    score(life, 'quality', '80');
    gathered(life.act(SCORED, 'A', { type: 'gather' }), SCORED, figure('B', null, 2));
    expect(of(life).tooFew).toEqual(['response']);
    life.act(SCORED, 'A', { type: 'leave-out', indicator: 'response' });
    conclude(life);
    expect(of(life)).toMatchObject({ total: '80.00', tooFew: [], leftOut: ['response'] });
  });
});

describe('the duty to decide', () => {
  const bands = [
    { id: 'band-1', from: '0', to: '60', consequence: 'deduction' as const, amount: null },
    { id: 'band-2', from: '60', to: '100', consequence: null, amount: null },
  ];
  const several = {
    ...{ subjects: [], subject: 'staff' as const, objectionDays: null },
    ...{ scheme: scheme([indicator('quality', '100')], { bands }) },
    decisionDuty: { obligation: 'consequence-decision', parts: [] },
  };
  const finish = (life: Life, subject: string, value: string) => {
    score(life, 'quality', value, { subject });
    conclude(life, SCORED, subject);
  };
  const decide = (life: Life, subject: string) =>
    life.act('2026-10-12 09:00', 'A', { type: 'decide', subject, verdict: 'decline', documents: [] });
  const handedIn = (life: Life) =>
    life
      .errandsOf('tell')
      .filter(({ command }) => (command as { obligation?: string }).obligation === 'consequence-decision');

  test('is handed in after the last of several, not after the first', () => {
    const life = begun(several);
    for (const subject of ['li', 'wu']) life.act(SCORED, 'A', { type: 'enrol', subject });
    finish(life, 'li', '50');
    decide(life, 'li');
    expect(handedIn(life)).toEqual([]);
    finish(life, 'wu', '40');
    expect(handedIn(life)).toEqual([]);
    decide(life, 'wu');
    expect(handedIn(life)).toMatchObject([{ command: { type: 'submit', occurrence: '1', actor: { seat: 'A' } } }]);
  });

  test('also where the last result leaves nothing to decide', () => {
    const life = begun(several);
    for (const subject of ['li', 'wu']) life.act(SCORED, 'A', { type: 'enrol', subject });
    finish(life, 'li', '50');
    decide(life, 'li');
    finish(life, 'wu', '90');
    expect(handedIn(life)).toMatchObject([{ command: { actor: { seat: 'A', party: 'A', via: 'workflow' } } }]);
  });
});

describe('compliance as a knock-out (S003-E-09)', () => {
  const capped = (weight: string) =>
    begun({
      scheme: scheme([
        indicator('quality', String(100 - Number(weight))),
        indicator('compliance', weight, { knockout: true }),
      ]),
      objectionDays: null,
      money: { payer: 'A', payee: 'B', currency: 'CNY' },
    });

  test('95 × 95 % + 40 × 5 % is 92.25, and reaches no more than 40.00; a penalty is proposed, and people decide', () => {
    const life = capped('5');
    score(life, 'quality', '95');
    score(life, 'compliance', '40');
    conclude(life);
    expect(of(life)).toMatchObject({
      ...{ total: '40.00', cappedBy: 'compliance' },
      consequences: [{ kind: 'deduction', from: 'compliance', amount: null, verdict: null }],
    });
  });

  test('above the total it changes nothing: 80 × 95 % + 100 × 5 % is 81.00', () => {
    const life = capped('5');
    score(life, 'quality', '80');
    score(life, 'compliance', '100');
    conclude(life);
    expect(of(life)).toMatchObject({ total: '81.00', cappedBy: null, consequences: [] });
  });

  test('without a weight it is asked for all the same, and caps alone', () => {
    const life = capped('0');
    score(life, 'quality', '90');
    conclude(life);
    expect(codes(life)).toEqual(['score-missing']);
    score(life, 'compliance', '0');
    conclude(life);
    expect(of(life).total).toBe('0.00');
  });
});
