import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, inForce, openDesk } from '../api/desk.ts';
import { link } from '../api/visit.ts';
import { visited } from './chromium.ts';

let desk: Desk;
let profile: string;
let front: ReturnType<typeof createServer>;
let address: string;
/** What the browser asked for: the server's own log would not show a token or a Referer. */
const asked: { method: string; url: string; referer: string | undefined }[] = [];

beforeAll(async () => {
  desk = await openDesk();
  profile = await mkdtemp(join(tmpdir(), 'abide-chromium-'));
  // In front of the API, so that every request of the browser is seen as it was sent.
  front = createServer((from, to) => {
    asked.push({ method: from.method ?? '', url: from.url ?? '', referer: from.headers.referer });
    const onward = httpRequest(`${desk.api.url}${from.url ?? ''}`, { method: from.method, headers: from.headers });
    onward.on('response', (answer) => {
      to.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(to);
    });
    from.pipe(onward);
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
});
afterAll(async () => {
  front?.close();
  await desk?.close();
  await rm(profile, { recursive: true, force: true });
});

/** Every row of every table, by table. */
async function everything(): Promise<Record<string, string>> {
  const tables = await desk.database.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`;
  const rows = tables.map(async ({ name }) => {
    const found = await desk.database.$queryRawUnsafe<object[]>(
      `SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS hash FROM "${name}" t`,
    );
    return [name, (found[0] as { hash: string }).hash];
  });
  return Object.fromEntries(await Promise.all(rows)) as Record<string, string>;
}

test('a browser that runs JavaScript opens a mailed link, and nothing is changed by it', async () => {
  const id = await inForce(desk);
  const mailed = (await link(desk, id, 'A', 'submit', 'process-plan')).replace(desk.api.url, address);
  const token = mailed.split('/').at(-1) ?? '';
  const before = await everything();
  expect(Object.keys(before).length).toBeGreaterThan(20);

  await fetch(mailed, { method: 'HEAD', redirect: 'manual' });
  asked.length = 0;
  const shown = await visited(mailed, profile);
  expect(shown).toContain('服务流程优化方案');
  expect(shown).toContain('<form');
  expect(await everything()).toEqual(before);

  // The token was in the first address alone; the page that is left is another, and names no referrer.
  const [first, ...then] = asked;
  expect(first).toMatchObject({ method: 'GET', url: `/act/${token}`, referer: undefined });
  expect(then[0]?.url).toMatch(/^\/act\/[0-9a-f-]{36}$/);
  expect(asked.every(({ method }) => method === 'GET')).toBe(true);
  expect(then.filter(({ url, referer }) => url.includes(token) || referer?.includes(token))).toEqual([]);
  expect(shown).not.toContain(token);
  const log = desk.log.join('');
  expect(log).toContain('/act/{id}');
  expect(log).not.toContain(token);
});

test('a mail scanner that asks for the page of a link that is over changes nothing either', async () => {
  const id = await inForce(desk);
  const mailed = (await link(desk, id, 'A', 'submit', 'training-plan')).replace(desk.api.url, address);
  desk.now.ms += 2 * 86_400_000;
  const before = await everything();
  const shown = await visited(mailed, profile);
  expect(shown).toContain('/renewal');
  expect(await everything()).toEqual(before);
});
