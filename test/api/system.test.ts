import { afterAll, beforeAll, expect, test } from 'vitest';
import { system } from '../../api/system/schema.ts';
import { type AccountsDesk, type Browser, firstAdministrator, openAccountsDesk, someone } from './accounts-desk.ts';

let world: AccountsDesk;
let administrator: Browser;

beforeAll(async () => {
  world = await openAccountsDesk();
  administrator = await firstAdministrator(world);
});
afterAll(() => world?.desk.close());

const asked = async (browser = administrator) => {
  const reply = await browser.ask('GET', '/system');
  expect(reply.status).toBe(200);
  const { parts, ...rest } = system.parse(reply.body);
  return { ...rest, parts: Object.fromEntries(parts.map((part) => [part.part, part])) };
};
const problemsOf = ({ parts }: Awaited<ReturnType<typeof asked>>, part: string): string[] =>
  parts[part]?.problems.map(({ problem }) => problem) ?? [];

test('with the engine away it is told within seconds that it does not answer; the rest is told all the same', async () => {
  const beganMs = Date.now();
  world.desk.now.ms = beganMs; // it stands still; the database's clock does not
  const found = await asked();
  expect(Date.now() - beganMs).toBeLessThan(12_000);
  expect(found.state).toBe('bad');
  expect(problemsOf(found, 'engine')).toEqual(['not-answering']);
  expect(problemsOf(found, 'database')).not.toContain('migrations-missing');
  expect(problemsOf(found, 'archive')).toEqual(['archive-never']);
  expect(problemsOf(found, 'administrators')).toEqual(['one-administrator']);
});

test('a mail queue that stands still, webhooks that fail, a sweep that is late, a second administrator', async () => {
  const { database } = world.desk;
  const nowMs = world.desk.now.ms;
  const { id: agreementId } = await database.agreement.create({
    data: {
      ...{ id: crypto.randomUUID(), template: 'toy@1', status: 'active', zone: 'Asia/Shanghai', draft: {} },
      createdAt: new Date(nowMs),
    },
  });
  await database.notice.create({
    data: {
      ...{ id: `agreement/${agreementId}/n1`, agreementId, number: 1, kind: 'reminder', seat: 'A', role: 'owner' },
      ...{ at: new Date(nowMs - 5 * 3_600_000), facts: {}, messageId: 'x', attempts: 3, failure: 'ECONNREFUSED' },
      claimedAt: new Date(nowMs - 60_000),
    },
  });
  const endpoint = await database.webhookEndpoint.create({
    data: { url: 'https://hooks.example.com/a', secret: 's', createdAt: new Date(nowMs), createdBy: 'x' },
  });
  const delivery = { endpointId: endpoint.id, workflowId: 'x', nextAt: new Date(nowMs), createdAt: new Date(nowMs) };
  await database.webhookDelivery.create({ data: { ...delivery, sequence: 1, attempts: 2 } });
  await database.webhookDelivery.create({ data: { ...delivery, sequence: 2, attempts: 9, status: 'failed' } });
  const beganAt = new Date(nowMs - 3 * 3_600_000);
  await database.housekeeping.create({ data: { name: 'archive', beganAt, endedAt: beganAt, outcome: { missing: 2 } } });
  const auditor = await someone(world, administrator, ['auditor']);
  await someone(world, administrator, ['administrator']);

  const found = await asked(auditor.browser);
  expect(problemsOf(found, 'mail')).toEqual(['mail-waiting']);
  expect(found.parts['mail']).toMatchObject({ state: 'bad', facts: { waiting: 1, lastFailure: 'ECONNREFUSED' } });
  expect(problemsOf(found, 'webhooks')).toEqual(['webhooks-failing', 'webhooks-given-up']);
  expect(found.parts['webhooks']?.problems[0]?.named).toEqual(['hooks.example.com']);
  expect(problemsOf(found, 'archive')).toEqual(['archive-late', 'archive-missing']);
  expect(problemsOf(found, 'administrators')).toEqual([]);
});

test('a coordinator is not shown the machinery', async () => {
  const { browser } = await someone(world, administrator, ['coordinator']);
  expect((await browser.ask('GET', '/system')).status).toBe(403);
});
