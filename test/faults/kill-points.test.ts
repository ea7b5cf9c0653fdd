import { afterAll, beforeAll, expect, test } from 'vitest';
import { KILL_POINTS, type KillPointName } from '../../activities/kill-points.ts';
import { Installation, type Servers, openServers } from './installation.ts';
import { Life, type Remains, STEPS, type Step, remainsOf } from './life.ts';
import { type Outage, liveThrough } from './outage.ts';
import type { Victim } from './process.ts';

/** Where a process is killed: which one has the point, and before which step it is put in (else it is there from the beginning). */
interface Blow {
  process: 'worker' | 'api';
  before?: Step | 'archive';
}

const BLOWS: Record<KillPointName, Blow[]> = {
  // The longest waits first: a dead worker's mail is retried after two minutes.
  'notify:claimed': [{ process: 'worker' }],
  'notify:link-created': [{ process: 'worker' }],
  'notify:handed-over': [{ process: 'worker' }],
  'notify:marked': [{ process: 'worker' }],
  'agreement:stored': [{ process: 'api' }],
  'agreement:workflow-started': [{ process: 'api' }],
  'command:stored': [{ process: 'api' }],
  'command:sent': [{ process: 'api' }],
  'document:stored': [{ process: 'api' }],
  'record:committed': [{ process: 'worker' }, { process: 'worker', before: 'sign B' }],
  'archive:stored': [{ process: 'worker', before: 'archive' }],
};

interface Lived extends Remains {
  /** How the killed process ended; undefined when it never reached its point. */
  blow?: NodeJS.Signals | number;
  /** Whether every run's history is kept. */
  archived: boolean;
}

/** Lives at the same time: each waits most of its time. */
const AT_ONCE = 8;

let servers: Servers;
const lives = new Map<string, Promise<Lived>>();
const outages = new Map<'engine' | 'postgres', Promise<Outage>>();

beforeAll(async () => {
  for (const server of ['engine', 'postgres'] as const) {
    const outage = liveThrough(server);
    outage.catch(() => undefined); // its own test says so
    outages.set(server, outage);
  }
  servers = await openServers();
  const tasks = [nameOf(), ...cases().map(({ name }) => name)].map((name) => ({ name, ...deferred<Lived>() }));
  for (const { name, promise } of tasks) {
    promise.catch(() => undefined); // its own test says so
    lives.set(name, promise);
  }
  const queue = [...tasks];
  const work = async (): Promise<void> => {
    for (let task = queue.shift(); task; task = queue.shift()) {
      const { name, resolve, reject } = task;
      await live(
        name,
        cases().find((one) => one.name === name),
      ).then(resolve, reject);
    }
  };
  for (let n = 0; n < AT_ONCE; n++) void work();
});
afterAll(async () => {
  await Promise.allSettled([...outages.values(), ...lives.values()]);
  await servers?.close();
});

function nameOf(point?: KillPointName, { before }: Partial<Blow> = {}): string {
  return (point === undefined ? 'undisturbed' : `${point} ${before ?? ''}`)
    .trim()
    .toLowerCase()
    .replace(/[^a-z]+/g, '-');
}

function cases() {
  return (Object.entries(BLOWS) as [KillPointName, Blow[]][]).flatMap(([point, blows]) =>
    blows.map((blow) => ({ point, blow, name: nameOf(point, blow) })),
  );
}

/** One life in an installation of its own, with one blow or none. */
async function live(name: string, hit?: { point: KillPointName; blow: Blow }): Promise<Lived> {
  const installation = await Installation.open(servers, name);
  try {
    return await liveIn(installation, name, hit);
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}\n${await installation.complaints()}`, { cause: error });
  } finally {
    await installation.close();
  }
}

async function liveIn(
  installation: Installation,
  name: string,
  hit?: { point: KillPointName; blow: Blow },
): Promise<Lived> {
  let blow: Lived['blow'];
  let revived: Promise<unknown> | undefined;
  /** The process that dies at its point is started again without one, at once. */
  const arm = async ({ point, blow: { process } }: NonNullable<typeof hit>): Promise<Victim> => {
    const victim = await installation.start(process, { killAt: point });
    revived = victim.ended.then(async (how) => {
      blow = how;
      await installation.start(process);
    });
    revived.catch(() => undefined); // awaited below
    return victim;
  };
  const armedAtOnce = hit !== undefined && hit.blow.before === undefined;
  if (hit?.blow.process === 'api') await Promise.all([arm(hit), installation.start('worker')]);
  else await Promise.all([installation.serveHere(), armedAtOnce ? arm(hit) : installation.start('worker')]);
  const life = new Life(installation, name);
  for (const step of STEPS) {
    if (hit?.blow.before === step) {
      await installation.end(hit.blow.process, 'SIGTERM');
      await arm(hit);
    }
    await life.take(step);
    if (step === 'sign B') await life.caughtUp();
  }
  await life.over();
  if (hit?.blow.before === 'archive') {
    await installation.end(hit.blow.process, 'SIGTERM');
    await (
      await arm(hit)
    ).ended;
  }
  await revived;
  // Said once more after all of it, a request gets the answer that it had.
  for (const step of STEPS) expect({ step, status: (await life.ask(step)).status }).toEqual({ step, status: 200 });
  const remains = await remainsOf(installation, life, await servers.mails());
  const runs = await installation.database.workflowRun.findMany({ where: { agreementId: life.id } });
  return {
    ...remains,
    ...(blow === undefined ? {} : { blow }),
    archived: runs.length > 0 && runs.every(({ archivedAt, history }) => archivedAt !== null && history !== null),
  };
}

function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((one, other) => {
    resolve = one;
    reject = other;
  });
  return { promise, resolve, reject };
}

const lived = (name: string): Promise<Lived> => lives.get(name) as Promise<Lived>;

test('every kill point has its blow', () => {
  expect(Object.keys(BLOWS).sort()).toEqual([...KILL_POINTS].sort());
});

test(
  'a life without any blow: every notice once, an unbroken chain, an identical replay',
  { timeout: 240_000 },
  async () => {
    const { arrived, events, ledger, ...remains } = await lived(nameOf());
    expect(remains).toMatchObject({ chain: 'whole', replay: 'identical', marked: [], documents: 4 });
    expect(new Set(Object.values(arrived))).toEqual(new Set([1]));
    expect(remains.notices.length).toBeGreaterThan(8);
    expect(remains.commands).toEqual(
      ['start', 'sign', 'sign', 'submit', 'review', 'terminate', 'waive', 'waive', 'settle', 'settle'].map(
        (type) => `${type} applied`,
      ),
    );
    const types = events.map((event) => (event as { type: string }).type);
    expect(types.slice(0, 4)).toEqual([
      'agreement-started',
      'agreement-signed',
      'agreement-signed',
      'agreement-in-force',
    ]);
    expect(types.filter((type) => type === 'obligation-overdue')).toHaveLength(2);
    expect(ledger.length).toBeGreaterThan(2);
    expect(types.at(-1)).toBe('final-statement-issued');
  },
);

test.each(cases())(
  'kill -9 at $name: nothing is lost, nothing is done twice',
  { timeout: 240_000 },
  async ({ point, name, blow }) => {
    const [{ arrived, marked, blow: how, archived, ...remains }, reference] = await Promise.all([
      lived(name),
      lived(nameOf()),
    ]);
    expect(how, `${point} is never reached by the ${blow.process}`).toBe('SIGKILL');
    const { arrived: once, marked: _none, archived: _not, blow: _, ...undisturbed } = reference;
    expect({ ...remains, notices: remains.notices.sort() }).toEqual({
      ...undisturbed,
      notices: undisturbed.notices.sort(),
    });
    expect(Object.keys(arrived)).toHaveLength(Object.keys(once).length);
    // Where a worker dies, an answer of the mail server may be in flight: that mail goes out once more, and is marked.
    const more = Object.entries(arrived).filter(([, times]) => times !== 1);
    for (const [messageId, times] of more) {
      expect({ messageId, times, isMarked: marked.includes(messageId) }).toEqual({
        messageId,
        times: 2,
        isMarked: true,
      });
    }
    if (point === 'notify:handed-over') expect(more.length).toBeGreaterThan(0);
    if (blow.process === 'api' || point === 'archive:stored')
      expect({ more, marked }).toEqual({ more: [], marked: [] });
    expect(archived).toBe(point === 'archive:stored');
  },
);

test.each([
  // Without the engine everything is taken and waits; without the database nothing can be promised.
  { server: 'engine', statuses: [200, 202], look: 200 },
  { server: 'postgres', statuses: [200, 202, 503], look: 503 },
] as const)(
  'kill -9 of $server in the middle of each act: an answer in time, nothing is lost, nothing is done twice',
  { timeout: 240_000 },
  async ({ server, statuses, look }) => {
    const { answers, undisturbed, disturbed } = await (outages.get(server) as Promise<Outage>);
    for (const answer of answers) {
      expect(statuses, JSON.stringify(answer)).toContain(answer.status);
      expect(answer.tookMs, JSON.stringify(answer)).toBeLessThan(15_000);
      if (answer.looked !== undefined) expect(answer.looked, JSON.stringify(answer)).toBe(look);
      if (answer.status === 503) {
        expect(answer).toMatchObject({
          type: 'urn:abide:database-unavailable',
          detail: 'Try again a little later with the same key.',
        });
      }
    }
    expect(undisturbed).toMatchObject({ chain: 'whole', replay: 'identical', marked: [] });
    const { arrived, marked, ...remains } = disturbed;
    const { arrived: once, marked: _none, ...reference } = undisturbed;
    expect({ ...remains, notices: remains.notices.sort() }).toEqual({
      ...reference,
      notices: reference.notices.sort(),
    });
    expect(Object.keys(arrived)).toHaveLength(Object.keys(once).length);
    for (const [messageId, times] of Object.entries(arrived)) {
      if (times === 1) continue;
      expect({ messageId, times, marked: marked.includes(messageId) }).toEqual({ messageId, times: 2, marked: true });
    }
  },
);
