import type { Actor } from '../../domain/agreement/command.ts';
import type { Event, EventType } from '../../domain/agreement/event.ts';
import type { Zone } from '../../domain/time.ts';
import { isoAt } from '../../domain/zone.ts';
import type { Database } from '../../prisma/database.ts';
import type { CommandText } from '../commands.ts';
import { grouped } from '../grouped.ts';

/** Who did something when, what they wrote and what they brought. */
export interface Account {
  at: string | null;
  person: string | null;
  reason: string | null;
  documents: { id: string; fileName: string; size: number; sha256: string }[];
}

/** An act on record: its event, with what stands beside it. */
export interface Recorded<T extends Event = Event> {
  event: T;
  account: Account;
  text: CommandText;
}

const NOBODY: Account = { at: null, person: null, reason: null, documents: [] };

/** The acts of a life on record, by type, with what stands beside them; for those who may not read it, without. */
export interface Accounts {
  of<T extends EventType>(type: T): Recorded<Extract<Event, { type: T }>>[];
  /** Of one that may not be on record, an account of nobody. */
  accountOf(recorded: Recorded | undefined): Account;
  nameOf(personId: string): string | null;
}

const TYPES = [
  'agreement-sealed',
  'approval-given',
  'waiver-proposed',
  'penalty-waived',
  'amendment-proposed',
  'suspension-proposed',
  'agreement-suspended',
  'agreement-resumed',
  'obligation-overridden',
  'baseline-entered',
  'breach-notified',
  'termination-notified',
  'termination-objected',
  'item-settled',
  'final-statement-issued',
  'claim-made',
  'claim-answered',
  'claim-dropped',
  'recourse-recorded',
  'sum-booked',
  'matter-opened',
  'matter-carried',
  'engagement-end-proposed',
  'engagement-item-agreed',
] as const satisfies readonly EventType[];

/** Reads what happened in the life of an agreement. @param reads whether the asker may read the record */
export async function lifeAccounts(
  database: Database,
  { agreementId, zone, reads }: { agreementId: string; zone: Zone; reads: boolean },
): Promise<Accounts> {
  const rows = await database.event.findMany({
    where: { agreementId, type: { in: [...TYPES] } },
    orderBy: { sequence: 'asc' },
    select: { body: true, commandId: true },
  });
  const events = rows.map(({ body }) => JSON.parse(body) as Event);
  const commandIds = rows.flatMap(({ commandId }) => commandId ?? []);
  const [commands, documents, names] = reads
    ? await Promise.all([
        database.command.findMany({ where: { id: { in: commandIds } }, select: { id: true, text: true } }),
        database.agreementDocument.findMany({
          where: { commandId: { in: commandIds } },
          include: { document: true },
          orderBy: { fileName: 'asc' },
        }),
        personNames(
          database,
          events.map(({ actor }) => actor),
        ),
      ])
    : [[], [], new Map<string, string>()];
  const texts = new Map(commands.map(({ id, text: written }) => [id, written as CommandText | null]));
  const documentsOf = grouped(documents, ({ commandId }) => commandId ?? '');
  const recorded = events.map((event): Recorded => {
    const text = texts.get(event.commandId ?? '') ?? {};
    const files = documentsOf.get(event.commandId ?? '') ?? [];
    return {
      event,
      text,
      account: reads
        ? {
            at: isoAt(zone, event.occurredAtMs),
            person: names.get(event.actor.personId) ?? null,
            reason: text.reason ?? text.note ?? null,
            documents: files.map(({ id, fileName, sha256, document }) => ({
              id,
              fileName,
              size: document.size,
              sha256,
            })),
          }
        : NOBODY,
    };
  });
  const byType = grouped(recorded, ({ event }) => event.type);
  return {
    of: <T extends EventType>(type: T) => (byType.get(type) ?? []) as Recorded<Extract<Event, { type: T }>>[],
    accountOf: (one) => one?.account ?? NOBODY,
    nameOf: (personId) => names.get(personId) ?? null,
  };
}

async function personNames(database: Database, actors: Actor[]): Promise<Map<string, string>> {
  const ids = [...new Set(actors.map(({ personId }) => personId))].filter((id) => /^[0-9a-f]{8}-/.test(id));
  const persons = await database.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(persons.map(({ id, name }) => [id, name]));
}
