import { agreementClocks } from '../../activities/agreement-clocks.ts';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Clock } from '../../activities/clock.ts';
import type { DocumentStore } from '../../activities/documents.ts';
import type { CommandDesk, Submission } from '../../api/commands.ts';
import { startProcess } from '../../api/processes.ts';
import { personForSeat } from '../../api/seats/person-for-seat.ts';
import type { Actor } from '../../domain/agreement/command.ts';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import { THIRD } from '../../domain/agreement/parties.ts';
import { present } from '../../domain/fields.ts';
import type { ProcessFrame, ProcessState, ProcessType } from '../../domain/process/process.ts';
import { restoreProcess } from '../../domain/process/snapshot.ts';
import { isoAt } from '../../domain/zone.ts';
import type { Database } from '../../prisma/database.ts';
import type { Person } from '../../templates/parties.ts';
import { agreementWorkflowId } from '../../workflows/ids.ts';
import { listedCustomers } from '../drawn-sample.ts';
import type { LivableScenario } from '../livable.ts';
import { settling } from '../settled.ts';
import type { Living, NounRefusal, NounStep, NounToDo } from './noun.ts';
import { nounOfType } from './registry.ts';
import { type LivedNouns, describeNouns } from './rows.ts';
import { situationOf } from './situation.ts';

/** The world in which acts of nouns are carried out: that of production. */
interface NounWorld {
  database: Database;
  temporal: () => Client;
  clock: Clock;
  log: Logger;
  desk: CommandDesk;
  documents: DocumentStore;
  scenario: LivableScenario;
  agreementId: string;
  /** Until nothing is pending. */
  settle: () => Promise<void>;
}

/**
 * Does what an act of a noun asks for; what was refused of it, if anything was.
 *
 * @param name of the act, which no other has
 * @param seated who acts, where it is no customer
 */
export async function performNounStep(
  world: NounWorld,
  step: NounStep,
  name: string,
  seated: Actor,
): Promise<NounRefusal | undefined> {
  const { database, agreementId, scenario } = world;
  const row = await database.agreement.findUniqueOrThrow({ where: { id: agreementId } });
  const seats = await database.seat.findMany({ where: { agreementId } });
  const situation = situationOf(step, {
    agreement: row.compiled as unknown as CompiledAgreement,
    agreementStatus: row.status,
    inForceOn: row.inForceOn,
    draft: scenario.draft,
    processes: await livingOf(database, agreementId),
    customers: listedCustomers(scenario.customers),
    seats: Object.fromEntries(seats.map(({ seat, personId, party }) => [seat, { personId, ...present({ party }) }])),
    seated,
    ...(await agreementClocks(database, agreementId)).standstill,
  });
  const toDo = nounOfType(step.noun).toDo(step, situation);
  if ('refused' in toDo) return toDo;
  for (const [number, one] of toDo.entries()) {
    const id = `${agreementId}/${name}/${number}`;
    const refusal = await carryOut(world, step, one, { id, actor: situation.actor });
    await world.settle();
    if (refusal) return refusal;
  }
  return undefined;
}

async function carryOut(
  world: NounWorld,
  step: NounStep,
  toDo: NounToDo,
  { id, actor }: { id: string; actor: Actor },
): Promise<NounRefusal | undefined> {
  const { agreementId } = world;
  const documents = toDo.bringsDocument ? [await documentOf(world, step, id)] : [];
  const references = documents.map(({ sha256, size }) => ({ sha256, size }));
  const brought = toDo.bringsDocument ? { documents: references } : {};
  if (toDo.what === 'start') {
    const { type, reference, input, text, seats = {}, readers } = toDo;
    for (const [seat, person] of Object.entries(seats)) await fill(world, seat, person);
    const read = readers ? { readers: await peopleOf(world, readers) } : {};
    const workflowId = `${type}/${agreementId}/${reference}`;
    const whole = { ...input, ...read, ...brought, workflowId, reference } as unknown as ProcessFrame;
    await startProcess(world, { type, input: whole, ...(text ? { text } : {}) });
    return undefined;
  }
  const { workflowId, order, text } = toDo;
  const command = { ...order, ...brought, id, actor: toDo.actor ?? actor } as unknown as Submission['command'];
  const submission: Submission = {
    command,
    agreementId,
    documents,
    ...(workflowId === agreementWorkflowId(agreementId) ? {} : { workflowId }),
    ...(text ? { text } : {}),
  };
  let result = await world.desk.submit(submission);
  for (let tries = 0; result.status === 'pending' && tries < 5; tries++) result = await world.desk.resend(id);
  if (result.status === 'pending') throw new Error(`${workflowId}: no answer from the engine`);
  if (result.status === 'applied') return undefined;
  const { code, message, clauses } = result;
  return { refused: code, message, ...present({ clauses }), reference: workflowId.split('/').slice(2).join('/') };
}

/** Ids of people who fill no seat; those who are new are of the organisation that fills that one. */
async function peopleOf(
  { database, agreementId }: NounWorld,
  { of: seat, people }: { of: string; people: Person[] },
): Promise<string[]> {
  const ids: string[] = [];
  for (const person of people) ids.push(await personForSeat(database, { agreementId, seat }, person));
  return ids;
}

/** Somebody takes a seat that a process brings with it. */
async function fill({ database, agreementId }: NounWorld, seat: string, person: Person): Promise<void> {
  const personId = await personForSeat(database, { agreementId, seat }, person);
  await database.seat.createMany({
    data: [{ agreementId, seat, party: THIRD, personId }],
    skipDuplicates: true,
  });
}

async function documentOf({ documents }: NounWorld, { said }: NounStep, id: string) {
  const file = typeof said['file'] === 'string' ? said['file'] : undefined;
  if (file !== undefined) {
    return { ...(await documents.put(createReadStream(file), basename(file))), fileName: basename(file) };
  }
  const fileName = `${said.do}.txt`;
  const text = `A document made for a simulation: ${said.do}, step ${id.split('/').slice(1).join('.')}.\n`;
  return { ...(await documents.put(Readable.from([Buffer.from(text)]), fileName)), fileName };
}

/** All processes of an agreement, as they are recorded. */
async function livingOf(database: Database, agreementId: string): Promise<Living[]> {
  const rows = await database.process.findMany({ where: { agreementId }, orderBy: { workflowId: 'asc' } });
  return rows.map(({ workflowId, type, input, snapshot, sequence }) => ({
    workflowId,
    type: type as ProcessType,
    state: restoreProcess<ProcessState>(
      type as ProcessType,
      input as unknown as ProcessFrame,
      snapshot as object | null,
      sequence,
    ),
  }));
}

/** Engagements, cases, evaluations and risks of a life, read from the record. */
export async function readNouns(
  database: Database,
  agreementId: string,
  scenario: LivableScenario,
): Promise<LivedNouns> {
  const { draft, customers } = scenario;
  const settled = settling(scenario);
  const living = await livingOf(database, agreementId);
  const events = await database.event.findMany({
    where: { agreementId, workflowId: { in: living.map(({ workflowId }) => workflowId) } },
    orderBy: [{ workflowId: 'asc' }, { sequence: 'asc' }],
  });
  const people = await database.person.findMany({ select: { id: true, email: true } });
  const addresses = new Map(people.map(({ id, email }) => [id, email]));
  const keys = new Map(listedCustomers(customers).map(({ id, row }) => [id, row.key]));
  const records = living.map(({ workflowId, state }) => ({
    workflowId,
    state,
    events: events
      .filter((event) => event.workflowId === workflowId)
      .map(({ occurredAt, type, actor, body, clauses }) => ({
        atMs: settled(occurredAt.getTime()),
        type,
        actor: actor as unknown as Actor,
        clauses,
        body: JSON.parse(body) as Record<string, unknown>,
      })),
  }));
  return describeNouns(records, {
    at: (ms) => isoAt(draft.zone, settled(ms)),
    customerKey: (id) => keys.get(id) ?? id,
    address: (id) => addresses.get(id) ?? id,
  });
}
