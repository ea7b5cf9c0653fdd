import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import { setupLink } from '../../api/accounts/setup.ts';
import { PASSWORD } from '../api/accounts-desk.ts';
import { Desk } from '../support/people.ts';
import { type World, eventually, openWorld } from '../support/world.ts';
import { builtPages } from './build.ts';
import { type BrowserPage, openPage } from './page.ts';
import { type Hand, handOn } from './pages.ts';

const EMAIL = 'lin@operator.example';

let world: World;
let folder: string;
let browser: BrowserPage;
let administrator: Hand;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'abide-system-'));
  const webRoot = await builtPages();
  world = await openWorld({ webRoot });
  await world.startWorker();
  const link = await setupLink({ database: world.database, clock: Date.now, publicUrl: world.url });
  const person = { name: '林总管', email: EMAIL, password: PASSWORD, organisation: '运营单位' };
  await new Desk(world).post('/setup', { token: link?.split('#token=')[1], ...person });
  browser = await openPage({ profile: join(folder, 'profile'), language: 'zh-CN', width: 1280, height: 900 });
  administrator = handOn(browser);
  await browser.goto(`${world.url}/sign-in`);
  await browser.until('document.querySelector("#password")');
  await browser.evaluate('document.querySelector("#email").focus()');
  await browser.press(EMAIL, 'Tab', PASSWORD, 'Enter');
  await browser.until('location.pathname !== "/sign-in"');
  browser.errors.length = 0;
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await world?.close();
  await rm(folder, { recursive: true, force: true });
});

const stateOf = (part: string) =>
  browser.evaluate<string>(
    `document.querySelector('#system-${part}')?.closest('section').querySelector('.ant-tag').innerText ?? ''`,
  );

test('the page says of each part whether it works, with the worker that asks and the code that it runs', async () => {
  onTestFailed(() => world.tellAll());
  await eventually(() => world.database.housekeeping.findUnique({ where: { name: 'archive' } }).then(Boolean));
  await administrator.reads('zh', 1280, `${world.url}/system`);
  await administrator.sees('只有一名管理员');
  const works = ['api', 'database', 'engine', 'worker', 'mail', 'webhooks', 'archive', 'disk'];
  expect(await Promise.all(works.map(stateOf))).toEqual(works.map(() => '正常'));
  await administrator.sees('最近一次领取任务');
  expect(await administrator.violations()).toEqual([]);
  await administrator.look('system-zh');
  await administrator.reads('en', 390);
  await administrator.sees('There is one administrator alone');
  expect(await administrator.isTooWide()).toBe(false);
  expect(await administrator.violations()).toEqual([]);
  await administrator.look('system-en-390');
  expect(administrator.errors()).toEqual([]);
});

test('what does not work is named with its cure: histories that cannot be read, a database that is behind', async () => {
  onTestFailed(() => world.tellAll());
  const unreadable = [{ workflowId: 'agreement/11111111-1111-4111-8111-111111111111', code: 'too-large' }];
  const outcome = { archived: 0, missing: 0, unreadable };
  await world.database.housekeeping.update({ where: { name: 'archive' }, data: { outcome } });
  await world.database.$executeRaw`UPDATE _prisma_migrations SET rolled_back_at = now()
    WHERE migration_name = (SELECT max(migration_name) FROM _prisma_migrations)`;
  await administrator.reads('zh', 1280, `${world.url}/system`);
  await administrator.sees('有 1 项流程的历史读不出来');
  await administrator.sees('agreement/11111111-1111-4111-8111-111111111111 (too-large)');
  await administrator.sees('npx abide migrate');
  expect(await stateOf('archive')).toBe('故障');
  await administrator.look('system-broken-zh');
});

test('an engine that is away is told within seconds, and nothing else breaks', async () => {
  await world.stopEngine();
  await administrator.reads('zh', 1280, `${world.url}/system`);
  await browser.until(`document.querySelector('#system-engine')`);
  expect(await stateOf('engine')).toBe('故障');
  expect(await stateOf('mail')).toBe('正常');
  await administrator.sees('npx abide doctor');
  await world.startEngine();
  expect(administrator.errors()).toEqual([]);
});
