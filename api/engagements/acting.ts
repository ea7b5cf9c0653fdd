import type { Actor } from '../../domain/agreement/command.ts';
import { THIRD, isThirdSeat } from '../../domain/agreement/parties.ts';
import type { EngagementPersonCommand } from '../../domain/engagement/command.ts';
import { localDateAt } from '../../domain/zone.ts';
import type { ApiDeps } from '../deps.ts';
import { COORDINATOR_SEAT, type Principal, actorOf, reachOf } from '../policy.ts';
import { standInsOf } from '../principal.ts';
import { Problem } from '../problem.ts';
import { type ActContext, type Saying, type Speaking, processAct } from '../process/acting.ts';
import { type EngagementProcess, findEngagement } from '../process/rows.ts';
import type { Capacity } from '../process/speaking.ts';
import type { Answer } from '../route.ts';
import { findAgreement, stateOf } from '../views.ts';

/** Hands an act of an engagement over. @throws Problem `unknown-engagement`, `unknown-seat`, `not-your-seat`, or the refusal */
export async function engagementAct(
  context: ActContext<'engagement'>,
  say: Saying<EngagementProcess, EngagementPersonCommand>,
): Promise<Answer> {
  const { deps, params, principal, body } = context;
  const engagement = await findEngagement(deps.database, params.id, params.engagement);
  const speaker = async (): Promise<Actor> => (await speakersOf(deps, engagement, principal)).actorOf(body);
  return processAct(context, engagement, say, speaker);
}

/** As whom somebody may speak in an engagement. */
interface Speakers {
  /** @throws Problem `unknown-seat`, `not-your-seat` */
  actorOf(who: Speaking): Actor;
  /** All of them. Programs with API_KEY may speak as everybody. */
  capacities: Capacity[];
}

/**
 * The seats of the agreement that are no third party's, and the one third party of this engagement, whom `third` names
 * whatever its seat is called; another engagement's is nobody here.
 */
export async function speakersOf(
  { database, clock }: Pick<ApiDeps, 'database' | 'clock'>,
  { row, input: { thirdSeat } }: EngagementProcess,
  principal: Principal,
): Promise<Speakers> {
  const { agreementId } = row;
  const agreement = stateOf(await findAgreement(database, agreementId))?.agreement;
  if (!agreement) throw new Problem('not-started');
  const [rows, standIns] = await Promise.all([
    database.seat.findMany({ where: { agreementId }, orderBy: { seat: 'asc' } }),
    standInsOf(database, agreementId),
  ]);
  const seats = rows.filter(({ seat }) => seat === thirdSeat || !isThirdSeat(seat));
  const sides = [...new Set([...agreement.parties, ...Object.keys(agreement.seatParties ?? {}), thirdSeat])];
  const on = localDateAt(agreement.zone, clock());
  const seatNamed = (name: string): string => (name === THIRD ? thirdSeat : name);
  const speaker = ({ as, onBehalfOf }: Speaking): Actor =>
    actorOf(
      principal,
      { seats, standIns, sides, on },
      { as: seatNamed(as), onBehalfOf: onBehalfOf === undefined ? undefined : seatNamed(onBehalfOf) },
    );
  const wanted: Speaking[] = [
    ...seats.filter(({ seat }) => seat !== COORDINATOR_SEAT).map(({ seat }) => ({ as: seat })),
    { as: COORDINATOR_SEAT },
    ...sides.map((side) => ({ as: COORDINATOR_SEAT, onBehalfOf: side })),
  ];
  return {
    actorOf: speaker,
    get capacities() {
      if (reachOf('agreements.act', principal) === 'none') return [];
      return wanted.flatMap((who) => {
        const actor = tried(() => speaker(who));
        return actor ? [{ as: who.as, onBehalfOf: who.onBehalfOf ?? null, actor }] : [];
      });
    },
  };
}

function tried(find: () => Actor): Actor | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}
