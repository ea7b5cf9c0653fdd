import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createLink } from '../../activities/links.ts';
import { isSeated } from '../../api/principal.ts';
import { type Desk, form, openDesk } from './desk.ts';
import { SERVICE, act, lifeOf, refusalOf, started } from './life-desk.ts';
import { open, page, secrets, send } from './visit.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => {
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
});
afterAll(() => desk?.close());

/** In force, with a third party whose cap is 100,000.00 and whose purpose is stated. */
async function involved(): Promise<string> {
  const terms = {
    ...(SERVICE as Record<string, object>)['terms'],
    thirdPartyLiabilityCap: '100000.00',
    thirdPartyPurpose: '查明故障原因',
  };
  const third = { name: '衡信检测有限公司', email: 'gao.jian@third.example' };
  const id = await started(desk, { ...SERVICE, terms, seats: { third } });
  for (const as of ['A', 'B']) {
    await act(desk, id, '/signatures', { as });
    await act(desk, id, '/seals', { as });
  }
  return id;
}

async function thirdOf(agreementId: string): Promise<string> {
  const where = { agreementId_seat: { agreementId, seat: 'third' } };
  return (await desk.database.seat.findUniqueOrThrow({ where })).personId;
}

const byHand = (notice: string, about: string) =>
  form(
    { as: 'coordinator', onBehalfOf: 'A', notice, about, servedOn: '2026-09-01', reason: '双方一致' },
    { '签收单.txt': 'x' },
  );

test('a third party consents to its cap by link after the notice, and reads nothing of the agreement (S001b-79)', async () => {
  const id = await involved();
  const personId = await thirdOf(id);
  expect(await isSeated(desk.deps, { agreementId: id, personId })).toBe(false);

  const changes = { terms: { thirdPartyLiabilityCap: '150000.00' } };
  const proposal = { as: 'A', amendment: 'cap-1', changes, effectiveOn: '2026-09-01', reason: '检测范围扩大' };
  const mixed = { ...proposal, changes: { terms: { ...changes.terms, analysisDueDays: 20 } } };
  expect(await refusalOf(desk, id, '/amendments', mixed)).toBe('mixed-amendment');
  await act(desk, id, '/amendments', proposal);
  await act(desk, id, '/amendments/cap-1/acceptance', { as: 'B' });
  expect((await lifeOf(desk, id)).amendments).toMatchObject([
    { status: 'proposed', waitsFor: [{ seat: 'third' }], third: { stage: 'agreed-by-parties' } },
  ]);
  await act(desk, id, '/formal-notices', byHand('amendment', 'cap-1'));
  const request = {
    ...{ agreementId: id, personId, seat: 'third', purpose: 'accept' as const, obligation: 'amendment:cap-1' },
    ...{ noticeId: 'test/cap', expiresAt: desk.now.ms + 86_400_000 },
  };
  const url = await createLink(desk.database, request, { clock: desk.deps.clock, publicUrl: desk.api.url });
  const opened = await open(desk, url);
  const shown = await page(opened);
  expect(shown).toContain('100000.00 → 150000.00');
  const { key, nonce } = secrets(shown);
  expect((await send(opened, form({ key, nonce, verdict: 'accept' }))).status).toBe(200);
  const row = await desk.database.command.findFirstOrThrow({ where: { id: { endsWith: key } } });
  await desk.record(row.id);
  const { amendments, caps } = await lifeOf(desk, id);
  expect(amendments).toMatchObject([{ status: 'effective', third: { stage: 'consented', notifiedOn: '2026-09-01' } }]);
  expect(caps.find(({ cap }) => cap === 'third-party-liability')).toMatchObject({ amount: '150000.00' });
});

test('the involvement ends by both decisions and the notice, and what remains both confirm (S001b-91, S001b-92)', async () => {
  const id = await involved();
  await act(desk, id, '/engagement-ends', { as: 'A', ground: 'purpose-achieved', reason: '已查明' });
  expect((await lifeOf(desk, id)).engagementEnds).toMatchObject([
    { status: 'proposed', purpose: '查明故障原因', reason: '已查明', waitsFor: [{ seat: 'B' }] },
  ]);
  await act(desk, id, '/approvals', { as: 'B', what: 'engagement-end:end-1' });
  await act(desk, id, '/formal-notices', byHand('engagement-end', 'end-1'));
  for (const as of ['A', 'B'])
    await act(desk, id, '/approvals', { as, what: 'engagement-end:end-1:fees', note: '已结清' });
  const { engagementEnds, status } = await lifeOf(desk, id);
  expect(status).toBe('active');
  expect(engagementEnds).toMatchObject([{ status: 'ended', endedOn: '2026-09-01' }]);
  expect(engagementEnds[0]?.items.find((item) => item.id === 'fees')).toMatchObject({
    waitsFor: [],
    said: [
      { by: { seat: 'A' }, note: '已结清' },
      { by: { seat: 'B' }, note: '已结清' },
    ],
  });
  const again = { as: 'B', ground: 'unable-to-perform', reason: 'x' };
  expect(await refusalOf(desk, id, '/engagement-ends', again)).toBe('engagement-ended');
});
