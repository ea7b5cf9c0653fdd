import { setTimeout as pause } from 'node:timers/promises';
import { Installation, openServers } from './installation.ts';
import { Life, type Remains, STEPS, type Step, remainsOf } from './life.ts';
import { MACHINE } from '../support/machine-key.ts';

/** How long after a request was sent the server is killed: before anything was stored, and on the way. */
const KILLED_AFTER_MS: Record<Step, number> = {
  start: 40,
  'sign A': 0,
  'sign B': 60,
  'hand in': 15,
  accept: 30,
  terminate: 5,
  'waive report': 20,
  'waive plan': 0,
  'settle report': 10,
  'settle training': 30,
};
/** The steps whose answer comes while the server is away; at the others it is back after a second. */
const HELD_DOWN: readonly Step[] = ['start', 'sign B', 'hand in'];

export interface Answer {
  step: Step;
  status: number;
  type: unknown;
  detail: unknown;
  tookMs: number;
  /** What a look at another agreement says while the server is away. */
  looked?: number;
}

export interface Outage {
  answers: Answer[];
  /** A life before any of it. */
  undisturbed: Remains;
  /** A life at each step of which the server is killed. */
  disturbed: Remains;
}

/** Kills the server in the middle of each act of a life, and brings it up again on the same data. */
export async function liveThrough(server: 'engine' | 'postgres'): Promise<Outage> {
  const servers = await openServers({ durable: true });
  try {
    const installation = await Installation.open(servers, 'outage');
    await Promise.all([installation.start('worker'), installation.serveHere()]);
    const undisturbed = new Life(installation, 'undisturbed');
    for (const step of STEPS) {
      await undisturbed.take(step);
      if (step === 'sign B') await undisturbed.caughtUp();
    }
    await undisturbed.over();

    const disturbed = new Life(installation, 'disturbed');
    const answers: Answer[] = [];
    for (const step of STEPS) {
      await disturbed.prepare(step);
      const began = Date.now();
      const asked = disturbed.ask(step).then(({ status, body }) => ({
        step,
        status,
        type: body['type'],
        detail: body['detail'],
        tookMs: Date.now() - began,
      }));
      asked.catch(() => undefined); // awaited below
      await pause(KILLED_AFTER_MS[step]);
      await servers.kill(server);
      if (HELD_DOWN.includes(step)) {
        const answer = await asked;
        const look = await fetch(`${installation.url}/api/agreements/${undisturbed.id}`, { headers: MACHINE });
        answers.push({ ...answer, looked: look.status });
        await servers.restart(server);
      } else {
        await pause(1_000);
        await servers.restart(server);
        answers.push(await asked);
      }
      await disturbed.take(step);
      if (step === 'sign B') await disturbed.caughtUp();
    }
    await disturbed.over();
    const mails = await servers.mails();
    return {
      answers,
      undisturbed: await remainsOf(installation, undisturbed, mails),
      disturbed: await remainsOf(installation, disturbed, mails),
    };
  } finally {
    await servers.close();
  }
}
