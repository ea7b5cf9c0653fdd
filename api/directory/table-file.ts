import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse/sync';
import { DocumentRefused, type StoredDocument } from '../../activities/documents.ts';
import { ArchiveRefused, checkArchive } from '../../activities/archive-check.ts';
import type { Text } from '../../domain/time.ts';
import { Problem } from '../problem.ts';
import { readWorkbook } from './workbook.ts';

/** Largest file of an import. */
export const MAX_TABLE_BYTES = 5 * 1024 * 1024;
/** Rows of an import, the header apart. */
export const MAX_TABLE_ROWS = 20_000;

/** A workbook of 20,000 rows is some 5 MB unpacked; its sheets repeat themselves, so it packs well. */
const WORKBOOK_LIMITS = { entries: 200, totalBytes: 64 * 1024 * 1024, ratio: 200 };
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
const DELIMITERS = [',', ';', '\t'];

/** A table that was brought along: read once, in memory, stored nowhere. */
export type TableFile = StoredDocument & { content: Buffer };

/** Where uploads go that are read and not kept; as far as a form needs a store. */
export const tableReader = {
  maxBytes: MAX_TABLE_BYTES,
  /** @throws DocumentRefused `upload-too-large`, `file-empty` */
  async put(stream: Readable): Promise<TableFile> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of stream) {
      size += (chunk as Buffer).length;
      if (size > MAX_TABLE_BYTES) throw new DocumentRefused('upload-too-large', `more than ${MAX_TABLE_BYTES} bytes`);
      chunks.push(chunk as Buffer);
    }
    if (size === 0) throw new DocumentRefused('file-empty', 'the file is empty');
    const content = Buffer.concat(chunks);
    const type = content.subarray(0, 4).equals(ZIP) ? XLSX : 'text/csv';
    return { sha256: createHash('sha256').update(content).digest('hex'), size, type, content };
  },
};

export interface TableRow {
  /** As people count in an editor or a spreadsheet: the header is line 1. */
  line: number;
  cells: string[];
}

export interface Table {
  format: 'xlsx' | 'utf-8' | 'gb18030';
  rows: TableRow[];
}

/**
 * The rows of a table that bear anything, the header first: the first sheet of a workbook (XLSX), or CSV in UTF-8 (with
 * or without a byte order mark), else GB18030 as Excel in Chinese writes it. Cells are text; a formula in a workbook is
 * the value that was last computed.
 *
 * @throws Problem `table-unreadable`, `archive-refused`, `table-too-long`
 */
export async function readTable({ content, type }: TableFile): Promise<Table> {
  const table = type === XLSX ? await readSheet(content) : readCsv(content);
  const rows = table.rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (rows.length > MAX_TABLE_ROWS + 1) {
    const most = String(MAX_TABLE_ROWS);
    throw new Problem('table-too-long', {
      errors: [
        {
          path: 'file',
          message: { zh: `超过 ${most} 行`, en: `has more than ${most} rows` },
          cure: { zh: `拆成每份不超过 ${most} 行`, en: `split it into files of at most ${most} rows` },
        },
      ],
    });
  }
  return { ...table, rows };
}

async function readSheet(content: Buffer): Promise<Table> {
  await checkArchive(content, WORKBOOK_LIMITS).catch((error: unknown) => {
    throw error instanceof ArchiveRefused ? archiveProblem(error) : error;
  });
  const read = await readWorkbook(content, MAX_TABLE_BYTES);
  if ('rows' in read) return { format: 'xlsx', rows: read.rows };
  if (read.refused === 'unreadable') {
    throw unreadable({ zh: '不是可读的 XLSX 工作簿', en: 'is no XLSX workbook that can be read' });
  }
  throw unreadable(
    { zh: '首个工作表过大', en: 'has a first sheet that is too large' },
    {
      zh: '只保留要导入的行和列，另存为 CSV UTF-8 后重试',
      en: 'keep the rows and columns that are to come in, save it as CSV UTF-8, and try again',
    },
  );
}

/** @throws Problem `archive-refused` that says which limit */
function archiveProblem({ code }: ArchiveRefused): Problem {
  const { entries, totalBytes, ratio } = WORKBOOK_LIMITS;
  const megabytes = String(totalBytes / 1024 / 1024);
  const limits = {
    zh: `须未加密，解压后不超过 ${megabytes} MiB、${String(entries)} 个文件，压缩比不超过 ${String(ratio)} 倍`,
    en: `at most ${megabytes} MiB unpacked, ${String(entries)} files, ${String(ratio)} times as large unpacked, not encrypted`,
  };
  return new Problem('archive-refused', {
    message: code,
    errors: [{ path: 'file', message: { zh: `未打开（${code}）`, en: `was not opened (${code})` }, cure: limits }],
  });
}

/** CSV alone, as `readTable` reads it. @throws Problem `table-unreadable` */
export function readCsv(content: Buffer): Table {
  const { format, text } = decode(content);
  const head = text.slice(0, text.search(/[\r\n]|$/));
  const count = (delimiter: string): number => head.split(delimiter).length;
  const delimiter = DELIMITERS.reduce((best, one) => (count(one) > count(best) ? one : best));
  try {
    const records = parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      to: MAX_TABLE_ROWS + 2,
      skip_empty_lines: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    // `lines` counts those that end with the record; one with line breaks in it is called by its last.
    return { format, rows: records.map(({ record, info }) => ({ line: info.lines, cells: record })) };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as CsvError & { lines?: number };
    throw unreadable({
      zh: `第 ${String(lines ?? 1)} 行的引号不成对`,
      en: `has a quotation mark on line ${String(lines ?? 1)} that is not closed`,
    });
  }
}

function decode(content: Buffer): { format: 'utf-8' | 'gb18030'; text: string } {
  if (content.includes(0)) throw unreadable({ zh: '不是文本文件', en: 'is no text' });
  for (const format of ['utf-8', 'gb18030'] as const) {
    try {
      return { format, text: new TextDecoder(format, { fatal: true }).decode(content) };
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  throw unreadable({ zh: '既非 UTF-8，也非 GB18030', en: 'is neither UTF-8 nor GB18030' });
}

const RESAVE = { zh: '另存为 CSV UTF-8 或 XLSX 后重试', en: 'save it as CSV UTF-8 or XLSX, and try again' };

function unreadable(message: Text, cure: Text = RESAVE): Problem {
  return new Problem('table-unreadable', { errors: [{ path: 'file', message, cure }] });
}
