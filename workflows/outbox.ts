import type { RecordInput } from '../activities/index.ts';
import type { Event } from '../domain/agreement/event.ts';

/** What waits to be recorded: of an agreement, or of one of its processes. */
export interface Outbox<E extends Caused = Event> extends Omit<RecordInput, 'agreementId' | 'events'> {
  events: E[];
}

/** An event, as far as an outbox cares. */
export interface Caused {
  type: string;
  commandId?: string;
}

/** Characters of one step as JSON: in UTF-8 at most thrice as many bytes, below what the engine takes at once (2 MB). */
const STEP_LENGTH = 512 * 1024;

/**
 * An outbox as steps that the engine takes: the whole where it is small; else its events in their order, those of one
 * command never apart, and what they tell and answer with the last step or after it.
 */
export function stepsOf<E extends Caused>(outbox: Outbox<E>, stepLength = STEP_LENGTH): Outbox<E>[] {
  if (lengthOf(outbox) <= stepLength) return [outbox];
  const { events, notices, refusals, unchanged } = outbox;
  const acts = grouped(events);
  const eventSteps = packed(acts, stepLength).map((some) => step<E>({ events: some.flat() }));
  const noticeSteps = packed(notices, stepLength).map((some) => step<E>({ notices: some }));
  return [...eventSteps, ...noticeSteps, step<E>({ refusals, unchanged })].filter((one) => !isEmpty(one));
}

export function emptyOutbox<E extends Caused>(): Outbox<E> {
  return step<E>({});
}

export function isEmpty({ events, notices, refusals, unchanged }: Outbox<Caused>): boolean {
  return events.length + notices.length + refusals.length + unchanged.length === 0;
}

function step<E extends Caused>(part: Partial<Outbox<E>>): Outbox<E> {
  return { events: [], notices: [], refusals: [], unchanged: [], ...part };
}

/** What a command caused is one; what time brings stands alone. */
function grouped<E extends Caused>(events: readonly E[]): E[][] {
  const groups: E[][] = [];
  for (const event of events) {
    const last = groups.at(-1);
    const isSame = event.commandId !== undefined && last?.[0]?.commandId === event.commandId;
    if (isSame) last.push(event);
    else groups.push([event]);
  }
  return groups;
}

/** In their order, as many in one as its length allows; what is longer by itself stands alone. */
function packed<T>(parts: readonly T[], length: number): T[][] {
  const packs: T[][] = [];
  let room = 0;
  for (const part of parts) {
    const size = lengthOf(part);
    const last = packs.at(-1);
    if (last && size <= room) last.push(part);
    else packs.push([part]);
    room = last && size <= room ? room - size : length - size;
  }
  return packs;
}

function lengthOf(value: unknown): number {
  return JSON.stringify(value).length;
}
