import PDFDocument from 'pdfkit';
import { PDF_FONTS } from '../../activities/pdf-fonts.ts';
import { chartSvg } from './chart.ts';
import type { Block, Cell, Column, ReportDocument, Table } from './document.ts';
import { cellText } from './figure-text.ts';
import { momentText } from './moment.ts';
import { drawSvg } from './pdf-drawing.ts';

const MARGIN = { top: 56, bottom: 64, left: 56, right: 56 };
const INK = '#1f2937';
const SOFT = '#4b5563';
const LINE = '#d5dae1';
const BLUE = '#2b6cb0';
const SIZE = 10;
const PADDING = 3;
/** A table that is shorter than this stays on one page. */
const WHOLE = 380;
/** So much wider than others is the column that names the rows. */
const FIRST = 1.6;
/** No column of words is narrower. */
const LEAST = 66;

type Document = PDFKit.PDFDocument;

/** The report as a PDF (A4) with its fonts inside and page numbers; the same bytes for the same report. */
export async function reportPdf(said: ReportDocument): Promise<Buffer> {
  const report = said.language === 'en' ? withPlainQuotes(said) : said;
  const made = new Date(report.madeAtMs);
  const doc = new PDFDocument({
    size: 'A4',
    margins: MARGIN,
    bufferPages: true,
    lang: report.language === 'zh' ? 'zh-Hans' : 'en',
    displayTitle: true,
    info: {
      Title: `${report.title} ${report.subtitle}`,
      Creator: 'Abide',
      Producer: 'Abide',
      CreationDate: made,
      ModDate: made,
    },
  });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((done, failed) => {
    doc.on('end', done);
    doc.on('error', failed);
  });
  doc.registerFont('regular', PDF_FONTS.regular);
  doc.registerFont('bold', PDF_FONTS.bold);
  write(doc, report);
  number(doc, report);
  doc.end();
  await ended;
  return Buffer.concat(chunks);
}

/** The face sets curly quotes as wide as a Chinese character: English takes the straight ones. */
function withPlainQuotes<T>(value: T): T {
  if (typeof value === 'string') return value.replace(/[‘’]/g, "'").replace(/[“”]/g, '"') as T;
  if (Array.isArray(value)) return value.map(withPlainQuotes) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withPlainQuotes(inner)])) as T;
}

function write(
  doc: Document,
  { title, subtitle, facts, summary, sections, madeAtMs, zone, language }: ReportDocument,
): void {
  doc.font('bold').fontSize(20).fillColor(INK).text(title);
  doc.font('regular').fontSize(13).fillColor(SOFT).text(subtitle);
  doc.moveDown(0.6);
  factList(doc, facts);
  if (summary.length > 0) {
    doc.moveDown(0.6);
    const top = doc.y;
    doc
      .font('bold')
      .fontSize(SIZE + 0.5)
      .fillColor(INK);
    for (const sentence of summary) doc.text(sentence, MARGIN.left + 12, doc.y, { width: widthOf(doc) - 12 });
    doc.rect(MARGIN.left, top, 3, doc.y - top).fill(BLUE);
    doc.x = MARGIN.left;
  }
  for (const section of sections) {
    room(doc, 50 + leastOf(doc, section.blocks[0]));
    doc.moveDown(1);
    doc.font('bold').fontSize(13).fillColor(INK).text(section.title, MARGIN.left);
    const under = doc.y + 2;
    doc
      .moveTo(MARGIN.left, under)
      .lineTo(MARGIN.left + widthOf(doc), under)
      .lineWidth(1.2)
      .stroke(BLUE);
    doc.y = under + 6;
    for (const one of section.blocks) block(doc, one);
  }
  doc.moveDown(1);
  doc
    .font('regular')
    .fontSize(8.5)
    .fillColor(SOFT)
    .text(momentText(madeAtMs, zone, language), MARGIN.left);
}

/** What a section's first block needs on the page of its title. */
function leastOf(doc: Document, one: Block | undefined): number {
  if (one?.kind === 'bars' || one?.kind === 'trend') return sizeOf(doc, chartSvg(one));
  if (one?.kind !== 'table') return 40;
  const tall = tallOf(doc, one);
  return tall < WHOLE ? tall : 60;
}

/** How tall a chart is on the page. */
function sizeOf(doc: Document, svg: string): number {
  const [, full = '1', tall = '1'] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  return (Number(tall) * widthOf(doc)) / Number(full) + 6;
}

function block(doc: Document, one: Block): void {
  switch (one.kind) {
    case 'text':
      for (const text of one.paragraphs) {
        doc.font('regular').fontSize(SIZE).fillColor(INK);
        doc.text(text, MARGIN.left, doc.y, { width: widthOf(doc), lineGap: 2 });
        doc.moveDown(0.4);
      }
      return;
    case 'facts':
      return factList(doc, one.rows);
    case 'table':
      return table(doc, one);
    case 'bars':
    case 'trend': {
      const svg = chartSvg(one);
      room(doc, sizeOf(doc, svg));
      doc.font('regular');
      const top = doc.y;
      const height = drawSvg(doc, svg, { x: MARGIN.left, y: top, width: widthOf(doc) });
      doc.x = MARGIN.left;
      doc.y = top + height + 6;
      return;
    }
    case 'blank':
      for (let line = 0; line < one.lines; line += 1) {
        room(doc, 26);
        const at = doc.y + 24;
        doc
          .moveTo(MARGIN.left, at)
          .lineTo(MARGIN.left + widthOf(doc), at)
          .lineWidth(0.7)
          .stroke(LINE);
        doc.y = at;
      }
      doc.moveDown(0.5);
  }
}

function factList(doc: Document, rows: readonly [string, Cell][]): void {
  const label = 140;
  for (const [name, cell] of rows) {
    const text = cellText(cell);
    const width = widthOf(doc) - label;
    doc.font('regular').fontSize(SIZE);
    const height = Math.max(doc.heightOfString(name, { width: label - 8 }), doc.heightOfString(text, { width }));
    room(doc, height + 2);
    const top = doc.y;
    doc.fillColor(SOFT).text(name, MARGIN.left, top, { width: label - 8 });
    doc.fillColor(INK).text(text, MARGIN.left + label, top, { width });
    doc.x = MARGIN.left;
    doc.y = top + height + 2;
  }
}

/** Lines that are repeated on each page that a table runs over; a row is never split. */
function table(doc: Document, { caption, columns, rows }: Table): void {
  const widths = widthsOf(doc, columns);
  const tall = tallOf(doc, { columns, rows });
  room(doc, tall < WHOLE ? tall : 60);
  doc.font('regular').fontSize(9).fillColor(SOFT);
  doc.text(caption, MARGIN.left, doc.y, { width: widthOf(doc) });
  doc.y += 3;
  const labels = columns.map(({ label }) => label);
  line(doc, labels, columns, widths, true);
  for (const row of rows) {
    const texts = row.map(cellText);
    if (doc.y + heightOf(doc, texts, widths, false) > bottom(doc)) {
      doc.addPage();
      line(doc, labels, columns, widths, true);
    }
    line(doc, texts, columns, widths, false);
  }
  doc.x = MARGIN.left;
  doc.y += 8;
}

/** With its caption. */
function tallOf(doc: Document, { columns, rows }: Pick<Table, 'columns' | 'rows'>): number {
  const widths = widthsOf(doc, columns);
  return [columns.map(({ label }) => label), ...rows.map((row) => row.map(cellText))]
    .map((texts, index) => heightOf(doc, texts, widths, index === 0))
    .reduce((sum, height) => sum + height, 20);
}

function line(doc: Document, texts: string[], columns: Column[], widths: number[], head: boolean): void {
  const height = heightOf(doc, texts, widths, head);
  const top = doc.y;
  if (head) doc.rect(MARGIN.left, top, widthOf(doc), height).fill('#f3f5f8');
  let x = MARGIN.left;
  texts.forEach((text, index) => {
    const width = widths[index] ?? 0;
    doc
      .font(head ? 'bold' : 'regular')
      .fontSize(8.5)
      .fillColor(INK);
    doc.text(text, x + PADDING, top + PADDING, {
      width: width - 2 * PADDING,
      align: columns[index]?.kind === 'text' ? 'left' : 'right',
    });
    x += width;
  });
  doc
    .moveTo(MARGIN.left, top + height)
    .lineTo(MARGIN.left + widthOf(doc), top + height)
    .lineWidth(0.7)
    .stroke(LINE);
  doc.x = MARGIN.left;
  doc.y = top + height;
}

function heightOf(doc: Document, texts: string[], widths: number[], head: boolean): number {
  doc.font(head ? 'bold' : 'regular').fontSize(8.5);
  const heights = texts.map((text, index) => doc.heightOfString(text, { width: (widths[index] ?? 0) - 2 * PADDING }));
  return Math.max(...heights, 9) + 2 * PADDING;
}

/** Words take what figures leave, the first column most of it. */
function widthsOf(doc: Document, columns: Column[]): number[] {
  const full = widthOf(doc);
  const needs = columns.map(({ kind }) => ({ text: 0, figure: 62, interval: 84 })[kind]);
  const parts = columns.map(({ kind }, index) => (kind === 'text' ? (index === 0 ? FIRST : 1) : 0));
  const figures = needs.reduce((sum, need) => sum + need, 0);
  const words = parts.reduce<number>((sum, part) => sum + part, 0);
  const part = Math.max((full - figures) / Math.max(words, 1), words === 0 ? 0 : LEAST);
  const squeeze = figures === 0 ? 1 : (full - part * words) / figures;
  return needs.map((need, index) => need * squeeze + part * (parts[index] ?? 0));
}

function room(doc: Document, height: number): void {
  if (doc.y + height > bottom(doc)) doc.addPage();
}

function bottom(doc: Document): number {
  return doc.page.height - MARGIN.bottom;
}

function widthOf(doc: Document): number {
  return doc.page.width - MARGIN.left - MARGIN.right;
}

/** At the foot of every page: what the report is, and which page of how many. */
function number(doc: Document, { footer, pageOf }: ReportDocument): void {
  const { start, count } = doc.bufferedPageRange();
  for (let index = start; index < start + count; index += 1) {
    doc.switchToPage(index);
    doc.page.margins.bottom = 0; // writing below the margin would begin another page
    const y = doc.page.height - 40;
    doc.font('regular').fontSize(8).fillColor(SOFT);
    doc.text(footer, MARGIN.left, y, { width: widthOf(doc) - 80, lineBreak: false, ellipsis: true, height: 12 });
    doc.text(pageOf(index + 1, count), MARGIN.left, y, { width: widthOf(doc), align: 'right', lineBreak: false });
    doc.page.margins.bottom = MARGIN.bottom;
  }
}
