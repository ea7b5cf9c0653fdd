import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { clausesPage } from '../../cli/clauses-page.ts';
import { abide } from './abide-process.ts';

interface Printed {
  total: number;
  byStatus: Record<string, number>;
  clauses: {
    id: string;
    source: string;
    status: string;
    by: string[];
    tests: string[];
    reason?: string;
  }[];
}

function clauses(args: string[] = [], lang?: string): Printed {
  const { code, stdout, stderr } = abide(['clauses', ...args, '--json'], lang === undefined ? {} : { lang });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Printed;
}

test('clauses --json accounts for all 565', () => {
  const { total, byStatus, clauses: all } = clauses();
  expect(total).toBe(565);
  expect(all).toHaveLength(565);
  expect(Object.keys(byStatus)).toEqual(['automated', 'recorded', 'shown', 'absent']);
  expect(Object.values(byStatus).reduce((sum, count) => sum + count, 0)).toBe(565);
  for (const { id, status, by, reason } of all) {
    expect({ id, explained: status !== 'absent' || reason !== undefined }).toEqual({ id, explained: true });
    expect({ id, borne: status !== 'automated' || by.length > 0 }).toEqual({ id, borne: true });
  }
});

test('a clause names what bears it', () => {
  const all = clauses(['--source', 'S001a']).clauses;
  expect(all).toHaveLength(75);
  expect(all.find(({ id }) => id === 'S001a-60')).toMatchObject({
    source: 'S001a',
    status: 'automated',
    by: expect.arrayContaining(['needs-analysis-report', 'term:needsReportDays']) as string[],
  });
  expect(all.find(({ id }) => id === 'S001a-01')?.by).toEqual(expect.arrayContaining(['start', 'signing', 'in-force']));
});

test('the reason is in the language of the terminal', () => {
  const [english] = clauses(['S003-A-01']).clauses;
  const [chinese] = clauses(['S003-A-01'], 'zh_CN.UTF-8').clauses;
  expect(english?.reason).toBe('waits for surveys and improvement plans (5 of 7)');
  expect(chinese?.reason).toBe('有待“调查与改进”功能上线');
});

test('for people: a table a source, the clauses of one source, one clause', () => {
  const table = abide(['clauses']).stdout;
  expect(table).toMatch(/^source +automated +recorded +shown +absent +total$/m);
  expect(table).toMatch(/^S003-guidance +0 +\d+ +\d+ +0 +95$/m);
  expect(table).toMatch(/^total( +\d+){4} +565$/m);
  expect(abide(['clauses'], { lang: 'zh_CN.UTF-8' }).stdout).toMatch(/^来源 +自动 +登记 +展示 +暂缺 +合计$/m);
  expect(abide(['clauses', '--source', 'S001a']).stdout).toMatch(/^S001a-60 +automated +\S/m);
  expect(abide(['clauses', 'S001a-60']).stdout).toMatch(/^borne by: .*needs-analysis-report/m);
});

test('what is not there is answered with what there is', () => {
  for (const [args, type] of [
    [['clauses', 'S999-01', '--json'], 'urn:abide:unknown-clause'],
    [['clauses', '--source', 'S999', '--json'], 'urn:abide:unknown-source'],
  ] as const) {
    const { code, stdout, stderr } = abide([...args]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(JSON.parse(stderr)).toMatchObject({ type, errors: [{ cure: expect.stringContaining('S001a') as string }] });
  }
});

test('docs/clauses.md is current (npx tsx cli/clauses-page.ts writes it)', async () => {
  const page = readFileSync(new URL('../../docs/clauses.md', import.meta.url), 'utf8');
  expect(page).toBe(await clausesPage());
});
