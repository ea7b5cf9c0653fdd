import type { Database } from '../../prisma/database.ts';

/** How a cycle stands by now, counted in Postgres: the workflow learns it up to a second later. */
export interface LiveNumbers {
  invited: number;
  unreachable: number;
  reached: number;
  answered: number;
  late: number;
}

const NONE: LiveNumbers = { invited: 0, unreachable: 0, reached: 0, answered: 0, late: 0 };

/** Of each of these cycles. Reached is who answered, or was written to, here or by another cycle, and nothing came back. */
export async function liveNumbers(
  database: Database,
  workflowIds: readonly string[],
): Promise<(workflowId: string) => LiveNumbers> {
  const [invitees, answers] = await Promise.all([
    database.$queryRaw<{ id: string; invited: bigint; unreachable: bigint; reached: bigint }[]>`
      SELECT workflow_id AS id, count(*) FILTER (WHERE wave IS NOT NULL) AS invited,
        count(*) FILTER (WHERE NOT answered AND status IN ('unreachable', 'bounced')) AS unreachable,
        count(*) FILTER (WHERE answered OR status = 'merged' OR (wave IS NOT NULL AND status <> 'bounced')) AS reached
      FROM invitee WHERE workflow_id = ANY(${[...workflowIds]}) GROUP BY workflow_id`,
    database.$queryRaw<{ id: string; answered: bigint; late: bigint }[]>`
      SELECT workflow_id AS id, count(*) FILTER (WHERE NOT late) AS answered, count(*) FILTER (WHERE late) AS late
      FROM answer WHERE workflow_id = ANY(${[...workflowIds]}) GROUP BY workflow_id`,
  ]);
  return (workflowId) => {
    const asked = invitees.find(({ id }) => id === workflowId);
    const said = answers.find(({ id }) => id === workflowId);
    return {
      ...NONE,
      ...(asked
        ? { invited: Number(asked.invited), unreachable: Number(asked.unreachable), reached: Number(asked.reached) }
        : {}),
      ...(said ? { answered: Number(said.answered), late: Number(said.late) } : {}),
    };
  };
}

/** By channel: drawn, reached, answered in time. Answers come by channels, too, that nobody was drawn for. */
export async function channelNumbers(database: Database, workflowId: string) {
  return database.$queryRaw<{ channel: string; drawn: number; reached: number; answered: number }[]>`
    SELECT channel, coalesce(drawn, 0)::int AS drawn, coalesce(reached, 0)::int AS reached,
      coalesce(answered, 0)::int AS answered
    FROM (SELECT channel, count(*) AS drawn,
        count(*) FILTER (WHERE answered OR status = 'merged' OR (wave IS NOT NULL AND status <> 'bounced')) AS reached
      FROM invitee WHERE workflow_id = ${workflowId} GROUP BY channel) AS asked
    FULL JOIN (SELECT channel, count(*) AS answered
      FROM answer WHERE workflow_id = ${workflowId} AND NOT late GROUP BY channel) AS said USING (channel)
    ORDER BY channel`;
}
