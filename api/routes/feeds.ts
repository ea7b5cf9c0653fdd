import { z } from 'zod';
import type { CalendarFeed } from '../../prisma/generated/client.ts';
import { feedTokenHash, newFeedToken } from '../feed/token.ts';
import { signedInAccount } from '../accounts/accounts.ts';
import { reachOf } from '../policy.ts';
import { personOf } from '../principal.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';

/** Feeds of one person that hold at once. */
const MAX_FEEDS = 10;

const utc = z.string().meta({ description: 'ISO 8601, UTC' });
const feed = z
  .object({
    id: z.uuid(),
    createdAt: utc,
    usedAt: utc.nullable().meta({ description: 'When a calendar program last asked' }),
    url: z.string().optional().meta({ description: 'The address; only in the answer to its creation, once' }),
  })
  .meta({ id: 'CalendarFeed' });
export const feedList = z.object({ items: z.array(feed) });

export const listFeeds = route({
  id: 'listFeeds',
  method: 'get',
  path: '/feeds',
  summary: "One's own calendar feeds, newest first",
  access: 'self',
  answers: { 200: { description: 'The feeds', schema: feedList } },
  handle: async ({ deps: { database }, principal }) => {
    const rows = await database.calendarFeed.findMany({
      where: { personId: personOf(principal), revokedAt: null },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    });
    return { status: 200, body: { items: rows.map(feedView) } };
  },
});

export const postFeed = route({
  id: 'postFeed',
  method: 'post',
  path: '/feeds',
  summary: "Makes an address from which calendar programs read one's own duties; it is shown once",
  access: 'self',
  confidential: true,
  answers: { 201: { description: 'The feed, with its address this once', schema: feed } },
  handle: async ({ deps, principal }) => {
    const { database, clock, config } = deps;
    const personId = personOf(principal);
    // Whoever has the address reads without the account: no key makes one, however wide its scopes.
    signedInAccount(deps, principal, 'session');
    if (reachOf('agreements.read', principal) === 'none') throw new Problem('forbidden');
    const token = newFeedToken();
    const row = await database.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT id::text FROM person WHERE id = ${personId}::uuid FOR UPDATE`;
      const held = await tx.calendarFeed.count({ where: { personId, revokedAt: null } });
      if (held >= MAX_FEEDS) throw new Problem('too-many-feeds');
      return tx.calendarFeed.create({
        data: { personId, tokenHash: feedTokenHash(token), createdAt: new Date(clock()) },
      });
    });
    return { status: 201, body: { ...feedView(row), url: `${config.publicUrl}/feeds/${token}.ics` } };
  },
});

export const deleteFeed = route({
  id: 'deleteFeed',
  method: 'delete',
  path: '/feeds/{feed}',
  summary: "Revokes one's own feed: its address shows nothing any more",
  access: 'self',
  params: z.object({ feed: z.uuid() }),
  answers: { 200: { description: 'Revoked', schema: z.object({ id: z.uuid() }) } },
  handle: async ({ deps: { database, clock }, params: { feed: id }, principal }) => {
    const { count } = await database.calendarFeed.updateMany({
      where: { id, personId: personOf(principal), revokedAt: null },
      data: { revokedAt: new Date(clock()) },
    });
    if (count === 0) throw new Problem('unknown-feed');
    return { status: 200, body: { id } };
  },
});

function feedView({ id, createdAt, usedAt }: CalendarFeed) {
  return { id, createdAt: createdAt.toISOString(), usedAt: usedAt?.toISOString() ?? null };
}
