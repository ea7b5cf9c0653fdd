import type { Database } from '../../prisma/database.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { CommandText } from '../commands.ts';
import { grouped } from '../grouped.ts';

export interface KnownDocument {
  id: string;
  fileName: string;
  size: number;
  sha256: string;
}

/** An event of a process with what stands beside it. */
export interface Told<E> {
  event: E;
  text: CommandText;
  documents: KnownDocument[];
  /** Name of who did it. */
  person: string | null;
}

interface AnyEvent {
  type: string;
  actor: { personId: string };
  commandId?: string;
}

/** What was recorded of a process, with words, files and names for those who may read the record. */
export interface ProcessRecord<E extends AnyEvent> {
  rows: Prisma.EventGetPayload<object>[];
  all: Told<E>[];
  of<T extends E['type']>(type: T): Told<Extract<E, { type: T }>>[];
  nameOf(personId: string): string | null;
}

/** @param reads whether the asker may read the record: else events alone */
export async function processRecord<E extends AnyEvent>(
  database: Database,
  workflowId: string,
  reads: boolean,
): Promise<ProcessRecord<E>> {
  const rows = await database.event.findMany({ where: { workflowId }, orderBy: { sequence: 'asc' } });
  const events = rows.map(({ body }) => JSON.parse(body) as E);
  const commandIds = reads ? rows.flatMap(({ commandId }) => commandId ?? []) : [];
  const personIds = [...new Set(events.map(({ actor }) => actor.personId))].filter((id) => /^[0-9a-f]{8}-/.test(id));
  const [commands, files, persons] = await Promise.all([
    database.command.findMany({ where: { id: { in: commandIds } }, select: { id: true, text: true } }),
    database.agreementDocument.findMany({
      where: { commandId: { in: commandIds } },
      include: { document: true },
      orderBy: { fileName: 'asc' },
    }),
    reads ? database.person.findMany({ where: { id: { in: personIds } }, select: { id: true, name: true } }) : [],
  ]);
  const texts = new Map(commands.map(({ id, text }) => [id, text as CommandText | null]));
  const filesOf = grouped(files, ({ commandId }) => commandId ?? '');
  const names = new Map(persons.map(({ id, name }) => [id, name]));
  const all = events.map((event): Told<E> => ({
    event,
    text: texts.get(event.commandId ?? '') ?? {},
    documents: (filesOf.get(event.commandId ?? '') ?? []).map(({ id, fileName, sha256, document }) => {
      return { id, fileName, sha256, size: document.size };
    }),
    person: names.get(event.actor.personId) ?? null,
  }));
  return {
    rows,
    all,
    of: <T extends E['type']>(type: T) =>
      all.filter(({ event }) => event.type === type) as unknown as Told<Extract<E, { type: T }>>[],
    nameOf: (personId) => names.get(personId) ?? null,
  };
}
