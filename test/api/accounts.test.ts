import { randomUUID } from 'node:crypto';
import { type TOTP, URI } from 'otpauth';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { SIGN_IN_BY_ADDRESS } from '../../api/accounts/limits.ts';
import { requestReset } from '../../api/accounts/passwords.ts';
import { setupLink } from '../../api/accounts/setup.ts';
import { signIn as signInAt } from '../../api/accounts/sign-in.ts';
import {
  type AccountsDesk,
  type Browser,
  PASSWORD,
  firstAdministrator,
  openAccountsDesk,
  openBrowser,
  signIn,
  someone,
  tokenOf,
} from './accounts-desk.ts';
import { ask } from './desk.ts';

let world: AccountsDesk;
let administrator: Browser;

const HOUR_MS = 3_600_000;

beforeAll(async () => {
  world = await openAccountsDesk();
  administrator = await firstAdministrator(world);
});
beforeEach(async () => {
  world.desk.now.ms = Date.now();
  await world.desk.database.rateLimiterFlexible.deleteMany(); // what an earlier test tried is not this one's
});
afterAll(() => world?.close());

const codeOf = (uri: string, shiftSeconds = 0): string =>
  (URI.parse(uri) as TOTP).generate({ timestamp: Date.now() + shiftSeconds * 1000 });

test('a password is kept as scrypt hash, and nothing that was given stands in any table', async () => {
  const { email } = await someone(world, administrator);
  const { database } = world.desk;
  const { password } = await database.account.findFirstOrThrow({ where: { user: { email } } });
  const [salt = '', hash = ''] = (password ?? '').split(':');
  expect([salt.length, hash.length]).toEqual([32, 128]); // better-auth: 16 bytes of salt, 64 of scrypt
  const tables = await Promise.all([
    database.account.findMany(),
    database.verification.findMany(),
    database.idempotentRequest.findMany(),
    database.refusal.findMany(),
    database.accessLog.findMany(),
  ]);
  expect(JSON.stringify([tables, world.desk.log])).not.toContain(PASSWORD);
  expect(await database.idempotentRequest.count({ where: { answerBody: { string_contains: 'password' } } })).toBe(0);
});

test('the first administrator is made once, by the newest link, within a day', async () => {
  const fresh = await openAccountsDesk();
  try {
    const { database } = fresh.desk;
    const link = () => setupLink({ database, clock: fresh.desk.deps.clock, publicUrl: 'http://127.0.0.1:8420' });
    const [, first = ''] = ((await link()) ?? '').split('#token=');
    const [, second = ''] = ((await link()) ?? '').split('#token=');
    expect(Buffer.from(second, 'base64url').length).toBe(32);
    expect(JSON.stringify(await database.verification.findMany())).not.toContain(second);
    const browser = openBrowser(fresh.api);
    const setUp = (token: string, password = PASSWORD) =>
      browser.ask('POST', '/setup', { token, name: '林', email: 'Lin@x.example', password, organisation: '运营单位' });

    expect(await setUp(first)).toMatchObject({ status: 410, body: { type: 'urn:abide:account-link-invalid' } });
    fresh.desk.now.ms += 24 * HOUR_MS;
    expect(await setUp(second)).toMatchObject({ status: 410, body: { type: 'urn:abide:account-link-invalid' } });
    fresh.desk.now.ms -= 24 * HOUR_MS;
    expect(await setUp(second, 'short')).toMatchObject({ status: 422, body: { type: 'urn:abide:password-weak' } });
    const both = await Promise.all([setUp(second), setUp(second)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 410]);
    const me = await browser.ask('GET', '/me');
    expect(me.body).toMatchObject({ email: 'lin@x.example', roles: ['administrator', 'coordinator'], language: 'zh' });
    expect(await link()).toBeNull();
    expect(await setUp(second)).toMatchObject({ status: 410, body: { type: 'urn:abide:setup-done' } });
  } finally {
    await fresh.close();
  }
});

test('each sign-in gives a new session, takes the former one of the browser away, and signing out ends it', async () => {
  const { browser, email, id } = await someone(world, administrator);
  const { database } = world.desk;
  const first = browser.cookie('abide-session');
  await signIn(browser, email);
  const second = browser.cookie('abide-session');
  expect(second).not.toBe(first);
  expect(await database.session.count({ where: { userId: id } })).toBe(1);
  const withFirst = await ask(world.api, 'GET', '/me', undefined, {
    Authorization: '',
    cookie: `abide-session=${first}`,
  });
  expect(withFirst.status).toBe(401);
  expect((await browser.ask('DELETE', '/session')).status).toBe(200);
  const withSecond = await ask(world.api, 'GET', '/me', undefined, {
    Authorization: '',
    cookie: `abide-session=${second}`,
  });
  expect(withSecond).toMatchObject({ status: 401, body: { type: 'urn:abide:unauthorized' } });
});

test('what the table holds is not enough: a cookie without our signature is nobody', async () => {
  const { id } = await someone(world, administrator);
  const { token } = await world.desk.database.session.findFirstOrThrow({ where: { userId: id } });
  for (const cookie of [token, `${token}.`, `${token}.${Buffer.alloc(32).toString('base64')}`, '%', '']) {
    const reply = await ask(world.api, 'GET', '/me', undefined, {
      Authorization: '',
      cookie: `abide-session=${cookie}`,
    });
    expect(reply.status, cookie).toBe(401);
  }
});

test('a session ends after eight idle hours, and after seven days however busy', async () => {
  const { browser } = await someone(world, administrator);
  const from = world.desk.now.ms;
  const status = async (hours: number) => {
    world.desk.now.ms = from + hours * HOUR_MS;
    return (await browser.ask('GET', '/me')).status;
  };
  expect(await status(7.9)).toBe(200);
  expect(await status(15.8)).toBe(200); // 7.9 h after the last request
  for (let hours = 23; hours < 167; hours += 7) expect(await status(hours)).toBe(200);
  expect(await status(168.1)).toBe(401);

  world.desk.now.ms = from;
  const idle = await someone(world, administrator);
  world.desk.now.ms = Date.now() + 8.1 * HOUR_MS;
  expect((await idle.browser.ask('GET', '/me')).status).toBe(401);
});

test('one sees and ends one’s own sessions; an administrator ends those of others', async () => {
  const { browser, email, id } = await someone(world, administrator);
  const phone = openBrowser(world.api);
  const tablet = openBrowser(world.api);
  for (const other of [phone, tablet]) await signIn(other, email);
  const { items } = (await browser.ask('GET', '/sessions')).body;
  expect(items).toHaveLength(3);
  expect(items.filter(({ current }: { current: boolean }) => current)).toHaveLength(1);
  expect(items[0].address).toBe('127.0.0.1');

  const phones = (await phone.ask('GET', '/sessions')).body.items.find(({ current }: { current: boolean }) => current);
  const stranger = await someone(world, administrator);
  const foreign = await stranger.browser.ask('DELETE', `/sessions/${phones.id}`);
  expect(foreign).toMatchObject({ status: 404, body: { type: 'urn:abide:unknown-session' } });
  expect((await browser.ask('DELETE', `/sessions/${phones.id}`)).body).toEqual({ ended: 1 });
  expect((await phone.ask('GET', '/me')).status).toBe(401);
  expect((await browser.ask('DELETE', '/sessions/others')).body).toEqual({ ended: 1 });
  expect((await tablet.ask('GET', '/me')).status).toBe(401);
  expect((await browser.ask('GET', '/me')).status).toBe(200);

  expect((await administrator.ask('POST', `/accounts/${id}/sessions/revoke`)).body).toEqual({ ended: 1 });
  expect((await browser.ask('GET', '/me')).status).toBe(401);
});

test('a changed password ends the other sessions and the old cookie; the owner is told', async () => {
  const { browser, email } = await someone(world, administrator);
  const other = openBrowser(world.api);
  await signIn(other, email);
  const before = browser.cookie('abide-session');
  const change = (current: string, next: string) => browser.ask('POST', '/password', { current, next });
  expect(await change('not the password', 'Reiher unter der Brücke')).toMatchObject({
    status: 403,
    body: { type: 'urn:abide:password-wrong' },
  });
  expect(await change(PASSWORD, 'password1234')).toMatchObject({ status: 422, body: { errors: [{ path: 'next' }] } });
  expect((await change(PASSWORD, 'Reiher unter der Brücke')).status).toBe(200);
  expect(browser.cookie('abide-session')).not.toBe(before);
  expect((await browser.ask('GET', '/me')).status).toBe(200);
  expect((await other.ask('GET', '/me')).status).toBe(401);
  const old = await ask(world.api, 'GET', '/me', undefined, { Authorization: '', cookie: `abide-session=${before}` });
  expect(old.status).toBe(401);
  expect((await signIn(openBrowser(world.api), email)).status).toBe(401);
  await world.letterTo(email, ({ subject }) => subject === 'Your Abide password was changed');
});

test('TOTP: begun with the password, on with a first code, then asked for; a code and a backup code are good once', async () => {
  const { browser, email, id } = await someone(world, administrator);
  const { database } = world.desk;
  expect((await browser.ask('POST', '/two-factor', { password: 'wrong' })).status).toBe(403);
  const { uri, backupCodes } = (await browser.ask('POST', '/two-factor', { password: PASSWORD })).body;
  expect(uri).toMatch(/^otpauth:\/\/totp\/Abide:/);
  expect(backupCodes).toHaveLength(10);
  const row = await database.twoFactor.findFirstOrThrow({ where: { userId: id } });
  expect(JSON.stringify(row)).not.toContain(new URL(uri).searchParams.get('secret'));
  expect(JSON.stringify(row)).not.toContain(backupCodes[0]);
  expect((await browser.ask('POST', '/two-factor/confirm', { code: '000000' })).status).toBe(403);
  const before = browser.cookie('abide-session');
  const first = codeOf(uri);
  expect((await browser.ask('POST', '/two-factor/confirm', { code: first })).status).toBe(200);
  expect(browser.cookie('abide-session')).not.toBe(before);
  expect((await browser.ask('GET', '/me')).body).toMatchObject({ twoFactor: true });

  const withCode = async (code: string) => {
    const fresh = openBrowser(world.api);
    const begun = await signIn(fresh, email);
    expect(begun).toMatchObject({ status: 200, body: { codeRequired: true } });
    expect(fresh.cookie('abide-session')).toBeUndefined();
    expect((await fresh.ask('GET', '/me')).status).toBe(401);
    const reply = await fresh.ask('POST', '/session/two-factor', { code });
    return { status: reply.status, type: reply.body.type, me: (await fresh.ask('GET', '/me')).status };
  };
  expect(await withCode(first)).toMatchObject({ status: 403, type: 'urn:abide:code-wrong', me: 401 });
  const next = codeOf(uri, 30);
  expect(await withCode(next)).toMatchObject({ status: 200, me: 200 });
  expect(await withCode(next)).toMatchObject({ status: 403, me: 401 });
  expect(await withCode(backupCodes[0])).toMatchObject({ status: 200, me: 200 });
  expect(await withCode(backupCodes[0])).toMatchObject({ status: 403, type: 'urn:abide:code-wrong', me: 401 });

  const nobody = await openBrowser(world.api).ask('POST', '/session/two-factor', { code: '123456' });
  expect(nobody).toMatchObject({ status: 401, body: { type: 'urn:abide:sign-in-expired' } });
  const off = (password: string, code: string) => browser.ask('DELETE', '/two-factor', { password, code });
  expect((await off('wrong', backupCodes[1])).body.type).toBe('urn:abide:password-wrong');
  expect((await off(PASSWORD, '000000')).body.type).toBe('urn:abide:code-wrong');
  expect((await off(PASSWORD, backupCodes[1])).status).toBe(200);
  expect((await signIn(openBrowser(world.api), email)).body).toEqual({ codeRequired: false });
});

test('an account that is disabled between password and code is not let in', async () => {
  const { browser, email, id } = await someone(world, administrator);
  const { uri } = (await browser.ask('POST', '/two-factor', { password: PASSWORD })).body;
  await browser.ask('POST', '/two-factor/confirm', { code: codeOf(uri) });
  const late = openBrowser(world.api);
  expect((await signIn(late, email)).body).toEqual({ codeRequired: true });
  await administrator.ask('PATCH', `/accounts/${id}`, { disabled: true });
  expect((await late.ask('POST', '/session/two-factor', { code: codeOf(uri, 30) })).status).toBe(401);
  expect((await late.ask('GET', '/me')).status).toBe(401);
});

test('codes are not guessed: ten wrong ones lock the second step, even for the right one', async () => {
  const { browser, email } = await someone(world, administrator);
  const { uri } = (await browser.ask('POST', '/two-factor', { password: PASSWORD })).body;
  await browser.ask('POST', '/two-factor/confirm', { code: codeOf(uri) });
  const types: string[] = [];
  for (let n = 0; n < 12; n += 4) {
    const fresh = openBrowser(world.api);
    await signIn(fresh, email);
    for (let m = 0; m < 4; m++)
      types.push((await fresh.ask('POST', '/session/two-factor', { code: `00000${m}` })).body.type);
  }
  expect(new Set(types.slice(0, 9))).toEqual(new Set(['urn:abide:code-wrong']));
  const last = openBrowser(world.api);
  await signIn(last, email);
  const right = await last.ask('POST', '/session/two-factor', { code: codeOf(uri, 30) });
  expect(right).toMatchObject({ status: 429, body: { type: 'urn:abide:too-many-attempts' } });
  expect(right.headers.get('Retry-After')).toBe('900');
});

test('unknown address, wrong password, locked and disabled get the same answer; the owner is told once', async () => {
  const { email } = await someone(world, administrator);
  const gone = await someone(world, administrator);
  await administrator.ask('PATCH', `/accounts/${gone.id}`, { disabled: true });
  const answerOf = async (address: string, password: string) => {
    const { status, body, headers } = await signIn(openBrowser(world.api), address, password);
    const names = [...headers.keys()].filter((name) => !['date', 'etag', 'content-length'].includes(name)).toSorted();
    return { status, body, names };
  };
  const unknown = await answerOf('nobody@someone.example', PASSWORD);
  expect(unknown).toMatchObject({ status: 401, body: { type: 'urn:abide:sign-in-failed' } });
  expect(await answerOf(email, 'wrong password')).toEqual(unknown);
  expect(await answerOf(gone.email, PASSWORD)).toEqual(unknown);
  for (let n = 0; n < 6; n++) await answerOf(email, 'wrong password');
  expect(await answerOf(email, PASSWORD)).toEqual(unknown); // locked: the right one too
  await world.letterTo(email, ({ subject }) => subject.startsWith('Several sign-ins'));
  expect(world.letters.filter(({ to, subject }) => to.address === email && subject.startsWith('Several'))).toHaveLength(
    1,
  );

  const reset = await openBrowser(world.api).ask('POST', '/password/reset-request', { email });
  const token = tokenOf(await world.letterTo(email, ({ subject }) => subject.startsWith('Choose a new')));
  await openBrowser(world.api).ask('POST', '/password/reset', { token, password: PASSWORD });
  expect((await signIn(openBrowser(world.api), email)).status).toBe(200); // whoever has the mail is let in again
  const nobody = await openBrowser(world.api).ask('POST', '/password/reset-request', { email: 'no@x.example' });
  expect([nobody.status, nobody.body]).toEqual([reset.status, reset.body]);
});

test('an unknown address takes as long as a wrong password and a locked account', async () => {
  const { email } = await someone(world, administrator);
  const msOf = async (address: string, password: string): Promise<number> => {
    const began = performance.now();
    await signIn(openBrowser(world.api), address, password);
    return performance.now() - began;
  };
  const times = { unknown: [] as number[], wrong: [] as number[], locked: [] as number[] };
  for (let n = 0; n < 4; n++) {
    times.unknown.push(await msOf(`${randomUUID()}@x.example`, 'wrong password'));
    times.wrong.push(await msOf(email, 'wrong password'));
  }
  for (let n = 0; n < 3; n++) await msOf(email, 'wrong password');
  for (let n = 0; n < 4; n++) times.locked.push(await msOf(email, 'wrong password'));
  const least = Object.values(times).map((ms) => Math.min(...ms));
  expect(Math.min(...least)).toBeGreaterThan(15); // none answers without a hash
  expect(Math.max(...least) / Math.min(...least)).toBeLessThan(3);
});

test('brute force on a password is stopped, from one address and over all accounts of it', async () => {
  const { email } = await someone(world, administrator);
  const { database } = world.desk;
  const guesses = await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      signIn(openBrowser(world.api), email, n === 30 ? PASSWORD : `guess number ${n}`),
    ),
  );
  expect(new Set(guesses.map(({ status }) => status))).toEqual(new Set([401]));
  await database.rateLimiterFlexible.deleteMany();
  const spread: number[] = [];
  for (let n = 0; n < 104; n++) {
    if (n < 96) await world.accounts.attempts.count(SIGN_IN_BY_ADDRESS, '127.0.0.1');
    else spread.push((await signIn(openBrowser(world.api), `${n}@x.example`)).status);
  }
  expect(spread).toEqual([401, 401, 401, 401, 429, 429, 429, 429]);
});

test('a stranger who asks for a new password voids no invitation, and uses up nobody else’s mails', async () => {
  const email = `${randomUUID().slice(0, 8)}@someone.example`;
  const person = { name: '周同事', email, organisation: '示例单位', language: 'en' };
  await administrator.ask('POST', '/accounts', { person, roles: ['department'] });
  const invitation = tokenOf(await world.letterTo(email));
  const resets = () =>
    world.letters.filter(({ to, subject }) => to.address === email && subject.startsWith('Choose a new'));
  const request = (ip: string) => requestReset(world.accounts, email, { ip, headers: new Headers() });
  for (let n = 0; n < 5; n++) await request('192.0.2.66');
  await expect.poll(() => resets().length).toBe(3);
  world.desk.now.ms += 1_000;
  await request('192.0.2.1'); // the owner
  await expect.poll(() => resets().length).toBe(4);
  const owned = tokenOf(resets().at(-1)!);
  const set = (token: string) => openBrowser(world.api).ask('POST', '/password/reset', { token, password: PASSWORD });
  const { id } = await world.desk.database.user.findUniqueOrThrow({ where: { email } });
  expect(await world.desk.database.verification.count({ where: { value: id } })).toBe(1 + 3);
  expect((await set(invitation)).status).toBe(200);
  expect((await set(owned)).status).toBe(410); // a password was set
});

test('who tries from one address locks nobody out elsewhere', async () => {
  const { email } = await someone(world, administrator);
  const from = (ip: string, password: string) =>
    signInAt(world.accounts, { email, password }, { ip, headers: new Headers() });
  const { database } = world.desk;
  await database.rateLimiterFlexible.deleteMany();
  for (let n = 0; n < 8; n++) {
    await expect(from('192.0.2.66', 'wrong password')).rejects.toMatchObject({ code: 'sign-in-failed' });
  }
  const everywhere = await database.rateLimiterFlexible.findMany({
    where: { key: { startsWith: 'sign-in-anywhere' } },
  });
  expect(everywhere).toMatchObject([{ points: 5 }]); // three were refused here already
  expect(await from('192.0.2.1', PASSWORD)).toMatchObject({ codeRequired: false });
});

test('a link for a new password works once, for an hour, and beside a newer one until one was used', async () => {
  const { email, browser } = await someone(world, administrator);
  const visitor = openBrowser(world.api);
  const isReset = ({ subject }: { subject: string }) => subject.startsWith('Choose a new');
  const request = async () => {
    const before = world.letters.length;
    expect((await visitor.ask('POST', '/password/reset-request', { email })).status).toBe(202);
    for (let n = 0; n < 100 && world.letters.length === before; n++) await new Promise((go) => setTimeout(go, 10));
    return tokenOf(await world.letterTo(email, isReset));
  };
  const reset = (token: string, password = 'Reiher unter der Brücke') =>
    visitor.ask('POST', '/password/reset', { token, password });
  const first = await request();
  const second = await request();
  world.desk.now.ms += HOUR_MS;
  expect((await reset(second)).status).toBe(410);
  world.desk.now.ms -= HOUR_MS;
  const weak = await reset(first, email);
  expect(weak).toMatchObject({ status: 422, body: { errors: [{ path: 'password' }] } });
  expect((await reset(first)).status).toBe(200);
  expect([(await reset(first)).status, (await reset(second)).status]).toEqual([410, 410]);
  expect((await browser.ask('GET', '/me')).status).toBe(401);
  expect((await signIn(visitor, email, 'Reiher unter der Brücke')).status).toBe(200);
  const { url } = (await world.letterTo(email, isReset)).button ?? { url: '' };
  expect(new URL(url).search).toBe('');
  expect(world.desk.log.join('')).not.toContain(second);
});

test('an API key does what its scopes say while it lives, and nothing that needs a person', async () => {
  const { browser, id } = await someone(world, administrator, ['coordinator']);
  const { database } = world.desk;
  const make = (scopes: string[], days = 30) => browser.ask('POST', '/api-keys', { name: 'report', scopes, days });
  expect(await make(['accounts.manage'])).toMatchObject({ status: 422, body: { errors: [{ path: 'scopes[0]' }] } });
  expect((await make(['agreements.read'], 366)).status).toBe(400);
  const { key, id: keyId } = (await make(['agreements.read', 'self'])).body;
  expect(key).toMatch(/^abide_[A-Za-z]{64}$/);
  const stored = JSON.stringify([await database.apikey.findMany(), await database.idempotentRequest.findMany()]);
  expect(stored).not.toContain(key);
  expect(world.desk.log.join('')).not.toContain(key);

  const withKey = (method: string, path: string, body?: unknown) =>
    ask(world.api, method, path, body, { Authorization: `Bearer ${key}` });
  expect((await withKey('GET', '/agreements')).status).toBe(200);
  expect((await withKey('GET', '/directory')).status).not.toBe(200);
  expect(await withKey('POST', '/agreements', {})).toMatchObject({
    status: 403,
    body: { type: 'urn:abide:forbidden' },
  });
  expect((await withKey('GET', '/me')).body).toMatchObject({ via: 'key', permissions: { 'agreements.read': 'all' } });
  const more = await withKey('POST', '/api-keys', { name: 'more', scopes: ['self'], days: 1 });
  expect(more).toMatchObject({ status: 403, body: { type: 'urn:abide:session-required' } });

  await administrator.ask('PATCH', `/accounts/${id}`, { roles: ['department'] });
  expect((await withKey('GET', '/me')).body.permissions).toEqual({ self: 'all', 'agreements.read': 'own' });
  world.desk.now.ms += 30 * 24 * HOUR_MS + 60_000;
  expect((await withKey('GET', '/agreements')).status).toBe(401);
  world.desk.now.ms -= 30 * 24 * HOUR_MS + 60_000;
  expect((await withKey('GET', '/me')).status).toBe(200);
  expect((await browser.ask('GET', '/api-keys')).body.items).toMatchObject([{ id: keyId, name: 'report' }]);
  const stranger = await someone(world, administrator);
  expect((await stranger.browser.ask('DELETE', `/api-keys/${keyId}`)).status).toBe(404);
  expect((await browser.ask('DELETE', `/api-keys/${keyId}`)).status).toBe(200);
  expect((await withKey('GET', '/me')).status).toBe(401);
});

test('wrong keys from one address are stopped', async () => {
  const guess = () => ask(world.api, 'GET', '/me', undefined, { Authorization: `Bearer abide_${randomUUID()}` });
  const statuses: number[] = [];
  for (let n = 0; n < 22; n++) statuses.push((await guess()).status);
  expect(statuses.slice(0, 20).every((status) => status === 401)).toBe(true);
  expect(statuses.slice(20)).toEqual([429, 429]);
});

test('a disabled account loses sessions and keys at once, and gets neither back', async () => {
  const { browser, id, email } = await someone(world, administrator);
  const { key } = (await browser.ask('POST', '/api-keys', { name: 'x', scopes: ['templates.read'], days: 1 })).body;
  const withKey = () => ask(world.api, 'GET', '/templates', undefined, { Authorization: `Bearer ${key}` });
  expect((await withKey()).status).toBe(200);
  expect((await administrator.ask('PATCH', `/accounts/${id}`, { disabled: true })).body.status).toBe('disabled');
  expect([(await browser.ask('GET', '/me')).status, (await withKey()).status]).toEqual([401, 401]);
  expect((await signIn(openBrowser(world.api), email)).status).toBe(401);
  await administrator.ask('PATCH', `/accounts/${id}`, { disabled: false });
  expect([(await browser.ask('GET', '/me')).status, (await withKey()).status]).toEqual([401, 401]);
  expect((await signIn(openBrowser(world.api), email)).status).toBe(200);
  const actions = await world.desk.database.accessLog.findMany({ where: { subject: `account/${id}` } });
  expect(actions.toSorted((a, b) => a.id.localeCompare(b.id)).map(({ action }) => action)).toEqual([
    ...['account-invited', 'account-password-set', 'account-signed-in', 'account-key-made'],
    ...['account-disabled', 'account-enabled', 'account-signed-in'],
  ]);
  const log = (await administrator.ask('GET', '/access-log?action=account-signed-in&limit=1')).body;
  expect(log.items).toMatchObject([{ subject: `account/${id}`, actor: { kind: 'account', accountId: id } }]);
  expect([log.items[0].actor.name, log.items[0].subjectName]).toEqual([expect.any(String), log.items[0].actor.name]);
});

test('the last administrator stays one; an auditor is nothing else', async () => {
  const own = (await administrator.ask('GET', '/me')).body.accountId;
  const change = (id: string, body: unknown) => administrator.ask('PATCH', `/accounts/${id}`, body);
  for (const body of [{ roles: ['coordinator'] }, { disabled: true }]) {
    expect(await change(own, body)).toMatchObject({ status: 409, body: { type: 'urn:abide:last-administrator' } });
  }
  const second = await someone(world, administrator, ['administrator']);
  const both = await Promise.all([
    second.browser.ask('PATCH', `/accounts/${own}`, { roles: ['coordinator'] }),
    change(second.id, { roles: ['coordinator'] }),
  ]);
  expect(both.map(({ status }) => status).toSorted()[0]).toBe(200);
  expect(await world.desk.database.user.count({ where: { roles: { has: 'administrator' }, disabledAt: null } })).toBe(
    1,
  );
  await world.desk.database.user.update({ where: { id: own }, data: { roles: ['administrator', 'coordinator'] } });
  expect(await change(second.id, { roles: ['auditor', 'coordinator'] })).toMatchObject({
    status: 422,
    body: { type: 'urn:abide:roles-incompatible' },
  });
  expect((await change(second.id, { roles: ['auditor'] })).body.roles).toEqual(['auditor']);
  expect((await second.browser.ask('GET', '/accounts')).status).toBe(200);
  expect((await second.browser.ask('PATCH', `/accounts/${own}`, { disabled: true })).status).toBe(403);
});

test('roles, person and state of an account are nobody’s own to set, and an account is invited once', async () => {
  const { browser, email } = await someone(world, administrator, ['department']);
  expect((await browser.ask('GET', '/accounts')).status).toBe(403);
  const again = await administrator.ask('POST', '/accounts', {
    person: { name: 'x', email, organisation: '另一单位' },
    roles: ['department'],
  });
  expect(again).toMatchObject({ status: 409, body: { type: 'urn:abide:account-exists' } });
  const { api } = world.accounts.auth;
  const headers = new Headers({ cookie: `abide-session=${browser.cookie('abide-session')}` });
  await expect(api.updateUser({ body: { roles: ['administrator'] } as never, headers })).rejects.toThrow();
  await expect(api.signUpEmail({ body: { email: 'new@x.example', password: PASSWORD, name: 'x' } })).rejects.toThrow();
  expect((await browser.ask('GET', '/me')).body.roles).toEqual(['department']);
});

test('another site’s page cannot act in a session', async () => {
  const { browser } = await someone(world, administrator);
  const act = (headers: Record<string, string>) => browser.ask('DELETE', '/sessions/others', undefined, headers);
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ]) {
    expect(await act(headers as Record<string, string>)).toMatchObject({
      status: 403,
      body: { type: 'urn:abide:foreign-origin' },
    });
  }
  expect((await act({ 'Idempotency-Key': '' })).status).toBe(400);
  expect((await act({ origin: 'http://127.0.0.1:8420', 'sec-fetch-site': 'same-origin' })).status).toBe(200);
});

test('the cookie is bound to the host, read by no script and sent from no other site', async () => {
  const plain = await signIn(openBrowser(world.api), 'lin@operator.example');
  expect(plain.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^abide-session=[^;]+; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/),
  ]);
  const secure = await openAccountsDesk('https://abide.example');
  try {
    const browser = await firstAdministrator(secure);
    const reply = await signIn(browser, 'lin@operator.example');
    expect(reply.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-abide-session=[^;]+; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
    ]);
    expect((await browser.ask('GET', '/me')).status).toBe(200);
  } finally {
    await secure.close();
  }
});
