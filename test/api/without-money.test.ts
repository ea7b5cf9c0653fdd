import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Desk, ask, form, openDesk } from './desk.ts';
import { SERVICE, act, started } from './life-desk.ts';
import { signedIn } from './signed-in.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => {
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
});
afterAll(() => desk?.close());

const at = async (iso: string, id: string): Promise<void> => {
  desk.now.ms = Date.parse(`${iso}+08:00`);
  await desk.tick(id);
};

/** Every figure of the life below, by its digits before the point. */
const FIGURES = ['80000', '71234', '160000', '30123', '50765', '41999', '5123456', '4987654', '2345678', '11222'];
/** What was written with claims, payments and waivers. */
const WORDS = ['迟延造成的停业损失', '同意部分赔偿', '凭证号八八六', '留待验收', '停电一日', '向分包商追回'];

/** An agreement with a department, that has lived a claim, payments, a waiver and an amendment of money. */
async function lived(): Promise<string> {
  const id = await started(desk, {
    ...SERVICE,
    seats: { 'survey-team': { name: '专项小组', email: 'team@a.example' } },
  });
  for (const as of ['A', 'B']) {
    await act(desk, id, '/signatures', { as });
    await act(desk, id, '/seals', { as });
  }
  await at('2026-09-10T10:00:00', id);
  const schedule = [
    { dueDate: '2026-10-12', amount: '80000.00' },
    { dueDate: '2027-03-10', amount: '71234.00' },
  ];
  const changes = { terms: { serviceFeeSchedule: schedule, latePaymentFeePercentPerDay: '0.4' } };
  await act(desk, id, '/amendments', { as: 'A', changes, effectiveOn: '2026-09-20', reason: '双方商定调整' });
  await act(desk, id, '/amendments/amendment-1/acceptance', { as: 'B' });
  await at('2026-10-20T10:00:00', id);
  const fee = '/obligations/service-fee-1';
  await act(desk, id, `${fee}/payments`, { as: 'B', amount: '30123.00', reference: '凭证号八八六' });
  await at('2026-11-05T10:00:00', id);
  const waived = { as: 'A', amount: '41.99', reason: '停电一日' };
  await act(desk, id, `${fee}/waivers`, waived);
  const claim = { against: 'A', liability: 'provider-breach', lossOn: '2026-10-30' };
  const items = [{ what: '停业损失', amount: '5123456.00' }];
  await act(desk, id, '/claims', { as: 'B', amount: '5123456.00', cause: '迟延造成的停业损失', items, ...claim });
  const agreed = { as: 'A', verdict: 'agree', amount: '4987654.00', reason: '同意部分赔偿' };
  await act(desk, id, '/claims/claim-1/answer', agreed);
  await act(desk, id, '/claims/claim-1/answer', {
    as: 'A',
    verdict: 'recourse',
    amount: '2345678.00',
    reason: '向分包商追回',
  });
  await act(desk, id, '/claims/claim-1/payments', { as: 'A', amount: '11222.00' });
  await at('2026-12-01T10:00:00', id);
  const ended = form({ as: 'coordinator', reason: '签署终止协议' }, { '终止.txt': 'x' });
  await act(desk, id, '/termination', ended);
  // As the mails would have it: their subjects say the sums.
  for (const { id: notice, facts } of await desk.database.notice.findMany({ where: { agreementId: id } })) {
    await desk.database.notice.update({ where: { id: notice }, data: { subject: JSON.stringify(facts) } });
  }
  return id;
}

interface Answer {
  path: string;
  status: number;
  text: string;
}

/** What every page of the agreement answers that needs no other name than its own. */
async function answers(id: string, roles: ('department' | 'party-member')[], seat: string): Promise<Answer[]> {
  const { personId } = await desk.database.seat.findFirstOrThrow({ where: { agreementId: id, seat } });
  const own = await signedIn(desk, roles, { personId });
  const { paths } = (await ask(desk.api, 'GET', '/openapi.json')).body as {
    paths: Record<string, { get?: unknown }>;
  };
  const told: Answer[] = [];
  for (const [path, { get }] of Object.entries(paths)) {
    if (!get || !path.startsWith('/agreements/{id}') || /\{(?!id\})/.test(path)) continue;
    const asked = `${path.replace('{id}', id)}${/events|notices/.test(path) ? '?limit=200' : ''}`;
    const { status, body } = await ask(own, 'GET', asked);
    told.push({ path, status, text: typeof body === 'string' ? body : JSON.stringify(body) });
  }
  return told;
}

const found = (told: Answer[], words: string[]): string[] =>
  told.flatMap(({ path, text }) => words.filter((word) => text.includes(word)).map((word) => `${path}: ${word}`));

test('a department reads what happened, and not one sum or word of a claim of it', { timeout: 120_000 }, async () => {
  const id = await lived();
  const department = await answers(id, ['department'], 'survey-team');
  const open = department.filter(({ status }) => status === 200).map(({ path }) => path);
  expect(open).toEqual(
    expect.arrayContaining(['/agreements/{id}', '/agreements/{id}/events', '/agreements/{id}/life']),
  );
  expect(open).toContain('/agreements/{id}/notices');
  expect(department.find(({ path }) => path === '/agreements/{id}/ledger')?.status).toBe(403);
  expect(found(department, [...FIGURES, ...WORDS])).toEqual([]);

  const { items } = JSON.parse(department.find(({ path }) => path.endsWith('/events'))?.text ?? '') as {
    items: { type: string; data: Record<string, unknown>; text?: unknown }[];
  };
  const of = (type: string) => items.find((event) => event.type === type);
  expect(of('claim-made')).toMatchObject({ data: { claim: 'claim-1', by: 'B', against: 'A', withheld: true } });
  expect(of('payment-recorded')).toMatchObject({ data: { paidOn: '2026-10-20', withheld: true } });
  expect(of('amendment-proposed')).toMatchObject({
    data: { effectiveOn: '2026-09-20' },
    text: { reason: '双方商定调整' },
  });
  expect(Object.keys(of('amendment-effective')?.data ?? {})).not.toContain('patch');

  // Nothing of it is lost: whoever may read the ledger reads it all.
  const party = await answers(id, ['party-member'], 'A');
  const events = party.filter(({ path }) => path.endsWith('/events'));
  expect(found(events, ['71234', '30123', '5123456', '4987654', '2345678', '迟延造成的停业损失'])).toHaveLength(6);
  expect(JSON.stringify(events)).not.toContain('withheld');
});
