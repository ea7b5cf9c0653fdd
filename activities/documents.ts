import { createHash, randomUUID, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { KillPoint } from './kill-points.ts';

/** The only kinds of document that are taken. */
export const DOCUMENT_TYPES = [
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'image/png',
  'image/jpeg',
  'text/plain',
  'text/csv',
] as const;

export type DocumentType = (typeof DOCUMENT_TYPES)[number];

export type DocumentRefusalCode = 'upload-too-large' | 'unsupported-type' | 'file-empty' | 'storage-full';

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
}

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

  return { maxBytes, put, check, open: (sha256) => createReadStream(pathOf(sha256)) };
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
    const sniffer = createSniffer();
    const size = await copy(stream, file, hash, sniffer, maxBytes);
    if (size === 0) throw new DocumentRefused('file-empty', 'the file is empty');
    const type = sniffer.type(declaredName);
    if (!type) throw new DocumentRefused('unsupported-type', 'the file is none of the kinds that are taken');
    await file.sync();
    return { sha256: hash.digest('hex'), size, type };
  } finally {
    await file.close();
  }
}

async function copy(
  stream: Readable,
  file: FileHandle,
  hash: Hash,
  sniffer: Sniffer,
  maxBytes: number,
): Promise<number> {
  let size = 0;
  for await (const chunk of stream) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > maxBytes) throw new DocumentRefused('upload-too-large', `the file has more than ${maxBytes} bytes`);
    hash.update(bytes);
    sniffer.look(bytes);
    for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at)).bytesWritten;
  }
  return size;
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

interface Sniffer {
  look(bytes: Buffer): void;
  type(declaredName: string): DocumentType | undefined;
}

const SIGNATURES: [Buffer, DocumentType][] = [
  [Buffer.from('%PDF-'), 'application/pdf'],
  [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), 'image/png'],
  [Buffer.from([0xff, 0xd8, 0xff]), 'image/jpeg'],
];
const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
/** The part that every such package has by its standard (ECMA-376), named in the zip's directory. */
const PACKAGE_PARTS: [string, DocumentType][] = [
  ['word/document.xml', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xl/workbook.xml', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
];
const OVERLAP = 32;

/** Tells the type from the bytes alone; the declared name only tells CSV from other text. */
function createSniffer(): Sniffer {
  let head = Buffer.alloc(0);
  let tail = '';
  let part: DocumentType | undefined;
  const decoders = ['utf-8', 'gb18030'].map((label) => ({
    decoder: new TextDecoder(label, { fatal: true }),
    fits: true,
  }));
  let isPlain = true;

  return {
    look(bytes) {
      if (head.length < 8) head = Buffer.concat([head, bytes.subarray(0, 8)]).subarray(0, 8);
      if (!part && head.subarray(0, 4).equals(ZIP)) {
        const window = tail + bytes.toString('latin1');
        part = PACKAGE_PARTS.find(([name]) => window.includes(name))?.[1];
        tail = window.slice(-OVERLAP);
      }
      // In both encodings a byte below 0x20 is a control character of its own, never a part of another.
      if (
        isPlain &&
        bytes.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d)
      ) {
        isPlain = false;
      }
      if (isPlain) decoders.forEach((candidate) => decode(candidate, bytes));
    },
    type(declaredName) {
      const signed = SIGNATURES.find(([signature]) => head.subarray(0, signature.length).equals(signature));
      if (signed) return signed[1];
      if (part) return part;
      if (!isPlain) return undefined;
      decoders.forEach((candidate) => decode(candidate));
      if (!decoders.some(({ fits }) => fits)) return undefined;
      return /\.csv$/i.test(declaredName) ? 'text/csv' : 'text/plain';
    },
  };
}

function decode(candidate: { decoder: InstanceType<typeof TextDecoder>; fits: boolean }, bytes?: Buffer): void {
  if (!candidate.fits) return;
  try {
    candidate.decoder.decode(bytes, { stream: bytes !== undefined });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    candidate.fits = false;
  }
}
