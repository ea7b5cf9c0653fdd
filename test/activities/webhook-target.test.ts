import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { post } from '../../activities/webhooks/post.ts';
import { newSecret, signedHeaders } from '../../activities/webhooks/signature.ts';
import { isPublic, leadsInwards, readTarget } from '../../activities/webhooks/target.ts';

const STRICT = { allowPrivate: false };
const INTRANET = { allowPrivate: true };
const MESSAGE = { headers: {}, body: '{}' };

test('a signature is that of the specification', () => {
  const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330, body: '{"test": 2432232314}' };
  expect(signedHeaders(message, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
  expect(newSecret()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(newSecret()).not.toBe(newSecret());
});

test.each([
  'https://127.0.0.1/',
  'https://127.1/',
  'https://127.255.255.254:8443/',
  'https://2130706433/',
  'https://0x7f000001/',
  'https://0x7f.0.0.1/',
  'https://0177.0.0.1/',
  'https://017700000001/',
  'https://①②⑦.⓪.⓪.①/',
  'https://127.0.0.1./',
  'https://0.0.0.0/',
  'https://0/',
  'https://10.1.2.3/',
  'https://172.16.0.1/',
  'https://192.168.1.1/',
  'https://169.254.169.254/latest/meta-data/',
  'https://0xA9FEA9FE/',
  'https://100.64.0.1/',
  'https://168.63.129.16/',
  'https://0xA83F8110/',
  'https://100.100.100.200/',
  'https://192.0.0.192/',
  'https://198.18.0.1/',
  'https://203.0.113.7/',
  'https://224.0.0.1/',
  'https://240.0.0.1/',
  'https://255.255.255.255/',
  'https://[::]/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:7f00:1]/',
  'https://[::127.0.0.1]/',
  'https://[64:ff9b::169.254.169.254]/',
  'https://[64:ff9b:1::1]/',
  'https://[2002:7f00:1::]/',
  'https://[2001::1]/',
  'https://[2001:db8::1]/',
  'https://[fe80::1]/',
  'https://[fec0::1]/',
  'https://[fd00:ec2::254]/',
  'https://[ff02::1]/',
])('nothing goes to the address %s', async (url) => {
  expect(readTarget(url, STRICT)).toBe('private-address');
  expect(await post(url, MESSAGE, { rules: STRICT, resolve: () => Promise.reject(new Error('not asked')) })).toBe(
    'private-address',
  );
});

test.each([
  ['http://hooks.example.com/', 'not-https'],
  ['ftp://hooks.example.com/', 'not-https'],
  ['file:///etc/passwd', 'not-https'],
  ['gopher://hooks.example.com/', 'not-https'],
  ['javascript:alert(1)', 'not-https'],
  ['hooks.example.com', 'no-url'],
  ['https://', 'no-url'],
  ['https://1.2.3.4.5/', 'no-url'],
  ['https://user@hooks.example.com/', 'credentials'],
  ['https://127.0.0.1:password@hooks.example.com/', 'credentials'],
  ['https://hooks.example.com:22/', 'port'],
  ['https://hooks.example.com:25/', 'port'],
  ['https://hooks.example.com:80/', 'port'],
])('nothing goes to %s: %s', (url, refusal) => {
  expect(readTarget(url, STRICT)).toBe(refusal);
});

test.each([
  'localhost',
  'localhost.',
  'hooks.localhost',
  'LOCALHOST',
  'nas.local',
  'metadata.google.internal',
  'a.home.arpa',
])('nothing goes to %s, which is nobody’s outside', (host) => {
  expect(readTarget(`https://${host}/x`, STRICT)).toBe('private-address');
  expect(readTarget(`https://${host}/x`, INTRANET)).toBeInstanceOf(URL);
});

test('a name leads inwards when it is resolved so; one that is unknown or slow does not', async () => {
  const leads = (resolve: () => Promise<string[]>) =>
    leadsInwards('hooks.example.com', STRICT, { resolve, timeoutMs: 20 });
  expect(await leads(() => Promise.resolve(['93.184.216.34', '10.0.0.1']))).toBe(true);
  expect(await leads(() => Promise.resolve(['93.184.216.34']))).toBe(false);
  expect(await leads(() => Promise.reject(new Error('ENOTFOUND')))).toBe(false);
  expect(await leads(() => new Promise(() => undefined))).toBe(false);
});

test('what is public passes', () => {
  for (const url of [
    'https://hooks.example.com/a?b=c',
    'https://8.8.8.8:8443/',
    'https://[2606:4700::1111]/',
    'https://h.cn:9000/',
    'https://internal.example.com/',
    'https://notlocalhost.example/',
  ]) {
    expect(readTarget(url, STRICT)).toBeInstanceOf(URL);
  }
  expect(isPublic('not an address')).toBe(false);
});

test.each([
  ['a name of this machine', ['127.0.0.1']],
  ['one good address and one bad', ['93.184.216.34', '10.0.0.1']],
  ['the cloud metadata', ['169.254.169.254']],
  ['an IPv4 address in IPv6 clothes', ['::ffff:127.0.0.1']],
  ['a link-local one with a zone', ['fe80::1%eth0']],
])('a name that points to %s is refused when it is connected to', async (_what, addresses) => {
  const answer = await post('https://hooks.example.com/', MESSAGE, {
    rules: STRICT,
    resolve: () => Promise.resolve(addresses),
  });
  expect(answer).toBe('private-address');
});

let server: ReturnType<typeof createServer>;
let port: number;
const seen: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(request.url ?? '');
    if (request.url === '/redirect') response.writeHead(302, { Location: `http://127.0.0.1:${port}/secret` }).end();
    else if (request.url === '/flood') {
      response.writeHead(200);
      const flood = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(64 * 1024)));
        if (!response.destroyed) response.once('drain', flood);
      };
      flood();
    } else if (request.url === '/silence') return;
    else response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const loopback = () => Promise.resolve(['127.0.0.1']);

test('the name is asked once, and what it said is connected to: a second answer comes too late', async () => {
  const answers = [['127.0.0.1'], ['127.0.0.2']];
  const asked: string[] = [];
  const resolve = (host: string) => {
    asked.push(host);
    return Promise.resolve(answers.shift() ?? []);
  };
  expect(await post(`http://rebind.example:${port}/`, MESSAGE, { rules: INTRANET, resolve })).toBe(204);
  expect(asked).toEqual(['rebind.example']);
});

test('a redirect is an answer, and is not followed', async () => {
  const url = `http://hooks.example:${port}/redirect`;
  expect(await post(url, MESSAGE, { rules: INTRANET, resolve: loopback })).toBe(302);
  expect(seen).not.toContain('/secret');
});

test('a receiver that says nothing, or does not end, is left', async () => {
  const to = (path: string) =>
    post(`http://hooks.example:${port}${path}`, MESSAGE, { rules: INTRANET, resolve: loopback, timeoutMs: 1000 });
  expect(await to('/silence')).toBe('timeout');
  expect(await to('/flood')).toBe(200);
});

test('why nothing came back is a code', async () => {
  const to = (url: string, resolve: () => Promise<string[]>) => post(url, MESSAGE, { rules: INTRANET, resolve });
  const gone = Object.assign(new Error('getaddrinfo ENOTFOUND hooks.example'), { code: 'ENOTFOUND' });
  expect(await to('https://hooks.example/', () => Promise.reject(gone))).toBe('unknown-host');
  expect(await to('https://hooks.example/', () => Promise.resolve([]))).toBe('unknown-host');
  expect(await to('http://127.0.0.1:1/', loopback)).toBe('unreachable');
  expect(await to(`https://hooks.example:${port}/`, loopback)).toBe('tls');
  expect(await to('https://u:p@hooks.example/', loopback)).toBe('refused-url');
});
