import { ApplicationFailure, defaultPayloadConverter } from '@temporalio/common';
import { activityInfo } from '@temporalio/activity';
import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, test } from 'vitest';
import type { Activities } from '../../activities/index.ts';
import * as schemas from '../../api/schemas.ts';
import type { Database } from '../../prisma/database.ts';
import { agreementWorkflowId } from '../../workflows/ids.ts';
import { SIGNED_END, formOf } from '../support/people.ts';
import { draftOf, remainsOf } from './life.ts';
import { type SkippingWorld, openSkippingWorld } from './skipping-world.ts';

const at = (local: string): number => Date.parse(`${local}:00+08:00`);

/** Signed, late, handed in, rejected, handed in again, accepted, ended. */
async function live(world: SkippingWorld): Promise<string> {
  const { desk } = world;
  const draft = { ...draftOf('retries'), zone: 'Asia/Shanghai', calendar: 'cn', start: true };
  const { id } = schemas.agreement.parse((await desk.post('/agreements', draft, { key: 'start' })).body);
  const act = async (local: string, path: string, body: object): Promise<void> => {
    await world.reach(at(local), id);
    expect(
      await desk.post(`/agreements/${id}/${path}`, body, { key: `${local} ${path}`.replace(/\W/g, '-') }),
    ).toMatchObject({ status: 200 });
    await world.settle(id);
  };
  const handIn = async (local: string): Promise<void> => {
    await world.reach(at(local), id);
    const file = { name: 'plan.txt', content: `The plan as of ${local}.\n` };
    expect(await desk.submit(id, 'process-plan', 'A', [file], { key: `hand-in-${local}` })).toMatchObject({
      status: 200,
    });
    await world.settle(id);
  };
  await act('2026-09-01T10:00', 'signatures', { as: 'A' });
  await act('2026-09-01T11:00', 'signatures', { as: 'B' });
  await handIn('2026-11-05T10:00');
  await act('2026-11-06T10:00', 'obligations/process-plan/reviews', { as: 'B', verdict: 'reject', points: ['one'] });
  await handIn('2026-11-09T10:00');
  await act('2026-11-10T10:00', 'obligations/process-plan/reviews', { as: 'B', verdict: 'accept' });
  await act('2026-11-12T10:00', 'termination', formOf({ as: 'coordinator', reason: 'agreed' }, [SIGNED_END]));
  return id;
}

/** Every activity does its work and fails all the same the first time, as when the answer to the engine is lost. */
function failingOnce(activities: Activities): Activities {
  const twice =
    <Input, Output>(run: (input: Input) => Promise<Output>) =>
    async (input: Input): Promise<Output> => {
      const output = await run(input);
      if (activityInfo().attempt === 1) throw ApplicationFailure.retryable('the answer was lost', 'answer-lost');
      return output;
    };
  return {
    record: twice((input) => activities.record(input)),
    notify: twice((input) => activities.notify(input)),
    notifyAll: twice((input) => activities.notifyAll(input)),
    storedCommands: twice((input) => activities.storedCommands(input)),
    recordProcess: twice((input) => activities.recordProcess(input)),
    invite: twice((input) => activities.invite(input)),
    analyse: twice((input) => activities.analyse(input)),
    effectTargets: twice((input) => activities.effectTargets(input)),
    countCases: twice((input) => activities.countCases(input)),
    countVisits: twice((input) => activities.countVisits(input)),
    gatherFigures: twice((input) => activities.gatherFigures(input)),
    openProcesses: twice((input) => activities.openProcesses(input)),
  };
}

/** Every row of every table but what the API's own bookkeeping writes while it is asked. */
async function rowsOf(database: Database): Promise<Record<string, string[]>> {
  const tables = await database.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_name <> '_prisma_migrations' ORDER BY 1`;
  const rows: Record<string, string[]> = {};
  for (const { name } of tables) {
    const found = await database.$queryRawUnsafe<{ row: string }[]>(
      `SELECT row_to_json(t)::text AS row FROM "${name}" t ORDER BY 1`,
    );
    rows[name] = found.map(({ row }) => row);
  }
  return rows;
}

test(
  'a life in which every activity runs twice is the same life, with each mail once',
  { timeout: 120_000 },
  async () => {
    const remains = [];
    for (const change of [undefined, failingOnce]) {
      const world = await openSkippingWorld(at('2026-09-01T09:00'), change);
      try {
        const id = await live(world);
        remains.push(await remainsOf(world, { id }, await world.mails()));
      } finally {
        await world.close();
      }
    }
    const [once, twice] = remains.map(({ arrived, ...rest }) => ({
      ...rest,
      notices: rest.notices.sort(),
      arrived: Object.values(arrived),
    }));
    expect(twice).toEqual(once);
    expect(new Set(twice?.arrived)).toEqual(new Set([1]));
    expect(twice).toMatchObject({ chain: 'whole', replay: 'identical', marked: [] });
  },
);

test(
  'every record and notify of a life, done once more with the same input, changes no row and sends no mail',
  { timeout: 60_000 },
  async () => {
    const world = await openSkippingWorld(at('2026-09-01T09:00'));
    try {
      const id = await live(world);
      const rows = await rowsOf(world.database);
      const mails = (await world.mails()).length;
      const handle = world.temporal.workflow.getHandle(agreementWorkflowId(id));
      const { runId } = await handle.describe();
      const { events } = await handle.fetchHistory();
      const env = new MockActivityEnvironment({ workflowExecution: { workflowId: agreementWorkflowId(id), runId } });
      const again: Record<string, number> = {};
      for (const { activityTaskScheduledEventAttributes: scheduled } of events ?? []) {
        const name = scheduled?.activityType?.name;
        if (name !== 'record' && name !== 'notifyAll') continue;
        const input: unknown = defaultPayloadConverter.fromPayload(scheduled?.input?.payloads?.[0] ?? {});
        await env.run(world.activities[name] as (input: unknown) => Promise<unknown>, input);
        again[name] = (again[name] ?? 0) + 1;
      }
      expect(again['record']).toBeGreaterThan(6);
      expect(again['notifyAll']).toBeGreaterThan(6);
      expect(await rowsOf(world.database)).toEqual(rows);
      expect(await world.mails()).toHaveLength(mails);
    } finally {
      await world.close();
    }
  },
);
