import { type Client, isGrpcServiceError } from '@temporalio/client';
import { TASK_QUEUE } from '../../workflows/ids.ts';
import type { ApiDeps } from '../deps.ts';
import { isAway, withinDeadline } from '../engine.ts';
import { type SystemPart, partOf, trouble } from './part.ts';

/** How long the engine is waited for. */
const PROBE_MS = 3_000;
/** A worker asks for work at least once a minute. */
const SILENT_MS = 150_000;
const BACKLOG = 100;
/** Code of gRPC. */
const UNIMPLEMENTED = 12;
/** `TaskQueueType`: of workflows, and of activities. */
const QUEUES = [1, 2] as const;

interface Polled {
  identity: string;
  buildId: string;
  lastMs: number;
}

/** The Temporal server, and the workers that ask it for work: never its visibility store. */
export async function engineParts({
  temporal,
  clock,
  audit,
  config,
}: Pick<ApiDeps, 'temporal' | 'clock' | 'audit' | 'config'>): Promise<SystemPart[]> {
  const client = temporal();
  const { namespace } = client.options;
  const asking = withinDeadline(client, PROBE_MS, async () => ({
    server: await client.workflowService.getSystemInfo({}),
    queues: await Promise.all(QUEUES.map((taskQueueType) => queueOf(client, taskQueueType))),
  }));
  const told = await asking.catch((error: unknown) => {
    if (isAway(error)) return undefined; // that is the finding
    throw error;
  });
  const facts = { namespace, ui: config.temporalUiUrl ?? null };
  if (!told) return [partOf('engine', facts, [trouble('not-answering', 'bad')]), partOf('worker', {}, [])];

  const { server } = told;
  const engine = { ...facts, version: server.serverVersion };
  if (told.queues.includes('not-told')) {
    return [partOf('engine', engine, []), partOf('worker', {}, [trouble('workers-not-told', 'warning')])];
  }
  const queues = told.queues.filter((queue) => queue !== 'not-told');
  const pollers = queues.flatMap((queue) => queue.pollers);
  const latestMs = Math.max(...pollers.map(({ lastMs }) => lastMs), 0);
  const nowMs = clock();
  const aheadMs = latestMs - nowMs;
  const { bundle } = await audit.code();
  const others = [...new Set(pollers.map(({ buildId }) => buildId))].filter((id) => id !== '' && id !== bundle);
  const backlog = queues.reduce((sum, queue) => sum + queue.backlog, 0);
  return [
    partOf('engine', engine, [
      // The engine notes by its own clock when a worker asked: that cannot be yet to come.
      aheadMs > 2_000 && trouble('engine-clock-apart', 'warning', { seconds: Math.round(aheadMs / 1000) }),
    ]),
    partOf(
      'worker',
      {
        queue: TASK_QUEUE,
        workers: new Set(pollers.map(({ identity }) => identity)).size,
        lastAsked: latestMs === 0 ? null : new Date(latestMs).toISOString(),
        backlog,
        build: bundle.slice(0, 16),
      },
      [
        pollers.length === 0 && trouble('no-worker', 'bad'),
        pollers.length > 0 &&
          nowMs - latestMs > SILENT_MS &&
          trouble('worker-silent', 'bad', { since: new Date(latestMs).toISOString() }),
        others.length > 0 && trouble('worker-other-code', 'warning', { count: others.length }, others),
        backlog > BACKLOG && trouble('backlog', 'warning', { count: backlog }),
      ],
    ),
  ];
}

/** `not-told`: the server whose clock skips, on which a demo is lived, does not know the question. */
async function queueOf(
  client: Client,
  taskQueueType: 1 | 2,
): Promise<{ pollers: Polled[]; backlog: number } | 'not-told'> {
  const asking = client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: TASK_QUEUE },
    taskQueueType,
    reportStats: true,
  });
  const told = await asking.catch((error: unknown) => {
    if (isGrpcServiceError(error) && error.code === UNIMPLEMENTED) return undefined;
    throw error;
  });
  if (!told) return 'not-told';
  const { pollers, stats } = told;
  return {
    pollers: pollers.map(({ identity, lastAccessTime, workerVersionCapabilities, deploymentOptions }) => ({
      identity: identity ?? '',
      buildId: workerVersionCapabilities?.buildId || deploymentOptions?.buildId || '',
      lastMs: Number(lastAccessTime?.seconds ?? 0) * 1000 + Math.round((lastAccessTime?.nanos ?? 0) / 1e6),
    })),
    backlog: Number(stats?.approximateBacklogCount ?? 0),
  };
}
