import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { canonicalJson } from '../activities/chain.ts';
import type { Clock } from '../activities/clock.ts';
import type { DocumentStore } from '../activities/documents.ts';
import { type CommandDesk, type CommandResult, createCommandDesk } from '../api/commands.ts';
import { standInsOf } from '../api/principal.ts';
import { personForSeat } from '../api/seats/person-for-seat.ts';
import { agreementIdOf, createDraft, startAgreement } from '../api/starting.ts';
import type { PersonCommand } from '../domain/agreement/command.ts';
import type { CompiledAgreement } from '../domain/agreement/compiled.ts';
import { type Snapshot, restoreState } from '../domain/agreement/snapshot.ts';
import type { AgreementState } from '../domain/agreement/state.ts';
import { standInFor } from '../domain/agreement/seating.ts';
import type { Instant } from '../domain/time.ts';
import { isoAt, localDateAt } from '../domain/zone.ts';
import type { Database } from '../prisma/database.ts';
import { commandOf, obligationOf } from './act-command.ts';
import { draftAsGiven, patchOf } from './amending.ts';
import { type RefusedAct, refusedAct, refusedNounAct, refusedStep } from './life.ts';
import { bringsDocument, isLifeAct, lifeText } from './life-acts.ts';
import type { LivableScenario } from './livable.ts';
import { madeCompletion } from './made-completions.ts';
import { asItStands } from './meant.ts';
import type { NounStep } from './nouns/noun.ts';
import { performNounStep } from './nouns/simulated.ts';
import { type Act, type Step, isOwnAct } from './scenario.ts';
import { enterCustomers, performSurveyStep, processesOf } from './simulated-surveys.ts';
import { type Runs, runsOf } from './simulated-time.ts';
import type { SurveyStep } from './survey-step.ts';

/** One scenario on an engine, which others may share. */
export interface ScenarioLife {
  agreementId: string;
  /** Its workflows. */
  runs: Runs;
  /** What was refused so far. */
  rejections: RefusedAct[];
  /** Enters the agreement with its customers and starts it. */
  begin(): Promise<void>;
  /**
   * The moment of each step, beforehand: whoever asks for the next one has brought the engine and the clock to that moment,
   * and the step is done. The last is the scenario's end.
   */
  steps(): AsyncGenerator<Instant, void, undefined>;
}

/** @param world its clock says the moment of the step under way */
export function scenarioLife(
  scenario: LivableScenario,
  world: { database: Database; client: Client; clock: Clock; documents: DocumentStore; log: Logger },
): ScenarioLife {
  const { database, client, clock, documents, log } = world;
  const shell = { database, temporal: () => client, clock, log };
  const desk = createCommandDesk(shell);
  const { zone } = scenario.draft;
  const id = agreementIdOf(
    createHash('sha256')
      .update(canonicalJson(draftAsGiven(scenario.draft)))
      .digest('hex'),
  );
  const runs = runsOf(client, database, id);
  const rejections: RefusedAct[] = [];

  const around = (step: Step) => ({
    ...shell,
    desk,
    documents,
    scenario,
    agreementId: id,
    settle: () => runs.settle(step.atMs),
  });
  const liveNounStep = async (step: NounStep, name: string) => {
    const { actor } = await peopleOf(database, id, step);
    const refusal = await performNounStep(around(step), step, name, actor);
    if (refusal) rejections.push(refusedNounAct(step, isoAt(zone, step.atMs), refusal));
  };
  const liveSurveyStep = async (step: SurveyStep, name: string) => {
    const { actor } = await peopleOf(database, id, step);
    const refused = await performSurveyStep(around(step), step, name, actor);
    rejections.push(...refused.map((refusal) => refusedStep(step, isoAt(zone, step.atMs), refusal)));
    return refused.length === 0;
  };
  const liveAct = async (act: Act, index: number) => {
    const result = await perform({ database, desk, documents, scenario }, id, index, act);
    if (result.status === 'refused') rejections.push(refusedAct(act, isoAt(zone, act.atMs), result));
    await runs.settle(act.atMs);
  };
  /** What owners report up to an instant of what the script leaves out. */
  async function* reportDone(throughMs: Instant) {
    for (let number = 0; ; number++) {
      const { plans } = await processesOf(database, id);
      const made = madeCompletion(scenario.acts, plans, { sinceMs: clock(), throughMs });
      if (!made) return;
      yield made.atMs;
      if (!(await liveSurveyStep(made, `made-${made.path}-${number}`))) return;
    }
  }

  return {
    agreementId: id,
    runs,
    rejections,
    async begin() {
      await enterCustomers({ database, scenario, clock });
      await createDraft(shell, { id, given: draftAsGiven(scenario.draft) });
      await startAgreement({ ...shell, desk }, { id, commandId: `${id}/start`, via: 'cli' });
      await runs.settle(scenario.firstMs);
    },
    async *steps() {
      for (const [index, act] of scenario.acts.entries()) {
        yield* reportDone(act.atMs);
        yield act.atMs;
        if (act.do === 'survey') await liveSurveyStep(act, String(index));
        else if (act.do === 'noun') await liveNounStep(act, String(index));
        else await liveAct(act, index);
      }
      yield* reportDone(scenario.untilMs);
      yield scenario.untilMs;
    },
  };
}

/** Who acts: whoever stands in for the seat that day, else fills it; and the people whom an act names. */
async function peopleOf(database: Database, agreementId: string, act: Step) {
  const seats = await database.seat.findMany({ where: { agreementId } });
  const seat = seats.find((row) => row.seat === act.as);
  const { compiled } = await database.agreement.findUniqueOrThrow({ where: { id: agreementId } });
  const { zone } = compiled as unknown as CompiledAgreement;
  const standIn = standInFor(await standInsOf(database, agreementId), {
    seat: act.as,
    on: localDateAt(zone, act.atMs),
    obligation: isOwnAct(act) ? obligationOf(act)?.obligation : undefined,
  });
  const actor: PersonCommand['actor'] = {
    personId: standIn?.deputy ?? seat?.personId ?? act.as,
    seat: act.as,
    ...(seat?.party ? { party: seat.party } : {}),
    ...(act.for === undefined ? {} : { onBehalfOf: act.for }),
    ...(standIn ? { deputyFor: standIn.absent } : {}),
    via: 'cli',
  };
  const entry = act.do === 'replace' ? act.by : act.do === 'delegate' ? act.to : undefined;
  const named =
    act.do !== 'replace' && act.do !== 'delegate'
      ? ''
      : typeof entry === 'object'
        ? await personForSeat(database, { agreementId, seat: act.seat }, entry)
        : (seats.find((row) => row.seat === entry)?.personId ?? entry ?? '');
  return { actor, named };
}

async function perform(
  {
    database,
    desk,
    documents,
    scenario,
  }: { database: Database; desk: CommandDesk; documents: DocumentStore; scenario: LivableScenario },
  agreementId: string,
  index: number,
  act: Act,
): Promise<CommandResult> {
  const { actor, named } = await peopleOf(database, agreementId, act);
  const file = 'file' in act ? act.file : undefined;
  const brought =
    file !== undefined
      ? [{ ...(await documents.put(createReadStream(file), basename(file))), fileName: basename(file) }]
      : bringsDocument(act)
        ? [await madeDocument(documents, act.do === 'submit' ? act.obligation : act.do, index)]
        : [];
  const references = brought.map(({ sha256, size }) => ({ sha256, size }));
  const state = await stateOf(database, agreementId);
  const patch = act.do === 'propose' ? patchOf(scenario, act, state) : null;
  const command = commandOf(asItStands(act, state), { id: `${agreementId}/${index}`, actor }, references, named, patch);
  let result = await desk.submit({
    command,
    agreementId,
    documents: brought,
    ...(act.do === 'review' ? { text: { points: act.points } } : {}),
    ...(act.do === 'submit' && Object.keys(act.omitted).length > 0 ? { text: { omitted: act.omitted } } : {}),
    ...(act.do === 'terminate' ? { text: { reason: act.reason } } : {}),
    ...(isLifeAct(act) ? { text: lifeText(act) } : {}),
  });
  for (let tries = 0; result.status === 'pending' && tries < 5; tries++) result = await desk.resend(command.id);
  if (result.status === 'pending') throw new Error(`${act.path}: no answer from the engine`);
  return result;
}

/** The agreement as it is recorded. */
async function stateOf(database: Database, id: string): Promise<AgreementState> {
  const { compiled, snapshot, sequence } = await database.agreement.findUniqueOrThrow({ where: { id } });
  return restoreState(compiled as unknown as CompiledAgreement, snapshot as unknown as Snapshot | null, sequence);
}

/** A document where the scenario names none. */
async function madeDocument(documents: DocumentStore, obligation: string, index: number) {
  const fileName = `${obligation}.txt`;
  const text = `A document made for a simulation: ${obligation}, step ${index + 1}.\n`;
  return { ...(await documents.put(Readable.from([Buffer.from(text)]), fileName)), fileName };
}
