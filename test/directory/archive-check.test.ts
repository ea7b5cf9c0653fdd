import { expect, test } from 'vitest';
import { checkArchive } from '../../activities/archive-check.ts';
import { workbookOf, zipOf } from '../support/zip.ts';

const LIMITS = { entries: 10, totalBytes: 4 * 1024 * 1024, ratio: 100 };
const megabyte = Buffer.alloc(1024 * 1024, 'a');

test('a workbook is let through', async () => {
  await expect(checkArchive(workbookOf([['组织'], ['甲公司']]), LIMITS)).resolves.toContain('xl/workbook.xml');
});

test.each([
  ['too many entries', Array.from({ length: 11 }, (_, n) => ({ name: String(n), content: '' })), 'archive-entries'],
  [
    'more than it may be unpacked',
    Array.from({ length: 5 }, (_, n) => ({ name: String(n), content: megabyte })),
    'archive-size',
  ],
  [
    'a bomb: a thousand times as large unpacked',
    [{ name: 'a', content: Buffer.alloc(3 * 1024 * 1024) }],
    'archive-ratio',
  ],
  ['an entry that is longer than announced', [{ name: 'a', content: megabyte, announced: 10 }], 'archive-size'],
  ['an entry that is shorter than announced', [{ name: 'a', content: 'a', announced: 1000 }], 'archive-unreadable'],
  ['an encrypted entry', [{ name: 'a', content: 'a', encrypted: true }], 'archive-encrypted'],
  ['a path upwards', [{ name: '../a', content: 'a' }], 'archive-path'],
  ['a path from the root', [{ name: '/etc/passwd', content: 'a' }], 'archive-path'],
  ["a path with Windows' separators", [{ name: '..\\a', content: 'a' }], 'archive-path'],
  [
    'a name that stands twice',
    [
      { name: 'a', content: 'a' },
      { name: 'a', content: 'b' },
    ],
    'archive-path',
  ],
])('%s is refused', async (_name, entries, code) => {
  await expect(checkArchive(zipOf(entries), LIMITS)).rejects.toMatchObject({ name: 'ArchiveRefused', code });
});

test('what is no zip, or is cut off, is refused', async () => {
  await expect(checkArchive(Buffer.from('PK\x03\x04'), LIMITS)).rejects.toMatchObject({ code: 'archive-unreadable' });
  const whole = workbookOf([['a']]);
  await expect(checkArchive(whole.subarray(0, -30), LIMITS)).rejects.toMatchObject({ code: 'archive-unreadable' });
});
