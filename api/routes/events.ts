import { isoAt } from '../../domain/zone.ts';
import type { Actor } from '../../domain/agreement/command.ts';
import type { Database } from '../../prisma/database.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { route } from '../route.ts';
import * as schemas from '../schemas.ts';
import { eventData, findAgreement, zoneOf } from '../views.ts';

export const listEvents = route({
  id: 'listEvents',
  method: 'get',
  path: '/agreements/{id}/events',
  summary: 'The timeline, from the first event on',
  access: 'desk',
  params: schemas.idParams,
  query: schemas.pageQuery,
  answers: { 200: { description: 'One page', schema: schemas.eventPage } },
  handle: async ({ deps: { database }, params, query }) => {
    const agreement = await findAgreement(database, params.id);
    const zone = zoneOf(agreement);
    const after = query.cursor === undefined ? 0 : readCursor(query.cursor, ['number'])[0];
    const rows = await database.event.findMany({
      where: { agreementId: params.id, sequence: { gt: after } },
      orderBy: { sequence: 'asc' },
      take: query.limit + 1,
    });
    const page = rows.slice(0, query.limit);
    const commandIds = page.flatMap(({ commandId }) => (commandId ? [commandId] : []));
    const [commands, documents, names] = await Promise.all([
      database.command.findMany({ where: { id: { in: commandIds } }, select: { id: true, text: true } }),
      database.agreementDocument.findMany({ where: { commandId: { in: commandIds } }, include: { document: true } }),
      personNames(
        database,
        page.map(({ actor }) => (actor as unknown as Actor).personId),
      ),
    ]);
    const bearsText = ['deliverable-submitted', 'deliverable-rejected', 'agreement-terminated'];
    const bearsDocuments = ['agreement-signed', 'deliverable-submitted'];
    const items = page.map((row) => {
      const { personId, ...actor } = row.actor as unknown as Actor;
      const text = commands.find(({ id }) => id === row.commandId)?.text;
      const files = documents.filter(({ commandId }) => commandId === row.commandId);
      return {
        sequence: row.sequence,
        type: row.type,
        at: isoAt(zone, row.occurredAt.getTime()),
        recordedAt: isoAt(zone, row.recordedAt.getTime()),
        ...(row.obligation === null ? {} : { obligation: row.obligation }),
        ...(row.occurrence === null ? {} : { occurrence: row.occurrence }),
        actor: { ...actor, name: names.get(personId) ?? null },
        clauses: row.clauses,
        ...(text && bearsText.includes(row.type) ? { text } : {}),
        ...(files.length > 0 && bearsDocuments.includes(row.type)
          ? {
              documents: files.map(({ id, fileName, sha256, document }) => ({
                id,
                fileName,
                size: document.size,
                sha256,
              })),
            }
          : {}),
        data: eventData(JSON.parse(row.body) as Record<string, unknown>, zone),
        hash: row.hash,
      };
    });
    const last = page.at(-1);
    const nextCursor = rows.length > query.limit && last ? writeCursor([last.sequence]) : null;
    return { status: 200, body: { items, nextCursor } };
  },
});

async function personNames(database: Database, ids: string[]): Promise<Map<string, string>> {
  const uuids = [...new Set(ids)].filter((id) => /^[0-9a-f]{8}-/.test(id));
  const persons = await database.person.findMany({ where: { id: { in: uuids } }, select: { id: true, name: true } });
  return new Map(persons.map(({ id, name }) => [id, name]));
}
