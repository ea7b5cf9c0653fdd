import { randomUUID } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cleanFileName } from '../../api/file-name.ts';
import type { RunningApi } from '../../api/server.ts';
import { startApi } from '../../api/server.ts';
import { jsonFault } from '../../api/strict-json.ts';
import { MACHINE, MACHINE_KEY } from '../support/machine-key.ts';
import { type Desk, DRAFT, MAX_BYTES, ask, form, awaitingSignatures, inForce, openDesk } from './desk.ts';
import { type Company, openCompany } from './personas.ts';
import { link, open, send } from './visit.ts';

let desk: Desk;
let company: Company;
let api: RunningApi;
/** Behind https, with a built page. */
let site: RunningApi;

beforeAll(async () => {
  desk = await openDesk();
  company = await openCompany(desk);
  const webRoot = join(desk.folder, 'web');
  await mkdir(webRoot);
  await writeFile(join(webRoot, 'index.html'), '<!doctype html><title>x</title>');
  api = await desk.another({ accounts: company.accounts });
  site = await desk.another({ webRoot, config: { publicUrl: 'https://abide.example', apiKey: MACHINE_KEY } });
});
afterAll(() => desk?.close());

interface Raw {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** A request as it is written here: `fetch` would put its own Host and origin. */
function raw(
  { url }: RunningApi,
  path: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { path, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    sent.on('error', reject).end(body);
  });
}

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  raw(api, `/api${path}`, {
    method: 'POST',
    body,
    headers: {
      ...MACHINE,
      'Idempotency-Key': randomUUID(),
      'Content-Type': 'application/json',
      'Content-Length': String(Buffer.byteLength(body)),
      ...headers,
    },
  });
const codeOf = ({ text }: Raw): string => (JSON.parse(text) as { type: string }).type.replace('urn:abide:', '');

describe('what browsers are told', () => {
  const PAGES = [
    '/',
    '/agreements/1',
    '/api/health',
    '/api/docs',
    '/api/nowhere',
    '/act/x',
    '/feeds/x.ics',
    '/nowhere',
  ];

  test('no answer runs an inline script, is framed, sniffed, or tells where it was', async () => {
    for (const path of PAGES) {
      const { headers } = await raw(site, path, { headers: { accept: 'text/html' } });
      const csp = String(headers['content-security-policy']);
      expect(csp, path).toContain("default-src 'none'");
      expect(csp, path).toContain("frame-ancestors 'none'");
      expect(csp, path).toContain("base-uri 'none'");
      expect(csp.split(';').find((one) => one.trim().startsWith('script-src')) ?? '', path).not.toContain('unsafe');
      expect(csp, path).not.toContain('*');
      expect(headers, path).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'x-frame-options': 'DENY',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'strict-transport-security': 'max-age=31536000; includeSubDomains',
      });
      expect(headers['permissions-policy'], path).toContain('camera=()');
      expect(headers['x-powered-by'], path).toBeUndefined();
      expect(headers['access-control-allow-origin'], path).toBeUndefined();
    }
  });

  test('data is no page; pages without a style of their own allow none inline but Ant Design’s', async () => {
    const csp = async (path: string) => String((await raw(site, path)).headers['content-security-policy']);
    expect(await csp('/api/health')).toContain('sandbox');
    expect(await csp('/api/docs')).toMatch(/style-src 'sha256-/);
    expect(await csp('/act/x')).toMatch(/style-src 'sha256-/);
    expect(await csp('/')).toMatch(/script-src 'self';style-src 'self' 'unsafe-inline'/);
  });

  test('without https nothing is promised about it', async () => {
    expect((await raw(api, '/api/health')).headers['strict-transport-security']).toBeUndefined();
  });

  test('another site can neither act, nor read, nor point its name here', async () => {
    const act = (headers: Record<string, string>) => post('/agreements', '{}', headers);
    for (const headers of [
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
      { Origin: 'http://127.0.0.1:8420', 'Sec-Fetch-Site': 'cross-site' },
    ]) {
      expect([JSON.stringify(headers), codeOf(await act(headers))]).toEqual([
        JSON.stringify(headers),
        'foreign-origin',
      ]);
    }
    expect(codeOf(await act({ Origin: 'http://127.0.0.1:8420', 'Sec-Fetch-Site': 'same-origin' }))).not.toBe(
      'foreign-origin',
    );
    for (const host of ['evil.example', 'abide.example.evil.example', '127.0.0.1.evil.example']) {
      expect((await raw(api, '/api/health', { headers: { Host: host } })).status, host).toBeOneOf([400, 421]);
    }
  });

  test('no answer leads anywhere else', async () => {
    for (const path of [
      '//evil.example',
      '/\\evil.example',
      '/api//evil.example',
      '/act/x?next=https://evil.example',
      '/?url=//evil.example',
    ]) {
      const { status, headers } = await raw(site, path, { headers: { accept: 'text/html' } });
      expect([path, headers['location']]).toEqual([path, undefined]);
      expect(status).not.toBeOneOf([301, 302, 303, 307, 308]);
    }
  });
});

test('over https the cookie of a link says by its name that it is secure, and is for its own page alone', async () => {
  const agreementId = await awaitingSignatures(desk);
  const mailed = new URL(await link({ ...desk, api: site }, agreementId, 'A', 'sign'));
  const { status, headers } = await raw(site, mailed.pathname + mailed.search);
  const location = String(headers['location']);
  expect([status, location]).toEqual([303, expect.stringMatching(/^\/act\/[\w-]{36}$/)]);
  const [cookie = ''] = headers['set-cookie'] as string[];
  expect(cookie).toMatch(/^__Secure-abide_act=[\w-]{22,};/);
  for (const part of [`Path=${location}`, 'HttpOnly', 'Secure', 'SameSite=']) expect(cookie).toContain(`; ${part}`);
});

test('a form that asks for no file keeps none, whoever sends one', async () => {
  const agreementId = await awaitingSignatures(desk);
  const visit = await open(desk, await link(desk, agreementId, 'A', 'sign'));
  await desk.database.actionLink.updateMany({ where: { agreementId }, data: { revokedAt: new Date(desk.now.ms) } });
  const files = async () => (await readdir(join(desk.folder, 'documents'), { recursive: true })).toSorted();
  const before = await files();
  const body = form({ key: randomUUID(), nonce: 'x' }, { 'a.txt': `bytes of nobody ${randomUUID()}` });
  const { status } = await send({ ...visit, url: `${visit.url}/renewal` }, body);
  expect(status).toBe(415);
  expect(await files()).toEqual(before);
});

describe('who is in front', () => {
  const forwarded = {
    'X-Forwarded-For': '203.0.113.9',
    'X-Forwarded-Host': 'abide.example',
    'X-Forwarded-Proto': 'https',
  };
  /** Wrong bearers are counted by address: whose are counted together shows whom the API takes them from. */
  async function lockedAfter(one: RunningApi, addresses: (n: number) => string): Promise<number | null> {
    for (let n = 0; n < 250; n++) {
      const headers = { Authorization: `Bearer wrong-${n}`, 'X-Forwarded-For': addresses(n) };
      if ((await raw(one, '/api/agreements', { headers })).status === 429) return n;
    }
    return null;
  }

  test('X-Forwarded-* is anybody’s word unless the proxy is trusted by name', async () => {
    const host = { ...forwarded, Host: 'evil.example' };
    expect((await raw(site, '/api/health', { headers: host })).status).toBe(421);
    const behind = await desk.another({
      config: { publicUrl: 'https://abide.example', apiKey: MACHINE_KEY, trustedProxies: ['127.0.0.1/32'] },
    });
    expect((await raw(behind, '/api/health', { headers: host })).status).toBe(200);
    const elsewhere = await desk.another({
      config: { publicUrl: 'https://abide.example', apiKey: MACHINE_KEY, trustedProxies: ['10.0.0.0/8'] },
    });
    expect((await raw(elsewhere, '/api/health', { headers: host })).status).toBe(421);
  });

  test('a made-up X-Forwarded-For does not get round the limits', async () => {
    await desk.database.rateLimiterFlexible.deleteMany();
    const locked = await lockedAfter(api, (n) => `198.51.100.${n}`);
    expect(locked).not.toBeNull();
    const behind = await desk.another({
      accounts: company.accounts,
      config: { ...desk.deps.config, trustedProxies: ['127.0.0.1/32'] },
    });
    // The proxy appends whom it saw; what stands further left is the client's word.
    expect(await lockedAfter(behind, (n) => `198.51.100.${n}, 203.0.113.7`)).toBe(locked);
    await desk.database.rateLimiterFlexible.deleteMany();
  });
});

describe('slow, long and broken requests', () => {
  test('a client that trickles headers or a body is cut off', async () => {
    const limits = { headersMs: 400, requestMs: 900, silentMs: 600, checkedEveryMs: 50 };
    const slow = await startApi(desk.deps, { host: '127.0.0.1', port: 0, limits });
    const { port } = new URL(slow.url);
    const cut = (lines: string, everyMs: number): Promise<number> =>
      new Promise((resolve) => {
        const began = performance.now();
        const socket = connect(Number(port), '127.0.0.1', () => socket.write(lines));
        const trickle = setInterval(() => socket.write('a'), everyMs);
        socket.on('error', () => undefined);
        socket.resume().on('close', () => {
          clearInterval(trickle);
          resolve(performance.now() - began);
        });
      });
    try {
      const headers = cut('GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ', 50);
      const machine = `Authorization: ${MACHINE.Authorization}\r\nIdempotency-Key: x\r\nContent-Type: application/json\r\n`;
      const body = cut(`POST /api/plan HTTP/1.1\r\nHost: 127.0.0.1\r\n${machine}Content-Length: 1000\r\n\r\n`, 50);
      const silent = cut('GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\n', 60_000);
      const took = await Promise.all([headers, body, silent]);
      expect(Math.max(...took)).toBeLessThan(5_000);
      expect((await raw(slow, '/api/openapi.json')).status).toBe(200);
    } finally {
      await slow.stop();
    }
  });

  test('headers, addresses and bodies have an end', async () => {
    expect((await raw(api, '/api/health', { headers: { 'X-Long': 'x'.repeat(17 * 1024) } })).status).toBe(431);
    expect((await raw(api, `/api/health?${'x'.repeat(17 * 1024)}`)).status).toBe(431);
    expect(codeOf(await post('/plan', `{"a":"${'x'.repeat(1024 * 1024)}"}`))).toBe('upload-too-large');
    const many = new FormData();
    for (let n = 0; n < 61; n++) many.append(`f${n}`, 'x');
    const path = `/agreements/${company.own.agreementId}/obligations/training-plan/submissions`;
    expect((await ask(api, 'POST', path, many)).body.type).toBe('urn:abide:malformed-body');
    const files = Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`${n}.txt`, `${n}`]));
    expect((await ask(api, 'POST', path, form({ as: 'A' }, files))).body.type).toBe('urn:abide:malformed-body');
  });

  test('two lengths, or a length and chunks, are no request', async () => {
    const { port } = new URL(api.url);
    const answer = (lines: string): Promise<string> =>
      new Promise((resolve) => {
        let text = '';
        const socket = connect(Number(port), '127.0.0.1', () => socket.write(lines));
        socket
          .on('data', (chunk) => (text += chunk.toString()))
          .on('close', () => resolve(text.split('\r\n')[0] ?? ''));
      });
    const head = 'POST /api/plan HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n';
    expect(await answer(`${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`)).toContain('400');
    expect(await answer(`${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`)).toContain('400');
    expect(await answer('GET /api/openapi.json HTTP/1.1\r\n\r\n')).toContain('400');
    expect(await answer('GET /api/openapi.json HTTP/1.1\r\nHost: \r\nConnection: close\r\n\r\n')).toContain('421');
  });

  test('other methods and content types than the declared ones are refused', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND']) {
      const { status, headers } = await raw(api, '/api/health', { method });
      expect([method, status, headers['allow']]).toEqual([method, 405, 'GET']);
    }
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'text/xml',
      'application/json; charset=gb18030',
      '',
    ]) {
      expect([type, (await post('/plan', '{}', { 'Content-Type': type })).status]).toEqual([type, 415]);
    }
  });
});

describe('JSON', () => {
  test.each([
    ['a field twice', '{"a":1,"a":2}', 'twice'],
    ['a field twice, written in two ways', '{"a":1,"\\u0061":2}', 'twice'],
    ['deep inside', '{"x":[{"b":{"c":1 , "c" :2}}]}', 'twice'],
    ['__proto__', '{"__proto__":{"isAdmin":true}}', '__proto__'],
    ['__proto__ in disguise', '{"\\u005f_proto__":1}', '__proto__'],
    ['a hundred thousand brackets', '['.repeat(100_000), 'nested'],
  ])('%s is refused', async (_name, text, why) => {
    expect(jsonFault(text)?.en).toContain(why);
    const reply = await post('/plan', text);
    expect([reply.status, codeOf(reply)]).toEqual([400, 'malformed-body']);
  });

  test.each([
    '{"a":{"a":1},"b":[{"a":1},{"a":2}]}',
    '{"a":"{\\"b\\":1,\\"b\\":2}","b":"\\\\"}',
    '{"constructor":1,"proto":2}',
    '["a","a","a:"]',
    `${'['.repeat(32)}${']'.repeat(32)}`,
    '{"a":"',
    '"',
  ])('%s is left to the parser', (text) => {
    expect(jsonFault(text)).toBeUndefined();
  });

  test('nothing that is sent changes what all objects are', async () => {
    for (const text of [
      '{"constructor":{"prototype":{"polluted":1}}}',
      '{"terms":{"constructor":{"prototype":{"polluted":1}}}}',
    ])
      await post('/plan', text);
    await raw(api, '/api/templates?__proto__[polluted]=1&constructor.prototype.polluted=1');
    const path = `/agreements/${company.own.agreementId}/obligations/training-plan/submissions`;
    await ask(
      api,
      'POST',
      path,
      form({ as: 'A', __proto__: 'x', 'constructor.prototype.polluted': '1' }, { 'a.txt': 'x' }),
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('errors', () => {
  test('a client hears that something failed, and nothing of what', async () => {
    const failing = await desk.another({
      replayAgreement: () => Promise.reject(new Error('SELECT secret FROM canary at /srv/abide/x.ts')),
    });
    const reply = await ask(failing, 'GET', `/agreements/${company.own.agreementId}/replay`);
    expect(reply).toMatchObject({ status: 500, body: { type: 'urn:abide:internal' } });
    expect(JSON.stringify(reply.body)).not.toMatch(/canary|SELECT|\.ts|at /);
    expect(desk.log.at(-1) ?? '').not.toContain('canary');
    expect((await ask(failing, 'GET', '/health')).status).toBe(200);
  });

  test('hostile addresses find nothing', async () => {
    for (const path of [
      '/../../etc/passwd',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/..%2f..%2fetc%2fpasswd',
      '/.env',
      '/.git/config',
      '/%00',
      '/%ff',
      '/api/%c0%ae%c0%ae/',
    ]) {
      const { status, text } = await raw(site, path, { headers: { accept: '*/*' } });
      expect([path, status]).toEqual([path, expect.toBeOneOf([200, 400, 403, 404])]);
      expect(text).not.toMatch(/root:|\[core\]|node_modules/);
    }
  });
});

describe('files that come and go', () => {
  test.each([
    ['../../etc/passwd.txt', 'passwd.txt'],
    ['C:\\Users\\x\\报告.pdf', '报告.pdf'],
    ['re\u202efdp.txt', 'refdp.txt'],
    ['a\r\nSet-Cookie: x=1.txt', 'aSet-Cookie_ x=1.txt'],
    ['a\u0000.pdf', 'a.pdf'],
    ['zero\u200bwidth\ufeff.txt', 'zerowidth.txt'],
    ['.htaccess', 'htaccess'],
    ['a"b<c>|?*.txt', 'a_b_c____.txt'],
    ['  . ', 'file'],
    [`${'长'.repeat(300)}.docx`, `${'长'.repeat(195)}.docx`],
    ['é.txt', 'é.txt'],
  ])('the name %j is kept as %j', (given, kept) => {
    expect(cleanFileName(given)).toBe(kept);
  });

  test('a document is an attachment that runs nowhere, under its own name', async () => {
    const id = await inForce(desk);
    const name = '培训"; filename="evil.html\u202e.txt';
    const path = `/agreements/${id}/obligations/training-plan/submissions`;
    expect((await ask(api, 'POST', path, form({ as: 'A' }, { [name]: '<script>alert(1)</script>' }))).status).toBe(202);
    const { items } = (await ask(api, 'GET', `/agreements/${id}/documents`)).body as { items: { id: string }[] };
    const content = await raw(api, `/api/agreements/${id}/documents/${items[0]?.id}/content`, { headers: MACHINE });
    expect(content.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'no-store',
    });
    const disposition = String(content.headers['content-disposition']);
    expect(disposition).toMatch(/^attachment; filename="[^"\\]*"; filename\*=UTF-8''[\w%.-]+$/);
    expect(disposition).not.toContain('%E2%80%AE');
  });

  test('a bomb, macros and a false name leave no byte behind', async () => {
    const { zipOf } = await import('../support/zip.ts');
    const path = `/agreements/${company.own.agreementId}/obligations/training-plan/submissions`;
    const documents = await desk.database.document.count();
    const sent = async (name: string, bytes: Uint8Array) =>
      (await ask(api, 'POST', path, form({ as: 'A' }, { [name]: bytes }))).body.type as string;
    expect(await sent('a.docx', zipOf([{ name: 'word/document.xml', content: Buffer.alloc(3_000_000) }]))).toBe(
      'urn:abide:document-unreadable',
    );
    expect(
      await sent(
        'a.docx',
        zipOf([
          { name: 'word/document.xml', content: 'x' },
          { name: 'word/vbaProject.bin', content: 'x' },
        ]),
      ),
    ).toBe('urn:abide:document-macros');
    expect(await sent('a.pdf', Buffer.from('MZ\u0090'))).toBe('urn:abide:type-mismatch');
    expect(await sent('a.html', Buffer.from('<p>'))).toBe('urn:abide:unsupported-type');
    expect(await sent('a.txt', Buffer.alloc(MAX_BYTES + 1, 'a'))).toBe('urn:abide:upload-too-large');
    expect(await desk.database.document.count()).toBe(documents);
  });
});

describe('a key is its owner’s', () => {
  test.each(['served/agreement/x/n1', 'served', 'refused/x', 'link/x/y', 'served agreement/x/n1'])(
    'no Idempotency-Key is like an id of ours: %s',
    async (key) => {
      const answer = await ask(api, 'POST', '/agreements', DRAFT, { 'Idempotency-Key': key });
      expect([answer.status, answer.body.type]).toEqual([400, 'urn:abide:idempotency-key-invalid']);
    },
  );

  test('the same Idempotency-Key from another account is refused, never answered with what the first one got', async () => {
    const headers = { 'Idempotency-Key': randomUUID(), Authorization: '' };
    const as = (who: string) => ask(api, 'POST', '/agreements', DRAFT, { ...headers, 'x-test-account': who });
    const first = await as('coordinator');
    expect(first.status).toBe(201);
    expect((await as('coordinator')).body).toEqual(first.body);
    const machine = await ask(api, 'POST', '/agreements', DRAFT, { ...headers, ...MACHINE });
    expect([machine.status, machine.body.type]).toEqual([422, 'urn:abide:idempotency-key-reused']);
    expect(JSON.stringify(machine.body)).not.toContain(first.body.id);
    // Whom the policy does not let in hears nothing of keys at all.
    expect((await as('auditor')).body.type).toBe('urn:abide:forbidden');
    expect((await ask(api, 'POST', '/agreements', DRAFT, headers)).body.type).toBe('urn:abide:unauthorized');
  });
});
