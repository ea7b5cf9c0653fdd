import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { comparisonText } from '../../cli/compare.ts';
import { compareLives, isSame } from '../../cli/comparison.ts';
import { livable } from '../../cli/livable.ts';
import { processDifferences } from '../../cli/process-differences.ts';
import { readScenario, resolveScenario } from '../../cli/scenario.ts';
import { liveInMemory } from '../support/example-life.ts';
import { abide } from './abide-process.ts';
import { goodScenario } from './scenario-file.ts';

const DOCS = fileURLToPath(new URL('../../docs/', import.meta.url));

function lived(change: Record<string, unknown> = {}) {
  const read = resolveScenario({ ...goodScenario(), ...change }, '.');
  if ('errors' in read) throw new Error(JSON.stringify(read.errors));
  const scenario = livable(read.scenario);
  return { scenario, life: liveInMemory(scenario) };
}

function example(name: string) {
  const scenario = livable(readScenario(`${DOCS}what-if/${name}.yaml`));
  return { scenario, life: liveInMemory(scenario) };
}

describe('what differs between two lives', () => {
  test('nothing where they are the same', () => {
    const differences = compareLives(lived(), lived());
    expect(isSame(differences)).toBe(true);
    expect(comparisonText(differences, 'zh')).toEqual(['两个剧本的履行过程相同']);
  });

  test('twelve days late: 60,000.00, and nothing about the other attachments', () => {
    const { obligations, ledger, notices, events, terms, agreement } = compareLives(
      example('report-in-time'),
      example('report-twelve-days-late'),
    );
    expect(obligations).toEqual([
      { id: 'needs-analysis-report', field: 'status', a: 'fulfilled', b: 'fulfilled-late' },
      {
        id: 'needs-analysis-report',
        field: 'fulfilledAt',
        a: '2026-10-08T15:00:00+08:00',
        b: '2026-10-20T15:00:00+08:00',
      },
      { id: 'needs-analysis-report', field: 'daysLate', a: 0, b: 12 },
    ]);
    expect(ledger).toMatchObject({
      onlyA: [],
      onlyB: [{ kind: 'penalty', amount: '60000.00', days: 12 }],
      balanceA: [],
      balanceB: [{ debtor: 'A', creditor: 'B', amount: '60000.00', currency: 'CNY' }],
    });
    expect([notices.onlyA.length, notices.onlyB.length]).toEqual([1, 11]);
    expect(events.onlyB.map(({ type }) => type)).toContain('obligation-overdue');
    expect({ terms, agreement }).toEqual({ terms: [], agreement: [] });
  });

  test('terms that are agreed otherwise', () => {
    const { terms } = compareLives(
      lived({ terms: { contractTotal: '1000000.00' } }),
      lived({ terms: { contractTotal: '2000000.00', penaltyCapPercent: '10' } }),
    );
    expect(terms).toEqual([
      { name: 'contractTotal', a: '1000000.00', b: '2000000.00' },
      { name: 'penaltyCapPercent', a: null, b: '10' },
    ]);
  });

  test('occurrences named after their first day are compared by number', () => {
    const terms = { contractTotal: '1000000.00', monitoringReportIntervalDays: 90 };
    const scenario = (signedOn: string) => lived({ template: 'service-attachments', script: [], terms, signedOn });
    const { obligations } = compareLives(scenario('2026-09-01'), scenario('2026-09-02'));
    const first = obligations.filter(({ id, occurrence }) => id === 'monitoring-report' && occurrence === '2026-09-01');
    expect(first[0]).toMatchObject({ field: 'occurrence', a: '2026-09-01', b: '2026-09-02' });
    expect(obligations.every(({ a }) => a !== null)).toBe(true);
  });
});

describe('what differs between the surveys of two lives, and what followed from them', () => {
  const EXAMPLES = fileURLToPath(new URL('../../templates/', import.meta.url));

  /** An example, with its last answers in place of those of its file. */
  function surveyed(template: string, change: (script: Record<string, unknown>[]) => Record<string, unknown>[]) {
    const folder = `${EXAMPLES}${template}/examples`;
    const raw = parse(readFileSync(`${folder}/survey-to-effect.yaml`, 'utf8')) as { script: Record<string, unknown>[] };
    const read = resolveScenario({ ...raw, script: change(raw.script) }, folder);
    if ('errors' in read) throw new Error(JSON.stringify(read.errors));
    const scenario = livable(read.scenario);
    return { scenario, life: liveInMemory(scenario) };
  }

  test('a second survey of 3 instead of 4.125: the goal of 4 is missed, and the plan begins anew', () => {
    const asItWas = surveyed('vip-service', (script) => script);
    const missed = surveyed('vip-service', (script) =>
      script.map(({ file, ...act }) =>
        file === 'survey-to-effect.second.csv'
          ? { ...act, answers: [{ customer: 'C-01', answers: { 服务态度: 4, 服务质量: 4, 服务效率: 3 } }] }
          : { ...act, ...(file === undefined ? {} : { file }) },
      ),
    );
    const differences = compareLives(asItWas, missed);
    expect(isSame(differences)).toBe(false);
    const cycle = { survey: 'quarterly-survey', occurrence: '2026-Q4' };
    expect(differences.surveys).toEqual([
      { ...cycle, field: 'answered', a: 8, b: 1 },
      { ...cycle, field: 'score', a: '4.1250', b: '3.6667' },
      { ...cycle, field: 'mean of service-quality', a: '4.2500', b: '4.0000' },
      { ...cycle, field: 'mean of service-efficiency', a: '4.1250', b: '3.0000' },
      { ...cycle, field: 'responseRate', a: '0.8000', b: '0.1000' },
      { ...cycle, field: 'findings', a: 0, b: 1 },
    ]);
    const plan = 'quarterly-survey#2026-Q3/service-efficiency';
    expect(differences.plans).toContainEqual({
      plan,
      field: 'effect 1',
      a: 'effective 4.1250',
      b: 'ineffective 3.0000',
    });
    expect(differences.plans).toContainEqual({ plan, field: 'round', a: 1, b: 2 });
    expect(differences.plans).toContainEqual({ plan, field: 'status', a: 'closed', b: 'classified' });
    const text = comparisonText(differences, 'zh').join('\n');
    expect(text).toMatch(/调查\n调查 +项目 +A +B\n[- ]+\nquarterly-survey#2026-Q4 +answered +8 +1\n/);
    expect(text).toMatch(/问题与改进\n/);
  });

  test('cycles that begin on another day, and what followed from them, are compared by number', () => {
    const fields = { survey: 'quarterly-survey', occurrence: '2026-03-02', status: 'analysed', dueAt: 'x' };
    const life = (day: string) => ({
      engagements: [],
      cases: [],
      evaluations: [],
      risks: [],
      surveys: [{ ...fields, occurrence: day, invited: 0, answered: 0, late: 0, findings: [], events: [] }],
      plans: [
        {
          ...{ plan: `quarterly-survey#${day}/speed`, about: `quarterly-survey#${day}`, source: 'survey' },
          ...{ status: 'raised', dueAt: null, daysLate: 0, round: 1, measures: [], effects: [], events: [] },
          ...{ customersAnswered: 0, customersSatisfied: 0 },
        },
      ],
    });
    expect(processDifferences(life('2026-03-02'), life('2026-03-03'))).toEqual({
      surveys: [
        { survey: 'quarterly-survey', occurrence: '2026-03-02', field: 'occurrence', a: '2026-03-02', b: '2026-03-03' },
      ],
      plans: [],
      others: [],
    });
  });

  test('what only one of the two lives has is null in the other', () => {
    const short = surveyed('vip-service', (script) => script.slice(0, 2));
    const { plans } = compareLives(
      short,
      surveyed('vip-service', (script) => script),
    );
    const [plan] = plans;
    expect(plan).toEqual({
      plan: 'quarterly-survey#2026-Q3/service-efficiency',
      field: 'source',
      a: null,
      b: 'survey',
    });
  });
});

test.each([
  ['report-in-time', 'report-twelve-days-late'],
  ['signed-before-national-day', 'signed-after-national-day'],
])('docs/what-if.md shows what %s and %s give', (a, b) => {
  const text = comparisonText(compareLives(example(a), example(b)), 'en').join('\n');
  const command = `$ abide simulate --compare ${a}.yaml ${b}.yaml`;
  expect(readFileSync(`${DOCS}what-if.md`, 'utf8')).toContain(`\`\`\`\n${command}\n${text}\n\`\`\``);
});

test.each([
  [['simulate', '--compare', `${DOCS}what-if/report-in-time.yaml`]],
  [['simulate', `${DOCS}what-if/report-in-time.yaml`, `${DOCS}what-if/report-in-time.yaml`]],
])('--compare takes two scenarios, and without it there is one: %j', (args) => {
  const { code, stdout, stderr } = abide([...args, '--json']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect((JSON.parse(stderr) as { type: string }).type).toBe('urn:abide:invalid-usage');
});
