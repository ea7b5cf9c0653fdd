import type { Prisma } from '../prisma/generated/client.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problem.ts';
import type { Answer } from './route.ts';

/**
 * A stored file as an attachment. It is checked first; who asked and what was found is logged.
 *
 * @throws Problem `unknown-document`, `document-missing`, `document-altered`
 */
export async function documentAnswer(
  { database, documents, clock }: Pick<ApiDeps, 'database' | 'documents' | 'clock'>,
  {
    agreementId,
    documentId,
    commandIds,
    actor,
  }: {
    agreementId: string;
    documentId: string;
    /** Only what these commands brought. */
    commandIds?: string[];
    actor: Record<string, string>;
  },
): Promise<Answer> {
  const row = await database.agreementDocument.findFirst({
    where: { id: documentId, agreementId, ...(commandIds === undefined ? {} : { commandId: { in: commandIds } }) },
    include: { document: true },
  });
  if (!row) throw new Problem('unknown-document');
  const outcome = await documents.check(row.sha256);
  await database.accessLog.create({
    data: {
      at: new Date(clock()),
      actor: actor as Prisma.InputJsonObject,
      agreementId,
      subject: `document/${documentId}`,
      action: 'download',
      outcome,
    },
  });
  if (outcome !== 'ok') throw new Problem(`document-${outcome}`);
  return {
    status: 200,
    headers: {
      'Content-Type': row.document.type.startsWith('text/') ? 'application/octet-stream' : row.document.type,
      'Content-Length': String(row.document.size),
      'Content-Disposition': `attachment; filename="${row.fileName.replace(/[^\x20-\x7e]|["\\]/g, '_')}"; filename*=UTF-8''${encodeRfc8187(row.fileName)}`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cache-Control': 'no-store',
    },
    stream: documents.open(row.sha256),
  };
}

function encodeRfc8187(text: string): string {
  return encodeURIComponent(text).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
