import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PersonCommand } from '../../domain/agreement/command.ts';
import { decide } from '../../domain/agreement/decide.ts';
import { isRejection } from '../../domain/agreement/decision.ts';
import type { Event } from '../../domain/agreement/event.ts';
import { evolve } from '../../domain/agreement/evolve.ts';
import { fold } from '../../domain/agreement/fold.ts';
import { initialState } from '../../domain/agreement/initial.ts';
import { obligationContexts } from '../../domain/agreement/obligations.ts';
import { mailSeat } from '../../domain/agreement/parties.ts';
import { referenceOf } from '../../domain/agreement/reference.ts';
import { covers, dutiesOf } from '../../domain/agreement/seating.ts';
import { completeState, restoreState, snapshotOf } from '../../domain/agreement/snapshot.ts';
import type { CompiledDeliverable } from '../../domain/agreement/compiled.ts';
import type { AgreementState } from '../../domain/agreement/state.ts';
import { nextDue } from '../../domain/agreement/tick.ts';
import { rulesOf } from '../../domain/obligations/registry.ts';
import { addDays } from '../../domain/local-date.ts';
import { Life, agreementOf, duty, serviceAttachments } from '../support/life.ts';

const DAY_MS = 86_400_000;
const FIRST = '2026-09-01';
const SIDES: Record<string, string> = { A: 'A', B: 'B', desk: 'B' };
const agreement = agreementOf(
  [
    ...(serviceAttachments().obligations as CompiledDeliverable[]),
    duty('learning', 'effect', '7 days', { kind: 'training', responsible: 'desk' }),
    duty('survey', 'effect', '0 days', {
      recurrence: { by: 'period', period: 'month', edge: 'end', partialFirst: true },
    }),
  ],
  { seats: ['A', 'B', 'desk', 'coordinator'], seatParties: { desk: 'B' } },
);
const obligations = agreement.obligations.map(({ id }) => id);

const seat = fc.constantFrom(...agreement.seats, 'gardener');
const PEOPLE = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7'];
const person = fc.constantFrom(...PEOPLE);
const day = fc.integer({ min: 0, max: 40 }).map((offset) => addDays(FIRST, offset));
const what = fc.constantFrom(
  'agreement',
  'learning',
  'survey',
  'survey#2026-09',
  'needs-analysis-report',
  'nothing',
  '',
);
const documents = fc.constantFrom([], [{ sha256: 'a'.repeat(64), size: 1 }]);
const delegate = fc
  .record({
    seat: fc.constantFrom(...agreement.seats),
    deputy: person,
    from: day,
    days: fc.integer({ min: -1, max: 12 }),
    obligations: fc.subarray(['learning', 'survey', 'process-plan'], { maxLength: 2 }),
  })
  .map(({ days, from, ...rest }) => ({ type: 'delegate' as const, ...rest, from, until: addDays(from, days) }));
const anything = fc.oneof(
  fc.record({ type: fc.constant('replace' as const), seat, personId: person }),
  fc.record({ type: fc.constant('vacate' as const), seat }),
  fc.record({ type: fc.constant('recall' as const), seat }),
  fc.record({
    type: fc.constant('circulate' as const),
    what,
    readers: fc.array(fc.oneof(seat, fc.constant('person:p5')), { maxLength: 3 }),
  }),
  fc.record({ type: fc.constant('remind' as const), what }),
  fc.record({ type: fc.constant('acknowledge' as const), what, documents }),
  fc.record({
    type: fc.constant('submit' as const),
    obligation: fc.constantFrom(...obligations, 'nothing'),
    documents,
  }),
  fc.record({
    type: fc.constant('undelivered' as const),
    noticeId: fc.constantFrom('n1', 'n2'),
    seat,
    kind: fc.constant('reminder' as const),
    code: fc.constant('5.1.1'),
  }),
  fc.record({ type: fc.constant('terminate' as const) }),
);
const anybody = fc.record(
  { personId: person, seat, onBehalfOf: seat, deputyFor: person },
  { requiredKeys: ['personId', 'seat'] },
);
const coordinator = fc.constant({ personId: 'p4', seat: 'coordinator' });
const waitMs = fc.integer({ min: 0, max: 2 * DAY_MS });
/** Mostly people who arrange who stands in for whom, as they may. */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ asked: delegate, actor: coordinator, waitMs: fc.constant(0) }) },
  { weight: 2, arbitrary: fc.record({ asked: anything, actor: fc.oneof(coordinator, anybody), waitMs }) },
);
const steps = fc.array(step, { maxLength: 25 });

interface Step {
  asked: object;
  actor: { personId: string; seat: string };
  waitMs: number;
}

/** Every state that an agreement goes through when people ask for these things, and all that happened. */
function lived(acts: Step[]): { states: AgreementState[]; last: AgreementState; events: Event[] } {
  const life = new Life(agreement, `${FIRST} 09:00`, { A: 'p1', B: 'p2', desk: 'p3', coordinator: 'p4' });
  let state = life.sign(`${FIRST} 09:00`).state;
  const states = [state];
  const events = [...life.events];
  const apply = (command: Parameters<typeof decide>[0], nowMs: number): void => {
    const decided = decide(command, state);
    if (isRejection(decided)) return;
    const folded = fold(state, decided, nowMs);
    state = folded.state;
    states.push(state);
    events.push(...folded.events);
  };
  let nowMs = life.ms(`${FIRST} 09:00`);
  for (const [index, { asked: act, actor: by, waitMs }] of acts.entries()) {
    nowMs += waitMs;
    for (let due = nextDue(state); due && due.atMs <= nowMs; due = nextDue(state)) {
      apply({ type: 'tick', atMs: due.atMs, nowMs: due.atMs }, due.atMs);
    }
    const party = SIDES[by.seat];
    const who = { ...by, ...(party === undefined ? {} : { party }), via: 'api' as const };
    apply({ ...act, id: `c${index}`, receivedAtMs: nowMs, actor: who } as PersonCommand, nowMs);
  }
  return { states, last: state, events };
}

test('at most one person stands in for a seat, an obligation and a day; never for themselves, nor in a chain', () => {
  fc.assert(
    fc.property(steps, (acts) => {
      const { standIns } = lived(acts).last;
      for (const one of standIns) {
        expect(one.deputy).not.toBe(one.absent);
        for (let on = one.from; on <= one.until; on = addDays(on, 1)) {
          for (const obligation of [undefined, ...obligations]) {
            const same = standIns.filter((other) => other.seat === one.seat && covers(other, on, obligation));
            expect(same.length).toBeLessThanOrEqual(1);
          }
          expect(standIns.some((other) => other.absent === one.deputy && other.from <= on && on <= other.until)).toBe(
            false,
          );
        }
      }
    }),
    { numRuns: 100 },
  );
});

test('nobody fills seats of two sides, and nobody stands in for two sides at one time', () => {
  fc.assert(
    fc.property(steps, (acts) => {
      for (const { seated, standIns } of lived(acts).states) {
        const sides = (places: string[]) => new Set(places.flatMap((place) => SIDES[place] ?? [])).size;
        for (const somebody of PEOPLE) {
          const fills = Object.keys(seated).filter((place) => seated[place] === somebody);
          const standsIn = standIns.filter(({ deputy }) => deputy === somebody);
          expect(sides(fills)).toBeLessThanOrEqual(1);
          for (const one of standsIn) {
            const then = standsIn.filter((other) => one.from <= other.until && other.from <= one.until);
            if (one.seat in SIDES) expect(sides(then.map((other) => other.seat))).toBe(1);
          }
        }
      }
    }),
    { numRuns: 100 },
  );
});

test('every open obligation is a duty of exactly one seat that owes it, and of those who judge it', () => {
  fc.assert(
    fc.property(steps, (acts) => {
      for (const state of lived(acts).states) {
        const duties = Object.fromEntries(agreement.seats.map((one) => [one, dutiesOf(state, one)]));
        for (const context of obligationContexts(state)) {
          const { rule, state: progress } = context;
          const reference = referenceOf({ obligation: rule.id, occurrence: progress.occurrence });
          const holders = agreement.seats.filter((one) => duties[one]?.includes(reference));
          const judges = rulesOf(rule)
            .waitingFor(context)
            .map((one) => mailSeat(agreement, one));
          const open = rulesOf(rule).isOpen(progress);
          expect(holders.sort()).toEqual(
            open ? [...new Set([mailSeat(agreement, rule.responsible), ...judges])].sort() : [],
          );
        }
        for (const list of Object.values(duties)) expect(new Set(list).size).toBe(list.length);
      }
    }),
    { numRuns: 60 },
  );
});

test('the events alone give the state, a snapshot gives it back, and what an earlier release wrote is completed', () => {
  fc.assert(
    fc.property(steps, (acts) => {
      const { last: state, events } = lived(acts);
      expect(snapshotOf(events.reduce<AgreementState>(evolve, initialState(agreement)))).toEqual(snapshotOf(state));
      const restored = restoreState(agreement, JSON.parse(JSON.stringify(snapshotOf(state))) as never, state.sequence);
      expect(snapshotOf(restored)).toEqual(snapshotOf(state));
      expect(restored).toMatchObject({ seated: state.seated, standIns: state.standIns, readings: state.readings });
      expect(completeState(JSON.parse(JSON.stringify(state)) as AgreementState)).toEqual(state);
    }),
    { numRuns: 100 },
  );
});
