import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createLink } from '../../activities/links.ts';
import { lifeSchema } from '../../api/life/schema.ts';
import { type Desk, ask, form, openDesk } from './desk.ts';
import { SERVICE, act, draftOf, lifeOf, refusalOf, serviceInForce, started } from './life-desk.ts';
import { signedIn } from './signed-in.ts';
import { type Visit, open, page, secrets, send } from './visit.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => {
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
});
afterAll(() => desk?.close());

const personIn = async (agreementId: string, seat: string): Promise<string> => {
  const where = { agreementId_seat: { agreementId, seat } };
  return (await desk.database.seat.findUniqueOrThrow({ where })).personId;
};

/** B's link to consent to something, as the mail about it has it; its page, and the form that was shown on it. */
async function shownTo(agreementId: string, subject: string): Promise<{ visit: Visit; text: string; sent: FormData }> {
  const request = {
    agreementId,
    personId: await personIn(agreementId, 'B'),
    seat: 'B',
    purpose: 'approve' as const,
    obligation: subject,
    noticeId: `test/${crypto.randomUUID()}`,
    expiresAt: desk.now.ms + 86_400_000,
  };
  const mailed = await createLink(desk.database, request, { clock: desk.deps.clock, publicUrl: desk.api.url });
  const visit = await open(desk, mailed);
  const text = await page(visit);
  return { visit, text, sent: form({ ...secrets(text) }) };
}

/** The click on a form; the engine is away, so that the record's attempt says what became of it. */
async function click(visit: Visit, sent: FormData): Promise<string> {
  const { status } = await send(visit, sent);
  expect(status).toBe(200);
  const row = await desk.database.command.findFirstOrThrow({ where: { id: { endsWith: String(sent.get('key')) } } });
  try {
    await desk.record(row.id);
    return 'done';
  } catch (error) {
    return (error as Error).message;
  }
}

const REPLACED = '不再等待贵方同意';

test('95 was shown on the page of the link, 60 stands by the time of the click: nothing is confirmed (S000-04)', async () => {
  const { parties, coordinator } = SERVICE;
  const terms = { scoreIncrease: '5', termYears: 2 };
  const id = await started(desk, { ...draftOf('satisfaction-improvement@1', terms), parties, coordinator });
  const enter = (value: string) => act(desk, id, '/baselines', { as: 'A', goal: 'overall-score', value });
  await enter('95');
  const first = await shownTo(id, 'baseline:overall-score@95');
  expect(first.text).toContain('<dd>95</dd>');
  await enter('60');
  expect(await click(first.visit, first.sent)).toBe('nothing-to-approve');
  const now = await page(first.visit);
  expect(now).toContain(REPLACED);
  expect(now).not.toContain('<dd>60</dd>');
  expect(await page(first.visit, '?lang=en')).toContain('This is no longer what waits for your consent');
  const score = async () => (await lifeOf(desk, id)).baselines.find(({ goal }) => goal === 'overall-score');
  expect(await score()).toMatchObject({ value: '60', locked: false, waitsFor: [{ seat: 'B' }] });

  const second = await shownTo(id, 'baseline:overall-score@60');
  expect(await click(second.visit, second.sent)).toBe('done');
  expect(await score()).toMatchObject({ value: '60', locked: true });
});

test('an end on 2026-12-31 was shown, one at once is asked for by the time of the click: it does not end', async () => {
  const id = await serviceInForce(desk);
  const end = { as: 'A', notice: 'termination', ground: 'mutual', reason: '双方协商一致' };
  await act(desk, id, '/formal-notices', { ...end, endsOn: '2026-12-31' });
  const first = await shownTo(id, 'termination:termination-1');
  expect(first.text).toContain('2026-12-31');
  await act(desk, id, '/formal-notices', end);
  expect(await click(first.visit, first.sent)).toBe('nothing-to-approve');
  expect(await page(first.visit)).toContain(REPLACED);
  const life = await lifeOf(desk, id);
  expect(life.status).toBe('active');
  expect(life.terminations.map((one) => [one.id, ...one.waitsFor.map(({ seat }) => seat)])).toEqual([
    ['termination-1'],
    ['termination-2', 'B'],
  ]);
});

test('a pause of one duty was shown; a click on it pauses nothing else, and once only', async () => {
  const id = await serviceInForce(desk);
  const pause = { as: 'A', ground: 'agreed-pause', reason: '门店装修' };
  await act(desk, id, '/suspensions', { ...pause, obligations: ['quarterly-survey'] });
  const first = await shownTo(id, 'suspension:1');
  await act(desk, id, '/suspensions', pause);
  expect((await lifeOf(desk, id)).pauses.map(({ number }) => number)).toEqual([1, 2]);
  expect(await click(first.visit, first.sent)).toBe('done');
  const life = await lifeOf(desk, id);
  expect(life).toMatchObject({ status: 'active', pauses: [{ number: 2, waitsFor: [{ seat: 'B' }] }] });
  expect(life.suspensions.map(({ obligations }) => obligations.map(({ reference }) => reference))).toEqual([
    ['quarterly-survey'],
  ]);
  expect(await page(first.visit)).toContain(REPLACED);
});

test('consent by the API names what was shown; a word alone, and what has been replaced, are refused', async () => {
  const id = await serviceInForce(desk);
  for (const what of [
    'termination',
    'suspension',
    'baseline:overall-score',
    'termination:',
    'baseline:overall-score@',
  ]) {
    const { status, body } = await act(desk, id, '/approvals', { as: 'B', what });
    expect([what, status, body.errors[0].path]).toEqual([what, 400, 'what']);
  }
  const consent = (what: string) => refusalOf(desk, id, '/approvals', { as: 'B', what });
  await act(desk, id, '/suspensions', { as: 'A', ground: 'agreed-pause', reason: '门店装修' });
  expect(await consent('suspension:2')).toBe('nothing-to-approve');
  expect(await consent('suspension:1')).toBe('done');
  // A link of a release that did not name it.
  const old = await shownTo(id, 'suspension');
  expect(old.text).toContain(REPLACED);
  expect(old.text).not.toContain('<form method="post">');
});

test('a department is offered what its duties need; what binds its party is offered to the party, and refused to it', async () => {
  const seats = { 'survey-team': { name: '调查小组 钱多', email: 'qian@a.example' } };
  const id = await started(desk, { ...SERVICE, seats });
  const account = async (role: 'department' | 'party-member', seat: string) => {
    const api = await signedIn(desk, [role], { personId: await personIn(id, seat), accountId: `${seat}-account` });
    return {
      acts: async () => lifeSchema.parse((await ask(api, 'GET', `/agreements/${id}/life`)).body).acts,
      post: (path: string, body: object) => ask(api, 'POST', `/agreements/${id}${path}`, body, key()),
    };
  };
  const key = () => ({ 'Idempotency-Key': crypto.randomUUID() });
  const team = await account('department', 'survey-team');
  const party = await account('party-member', 'A');
  expect(await team.acts()).toEqual([]);
  expect(await party.acts()).toEqual(['sign', 'seal', 'approve']);

  for (const as of ['A', 'B']) {
    await act(desk, id, '/signatures', { as });
    await act(desk, id, '/seals', { as });
  }
  await act(desk, id, '/formal-notices', { as: 'B', notice: 'termination', ground: 'mutual', reason: '协商' });
  await act(desk, id, '/amendments', {
    as: 'B',
    changes: { terms: { analysisDueDays: 20 } },
    effectiveOn: '2026-10-01',
    reason: '周期过短',
  });
  expect((await team.acts()).sort()).toEqual(['open-matter', 'pay', 'waive']);
  const offered = await party.acts();
  for (const what of ['approve', 'accept', 'decline', 'propose', 'serve', 'suspend', 'object', 'claim'])
    expect(offered).toContain(what);
  for (const what of ['withdraw', 'book', 'terminate']) expect(offered).not.toContain(what);
  expect((await lifeOf(desk, id)).acts).toEqual(expect.arrayContaining(['terminate', 'accept', 'serve']));

  for (const [path, body] of [
    ['/approvals', { what: 'termination:termination-1' }],
    ['/amendments/amendment-1/acceptance', {}],
    ['/claims', { amount: '100.00', against: 'B', cause: '损失' }],
    ['/objection', {}],
  ] as const) {
    expect(await refusalOf(desk, id, path, { as: 'survey-team', ...body })).toBe('not-responsible');
  }
  const foreign = await team.post('/objection', { as: 'A' });
  expect([foreign.status, foreign.body.type]).toEqual([403, 'urn:abide:not-your-seat']);
});

test('who stands in for a party binds it while it lasts; for some duties alone only in what is about them', async () => {
  const id = await serviceInForce(desk);
  const deputyFrom = async (from: string, until: string, obligations: string[]) => {
    const to = { name: '周代办', email: `${crypto.randomUUID()}@b.example` };
    const { status } = await act(desk, id, '/seats/B/delegations', { as: 'B', to, from, until, obligations });
    expect(status).toBe(202);
    return (await desk.database.person.findFirstOrThrow({ where: { email: to.email } })).id;
  };
  const actsOf = async (personId: string) => {
    const api = await signedIn(desk, ['party-member'], { personId, accountId: personId });
    return lifeSchema.parse((await ask(api, 'GET', `/agreements/${id}/life`)).body).acts;
  };
  const limited = await deputyFrom('2026-09-01', '2026-09-05', ['service-fee-1']);
  expect((await actsOf(limited)).sort()).toEqual(['pay', 'waive']);
  const whole = await deputyFrom('2026-09-06', '2026-09-10', []);
  desk.now.ms = Date.parse('2026-09-07T09:00:00+08:00');
  expect(await actsOf(whole)).toEqual(expect.arrayContaining(['pay', 'serve', 'claim', 'propose']));
});
