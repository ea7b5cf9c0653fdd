import { createHmac, randomUUID } from 'node:crypto';
import { type IncomingHttpHeaders, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createRecord } from '../../activities/record.ts';
import { createDispatcher, startDispatcher } from '../../activities/webhooks/dispatcher.ts';
import { deliveryPage, webhookList } from '../../api/routes/webhooks.ts';
import type { RunningApi } from '../../api/server.ts';
import { agreementWorkflowId } from '../../workflows/ids.ts';
import { type Desk, ask, awaitingSignatures, inForce, openDesk } from './desk.ts';
import { signedIn } from './signed-in.ts';

const MINUTE = 60_000;

let desk: Desk;
/** An administrator's; `strict` as where nothing private is allowed. */
let api: RunningApi;
let strict: RunningApi;
let receiver: ReturnType<typeof createServer>;
let url: string;
const got: { path: string; headers: IncomingHttpHeaders; body: string }[] = [];
/** What the receiver answers, by path; else 204. */
const answers = new Map<string, number>();
const waiting: (() => void)[] = [];

beforeAll(async () => {
  desk = await openDesk();
  api = await signedIn(desk, ['administrator'], { config: { webhookAllowPrivate: true } });
  strict = await signedIn(desk, ['administrator']);
  receiver = createServer((request, response) => {
    const { url: path = '', headers } = request;
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      got.push({ path, headers, body });
      if (path === '/slow') waiting.push(() => response.writeHead(204).end());
      else response.writeHead(answers.get(path) ?? 204).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
});
beforeEach(() => {
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
  got.length = 0;
  answers.clear();
});
afterEach(async () => {
  await desk.database.webhookDelivery.deleteMany();
  await desk.database.webhookEndpoint.deleteMany();
});
afterAll(async () => {
  receiver?.closeAllConnections();
  receiver?.close();
  await desk?.close();
});

const dispatcher = (change = {}) =>
  createDispatcher({
    database: desk.database,
    clock: () => desk.now.ms,
    log: desk.deps.log,
    rules: { allowPrivate: true },
    ...change,
  });

async function dispatch(change = {}): Promise<void> {
  const one = dispatcher(change);
  for (; (await one.round()) > 0; await one.idle());
}

async function endpoint(path = '/hook', change: Record<string, unknown> = {}) {
  const { status, body } = await ask(api, 'POST', '/webhooks', { url: `${url}${path}`, ...change });
  expect(status).toBe(201);
  return body as { id: string; secret: string };
}

const deliveries = async (id: string) =>
  deliveryPage.parse((await ask(api, 'GET', `/webhooks/${id}/deliveries`)).body).items;

test('each event goes to each endpoint that asked for it, signed, without anything of a person', async () => {
  const all = await endpoint('/all');
  const signed = await endpoint('/signed', { events: ['agreement-signed'] });
  const off = await endpoint('/off');
  await ask(api, 'PATCH', `/webhooks/${off.id}`, { enabled: false });
  const agreementId = await inForce(desk);
  const events = await desk.database.event.findMany({ where: { agreementId }, orderBy: { sequence: 'asc' } });
  await dispatch();

  const to = (path: string) => got.filter((one) => one.path === path).map(({ body }) => JSON.parse(body));
  expect(to('/all').toSorted((a, b) => a.sequence - b.sequence)).toEqual(
    events.map((event) => ({
      id: `agreement/${agreementId}/${event.sequence}`,
      type: event.type,
      occurredAt: event.occurredAt.toISOString(),
      recordedAt: event.recordedAt.toISOString(),
      agreementId,
      sequence: event.sequence,
      ...(event.obligation === null ? {} : { obligation: event.obligation }),
      ...(event.occurrence === null ? {} : { occurrence: event.occurrence }),
      clauses: event.clauses,
      hash: event.hash,
    })),
  );
  expect(to('/signed').map(({ type }) => type)).toEqual(['agreement-signed', 'agreement-signed']);
  expect(to('/off')).toEqual([]);
  expect(got.map(({ body }) => body).join('')).not.toMatch(/甲公司|李华|wang|example/);

  // As a receiver checks it.
  for (const { path, headers, body } of got) {
    const secret = path === '/all' ? all.secret : signed.secret;
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(content).digest('base64')}`);
    expect(Number(headers['webhook-timestamp'])).toBe(desk.now.ms / 1000);
  }
  expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(got.length);
  await dispatch();
  expect(got.length).toBe(events.length + 2);
});

test('a retry of record puts nothing in the queue twice', async () => {
  const { id } = await endpoint();
  const agreementId = await awaitingSignatures(desk);
  const rows = await desk.database.event.findMany({ where: { agreementId }, orderBy: { sequence: 'asc' } });
  const record = createRecord({
    database: desk.database,
    clock: () => desk.now.ms,
    bundle: 'b'.repeat(64),
    sdk: '0.0.0',
    messageIdHost: 'localhost',
    killPoint: () => undefined,
  });
  const workflowExecution = { workflowId: agreementWorkflowId(agreementId), runId: randomUUID() };
  await new MockActivityEnvironment({ workflowExecution }).run(record, {
    agreementId,
    events: rows.map(({ body }) => JSON.parse(body)),
    notices: [],
    refusals: [],
    unchanged: [],
  });
  expect(rows.length).toBeGreaterThan(0);
  expect(await desk.database.webhookDelivery.count({ where: { endpointId: id } })).toBe(rows.length);
});

test('what is not taken is sent again after growing pauses, then given up and a task; the id stays', async () => {
  answers.set('/hook', 500);
  const { id } = await endpoint();
  await ask(api, 'POST', `/webhooks/${id}/ping`);
  const waits: number[] = [];
  for (let minutes = 0; minutes <= 40 * 60; minutes += 1) {
    const before = got.length;
    await dispatch();
    if (got.length > before) waits.push(minutes);
    const next = await desk.database.webhookDelivery.findFirst({ where: { status: 'queued' } });
    if (!next) break;
    minutes += Math.round((next.nextAt.getTime() - desk.now.ms) / MINUTE) - 1;
    desk.now.ms = next.nextAt.getTime();
  }
  expect(waits).toEqual([0, 1, 6, 36, 156, 516, 1956]);
  expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(new Set(got.map(({ headers }) => headers['webhook-signature'])).size).toBe(7);
  expect(await deliveries(id)).toMatchObject([
    { type: 'ping', status: 'failed', attempts: 7, answer: '500', nextAt: null },
  ]);
  const task = { kind: 'webhook-failing', about: { endpointId: id, answer: '500' } };
  expect((await ask(desk.api, 'GET', '/tasks')).body.items).toMatchObject([task]);

  // Mended, and sent once more by hand.
  answers.clear();
  const [{ id: delivery } = { id: '' }] = await deliveries(id);
  expect((await ask(api, 'POST', `/webhooks/${id}/deliveries/${delivery}/replay`)).status).toBe(200);
  await dispatch();
  expect(await deliveries(id)).toMatchObject([{ id: delivery, status: 'delivered', attempts: 1, answer: '204' }]);
  expect(got.at(-1)?.headers['webhook-id']).toBe(got[0]?.headers['webhook-id']);
});

test('what a killed process had under way goes out again after its lease, with the same id', async () => {
  const { id } = await endpoint('/slow');
  await ask(api, 'POST', `/webhooks/${id}/ping`);
  const killed = dispatcher();
  expect(await killed.round()).toBe(1); // and it never says what became of it
  const next = dispatcher();
  expect(await next.round()).toBe(0);
  desk.now.ms += 31_000;
  expect(await next.round()).toBe(1);
  await expect.poll(() => waiting.length).toBe(2);
  waiting.splice(0).forEach((answer) => answer());
  await Promise.all([killed.idle(), next.idle()]);
  expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(await deliveries(id)).toMatchObject([{ status: 'delivered', attempts: 2 }]);
});

test('several processes share the queue; a slow endpoint keeps no other waiting', async () => {
  const slow = await endpoint('/slow');
  await endpoint('/hook');
  for (let n = 0; n < 9; n++) {
    for (const { id } of webhookList.parse((await ask(api, 'GET', '/webhooks')).body).items) {
      await ask(api, 'POST', `/webhooks/${id}/ping`);
    }
  }
  const several = [dispatcher(), dispatcher(), dispatcher()];
  for (let n = 0; n < 6; n++) {
    await Promise.all(several.map((one) => one.round()));
    await expect.poll(() => got.filter(({ path }) => path === '/hook').length).toBeGreaterThan(Math.min(8, n));
  }
  await expect.poll(() => got.filter(({ path }) => path === '/hook').length).toBe(9);
  while ((await desk.database.webhookDelivery.count({ where: { endpointId: slow.id, status: 'queued' } })) > 0) {
    waiting.splice(0).forEach((answer) => answer());
    await Promise.all(several.map((one) => one.round()));
  }
  await Promise.all(several.map((one) => one.idle()));
  expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(18);
  expect(got.length).toBe(18);
});

test('all since a moment is sent again, and what an endpoint missed before it was there', async () => {
  await inForce(desk);
  desk.now.ms += 60 * MINUTE;
  const since = new Date(desk.now.ms).toISOString();
  const agreementId = await inForce(desk);
  const events = await desk.database.event.count({ where: { agreementId } });
  const { id } = await endpoint();
  const replayed = await ask(api, 'POST', `/webhooks/${id}/replay`, { since });
  expect(replayed).toMatchObject({ status: 200, body: { queued: events } });
  await dispatch();
  expect(new Set(got.map(({ body }) => JSON.parse(body).agreementId))).toEqual(new Set([agreementId]));
  expect((await ask(api, 'POST', `/webhooks/${id}/replay`, { since })).body.queued).toBe(events);
  await dispatch();
  expect(got.length).toBe(2 * events);
  expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(events);
  expect((await ask(api, 'POST', `/webhooks/${id}/replay`, { since: 'yesterday' })).body.errors[0].path).toBe('since');
});

test('a secret is shown when it is made, never again, and kept in no other place; a rotated one signs from then on', async () => {
  const key = randomUUID();
  const { body } = await ask(api, 'POST', '/webhooks', { url: `${url}/hook` }, { 'Idempotency-Key': key });
  expect(body.secret).toMatch(/^whsec_/);
  const listed = await ask(api, 'GET', '/webhooks');
  expect(webhookList.parse(listed.body).items).toMatchObject([{ id: body.id, enabled: true, waiting: 0, failed: 0 }]);
  expect(JSON.stringify(listed.body)).not.toContain('whsec_');
  expect(JSON.stringify(await desk.database.idempotentRequest.findMany())).not.toContain('whsec_');
  expect(desk.log.join('')).not.toContain('whsec_');

  const rotated = await ask(api, 'POST', `/webhooks/${body.id}/secret`);
  expect(rotated.body.secret).not.toBe(body.secret);
  await ask(api, 'POST', `/webhooks/${body.id}/ping`);
  await dispatch();
  const { headers, body: sent } = got[0]!;
  const bytes = Buffer.from(rotated.body.secret.slice(6), 'base64');
  const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${sent}`;
  expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', bytes).update(content).digest('base64')}`);

  expect((await ask(api, 'DELETE', `/webhooks/${body.id}`)).status).toBe(200);
  expect((await ask(api, 'GET', '/webhooks')).body.items).toEqual([]);
  expect((await ask(api, 'GET', `/webhooks/${body.id}/deliveries`)).body.type).toBe('urn:abide:unknown-webhook');
});

test('an address that nothing is sent to is refused when it is entered, and named', async () => {
  for (const evil of [
    'http://hooks.example.com/',
    'https://10.0.0.1/',
    'https://localhost/x',
    'https://u:p@hooks.example.com/',
    'nonsense',
  ]) {
    const refused = await ask(strict, 'POST', '/webhooks', { url: evil });
    expect(refused).toMatchObject({
      status: 400,
      body: { type: 'urn:abide:invalid-request', errors: [{ path: 'url' }] },
    });
  }
  const { status, body } = await ask(strict, 'POST', '/webhooks', { url: 'https://hooks.example.com/' });
  expect(status).toBe(201);
  expect((await ask(strict, 'PATCH', `/webhooks/${body.id}`, { url: 'https://[::1]/' })).status).toBe(400);
  expect((await ask(strict, 'POST', '/webhooks', { url: 'https://h.example.com/', events: ['nonsense'] })).status).toBe(
    400,
  );

  // A name that points inwards is found out when it is sent to.
  await ask(api, 'POST', `/webhooks/${body.id}/ping`);
  await dispatch({ rules: { allowPrivate: false }, resolve: () => Promise.resolve(['169.254.169.254']) });
  expect(await deliveries(body.id)).toMatchObject([{ status: 'queued', answer: 'private-address', attempts: 1 }]);
});

test("webhooks are the administrator's: an auditor reads, a coordinator does not", async () => {
  const auditor = await signedIn(desk, ['auditor']);
  expect((await ask(auditor, 'GET', '/webhooks')).status).toBe(200);
  expect((await ask(auditor, 'POST', '/webhooks', { url: 'https://hooks.example.com/' })).status).toBe(403);
  const coordinator = await signedIn(desk, ['coordinator']);
  expect((await ask(coordinator, 'GET', '/webhooks')).status).toBe(403);
});

test('the worker sends by itself until it is stopped', async () => {
  const { id } = await endpoint();
  const running = startDispatcher({
    database: desk.database,
    clock: () => desk.now.ms,
    log: desk.deps.log,
    rules: { allowPrivate: true },
  });
  await ask(api, 'POST', `/webhooks/${id}/ping`);
  await expect.poll(async () => (await deliveries(id))[0]?.status, { timeout: 10_000 }).toBe('delivered');
  await running.stop();
  await ask(api, 'POST', `/webhooks/${id}/ping`);
  expect((await deliveries(id)).map(({ status }) => status).toSorted()).toEqual(['delivered', 'queued']);
});
