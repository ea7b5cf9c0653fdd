import { defaultPayloadConverter } from '@temporalio/common';
import type { History } from '@temporalio/common/lib/proto-utils';
import { type InjectedSinks, ReplayError, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import type { RecordedCommand, RecorderSinks } from '../workflows/recorder.ts';
import { canonicalJson } from './chain.ts';

type HistoryEvent = NonNullable<History['events']>[number];
type Payloads = { payloads?: Parameters<typeof defaultPayloadConverter.fromPayload>[0][] | null } | null | undefined;

/** Where history and code part: the event's id, what differs there, and both values (JSON, shortened to what differs). */
export interface Difference {
  event: number | null;
  what: string;
  recorded: unknown;
  now: unknown;
}

export interface HistoryVerdict {
  verdict: 'identical' | 'different' | 'incomplete';
  /** Commands of the history whose values were compared. */
  compared: number;
  events: number;
  first?: Difference;
  /** Why nothing can be said of the whole. */
  reason?: string;
}

/** A command with its values, from the history or from the code that replays it; `key` finds the one for the other. */
interface Step {
  key: string;
  label: string;
  value: unknown;
}
interface RecordedStep extends Step {
  event: number;
}
interface ProducedStep extends Step {
  /** The history's length when the code was asked. */
  at: number;
}

/**
 * Strict replay (design §3): the history is played to the code of `bundle`, and not only the order and type of what the
 * code asks for are compared, but inputs of activities, lengths of timers, answers to updates, and the run's outcome.
 *
 * @param history one run from its first event on, as the server or `historyFromJSON` gives it
 * @param events how many events the run had, when that is known: fewer are `incomplete`
 */
export async function replayHistory(input: {
  history: History;
  workflowId: string;
  /** The bundle's code. */
  bundle: string;
  events?: number;
}): Promise<HistoryVerdict> {
  const events = input.history.events ?? [];
  const gap = findGap(events, input.events);
  if (gap !== undefined) return { verdict: 'incomplete', compared: 0, events: events.length, reason: gap };
  const lastTask = events.findLast((event) => event.workflowTaskCompletedEventAttributes);
  if (!lastTask) return { verdict: 'identical', compared: 0, events: events.length }; // no code ran yet

  const commands: { command: RecordedCommand; at: number }[] = [];
  const sinks: InjectedSinks<RecorderSinks> = {
    recorder: {
      command: {
        fn: (info, command) => void commands.push({ command, at: info.historyLength }),
        callDuringReplay: true,
      },
    },
  };
  const failure = await replay({ workflowBundle: { code: input.bundle }, sinks }, input.history, input.workflowId);
  const produced = producedSteps(commands);
  const recorded = recordedSteps(events);
  const known = new Set(recorded.map(({ key }) => key));
  const { compared, first } = compare(recorded, produced, failure);
  const counts = { compared, events: events.length };
  if (failure instanceof ReplayError && produced.length === 0) {
    return { verdict: 'incomplete', ...counts, reason: `the history cannot be replayed: ${failure.message}` };
  }
  if (first) return { verdict: 'different', ...counts, first };

  // What the code asked for up to the last completed task must be there; what it would ask for next need not.
  const extra = produced.find(({ key, at }) => at <= Number(lastTask.eventId) && !known.has(key));
  if (!extra) return { verdict: 'identical', ...counts };
  if (input.events === undefined && events.slice(events.indexOf(lastTask) + 1).every(isAskedByCode)) {
    const reason = `the history is cut off: it ends at event ${events.length}, before "${extra.label}" of its last step`;
    return { verdict: 'incomplete', ...counts, reason };
  }
  const difference = { event: Number(lastTask.eventId), what: extra.label, recorded: null, now: extra.value };
  return { verdict: 'different', ...counts, first: difference };
}

type ReplayOptions = Parameters<typeof Worker.runReplayHistory>[0];

async function replay(options: ReplayOptions, history: History, workflowId: string): Promise<Error | undefined> {
  try {
    await Worker.runReplayHistory(options, history, workflowId);
    return undefined;
  } catch (error) {
    // The code was asked for something else, or failed on what it was given; anything else is a bug.
    if (error instanceof DeterminismViolationError || error instanceof ReplayError) return error;
    throw error;
  }
}

function compare(
  recorded: RecordedStep[],
  produced: ProducedStep[],
  failure: Error | undefined,
): { compared: number; first?: Difference } {
  const byKey = new Map(produced.map((step) => [step.key, step]));
  const told = failure && {
    event: namedEvent(failure.message),
    what: 'order of commands',
    recorded: null,
    now: plain(failure),
  };
  let compared = 0;
  for (const step of recorded) {
    const { event, label, value } = step;
    const now = byKey.get(step.key);
    if (!now) {
      // Replay ended before this one, or the code did not ask for it.
      if (told?.event != null && told.event < event) return { compared, first: told };
      return { compared, first: { event, what: label, recorded: value, now: told?.now ?? null } };
    }
    compared += 1;
    if (now.label !== label)
      return { compared, first: { event, what: 'name', recorded: bare(label), now: bare(now.label) } };
    const part = differingPart(toJson(value), toJson(now.value));
    if (part)
      return { compared, first: { event, what: `${label} ${part.path}`.trimEnd(), recorded: part.a, now: part.b } };
  }
  return told ? { compared, first: told } : { compared };
}

/** `activity record` */
function bare(label: string): string {
  return label.replace(/ (?:input|start)$/, '');
}

/** The SDK wraps the sentence that matters in several layers. */
function plain({ message }: Error): string {
  const sentence = /\[TMPRL\d+\] [^"]*/.exec(message)?.[0].replace(/\\$/, '');
  return (sentence ?? message.replace(/^Replay failed .*?Details: /s, '')).slice(0, 500);
}

function namedEvent(message: string): number | null {
  const id = /HistoryEvent\(id: (\d+)/.exec(message)?.[1];
  return id === undefined ? null : Number(id);
}

/** What the history lacks, in words. */
function findGap(events: HistoryEvent[], expected: number | undefined): string | undefined {
  if (events.length === 0) return 'the history is empty';
  if (!events[0]?.workflowExecutionStartedEventAttributes) return "the history does not begin with the run's start";
  const gap = events.findIndex((event, index) => Number(event.eventId) !== index + 1);
  if (gap !== -1) return `event ${gap + 1} is missing in the history`;
  if (expected !== undefined && events.length < expected) {
    return `the history is cut off: it has ${events.length} of ${expected} events`;
  }
  return undefined;
}

/** Whether the server writes this event in one go with the task that asked for it. */
function isAskedByCode(event: HistoryEvent): boolean {
  return Boolean(
    event.activityTaskScheduledEventAttributes ??
    event.activityTaskCancelRequestedEventAttributes ??
    event.timerStartedEventAttributes ??
    event.timerCanceledEventAttributes ??
    event.startChildWorkflowExecutionInitiatedEventAttributes ??
    event.signalExternalWorkflowExecutionInitiatedEventAttributes ??
    event.workflowExecutionUpdateAcceptedEventAttributes ??
    event.workflowExecutionUpdateCompletedEventAttributes ??
    event.markerRecordedEventAttributes,
  );
}

function recordedSteps(events: HistoryEvent[]): RecordedStep[] {
  let children = 0;
  let signals = 0;
  return events.flatMap((event): RecordedStep[] => {
    const step = (key: string, label: string, value: unknown) => [{ event: Number(event.eventId), key, label, value }];
    const activity = event.activityTaskScheduledEventAttributes;
    if (activity) {
      const key = `activity ${activity.activityId}`;
      return step(key, `activity ${activity.activityType?.name} input`, args(activity.input));
    }
    const timer = event.timerStartedEventAttributes;
    if (timer) return step(`timer ${timer.timerId}`, 'timer length', milliseconds(timer.startToFireTimeout));
    const child = event.startChildWorkflowExecutionInitiatedEventAttributes;
    if (child) {
      const value = { workflowId: child.workflowId, input: args(child.input) };
      return step(`child ${++children}`, `workflow ${child.workflowType?.name} start`, value);
    }
    const signal = event.signalExternalWorkflowExecutionInitiatedEventAttributes;
    if (signal) {
      const value = { workflowId: signal.workflowExecution?.workflowId, input: args(signal.input) };
      return step(`signal ${++signals}`, `signal ${signal.signalName}`, value);
    }
    const update = event.workflowExecutionUpdateCompletedEventAttributes;
    if (update) {
      const { success, failure } = update.outcome ?? {};
      const outcome = failure ? failed(failure) : { result: values(success)[0] ?? null };
      return step(`update ${update.meta?.updateId}`, 'answer to an update', outcome);
    }
    const continued = event.workflowExecutionContinuedAsNewEventAttributes;
    if (continued) return step('end', `next run ${continued.workflowType?.name} input`, args(continued.input));
    const completed = event.workflowExecutionCompletedEventAttributes;
    if (completed) return step('end', 'outcome of the run', { result: values(completed.result)[0] ?? null });
    const failure = event.workflowExecutionFailedEventAttributes?.failure;
    if (failure) return step('end', 'outcome of the run', failed(failure));
    return [];
  });
}

function producedSteps(commands: { command: RecordedCommand; at: number }[]): ProducedStep[] {
  let children = 0;
  let signals = 0;
  const givenUp = new Map<number, number>();
  for (const { command, at } of commands) if (command.type === 'timer-given-up') givenUp.set(command.seq, at);
  return commands.flatMap(({ command, at }): ProducedStep[] => {
    const step = (key: string, label: string, value: unknown) => [{ at, key, label, value }];
    switch (command.type) {
      case 'activity':
        return step(`activity ${command.seq}`, `activity ${command.name} input`, single(JSON.parse(command.input)));
      case 'timer':
        // Armed and given up in one step: the engine never hears of it.
        return givenUp.get(command.seq) === at ? [] : step(`timer ${command.seq}`, 'timer length', command.durationMs);
      case 'timer-given-up':
        return [];
      case 'child': {
        const value = { workflowId: command.workflowId, input: single(JSON.parse(command.input)) };
        return step(`child ${++children}`, `workflow ${command.name} start`, value);
      }
      case 'signal': {
        const value = { workflowId: command.workflowId, input: single(JSON.parse(command.input)) };
        return step(`signal ${++signals}`, `signal ${command.name}`, value);
      }
      case 'update':
        return step(`update ${command.id}`, 'answer to an update', JSON.parse(command.outcome));
      case 'continue-as-new':
        return step('end', `next run ${command.name} input`, single(JSON.parse(command.input)));
      case 'end':
        return step('end', 'outcome of the run', JSON.parse(command.outcome));
    }
  });
}

function failed(failure: {
  message?: string | null;
  applicationFailureInfo?: { type?: string | null } | null;
}): unknown {
  return { failure: { type: failure.applicationFailureInfo?.type || null, message: failure.message ?? '' } };
}

/** A history from a file has its numbers in other clothes than one from the server. */
function milliseconds(duration: { seconds?: unknown; nanos?: number | null } | null | undefined): number {
  return Number(duration?.seconds ?? 0) * 1_000 + (duration?.nanos ?? 0) / 1_000_000;
}

function values(payloads: Payloads): unknown[] {
  return (payloads?.payloads ?? []).map((payload) => defaultPayloadConverter.fromPayload<unknown>(payload));
}

function args(payloads: Payloads): unknown {
  return single(values(payloads));
}

/** Ours all take one argument; it alone is shown. */
function single(list: unknown[]): unknown {
  return list.length === 1 ? list[0] : list;
}

/** As JSON has it: no `undefined`. */
function toJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null));
}

/** The first place, in the order of keys, at which two JSON values differ, as deep as both still have it. */
export function differingPart(a: unknown, b: unknown): { path: string; a: unknown; b: unknown } | undefined {
  if (canonicalJson(a) === canonicalJson(b)) return undefined;
  if (isContainer(a) && isContainer(b) && Array.isArray(a) === Array.isArray(b)) {
    for (const key of [...new Set([...Object.keys(a), ...Object.keys(b)])]) {
      const part = differingPart(a[key] ?? null, b[key] ?? null);
      if (part) {
        const step = Array.isArray(a) ? `[${key}]` : key;
        const path = part.path === '' || part.path.startsWith('[') ? `${step}${part.path}` : `${step}.${part.path}`;
        return { ...part, path };
      }
    }
  }
  return { path: '', a: shortened(a), b: shortened(b) };
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function shortened(value: unknown): unknown {
  const text = JSON.stringify(value);
  return text.length <= 2_000 ? value : `${text.slice(0, 2_000)}…`;
}
