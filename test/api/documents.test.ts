import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DocumentStore, openDocumentStore } from '../../activities/documents.ts';

let folder: string;
let store: DocumentStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'abide-documents-'));
  store = openDocumentStore(folder, { maxBytes: 1000 });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = (name: string, ...chunks: (Buffer | string)[]) =>
  store.put(Readable.from(chunks.map((chunk) => Buffer.from(chunk as string))), name);
const zip = Buffer.from([0x50, 0x4b, 0x03, 0x04]);

test.each([
  ['PDF', ['%PDF-1.7 …'], 'application/pdf'],
  ['PNG', [Buffer.from([0x89, 0x50, 0x4e, 0x47]), Buffer.from([0x0d, 0x0a, 0x1a, 0x0a, 0])], 'image/png'],
  ['JPEG', [Buffer.from([0xff, 0xd8, 0xff, 0xe0])], 'image/jpeg'],
  [
    'DOCX, the name cut in two',
    [zip, '....word/docu', 'ment.xml'],
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ],
  ['XLSX', [zip, 'xl/workbook.xml'], 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['UTF-8, a character cut in two', [Buffer.from([0xe8, 0xae]), Buffer.from([0xa1])], 'text/plain'],
  ['GB18030', [Buffer.from([0xbc, 0xc6, 0xbb, 0xae])], 'text/plain'],
])('%s is taken for what it is', async (_name, chunks, type) => {
  expect((await put('a.pdf', ...chunks)).type).toBe(type);
});

test.each([
  ['a program', [Buffer.from([0x4d, 0x5a, 0x90, 0x00])], 'unsupported-type'],
  ['another zip', [zip, 'a.txt'], 'unsupported-type'],
  ['bytes that are no text', [Buffer.from([0xff, 0xff, 0x41])], 'unsupported-type'],
  ['nothing', [], 'file-empty'],
  ['too much', ['x'.repeat(600), 'x'.repeat(600)], 'upload-too-large'],
])('%s is refused and leaves nothing', async (_name, chunks, code) => {
  await expect(put('a.pdf', ...chunks)).rejects.toMatchObject({ code });
  expect(await readdir(join(folder, 'incoming'))).toEqual([]);
});

test('an upload that breaks off leaves nothing', async () => {
  const broken = new Readable({ read: () => undefined });
  const stored = store.put(broken, 'a.txt');
  broken.push('half');
  setTimeout(() => broken.destroy(new Error('gone')), 20);
  await expect(stored).rejects.toThrow('gone');
  expect(await readdir(join(folder, 'incoming'))).toEqual([]);
});

test('a file is kept under its hash; missing, altered, and mended by the same bytes', async () => {
  const { sha256, size, type } = await put('a.csv', 'a,b');
  expect([size, type, await store.check(sha256)]).toEqual([3, 'text/csv', 'ok']);
  const path = join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  await writeFile(path, 'a;b');
  expect(await store.check(sha256)).toBe('altered');
  await put('b.csv', 'a,b');
  expect(await store.check(sha256)).toBe('ok');
  await rm(path);
  expect(await store.check(sha256)).toBe('missing');
  expect(() => store.open('../../etc/passwd')).toThrow();
});
