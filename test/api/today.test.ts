import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillAwaited } from '../../activities/awaited-fill.ts';
import { awaitedRows } from '../../activities/awaited.ts';
import { foldTallies } from '../../activities/tally.ts';
import type { RunningApi } from '../../api/server.ts';
import { figures as figuresSchema, today as todaySchema } from '../../api/today/schema.ts';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import { type Snapshot, restoreState } from '../../domain/agreement/snapshot.ts';
import { awaitedOfAgreement } from '../../domain/awaited/of-agreement.ts';
import { awaitedOfProcess } from '../../domain/process/awaited.ts';
import type { ProcessFrame, ProcessType } from '../../domain/process/process.ts';
import { restoreProcess } from '../../domain/process/snapshot.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { agreementWorkflowId } from '../../workflows/ids.ts';
import { type CaseDesk, caseDesk, vipService } from './cases-desk.ts';
import { type Desk, DRAFT, ask, awaitingSignatures, inForce, openDesk } from './desk.ts';
import { begunCycle, improvementAgreement } from './process-desk.ts';
import { signedIn } from './signed-in.ts';

let desk: Desk;
let cases: CaseDesk;
/** Signed on 2026-09-01: its first attachments are due on 2026-10-08, its third on 2026-11-30. */
let attachments: string;
let unsigned: string;
let vip: string;
let surveyed: string;

const at = (local: string): number => Date.parse(`${local}:00+08:00`);

beforeAll(async () => {
  desk = await openDesk();
  cases = caseDesk(desk);
  attachments = await inForce(desk);
  unsigned = await awaitingSignatures(desk);
  vip = await vipService(desk);
  surveyed = await improvementAgreement(desk);
  await begunCycle(desk, surveyed, { occurrence: '2026-09-01' });
  await cases.open(vip, { as: 'A', type: 'service-request', topic: '安排登机口接送', details: '两位老人' });
  await ask(desk.api, 'POST', '/agreements', DRAFT);
});
afterAll(() => desk?.close());

async function todayOf(query = '', api: RunningApi = desk.api, headers: Record<string, string> = {}) {
  const { status, body } = await ask(api, 'GET', `/today${query}`, undefined, headers);
  expect([status, body]).toEqual([200, body]);
  return todaySchema.parse(body);
}

/** Acts and counts by group. */
function acts({ groups }: Awaited<ReturnType<typeof todayOf>>): Record<string, string[]> {
  return Object.fromEntries(groups.map(({ group, items }) => [group, items.map(({ act }) => act)]));
}

type Kept = Prisma.AwaitedGetPayload<object>;

/** What the rules say of every snapshot, as rows. */
async function recounted(): Promise<object[]> {
  const agreements = await desk.database.agreement.findMany({ where: { sequence: { gt: 0 } } });
  const processes = await desk.database.process.findMany({ where: { sequence: { gt: 0 } } });
  return [
    ...agreements.flatMap(({ id, compiled, snapshot, sequence }) => {
      const state = restoreState(compiled as unknown as CompiledAgreement, snapshot as unknown as Snapshot, sequence);
      const of = { workflowId: agreementWorkflowId(id), agreementId: id, seating: state.agreement };
      return awaitedRows(of, { before: [], after: awaitedOfAgreement(state), version: 0 }).rows;
    }),
    ...processes.flatMap(({ workflowId, agreementId, type, input, snapshot, sequence }) => {
      const frame = input as unknown as ProcessFrame;
      const state = restoreProcess(type as ProcessType, frame, snapshot as object, sequence);
      const of = { workflowId, agreementId, seating: frame };
      return awaitedRows(of, { before: [], after: awaitedOfProcess(type as ProcessType, state), version: 0 }).rows;
    }),
  ];
}

function asRow(kept: Kept): object {
  return {
    workflow_id: kept.workflowId,
    key: kept.key,
    agreement_id: kept.agreementId,
    kind: kept.kind,
    act: kept.act,
    about: kept.about,
    waits_for: kept.waitsFor,
    parties: kept.parties,
    due_at: kept.dueAt,
    local_date: kept.localDate,
    warn_at: kept.warnAt,
    is_paused: kept.isPaused,
  };
}

const byKey = (rows: object[]): string[] => rows.map((row) => JSON.stringify(row)).toSorted();

async function expectToBeWhole(): Promise<void> {
  const kept = await desk.database.awaited.findMany();
  expect(byKey(kept.map(asRow))).toEqual(byKey(await recounted()));
}

test('what is kept of what is waited for is what the snapshots say, act by act', async () => {
  expect(await desk.database.awaited.count()).toBeGreaterThan(10);
  await expectToBeWhole();

  // An act takes its own away.
  const due = async (): Promise<string[]> =>
    (await desk.database.awaited.findMany({ where: { agreementId: attachments }, orderBy: { key: 'asc' } })).map(
      ({ key }) => key,
    );
  expect(await due()).toContain('submit:needs-analysis-report');
  const key = randomUUID();
  const path = `/agreements/${attachments}/obligations/needs-analysis-report/submissions`;
  expect((await ask(desk.api, 'POST', path, submission(), { 'Idempotency-Key': key })).status).toBe(202);
  await desk.record(key);
  expect(await due()).not.toContain('submit:needs-analysis-report');
  await expectToBeWhole();
});

function submission(): FormData {
  const form = new FormData();
  form.append('as', 'A');
  form.append('file', new Blob(['客户需求分析']), '需求分析.txt');
  return form;
}

test('rows of an earlier release are made anew, those that stand are left alone', async () => {
  const before = byKey((await desk.database.awaited.findMany()).map(asRow));
  expect(await fillAwaited(desk.database)).toBe(0);
  await desk.database.$executeRaw`DELETE FROM awaited`;
  await desk.database.$executeRaw`UPDATE agreement SET awaited_version = 0`;
  await desk.database.$executeRaw`UPDATE process SET awaited_version = 0`;
  expect(await fillAwaited(desk.database)).toBeGreaterThan(3);
  expect(byKey((await desk.database.awaited.findMany()).map(asRow))).toEqual(before);
});

test('totals are what a recount says, also of transactions at once, and after they were folded', async () => {
  const recount = async () => {
    const rows = await desk.database.$queryRaw<{ what: string; status: string; count: number }[]>`
      SELECT 'agreement' AS what, status, count(*)::int AS count FROM agreement GROUP BY status
      UNION ALL SELECT 'obligation', status, count(*)::int FROM obligation GROUP BY status ORDER BY status`;
    const of = (what: string) =>
      rows.filter((row) => row.what === what).map(({ status, count }) => ({ status, count }));
    return { agreements: of('agreement'), obligations: of('obligation') };
  };
  const kept = async () => figuresSchema.parse((await ask(desk.api, 'GET', '/today/figures')).body);
  expect(await kept()).toEqual(await recount());

  // Many at once, which all leave and enter the same statuses, while others fold: nobody waits, nobody is lost.
  const ids = await Promise.all(
    Array.from({ length: 24 }, async () => {
      const id = randomUUID();
      const { body } = await ask(desk.api, 'POST', '/agreements', DRAFT, { 'Idempotency-Key': id });
      return (body as { id: string }).id;
    }),
  );
  await Promise.all([
    ...ids.map((id) =>
      desk.database.$transaction(async (tx) => {
        await tx.agreement.update({ where: { id }, data: { status: 'active' } });
        await tx.agreement.update({ where: { id }, data: { status: 'suspended' } });
      }),
    ),
    foldTallies(desk.database),
    foldTallies(desk.database),
  ]);
  expect(await kept()).toEqual(await recount());
  await foldTallies(desk.database);
  const { agreements, obligations } = await kept();
  expect(await desk.database.tally.count()).toBe(agreements.length + obligations.length);
  await desk.database.agreement.deleteMany({ where: { id: { in: ids } } });
  expect(await kept()).toEqual(await recount());
});

test('what is due stands in its group: late with its days, today, ahead, without a time', async () => {
  const plan = await desk.database.awaited.findFirstOrThrow({
    where: { agreementId: attachments, about: 'process-plan' },
  });
  const dueAtMs = plan.dueAt?.getTime() ?? 0;
  const [shownDue, lastDay] = ['2026-11-03T00:00:00+08:00', '2026-11-02'];
  desk.now.ms = dueAtMs - 2 * 3_600_000;
  const evening = await todayOf('?kind=obligation&who=A');
  const shown = evening.groups
    .find(({ group }) => group === 'today')
    ?.items.find(({ about }) => about === 'process-plan');
  expect(shown).toMatchObject({
    ...{ kind: 'obligation', act: 'submit', dueAt: shownDue, localDate: lastDay, daysPast: null, mine: false },
    ...{ waitsFor: [{ seat: 'A' }], agreement: { id: attachments, zone: 'Asia/Shanghai' } },
  });
  // By the midnight of another zone it is due tomorrow.
  expect(await groupOf('?kind=obligation&zone=Asia/Tokyo', 'process-plan')).toBe('ahead');
  desk.now.ms = dueAtMs;
  expect(await groupOf('?kind=obligation', 'process-plan')).toBe('overdue');
  desk.now.ms = dueAtMs + 4 * 86_400_000 - 1;
  const late = await todayOf('?kind=obligation&overdue=true');
  expect(late.groups.map(({ group }) => group)).toEqual(['overdue']);
  expect(late.groups[0]?.items.find(({ about }) => about === 'process-plan')).toMatchObject({ daysPast: 4 });

  // No time is set: signatures, a draft; the coordinator's own stands apart.
  const all = await todayOf('?limit=50');
  expect(acts(all)['waiting']).toContain('sign');
  expect(acts(all)['open']).toContain('start');
  expect(acts(all)['overdue']).toContain('case-response');
});

/** In which group an obligation stands. */
async function groupOf(query: string, about: string): Promise<string | undefined> {
  const { groups } = await todayOf(query);
  return groups.find(({ items }) => items.some((one) => one.about === about))?.group;
}

test('it is narrowed by kind, by who has to act, by agreement and horizon, and paged by cursor', async () => {
  desk.now.ms = at('2026-10-12T09:00');
  const all = await todayOf('?limit=100&horizon=366');
  const kinds = (listed: typeof all) => new Set(listed.groups.flatMap(({ items }) => items.map(({ kind }) => kind)));
  expect([...kinds(await todayOf('?limit=100&horizon=366&kind=case,survey'))].toSorted()).toEqual(['case', 'survey']);
  const found = await todayOf('?search=乙方&limit=100&horizon=366');
  const ofA = await todayOf('?who=A&limit=100&horizon=366');
  expect(ofA.groups.flatMap(({ items }) => items).every(({ waitsFor }) => waitsFor.length > 0)).toBe(true);
  expect(found.groups.flatMap(({ items }) => items).length).toBeLessThan(
    all.groups.flatMap(({ items }) => items).length,
  );
  expect(acts(await todayOf('?horizon=1'))['ahead']?.length).toBeLessThanOrEqual(acts(all)['ahead']?.length ?? 0);

  for (const { group, items, count } of all.groups) {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await todayOf(
        `?horizon=366&group=${group}&limit=2${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      const [only] = page.groups;
      seen.push(...(only?.items ?? []).map(({ id }) => id));
      cursor = only?.nextCursor ?? null;
    }
    expect([group, seen]).toEqual([group, items.map(({ id }) => id)]);
    expect(count).toBe(items.length);
  }
  const { status, body } = await ask(desk.api, 'GET', '/today?kind=cases&zone=Mars');
  expect([status, (body as { errors: { path: string }[] }).errors.map(({ path }) => path)]).toEqual([
    400,
    expect.arrayContaining(['zone']),
  ]);
});

test('a party sees its own agreements and what is its own to do, an auditor all and nothing of their own', async () => {
  desk.now.ms = at('2026-10-12T09:00');
  const { personId } = await desk.database.seat.findFirstOrThrow({ where: { agreementId: attachments, seat: 'B' } });
  const party = await signedIn(desk, ['party-member'], { personId });
  const seated = await desk.database.seat.findMany({ where: { personId }, select: { agreementId: true } });
  const own = await todayOf('?limit=100&horizon=366', party);
  const items = own.groups.flatMap((group) => group.items);
  expect(new Set(items.map(({ agreement }) => agreement?.id))).toEqual(new Set(seated.map((one) => one.agreementId)));
  expect(items.find(({ about }) => about === 'service-standards')?.mine ?? items.some(({ mine }) => mine)).toBe(true);
  expect(items.some(({ kind }) => kind === 'draft' || kind === 'task')).toBe(false);
  const mine = await todayOf('?limit=100&horizon=366&who=mine', party);
  expect(mine.groups.flatMap((group) => group.items).every((one) => one.mine)).toBe(true);
  const figures = figuresSchema.parse((await ask(party, 'GET', '/today/figures')).body);
  expect(figures.agreements.reduce((sum, { count }) => sum + count, 0)).toBe(
    new Set(seated.map((one) => one.agreementId)).size,
  );

  const auditor = await signedIn(desk, ['auditor']);
  const seen = await todayOf('?limit=100&horizon=366', auditor);
  const whole = await todayOf('?limit=100&horizon=366');
  const ids = (listed: typeof seen) => listed.groups.flatMap((group) => group.items.map(({ id }) => id)).toSorted();
  expect(ids(seen)).toEqual(ids(whole));
  expect(seen.groups.flatMap((group) => group.items).some((one) => one.mine)).toBe(false);

  // Nobody's agreement, nobody's business; cases are nothing for an interviewer.
  const stranger = await signedIn(desk, ['party-member'], { personId: randomUUID() });
  expect((await todayOf('', stranger)).groups.every(({ count }) => count === 0)).toBe(true);
  const seat = await desk.database.seat.findFirstOrThrow({ where: { agreementId: vip, seat: 'A' } });
  const interviewer = await signedIn(desk, ['interviewer'], { personId: seat.personId });
  const heard = (await todayOf('?limit=100', interviewer)).groups.flatMap((group) => group.items);
  expect(heard.some(({ kind }) => kind === 'case')).toBe(false);
});

test('filters are kept under a name, by account: kept again they change, they are called otherwise, they are forgotten', async () => {
  await desk.database.user.createMany({
    data: ['a1', 'a2'].map((id) => ({
      ...{ id, name: id, email: `${id}@x.example`, emailVerified: true },
      ...{ createdAt: new Date(), updatedAt: new Date(), roles: ['coordinator'] },
    })),
  });
  const [mine, other] = [
    await signedIn(desk, ['coordinator']),
    await signedIn(desk, ['coordinator'], { accountId: 'a2' }),
  ];
  const list = async (api: RunningApi) =>
    (await ask(api, 'GET', '/saved-views?page=today')).body.items.map((one: { name: string; query: string }) => [
      one.name,
      one.query,
    ]) as string[][];
  const save = (name: string, query: string) => ask(mine, 'POST', '/saved-views', { page: 'today', name, query });
  const { body: kept } = await save('逾期工单', 'kind=case&overdue=true');
  await save('本周', 'horizon=7');
  await save('本周', 'horizon=30');
  expect(await list(mine)).toEqual([
    ['本周', 'horizon=30'],
    ['逾期工单', 'kind=case&overdue=true'],
  ]);
  expect(await list(other)).toEqual([]);
  const path = `/saved-views/${kept.id as string}`;
  expect((await ask(mine, 'PATCH', path, { name: '本周' })).body.type).toBe('urn:abide:view-name-taken');
  expect((await ask(other, 'PATCH', path, { name: '别人的' })).status).toBe(404);
  expect((await ask(other, 'DELETE', path)).status).toBe(404);
  expect((await ask(mine, 'PATCH', path, { name: '迟复工单' })).body).toMatchObject({ name: '迟复工单' });
  expect((await ask(mine, 'DELETE', path)).status).toBe(200);
  expect(await list(mine)).toEqual([['本周', 'horizon=30']]);
  expect((await save('坏', 'a b#c')).status).toBe(400);
});

test('what waits for signatures names who has not signed', async () => {
  const { groups } = await todayOf('?kind=agreement&limit=100');
  const waiting = groups.find(({ group }) => group === 'waiting')?.items ?? [];
  expect(waiting.find(({ agreement }) => agreement?.id === unsigned)).toMatchObject({
    act: 'sign',
    waitsFor: [{ seat: 'A' }, { seat: 'B' }],
  });
});
