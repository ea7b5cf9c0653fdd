import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import type { z } from 'zod';
import * as schemas from '../../api/schemas.ts';
import { improvementBoard } from '../../api/improvements/schema.ts';
import { questionnaireDraft, survey, surveyList } from '../../api/surveys/schema.ts';
import { readQuestions } from '../../domain/survey/questionnaire.ts';
import { Desk, type Reply } from '../support/people.ts';
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

const EXAMPLE = new URL('../../templates/service-attachments/examples/everything-agreed.yaml', import.meta.url);
const CUSTOMERS = 6;

async function done(reply: Promise<Reply>, status = 200): Promise<Reply['body']> {
  const { status: given, body } = await reply;
  expect({ status: given, body }).toMatchObject({ status });
  return body;
}

/** S001a as its example has it, in force today. */
async function inForce(): Promise<string> {
  const { terms } = parse(readFileSync(EXAMPLE, 'utf8')) as { terms: Record<string, unknown> };
  const people = (name: string) => ({ name, email: `${name}@example.org`, language: 'zh' });
  const created = await done(
    desk.post('/agreements', {
      template: 'service-attachments',
      zone: ZONE.id,
      calendar: 'every-day',
      terms: { ...terms, findingThresholdPct: '60', expiresOn: 'not-agreed' },
      parties: { A: people('provider'), B: people('client') },
      coordinator: people('coordinator'),
    }),
    201,
  );
  const { id } = schemas.agreement.parse(created);
  await done(desk.post(`/agreements/${id}/start`, {}));
  for (const party of ['A', 'B']) {
    const paper = new FormData();
    paper.set('as', 'coordinator');
    paper.set('onBehalfOf', party);
    paper.set('signedOn', day(0));
    paper.set('document', new Blob(['%PDF-1.4 signed']), 'signed.pdf');
    await done(desk.post(`/agreements/${id}/signatures`, paper));
  }
  return id;
}

test('a survey on the real engine: asked by mail, answered by link, closed, reported; and what it found is sorted', async () => {
  const id = await inForce();
  const cycles = await eventually(async () => {
    const { items } = await desk.get(`/agreements/${id}/surveys`, surveyList);
    return items.length > 0 && items[0]?.status === 'planned' && items;
  });
  const cycle = `/agreements/${id}/surveys/${cycles[0]?.id ?? ''}`;
  const view = (): Promise<z.output<typeof survey>> => desk.get(cycle, survey);
  const as = { as: 'coordinator', onBehalfOf: 'A' };

  for (let number = 1; number <= CUSTOMERS; number++) {
    const customer = { key: `C${number}`, name: `客户 ${number}`, email: `c${number}@customer.example.org` };
    await done(desk.post('/customers', customer), 201);
  }
  const { json } = await desk.get(`${cycle}/draft`, questionnaireDraft);
  await done(desk.post(`${cycle}/design`, { ...as, questionnaire: json }));
  await done(desk.post(`${cycle}/draw`, { ...as, seed: 'journey' }));
  await done(desk.post(`${cycle}/publish`, { ...as, channels: ['online'] }));

  const read = readQuestions(json);
  if ('problems' in read) throw new Error('the draft is no questionnaire');
  const scored = read.questions.filter(({ role }) => role === 'score');
  for (let number = 1; number < CUSTOMERS; number++) {
    const address = `c${number}@customer.example.org`;
    const mail = await eventually(
      async () => (await world.mails()).find(({ recipients }) => recipients[0] === address),
      { what: `mail to ${address}` },
    );
    const [, token = ''] = /\/answer#([A-Za-z0-9_-]+)/.exec(mail.text) ?? [];
    const session = await done(desk.post('/answer-sessions', { token }));
    expect(session).toMatchObject({ kind: 'personal', state: 'open' });
    const answers = Object.fromEntries(scored.map(({ name }) => [name, 2]));
    await done(desk.post('/answers', { token, answers }), 201);
    expect(await desk.post('/answers', { token, answers })).toMatchObject({ status: 409 });
  }
  await eventually(async () => (await view()).answered === CUSTOMERS - 1);
  await done(desk.post(`${cycle}/close`, as));
  const analysed = await eventually(async () => {
    const seen = await view();
    return seen.status === 'analysed' && seen;
  });
  // S001a demands no dimension: satisfaction as a whole is asked.
  expect(analysed.figures).toMatchObject({ drawn: 6, answered: 5, overall: { n: 5, mean: { value: '2.0000' } } });

  await done(desk.post(`${cycle}/release`, { ...as, judgement: '响应偏慢' }));
  const { report } = await view();
  expect(report?.documents.map(({ fileName }) => fileName).toSorted()).toEqual([
    'survey-report.pdf',
    '满意度调查报告.pdf',
  ]);
  await done(desk.post(`${cycle}/raise`, { ...as, frequency: 5, severity: 4, title: '响应慢' }));
  const board = await eventually(async () => {
    const seen = await desk.get(`/agreements/${id}/improvements`, improvementBoard);
    return seen.items.some(({ title, status }) => title === '响应慢' && status === 'raised') && seen;
  });
  const finding = `/agreements/${id}/improvements/${board.items.find(({ title }) => title === '响应慢')?.id ?? ''}`;
  await done(desk.post(`${finding}/classify`, { ...as, category: null, severity: 4 }));
  const fulfilled = await eventually(async () =>
    (await desk.agreement(id)).obligations.find(
      (one) => one.id === 'satisfaction-survey' && one.status === 'fulfilled',
    ),
  );
  expect(fulfilled.daysLate).toBe(0);

  const verdict = await desk.read(`/agreements/${id}/replay`);
  expect(verdict.body).toMatchObject({ verdict: 'identical' });
  expect(JSON.stringify(verdict.body)).toContain(`survey/${id}/`);
}, 120_000);
