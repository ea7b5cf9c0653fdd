import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { registeredRisk, risk, riskList } from '../../api/risks/schema.ts';
import * as schemas from '../../api/schemas.ts';
import { templateOf } from '../../api/views.ts';
import { heldRecord } from '../support/held-record.ts';
import { Desk, type Reply } from '../support/people.ts';
import { MACHINE } from '../support/machine-key.ts';
import { type World, eventually, openWorld } from '../support/world.ts';
import { ZONE, day } from './draft.ts';

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

const forA = { as: 'coordinator', onBehalfOf: 'A' };
const people = (name: string) => ({ name, email: `${name}@example.org`, language: 'en' });

/** An agreement of that template, signed today by both. */
async function signed(template: string, terms: Record<string, unknown>, seats: Record<string, object> = {}) {
  const { terms: known = [] } = templateOf(`${template}@1`) ?? {};
  const open = Object.fromEntries(
    known.flatMap((term) => ('value' in term && term.value !== undefined ? [] : [[term.name, 'not-agreed']])),
  );
  const created = await done(
    desk.post('/agreements', {
      template,
      zone: ZONE.id,
      calendar: 'every-day',
      terms: { ...open, ...terms },
      parties: { A: people('side-a'), B: people('side-b') },
      seats,
      coordinator: people('coordinator'),
    }),
    201,
  );
  const { id } = schemas.agreement.parse(created);
  await done(desk.post(`/agreements/${id}/start`, {}));
  for (const side of ['A', 'B']) {
    for (const [path, field] of [
      ['signatures', 'signedOn'],
      ['seals', 'sealedOn'],
    ] as const) {
      const paper = new FormData();
      for (const [name, value] of Object.entries({ as: 'coordinator', onBehalfOf: side, [field]: day(0) })) {
        paper.set(name, value);
      }
      paper.set('document', new Blob(['%PDF-1.4 paper']), 'paper.pdf');
      const { status } = await desk.post(`/agreements/${id}/${path}`, paper);
      if (path === 'signatures') expect(status).toBe(200);
    }
  }
  return id;
}

test('the register: threshold and departments of the contract’s tables, measures, a warning, reviews, the report; it replays', async () => {
  const id = await signed(
    'service-third-party',
    {
      contractTotal: '100000.00',
      riskReviewIntervalDays: 90,
      riskResponseDueDays: 14,
      warningAckHours: 24,
      riskWarningThreshold: [{ risk: 'Lost callers', indicator: 'lost calls', operator: 'at-least', value: '5' }],
      riskOwners: [
        { risk: 'Lost callers', email: 'group@example.org' },
        { risk: 'Lost callers', email: 'inspector@example.org' },
      ],
    },
    { 'survey-team': { party: 'A', ...people('group') } },
  );
  const at = `/agreements/${id}/risks`;
  const said = { ...forA, title: 'Lost callers', probability: 3, impact: 3 };
  expect(await desk.post(at, { ...said, probability: 6 })).toMatchObject({ status: 400 });
  expect(await desk.post(at, { ...said, emergency: { steps: [{ what: 'Call back', seat: 'A' }] } })).toMatchObject({
    status: 409,
    body: { type: 'urn:abide:not-provided' },
  });
  expect(await desk.post(at, { ...said, onBehalfOf: 'B' })).toMatchObject({ status: 201 }); // the coordinator keeps it for either
  const begun = registeredRisk.parse(await done(desk.post(at, said), 201));
  const one = `${at}/${begun.id}`;
  const now = () => desk.get(one, risk);
  await eventually(async () => (await now()).status === 'open');
  expect(await now()).toMatchObject({
    title: 'Lost callers',
    level: 'MEDIUM',
    threshold: { indicator: 'observed', operator: 'at-least', value: '5' },
    departments: [{ seat: 'survey-team' }],
    responseDue: { localDate: day(14) },
    reviewDue: { localDate: day(90) },
  });

  // S001b-55, S001b-56: a measure, its completion, another version.
  const measure = { what: 'A second line', lowers: 'likelihood', owner: 'survey-team' };
  await done(desk.post(`${one}/mitigate`, { ...forA, ...measure }));
  const file = new FormData();
  for (const [name, value] of Object.entries({ ...forA, measure: 'measure-1' })) file.set(name, value);
  file.set('file', new Blob(['%PDF-1.4 done']), 'line.pdf');
  await done(desk.post(`${one}/complete`, file));
  expect(await desk.post(`${one}/assess`, { ...forA, measure: 'measure-1', verdict: 'adjust' })).toMatchObject({
    status: 422,
    body: { type: 'urn:abide:new-version-missing' },
  });
  await done(
    desk.post(`${one}/assess`, {
      ...forA,
      measure: 'measure-1',
      verdict: 'adjust',
      adjusted: { what: 'A call centre' },
    }),
  );
  expect((await now()).plans).toMatchObject([{ what: 'A call centre', version: 2, status: 'open' }]);

  // S001b-57, S001b-58: a figure that crosses warns the department at once; it acknowledges.
  await done(desk.post(`${one}/observe`, { ...forA, value: '4' }));
  expect((await now()).warning).toBeNull();
  await done(desk.post(`${one}/observe`, { ...forA, value: '5' }));
  expect((await now()).warning).toMatchObject({ value: '5', waiting: [{ seat: 'survey-team' }] });
  const mails = await world.database.notice.findMany({ where: { agreementId: id, kind: 'risk-warning' } });
  expect(mails.map(({ seat, addressee }) => [seat, addressee !== null])).toEqual(
    expect.arrayContaining([
      ['survey-team', false],
      ['A', true],
    ]),
  );
  await done(desk.post(`${one}/acknowledge`, { ...forA }));
  expect(await now()).toMatchObject({ warning: null, warnings: 1 });

  await done(desk.post(`${one}/review`, { ...forA, verdict: 're-rated', rating: { probability: 2, impact: 2 } }));
  await done(desk.post(`${one}/occur`, { ...forA, details: 'The line was down' }));
  expect(await desk.post(`${one}/close`, { ...forA, reason: 'over' })).toMatchObject({ status: 409 });
  await done(desk.post(`${one}/stand-down`, { ...forA }));
  expect(await now()).toMatchObject({
    level: 'LOW',
    version: 2,
    status: 'open',
    ratings: [{ version: 2 }, { version: 1 }],
  });
  expect(await desk.get(at, riskList)).toMatchObject({
    items: [{ status: 'open' }, { status: 'open' }],
    rules: { warning: true, emergency: false, measureReview: true },
  });

  const report = await fetch(`${world.url}/api/agreements/${id}/risk-report.html?language=en`, { headers: MACHINE });
  const page = await report.text();
  expect([report.status, page.includes('Lost callers'), page.includes('A call centre')]).toEqual([200, true, true]);

  expect((await desk.read(`/agreements/${id}/replay`)).body).toMatchObject({ verdict: 'identical' });
  const held = await heldRecord(world.database, id);
  expect(held).toContain('risk-warning-raised');
  for (const words of ['Lost callers', 'call centre', 'line was down', 'inspector']) expect(held).not.toContain(words);
}, 180_000);
