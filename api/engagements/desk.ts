import type { z } from 'zod';
import { THIRD } from '../../domain/agreement/parties.ts';
import type { Database } from '../../prisma/database.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { ApiDeps } from '../deps.ts';
import { type Principal, reachOf } from '../policy.ts';
import { ownAgreements } from '../principal.ts';
import { agreementNames } from '../process/agreement-names.ts';
import { engagementProcess } from '../process/rows.ts';
import type { engagementQuery, ownEngagements } from './schema.ts';
import { purposesOf, summaryOf } from './view.ts';

type List = z.output<typeof ownEngagements>;
type Asked = z.output<typeof engagementQuery>;

/**
 * Engagements of all agreements that somebody may see, the last that began first: of a third party its own alone.
 *
 * @param ownOf the person whose agreements they must be of, or whose engagements; null: all
 */
export async function engagementsSeenBy(
  deps: Pick<ApiDeps, 'database' | 'clock'>,
  { reader, ownOf, asked }: { reader: Principal; ownOf: string | null; asked: Asked },
): Promise<List> {
  const { database, clock } = deps;
  const own = ownOf === null ? null : await ownAgreements(deps, ownOf);
  const third = ownOf === null ? [] : await thirdIn(database, ownOf);
  const { ids, nextCursor } = await page(database, asked, own === null ? null : { agreements: own, third });
  const rows = await database.process.findMany({
    where: { id: { in: ids } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  });
  const processes = rows.map(engagementProcess);
  const agreementIds = [...new Set(rows.map(({ agreementId }) => agreementId))];
  const [purposeOf, names, thirds] = await Promise.all([
    purposesOf(database, processes),
    agreementNames(database, agreementIds),
    thirdNamesOf(database, agreementIds),
  ]);
  const readsAll = reachOf('record.read', reader) !== 'none';
  return {
    items: processes.flatMap((process) => {
      const { agreementId, workflowId } = process.row;
      const agreement = names.get(agreementId);
      if (!agreement) return [];
      const reads = readsAll || third.includes(workflowId);
      const nameOf = (seat: string): string | null => thirds.get(`${agreementId}/${seat}`) ?? null;
      const { id, title, zone } = agreement.shown;
      return [
        {
          ...summaryOf(agreement, process, { reads, nameOf, purposeOf, nowMs: clock() }),
          agreement: { id, title, zone, parties: third.includes(workflowId) ? [] : agreement.shown.parties },
        },
      ];
    }),
    nextCursor,
  };
}

// As the index has it, word for word (migration desks_over_all_agreements).
const OPEN = Prisma.sql`p.status NOT IN ('refused', 'withdrawn', 'closed')`;

async function page(
  database: Database,
  { limit, cursor, status, search }: Asked,
  own: { agreements: string[]; third: string[] } | null,
): Promise<{ ids: string[]; nextCursor: string | null }> {
  const where = [
    Prisma.sql`p.type = 'engagement'`,
    ...(own === null
      ? []
      : [Prisma.sql`(p.agreement_id = ANY(${own.agreements}::uuid[]) OR p.workflow_id = ANY(${own.third}))`]),
    ...(status === 'open'
      ? [OPEN]
      : status === 'over'
        ? [Prisma.sql`p.status IN ('refused', 'withdrawn', 'closed')`]
        : status === undefined
          ? []
          : [Prisma.sql`p.status = ${status}`]),
    ...(search
      ? [
          Prisma.sql`(position(lower(${search}) IN lower(p.reference)) > 0
            OR position(lower(${search}) IN lower(coalesce(p.text ->> 'purpose', ''))) > 0
            OR position(lower(${search}) IN lower(coalesce(p.text -> 'identity' ->> 'name', ''))) > 0)`,
        ]
      : []),
  ];
  if (cursor !== undefined) {
    const [createdAt, id] = readCursor(cursor, ['instant', 'uuid']);
    where.push(Prisma.sql`(p.created_at, p.id) < (${new Date(createdAt)}, ${id}::uuid)`);
  }
  const rows = await database.$queryRaw<{ id: string; createdAt: Date }[]>`
    SELECT p.id::text AS id, p.created_at AS "createdAt" FROM process p
    WHERE ${Prisma.join(where, ' AND ')} ORDER BY p.created_at DESC, p.id DESC LIMIT ${limit + 1}`;
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    ids: shown.map(({ id }) => id),
    nextCursor: rows.length > limit && last ? writeCursor([last.createdAt.getTime(), last.id]) : null,
  };
}

/** Workflow ids of the engagements whose third party a person is. */
async function thirdIn(database: Database, personId: string): Promise<string[]> {
  const rows = await database.$queryRaw<{ id: string }[]>`
    SELECT process.workflow_id AS id FROM process
    JOIN seat ON seat.agreement_id = process.agreement_id AND seat.seat = process.input ->> 'thirdSeat'
    WHERE process.type = 'engagement' AND seat.person_id = ${personId}::uuid`;
  return rows.map(({ id }) => id);
}

/** Organisations of whoever fills the seats of third parties, by `<agreement>/<seat>`. */
async function thirdNamesOf(database: Database, agreementIds: string[]): Promise<Map<string, string>> {
  const rows = await database.seat.findMany({
    where: { agreementId: { in: agreementIds }, seat: { startsWith: THIRD } },
    select: { agreementId: true, seat: true, person: { select: { organisation: { select: { name: true } } } } },
  });
  return new Map(rows.map(({ agreementId, seat, person }) => [`${agreementId}/${seat}`, person.organisation.name]));
}
