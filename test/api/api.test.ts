import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  problemSchema,
  agreement as agreementSchema,
  eventPage,
  ledger,
  documentPage,
  refusalList,
  noticePage,
  template as templateSchema,
  plan,
} from '../../api/schemas.ts';
import { mountRoutes } from '../../api/route.ts';
import { ROUTES } from '../../api/routes.ts';
import { DRAFT, type Desk, MAX_BYTES, ask, form, inForce, openDesk } from './desk.ts';
import { MACHINE } from '../support/machine-key.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => {
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
});
afterAll(() => desk?.close());

const draftWith = (change: object) => ({ ...DRAFT, ...change });

test('a draft is kept, changed, listed by search, and shown with its open terms', async () => {
  const { penaltyCapPercent: _left, ...terms } = DRAFT.terms;
  const created = await ask(desk.api, 'POST', '/agreements', draftWith({ terms }));
  expect(created.status).toBe(201);
  expect(agreementSchema.parse(created.body)).toMatchObject({ status: 'draft', parties: { A: { name: '甲公司' } } });
  expect(created.body.open.map(({ term }: { term: string }) => term)).toEqual(['penaltyCapPercent']);

  const path = `/agreements/${created.body.id}`;
  const start = await ask(desk.api, 'POST', `${path}/start`);
  expect(start).toMatchObject({ status: 422, body: { type: 'urn:abide:term-open' } });
  expect(start.body.errors[0].path).toBe('terms.penaltyCapPercent');

  const changed = await ask(desk.api, 'PATCH', path, { zone: 'Europe/Berlin', terms: DRAFT.terms });
  expect(changed).toMatchObject({ status: 200, body: { zone: 'Europe/Berlin', open: [] } });
  const found = await ask(desk.api, 'GET', `/agreements?search=${encodeURIComponent('甲公司')}&status=draft`);
  expect(found.body.items.map(({ id }: { id: string }) => id)).toContain(created.body.id);
  const refused = await ask(desk.api, 'GET', `${path}/refusals`);
  expect(refusalList.parse(refused.body).items).toMatchObject([{ do: 'start', code: 'term-open' }]);
});

test('a text that no column takes names nothing, and is not looked for', async () => {
  const search = await ask(desk.api, 'GET', '/persons?search=a%00b');
  expect(search).toMatchObject({
    status: 400,
    body: { type: 'urn:abide:invalid-request', errors: [{ path: 'search' }] },
  });
  expect((await ask(desk.api, 'GET', '/commands/a%00b')).status).toBe(404);
});

test('lists are paged by an opaque cursor and miss nothing', async () => {
  for (let n = 0; n < 3; n++) await ask(desk.api, 'POST', '/agreements', DRAFT);
  const ids: string[] = [];
  for (let cursor = ''; ;) {
    const page = await ask(desk.api, 'GET', `/agreements?limit=2${cursor && `&cursor=${cursor}`}`);
    ids.push(...page.body.items.map(({ id }: { id: string }) => id));
    if (page.body.nextCursor === null) break;
    cursor = page.body.nextCursor;
  }
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBe(await desk.database.agreement.count());
  for (const place of [[1e300, 'x'], [-1, 'x'], [Date.UTC(2026, 0), 'x'], ['a', 'b\u0000'], [null, null], {}]) {
    const cursor = Buffer.from(JSON.stringify(place)).toString('base64url');
    for (const list of ['/agreements', '/tasks', '/persons', '/organisations']) {
      const { status, body } = await ask(desk.api, 'GET', `${list}?cursor=${cursor}`);
      expect([list, status, body.errors?.[0]?.path]).toEqual([list, 400, 'cursor']);
    }
  }
  const wrong = await ask(desk.api, 'GET', '/agreements?cursor=abc');
  expect(wrong).toMatchObject({ status: 400, body: { type: 'urn:abide:invalid-request' } });
});

test.each([
  ['an unknown template', { template: 'no-such' }, 'unknown-template', 'template'],
  ['a negative total', { terms: { ...DRAFT.terms, contractTotal: '-1.00' } }, 'negative-amount', 'terms.contractTotal'],
  ['three decimals', { terms: { ...DRAFT.terms, contractTotal: '1.001' } }, 'too-many-decimals', 'terms.contractTotal'],
  [
    'a date that does not exist',
    { terms: { ...DRAFT.terms, expiresOn: '2027-02-29' } },
    'invalid-date',
    'terms.expiresOn',
  ],
  [
    'CR/LF in an address',
    { parties: { ...DRAFT.parties, A: { name: 'x', email: 'a@a.example\r\nBcc: b@b.example' } } },
    'invalid-email',
    'parties.A.email',
  ],
  ['a missing term', { terms: {}, start: true }, 'missing-term', 'terms.contractTotal'],
])('%s is refused with its own type, and only the refusal is kept', async (_name, change, code, path) => {
  const before = await desk.database.agreement.count({ where: { status: { not: 'draft' } } });
  const reply = await ask(desk.api, 'POST', '/agreements', draftWith(change));
  expect(reply.status).toBe(422);
  expect(reply.headers.get('content-type')).toContain('application/problem+json');
  expect(problemSchema.parse(reply.body)).toMatchObject({ type: `urn:abide:${code}`, status: 422 });
  expect(reply.body.errors[0]).toMatchObject({ path });
  expect(await desk.database.agreement.count({ where: { status: { not: 'draft' } } })).toBe(before);
  const last = await desk.database.refusal.findFirstOrThrow({ orderBy: { id: 'desc' } });
  expect(last).toMatchObject({ action: 'create', code, path });
});

test('problems speak the language that is asked for', async () => {
  const zh = await ask(desk.api, 'GET', `/agreements/${randomUUID()}`, undefined, {
    'Accept-Language': 'zh-CN,en;q=0.5',
  });
  expect(zh.body).toMatchObject({ type: 'urn:abide:unknown-agreement', title: '没有这份协议', status: 404 });
  const en = await ask(desk.api, 'GET', '/agreements/not-an-id');
  expect(en.body).toMatchObject({ type: 'urn:abide:unknown-agreement', title: 'No such agreement' });
  const nowhere = await ask(desk.api, 'GET', '/nowhere');
  expect(nowhere).toMatchObject({ status: 404, body: { type: 'urn:abide:not-found' } });
  const method = await ask(desk.api, 'PATCH', '/templates');
  expect(method).toMatchObject({ status: 405, body: { type: 'urn:abide:method-not-allowed' } });
  expect(method.headers.get('allow')).toBe('GET');
});

test('while the engine is away a start is kept and answered with a link; the same key gets the same', async () => {
  const headers = { 'Idempotency-Key': randomUUID() };
  const first = await ask(desk.api, 'POST', '/agreements', { ...DRAFT, start: true }, headers);
  expect(first).toMatchObject({ status: 202, body: { status: 'pending' } });
  expect(first.headers.get('location')).toBe(first.body.location);
  const count = await desk.database.agreement.count();
  const again = await ask(desk.api, 'POST', '/agreements', { ...DRAFT, start: true }, headers);
  expect(again).toMatchObject({ status: 202, body: first.body });
  expect(await desk.database.agreement.count()).toBe(count);

  const other = await ask(desk.api, 'POST', '/agreements', { ...DRAFT, zone: 'Europe/Berlin', start: true }, headers);
  expect(other).toMatchObject({ status: 422, body: { type: 'urn:abide:idempotency-key-reused' } });
  const command = await ask(desk.api, 'GET', first.body.location.replace('/api', ''));
  expect(command.body).toMatchObject({ status: 'pending', type: 'start', receivedAt: '2026-09-01T09:00:00+08:00' });

  await desk.record(headers['Idempotency-Key']);
  const settled = await ask(desk.api, 'POST', '/agreements', { ...DRAFT, start: true }, headers);
  expect(settled).toMatchObject({ status: 200, body: { status: 'awaiting-signatures' } });
  expect(settled.body.seats.map(({ seat }: { seat: string }) => seat)).toEqual(['A', 'B', 'coordinator']);
});

test('an act needs a key; one that is being handled is 409, one that was abandoned is taken over', async () => {
  const missing = await fetch(`${desk.api.url}/api/agreements`, { method: 'POST', headers: MACHINE, body: '{}' });
  expect([missing.status, ((await missing.json()) as { type: string }).type]).toEqual([
    400,
    'urn:abide:idempotency-key-missing',
  ]);

  const key = randomUUID();
  const first = await ask(desk.api, 'POST', '/agreements', DRAFT, { 'Idempotency-Key': key });
  await desk.database.idempotentRequest.update({ where: { key }, data: { status: 'handling' } });
  const busy = await ask(desk.api, 'POST', '/agreements', DRAFT, { 'Idempotency-Key': key });
  expect(busy).toMatchObject({ status: 409, body: { type: 'urn:abide:request-in-progress' } });
  desk.now.ms += 60_000;
  const taken = await ask(desk.api, 'POST', '/agreements', DRAFT, { 'Idempotency-Key': key });
  expect(taken).toMatchObject({ status: 201, body: { id: first.body.id } });
});

test('a refused act is refused the same way when it is repeated, and recorded once', async () => {
  const key = randomUUID();
  const before = await desk.database.refusal.count();
  const replies = [];
  for (let n = 0; n < 2; n++) {
    replies.push(await ask(desk.api, 'POST', '/agreements', { ...DRAFT, template: 'x' }, { 'Idempotency-Key': key }));
  }
  expect(replies[1]?.body).toEqual(replies[0]?.body);
  expect(await desk.database.refusal.count()).toBe(before + 1);
});

test('acts are stored with the time of receipt, answered 202, and shown once recorded', async () => {
  const id = await inForce(desk);
  const key = randomUUID();
  desk.now.ms = Date.parse('2026-10-20T23:50:00+08:00');
  const path = `/agreements/${id}/obligations/process-plan/submissions`;
  const handedIn = form({ as: 'A' }, { '方案.txt': 'a plan', 'copy.txt': 'a plan' });
  const reply = await ask(desk.api, 'POST', path, handedIn, { 'Idempotency-Key': key });
  expect(reply).toMatchObject({ status: 202, body: { command: key, status: 'pending' } });
  const stored = await desk.database.command.findUniqueOrThrow({ where: { id: key } });
  expect(JSON.stringify(stored.command)).not.toContain('方案');
  expect(stored.receivedAt.getTime()).toBe(desk.now.ms);
  await desk.record(key);
  const again = await ask(desk.api, 'POST', path, form({ as: 'A' }, { '方案.txt': 'a plan', 'copy.txt': 'a plan' }), {
    'Idempotency-Key': key,
  });
  expect(again).toMatchObject({ status: 200, body: { status: 'applied', events: ['deliverable-submitted'] } });

  const review = { as: 'B', verdict: 'reject', points: ['first', 'second'] };
  const reviewKey = randomUUID();
  await ask(desk.api, 'POST', `/agreements/${id}/obligations/process-plan/reviews`, review, {
    'Idempotency-Key': reviewKey,
  });
  await desk.record(reviewKey);
  const events = eventPage.parse((await ask(desk.api, 'GET', `/agreements/${id}/events?limit=100`)).body).items;
  const submitted = events.find(({ type }) => type === 'deliverable-submitted');
  expect(submitted).toMatchObject({ at: '2026-10-20T23:50:00+08:00', actor: { seat: 'A', name: '李华' } });
  expect(submitted?.documents).toMatchObject([{ fileName: '方案.txt', size: 6 }]);
  expect(events.find(({ type }) => type === 'deliverable-rejected')?.text).toEqual({ points: ['first', 'second'] });

  const shown = agreementSchema.parse((await ask(desk.api, 'GET', `/agreements/${id}`)).body);
  expect(shown.obligations.find((one) => one.id === 'process-plan')).toMatchObject({ status: 'rework' });
  expect(shown.obligations[0]?.explanation.at(-1)?.en).toContain('2026-10-08');
  noticePage.parse((await ask(desk.api, 'GET', `/agreements/${id}/notices`)).body);
});

test('the ledger computes what is not posted yet, for any date', async () => {
  const id = await inForce(desk);
  desk.now.ms = Date.parse('2026-10-20T10:00:00+08:00');
  const late = ledger.parse((await ask(desk.api, 'GET', `/agreements/${id}/ledger?asOf=2026-10-10`)).body);
  const zero = ledger.parse((await ask(desk.api, 'GET', `/agreements/${id}/ledger?asOf=2026-10-08`)).body);
  expect(zero.items).toEqual([]);
  expect(late.items).toMatchObject([
    { kind: 'penalty', days: 2, amount: '10000.00', posted: false, at: '2026-10-11T00:00:00+08:00' },
  ]);
  expect(late.balances).toEqual([{ debtor: 'A', creditor: 'B', currency: 'CNY', amount: '10000.00' }]);
});

test('who acts is decided in one place', async () => {
  const id = await inForce(desk);
  const sign = (body: object) => ask(desk.api, 'POST', `/agreements/${id}/signatures`, body);
  expect(await sign({ as: 'C' })).toMatchObject({ status: 422, body: { type: 'urn:abide:unknown-seat' } });
  expect(await sign({ as: 'A', onBehalfOf: 'B' })).toMatchObject({
    status: 422,
    body: { type: 'urn:abide:unknown-seat' },
  });
  expect(await sign({ as: 'A', extra: 1 })).toMatchObject({ status: 400, body: { type: 'urn:abide:invalid-request' } });
  expect(await sign({ as: 'A', signedOn: '2026-02-30' })).toMatchObject({ status: 400 });
  const draft = await ask(desk.api, 'POST', '/agreements', DRAFT);
  expect(await ask(desk.api, 'POST', `/agreements/${draft.body.id}/signatures`, { as: 'A' })).toMatchObject({
    status: 409,
    body: { type: 'urn:abide:not-started' },
  });
  const past = { as: 'A', handedInAt: '2026-09-01 08:00' };
  const submit = await ask(
    desk.api,
    'POST',
    `/agreements/${id}/obligations/training-plan/submissions`,
    form(past, { 'a.txt': 'x' }),
  );
  expect(submit.body.errors[0].path).toBe('handedInAt');
});

test('uploads: too large, of a foreign kind, empty and none are refused, and leave no file behind', async () => {
  const id = await inForce(desk);
  const path = `/agreements/${id}/obligations/training-plan/submissions`;
  const upload = async (files: Record<string, string | Uint8Array>) => {
    const { status, body } = await ask(desk.api, 'POST', path, form({ as: 'A' }, files));
    return [status, body.type];
  };
  expect(await upload({ 'big.txt': 'x'.repeat(MAX_BYTES + 1) })).toEqual([413, 'urn:abide:upload-too-large']);
  expect(await upload({ 'a.pdf': new Uint8Array([0x4d, 0x5a, 0, 1]) })).toEqual([415, 'urn:abide:type-mismatch']);
  expect(await upload({ 'a.txt': '' })).toEqual([422, 'urn:abide:file-empty']);
  expect(await upload({})).toEqual([422, 'urn:abide:file-missing']);
  const json = await ask(desk.api, 'POST', path, { as: 'A' });
  expect(json).toMatchObject({ status: 415, body: { type: 'urn:abide:unsupported-media-type' } });
  expect(await readdir(join(desk.folder, 'documents', 'incoming'))).toEqual([]);
  expect(await desk.database.command.count({ where: { agreementId: id, type: 'submit' } })).toBe(0);
  const refusals = refusalList.parse((await ask(desk.api, 'GET', `/agreements/${id}/refusals`)).body).items;
  expect(refusals.map(({ code }) => code)).toEqual([
    'upload-too-large',
    'type-mismatch',
    'file-empty',
    'file-missing',
    'unsupported-media-type',
  ]);
});

test('three gigabytes are refused before they are sent', async () => {
  const id = await inForce(desk);
  const { port } = new URL(desk.api.url);
  const answer = await new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const upload = request(
      {
        port,
        host: '127.0.0.1',
        method: 'POST',
        path: `/api/agreements/${id}/obligations/training-plan/submissions`,
        headers: {
          ...MACHINE,
          'Content-Type': 'multipart/form-data; boundary=x',
          'Content-Length': 3 * 1024 ** 3,
          'Idempotency-Key': randomUUID(),
        },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => {
          resolve({ status: response.statusCode, text });
          upload.destroy();
        });
      },
    );
    upload.on('error', reject);
    upload.write('--x\r\n');
  });
  expect([answer.status, JSON.parse(answer.text).type]).toEqual([413, 'urn:abide:upload-too-large']);
});

test('a document comes back as it was brought; one that was altered is noticed, and every download is logged', async () => {
  const id = await inForce(desk);
  const key = randomUUID();
  await ask(
    desk.api,
    'POST',
    `/agreements/${id}/obligations/training-plan/submissions`,
    form({ as: 'A' }, { '培训".txt': '计划' }),
    {
      'Idempotency-Key': key,
    },
  );
  const [document] = documentPage.parse((await ask(desk.api, 'GET', `/agreements/${id}/documents`)).body).items;
  expect(document).toMatchObject({ state: 'ok', type: 'text/plain', commandId: key });
  const path = `/agreements/${id}/documents/${document?.id}/content`;
  const content = await ask(desk.api, 'GET', path);
  expect([content.status, content.body]).toEqual([200, '计划']);
  expect(content.headers.get('content-disposition')).toMatch(/^attachment; /);
  expect(content.headers.get('x-content-type-options')).toBe('nosniff');

  const sha256 = document?.sha256 ?? '';
  await writeFile(join(desk.folder, 'documents', sha256.slice(0, 2), sha256.slice(2, 4), sha256), 'forged');
  expect(await ask(desk.api, 'GET', path)).toMatchObject({ status: 409, body: { type: 'urn:abide:document-altered' } });
  const log = await desk.database.accessLog.findMany({ where: { agreementId: id }, orderBy: { id: 'asc' } });
  expect(log.map(({ outcome }) => outcome)).toEqual(['ok', 'altered']);
});

test('a wrong body, host or origin is refused', async () => {
  const post = (headers: Record<string, string>, body: string) =>
    ask(desk.api, 'POST', '/agreements', undefined, headers).then(async () => {
      const response = await fetch(`${desk.api.url}/api/agreements`, {
        method: 'POST',
        headers: { ...MACHINE, 'Idempotency-Key': randomUUID(), 'Content-Type': 'application/json', ...headers },
        body,
      });
      return [response.status, ((await response.json()) as { type: string }).type];
    });
  expect(await post({}, '{"a":')).toEqual([400, 'urn:abide:malformed-body']);
  expect(await post({}, `{"a":"${'x'.repeat(1024 * 1024)}"}`)).toEqual([413, 'urn:abide:upload-too-large']);
  expect(await post({ Origin: 'http://evil.example' }, '{}')).toEqual([403, 'urn:abide:foreign-origin']);

  const { port } = new URL(desk.api.url);
  const status = await new Promise((resolve) => {
    request({ port, host: '127.0.0.1', path: '/api/agreements', headers: { Host: 'evil.example' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).end();
  });
  expect(status).toBe(421);
});

test('with a key set, only those who bear it get in; health and the description are open', async () => {
  const api = await desk.another({ config: { publicUrl: 'https://abide.example', apiKey: 'correct-horse-battery' } });
  expect((await ask(api, 'GET', '/agreements')).status).toBe(401);
  expect((await ask(api, 'GET', '/agreements', undefined, { Authorization: 'Bearer wrong' })).status).toBe(401);
  const right = { Authorization: 'Bearer correct-horse-battery' };
  expect((await ask(api, 'GET', '/agreements', undefined, right)).status).toBe(200);
  expect((await ask(api, 'GET', '/openapi.json')).status).toBe(200);
  expect((await ask(api, 'GET', '/health')).body).toMatchObject({
    status: 'degraded',
    temporal: 'away',
    database: 'ok',
  });
});

test('plan and templates need no engine', async () => {
  const templates = await ask(desk.api, 'GET', '/templates');
  const listed = templates.body.items.map((item: unknown) => templateSchema.parse(item).ref);
  expect(listed).toContain('service-attachments@2');
  expect((await ask(desk.api, 'GET', '/templates/service-attachments@1')).body.version).toBe(1);
  expect((await ask(desk.api, 'GET', '/templates/none')).status).toBe(404);
  const planned = await ask(desk.api, 'POST', '/plan', { ...DRAFT, signedOn: '2026-09-01' });
  expect(plan.parse(planned.body).obligations[0]).toMatchObject({
    id: 'needs-analysis-report',
    localDate: '2026-10-08',
  });
});

test('OpenAPI lists every route that is mounted, and a route that does not say what it needs is not', async () => {
  const { body } = await ask(desk.api, 'GET', '/openapi.json');
  expect(body.openapi).toBe('3.1.0');
  const listed = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  expect(listed.sort()).toEqual(ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
  const router = { get: () => undefined, all: () => undefined } as never;
  const { access: _access, ...undeclared } = ROUTES[0] as (typeof ROUTES)[number];
  expect(() => mountRoutes(router, [undeclared as never], desk.deps as never)).toThrow('does not say what it needs');
});

test('the log has patterns, no addresses, names or queries', async () => {
  await ask(desk.api, 'GET', `/agreements?search=${encodeURIComponent('canary-search')}`);
  const lines = desk.log.join('');
  expect(lines).toContain('/agreements/{id}');
  expect(lines).not.toMatch(/canary|甲公司|example/);
});
