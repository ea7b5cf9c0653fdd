import { isoAt } from '../../domain/zone.ts';
import { withoutEvaluations } from '../evaluations/files.ts';
import { documentAnswer } from '../document-answer.ts';
import { loggedActor } from '../privacy/access-log.ts';
import { route } from '../route.ts';
import * as schemas from '../schemas.ts';
import { findAgreement, zoneOf } from '../views.ts';
import { z } from 'zod';

export const listDocuments = route({
  id: 'listDocuments',
  method: 'get',
  path: '/agreements/{id}/documents',
  summary: 'Files that were brought to the agreement, and whether each is still whole',
  access: 'record.read',
  params: schemas.idParams,
  answers: { 200: { description: 'All files, oldest first', schema: schemas.documentList } },
  handle: async ({ deps, params, ownOf }) => {
    const agreement = await findAgreement(deps.database, params.id);
    const zone = zoneOf(agreement);
    const rows = await deps.database.agreementDocument.findMany({
      where: { agreementId: params.id, ...(await withoutEvaluations(deps, params.id, ownOf)) },
      include: { document: true },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    });
    const handIns = await deps.database.event.findMany({
      where: { agreementId: params.id, type: 'deliverable-submitted', occurrence: { not: null } },
      select: { commandId: true, occurrence: true },
    });
    const items = [];
    for (const { id, fileName, sha256, obligation, commandId, createdAt, document } of rows) {
      const occurrence = handIns.find((event) => event.commandId === commandId)?.occurrence ?? null;
      items.push({
        id,
        fileName,
        size: document.size,
        type: document.type,
        sha256,
        ...(obligation === null ? {} : { obligation }),
        ...(occurrence === null ? {} : { occurrence }),
        commandId,
        createdAt: isoAt(zone, createdAt.getTime()),
        state: await deps.documents.check(sha256),
      });
    }
    return { status: 200, body: { items } };
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
