import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { issueToken } from '../../api/accounts/one-time-token.ts';
import { absence, departure, person } from '../../api/directory/schemas.ts';
import type { RunningApi } from '../../api/server.ts';
import { DRAFT, type Desk, ask, inForce, openDesk, policyInForce } from './desk.ts';
import { signedIn } from './signed-in.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(async () => {
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
  await desk.database.person.updateMany({ data: { leftOn: null } }); // whoever left in another test
});
afterAll(() => desk?.close());

const seated = async (agreementId: string, seat: string): Promise<string> =>
  (await desk.database.seat.findFirstOrThrow({ where: { agreementId, seat } })).personId;
const colleague = async (organisationOf: string): Promise<string> => {
  const { organisationId } = await desk.database.person.findUniqueOrThrow({ where: { id: organisationOf } });
  const email = `${randomUUID()}@x.example`;
  return (await desk.database.person.create({ data: { organisationId, name: '接班人', email } })).id;
};
/** What the worker does with everything that waits: oldest first; a refusal is settled as one. */
async function recordWaiting(): Promise<void> {
  for (const { id } of await desk.database.command.findMany({
    where: { status: 'pending' },
    orderBy: [{ receivedAt: 'asc' }, { id: 'asc' }],
  })) {
    await desk.record(id).catch(async (error: unknown) => {
      const outcome = { rejected: (error as Error).message, message: 'refused' };
      await desk.database.command.update({ where: { id }, data: { status: 'refused', outcome } });
    });
  }
}
/** The same request under the same key until nothing of it waits. */
async function untilSettled(method: string, path: string, body: unknown, api = desk.api) {
  const headers = { 'Idempotency-Key': randomUUID() };
  const first = await ask(api, method, path, body, headers);
  let last = first;
  for (let round = 0; round < 3 && last.status === 202; round++) {
    await recordWaiting();
    last = await ask(api, method, path, body, headers);
  }
  return { first, last };
}

test('who leaves is replaced, or the seat is the coordinator’s: no duty is without an owner', async () => {
  const one = await policyInForce(desk);
  desk.now.ms += 1000; // the older first
  const other = await policyInForce(desk);
  const leaver = await seated(one, 'customer-service');
  expect(await seated(other, 'customer-service')).toBe(leaver);
  const successor = await colleague(leaver);

  const preview = departure.parse((await ask(desk.api, 'GET', `/persons/${leaver}/departure`)).body);
  expect(preview.handovers.map(({ agreementId, act, status }) => [agreementId, act, status])).toEqual([
    [one, 'vacate', 'planned'],
    [other, 'vacate', 'planned'],
  ]);
  const duties = preview.handovers[0]?.duties.map(({ reference }) => reference) ?? [];
  expect(duties.length).toBeGreaterThan(1);

  const order = { on: '2026-08-31', successors: { [`${one}/customer-service`]: successor } };
  const { first, last } = await untilSettled('POST', `/persons/${leaver}/departure`, order);
  const waiting = departure.parse(first.body);
  expect([first.status, waiting.status, waiting.leftOn]).toEqual([202, 'pending', '2026-08-31']);
  expect(waiting.handovers.map(({ status }) => status)).toEqual(['pending', 'pending']);
  expect(last.body).toMatchObject({ status: 'applied' });
  const done = departure.parse(last.body);
  expect([last.status, done.status]).toEqual([200, 'applied']);
  const byAgreement = (id: string) => done.handovers.find(({ agreementId }) => agreementId === id);
  expect(byAgreement(one)).toMatchObject({
    act: 'replace',
    status: 'applied',
    owner: { id: successor, name: '接班人' },
  });
  expect(byAgreement(other)).toMatchObject({ act: 'vacate', status: 'applied', owner: null });
  for (const { duties: handed } of done.handovers) expect(handed.map(({ reference }) => reference)).toEqual(duties);

  expect(await seated(one, 'customer-service')).toBe(successor);
  expect(await desk.database.seat.count({ where: { personId: leaver } })).toBe(0);
  // The coordinator is told by a task; the mail is in test/journeys/erasure.test.ts.
  expect(await desk.database.task.count({ where: { agreementId: other, kind: 'seat-vacant', doneAt: null } })).toBe(1);

  const again = await ask(desk.api, 'POST', `/persons/${leaver}/departure`, { on: '2026-08-31' });
  expect(departure.parse(again.body)).toMatchObject({ status: 'applied', handovers: [], leftOn: '2026-08-31' });
  const late = await ask(desk.api, 'POST', `/persons/${leaver}/absences`, {
    deputy: successor,
    from: '2026-09-01',
    until: '2026-09-02',
  });
  expect(late.body.type).toBe('urn:abide:person-left');
});

test('who has left is seated no more until they are back', async () => {
  const agreementId = await inForce(desk);
  const id = await seated(agreementId, 'B');
  await desk.database.person.update({ where: { id }, data: { leftOn: '2026-08-31' } });
  const before = await desk.database.seat.count();
  const refused = await ask(desk.api, 'POST', '/agreements', { ...DRAFT, start: true });
  expect(refused).toMatchObject({ status: 409, body: { type: 'urn:abide:person-left' } });
  expect(refused.body.errors).toMatchObject([{ path: 'parties.B.email' }]);
  expect(await desk.database.seat.count()).toBe(before);
  expect((await ask(desk.api, 'PATCH', `/persons/${id}`, { leftOn: null })).body.leftOn).toBe(null);
  expect((await ask(desk.api, 'POST', '/agreements', { ...DRAFT, start: true })).status).toBe(202);
});

test('access ends at once, though the engine is away: account, sessions, keys, links, feeds', async () => {
  const agreementId = await inForce(desk);
  const leaver = await seated(agreementId, 'B');
  const at = new Date(desk.now.ms);
  const dates = { createdAt: at, updatedAt: at };
  await desk.database.user.create({
    data: { id: 'u-b', name: 'Bob', email: 'bob@b.example', personId: leaver, ...dates },
  });
  await desk.database.session.create({ data: { id: 's-b', userId: 'u-b', token: 't-b', expiresAt: at, ...dates } });
  await desk.database.apikey.create({ data: { id: 'k-b', referenceId: 'u-b', key: 'hash', ...dates } });
  const link = { agreementId, personId: leaver, seat: 'B', purpose: 'submit', createdAt: at, expiresAt: at };
  await desk.database.actionLink.create({ data: { ...link, tokenHash: 'l-b' } });
  await desk.database.calendarFeed.create({ data: { personId: leaver, tokenHash: 'f-b', createdAt: at } });

  const reply = await ask(desk.api, 'POST', `/persons/${leaver}/departure`, { on: '2026-09-01' });
  expect(departure.parse(reply.body)).toMatchObject({ status: 'pending', account: { disabled: true } });
  expect(await desk.database.user.findUniqueOrThrow({ where: { id: 'u-b' } })).toMatchObject({ disabledAt: at });
  expect(await desk.database.session.count({ where: { userId: 'u-b' } })).toBe(0);
  expect(await desk.database.apikey.findUniqueOrThrow({ where: { id: 'k-b' } })).toMatchObject({ enabled: false });
  expect(await desk.database.actionLink.count({ where: { personId: leaver, revokedAt: null } })).toBe(0);
  expect(await desk.database.calendarFeed.count({ where: { personId: leaver, revokedAt: null } })).toBe(0);
});

test('a coordinator is followed by somebody; one who left cannot follow, nor the other side', async () => {
  const agreementId = await inForce(desk);
  const [coordinator, a, b] = [
    await seated(agreementId, 'coordinator'),
    await seated(agreementId, 'A'),
    await seated(agreementId, 'B'),
  ];
  const path = `/persons/${coordinator}/departure`;
  const alone = await ask(desk.api, 'POST', path, { on: '2026-09-01' });
  expect(alone).toMatchObject({ status: 409, body: { type: 'urn:abide:successor-needed' } });
  expect(alone.body.errors[0].path).toContain(`successors.`);
  expect((await desk.database.person.findUniqueOrThrow({ where: { id: coordinator } })).leftOn).toBe(null);
  await desk.database.person.update({ where: { id: b }, data: { leftOn: '2026-08-01' } });
  expect((await ask(desk.api, 'POST', path, { on: '2026-09-01', successor: b })).body.type).toBe(
    'urn:abide:person-left',
  );
  await desk.database.person.update({ where: { id: b }, data: { leftOn: null } });
  const early = await ask(desk.api, 'POST', path, { on: '2026-09-02', successor: a });
  expect(early).toMatchObject({ status: 400, body: { errors: [{ path: 'on' }] } });
  const strange = await ask(desk.api, 'POST', path, { on: '2026-09-01', successors: { 'x/A': a } });
  expect(strange).toMatchObject({ status: 400, body: { errors: [{ path: 'successors.x/A' }] } });

  // B cannot take A's seat: it is vacant then, and the coordinator's.
  const { last } = await untilSettled('POST', `/persons/${a}/departure`, { on: '2026-09-01', successor: b });
  const { handovers } = departure.parse(last.body);
  const mine = handovers
    .filter((one) => one.agreementId === agreementId)
    .map(({ act, status, code }) => [act, status, code]);
  expect(mine).toEqual([
    ['replace', 'refused', 'both-sides'],
    ['vacate', 'applied', undefined],
  ]);
});

test('who manages accounts records that an administrator leaves; one who can sign in has to stay', async () => {
  const agreementId = await policyInForce(desk);
  const somebody = await seated(agreementId, 'customer-service');
  const at = new Date(desk.now.ms);
  const dates = { createdAt: at, updatedAt: at };
  const administrator = async (id: string, hasPassword = true) => {
    const personId = await colleague(somebody);
    const credential = { id, accountId: id, providerId: 'credential', password: 'hash', ...dates };
    const accounts = hasPassword ? { create: credential } : {};
    const data = { id, personId, name: id, email: `${id}@x.example`, roles: ['administrator'], accounts, ...dates };
    await desk.database.user.create({ data });
    return personId;
  };
  const [one, other] = [await administrator('one'), await administrator('other')];
  await administrator('invited', false);
  const token = { purpose: 'password', subject: 'one', nowMs: desk.now.ms, lastsMs: 60_000 } as const;
  await issueToken(desk.database, token);
  const leave = (api: RunningApi, id: string) =>
    ask(api, 'POST', `/persons/${id}/departure`, { on: '2026-09-01' }).then(({ status }) => status);
  const coordinator = await signedIn(desk, ['coordinator']);
  expect([await leave(coordinator, one), await leave(desk.api, one)]).toEqual([403, 403]);

  // At once: of two, one stays; the invited one has no password and is nobody to rely on.
  const manager = await signedIn(desk, ['administrator'], { accountId: 'manager' });
  const both = await Promise.all([leave(manager, one), leave(manager, other)]);
  expect(both.toSorted()).toEqual([200, 409]);
  const disabled = await desk.database.user.findMany({
    where: { NOT: { disabledAt: null }, id: { in: ['one', 'other'] } },
  });
  expect(disabled).toHaveLength(1);
  const log = await desk.database.accessLog.findMany({
    where: { action: 'account-disabled' },
    orderBy: { id: 'desc' },
  });
  expect(log[0]).toMatchObject({ subject: `account/${disabled[0]?.id}`, actor: { accountId: 'manager' } });
  const tokens = await desk.database.verification.count({ where: { value: 'one' } });
  expect(tokens).toBe(disabled[0]?.id === 'one' ? 0 : 1);
});

test('one absence is a deputy in every agreement, each with its own answer; back, it ends in all', async () => {
  const [one, other] = [await policyInForce(desk), await policyInForce(desk)];
  const absent = await seated(one, 'customer-service');
  const deputy = await colleague(absent);
  const order = { deputy, from: '2026-09-03', until: '2026-09-20' };
  const { first, last } = await untilSettled('POST', `/persons/${absent}/absences`, order);
  expect(first.status).toBe(202);
  const items = absence.parse(last.body).items.filter(({ agreementId }) => [one, other].includes(agreementId));
  expect(items.map(({ seat, status }) => [seat, status])).toEqual([
    ['customer-service', 'applied'],
    ['customer-service', 'applied'],
  ]);
  const page = person.parse((await ask(desk.api, 'GET', `/persons/${absent}`)).body);
  expect(page.absences.filter(({ agreementId }) => agreementId === one)).toMatchObject([
    { deputy: { id: deputy, name: '接班人' }, from: '2026-09-03', until: '2026-09-20', obligations: [] },
  ]);

  // The same days once more: a deputy is there already, and that is said of each.
  const twice = await untilSettled('POST', `/persons/${absent}/absences`, { ...order, agreements: [one] });
  expect(absence.parse(twice.last.body).items).toMatchObject([{ status: 'refused', code: 'delegation-overlaps' }]);
  const nowhere = await ask(desk.api, 'POST', `/persons/${absent}/absences`, { ...order, agreements: [randomUUID()] });
  expect(nowhere).toMatchObject({ status: 409, body: { type: 'urn:abide:no-seats' } });
  const backwards = await ask(desk.api, 'POST', `/persons/${absent}/absences`, { ...order, until: '2026-09-02' });
  expect(backwards).toMatchObject({ status: 400, body: { errors: [{ path: 'until' }] } });

  const back = await untilSettled('DELETE', `/persons/${absent}/absences`, {});
  expect(absence.parse(back.last.body).items.every(({ status }) => status === 'applied')).toBe(true);
  expect(person.parse((await ask(desk.api, 'GET', `/persons/${absent}`)).body).absences).toEqual([]);
});

test('oneself may be absent for some duties alone; the history says who arranged it', async () => {
  const agreementId = await policyInForce(desk);
  const absent = await seated(agreementId, 'customer-service');
  const deputy = await colleague(absent);
  const { seats } = person.parse((await ask(desk.api, 'GET', `/persons/${absent}`)).body);
  const held = seats.find((one) => one.agreementId === agreementId);
  const [reference = ''] = held?.duties.map((duty) => duty.reference) ?? [];
  const obligation = reference.split('#')[0] ?? '';
  const mine = await signedIn(desk, ['department'], { personId: absent });
  const order = {
    deputy,
    from: '2026-09-03',
    until: '2026-09-04',
    obligations: [obligation],
    agreements: [agreementId],
  };
  const { last } = await untilSettled('POST', '/me/absences', order, mine);
  expect(absence.parse(last.body)).toMatchObject({ status: 'applied', person: { id: absent } });
  const event = await desk.database.event.findFirstOrThrow({ where: { agreementId, type: 'delegation-made' } });
  expect(event.actor).toMatchObject({ personId: absent, seat: 'customer-service', via: 'api' });
  const back = await untilSettled('DELETE', '/me/absences', {}, mine);
  expect(absence.parse(back.last.body).items).toMatchObject([{ status: 'applied' }]);
  const colleagues = (await ask(mine, 'GET', '/me/colleagues')).body.items.map(({ id }: { id: string }) => id);
  expect([colleagues.includes(deputy), colleagues.includes(absent)]).toEqual([true, false]);
  const stranger = await seated(agreementId, 'coordinator'); // of another organisation
  const foreign = await ask(mine, 'POST', '/me/absences', { ...order, deputy: stranger });
  expect(foreign.body.type).toBe('urn:abide:unknown-person');
  const auditor = await signedIn(desk, ['auditor'], { personId: absent });
  expect((await ask(auditor, 'POST', '/me/absences', order)).status).toBe(403);
  expect((await ask(desk.api, 'POST', '/me/absences', order)).body.type).toBe('urn:abide:not-in-directory');
});

test('a deputy who leaves stands in no more; where there is another, it is left to the coordinator', async () => {
  const agreementId = await policyInForce(desk);
  const absent = await seated(agreementId, 'customer-service');
  const [deputy, second] = [await colleague(absent), await colleague(absent)];
  const days = { from: '2026-09-03', until: '2026-09-20', agreements: [agreementId] };
  await untilSettled('POST', `/persons/${absent}/absences`, { ...days, deputy });
  // Would the absent person leave, that ends: the preview says so.
  const preview = departure.parse((await ask(desk.api, 'GET', `/persons/${absent}/departure`)).body);
  expect(preview.deputies.filter((one) => one.agreementId === agreementId)).toMatchObject([
    { deputy: { id: deputy }, from: '2026-09-03', until: '2026-09-20' },
  ]);
  const { last } = await untilSettled('POST', `/persons/${deputy}/departure`, { on: '2026-09-01' });
  expect(departure.parse(last.body).handovers).toMatchObject([{ act: 'recall', status: 'applied' }]);

  const { seats } = person.parse((await ask(desk.api, 'GET', `/persons/${absent}`)).body);
  const [one = '', other = ''] = (seats.find((held) => held.agreementId === agreementId)?.duties ?? []).map(
    ({ reference }) => reference.split('#')[0] ?? '',
  );
  const third = await colleague(absent);
  await untilSettled('POST', `/persons/${absent}/absences`, { ...days, deputy: second, obligations: [one] });
  await untilSettled('POST', `/persons/${absent}/absences`, { ...days, deputy: third, obligations: [other] });
  const left = await untilSettled('POST', `/persons/${second}/departure`, { on: '2026-09-01' });
  expect(departure.parse(left.last.body)).toMatchObject({ handovers: [], standIns: [{ seat: 'customer-service' }] });
});
