import { escaped, zipOf } from '../ledger/workbook.ts';

const NAMESPACE = 'http://schemas.openxmlformats.org';
const MAIN = `${NAMESPACE}/spreadsheetml/2006/main`;
const RELATIONS = `${NAMESPACE}/officeDocument/2006/relationships`;
const OFFICE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

export const XLSX = `${OFFICE}.sheet`;

/** How cells look: plain text, the head of a table, what explains it, an example. */
const STYLES = { text: 1, head: 2, hint: 3, example: 4 } as const;
export type Style = keyof typeof STYLES;

/** A sheet of texts. Cells are inline strings in the format "text": no spreadsheet takes them for formulas or for numbers. */
export interface Sheet {
  name: string;
  rows: readonly { cells: readonly string[]; style: Style }[];
  /** Rows at the top that stay in sight. */
  frozen?: number;
  /** Width of each column, in characters. */
  widths?: readonly number[];
  /** Where one of a list is chosen: in column `column` (from 0), rows `from` to `until` (from 1). */
  lists?: readonly { column: number; from: number; until: number; source: string }[];
}

/** A workbook (ECMA-376) of sheets. */
export function workbookOfSheets(sheets: readonly Sheet[]): Buffer {
  return zipOf([
    [
      '[Content_Types].xml',
      `<Types xmlns="${NAMESPACE}/package/2006/content-types">` +
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
        `<Override PartName="/xl/workbook.xml" ContentType="${OFFICE}.sheet.main+xml"/>` +
        `<Override PartName="/xl/styles.xml" ContentType="${OFFICE}.styles+xml"/>` +
        sheets
          .map(
            (_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${OFFICE}.worksheet+xml"/>`,
          )
          .join('') +
        '</Types>',
    ],
    [
      '_rels/.rels',
      `<Relationships xmlns="${NAMESPACE}/package/2006/relationships">` +
        `<Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>` +
        sheets
          .map(({ name }, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`)
          .join('') +
        '</sheets></workbook>',
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${NAMESPACE}/package/2006/relationships">` +
        sheets
          .map(
            (_, at) =>
              `<Relationship Id="rId${at + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
          )
          .join('') +
        `<Relationship Id="rId${sheets.length + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    ],
    ['xl/styles.xml', STYLE_SHEET],
    ...sheets.map((sheet, at) => [`xl/worksheets/sheet${at + 1}.xml`, sheetXml(sheet)] as const),
  ]);
}

/** `numFmtId` 49 is "text". */
const STYLE_SHEET =
  `<styleSheet xmlns="${MAIN}">` +
  '<fonts count="3"><font><sz val="11"/><name val="Calibri"/></font>' +
  '<font><b/><sz val="11"/><name val="Calibri"/></font>' +
  '<font><i/><sz val="10"/><color rgb="FF5D6B6D"/><name val="Calibri"/></font></fonts>' +
  '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' +
  '<fill><patternFill patternType="solid"><fgColor rgb="FFE2EFEF"/></patternFill></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>' +
  '<xf numFmtId="49" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>' +
  '<xf numFmtId="49" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1" applyNumberFormat="1"/></cellXfs>' +
  '</styleSheet>';

function sheetXml({ rows, frozen = 0, widths = [], lists = [] }: Sheet): string {
  const pane =
    frozen === 0
      ? ''
      : `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${frozen}" topLeftCell="A${frozen + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`;
  const columns = widths.map(
    (width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" style="${STYLES.text}" customWidth="1"/>`,
  );
  const cells = rows.map(({ cells: texts, style }, at) => {
    const row = String(at + 1);
    const written = texts.map((text, column) =>
      text === ''
        ? ''
        : `<c r="${columnName(column)}${row}" s="${STYLES[style]}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`,
    );
    return `<row r="${row}">${written.join('')}</row>`;
  });
  const choices = lists.map(
    ({ column, from, until, source }) =>
      `<dataValidation type="list" allowBlank="1" showErrorMessage="0" sqref="${columnName(column)}${from}:${columnName(column)}${until}"><formula1>${escaped(source)}</formula1></dataValidation>`,
  );
  return (
    `<worksheet xmlns="${MAIN}">${pane}` +
    (columns.length > 0 ? `<cols>${columns.join('')}</cols>` : '') +
    `<sheetData>${cells.join('')}</sheetData>` +
    (choices.length > 0 ? `<dataValidations count="${choices.length}">${choices.join('')}</dataValidations>` : '') +
    '</worksheet>'
  );
}

/** A, B, … Z, AA, … of a column from 0. */
export function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter;
}
