import type { Actor } from '../domain/agreement/command.ts';
import type { Event } from '../domain/agreement/event.ts';
import type { Database } from '../prisma/database.ts';
import { grouped } from './grouped.ts';

/** The hand-in that a file came with, among those of the same obligation or occurrence. */
interface HandedIn {
  /** Counts up over all rounds. */
  version: number;
  round: number;
  /** `current`: the last one, not decided on yet. */
  state: 'current' | 'replaced' | 'rejected' | 'accepted';
  /** The version that came after it. */
  replacedBy: number | null;
}

/** How a file came to an agreement. */
interface Brought {
  /** Type of the event by which it came; null: its act is not recorded yet. */
  act: string | null;
  sequence: number | null;
  obligation: string | null;
  occurrence: string | null;
  by: { name: string | null; seat: string; onBehalfOf: string | null } | null;
  handedIn: HandedIn | null;
}

const DECIDED = ['deliverable-submitted', 'deliverable-rejected', 'obligation-fulfilled'] as const;
type Deciding = Extract<Event, { type: (typeof DECIDED)[number] }>;

const NOTHING: Brought = { act: null, sequence: null, obligation: null, occurrence: null, by: null, handedIn: null };

/** How the files of some commands came, by command id; which version of a hand-in each is, and what became of that. */
export async function broughtBy(
  database: Database,
  agreementId: string,
  commandIds: readonly string[],
): Promise<(commandId: string) => Brought> {
  const acts = await database.event.findMany({
    where: { agreementId, commandId: { in: [...new Set(commandIds)] } },
    orderBy: { sequence: 'asc' },
    select: { commandId: true, type: true, sequence: true, obligation: true, occurrence: true, actor: true },
  });
  const duties = acts.flatMap(({ type, obligation }) => (type === DECIDED[0] && obligation !== null ? obligation : []));
  const personIds = acts.map(({ actor }) => (actor as unknown as Actor).personId);
  const [bodies, persons] = await Promise.all([
    database.event.findMany({
      where: { agreementId, type: { in: [...DECIDED] }, obligation: { in: [...new Set(duties)] } },
      orderBy: { sequence: 'asc' },
      select: { body: true, commandId: true },
    }),
    database.person.findMany({
      where: { id: { in: personIds.filter((id) => /^[0-9a-f]{8}-/.test(id)) } },
      select: { id: true, name: true },
    }),
  ]);
  const decided = bodies.map(({ body, commandId }) => ({ event: JSON.parse(body) as Deciding, commandId }));
  const versions = versionsOf(decided);
  // What the act itself became comes first; what follows from it bears the same command.
  const firstOf = grouped(acts, ({ commandId }) => commandId ?? '');
  return (commandId) => {
    const act = firstOf.get(commandId)?.[0];
    if (!act) return NOTHING;
    const { personId, seat, onBehalfOf } = act.actor as unknown as Actor;
    return {
      act: act.type,
      sequence: act.sequence,
      obligation: act.obligation,
      occurrence: act.occurrence,
      by: { name: persons.find(({ id }) => id === personId)?.name ?? null, seat, onBehalfOf: onBehalfOf ?? null },
      handedIn: versions.get(commandId) ?? null,
    };
  };
}

/** By the command of each hand-in. */
function versionsOf(events: readonly { event: Deciding; commandId: string | null }[]): Map<string, HandedIn> {
  const versions = new Map<string, HandedIn>();
  for (const all of grouped(events, ({ event }) => `${event.obligation}#${event.occurrence ?? ''}`).values()) {
    let last: HandedIn | undefined;
    for (const { event, commandId } of all) {
      if (event.type === 'deliverable-submitted') {
        const version = (last?.version ?? 0) + 1;
        if (last) last.replacedBy = version;
        if (last?.state === 'current') last.state = 'replaced';
        last = { version, round: event.round, state: 'current', replacedBy: null };
        if (commandId !== null) versions.set(commandId, last);
      } else if (last?.state === 'current') {
        last.state = event.type === 'deliverable-rejected' ? 'rejected' : 'accepted';
      }
    }
  }
  return versions;
}
