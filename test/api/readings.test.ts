import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Desk, type Reply, ask, awaitingSignatures, form, openDesk, policyInForce } from './desk.ts';
import { link, open, page, secrets, send } from './visit.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => {
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
});
afterAll(() => desk?.close());

async function act(agreementId: string, path: string, body: unknown): Promise<Reply> {
  const key = randomUUID();
  const reply = await ask(desk.api, 'POST', `/agreements/${agreementId}${path}`, body, { 'Idempotency-Key': key });
  if (reply.status === 202) await desk.record(key);
  return reply;
}

async function readings(agreementId: string) {
  const { body } = await ask(desk.api, 'GET', `/agreements/${agreementId}/readings`);
  return body.items as {
    what: string;
    version: number;
    read: number;
    missing: number;
    readers: {
      reader: string;
      person: { name: string } | null;
      readAt: string | null;
      readBy: { name: string } | null;
    }[];
  }[];
}

/** Two departments below one organisation, three people, one of whom has left. */
async function organisation(): Promise<{ id: string; people: string[] }> {
  const { database } = desk;
  const { id } = await database.organisation.create({ data: { name: '运营中心' } });
  const { id: below } = await database.organisation.create({ data: { name: '回访组', parentId: id } });
  const person = (organisationId: string, name: string, leftOn: string | null = null) =>
    database.person.create({ data: { organisationId, name, email: `${randomUUID()}@x.example`, leftOn } });
  const people = [await person(id, '孙一'), await person(below, '钱二')];
  await person(below, '已离开', '2026-08-01');
  return { id, people: people.map((one) => one.id) };
}

test('who was asked, who has read, and who has not, by version', async () => {
  const id = await policyInForce(desk);
  const { id: organisationId, people } = await organisation();
  const [sun = ''] = people;
  const zhao = await desk.database.person.findFirstOrThrow({ where: { name: '客服部 赵敏' }, orderBy: { id: 'desc' } });
  // Who fills a seat reads in it, however they were named.
  const readers = [{ seat: 'customer-service' }, { organisationId }, { personId: zhao.id }];
  const order = { as: 'coordinator', what: 'agreement', readers };
  expect((await act(id, '/readings', order)).status).toBe(202);
  const [first] = await readings(id);
  expect(first).toMatchObject({ what: 'agreement', version: 1, read: 0, missing: 3 });
  expect(first?.readers.map(({ person }) => person?.name).toSorted()).toEqual(['孙一', '客服部 赵敏', '钱二']);

  // By link, as themselves: they fill no seat.
  desk.now.ms += 3_600_000;
  const visit = await open(
    desk,
    await link(desk, id, 'reader', 'acknowledge', undefined, undefined, { personId: sun }),
  );
  const shown = await page(visit);
  expect(shown).toContain('确认已阅');
  expect((await send(visit, new URLSearchParams(secrets(shown)))).status).toBe(200);
  const { id: command } = await desk.database.command.findFirstOrThrow({
    where: { agreementId: id, type: 'acknowledge' },
  });
  await desk.record(command);
  // By the API, for the seat.
  expect((await act(id, '/acknowledgements', { as: 'customer-service', what: 'agreement' })).status).toBe(202);
  const [after] = await readings(id);
  expect(after).toMatchObject({ read: 2, missing: 1 });
  expect(after?.readers.find(({ readAt }) => readAt === null)?.person?.name).toBe('钱二');
  expect(after?.readers.find(({ reader }) => reader === `person:${sun}`)).toMatchObject({
    readAt: '2026-09-01T10:00:00+08:00',
    readBy: { name: '孙一' },
  });
  expect(await page(visit)).toContain('您已确认阅知');

  // A further circulation is another version, which nobody has read.
  expect((await act(id, '/readings/reminders', { as: 'coordinator', what: 'agreement' })).status).toBe(202);
  await act(id, '/readings', order);
  expect((await readings(id)).map(({ version, missing }) => [version, missing])).toEqual([
    [2, 3],
    [1, 1],
  ]);
});

test('who is to read the whole agreement finds the scans of its signatures', async () => {
  const id = await awaitingSignatures(desk);
  await act(id, '/signatures', form({ as: 'A' }, { 'scan.pdf': '%PDF-1.7' }));
  await act(id, '/signatures', { as: 'B' });
  await act(id, '/readings', { as: 'coordinator', what: 'agreement', readers: [{ seat: 'B' }] });
  const visit = await open(desk, await link(desk, id, 'B', 'acknowledge'));
  const shown = await page(visit);
  expect(shown).toContain('scan.pdf');
  const href = /href="([^"]*\/documents\/[^"]*)"/.exec(shown)?.[1] ?? '';
  const file = await fetch(`${desk.api.url}${href}`, { headers: { cookie: visit.cookie } });
  expect([file.status, await file.text()]).toEqual([200, '%PDF-1.7']);
});

test('a duty that was handed in can be read; what is not there cannot', async () => {
  const id = await policyInForce(desk);
  const wrong = { as: 'coordinator', readers: [{ seat: 'customer-service' }] };
  await expect(act(id, '/readings', { ...wrong, what: 'no-such-duty' })).rejects.toThrow('unknown-obligation');
  await expect(act(id, '/readings/reminders', { as: 'coordinator', what: 'agreement' })).rejects.toThrow(
    'not-circulated',
  );
  await expect(act(id, '/readings', { ...wrong, what: 'agreement', readers: [{ seat: 'nobody' }] })).rejects.toThrow(
    'unknown-seat',
  );
  const { id: empty } = await desk.database.organisation.create({ data: { name: '空机构' } });
  const nobody = await act(id, '/readings', { ...wrong, what: 'agreement', readers: [{ organisationId: empty }] });
  expect([nobody.status, nobody.body.errors[0].path]).toEqual([400, 'readers']);
  const unknown = [{ organisationId: randomUUID() }, { personId: randomUUID() }];
  for (const reader of unknown) {
    expect((await act(id, '/readings', { ...wrong, what: 'agreement', readers: [reader] })).status).toBe(404);
  }
});

test('what is circulated with its text is read on the page of the link, the latest version alone', async () => {
  const id = await policyInForce(desk);
  const circulate = async (fileName: string): Promise<Reply> => {
    const readers = JSON.stringify([{ seat: 'customer-service' }]);
    return act(id, '/readings', form({ as: 'coordinator', what: 'agreement', readers }, { [fileName]: 'policy text' }));
  };
  expect((await circulate('policy-1.txt')).status).toBe(202);
  expect((await circulate('policy-2.txt')).status).toBe(202);
  const visit = await open(desk, await link(desk, id, 'customer-service', 'acknowledge'));
  const text = await page(visit);
  expect(text).toContain('policy-2.txt');
  expect(text).not.toContain('policy-1.txt');
  const href = /href="(\/act\/[^"]+\/documents\/[^"]+)"/.exec(text)?.[1] ?? '';
  const file = await fetch(`${desk.api.url}${href}`, { headers: { cookie: visit.cookie } });
  expect(await file.text()).toBe('policy text');
  const { body } = await ask(
    desk.api,
    'POST',
    `/agreements/${id}/readings`,
    form({ as: 'coordinator', what: 'agreement', readers: '{' }),
  );
  expect(body.errors[0].path).toBe('readers');
});

test('whoever confirmed stays named when somebody else fills the seat', async () => {
  const id = await policyInForce(desk);
  await act(id, '/readings', { as: 'coordinator', what: 'agreement', readers: [{ seat: 'customer-service' }] });
  await act(id, '/acknowledgements', { as: 'customer-service', what: 'agreement' });
  const by = { name: '新人', email: `${randomUUID()}@x.example` };
  await act(id, '/seats/customer-service/replacement', { as: 'coordinator', by });
  const [reading] = await readings(id);
  expect(reading?.readers.map(({ person }) => person?.name)).toEqual(['客服部 赵敏']);
});
