import { randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { Pool } from 'pg';
import type { RecordInput } from '../../activities/index.ts';
import { createRecord } from '../../activities/record.ts';
import type { PersonCommand, Start } from '../../domain/agreement/command.ts';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import { decide } from '../../domain/agreement/decide.ts';
import { isRejection } from '../../domain/agreement/decision.ts';
import { fold } from '../../domain/agreement/fold.ts';
import { initialState } from '../../domain/agreement/initial.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { agreementWorkflowId } from '../../workflows/ids.ts';
import type { Product } from './product.ts';
import { type Beside, perSecond, sideBySide } from './rounds.ts';

const EFFORT = { rounds: 4, withinMs: 10_000 };
const LIVES_A_ROUND = 50;
const WRITERS = 8;

/** Events recorded per second by `record`, beside the bare insert of the same rows, one statement a step. */
export async function benchRecord({ database, databaseUrl }: Product): Promise<Beside & { unit: string }> {
  const model = await database.agreement.findFirstOrThrow({ where: { status: 'awaiting-signatures' } });
  const record = createRecord({
    database,
    clock: Date.now,
    bundle: '0'.repeat(64),
    sdk: 'bench',
    messageIdHost: 'localhost',
    killPoint: () => undefined,
  });

  async function prepare(): Promise<{ id: string; steps: RecordInput[] }> {
    const id = randomUUID();
    const agreement = { ...(model.compiled as unknown as CompiledAgreement), id };
    await database.agreement.create({
      data: {
        id,
        template: model.template,
        zone: model.zone,
        status: 'starting',
        draft: model.draft as Prisma.InputJsonObject,
        compiled: agreement as unknown as Prisma.InputJsonObject,
        createdAt: new Date(),
      },
    });
    return { id, steps: stepsOf(agreement) };
  }
  async function live({ id, steps }: { id: string; steps: RecordInput[] }): Promise<void> {
    const workflowExecution = { workflowId: agreementWorkflowId(id), runId: id };
    for (const step of steps) await new MockActivityEnvironment({ workflowExecution }).run(record, step);
  }

  const pool = new Pool({ connectionString: databaseUrl, max: WRITERS });
  try {
    const first = await prepare();
    await live(first);
    const events = first.steps.flatMap((step) => step.events).length;
    const rows = await rowsBySteps(pool, first);
    const prepared = (): Promise<{ id: string; steps: RecordInput[] }[]> =>
      Promise.all(Array.from({ length: LIVES_A_ROUND }, prepare));
    const figures = await sideBySide(
      EFFORT,
      async () => events * (await perSecond(await prepared(), WRITERS, live)),
      async () =>
        events *
        (await perSecond(await prepared(), WRITERS, async ({ id }) => {
          for (const step of rows) {
            const values = step.map((table) => table.replaceAll(first.id, id));
            await pool.query(
              `WITH events AS (INSERT INTO event SELECT * FROM jsonb_populate_recordset(NULL::event, $1)),
                    notices AS (INSERT INTO notice SELECT * FROM jsonb_populate_recordset(NULL::notice, $2))
               INSERT INTO obligation SELECT * FROM jsonb_populate_recordset(NULL::obligation, $3)`,
              values,
            );
          }
        })),
    );
    return { ...figures, unit: 'events per second' };
  } finally {
    await pool.end();
  }
}

/** What `record` is given in the beginning of a life: started, signed by both. */
function stepsOf(agreement: CompiledAgreement): RecordInput[] {
  const atMs = Date.now();
  const actor = (seat: string) => ({ personId: seat, seat, party: seat, via: 'api' as const });
  const start: Start = {
    type: 'start',
    id: randomUUID(),
    receivedAtMs: atMs,
    actor: { personId: 'c', seat: 'coordinator', via: 'api' },
  };
  const signatures = agreement.parties.map((seat): PersonCommand => ({
    type: 'sign',
    id: randomUUID(),
    receivedAtMs: atMs,
    actor: actor(seat),
    documents: [],
  }));
  let state = initialState(agreement);
  return [start, ...signatures].map((command) => {
    const decided = decide(command, state);
    if (isRejection(decided)) throw new Error(decided.message);
    const folded = fold(state, decided, atMs);
    state = folded.state;
    return {
      agreementId: agreement.id,
      events: [...folded.events],
      notices: [...folded.notices],
      refusals: [],
      unchanged: [],
    };
  });
}

/** The rows that each step left, as JSON by table; the obligations with the first. */
async function rowsBySteps(pool: Pool, { id, steps }: { id: string; steps: RecordInput[] }): Promise<string[][]> {
  const all = async (table: string): Promise<Record<string, unknown>[]> =>
    (
      await pool.query<{ row: Record<string, unknown> }>(
        `SELECT to_jsonb(t) AS row FROM ${table} t WHERE agreement_id = $1`,
        [id],
      )
    ).rows.map(({ row }) => row);
  const [events, notices, obligations] = [await all('event'), await all('notice'), await all('obligation')];
  return steps.map((step, index) => [
    JSON.stringify(events.filter((row) => step.events.some(({ sequence }) => sequence === row['sequence']))),
    JSON.stringify(notices.filter((row) => step.notices.some((notice) => notice.id === row['id']))),
    JSON.stringify(index === 0 ? obligations : []),
  ]);
}
