import { Readable } from 'node:stream';
import type { Database } from '../../prisma/database.ts';
import { csvHead, csvLine } from '../directory/export.ts';
import { branchesOf, pathOf } from '../directory/tree.ts';
import type { Language } from '../problem.ts';
import { CUSTOMER_COLUMNS, CUSTOMER_TITLES } from './columns.ts';

/** Customers that one read of the database brings. */
const PAGE = 2_000;

/**
 * Customers as CSV as the directory is exported: an import of it changes nothing. Left out: who is archived or was erased.
 * Who asked not to be surveyed is there, with what was agreed to before.
 */
export function customersCsv(database: Database, language: Language): Readable {
  return Readable.from(lines(database, language));
}

async function* lines(database: Database, language: Language): AsyncGenerator<string> {
  yield csvHead(CUSTOMER_COLUMNS.map((column) => CUSTOMER_TITLES[column][language]));
  const branches = branchesOf(await database.organisation.findMany());
  const place = (id: string | null): string => {
    const branch = id === null ? undefined : branches.get(id);
    return branch ? pathOf(branch) : '';
  };
  const answer = (given: boolean): string => (language === 'zh' ? (given ? '是' : '否') : given ? 'yes' : 'no');
  for (let after: string | undefined; ;) {
    const customers = await database.customer.findMany({
      where: { archivedAt: null, erasedAt: null },
      orderBy: { key: 'asc' },
      take: PAGE,
      ...(after === undefined ? {} : { cursor: { key: after }, skip: 1 }),
    });
    for (const one of customers) {
      const { key, name, contact, tier, segment, language: speaks, email, phone, address } = one;
      const cells = [key, name, contact, tier, place(one.branchId), place(one.departmentId), segment, speaks];
      const consents = [answer(one.surveyConsent), answer(one.promotionConsent)];
      yield csvLine([...cells, email, phone, address, ...consents].map((cell) => cell ?? ''));
    }
    after = customers.at(-1)?.key;
    if (customers.length < PAGE) return;
  }
}
