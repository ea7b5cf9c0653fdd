import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { improvement, improvementBoard } from '../../api/improvements/schema.ts';
import * as schemas from '../../api/schemas.ts';
import { templateOf } from '../../api/views.ts';
import { publishedPlan, visit, visitCounters, visitList } from '../../api/visits/schema.ts';
import { heldRecord } from '../support/held-record.ts';
import { Desk, type Reply } from '../support/people.ts';
import { type World, eventually, openWorld } from '../support/world.ts';
import { TODAY, ZONE, day } from './draft.ts';

vi.mock('../../templates/calendars.ts', async (original) => {
  const { withEveryDay } = await import('../support/every-day.ts');
  return withEveryDay(await original());
});

let world: World;
let desk: Desk;

beforeAll(async () => {
  world = await openWorld({});
  desk = new Desk(world);
  await world.startWorker({});
});
afterAll(() => world?.close());

async function done(reply: Promise<Reply>, status = 200): Promise<Reply['body']> {
  const { status: given, body } = await reply;
  expect(given === status ? '' : JSON.stringify(body)).toBe('');
  return body;
}

const as = { as: 'coordinator', onBehalfOf: 'Company' };

/** The rules S003-S, posted today: a report within five days of a visit. */
async function posted(): Promise<string> {
  const { terms = [] } = templateOf('satisfaction-management@1') ?? {};
  const open = Object.fromEntries(
    terms.flatMap((term) => ('value' in term && term.value !== undefined ? [] : [[term.name, 'not-agreed']])),
  );
  const people = (name: string) => ({ name, email: `${name}@example.org`, language: 'zh' });
  const created = await done(
    desk.post('/agreements', {
      template: 'satisfaction-management',
      zone: ZONE.id,
      calendar: 'every-day',
      terms: { ...open, visitReportDue: 'P5D' },
      parties: { Company: people('company') },
      seats: { marketing: people('marketing'), business: people('business') },
      coordinator: people('coordinator'),
    }),
    201,
  );
  const { id } = schemas.agreement.parse(created);
  await done(desk.post(`/agreements/${id}/start`, {}));
  const paper = new FormData();
  for (const [field, value] of Object.entries({ ...as, signedOn: day(0) })) paper.set(field, value);
  paper.set('document', new Blob(['%PDF-1.4 signed']), 'signed.pdf');
  await done(desk.post(`/agreements/${id}/signatures`, paper));
  return id;
}

test('a plan leaves no key customer out; a visit is held, reported and leads to an improvement; it replays', async () => {
  const id = await posted();
  const customer = async (key: string, tier: string): Promise<string> => {
    const body = await done(desk.post('/customers', { key, name: `客户 ${key}`, tier }), 201);
    return String(body['id']);
  };
  const [first, second, ordinary] = [
    await customer('K1', 'key'),
    await customer('K2', 'key'),
    await customer('O1', 'ordinary'),
  ];
  const year = Number(TODAY.slice(0, 4));
  const row = { customer: first, plannedOn: TODAY, departments: ['business'] };
  const at = `/agreements/${id}`;

  // S003-S-18: every key customer has at least one row, else nothing is published.
  const refused = await desk.post(`${at}/visit-plans`, { ...as, year, rows: [row] });
  expect(refused).toMatchObject({
    status: 422,
    body: { type: 'urn:abide:plan-incomplete', clauses: ['S003-S-18', 'S003-S-04'] },
  });
  expect(JSON.stringify(refused.body)).toContain('客户 K2 (K2) has no row');
  expect((await desk.get(`${at}/visits`, visitList)).items).toEqual([]);

  const rows = [row, { customer: second, plannedOn: TODAY }];
  const plan = publishedPlan.parse(await done(desk.post(`${at}/visit-plans`, { ...as, year, rows }), 201));
  expect(plan).toMatchObject({ year, status: 'started' });
  const again = { ...as, year, rows: [{ customer: first, plannedOn: `${year}-12-31` }] };
  expect(await desk.post(`${at}/visit-plans`, again)).toMatchObject({ status: 400 });
  await done(desk.post(`${at}/visit-plans`, { ...again, reason: '客户要求年底再走访一次' }), 201);
  await eventually(async () => {
    const { items } = await desk.get(`${at}/visits`, visitList);
    return items.length === 3 && items.every(({ status }) => status === 'planned');
  });

  const one = `${at}/visits/${plan.visits.find((each) => each.customer === first)?.id ?? ''}`;
  expect((await desk.get(one, visit)).can).toEqual(['reschedule', 'hold', 'cancel']);
  await done(desk.post(`${one}/hold`, { ...as, heldOn: TODAY }));
  expect(await desk.post(`${one}/report`, as)).toMatchObject({
    status: 422,
    body: { type: 'urn:abide:report-missing' },
  });
  const report = new FormData();
  for (const [field, value] of Object.entries(as)) report.set(field, value);
  report.set('document', new Blob(['%PDF-1.4 report']), '走访报告.pdf');
  await done(desk.post(`${one}/report`, report));
  await done(desk.post(`${one}/follow-up`, { ...as, title: '发票寄送太慢', severity: 3 }));

  const seen = await desk.get(one, visit);
  expect(seen).toMatchObject({
    status: 'reported',
    comprehensive: true,
    reportDue: { localDate: day(5) },
    report: { documents: [{ fileName: '走访报告.pdf' }], daysLate: 0 },
    improvements: [{ reference: `${seen.reference}/finding-1`, title: '发票寄送太慢' }],
    customer: { name: '客户 K1' },
  });
  const board = await eventually(async () => {
    const found = await desk.get(`${at}/improvements`, improvementBoard);
    return found.items.length === 1 && found.items[0]?.status === 'raised' && found;
  });
  expect(board.items[0]).toMatchObject({ source: 'visit', about: seen.reference, title: '发票寄送太慢' });
  const raised = await desk.get(`${at}/improvements/${board.items[0]?.id ?? ''}`, improvement);
  expect(raised.finding).toMatchObject({ customerWeight: 3, raisedBy: [{ customerId: first }] });

  // S003-S-19, S003-S-20: what is there, and what is missing.
  const counters = await desk.get(`${at}/visit-counters?year=${year}`, visitCounters);
  const of = (customerId: string) => counters.items.find((item) => item.customer.customerId === customerId);
  expect(of(first)).toMatchObject({ visits: { done: 1, missing: 0 } });
  expect(of(second)).toMatchObject({ visits: { done: 0, missing: 1 }, met: false });
  expect(of(ordinary)).toMatchObject({ surveys: { done: 0, needed: 1, missing: 1 }, met: false });

  // S001a-17 knows call-backs, S003-S visits alone.
  const call = { ...as, kind: 'call-back', customer: ordinary, plannedOn: TODAY };
  expect(await desk.post(`${at}/visits`, call)).toMatchObject({ body: { type: 'urn:abide:not-provided' } });
  const adHoc = await done(desk.post(`${at}/visits`, { ...call, kind: 'visit', departments: ['business'] }), 201);
  await eventually(async () =>
    (await world.mails()).find(
      ({ recipients, text }) => recipients[0] === 'business@example.org' && text.includes('O1'),
    ),
  );
  await done(desk.post(`${at}/visits/${String(adHoc['id'])}/cancel`, { ...as, reason: '客户改约' }));

  const verdict = await desk.read(`${at}/replay`);
  expect(verdict.body).toMatchObject({ verdict: 'identical' });
  expect(JSON.stringify(verdict.body)).toContain(`visit/${id}/`);

  const held = await heldRecord(world.database, id);
  expect(held).toContain('visit-planned');
  for (const words of ['客户要求年底再走访一次', '发票寄送太慢', '客户改约', '客户 K1'])
    expect(held).not.toContain(words);
}, 120_000);
