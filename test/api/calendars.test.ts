import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  calendarDetail,
  calendarList,
  previewAnswer,
  redatingAnswer,
  redatingPage,
} from '../../api/calendars/schema.ts';
import type { Role } from '../../api/policy.ts';
import { taskPage } from '../../api/routes/tasks.ts';
import { agreement as agreementSchema } from '../../api/schemas.ts';
import { EXAMPLE_2027, exampleCalendar } from '../support/calendar-2027.ts';
import { type Desk, ask, form, openDesk } from './desk.ts';
import { act, draftOf, refusalOf, started } from './life-desk.ts';
import { signedIn } from './signed-in.ts';

/** What the calendar is made from in these tests is an example: the true notice of 2027 is not known to us. */
const SOURCE = { documentNumber: '示例〔2026〕1号', issuedOn: '2026-11-12', link: 'https://example.com/notice' };
const VERSION = { id: 'cn', previous: '2026.1', notice: { ...EXAMPLE_2027, source: SOURCE } };

let desk: Desk;
let id: string;

beforeAll(async () => {
  desk = await openDesk();
  id = await serviceInForce('2027-06-01');
});
beforeEach(() => {
  desk.now.ms = Date.parse('2027-07-01T10:00:00+08:00');
});
afterAll(() => desk?.close());

/** In force on that day; its process plan is due 60 days later, its training plan 90 days later. */
async function serviceInForce(day: string): Promise<string> {
  desk.now.ms = Date.parse(`${day}T09:00:00+08:00`);
  const draft = {
    ...draftOf('service-attachments@2', { contractTotal: '1000000.00' }),
    parties: {
      A: { name: '甲公司', email: 'li.hua@a.example' },
      B: { name: '乙公司', email: 'wu.min@b.example' },
    },
    coordinator: { name: '王协调', email: 'wang@c.example' },
  };
  const agreementId = await started(desk, draft);
  for (const as of ['A', 'B']) await act(desk, agreementId, '/signatures', { as });
  return agreementId;
}

const get = async (path: string): Promise<unknown> => (await ask(desk.api, 'GET', path)).body;
const proposalOf = async (agreementId: string) =>
  redatingAnswer.parse(await get(`/agreements/${agreementId}/redating`)).redating;
const dueOf = async (agreementId: string, obligation: string): Promise<string | undefined> => {
  const found = agreementSchema.parse(await get(`/agreements/${agreementId}`));
  return found.obligations.find((one) => one.id === obligation)?.localDate ?? undefined;
};

test('the calendar of the product is there, with its years, the days of one, and who pins it', async () => {
  const { items } = calendarList.parse(await get('/calendars'));
  expect(items).toMatchObject([
    {
      id: 'cn',
      version: '2026.1',
      newest: true,
      builtIn: true,
      officialThrough: '2026-12-31',
      notice: null,
      pinned: 1,
    },
  ]);
  const detail = calendarDetail.parse(await get('/calendars/cn/2026.1?year=2026'));
  expect(detail.years.find(({ year }) => year === 2027)).toMatchObject({ official: false, makeUp: 0 });
  expect(detail.days).toContainEqual({
    date: '2026-10-10',
    kind: 'work',
    name: { zh: '国庆节', en: 'National Day' },
  });
  expect(await ask(desk.api, 'GET', '/calendars/cn/2099.1')).toMatchObject({ status: 404 });
  expect(await proposalOf(id)).toBeNull();
});

test('a file is read for the form; a notice that is wrong is refused field by field; a preview keeps nothing', async () => {
  const csv = [
    '类型,名称,起,止',
    ...EXAMPLE_2027.holidays.map(({ name, from, to }) => `放假,${name},${from},${to}`),
    ...EXAMPLE_2027.makeUp.map(({ name, date }) => `调休,${name},${date}`),
  ].join('\r\n');
  const read = await ask(desk.api, 'POST', '/calendars/file', { content: csv });
  expect(read).toMatchObject({ status: 200, body: { notice: EXAMPLE_2027 } });
  const json = await ask(desk.api, 'POST', '/calendars/file', { content: JSON.stringify(EXAMPLE_2027) });
  expect(json).toMatchObject({ status: 200, body: { notice: EXAMPLE_2027 } });
  const unreadable = await ask(desk.api, 'POST', '/calendars/file', { content: 'holiday,国庆节,2027-10-01\n春节' });
  expect(unreadable).toMatchObject({ status: 400, body: { errors: [{ path: 'content.2' }] } });

  const wrong = {
    ...VERSION,
    notice: {
      ...VERSION.notice,
      makeUp: [{ date: '2027-10-11', name: 'national-day' }],
      holidays: EXAMPLE_2027.holidays.slice(1),
    },
  };
  expect(await ask(desk.api, 'POST', '/calendars/preview', wrong)).toMatchObject({
    status: 422,
    body: {
      type: 'urn:abide:notice-invalid',
      errors: [{ path: 'notice.makeUp.0.date' }, { path: 'notice.holidays' }],
    },
  });
  expect(await ask(desk.api, 'POST', '/calendars/preview', { ...VERSION, previous: '2025.1' })).toMatchObject({
    status: 409,
    body: { type: 'urn:abide:calendar-outdated' },
  });
  const preview = previewAnswer.parse((await ask(desk.api, 'POST', '/calendars/preview', VERSION)).body);
  expect(preview).toMatchObject({
    version: '2027.1',
    hash: exampleCalendar().hash,
    provisionalFrom: '2028-01-01',
    pinned: 1,
  });
  expect(preview.changes).toContainEqual({
    date: '2027-10-09',
    before: null,
    after: { kind: 'work', name: { zh: '国庆节', en: 'National Day' } },
  });
  expect(await desk.database.calendarVersion.count()).toBe(0);
});

test('a newer version moves nothing: it is proposed, declined with a reason, accepted as it was shown', async () => {
  const second = await serviceInForce('2027-07-03'); // 90 days later is 2027-10-01
  expect(await dueOf(second, 'training-plan')).toBe('2027-10-04');
  desk.now.ms = Date.parse('2027-07-05T10:00:00+08:00');
  const key = randomUUID();
  const entered = await ask(desk.api, 'POST', '/calendars', VERSION, { 'Idempotency-Key': key });
  expect(entered).toMatchObject({
    status: 201,
    body: { id: 'cn', version: '2027.1', previous: '2026.1', builtIn: false, newest: true, notice: { source: SOURCE } },
  });
  expect(await ask(desk.api, 'POST', '/calendars', VERSION, { 'Idempotency-Key': key })).toMatchObject({ status: 201 });
  expect(await ask(desk.api, 'POST', '/calendars', VERSION)).toMatchObject({ status: 409 });

  expect(await dueOf(second, 'training-plan')).toBe('2027-10-04');
  const page = redatingPage.parse(await get('/redatings'));
  expect(page.items.map(({ agreement }) => agreement.id)).toEqual([second, id]);
  const shown = await proposalOf(second);
  expect(shown).toMatchObject({ calendar: { id: 'cn', from: '2026.1', to: '2027.1' }, declined: false, processes: 0 });
  expect(shown?.dates).toMatchObject([
    {
      kind: 'due',
      of: 'due:training-plan',
      before: '2027-10-04',
      after: '2027-10-08',
      why: [
        { zh: '2027-10-04 为国庆节假期', en: '2027-10-04 is a day off (National Day)' },
        { en: '2027-10-05 is a day off (National Day)' },
        { en: '2027-10-06 is a day off (National Day)' },
        { en: '2027-10-07 is a day off (National Day)' },
      ],
    },
  ]);
  const tasks = taskPage.parse(await get('/tasks')).items;
  expect(tasks.map(({ kind, agreement }) => [kind, agreement?.id]).sort()).toEqual(
    [
      ['redating-proposed', id],
      ['redating-proposed', second],
    ].sort(),
  );

  const path = '/redating';
  expect(await refusalOf(desk, second, path, { verdict: 'decline', to: '2027.1' })).toBe('reason-missing');
  expect(await refusalOf(desk, second, path, { verdict: 'accept', to: '2028.1', shown: [] })).toBe('nothing-proposed');
  expect(await refusalOf(desk, second, path, { verdict: 'accept', to: '2027.1', shown: [] })).toBe('redating-changed');
  await act(desk, second, path, { verdict: 'decline', to: '2027.1', reason: '先与对方核对' });
  expect(await proposalOf(second)).toMatchObject({ declined: true });
  expect(redatingPage.parse(await get('/redatings')).items.map(({ agreement }) => agreement.id)).toEqual([id]);
  expect(redatingPage.parse(await get('/redatings?status=declined')).items).toHaveLength(1);
  expect(taskPage.parse(await get('/tasks')).items.map(({ agreement }) => agreement?.id)).toEqual([id]);

  await act(desk, second, path, { verdict: 'accept', to: '2027.1', shown: shown?.shown });
  expect(await dueOf(second, 'training-plan')).toBe('2027-10-08');
  expect(await proposalOf(second)).toBeNull();
  expect(agreementSchema.parse(await get(`/agreements/${second}`)).calendar).toMatchObject({ version: '2027.1' });
  expect(calendarList.parse(await get('/calendars')).items.map(({ version, pinned }) => [version, pinned])).toEqual([
    ['2027.1', 1],
    ['2026.1', 1],
  ]);
  const events = (await get(`/agreements/${second}/events`)) as { items: { type: string; text?: unknown }[] };
  expect(events.items.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['redating-declined', 'calendar-repinned']),
  );
});

test('what starts from now on pins the newest; a draft may name another that is there', async () => {
  const next = await serviceInForce('2027-07-06');
  expect(agreementSchema.parse(await get(`/agreements/${next}`)).calendar).toMatchObject({ version: '2027.1' });
  expect(await proposalOf(next)).toBeNull();
  const named = await ask(desk.api, 'POST', '/agreements', {
    ...draftOf('service-attachments@2', {}),
    calendar: 'cn@2027.1',
  });
  expect(named).toMatchObject({ status: 201, body: { calendar: { version: '2027.1' } } });
  const unknown = await ask(desk.api, 'POST', '/agreements', {
    ...draftOf('service-attachments@2', {}),
    calendar: 'cn@2031.1',
  });
  expect(unknown).toMatchObject({ status: 422, body: { type: 'urn:abide:unknown-calendar' } });
});

test('what has ended is proposed nothing; its task is done with its end', async () => {
  const ending = await desk.database.task.findMany({ where: { agreementId: id, doneAt: null } });
  expect(ending).toHaveLength(1);
  await act(desk, id, '/termination', form({ as: 'coordinator', reason: '协商一致' }, { '终止协议.txt': 'x' }));
  expect(await proposalOf(id)).toBeNull();
  expect(await desk.database.task.count({ where: { agreementId: id, doneAt: null } })).toBe(0);
});

test('administrators and coordinators enter versions, auditors look, parties see none of it', async () => {
  const statusOf = async (roles: Role[], method: string, path: string, body?: unknown): Promise<number> => {
    const api = await signedIn(desk, roles);
    return (await ask(api, method, path, body, { Authorization: '' })).status;
  };
  expect(await statusOf(['administrator'], 'GET', '/calendars')).toBe(200);
  expect(await statusOf(['auditor'], 'GET', '/calendars/cn/2027.1')).toBe(200);
  expect(await statusOf(['party-member'], 'GET', '/calendars')).toBe(403);
  expect(await statusOf(['auditor'], 'POST', '/calendars', VERSION)).toBe(403);
  expect(await statusOf(['administrator'], 'POST', '/calendars', VERSION)).toBe(409);
  expect(await statusOf(['administrator'], 'GET', '/redatings')).toBe(403);
  expect(await statusOf(['auditor'], 'GET', '/redatings')).toBe(200);
  expect(await statusOf(['auditor'], 'POST', `/agreements/${id}/redating`, { verdict: 'accept', to: '2027.1' })).toBe(
    403,
  );
});
