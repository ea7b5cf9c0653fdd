import { crc32 } from 'node:zlib';

/**
 * The container of a bundle: a ZIP (APPNOTE.TXT 6.3) whose entries are stored, not compressed, without a time, a comment
 * or an extra field. So every byte of it follows from the names and the contents: nothing hides in it, nothing unpacks to
 * more than it is, and whatever is changed shows. Every common program opens it.
 */
export interface Entry {
  path: string;
  bytes: Buffer;
}

/** Bytes that can be read from any place. */
export interface Source {
  size: number;
  read(at: number, length: number): Buffer;
}

/** What stands in a container and should not stand there: from which byte on, and what about it. */
export interface ContainerFault {
  at: number;
  path: string;
  message: string;
}

/** A bundle would be larger than its container can hold. */
export class BundleTooLarge extends Error {
  override name = 'BundleTooLarge';
  readonly code = 'bundle-too-large';
}

const LOCAL = 'PK\x03\x04';
const CENTRAL = 'PK\x01\x02';
const LOCAL_BYTES = 30;
const MOST_BYTES = 0xffff_ffff;
const MOST_ENTRIES = 0xfffe;
/** Names of ours: folders and files of letters, digits, `.`, `_` and `-`; never a way out of the folder. */
const PATH = /^(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

interface Placed {
  path: string;
  crc: number;
  size: number;
  at: number;
}

export function bufferSource(bytes: Buffer): Source {
  return { size: bytes.length, read: (at, length) => bytes.subarray(at, at + length) };
}

/**
 * Writes a container, entry by entry.
 *
 * @throws BundleTooLarge above 4 GiB or 65,534 entries
 */
export async function* packed(entries: AsyncIterable<Entry> | Iterable<Entry>): AsyncGenerator<Buffer> {
  const placed: Placed[] = [];
  let at = 0;
  for await (const { path, bytes } of entries) {
    if (!PATH.test(path)) throw new Error(`${path} is no name for an entry`);
    const one = { path, crc: crc32(bytes), size: bytes.length, at };
    const header = localHeader(one);
    placed.push(one);
    at += header.length + bytes.length;
    if (at > MOST_BYTES || placed.length > MOST_ENTRIES) throw new BundleTooLarge('a bundle has 4 GiB at most');
    yield header;
    yield bytes;
  }
  yield directory(placed, at);
}

/**
 * Reads a container from its first byte to its last and compares each that is not content with what `packed` writes.
 * Entries come one at a time, so that large ones need not be kept; the return value is what is wrong.
 */
export function* unpacked(source: Source): Generator<Entry, ContainerFault[]> {
  const faults: ContainerFault[] = [];
  const placed: Placed[] = [];
  const names = new Set<string>();
  let at = 0;
  const fault = (path: string, message: string, offset = at): void => void faults.push({ at: offset, path, message });
  while (source.read(at, 4).toString('latin1') === LOCAL) {
    const head = source.read(at, LOCAL_BYTES);
    const nameBytes = head.length === LOCAL_BYTES ? head.readUInt16LE(26) : 0;
    const size = head.length === LOCAL_BYTES ? head.readUInt32LE(18) : 0;
    const from = at + LOCAL_BYTES + nameBytes;
    const path = source.read(at + LOCAL_BYTES, nameBytes).toString('latin1');
    if (head.length < LOCAL_BYTES || from + size > source.size) {
      fault(PATH.test(path) ? path : '', 'the file is cut off within an entry');
      return faults;
    }
    if (!PATH.test(path) || names.has(path)) {
      fault('', names.has(path) ? `the name ${path} stands twice` : 'an entry has a name that no bundle has');
      return faults;
    }
    const bytes = source.read(from, size);
    const one = { path, crc: crc32(bytes), size, at };
    const differs = firstDifference(source.read(at, LOCAL_BYTES + nameBytes), localHeader(one));
    if (differs !== undefined) fault(path, 'the head of the entry differs', at + differs);
    placed.push(one);
    names.add(path);
    at = from + size;
    yield { path, bytes };
  }
  const wanted = directory(placed, at);
  const found = source.read(at, wanted.length);
  const differs = firstDifference(found, wanted);
  if (differs !== undefined) {
    const isDirectory = found.subarray(0, 4).toString('latin1') === CENTRAL;
    const isCut = at + found.length === source.size && found.length < wanted.length && differs === found.length;
    const what = isDirectory ? 'the directory of the entries differs' : 'an entry or the directory was to begin here';
    fault('', isCut ? 'the file is cut off' : what, at + differs);
  } else if (source.size > at + wanted.length) {
    fault('', `${source.size - at - wanted.length} bytes follow the end`, at + wanted.length);
  }
  return faults;
}

function firstDifference(a: Buffer, b: Buffer): number | undefined {
  if (a.equals(b)) return undefined;
  const index = a.findIndex((byte, place) => byte !== b[place]);
  return index === -1 ? Math.min(a.length, b.length) : index;
}

/** From the version needed to the end of the name's length: the part that both heads share. */
function common({ path, crc, size }: Placed): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0); // version 2.0
  fields.writeUInt16LE(0x0800, 2); // names in UTF-8
  fields.writeUInt16LE(0x0021, 8); // no time: 1980-01-01
  fields.writeUInt32LE(crc, 10);
  fields.writeUInt32LE(size, 14);
  fields.writeUInt32LE(size, 18);
  fields.writeUInt16LE(path.length, 22);
  return fields;
}

function localHeader(one: Placed): Buffer {
  return Buffer.concat([Buffer.from(LOCAL, 'latin1'), common(one), Buffer.from(one.path, 'latin1')]);
}

function directory(placed: readonly Placed[], at: number): Buffer {
  const heads = placed.map((one) => {
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(one.at, 10);
    return Buffer.concat([Buffer.from(`${CENTRAL}\x14\x00`, 'latin1'), common(one), rest, Buffer.from(one.path)]);
  });
  const central = Buffer.concat(heads);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(placed.length, 8);
  end.writeUInt16LE(placed.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...heads, end]);
}
