import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { clausesPage } from '../../cli/clauses-page.ts';
import { abideHere } from './abide-here.ts';
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

async function clauses(args: string[] = [], locale = 'en'): Promise<Printed> {
  const { code, stdout, stderr } = await abideHere(['clauses', ...args, '--json'], { locale });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as Printed;
}

test('clauses --json accounts for all 565, from a foreign folder', () => {
  const { code, stdout, stderr } = abide(['clauses', '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { total, byStatus, clauses: all } = JSON.parse(stdout) as Printed;
  expect(total).toBe(565);
  expect(all).toHaveLength(565);
  expect(Object.keys(byStatus)).toEqual(['automated', 'recorded', 'shown', 'absent']);
  expect(Object.values(byStatus).reduce((sum, count) => sum + count, 0)).toBe(565);
  for (const { id, status, by, reason } of all) {
    expect({ id, explained: status !== 'absent' || reason !== undefined }).toEqual({ id, explained: true });
    expect({ id, borne: status !== 'automated' || by.length > 0 }).toEqual({ id, borne: true });
  }
});

test('a clause names what bears it', async () => {
  const all = (await clauses(['--source', 'S001a'])).clauses;
  expect(all).toHaveLength(75);
  expect(all.find(({ id }) => id === 'S001a-60')).toMatchObject({
    source: 'S001a',
    status: 'automated',
    by: expect.arrayContaining(['needs-analysis-report']) as string[],
    terms: expect.arrayContaining(['needsReportDays']) as string[],
  });
  expect(all.find(({ id }) => id === 'S001a-01')?.by).toEqual(expect.arrayContaining(['start', 'signing', 'in-force']));
});

test('the reason is in the language of the terminal', async () => {
  const [english] = (await clauses(['S001b-24'])).clauses;
  const [chinese] = (await clauses(['S001b-24'], 'zh-CN')).clauses;
  expect(english?.reason).toMatch(/^the duty and the agreed interval of checks stand on the agreement’s page;/);
  expect(chinese?.reason).toMatch(/^该义务及约定的检查间隔列于协议页；/);
});

test('for people: a table a source, the clauses of one source, one clause', async () => {
  const table = (await abideHere(['clauses'])).stdout;
  expect(table).toMatch(/^source +automated +recorded +shown +absent +total$/m);
  expect(table).toMatch(/^S003-guidance +0 +\d+ +\d+ +0 +95$/m);
  expect(table).toMatch(/^total( +\d+){4} +565$/m);
  expect((await abideHere(['clauses'], { locale: 'zh-CN' })).stdout).toMatch(/^来源 +自动 +登记 +展示 +暂缺 +合计$/m);
  expect((await abideHere(['clauses', '--source', 'S001a'])).stdout).toMatch(/^S001a-60 +automated +\S/m);
  expect((await abideHere(['clauses', 'S001a-60'])).stdout).toMatch(/^borne by: .*needs-analysis-report/m);
});

test('what is not there is answered with what there is', async () => {
  for (const [args, type] of [
    [['clauses', 'S999-01', '--json'], 'urn:abide:unknown-clause'],
    [['clauses', '--source', 'S999', '--json'], 'urn:abide:unknown-source'],
  ] as const) {
    const { code, stdout, stderr } = await abideHere([...args]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(JSON.parse(stderr)).toMatchObject({ type, errors: [{ cure: expect.stringContaining('S001a') as string }] });
  }
});

test('docs/clauses.md is current (npx tsx cli/clauses-page.ts writes it)', async () => {
  const page = readFileSync(new URL('../../docs/clauses.md', import.meta.url), 'utf8');
  expect(page).toBe(await clausesPage());
});
