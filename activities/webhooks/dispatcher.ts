import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Database } from '../../prisma/database.ts';
import type { WebhookDelivery, WebhookEndpoint } from '../../prisma/generated/client.ts';
import type { Clock } from '../clock.ts';
import { PING, eventPayload, pingPayload } from './payload.ts';
import { post } from './post.ts';
import { signedHeaders } from './signature.ts';
import { type Resolve, type TargetRules, systemResolve } from './target.ts';

export interface DispatcherDeps {
  database: Database;
  clock: Clock;
  log: Pick<Logger, 'warn'>;
  rules: TargetRules;
  resolve?: Resolve;
  /** How long a receiver has; ten seconds by default. */
  timeoutMs?: number;
}

const MINUTE_MS = 60_000;
/** What is waited after the first, second, … failure; after the last of them it is given up. */
const PAUSES_MS = [1, 5, 30, 120, 360, 1440].map((minutes) => minutes * MINUTE_MS);
/** Longer than a receiver may take: what was taken by a process that died is taken again after that. */
const LEASE_MS = 30_000;
const POLL_MS = 1_000;
/** So many of one endpoint are on their way at once. */
const AT_ONCE = 4;

type Due = WebhookDelivery & { endpoint: WebhookEndpoint };

/**
 * Sends what `record` put in the queue of each endpoint, oldest first, each at least once and always with the same
 * webhook-id. Several processes share the work (SKIP LOCKED); what one of them took and did not finish is taken again
 * when its lease is over.
 */
export function createDispatcher(deps: DispatcherDeps) {
  const { database, clock, log, rules, resolve = systemResolve, timeoutMs } = deps;

  /** Takes what is due, a few of each endpoint that has nothing under way here. */
  async function take(busy: readonly string[]): Promise<Due[]> {
    const nowMs = clock();
    const now = new Date(nowMs);
    const taken = await database.$queryRaw<{ id: string }[]>`
      UPDATE webhook_delivery SET attempts = attempts + 1, next_at = ${new Date(nowMs + LEASE_MS)}
      WHERE id IN (
        SELECT due.id FROM webhook_endpoint AS endpoint CROSS JOIN LATERAL (
          SELECT id FROM webhook_delivery
          WHERE endpoint_id = endpoint.id AND status = 'queued' AND next_at <= ${now}
          ORDER BY next_at, sequence LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED) AS due
        WHERE endpoint.disabled_at IS NULL AND endpoint.id::text <> ALL (${[...busy]}::text[]))
      RETURNING id`;
    return database.webhookDelivery.findMany({
      where: { id: { in: taken.map(({ id }) => id) } },
      include: { endpoint: true },
      orderBy: [{ createdAt: 'asc' }, { sequence: 'asc' }],
    });
  }

  async function send(delivery: Due): Promise<void> {
    const { id, endpoint } = delivery;
    const body = JSON.stringify(await payloadOf(delivery));
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Abide',
      ...signedHeaders({ id, timestamp: Math.floor(clock() / 1000), body }, endpoint.secret),
    };
    const answer = await post(
      endpoint.url,
      { headers, body },
      { rules, resolve, ...(timeoutMs === undefined ? {} : { timeoutMs }) },
    );
    await settle(delivery, answer);
  }

  async function payloadOf({ workflowId, sequence, createdAt }: Due): Promise<object> {
    if (workflowId.startsWith(`${PING}/`)) return pingPayload({ workflowId, createdAt });
    const where = { workflowId_sequence: { workflowId, sequence } };
    return eventPayload(await database.event.findUniqueOrThrow({ where, omit: { body: true } }));
  }

  /** Only where nobody asked for it anew meanwhile (`attempts` begins again then). */
  async function settle({ id, endpointId, attempts }: Due, answered: number | string): Promise<void> {
    const now = new Date(clock());
    const answer = String(answered);
    const where = { id, status: 'queued', attempts };
    if (typeof answered === 'number' && answered >= 200 && answered < 300) {
      await database.webhookDelivery.updateMany({ where, data: { status: 'delivered', answer, deliveredAt: now } });
      return;
    }
    log.warn({ delivery: id, endpoint: endpointId, attempts, answer }, 'a webhook was not taken');
    const pauseMs = PAUSES_MS[attempts - 1];
    if (pauseMs !== undefined) {
      const nextAt = new Date(now.getTime() + pauseMs);
      await database.webhookDelivery.updateMany({ where, data: { answer, nextAt } });
      return;
    }
    await database.$transaction([
      database.webhookDelivery.updateMany({ where, data: { status: 'failed', answer } }),
      // One task an endpoint: what was done comes back when it fails again.
      database.$executeRaw`
        INSERT INTO task (id, kind, key, about, created_at)
        VALUES (gen_random_uuid(), 'webhook-failing', ${`webhook-failing/${endpointId}`},
                jsonb_build_object('endpointId', ${endpointId}::text, 'answer', ${answer}::text), ${now})
        ON CONFLICT (key) DO UPDATE SET created_at = EXCLUDED.created_at, about = EXCLUDED.about, done_at = NULL, done_by = NULL
        WHERE task.done_at IS NOT NULL`,
    ]);
  }

  /** Endpoints that something is under way to: a slow one keeps no other waiting. */
  const underWay = new Map<string, Promise<void>>();

  /** Sends what is due. @returns how many were taken; they may be under way still */
  async function round(): Promise<number> {
    const due = await take([...underWay.keys()]);
    for (const endpointId of new Set(due.map((delivery) => delivery.endpointId))) {
      const theirs = due.filter((delivery) => delivery.endpointId === endpointId);
      const work = Promise.allSettled(theirs.map(send)).then((results) => {
        underWay.delete(endpointId);
        for (const result of results) {
          if (result.status === 'rejected')
            log.warn({ error: nameOf(result.reason) }, 'a webhook could not be settled');
        }
      });
      underWay.set(endpointId, work);
    }
    return due.length;
  }

  return {
    round,
    /** Settles when nothing is under way. */
    idle: async (): Promise<void> => void (await Promise.all(underWay.values())),
  };
}

/** Sends until it is stopped; then what is under way is finished. */
export function startDispatcher(deps: DispatcherDeps): { stop(): Promise<void> } {
  const dispatcher = createDispatcher(deps);
  const stopping = new AbortController();
  const done = run();
  return {
    async stop() {
      stopping.abort();
      await done;
      await dispatcher.idle();
    },
  };

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      // The database may be away for a while; the next round tells.
      const taken = await dispatcher.round().catch((error: unknown) => {
        deps.log.warn({ error: nameOf(error) }, 'no webhooks could be taken, again in a moment');
        return 0;
      });
      await sleep(taken > 0 ? POLL_MS / 10 : POLL_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
