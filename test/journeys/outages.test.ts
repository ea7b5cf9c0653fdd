import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, onTestFailed, test, vi } from 'vitest';
import * as schemas from '../../api/schemas.ts';
import { Desk } from '../support/people.ts';
import { type World, eventually, openWorld } from '../support/world.ts';
import { at, day, draftOf, iso, people, TODAY } from './draft.ts';

vi.mock('../../templates/calendars.ts', async (original) => {
  const { withEveryDay } = await import('../support/every-day.ts');
  return withEveryDay(await original());
});

const PLAN = { name: 'plan.txt', content: 'A plan.\n' };
const REPORT = { name: 'report.txt', content: 'A report.\n' };

let world: World;
let desk: Desk;

beforeAll(async () => {
  world = await openWorld({ engineDeadlineMs: 3_000 });
  desk = new Desk(world);
});
afterEach(async () => {
  world.setClock(undefined);
  await world.stopWorker();
});
afterAll(() => world?.close());

/** Started and signed by both, at the API's time. */
async function inForce(tag: string, signedOn = TODAY): Promise<string> {
  const started = await desk.post('/agreements', { ...draftOf(people(tag)), start: true });
  expect(started.status).toBe(200);
  const { id } = schemas.agreement.parse(started.body);
  for (const as of ['A', 'B']) {
    expect(await desk.post(`/agreements/${id}/signatures`, { as, signedOn })).toMatchObject({ status: 200 });
  }
  return id;
}

async function settled(command: string) {
  return eventually(
    async () => {
      const row = await desk.command(command);
      return row.status !== 'pending' && row;
    },
    { withinMs: 60_000, what: `the outcome of ${command}` },
  );
}

test(
  'worker away for weeks across due dates: what was received in time is in time, and nobody is told otherwise',
  { timeout: 90_000 },
  async () => {
    onTestFailed(() => world.tellAll());
    const away = people('worker-away');
    // Signed 70 days ago: the report was due 40 days ago, the plan 10 days ago; the worker comes now.
    world.setClock(at(-70, '10:00'));
    const start = randomUUID();
    const started = await desk.post('/agreements', { ...draftOf(away), start: true }, { key: start });
    expect(started).toMatchObject({ status: 202, location: `/api/commands/${start}` });
    const { items } = await desk.get('/agreements?search=worker-away', schemas.agreementPage);
    const id = items[0]?.id ?? expect.unreachable();
    expect(items[0]?.status).toBe('starting');
    const keys: string[] = [];
    const pending = async (ms: number, act: (key: string) => ReturnType<Desk['post']>): Promise<void> => {
      world.setClock(ms);
      const key = randomUUID();
      keys.push(key);
      const location = `/api/commands/${key}`;
      expect(await act(key)).toMatchObject({
        status: 202,
        location,
        body: { command: key, status: 'pending', location },
      });
    };
    const sign = (as: string) => (key: string) =>
      desk.post(`/agreements/${id}/signatures`, { as, signedOn: day(-70) }, { key });
    await pending(at(-70, '10:05'), sign('A'));
    await pending(at(-70, '10:10'), sign('B'));
    await pending(at(-40, '23:50'), (key) => desk.submit(id, 'needs-analysis-report', 'A', [REPORT], { key }));
    await pending(at(-9, '00:00'), (key) => desk.submit(id, 'process-plan', 'A', [PLAN], { key }));
    expect(await desk.command(keys[2] ?? '')).toMatchObject({ status: 'pending', receivedAt: iso(-40, '23:50') });
    world.setClock(undefined);

    await world.startWorker();
    for (const key of [start, ...keys]) expect(await settled(key)).toMatchObject({ command: key, status: 'applied' });
    const notices = await desk.allSent(id);

    const events = await desk.events(id);
    expect(events.map(({ type, obligation, at: when }) => [when, type, obligation].filter(Boolean).join(' '))).toEqual(
      [
        `${iso(-70, '10:00')} agreement-started`,
        `${iso(-70, '10:05')} agreement-signed`,
        `${iso(-70, '10:10')} agreement-signed`,
        `${iso(-70, '10:10')} agreement-in-force`,
        `${iso(-40, '23:50')} deliverable-submitted needs-analysis-report`,
        `${iso(-40, '23:50')} obligation-fulfilled needs-analysis-report`,
        // Handed in at the very end of its last day: at equal instants time goes first.
        `${iso(-9)} obligation-overdue process-plan`,
        `${iso(-9)} deliverable-submitted process-plan`,
        `${iso(-9)} penalty-posted process-plan`,
      ].concat(events.slice(9).map(({ type, obligation, at: when }) => `${when} ${type} ${obligation}`)),
    );
    expect(events.slice(9)).toEqual([]);
    expect((await desk.agreement(id)).obligations).toMatchObject([
      { status: 'fulfilled', daysLate: 0, fulfilledAt: iso(-40, '23:50'), penalty: { balance: '0.00' } },
      {
        status: 'in-review',
        daysLate: 1,
        review: { localDate: day(1), waitingFor: ['B'] },
        penalty: { balance: '5000.00' },
      },
      { status: 'pending', daysLate: 0, localDate: day(20) },
    ]);
    expect((await desk.ledger(id)).items).toMatchObject([
      { at: iso(-9), kind: 'penalty', obligation: 'process-plan', days: 1, amount: '5000.00', posted: true },
    ]);

    // Whoever was in time hears of no delay; what was missed is one mail.
    const ofReport = notices.filter(({ obligation }) => obligation === 'needs-analysis-report');
    expect(ofReport.map(({ kind, seat }) => `${kind} ${seat}`)).toEqual(['deliverable-submitted B']);
    expect(notices.filter(({ kind }) => kind.endsWith('reminder'))).toEqual([]);
    const summaries = notices.filter(({ kind }) => kind === 'summary');
    expect(summaries.map(({ seat, role }) => `${seat}/${role}`)).toEqual(['B/B']);
    const mails = (await world.mails()).filter(({ recipients }) => recipients[0]?.includes('worker-away'));
    const texts = mails.filter(({ text }) => text.includes('逾期') || /\blate\b|overdue/i.test(text));
    expect(texts.filter(({ text }) => /需求分析报告|needs-analysis/i.test(text.split('S001a')[0] ?? ''))).toEqual([]);
  },
);

test(
  'mailbox away: acts and clocks go on, and every notice arrives once when it is back',
  { timeout: 90_000 },
  async () => {
    onTestFailed(() => world.tellAll());
    await world.startWorker();
    await world.stopMailbox();
    // Signed 32 days ago: the report is two days late.
    const id = await inForce('mail-away', day(-32));
    const overdue = await eventually(async () => {
      const agreement = await desk.agreement(id);
      return agreement.overdue === 1 && agreement;
    });
    expect(overdue).toMatchObject({
      status: 'active',
      obligations: [{ daysLate: 2, penalty: { balance: '10000.00' } }, {}, {}],
    });
    expect(await desk.submit(id, 'process-plan', 'A', [PLAN])).toMatchObject({ status: 200 });
    const verdict = { as: 'B', verdict: 'accept' };
    expect(await desk.post(`/agreements/${id}/obligations/process-plan/reviews`, verdict)).toMatchObject({
      status: 200,
    });
    const waiting = await eventually(async () => {
      const all = await desk.notices(id);
      return all.some(({ kind }) => kind === 'deliverable-accepted') && all;
    });
    expect(new Set(waiting.map(({ status }) => status))).toEqual(new Set(['queued']));
    expect(waiting.filter(({ sentAt }) => sentAt !== null)).toEqual([]);

    await world.startMailbox();
    const sent = await desk.allSent(id);
    expect(sent.filter(({ status, possibleDuplicate }) => status !== 'sent' || possibleDuplicate)).toEqual([]);
    const mails = (await world.mails()).filter(({ recipients }) => recipients[0]?.includes('mail-away'));
    // Reminders of one morning share a mail: each mail came once, and carried what it should.
    const rows = await world.database.notice.findMany({ where: { agreementId: id } });
    const carried = new Set(rows.map(({ messageId }) => messageId));
    expect(mails.map(({ messageId }) => messageId).toSorted()).toEqual([...carried].toSorted());
  },
);

test(
  'engine away: the answer is 202 with the way to the outcome, and the same request then gets 200',
  { timeout: 120_000 },
  async () => {
    onTestFailed(() => world.tellAll());
    await world.startWorker();
    const id = await inForce('engine-away');
    await world.stopEngine();
    const key = randomUUID();
    const first = await desk.submit(id, 'process-plan', 'A', [PLAN], { key });
    expect(first).toMatchObject({
      status: 202,
      location: `/api/commands/${key}`,
      body: { command: key, status: 'pending' },
    });
    expect(await desk.submit(id, 'process-plan', 'A', [PLAN], { key })).toEqual(first);
    expect((await desk.agreement(id)).obligations[1]).toMatchObject({ status: 'pending' });
    const health = await desk.get('/health', schemas.health);
    expect(health).toMatchObject({ status: 'degraded', temporal: 'away', database: 'ok' });
    const newcomer = randomUUID();
    const created = await desk.post(
      '/agreements',
      { ...draftOf(people('started-away')), start: true },
      { key: newcomer },
    );
    expect(created).toMatchObject({ status: 202, location: `/api/commands/${newcomer}` });

    await world.startEngine();
    const outcome = await settled(key);
    expect(outcome).toMatchObject({ status: 'applied', events: ['deliverable-submitted'] });
    const { sequence, events } = outcome;
    const repeated = await desk.submit(id, 'process-plan', 'A', [PLAN], { key });
    expect(repeated).toMatchObject({ status: 200, body: { command: key, status: 'applied', sequence, events } });
    expect((await desk.agreement(id)).obligations[1]).toMatchObject({ status: 'in-review', review: { round: 1 } });
    const handedIn = (await desk.events(id)).filter(({ type }) => type === 'deliverable-submitted');
    expect(handedIn).toHaveLength(1);
    expect(await settled(newcomer)).toMatchObject({ status: 'applied', events: ['agreement-started'] });
  },
);
