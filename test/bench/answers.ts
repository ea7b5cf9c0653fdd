import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { startPostgres } from '../../embedded/postgres.ts';
import { openDatabase } from '../../prisma/database.ts';
import { applyMigrations } from '../../prisma/migrate.ts';
import { GIVEN, type Seeded, seedCycle } from '../support/survey-cycle.ts';
import { type Line, openLine } from './line.ts';
import { type Beside, perSecond, sideBySide } from './rounds.ts';

const ANSWERS = 2_000;
const EFFORT = { rounds: 4, withinMs: 120_000 };
const GOAL = 0.25;
/** Answers that are under way at the same time, each over a connection of its own. */
const SPREAD = 64;

/** One manner of coming: answers per second, and how many a statement took on average in the latest round. */
type Figures = Beside & { batch: number };

/**
 * Two thousand answers over HTTP, each by a token of its own, checked, marked and stored, beside a bare insert of the same
 * rows in batches of the same size over one connection. Twice: `spread`, so many under way at a time, and `atOnce`, all.
 * The API is a process of its own, one; who answers shares the machine with it and PostgreSQL. Connections stand before
 * the clock runs, on either side.
 */
export async function benchAnswers(
  log: (line: string) => void,
): Promise<{ unit: string; goal: number; answers: number; spread: Figures; atOnce: Figures }> {
  const dir = await mkdtemp(join(tmpdir(), 'abide-bench-answers-'));
  const ends: (() => unknown)[] = [() => rm(dir, { recursive: true, force: true })];
  try {
    const postgres = await startPostgres({ dataDir: join(dir, 'postgres'), log });
    ends.push(() => postgres.stop());
    await applyMigrations(postgres.url);
    const database = openDatabase(postgres.url);
    ends.push(() => database.$disconnect());
    const script = fileURLToPath(new URL('../support/answer-api.ts', import.meta.url));
    const api = spawn(process.execPath, ['--import', 'tsx', script, postgres.url, join(dir, 'documents')], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, NODE_ENV: 'production' },
    });
    ends.push(async () => {
      const gone = once(api, 'exit');
      api.kill('SIGKILL');
      await gone;
    });
    const [url] = (await once(createInterface(api.stdout), 'line')) as [string];
    const bare = new Client({ connectionString: postgres.url });
    await bare.connect();
    ends.push(() => bare.end());

    const seed = (): Promise<Seeded> => seedCycle(database, { count: ANSWERS, nowMs: Date.now() });
    const beside = async (underWay: number): Promise<Figures> => {
      let batch = 1;
      const answered = async ({ workflowId, invitees }: Seeded): Promise<number> => {
        const lines = await Promise.all(Array.from({ length: underWay }, () => openLine(url)));
        const free = [...lines];
        const speed = await perSecond(invitees, underWay, async ({ token }) => {
          const line = free.pop() as Line;
          await handIn(line, token);
          free.push(line);
        });
        for (const line of lines) line.close();
        const stored = await database.answer.count({ where: { workflowId } });
        if (stored !== ANSWERS) throw new Error(`${stored} of ${ANSWERS} answers were stored`);
        const [{ statements = 1n } = {}] = await database.$queryRaw<{ statements: bigint }[]>`
          SELECT count(DISTINCT xmin::text) AS statements FROM answer WHERE workflow_id = ${workflowId}`;
        batch = Math.max(1, Math.round(ANSWERS / Number(statements)));
        return speed;
      };
      await answered(await seed()); // warm, and the first batch size
      const figures = await sideBySide(
        EFFORT,
        async () => {
          const speed = await answered(await seed());
          log(`product: ${Math.round(speed)} answers per second, ${batch} a statement`);
          return speed;
        },
        async () => {
          const speed = await insertBare(bare, await seed(), batch);
          log(`bare insert: ${Math.round(speed)} rows per second`);
          return speed;
        },
      );
      return { ...figures, batch };
    };
    log(`${SPREAD} at a time`);
    const spread = await beside(SPREAD);
    log('all at once');
    const atOnce = await beside(ANSWERS);
    return { unit: 'answers per second', goal: GOAL, answers: ANSWERS, spread, atOnce };
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

/** @throws when it is not taken */
async function handIn(line: Line, token: string): Promise<void> {
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID() };
  const { status, body } = await line.post('/api/answers', headers, JSON.stringify({ token, answers: GIVEN }));
  if (status !== 201) throw new Error(`an answer was not taken: ${String(status)} ${body}`);
}

/** The same rows, ready made, and nothing else. */
async function insertBare(client: Client, { workflowId, invitees }: Seeded, batch: number): Promise<number> {
  const batches = Array.from({ length: Math.ceil(invitees.length / batch) }, (_one, index) =>
    invitees.slice(index * batch, (index + 1) * batch),
  );
  const now = new Date();
  const perStatement = await perSecond(batches, 1, async (rows) => {
    await client.query(
      `INSERT INTO answer (workflow_id, respondent, invitee_id, channel, tier, answers, received_on, received_at, late)
       SELECT $1, r::text, r, 'email', 'ordinary', a::jsonb, $4, $5, false FROM unnest($2::uuid[], $3::text[]) AS g (r, a)`,
      [
        workflowId,
        rows.map(({ id }) => id),
        rows.map(() => JSON.stringify(GIVEN)),
        now.toISOString().slice(0, 10),
        now,
      ],
    );
  });
  return (perStatement * invitees.length) / batches.length;
}
