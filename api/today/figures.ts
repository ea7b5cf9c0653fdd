import { Prisma } from '../../prisma/generated/client.ts';
import type { ApiDeps } from '../deps.ts';
import { ownAgreements } from '../principal.ts';

interface Count {
  status: string;
  count: number;
}

/**
 * How many agreements and obligations there are by status: of all from the totals that are kept with every change; of one's
 * own agreements, counted.
 */
export async function figuresFor(
  deps: Pick<ApiDeps, 'database' | 'clock'>,
  ownOf: string | null,
): Promise<{ agreements: Count[]; obligations: Count[] }> {
  const rows = ownOf === null ? await kept(deps) : await counted(deps, await ownAgreements(deps, ownOf));
  const of = (what: string): Count[] =>
    rows
      .filter((row) => row.what === what && row.count > 0)
      .map(({ status, count }) => ({ status, count }))
      .sort((a, b) => (a.status < b.status ? -1 : 1));
  return { agreements: of('agreement'), obligations: of('obligation') };
}

type Row = Count & { what: string };

function kept({ database }: Pick<ApiDeps, 'database'>): Promise<Row[]> {
  return database.$queryRaw<Row[]>`
    SELECT what, status, sum(count)::int AS count FROM tally GROUP BY what, status`;
}

function counted({ database }: Pick<ApiDeps, 'database'>, own: readonly string[]): Promise<Row[]> {
  const ids = Prisma.sql`ANY (${own}::uuid[])`;
  return database.$queryRaw<Row[]>`
    SELECT 'agreement' AS what, status, count(*)::int AS count FROM agreement WHERE id = ${ids} GROUP BY status
    UNION ALL
    SELECT 'obligation', status, count(*)::int FROM obligation WHERE agreement_id = ${ids} GROUP BY status`;
}
