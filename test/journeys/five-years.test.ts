import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readKeptRuns } from '../../activities/kept-runs.ts';
import { replayRuns } from '../../activities/replay.ts';
import { type LivableScenario, livable } from '../../cli/livable.ts';
import { resolveScenario } from '../../cli/scenario.ts';
import { type Simulator, openSimulator } from '../../cli/simulation.ts';
import { draftOf } from '../api/life-desk.ts';
import { liveInMemory } from '../support/example-life.ts';
import { everythingHandedIn } from '../support/handed-in.ts';

const LAST_DAY = '2031-08-31';
/** A run's history as JSON, in which each value takes a third more; the engine warns at 4 MB. */
const HISTORY_BYTES = 4 * 1024 * 1024;

let folder: string;
let simulator: Simulator;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'abide-five-years-'));
  simulator = await openSimulator((line) => console.log(line));
});
afterAll(async () => {
  await simulator?.close();
  await rm(folder, { recursive: true, force: true });
});

test(
  'five years of monthly samples, quarterly surveys and two amendments on the engine: what the rules alone give, in runs below 2,000 events',
  { timeout: 300_000 },
  async () => {
    const scenario = everythingHandedIn(fiveYears());
    const { runs, ...life } = await simulator.live(scenario, { keep: folder });

    const ruled = liveInMemory(scenario);
    const notices = life.notices.map(({ subject: _, ...notice }) => notice);
    expect({ ...life, notices }).toEqual(ruled);
    expect(life.rejections).toEqual([]);
    const dueOf = (duty: string) =>
      Object.fromEntries(
        life.obligations.flatMap(({ id, occurrence, dueAt }) => (id === duty ? [[occurrence, dueAt]] : [])),
      );
    const [samples, surveys] = [dueOf('monthly-sample'), dueOf('quarterly-survey')];
    expect([Object.keys(samples).length, Object.keys(surveys).length]).toEqual([60, 20]);
    // Of a sample from the 1st to the 1st: to 15 March 2028 moved to a working day, from then on not; from 1 July 2030 on until 18:00.
    expect(samples).toMatchObject({
      '2026-12-01': '2027-01-05T00:00:00+08:00', // 1 January is a holiday, 2 and 3 a weekend: to the end of the 4th
      '2028-03-01': '2028-04-02T00:00:00+08:00', // Saturday, 1 April
      '2030-06-01': '2030-07-01T18:00:00+08:00',
    });
    expect(life.events.filter(({ type }) => type === 'amendment-effective').map(({ at }) => at.slice(0, 10))).toEqual([
      '2028-03-15',
      '2030-07-01',
    ]);
    const ended = life.events.filter(({ type }) => type === 'obligation-fulfilled');
    expect(new Set(ended.map(({ obligation, occurrence }) => `${obligation}#${occurrence ?? ''}`)).size).toBe(
      ended.length,
    );

    expect(runs.length).toBeGreaterThan(1);
    expect(Math.max(...runs.map(({ events }) => events))).toBeLessThan(2_000);
    const histories = (await readdir(folder)).filter((name) => name.startsWith('agreement_'));
    // Beside it, each sample and each survey is a process with a history of its own.
    const own = runs.filter(({ workflowId }) => workflowId.startsWith('agreement/'));
    expect(own.length).toBeGreaterThan(1);
    expect(histories).toHaveLength(own.length);
    for (const name of histories) expect((await stat(join(folder, name))).size).toBeLessThan(HISTORY_BYTES);
    const kept = await readKeptRuns(folder);
    expect(await replayRuns(kept.runs, { bundle: kept.bundle })).toMatchObject({ verdict: 'identical' });
  },
);

/** Two amendments: from a day on nothing moves to a working day any more, and a last day ends at the close of business. */
function fiveYears(): LivableScenario {
  const read = resolveScenario(
    {
      signedOn: '2026-09-01',
      until: LAST_DAY,
      ...draftOf('service-kpi@1', {
        providerParty: 'A',
        surveyMethods: ['ONLINE', 'PHONE'],
        surveyOpenDays: 14,
        indicatorWeights: { product: '30', service: '35', brand: '15', complaints: '20' },
        reminderLeadDays: [3],
        expiresOn: LAST_DAY,
      }),
      parties: {
        A: { name: '苏州启服客户服务有限公司', email: 'service@qifu.example.com' },
        B: { name: '无锡恒泽电器股份有限公司', email: 'contracts@hengze.example.com' },
      },
      coordinator: { name: '周敏', email: 'zhou.min@hengze.example.com' },
      script: [
        {
          at: '2028-02-15 10:00',
          as: 'A',
          do: 'propose',
          amendment: 'no-rollover',
          effectiveOn: '2028-03-15',
          changes: { rollover: 'none' },
        },
        { at: '2028-02-16 10:00', as: 'B', do: 'accept', amendment: 'no-rollover' },
        {
          at: '2030-06-17 10:00',
          as: 'B',
          do: 'propose',
          amendment: 'close-of-business',
          effectiveOn: '2030-07-01',
          changes: { dayEnd: '18:00' },
        },
        { at: '2030-06-18 10:00', as: 'A', do: 'accept', amendment: 'close-of-business' },
      ],
    },
    '.',
  );
  if ('errors' in read) throw new Error(JSON.stringify(read.errors));
  return livable(read.scenario);
}
