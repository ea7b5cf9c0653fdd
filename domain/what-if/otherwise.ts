import type { PersonCommand } from '../agreement/command.ts';
import type { CompiledPatch } from '../agreement/compiled.ts';
import type { Rejection } from '../agreement/rejection.ts';
import type { AgreementState } from '../agreement/state.ts';
import { addDays } from '../local-date.ts';
import type { Instant, LocalDate, Zone } from '../time.ts';
import { instantAt, localDateAt, localTimeAt } from '../zone.ts';
import { Assuming } from './assumed-acts.ts';
import type { Assumption } from './assumption.ts';
import { InTime, type Named } from './in-time.ts';
import { AgreementLife } from './life.ts';
import type { RecordedAct, RecordedLife } from './record.ts';

/** What is assumed to be done on a day is done at that hour, unless it is over today: then now. */
const HOUR = '09:00';

/** An act that the contract does not allow in the life that is assumed, and why. */
export interface RefusedAct {
  atMs: Instant;
  refused: Rejection;
  /** Which assumption it was, or which act on record. */
  assumption?: number;
  act?: RecordedAct;
}

interface Otherwise<Changes> {
  assumptions: readonly Assumption<Changes>[];
  nowMs: Instant;
  throughMs: Instant;
  /** From when on what nobody names is done in time; null: nobody does anything that is not assumed. */
  inTimeFromMs: Instant | null;
  /** The rules that a change makes of an agreement as it then stands. @param name of the amendment */
  patchOf(changes: Changes, state: AgreementState, name: string): CompiledPatch | Rejection;
  /** What an act on record says where the agreement was another from the start. */
  asSaid?(command: PersonCommand, state: AgreementState): PersonCommand | Rejection;
}

/** One thing that is said in the assumed life. */
interface Turn {
  atMs: Instant;
  of: Pick<RefusedAct, 'assumption' | 'act'>;
  take(life: AgreementLife): Rejection | undefined;
}

/**
 * Lives a record as it would have been, and on to an instant: with some acts on other days or left out, with others that
 * nobody has done. What is on record otherwise is said as it was said then; where the contract takes it no more, that is told.
 * Beside it nothing is done, or everything that falls due is done in time; no survey is held and no plan carried out anew.
 */
export function livedOtherwise<Changes>(
  { agreement, start, acts, events }: RecordedLife,
  { assumptions, nowMs, throughMs, inTimeFromMs, patchOf, asSaid = (command) => command }: Otherwise<Changes>,
): { life: AgreementLife; refused: RefusedAct[] } {
  const { zone } = agreement;
  const effect = events.find(({ type }) => type === 'agreement-in-force');
  const turns: Turn[] = [
    ...acts.flatMap((act): Turn[] => {
      const moved = movedTo(act, acts, assumptions);
      if (moved === null) return [];
      const said = moved === undefined ? act : onDay(act, moved, zone);
      const take = (life: AgreementLife): Rejection | undefined => {
        const command = asSaid(said.command, life.state);
        return 'rejected' in command ? command : life.tell(command);
      };
      return [{ atMs: said.atMs, of: { act }, take }];
    }),
    ...assumptions.flatMap((one, index) =>
      turnsOf(one, index, { zone, nowMs, patchOf, effectMs: effect?.occurredAtMs ?? null }),
    ),
  ];
  const life = new AgreementLife(agreement, { silentThroughMs: throughMs }).start(start);
  const inTime = inTimeFromMs === null ? undefined : new InTime(life, inTimeFromMs, namedBy(assumptions));
  const pass = (upToMs: Instant): void => {
    inTime?.pass(upToMs);
    life.pass(upToMs);
  };
  const refused: RefusedAct[] = [];
  for (const { atMs, of, take } of turns.toSorted((a, b) => a.atMs - b.atMs)) {
    if (atMs > throughMs) break;
    pass(atMs);
    const no = take(life);
    if (no) refused.push({ atMs, refused: no, ...of });
  }
  pass(throughMs);
  return { life, refused };
}

/** The duties that somebody assumes to be handed in or paid on a day. */
function namedBy(assumptions: readonly Assumption<unknown>[]): Named {
  return (obligation, occurrence) =>
    assumptions.some(
      (one) =>
        one.kind === 'step' &&
        one.obligation === obligation &&
        (one.occurrence === undefined || one.occurrence === occurrence),
    );
}

/** Where the record has its day: what it says of itself, or when it was said. */
export function dayOf({ command }: Pick<RecordedAct, 'command'>, zone: Zone): LocalDate {
  const stated = statedDay(command);
  if (stated) return stated.day;
  const { handedInAtMs } = command as { handedInAtMs?: Instant };
  return localDateAt(zone, handedInAtMs ?? command.receivedAtMs);
}

/** The day on which an act on record is assumed to have been; null: not at all; undefined: as it was. */
function movedTo(
  act: RecordedAct,
  acts: readonly RecordedAct[],
  assumptions: readonly Assumption<unknown>[],
): LocalDate | null | undefined {
  const meant = assumptions.find((one) => one.kind === 'act' && one.command === act.command.id);
  if (meant?.kind === 'act') return meant.on;
  // A written notice takes its receipt along, and what came back of it.
  const { command } = act;
  if (command.type !== 'served' && command.type !== 'undelivered') return undefined;
  const notice = command.serves;
  const giving = acts.find(
    ({ command: { type }, events }) => type === 'serve' && events.some((event) => isOf(event, notice)),
  );
  return giving && giving !== act ? movedTo(giving, acts, assumptions) : undefined;
}

function isOf(event: object, notice: string | undefined): boolean {
  const { breach, notice: named, type } = event as { breach?: string; notice?: string; type: string };
  if (notice === undefined) return false;
  return (type === 'breach-notified' && breach === notice) || (type === 'termination-notified' && named === notice);
}

const STATED = { sign: 'signedOn', seal: 'sealedOn', pay: 'paidOn', serve: 'servedOn', suspend: 'from' } as const;

/** The day that an act names itself as its own. */
function statedDay(command: PersonCommand): { field: string; day: LocalDate } | undefined {
  const field = STATED[command.type as keyof typeof STATED] as string | undefined;
  const day = field === undefined ? undefined : (command as unknown as Record<string, LocalDate | undefined>)[field];
  return field === undefined || day === undefined ? undefined : { field, day };
}

/** The same act on another day, at its time of day. What was entered later than it took place is entered no earlier. */
function onDay({ command }: RecordedAct, on: LocalDate, zone: Zone): { command: PersonCommand; atMs: Instant } {
  const at = (ms: Instant): Instant => instantAt(zone, on, localTimeAt(zone, ms));
  const stated = statedDay(command);
  const { receivedAtMs } = command;
  if (stated) {
    const atMs = on > localDateAt(zone, receivedAtMs) ? at(receivedAtMs) : receivedAtMs;
    return { command: { ...command, [stated.field]: on, receivedAtMs: atMs } as PersonCommand, atMs };
  }
  if (command.type === 'submit' && command.handedInAtMs !== undefined) {
    const handedInAtMs = at(command.handedInAtMs);
    const atMs = Math.max(handedInAtMs, receivedAtMs);
    return { command: { ...command, handedInAtMs, receivedAtMs: atMs }, atMs };
  }
  const atMs = at(receivedAtMs);
  return { command: { ...command, receivedAtMs: atMs }, atMs };
}

function turnsOf<Changes>(
  assumption: Assumption<Changes>,
  index: number,
  {
    zone,
    nowMs,
    patchOf,
    effectMs,
  }: Pick<Otherwise<Changes>, 'nowMs' | 'patchOf'> & {
    zone: Zone;
    effectMs: Instant | null;
  },
): Turn[] {
  const today = localDateAt(zone, nowMs);
  const hourOf = (on: LocalDate): Instant => {
    const atMs = instantAt(zone, on, HOUR);
    return on === today ? Math.max(atMs, nowMs) : atMs;
  };
  /** The start of a day, of the day on which it came into force that very moment: nothing could be agreed or stopped before. */
  const startOf = (on: LocalDate): Instant => {
    const atMs = instantAt(zone, on, '00:00');
    return effectMs !== null && localDateAt(zone, effectMs) === on ? Math.max(atMs, effectMs) : atMs;
  };
  const turn = (atMs: Instant, say: (assuming: Assuming, life: AgreementLife) => Rejection | undefined): Turn => ({
    atMs,
    of: { assumption: index },
    take: (life) => say(new Assuming(life, `what-if-${index + 1}`), life),
  });
  switch (assumption.kind) {
    case 'act':
      return [];
    case 'step': {
      const atMs = hourOf(assumption.on);
      return [turn(atMs, (assuming) => assuming.step(assumption, atMs))];
    }
    case 'signing': {
      const atMs = hourOf(assumption.on);
      return [turn(atMs, (assuming) => assuming.signing(atMs))];
    }
    case 'change': {
      const { changes, from } = assumption;
      if (from === null) return [];
      // What is past keeps its rule: so it is agreed by the day from which it is to hold.
      const atMs = Math.min(startOf(from), nowMs);
      const name = `what-if-${index + 1}`;
      return [
        turn(atMs, (assuming, life) => {
          const patch = patchOf(changes, life.state, name);
          return 'rejected' in patch ? patch : assuming.amendment(patch, from, atMs);
        }),
      ];
    }
    case 'suspension': {
      const fromMs = startOf(assumption.from);
      const stops = turn(fromMs, (assuming) => assuming.suspend(assumption, fromMs));
      if (assumption.until === null) return [stops];
      const onMs = instantAt(zone, addDays(assumption.until, 1), '00:00');
      return [stops, turn(onMs, (assuming) => assuming.resume(assumption, onMs))];
    }
    case 'termination': {
      const atMs = hourOf(assumption.on);
      return [turn(atMs, (assuming) => assuming.terminate(atMs))];
    }
  }
}
