import type { Readable } from 'node:stream';
import type { Request } from 'express';
import busboy from '@fastify/busboy';
import { DocumentRefused, type DocumentStore, type StoredDocument } from '../activities/documents.ts';
import { cleanFileName } from './file-name.ts';
import { Problem } from './problem.ts';

/** Files that one request may bring. */
export const MAX_FILES = 10;
const MAX_FIELDS = 60;
const MAX_FIELD_BYTES = 16 * 1024;
const FORM_OVERHEAD_BYTES = 1024 * 1024;

/** What a form's files go to. */
export interface FileTaker extends Pick<DocumentStore, 'maxBytes'> {
  /** @param fields what stood before the file in its form */
  put(stream: Readable, declaredName: string, fields: Form['fields']): Promise<StoredDocument>;
}

/** For forms that are asked for no file: nothing is kept of one that comes all the same. */
export const NO_FILES: FileTaker = {
  maxBytes: 0,
  put: () => Promise.reject(new DocumentRefused('unsupported-type', 'no file is asked for')),
};

/** A file that was brought along, under the name it bore. */
export type BroughtDocument = StoredDocument & { fileName: string };

export interface Form {
  /** Repeated fields in their order. */
  fields: Record<string, string[]>;
  documents: BroughtDocument[];
}

/**
 * Reads a form (`multipart/form-data` or urlencoded) and stores its files while they come. A refused form leaves no
 * half file behind.
 *
 * @throws Problem `upload-too-large`, `unsupported-type`, `type-mismatch`, `document-macros`, `document-unreadable`,
 *   `file-empty`, `storage-full`, `malformed-body`
 */
export async function readForm(request: Request, store: FileTaker): Promise<Form> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > MAX_FILES * store.maxBytes + FORM_OVERHEAD_BYTES) throw tooLarge(store.maxBytes);

  const fields: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  const pending: Promise<BroughtDocument | undefined>[] = [];
  let parser: ReturnType<typeof busboy>;
  try {
    parser = busboy({
      headers: request.headers as typeof request.headers & { 'content-type': string },
      limits: { files: MAX_FILES, fields: MAX_FIELDS, fieldSize: MAX_FIELD_BYTES, parts: MAX_FILES + MAX_FIELDS },
    });
  } catch (error) {
    throw new Problem('malformed-body', { message: (error as Error).message });
  }

  const stored = await new Promise<void>((resolve, reject) => {
    const stop = (error: unknown): void => {
      request.unpipe(parser);
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const tooMany = (what: string) => () => stop(new Problem('malformed-body', { message: `too many ${what}` }));
    parser.on('field', (name, value, nameTruncated, valueTruncated) => {
      if (nameTruncated || valueTruncated)
        stop(new Problem('malformed-body', { message: `field ${name} is too long` }));
      else (fields[name] ??= []).push(value);
    });
    parser.on('file', (_name, stream, fileName) => {
      // A browser sends an empty file control as a file without a name.
      if (!fileName) {
        stream.resume();
        return;
      }
      const name = cleanFileName(fileName);
      const stored = store.put(stream, name, fields).then((document) => ({ ...document, fileName: name }));
      pending.push(stored);
      stored.catch((error: unknown) => {
        stream.resume();
        stop(error);
      });
    });
    parser.on('filesLimit', tooMany('files'));
    parser.on('fieldsLimit', tooMany('fields'));
    parser.on('partsLimit', tooMany('parts'));
    parser.on('error', (error) => stop(new Problem('malformed-body', { message: (error as Error).message })));
    parser.on('finish', resolve);
    request.on('aborted', () => {
      const error = new Problem('malformed-body', { message: 'the request broke off' });
      parser.destroy(error);
      stop(error);
    });
    request.pipe(parser);
  })
    // A file may be found wanting only after the last byte of the form.
    .then(() => Promise.all(pending))
    .catch((error: unknown) => {
      parser.destroy();
      throw error instanceof DocumentRefused ? documentProblem(error, store.maxBytes) : error;
    });

  const documents: BroughtDocument[] = [];
  for (const document of stored) {
    if (document && !documents.some(({ sha256 }) => sha256 === document.sha256)) documents.push(document);
  }
  return { fields, documents };
}

export function tooLarge(maxBytes: number): Problem {
  const [unit, bytes] = maxBytes < 1024 * 1024 ? (['KiB', 1024] as const) : (['MiB', 1024 * 1024] as const);
  const most = `${String(Math.floor((maxBytes / bytes) * 10) / 10)} ${unit}`;
  return new Problem('upload-too-large', {
    errors: [
      {
        path: 'file',
        message: { zh: '文件过大', en: 'is too large' },
        cure: { zh: `每个文件不超过 ${most}`, en: `at most ${most} a file` },
      },
    ],
  });
}

function documentProblem({ code }: DocumentRefused, maxBytes: number): Problem {
  return code === 'upload-too-large' ? tooLarge(maxBytes) : new Problem(code);
}
