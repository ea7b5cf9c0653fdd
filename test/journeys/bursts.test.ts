import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import pino from 'pino';
import { afterAll, beforeAll, expect, onTestFailed, test, vi } from 'vitest';
import { archiveClosedRuns } from '../../activities/archive.ts';
import { systemClock } from '../../activities/clock.ts';
import { lifeSchema } from '../../api/life/schema.ts';
import * as schemas from '../../api/schemas.ts';
import { bufferSource } from '../../evidence/container.ts';
import { readBundle } from '../../evidence/verify/files.ts';
import { verifyBundle } from '../../evidence/verify/verify.ts';
import { agreementWorkflowId } from '../../workflows/ids.ts';
import { draftOf } from '../api/life-desk.ts';
import { MACHINE } from '../support/machine-key.ts';
import { Desk, type Reply } from '../support/people.ts';
import { type World, eventually, openWorld } from '../support/world.ts';
import { ZONE, day, people } from './draft.ts';

vi.mock('../../templates/calendars.ts', async (original) => {
  const { withEveryDay } = await import('../support/every-day.ts');
  return withEveryDay(await original());
});

/** Of a schedule whose rules are nearly as large as those of a proposal may be. */
const LARGE_ROWS = 110;
const RESOURCE_EXHAUSTED = 8;

let world: World;
let desk: Desk;
let id: string;

beforeAll(async () => {
  world = await openWorld();
  desk = new Desk(world);
  await world.startWorker();
  const service = draftOf('service-third-party@1', {
    contractTotal: '160000.00',
    termYears: 1,
    expiresOn: null,
    sealRequired: false,
    serviceFeeSchedule: rows(2, 0),
  });
  const { A, B, coordinator } = people('bursts');
  const parties = { A: { ...A, contact: '李华' }, B: { ...B, contact: '吴敏' } };
  const created = await desk.post('/agreements', { ...service, zone: ZONE.id, parties, coordinator, start: true });
  ({ id } = schemas.agreement.parse(created.body));
  for (const as of ['A', 'B']) {
    expect(await desk.post(`/agreements/${id}/signatures`, { as })).toMatchObject({ status: 200 });
  }
});
afterAll(() => world?.close());

/** A schedule of so many fees, each another sum than in any other schedule. */
function rows(count: number, cents: number): { dueDate: string; amount: string }[] {
  return Array.from({ length: count }, (_, n) => ({
    dueDate: day(60 + n),
    amount: `${1_000 + n}.${String(cents % 100).padStart(2, '0')}`,
  }));
}

/** What became of a request: `done`, or the problem that refused it; one that waits is asked for until it is settled. */
async function outcome(path: string, body: object): Promise<string> {
  const key = randomUUID();
  const problem = ({ body: { type } }: Pick<Reply, 'body'>) => String(type).replace('urn:abide:', '');
  const reply = await desk.post(`/agreements/${id}${path}`, body, { key });
  if (reply.status === 200) return 'done';
  if (reply.status !== 202) return `${reply.status} ${problem(reply)}`;
  const row = await eventually(
    async () => {
      const command = await desk.command(key);
      return command.status !== 'pending' && command;
    },
    { withinMs: 60_000, what: `the outcome of ${path}` },
  );
  return row.status === 'applied' ? 'done' : JSON.stringify(row);
}

function counted(outcomes: string[]): Record<string, number> {
  return outcomes.reduce<Record<string, number>>((sum, one) => ({ ...sum, [one]: (sum[one] ?? 0) + 1 }), {});
}

const propose = (name: string, cents: number, count = 40) =>
  outcome('/amendments', {
    as: 'B',
    amendment: name,
    effectiveOn: day(30),
    reason: 'other fees',
    changes: { terms: { serviceFeeSchedule: rows(count, cents) } },
  });
const decline = (name: string) => outcome(`/amendments/${name}/refusal`, { as: 'A', reason: 'not those' });

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n + 1);

test(
  'forty proposals, sixty claims and sixty meetings at once: as many as may be open are, the others are told so',
  { timeout: 200_000 },
  async () => {
    onTestFailed(() => world.tellAll());
    const claim = { as: 'B', against: 'A', amount: '10.00', cause: 'a loss' };
    const meeting = { as: 'A', kind: 'meeting', topic: 'the next steps' };
    const [proposals, claims, meetings] = await Promise.all([
      Promise.all(numbers(40).map((n) => propose(`p-${n}`, n))),
      Promise.all(numbers(60).map((n) => outcome('/claims', { ...claim, claim: `c-${n}` }))),
      Promise.all(numbers(60).map(() => outcome('/matters', meeting))),
    ]);
    expect(counted(proposals)).toEqual({ done: 5, '422 too-many': 35 });
    expect(counted(claims)).toEqual({ done: 50, '422 too-many': 10 });
    expect(counted(meetings)).toEqual({ done: 50, '422 too-many': 10 });

    const made = await world.database.event.groupBy({ by: ['type'], where: { agreementId: id }, _count: true });
    expect(Object.fromEntries(made.map(({ type, _count }) => [type, _count]))).toMatchObject({
      'amendment-proposed': 5,
      'claim-made': 50,
      'matter-opened': 50,
    });
    const { status, body } = await desk.read(`/agreements/${id}/life`);
    expect(status).toBe(200);
    const { amendments } = lifeSchema.parse(body);
    const accepted = numbers(40)
      .map((n) => `p-${n}`)
      .filter((_, n) => proposals[n] === 'done');
    expect(amendments.map(({ id: name }) => name).sort()).toEqual(accepted.sort());
    expect(counted(await Promise.all(accepted.map(decline)))).toEqual({ done: 5 });
  },
);

test(
  'a run hands over by size; evidence, archive and replay read a history that is larger than a message of gRPC may be',
  { timeout: 200_000 },
  async () => {
    onTestFailed(() => world.tellAll());
    const workflowId = agreementWorkflowId(id);
    const handle = world.temporal.workflow.getHandle(workflowId);
    const first = await handle.describe();
    let made = 0;
    const round = async (): Promise<void> => {
      const names = numbers(5).map(() => `large-${(made += 1)}`);
      const proposed = await Promise.all(names.map((name, n) => propose(name, made + n, LARGE_ROWS)));
      expect(counted(proposed)).toEqual({ done: 5 });
      expect(counted(await Promise.all(names.map(decline)))).toEqual({ done: 5 });
    };
    let second = first;
    while (second.runId === first.runId && made < 60) {
      await round();
      second = await handle.describe();
    }
    expect(second).toMatchObject({ status: { name: 'RUNNING' } });
    expect(second.runId).not.toBe(first.runId);

    // What nobody handles stands in the history all the same.
    for (const one of numbers(6)) await handle.signal('noise', `${one}`.repeat(1_000_000));
    await round();
    // Without the interceptor that would try again.
    const connection = await Connection.connect({ address: world.env['TEMPORAL_ADDRESS'] ?? '', interceptors: [] });
    const usual = new Client({ connection }).workflow.getHandle(workflowId, second.runId);
    await expect(usual.fetchHistory()).rejects.toMatchObject({ code: RESOURCE_EXHAUSTED });
    await connection.close();

    const response = await fetch(`${world.url}/api/agreements/${id}/evidence`, { headers: MACHINE });
    expect(response.status).toBe(200);
    const bytes = Buffer.from(await response.arrayBuffer());
    const key = response.headers.get('abide-key-fingerprint') ?? '';
    const verdict = verifyBundle(readBundle(bufferSource(bytes)), key);
    expect(verdict).toMatchObject({ verdict: 'identical', findings: [] });
    expect(verdict.checked.runs).toBeGreaterThan(2);

    const { database, temporal } = world;
    const log = pino({ level: 'silent' });
    const sweep = { database, temporal: () => temporal, clock: systemClock, killPoint: () => undefined, log };
    const open = 1 + (await database.process.count({ where: { agreementId: id } })); // the agreement, and its survey
    expect(await archiveClosedRuns(sweep)).toEqual({
      archived: verdict.checked.runs - open,
      missing: 0,
      unreadable: [],
    });
    const replayed = await desk.get(`/agreements/${id}/replay`, schemas.replayVerdict);
    expect(replayed).toMatchObject({ verdict: 'identical' });
  },
);
