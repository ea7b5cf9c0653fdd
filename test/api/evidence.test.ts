import { once } from 'node:events';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { oneDownload } from '../../api/one-download.ts';
import { accessLogPage } from '../../api/privacy/schemas.ts';
import { type Desk, ask, openDesk } from './desk.ts';
import { SERVICE } from './life-desk.ts';
import { type Company, openCompany } from './personas.ts';

let desk: Desk;
let company: Company;

beforeAll(async () => {
  desk = await openDesk();
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
  company = await openCompany(desk);
});
afterAll(() => desk?.close());

const headersOf = (name: string): Record<string, string> => {
  const { headers } = company.personas.find((one) => one.name === name) ?? expect.unreachable(name);
  return { Authorization: '', ...headers };
};

test('an auditor takes the evidence along, which stands in the access log under a name of its own', async () => {
  const api = await desk.another({ accounts: company.accounts });
  const path = `/agreements/${company.own.agreementId}/evidence`;
  const taken = await ask(api, 'GET', path, undefined, headersOf('auditor'));
  expect([taken.status, taken.body]).toEqual([200, 'PK']);
  expect(taken.headers.get('content-type')).toBe('application/zip');
  expect(taken.headers.get('content-disposition')).toBe('attachment; filename="bundle.zip"');
  expect(taken.headers.get('cache-control')).toBe('no-store');

  const log = await ask(api, 'GET', '/access-log?action=download', undefined, headersOf('auditor'));
  expect(accessLogPage.parse(log.body).items[0]).toMatchObject({
    subject: `evidence/${company.own.agreementId}`,
    agreementId: company.own.agreementId,
    outcome: 'ok',
  });
});

test.each(['party-member', 'third-party', 'department', 'interviewer', 'administrator'])(
  'the evidence is not for the %s, who is told so and logged',
  async (name) => {
    const api = await desk.another({ accounts: company.accounts });
    const path = `/agreements/${company.own.agreementId}/evidence`;
    const refused = await ask(api, 'GET', path, undefined, headersOf(name));
    expect(refused).toMatchObject({ status: 403, body: { type: 'urn:abide:forbidden' } });
    const denied = await desk.database.accessLog.findMany({ where: { action: 'denied' }, orderBy: { at: 'asc' } });
    expect(denied.at(-1)).toMatchObject({ subject: 'route/evidence', outcome: 'refused' });
  },
);

test('one bundle leaves at a time; a reader that stalls, or goes away, is cut off and holds up nobody', async () => {
  const made: Readable[] = [];
  const endless = (): Readable => {
    const stream = new Readable({
      read() {
        this.push(Buffer.alloc(64 * 1024));
      },
    });
    made.push(stream);
    return stream;
  };
  const issue = (stream: () => Readable) => () =>
    Promise.resolve({ fileName: 'bundle.zip', fingerprint: '', stream: stream() });

  const limited = oneDownload(issue(endless), 50);
  const { stream } = await limited('a');
  await expect(limited('b')).rejects.toMatchObject({ code: 'evidence-busy' });
  await expect(once(stream, 'close')).rejects.toThrow('nobody reads the bundle');
  expect(made[0]?.destroyed).toBe(true);
  const again = await limited('b');
  again.stream.destroy();
  await once(again.stream, 'close');

  const failing = oneDownload(() => Promise.reject(new Error('away')));
  await expect(failing('a')).rejects.toThrow('away');
  await expect(failing('a')).rejects.toThrow('away'); // not busy

  const whole = oneDownload(issue(() => Readable.from([Buffer.from('PK'), Buffer.alloc(300_000)])));
  for (let times = 0; times < 2; times += 1) {
    const chunks: Buffer[] = [];
    for await (const chunk of (await whole('a')).stream) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks)).toHaveLength(300_002);
  }

  const api = await desk.another({ accounts: company.accounts, evidence: issue(endless) });
  const path = `/agreements/${company.own.agreementId}/evidence`;
  const reading = await fetch(`${api.url}/api${path}`, { headers: headersOf('auditor') });
  expect(reading.status).toBe(200);
  expect(await ask(api, 'GET', path, undefined, headersOf('auditor'))).toMatchObject({
    status: 503,
    body: { type: 'urn:abide:evidence-busy' },
  });
  await reading.body?.cancel();
  await vi.waitFor(() => expect(made.at(-1)?.destroyed).toBe(true));
  const next = await fetch(`${api.url}/api${path}`, { headers: headersOf('auditor') });
  expect(next.status).toBe(200);
  await next.body?.cancel();
});

test('a draft has no evidence, nor has what does not exist', async () => {
  const api = await desk.another({ accounts: company.accounts });
  const draft = await ask(api, 'POST', '/agreements', SERVICE, headersOf('coordinator'));
  const path = `/agreements/${String(draft.body.id)}/evidence`;
  expect(await ask(api, 'GET', path, undefined, headersOf('auditor'))).toMatchObject({
    status: 409,
    body: { type: 'urn:abide:not-started' },
  });
  const nowhere = '/agreements/00000000-0000-4000-8000-000000000000/evidence';
  expect(await ask(api, 'GET', nowhere, undefined, headersOf('auditor'))).toMatchObject({
    status: 404,
    body: { type: 'urn:abide:unknown-agreement' },
  });
});
