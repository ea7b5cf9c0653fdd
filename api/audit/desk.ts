import type { Prisma } from '../../prisma/generated/client.ts';
import type { ApiDeps } from '../deps.ts';
import { isAway } from '../engine.ts';

/** One that says nothing for so long was interrupted: its process ended. */
export const SILENT_MS = 120_000;
const HEARTBEAT_MS = 15_000;

/** Works off the replays that were asked for, one after the other: each holds histories in memory. */
export interface AuditDesk {
  /** Looks for what waits. */
  wake(): void;
  /** Takes up nothing new and lets go of what it is at. */
  stop(): Promise<void>;
}

type Row = Prisma.AuditRunGetPayload<object>;

/** The API is ending: what is under way stays for whoever asks again. */
class Interrupted extends Error {
  override name = 'Interrupted';
}

export function openAuditDesk(deps: Pick<ApiDeps, 'database' | 'audit' | 'clock' | 'log'>): AuditDesk {
  const { database, log } = deps;
  const state = { isOver: false };
  let work = Promise.resolve();

  const next = async (): Promise<Row | undefined> => {
    if (state.isOver) return undefined;
    const waiting = await database.auditRun.findFirst({ where: { status: 'waiting' }, orderBy: { askedAt: 'asc' } });
    if (!waiting) return undefined;
    // Another API on the same database may have taken it.
    const { count } = await database.auditRun.updateMany({
      where: { id: waiting.id, status: 'waiting' },
      data: { status: 'running', seenAt: new Date(deps.clock()) },
    });
    return count === 1 ? waiting : next();
  };
  const workOff = async (): Promise<void> => {
    try {
      for (let row = await next(); row; row = await next()) await audited(deps, row, () => state.isOver);
    } catch (error) {
      log.warn({ error: (error as Error).name }, 'the replays that wait cannot be worked off now');
    }
  };
  return {
    wake() {
      work = work.then(workOff);
    },
    async stop() {
      state.isOver = true;
      await work;
    },
  };
}

async function audited(
  { database, audit, clock, log }: Pick<ApiDeps, 'database' | 'audit' | 'clock' | 'log'>,
  { id, agreementId, workflowId }: Row,
  isOver: () => boolean,
): Promise<void> {
  const note = async (data: Prisma.AuditRunUpdateInput): Promise<void> => {
    await database.auditRun.update({ where: { id }, data: { ...data, seenAt: new Date(clock()) } });
  };
  const onProgress = async (done: number, total: number): Promise<void> => {
    if (isOver()) throw new Interrupted();
    await note({ done, total });
  };
  const heart = setInterval(() => void note({}).catch(() => undefined), HEARTBEAT_MS); // the next step fails by itself
  try {
    await note({ code: await audit.code() });
    const workflows = await audit.replay(agreementId, {
      onProgress,
      ...(workflowId === null ? {} : { workflowId }),
    });
    if (workflowId === null) await note({ step: 'comparing' });
    if (isOver()) throw new Interrupted();
    const checks = workflowId === null ? await audit.compare(agreementId) : null;
    const verdicts = workflows.map(({ verdict }) => verdict);
    const differs = verdicts.includes('different') || checks?.some(({ result }) => result === 'differs');
    const verdict = differs ? 'different' : verdicts.includes('incomplete') ? 'incomplete' : 'identical';
    const result = JSON.parse(JSON.stringify({ workflows, checks })) as Prisma.InputJsonObject;
    await note({ status: 'done', verdict, result, endedAt: new Date(clock()) });
  } catch (error) {
    const failure = codeOf(error);
    log.warn({ run: id, failure, error: (error as Error).name }, 'a replay that was asked for came to no end');
    await note({ status: 'failed', failure, endedAt: new Date(clock()) });
  } finally {
    clearInterval(heart);
  }
}

function codeOf(error: unknown): string {
  if (error instanceof Interrupted) return 'interrupted';
  return isAway(error) ? 'engine-unavailable' : 'failed';
}
