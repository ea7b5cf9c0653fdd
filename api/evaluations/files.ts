import type { EvaluationEvent } from '../../domain/evaluation/event.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { ApiDeps } from '../deps.ts';
import type { Principal } from '../policy.ts';
import { Problem } from '../problem.ts';
import { belongingOf } from '../process/rows.ts';
import { findEvaluation } from './rows.ts';
import { onlookerOf, sightOf } from './seen.ts';

/** What starts the workflow id of every evaluation. */
export const EVALUATIONS = 'evaluation/';

/**
 * Commands whose files a reader may have: those about all, and about whose result they may see.
 *
 * @throws Problem `unknown-agreement`, `not-started`, `unknown-evaluation`
 */
export async function filesSeen(
  deps: Pick<ApiDeps, 'database' | 'clock'>,
  { agreementId, id, reader }: { agreementId: string; id: string; reader: Principal },
): Promise<string[]> {
  const { database } = deps;
  const { agreement } = await belongingOf(database, agreementId);
  const { row, state } = await findEvaluation(database, agreementId, id);
  const sight = sightOf(state, await onlookerOf(deps, { agreementId, agreement, reader }));
  if (!sight.scheme) throw new Problem('unknown-evaluation');
  const events = await database.event.findMany({
    where: { workflowId: row.workflowId, commandId: { not: null } },
    select: { body: true, commandId: true },
  });
  return events.flatMap(({ body, commandId }) => {
    const { subject } = JSON.parse(body) as Partial<Extract<EvaluationEvent, { subject: string }>>;
    return commandId !== null && (subject === undefined || sight.subjects.includes(subject)) ? [commandId] : [];
  });
}

/**
 * Keeps papers of evaluations out of the files of an agreement for those who see their own agreements alone: whose result they
 * may see, they find them beside it.
 */
export async function withoutEvaluations(
  { database }: Pick<ApiDeps, 'database'>,
  agreementId: string,
  ownOf: string | null,
): Promise<{ commandId?: { notIn: string[] } }> {
  if (ownOf === null) return {};
  const rows = await database.command.findMany({
    where: { agreementId, workflowId: { startsWith: EVALUATIONS } },
    select: { id: true },
  });
  return { commandId: { notIn: rows.map(({ id }) => id) } };
}

/** The same for mails: those about somebody's result are read by whoever they went to. */
export async function noticesToRead(
  { database }: Pick<ApiDeps, 'database'>,
  agreementId: string,
  ownOf: string | null,
): Promise<Prisma.NoticeWhereInput> {
  if (ownOf === null) return {};
  const seats = await database.seat.findMany({ where: { agreementId, personId: ownOf }, select: { seat: true } });
  return {
    OR: [
      { NOT: { id: { startsWith: EVALUATIONS } } },
      { addressee: ownOf },
      { addressee: null, seat: { in: seats.map(({ seat }) => seat) } },
    ],
  };
}
