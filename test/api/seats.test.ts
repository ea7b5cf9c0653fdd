import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readAgreements, recipientOf } from '../../activities/recipient.ts';
import { type Desk, type Reply, ask, form, inForce, openDesk } from './desk.ts';
import { link, open, page, secrets, send } from './visit.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => {
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
});
afterAll(() => desk?.close());

const CHEN = { name: '陈新', email: 'chen@a.example' };
const DONG = { name: '董代', email: 'dong@a.example' };

/** An act as the coordinator's desk enters it; what was stored is recorded, as the worker would. */
async function act(agreementId: string, path: string, body: unknown): Promise<Reply> {
  const key = randomUUID();
  const reply = await ask(desk.api, 'POST', `/agreements/${agreementId}${path}`, body, { 'Idempotency-Key': key });
  if (reply.status === 202) await desk.record(key);
  return reply;
}

async function seatOf(agreementId: string, seat: string) {
  const { body } = await ask(desk.api, 'GET', `/agreements/${agreementId}/seats`);
  return (body as { items: { seat: string }[] }).items.find((one) => one.seat === seat) as unknown as {
    person: { id: string; name: string; organisation: string } | null;
    standIns: { deputy: { name: string }; absent: { name: string }; from: string; until: string; today: boolean }[];
    duties: { reference: string }[];
    history: { type: string; people: Record<string, string>; data: Record<string, string> }[];
  };
}

/** Whom mail for a seat goes to now. */
async function addressOf(agreementId: string, seat: string): Promise<string | undefined> {
  const notice = { agreementId, seat, addressee: null, obligation: null, at: new Date(desk.now.ms) };
  const read = (await readAgreements(desk.database, [notice])).get(agreementId);
  return read && recipientOf(notice, read)?.email;
}

test('who follows sits in the same organisation, gets the mail, and the record has both names', async () => {
  const id = await inForce(desk);
  const old = await link(desk, id, 'A', 'submit', 'training-plan');
  const reply = await act(id, '/seats/A/replacement', { as: 'coordinator', by: CHEN });
  expect(reply.status).toBe(202);
  const seat = await seatOf(id, 'A');
  expect(seat.person).toMatchObject({ name: '陈新', organisation: '甲公司' });
  expect(seat.duties.map(({ reference }) => reference)).toContain('training-plan');
  const [event] = seat.history;
  expect(event?.type).toBe('seat-replaced');
  expect([event?.people[event.data['before'] ?? ''], event?.people[event.data['after'] ?? '']]).toEqual([
    '李华',
    '陈新',
  ]);
  expect(await addressOf(id, 'A')).toBe('chen@a.example');
  const visit = await open(desk, old);
  const dead = await fetch(visit.url, { headers: { cookie: visit.cookie } });
  expect([dead.status, (await dead.text()).includes('链接已撤销')]).toEqual([410, true]);
});

test('somebody of the directory may follow; who has left, is unknown or sits on the other side may not', async () => {
  const id = await inForce(desk);
  const { organisationId } = await desk.database.person.findFirstOrThrow({ where: { name: '李华' } });
  const [there, gone] = await Promise.all(
    [null, '2026-08-31'].map((leftOn) =>
      desk.database.person.create({
        data: { organisationId, name: '周五', email: `${randomUUID()}@a.example`, leftOn },
      }),
    ),
  );
  expect((await act(id, '/seats/A/replacement', { as: 'A', by: { personId: gone?.id } })).body.type).toBe(
    'urn:abide:person-left',
  );
  expect((await act(id, '/seats/A/replacement', { as: 'A', by: { personId: randomUUID() } })).status).toBe(404);
  const wrong = await act(id, '/seats/A/replacement', { as: 'A', by: { name: 'x' } });
  expect([wrong.status, wrong.body.errors[0].path]).toEqual([400, 'by']);
  expect((await act(id, '/seats/A/replacement', { as: 'A', by: { personId: there?.id } })).status).toBe(202);
  await expect(act(id, '/seats/B/replacement', { as: 'B', by: { personId: there?.id } })).rejects.toThrow('both-sides');
});

test('a party says nothing about the other side, and nobody is added to the directory by trying', async () => {
  const id = await inForce(desk);
  const before = await desk.database.person.count();
  for (const path of ['replacement', 'delegations', 'recall', 'vacancy']) {
    const body = {
      as: 'B',
      ...(path === 'replacement' ? { by: { name: '某人', email: 'x@a.example' } } : {}),
      ...(path === 'delegations'
        ? { to: { name: '某', email: 'y@a.example' }, from: '2026-09-02', until: '2026-09-03' }
        : {}),
    };
    const reply = await act(id, `/seats/A/${path}`, body);
    expect([path, reply.status, reply.body.type]).toEqual([path, 403, 'urn:abide:not-responsible']);
  }
  expect((await act(id, '/seats/nobody/recall', { as: 'coordinator' })).body.type).toBe('urn:abide:unknown-seat');
  expect(await desk.database.person.count()).toBe(before);
});

test('a seat that nobody fills is the coordinator’s: its duties are named, its mail goes there', async () => {
  const id = await inForce(desk);
  await act(id, '/seats/A/vacancy', { as: 'coordinator' });
  const seat = await seatOf(id, 'A');
  expect(seat.person).toBeNull();
  expect(seat.duties.length).toBeGreaterThan(0);
  expect(await addressOf(id, 'A')).toBe('wang@c.example');
});

test('a deputy acts by link for the seat, under both names, from the first day to the last', async () => {
  const id = await inForce(desk);
  const order = { as: 'A', to: DONG, from: '2026-09-02', until: '2026-09-10' };
  expect((await act(id, '/seats/A/delegations', order)).status).toBe(202);
  expect((await seatOf(id, 'A')).standIns).toMatchObject([
    { deputy: { name: '董代' }, absent: { name: '李华' }, from: '2026-09-02', until: '2026-09-10', today: false },
  ]);
  const { id: deputy } = await desk.database.person.findFirstOrThrow({ where: { email: 'dong@a.example' } });
  const mailed = await link(desk, id, 'A', 'submit', 'process-plan', undefined, { personId: deputy, days: 30 });
  expect((await fetch((await open(desk, mailed)).url)).status).toBe(404); // without its cookie
  const early = await open(desk, mailed);
  expect((await fetch(early.url, { headers: { cookie: early.cookie } })).status).toBe(410);

  desk.now.ms = Date.parse('2026-09-02T00:00:00+08:00');
  expect(await addressOf(id, 'A')).toBe('dong@a.example');
  const visit = await open(desk, mailed);
  const shown = await page(visit);
  expect(shown).toMatch(/董代[\s\S]*被代理人<\/dt>\s*<dd>李华/);
  expect((await send(visit, form(secrets(shown), { 'plan.csv': 'a,b\n1,2\n' }))).status).toBe(200);
  const { id: commandId, command } = await desk.database.command.findFirstOrThrow({
    where: { agreementId: id, type: 'submit' },
  });
  const { absentId } = await desk.database.delegation.findFirstOrThrow({ where: { agreementId: id } });
  expect(command).toMatchObject({
    actor: { personId: deputy, seat: 'A', party: 'A', deputyFor: absentId, via: 'link' },
  });
  await desk.record(commandId);
  const { body } = await ask(desk.api, 'GET', `/agreements/${id}/events`);
  const event = (body.items as { type: string }[]).find(({ type }) => type === 'deliverable-submitted');
  expect(event).toMatchObject({ actor: { name: '董代', seat: 'A' }, people: { [absentId]: '李华' } });

  desk.now.ms = Date.parse('2026-09-10T23:59:59+08:00');
  expect(await page(visit)).toContain('李华');
  desk.now.ms = Date.parse('2026-09-11T00:00:00+08:00');
  expect((await fetch(visit.url, { headers: { cookie: visit.cookie } })).status).toBe(410);
  expect(await addressOf(id, 'A')).toBe('li.hua@a.example');
});

test('a deputy for one obligation cannot act on another', async () => {
  const id = await inForce(desk);
  const order = { as: 'A', to: DONG, from: '2026-09-01', until: '2026-09-30', obligations: ['process-plan'] };
  await act(id, '/seats/A/delegations', order);
  const { id: personId } = await desk.database.person.findFirstOrThrow({ where: { email: 'dong@a.example' } });
  const statusOf = async (obligation: string): Promise<number> => {
    const visit = await open(desk, await link(desk, id, 'A', 'submit', obligation, undefined, { personId }));
    return (await fetch(visit.url, { headers: { cookie: visit.cookie } })).status;
  };
  expect(await statusOf('process-plan')).toBe(200);
  expect(await statusOf('training-plan')).toBe(410);
  const other = { ...order, as: 'B', to: { name: '季丙', email: 'ji@b.example' }, obligations: [] };
  expect((await act(id, '/seats/B/delegations', other)).status).toBe(202);
});

test('who stands in for one side, or reads, is the same person by address, and none of the other side', async () => {
  const id = await inForce(desk);
  const days = { from: '2026-09-02', until: '2026-09-30' };
  const sun = { name: '孙妍', email: 'Sun@a.example' };
  await act(id, '/seats/A/delegations', { as: 'A', to: sun, ...days });
  const delegation = act(id, '/seats/B/delegations', { as: 'B', to: sun, ...days });
  await expect(delegation).rejects.toThrow('both-sides');
  await expect(act(id, '/seats/B/replacement', { as: 'B', by: sun })).rejects.toThrow('both-sides');
  expect(await desk.database.person.count({ where: { email: 'sun@a.example' } })).toBe(1);

  const { organisationId } = await desk.database.person.findFirstOrThrow({ where: { name: '李华' } });
  const reader = await desk.database.person.create({ data: { organisationId, name: '读者', email: 'du@a.example' } });
  await desk.database.reading.create({
    data: { agreementId: id, what: 'agreement', version: 1, reader: `person:${reader.id}` },
  });
  await act(id, '/seats/B/replacement', { as: 'B', by: { name: '读者', email: 'du@a.example' } });
  expect((await seatOf(id, 'B')).person?.id).toBe(reader.id);
});

test('recalled, the deputy is nobody at once, and the seat’s own person acts again', async () => {
  const id = await inForce(desk);
  await act(id, '/seats/A/delegations', { as: 'A', to: DONG, from: '2026-09-01', until: '2026-09-30' });
  const { id: personId } = await desk.database.person.findFirstOrThrow({ where: { email: 'dong@a.example' } });
  const visit = await open(desk, await link(desk, id, 'A', 'submit', 'process-plan', undefined, { personId }));
  expect((await fetch(visit.url, { headers: { cookie: visit.cookie } })).status).toBe(200);
  await act(id, '/seats/A/recall', { as: 'coordinator' });
  expect((await fetch(visit.url, { headers: { cookie: visit.cookie } })).status).toBe(410);
  const seat = await seatOf(id, 'A');
  expect([seat.standIns, seat.history.map(({ type }) => type)]).toEqual([[], ['delegation-ended', 'delegation-made']]);
  expect(await addressOf(id, 'A')).toBe('li.hua@a.example');
});

test('dates that are none, or over, are refused', async () => {
  const id = await inForce(desk);
  const order = { as: 'A', to: DONG, from: '2026-09-02', until: '2026-09-30' };
  const wrong = await act(id, '/seats/A/delegations', { ...order, from: '2026-02-30' });
  expect([wrong.status, wrong.body.errors[0].path]).toEqual([400, 'from']);
  await expect(act(id, '/seats/A/delegations', { ...order, until: '2026-09-01' })).rejects.toThrow('delegation-range');
  await act(id, '/seats/A/delegations', order);
  await expect(act(id, '/seats/A/delegations', order)).rejects.toThrow('delegation-overlaps');
});
