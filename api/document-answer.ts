import type { Readable } from 'node:stream';
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
    but = [],
    actor,
  }: {
    agreementId: string;
    documentId: string;
    /** Only what these commands brought. */
    commandIds?: string[];
    /** Nothing that these brought. */
    but?: string[];
    actor: Record<string, string>;
  },
): Promise<Answer> {
  const row = await database.agreementDocument.findFirst({
    where: {
      id: documentId,
      agreementId,
      commandId: { notIn: but, ...(commandIds === undefined ? {} : { in: commandIds }) },
    },
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
  return attachment({ ...row.document, fileName: row.fileName }, documents.open(row.sha256));
}

/** Bytes as an attachment that no browser runs. */
export function attachment(
  { fileName, type, size }: { fileName: string; type: string; size: number },
  stream: Readable,
): Answer {
  return {
    status: 200,
    headers: {
      'Content-Type': type.startsWith('text/') ? 'application/octet-stream' : type,
      'Content-Length': String(size),
      'Content-Disposition': `attachment; filename="${fileName.replace(/[^\x20-\x7e]|["\\]/g, '_')}"; filename*=UTF-8''${encodeRfc8187(fileName)}`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cache-Control': 'no-store',
    },
    stream,
  };
}

function encodeRfc8187(text: string): string {
  return encodeURIComponent(text).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
