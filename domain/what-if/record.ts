import type { PersonCommand, Start } from '../agreement/command.ts';
import type { CompiledAgreement } from '../agreement/compiled.ts';
import type { Event } from '../agreement/event.ts';
import { isSame } from '../life/patch.ts';
import type { Instant } from '../time.ts';
import { AgreementLife } from './life.ts';
import { toldBy } from './told.ts';

/** Something that was said to an agreement: by a person, whose command is kept, or by a machine, as its events tell. */
export interface RecordedAct {
  command: PersonCommand;
  /** Time had been folded so far, at least, when it was said. */
  atMs: Instant;
  byMachine: boolean;
  /** What it brought about. */
  events: Event[];
}

/** All that was said to an agreement since its start, in the order in which it was folded. */
export interface RecordedLife {
  agreement: CompiledAgreement;
  start: Start;
  acts: RecordedAct[];
  /** The record as it stands. */
  events: readonly Event[];
}

/** Why the record cannot be lived again: the first event that comes out otherwise, or that nobody knows the cause of. */
export interface Divergence {
  sequence: number;
  type: Event['type'];
  why: 'cause-unknown' | 'otherwise' | 'missing' | 'refused';
}

/** A record may be so far behind of time: events due in it may not have been written yet. */
const BEHIND_MS = 60_000;

/**
 * What was said to an agreement, from its record.
 *
 * @param agreement as it was started
 * @param events of the agreement's own chain, by sequence
 * @param commands of people, by id, as the API had stored them
 */
export function recordedLife(
  agreement: CompiledAgreement,
  events: readonly Event[],
  commands: Readonly<Record<string, PersonCommand>>,
): RecordedLife | Divergence {
  const [first] = events;
  if (first?.type !== 'agreement-started') {
    return { sequence: 1, type: first?.type ?? 'agreement-started', why: 'cause-unknown' };
  }
  const start: Start = {
    type: 'start',
    id: first.commandId ?? 'start',
    receivedAtMs: first.occurredAtMs,
    actor: first.actor,
    ...(first.seated ? { seated: first.seated } : {}),
  };
  const acts: RecordedAct[] = [];
  let atMs = first.occurredAtMs;
  for (const event of events.slice(1)) {
    const { commandId } = event;
    if (commandId === undefined) {
      atMs = Math.max(atMs, event.occurredAtMs);
      continue;
    }
    const known = acts.findLast(({ command }) => command.id === commandId);
    if (known) {
      known.events.push(event);
      continue;
    }
    const caused = events.filter((one) => one.commandId === commandId);
    const own = Object.hasOwn(commands, commandId) ? commands[commandId] : undefined;
    const command = own ?? toldBy(caused);
    if (!command) return { sequence: event.sequence, type: event.type, why: 'cause-unknown' };
    atMs = Math.max(atMs, command.receivedAtMs);
    acts.push({ command, atMs, byMachine: own === undefined, events: [event] });
  }
  return { agreement, start, acts, events };
}

/** Lives a record again as it was, up to and including an instant. */
export function livedAgain({ agreement, start, acts }: RecordedLife, throughMs: Instant): AgreementLife | Divergence {
  const life = new AgreementLife(agreement, { silentThroughMs: throughMs }).start(start);
  for (const { command, atMs, events } of acts) {
    if (atMs > throughMs) break;
    const refused = life.pass(atMs).tell(command);
    const [event] = events;
    if (refused && event) return { sequence: event.sequence, type: event.type, why: 'refused' };
  }
  return life.pass(throughMs);
}

/**
 * Where a life that was lived again parts from its record; undefined where each recorded event came out exactly, and
 * nothing beside them but what the record may not have yet.
 */
export function divergence(record: readonly Event[], lived: readonly Event[]): Divergence | undefined {
  for (const [index, event] of record.entries()) {
    const again = lived[index];
    if (!again) return { sequence: event.sequence, type: event.type, why: 'missing' };
    if (!isSame(factsOf(event), factsOf(again)))
      return { sequence: event.sequence, type: event.type, why: 'otherwise' };
  }
  const upToMs = Math.max(...record.map(({ recordedAtMs }) => recordedAtMs)) - BEHIND_MS;
  const more = lived.slice(record.length).find(({ occurredAtMs }) => occurredAtMs <= upToMs);
  return more && { sequence: more.sequence, type: more.type, why: 'otherwise' };
}

/** All of an event but when it was written down. */
function factsOf({ recordedAtMs: _recordedAtMs, ...facts }: Event): Omit<Event, 'recordedAtMs'> {
  return facts;
}

export function isDivergence(value: object): value is Divergence {
  return 'why' in value && 'sequence' in value;
}
