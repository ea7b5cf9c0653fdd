import { isoAt } from '../../domain/zone.ts';
import { withoutEvaluations } from '../evaluations/files.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { documentAnswer } from '../document-answer.ts';
import { broughtBy } from '../document-versions.ts';
import { loggedActor } from '../privacy/access-log.ts';
import { route } from '../route.ts';
import * as schemas from '../schemas.ts';
import { findAgreement, zoneOf } from '../views.ts';
import { z } from 'zod';

const query = schemas.pageQuery.extend({
  order: z.enum(['asc', 'desc']).default('asc').meta({ description: '`desc`: the latest first' }),
  obligation: schemas.knownId.optional(),
});

export const listDocuments = route({
  id: 'listDocuments',
  method: 'get',
  path: '/agreements/{id}/documents',
  summary: 'Files that were brought to the agreement: by whom, which version of what, and whether each is still whole',
  access: 'record.read',
  params: schemas.idParams,
  query,
  answers: { 200: { description: 'One page', schema: schemas.documentPage } },
  handle: async ({ deps, params, query: { order, obligation: of, limit, cursor }, ownOf }) => {
    const agreement = await findAgreement(deps.database, params.id);
    const zone = zoneOf(agreement);
    const [atMs, atId] = cursor === undefined ? [] : readCursor(cursor, ['instant', 'uuid']);
    const beyond = order === 'asc' ? 'gt' : 'lt';
    const rows = await deps.database.agreementDocument.findMany({
      where: {
        agreementId: params.id,
        ...(await withoutEvaluations(deps, params.id, ownOf)),
        ...(of === undefined ? {} : { obligation: of }),
        ...(atMs === undefined || atId === undefined
          ? {}
          : {
              OR: [{ createdAt: { [beyond]: new Date(atMs) } }, { createdAt: new Date(atMs), id: { [beyond]: atId } }],
            }),
      },
      include: { document: true },
      orderBy: [{ createdAt: order }, { id: order }],
      take: limit + 1,
    });
    const page = rows.slice(0, limit);
    const brought = await broughtBy(
      deps.database,
      params.id,
      page.map(({ commandId }) => commandId),
    );
    const items = [];
    for (const { id, fileName, sha256, obligation, commandId, createdAt, document } of page) {
      const { act, sequence, occurrence, by, handedIn } = brought(commandId);
      items.push({
        id,
        fileName,
        size: document.size,
        type: document.type,
        sha256,
        ...(obligation === null ? {} : { obligation }),
        ...(obligation === null || occurrence === null ? {} : { occurrence }),
        commandId,
        createdAt: isoAt(zone, createdAt.getTime()),
        state: await deps.documents.check(sha256),
        act,
        sequence,
        by,
        handedIn,
      });
    }
    const last = page.at(-1);
    const nextCursor = rows.length > limit && last ? writeCursor([last.createdAt.getTime(), last.id]) : null;
    return { status: 200, body: { items, nextCursor } };
  },
});

export const getDocumentContent = route({
  id: 'download',
  method: 'get',
  path: '/agreements/{id}/documents/{documentId}/content',
  summary: 'The bytes, checked before they leave; every download is logged',
  access: 'record.read',
  params: schemas.documentParams,
  answers: { 200: { description: 'The file', schema: z.string(), mediaType: 'application/octet-stream' } },
  handle: async ({ deps, params, principal, ownOf }) =>
    documentAnswer(deps, {
      agreementId: params.id,
      documentId: params.documentId,
      but: (await withoutEvaluations(deps, params.id, ownOf)).commandId?.notIn ?? [],
      actor: loggedActor(principal),
    }),
});
