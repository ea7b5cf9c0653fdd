import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { loadCalendar } from '../../templates/calendars.ts';
import { checkTemplates } from '../../templates/check.ts';
import { compileAgreement } from '../../templates/compile.ts';
import { problemLine } from '../../templates/data-file.ts';
import { ownFolders, readTemplate } from '../../templates/library.ts';
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
  expect(Object.keys(files)).toEqual([TEMPLATE, WITH_SURVEY, 'office-cleaning/clauses-S900.yaml', 'scenario.yaml']);
  expect(guide.match(/^```yaml$/gm)).toHaveLength(guide.match(/^```yaml\n# \S+$/gm)?.length ?? 0);
});

test('the guide’s template is read, and nothing is wrong with it', () => {
  expect(readTemplate(files[TEMPLATE] ?? '', TEMPLATE)).toMatchObject({ id: 'office-cleaning', version: 1 });
  expect(check(files)).toEqual([]);
});

test('the guide’s survey fits into its template, and compiles to what the guide says', () => {
  type Lists = Record<'terms' | 'obligations' | 'rules', unknown[]>;
  const template = parse(files[TEMPLATE] ?? '') as Lists;
  const added = parse(files[WITH_SURVEY] ?? '') as Lists;
  for (const list of ['terms', 'obligations', 'rules'] as const) template[list].push(...added[list]);
  const text = stringify(template);
  const { [WITH_SURVEY]: _added, ...others } = files;
  expect(check({ ...others, [TEMPLATE]: text })).toEqual([]);
  const read = readTemplate(text, TEMPLATE);
  const terms = resolveTerms(read, { contractTotal: '1000.00', surveyTopics: ['清洁度', '服务态度', 'Speed'] });
  const { surveys, improvement } = compileAgreement(read, terms, {
    id: 'x',
    zone: zoneData('Asia/Shanghai'),
    calendar: loadCalendar(undefined),
    seats: ['A', 'B', 'site-manager'],
    year: 2026,
  });
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
