import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CustomerRow } from '../api/customers/customer-file.ts';
import { readCustomers } from '../api/customers/customer-file.ts';
import type { Problem } from '../templates/problem.ts';
import { readTable } from './answers.ts';

export type { CustomerRow };

/**
 * The customers of a scenario, by the rules of the directory's import; what is wrong stands under
 * `customers[row 3].email`, the first row below the header being row 1.
 */
export function customersInFile(name: string, folder: string): { customers: CustomerRow[]; problems: Problem[] } {
  const file = resolve(folder, name);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return { customers: [], problems: [missing(name)] };
  const table = readTable(readFileSync(file), 'customers');
  if ('problems' in table) return { customers: [], problems: table.problems };
  const rows = table.rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const { customers, errors } = readCustomers({ ...table, rows });
  const places = rows.map(({ line }) => line);
  return {
    customers,
    problems: errors.map(({ line, column, code, message, cure }) => {
      const row = places.indexOf(line);
      const path = `customers${row < 1 ? '' : `[row ${row}]`}${column === null ? '' : `.${column}`}`;
      return { path, code, message, cure };
    }),
  };
}

function missing(name: string): Problem {
  return {
    path: 'customers',
    code: 'file-not-found',
    message: { zh: `找不到文件 ${name}`, en: `there is no file ${name}` },
    cure: { zh: '路径相对于剧本文件', en: 'paths start at the scenario’s folder' },
  };
}
