import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as schemas from '../../api/schemas.ts';
import { MACHINE } from '../support/machine-key.ts';
import { Desk, SIGNED_END, formOf } from '../support/people.ts';
import { tableCounts } from '../support/tables.ts';
import { type World, eventually, openWorld } from '../support/world.ts';
import { day, draftOf, people, TODAY } from './draft.ts';

vi.mock('../../templates/calendars.ts', async (original) => {
  const { withEveryDay } = await import('../support/every-day.ts');
  return withEveryDay(await original());
});

const MAX_UPLOAD_BYTES = 20 * 1024 * 1024;
const THREE_GIGABYTES = 3 * 1024 ** 3;

let world: World;
let desk: Desk;
/** One agreement in force and one that has ended, both at rest. */
let active: string;
let ended: string;

beforeAll(async () => {
  world = await openWorld({ maxUploadBytes: MAX_UPLOAD_BYTES });
  desk = new Desk(world);
  await world.startWorker();
  [active, ended] = (await Promise.all(['active', 'ended'].map(inForce))) as [string, string];
  const end = await desk.post(
    `/agreements/${ended}/termination`,
    formOf({ as: 'coordinator', reason: 'agreed' }, [SIGNED_END]),
  );
  expect(end.status).toBe(200);
  for (const id of [active, ended]) await desk.allSent(id);
  // Links and sent marks of notices are written by now; the rest of this file counts rows.
  await eventually(async () => (await desk.notices(ended)).some(({ kind }) => kind === 'agreement-terminated'));
  await desk.allSent(ended);
});
afterAll(() => world?.close());

async function inForce(tag: string): Promise<string> {
  const started = await desk.post('/agreements', { ...draftOf(people(tag)), start: true });
  const { id } = schemas.agreement.parse(started.body);
  for (const as of ['A', 'B']) {
    expect(await desk.post(`/agreements/${id}/signatures`, { as, signedOn: TODAY })).toMatchObject({ status: 200 });
  }
  return id;
}

const good = draftOf(people('refused'));
const { contractTotal: _total, ...withoutTotal } = good.terms;
const total = (contractTotal: unknown) => ({ ...good, terms: { ...good.terms, contractTotal } });
const file = { name: 'plan.txt', content: 'A plan.\n' };
const submission = (as = 'A') => formOf({ as }, [file]);

interface Case {
  what: string;
  path: () => string;
  body: () => object;
  status: number;
  code: string;
  /** The field that is named. */
  field?: string;
}

const start = () => '/agreements';
const of = (id: () => string, rest: string) => () => `/agreements/${id()}/${rest}`;
const plan = (id: () => string, act: string) => of(id, `obligations/process-plan/${act}`);
const inActive = () => active;
const inEnded = () => ended;

const CASES: Case[] = [
  {
    what: 'an unknown template',
    path: start,
    body: () => ({ ...good, template: 'no-such@1' }),
    status: 422,
    code: 'unknown-template',
    field: 'template',
  },
  {
    what: 'a missing term',
    path: start,
    body: () => ({ ...good, terms: withoutTotal, start: true }),
    status: 422,
    code: 'missing-term',
    field: 'terms.contractTotal',
  },
  {
    what: 'a negative total',
    path: start,
    body: () => total('-1.00'),
    status: 422,
    code: 'negative-amount',
    field: 'terms.contractTotal',
  },
  {
    what: 'three decimals',
    path: start,
    body: () => total('1.005'),
    status: 422,
    code: 'too-many-decimals',
    field: 'terms.contractTotal',
  },
  {
    what: 'a total that is a number',
    path: start,
    body: () => total(1_000_000),
    status: 422,
    code: 'money-not-quoted',
    field: 'terms.contractTotal',
  },
  {
    what: 'an expiry that does not exist',
    path: start,
    body: () => ({ ...good, terms: { ...good.terms, expiresOn: '2027-02-29' } }),
    status: 422,
    code: 'invalid-date',
    field: 'terms.expiresOn',
  },
  {
    what: 'CR and LF in an address',
    path: start,
    body: () => ({
      ...good,
      parties: { ...good.parties, B: { ...good.parties.B, email: 'b@example.org\r\nBcc: all@example.org' } },
    }),
    status: 422,
    code: 'invalid-email',
    field: 'parties.B.email',
  },
  {
    what: 'CR and LF in a name',
    path: start,
    body: () => ({
      ...good,
      parties: { ...good.parties, B: { ...good.parties.B, name: 'B\r\nBcc: all@example.org' } },
    }),
    status: 422,
    code: 'invalid-text',
    field: 'parties.B.name',
  },
  {
    what: 'an unknown field',
    path: start,
    body: () => ({ ...good, colour: 'red' }),
    status: 422,
    code: 'unknown-key',
    field: 'colour',
  },
  {
    what: 'a signing date that does not exist',
    path: of(inActive, 'signatures'),
    body: () => ({ as: 'A', signedOn: '2026-02-30' }),
    status: 400,
    code: 'invalid-request',
    field: 'signedOn',
  },
  {
    what: 'a second signature by the same party',
    path: of(inActive, 'signatures'),
    body: () => ({ as: 'A', signedOn: TODAY }),
    status: 409,
    code: 'already-signed',
  },
  {
    what: 'a review of something not submitted',
    path: plan(inActive, 'reviews'),
    body: () => ({ as: 'B', verdict: 'accept' }),
    status: 409,
    code: 'not-submitted',
  },
  {
    what: 'a submission by the other side',
    path: plan(inActive, 'submissions'),
    body: () => submission('B'),
    status: 403,
    code: 'not-responsible',
  },
  {
    what: 'a submission without a file',
    path: plan(inActive, 'submissions'),
    body: () => formOf({ as: 'A' }, []),
    status: 422,
    code: 'file-missing',
  },
  {
    what: 'a file of another kind',
    path: plan(inActive, 'submissions'),
    body: () => formOf({ as: 'A' }, [{ name: 'x.txt', content: '\u0000\u0001\u0002' }]),
    status: 415,
    code: 'type-mismatch',
  },
  {
    what: 'an unknown obligation',
    path: of(inActive, 'obligations/no-such/reviews'),
    body: () => ({ as: 'B', verdict: 'accept' }),
    status: 404,
    code: 'unknown-obligation',
  },
  {
    what: 'somebody who has no seat',
    path: plan(inActive, 'reviews'),
    body: () => ({ as: 'C', verdict: 'accept' }),
    status: 422,
    code: 'unknown-seat',
    field: 'as',
  },
  {
    what: 'an end by a party',
    path: of(inActive, 'termination'),
    body: () => ({ as: 'A', reason: 'enough' }),
    status: 403,
    code: 'not-responsible',
  },
  {
    what: 'a submission after termination',
    path: plan(inEnded, 'submissions'),
    body: submission,
    status: 409,
    code: 'agreement-ended',
  },
  {
    what: 'an unknown agreement',
    path: () => `/agreements/${randomUUID()}/termination`,
    body: () => ({ as: 'coordinator', reason: 'x' }),
    status: 404,
    code: 'unknown-agreement',
  },
  {
    what: 'a hand-in of the future',
    path: plan(inActive, 'submissions'),
    body: () => formOf({ as: 'coordinator', onBehalfOf: 'A', handedInAt: `${day(1)} 10:00` }, [file]),
    status: 400,
    code: 'invalid-request',
    field: 'handedInAt',
  },
];

test.each(CASES)('$what: $status $code', async ({ path, body, status, code, field }) => {
  const before = await tableCounts(world.database);
  const contents = await untouched();
  const key = randomUUID();
  const reply = await desk.post(path(), body(), { key });
  expect(reply).toMatchObject({ status, type: expect.stringContaining('application/problem+json') });
  expect(reply.body).toMatchObject({ type: `urn:abide:${code}`, status });
  for (const part of ['title', 'detail']) expect(String(reply.body[part]).length).toBeGreaterThan(10);
  if (field !== undefined) {
    const errors = reply.body['errors'] as { path: string; message: string; cure: string }[];
    expect(errors.map((one) => one.path)).toEqual([field]);
    expect(errors.every(({ message, cure }) => message !== '' && cure !== '')).toBe(true);
  }
  const chinese = await desk.post(path(), body(), { key: randomUUID(), language: 'zh-CN' });
  expect(chinese.body).toMatchObject({ type: `urn:abide:${code}` });
  expect(chinese.body['title']).toMatch(/[\u4e00-\u9fff]/);
  await expectRefusalsAlone(before, 2);
  expect(await untouched()).toEqual(contents);
});

/** The record, without what refusals leave. */
async function untouched() {
  const { database } = world;
  const [agreements, events] = await Promise.all([
    database.agreement.findMany({ orderBy: { id: 'asc' } }),
    database.event.findMany({ orderBy: [{ workflowId: 'asc' }, { sequence: 'asc' }] }),
  ]);
  return { agreements, events };
}

/** Each refused act has one row that says so, its own or its command's; a command has what was brought along. */
async function expectRefusalsAlone(before: Record<string, number>, refused: number): Promise<void> {
  const after = await tableCounts(world.database);
  const grown = Object.fromEntries(
    Object.keys(after)
      .map((table) => [table, (after[table] ?? 0) - (before[table] ?? 0)] as const)
      .filter(([, more]) => more !== 0),
  );
  const {
    refusal = 0,
    command = 0,
    idempotent_request: _answers,
    document: _bytes,
    agreement_document: files = 0,
    ...others
  } = grown;
  expect(others).toEqual({});
  expect(refusal + command).toBe(refused);
  const last = await world.database.command.findMany({ orderBy: { receivedAt: 'desc' }, take: command });
  expect(last.map(({ status }) => status)).toEqual(last.map(() => 'refused'));
  expect(files).toBeLessThanOrEqual(command);
}

/** Sends bytes without end until the server answers or hangs up. @returns the answer and how much had been taken */
async function upload(headers: Record<string, string>): Promise<{ status: number; body: string; sent: number }> {
  const boundary = 'ten-of-dashes';
  const url = new URL(`${world.url}/api/agreements/${active}/obligations/process-plan/submissions`);
  const chunk = Buffer.alloc(256 * 1024, 'x');
  return new Promise((resolve, reject) => {
    let sent = 0;
    let over = false;
    const client = request(
      url,
      {
        method: 'POST',
        headers: {
          ...MACHINE,
          'Idempotency-Key': randomUUID(),
          'Content-Type': `multipart/form-data; boundary=${boundary}`,
          ...headers,
        },
      },
      (response) => {
        over = true;
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => (body += text));
        response.once('end', () => {
          resolve({ status: response.statusCode ?? 0, body, sent });
          client.destroy();
        });
      },
    );
    client.once('error', (error) => (over ? undefined : reject(error)));
    client.write(`--${boundary}\r\nContent-Disposition: form-data; name="as"\r\n\r\nA\r\n--${boundary}\r\n`);
    client.write('Content-Disposition: form-data; name="file"; filename="big.txt"\r\nContent-Type: text/plain\r\n\r\n');
    const pump = (): void => {
      while (!over && sent < THREE_GIGABYTES) {
        sent += chunk.length;
        if (!client.write(chunk)) {
          client.once('drain', pump);
          return;
        }
      }
    };
    pump();
  });
}

test.each([
  { how: 'announced', headers: { 'Content-Length': String(THREE_GIGABYTES) }, atMost: 8 * 1024 * 1024 },
  { how: 'in chunks', headers: { 'Transfer-Encoding': 'chunked' }, atMost: MAX_UPLOAD_BYTES + 16 * 1024 * 1024 },
])('an upload of 3 GB, $how: 413 before it has been sent', { timeout: 60_000 }, async ({ headers, atMost }) => {
  const before = await tableCounts(world.database);
  const { status, body, sent } = await upload(headers as Record<string, string>);
  expect(status).toBe(413);
  expect(JSON.parse(body)).toMatchObject({ type: 'urn:abide:upload-too-large', errors: [{ path: 'file' }] });
  expect(sent).toBeLessThan(atMost);
  await expectRefusalsAlone(before, 1);
});
