import { finished } from 'node:stream/promises';
import { type Entry, type ZipFile, fromBufferPromise, openPromise } from 'yauzl';

/** What a zip may be. Sizes are bytes after unpacking; `ratio` is unpacked to packed, asked of what is larger than 1 MiB. */
export interface ArchiveLimits {
  entries: number;
  totalBytes: number;
  ratio: number;
}

/** Room for a workbook or a text of a few hundred pages with pictures, and none for a bomb. */
export const ARCHIVE_LIMITS: ArchiveLimits = { entries: 2_000, totalBytes: 128 * 1024 * 1024, ratio: 200 };

const RATIO_FROM_BYTES = 1024 * 1024;

export type ArchiveRefusalCode =
  'archive-unreadable' | 'archive-encrypted' | 'archive-path' | 'archive-entries' | 'archive-size' | 'archive-ratio';

/** A zip is not opened. */
export class ArchiveRefused extends Error {
  override name = 'ArchiveRefused';
  readonly code: ArchiveRefusalCode;

  constructor(code: ArchiveRefusalCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Reads a zip through once, keeping nothing, before anybody unpacks it: how many entries, how large they are, no name
 * that leads elsewhere or stands twice, nothing encrypted. What the directory announces is judged first, so a bomb is
 * refused before a byte of it is unpacked; then each entry is unpacked into nowhere, because an announcement may lie.
 *
 * @param source a file's path, or its bytes
 * @returns the entries' names
 * @throws ArchiveRefused
 */
export async function checkArchive(source: string | Buffer, limits: ArchiveLimits = ARCHIVE_LIMITS): Promise<string[]> {
  const options = { lazyEntries: true, autoClose: false, strictFileNames: true, validateEntrySizes: true };
  let zip: ZipFile | undefined;
  try {
    zip = await (typeof source === 'string' ? openPromise(source, options) : fromBufferPromise(source, options));
    const entries = await announced(zip, limits);
    for (const entry of entries) await readThrough(zip, entry);
    return entries.map(({ fileName }) => fileName);
  } catch (error) {
    throw error instanceof ArchiveRefused ? error : refusedBy(error);
  } finally {
    zip?.close();
  }
}

async function announced(zip: ZipFile, { entries: most, totalBytes, ratio }: ArchiveLimits): Promise<Entry[]> {
  if (zip.entryCount > most) throw new ArchiveRefused('archive-entries', `more than ${most} entries`);
  const entries: Entry[] = [];
  const names = new Set<string>();
  let unpacked = 0;
  let packed = 0;
  for await (const entry of zip.eachEntry()) {
    entries.push(entry);
    unpacked += entry.uncompressedSize;
    packed += entry.compressedSize;
    if (entries.length > most) throw new ArchiveRefused('archive-entries', `more than ${most} entries`);
    if (unpacked > totalBytes) throw new ArchiveRefused('archive-size', `more than ${totalBytes} bytes unpacked`);
    if (entry.isEncrypted()) throw new ArchiveRefused('archive-encrypted', 'an entry is encrypted');
    if (names.has(entry.fileName)) throw new ArchiveRefused('archive-path', 'a name stands twice');
    names.add(entry.fileName);
  }
  // Entries that lie in one another announce more than the file has room for, and count as often as they are named.
  if (unpacked > RATIO_FROM_BYTES && unpacked > ratio * Math.min(packed, zip.fileSize)) {
    throw new ArchiveRefused('archive-ratio', `more than ${ratio} times as large unpacked`);
  }
  return entries;
}

/** yauzl ends the stream with an error where an entry is longer or shorter than announced. */
async function readThrough(zip: ZipFile, entry: Entry): Promise<void> {
  if (entry.fileName.endsWith('/')) return;
  const stream = await zip.openReadStreamPromise(entry);
  await finished(stream.resume());
}

/** yauzl has no codes: of names it says what is wrong with the path. */
function refusedBy(error: unknown): ArchiveRefused {
  const message = error instanceof Error ? error.message : String(error);
  const isPath = /absolute path|invalid relative path|invalid characters in fileName/.test(message);
  if (/too many bytes/.test(message)) return new ArchiveRefused('archive-size', message, { cause: error });
  return new ArchiveRefused(isPath ? 'archive-path' : 'archive-unreadable', message, { cause: error });
}
