import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as schemas from '../../api/schemas.ts';
import { draftOf } from '../api/life-desk.ts';
import { people } from '../journeys/draft.ts';
import { beginCases, casesDueAt, ranOut } from '../support/cases-due.ts';
import { Desk } from '../support/people.ts';
import { type World, eventually, openWorld } from '../support/world.ts';

const CASES = 1_000;
/** From the first start on: all of them wait by then. */
const AHEAD_MS = 100_000;

let world: World;
let agreementId: string;

beforeAll(async () => {
  world = await openWorld();
  await world.startWorker();
  const desk = new Desk(world);
  const { A, B, coordinator } = people('due');
  const draft = {
    ...draftOf('service-attachments@2', { contractTotal: '1000000.00' }),
    parties: { A, B },
    coordinator,
  };
  const created = await desk.post('/agreements', { ...draft, zone: 'Asia/Shanghai', start: true });
  agreementId = schemas.agreement.parse(created.body).id;
  for (const as of ['A', 'B']) await desk.post(`/agreements/${agreementId}/signatures`, { as });
});
afterAll(() => world?.close());

test(
  'a thousand cases whose clocks run out at one instant: each escalates once, none early, the worker gone in the middle',
  { timeout: 600_000 },
  async () => {
    const { database, temporal } = world;
    const dueAtMs = Math.ceil((Date.now() + AHEAD_MS) / 1_000) * 1_000;
    const inputs = await casesDueAt(database, { agreementId, count: CASES, dueAtMs, tag: 'load' });
    await beginCases(temporal, inputs);
    const where = { agreementId, type: 'case' };
    await eventually(async () => (await database.process.count({ where: { ...where, status: 'open' } })) === CASES, {
      withinMs: 300_000,
      what: 'all cases to be open',
    });
    // Whatever was begun only after the instant fires at once; nothing fires before it.
    if (Date.now() < dueAtMs - 1_000) expect(await ranOut(database, agreementId, 'load')).toBe(0);
    await pause(Math.max(0, dueAtMs - Date.now()));
    await eventually(async () => (await ranOut(database, agreementId, 'load')) >= CASES / 4, {
      withinMs: 200_000,
      what: 'a quarter to escalate',
    });
    await world.stopWorker();
    await world.startWorker();
    await eventually(async () => (await ranOut(database, agreementId, 'load')) >= CASES, {
      withinMs: 300_000,
      what: 'all to escalate',
    });

    const events = await database.event.findMany({
      where: { agreementId, type: 'case-clock-breached' },
      select: { workflowId: true, occurredAt: true, recordedAt: true, body: true },
    });
    expect(events).toHaveLength(CASES);
    expect(new Set(events.map(({ workflowId }) => workflowId)).size).toBe(CASES);
    expect(events.filter(({ recordedAt }) => recordedAt.getTime() < dueAtMs)).toEqual([]);
    expect(new Set(events.map(({ occurredAt }) => occurredAt.getTime()))).toEqual(new Set([dueAtMs]));
    const alarms = await database.notice.findMany({
      where: { agreementId, kind: 'case-late' },
      select: { id: true, seat: true },
    });
    const seats = [...new Set(alarms.map(({ seat }) => seat))];
    expect(seats.length).toBeGreaterThan(0);
    expect(alarms).toHaveLength(CASES * seats.length);
    const of = (id: string): string => id.slice(0, id.lastIndexOf('/n'));
    expect(new Set(alarms.map(({ id, seat }) => `${of(id)} ${seat}`)).size).toBe(alarms.length);
  },
);
