import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { taskPage } from '../../api/routes/tasks.ts';
import { type Desk, ask, openDesk, policyInForce } from './desk.ts';
import { signedIn } from './signed-in.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => {
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
});
afterAll(() => desk?.close());

/** An arrangement of the coordinator's, as the worker records it. */
async function arrange(agreementId: string, command: Record<string, unknown>): Promise<void> {
  const id = randomUUID();
  const actor = { personId: 'desk', seat: 'coordinator', via: 'api' };
  const receivedAt = new Date(desk.now.ms);
  await desk.database.command.create({
    data: {
      id,
      agreementId,
      type: String(command.type),
      command: { id, receivedAtMs: desk.now.ms, actor, ...command },
      receivedAt,
    },
  });
  await desk.record(id);
}

test('a seat without a person is a task until somebody fills it, and again when they leave', async () => {
  const agreementId = await policyInForce(desk);
  const { personId } = await desk.database.seat.findFirstOrThrow({ where: { agreementId, seat: 'customer-service' } });
  const open = async () => taskPage.parse((await ask(desk.api, 'GET', '/tasks')).body).items;

  await arrange(agreementId, { type: 'vacate', seat: 'customer-service' });
  expect(await open()).toMatchObject([
    {
      kind: 'seat-vacant',
      agreement: { id: agreementId, parties: ['示例公司'] },
      seatTitle: { zh: '客服部' },
      about: { seat: 'customer-service' },
      doneAt: null,
    },
  ]);
  await arrange(agreementId, { type: 'replace', seat: 'customer-service', personId });
  expect(await open()).toEqual([]);
  desk.now.ms += 1000;
  await arrange(agreementId, { type: 'vacate', seat: 'customer-service' });
  expect(await open()).toMatchObject([{ createdAt: '2026-09-01T01:00:01.000Z' }]);
});

test('who says first that a task is done stays; done ones are listed apart, newest first, by pages', async () => {
  const at = (minute: number) => new Date(desk.now.ms + minute * 60_000);
  for (const n of [1, 2, 3]) {
    await desk.database.task.create({
      data: { kind: 'webhook-failing', key: `t${n}`, about: { endpointId: `e${n}` }, createdAt: at(n) },
    });
  }
  const first = taskPage.parse((await ask(desk.api, 'GET', '/tasks?limit=2')).body);
  const ids = first.items.map(({ about }) => about.endpointId);
  expect(ids).toEqual(['e3', 'e2']);
  const rest = taskPage.parse((await ask(desk.api, 'GET', `/tasks?limit=2&cursor=${first.nextCursor ?? ''}`)).body);
  expect(rest.items[0]).toMatchObject({ about: { endpointId: 'e1' }, agreement: null });

  const { id } = first.items[0]!;
  const done = await ask(desk.api, 'POST', `/tasks/${id}/done`);
  desk.now.ms += 60_000;
  const again = await ask(desk.api, 'POST', `/tasks/${id}/done`);
  expect(again).toMatchObject({ status: 200, body: { doneAt: done.body.doneAt } });
  expect((await ask(desk.api, 'GET', '/tasks?status=done')).body.items).toMatchObject([{ id }]);
  expect(await desk.database.task.findUniqueOrThrow({ where: { id } })).toMatchObject({ doneBy: 'desk' });
  expect((await ask(desk.api, 'POST', `/tasks/${randomUUID()}/done`)).body.type).toBe('urn:abide:unknown-task');
});

test('an auditor reads the tasks and does none', async () => {
  const api = await signedIn(desk, ['auditor']);
  const listed = await ask(api, 'GET', '/tasks');
  expect(listed.status).toBe(200);
  const { id } = listed.body.items[0];
  expect((await ask(api, 'POST', `/tasks/${id}/done`)).status).toBe(403);
  expect(await desk.database.task.findUniqueOrThrow({ where: { id } })).toMatchObject({ doneAt: null });
});
