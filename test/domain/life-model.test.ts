import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Actor, CommandType, PersonCommand } from '../../domain/agreement/command.ts';
import type { CompiledPatch } from '../../domain/agreement/compiled.ts';
import type { Event, EventType } from '../../domain/agreement/event.ts';
import { evolve } from '../../domain/agreement/evolve.ts';
import { initialState } from '../../domain/agreement/initial.ts';
import { obligationContexts } from '../../domain/agreement/obligations.ts';
import { restoreState, snapshotOf } from '../../domain/agreement/snapshot.ts';
import type { AgreementState } from '../../domain/agreement/state.ts';
import { nextDue } from '../../domain/agreement/tick.ts';
import { rulesOf } from '../../domain/obligations/registry.ts';
import { Life, paper } from '../support/life.ts';
import { reportDueAfter, wholeLife } from '../support/whole-life.ts';

/**
 * A whole life by random acts and time, beside a naive model of it that knows plain days and cents: who signed, when it
 * ends, when the report and the fee are due, which days were suspended, what lateness costs, what a claim pays. The model
 * follows which acts were accepted and says itself what must come of them.
 */

// Plain days: dates are counted one by one, in a zone eight hours ahead, on the calendar's own data.

const DAY_MS = 86_400_000;
const ZONE_MS = 8 * 3_600_000;
const AGREEMENT = wholeLife();
const { calendar } = AGREEMENT;
const START = '2026-09-01';

const plus = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
const startOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) - ZONE_MS;
const dateAt = (ms: number): string => new Date(ms + ZONE_MS).toISOString().slice(0, 10);
const localAt = (ms: number): string => new Date(ms + ZONE_MS).toISOString().slice(0, 23).replace('T', ' ');
const isRest = (date: string): boolean => {
  const day = new Date(`${date}T00:00:00Z`).getUTCDay();
  return !(date in calendar.work) && (day === 0 || day === 6 || date in calendar.rest);
};
const rolled = (date: string): string => (isRest(date) ? rolled(plus(date, 1)) : date);
/** Last days of six months each, from 31 March 2027: the original end's day, or the month's last. */
const ENDS = ['2027-03-31', '2027-09-30', '2028-03-31', '2028-09-30', '2029-03-31', '2029-09-30'];

/** Cents, so that nothing is rounded but the half-up that the contract asks for. */
const cents = (amount: string): bigint => {
  const [whole = '0', part = ''] = amount.replace('-', '').split('.');
  const size = BigInt(whole) * 100n + BigInt(part.padEnd(2, '0').slice(0, 2));
  return amount.startsWith('-') ? -size : size;
};
const money = (amount: bigint): string => `${amount / 100n}.${String(amount % 100n).padStart(2, '0')}`;
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const notNegative = (a: bigint): bigint => (a < 0n ? 0n : a);

const DAILY = 500_000n; // 0.5 % of 1,000,000.00 a day
const PENALTY_CAP = 20_000_000n;
const FEE = 8_000_000n;
const LIABILITY_CAP = 10_000_000n;

interface Pause {
  from: string;
  until: string | null;
  /** All obligations, or some. */
  isWhole: boolean;
  /** What was open then, and of that whose time had not run out. */
  open: string[];
  stops: string[];
  /** Whose due dates have its days already. */
  counted: string[];
}

interface Clock {
  /** Days after the effect, before any suspension. */
  days: number;
  due: string | null;
  /** An amendment or an override met a suspension: the due date is taken as it is. */
  isTaken: boolean;
  doneOn: string | null;
  /** Late days, or thousandths of a cent, that were reckoned as it was done: a suspension that ends later changes neither. */
  reckoned: bigint | null;
  /** Nothing is said of it any more. */
  isGone: boolean;
  waivedDays: bigint;
  waived: bigint;
}

interface Naive {
  status: AgreementState['status'];
  nowMs: number;
  signed: Record<string, string>;
  day0: string | null;
  renewals: number;
  objected: boolean;
  endedOn: string | null;
  pauses: Pause[];
  report: Clock;
  fee: Clock;
  paid: { on: string; amount: bigint }[];
  held: { on: string; amount: bigint }[];
  amendments: { id: string; days: number; effectiveOn: string; lapsesMs: number; by: string; status: string }[];
  /** The rule of liability leaves open whom it binds: a claim that does not name it rests on a duty missed, without its cap. */
  claims: { id: string; amount: bigint; isCapped: boolean; covered: bigint | null }[];
}

const isRunning = ({ status }: Naive): boolean => status === 'active' || status === 'suspended';
const isPausedOn = ({ pauses }: Naive, id: string, day: string): boolean =>
  pauses.some((one) => one.open.includes(id) && one.from <= day && (one.until === null || day < one.until));

/** The days after the due date up to a day, one by one. */
function lateDays(model: Naive, id: 'report' | 'fee', through: string): string[] {
  const { due } = model[id];
  const days: string[] = [];
  if (due === null) return days;
  for (let day = plus(due, 1); day <= through; day = plus(day, 1)) if (!isPausedOn(model, id, day)) days.push(day);
  return days;
}

function daysOwed(model: Naive): bigint {
  const { doneOn, reckoned } = model.report;
  const through = [doneOn, model.endedOn, dateAt(model.nowMs)].filter((day) => day !== null).sort()[0] ?? '';
  return reckoned ?? BigInt(lateDays(model, 'report', through).length);
}

function penaltyOwed(model: Naive): bigint {
  const { waivedDays, waived } = model.report;
  return notNegative(least(notNegative(daysOwed(model) - waivedDays) * DAILY, PENALTY_CAP) - waived);
}

function unpaid({ paid }: Naive): bigint {
  return notNegative(FEE - paid.reduce((sum, { amount }) => sum + amount, 0n));
}

/** In thousandths of a cent: 0.5 % of a cent is five of them. */
function lateFee(model: Naive): bigint {
  const { paid, held, fee, endedOn, nowMs } = model;
  const through = [endedOn, dateAt(nowMs)].filter((day) => day !== null).sort()[0] ?? '';
  if (fee.reckoned !== null) return fee.reckoned;
  if (endedOn !== null && fee.due !== null && fee.due > endedOn) return 0n;
  return lateDays(model, 'fee', through).reduce((sum, day) => {
    const left = notNegative(FEE - paid.filter(({ on }) => on < day).reduce((all, { amount }) => all + amount, 0n));
    const back = held.filter(({ on }) => on < day).at(-1)?.amount ?? 0n;
    return sum + (left - least(left, back)) * 5n;
  }, 0n);
}

function lateFeeOwed(model: Naive): bigint {
  return notNegative((lateFee(model) + 500n) / 1000n - model.fee.waived);
}

/** What time alone brings, midnight by midnight. */
function pass(model: Naive, toMs: number, ends: { atMs: number; on: string }[]): void {
  for (;;) {
    const midnight = startOf(plus(dateAt(model.nowMs), 1));
    const end = ends.filter(({ atMs }) => atMs <= toMs).sort((a, b) => a.atMs - b.atMs)[0];
    const next = Math.min(midnight, end?.atMs ?? Infinity);
    if (next > toMs) break;
    model.nowMs = Math.max(model.nowMs, next);
    const today = dateAt(next);
    for (const one of model.amendments) {
      if (one.status === 'proposed' && (one.lapsesMs <= next || one.effectiveOn <= today)) one.status = 'lapsed';
      if (one.status === 'accepted' && one.effectiveOn <= today && isRunning(model)) amend(model, one);
    }
    if (isRunning(model) && today > (ENDS[model.renewals] ?? '') && !model.objected) model.renewals += 1;
    if (isRunning(model) && end !== undefined && end.atMs <= next) {
      model.status = 'terminated';
      model.endedOn = end.on;
    }
    if (isRunning(model) && today > (ENDS[model.renewals] ?? '')) {
      model.status = 'expired';
      model.endedOn = ENDS[model.renewals] ?? '';
    }
    if (!isRunning(model)) ends = [];
    if (next < midnight) break;
  }
  model.nowMs = toMs;
}

/** What was due before keeps its rule; what is open is due by the new one, never before the day of the effect ends. */
function amend(model: Naive, change: Naive['amendments'][number]): void {
  change.status = 'effective';
  const { report } = model;
  if (report.doneOn !== null || report.isGone || report.due === null) return;
  // What stands still has not fallen due, whatever its date.
  if (model.pauses.some((one) => one.open.includes('report'))) report.isTaken = true;
  if (report.due < change.effectiveOn) return;
  report.days = change.days;
  const counted = rolled(plus(model.day0 ?? '', change.days));
  report.due = counted < change.effectiveOn ? rolled(change.effectiveOn) : counted;
}

function resumed(model: Naive, id: 'report' | 'fee'): void {
  const clock = model[id];
  const isDone = id === 'report' ? clock.doneOn !== null : unpaid(model) === 0n;
  const own = model.pauses.filter((one) => one.open.includes(id));
  if (clock.due === null || clock.isGone || isDone || own.some(({ until }) => until === null)) return;
  if (!own.some(({ stops, counted }) => stops.includes(id) && !counted.includes(id))) return;
  for (const one of own) one.counted.push(id);
  const lost = new Set<string>();
  for (const { from, until, stops } of own) {
    if (!stops.includes(id)) continue;
    for (let day = from; day < (until ?? ''); day = plus(day, 1)) lost.add(day);
  }
  const last = rolled(plus(model.day0 ?? '', clock.days + lost.size));
  const today = rolled(dateAt(model.nowMs)); // it is not over before it goes on
  const due = last > today ? last : today;
  if (lost.size > 0 && due > clock.due) clock.due = due;
}

// The real one: an agreement lived by the pure rules.

class World {
  readonly life = new Life(AGREEMENT, `${START} 09:00`, {
    A: 'person-A',
    B: 'person-B',
    desk: 'person-desk',
    coordinator: 'person-coordinator',
  });
  /** The fold of the events alone, as the database does it. */
  folded: AgreementState = initialState(AGREEMENT);
  checked = 0;
  /** Who asked for what when, and what was said: for whoever reads a counterexample. */
  readonly told: string[] = [];

  get state(): AgreementState {
    return this.life.state;
  }

  /** When notices of the end run out, and on which day: at the receipt itself, or with the last day of their period. */
  get ends(): { atMs: number; on: string }[] {
    return this.state.terminations.flatMap(({ due, servedOn }) => {
      if (!due) return [];
      const isAtOnce = servedOn === dateAt(due.dueAtMs);
      return [{ atMs: due.dueAtMs, on: isAtOnce ? servedOn : dateAt(due.dueAtMs - 1) }];
    });
  }

  /** What is posted and has accrued of a penalty or a late fee. */
  owed(id: string, on: string): bigint {
    const context = obligationContexts(this.state).find(({ rule }) => rule.id === id);
    if (!context) return 0n;
    const accrued = rulesOf(context.rule).accruedLine(context, on);
    return cents(context.state.posted.amount) + cents(accrued?.amount ?? '0');
  }
}

const BEFORE_FORCE: EventType[] = [
  'agreement-started',
  'agreement-signed',
  'agreement-sealed',
  'approval-given',
  'baseline-entered',
  'baseline-locked',
  'agreement-withdrawn',
  'seat-replaced',
  'seat-vacated',
  'delegation-made',
  'delegation-ended',
  'notice-undelivered',
];
/** After the close: what mail says, and what becomes of money that is still owed. */
const AFTER_CLOSE: EventType[] = [
  'notice-undelivered',
  'notice-served',
  'service-failed',
  'payment-recorded',
  'late-fee-posted',
  'waiver-proposed',
  'approval-given',
  'penalty-waived',
  'penalty-credited',
];

/** Equal, whatever the order of their keys; told at length only where they differ. */
function same(one: unknown, other: unknown): void {
  if (JSON.stringify(one) !== JSON.stringify(other)) expect(one).toEqual(other);
}

/** What an amendment can change. */
function termsOf({ agreement: { obligations, expiresOn, life } }: AgreementState): unknown {
  return { obligations, expiresOn, life };
}

/** What must hold after every step. */
function check(model: Naive, world: World): void {
  const { life, state } = world;
  const fresh = life.events.slice(world.checked);
  for (const event of fresh) {
    expect(event.sequence).toBe(world.checked + 1);
    expect(event.actor.personId).not.toBe('');
    expect(Number.isSafeInteger(event.occurredAtMs)).toBe(true);
    if (world.folded.inForceOn === null && event.type !== 'agreement-in-force') {
      expect(BEFORE_FORCE).toContain(event.type);
    }
    if (world.folded.status === 'closed') expect(AFTER_CLOSE).toContain(event.type);
    world.folded = { ...evolve(world.folded, event), sequence: event.sequence };
    world.checked += 1;
  }
  // Database = fold of events = state; and a snapshot restores it.
  const restored = restoreState(AGREEMENT, snapshotOf(state), state.sequence);
  for (const other of [world.folded, restored]) {
    same(snapshotOf(other), snapshotOf(state));
    same(termsOf(other), termsOf(state));
  }
  // Money moves by ledger lines alone.
  const balances: Record<string, bigint> = {};
  for (const event of life.events) {
    if (!('line' in event) || !event.line) continue;
    const key = `${event.line.debtor}>${event.line.creditor}/${event.line.currency}`;
    balances[key] = (balances[key] ?? 0n) + cents(event.line.amount);
  }
  const stated = Object.entries(state.balances).map(([key, amount]) => [key, cents(amount)]);
  expect(Object.fromEntries(stated)).toEqual(balances);
  // Time does not stand still.
  expect(nextDue(state)?.atMs ?? Infinity).toBeGreaterThan(model.nowMs);

  if (state.status === 'closed' && ['terminated', 'expired'].includes(model.status)) {
    const last = plus(model.endedOn ?? '', 20);
    expect(dateAt(model.nowMs) > last).toBe(true);
    expect(state.claims.filter(({ status }) => !['agreed', 'dropped'].includes(status))).toEqual([]);
    model.status = 'closed';
  }
  expect(state.status).toBe(model.status);
  expect(state.endedOn).toBe(model.endedOn);
  if (model.day0 === null) return;
  if (isRunning(model)) expect(state.expiresOn).toBe(ENDS[model.renewals]);
  const today = dateAt(model.nowMs);
  for (const id of ['report', 'fee'] as const) {
    const clock = model[id];
    const known = state.obligations.find((one) => one.id === id);
    if (!known || clock.isGone) continue;
    if (clock.isTaken) clock.due = known.due?.localDate ?? null;
    expect(known.due?.localDate, id).toBe(clock.due);
  }
  if (!model.report.isGone) expect(money(world.owed('report', today))).toBe(money(penaltyOwed(model)));
  if (!model.fee.isGone) expect(money(world.owed('fee', today))).toBe(money(lateFeeOwed(model)));
}

/** No obligation ends without an event that names it, somebody who did it and a time. */
function ended({ life, state }: World): void {
  const names = (event: Event, id: string, occurrence: string | null): boolean => {
    const reference = occurrence === null ? id : `${id}#${occurrence}`;
    if ('cancelled' in event && event.cancelled.includes(reference)) return true;
    if (event.type === 'agreement-withdrawn') return true;
    if (event.type === 'item-settled') return event.item === reference;
    return 'obligation' in event && event.obligation === id && (event.occurrence ?? null) === occurrence;
  };
  const ends: EventType[] = [
    'obligation-fulfilled',
    'obligation-overridden',
    'item-settled',
    'agreement-withdrawn',
    'agreement-terminated',
    'agreement-expired',
    'amendment-effective',
  ];
  for (const { id, occurrence, status } of state.obligations) {
    if (!['fulfilled', 'fulfilled-late', 'waived', 'cancelled'].includes(status)) continue;
    const event = life.events.find((one) => ends.includes(one.type) && names(one, id, occurrence));
    expect(event, `${id} is ${status}`).toBeDefined();
  }
}

// Steps: time passes, then somebody asks for something.

/** What is asked, and by whom where the step knows better than chance. */
type Body = { type: CommandType; by?: Pick<Actor, 'seat' | 'onBehalfOf'> } & Record<string, unknown>;

class Step implements fc.Command<Naive, World> {
  readonly waitMs: number;
  readonly seat: string;
  readonly onBehalfOf: string | undefined;
  readonly asked: (model: Naive, world: World) => Body | null;
  /** What it came to when it was run, for whoever reads a counterexample. */
  said = 'not run';

  constructor(
    { waitMs, seat, onBehalfOf }: { waitMs: number; seat: string; onBehalfOf?: string | undefined },
    asked: (model: Naive, world: World) => Body | null,
  ) {
    this.waitMs = waitMs;
    this.seat = seat;
    this.onBehalfOf = onBehalfOf;
    this.asked = asked;
  }

  check(): boolean {
    return true;
  }

  run(model: Naive, world: World): void {
    const nowMs = model.nowMs + this.waitMs;
    const { life } = world;
    pass(model, nowMs, world.ends);
    life.until(localAt(nowMs));
    check(model, world);
    const asked = this.asked(model, world);
    this.said = JSON.stringify(asked);
    if (asked === null) return;
    const { by: known, ...body } = asked;
    const { seat, onBehalfOf } = known ?? this;
    const refused = life.rejections.length;
    const from = life.events.length;
    const by: Partial<Actor> = onBehalfOf === undefined ? {} : { onBehalfOf };
    const via: Partial<Actor> = body.type === 'served' || body.type === 'undelivered' ? { via: 'mail' } : {};
    life.receive(localAt(nowMs), seat, body as never, { ...by, ...via });
    const side = seat === 'coordinator' ? onBehalfOf : seat === 'desk' ? 'B' : seat;
    const accepted = life.rejections.length === refused;
    const answer = accepted
      ? life.events
          .slice(from)
          .map(({ type }) => type)
          .join(' ')
      : life.rejections.at(-1)?.code;
    world.told.push(`${localAt(nowMs)} ${seat} ${JSON.stringify(body)}: ${answer ?? ''}`);
    follow(model, body, { seat, side }, accepted, life.events.slice(from));
    life.until(localAt(nowMs));
    pass(model, nowMs, world.ends);
    check(model, world);
  }

  toString(): string {
    const by = this.onBehalfOf === undefined ? this.seat : `${this.seat} for ${this.onBehalfOf}`;
    return `+${(this.waitMs / DAY_MS).toFixed(2)}d ${by}: ${this.said}`;
  }
}

/** An earlier day that favours whoever says it, on its word alone: B pays the fee, A and B give notice or are prevented. */
function isSaidBack(command: PersonCommand, { seat, side }: { seat: string; side: string | undefined }, today: string) {
  if (seat === 'coordinator') return false;
  const said =
    command.type === 'pay' && side === 'B'
      ? command.paidOn
      : command.type === 'serve'
        ? command.servedOn
        : command.type === 'suspend' && command.ground === 'force-majeure'
          ? command.from
          : undefined;
  return said !== undefined && said < today;
}

/** What an accepted act means to the model; and which acts must have been accepted, or refused. */
function follow(
  model: Naive,
  body: Body,
  { seat, side }: { seat: string; side: string | undefined },
  accepted: boolean,
  events: Event[],
): void {
  const today = dateAt(model.nowMs);
  const command = body as unknown as PersonCommand;
  if (isSaidBack(command, { seat, side }, today)) expect(accepted).toBe(false);
  switch (command.type) {
    case 'sign': {
      const isLast = Object.keys(model.signed).length === 1;
      const latest = [...Object.values(model.signed), command.signedOn ?? today].sort().at(-1) ?? '';
      const isDue =
        model.status === 'awaiting-signatures' &&
        side !== undefined &&
        seat !== 'desk' && // a department binds nobody
        model.signed[side] === undefined &&
        !(isLast && latest > (ENDS[0] ?? '')); // signed after the term
      expect(accepted).toBe(isDue);
      if (!isDue) return;
      model.signed[side] = command.signedOn ?? today;
      const dates = Object.values(model.signed).sort();
      if (dates.length < 2) return;
      model.status = 'active';
      model.day0 = dates.at(-1) ?? null;
      for (const clock of [model.report, model.fee]) clock.due = rolled(plus(model.day0 ?? '', clock.days));
      return;
    }
    case 'withdraw':
      expect(accepted).toBe(model.status === 'awaiting-signatures' && seat === 'coordinator');
      if (!accepted) return;
      model.status = 'closed';
      model.endedOn = today;
      return;
    case 'submit': {
      if (command.obligation !== 'report') return;
      const isOpen = isRunning(model) && model.report.doneOn === null && !model.report.isGone;
      if (!model.report.isGone) expect(accepted).toBe(isOpen && side === 'A');
      if (!accepted) return;
      model.report.doneOn = today;
      model.report.reckoned = daysOwed(model);
      return;
    }
    case 'pay':
      if (!accepted) return;
      model.paid.push({ on: command.paidOn ?? today, amount: cents(command.amount) });
      // A payment of an earlier day that is told later makes the overdue amount of those days smaller.
      model.fee.reckoned = null;
      if (unpaid(model) === 0n) model.fee.reckoned = lateFee(model);
      return;
    case 'hold-back':
      if (accepted) model.held.push({ on: today, amount: cents(command.amount) });
      return;
    case 'waive':
      for (const event of events) {
        if (event.type !== 'penalty-waived') continue;
        const clock = event.obligation === 'report' ? model.report : model.fee;
        clock.waivedDays += BigInt(event.days);
        clock.waived += cents(event.amount);
        expect(side).toBe(event.obligation === 'report' ? 'B' : 'A');
      }
      return;
    case 'approve':
    case 'suspend':
      for (const event of events) {
        if (event.type === 'penalty-waived') {
          const clock = event.obligation === 'report' ? model.report : model.fee;
          clock.waivedDays += BigInt(event.days);
          clock.waived += cents(event.amount);
        }
        if (event.type !== 'agreement-suspended') continue;
        const { from, obligations } = event;
        const isWhole = obligations.length === 0;
        const open = (['report', 'fee'] as const).filter((id) => {
          const isDone = id === 'report' ? model.report.doneOn !== null : unpaid(model) === 0n;
          return !isDone && (isWhole || obligations.includes(id));
        });
        const stands = (id: string): boolean =>
          model.pauses.some(({ until, stops: stopped }) => until === null && stopped.includes(id));
        const stops = open.filter((id) => from <= (model[id].due ?? '') || stands(id));
        model.pauses.push({ from, until: null, isWhole, open, stops, counted: [] });
        if (isWhole) model.status = 'suspended';
      }
      if (command.type === 'suspend' && accepted) expect(isRunning(model)).toBe(true);
      return;
    case 'resume':
      for (const event of events) {
        if (event.type !== 'agreement-resumed') continue;
        for (const number of event.numbers) {
          const pause = model.pauses[number - 1];
          if (pause) pause.until = today;
        }
        if (!model.pauses.some(({ isWhole, until }) => until === null && isWhole)) model.status = 'active';
        resumed(model, 'report');
        resumed(model, 'fee');
      }
      return;
    case 'propose': {
      const days = command.patch.obligations[0]?.deadline.offset.count ?? 0;
      if (!accepted) return;
      const { amendment: id, effectiveOn } = command;
      expect(isRunning(model) && effectiveOn >= today).toBe(true);
      const lapsesMs = startOf(plus(today, 11));
      model.amendments.push({ id, days, effectiveOn, lapsesMs, by: side ?? '', status: 'proposed' });
      return;
    }
    case 'accept':
    case 'decline': {
      const known = model.amendments.find(({ id }) => id === command.amendment);
      if (!accepted || !known) return;
      if (command.type === 'decline') known.status = 'declined';
      else if (side !== known.by) {
        known.status = 'accepted';
        if (known.effectiveOn <= today) amend(model, known);
      }
      return;
    }
    case 'override':
      if (!accepted || command.obligation !== 'report') return;
      if (command.skip) model.report.isGone = true;
      if (command.dueOn !== undefined) {
        model.report.due = command.dueOn;
        model.report.isTaken = true;
      }
      return;
    case 'object':
      if (accepted) model.objected = true;
      return;
    case 'terminate':
      expect(accepted).toBe(isRunning(model) && seat === 'coordinator');
      if (!accepted) return;
      model.status = 'terminated';
      model.endedOn = today;
      return;
    case 'settle':
      if (accepted && command.item === 'fee' && command.outcome === 'waived') model.fee.isGone = true;
      return;
    case 'claim':
      for (const event of events) {
        if (event.type !== 'claim-made') continue;
        const isCapped = event.liability !== undefined;
        if (!isCapped)
          expect(event.against === 'A' ? ['report', 'plan'] : ['fee', 'survey']).toContain(event.obligation);
        model.claims.push({ id: command.claim, amount: cents(command.amount), isCapped, covered: null });
      }
      return;
    case 'answer':
      for (const event of events) {
        const known = model.claims.find(({ id }) => id === command.claim);
        if (event.type !== 'claim-answered' || event.verdict !== 'agree' || !known) continue;
        const used = model.claims.reduce((sum, { isCapped, covered }) => sum + (isCapped ? (covered ?? 0n) : 0n), 0n);
        const agreed = command.amount === undefined ? known.amount : cents(command.amount);
        known.covered = known.isCapped ? least(agreed, LIABILITY_CAP - used) : agreed;
        expect(cents(event.payable ?? '0') + cents(event.setOff ?? '0')).toBe(known.covered);
        expect(cents(event.aboveCap ?? '0')).toBe(agreed - known.covered);
        const own = (event.ownShares ?? []).reduce((sum, { amount }) => sum + cents(amount), 0n);
        expect(own).toBe(agreed - known.covered);
      }
      return;
    default:
  }
}

const documents = [paper()];
const waitMs = fc.oneof(
  { weight: 8, arbitrary: fc.constant(0) },
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 8 * 24 * 60 }).map((minutes) => minutes * 60_000) },
  { weight: 1, arbitrary: fc.integer({ min: 20, max: 60 }).map((days) => days * DAY_MS) },
);
const seats = ['A', 'B', 'desk', 'coordinator', 'coordinator for A', 'coordinator for B'] as const;
const who = (...usual: (typeof seats)[number][]) =>
  fc
    .oneof({ weight: 5, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: fc.constantFrom(...seats) })
    .map((name) => {
      const [seat = '', onBehalfOf] = name.split(' for ');
      return { seat, ...(onBehalfOf === undefined ? {} : { onBehalfOf }) };
    });

/** Steps of one act: who usually asks for it, and what exactly. */
function act<T>(
  usual: (typeof seats)[number][],
  what: fc.Arbitrary<T>,
  body: (what: T, model: Naive, world: World) => Body | null,
): fc.Arbitrary<Step> {
  return fc
    .tuple(waitMs, who(...usual), what)
    .map(([wait, by, asked]) => new Step({ waitMs: wait, ...by }, (model, world) => body(asked, model, world)));
}

const back = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 }));
const ahead = fc.integer({ min: -1, max: 40 });
const sum = fc.oneof(
  fc.constantFrom('0', '0.01', '30000.00', '50000.00', '80000.00', '90000.01', 'x'),
  fc.integer({ min: 1, max: 9_000_000 }).map((amount) => money(BigInt(amount))),
);
const duty = fc.constantFrom('report', 'report', 'fee', 'plan', 'survey');
const some = fc.constantFrom<string[]>([], [], ['report'], ['fee', 'plan'], ['none']);
const named = fc.constantFrom('x1', 'x2', 'x3', 'x4');
/** Mostly the one that waits for it. */
const pick = fc.nat(4);
const waiting = (ids: string[], index: number): string | null =>
  ids[index % Math.max(1, ids.length)] ?? (index === 0 ? 'x4' : null);
const about = (name: string | null, body: (name: string) => Body): Body | null => (name === null ? null : body(name));
const proposed = ({ amendments }: Naive): string[] =>
  amendments.filter(({ status }) => status === 'proposed').map(({ id }) => id);
const claimed = ({ claims }: Naive): string[] => claims.filter(({ covered }) => covered === null).map(({ id }) => id);
const on = ({ nowMs }: Naive, days: number): string => plus(dateAt(nowMs), days);

const SIGNING = act(['A', 'B'], back, (days, model) => ({ type: 'sign', documents, signedOn: on(model, -days) }));
/** Most lives begin with both signatures. */
const SIGNED = act(['A'], fc.constant(null), () => ({ type: 'sign', documents, by: { seat: 'A' } }));
const SIGNED_TOO = act(['B'], back, (days, model) => ({
  type: 'sign',
  documents,
  signedOn: on(model, -days),
  by: { seat: 'B' },
}));

const STEPS: fc.Arbitrary<Step>[] = [
  act(['A'], fc.constant(null), () => ({ type: 'submit', obligation: 'report', documents })),
  act(['A', 'B'], fc.constantFrom('plan', 'survey', 'fee'), (obligation) => ({
    type: 'submit',
    obligation,
    documents,
  })),
  act(['B'], fc.constantFrom<'accept' | 'reject'>('accept', 'reject'), (verdict) => ({
    type: 'review',
    obligation: 'plan',
    verdict,
    pointCount: 1,
  })),
  act(['A', 'B', 'coordinator for B'], fc.tuple(sum, back), ([amount, days], model) => ({
    type: 'pay',
    obligation: 'fee',
    amount,
    ...(days > 0 ? { paidOn: on(model, -days) } : {}),
    documents,
  })),
  act(['B'], sum, (amount) => ({ type: 'hold-back', obligation: 'fee', amount, documents })),
  act(['B', 'coordinator for B'], fc.integer({ min: 1, max: 9 }), (days) => ({
    type: 'waive',
    obligation: 'report',
    days,
    documents,
  })),
  act(['A', 'B'], fc.tuple(fc.constantFrom('report', 'fee'), sum), ([obligation, amount]) => ({
    type: 'waive',
    obligation,
    amount,
    documents,
  })),
  act(['A', 'B', 'coordinator for A', 'coordinator for B'], fc.tuple(some, back), ([obligations, days], model) => ({
    type: 'suspend',
    ground: 'force-majeure',
    obligations,
    ...(days > 0 ? { from: on(model, -days) } : {}),
    documents,
  })),
  act(['A', 'B', 'coordinator'], some, (obligations) => ({
    type: 'suspend',
    ground: 'agreed-pause',
    obligations,
    documents,
  })),
  ...Array.from({ length: 3 }, () =>
    act(
      ['A', 'B', 'coordinator'],
      fc.tuple(fc.constantFrom<string[]>([], [], [], ['report']), pick),
      ([obligations, index], { pauses }) =>
        index === 0 || pauses.some(({ until }) => until === null) ? { type: 'resume', obligations, documents } : null,
    ),
  ),
  act(['A', 'B'], fc.tuple(named, fc.integer({ min: 5, max: 90 }), ahead), ([amendment, days, later], model) => ({
    type: 'propose',
    amendment,
    effectiveOn: on(model, later),
    patch: reportDueAfter(days) satisfies CompiledPatch,
    documents,
  })),
  ...Array.from({ length: 3 }, () =>
    act(['A', 'B'], pick, (index, model) =>
      about(waiting(proposed(model), index), (amendment) => ({ type: 'accept', amendment })),
    ),
  ),
  act(['B'], pick, (index, model) =>
    about(waiting(proposed(model), index), (amendment) => ({ type: 'decline', amendment })),
  ),
  act(['coordinator', 'desk'], fc.tuple(duty, ahead), ([obligation, days], model) => ({
    type: 'override',
    obligation,
    dueOn: on(model, days),
    documents,
  })),
  act(['coordinator', 'desk'], fc.constantFrom('plan', 'survey', 'report'), (obligation) => ({
    type: 'override',
    obligation,
    skip: true,
    documents,
  })),
  act(['A', 'B'], fc.constant(null), () => ({ type: 'object', documents })),
  act(
    ['A', 'B'],
    fc.constantFrom<Record<string, string>>(
      { notice: 'breach', breach: 'report' },
      { notice: 'breach', against: 'B' },
      { notice: 'termination', ground: 'mutual' },
      { notice: 'termination', ground: 'breach' },
      { notice: 'termination', ground: 'serious-breach' },
      { notice: 'termination', ground: 'force-majeure' },
      { notice: 'termination', ground: 'agreed-list', code: 'moved' },
      { notice: 'termination', ground: 'repeal' },
    ),
    (notice, model) => ({ type: 'serve', ...notice, servedOn: on(model, 0), documents }),
  ),
  act(['A', 'B'], fc.tuple(fc.constantFrom('A', 'B'), fc.integer({ min: 1, max: 20 })), ([seat, days], model) => ({
    type: 'serve',
    notice: 'termination',
    ground: 'agreed-list',
    code: 'moved',
    servedOn: on(model, -days),
    documents,
    by: { seat },
  })),
  act(['coordinator'], fc.constantFrom('breach-1', 'termination-1'), (serves) => ({
    type: 'served',
    noticeId: 'n1',
    serves,
  })),
  act(['coordinator'], fc.constantFrom(undefined, 'breach-1', 'termination-1'), (serves) => ({
    type: 'undelivered',
    noticeId: 'n1',
    seat: 'A',
    kind: 'reminder',
    code: '5.1.1',
    ...(serves === undefined ? {} : { serves }),
  })),
  act(['A', 'B'], fc.constantFrom('breach-1', 'breach-2'), (breach) => ({ type: 'cure', breach, documents })),
  act(
    ['A', 'B'],
    fc.constantFrom('termination', 'suspension', 'waiver:1', 'waiver:2', 'baseline:score', 'review'),
    (what) => ({ type: 'approve', what, documents }),
  ),
  act(['A', 'B'], fc.constantFrom('80', '85.5'), (value) => ({
    type: 'enter-baseline',
    goal: 'score',
    value,
    documents,
  })),
  act(
    ['coordinator', 'coordinator for A', 'coordinator for B'],
    fc.tuple(fc.nat(9), fc.constantFrom('settled', 'settled', 'waived', 'disputed')),
    ([index, outcome], _model, { state }) => {
      const { settlement } = state;
      const item = settlement[index % Math.max(1, settlement.length)]?.item ?? 'report';
      return { type: 'settle', item, outcome, documents };
    },
  ),
  act(['B', 'A'], fc.tuple(named, sum, fc.boolean()), ([claim, amount, isReport]) => ({
    type: 'claim',
    claim,
    amount,
    ...(isReport ? { obligation: 'report' } : {}),
    documents,
  })),
  act(
    ['A', 'B'],
    fc.tuple(pick, fc.constantFrom('agree', 'agree', 'dispute', 'drop', 'recourse'), fc.boolean(), fc.option(sum)),
    ([index, verdict, setOff, amount], model) =>
      about(waiting(claimed(model), index), (claim) => ({
        type: 'answer',
        claim,
        verdict,
        setOff,
        ...(amount === null ? {} : { amount }),
        documents,
      })),
  ),
  act(['coordinator'], sum, (amount) => ({
    type: 'book',
    booking: 'deposit',
    kind: 'deposit',
    amount,
    debtor: 'B',
    documents,
  })),
  act(['A', 'B'], fc.constantFrom('request', 'incident', 'dispute', 'meeting'), (kind, model) => ({
    type: 'open-matter',
    kind,
    ...(kind === 'request' ? { rule: 'data', to: 'B' } : {}),
    ...(kind === 'meeting' ? { on: on(model, 3) } : {}),
    documents,
  })),
  act(
    ['A', 'B'],
    fc.tuple(
      fc.constantFrom('request-1', 'incident-1', 'dispute-1', 'meeting-1'),
      fc.constantFrom('answer', 'refuse', 'close', 'escalate', 'decide'),
    ),
    ([matter, step]) => ({ type: 'carry-matter', matter, step, documents }),
  ),
  act(['coordinator'], fc.constantFrom('A', 'desk'), (seat) => ({ type: 'replace', seat, personId: `new-${seat}` })),
  act(['coordinator'], fc.nat(2), (rare) => (rare === 0 ? { type: 'terminate' } : null)),
];

/** What somebody is waited for to do, by whom: without it few lives get far. */
function awaited(model: Naive, { state }: World, amount: string): Body[] {
  const other = (side: string) => ({ seat: side === 'A' ? 'B' : 'A' });
  const open = state.settlement.find(({ outcome }) => outcome === null);
  const settled = ['settled', 'waived'].map((outcome): Body => ({
    type: 'settle',
    item: open?.item ?? '',
    outcome,
    documents,
    by: { seat: 'coordinator', onBehalfOf: open?.item === 'fee' || open?.item.startsWith('survey') ? 'A' : 'B' },
  }));
  return [
    ...proposed(model).map((amendment): Body => ({
      type: 'accept',
      amendment,
      by: other(model.amendments.find(({ id }) => id === amendment)?.by ?? ''),
    })),
    ...state.suspensions
      .filter(({ until }) => until === null)
      .map(({ by }): Body => ({ type: 'resume', obligations: [], documents, by: { seat: by } })),
    ...state.pauseProposals.map(({ agreedBy: [by = ''] }): Body => ({
      type: 'approve',
      what: 'suspension',
      documents,
      by: other(by),
    })),
    ...state.waivers
      .filter(({ approved }) => !approved)
      .map(({ number, obligation }): Body => ({
        type: 'approve',
        what: `waiver:${number}`,
        documents,
        by: { seat: obligation === 'fee' ? 'A' : 'B' },
      })),
    ...claimed(model).flatMap((claim): Body[] => {
      const by = { seat: state.claims.find(({ id }) => id === claim)?.against ?? '' };
      return [true, false].map((setOff) => ({ type: 'answer', claim, verdict: 'agree', setOff, documents, by }));
    }),
    ...state.terminations
      .filter(({ servedOn }) => servedOn === null)
      .map(({ by }): Body => ({ type: 'approve', what: 'termination', documents, by: other(by) })),
    ...state.breaches
      .filter(({ status }) => status === 'failed')
      .map(({ by, id }): Body => ({
        type: 'serve',
        notice: 'termination',
        ground: 'breach',
        breach: id,
        servedOn: on(model, 0),
        documents,
        by: { seat: by },
      })),
    ...state.matters
      .filter(({ endedAtMs }) => endedAtMs === null)
      .map(({ id, to, from }): Body => ({
        type: 'carry-matter',
        matter: id,
        step: 'answer',
        documents,
        by: { seat: to ?? from },
      })),
    ...state.obligations
      .filter(({ status }) => status === 'in-review')
      .map(({ id }): Body => ({ type: 'review', obligation: id, verdict: 'accept', pointCount: 0, by: { seat: 'B' } })),
    ...state.obligations
      .filter(({ status }) => ['pending', 'overdue', 'rework'].includes(status))
      .map(({ id }): Body =>
        id === 'fee'
          ? { type: 'pay', obligation: id, amount, documents, by: { seat: 'B' } }
          : { type: 'submit', obligation: id, documents, by: { seat: id === 'survey' ? 'B' : 'A' } },
      ),
    ...(open ? settled : []),
  ];
}

/** Mostly something that is waited for. */
const AWAITED = act(['A'], fc.tuple(fc.nat(99), sum), ([index, amount], model, world) => {
  const waits = awaited(model, world, amount);
  return waits[index % Math.max(1, waits.length)] ?? null;
});

function clock(days: number): Clock {
  return { days, due: null, isTaken: false, doneOn: null, reckoned: null, isGone: false, waivedDays: 0n, waived: 0n };
}

function naive(nowMs: number): Naive {
  return {
    status: 'awaiting-signatures',
    nowMs,
    signed: {},
    day0: null,
    renewals: 0,
    objected: false,
    endedOn: null,
    pauses: [],
    report: clock(30),
    fee: clock(45),
    paid: [],
    held: [],
    amendments: [],
    claims: [],
  };
}

/** What so many lives cannot all have missed: else they would prove nothing. */
const OFTEN: EventType[] = [
  'agreement-closed',
  'agreement-renewed',
  'agreement-resumed',
  'agreement-terminated',
  'amendment-effective',
  'cap-reached',
  'claim-posted',
  'final-statement-issued',
  'item-settled',
  'late-fee-posted',
  'matter-carried',
  'obligation-overridden',
  'payment-recorded',
  'penalty-credited',
  'penalty-posted',
  'penalty-waived',
  'renewal-objected',
];

function lived(steps: Iterable<fc.Command<Naive, World>>): World {
  const world = new World();
  try {
    fc.modelRun(() => ({ model: naive(startOf(START) + 9 * 3_600_000), real: world }), steps);
    ended(world);
  } catch (error) {
    throw new Error(`in this life:\n${world.told.join('\n')}`, { cause: error });
  }
  return world;
}

test(
  'a life of any acts, in any order, at any time, is what plain days and cents say (500 lives)',
  { timeout: 1_200_000 },
  () => {
    const seen = new Set<EventType>();
    fc.assert(
      fc.property(
        fc.tuple(SIGNED, SIGNED_TOO),
        fc.commands(
          [
            ...STEPS,
            ...Array<typeof AWAITED>(15).fill(AWAITED),
            SIGNING,
            act(['coordinator'], fc.nat(2), (rare) => (rare === 0 ? { type: 'withdraw' } : null)),
          ],
          {
            maxCommands: 40,
            size: 'max',
          },
        ),
        fc.integer({ min: 0, max: 19 }).map((one) => one > 0),
        (signing, steps, isSigned) => {
          for (const { type } of lived([...(isSigned ? signing : []), ...steps]).life.events) seen.add(type);
        },
      ),
      { numRuns: Number(process.env['LIVES'] ?? 500) },
    );
    expect(OFTEN.filter((type) => !seen.has(type))).toEqual([]);
  },
);

// What chance has found, as fixed cases.

test('a fee that was due and wholly held back before a suspension is not due later for it (S001a-37)', () => {
  const life = new Life(AGREEMENT, '2026-09-01 09:00')
    .sign('2026-09-01 09:00')
    .act('2026-09-12 10:00', 'B', { type: 'hold-back', obligation: 'fee', amount: '80000.00', documents })
    .act('2026-12-23 22:00', 'B', { type: 'suspend', ground: 'force-majeure', obligations: ['fee'], documents })
    .act('2027-02-08 20:00', 'B', { type: 'resume', obligations: [], documents });
  expect(life.rejections).toEqual([]);
  expect(life.obligation('fee').due?.localDate).toBe('2026-10-16'); // 45 days from 1 September
});

test('a fee that was not due when the agreement ended is cancelled: no late fee can be waived, let alone accrue', () => {
  const life = new Life(AGREEMENT, '2026-09-01 09:00')
    .sign('2026-09-01 09:00')
    .terminate('2026-09-08 10:00') // the fee would be due on 2026-10-16
    .act('2027-01-25 10:00', 'A', { type: 'waive', obligation: 'fee', amount: '100.00', documents });
  expect(life.rejections.map(({ code }) => code)).toEqual(['nothing-to-waive']);
  expect(life.state.balances).toEqual({});
});
