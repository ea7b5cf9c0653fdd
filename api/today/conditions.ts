import { THIRD } from '../../domain/agreement/parties.ts';
import { AWAITED_KINDS } from '../../domain/awaited/awaited.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { agreementFilter, filterSql } from '../agreements/filter.ts';
import type { ApiDeps } from '../deps.ts';
import { type Access, COORDINATOR_SEAT, type Principal, reachOf } from '../policy.ts';
import { ownAgreements } from '../principal.ts';
import type { TodayKind, TodayQuery } from './schema.ts';

/** Who asks, and what of it is theirs to see. */
export interface Reader {
  principal: Principal;
  /** Where they may see their own agreements alone: the person that these are of. */
  ownOf: string | null;
}

/** What reading a kind needs beside the agreement itself (api/policy.ts). */
const NEEDS: Partial<Record<TodayKind, Access>> = {
  case: 'cases.read',
  evaluation: 'evaluations.read',
  risk: 'record.read',
  task: 'tasks.read',
};

/** The kinds that are asked for, as far as the reader may see them. */
export function kindsFor({ principal, ownOf }: Reader, { kind }: TodayQuery, all: readonly TodayKind[]): TodayKind[] {
  return all.filter((one) => {
    if (kind !== undefined && !kind.includes(one)) return false;
    if (one === 'draft') return ownOf === null; // nobody is seated yet
    return reachOf(NEEDS[one] ?? 'agreements.read', principal) !== 'none';
  });
}

/** Whether a coordinator's acts are the reader's own. */
export function coordinates(principal: Principal): boolean {
  return reachOf('agreements.manage', principal) === 'all';
}

/**
 * Whether what row `a` waits for is the reader's to do: by their seat, by that of their party, as a stand-in today, by name,
 * or as a coordinator.
 */
export function mineSql({ principal }: Reader, nowMs: number): Prisma.Sql {
  const desk = coordinates(principal) ? Prisma.sql`${COORDINATOR_SEAT} = ANY (a.waits_for)` : Prisma.sql`FALSE`;
  const personId = principal.kind === 'account' ? principal.personId : null;
  if (personId === null) return desk;
  return Prisma.sql`(${desk} OR ${`person:${personId}`} = ANY (a.waits_for)
    OR EXISTS (SELECT FROM seat WHERE seat.agreement_id = a.agreement_id AND seat.person_id = ${personId}::uuid
      AND (seat.seat = ANY (a.waits_for) OR (seat.seat = seat.party AND seat.seat = ANY (a.parties))))
    OR EXISTS (SELECT FROM delegation AS d JOIN agreement AS g ON g.id = d.agreement_id
      WHERE d.agreement_id = a.agreement_id AND d.deputy_id = ${personId}::uuid AND d.ended_at IS NULL
        AND d.seat = ANY (a.waits_for) AND (cardinality(d.obligations) = 0 OR split_part(a.about, '#', 1) = ANY (d.obligations))
        AND to_char(${new Date(nowMs)}::timestamptz AT TIME ZONE g.zone, 'YYYY-MM-DD') BETWEEN d."from" AND d.until))`;
}

/**
 * Whether what has no time set is listed as the reader's to do. Of those who see everything a coordinator's own alone is, which
 * an index holds, word for word (prisma/migrations, awaited_of_the_desk): rows are many, and theirs few.
 */
export function yoursSql(reader: Reader, nowMs: number): Prisma.Sql {
  if (reader.ownOf !== null) return mineSql(reader, nowMs);
  return coordinates(reader.principal) ? Prisma.sql`'coordinator' = ANY (a.waits_for)` : Prisma.sql`FALSE`;
}

/** What of `awaited AS a` the reader sees and asks for; undefined: none of it. */
export async function awaitedSql(
  deps: Pick<ApiDeps, 'database' | 'clock'>,
  reader: Reader,
  query: TodayQuery,
): Promise<Prisma.Sql | undefined> {
  const kinds = kindsFor(reader, query, AWAITED_KINDS);
  if (kinds.length === 0) return undefined;
  const conditions = [await seenSql(deps, reader), ...(await searchSql(deps, query, Prisma.sql`a.agreement_id`))];
  if (kinds.length < AWAITED_KINDS.length) conditions.push(Prisma.sql`a.kind = ANY (${kinds}::text[])`);
  const { who } = query;
  if (who === 'mine') conditions.push(mineSql(reader, deps.clock()));
  else if (who !== undefined) conditions.push(Prisma.sql`(${who} = ANY (a.waits_for) OR ${who} = ANY (a.parties))`);
  return Prisma.join(conditions, ' AND ');
}

/**
 * Their own agreements, with evaluations where they have to do something; a third party, who sees nothing of the agreement,
 * its own engagement.
 */
async function seenSql(deps: Pick<ApiDeps, 'database' | 'clock'>, reader: Reader): Promise<Prisma.Sql> {
  const { ownOf } = reader;
  if (ownOf === null) return Prisma.sql`TRUE`;
  const own = await ownAgreements(deps, ownOf);
  return Prisma.sql`(
    (a.agreement_id = ANY (${own}::uuid[]) AND (a.kind <> 'evaluation' OR ${mineSql(reader, deps.clock())}))
    OR (a.kind = 'engagement' AND ${THIRD} = ANY (a.parties) AND EXISTS (SELECT FROM seat
      WHERE seat.agreement_id = a.agreement_id AND seat.person_id = ${ownOf}::uuid AND seat.seat = ANY (a.waits_for))))`;
}

/** Of agreements that are found by these words. */
export async function searchSql(
  deps: Pick<ApiDeps, 'database' | 'clock'>,
  { search = '' }: TodayQuery,
  id: Prisma.Sql,
): Promise<Prisma.Sql[]> {
  if (search.trim() === '') return [];
  const found = await filterSql(deps, agreementFilter.parse({ search }), null);
  return [Prisma.sql`${id} IN (SELECT agreement.id FROM agreement WHERE ${found})`];
}
