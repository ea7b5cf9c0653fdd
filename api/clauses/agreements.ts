import type { z } from 'zod';
import { Prisma } from '../../prisma/generated/client.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { ApiDeps } from '../deps.ts';
import { grouped } from '../grouped.ts';
import { ownAgreements } from '../principal.ts';
import { agreementNames } from '../process/agreement-names.ts';
import { matterTitle, templateOf } from '../views.ts';
import { bearingReferences, clauseView } from './listing.ts';
import type { clauseAgreements, clauseAgreementsQuery } from './schema.ts';

type List = z.output<typeof clauseAgreements>;
type Asked = z.output<typeof clauseAgreementsQuery>;

const RUNNING = ['awaiting-signatures', 'active', 'suspended'];
const OPEN = ['pending', 'in-review', 'rework', 'overdue'];
/** Duties of one agreement that are told. */
const SHOWN = 5;

/**
 * Running agreements that have a clause, newest first, with the open duties that rest on it.
 *
 * @param ownOf the person whose agreements they must be; null: all
 * @throws Problem `unknown-clause`
 */
export async function agreementsWith(
  deps: Pick<ApiDeps, 'database' | 'clock'>,
  { clause, asked: { limit, cursor }, ownOf }: { clause: string; asked: Asked; ownOf: string | null },
): Promise<List> {
  const { database } = deps;
  clauseView(clause);
  const bearing = bearingReferences(clause);
  const conditions = [
    Prisma.sql`template = ANY(${bearing.map(({ ref }) => ref)})`,
    Prisma.sql`status = ANY(${RUNNING})`,
  ];
  if (ownOf !== null) conditions.push(Prisma.sql`id = ANY(${await ownAgreements(deps, ownOf)}::uuid[])`);
  if (cursor !== undefined) {
    const [createdAt, id] = readCursor(cursor, ['instant', 'uuid']);
    conditions.push(Prisma.sql`(created_at, id) < (${new Date(createdAt)}, ${id}::uuid)`);
  }
  const ids = await database.$queryRaw<{ id: string }[]>`
    SELECT id::text AS id FROM agreement WHERE ${Prisma.join(conditions, ' AND ')}
    ORDER BY created_at DESC, id DESC LIMIT ${limit + 1}`;
  const shown = ids.slice(0, limit).map(({ id }) => id);
  const [rows, names, obligations] = await Promise.all([
    database.agreement.findMany({
      where: { id: { in: shown } },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      select: { id: true, template: true, status: true, inForceOn: true, createdAt: true },
    }),
    agreementNames(database, shown),
    database.obligation.findMany({
      where: {
        agreementId: { in: shown },
        status: { in: OPEN },
        id: { in: [...new Set(bearing.flatMap((one) => one.obligations))] },
      },
      orderBy: [{ dueAt: { sort: 'asc', nulls: 'last' } }, { position: 'asc' }],
    }),
  ]);
  const byAgreement = grouped(obligations, ({ agreementId }) => agreementId);
  const last = rows.at(-1);
  return {
    items: rows.flatMap((row) => {
      const { id, template, status, inForceOn } = row;
      const name = names.get(id);
      if (!name) return [];
      const known = templateOf(template);
      const resting = bearing.find(({ ref }) => ref === template)?.obligations ?? [];
      return {
        ...{ id, template, inForceOn, title: name.shown.title, parties: name.shown.parties },
        status: status as List['items'][number]['status'],
        obligations: (byAgreement.get(id) ?? [])
          .filter((one) => resting.includes(one.id))
          .slice(0, SHOWN)
          .map((one) => ({
            id: one.id,
            occurrence: one.occurrence === '' ? null : one.occurrence,
            title: matterTitle(known, one.occurrence === '' ? one.id : `${one.id}#${one.occurrence}`),
            status: one.status,
            localDate: one.localDate,
          })),
      };
    }),
    nextCursor: ids.length > limit && last ? writeCursor([last.createdAt.getTime(), last.id]) : null,
  };
}
