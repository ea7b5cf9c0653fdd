import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { PING } from '../../activities/webhooks/payload.ts';
import { newSecret } from '../../activities/webhooks/signature.ts';
import { type TargetRefusal, leadsInwards, readTarget, systemResolve } from '../../activities/webhooks/target.ts';
import { EVENT_WORDS } from '../../domain/agreement/vocabulary.ts';
import type { Text } from '../../domain/time.ts';
import type { Database } from '../../prisma/database.ts';
import { Prisma, type WebhookDelivery, type WebhookEndpoint } from '../../prisma/generated/client.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { Problem } from '../problem.ts';
import { type RouteDeps, route } from '../route.ts';
import * as schemas from '../schemas.ts';
import { whoOf } from '../who.ts';

const utc = z.string().meta({ description: 'ISO 8601, UTC' });
const eventType = z.enum(Object.keys(EVENT_WORDS) as [string, ...string[]]);
const entry = z.strictObject({
  url: z
    .string()
    .max(2000)
    .meta({ examples: ['https://hooks.example.com/abide'] }),
  description: z.string().max(200).default(''),
  events: z
    .array(eventType)
    .max(100)
    .default([])
    .meta({ description: 'Types of events (docs/vocabulary.md); none: all' }),
});
const change = z.strictObject({
  url: entry.shape.url.optional(),
  description: z.string().max(200).optional(),
  events: z.array(eventType).max(100).optional(),
  enabled: z.boolean().optional(),
});

const endpoint = z
  .object({
    id: z.uuid(),
    url: z.string(),
    description: z.string(),
    events: z.array(z.string()),
    enabled: z.boolean(),
    createdAt: utc,
    waiting: z.int().meta({ description: 'Deliveries in the queue' }),
    failed: z.int().meta({ description: 'Deliveries that were given up' }),
    secret: z.string().optional().meta({ description: 'Only in the answer to a creation or a rotation, once' }),
  })
  .meta({ id: 'Webhook' });
export const webhookList = z.object({ items: z.array(endpoint) });
const delivery = z
  .object({
    id: z.uuid().meta({ description: 'The webhook-id that the receiver sees' }),
    event: z.string().meta({ description: 'The `id` in the message' }),
    type: z.string(),
    status: z.enum(['queued', 'delivered', 'failed']),
    attempts: z.int(),
    answer: z.string().nullable().meta({ description: 'The HTTP status, or a code of ours' }),
    createdAt: utc,
    nextAt: utc.nullable(),
    deliveredAt: utc.nullable(),
  })
  .meta({ id: 'WebhookDelivery' });
export const deliveryPage = z.object({ items: z.array(delivery), nextCursor: z.string().nullable() });

const params = z.object({ webhook: z.uuid() });
const deliveryParams = params.extend({ delivery: z.uuid() });

const REFUSALS: Record<TargetRefusal, Text> = {
  'no-url': { zh: '不是有效的网址', en: 'is no address' },
  'not-https': { zh: '须以 https:// 开头', en: 'must begin with https://' },
  credentials: { zh: '网址中不得含用户名或密码', en: 'must not hold a user or a password' },
  port: { zh: '端口不可用', en: 'has a port that nothing is sent to' },
  'private-address': { zh: '不是公网地址', en: 'is no public address' },
};

/** How long whoever enters an address waits for its name. */
const RESOLVE_MS = 2_000;

/** @throws Problem `invalid-request` */
async function assertTarget(url: string, { config, resolveName = systemResolve }: RouteDeps): Promise<void> {
  const rules = { allowPrivate: config.webhookAllowPrivate ?? false };
  const read = readTarget(url, rules);
  const asking = { resolve: resolveName, timeoutMs: RESOLVE_MS };
  const isInward = typeof read !== 'string' && (await leadsInwards(hostOf(read), rules, asking));
  const target = isInward ? 'private-address' : read;
  if (typeof target !== 'string') return;
  const cure = {
    zh: '填写公网上的 https 地址，端口为 443、8443 或 1024 以上',
    en: 'give a public https address on port 443, 8443 or from 1024 on',
  };
  throw new Problem('invalid-request', { errors: [{ path: 'url', message: REFUSALS[target], cure }] });
}

/** Without the brackets of an IPv6 address. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

export const listWebhooks = route({
  id: 'listWebhooks',
  method: 'get',
  path: '/webhooks',
  summary: 'Where events are sent to',
  access: 'webhooks.read',
  answers: { 200: { description: 'The endpoints, oldest first', schema: webhookList } },
  handle: async ({ deps: { database } }) => {
    const rows = await database.webhookEndpoint.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
    return { status: 200, body: { items: await views(database, rows) } };
  },
});

export const postWebhook = route({
  id: 'postWebhook',
  method: 'post',
  path: '/webhooks',
  summary: 'Sends events to an address from now on, signed (docs/webhooks.md)',
  access: 'webhooks.manage',
  confidential: true,
  body: entry,
  answers: { 201: { description: 'The endpoint, with its secret this once', schema: endpoint } },
  handle: async ({ deps, body, principal }) => {
    await assertTarget(body.url, deps);
    const { database, clock } = deps;
    const row = await database.webhookEndpoint.create({
      data: { ...body, secret: newSecret(), createdAt: new Date(clock()), createdBy: whoOf(principal) },
    });
    const [view] = await views(database, [row]);
    return { status: 201, body: { ...view, secret: row.secret } };
  },
});

export const patchWebhook = route({
  id: 'patchWebhook',
  method: 'patch',
  path: '/webhooks/{webhook}',
  summary: 'Changes an endpoint; while it is off its deliveries wait, and nothing new is put in its queue',
  access: 'webhooks.manage',
  params,
  body: change,
  answers: { 200: { description: 'The endpoint', schema: endpoint } },
  handle: async ({ deps, params: { webhook: id }, body: { url, description, events, enabled } }) => {
    if (url !== undefined) await assertTarget(url, deps);
    const { database, clock } = deps;
    const { disabledAt } = await findEndpoint(database, id);
    const row = await database.webhookEndpoint.update({
      where: { id },
      data: {
        ...(url === undefined ? {} : { url }),
        ...(description === undefined ? {} : { description }),
        ...(events === undefined ? {} : { events }),
        ...(enabled === undefined ? {} : { disabledAt: enabled ? null : (disabledAt ?? new Date(clock())) }),
      },
    });
    const [view] = await views(database, [row]);
    return { status: 200, body: view };
  },
});

export const deleteWebhook = route({
  id: 'deleteWebhook',
  method: 'delete',
  path: '/webhooks/{webhook}',
  summary: 'Removes an endpoint and what waits for it',
  access: 'webhooks.manage',
  params,
  answers: { 200: { description: 'Removed', schema: z.object({ id: z.uuid() }) } },
  handle: async ({ deps: { database }, params: { webhook: id } }) => {
    await findEndpoint(database, id);
    await database.$transaction([
      database.webhookDelivery.deleteMany({ where: { endpointId: id } }),
      database.webhookEndpoint.deleteMany({ where: { id } }),
    ]);
    return { status: 200, body: { id } };
  },
});

export const postWebhookSecret = route({
  id: 'postWebhookSecret',
  method: 'post',
  path: '/webhooks/{webhook}/secret',
  summary: 'Gives an endpoint a new secret; from now on all is signed with it',
  access: 'webhooks.manage',
  confidential: true,
  params,
  answers: { 200: { description: 'The endpoint, with its secret this once', schema: endpoint } },
  handle: async ({ deps: { database }, params: { webhook: id } }) => {
    await findEndpoint(database, id);
    const row = await database.webhookEndpoint.update({ where: { id }, data: { secret: newSecret() } });
    const [view] = await views(database, [row]);
    return { status: 200, body: { ...view, secret: row.secret } };
  },
});

export const postWebhookPing = route({
  id: 'postWebhookPing',
  method: 'post',
  path: '/webhooks/{webhook}/ping',
  summary: 'Sends a message of type "ping" to try an endpoint',
  access: 'webhooks.manage',
  params,
  answers: { 200: { description: 'In the queue', schema: delivery } },
  handle: async ({ deps: { database, clock }, params: { webhook: endpointId }, key }) => {
    await findEndpoint(database, endpointId);
    const now = new Date(clock());
    const place = { endpointId, workflowId: `${PING}/${key}`, sequence: 0 };
    const row = await database.webhookDelivery.upsert({
      where: { endpointId_workflowId_sequence: place },
      create: { id: randomUUID(), ...place, nextAt: now, createdAt: now },
      update: {},
    });
    return { status: 200, body: deliveryView(row, PING) };
  },
});

export const listDeliveries = route({
  id: 'listWebhookDeliveries',
  method: 'get',
  path: '/webhooks/{webhook}/deliveries',
  summary: 'What was sent to an endpoint and what it answered, newest first',
  access: 'webhooks.read',
  params,
  query: schemas.pageQuery.extend({ status: z.enum(['queued', 'delivered', 'failed']).optional() }),
  answers: { 200: { description: 'One page', schema: deliveryPage } },
  handle: async ({ deps: { database }, params: { webhook: endpointId }, query }) => {
    await findEndpoint(database, endpointId);
    const place = query.cursor === undefined ? undefined : readCursor(query.cursor, ['instant', 'uuid']);
    const createdAt = place && new Date(place[0]);
    const rows = await database.webhookDelivery.findMany({
      where: {
        endpointId,
        ...(query.status === undefined ? {} : { status: query.status }),
        ...(place && createdAt ? { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: place[1] } }] } : {}),
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: query.limit + 1,
    });
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    const nextCursor = rows.length > query.limit && last ? writeCursor([last.createdAt.getTime(), last.id]) : null;
    const types = await typesOf(database, page);
    return { status: 200, body: { items: page.map((row) => deliveryView(row, types(row))), nextCursor } };
  },
});

export const postDeliveryReplay = route({
  id: 'replayWebhookDelivery',
  method: 'post',
  path: '/webhooks/{webhook}/deliveries/{delivery}/replay',
  summary: 'Sends a message once more, with the same webhook-id',
  access: 'webhooks.manage',
  params: deliveryParams,
  answers: { 200: { description: 'In the queue', schema: delivery } },
  handle: async ({ deps: { database, clock }, params: { webhook: endpointId, delivery: id } }) => {
    const again = { status: 'queued', attempts: 0, nextAt: new Date(clock()), deliveredAt: null };
    const { count } = await database.webhookDelivery.updateMany({ where: { id, endpointId }, data: again });
    if (count === 0) throw new Problem('unknown-webhook');
    const row = await database.webhookDelivery.findUniqueOrThrow({ where: { id } });
    return { status: 200, body: deliveryView(row, (await typesOf(database, [row]))(row)) };
  },
});

export const postWebhookReplay = route({
  id: 'replayWebhook',
  method: 'post',
  path: '/webhooks/{webhook}/replay',
  summary: 'Sends all that was recorded since a moment once more, and what the endpoint missed',
  access: 'webhooks.manage',
  params,
  body: z.strictObject({ since: z.iso.datetime({ offset: true }) }),
  answers: { 200: { description: 'In the queue', schema: z.object({ queued: z.int() }) } },
  handle: async ({ deps: { database, clock }, params: { webhook: id }, body: { since } }) => {
    const { events } = await findEndpoint(database, id);
    const now = new Date(clock());
    const queued = await database.$executeRaw`
      INSERT INTO webhook_delivery (endpoint_id, workflow_id, sequence, next_at, created_at)
      SELECT ${id}::uuid, workflow_id, sequence, ${now}, ${now} FROM event
      WHERE recorded_at >= ${new Date(since)} AND (cardinality(${events}::text[]) = 0 OR type = ANY (${events}::text[]))
      ON CONFLICT (endpoint_id, workflow_id, sequence)
      DO UPDATE SET status = 'queued', attempts = 0, next_at = EXCLUDED.next_at, delivered_at = NULL`;
    return { status: 200, body: { queued } };
  },
});

/** @throws Problem `unknown-webhook` */
async function findEndpoint(database: Database, id: string): Promise<WebhookEndpoint> {
  const row = await database.webhookEndpoint.findUnique({ where: { id } });
  if (!row) throw new Problem('unknown-webhook');
  return row;
}

/** Endpoints as people see them: never with the secret. */
async function views(database: Database, rows: readonly WebhookEndpoint[]) {
  const counts = await database.webhookDelivery.groupBy({
    by: ['endpointId', 'status'],
    where: { endpointId: { in: rows.map(({ id }) => id) }, status: { in: ['queued', 'failed'] } },
    _count: true,
  });
  const count = (id: string, status: string): number =>
    counts.find((one) => one.endpointId === id && one.status === status)?._count ?? 0;
  return rows.map(({ id, url, description, events, disabledAt, createdAt }) => ({
    id,
    url,
    description,
    events,
    enabled: disabledAt === null,
    createdAt: createdAt.toISOString(),
    waiting: count(id, 'queued'),
    failed: count(id, 'failed'),
  }));
}

/** What type of event each delivery is of. */
async function typesOf(
  database: Database,
  rows: readonly WebhookDelivery[],
): Promise<(row: WebhookDelivery) => string> {
  const places = rows.map(({ workflowId, sequence }) => Prisma.sql`(${workflowId}::text, ${sequence}::int)`);
  const found =
    places.length === 0
      ? []
      : await database.$queryRaw<{ workflow_id: string; sequence: number; type: string }[]>`
          SELECT workflow_id, sequence, type FROM event WHERE (workflow_id, sequence) IN (${Prisma.join(places)})`;
  const types = new Map(found.map(({ workflow_id, sequence, type }) => [`${workflow_id}/${sequence}`, type]));
  return ({ workflowId, sequence }) => types.get(`${workflowId}/${sequence}`) ?? PING;
}

function deliveryView(row: WebhookDelivery, type: string) {
  const { id, workflowId, sequence, status, attempts, answer, createdAt, nextAt, deliveredAt } = row;
  return {
    id,
    event: workflowId.startsWith(`${PING}/`) ? workflowId : `${workflowId}/${sequence}`,
    type,
    status,
    attempts,
    answer,
    createdAt: createdAt.toISOString(),
    nextAt: status === 'queued' ? nextAt.toISOString() : null,
    deliveredAt: deliveredAt?.toISOString() ?? null,
  };
}
