import { Big } from 'big.js';
import Excel from 'exceljs';
import type { Block, Cell, Column, Figure, ReportDocument, Table } from './document.ts';
import { cellText } from './figure-text.ts';
import { momentText } from './moment.ts';

const FORMATS: Record<Figure['unit'], string> = { count: '0', score: '0.00', share: '0.0%', nps: '0.0' };

/** Characters that a sheet's name must not bear, and how long it may be. */
const SHEET_NAME = /[\\/?*[\]:]/g;
const SHEET_LENGTH = 31;

/**
 * The report as a workbook: first what it says, then a sheet for each table. Numbers are numbers with all their decimals;
 * words are text whatever they begin with, so that nothing in them is ever calculated.
 */
export async function reportXlsx(report: ReportDocument): Promise<Buffer> {
  const book = new Excel.Workbook();
  book.creator = 'Abide';
  book.title = `${report.title} ${report.subtitle}`;
  book.created = new Date(report.madeAtMs);
  book.modified = new Date(report.madeAtMs);
  const names: string[] = [];
  writeOverview(book.addWorksheet(sheetName(report.title, names)), report);
  const tables = report.sections.flatMap(({ blocks }) => blocks.filter((one): one is Table => one.kind === 'table'));
  for (const table of tables) writeTable(book.addWorksheet(sheetName(table.caption, names)), table, report.language);
  return withoutClock(Buffer.from(await book.xlsx.writeBuffer()));
}

/** End of the central directory, and what is where in it and in an entry of it, of a ZIP file (APPNOTE 4.3.12, 4.3.16). */
const ZIP = { end: 0x06054b50, entries: 10, directory: 16, entry: 46, name: 28, extra: 30, comment: 32, local: 42 };
/** 1980-01-01 00:00, the first moment that a ZIP file knows. */
const EPOCH = 0x00210000;

/** The parts of a workbook bear the moment at which they were packed: without it the same report is the same bytes. */
function withoutClock(zip: Buffer): Buffer {
  let end = zip.length - 22;
  while (zip.readUInt32LE(end) !== ZIP.end) end -= 1;
  let at = zip.readUInt32LE(end + ZIP.directory);
  for (let left = zip.readUInt16LE(end + ZIP.entries); left > 0; left--) {
    zip.writeUInt32LE(EPOCH, at + 12);
    zip.writeUInt32LE(EPOCH, zip.readUInt32LE(at + ZIP.local) + 10);
    at += ZIP.entry + [ZIP.name, ZIP.extra, ZIP.comment].reduce((sum, field) => sum + zip.readUInt16LE(at + field), 0);
  }
  return zip;
}

function writeOverview(sheet: Excel.Worksheet, report: ReportDocument): void {
  const { title, subtitle, facts, summary, sections, footer, madeAtMs, zone, language } = report;
  sheet.columns = [{ width: 32 }, { width: 18 }, { width: 60 }];
  const line = (cells: Cell[], bold = false): void => {
    const row = sheet.addRow([]);
    cells.forEach((cell, index) => write(row.getCell(index + 1), cell));
    if (bold) row.font = { bold: true };
    row.alignment = { vertical: 'top' };
  };
  line([title], true);
  line([subtitle]);
  for (const [label, cell] of facts) line([label, cell]);
  for (const sentence of summary) line([sentence]);
  for (const section of sections) {
    const shown = section.blocks.filter(({ kind }) => kind === 'text' || kind === 'facts');
    if (shown.length === 0) continue;
    line([]);
    line([section.title], true);
    for (const one of shown) for (const cells of linesOf(one)) line(cells);
  }
  line([]);
  line([footer]);
  line([momentText(madeAtMs, zone, language)]);
}

function linesOf(block: Block): Cell[][] {
  if (block.kind === 'text') return block.paragraphs.map((text) => [text]);
  return block.kind === 'facts' ? block.rows.map(([label, cell]) => [label, cell]) : [];
}

function writeTable(sheet: Excel.Worksheet, { columns, rows }: Table, language: ReportDocument['language']): void {
  const head = sheet.addRow([]);
  columns
    .flatMap((column) => labelsOf(column, language))
    .forEach((label, index) => write(head.getCell(index + 1), label));
  head.font = { bold: true };
  head.alignment = { wrapText: true, vertical: 'top' };
  for (const cells of rows) {
    const row = sheet.addRow([]);
    cells
      .flatMap((cell, index) => spread(cell, columns[index]))
      .forEach((cell, index) => write(row.getCell(index + 1), cell));
  }
  columns
    .flatMap(({ kind }) => (kind === 'text' ? [28] : kind === 'figure' ? [12] : [12, 12]))
    .forEach((width, index) => {
      sheet.getColumn(index + 1).width = width;
    });
  sheet.views = [{ state: 'frozen', ySplit: 1 }];
}

/** An interval takes two columns. */
function labelsOf({ label, kind }: Column, language: ReportDocument['language']): string[] {
  if (kind !== 'interval') return [label];
  return language === 'zh' ? [`${label}下限`, `${label}上限`] : [`${label}, low`, `${label}, high`];
}

function spread(cell: Cell, column: Column | undefined): Cell[] {
  if (column?.kind !== 'interval') return [cell];
  if (cell === null || typeof cell === 'string' || 'value' in cell) return [cell, null];
  return [
    { value: cell.low, unit: cell.unit },
    { value: cell.high, unit: cell.unit },
  ];
}

function write(target: Excel.Cell, cell: Cell): void {
  if (cell === null) return;
  if (typeof cell !== 'string' && 'value' in cell) {
    target.value = new Big(cell.value).toNumber();
    target.numFmt = FORMATS[cell.unit];
    return;
  }
  const text = cellText(cell);
  // Text is stored as text; the apostrophe keeps it text where the file is saved as CSV or pasted elsewhere (CWE-1236).
  target.value = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  target.numFmt = '@';
}

function sheetName(caption: string, taken: string[]): string {
  const base = caption.replace(SHEET_NAME, ' ').replace(/^'|'$/g, '').trim() || 'Sheet';
  let name = base.slice(0, SHEET_LENGTH);
  for (let number = 2; taken.includes(name.toLowerCase()); number += 1) {
    name = `${base.slice(0, SHEET_LENGTH - 3)} ${number}`;
  }
  taken.push(name.toLowerCase());
  return name;
}
