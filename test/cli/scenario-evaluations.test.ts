import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { livable } from '../../cli/livable.ts';
import { resolveScenario } from '../../cli/scenario.ts';
import { liveInMemory } from '../support/example-life.ts';

const WEIGHTS = { 工作流程: '30', 执行效果: '40', 客户满意度: '30' };
const terms = {
  appraisalInterval: 'P3M',
  appraisalDeadline: 'P10D',
  weights: WEIGHTS,
  satisfactionTarget: '85',
  objectionWindow: 'P5D',
  breachLiability: '赔偿实际损失',
  compensationMethod: '转账',
};
const scenario = (script: object[], more: object = {}) => ({
  template: 'performance-contract',
  signedOn: '2026-07-15',
  until: '2026-11-30',
  parties: {
    A: { name: '甲公司', email: 'a@a.example.com' },
    B: { name: '乙公司', email: 'b@b.example.com' },
  },
  coordinator: { name: '方圆', email: 'fangyuan@example.com' },
  terms,
  script,
  ...more,
});

function problemsOf(script: object[], more: object = {}): string[] {
  const read = resolveScenario(scenario(script, more), tmpdir());
  return 'errors' in read ? read.errors.map(({ path, code }) => `${path} ${code}`) : [];
}

function lived(script: object[], more: object = {}) {
  const read = resolveScenario(scenario(script, more), tmpdir());
  if ('errors' in read) throw new Error(JSON.stringify(read.errors, null, 1));
  const { evaluations, rejections, ledger, notices } = liveInMemory(livable(read.scenario));
  return { evaluations, ledger, notices, codes: rejections.map(({ do: act, code }) => `${act} ${code}`) };
}

const on = (day: string, item: object) => ({ at: `${day} 10:00`, as: 'A', ...item });
const score = (indicator: string, value: number | string, more: object = {}) =>
  on('2026-10-14', { do: 'score', indicator, value, evidence: '现场记录', ...more });
const scores = [score('work-process', 90), score('effect', 92), score('satisfaction', 88)];
const conclude = on('2026-10-14', { do: 'conclude' });
const object = on('2026-10-15', { as: 'B', do: 'object', evaluation: 'appraisal', reason: '样本偏少' });

describe('a scheme that does not hold is refused before anything is lived', () => {
  test('weights that do not add up to 100', () => {
    const wrong = { ...terms, weights: { 工作流程: '30', 执行效果: '40', 客户满意度: '20' } };
    expect(problemsOf([], { terms: wrong })).toContainEqual(expect.stringMatching(/^terms\.weights /));
  });
  test.each([
    ['a gap', '0', '59', '61', '100'],
    ['an overlap', '0', '60', '55', '100'],
    ['not from 0', '1', '60', '60', '100'],
    ['not to 100', '0', '60', '60', '99'],
  ])('bands with %s', (_what, from1, to1, from2, to2) => {
    const consequenceBands = [
      { scoreFrom: from1, scoreTo: to1, consequence: '扣款' },
      { scoreFrom: from2, scoreTo: to2, consequence: '奖励' },
    ];
    expect(problemsOf([], { terms: { ...terms, consequenceBands } })).toEqual(['terms.consequenceBands wrong-bands']);
  });
});

describe('what no life could make sense of is an error with its path', () => {
  test.each([
    ['a value that is no number', score('effect', 'good')],
    ['a key that nobody knows', { ...score('effect', 80), valu: 80 }],
    ['a verdict that is none', on('2026-10-20', { do: 'decide', evaluation: 'appraisal', verdict: 'perhaps' })],
    ['a consequence that is none', on('2026-10-20', { do: 'propose', evaluation: 'appraisal', consequence: 'party' })],
    ['a correction without a reason', on('2026-10-15', { do: 'correct', indicator: 'effect', value: 80 })],
    ['an indicator left out without a reason', on('2026-10-14', { do: 'leave-out', indicator: 'effect' })],
    [
      'a proposal declined without a reason',
      on('2026-10-20', { do: 'decide', consequence: 'reward', verdict: 'decline' }),
    ],
    ['targets by name', on('2026-10-14', { do: 'judge-targets', met: ['one'] })],
    ['a file that is not there', { ...score('effect', 80), file: 'missing.pdf' }],
    ['a seat that is none', { ...score('effect', 80), as: 'nobody' }],
  ])('%s', (_what, item) => {
    const problems = problemsOf([item]);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.every((problem) => problem.startsWith('script[0]'))).toBe(true);
  });
});

describe('what the contract refuses is a rejection with its code, and the life goes on', () => {
  test('a score without a record, off its scale, of no indicator, by those evaluated', () => {
    const { codes, evaluations } = lived([
      { ...score('effect', 80), evidence: undefined },
      score('effect', '100.01'),
      score('charm', 80),
      { ...score('effect', 100), as: 'B' },
      score('effect', '80.5'),
    ]);
    expect(codes).toEqual([
      'score evidence-missing',
      'score score-invalid',
      'score unknown-indicator',
      'score not-responsible',
    ]);
    expect(evaluations[0]).toMatchObject({ scores: [{ indicator: 'effect', value: '80.5', by: 'A' }] });
  });
  test('a dimension that is missing keeps it open; an evaluation that is none is named', () => {
    const { codes } = lived([
      score('effect', 80),
      conclude,
      on('2026-10-14', { do: 'conclude', evaluation: 'happiness' }),
    ]);
    expect(codes).toEqual(['conclude score-missing', 'conclude unknown-obligation']);
  });
  test('a score after the result, a second result, and an objection after its days', () => {
    const late = on('2026-10-20', { as: 'B', do: 'object', evaluation: 'appraisal#2026-07-15' });
    const { codes, evaluations } = lived([
      ...scores,
      conclude,
      score('effect', 95, { evaluation: 'appraisal#2026-07-15' }),
      { ...conclude, evaluation: 'appraisal#2026-07-15' },
      late,
    ]);
    expect(codes).toEqual(['score already-concluded', 'conclude already-concluded', 'object objection-closed']);
    expect(evaluations[0]).toMatchObject({ total: '90.20', stage: 'final' });
  });
  test('an objection on the last day counts; while it waits the result is not final', () => {
    const last = { ...object, at: '2026-10-19 23:59' };
    const { evaluations, codes } = lived([...scores, conclude, last]);
    expect(codes).toEqual([]);
    expect(evaluations[0]).toMatchObject({ stage: 'provisional', objections: [{ verdict: null }] });
  });
  test('nobody but a second person corrects: neither whoever scored nor those evaluated', () => {
    const correct = { do: 'correct', indicator: 'effect', value: 95, reason: '补充数据' };
    const { codes, evaluations } = lived([
      ...scores,
      conclude,
      object,
      on('2026-10-16', correct),
      on('2026-10-16', { ...correct, as: 'B' }),
      on('2026-10-16', { ...correct, as: 'coordinator' }),
    ]);
    expect(codes).toEqual(['correct second-person', 'correct second-person']);
    expect(evaluations[0]).toMatchObject({
      total: '91.40',
      objections: [{ verdict: 'uphold', settled: true }],
    });
    const { scores: given } = evaluations[0] as { scores?: unknown };
    expect(given).toContainEqual(expect.objectContaining({ indicator: 'effect', value: '95', by: 'A' }));
  });
  test('steps that this contract does not have are not provided', () => {
    const { codes } = lived([
      on('2026-10-14', { do: 'self-assess', evaluation: 'appraisal' }),
      on('2026-10-14', { do: 'confirm', evaluation: 'appraisal' }),
      on('2026-10-14', { do: 'publish', evaluation: 'appraisal' }),
      on('2026-10-14', { do: 'acknowledge', evaluation: 'appraisal' }),
      on('2026-10-14', { do: 'explain', evaluation: 'appraisal' }),
      on('2026-10-14', { do: 'enrol', evaluation: 'appraisal', subject: 'zhang-san' }),
    ]);
    expect(new Set(codes.map((code) => code.split(' ')[1]))).toEqual(new Set(['not-provided']));
  });
  test('where no weight is agreed nothing is evaluated', () => {
    const { weights: _weights, ...open } = terms;
    const { evaluations, codes } = lived([score('effect', 80)], { terms: open });
    expect(evaluations).toEqual([]);
    expect(codes).toEqual(['score unknown-obligation']);
  });
});

test('a knock-out needs no weight: it is scored, and caps the total alone (S003-E-09)', () => {
  const scored = (indicator: string, value: number) => score(indicator, value, { evidence: ['inspection', '台账'] });
  const { evaluations, codes } = lived(
    [
      ...['A', 'B'].map((as) => on('2026-07-20', { as, do: 'acknowledge', evaluation: 'scoring' })),
      ...['cost', 'quality', 'schedule', 'satisfaction', 'risk'].map((id) => scored(id, 90)),
      conclude,
      scored('compliance', 30),
      conclude,
    ],
    {
      terms: {
        ...{ scoringPeriod: 'P3M', scoringDeadline: 'P10D', complianceIsKnockout: true },
        ...{ weightCost: '25', weightQuality: '25', weightSchedule: '20', weightSatisfaction: '20', weightRisk: '10' },
        ...{ breachLiability: '赔偿实际损失', compensationMethod: '转账' },
      },
    },
  );
  expect(codes).toEqual(['conclude score-missing']);
  expect(evaluations[0]).toMatchObject({
    total: '30.00',
    cappedBy: 'compliance',
    consequences: [{ kind: 'deduction' }],
  });
});

describe('a scheme must be there when its period begins (S003-S-05)', () => {
  const rules = {
    template: 'satisfaction-management',
    signedOn: '2026-05-06',
    parties: { Company: { name: '公司', email: 'c@c.example.com' } },
    seats: { marketing: { name: '市场部', email: 'm@c.example.com' } },
    terms: { appraisalPeriod: 'P3M' },
  };
  test('whoever sets it is reminded, and nothing can be scored', () => {
    const { codes, notices, evaluations } = lived(
      [
        on('2026-08-04', {
          as: 'marketing',
          do: 'score',
          subject: 'business',
          indicator: 'satisfaction',
          value: 80,
          evidence: '问卷',
        }),
      ],
      rules,
    );
    expect(codes).toEqual(['score scheme-missing']);
    expect(evaluations[0]).toMatchObject({ status: 'preparing', scheme: null });
    expect(notices.filter(({ kind }) => kind === 'evaluation-scheme-missing').map(({ role }) => role)).toContain(
      'marketing',
    );
  });
});

describe('why an evaluation does not run is said', () => {
  const messages = (script: object[], more: object = {}): string[] => {
    const read = resolveScenario(scenario(script, more), tmpdir());
    if ('errors' in read) throw new Error(JSON.stringify(read.errors, null, 1));
    return liveInMemory(livable(read.scenario))
      .rejections.filter(({ do: act }) => act === 'score')
      .map(({ code, message }) => `${code}: ${message}`);
  };
  const named = score('cost', 80, { evaluation: 'scoring' });
  test('the agreement is not in force', () => {
    const { breachLiability: _liability, ...unsigned } = terms;
    expect(messages([named], { terms: unsigned })).toEqual([
      'not-in-force: nothing is evaluated before the agreement is in force',
    ]);
  });
  test('terms that it needs are open', () => {
    expect(messages([named])).toEqual([
      'unknown-obligation: no evaluation scoring runs here: there are appraisal#2026-07-15; these terms are open: scorecard, weightCost, weightQuality, weightSchedule, weightSatisfaction, weightRisk, weightCompliance',
    ]);
  });
});

test('a year rests on its surveys: nobody enters their figures, and it is not concluded before the last (S001b-07)', () => {
  const annual = { evaluation: 'annual-evaluation' };
  const { codes, evaluations } = lived(
    [
      on('2026-09-01', { ...annual, do: 'score', indicator: 'attitude', value: 90, evidence: '自评' }),
      // 2026-03-02 with a year: the fourth quarter begins on 2026-12-01
      on('2026-11-30', { ...annual, do: 'conclude' }),
      on('2026-12-02', { ...annual, do: 'conclude' }),
    ],
    {
      template: 'service-third-party',
      signedOn: '2026-03-02',
      until: '2026-12-31',
      terms: { contractTotal: '480000.00' },
    },
  );
  expect(codes).toEqual(['score not-provided', 'conclude not-open-yet']);
  expect(evaluations[0]).toMatchObject({ status: 'complete', scores: [], total: null, surveys: { expected: 4 } });
});
