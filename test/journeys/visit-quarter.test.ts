import { afterAll, beforeAll, expect, test } from 'vitest';
import * as schemas from '../../api/schemas.ts';
import { templateOf } from '../../api/views.ts';
import { visitCounters, visitList } from '../../api/visits/schema.ts';
import { type SkippingWorld, openSkippingWorld } from '../faults/skipping-world.ts';
import { heldRecord } from '../support/held-record.ts';
import type { Reply } from '../support/people.ts';
import { eventually } from '../support/world.ts';

const at = (local: string): number => Date.parse(`${local}:00+08:00`);

let world: SkippingWorld;

beforeAll(async () => {
  world = await openSkippingWorld(at('2026-12-28T09:00'));
});
afterAll(() => world?.close());

async function done(reply: Promise<Reply>, status = 200): Promise<Reply['body']> {
  const { status: given, body } = await reply;
  expect(given === status ? '' : JSON.stringify(body)).toBe('');
  return body;
}

const as = { as: 'coordinator', onBehalfOf: 'Company' };

/** S003-S in force from 2027-01-01; marketing reads Chinese, the coordinator English. */
async function inForce(): Promise<string> {
  const { terms = [] } = templateOf('satisfaction-management@1') ?? {};
  const open = Object.fromEntries(
    terms.flatMap((term) => ('value' in term && term.value !== undefined ? [] : [[term.name, 'not-agreed']])),
  );
  const people = (name: string, language = 'zh') => ({ name, email: `${name}@example.org`, language });
  const { id } = schemas.agreement.parse(
    await done(
      world.desk.post('/agreements', {
        template: 'satisfaction-management',
        zone: 'Asia/Shanghai',
        calendar: 'cn',
        terms: { ...open, warningMonth: 10 },
        parties: { Company: people('company') },
        seats: { marketing: people('marketing') },
        coordinator: people('coordinator', 'en'),
      }),
      201,
    ),
  );
  await done(world.desk.post(`/agreements/${id}/start`, {}));
  await world.reach(at('2027-01-01T10:00'), id);
  const paper = new FormData();
  for (const [field, value] of Object.entries({ ...as, signedOn: '2027-01-01' })) paper.set(field, value);
  paper.set('document', new Blob(['%PDF-1.4 signed']), 'signed.pdf');
  await done(world.desk.post(`/agreements/${id}/signatures`, paper));
  await world.settle(id);
  return id;
}

test('a month before a quarter ends and as it ends, whoever leads the visits and the coordinator hear who is short (S003-S-19)', async () => {
  const customer = async (key: string, tier: string): Promise<string> =>
    String((await done(world.desk.post('/customers', { key, name: `客户 ${key}`, tier }), 201))['id']);
  const first = await customer('K1', 'key');
  const second = await customer('K2', 'key');
  await customer('O1', 'ordinary');
  const id = await inForce();
  const path = `/agreements/${id}`;
  const warnings = async (quarter: string) =>
    (await world.mails()).filter(({ subject }) => new RegExp(`(${quarter}).*(客户|customer)`).test(subject));

  await world.reach(at('2027-03-01T10:00'), id);
  const ahead = await eventually(async () => {
    const found = await warnings('2027 年第一季度|Q1 2027');
    return found.length === 2 && found;
  });
  expect(ahead.map(({ recipients, subject }) => [recipients[0], subject]).sort()).toEqual([
    ['coordinator@example.org', 'Q1 2027 ends on Wed 2027-03-31: 2 customers lack a visit or a survey of 2027'],
    ['marketing@example.org', '2027 年第一季度将于 2027-03-31（周三）结束，2 户客户尚未完成 2027 年的走访或调查'],
  ]);
  const inChinese = ahead.find(({ recipients }) => recipients[0] === 'marketing@example.org')?.text ?? '';
  expect(inChinese).toContain('重点客户 2 户，其中 2 户未完成：走访应完成 2 次，已完成 0 次，尚缺 2 次');
  expect(inChinese).not.toContain('客户 K');

  /** Held on the day on which it is entered. */
  const visit = async (customerId: string, heldOn: string): Promise<void> => {
    const body = { ...as, kind: 'visit', customer: customerId, plannedOn: heldOn };
    const { id: row } = await done(world.desk.post(`${path}/visits`, body), 201);
    await eventually(async () =>
      (await world.desk.get(`${path}/visits`, visitList)).items.some(
        (one) => one.id === row && one.status === 'planned',
      ),
    );
    await done(world.desk.post(`${path}/visits/${String(row)}/hold`, { ...as, heldOn }));
  };
  await world.reach(at('2027-03-10T10:00'), id);
  await visit(first, '2027-03-10');
  await visit(second, '2027-03-10');
  await world.reach(at('2027-03-20T10:00'), id);
  await visit(first, '2027-03-20');

  await world.reach(at('2027-04-01T10:00'), id);
  const atEnd = await eventually(async () => {
    const found = await warnings('2027 年第一季度已结束|Q1 2027 has ended');
    return found.length === 2 && found;
  });
  expect(
    atEnd.find(({ recipients }) => recipients[0] === 'coordinator@example.org')?.text.replace(/\s+/g, ' '),
  ).toContain(
    '2 key customers, 1 of them short: visits 2 of 2, 0 missing; comprehensive surveys, visits among them, 3 of 4, 1 missing.',
  );
  const events = await world.database.event.findMany({
    where: { agreementId: id, type: { in: ['visit-count-due', 'visits-counted'] } },
    orderBy: { sequence: 'asc' },
  });
  expect(events.map(({ type, body }) => [type, (JSON.parse(body) as { stage: string }).stage])).toEqual([
    ['visit-count-due', 'ahead'],
    ['visits-counted', 'ahead'],
    ['visit-count-due', 'end'],
    ['visits-counted', 'end'],
  ]);

  // The page says the same; a quarter before the effect lacks nothing.
  const counters = await world.desk.get(`${path}/visit-counters?year=2027`, visitCounters);
  expect(counters.quarters.map(({ missing }) => missing)).toEqual([2, null, null, null]); // with the ordinary one
  const before = await world.desk.get(`${path}/visit-counters?year=2026`, visitCounters);
  expect(before.quarters.map(({ missing }) => missing)).toEqual([0, 0, 0, 0]);

  expect((await world.desk.read(`${path}/replay`)).body).toMatchObject({ verdict: 'identical' });
  const held = await heldRecord(world.database, id);
  expect(held).toContain('visits-counted');
  expect(held).not.toContain('客户 K1');
}, 180_000);
