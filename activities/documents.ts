import { createHash, randomUUID, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type DocumentType, type KindReader, type KindRefusalCode, createKindReader } from './document-kind.ts';
import type { KillPoint } from './kill-points.ts';

export type DocumentRefusalCode = 'upload-too-large' | 'file-empty' | 'storage-full' | KindRefusalCode;

/** A document is not taken; nothing of it is left behind. */
export class DocumentRefused extends Error {
  override name = 'DocumentRefused';
  readonly code: DocumentRefusalCode;

  constructor(code: DocumentRefusalCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export interface StoredDocument {
  sha256: string;
  /** Bytes. */
  size: number;
  type: DocumentType;
}

/** Files by what is in them: `<dir>/ab/cd/<sha256>`, written once, never changed. */
export interface DocumentStore {
  /** Largest document taken, in bytes. */
  maxBytes: number;
  /** Takes a document. @throws DocumentRefused */
  put(stream: Readable, declaredName: string): Promise<StoredDocument>;
  /** The bytes, unchecked: ask `check` first. */
  open(sha256: string): Readable;
  /** Reads the whole file and compares it with its name. */
  check(sha256: string): Promise<'ok' | 'missing' | 'altered'>;
  /** A store beside it for one thing, `<dir>/apart/<id>`, whose files can be removed: no other thing shares them. */
  apart(id: string, maxBytes?: number): RemovableStore;
}

export type RemovableStore = Omit<DocumentStore, 'apart'> & {
  /** Removes its files; once more, nothing happens. */
  remove(): Promise<void>;
};

/** Opens the store in `dir` (made on first use). `maxBytes` bounds one document. */
export function openDocumentStore(
  dir: string,
  { maxBytes, killPoint }: { maxBytes: number; killPoint?: KillPoint },
): DocumentStore {
  const pathOf = (sha256: string): string => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('a document is named by 64 hex digits');
    return join(dir, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  };

  async function check(sha256: string): Promise<'ok' | 'missing' | 'altered'> {
    const hash = createHash('sha256');
    try {
      for await (const chunk of createReadStream(pathOf(sha256))) hash.update(chunk as Buffer);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'missing';
      throw error;
    }
    return hash.digest('hex') === sha256 ? 'ok' : 'altered';
  }

  async function put(stream: Readable, declaredName: string): Promise<StoredDocument> {
    const incoming = join(dir, 'incoming');
    await mkdir(incoming, { recursive: true, mode: 0o700 });
    const draft = join(incoming, randomUUID());
    try {
      const stored = await receive(stream, draft, declaredName, maxBytes);
      const path = pathOf(stored.sha256);
      const folder = join(path, '..');
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await rename(draft, path); // the same bytes over the same bytes, or over an altered file
      await syncFolder(folder);
      killPoint?.('document:stored');
      return stored;
    } catch (error) {
      await rm(draft, { force: true });
      const { code } = error as NodeJS.ErrnoException;
      // EFBIG: a limit on a file's size that is smaller than maxBytes.
      if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') {
        throw new DocumentRefused('storage-full', 'the disk of the documents is full', { cause: error });
      }
      throw error;
    }
  }

  return {
    maxBytes,
    put,
    check,
    open: (sha256) => createReadStream(pathOf(sha256)),
    apart: (id, most = maxBytes) => {
      if (!/^[0-9a-f-]{36}$/.test(id)) throw new Error('what lies apart is named by a UUID');
      const folder = join(dir, 'apart', id);
      const own = openDocumentStore(folder, { maxBytes: Math.min(most, maxBytes) });
      return { ...own, remove: () => rm(folder, { recursive: true, force: true }) };
    },
  };
}

async function receive(
  stream: Readable,
  draft: string,
  declaredName: string,
  maxBytes: number,
): Promise<StoredDocument> {
  const file = await open(draft, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    const kind = createKindReader();
    const size = await copy(stream, file, hash, kind, maxBytes);
    if (size === 0) throw new DocumentRefused('file-empty', 'the file is empty');
    const judged = await kind.judge(draft, declaredName);
    if ('refused' in judged) throw new DocumentRefused(judged.refused, judged.message);
    await file.sync();
    return { sha256: hash.digest('hex'), size, type: judged.type };
  } finally {
    await file.close();
  }
}

async function copy(
  stream: Readable,
  file: FileHandle,
  hash: Hash,
  kind: KindReader,
  maxBytes: number,
): Promise<number> {
  let size = 0;
  for await (const chunk of stream) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > maxBytes) throw new DocumentRefused('upload-too-large', `the file has more than ${maxBytes} bytes`);
    hash.update(bytes);
    kind.look(bytes);
    for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at)).bytesWritten;
  }
  return size;
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
