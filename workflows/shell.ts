import { allHandlersFinished, condition, setHandler, workflowInfo } from '@temporalio/workflow';
import { type Delivering, answer, answerTo, delivered } from '../domain/agreement/fold.ts';
import type { Notice } from '../domain/agreement/notice.ts';
import type { NextDue } from '../domain/agreement/part.ts';
import type { Rejection } from '../domain/agreement/rejection.ts';
import type { ServedNotice } from '../domain/agreement/service.ts';
import type { CommandOutcome } from '../domain/agreement/state.ts';
import type { Errand } from '../domain/process/process.ts';
import type { Instant } from '../domain/time.ts';
import { accepted, refuse } from './answer.ts';
import { command as commandUpdate, quiet, state as stateQuery, tell } from './messages.ts';
import { type Caused, type Outbox, emptyOutbox, isEmpty, stepsOf } from './outbox.ts';
import { notify, notifyAll } from './proxies.ts';

/** Longest single sleep: 30 days, then it looks again (the engine's advice for long timers). */
const LONGEST_SLEEP_MS = 30 * 86_400_000;
/** Time that is folded so much late tells of an outage: then even a reminder is checked against what was stored before. */
const OUTAGE_MS = 60_000;
/** So many steps are folded in one go: a task must end within the engine's patience. */
const STEPS_AT_ONCE = 200;
/** So many notices go out in one activity. */
const NOTICES_AT_ONCE = 20;
/** A run hands over to the next one after so many events, well below the server's limit of 51,200. */
const EVENTS_PER_RUN = 1_500;
/** After so many it does so amid acts that never pause: the server refuses the 2,001st update of a run. */
const EVENTS_UNDER_PRESSURE = 1_700;
/** It leaves so many characters at most to be recorded: with the state they are one payload, which is at most 2 MB. */
const LEFT_LENGTH = 128 * 1024;
/** And after so many bytes of history: it is read, kept and handed over whole. */
const BYTES_PER_RUN = 2 * 1024 * 1024;

export interface ShellCommand {
  id: string;
  type: string;
  receivedAtMs: Instant;
}

export interface ShellState extends Delivering {
  sequence: number;
}

/** What one workflow type is made of: its pure rules, and where its record goes. */
export interface Shell<S extends ShellState, C extends ShellCommand, D extends object, E extends Caused> {
  decide(command: C, state: S): D | Rejection;
  /** What time brings at `atMs`; `nowMs` is when a worker woke. */
  tick(moment: { atMs: Instant; nowMs: Instant }, state: S): D | Rejection;
  /** @param atMs the decision's instant: the command's, or the due one */
  fold(state: S, decided: D, atMs: Instant, recordedAtMs: Instant): Folded<S, E>;
  nextDue(state: S): NextDue | undefined;
  /** Time has stopped: the order of what still comes is all the same. */
  hasEnded(state: S): boolean;
  /** Nothing is to be done any more, and nobody waits for a notice of it. */
  isOver(state: S): boolean;
  /** What was stored before this command is asked for first. */
  isEnd(command: C): boolean;
  /** What others are told of it by now is done after the record, like any errand. */
  record(step: Outbox<E>): Promise<{ tell: Errand[] } | undefined>;
  stored(beforeMs: Instant): Promise<C[]>;
  /** What it means that a written notice of the contract reached its address. */
  arrived?(served: ServedNotice): C;
  /** Does an errand; its answer, if any, is a command of the machine. */
  perform(errand: Errand): Promise<C | undefined>;
  continueWith(rest: Begin<S, E>): Promise<unknown>;
  /** Whether this run knows a change of the shell's mechanics (design §3); types that came after it always do. */
  knows(change: string): boolean;
}

export interface Folded<S, E> {
  state: S;
  events: E[];
  notices: Notice[];
  errands: Errand[];
}

/** Where a run begins: anew, or as an earlier run left it, which may leave something to record and to do. */
export interface Begin<S, E extends Caused> {
  state: S;
  outbox?: Outbox<E>;
  errands?: Errand[];
}

/**
 * The shell around a pure decider (design §3), one for every workflow type. Handlers decide and fold; the loop alone
 * awaits, records, and folds time. Notices and errands are done beside it, so that an outage of mail delays mail alone.
 *
 * @param first what begins it, of a new one
 * @returns the state in which it is over
 */
export async function runShell<S extends ShellState, C extends ShellCommand, D extends object, E extends Caused>(
  shell: Shell<S, C, D, E>,
  begin: Begin<S, E>,
  first?: () => { decided: D | Rejection; atMs: Instant },
): Promise<S> {
  let { state } = begin;
  /** Commands that came while time was behind: they wait for their turn. */
  let inbox: C[] = [];
  let outbox: Outbox<E> = begin.outbox ?? emptyOutbox();
  /** To be done once what caused them is recorded, and those under way: another run does them again. */
  const errands: Errand[] = [...(begin.errands ?? [])];
  const underWay: Errand[] = [];
  /** The last of what other workflows are told. */
  let told = Promise.resolve();
  let catchingUp = false;
  let lastReceivedAtMs = 0;
  let reckoned: { of: S; due: NextDue | undefined } | undefined;
  /** Notices that are recorded and may go out; the contract's written ones apart, so that nothing delays their receipt. */
  const recorded: string[] = [];
  const written: string[] = [];
  /** Notices under way. */
  let sending = 0;
  /** Counts handled updates; without pressure none may finish in the task that continues as new. */
  let handled = 0;

  // A run that began before batches sends one by one to its end (ADR 11).
  const inBatches = shell.knows('notices-in-batches');

  // Before the handlers: setting one folds what came for it already.
  if (first) {
    const { decided, atMs } = first();
    apply(decided, atMs);
  }

  setHandler(stateQuery, () => state);
  setHandler(quiet, (asOfMs) => {
    const settled = !catchingUp && inbox.length === 0 && isEmpty(outbox) && state.delivery.open.length === 0;
    return settled && isWithoutErrands() && (next()?.atMs ?? Infinity) > asOfMs;
  });
  setHandler(tell, (told) => {
    const command = told as unknown as C;
    if (answerTo(state, command.id) === undefined && !inbox.some(({ id }) => id === command.id)) inbox.push(command);
  });
  setHandler(
    commandUpdate,
    async (given) => {
      const command = given as unknown as C;
      handled += 1;
      if (answerTo(state, command.id) === undefined && !isCurrent(command)) {
        inbox.push(command);
        await condition(() => answerTo(state, command.id) !== undefined);
      }
      return accepted(execute(command));
    },
    {
      validator: (given) => {
        const command = given as unknown as C;
        const answered = answerTo(state, command.id);
        if (answered) accepted(answered);
        else if (isSettled(command)) refuse(shell.decide(command, state));
      },
    },
  );

  if (!first) send(state.delivery.open.filter((open) => !outbox.notices.some(({ id }) => id === open)));

  for (;;) {
    if (mustAsk()) await publish(); // who acted waits for the record, not for an answer
    await catchUp();
    const before = handled;
    const published = await publish();
    if (published && handled === before && isIdle() && allHandlersFinished() && isTimeToHandOver()) {
      await shell.continueWith({ state });
    }
    if (published && isUnderPressure()) {
      // Within notice hours each act leaves something due at once, behind which the next ones wait.
      const drains = inbox.length > 0 && shell.knows('hand-over-drained');
      if (drains) await catchUp();
      await condition(() => allHandlersFinished() || inbox.length > 0); // those of this very task
      if (inbox.length === 0 && (!drains || isUnderPressure())) await shell.continueWith({ state, outbox, ...left() });
    }
    send(recorded.splice(0));
    for (const noticeId of written.splice(0)) send([noticeId]);
    if (shell.isOver(state) && inbox.length === 0 && isWithoutErrands()) break;
    const due = next();
    const woken = () =>
      !isEmpty(outbox) ||
      inbox.some(isItsTurn) ||
      (inbox.length > 0 && hasEnded()) ||
      (shell.isOver(state) && isWithoutErrands());
    const sleepMs = due ? Math.min(due.atMs - Date.now(), LONGEST_SLEEP_MS) : LONGEST_SLEEP_MS;
    // A task that changed something and asks nothing of the engine would be replayed at the time of the next one: so it
    // leaves a timer at least.
    if (!due && !shell.knows('always-a-timer')) await condition(woken);
    else if (sleepMs > 0) await condition(woken, sleepMs);
  }
  do {
    await publish();
    await condition(allHandlersFinished);
  } while (!isEmpty(outbox));
  return state;

  /** What time does next; reckoned once for a state, which never changes in itself. */
  function next(): NextDue | undefined {
    if (reckoned?.of !== state) reckoned = { of: state, due: shell.nextDue(state) };
    return reckoned.due;
  }

  function isIdle(): boolean {
    return inbox.length === 0 && isEmpty(outbox) && isWithoutErrands();
  }

  /** Received before whatever time does next; at equal instants time goes first. */
  function isItsTurn(command: C): boolean {
    return command.receivedAtMs < (next()?.atMs ?? Infinity);
  }

  /** It can be decided at once. An end asks first for what was stored before it. */
  function isCurrent(command: C): boolean {
    return isSettled(command) && (!shell.isEnd(command) || hasEnded());
  }

  /** Nothing that comes before this command still waits to be folded; after the end the order is all the same. */
  function isSettled(command: C): boolean {
    const due = next();
    const upToMs = Math.max(Date.now(), command.receivedAtMs);
    const waits = catchingUp || inbox.length > 0 || isLate(command) || (due !== undefined && due.atMs <= upToMs);
    return hasEnded() || !waits;
  }

  function hasEnded(): boolean {
    return shell.hasEnded(state);
  }

  /** It waited for engine or worker, and so may others that were received before it and come after it. */
  function isLate(command: C): boolean {
    return Date.now() - command.receivedAtMs > OUTAGE_MS;
  }

  /** Decides and folds a command once; again, it gives the same answer. */
  function execute(command: C): CommandOutcome {
    const given = answerTo(state, command.id);
    if (given) return given;
    const decided = shell.decide(command, state);
    lastReceivedAtMs = Math.max(lastReceivedAtMs, command.receivedAtMs);
    let outcome: CommandOutcome;
    if (isRefused(decided)) {
      const { rejected: code, message, clauses } = decided;
      const because = { message, ...(clauses ? { clauses } : {}) };
      outbox.refusals.push({ commandId: command.id, atMs: command.receivedAtMs, code, ...because });
      outcome = { rejected: code, ...because };
    } else {
      const events = apply(decided, command.receivedAtMs);
      if (events.length === 0) outbox.unchanged.push({ commandId: command.id, atMs: command.receivedAtMs });
      outcome = { sequence: state.sequence, events };
    }
    state = answer(state, command.id, outcome);
    return outcome;
  }

  function isWithoutErrands(): boolean {
    return errands.length === 0 && underWay.length === 0;
  }

  /** What the next run has to do: those under way are done again, which changes nothing. */
  function left(): { errands?: Errand[] } {
    return isWithoutErrands() ? {} : { errands: [...underWay, ...errands] };
  }

  /** What other workflows are told arrives in order; what takes an activity keeps nothing else back. */
  function doErrands(some: Errand[]): void {
    underWay.push(...some);
    const isQuick = ({ kind }: Errand): boolean => kind === 'start' || kind === 'tell';
    const quick = some.filter(isQuick);
    if (quick.length > 0) void (told = told.then(() => inTurn(quick)));
    for (const errand of some) if (!isQuick(errand)) void perform(errand);
  }

  async function inTurn(some: Errand[]): Promise<void> {
    for (const errand of some) await perform(errand);
  }

  async function perform(errand: Errand): Promise<void> {
    const answered = await shell.perform(errand);
    underWay.splice(underWay.indexOf(errand), 1);
    if (answered) inbox.push(answered);
  }

  /** What follows a command at once bears the command's time, so that the same acts give the same record. */
  function presentMs(): number {
    const nowMs = Date.now();
    return nowMs - lastReceivedAtMs < OUTAGE_MS ? Math.min(nowMs, lastReceivedAtMs) : nowMs;
  }

  function apply(decided: D | Rejection, atMs: Instant): string[] {
    if (isRefused(decided)) throw new Error(`time was refused: ${decided.rejected}`); // a bug: start and tick are never refused
    const folded = shell.fold(state, decided, atMs, Date.now());
    state = folded.state;
    outbox.events.push(...folded.events);
    outbox.notices.push(...folded.notices);
    errands.push(...folded.errands);
    return folded.events.map(({ type }) => type);
  }

  /** Whether what the API has stored may come before what is next. */
  function mustAsk(): boolean {
    const due = next();
    const late = due !== undefined && due.atMs <= Date.now() && (due.consequence || Date.now() - due.atMs > OUTAGE_MS);
    return late || inbox.some((command) => isLate(command) || shell.isEnd(command));
  }

  /**
   * Folds all that is due by now, oldest first. Before an instant with consequences, and before a command that comes
   * late, it asks once for what the API has stored, while engine or worker were away, and applies that in its turn; at
   * equal instants time goes first (design §3).
   */
  async function catchUp(): Promise<void> {
    catchingUp = true;
    let askedUpToMs = -1;
    for (let steps = 1; ; steps++) {
      const due = next();
      const nowMs = Date.now();
      const behind = due !== undefined && due.atMs <= nowMs;
      if (mustAsk() && (askedUpToMs < 0 || (behind && due.atMs > askedUpToMs))) {
        askedUpToMs = nowMs; // what is stored while the answer is on its way is asked for again
        const stored = await shell.stored(nowMs);
        inbox.push(...stored.filter(({ id }) => !inbox.some((waiting) => waiting.id === id)));
        continue;
      }
      const turn = inbox
        .filter((command) => (hasEnded() || isItsTurn(command)) && answerTo(state, command.id) === undefined)
        .sort((a, b) => a.receivedAtMs - b.receivedAtMs || (a.id < b.id ? -1 : 1))[0];
      if (turn) execute(turn);
      else if (behind) {
        apply(shell.tick({ atMs: due.atMs, nowMs: Math.max(due.atMs, presentMs()) }, state), due.atMs);
      }
      inbox = inbox.filter((command) => answerTo(state, command.id) === undefined);
      if (!turn && !behind) break;
      if (steps % STEPS_AT_ONCE === 0) await publish();
    }
    catchingUp = false;
  }

  /**
   * Records the outbox until it is empty, or until the next run may take over the rest; its notices may go out then.
   *
   * @returns whether there was anything
   */
  async function publish(): Promise<boolean> {
    const published = !isEmpty(outbox);
    while (!isEmpty(outbox)) {
      const steps = stepsOf(outbox);
      outbox = emptyOutbox();
      for (const step of steps) {
        const told = await shell.record(step);
        if (told) errands.push(...told.tell); // histories of an earlier release have nothing here
        for (const { id, facts } of step.notices) (facts.serves === undefined ? recorded : written).push(id);
      }
      if (isUnderPressure()) break;
    }
    if (isEmpty(outbox)) doErrands(errands.splice(0));
    return published;
  }

  /** The next run sends what this one has not begun to send; only in a long mail outage it takes over what is under way. */
  function isTimeToHandOver(): boolean {
    const { continueAsNewSuggested, historyLength, historySize } = workflowInfo();
    // A run that grew so large before sizes counted goes on as it did.
    const isLarge = historySize > BYTES_PER_RUN && shell.knows('hand-over-by-size');
    if (!continueAsNewSuggested && historyLength < EVENTS_PER_RUN && !isLarge) return false;
    return sending === 0 || historyLength >= 2 * EVENTS_PER_RUN || (isLarge && historySize > 2 * BYTES_PER_RUN);
  }

  /**
   * Acts come without a pause, so that there is always one to record: the next run records it. An act that reaches both
   * runs is answered alike by both, because the answer is in the state.
   */
  function isUnderPressure(): boolean {
    const { historyLength, historySize } = workflowInfo();
    const isLong = historyLength >= EVENTS_UNDER_PRESSURE || historySize > 2 * BYTES_PER_RUN;
    if (isEmpty(outbox) || !isLong) return false;
    return JSON.stringify(outbox).length <= LEFT_LENGTH && shell.knows('hand-over-under-pressure');
  }

  function send(noticeIds: string[]): void {
    if (!inBatches) noticeIds.forEach((noticeId) => void deliver([noticeId]));
    while (inBatches && noticeIds.length > 0) void deliver(noticeIds.splice(0, NOTICES_AT_ONCE));
  }

  async function deliver(noticeIds: string[]): Promise<void> {
    sending += 1;
    if (inBatches) {
      const served = (await notifyAll({ noticeIds })) ?? [];
      // The clock of whoever sends may be ahead of this one.
      const { arrived } = shell;
      if (arrived)
        inbox.push(...served.map((one) => arrived({ ...one, sentAtMs: Math.min(one.sentAtMs, Date.now()) })));
    } else for (const noticeId of noticeIds) await notify({ noticeId });
    sending -= 1;
    state = noticeIds.reduce(delivered, state);
  }
}

function isRefused(decided: object): decided is Rejection {
  return 'rejected' in decided;
}
