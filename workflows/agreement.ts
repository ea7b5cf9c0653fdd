import {
  ApplicationFailure,
  allHandlersFinished,
  condition,
  continueAsNew,
  patched,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { RecordInput } from '../activities/index.ts';
import type { PersonCommand, Start } from '../domain/agreement/command.ts';
import type { CompiledAgreement } from '../domain/agreement/compiled.ts';
import { decide } from '../domain/agreement/decide.ts';
import { type Decision, isRejection } from '../domain/agreement/decision.ts';
import { answer, answerTo, delivered, fold, isOver } from '../domain/agreement/fold.ts';
import { initialState } from '../domain/agreement/initial.ts';
import type { Rejection } from '../domain/agreement/rejection.ts';
import type { AgreementState, CommandOutcome } from '../domain/agreement/state.ts';
import { completeState } from '../domain/agreement/snapshot.ts';
import { type NextDue, nextDue } from '../domain/agreement/tick.ts';
import { type Accepted, agreementCommand, agreementQuiet, agreementState } from './messages.ts';
import { notify, notifyAll, record, storedCommands } from './proxies.ts';

/** A new agreement, or one that continues from an earlier run. */
export type AgreementInput = { agreement: CompiledAgreement; start: Start } | { state: AgreementState };

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

/**
 * The life of one agreement: the shell around the pure decider (design §3). Handlers decide and fold; the loop alone
 * awaits, records, and folds time. Notices are sent beside it, so that a mail outage delays mail alone.
 */
export async function agreement(input: AgreementInput): Promise<{ status: string; sequence: number }> {
  let state = 'state' in input ? completeState(input.state) : initialState(input.agreement);
  const { id: agreementId } = state.agreement;
  /** Commands that came while time was behind: they wait for their turn. */
  let inbox: PersonCommand[] = [];
  let outbox = emptyOutbox();
  let catchingUp = false;
  let lastReceivedAtMs = 0;
  let reckoned: { of: AgreementState; due: NextDue | undefined } | undefined;
  /** Notices that are recorded and may go out. */
  const recorded: string[] = [];
  /** Notices under way. */
  let sending = 0;
  /** Counts handled updates; none may finish in the task that continues as new. */
  let handled = 0;

  // A run that began before batches sends one by one to its end (ADR 11).
  const inBatches = patched('notices-in-batches');

  // Before the handlers: setting one folds what came for it already.
  if (!('state' in input)) apply(decide(input.start, state));

  setHandler(agreementState, () => state);
  setHandler(agreementQuiet, (asOfMs) => {
    const settled = !catchingUp && inbox.length === 0 && isEmpty(outbox) && state.delivery.open.length === 0;
    return settled && (next()?.atMs ?? Infinity) > asOfMs;
  });
  setHandler(
    agreementCommand,
    async (command) => {
      handled += 1;
      if (answerTo(state, command.id) === undefined && !isCurrent(command)) {
        inbox.push(command);
        await condition(() => answerTo(state, command.id) !== undefined);
      }
      return accepted(execute(command));
    },
    {
      validator: (command) => {
        const given = answerTo(state, command.id);
        if (given) accepted(given);
        else if (isSettled(command)) refuse(decide(command, state));
      },
    },
  );

  if ('state' in input) send([...state.delivery.open]);

  for (;;) {
    if (mustAsk()) await publish(); // who acted waits for the record, not for an answer
    await catchUp();
    const before = handled;
    const published = await publish();
    if (published && handled === before && isIdle() && allHandlersFinished() && isTimeToHandOver()) {
      await continueAsNew<typeof agreement>({ state });
    }
    send(recorded.splice(0));
    if (isOver(state) && inbox.length === 0) break;
    const due = next();
    const woken = () => !isEmpty(outbox) || inbox.some(isItsTurn) || (inbox.length > 0 && hasEnded()) || isOver(state);
    if (!due) await condition(woken);
    else if (due.atMs > Date.now()) await condition(woken, Math.min(due.atMs - Date.now(), LONGEST_SLEEP_MS));
  }
  do {
    await publish();
    await condition(allHandlersFinished);
  } while (!isEmpty(outbox));
  return { status: state.status, sequence: state.sequence };

  /** What time does next; reckoned once for a state, which never changes in itself. */
  function next(): NextDue | undefined {
    if (reckoned?.of !== state) reckoned = { of: state, due: nextDue(state) };
    return reckoned.due;
  }

  function isIdle(): boolean {
    return inbox.length === 0 && isEmpty(outbox);
  }

  /** Received before whatever time does next; at equal instants time goes first. */
  function isItsTurn(command: PersonCommand): boolean {
    return command.receivedAtMs < (next()?.atMs ?? Infinity);
  }

  /** It can be decided at once. An end asks first for what was stored before it. */
  function isCurrent(command: PersonCommand): boolean {
    return isSettled(command) && (command.type !== 'terminate' || hasEnded());
  }

  /** Nothing that comes before this command still waits to be folded; after the end the order is all the same. */
  function isSettled(command: PersonCommand): boolean {
    const due = next();
    const upToMs = Math.max(Date.now(), command.receivedAtMs);
    const waits = catchingUp || inbox.length > 0 || isLate(command) || (due !== undefined && due.atMs <= upToMs);
    return hasEnded() || !waits;
  }

  function hasEnded(): boolean {
    return state.status === 'terminated' || state.status === 'expired';
  }

  /** It waited for engine or worker, and so may others that were received before it and come after it. */
  function isLate(command: PersonCommand): boolean {
    return Date.now() - command.receivedAtMs > OUTAGE_MS;
  }

  /** Decides and folds a command once; again, it gives the same answer. */
  function execute(command: PersonCommand): CommandOutcome {
    const given = answerTo(state, command.id);
    if (given) return given;
    const decided = decide(command, state);
    lastReceivedAtMs = Math.max(lastReceivedAtMs, command.receivedAtMs);
    let outcome: CommandOutcome;
    if (isRejection(decided)) {
      const { rejected: code, message, clauses } = decided;
      const because = { message, ...(clauses ? { clauses } : {}) };
      outbox.refusals.push({ commandId: command.id, atMs: command.receivedAtMs, code, ...because });
      outcome = { rejected: code, ...because };
    } else {
      const events = apply(decided);
      if (events.length === 0) outbox.unchanged.push({ commandId: command.id, atMs: command.receivedAtMs });
      outcome = { sequence: state.sequence, events };
    }
    state = answer(state, command.id, outcome);
    return outcome;
  }

  /** What follows a command at once bears the command's time, so that the same acts give the same record. */
  function presentMs(): number {
    const nowMs = Date.now();
    return nowMs - lastReceivedAtMs < OUTAGE_MS ? Math.min(nowMs, lastReceivedAtMs) : nowMs;
  }

  function apply(decided: Decision | Rejection): string[] {
    if (isRejection(decided)) throw new Error(`time was refused: ${decided.rejected}`); // a bug: start and tick are never refused
    const folded = fold(state, decided, Date.now());
    state = folded.state;
    outbox.events.push(...folded.events);
    outbox.notices.push(...folded.notices);
    return folded.events.map(({ type }) => type);
  }

  /** Whether what the API has stored may come before what is next. */
  function mustAsk(): boolean {
    const due = next();
    const late = due !== undefined && due.atMs <= Date.now() && (due.consequence || Date.now() - due.atMs > OUTAGE_MS);
    return late || inbox.some((command) => isLate(command) || command.type === 'terminate');
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
        const stored = await storedCommands({ agreementId, beforeMs: nowMs });
        inbox.push(...stored.filter(({ id }) => !inbox.some((waiting) => waiting.id === id)));
        continue;
      }
      const turn = inbox
        .filter((command) => (hasEnded() || isItsTurn(command)) && answerTo(state, command.id) === undefined)
        .sort((a, b) => a.receivedAtMs - b.receivedAtMs || (a.id < b.id ? -1 : 1))[0];
      if (turn) execute(turn);
      else if (behind) apply(decide({ type: 'tick', atMs: due.atMs, nowMs: Math.max(due.atMs, presentMs()) }, state));
      inbox = inbox.filter((command) => answerTo(state, command.id) === undefined);
      if (!turn && !behind) break;
      if (steps % STEPS_AT_ONCE === 0) await publish();
    }
    catchingUp = false;
  }

  /** Records the outbox until it is empty; its notices may go out then. @returns whether there was anything */
  async function publish(): Promise<boolean> {
    const published = !isEmpty(outbox);
    while (!isEmpty(outbox)) {
      const step = outbox;
      outbox = emptyOutbox();
      await record({ agreementId, ...step });
      recorded.push(...step.notices.map(({ id }) => id));
    }
    return published;
  }

  /** The next run sends what this one has not begun to send; only in a long mail outage it takes over what is under way. */
  function isTimeToHandOver(): boolean {
    const { continueAsNewSuggested, historyLength } = workflowInfo();
    if (!continueAsNewSuggested && historyLength < EVENTS_PER_RUN) return false;
    return sending === 0 || historyLength >= 2 * EVENTS_PER_RUN;
  }

  function send(noticeIds: string[]): void {
    if (!inBatches) noticeIds.forEach((noticeId) => void deliver([noticeId]));
    while (inBatches && noticeIds.length > 0) void deliver(noticeIds.splice(0, NOTICES_AT_ONCE));
  }

  async function deliver(noticeIds: string[]): Promise<void> {
    sending += 1;
    if (inBatches) await notifyAll({ noticeIds });
    else for (const noticeId of noticeIds) await notify({ noticeId });
    sending -= 1;
    state = noticeIds.reduce(delivered, state);
  }
}

type Outbox = Omit<RecordInput, 'agreementId'>;

function emptyOutbox(): Outbox {
  return { events: [], notices: [], refusals: [], unchanged: [] };
}

function isEmpty(outbox: Outbox): boolean {
  return outbox.events.length + outbox.notices.length + outbox.refusals.length + outbox.unchanged.length === 0;
}

/** The answer to a command, or the refusal as the failure of its update. */
function accepted(outcome: CommandOutcome): Accepted {
  if ('rejected' in outcome) throw refusal(outcome);
  return outcome;
}

function refuse(decided: Decision | Rejection): void {
  if (isRejection(decided)) throw refusal(decided);
}

/** The refusal as a failure: its code, its words, and the clauses that say so. */
function refusal({ rejected, message, clauses }: Rejection): ApplicationFailure {
  return clauses
    ? ApplicationFailure.nonRetryable(message, rejected, { clauses })
    : ApplicationFailure.nonRetryable(message, rejected);
}
