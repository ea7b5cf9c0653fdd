import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoStack, DemoStopped, demoConfig, startDemo } from '../../cli/demo/stack.ts';
import { type Config, readConfig } from '../../config.ts';
import { listTemplates } from '../../templates/library.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';

/** Half a year of thirteen agreements, on a machine that does other things as well. */
const FILLED_WITHIN_MS = 400_000;

let config: Config;
let demo: DemoStack;
let database: Database;

beforeAll(async () => {
  config = await demoConfig(readConfig({}));
  demo = await startDemo(config, { log: (line) => console.log(line), goesOn: () => true });
  database = openDatabase(demo.databaseUrl);
}, FILLED_WITHIN_MS);
afterAll(async () => {
  await database?.$disconnect();
  await demo?.stop();
  expect(existsSync(config.dataDir)).toBe(false);
});

test('agreements of all templates, in all states, none of which refused what it was to live', async () => {
  const rows = await database.agreement.findMany({ select: { template: true, status: true, id: true } });
  const templates = rows.map(({ template }) => template.split('@')[0]);
  expect(new Set(templates)).toEqual(new Set(listTemplates().map(({ id }) => id)));
  expect(new Set(rows.map(({ status }) => status))).toEqual(
    new Set(['draft', 'awaiting-signatures', 'active', 'suspended', 'terminated', 'expired']),
  );
  expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.values(demo.demo.agreements)));
  expect(demo.agreements.flatMap(({ refused }) => refused)).toEqual([]);
});

test('what is waited for lies around today, and mails have gone out at their hours all along', async () => {
  const dues = (await database.awaited.findMany({ where: { dueAt: { not: null } } })).map(({ dueAt }) => Number(dueAt));
  const now = Date.now();
  expect(dues.some((at) => at < now)).toBe(true);
  expect(dues.some((at) => at > now && at < now + 7 * 86_400_000)).toBe(true);
  const notices = await database.notice.findMany({ where: { status: 'sent' }, select: { at: true, sentAt: true } });
  expect(notices.length).toBeGreaterThan(100);
  const late = notices.filter(({ at, sentAt }) => Math.abs(Number(sentAt) - Number(at)) > 86_400_000);
  expect(late).toEqual([]);
});

test('who looks around has an account', async () => {
  const users = await database.user.findMany({ orderBy: { email: 'asc' }, include: { person: true } });
  expect(users.map(({ email, roles }) => [email, roles])).toEqual([
    ['audit@example.com', ['auditor']],
    ['chen.lu@example.com', ['party-member']],
    ['gao.jian@example.com', ['third-party']],
    ['lin.an@example.com', ['coordinator', 'administrator']],
  ]);
});

test('whoever asks it to end while it is filled is heard, and nothing stays', async () => {
  const another = await demoConfig(readConfig({}));
  let lines = 0;
  const starting = startDemo(another, { log: () => void (lines += 1), goesOn: () => lines < 2 });
  await expect(starting).rejects.toBeInstanceOf(DemoStopped);
  expect(existsSync(another.dataDir)).toBe(false);
}, 120_000);
