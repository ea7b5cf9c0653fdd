import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import { ArchiveRefused, checkArchive } from './archive-check.ts';

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

const BY_EXTENSION: Record<string, DocumentType> = {
  '.pdf': 'application/pdf',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.txt': 'text/plain',
  '.csv': 'text/csv',
};

/** The part that every such package has by its standard (ECMA-376). */
const MAIN_PART: Partial<Record<DocumentType, string>> = {
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'word/document.xml',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xl/workbook.xml',
};

/** Programs in a package: VBA, Excel 4 macros, ActiveX. */
const MACROS = /(?:^|\/)vba(?:project|data)|^xl\/macrosheets\/|\/activex\//i;

export type KindRefusalCode = 'unsupported-type' | 'type-mismatch' | 'document-macros' | 'document-unreadable';

/** Why a file is not taken, or its type. */
export type Judgement = { type: DocumentType } | { refused: KindRefusalCode; message: string };

/** Looks at a file while it comes, and judges it when it is there. */
export interface KindReader {
  look(bytes: Buffer): void;
  /** @param path of the whole file */
  judge(path: string, declaredName: string): Promise<Judgement>;
}

const HEAD_BYTES = 4100; // what file-type asks for

/**
 * The name's extension says what a file claims to be, and its bytes have to agree: signatures by file-type, text by its
 * encoding (UTF-8 or GB18030, no control characters), packages by the entries of their zip, which is checked before
 * anybody unpacks it. What could be read as two kinds at once is none.
 */
export function createKindReader(): KindReader {
  let head = Buffer.alloc(0);
  const text = createTextCheck();
  return {
    look(bytes) {
      if (head.length < HEAD_BYTES) head = Buffer.concat([head, bytes]).subarray(0, HEAD_BYTES);
      text.look(bytes);
    },
    async judge(path, declaredName) {
      const type = BY_EXTENSION[extname(declaredName).toLowerCase()];
      if (!type) return { refused: 'unsupported-type', message: 'the name has none of the extensions that are taken' };
      if (type === 'text/plain' || type === 'text/csv') {
        const isOther = await isSigned(head);
        return text.holds() && !isOther ? { type } : mismatch('the file is no text');
      }
      const part = MAIN_PART[type];
      if (part !== undefined)
        return head.subarray(0, 4).equals(LOCAL_ENTRY) ? judgePackage(path, type, part) : mismatch();
      if ((await fileTypeFromBuffer(head))?.mime !== type) return mismatch();
      return (await endsAsZip(path)) ? mismatch('the file is a zip as well') : { type };
    },
  };
}

const LOCAL_ENTRY = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
const END_OF_DIRECTORY = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;

function mismatch(message = 'the bytes are not what the name says'): Judgement {
  return { refused: 'type-mismatch', message };
}

/** Two letters begin many a text ("BM", "MZ"), and no bitmap or program is without control characters. */
const TWO_LETTERS = ['image/bmp', 'application/x-msdownload'];

async function isSigned(head: Buffer): Promise<boolean> {
  const found = await fileTypeFromBuffer(head);
  return found !== undefined && !TWO_LETTERS.includes(found.mime);
}

async function judgePackage(path: string, type: DocumentType, part: string): Promise<Judgement> {
  let names: string[];
  try {
    names = await checkArchive(path);
  } catch (error) {
    if (!(error instanceof ArchiveRefused)) throw error;
    return { refused: 'document-unreadable', message: error.code };
  }
  if (names.some((name) => MACROS.test(name))) return { refused: 'document-macros', message: 'it brings programs' };
  const others = Object.values(MAIN_PART).filter((other) => other !== part);
  return names.includes(part) && !names.some((name) => others.includes(name)) ? { type } : mismatch();
}

/** Whether a program that unpacks would take the file for a zip: those look for its directory from the end (APPNOTE 4.3.16). */
async function endsAsZip(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const tail = Buffer.alloc(Math.min(size, END_BYTES + LONGEST_COMMENT));
    await file.read(tail, 0, tail.length, size - tail.length);
    for (
      let at = tail.lastIndexOf(END_OF_DIRECTORY);
      at >= 0;
      at = at > 0 ? tail.lastIndexOf(END_OF_DIRECTORY, at - 1) : -1
    ) {
      if (tail.length - at >= END_BYTES && tail.readUInt16LE(at + 20) === tail.length - at - END_BYTES) return true;
    }
    return false;
  } finally {
    await file.close();
  }
}

interface TextCheck {
  look(bytes: Buffer): void;
  holds(): boolean;
}

function createTextCheck(): TextCheck {
  const candidates = ['utf-8', 'gb18030'].map((label) => ({
    decoder: new TextDecoder(label, { fatal: true }),
    fits: true,
  }));
  let isPlain = true;
  return {
    look(bytes) {
      // In both encodings a byte below 0x20 is a control character of its own, never a part of another.
      if (
        isPlain &&
        bytes.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d)
      ) {
        isPlain = false;
      }
      if (isPlain) candidates.forEach((candidate) => decode(candidate, bytes));
    },
    holds() {
      if (!isPlain) return false;
      candidates.forEach((candidate) => decode(candidate));
      return candidates.some(({ fits }) => fits);
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
