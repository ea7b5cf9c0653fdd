import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { logRedaction } from '../../api/log-redaction.ts';
import type { RunningApi } from '../../api/server.ts';
import { type Company, openCompany } from './personas.ts';
import { type Desk, ask, form, openDesk } from './desk.ts';

/** Each stands in one place of a request; none may stand in the log. */
const CANARY = {
  address: 'canary-mail@canary.example',
  password: 'canary-password-1f2e3d4c',
  token: 'canary-token-aaaaaaaaaaaaaaaaaaaaaaaa',
  bearer: 'abide_canary-bearer-5a5a5a5a5a',
  cookie: 'canary-cookie-77777777',
  query: 'canary-query-33333333',
  body: 'canary-body-44444444',
  file: 'canary-file-55555555',
  agent: 'canary-agent-66666666',
};

describe('a canary in every place of every request', () => {
  let desk: Desk;
  let api: RunningApi;
  let company: Company;

  beforeAll(async () => {
    desk = await openDesk();
    company = await openCompany(desk);
    api = await desk.another({ accounts: company.accounts });
  });
  afterAll(() => desk?.close());

  test('no token, password, address, header, body or query reaches the log', async () => {
    const { paths } = (await ask(api, 'GET', '/openapi.json')).body as {
      paths: Record<string, Record<string, { requestBody?: { content: Record<string, unknown> } }>>;
    };
    const body = {
      email: CANARY.address,
      password: CANARY.password,
      token: CANARY.token,
      code: CANARY.token,
      name: CANARY.body,
      as: CANARY.body,
      person: { name: CANARY.body, email: CANARY.address },
      [CANARY.body]: CANARY.body,
    };
    const begun = desk.log.length;
    let asked = 0;
    for (const [path, methods] of Object.entries(paths)) {
      for (const [method, { requestBody }] of Object.entries(methods)) {
        const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) => company.own.params[name] ?? CANARY.token);
        const forms = 'multipart/form-data' in (requestBody?.content ?? {});
        for (const persona of ['administrator', 'coordinator', 'nobody']) {
          const headers = {
            Authorization: `Bearer ${CANARY.bearer}`,
            cookie: `abide-session=${CANARY.cookie}.x; abide_act=${CANARY.cookie}`,
            'User-Agent': CANARY.agent,
            'x-test-account': persona,
            Referer: `http://127.0.0.1:8420/act/${CANARY.token}`,
          };
          const sent = forms ? form({ as: CANARY.body }, { [`${CANARY.file}.txt`]: CANARY.body }) : body;
          const target = `${filled}?q=${CANARY.query}&t=${CANARY.token}`;
          await ask(api, method.toUpperCase(), target, requestBody ? sent : undefined, headers);
          asked++;
        }
      }
    }
    for (const path of [
      `/act/${CANARY.token}`,
      `/act/${randomUUID()}?t=${CANARY.token}`,
      `/feeds/${CANARY.token}.ics`,
    ]) {
      await fetch(api.url + path, { redirect: 'manual', headers: { cookie: `abide_act=${CANARY.cookie}` } });
      asked++;
    }
    const log = desk.log.slice(begun);
    expect(log.length).toBeGreaterThanOrEqual(asked);
    for (const [what, canary] of Object.entries(CANARY))
      expect(
        log.filter((line) => line.includes(canary)),
        what,
      ).toEqual([]);
    expect(log.filter((line) => line.includes('canary'))).toEqual([]);
  });
});

describe('what slips into a line is taken out', () => {
  const written = (...args: unknown[]): string => {
    const lines: string[] = [];
    const log = pino(
      { base: null, timestamp: false, ...logRedaction },
      { write: (line: string) => void lines.push(line) },
    );
    (log.info as (...all: unknown[]) => void)(...args);
    return lines.join('');
  };

  test.each<[string, unknown[], string]>([
    ['an address in an error', [{ error: 'RCPT TO:<li.hua@a.example> 550' }, 'x'], 'RCPT TO:<[address]> 550'],
    ['an address in the message', ['mail to li.hua@a.example failed'], 'mail to [address] failed'],
    ['a bearer', [{ note: 'Authorization: Bearer abc.def' }, 'x'], 'Bearer [redacted]'],
    ['a link', [{ url: 'https://x.example/act/AAAAAAAAAAAAAAAAAAAAAAAA' }, 'x'], '/act/[token]'],
    ['a feed', ['GET /feeds/BBBBBBBBBBBBBBBBBBBBBBBB.ics'], '/feeds/[token]'],
    ['a query', ['https://x.example/reset?token=CCCCCCCC&lang=en'], '?token=[redacted]&lang=en'],
    ["a database's password", ['postgresql://abide:hunter2@db:5432/abide'], 'postgresql://[redacted]@db:5432/abide'],
    ['a key', [{ note: 'abide_kkkkkkkkkkkkkkkk' }, 'x'], '[key]'],
    [
      'fields by their names, however deep',
      [{ a: { b: [{ password: 'x9', Cookie: 'y9' }] } }, 'x'],
      '"password":"[redacted]"',
    ],
    ['an error of a library', [{ err: new Error('no such user: li@a.example') }, 'x'], 'no such user: [address]'],
    ['a line feed, which would begin a line of its own', ['one\n{"level":30,"msg":"two"}'], 'one\\n{'],
  ])('taken out of a line: %s', (_what, args, expected) => {
    const line = written(...args);
    expect(line).toContain(expected);
    expect(line.trimEnd().split('\n')).toHaveLength(1);
    expect(line).not.toMatch(/li\.hua@|hunter2|x9|y9|abc\.def|AAAA|BBBB|CCCC|kkkk/);
  });

  test('ids, codes and counts stay', () => {
    const line = {
      noticeId: 'agreement/1/n2',
      attempts: 3,
      code: 'EAUTH',
      status: 200,
      route: '/agreements/{id}',
      ms: 4,
    };
    expect(JSON.parse(written(line, 'request'))).toEqual({ level: 30, ...line, msg: 'request' });
  });
});
