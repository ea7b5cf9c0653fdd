import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AccountPrincipal, Role } from '../../api/policy.ts';
import { type Desk, ask, form, openDesk } from './desk.ts';
import { act, lifeOf, refusalOf, serviceInForce } from './life-desk.ts';
import { openCompany } from './personas.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => {
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
});
afterAll(() => desk?.close());

/** A service contract that the coordinator ended on 2026-10-20: 80,000.00 and several duties of A are open. */
async function ended(): Promise<string> {
  const id = await serviceInForce(desk);
  desk.now.ms = Date.parse('2026-10-13T00:00:00+08:00');
  await desk.tick(id);
  desk.now.ms = Date.parse('2026-10-20T10:00:00+08:00');
  await act(desk, id, '/termination', form({ as: 'coordinator', reason: '双方协商一致' }, { '终止协议.txt': 'x' }));
  return id;
}

const itemOf = async (id: string, item: string) =>
  (await lifeOf(desk, id)).settlement.items.find((one) => one.item === item) ?? expect.unreachable(item);

test('the creditor waives what is owed to it, a side disputes, and only the coordinator settles, with a document', async () => {
  const id = await ended();
  const { settlement, acts } = await lifeOf(desk, id);
  expect(acts).toContain('settle');
  const fee = 'service-fee-1';
  const duty = settlement.items.map(({ item }) => item).find((item) => item !== fee) ?? expect.unreachable();
  const path = (item: string): string => `/settlement/${encodeURIComponent(item)}`;

  const odd = await ask(desk.api, 'POST', `/agreements/${id}${path(fee)}`, { as: 'A', outcome: 'forgotten' });
  expect(odd).toMatchObject({ status: 400, body: { errors: [{ path: 'outcome', cure: expect.any(String) }] } });
  expect(await refusalOf(desk, id, path(fee), { as: 'B', outcome: 'waived' })).toBe('not-responsible');
  expect(await refusalOf(desk, id, path(fee), { as: 'A', outcome: 'settled' })).toBe('not-responsible');
  expect(await refusalOf(desk, id, path('nothing'), { as: 'A', outcome: 'waived' })).toBe('unknown-item');

  await act(desk, id, path(fee), { as: 'B', outcome: 'disputed', reason: '服务未完成' });
  expect(await itemOf(id, fee)).toMatchObject({ outcome: 'disputed', reason: '服务未完成' });
  await act(desk, id, path(fee), { as: 'A', outcome: 'waived', reason: '双方和解' });
  expect(await itemOf(id, fee)).toMatchObject({ outcome: 'waived', reason: '双方和解', person: '李华' });

  expect(await refusalOf(desk, id, path(duty), { as: 'coordinator', outcome: 'settled' })).toBe('evidence-missing');
  const settled = form({ as: 'coordinator', outcome: 'settled', reason: '已移交' }, { '移交单.txt': 'x' });
  await act(desk, id, path(duty), settled);
  expect(await itemOf(id, duty)).toMatchObject({ outcome: 'settled', documents: [{ fileName: '移交单.txt' }] });
});

test('somebody who is signed in settles for the seat that they fill, in their own agreement, and no other', async () => {
  const [own, foreign] = [await ended(), await ended()];
  const [seat] = await desk.database.seat.findMany({ where: { agreementId: own, seat: 'A' } });
  const personId = seat?.personId ?? expect.unreachable();
  await desk.database.seat.updateMany({
    where: { agreementId: foreign, seat: 'A' },
    data: { personId: (await desk.database.seat.findFirstOrThrow({ where: { seat: 'B' } })).personId },
  });
  const { accounts } = await openCompany(desk);
  const as = async (role: Role, agreementId: string, body: object) => {
    const account: AccountPrincipal = {
      kind: 'account',
      accountId: personId,
      personId,
      roles: [role],
      via: 'session',
      scopes: null,
    };
    const api = await desk.another({ accounts: { ...accounts, principalOf: () => Promise.resolve(account) } });
    const path = `/agreements/${agreementId}/settlement/service-fee-1`;
    const { status, body: answer } = await ask(api, 'POST', path, body, { Authorization: '' });
    return [status, (answer as { type?: string }).type];
  };
  const waived = { as: 'A', outcome: 'waived', reason: '双方和解' };
  expect(await as('auditor', own, waived)).toEqual([403, 'urn:abide:forbidden']);
  expect(await as('party-member', foreign, waived)).toEqual([404, 'urn:abide:unknown-agreement']);
  expect(await as('party-member', own, { ...waived, as: 'coordinator', onBehalfOf: 'A' })).toEqual([
    403,
    'urn:abide:not-your-seat',
  ]);
  expect(await as('party-member', own, waived)).toEqual([202, undefined]);
});
