import type { Client } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { Event } from '../domain/agreement/event.ts';
import type { Database } from '../prisma/database.ts';
import { Prisma } from '../prisma/generated/client.ts';
import { agreementWorkflowId } from '../workflows/ids.ts';
import { SDK_VERSION, loadWorkflowBundle } from './bundle.ts';
import { readBundle } from './bundles.ts';
import { CHAIN_START, canonicalJson, chainHash } from './chain.ts';
import { type History, ifKnown, runFacts, unpackHistory } from './histories.ts';
import type { RecordInput } from './index.ts';
import type { KeptRun } from './kept-runs.ts';
import { type Difference, differingPart, replayHistory } from './strict-replay.ts';

/** What `abide replay --json` prints. */
export interface ReplayVerdict {
  verdict: 'identical' | 'different' | 'incomplete';
  /** Commands whose values were compared. */
  compared: number;
  runs: { workflowId: string; runId: string; events: number; bundle: string | null }[];
  /** The first place where the record and the code, or the record and the database, differ. */
  first?: { run: string } & Difference;
  /** Why nothing can be said of the whole. */
  reason?: string;
  /** The same for a page to say in its reader's language. */
  because?: Because;
}

/** Why a verdict is `incomplete`; `text` is in English, for whoever must be told by somebody who knows. */
export interface Because {
  code: 'other-sdk' | 'code-unnamed' | 'code-not-kept' | 'history-missing' | 'chain-broken' | 'cut-off';
  run?: string;
  /** The SDK that the run was recorded with, or the SHA-256 of the code that ran it. */
  of?: string;
  text: string;
}

/** The verdict on one workflow: the agreement, or one of its surveys, cases … */
export interface WorkflowVerdict extends ReplayVerdict {
  workflowId: string;
}

/** The code by its SHA-256, or undefined where it is not kept. */
type BundleSource = (sha256: string) => Promise<string | undefined>;

/** No agreement, or one that has not been started, has this id. */
export class UnknownAgreement extends Error {
  override name = 'UnknownAgreement';
  readonly code = 'agreement-not-found';

  constructor(id: string) {
    super(`there is no started agreement ${id}`);
  }
}

/**
 * The auditor's verdict on an agreement: every run, archived or still on the server, is replayed strictly with the bundle
 * that ran its last task, and what the runs recorded is compared with the events in the database. Histories are
 * replayed one after the other.
 *
 * @param code `current`: with today's code instead (the release gate)
 * @throws UnknownAgreement
 */
export async function replayAgreement(input: {
  database: Database;
  temporal: Client;
  id: string;
  code?: 'current' | undefined;
}): Promise<ReplayVerdict> {
  const { database, temporal, id, code } = input;
  const parts = await partsOf(database, id);
  const fetched: KeptRun[][] = [];
  for (const { workflowId } of parts) fetched.push(await fetchRuns(database, temporal, workflowId));
  const replayed = await replayRuns(fetched.flat(), { bundle: (sha256) => readBundle(database, sha256), code });
  if (replayed.verdict === 'different') return replayed;
  for (const [index, part] of parts.entries()) {
    const recorded = await compareWithDatabase(database, fetched[index] ?? [], part);
    if (recorded) return withRecorded(replayed, recorded);
  }
  return replayed;
}

/**
 * The verdict on each workflow of an agreement, one after the other: a difference in one leaves the others to be looked at.
 *
 * @param workflowId one of them alone
 * @param onProgress told before each workflow and after the last: how many are done
 * @throws UnknownAgreement
 */
export async function replayEach(input: {
  database: Database;
  temporal: Client;
  id: string;
  workflowId?: string | undefined;
  onProgress?: (done: number, total: number) => Promise<void>;
}): Promise<WorkflowVerdict[]> {
  const { database, temporal, id, onProgress = () => Promise.resolve() } = input;
  const all = await partsOf(database, id);
  const parts = input.workflowId === undefined ? all : all.filter(({ workflowId }) => workflowId === input.workflowId);
  const verdicts: WorkflowVerdict[] = [];
  for (const [index, part] of parts.entries()) {
    await onProgress(index, parts.length);
    const runs = await fetchRuns(database, temporal, part.workflowId);
    const replayed = await replayRuns(runs, { bundle: (sha256) => readBundle(database, sha256) });
    const recorded = replayed.verdict === 'different' ? undefined : await compareWithDatabase(database, runs, part);
    verdicts.push({ workflowId: part.workflowId, ...(recorded ? withRecorded(replayed, recorded) : replayed) });
  }
  await onProgress(parts.length, parts.length);
  return verdicts;
}

/** Read before the histories: whatever is recorded by now must be found in them. @throws UnknownAgreement */
async function partsOf(database: Database, id: string): Promise<Part[]> {
  const agreement = await database.agreement.findUnique({
    where: { id },
    select: { sequence: true, startedAt: true, compiled: true },
  });
  if (!agreement?.startedAt) throw new UnknownAgreement(id);
  const processes = await database.process.findMany({
    where: { agreementId: id, status: { not: 'starting' } },
    orderBy: [{ createdAt: 'asc' }, { workflowId: 'asc' }],
    select: { workflowId: true, sequence: true, input: true },
  });
  return [
    { workflowId: agreementWorkflowId(id), ...agreement, begun: agreement.compiled },
    ...processes.map((process) => ({ ...process, begun: process.input })),
  ];
}

/** What the comparison with the database adds to a replay that found no difference. */
function withRecorded(
  replayed: ReplayVerdict,
  { verdict, first, reason }: Pick<ReplayVerdict, 'verdict' | 'first' | 'reason'>,
): ReplayVerdict {
  const { compared, runs } = replayed;
  if (first) return { verdict, compared, runs, first };
  if (reason === undefined) return { ...replayed, verdict };
  const because = replayed.because ?? { code: 'history-missing' as const, text: reason };
  return { ...replayed, verdict, reason: replayed.reason ?? reason, because };
}

/** The agreement itself, or one of its processes: how far it was recorded, and what it was begun with. */
interface Part {
  workflowId: string;
  sequence: number;
  begun: unknown;
}

/**
 * The verdict on runs that are at hand: whether the runs of each workflow id form one chain without a gap, each replays
 * strictly, and each hands over what the next one began with.
 */
export async function replayRuns(
  given: readonly KeptRun[],
  options: { bundle: BundleSource; code?: 'current' | undefined },
): Promise<ReplayVerdict> {
  const { runs, gap } = inOrder(given);
  const current = options.code === 'current' ? await loadWorkflowBundle() : undefined;
  const verdict: ReplayVerdict = { verdict: 'identical', compared: 0, runs: [] };
  let because = gap;
  for (const [index, run] of runs.entries()) {
    const { workflowId, runId, history } = run;
    const facts = runFacts(history);
    const bundle = current?.sha256 ?? facts.bundle ?? run.bundle ?? null;
    const sdk = facts.sdk ?? run.sdk;
    verdict.runs.push({ workflowId, runId, events: history.events?.length ?? 0, bundle });

    const before = runs[index - 1];
    if (before && before.workflowId === workflowId) {
      const part = handOver(before.history, history);
      if (part) return { ...verdict, verdict: 'different', first: { run: runId, ...part } };
    }
    if (!current && sdk !== undefined && sdk !== SDK_VERSION) {
      const text = `run ${runId} was recorded with Temporal SDK ${sdk}, and ${SDK_VERSION} is installed: check out the release of Abide whose package.json has "@temporalio/worker": "${sdk}", and replay there (or use --code current)`;
      because ??= { code: 'other-sdk', run: runId, of: sdk, text };
      continue;
    }
    const code = current?.code ?? (bundle === null ? undefined : await options.bundle(bundle));
    if (code === undefined) {
      because ??=
        bundle === null
          ? {
              code: 'code-unnamed',
              run: runId,
              text: `the history of run ${runId} does not say which workflow bundle ran it (--code current replays it with today's code)`,
            }
          : {
              code: 'code-not-kept',
              run: runId,
              of: bundle,
              text: `the workflow bundle ${bundle} that ran ${runId} is not kept here (--code current replays it with today's code)`,
            };
      continue;
    }
    const events = run.events === undefined ? {} : { events: run.events };
    const one = await replayHistory({ history, workflowId, bundle: code, ...events });
    verdict.compared += one.compared;
    if (one.first) return { ...verdict, verdict: 'different', first: { run: runId, ...one.first } };
    if (one.reason !== undefined) because ??= { code: 'cut-off', run: runId, text: `run ${runId}: ${one.reason}` };
  }
  return because === undefined ? verdict : { ...verdict, verdict: 'incomplete', reason: because.text, because };
}

type FoundRun = KeptRun & { history: History };

/** Runs by workflow id, each workflow's in the order in which one continued the other; `gap` says what is missing. */
function inOrder(given: readonly KeptRun[]): { runs: FoundRun[]; gap: Because | undefined } {
  let gap: Because | undefined;
  const missing = (run: string, text: string): Because => ({ code: 'history-missing', run, text });
  const broken = (run: string, text: string): Because => ({ code: 'chain-broken', run, text });
  const found: FoundRun[] = [];
  for (const run of given) {
    const { history } = run;
    if (history) found.push({ ...run, history });
    else gap ??= missing(run.runId, `the history of run ${run.runId} of ${run.workflowId} is missing`);
  }
  if (given.length === 0) gap = { code: 'history-missing', text: 'there is no run' };
  const runs = [...new Set(found.map(({ workflowId }) => workflowId))].flatMap((workflowId) => {
    const rest = found.filter((run) => run.workflowId === workflowId);
    const ids = new Set(rest.map(({ runId }) => runId));
    const chain: FoundRun[] = [];
    while (rest.length > 0) {
      const last = chain.at(-1);
      const index = rest.findIndex(({ history }) => {
        const { previous } = runFacts(history);
        return last === undefined ? previous === undefined || !ids.has(previous) : previous === last.runId;
      });
      const [run] = rest.splice(Math.max(index, 0), 1);
      if (!run) break;
      const { previous } = runFacts(run.history);
      if (last === undefined && previous !== undefined)
        gap ??= missing(previous, `run ${previous} of ${workflowId}, before ${run.runId}, is missing`);
      if (last && previous !== last.runId)
        gap ??= broken(run.runId, `the runs ${last.runId} and ${run.runId} of ${workflowId} are no chain`);
      if (last && runFacts(last.history).next !== run.runId)
        gap ??= broken(last.runId, `the history of run ${last.runId} is cut off: ${run.runId} follows it`);
      chain.push(run);
    }
    const end = chain.at(-1);
    const next = end && runFacts(end.history).next;
    if (next !== undefined) gap ??= missing(next, `run ${next} of ${workflowId}, the last one, is missing`);
    return chain;
  });
  return { runs, gap };
}

/** What a run handed over is what the next one began with. */
function handOver(before: History, after: History): Difference | undefined {
  const handed = decode(before.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.input);
  const begun = decode(after.events?.[0]?.workflowExecutionStartedEventAttributes?.input);
  if (handed === undefined || begun === undefined) return undefined;
  const part = differingPart(begun, handed);
  return part && { event: 1, what: `input of the run ${part.path}`.trimEnd(), recorded: part.a, now: part.b };
}

function decode(
  input: { payloads?: Parameters<typeof defaultPayloadConverter.fromPayload>[0][] | null } | null | undefined,
): unknown {
  return input?.payloads?.map((payload) => defaultPayloadConverter.fromPayload<unknown>(payload));
}

/** All runs of a workflow id: those that recorded, and those that the histories name. */
export async function fetchRuns(database: Database, temporal: Client, workflowId: string): Promise<KeptRun[]> {
  const rows = await database.workflowRun.findMany({ where: { workflowId }, orderBy: { firstSeenAt: 'asc' } });
  const known = new Map(rows.map((row) => [row.runId, row]));
  const current = await ifKnown(temporal.workflow.getHandle(workflowId).describe());
  const wanted = [...known.keys(), ...(current ? [current.runId] : [])];
  const runs = new Map<string, KeptRun>();
  for (let runId = wanted.shift(); runId !== undefined; runId = wanted.shift()) {
    if (runs.has(runId)) continue;
    const row = known.get(runId);
    const history = row?.history
      ? unpackHistory(row.history)
      : await ifKnown(temporal.workflow.getHandle(workflowId, runId).fetchHistory());
    // The server and the archive give whole histories.
    const events = history?.events?.length;
    const noted = row ? { bundle: row.bundle, sdk: row.sdk } : {};
    runs.set(runId, { workflowId, runId, history, ...(events === undefined ? {} : { events }), ...noted });
    const { previous, next } = history ? runFacts(history) : {};
    if (previous !== undefined) wanted.push(previous);
    if (next !== undefined) wanted.push(next);
  }
  return [...runs.values()];
}

interface RecordedEvent {
  run: string;
  event: number;
  /** Whether the activity that wrote it is known to have done so. */
  written: boolean;
  body: string;
}

/** Compares the events that the runs sent to `record` with the rows of table `event`, and checks the rows' hash chain. */
async function compareWithDatabase(
  database: Database,
  runs: readonly KeptRun[],
  { workflowId, sequence: sequenceBefore, begun }: Part,
): Promise<Pick<ReplayVerdict, 'verdict' | 'first' | 'reason'> | undefined> {
  const started = startedWith(runs);
  const terms = started && differingPart(started.begun, begun ?? null);
  if (started && terms) {
    const what = `database ${workflowId.split('/')[0] ?? ''} ${terms.path}`;
    return { verdict: 'different', first: { run: started.run, event: 1, what, recorded: terms.a, now: terms.b } };
  }
  const sent = recordedEvents(runs);
  const lines = await database.ledgerLine.findMany({ where: { workflowId } });
  const lineBySequence = new Map(lines.map((line) => [line.sequence, line]));
  const rows = await database.event.findMany({ where: { workflowId }, orderBy: { sequence: 'asc' } });
  const bySequence = new Map(rows.map((row) => [row.sequence, row]));
  const last = Math.max(sequenceBefore, rows.at(-1)?.sequence ?? 0, ...sent.keys());
  let previous = CHAIN_START;
  for (let sequence = 1; sequence <= last; sequence++) {
    const row = bySequence.get(sequence);
    const event = sent.get(sequence);
    const differs = (recorded: unknown, now: unknown, part = ''): Pick<ReplayVerdict, 'verdict' | 'first'> => ({
      verdict: 'different',
      first: {
        run: event?.run ?? '',
        event: event?.event ?? null,
        what: `database event ${sequence} ${part}`.trimEnd(),
        recorded,
        now,
      },
    });
    if (!row) {
      if (event?.written || sequence <= sequenceBefore) return differs(event ? JSON.parse(event.body) : null, null);
      continue; // being written at this moment
    }
    if (!event) {
      if (sequence > sequenceBefore) continue; // written after the histories were fetched
      const complete = runs.every(({ history }) => history !== undefined);
      if (complete) return differs(null, JSON.parse(row.body));
      return { verdict: 'incomplete', reason: `no history is left that recorded event ${sequence}` };
    }
    if (row.body !== event.body) {
      const part = differingPart(JSON.parse(event.body), JSON.parse(row.body));
      return part ? differs(part.a, part.b, part.path) : differs(event.body, row.body);
    }
    const hash = chainHash(previous, row.body);
    if (row.previous !== previous) return differs(previous, row.previous, 'previous hash');
    if (row.hash !== hash) return differs(hash, row.hash, 'hash');
    previous = hash;
    const shown = differingPart(columnsOf(JSON.parse(row.body) as Event), {
      type: row.type,
      occurredAtMs: row.occurredAt.getTime(),
      obligation: row.obligation,
      amount: lineBySequence.get(sequence)?.amountText ?? null,
      total: lineBySequence.get(sequence)?.amount.toFixed(4) ?? null,
    });
    if (shown) return differs(shown.a, shown.b, shown.path);
  }
  return undefined;
}

/** What lists and sums are made of. */
function columnsOf(event: Event): Record<string, unknown> {
  const amount = 'line' in event ? event.line.amount : null;
  return {
    type: event.type,
    occurredAtMs: event.occurredAtMs,
    obligation: 'obligation' in event ? event.obligation : null,
    amount,
    total: amount === null ? null : new Prisma.Decimal(amount).toFixed(4),
  };
}

/** The compiled agreement, or the process's input, that the first run was given. */
function startedWith(runs: readonly KeptRun[]): { run: string; begun: unknown } | undefined {
  for (const { runId, history } of runs) {
    const started = history?.events?.[0]?.workflowExecutionStartedEventAttributes;
    if (!started || started.continuedExecutionRunId) continue;
    const [input] = (decode(started.input) ?? []) as [{ agreement?: unknown; input?: unknown }?];
    return { run: runId, begun: input?.agreement ?? input?.input ?? null };
  }
  return undefined;
}

/** What runs of one workflow id sent to the record, by sequence. */
export function recordedEvents(runs: readonly KeptRun[]): Map<number, RecordedEvent> {
  const found = new Map<number, RecordedEvent>();
  for (const { runId, history } of runs) {
    const events = history?.events ?? [];
    const done = new Set(
      events.map(({ activityTaskCompletedEventAttributes: task }) => (task ? Number(task.scheduledEventId) : 0)),
    );
    for (const event of events) {
      const task = event.activityTaskScheduledEventAttributes;
      const activity = task?.activityType?.name;
      if (!task || (activity !== 'record' && activity !== 'recordProcess')) continue;
      const [input] = (decode(task.input) ?? []) as [RecordInput?];
      const id = Number(event.eventId);
      for (const one of input?.events ?? []) {
        found.set(one.sequence, { run: runId, event: id, written: done.has(id), body: canonicalJson(one) });
      }
    }
  }
  return found;
}
