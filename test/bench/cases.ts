import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { draftOf } from '../api/life-desk.ts';
import { beginCases, casesDueAt, ranOut } from '../support/cases-due.ts';
import type { bare } from './bare-workflow.ts';
import { type Product, openProduct } from './product.ts';
import { perSecond } from './rounds.ts';

export const CASES = 5_000;
const GOAL = 0.7;
const CLIENTS = 32;
const QUEUE = 'bare-cases';

/** One arm: how fast what was due at one instant was done. */
interface Drained {
  /** From the instant on, in seconds. */
  seconds: number;
  perSecond: number;
}

/**
 * So many open cases whose clock of resolution runs out at one instant: how fast their escalations are recorded, with the
 * notices that they send queued. Beside as many bare workflows, each with one timer to one instant and as many empty
 * activities as a case runs from its timer to its record, on the same server, in the same run, by a worker with the same
 * limits. It fails where one escalates twice, or early.
 */
export async function benchCases(
  log: (line: string) => void,
  count = CASES,
): Promise<{
  unit: string;
  goal: number;
  cases: number;
  activities: number;
  startsPerSecond: number;
  product: Drained;
  floor: Drained;
  ratio: number;
}> {
  const product = await openProduct(log, 'dev');
  try {
    const draft = {
      ...draftOf('service-attachments@2', { contractTotal: '1000000.00' }),
      parties: {
        A: { name: '甲公司', email: 'a@example.com' },
        B: { name: 'B Ltd', email: 'b@example.com', language: 'en' },
      },
      coordinator: { name: 'C', email: 'c@example.com' },
    };
    const { id } = await product.post('/agreements', { ...draft, start: true });
    const agreementId = id as string;
    for (const as of ['A', 'B']) await product.post(`/agreements/${agreementId}/signatures`, { as });
    await product.rest();

    const warm = await measure(
      product,
      { agreementId, count: Math.min(200, count), tag: 'warm', aheadMs: 20_000 },
      log,
    );
    const aheadMs = Math.ceil((count / warm.startsPerSecond) * 1_600) + 20_000;
    log(`${count} cases, due in ${Math.round(aheadMs / 1_000)} s`);
    const own = await measure(product, { agreementId, count, tag: 'all', aheadMs }, log);
    const activities = await activitiesAfterTimer(product, agreementId);
    log(`bare workflows with one timer and ${activities} empty activities`);
    const floor = await measureBare(product, { count, activities }, log);
    const ratio = Number((own.drained.perSecond / floor.perSecond).toPrecision(3));
    return {
      unit: 'escalations per second',
      goal: GOAL,
      cases: count,
      activities,
      startsPerSecond: own.startsPerSecond,
      product: own.drained,
      floor,
      ratio,
    };
  } finally {
    await product.close();
  }
}

/** @throws Error where one escalates early or twice */
async function measure(
  { database, temporal }: Product,
  { agreementId, count, tag, aheadMs }: { agreementId: string; count: number; tag: string; aheadMs: number },
  log: (line: string) => void,
): Promise<{ drained: Drained; startsPerSecond: number }> {
  const dueAtMs = Date.now() + aheadMs;
  const inputs = await casesDueAt(database, { agreementId, count, dueAtMs, tag });
  const began = performance.now();
  await beginCases(temporal, inputs, CLIENTS);
  const open = (): Promise<number> =>
    database.process.count({
      where: { agreementId, type: 'case', reference: { startsWith: `case-${tag}-` }, sequence: { gte: 1 } },
    });
  while ((await open()) < count) await pause(200);
  const startsPerSecond = round(count / ((performance.now() - began) / 1_000));
  const leftMs = dueAtMs - Date.now();
  log(`${tag}: ${startsPerSecond} starts per second, ${Math.round(leftMs / 1_000)} s ahead`);
  if (leftMs < 0) throw new Error('they were not all open before they were due: nothing to measure');
  if ((await ranOut(database, agreementId, tag)) > 0) throw new Error('one escalated early');
  await pause(leftMs);
  while ((await ranOut(database, agreementId, tag)) < count) await pause(50);
  const seconds = (Date.now() - dueAtMs) / 1_000;
  const notices = async (): Promise<number> =>
    database.notice.count({ where: { agreementId, status: { in: ['queued', 'sending'] } } });
  log(`${tag}: drained in ${round(seconds)} s; ${await notices()} notices still to be sent`);
  while ((await notices()) > 0) await pause(200);
  if ((await ranOut(database, agreementId, tag)) !== count) throw new Error('one escalated twice');
  return { drained: { seconds: round(seconds), perSecond: round(count / seconds) }, startsPerSecond };
}

/** What a case runs from its timer on until its escalation is on record. */
async function activitiesAfterTimer({ temporal }: Product, agreementId: string): Promise<number> {
  const { events = [] } = await temporal.workflow.getHandle(`case/${agreementId}/case-all-0`).fetchHistory();
  const fired = events?.findIndex(({ timerFiredEventAttributes }) => Boolean(timerFiredEventAttributes)) ?? 0;
  const after = (events ?? []).slice(fired);
  const names = after.flatMap(({ activityTaskScheduledEventAttributes: one }) => one?.activityType?.name ?? []);
  const recorded = names.indexOf('recordProcess');
  return Math.max(1, recorded + 1);
}

/** As many workflows that wait for one instant, and run so many empty activities at it. */
async function measureBare(
  { temporal }: Product,
  { count, activities }: { count: number; activities: number },
  log: (line: string) => void,
): Promise<Drained> {
  const { address } = (temporal.connection as Connection).options;
  const connection = await NativeConnection.connect({ address });
  let done = 0;
  const worker = await Worker.create({
    connection,
    taskQueue: QUEUE,
    workflowsPath: fileURLToPath(new URL('bare-workflow.ts', import.meta.url)),
    activities: {
      nothing: () => {
        done += 1;
        return Promise.resolve();
      },
    },
    maxConcurrentActivityTaskExecutions: 20,
    maxConcurrentWorkflowTaskExecutions: 20,
  });
  const running = worker.run();
  try {
    const start = (tag: string, atMs: number) => async (index: number) => {
      await temporal.workflow.start<typeof bare>('bare', {
        taskQueue: QUEUE,
        workflowId: `bare-${tag}-${index}`,
        args: [Array.from({ length: activities }, () => atMs)],
      });
    };
    const indexes = (some: number): number[] => Array.from({ length: some }, (_, index) => index);
    const warmAtMs = Date.now() + 15_000;
    const speed = await perSecond(indexes(200), CLIENTS, start('warm', warmAtMs));
    while (done < 200 * activities) await pause(20);
    done = 0;
    const atMs = Date.now() + Math.ceil((count / speed) * 1_600) + 20_000;
    await perSecond(indexes(count), CLIENTS, start('all', atMs));
    const leftMs = atMs - Date.now();
    if (leftMs < 0) throw new Error('they did not all wait before they were due: nothing to measure');
    await pause(leftMs);
    while (done < count * activities) await pause(20);
    const seconds = (Date.now() - atMs) / 1_000;
    log(`bare: drained in ${round(seconds)} s`);
    return { seconds: round(seconds), perSecond: round(count / seconds) };
  } finally {
    worker.shutdown();
    await running;
    await connection.close();
  }
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
