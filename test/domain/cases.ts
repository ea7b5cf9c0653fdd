import { readFileSync } from 'node:fs';

/** The lines of a case file as trimmed columns; comments and empty lines are left out. Throws on a line of other width. */
export function readCases(name: string, columns: number, separator: string | RegExp = '|'): string[][] {
  const text = readFileSync(new URL(`cases/${name}`, import.meta.url), 'utf8');
  const rows = text
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => line.split(separator).map((column) => column.trim()));
  for (const row of rows) {
    if (row.length !== columns) throw new Error(`${name}: ${columns} columns wanted: ${row.join(' | ')}`);
  }
  if (rows.length === 0) throw new Error(`${name}: no cases`);
  return rows;
}
