import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { loadCalendar } from '../../templates/calendars.ts';
import { caseFields } from '../../templates/case-schema.ts';
import { checkTemplates } from '../../templates/check.ts';
import { compileAgreement } from '../../templates/compile.ts';
import { problemLine } from '../../templates/data-file.ts';
import { engagementFields } from '../../templates/engagement-schema.ts';
import { evaluationFields } from '../../templates/evaluation-schema.ts';
import { ownFolders, readTemplate } from '../../templates/library.ts';
import { riskFields } from '../../templates/risk-schema.ts';
import { resolveTerms } from '../../templates/terms.ts';
import { zoneData } from '../../templates/zone-data.ts';
import { folderOf } from './small-template.ts';

const guide = readFileSync(new URL('../../docs/writing-templates.md', import.meta.url), 'utf8');

/** The files that the guide writes: its YAML blocks, each under the name in its first line, in order. */
function filesOf(text: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const [, name, content] of text.matchAll(/^```yaml\n# (\S+)\n([^]*?)^```$/gm)) {
    if (name === undefined || content === undefined) throw new Error('a block without a name');
    files[name] = (files[name] ?? '') + content;
  }
  return files;
}

const files = filesOf(guide);
const TEMPLATE = 'office-cleaning/template.yaml';
const WITH_SURVEY = 'with-survey.yaml';
/** Blocks that are added to the template. */
const ADDITIONS = [WITH_SURVEY, 'with-engagement.yaml', 'with-cases.yaml', 'with-evaluation.yaml', 'with-risks.yaml'];
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function check(changed: Record<string, string>): string[] {
  const folder = folderOf(changed);
  folders.push(folder);
  return checkTemplates(ownFolders(folder), []).templates.flatMap(({ problems }) =>
    problems.map((problem) => problemLine(problem, 'en')),
  );
}

test('every YAML block of the guide belongs to a file', () => {
  expect(Object.keys(files)).toEqual([TEMPLATE, ...ADDITIONS, 'office-cleaning/clauses-S900.yaml', 'scenario.yaml']);
  expect(guide.match(/^```yaml$/gm)).toHaveLength(guide.match(/^```yaml\n# \S+$/gm)?.length ?? 0);
});

test('the guide’s template is read, and nothing is wrong with it', () => {
  expect(readTemplate(files[TEMPLATE] ?? '', TEMPLATE)).toMatchObject({ id: 'office-cleaning', version: 1 });
  expect(check(files)).toEqual([]);
});

/** The template with what these blocks add, and all other files. */
function withAdded(...names: string[]): Record<string, string> {
  type Lists = Partial<Record<string, unknown[]>>;
  const template = parse(files[TEMPLATE] ?? '') as Lists;
  for (const name of names) {
    for (const [list, items] of Object.entries(parse(files[name] ?? '') as Lists))
      template[list]?.push(...(items ?? []));
  }
  const others = Object.fromEntries(Object.entries(files).filter(([name]) => !ADDITIONS.includes(name)));
  return { ...others, [TEMPLATE]: stringify(template) };
}

function compiled(names: string[], values: Record<string, unknown>) {
  const read = readTemplate(withAdded(...names)[TEMPLATE] ?? '', TEMPLATE);
  return compileAgreement(read, resolveTerms(read, { contractTotal: '1000.00', ...values }), {
    id: 'x',
    zone: zoneData('Asia/Shanghai'),
    calendar: loadCalendar(undefined),
    seats: ['A', 'B', 'site-manager', 'third'],
    year: 2026,
  });
}

test.each([...ADDITIONS.map((name) => ({ names: [name] })), { names: ADDITIONS }])(
  'what the guide adds fits into its template: $names',
  ({ names }) => {
    expect(check(withAdded(...names))).toEqual([]);
  },
);

test('the guide’s survey compiles to what the guide says', () => {
  const { surveys, improvement } = compiled([WITH_SURVEY], { surveyTopics: ['清洁度', '服务态度', 'Speed'] });
  expect(surveys).toMatchObject([
    {
      obligation: 'tenant-survey',
      responsible: 'B',
      dimensions: [{ id: 'cleanliness' }, { id: 'manner', parts: ['politeness'] }, { id: 'speed' }],
      openDays: 14,
      fulfils: { report: 'monthly-report' },
      findings: null,
    },
  ]);
  expect(improvement).toMatchObject({ planner: 'site-manager', approvers: ['A'], planDays: null });
});

test('so do its third party, its cases, its evaluation and its risks', () => {
  const { engagements, cases, evaluations, risks } = compiled(ADDITIONS, {
    replyWorkingDays: 5,
    costSharePercentA: '50',
    resolutionHours: { default: 48, VIP: 24 },
    appraisalWeights: { satisfaction: 60, punctuality: 40 },
    appraisalBands: [
      { scoreFrom: 0, scoreTo: 60, consequence: '扣款', amountOrRate: '500.00' },
      { scoreFrom: 60, scoreTo: 100, consequence: '无' },
    ],
    riskReviewDays: 90,
    riskPlanLevel: 'HIGH',
  });
  expect(engagements).toMatchObject([
    {
      reply: { by: null, workingDays: 5 },
      agreement: { signatories: ['A', 'B', 'third'] },
      jointReview: null,
      cap: { mandatory: false, changeable: true, consentDays: null },
      fee: { shares: { A: '0.5', B: '0.5' } },
      end: { grounds: ['purpose-achieved'], items: ['access'] },
    },
  ]);
  expect(cases).toMatchObject([
    {
      provider: 'B',
      handler: 'site-manager',
      clocks: [
        { id: 'response', unit: 'hours', count: 1, means: 'late' },
        { id: 'resolution', count: 48, by: { vip: 24 }, warnings: { hours: [4] }, means: 'breach', liable: 'B' },
      ],
      steps: ['inform', 'opinion'],
      pause: null,
    },
  ]);
  expect(evaluations?.find(({ id }) => id === 'appraisal')).toMatchObject({
    obligation: 'half-year-appraisal',
    subjects: ['B'],
    organiser: 'A',
    scorers: ['A'],
    scheme: {
      indicators: [
        { id: 'satisfaction', source: 'manual', weight: '60' },
        { id: 'punctuality', source: 'deliverable', weight: '40' },
      ],
      bands: [{ consequence: 'deduction', amount: '500.00' }, { consequence: null }],
    },
    objectionDays: null,
    money: { payer: 'A', payee: 'B' },
  });
  expect(risks).toMatchObject([
    {
      keeper: 'B',
      report: 'risk-review',
      scale: { mediumFrom: 5, highFrom: 12 },
      planLevel: 'HIGH',
      response: { days: null },
      residual: null,
      review: { every: { unit: 'days', count: 90 }, empty: null },
      warning: { ackHours: null },
    },
  ]);
});

test.each([
  ['engagement', engagementFields],
  ['case', caseFields],
  ['evaluation', evaluationFields],
  ['risk', riskFields],
])('the guide’s table of %s names its fields, and no others', (kind, fields) => {
  const table = guide.slice(guide.indexOf(`| field of \`${kind}\``)).split('\n\n')[0] ?? '';
  const named = table
    .split('\n')
    .slice(2)
    .flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name));
  const shared = kind === 'case' ? ['escalateTo', 'other'] : ['other'];
  expect(named.sort()).toEqual([...Object.keys(fields), ...shared].sort());
});

test('all that obliges is covered, but for what is said to be outside or kept alone', () => {
  const folder = folderOf(files);
  folders.push(folder);
  expect(checkTemplates(ownFolders(folder), []).templates).toMatchObject([
    { coverage: { operative: 7, covered: 5, missing: [{ id: 'S900-02' }, { id: 'S900-07' }] } },
  ]);
});

test.each([
  ['cleanliness: 60, promptness: 25, manner: 15', 'cleanliness: 60, promptness: 25, manner: 10'],
  ['days: cleaningPlanDays', 'days: monthlyReportWorkingDays'],
  ['value: [3, 1]', 'value: [30, 1]'],
  ['clauses: [S900-07]', 'clauses: [S900-08]'],
])('what the guide says about the check is what it says: %s', (from, to) => {
  const template = files[TEMPLATE]?.replace(from, to) ?? '';
  expect(template).not.toBe(files[TEMPLATE]);
  const [said] = check({ ...files, [TEMPLATE]: template });
  const expected = said?.replace(/^.*?: \S+: /, '');
  expect(guide).toContain(`\`${expected ?? '?'}\``);
});

test('the loop that the guide warns of is found', () => {
  const template = (files[TEMPLATE] ?? '')
    .replace('anchor: effect', 'anchor: { obligation: monthly-report, at: fulfilled }')
    .replace('anchor: { period: month, edge: end }', 'anchor: { obligation: cleaning-plan, at: fulfilled }');
  const lines = check({ ...files, [TEMPLATE]: template });
  const loop = lines.find((line) => line.includes('lead back'))?.replace(/^.*?: \S+: /, '');
  expect(guide).toContain(`\`${loop ?? '?'}\``);
});

test('abide plan takes the guide’s scenario', () => {
  const folder = folderOf(files);
  folders.push(folder);
  const abide = fileURLToPath(new URL('../../cli/abide.mjs', import.meta.url));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [abide, 'plan', join(folder, 'scenario.yaml'), '--json'],
    {
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: process.env['HOME'] ?? '',
        ABIDE_TEMPLATES: join(folder, 'office-cleaning'),
      },
      encoding: 'utf8',
    },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const { obligations } = JSON.parse(stdout) as {
    obligations: { id: string; occurrence?: string; localDate: string }[];
  };
  expect(obligations.filter(({ localDate }) => localDate < '2026-10-31')).toMatchObject([
    { id: 'cleaning-plan', localDate: '2026-09-11' },
    { id: 'monthly-report', occurrence: '2026-09', localDate: '2026-10-13' },
  ]);
});
