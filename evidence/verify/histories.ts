import type { RecordInput } from '../../activities/index.ts';
import type { Event } from '../../domain/agreement/event.ts';
import type { Notice } from '../../domain/agreement/notice.ts';
import { type AgreementRow, type EventRow, type NoticeRow, type RunRow, codePath } from '../format.ts';
import { eventOf } from './events.ts';
import type { ReadBundle } from './files.ts';
import { type Finding, compare, compareSets, grouped } from './finding.ts';

/** The part of Temporal's own JSON (temporal.api.history.v1) that is read here; numbers beyond 32 bits are texts there. */
interface HistoryEvent {
  eventId: string;
  workflowExecutionStartedEventAttributes?: {
    originalExecutionRunId?: string;
    continuedExecutionRunId?: string;
    input?: Payloads;
  };
  workflowExecutionContinuedAsNewEventAttributes?: { newExecutionRunId?: string };
  workflowTaskCompletedEventAttributes?: {
    binaryChecksum?: string;
    workerVersion?: { buildId?: string };
    deploymentVersion?: { buildId?: string };
  };
  activityTaskScheduledEventAttributes?: { activityType?: { name?: string }; input?: Payloads };
}
interface Payloads {
  payloads?: { data?: string }[];
}

/** A run's history as the bundle has it. */
export interface BundledRun extends RunRow {
  /** Undefined where the bundle has none. */
  history: { events: HistoryEvent[] } | undefined;
}

/** What a run told `record`: the second witness of what happened. */
interface Told {
  events: Event[];
  notices: Notice[];
}

/** The runs of each workflow id form one chain from start to end, none cut off, and each with the code that ran it. */
export function* checkRuns(runs: readonly BundledRun[], files: ReadBundle['files']): Generator<Finding> {
  if (runs.length === 0) yield { what: 'history', where: 'runs', expected: 'at least one', found: null };
  const byId = new Map(runs.map((run) => [run.runId, run]));
  for (const run of runs) {
    const { workflowId, runId, bundle } = run;
    const where = `run ${runId} of ${workflowId}`;
    if (!run.history) {
      yield { what: 'history', where, expected: `${run.events} events`, found: null };
      continue;
    }
    const { events } = run.history;
    const facts = factsOf(events);
    yield* compare('history', where, {
      expected: { runId, events: run.events },
      found: { runId: facts.runId ?? null, events: events.length },
    });
    const gap = events.findIndex(({ eventId }, index) => eventId !== String(index + 1));
    if (gap !== -1) {
      yield { what: 'history', where: `${where} event ${gap + 1}`, expected: gap + 1, found: events[gap]?.eventId };
    }
    yield* checkNeighbour(run, { other: facts.previous, back: 'next' }, byId);
    yield* checkNeighbour(run, { other: facts.next, back: 'previous' }, byId);
    if (facts.bundle !== undefined && facts.bundle !== bundle) {
      yield { what: 'code', where, expected: facts.bundle, found: bundle };
    }
    if (bundle !== null) yield* checkCode(bundle, files);
  }
  for (const [workflowId, own] of grouped(runs, (run) => run.workflowId)) {
    const firsts = own.filter((run) => run.history && factsOf(run.history.events).previous === undefined);
    if (firsts.length > 1) {
      yield {
        what: 'history',
        where: `runs of ${workflowId}`,
        expected: 'one chain',
        found: `${firsts.length} chains`,
      };
    }
  }
}

/** A run that a history names is there, and names this one back. */
function* checkNeighbour(
  { workflowId, runId }: BundledRun,
  { other, back }: { other: string | undefined; back: 'previous' | 'next' },
  byId: ReadonlyMap<string, BundledRun>,
): Generator<Finding> {
  if (other === undefined) return;
  const run = byId.get(other);
  const where = `run ${other} of ${workflowId}`;
  if (!run) yield { what: 'history', where, expected: 'in the bundle', found: null };
  else if (run.history) {
    const named = factsOf(run.history.events)[back];
    if (named !== runId) {
      yield { what: 'history', where: `${where}, its ${back} run`, expected: runId, found: named ?? 'none: cut off' };
    }
  }
}

function* checkCode(sha256: string, files: ReadBundle['files']): Generator<Finding> {
  const code = files.get(codePath(sha256));
  if (!code) yield { what: 'code', where: codePath(sha256), expected: sha256, found: null };
  else if (code.sha256 !== sha256) yield { what: 'code', where: code.path, expected: sha256, found: code.sha256 };
}

/** What the runs told `record`, and what they were started with, is what the rows say. */
export function* checkRecorded(
  runs: readonly BundledRun[],
  rows: { agreement: AgreementRow; events: readonly EventRow[]; notices: readonly NoticeRow[] },
): Generator<Finding> {
  const runsOf = grouped(runs, (run) => run.workflowId);
  const noticesOf = grouped(rows.notices, ({ id }) => id.slice(0, Math.max(0, id.lastIndexOf('/'))));
  for (const [workflowId, chain] of grouped(rows.events, (row) => row.workflowId)) {
    const own = runsOf.get(workflowId) ?? [];
    const told = own.map(toldBy);
    const isWhole = own.every(({ history }) => history !== undefined);
    const events = new Map(told.flatMap((one) => one.events.map((event) => [event.sequence, event] as const)));
    for (const row of chain) {
      const where = `event ${workflowId}/${row.sequence}`;
      const event = events.get(row.sequence);
      events.delete(row.sequence);
      if (event)
        yield* compare('history', `${where} (history against events.jsonl)`, { expected: event, found: eventOf(row) });
      else if (isWhole) yield { what: 'history', where: `${where} in the histories`, expected: row.type, found: null };
    }
    for (const [sequence, { type }] of events) {
      yield {
        what: 'event',
        where: `event ${workflowId}/${sequence}, which the history has`,
        expected: type,
        found: null,
      };
    }
    if (!isWhole) continue;
    const notices = told.flatMap((one) => one.notices.map(recorded));
    const found = (noticesOf.get(workflowId) ?? []).map(recordedPart);
    yield* compareSets('notice', { expected: notices, found, keyOf: ({ id }) => id });
    noticesOf.delete(workflowId);
  }
  const known = new Set(rows.events.map((row) => row.workflowId));
  for (const [of, [notice]] of noticesOf) {
    if (notice && !known.has(of))
      yield { what: 'notice', where: `notice ${notice.id}`, expected: null, found: notice.kind };
  }
  yield* checkStart(runs, rows.agreement);
}

function* checkStart(runs: readonly BundledRun[], { id, compiled }: AgreementRow): Generator<Finding> {
  const first = runs.find(({ workflowId }) => workflowId === `agreement/${id}`)?.history?.events[0];
  const started = first?.workflowExecutionStartedEventAttributes;
  if (!started || started.continuedExecutionRunId) return;
  const [input] = decoded(started.input) as [{ agreement?: unknown }?];
  yield* compare('agreement', 'agreement.json compiled', { expected: input?.agreement ?? null, found: compiled });
}

/** Activities that write events: of an agreement, and of its processes. */
const RECORDING = ['record', 'recordProcess'];

function toldBy({ history }: BundledRun): Told {
  const inputs = (history?.events ?? []).flatMap(({ activityTaskScheduledEventAttributes: task }) =>
    RECORDING.includes(task?.activityType?.name ?? '') ? (decoded(task?.input) as RecordInput[]) : [],
  );
  return { events: inputs.flatMap(({ events }) => events), notices: inputs.flatMap(({ notices }) => notices) };
}

/** The part of a notice that was told when it was issued; what became of it came later. */
type Recorded = Pick<NoticeRow, 'id' | 'kind' | 'seat' | 'role' | 'obligation' | 'occurrence' | 'rungs'> &
  Pick<NoticeRow, 'at' | 'clauses' | 'addressee' | 'act' | 'facts'>;

function recorded({ atMs, obligation, occurrence, rungs, addressee, act, ...notice }: Notice): Recorded {
  const { id, kind, seat, role, clauses, facts } = notice;
  return {
    ...{ id, kind, seat, role, clauses, facts },
    obligation: obligation ?? null,
    occurrence: occurrence ?? null,
    rungs: rungs ?? [],
    at: new Date(atMs).toISOString(),
    addressee: addressee ?? null,
    act: act ?? null,
  };
}

function recordedPart(row: NoticeRow): Recorded {
  const { id, kind, seat, role, obligation, occurrence, rungs, at, clauses, addressee, act, facts } = row;
  return { id, kind, seat, role, obligation, occurrence, rungs, at, clauses, addressee, act, facts };
}

function factsOf(events: readonly HistoryEvent[]) {
  const started = events[0]?.workflowExecutionStartedEventAttributes;
  const tasks = events.flatMap((event) => event.workflowTaskCompletedEventAttributes ?? []);
  const task = tasks.at(-1);
  const builds = [task?.workerVersion?.buildId, task?.deploymentVersion?.buildId, task?.binaryChecksum];
  return {
    runId: started?.originalExecutionRunId,
    previous: started?.continuedExecutionRunId || undefined,
    next: events.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId || undefined,
    bundle: builds.find((id) => id !== undefined && /^[0-9a-f]{64}$/.test(id)),
  };
}

function decoded(input: Payloads | undefined): unknown[] {
  return (input?.payloads ?? []).map(
    ({ data = '' }) => JSON.parse(Buffer.from(data, 'base64').toString('utf8')) as unknown,
  );
}
