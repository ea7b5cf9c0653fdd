import type { CompiledAgreement } from '../../domain/agreement/compiled.ts';
import { answersFor } from '../../domain/agreement/parties.ts';
import type { EvaluationState } from '../../domain/evaluation/state.ts';
import type { Database } from '../../prisma/database.ts';
import type { ApiDeps } from '../deps.ts';
import { type Principal, reachOf } from '../policy.ts';
import { capacitiesOf } from '../process/speaking.ts';
import { whoIn } from './rows.ts';

/** Who reads, as far as evaluations care. */
export interface Onlooker {
  /** Coordinator, auditor, the installation's own programs: all of it. */
  seesAll: boolean;
  personId: string | null;
  /** Seats that they fill or stand in for today. */
  seats: { seat: string; party?: string }[];
}

export async function onlookerOf(
  deps: Pick<ApiDeps, 'database' | 'clock'>,
  {
    agreementId,
    agreement,
    reader,
  }: {
    agreementId: string;
    agreement: Pick<CompiledAgreement, 'parties' | 'seatParties' | 'zone'>;
    reader: Principal;
  },
): Promise<Onlooker> {
  const capacities = await capacitiesOf(deps, { agreementId, agreement, reader });
  return {
    seesAll: reachOf('evaluations.read', reader) === 'all',
    personId: reader.kind === 'account' ? reader.personId : null,
    seats: capacities
      .filter(({ actor }) => actor.seat !== 'coordinator')
      .map(({ actor: { seat, party } }) => ({ seat, ...(party === undefined ? {} : { party }) })),
  };
}

/** What somebody sees of an evaluation. */
export interface Sight {
  /** That there is one, and by what scheme: everybody who has a part in it. */
  scheme: boolean;
  /** Whose results. */
  subjects: string[];
}

/**
 * Who sees what (S001b-61, S003-E-11): those who organise, score, confirm and decide see every result; whoever is evaluated
 * sees their own at any time, and the others' once they are published, with the basis of each score; so do the seats that
 * the contract publishes to. Of an agreement or a provider as a whole both parties see all. Nobody else sees anything.
 */
export function sightOf(state: EvaluationState, onlooker: Onlooker): Sight {
  const { rules } = state.input;
  const all = state.subjects.map(({ subject }) => subject);
  const holds = (seat: string | null): boolean =>
    seat !== null && onlooker.seats.some((one) => answersFor(state.input, { personId: '', via: 'api', ...one }, seat));
  const works = [rules.organiser, ...rules.scorers, rules.confirmer, rules.decider].some(holds);
  const isParty = onlooker.seats.some(({ seat, party }) => seat === party);
  const isOfAll = (rules.subject === 'agreement' || rules.subject === 'provider') && isParty;
  if (onlooker.seesAll || works || isOfAll) return { scheme: true, subjects: all };
  const own = state.subjects
    .filter(({ subject, personId }) => {
      const who = whoIn(subject);
      return (onlooker.personId !== null && [who, personId].includes(onlooker.personId)) || holds(who);
    })
    .map(({ subject }) => subject);
  const isTeam = own.length > 0 || rules.publishTo.some(holds);
  if (state.publishedAtMs !== null && isTeam) return { scheme: true, subjects: all };
  return { scheme: own.length > 0 || rules.acknowledgers.some(holds) || rules.publishTo.some(holds), subjects: own };
}

/** Whether somebody is evaluated in one, and may read and answer what concerns themselves without a seat. */
export async function isEvaluated(
  { database }: { database: Database },
  { agreementId, evaluationId, personId }: { agreementId: string; evaluationId: string | undefined; personId: string },
): Promise<boolean> {
  if (evaluationId === undefined) return false;
  const where = {
    ...{ id: evaluationId, agreementId, type: 'evaluation' },
    OR: ['subject', 'personId'].map((field) => {
      return { snapshot: { path: ['subjects'], array_contains: [{ [field]: personId }] } };
    }),
  };
  return (await database.process.count({ where })) > 0;
}
