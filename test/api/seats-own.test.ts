import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AccountsDesk, type Browser, firstAdministrator, openAccountsDesk, someone } from './accounts-desk.ts';
import { ask, inForce } from './desk.ts';

let world: AccountsDesk;
let administrator: Browser;

beforeAll(async () => {
  world = await openAccountsDesk();
  administrator = await firstAdministrator(world);
});
afterAll(() => world?.close());

/** Somebody who signs in, and fills the seat from now on. */
async function seated(agreementId: string, seat: string): Promise<{ browser: Browser; personId: string }> {
  const { browser } = await someone(world, administrator, ['party-member']);
  const { personId } = (await browser.ask('GET', '/me')).body as { personId: string };
  await recorded(agreementId, `/seats/${seat}/replacement`, { as: 'coordinator', by: { personId } });
  return { browser, personId };
}

async function recorded(agreementId: string, path: string, body: object, browser?: Browser): Promise<void> {
  const key = randomUUID();
  const headers = { 'Idempotency-Key': key };
  const address = `/agreements/${agreementId}${path}`;
  const reply = browser
    ? await browser.ask('POST', address, body, headers)
    : await ask(world.desk.api, 'POST', address, body, headers);
  expect(reply.status).toBe(202);
  await world.desk.record(key);
}

test('whoever fills a seat names their deputy among their own people, who cannot pass it on', async () => {
  const id = await inForce(world.desk);
  const mine = await seated(id, 'A');
  const colleague = await someone(world, administrator, ['party-member']);
  const { personId: deputy } = (await colleague.browser.ask('GET', '/me')).body as { personId: string };
  expect((await colleague.browser.ask('GET', `/agreements/${id}/seats`)).status).toBe(404);

  const today = new Date(world.desk.now.ms + 8 * 3_600_000).toISOString().slice(0, 10);
  const order = { as: 'A', to: { personId: deputy }, from: today, until: '2099-12-31' };
  const stranger = await world.desk.database.person.findFirstOrThrow({ where: { name: '李华' } });
  const foreign = await mine.browser.ask('POST', `/agreements/${id}/seats/A/delegations`, {
    ...order,
    to: { personId: stranger.id },
  });
  expect([foreign.status, foreign.body.type]).toEqual([404, 'urn:abide:unknown-person']);
  await recorded(id, '/seats/A/delegations', order, mine.browser);

  // The deputy sees the agreement now, acts in the seat, and cannot pass it on.
  expect((await colleague.browser.ask('GET', `/agreements/${id}/seats`)).status).toBe(200);
  for (const [path, body] of [
    ['delegations', order],
    ['recall', { as: 'A' }],
    ['replacement', { as: 'A', by: { personId: deputy } }],
  ] as const) {
    const reply = await colleague.browser.ask('POST', `/agreements/${id}/seats/A/${path}`, body);
    expect([path, reply.status, reply.body.type]).toEqual([path, 403, 'urn:abide:no-onward-delegation']);
  }
  const other = await colleague.browser.ask('POST', `/agreements/${id}/seats/B/recall`, { as: 'B' });
  expect([other.status, other.body.type]).toEqual([403, 'urn:abide:not-your-seat']);
});

test('who has handed their seat over sees the agreement no more', async () => {
  const id = await inForce(world.desk);
  const { browser } = await seated(id, 'A');
  const by = { name: '陈新', email: 'chen@a.example' };
  await recorded(id, '/seats/A/replacement', { as: 'A', by }, browser);
  expect((await browser.ask('GET', `/agreements/${id}/seats`)).status).toBe(404);
  expect((await browser.ask('POST', `/agreements/${id}/seats/A/recall`, { as: 'A' })).status).toBe(404);
});

test('links are the coordinator’s to withdraw and the auditor’s to see; a party has neither', async () => {
  const id = await inForce(world.desk);
  const { browser } = await seated(id, 'A');
  const auditor = await someone(world, administrator, ['auditor']);
  const path = `/agreements/${id}/links`;
  expect((await browser.ask('GET', path)).status).toBe(403);
  expect((await auditor.browser.ask('GET', path)).status).toBe(200);
  for (const one of [browser, auditor.browser]) {
    expect((await one.ask('POST', `/links/${randomUUID()}/revocation`, {})).status).toBe(403);
    expect((await one.ask('POST', `${path}/${randomUUID()}/reissue`, {})).status).toBe(403);
    const order = { as: 'coordinator', what: 'agreement', readers: [{ seat: 'A' }] };
    expect((await one.ask('POST', `/agreements/${id}/readings`, order)).status).toBe(403);
  }
});
