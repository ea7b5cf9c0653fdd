import type { Actor } from '../../domain/agreement/command.ts';
import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import { localDateAt } from '../../domain/zone.ts';
import type { ApiDeps } from '../deps.ts';
import { COORDINATOR_SEAT, type Principal, actorOf, reachOf } from '../policy.ts';
import { standInsOf } from '../principal.ts';
import { Problem } from '../problem.ts';

/** In what capacity a reader may act: as a seat, or as the coordinator for a side. */
export interface Capacity {
  as: string;
  onBehalfOf: string | null;
  actor: Actor;
}

/**
 * In which capacities somebody may enter an act of an agreement's process. Programs with API_KEY may in all.
 *
 * @param obligation the duty that a stand-in may be for alone
 */
export async function capacitiesOf(
  { database, clock }: Pick<ApiDeps, 'database' | 'clock'>,
  { agreementId, agreement, reader, obligation }: Asked,
): Promise<Capacity[]> {
  if (reachOf('agreements.act', reader) === 'none') return [];
  const [seats, standIns] = await Promise.all([
    database.seat.findMany({ where: { agreementId }, orderBy: { seat: 'asc' } }),
    standInsOf(database, agreementId),
  ]);
  const sides = [...new Set([...agreement.parties, ...Object.keys(agreement.seatParties ?? {})])];
  const on = localDateAt(agreement.zone, clock());
  const wanted = [
    ...seats.filter(({ seat }) => seat !== COORDINATOR_SEAT).map(({ seat }) => ({ as: seat, onBehalfOf: null })),
    { as: COORDINATOR_SEAT, onBehalfOf: null },
    ...sides.map((side) => ({ as: COORDINATOR_SEAT, onBehalfOf: side })),
  ];
  return wanted.flatMap(({ as, onBehalfOf }) => {
    const entry = { as, onBehalfOf: onBehalfOf ?? undefined, obligation };
    const actor = tried(() => actorOf(reader, { seats, standIns, sides, on }, entry));
    return actor ? [{ as, onBehalfOf, actor }] : [];
  });
}

interface Asked {
  agreementId: string;
  agreement: Pick<CompiledAgreement, 'parties' | 'seatParties' | 'zone'>;
  reader: Principal;
  obligation?: string | undefined;
}

function tried(find: () => Actor): Actor | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}
