import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { PersonCommand, Start } from '../../domain/agreement/command.ts';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { TASK_QUEUE, agreementWorkflowId } from '../../workflows/ids.ts';
import { agreementCommand } from '../../workflows/messages.ts';
import { draftOf } from './drafts.ts';
import type { Product } from './product.ts';
import { type Beside, median, perSecond, sideBySide } from './rounds.ts';

const CLIENTS = 16;
const A_ROUND = 32;
const EFFORT = { rounds: 4, withinMs: 30_000 };

interface Figures extends Beside {
  /** The same until the last event is in the record: the bare call is answered before, HTTP after that. */
  recorded: { floor: number; ratio: number };
  unit: string;
  clients: number;
  aRound: number;
  goal: number;
}

/**
 * Agreements started and signatures recorded over HTTP, beside the bare engine call with the same input on the same
 * task queue and worker. The floor's agreements have the same rows, made beforehand, so that its workflows do the same.
 */
export async function benchAgreements(
  product: Product,
  log: (line: string) => void,
): Promise<{ starts: Figures; updates: Figures }> {
  const { database, temporal } = product;
  const overHttp: string[][] = [];
  const bare: string[][] = [];

  const startOverHttp = async (tag: string): Promise<string> => {
    const { id, status } = await product.post('/agreements', { ...draftOf(tag), start: true });
    if (status !== 'awaiting-signatures') throw new Error(`started, but ${String(status)}`);
    return id as string;
  };
  const warm = await Promise.all(Array.from({ length: CLIENTS }, (_, n) => startOverHttp(`warm-${n}`)));
  const model = await database.agreement.findUniqueOrThrow({ where: { id: warm[0]! }, include: { seats: true } });

  /** Rows of an agreement that is about to be started: the model's, under a new id, with people of its own. */
  async function prepare(tag: string): Promise<{ agreement: CompiledAgreement; start: Start }> {
    const id = randomUUID();
    const agreement = { ...(model.compiled as unknown as CompiledAgreement), id };
    const now = new Date();
    const coordinator = model.seats.find(({ seat }) => seat === 'coordinator')!.personId;
    const actor = { personId: coordinator, seat: 'coordinator', via: 'api' } as const;
    const start: Start = { type: 'start', id: randomUUID(), receivedAtMs: now.getTime(), actor };
    const { template, zone } = model;
    const compiled = agreement as unknown as Prisma.InputJsonObject;
    const draft = draftOf(tag) as Prisma.InputJsonObject;
    await database.agreement.create({
      data: { id, template, zone, status: 'starting', draft, compiled, createdAt: now },
    });
    for (const { seat, party, personId } of model.seats) {
      const language = seat === 'A' ? 'zh' : 'en';
      const person = { name: `${seat} ${tag}`, email: `${seat}.${tag}@example.com`.toLowerCase(), language };
      const own = async (): Promise<string> =>
        (await database.person.create({ data: { ...person, organisation: { create: { name: `${seat} ${tag}` } } } }))
          .id;
      await database.seat.create({
        data: { agreementId: id, seat, party, personId: seat === 'coordinator' ? personId : await own() },
      });
    }
    return { agreement, start };
  }
  async function startBare(input: { agreement: CompiledAgreement; start: Start }): Promise<void> {
    await temporal.workflow.start('agreement', {
      workflowId: agreementWorkflowId(input.agreement.id),
      taskQueue: TASK_QUEUE,
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      args: [input],
    });
  }

  /** Waits until every agreement has recorded so many events. @returns agreements per second since `began` */
  async function recordedRate(ids: string[], events: number, began: number): Promise<number> {
    while ((await database.agreement.count({ where: { id: { in: ids }, sequence: { gte: events } } })) < ids.length) {
      await pause(20);
    }
    return ids.length / ((performance.now() - began) / 1000);
  }
  const figures = (beside: Beside, floors: number[]): Figures => ({
    ...beside,
    recorded: {
      floor: median(floors),
      ratio: median(beside.rounds.map((round, index) => round.product / (floors[index] ?? NaN))),
    },
    unit: 'per second',
    clients: CLIENTS,
    aRound: A_ROUND,
    goal: 0.7,
  });

  log(`starts: ${EFFORT.rounds} rounds of ${A_ROUND}, ${CLIENTS} clients`);
  const tags = (round: number, arm: string): string[] =>
    Array.from({ length: A_ROUND }, (_, n) => `${arm}-${round}-${n}`);
  const startedFloors: number[] = [];
  const starts = await sideBySide(
    EFFORT,
    async (round) => {
      await product.rest();
      const ids: string[] = [];
      overHttp.push(ids);
      return perSecond(tags(round, 'http'), CLIENTS, async (tag) => void ids.push(await startOverHttp(tag)));
    },
    async (round) => {
      await product.rest();
      const inputs = await Promise.all(tags(round, 'bare').map(prepare));
      bare.push(inputs.map(({ agreement }) => agreement.id));
      const began = performance.now();
      const rate = await perSecond(inputs, CLIENTS, startBare);
      startedFloors.push(await recordedRate(bare[round]!, 1, began));
      return rate;
    },
  );
  log(`starts: ${JSON.stringify(starts.rounds)}`);

  // Every agreement is signed once, by A: equal commands on equal agreements.
  log(`updates: ${EFFORT.rounds} rounds of ${A_ROUND}, ${CLIENTS} clients`);
  const actorOf = async (agreementId: string) => {
    const { personId } = await database.seat.findUniqueOrThrow({
      where: { agreementId_seat: { agreementId, seat: 'A' } },
    });
    return { personId, seat: 'A', party: 'A', via: 'api' as const };
  };
  const updatedFloors: number[] = [];
  const updates = await sideBySide(
    { ...EFFORT, rounds: starts.rounds.length },
    async (round) => {
      await product.rest();
      return perSecond(overHttp[round]!, CLIENTS, async (id) => {
        await product.post(`/agreements/${id}/signatures`, { as: 'A' });
      });
    },
    async (round) => {
      const acts = await Promise.all(bare[round]!.map(async (id) => ({ id, actor: await actorOf(id) })));
      await product.rest();
      const began = performance.now();
      const rate = await perSecond(acts, CLIENTS, async ({ id, actor }) => {
        const command = {
          type: 'sign' as const,
          id: randomUUID(),
          receivedAtMs: Date.now(),
          actor,
          documents: [],
        } satisfies PersonCommand;
        await temporal.workflow
          .getHandle(agreementWorkflowId(id))
          .executeUpdate(agreementCommand, { args: [command], updateId: command.id });
      });
      updatedFloors.push(await recordedRate(bare[round]!, 2, began));
      return rate;
    },
  );
  log(`updates: ${JSON.stringify(updates.rounds)}`);
  return { starts: figures(starts, startedFloors), updates: figures(updates, updatedFloors) };
}
