import type { Prisma } from '../../prisma/generated/client.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { accountSubject, personSubject } from '../privacy/access-log.ts';
import { namesOfAccounts, namesOfPersons, withNames } from '../privacy/person-data.ts';
import * as schemas from '../privacy/schemas.ts';
import { route } from '../route.ts';

const DAY_MS = 86_400_000;

export const listAccessLog = route({
  id: 'listAccessLog',
  method: 'get',
  path: '/access-log',
  summary: 'Who looked at people’s data and documents, newest first',
  access: 'access-log.read',
  query: schemas.accessLogQuery,
  answers: { 200: { description: 'One page', schema: schemas.accessLogPage } },
  handle: async ({ deps: { database }, query }) => {
    const { limit, cursor, person, by, agreement, action, from, until } = query;
    const conditions: Prisma.AccessLogWhereInput[] = [];
    if (cursor !== undefined) {
      const [atMs, id] = readCursor(cursor, ['instant', 'uuid']);
      const at = new Date(atMs);
      conditions.push({ OR: [{ at: { lt: at } }, { at, id: { lt: id } }] });
    }
    if (person !== undefined) conditions.push({ subject: personSubject(person) });
    if (by !== undefined) conditions.push({ actor: { path: ['personId'], equals: by } });
    if (agreement !== undefined) conditions.push({ agreementId: agreement });
    if (action !== undefined) conditions.push({ action });
    if (from !== undefined) conditions.push({ at: { gte: new Date(Date.parse(from)) } });
    if (until !== undefined) conditions.push({ at: { lt: new Date(Date.parse(until) + DAY_MS) } });
    const rows = await database.accessLog.findMany({
      where: { AND: conditions },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      take: limit + 1,
    });
    const shown = await withNames(database, rows.slice(0, limit));
    const subjects = await subjectNames(database, shown);
    const items = shown.map(({ name, actor, at, subject, ...row }) => ({
      ...row,
      at: at.toISOString(),
      subject,
      subjectName: subjects.get(subject) ?? null,
      actor: { ...(actor as Prisma.JsonObject), name },
    }));
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return { status: 200, body: { items, nextCursor: last ? writeCursor([last.at.getTime(), last.id]) : null } };
  },
});

/** Names of the people and accounts that lines are about, by subject. */
async function subjectNames(database: Prisma.TransactionClient, rows: readonly { subject: string }[]) {
  const ids = (kind: string): string[] =>
    rows.flatMap(({ subject }) => (subject.startsWith(`${kind}/`) ? subject.slice(kind.length + 1) : []));
  const persons = await namesOfPersons(database, ids('person'));
  const accounts = await namesOfAccounts(database, ids('account'));
  return new Map([
    ...[...persons].map(([id, name]): [string, string] => [personSubject(id), name]),
    ...[...accounts].map(([id, name]): [string, string] => [accountSubject(id), name]),
  ]);
}
