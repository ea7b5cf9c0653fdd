import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hand, type Pages, openPages } from './pages.ts';

/**
 * What the application may weigh as it is sent (Brotli) until a page is there, with an empty cache; docs/production.md
 * says the same. A page that grows beyond its budget is split, or the budget is argued for.
 */
const BUDGETS: Record<string, { scripts: number; styles: number; requests: number }> = {
  '/sign-in': { scripts: 430_000, styles: 12_000, requests: 60 },
  '/': { scripts: 520_000, styles: 14_000, requests: 95 },
  '/agreements': { scripts: 560_000, styles: 14_000, requests: 100 },
  '/system': { scripts: 480_000, styles: 14_000, requests: 90 },
  '/audit': { scripts: 560_000, styles: 14_000, requests: 100 },
};

let pages: Pages;
let hand: Hand;

beforeAll(async () => {
  pages = await openPages();
  hand = await pages.open('zh-CN', 1280);
});
afterAll(() => pages?.close());

interface Loaded {
  path: string;
  bytes: number;
}

/** Everything that the page asked for, with the bytes as they were sent. */
const loaded = (): Promise<Loaded[]> =>
  hand.page.evaluate<Loaded[]>(
    `performance.getEntriesByType('resource').map(({ name, encodedBodySize }) => ({ path: new URL(name).pathname, bytes: encodedBodySize }))`,
  );

test('scripts and styles are sent packed, and those with a hash in their name for good', async () => {
  const index = await fetch(`${pages.url}/`, { headers: { 'Accept-Encoding': 'br', Accept: 'text/html' } });
  expect([index.headers.get('content-encoding'), index.headers.get('cache-control')]).toEqual(['br', 'no-cache']);
  const [, script = ''] = /src="(\/assets\/[^"]+)"/.exec(await index.text()) ?? [];
  const packed = await fetch(`${pages.url}${script}`, { headers: { 'Accept-Encoding': 'br' } });
  expect(packed.headers.get('content-encoding')).toBe('br');
  expect(packed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  const plain = await fetch(`${pages.url}${script}`, { headers: { 'Accept-Encoding': 'identity' } });
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(await plain.text()).toBe(await packed.text());
});

test.each(Object.entries(BUDGETS))('%s stays within its budget', async (path, budget) => {
  await hand.page.goto(`${pages.url}${path}`);
  await hand.page.until('document.querySelector("h1, #password") && !document.querySelector(".ant-skeleton-active")');
  const files = await loaded();
  const weigh = (extension: RegExp): number =>
    files.filter((file) => extension.test(file.path)).reduce((sum, { bytes }) => sum + bytes, 0);
  const weighed = { scripts: weigh(/\.m?js$/), styles: weigh(/\.css$/), requests: files.length };
  if (process.env.ABIDE_SHOTS !== undefined) console.log(path, JSON.stringify(weighed));
  expect(weighed.scripts).toBeGreaterThan(50_000);
  expect(weighed.scripts).toBeLessThan(budget.scripts);
  expect(weighed.styles).toBeLessThan(budget.styles);
  expect(weighed.requests).toBeLessThan(budget.requests);
});

test('a reader loads the words of one language', async () => {
  await hand.page.goto(`${pages.url}/system`);
  await hand.sees('系统状态');
  const words = (await loaded()).filter(({ path }) => /\/assets\/(zh|en)-/.test(path));
  expect(words.map(({ path }) => /\/(zh|en)-/.exec(path)?.[1])).toEqual(['zh']);
  await hand.reads('en', 1280);
  await hand.sees('Working calendars');
  expect(hand.errors()).toEqual([]);
});
