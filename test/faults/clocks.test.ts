import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as schemas from '../../api/schemas.ts';
import { draftOf } from './life.ts';
import { type SkippingWorld, openSkippingWorld } from './skipping-world.ts';

const HOUR_MS = 3_600_000;
const at = (local: string): number => Date.parse(`${local}:00+08:00`);
const PLAN = [{ name: 'plan.txt', content: 'A plan.\n' }];

let world: SkippingWorld;
let id: string;

/** Signed on 2026-09-01: the first attachment is due at the end of 2026-10-08, the second at the end of 2026-11-02. */
beforeAll(async () => {
  world = await openSkippingWorld(at('2026-10-08T20:00'));
  const { desk } = world;
  const draft = { ...draftOf('clocks'), zone: 'Asia/Shanghai', calendar: 'cn', start: true };
  id = schemas.agreement.parse((await desk.post('/agreements', draft)).body).id;
  for (const as of ['A', 'B']) {
    const signed = await desk.post(`/agreements/${id}/signatures`, { as, signedOn: '2026-09-01' });
    expect(signed).toMatchObject({ status: 200 });
  }
  await world.settle(id);
});
afterAll(() => world?.close());

async function events(): Promise<string[]> {
  return (await world.desk.events(id)).map(({ type, at: when, obligation }) => `${when} ${type} ${obligation ?? ''}`);
}

test('an API clock an hour ahead folds nothing early, and the hand-in waits for its time', async () => {
  const { desk } = world;
  await world.reach(at('2026-10-08T23:30'), id);
  const before = await events();
  world.setSkew(HOUR_MS);
  const key = randomUUID();
  const asked = await desk.submit(id, 'needs-analysis-report', 'A', PLAN, { key });
  expect(asked).toMatchObject({ status: 202, body: { status: 'pending' } });
  expect(await desk.command(key)).toMatchObject({ status: 'pending', receivedAt: '2026-10-09T00:30:00+08:00' });
  expect(await events()).toEqual(before);
  expect((await desk.agreement(id)).obligations[0]).toMatchObject({ status: 'pending' });

  world.setSkew(0);
  await world.reach(at('2026-10-09T01:00'), id);
  expect((await events()).slice(before.length)).toEqual([
    '2026-10-09T00:00:00+08:00 obligation-overdue needs-analysis-report',
    '2026-10-09T00:30:00+08:00 deliverable-submitted needs-analysis-report',
    '2026-10-09T00:30:00+08:00 penalty-posted needs-analysis-report',
    '2026-10-09T00:30:00+08:00 obligation-fulfilled needs-analysis-report',
  ]);
  expect((await desk.submit(id, 'needs-analysis-report', 'A', PLAN, { key })).body).toMatchObject({
    status: 'applied',
  });
  expect((await desk.ledger(id)).items.map(({ amount, days }) => `${amount} ${days}`)).toEqual(['5000.00 1']);
});

test('an API clock an hour behind loses no command, and what it calls in time is in time', async () => {
  const { desk } = world;
  await world.reach(at('2026-11-03T00:30'), id);
  const before = await events();
  expect(before.at(-1)).toBe('2026-11-03T00:00:00+08:00 obligation-overdue process-plan');
  world.setSkew(-HOUR_MS);
  const handedIn = await desk.submit(id, 'process-plan', 'A', PLAN);
  expect(handedIn).toMatchObject({ status: 200, body: { status: 'applied' } });
  world.setSkew(0);
  await world.settle(id);
  expect((await events()).slice(before.length)).toEqual([
    '2026-11-03T00:00:00+08:00 overdue-withdrawn process-plan', // of that instant: it never was overdue
    '2026-11-02T23:30:00+08:00 deliverable-submitted process-plan',
  ]);
  expect((await desk.agreement(id)).obligations[1]).toMatchObject({ status: 'in-review', daysLate: 0 });
  expect((await desk.ledger(id)).items.filter(({ obligation }) => obligation === 'process-plan')).toEqual([]);
});
