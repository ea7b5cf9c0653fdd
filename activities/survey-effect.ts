import type { ImprovementState } from '../domain/improvement/state.ts';
import type { Database } from '../prisma/database.ts';
import type { Activities } from './index.ts';

/** Finds the improvements that wait for what a cycle measured: all measures done, their goal in one of its dimensions. */
export function createEffectTargets({ database }: { database: Database }): Activities['effectTargets'] {
  return async ({ workflowId, dimensions }) => {
    const { agreementId } = await database.process.findUniqueOrThrow({
      where: { workflowId },
      select: { agreementId: true },
    });
    const waiting = await database.process.findMany({
      where: { agreementId, type: 'improvement', status: 'implemented' },
      select: { workflowId: true, snapshot: true },
      orderBy: { workflowId: 'asc' },
    });
    return {
      workflowIds: waiting.flatMap((one) => {
        const { goal } = one.snapshot as unknown as Pick<ImprovementState, 'goal'>;
        return goal !== null && dimensions.includes(goal.dimension) ? [one.workflowId] : [];
      }),
    };
  };
}
