import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AccountsDesk, type Browser, firstAdministrator, openAccountsDesk, someone } from './accounts-desk.ts';
import { type Reply, ask, form, inForce } from './desk.ts';
import { OWN_SIGN_IN } from './matrix-table.ts';
import { tableCounts } from '../support/tables.ts';

interface Write {
  id: string;
  method: string;
  path: string;
  takesFiles: boolean;
}

/** They change nothing of anybody's, or are for those who have not signed in yet; a replay is an auditor's own. */
const NO_WRITES_OF_AN_AUDITOR = [
  ...['audit', 'plan', 'whatIf', 'whatIfDraft'],
  ...['signIn', 'enterCode', 'setUp', 'requestPasswordReset', 'setPassword'],
];

const NOBODYS = 'x'.repeat(43);

/** Of customers and whoever else bears a token: it opens them, not an account. */
const BY_TOKEN: Record<string, object> = {
  openAnswerSession: {},
  saveAnswerDraft: { answers: {} },
  handInAnswers: { answers: {} },
  uploadAnswerFile: form({ token: NOBODYS, question: 'photo' }, { 'a.txt': 'What a stranger attached' }),
  removeAnswerFile: { file: randomUUID() },
  optOut: {},
  sendFeedback: { text: 'What a stranger wrote' },
};

let world: AccountsDesk;
let administrator: Browser;
let agreementId: string;
let writes: Write[];
let byToken: Write[];

beforeAll(async () => {
  world = await openAccountsDesk();
  administrator = await firstAdministrator(world);
  agreementId = await inForce(world.desk);
  const { body } = await ask(world.api, 'GET', '/openapi.json');
  const all = writesOf(body).filter(({ id }) => !NO_WRITES_OF_AN_AUDITOR.includes(id));
  writes = all.filter(({ id }) => !Object.hasOwn(BY_TOKEN, id));
  byToken = all.filter(({ id }) => Object.hasOwn(BY_TOKEN, id));
});
afterAll(() => world?.desk.close());

type Description = {
  paths: Record<string, Record<string, { operationId: string; requestBody?: { content: Record<string, unknown> } }>>;
};

function writesOf({ paths }: Description): Write[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => method !== 'get')
      .map(([method, { operationId, requestBody }]) => ({
        id: operationId,
        method: method.toUpperCase(),
        path: filled(path),
        takesFiles: 'multipart/form-data' in (requestBody?.content ?? {}),
      })),
  );
}

function filled(path: string): string {
  const params: Record<string, string> = { id: agreementId, obligation: 'training-plan', seat: 'A' };
  return path.replace(/\{(\w+)\}/g, (_all, name: string) => params[name] ?? randomUUID());
}

/** What a coordinator would send, so that nothing but the policy can say no. */
function bodyOf({ takesFiles }: Write): unknown {
  return takesFiles ? form({ as: 'A' }, { 'plan.txt': 'what an auditor wrote' }) : { as: 'A' };
}

const documents = async (): Promise<string[]> =>
  (await readdir(join(world.desk.folder, 'documents'), { recursive: true }).catch(() => [])).toSorted();

async function traces() {
  return { tables: await tableCounts(world.desk.database), documents: await documents() };
}

test('an auditor who tries every write gets 403 and leaves no trace but the access log', async () => {
  const { browser, id: accountId } = await someone(world, administrator, ['auditor']);
  const tried = writes.filter(({ id }) => !OWN_SIGN_IN.includes(id));
  expect(tried.length).toBeGreaterThan(30);
  const before = await traces();
  for (const write of tried) {
    const reply = await browser.ask(write.method, write.path, bodyOf(write));
    expect({ id: write.id, ...denial(reply) }).toEqual({ id: write.id, status: 403, type: 'urn:abide:forbidden' });
  }
  const after = await traces();
  const logged = before.tables['access_log'] ?? 0;
  expect(after).toEqual({ ...before, tables: { ...before.tables, access_log: logged + tried.length } });

  const log = await world.desk.database.accessLog.findMany({ where: { action: 'denied' }, orderBy: { id: 'asc' } });
  expect(log.map(({ subject }) => subject)).toEqual(tried.map(({ id }) => `route/${id}`));
  for (const line of log) expect(line).toMatchObject({ outcome: 'refused', actor: { kind: 'account', accountId } });
});

test('an auditor changes their own sign-in, and nothing else, whichever way they ask', async () => {
  const { browser } = await someone(world, administrator, ['auditor']);
  const before = await traces();
  expect((await browser.ask('GET', `/agreements/${agreementId}`)).status).toBe(200);
  expect((await browser.ask('GET', `/agreements/${agreementId}/events`)).status).toBe(200);
  expect((await browser.ask('GET', `/agreements/${agreementId}/refusals`)).status).toBe(200);
  const methods = ['POST', 'PUT', 'PATCH', 'DELETE'];
  for (const method of methods) {
    const overridden = await browser.ask('GET', `/agreements/${agreementId}?_method=${method}`, undefined, {
      'X-HTTP-Method-Override': method,
    });
    expect([method, overridden.status]).toEqual([method, 200]); // a question all the same
  }
  expect(await traces()).toEqual(before);
});

test('a key of an auditor can bear no right to write, nor one from the time when they were a coordinator', async () => {
  const { browser, id } = await someone(world, administrator, ['coordinator']);
  const scopes = ['agreements.act', 'ledger.read'];
  const old = await browser.ask('POST', '/api-keys', { name: 'old', scopes, days: 1 });
  const bearer = { Authorization: `Bearer ${old.body.key}` };
  const sign = () => ask(world.api, 'POST', `/agreements/${agreementId}/signatures`, { as: 'A' }, bearer);
  expect((await sign()).body.type).not.toBe('urn:abide:forbidden');

  const changed = await administrator.ask('PATCH', `/accounts/${id}`, { roles: ['auditor'] });
  expect(changed.status).toBe(200);
  expect((await sign()).status).toBeOneOf([401, 403]);
  const wide = await browser.ask('POST', '/api-keys', { name: 'new', scopes, days: 1 });
  expect([wide.status, wide.body.type]).toBeOneOf([
    [422, 'urn:abide:scope-not-granted'],
    [401, 'urn:abide:unauthorized'], // the change of roles ended the session
  ]);
});

test('a token that was never given opens nothing and leaves nothing', async () => {
  expect(byToken.map(({ id }) => id).toSorted()).toEqual(Object.keys(BY_TOKEN).toSorted());
  const before = await tableCounts(world.desk.database);
  for (const { id, method, path } of byToken) {
    const given = BY_TOKEN[id];
    const body = given instanceof FormData ? given : { token: NOBODYS, ...given };
    const reply = await ask(world.api, method, path, body, { Authorization: '' });
    expect({ id, status: reply.status }).toEqual({ id, status: 404 });
  }
  const after = await tableCounts(world.desk.database);
  const bookkeeping = ['rate_limit']; // wrong tokens are counted, to slow down who guesses
  const changed = Object.keys(after).filter((table) => after[table] !== before[table] && !bookkeeping.includes(table));
  expect(changed).toEqual([]);
});

test('a stranger who tries every write leaves nothing but lines of the process log', async () => {
  const before = await traces();
  const lines = world.desk.log.length;
  for (const write of writes) {
    const headers = { Authorization: '', cookie: 'abide-session=x.y' };
    const reply = await ask(world.api, write.method, write.path, bodyOf(write), headers);
    expect({ id: write.id, ...denial(reply) }).toEqual({ id: write.id, status: 401, type: 'urn:abide:unauthorized' });
  }
  expect(await traces()).toEqual(before);
  for (const method of ['POST', 'DELETE']) {
    await ask(world.api, method, '/nowhere', undefined, { Authorization: '' });
    await fetch(`${world.api.url}/act/${randomUUID()}`, { method });
  }
  // Who guesses links is counted: one row an address.
  const after = await traces();
  delete after.tables['rate_limit'];
  delete before.tables['rate_limit'];
  expect(after).toEqual(before);
  const log = world.desk.log.slice(lines).map((line) => JSON.parse(line) as { by: string; status: number });
  expect(log.filter(({ by, status }) => by === 'stranger' && status === 401)).toHaveLength(writes.length);
});

test("the same acts are a coordinator's: it is the role that keeps an auditor out", async () => {
  const { browser } = await someone(world, administrator, ['coordinator']);
  const submit = writes.find(({ id }) => id === 'submit') ?? expect.unreachable();
  const reply = await browser.ask(
    submit.method,
    submit.path,
    form({ as: 'coordinator', onBehalfOf: 'A' }, { 'plan.txt': '计划' }),
  );
  expect(reply.status).toBe(202);
});

function denial({ status, body }: Reply): { status: number; type: string } {
  return { status, type: (body as { type: string }).type };
}
