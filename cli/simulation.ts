import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
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
import type { PersonCommand } from '../domain/agreement/command.ts';
import type { Instant } from '../domain/time.ts';
import { isoAt } from '../domain/zone.ts';
import { startMailbox } from '../embedded/mailbox.ts';
import { createDatabase, startPostgres } from '../embedded/postgres.ts';
import { freePort } from '../embedded/ports.ts';
import { startTimeSkipping, timeSkippingServer } from '../embedded/time-skipping.ts';
import { type Database, openDatabase } from '../prisma/database.ts';
import { applyMigrations } from '../prisma/migrate.ts';
import type { ResolvedDraft } from '../templates/draft.ts';
import { templateReference } from '../templates/library.ts';
import { NOT_AGREED } from '../templates/terms.ts';
import { agreementWorkflowId } from '../workflows/ids.ts';
import { agreementQuiet } from '../workflows/messages.ts';
import { commandOf } from './act-command.ts';
import { type LivedScenario, type RefusedAct, refusedAct } from './life.ts';
import type { LivableScenario } from './livable.ts';
import { readLife } from './lived.ts';
import type { Act } from './scenario.ts';
import { installTemporalRuntime } from './temporal-runtime.ts';

/** The clock starts a little before the first moment, so that the engine is up by then. */
const HEAD_START_MS = 60_000;
/** One call skips so far at most: a call that lasts minutes is repeated by the client, and time would pass twice. */
const LONGEST_SKIP_MS = 31 * 86_400_000;
/** How long one step may take to settle, in real time. */
const SETTLES_WITHIN_MS = 60_000;
/** A run hands over from 1,500 events on (workflows/agreement.ts). */
const MAY_HAND_OVER_FROM = 1_400;
/** So long nothing is under way and no event comes: then no task of the workflow runs. */
const STILL_MS = 300;
/** So long, in real time, the clock must walk before it is taken for locked. */
const STUCK_AFTER_MS = 10_000;

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
    const workflowId = agreementWorkflowId(id);

    const reach = async (atMs: Instant) => {
      for (let fromMs = await env.currentTimeMs(); fromMs < atMs; fromMs = await env.currentTimeMs()) {
        nowMs = Math.min(atMs, fromMs + LONGEST_SKIP_MS);
        await skip(env, client, workflowId, nowMs - fromMs);
        await settle(client, workflowId, nowMs);
      }
      nowMs = atMs;
      await settle(client, workflowId, atMs);
    };

    await env.sleep(Math.max(0, scenario.firstMs - (await env.currentTimeMs())));
    await createDraft(world, { id, given: draftAsGiven(scenario.draft) });
    await startAgreement({ ...world, desk }, { id, commandId: `${id}/start`, via: 'cli' });
    await settle(client, workflowId, scenario.firstMs);

    const rejections: RefusedAct[] = [];
    for (const [index, act] of scenario.acts.entries()) {
      await reach(act.atMs);
      const result = await perform({ database, desk, documents }, id, index, act);
      if (result.status === 'refused') rejections.push(refusedAct(act, isoAt(scenario.draft.zone, act.atMs), result));
      await settle(client, workflowId, act.atMs);
    }
    await reach(scenario.untilMs);

    const life = await readLife(database, id, scenario.untilMs, scenario.until);
    const rows = await database.workflowRun.findMany({ where: { agreementId: id }, orderBy: { firstSeenAt: 'asc' } });
    const runs = [];
    for (const run of rows) {
      const history = await client.workflow.getHandle(run.workflowId, run.runId).fetchHistory();
      if (keep) await writeKeptRun(keep, { workflowId: run.workflowId, runId: run.runId, history, bundle });
      runs.push({ workflowId: run.workflowId, runId: run.runId, events: history.events?.length ?? 0 });
    }
    return { ...life, rejections, open: scenario.draft.terms.open, runs };
  } finally {
    await endAll(ends);
  }
}

/**
 * Lets the engine's clock skip. Where a lock of it has leaked all the same (`settle`), the clock walks while nothing is
 * under way: then it is unlocked once.
 */
async function skip(
  env: Awaited<ReturnType<typeof startTimeSkipping>>,
  client: Client,
  workflowId: string,
  durationMs: number,
): Promise<void> {
  const handle = client.workflow.getHandle(workflowId);
  const look = async () => {
    const { runId, historyLength, raw } = await handle.describe();
    return { at: `${runId} ${historyLength}`, isBusy: (raw.pendingActivities?.length ?? 0) > 0 };
  };
  let isOver = false;
  const sleeping = env.sleep(durationMs).then(() => (isOver = true));
  for (;;) {
    const [beforeMs, before] = [await env.currentTimeMs(), await look()];
    await Promise.race([sleeping, pause(STUCK_AFTER_MS, undefined, { ref: false })]);
    if (isOver) return;
    const after = await look();
    const walks = (await env.currentTimeMs()) - beforeMs < 2 * STUCK_AFTER_MS;
    if (walks && !after.isBusy && before.at === after.at && !isOver) {
      await env.connection.testService?.unlockTimeSkipping({});
    }
  }
}

/**
 * Until everything due by an instant is folded, recorded and sent, or the agreement is over. A query that waits while a
 * run continues as new leaves this engine's clock locked for ever: so none is asked while something is under way, and
 * of a run that may hand over soon, only once it has been still for a while.
 */
async function settle(client: Client, workflowId: string, asOfMs: Instant): Promise<void> {
  const handle = client.workflow.getHandle(workflowId);
  const giveUpAt = performance.now() + SETTLES_WITHIN_MS;
  let still = { runId: '', events: 0, sinceMs: 0 };
  while (performance.now() < giveUpAt) {
    const { status, runId, historyLength: events, raw } = await handle.describe();
    if (status.name !== 'RUNNING') return;
    const isBusy = (raw.pendingActivities?.length ?? 0) > 0;
    if (isBusy || still.runId !== runId || still.events !== events) {
      still = { runId, events, sinceMs: performance.now() };
    }
    const isStill = !isBusy && (events < MAY_HAND_OVER_FROM || performance.now() - still.sinceMs > STILL_MS);
    if (isStill && (await handle.query(agreementQuiet, asOfMs))) return;
    await pause(5);
  }
  throw new Error(`the agreement did not come to rest within ${SETTLES_WITHIN_MS / 1000} s`);
}

async function perform(
  { database, desk, documents }: { database: Database; desk: CommandDesk; documents: DocumentStore },
  agreementId: string,
  index: number,
  act: Act,
): Promise<CommandResult> {
  const seat = await database.seat.findUnique({ where: { agreementId_seat: { agreementId, seat: act.as } } });
  const actor: PersonCommand['actor'] = {
    personId: seat?.personId ?? act.as,
    seat: act.as,
    ...(seat?.party ? { party: seat.party } : {}),
    via: 'cli',
  };
  const file = 'file' in act ? act.file : undefined;
  const brought =
    file !== undefined
      ? [{ ...(await documents.put(createReadStream(file), basename(file))), fileName: basename(file) }]
      : act.do === 'submit'
        ? [await madeDocument(documents, act.obligation, index)]
        : [];
  const references = brought.map(({ sha256, size }) => ({ sha256, size }));
  const command = commandOf(act, { id: `${agreementId}/${index}`, actor }, references);
  let result = await desk.submit({
    command,
    agreementId,
    documents: brought,
    ...(act.do === 'review' ? { text: { points: act.points } } : {}),
    ...(act.do === 'submit' && Object.keys(act.omitted).length > 0 ? { text: { omitted: act.omitted } } : {}),
    ...(act.do === 'terminate' ? { text: { reason: act.reason } } : {}),
  });
  for (let tries = 0; result.status === 'pending' && tries < 5; tries++) result = await desk.resend(command.id);
  if (result.status === 'pending') throw new Error(`${act.path}: no answer from the engine`);
  return result;
}

/** A document where the scenario names none. */
async function madeDocument(documents: DocumentStore, obligation: string, index: number) {
  const fileName = `${obligation}.txt`;
  const text = `A document made for a simulation: ${obligation}, step ${index + 1}.\n`;
  return { ...(await documents.put(Readable.from([Buffer.from(text)]), fileName)), fileName };
}

/** The draft as somebody would enter it; what the scenario leaves open is not agreed in this life. */
function draftAsGiven(draft: ResolvedDraft): Record<string, unknown> {
  const { terms, open } = draft.terms;
  return {
    template: templateReference(draft.template),
    zone: draft.zone.id,
    calendar: `${draft.calendar.id}@${draft.calendar.version}`,
    terms: Object.fromEntries([
      ...terms.filter(({ given }) => given).map(({ name, value }) => [name, value ?? NOT_AGREED]),
      ...open.map(({ term }) => [term, NOT_AGREED]),
    ]),
    parties: draft.parties,
    ...(Object.keys(draft.seats).length > 0 ? { seats: draft.seats } : {}),
    ...(draft.coordinator ? { coordinator: draft.coordinator } : {}),
  };
}
