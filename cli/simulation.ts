import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { Client } from '@temporalio/client';
import pino from 'pino';
import { loadWorkflowBundle } from '../activities/bundle.ts';
import { canonicalJson } from '../activities/chain.ts';
import { createActivities } from './activities.ts';
import { type DocumentStore, openDocumentStore } from '../activities/documents.ts';
import { createKillPoint } from '../activities/kill-points.ts';
import { writeKeptRun } from '../activities/kept-runs.ts';
import { createMailTransport } from '../activities/mail/transport.ts';
import { createWorker } from '../activities/worker.ts';
import { type CommandDesk, type CommandResult, createCommandDesk } from '../api/commands.ts';
import { agreementIdOf, createDraft, startAgreement } from '../api/starting.ts';
import { standInsOf } from '../api/principal.ts';
import { personForSeat } from '../api/seats/person-for-seat.ts';
import type { PersonCommand } from '../domain/agreement/command.ts';
import type { CompiledAgreement } from '../domain/agreement/compiled.ts';
import { type Snapshot, restoreState } from '../domain/agreement/snapshot.ts';
import type { AgreementState } from '../domain/agreement/state.ts';
import { standInFor } from '../domain/agreement/seating.ts';
import type { Instant } from '../domain/time.ts';
import { isoAt, localDateAt } from '../domain/zone.ts';
import { startMailbox } from '../embedded/mailbox.ts';
import { createDatabase, startPostgres } from '../embedded/postgres.ts';
import { freePort } from '../embedded/ports.ts';
import { startTimeSkipping, timeSkippingServer } from '../embedded/time-skipping.ts';
import { type Database, openDatabase } from '../prisma/database.ts';
import { applyMigrations } from '../prisma/migrate.ts';
import { commandOf, obligationOf } from './act-command.ts';
import { draftAsGiven, patchOf } from './amending.ts';
import { type LivedScenario, type RefusedAct, inTime, refusedAct, refusedNounAct, refusedStep } from './life.ts';
import { bringsDocument, isLifeAct, lifeText } from './life-acts.ts';
import type { LivableScenario } from './livable.ts';
import { asItStands } from './meant.ts';
import { readLife } from './lived.ts';
import type { NounStep } from './nouns/noun.ts';
import { performNounStep, readNouns } from './nouns/simulated.ts';
import { type Act, type Step, isOwnAct } from './scenario.ts';
import { runsOf, skip } from './simulated-time.ts';
import { enterCustomers, performSurveyStep, processesOf, readInvitations, readProcesses } from './simulated-surveys.ts';
import { madeCompletion } from './made-completions.ts';
import type { SurveyStep } from './survey-step.ts';
import { installTemporalRuntime } from './temporal-runtime.ts';

/** The clock starts a little before the first moment, so that the engine is up by then. */
const HEAD_START_MS = 60_000;
/** One call skips so far at most: a call that lasts minutes is repeated by the client, and time would pass twice. */
const LONGEST_SKIP_MS = 31 * 86_400_000;
const NAMESPACE = 'default';
/** What the throw-away parts say is of no use to anybody; what the engine's first fetch says is. */
const unsaid = (): void => undefined;

/** Servers on which scenarios are lived one after the other, each in a database of its own. */
export interface Simulator {
  /**
   * Lives a scenario. After each step it waits until nothing is pending, so that the same scenario gives the same answer.
   *
   * @param keep folder for the histories
   */
  live(scenario: LivableScenario, options?: { keep?: string | undefined }): Promise<SimulatedLife>;
  close(): Promise<void>;
}

/** A life, and the workflow runs that it took. */
export interface SimulatedLife extends LivedScenario {
  runs: { workflowId: string; runId: string; events: number }[];
}

/** Lives one scenario, on servers of its own. @throws EngineUnavailable */
export async function simulate(
  scenario: LivableScenario,
  { keep, log }: { keep?: string | undefined; log: (line: string) => void },
): Promise<SimulatedLife> {
  const simulator = await openSimulator(log);
  return simulator.live(scenario, { keep }).finally(() => simulator.close());
}

/**
 * The very workflows and activities of production, on the engine whose clock skips, against a throw-away database and
 * mailbox.
 *
 * @throws EngineUnavailable
 */
export async function openSimulator(log: (line: string) => void): Promise<Simulator> {
  await timeSkippingServer(log);
  installTemporalRuntime(pino({ level: 'silent' }));
  const folder = await mkdtemp(join(tmpdir(), 'abide-simulate-'));
  const ends: Ends = [() => rm(folder, { recursive: true, force: true })];
  try {
    const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), durable: false, log: unsaid });
    ends.push(() => postgres.stop());
    const ports = { smtpPort: await freePort(0), httpPort: await freePort(0) };
    const mailbox = await startMailbox({ dir: join(folder, 'mails'), ...ports, log: unsaid });
    ends.push(() => mailbox.stop());
    const bundle = await loadWorkflowBundle();
    let lives = 0;
    return {
      async live(scenario, { keep } = {}) {
        lives += 1;
        const databaseUrl = await createDatabase(postgres.url, `life-${lives}`);
        const place = { databaseUrl, smtpUrl: mailbox.smtpUrl, documentsDir: join(folder, `documents-${lives}`) };
        return live(scenario, { ...place, bundle, keep, log });
      },
      close: () => endAll(ends),
    };
  } catch (error) {
    await endAll(ends);
    throw error;
  }
}

type Ends = (() => Promise<unknown>)[];

async function endAll(ends: Ends): Promise<void> {
  for (const end of ends.splice(0).reverse()) await end();
}

async function live(
  scenario: LivableScenario,
  {
    databaseUrl,
    smtpUrl,
    documentsDir,
    bundle,
    keep,
    log,
  }: {
    databaseUrl: string;
    smtpUrl: string;
    documentsDir: string;
    bundle: Awaited<ReturnType<typeof loadWorkflowBundle>>;
    keep: string | undefined;
    log: (line: string) => void;
  },
): Promise<SimulatedLife> {
  const ends: Ends = [];
  try {
    const quietLog = pino({ level: 'silent' });
    const env = await startTimeSkipping({ startAtMs: scenario.firstMs - HEAD_START_MS, log });
    ends.push(() => env.teardown());
    await applyMigrations(databaseUrl);
    const database = openDatabase(databaseUrl);
    ends.push(() => database.$disconnect());

    let nowMs = scenario.firstMs;
    const clock = () => nowMs;
    const transport = createMailTransport({ smtpUrl });
    ends.push(() => Promise.resolve(transport.close()));
    const worker = await createWorker({
      connection: env.nativeConnection,
      namespace: NAMESPACE,
      activities: createActivities({
        database,
        transport,
        clock,
        publicUrl: 'http://127.0.0.1',
        from: 'Abide <abide@localhost>',
        killPoint: createKillPoint(undefined),
        log: quietLog,
        bundle: bundle.sha256,
        sdk: bundle.sdk,
      }),
      bundle,
      log: quietLog,
    });
    const running = worker.run();
    ends.push(() => {
      worker.shutdown();
      return running;
    });

    const client = new Client({ connection: env.connection, namespace: NAMESPACE });
    const world = { database, temporal: () => client, clock, log: quietLog };
    const desk = createCommandDesk(world);
    const documents = openDocumentStore(documentsDir, { maxBytes: 20 * 1024 * 1024 });
    const id = agreementIdOf(
      createHash('sha256')
        .update(canonicalJson(draftAsGiven(scenario.draft)))
        .digest('hex'),
    );
    const runs = runsOf(client, database, id);

    const reach = async (atMs: Instant) => {
      for (let fromMs = await env.currentTimeMs(); fromMs < atMs; fromMs = await env.currentTimeMs()) {
        nowMs = Math.min(atMs, fromMs + LONGEST_SKIP_MS);
        await skip(env, runs, nowMs - fromMs);
        await runs.settle(nowMs);
      }
      nowMs = atMs;
      await runs.settle(atMs);
    };

    await env.sleep(Math.max(0, scenario.firstMs - (await env.currentTimeMs())));
    await enterCustomers({ database, scenario, clock });
    await createDraft(world, { id, given: draftAsGiven(scenario.draft) });
    await startAgreement({ ...world, desk }, { id, commandId: `${id}/start`, via: 'cli' });
    await runs.settle(scenario.firstMs);

    const rejections: RefusedAct[] = [];
    const around = (step: Step) => ({
      ...world,
      desk,
      documents,
      scenario,
      agreementId: id,
      settle: () => runs.settle(step.atMs),
    });
    const liveNounStep = async (step: NounStep, name: string) => {
      const { actor } = await peopleOf(database, id, step);
      const refusal = await performNounStep(around(step), step, name, actor);
      if (refusal) rejections.push(refusedNounAct(step, isoAt(scenario.draft.zone, step.atMs), refusal));
    };
    const liveStep = async (step: SurveyStep, name: string) => {
      const { actor } = await peopleOf(database, id, step);
      const refused = await performSurveyStep(around(step), step, name, actor);
      rejections.push(...refused.map((refusal) => refusedStep(step, isoAt(scenario.draft.zone, step.atMs), refusal)));
      return refused.length === 0;
    };
    /** What owners report up to an instant of what the script leaves out. */
    const reportDone = async (throughMs: Instant) => {
      for (let number = 0; ; number++) {
        const { plans } = await processesOf(database, id);
        const made = madeCompletion(scenario.acts, plans, { sinceMs: nowMs, throughMs });
        if (!made) return;
        await reach(made.atMs);
        if (!(await liveStep(made, `made-${made.path}-${number}`))) return;
      }
    };
    for (const [index, act] of scenario.acts.entries()) {
      await reportDone(act.atMs);
      await reach(act.atMs);
      const at = isoAt(scenario.draft.zone, act.atMs);
      if (act.do === 'survey') {
        await liveStep(act, String(index));
        continue;
      }
      if (act.do === 'noun') {
        await liveNounStep(act, String(index));
        continue;
      }
      const result = await perform({ database, desk, documents, scenario }, id, index, act);
      if (result.status === 'refused') rejections.push(refusedAct(act, at, result));
      await runs.settle(act.atMs);
    }
    await reportDone(scenario.untilMs);
    await reach(scenario.untilMs);

    const life = await readLife(database, id, scenario.untilMs, scenario.until);
    const processes = {
      ...(await readProcesses(database, id, scenario)),
      ...(await readNouns(database, id, scenario)),
    };
    const invitations = await readInvitations(database, id, (ms) => isoAt(scenario.draft.zone, ms));
    const notices = inTime([...life.notices, ...invitations]);
    const rows = await database.workflowRun.findMany({ where: { agreementId: id }, orderBy: { firstSeenAt: 'asc' } });
    const kept = [];
    for (const run of rows) {
      const history = await client.workflow.getHandle(run.workflowId, run.runId).fetchHistory();
      if (keep) await writeKeptRun(keep, { workflowId: run.workflowId, runId: run.runId, history, bundle });
      kept.push({ workflowId: run.workflowId, runId: run.runId, events: history.events?.length ?? 0 });
    }
    return { ...life, notices, ...processes, rejections, open: scenario.draft.terms.open, runs: kept };
  } finally {
    await endAll(ends);
  }
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
