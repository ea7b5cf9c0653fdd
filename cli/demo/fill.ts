import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Worker } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { DocumentStore } from '../../activities/documents.ts';
import type { Instant } from '../../domain/time.ts';
import type { startTimeSkipping } from '../../embedded/time-skipping.ts';
import type { Database } from '../../prisma/database.ts';
import { type RefusedAct } from '../life.ts';
import { type ScenarioLife, scenarioLife } from '../scenario-life.ts';
import type { DemoScenario } from './scenarios.ts';

const DAY_MS = 86_400_000;
/** 09:00 and a little of Asia/Shanghai, when the day's reminders have gone out: they bear their own time, then. */
const MORNING_MS = 3_660_000;
/** So long the worker has had nothing to do, in real time, when everything is at rest. */
const STILL_MS = 60;

type Engine = Awaited<ReturnType<typeof startTimeSkipping>>;

/** An agreement that was lived, by the name of its scenario. */
export interface LivedAgreement {
  name: string;
  agreementId: string;
  refused: RefusedAct[];
}

/**
 * Lives scenarios side by side on one engine, up to now.
 *
 * @param world its clock says what `told` heard last
 * @param told hears the moment that the engine is brought to
 */
export async function liveTogether(
  scenarios: readonly DemoScenario[],
  world: {
    engine: Engine;
    worker: Pick<Worker, 'getStatus'>;
    database: Database;
    client: Client;
    documents: DocumentStore;
    clock: () => Instant;
    log: Logger;
  },
  told: (nowMs: Instant) => void,
): Promise<LivedAgreement[]> {
  const { engine, worker } = world;
  const reach = async (atMs: Instant): Promise<void> => {
    for (let fromMs = await engine.currentTimeMs(); fromMs < atMs; fromMs = await engine.currentTimeMs()) {
      const towardsMs = Math.min(atMs, nextMorning(fromMs));
      told(towardsMs);
      await engine.sleep(towardsMs - fromMs);
      await rest(worker);
    }
    told(atMs);
  };
  const ahead = scenarios.map(({ name, scenario }) => {
    const life = scenarioLife(scenario, world);
    return { name, life, steps: stepsOf(life, scenario.firstMs) };
  });
  const waiting = await Promise.all(ahead.map(async ({ steps }) => ({ steps, next: await steps.next() })));
  for (;;) {
    const [first] = waiting
      .filter(({ next }) => !next.done)
      .sort((a, b) => Number(a.next.value) - Number(b.next.value));
    if (!first) break;
    await reach(first.next.value as Instant);
    first.next = await first.steps.next();
    await rest(worker);
  }
  for (const { life } of ahead) await life.runs.settle(world.clock());
  return ahead.map(({ name, life }) => ({ name, agreementId: life.agreementId, refused: life.rejections }));
}

/** The moments of a life, its beginning first. */
async function* stepsOf(life: ScenarioLife, firstMs: Instant): AsyncGenerator<Instant, void, undefined> {
  yield firstMs;
  await life.begin();
  yield* life.steps();
}

function nextMorning(ms: Instant): Instant {
  return (Math.floor((ms - MORNING_MS) / DAY_MS) + 1) * DAY_MS + MORNING_MS;
}

/** Until the one worker has nothing to do; what is due by then has been handed to it, as the engine waits for it. */
async function rest(worker: Pick<Worker, 'getStatus'>): Promise<void> {
  for (let stillSince = performance.now(); performance.now() - stillSince < STILL_MS; await pause(5)) {
    const { numInFlightWorkflowActivations, numInFlightActivities } = worker.getStatus();
    if (numInFlightWorkflowActivations + numInFlightActivities > 0) stillSince = performance.now();
  }
}
