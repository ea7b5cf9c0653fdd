import type { Template } from '../../templates/schema.ts';
import { columnsOf, headOf } from './columns.ts';
import { MOST_LINES } from './jobs.ts';
import { type Sheet, columnName, workbookOfSheets } from './workbook.ts';

type Language = 'zh' | 'en';

const SHEETS = { zh: ['协议', '选项'], en: ['Agreements', 'Choices'] } as const;
/** What explains the table stands above its rows and begins with this sign, so that it is not taken for one. */
const REMARK = '#';

/**
 * The table that agreements of a template are made from, as a workbook: one column for each thing that is asked for, below
 * it what it means and an example, and lists where something is chosen.
 */
export function templateFile(template: Template, language: Language): Buffer {
  const columns = columnsOf(template);
  const [name, choicesName] = SHEETS[language];
  const chosen = columns.flatMap((column, at) => (column.choices ? [{ at, choices: column.choices }] : []));
  const rows: Sheet['rows'] = [
    { style: 'head', cells: columns.map((column) => headOf(column, language)) },
    {
      style: 'hint',
      cells: columns.map(({ hint }, at) => (at === 0 ? `${REMARK} ${hint[language]}` : hint[language])),
    },
    { style: 'example', cells: columns.map(({ example }) => example[language]) },
  ];
  const first = rows.length + 1;
  const longest = Math.max(0, ...chosen.map(({ choices }) => choices.length));
  const main: Sheet = {
    name,
    rows,
    frozen: 1,
    widths: columns.map(({ title }) =>
      Math.min(40, Math.max(16, title[language].length * (language === 'zh' ? 2 : 1) + 4)),
    ),
    lists: chosen.map(({ at, choices }, index) => {
      const letter = columnName(index);
      const source = `'${choicesName}'!$${letter}$2:$${letter}$${String(choices.length + 1)}`;
      return { column: at, from: first, until: first + MOST_LINES - 1, source };
    }),
  };
  const lists: Sheet = {
    name: choicesName,
    rows: [
      { style: 'head', cells: chosen.map(({ at }) => columns[at]?.title[language] ?? '') },
      ...Array.from({ length: longest }, (_, row) => ({
        style: 'text' as const,
        cells: chosen.map(({ choices }) => choices[row]?.[language] ?? ''),
      })),
    ],
    widths: chosen.map(() => 24),
  };
  return workbookOfSheets(chosen.length > 0 ? [main, lists] : [main]);
}

/** Whether a row explains the table instead of being one of it. */
export function isRemark(firstCell: string): boolean {
  return firstCell.trim().startsWith(REMARK) || firstCell.trim().startsWith('＃');
}
