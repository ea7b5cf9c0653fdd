import { randomUUID } from 'node:crypto';
import ICAL from 'ical.js';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { feedList } from '../../api/routes/feeds.ts';
import type { RunningApi } from '../../api/server.ts';
import { type Desk, ask, inForce, openDesk, policyInForce } from './desk.ts';
import { signedIn } from './signed-in.ts';

let desk: Desk;
let agreementId: string;

beforeAll(async () => {
  desk = await openDesk();
  agreementId = await inForce(desk);
});
beforeEach(() => {
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
});
afterAll(() => desk?.close());

async function personIn(seat: string, of = agreementId): Promise<string> {
  const row = await desk.database.seat.findUniqueOrThrow({ where: { agreementId_seat: { agreementId: of, seat } } });
  return row.personId;
}

/** A person's own API, and a feed that they made there. */
async function feedOf(personId: string): Promise<{ api: RunningApi; id: string; url: string; path: string }> {
  const api = await signedIn(desk, ['party-member'], { personId, config: { mailHost: 'abide.example' } });
  const made = await ask(api, 'POST', '/feeds');
  expect(made.status).toBe(201);
  const { id, url } = made.body as { id: string; url: string };
  return { api, id, url, path: new URL(url).pathname };
}

async function read({ api, path }: { api: RunningApi; path: string }, headers: Record<string, string> = {}) {
  const response = await fetch(`${api.url}${path}`, { headers });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text };
}

function eventsIn(text: string): ICAL.Event[] {
  const root = new ICAL.Component(ICAL.parse(text) as unknown[]);
  return root.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));
}

/** What the coordinator arranges, as the worker records it. */
async function arrange(command: Record<string, unknown>): Promise<void> {
  const id = randomUUID();
  const stamped = {
    id,
    receivedAtMs: desk.now.ms,
    actor: { personId: 'desk', seat: 'coordinator', via: 'api' },
    ...command,
  };
  const data = { id, agreementId, type: String(command.type), command: stamped, receivedAt: new Date(desk.now.ms) };
  await desk.database.command.create({ data });
  await desk.record(id);
}

test("a person's open duties of all agreements, in their language; nobody else's", async () => {
  const owner = await feedOf(await personIn('A'));
  const { status, headers, text } = await read(owner);
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  expect(headers.get('cache-control')).toBe('private, no-cache');
  expect(headers.get('x-robots-tag')).toBe('noindex');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  const rows = await desk.database.obligation.findMany({
    where: { agreementId, responsible: 'A', status: 'pending', dueAt: { not: null } },
    orderBy: [{ dueAt: 'asc' }, { position: 'asc' }],
  });
  const events = eventsIn(text);
  expect(events.length).toBeGreaterThan(0);
  expect(events.map(({ uid, startDate }) => [uid, startDate.toString()])).toEqual(
    rows.map(({ id, localDate }) => [`${id}.submit.A.${agreementId}@abide.example`, localDate]),
  );
  expect(events[0]?.summary).toBe('客户需求分析报告');
  expect(events[0]?.description.split('\n').slice(0, 2)).toEqual([
    expect.stringContaining('：甲公司 / B <Ltd> & Co'),
    '截止：2026-10-08 24:00 (Asia/Shanghai)',
  ]);
  expect(text).not.toMatch(/李华|王协调|a\.example/);

  // Who owes nothing has an empty calendar, in their language; another agreement's duties are another's.
  const other = await policyInForce(desk);
  const zhao = await feedOf(await personIn('customer-service', other));
  expect(eventsIn((await read(zhao)).text).every(({ uid }) => uid.includes(other))).toBe(true);
  expect((await read(await feedOf(await personIn('B')))).text).toContain('X-WR-CALNAME:Abide · My duties');
  const coordinator = await feedOf(await personIn('coordinator'));
  expect(eventsIn((await read(coordinator)).text)).toEqual([]);
});

test('while somebody stands in, what they stand in for is theirs too, and stays in the own feed', async () => {
  const deputy = await personIn('coordinator');
  const feed = await feedOf(deputy);
  const owner = await feedOf(await personIn('A'));
  const all = eventsIn((await read(owner)).text).map(({ uid }) => uid);
  const first = all[0]!.split('.')[0]!;
  await arrange({ type: 'delegate', seat: 'A', deputy, from: '2026-09-02', until: '2026-09-04', obligations: [first] });
  const seenOn = async (date: string): Promise<string[]> => {
    desk.now.ms = Date.parse(`${date}T12:00:00+08:00`);
    return eventsIn((await read(feed)).text).map(({ uid }) => uid);
  };
  expect(await seenOn('2026-09-01')).toEqual([]);
  expect(await seenOn('2026-09-02')).toEqual([all[0]]);
  expect(await seenOn('2026-09-04')).toEqual([all[0]]);
  expect(await seenOn('2026-09-05')).toEqual([]);
  expect(eventsIn((await read(owner)).text).map(({ uid }) => uid)).toEqual(all);
});

test('a program that has it already gets no more than that it has not changed', async () => {
  const feed = await feedOf(await personIn('A'));
  const first = await read(feed);
  const tag = first.headers.get('etag') ?? '';
  expect(Date.parse(first.headers.get('last-modified') ?? '')).not.toBeNaN();
  desk.now.ms += 60_000;
  expect(await read(feed, { 'If-None-Match': `"other", W/${tag}` })).toMatchObject({ status: 304, text: '' });
  expect((await read(feed, { 'If-None-Match': '"other"' })).status).toBe(200);
  const { items } = feedList.parse((await ask(feed.api, 'GET', '/feeds')).body);
  expect(items.find(({ id }) => id === feed.id)?.usedAt).toBe(new Date(desk.now.ms).toISOString());
});

test('the address is shown once, stored as a hash, logged nowhere, and dead when it is revoked', async () => {
  const personId = await personIn('A');
  const feed = await feedOf(personId);
  const token = /\/feeds\/([\w-]{43})\.ics$/.exec(feed.url)?.[1] ?? '';
  expect(token).not.toBe('');
  expect((await read(feed)).status).toBe(200);
  const stored = [await desk.database.calendarFeed.findMany(), await desk.database.idempotentRequest.findMany()];
  expect(JSON.stringify([stored, (await ask(feed.api, 'GET', '/feeds')).body, desk.log])).not.toContain(token);
  expect(desk.log.join('')).toContain('/feeds/{token}.ics');

  // Another person revokes nothing of theirs.
  const stranger = await signedIn(desk, ['party-member'], { personId: await personIn('B') });
  expect((await ask(stranger, 'DELETE', `/feeds/${feed.id}`)).body.type).toBe('urn:abide:unknown-feed');
  expect((await read(feed)).status).toBe(200);
  expect((await ask(feed.api, 'DELETE', `/feeds/${feed.id}`)).status).toBe(200);
  const gone = await read(feed);
  expect([gone.status, JSON.parse(gone.text).type]).toEqual([404, 'urn:abide:unknown-feed']);
  expect(gone.headers.get('referrer-policy')).toBe('no-referrer');
  expect((await ask(feed.api, 'DELETE', `/feeds/${feed.id}`)).status).toBe(404);
});

test('an account that is nobody in the directory has no duties; whoever is erased or left, or is disabled, shows none any more', async () => {
  const nobody = await signedIn(desk, ['administrator']);
  expect((await ask(nobody, 'POST', '/feeds')).body.type).toBe('urn:abide:not-in-directory');
  expect((await ask(desk.api, 'GET', '/feeds')).status).toBe(403); // API_KEY is nobody's
  const personId = await personIn('B');
  const feed = await feedOf(personId);
  await desk.database.person.update({ where: { id: personId }, data: { erasedAt: new Date(desk.now.ms) } });
  expect((await read(feed)).status).toBe(404);
  await desk.database.person.update({ where: { id: personId }, data: { erasedAt: null, leftOn: '2026-09-01' } });
  expect((await read(feed)).status).toBe(404);
  await desk.database.person.update({ where: { id: personId }, data: { leftOn: null } });
  expect((await read(feed)).status).toBe(200);
  const now = new Date(desk.now.ms);
  const account = { name: 'Bob', email: 'bob@b.example', roles: [], createdAt: now, updatedAt: now, disabledAt: now };
  await desk.database.user.create({ data: { id: 'disabled', personId, ...account } });
  expect((await read(feed)).status).toBe(404);
  await desk.database.user.delete({ where: { id: 'disabled' } });
});

test('who guesses addresses has to wait, and who has one and asks all the time', async () => {
  const feed = await feedOf(await personIn('A'));
  const guess = { api: feed.api, path: '/feeds/guess.ics' };
  const count = async (name: string, points: number): Promise<void> => {
    const { key } = await desk.database.rateLimiterFlexible.findFirstOrThrow({
      where: { key: { startsWith: name } },
      orderBy: { expire: 'desc' },
    });
    await desk.database.rateLimiterFlexible.update({ where: { key }, data: { points } });
  };
  expect((await read(guess)).status).toBe(404);
  await count('feed-guess', 30);
  const stopped = await read(guess);
  expect(stopped.status).toBe(429);
  expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await read(feed)).status).toBe(200); // theirs goes on
  await count('feed-read', 60);
  expect((await read(feed)).status).toBe(429);
  expect((await read({ api: feed.api, path: '/feeds' })).status).toBe(404); // no page was built here, and no feed is there
});

test('a feed is made in a session, by whoever may read agreements, ten at most', async () => {
  const personId = await personIn('coordinator');
  await desk.database.calendarFeed.updateMany({ where: { personId }, data: { revokedAt: new Date(desk.now.ms) } });
  const own = await signedIn(desk, ['party-member'], { personId });
  const made = await Promise.all(Array.from({ length: 12 }, () => ask(own, 'POST', '/feeds')));
  expect(made.map(({ status }) => status).toSorted()).toEqual([...Array<number>(10).fill(201), 409, 409]);
  expect(made.find(({ status }) => status === 409)?.body.type).toBe('urn:abide:too-many-feeds');
  const administrator = await signedIn(desk, ['administrator'], { personId });
  expect((await ask(administrator, 'POST', '/feeds')).body.type).toBe('urn:abide:forbidden');
  const key = { kind: 'account', accountId: 'a1', personId, roles: ['party-member'], via: 'key', scopes: ['self'] };
  const withKey = await desk.another({ accounts: { principalOf: () => Promise.resolve(key) } as never });
  const asked = await ask(withKey, 'POST', '/feeds', undefined, { Authorization: '' });
  expect(asked.body.type).toBe('urn:abide:session-required');
});
