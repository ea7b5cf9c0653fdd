import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { readTable, tableReader } from '../../api/directory/table-file.ts';
import { sheetOf, workbookOf } from '../support/zip.ts';

const read = async (content: Buffer) => readTable(await tableReader.put(Readable.from([content])));
const cell = (place: string, text = 'a') => `<c r="${place}" t="inlineStr"><is><t>${text}</t></is></c>`;

test('a workbook is its first sheet: lines as a spreadsheet counts them, without what is empty', async () => {
  const table = await read(
    workbookOf([
      ['组织', '姓名', ''],
      ['', ''],
      ['甲公司', '李华', ' ', ''],
    ]),
  );
  expect(table).toEqual({
    format: 'xlsx',
    rows: [
      { line: 1, cells: ['组织', '姓名'] },
      { line: 3, cells: ['甲公司', '李华'] },
    ],
  });
});

/** 800 rows of one cell, 10,000 columns out: as CSV, eight million commas. */
function manyRows(): string {
  const rows = Array.from(
    { length: 800 },
    (_, at) => `<row r="${String(at + 1)}">${cell(`NTP${String(at + 1)}`)}</row>`,
  );
  return rows.join('');
}

test.each([
  ['two cells in opposite corners', `<row r="1">${cell('A1')}</row><row r="1048576">${cell('XFD1048576')}</row>`],
  ['the same, written with character references', `<row r="1048&#53;76">${cell('XF&#68;1048576')}</row>`],
  ['a column that no spreadsheet has', `<row r="1">${cell('ZZZZZZZZZ1')}</row>`],
  ['a row without end', `<row r="Infinity">${cell('A1')}</row>`],
  ['more cells than a CSV of five MiB has', manyRows()],
])('%s: refused, and the process lives', async (_what, rows) => {
  await expect(read(sheetOf(rows))).rejects.toMatchObject({
    code: 'table-unreadable',
    errors: [{ path: 'file', message: { en: 'has a first sheet that is too large' } }],
  });
});

test('what is no place in a sheet is no workbook', async () => {
  const refused = read(sheetOf(`<row r="1">${cell('???')}</row>`));
  await expect(refused).rejects.toMatchObject({ code: 'table-unreadable', errors: [{ path: 'file' }] });
});
