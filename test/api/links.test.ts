import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Letter } from '../../api/accounts/letters.ts';
import type { RunningApi } from '../../api/server.ts';
import { type Desk, ask, form, inForce, openDesk } from './desk.ts';
import { type Visit, link, open, page, secrets, send } from './visit.ts';

let desk: Desk;
let api: RunningApi;
const letters: Letter[] = [];
let mailIsDown = false;

beforeAll(async () => {
  desk = await openDesk();
  // One that sends mail.
  const sendLetter = (letter: Letter): Promise<void> => {
    if (mailIsDown) return Promise.reject(new Error('down'));
    letters.push(letter);
    return Promise.resolve();
  };
  api = await desk.another({ sendLetter });
});
beforeEach(() => {
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
  letters.length = 0;
  mailIsDown = false;
});
afterAll(() => desk?.close());

interface LinkView {
  id: string;
  state: string;
  usedAt: string | null;
  revokedAt: string | null;
  person: { name: string };
}

async function list(agreementId: string, query = ''): Promise<LinkView[]> {
  const { body } = await ask(api, 'GET', `/agreements/${agreementId}/links${query}`);
  return body.items as LinkView[];
}

/** Opened on the API that sends mail. */
async function opened(agreementId: string, seat: string, obligation: string): Promise<Visit & { mailed: string }> {
  const mailed = (await link(desk, agreementId, seat, 'submit', obligation)).replace(desk.api.url, api.url);
  const visit = await open(desk, mailed);
  return { ...visit, url: visit.url.replace(desk.api.url, api.url), mailed };
}

/** Presses the button of a page that says that the link is over. */
async function askAgain(visit: Visit): Promise<string> {
  const response = await fetch(visit.url, { headers: { cookie: visit.cookie } });
  const text = await response.text();
  expect(response.status).toBe(410);
  expect(text).toContain(`action="${new URL(visit.url).pathname}/renewal"`);
  const sent = await send({ ...visit, url: `${visit.url}/renewal` }, new URLSearchParams(secrets(text)));
  expect(sent.status).toBe(200);
  return sent.text;
}

test('the list says for whom, for what and until when, and holds no token', async () => {
  const id = await inForce(desk);
  const visit = await opened(id, 'A', 'training-plan');
  await opened(id, 'B', 'process-plan');
  const items = await list(id);
  expect(items).toMatchObject([
    { purpose: 'submit', seat: 'B', obligation: 'process-plan', state: 'live', usedAt: null },
    { purpose: 'submit', seat: 'A', person: { name: '李华' }, expiresAt: '2026-09-02T09:00:00+08:00', revokedAt: null },
  ]);
  const text = JSON.stringify((await ask(api, 'GET', `/agreements/${id}/links`)).body);
  expect(text).not.toContain(visit.mailed.split('/').at(-1));
  expect(text).not.toMatch(/token/i);
  const { body } = await ask(api, 'GET', `/agreements/${id}/links?limit=1`);
  const next = await ask(api, 'GET', `/agreements/${id}/links?limit=1&cursor=${body.nextCursor}`);
  expect([body.items[0].seat, next.body.items[0].seat, next.body.nextCursor]).toEqual(['B', 'A', null]);
});

test('an act marks the link as used; a withdrawn one does nothing more', async () => {
  const id = await inForce(desk);
  const visit = await opened(id, 'A', 'process-plan');
  const shown = await page(visit);
  expect((await list(id))[0]?.usedAt).toBeNull();
  await send(visit, form(secrets(shown), { 'plan.csv': 'a,b\n1,2\n' }));
  const [used] = await list(id);
  expect(used?.usedAt).toBe('2026-09-01T09:00:00+08:00');
  const revoked = await ask(api, 'POST', `/links/${used?.id}/revocation`, {});
  expect(revoked.body.revokedAt).toBe('2026-09-01T09:00:00+08:00');
  desk.now.ms += 1_000;
  expect((await ask(api, 'POST', `/links/${used?.id}/revocation`, {})).body).toEqual(revoked.body);
  expect((await fetch(visit.url, { headers: { cookie: visit.cookie } })).status).toBe(410);
  expect((await ask(api, 'POST', `/links/${randomUUID()}/revocation`, {})).status).toBe(404);
});

test('the coordinator has a fresh link mailed to the same person; the old one is dead', async () => {
  const id = await inForce(desk);
  const visit = await opened(id, 'A', 'training-plan');
  const [old] = await list(id);
  const reply = await ask(api, 'POST', `/agreements/${id}/links/${old?.id}/reissue`, {});
  expect(reply.status).toBe(200);
  expect(letters).toMatchObject([
    {
      to: { name: '李华', address: 'li.hua@a.example' },
      subject: '请提交《服务人员培训计划》（新链接）：《客户服务协议（按附件履行）》',
    },
  ]);
  expect((await fetch(visit.url, { headers: { cookie: visit.cookie } })).status).toBe(410);
  const fresh = await open(desk, (letters[0]?.button?.url ?? '').replace('http://127.0.0.1:8420', api.url));
  expect(await page({ ...fresh, url: fresh.url.replace(desk.api.url, api.url) })).toContain('提交');
  expect((await list(id)).map(({ state }) => state)).toEqual(['live', 'revoked']);

  const other = await inForce(desk);
  expect((await ask(api, 'POST', `/agreements/${other}/links/${old?.id}/reissue`, {})).status).toBe(404);
});

test('no fresh link for what is settled, for somebody who left the seat, or while mail is down', async () => {
  const id = await inForce(desk);
  await opened(id, 'A', 'training-plan');
  const [row] = await list(id);
  const reissue = async () => {
    const { status, body } = await ask(api, 'POST', `/agreements/${id}/links/${row?.id}/reissue`, {});
    return [status, body.type];
  };
  mailIsDown = true;
  expect(await reissue()).toEqual([503, 'urn:abide:mail-unavailable']);
  mailIsDown = false;
  const key = randomUUID();
  await ask(
    api,
    'POST',
    `/agreements/${id}/seats/A/replacement`,
    { as: 'A', by: { name: '陈新', email: 'chen@a.example' } },
    { 'Idempotency-Key': key },
  );
  await desk.record(key);
  expect(await reissue()).toEqual([409, 'urn:abide:link-not-held']);
  expect((await list(id)).at(-1)?.state).toBe('void');

  const signed = await inForce(desk);
  await link(desk, signed, 'A', 'sign');
  const [sign] = await list(signed);
  expect((await ask(api, 'POST', `/agreements/${signed}/links/${sign?.id}/reissue`, {})).body.type).toBe(
    'urn:abide:link-settled',
  );
  expect(letters).toEqual([]);
});

test('the page of a link that is over mails a fresh one to its person, and answers everybody the same', async () => {
  const id = await inForce(desk);
  const visit = await opened(id, 'A', 'training-plan');
  desk.now.ms += 86_400_000;
  const answer = await askAgain(visit);
  await expect.poll(() => letters.length).toBe(1);
  expect(letters[0]?.to.address).toBe('li.hua@a.example');
  expect(answer).not.toMatch(/li\.hua/);

  // Somebody else fills the seat now: no mail, the same page.
  const key = randomUUID();
  const by = { name: '陈新', email: 'chen@a.example' };
  await ask(api, 'POST', `/agreements/${id}/seats/A/replacement`, { as: 'A', by }, { 'Idempotency-Key': key });
  await desk.record(key);
  expect(await askAgain(visit)).toBe(answer);
  // Asked too often: no mail, the same page.
  for (let n = 0; n < 3; n++) expect(await askAgain(visit)).toBe(answer);
  await expect.poll(() => desk.log.filter((line) => line.includes('no fresh link was mailed')).length).toBe(4);
  expect(desk.log.join('')).toContain('too-many-attempts');
  expect(letters).toHaveLength(1);
  expect(desk.log.join('')).not.toContain(visit.mailed.split('/').at(-1));

  // Without the secrets of its page, nothing.
  const forged = await send(
    { ...visit, url: `${visit.url}/renewal` },
    new URLSearchParams({ key: randomUUID(), nonce: '' }),
  );
  expect(forged.status).toBe(403);
});

test('who tries tokens is stopped, and a right one writes nothing', async () => {
  const id = await inForce(desk);
  const visit = await opened(id, 'A', 'process-plan');
  const counted = await desk.database.$queryRaw<object[]>`SELECT * FROM rate_limit ORDER BY key`;
  await page(visit);
  expect(await desk.database.$queryRaw`SELECT * FROM rate_limit ORDER BY key`).toEqual(counted);
  const statuses: number[] = [];
  for (let n = 0; n < 22; n++) {
    statuses.push((await fetch(`${api.url}/act/${'x'.repeat(40)}${n}`, { redirect: 'manual' })).status);
  }
  expect([statuses.slice(0, 20).every((status) => status === 404), statuses.slice(20)]).toEqual([true, [429, 429]]);
  const locked = await fetch(visit.mailed, { redirect: 'manual' });
  expect([locked.status, locked.headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^\d+$/)]);
});

test('another address ends the links mailed to the former one, is logged, and is said there', async () => {
  await desk.database.rateLimiterFlexible.deleteMany(); // guesses of the test before
  const id = await inForce(desk);
  const { personId } = await desk.database.seat.findUniqueOrThrow({
    where: { agreementId_seat: { agreementId: id, seat: 'A' } },
  });
  const hashOf = (address: string): string => createHash('sha256').update(address).digest('hex');
  const visit = await opened(id, 'A', 'training-plan');
  const move = (email: string) => ask(api, 'PATCH', `/persons/${personId}`, { email });
  await ask(api, 'PATCH', `/persons/${personId}`, { name: '李华', email: 'li.hua@a.example' }); // as it was
  expect((await move('intruder@a.example')).status).toBe(200);
  expect((await fetch(visit.url, { headers: { cookie: visit.cookie } })).status).toBe(410);
  expect(letters).toMatchObject([
    { to: { name: '李华', address: 'li.hua@a.example' }, subject: '您在 Abide 登记的邮箱已变更' },
  ]);
  expect(JSON.stringify(letters)).not.toContain('intruder');
  const [old] = await list(id);
  expect((await ask(api, 'POST', `/agreements/${id}/links/${old?.id}/reissue`, {})).status).toBe(200);
  expect((await move('li.hua@a.example')).status).toBe(200);
  expect((await list(id)).map(({ state }) => state)).toEqual(['revoked', 'revoked']);
  await ask(api, 'PATCH', `/persons/${personId}`, { name: '李华华' });
  await ask(api, 'PATCH', `/persons/${personId}`, { name: '李华' });
  const rows = await desk.database.accessLog.findMany({ where: { subject: `person/${personId}` } });
  const lines = rows.toSorted((a, b) => a.id.localeCompare(b.id)).map((row) => [row.action, row.addressHash]);
  expect(lines.slice(-5)).toEqual([
    ['change-address', hashOf('li.hua@a.example')],
    ['reissue-link', hashOf('intruder@a.example')],
    ['change-address', hashOf('intruder@a.example')],
    ['change-name', null],
    ['change-name', null],
  ]);
  expect(rows.at(-1)?.actor).toEqual({ kind: 'machine', via: 'api' });
});

test('what the coordinator withdrew is not renewed by its holder, nor by an earlier link of theirs', async () => {
  const id = await inForce(desk);
  const earlier = await opened(id, 'B', 'process-plan');
  desk.now.ms += 1_000;
  const visit = await opened(id, 'B', 'process-plan');
  const [newest, first] = await list(id);
  await desk.database.actionLink.update({ where: { id: first?.id ?? '' }, data: { revokedAt: new Date(desk.now.ms) } });
  await ask(api, 'POST', `/links/${newest?.id}/revocation`, {});
  const refusals = () => desk.log.filter((line) => line.includes('no fresh link') && line.includes('link-revoked'));
  expect(await askAgain(visit)).toBe(await askAgain(earlier));
  await expect.poll(() => refusals().length).toBe(2);
  expect(letters).toEqual([]);
  // The coordinator may have one mailed after all.
  expect((await ask(api, 'POST', `/agreements/${id}/links/${newest?.id}/reissue`, {})).status).toBe(200);
  expect(letters).toHaveLength(1);
});
