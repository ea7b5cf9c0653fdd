import { describe, expect, test } from 'vitest';
import {
  type AskedFigures,
  type AskedIndicator,
  type DueDuty,
  type JudgedCase,
  type MeasuredCycle,
  type OnRecord,
  gatheredFigures,
} from '../../domain/evaluation/figures.ts';

const at = (day: string): number => Date.parse(`${day}T12:00:00+08:00`);
/** The first quarter of 2027. */
const period = { fromMs: at('2027-01-01') - 43_200_000, toMs: at('2027-04-01') - 43_200_000 };

const indicator = (id: string, change: Partial<AskedIndicator> = {}): AskedIndicator => ({
  ...{ id, source: 'survey', scale: { min: '0', max: '100' } },
  ...change,
});

const measures = (n: number, value: string | null) => ({
  ...{ n, mean: value === null ? null : { value, low: value, high: value }, satisfied: null, nps: null },
});
const cycle = (name: string, closedOn: string, score: string | null, answered = 40): MeasuredCycle => ({
  ...{ workflowId: `survey/a/${name}`, obligation: 'quarterly-survey', closedAtMs: at(closedOn) },
  figures: {
    ...{ scale: { min: 1, max: 5 }, score, overall: measures(answered, score), answered, importance: null },
    dimensions: [{ id: 'attitude', weight: '25', measures: measures(12, '4.6'), parts: [] }],
    groups: [
      { by: 'department', key: 'org-service', measures: measures(9, '3') },
      { by: 'department', key: 'org-sales', measures: null },
      { by: 'tier', key: 'org-service', measures: measures(9, '5') },
    ],
  },
});
const duty = (reference: string, dueOn: string, inTime: boolean, responsible = 'B'): DueDuty => ({
  ...{ reference, responsible, dueAtMs: at(dueOn), inTime },
});
const closed = (name: string, responsible: string | null, inTime: boolean): JudgedCase => ({
  ...{ workflowId: `case/a/${name}`, responsible, openedAtMs: at('2027-02-10') },
  ...{ respondedInTime: true, resolvedInTime: inTime },
});

const onRecord = (change: Partial<OnRecord>): OnRecord => ({
  ...{ cycles: [], duties: [], cases: [], parties: ['A', 'B'], groupOf: {}, heldBy: {} },
  ...change,
});
const asked = (indicators: AskedIndicator[], change: Partial<AskedFigures> = {}): AskedFigures => ({
  ...{ period, indicators, subjects: ['agreement'], minimumSample: null, surveys: null },
  ...change,
});

describe('figures of surveys', () => {
  test('are the mean of the cycles that closed in the period, cycles counting alike, on the indicator’s scale (S001b-07)', () => {
    const cycles = [
      cycle('q#4', '2026-12-31', '1'),
      cycle('q#1', '2027-01-20', '4.2', 40),
      cycle('q#2', '2027-03-31', '4.6', 400),
      cycle('q#3', '2027-04-01', '1'),
    ];
    // (4.2 − 1) / 4 = 0.8, (4.6 − 1) / 4 = 0.9: 85 of 100; of 1 to 5 it is 4.4 again
    const both = [indicator('satisfaction'), indicator('same-scale', { scale: { min: '1', max: '5' } })];
    const { figures, surveys } = gatheredFigures(asked(both), onRecord({ cycles }));
    expect(figures.map(({ indicator: id, value, count }) => [id, value, count])).toEqual([
      ['satisfaction', '85', 440],
      ['same-scale', '4.4', 440],
    ]);
    expect(surveys).toEqual(['survey/a/q#1', 'survey/a/q#2']);
    expect(figures[0]?.sources).toEqual(surveys);
  });

  test('one dimension of them, and the surveys of one duty alone where the contract names it', () => {
    const other = { ...cycle('monthly#1', '2027-02-01', '2'), obligation: 'monthly-survey' };
    const both = [indicator('attitude', { dimension: 'attitude' }), indicator('whole')];
    const { figures } = gatheredFigures(
      asked(both, { surveys: { obligation: 'quarterly-survey', count: 1 } }),
      onRecord({ cycles: [cycle('q#1', '2027-02-01', '3'), other] }),
    );
    expect(figures.map(({ value, count }) => [value, count])).toEqual([
      ['90', 12],
      ['50', 40],
    ]);
  });

  test('a third is written with four decimals, half up: 2.3333 of 1 to 5 is 33.3325', () => {
    const cycles = [cycle('q#1', '2027-02-01', '2.3333')];
    expect(gatheredFigures(asked([indicator('satisfaction')]), onRecord({ cycles })).figures[0]?.value).toBe('33.3325');
  });

  test('below the minimum sample, and without any answer, there is no figure: it is not zero', () => {
    const of = (score: string | null, answered: number) =>
      gatheredFigures(
        asked([indicator('satisfaction')], { minimumSample: 30 }),
        onRecord({ cycles: [cycle('q', '2027-02-01', score, answered)] }),
      ).figures[0];
    expect(of('4', 29)).toMatchObject({ value: null, count: 29, sources: ['survey/a/q'] });
    expect(of('4', 30)).toMatchObject({ value: '75', count: 30 });
    expect(of(null, 0)).toMatchObject({ value: null, count: 0, sources: [] });
  });

  test('of a department by its own customers alone; of too small a group nothing (S003-S-28)', () => {
    const record = onRecord({
      cycles: [cycle('q', '2027-02-01', '4')],
      groupOf: { service: 'org-service', sales: 'org-sales' },
    });
    const subjects = ['service', 'sales', 'office'];
    const { figures } = gatheredFigures(asked([indicator('satisfaction')], { subjects }), record);
    expect(figures.map(({ subject, value, count }) => [subject, value, count])).toEqual([
      ['service', '50', 9],
      ['sales', null, 0],
      ['office', null, 0],
    ]);
  });

  test('of the provider by all answers: customers speak of it as a whole', () => {
    const record = onRecord({ cycles: [cycle('q', '2027-02-01', '4')] });
    const { figures } = gatheredFigures(asked([indicator('satisfaction')], { subjects: ['B'] }), record);
    expect(figures).toMatchObject([{ subject: 'B', value: '75' }]);
  });

  test('weights of the next period follow importance within what they have together: 70 by 3 : 4 : 3 (S001b-05)', () => {
    const importance = { attitude: '0.3', speed: '0.4', quality: '0.3' };
    const cycles = [{ ...cycle('q', '2027-02-01', '4') }].map((one) => ({
      ...one,
      figures: { ...one.figures, importance },
    }));
    const of = (id: string, weight: string) => indicator(id, { dimension: id, weight });
    const three = [of('attitude', '20'), of('speed', '20'), of('quality', '30'), indicator('whole', { weight: '30' })];
    expect(gatheredFigures(asked(three), onRecord({ cycles })).weights).toEqual({
      ...{ attitude: '21', speed: '28', quality: '21' },
    });
    const unrated = [...three, of('manners', '5')];
    expect(gatheredFigures(asked(unrated), onRecord({ cycles })).weights).toBeNull();
    expect(gatheredFigures(asked(three), onRecord({ cycles: [cycle('q', '2027-02-01', '4')] })).weights).toBeNull();
  });
});

describe('figures of duties and cases', () => {
  test('the share of duties due in the period that were in time; other sides’ and other periods’ do not count', () => {
    const duties = [
      duty('monthly-report#2027-01', '2027-01-10', true),
      duty('monthly-report#2027-02', '2027-02-10', true),
      duty('training-plan', '2027-03-01', false),
      duty('monthly-report#2027-04', '2027-04-10', false),
      duty('client-material', '2027-03-02', false, 'A'),
    ];
    const delivery = [indicator('delivery', { source: 'deliverable' })];
    // two of three: 66.6667 of 100
    expect(gatheredFigures(asked(delivery, { subjects: ['B'] }), onRecord({ duties })).figures).toEqual([
      {
        ...{ subject: 'B', indicator: 'delivery', value: '66.6667', count: 3 },
        sources: ['monthly-report#2027-01', 'monthly-report#2027-02', 'training-plan'],
      },
    ]);
    expect(gatheredFigures(asked(delivery), onRecord({ duties })).figures).toMatchObject([{ value: '50', count: 4 }]);
  });

  test('of staff the cases of the seats that they fill; who had none has no figure (S002-27)', () => {
    const record = onRecord({
      cases: [
        closed('1', 'p-1', true),
        closed('2', 'manager', false),
        closed('3', 'p-2', true),
        closed('4', null, false),
      ],
      heldBy: { manager: ['B', 'p-1'] },
    });
    const subjects = ['p-1', 'p-2', 'p-3'];
    const { figures } = gatheredFigures(asked([indicator('clocks', { source: 'case' })], { subjects }), record);
    expect(figures.map(({ subject, value, count }) => [subject, value, count])).toEqual([
      ['p-1', '50', 2],
      ['p-2', '100', 1],
      ['p-3', null, 0],
    ]);
  });

  test('by one clock: answered in time, two of three; solved in time, one of two that have such a limit', () => {
    const cases = [
      { ...closed('1', 'A', true), respondedInTime: true },
      { ...closed('2', 'A', false), respondedInTime: false },
      { ...closed('3', 'A', true), respondedInTime: true, resolvedInTime: null },
    ];
    const of = (dimension?: string) => {
      const clock = indicator('clock', { source: 'case', ...(dimension === undefined ? {} : { dimension }) });
      const { figures } = gatheredFigures(asked([clock]), onRecord({ cases }));
      return figures.map(({ value, count, sources }) => [value, count, sources.length]);
    };
    expect(of('response')).toEqual([['66.6667', 3, 3]]);
    expect(of('resolution')).toEqual([['50', 2, 2]]);
    expect(of()).toEqual([['66.6667', 3, 3]]);
  });
});
