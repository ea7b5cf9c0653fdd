import { Readable } from 'node:stream';
import type { Database } from '../../prisma/database.ts';
import type { Language } from '../problem.ts';
import { COLUMNS, COLUMN_TITLES } from './columns.ts';
import { neutralised } from './formula.ts';
import { branchesOf, pathOf } from './tree.ts';

const BYTE_ORDER_MARK = '\uFEFF';
/** People that one read of the database brings. */
const PAGE = 2_000;

/**
 * The directory as CSV (RFC 4180, UTF-8 with a byte order mark, so that Excel reads it), one row a person, and one for
 * an organisation without people. What a spreadsheet would take for a formula is neutralised. An import of it changes
 * nothing. Left out: who has left or was erased, and what is archived.
 */
export function directoryCsv(database: Database, language: Language): Readable {
  return Readable.from(lines(database, language));
}

async function* lines(database: Database, language: Language): AsyncGenerator<string> {
  yield csvHead(COLUMNS.map((column) => COLUMN_TITLES[column][language]));
  const organisations = await database.organisation.findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }] });
  const branches = branchesOf(organisations);
  const place = (id: string): [string, string] => {
    const branch = branches.get(id);
    return branch ? [branch.name, branch.parent ? pathOf(branch.parent) : ''] : ['', ''];
  };
  const present = { leftOn: null, erasedAt: null };
  for (const { id } of await database.organisation.findMany({
    where: { archivedAt: null, persons: { none: present } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  })) {
    yield csvLine([...place(id), '', '', '', '']);
  }
  for (let after: string | undefined; ;) {
    const persons = await database.person.findMany({
      where: { ...present, organisation: { archivedAt: null } },
      orderBy: [{ organisation: { name: 'asc' } }, { email: 'asc' }, { id: 'asc' }],
      take: PAGE,
      ...(after === undefined ? {} : { cursor: { id: after }, skip: 1 }),
    });
    for (const { organisationId, name, email, language: speaks, zone } of persons) {
      yield csvLine([...place(organisationId), name, email, speaks, zone]);
    }
    after = persons.at(-1)?.id;
    if (persons.length < PAGE) return;
  }
}

/** The first line of a file, after its byte order mark. */
export function csvHead(titles: readonly string[]): string {
  return BYTE_ORDER_MARK + csvLine(titles);
}

/** One line (RFC 4180), with what a spreadsheet would take for a formula neutralised. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => quoted(neutralised(cell))).join(',')}\r\n`;
}

function quoted(cell: string): string {
  return /[",\r\n']|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
