import type { Actor } from '../../domain/agreement/command.ts';
import type { Notice } from '../../domain/agreement/notice.ts';
import { COORDINATOR } from '../../domain/agreement/parties.ts';
import type { Rejection } from '../../domain/agreement/rejection.ts';
import { foldProcess, isRefused } from '../../domain/process/fold.ts';
import type {
  Errand,
  ProcessCommandEnvelope,
  ProcessDecision,
  ProcessFrame,
  ProcessRules,
  ProcessState,
  Recorded,
} from '../../domain/process/process.ts';
import { instantAt, isoAt } from '../../domain/zone.ts';

/** What somebody, or a machine, asks for: the envelope is the driver's. */
type Without<C, K extends PropertyKey> = C extends unknown ? Omit<C, K> : never;
export type ActOf<C> = Still<Without<C, keyof ProcessCommandEnvelope>>;
/** Nothing of it is changed: what is written `as const` will do. */
type Still<T> = T extends readonly (infer E)[]
  ? readonly Still<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Still<T[K]> }
    : T;

/** A machine's part: an activity, the API's cursor, the agreement. */
export const MACHINE: Actor = { personId: 'machine', seat: 'clock', via: 'workflow' };

/** One process lived in memory by its pure rules alone, with time: `given` what happened, `when` somebody acts, `then` look. */
export class ProcessLife<
  S extends ProcessState,
  C extends { type: string } & ProcessCommandEnvelope,
  E extends { type: string; occurredAtMs: number },
> {
  readonly #rules: ProcessRules<S, C, E>;
  readonly #frame: ProcessFrame;
  state: S;
  events: Recorded<E>[] = [];
  notices: Notice[] = [];
  errands: Errand[] = [];
  rejections: { at: string; code: Rejection['rejected'] }[] = [];
  /** The same, as the rules said it. */
  refusals: Rejection[] = [];
  #commands = 0;

  constructor(rules: ProcessRules<S, C, E>, input: ProcessFrame, startedAt: string) {
    this.#rules = rules;
    this.#frame = input;
    this.state = rules.initial(input);
    const atMs = this.ms(startedAt);
    this.#fold(rules.start(this.state, atMs), atMs, atMs);
    this.until(startedAt);
  }

  ms(local: string): number {
    const [date = '', time = '09:00'] = local.split(' ');
    return instantAt(this.#frame.zone, date, time);
  }

  iso(ms: number): string {
    return isoAt(this.#frame.zone, ms);
  }

  get status(): string {
    return this.#rules.statusOf(this.state);
  }

  get isOver(): boolean {
    return this.#rules.isOver(this.state);
  }

  /** The next instant that the shell would wait for, local; undefined: nothing waits for time. */
  get next(): string | undefined {
    const due = this.#nextDueMs();
    return due === undefined ? undefined : this.iso(due);
  }

  /** Time passes up to and including a local moment. `wokeAt`: the worker was away until then. */
  until(local: string, wokeAt?: string): this {
    const upTo = this.ms(local);
    for (let due = this.#nextDueMs(); due !== undefined && due <= upTo; due = this.#nextDueMs()) {
      const nowMs = wokeAt === undefined ? due : Math.max(this.ms(wokeAt), due);
      const before = JSON.stringify(this.state);
      this.#fold(this.#rules.decide({ type: 'tick', atMs: due, nowMs }, this.state), due, nowMs);
      if (JSON.stringify(this.state) === before) throw new Error(`time stands still at ${this.iso(due)}`);
    }
    return this;
  }

  /** A seat acts; everything due by then, and at that very instant, is folded first. */
  act(local: string, seat: string, act: ActOf<C>, more: Partial<Actor> = {}): this {
    return this.until(local).receive(local, this.actor(seat, more), act);
  }

  /** A machine says what it found or did. */
  tell(local: string, act: ActOf<C>): this {
    return this.until(local).receive(local, MACHINE, act);
  }

  /** A command is folded without time passing before it, as when it comes to light late. */
  receive(local: string, actor: Actor, act: ActOf<C>): this {
    this.#commands += 1;
    const receivedAtMs = this.ms(local);
    const command = { ...act, id: `c${this.#commands}`, receivedAtMs, actor } as unknown as C;
    const decided = this.#rules.decide(command, this.state);
    if (isRefused(decided)) {
      this.rejections.push({ at: local, code: decided.rejected });
      this.refusals.push(decided);
    } else this.#fold(decided, receivedAtMs, receivedAtMs);
    return this;
  }

  /** Whoever fills a seat: `person-B`, on the side that the seat belongs to. */
  actor(seat: string, more: Partial<Actor> = {}): Actor {
    const { parties, seatParties } = this.#frame;
    const party = seatParties[seat] ?? (parties.includes(seat) ? seat : undefined);
    const side = seat === COORDINATOR || party === undefined ? {} : { party };
    return { personId: `person-${seat}`, seat, ...side, via: 'api', ...more };
  }

  /** `type when`, one line an event. */
  story(): string[] {
    return this.events.map((event) => `${event.type} ${this.iso(event.occurredAtMs).slice(0, 16)}`);
  }

  /** Notices as `when kind seat`. */
  mail(filter: (notice: Notice) => boolean = () => true): string[] {
    return this.notices.filter(filter).map((n) => `${this.iso(n.atMs).slice(0, 16)} ${n.kind} ${n.seat}`);
  }

  /** The last event of a type. */
  last<T extends E['type']>(type: T): Recorded<Extract<E, { type: T }>> {
    const found = this.events.filter((event) => event.type === type).at(-1);
    if (!found) throw new Error(`no ${type} in ${this.story().join(', ')}`);
    return found as Recorded<Extract<E, { type: T }>>;
  }

  errandsOf<K extends Errand['kind']>(kind: K): Extract<Errand, { kind: K }>[] {
    return this.errands.filter((errand): errand is Extract<Errand, { kind: K }> => errand.kind === kind);
  }

  #nextDueMs(): number | undefined {
    const moments = [this.#rules.nextDue(this.state), ...this.state.delivery.scheduled]
      .filter((one) => one !== undefined)
      .map(({ atMs }) => atMs);
    return moments.length === 0 ? undefined : Math.min(...moments);
  }

  #fold(decided: ProcessDecision<E> | Rejection, atMs: number, recordedAtMs: number): void {
    if (isRefused(decided)) throw new Error(`refused: ${decided.rejected}`);
    const { workflowId } = this.#frame;
    const folded = foldProcess(this.#rules, this.state, decided, { workflowId, atMs, recordedAtMs });
    this.state = folded.state;
    this.events.push(...folded.events);
    this.notices.push(...folded.notices);
    this.errands.push(...folded.errands);
  }
}
