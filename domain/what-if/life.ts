import type { PersonCommand, Start } from '../agreement/command.ts';
import type { CompiledAgreement } from '../agreement/compiled.ts';
import { decide } from '../agreement/decide.ts';
import { type Decision, isRejection } from '../agreement/decision.ts';
import type { Event } from '../agreement/event.ts';
import { fold } from '../agreement/fold.ts';
import { initialState } from '../agreement/initial.ts';
import type { Notice } from '../agreement/notice.ts';
import type { Rejection } from '../agreement/rejection.ts';
import { arrived } from '../agreement/service.ts';
import type { AgreementState } from '../agreement/state.ts';
import { nextDue } from '../agreement/tick.ts';
import type { Instant } from '../time.ts';

/**
 * An agreement that lives by its pure rules alone, in memory: what the shell does with commands and time, without engine,
 * record and mail. What falls due at an instant comes before whatever is said at it, as in the shell.
 */
export class AgreementLife {
  state: AgreementState;
  readonly events: Event[] = [];
  readonly notices: Notice[] = [];
  readonly #silentThroughMs: Instant | undefined;

  /** @param silentThroughMs until then nobody is reminded: events, dates and sums are the same, in a fraction of the time */
  constructor(agreement: CompiledAgreement, { silentThroughMs }: { silentThroughMs?: Instant } = {}) {
    this.#silentThroughMs = silentThroughMs;
    this.state = initialState(agreement);
  }

  /** It begins; what time brings at that very instant is folded with it. */
  start(command: Start): this {
    this.#fold(decide(command, this.state), command.receivedAtMs);
    return this.pass(command.receivedAtMs);
  }

  /** Time passes up to and including an instant. @param wokeAtMs when the worker, that was away, got to it */
  pass(throughMs: Instant, wokeAtMs?: Instant): this {
    for (let due = nextDue(this.state); due && due.atMs <= throughMs; due = nextDue(this.state)) {
      const nowMs = Math.max(due.atMs, wokeAtMs ?? due.atMs);
      this.#fold(decide({ type: 'tick', atMs: due.atMs, nowMs }, this.state), nowMs);
    }
    return this;
  }

  /** Somebody, or a machine, says something; time does not pass before it. @returns why the contract says no, if it does */
  tell(command: PersonCommand): Rejection | undefined {
    const decided = decide(command, this.state);
    if (isRejection(decided)) return decided;
    this.#fold(decided, command.receivedAtMs);
    return undefined;
  }

  /** The same, and the other side's mail server takes the written notice that it may bring at once. */
  tellWritten(command: PersonCommand): Rejection | undefined {
    const from = this.notices.length;
    const refused = this.tell(command);
    for (const { id: noticeId, seat, facts } of this.notices.slice(from)) {
      if (facts.serves === undefined) continue;
      this.tell(arrived({ noticeId, serves: facts.serves, seat, sentAtMs: command.receivedAtMs }));
    }
    return refused;
  }

  #fold(decided: Decision | Rejection, nowMs: Instant): void {
    if (isRejection(decided)) throw new Error(`refused: ${decided.rejected}`); // a bug: start and time are never refused
    const { state, events, notices } = fold(this.state, decided, nowMs);
    this.state = this.#silentThroughMs === undefined ? state : withoutReminders(state, this.#silentThroughMs);
    this.events.push(...events);
    this.notices.push(...notices);
    this.folded?.(notices);
  }

  /** After each step; for whoever watches. */
  protected folded?(notices: readonly Notice[]): void;
}

/** No mail waits for its hour, and every ladder of reminders is climbed up to an instant. */
function withoutReminders(state: AgreementState, throughMs: Instant): AgreementState {
  const { delivery, obligations } = state;
  const isClimbing = obligations.some(({ ladderThroughMs }) => ladderThroughMs !== throughMs);
  return {
    ...state,
    obligations: isClimbing ? obligations.map((one) => ({ ...one, ladderThroughMs: throughMs })) : obligations,
    delivery: { ...delivery, scheduled: [], open: [] },
  };
}
