import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import * as schemas from '../../api/schemas.ts';
import {
  publishedTrainingPlan,
  qualificationList,
  training,
  trainingCoverage,
  trainingList,
} from '../../api/trainings/schema.ts';
import { MACHINE } from '../support/machine-key.ts';
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

const EXAMPLE = new URL('../../templates/service-third-party/examples/everything-agreed.yaml', import.meta.url);

const as = { as: 'coordinator', onBehalfOf: 'A' };

/** S001b, in force today: staff are trained every 30 days, 85 passes, who fails is trained again within 30 days. */
async function inForce(): Promise<string> {
  const { terms } = parse(readFileSync(EXAMPLE, 'utf8')) as { terms: Record<string, unknown> };
  const people = (name: string) => ({ name, email: `${name}@example.org`, language: 'zh' });
  const created = await done(
    desk.post('/agreements', {
      template: 'service-third-party',
      zone: ZONE.id,
      calendar: 'every-day',
      terms: {
        ...terms,
        findingThresholdPct: 'not-agreed',
        sealRequired: false,
        staffTrainingIntervalDays: 30,
        examDueDays: 7,
        retrainDays: 30,
        passMark: '85',
        expiresOn: day(700),
      },
      parties: { A: people('provider'), B: people('client') },
      coordinator: people('coordinator'),
    }),
    201,
  );
  const { id } = schemas.agreement.parse(created);
  await done(desk.post(`/agreements/${id}/start`, {}));
  for (const party of ['A', 'B']) {
    const paper = new FormData();
    for (const [field, value] of Object.entries({ as: 'coordinator', onBehalfOf: party, signedOn: day(0) })) {
      paper.set(field, value);
    }
    paper.set('document', new Blob(['%PDF-1.4 signed']), 'signed.pdf');
    await done(desk.post(`/agreements/${id}/signatures`, paper));
  }
  return id;
}

test('a plan teaches every topic; its session is held, examined, repeated and certified, and fulfils the duty; it replays (S001b-13 to S001b-16)', async () => {
  const id = await inForce();
  const at = `/agreements/${id}`;
  const organisation = await done(desk.post('/organisations', { name: '云帆客服中心' }), 201);
  const person = async (name: string): Promise<string> => {
    const body = await done(
      desk.post('/persons', {
        organisationId: organisation['id'],
        name,
        email: `${name}@staff.example.org`,
        language: 'zh',
      }),
      201,
    );
    return String(body['id']);
  };
  const [li, chen] = [await person('li'), await person('chen')];
  const year = Number(TODAY.slice(0, 4));
  const row = { training: 'training-standard', plannedOn: TODAY, trainees: [li, chen], mode: 'classroom' };
  const topics = ['product-knowledge', 'service-process', 'communication', 'customer-psychology'];

  const refused = await desk.post(`${at}/training-plans`, {
    ...as,
    year,
    rows: [{ ...row, topics: topics.slice(0, 3) }],
  });
  expect(refused.body).toMatchObject({
    type: 'urn:abide:topics-missing',
    status: 422,
    clauses: ['S001b-13'],
  });
  expect(JSON.stringify(refused.body)).toContain('customer-psychology');
  expect((await desk.get(`${at}/trainings`, trainingList)).items).toEqual([]);
  const plan = publishedTrainingPlan.parse(
    await done(desk.post(`${at}/training-plans`, { ...as, year, rows: [{ ...row, topics }] }), 201),
  );
  const one = `${at}/trainings/${plan.sessions[0]?.id ?? ''}`;
  await eventually(async () => (await desk.get(one, training)).status === 'planned');
  const invitation = await eventually(async () =>
    (await world.mails()).find(({ recipients }) => recipients[0] === 'li@staff.example.org'),
  );
  expect(invitation.text).toContain('产品知识、服务流程、沟通技巧、客户心理');

  await done(desk.post(`${one}/hold`, { ...as, heldOn: TODAY, attended: [li, chen] }));
  await done(
    desk.post(`${one}/examine`, {
      ...as,
      examinedOn: TODAY,
      results: [
        { trainee: li, score: '85.00' },
        { trainee: chen, score: '84.99' },
      ],
    }),
  );
  await done(desk.post(`${one}/complete`, as));
  const seen = await desk.get(one, training);
  expect(seen).toMatchObject({
    status: 'completed',
    passed: 1,
    failed: 1,
    serves: { obligation: { id: 'staff-training' } },
  });
  expect(seen.trainees[1]).toMatchObject({ name: 'chen', mustRetrain: true, retakeDue: { localDate: day(30) } });
  await eventually(async () => (await dutyStatus(at, 'training-exam')) === 'fulfilled');
  expect(await dutyStatus(at, 'staff-training')).toBe('fulfilled');
  expect(await dutyStatus(at, 'retraining')).not.toBe('fulfilled');

  const early = await desk.post(`${one}/examine`, {
    ...as,
    examinedOn: TODAY,
    results: [{ trainee: chen, score: '99' }],
  });
  expect(early).toMatchObject({ status: 409, body: { type: 'urn:abide:retraining-first', clauses: ['S001b-16'] } });
  await done(desk.post(`${one}/hold`, { ...as, heldOn: TODAY, attended: [chen] }));
  await done(desk.post(`${one}/examine`, { ...as, examinedOn: TODAY, results: [{ trainee: chen, score: '91.5' }] }));
  await eventually(async () => (await dutyStatus(at, 'retraining')) === 'fulfilled');
  const closed = await desk.get(one, training);
  expect(closed).toMatchObject({ status: 'closed', passed: 2, failed: 0 });
  const number = closed.trainees[1]?.certificate?.number ?? '';
  expect(number).toMatch(/^[0-9A-F]{8}-[0-9A-F]{8}-002$/);

  const mail = await eventually(async () =>
    (await world.mails()).find(
      ({ recipients, attachments }) =>
        recipients[0] === 'chen@staff.example.org' && attachments.some(({ fileName }) => fileName === `${number}.pdf`),
    ),
  );
  expect(mail.text).toContain(number);
  const pdf = await fetch(`${world.url}/api${one}/certificates/${chen}?language=zh`, { headers: MACHINE });
  expect(pdf.headers.get('content-type')).toBe('application/pdf');
  expect((await pdf.text()).startsWith('%PDF-')).toBe(true);
  expect(await desk.read(`${one}/certificates/${organisation['id'] as string}`)).toMatchObject({ status: 404 });

  const coverage = await desk.get(`${at}/training-coverage`, trainingCoverage);
  const standard = coverage.items.find((item) => item.training.id === 'training-standard');
  expect(standard?.missing.topics).toEqual([]);
  expect(standard?.missing.modes.map((mode) => mode.id)).toEqual(['internal', 'external', 'online']);
  const qualifications = await desk.get(`${at}/qualifications`, qualificationList);
  expect(qualifications).toMatchObject({ gated: false });
  expect(qualifications.items.map(({ name, certificates }) => [name, certificates.length])).toEqual([
    ['li', 1],
    ['chen', 1],
  ]);

  const verdict = await desk.read(`${at}/replay`);
  expect(verdict.body).toMatchObject({ verdict: 'identical' });
  expect(JSON.stringify(verdict.body)).toContain(`training/${id}/`);

  const held = await heldRecord(world.database, id);
  expect(held).toContain('training-planned');
  for (const words of ['云帆客服中心', '@staff.example.org']) expect(held).not.toContain(words);
}, 120_000);

async function dutyStatus(at: string, obligation: string): Promise<string | undefined> {
  const { obligations } = await desk.get(at, schemas.agreement);
  return obligations.find((one) => one.id === obligation && one.status !== 'pending')?.status;
}
