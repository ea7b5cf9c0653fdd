import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DocumentStore, openDocumentStore } from '../../activities/documents.ts';
import { workbookOf, zipOf } from '../support/zip.ts';

let folder: string;
let store: DocumentStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'abide-documents-'));
  store = openDocumentStore(folder, { maxBytes: 3000 });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = (name: string, ...chunks: (Buffer | string)[]) =>
  store.put(Readable.from(chunks.map((chunk) => Buffer.from(chunk as string))), name);
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a, 0x46, 0x49, 0x46]);
const workbook = workbookOf([['组织'], ['甲公司']]);
const packaged = (...names: string[]) => zipOf(names.map((name) => ({ name, content: '<x/>' })));
const WORD = 'word/document.xml';

test.each([
  ['a PDF', 'a.PDF', [Buffer.from('%PDF-1.7 …')], 'application/pdf'],
  ['a PNG in two pieces', 'a.png', [PNG.subarray(0, 3), PNG.subarray(3)], 'image/png'],
  ['a JPEG', 'a.jpeg', [JPEG], 'image/jpeg'],
  [
    'a DOCX',
    'a.docx',
    [packaged('[Content_Types].xml', WORD, 'word/embeddings/oleObject1.bin')],
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ],
  ['an XLSX', 'a.xlsx', [workbook], 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['UTF-8, a character cut in two', 'a.txt', [Buffer.from([0xe8, 0xae]), Buffer.from([0xa1])], 'text/plain'],
  ['GB18030', 'a.csv', [Buffer.from([0xbc, 0xc6, 0xbb, 0xae])], 'text/csv'],
  ['a text that begins like a bitmap', 'a.txt', ['BMW 4S 店客服月报'], 'text/plain'],
])('%s is taken for what it is', async (_name, name, chunks, type) => {
  expect((await put(name, ...chunks)).type).toBe(type);
});

test.each([
  ['a program that is called PDF', 'a.pdf', [Buffer.from([0x4d, 0x5a, 0x90, 0x00])], 'type-mismatch'],
  ['a PDF that is called text', 'a.txt', ['%PDF-1.7'], 'type-mismatch'],
  ['a text that is called PDF', 'a.pdf', ['hello'], 'type-mismatch'],
  ['a PNG that is called JPEG', 'a.jpg', [PNG], 'type-mismatch'],
  ['a signature with nothing behind it', 'a.png', [PNG.subarray(0, 9)], 'type-mismatch'],
  ['a workbook that is called DOCX', 'a.docx', [workbook], 'type-mismatch'],
  ['any zip that is called DOCX', 'a.docx', [packaged('a.txt')], 'type-mismatch'],
  ['a zip behind a script', 'a.docx', ['#!/bin/sh\n', packaged(WORD)], 'type-mismatch'],
  ['a page', 'a.html', ['<script>alert(1)</script>'], 'unsupported-type'],
  ['a picture with scripts', 'a.svg', ['<svg onload="alert(1)"/>'], 'unsupported-type'],
  ['a document with macros by its name', 'a.docm', [packaged(WORD)], 'unsupported-type'],
  ['two extensions, the last of which counts', 'a.pdf.exe', ['%PDF-1.7'], 'unsupported-type'],
  ['no extension', 'a', ['hello'], 'unsupported-type'],
  ['bytes that are no text', 'a.txt', [Buffer.from([0xff, 0xff, 0x41])], 'type-mismatch'],
  ['nothing', 'a.txt', [], 'file-empty'],
  ['too much', 'a.txt', ['x'.repeat(2000), 'x'.repeat(2000)], 'upload-too-large'],
])('%s is refused and leaves nothing', async (_name, name, chunks, code) => {
  await expect(put(name, ...chunks)).rejects.toMatchObject({ code });
  expect(await readdir(folder)).toEqual(['incoming']);
  expect(await readdir(join(folder, 'incoming'))).toEqual([]);
});

test.each([
  ['VBA in a DOCX', 'a.docx', [WORD, 'word/vbaProject.bin']],
  ['VBA under another spelling', 'a.docx', [WORD, 'word/VBAProject.BIN']],
  ['Excel 4 macros', 'a.xlsx', ['xl/workbook.xml', 'xl/macrosheets/sheet1.xml']],
  ['ActiveX', 'a.docx', [WORD, 'word/activeX/activeX1.xml']],
])('macros are refused: %s', async (_name, name, names) => {
  await expect(put(name, packaged(...names))).rejects.toMatchObject({ code: 'document-macros' });
  expect(await readdir(folder)).toEqual(['incoming']);
});

test.each([
  ['a bomb', [{ name: WORD, content: Buffer.alloc(2 * 1024 * 1024) }]],
  [
    'a path upwards',
    [
      { name: WORD, content: 'x' },
      { name: '../../etc/cron.d/x', content: 'x' },
    ],
  ],
  ['an encrypted part', [{ name: WORD, content: 'x', encrypted: true }]],
  ['a part longer than announced', [{ name: WORD, content: 'x'.repeat(5000), announced: 5 }]],
])('a zip is checked before it is kept: %s', async (_name, entries) => {
  await expect(put('a.docx', zipOf(entries))).rejects.toMatchObject({ code: 'document-unreadable' });
  expect(await readdir(folder)).toEqual(['incoming']);
});

test.each([
  ['a PDF', 'a.pdf', Buffer.from('%PDF-1.7\n')],
  ['a PNG', 'a.png', PNG],
  ['a JPEG', 'a.jpg', JPEG],
])('a file that is two kinds at once is none: %s that is a zip as well', async (_name, name, front) => {
  expect((await put(name, front)).size).toBe(front.length);
  await expect(put(name, front, packaged('evil.js'))).rejects.toMatchObject({ code: 'type-mismatch' });
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
});

test('the store reads and writes its own paths alone, whatever a name says', async () => {
  for (const name of ['../../etc/passwd', 'A'.repeat(64), `${'a'.repeat(64)}/x`, '', 'incoming']) {
    expect(() => store.open(name), name).toThrow('64 hex digits');
    await expect(store.check(name), name).rejects.toThrow('64 hex digits');
  }
  const { sha256 } = await put('../../../tmp/evil.txt', 'x');
  expect((await readdir(folder, { recursive: true })).toSorted()).toEqual(
    [
      'incoming',
      sha256.slice(0, 2),
      `${sha256.slice(0, 2)}/${sha256.slice(2, 4)}`,
      `${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`,
    ].toSorted(),
  );
});
