import type { Prisma } from '../../prisma/generated/client.ts';
import { MIGRATIONS, migrationNames } from '../../prisma/migrate.ts';
import { officialThrough, newestOf, shelvedCalendars } from '../calendars/shelf.ts';
import type { ApiDeps } from '../deps.ts';
import { type SystemPart, iso, partOf, trouble } from './part.ts';

type Deps = Pick<ApiDeps, 'database' | 'clock' | 'config'>;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Clocks this far apart let a deadline be judged wrongly. */
const APART_MS = 2_000;
/** The sweep goes by the hour: after two of them it does not go at all. */
const SWEPT_WITHIN_MS = 2 * HOUR_MS;
/** The notice of the State Council for the next year comes about November. */
const PROVISIONAL_AHEAD_DAYS = 45;

/** PostgreSQL: how large, as this code needs it, and how long an act has been waiting for the engine. */
export async function databasePart({ database, clock }: Deps): Promise<SystemPart> {
  const beganMs = clock();
  const [[server], applied, wanted, [waiting]] = await Promise.all([
    database.$queryRaw<{ now: Date; size: bigint; version: string }[]>`
      SELECT clock_timestamp() AS now, pg_database_size(current_database()) AS size,
        current_setting('server_version') AS version`,
    database.$queryRaw<{ name: string }[]>`
      SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
    migrationNames(MIGRATIONS),
    database.$queryRaw<{ count: bigint; oldest: Date | null }[]>`
      SELECT count(*) AS count, min(received_at) AS oldest FROM command WHERE status = 'pending'`,
  ]);
  const nowMs = clock();
  // What the answer took is nobody's clock.
  const skewMs = server ? Math.round(server.now.getTime() - (beganMs + nowMs) / 2) : 0;
  const known = new Set(applied.map(({ name }) => name));
  const missing = wanted.filter((name) => !known.has(name));
  const oldest = waiting?.oldest ?? null;
  const waitsMs = oldest ? nowMs - oldest.getTime() : 0;
  return partOf(
    'database',
    {
      version: server?.version ?? null,
      bytes: Number(server?.size ?? 0),
      migrations: known.size,
      skewMs,
      waiting: Number(waiting?.count ?? 0),
      oldestWaiting: iso(oldest),
    },
    [
      missing.length > 0 && trouble('migrations-missing', 'bad', { count: missing.length }, missing),
      waitsMs > 5 * MINUTE_MS &&
        trouble('commands-waiting', waitsMs > HOUR_MS ? 'bad' : 'warning', {
          count: Number(waiting?.count ?? 0),
          since: iso(oldest),
        }),
      // A clock was read somewhere within the time that the answer took.
      Math.abs(skewMs) > APART_MS + (nowMs - beganMs) / 2 &&
        trouble('clock-apart', 'warning', { seconds: Math.round(skewMs / 1000) }),
    ],
  );
}

/** Notices: how many wait, since when, when one left the last time, and what the mail server said to the last that did not. */
export async function mailPart({ database, clock, config }: Deps): Promise<SystemPart> {
  const nowMs = clock();
  const day = new Date(nowMs - DAY_MS);
  const hour = new Date(nowMs - HOUR_MS);
  const [[told], failed] = await Promise.all([
    database.$queryRaw<
      { waiting: bigint; tried: bigint; oldest: Date | null; sent: Date | null; hour: bigint; refused: bigint }[]
    >`SELECT
        count(*) FILTER (WHERE status IN ('queued', 'sending') AND at <= ${new Date(nowMs)}) AS waiting,
        count(*) FILTER (WHERE status IN ('queued', 'sending') AND attempts > 1) AS tried,
        min(at) FILTER (WHERE status IN ('queued', 'sending')) AS oldest,
        max(sent_at) AS sent,
        count(*) FILTER (WHERE sent_at >= ${hour}) AS hour,
        count(*) FILTER (WHERE status IN ('refused', 'bounced') AND at >= ${day}) AS refused
      FROM notice`,
    database.notice.findFirst({
      where: { failure: { not: null }, claimedAt: { gte: new Date(nowMs - 30 * DAY_MS) } },
      orderBy: { claimedAt: 'desc' },
      select: { failure: true, claimedAt: true },
    }),
  ]);
  const waiting = Number(told?.waiting ?? 0);
  const waitsMs = told?.oldest ? nowMs - told.oldest.getTime() : 0;
  const refused = Number(told?.refused ?? 0);
  return partOf(
    'mail',
    {
      waiting,
      oldestWaiting: iso(told?.oldest),
      lastSent: iso(told?.sent),
      sentInHour: Number(told?.hour ?? 0),
      perMinute: config.mailRate ?? null,
      lastFailure: failed?.failure ?? null,
      lastFailureAt: iso(failed?.claimedAt),
    },
    [
      waiting > 0 &&
        waitsMs > 30 * MINUTE_MS &&
        trouble('mail-waiting', waitsMs > 4 * HOUR_MS ? 'bad' : 'warning', {
          count: waiting,
          since: iso(told?.oldest),
          code: failed?.failure ?? '',
        }),
      refused > 0 && trouble('mail-refused', 'warning', { count: refused }),
    ],
  );
}

/** Webhooks: what waits for its receiver, and what was given up since yesterday. */
export async function webhookPart({ database, clock }: Deps): Promise<SystemPart> {
  const day = new Date(clock() - DAY_MS);
  const [enabled, byEndpoint] = await Promise.all([
    database.webhookEndpoint.count({ where: { disabledAt: null } }),
    database.$queryRaw<{ url: string; queued: bigint; retried: bigint; given: bigint }[]>`
      SELECT url, count(*) FILTER (WHERE status = 'queued') AS queued,
        count(*) FILTER (WHERE status = 'queued' AND attempts > 0) AS retried,
        count(*) FILTER (WHERE status = 'failed') AS given
      FROM webhook_delivery JOIN webhook_endpoint AS endpoint ON endpoint.id = endpoint_id
      WHERE endpoint.disabled_at IS NULL AND (status = 'queued' OR (status = 'failed' AND webhook_delivery.created_at >= ${day}))
      GROUP BY url ORDER BY url`,
  ]);
  const failing = byEndpoint.filter(({ retried }) => retried > 0n);
  const given = byEndpoint.filter(({ given: count }) => count > 0n);
  const queued = byEndpoint.reduce((sum, one) => sum + Number(one.queued), 0);
  return partOf('webhooks', { endpoints: enabled, queued }, [
    failing.length > 0 &&
      trouble(
        'webhooks-failing',
        'warning',
        { count: failing.length },
        failing.map(({ url }) => new URL(url).host),
      ),
    given.length > 0 &&
      trouble(
        'webhooks-given-up',
        'bad',
        { count: given.reduce((sum, one) => sum + Number(one.given), 0) },
        given.map(({ url }) => new URL(url).host),
      ),
  ]);
}

interface Swept {
  archived?: number;
  missing?: number;
  unreadable?: { workflowId: string; code: string }[];
  failed?: string;
}

/** The sweep that keeps histories before the engine forgets them. */
export async function archivePart({ database, clock }: Deps): Promise<SystemPart> {
  const [last, [runs]] = await Promise.all([
    database.housekeeping.findUnique({ where: { name: 'archive' } }),
    database.$queryRaw<{ kept: bigint }[]>`SELECT count(*) AS kept FROM workflow_run WHERE archived_at IS NOT NULL`,
  ]);
  const { archived = 0, missing = 0, unreadable = [], failed } = (last?.outcome ?? {}) as Swept;
  const isLate = last !== null && clock() - last.beganAt.getTime() > SWEPT_WITHIN_MS;
  return partOf(
    'archive',
    {
      lastBegan: iso(last?.beganAt),
      lastEnded: iso(last?.endedAt),
      archivedThen: archived,
      kept: Number(runs?.kept ?? 0),
    },
    [
      last === null && trouble('archive-never', 'warning'),
      isLate && trouble('archive-late', 'bad', { since: iso(last.beganAt) }),
      failed !== undefined && trouble('archive-failed', 'warning', { code: failed }),
      unreadable.length > 0 &&
        trouble(
          'archive-unreadable',
          'bad',
          { count: unreadable.length },
          unreadable.map(({ workflowId, code }) => `${workflowId} (${code})`),
        ),
      missing > 0 && trouble('archive-missing', 'bad', { count: missing }),
    ],
  );
}

/** Calendars: the days of which are not official yet. */
export async function calendarPart({ database, clock }: Deps): Promise<SystemPart> {
  const newest = newestOf(await shelvedCalendars(database)).map(({ calendar }) => calendar);
  const soon = new Date(clock() + PROVISIONAL_AHEAD_DAYS * DAY_MS).toISOString().slice(0, 10);
  const provisional = newest.filter((calendar) => officialThrough(calendar) < soon);
  const through = newest.map(officialThrough).toSorted()[0] ?? null;
  return partOf('calendars', { calendars: newest.map(({ id, version }) => `${id}@${version}`).join(' '), through }, [
    provisional.length > 0 &&
      trouble(
        'calendar-provisional',
        'warning',
        { through },
        provisional.map(({ id, version }) => `${id}@${version}`),
      ),
  ]);
}

/** Who may look after accounts: without anybody nobody can be let in any more. */
export async function administratorPart({ database }: Deps): Promise<SystemPart> {
  const where: Prisma.UserWhereInput = { roles: { has: 'administrator' }, disabledAt: null };
  const [count, withSecondFactor] = await Promise.all([
    database.user.count({ where }),
    database.user.count({ where: { ...where, twoFactorEnabled: true } }),
  ]);
  return partOf('administrators', { count, withSecondFactor }, [
    count === 0 && trouble('no-administrator', 'bad'),
    count === 1 && trouble('one-administrator', 'warning'),
  ]);
}
