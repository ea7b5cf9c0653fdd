import type { ProcessFrame, ProcessType } from '../domain/process/process.ts';
import { processRules } from '../domain/process/registry.ts';
import { restoreProcess } from '../domain/process/snapshot.ts';
import type { Database } from '../prisma/database.ts';
import { agreementClocks } from './agreement-clocks.ts';
import type { Activities } from './index.ts';

/**
 * Finds what of an agreement is under way, whoever began it: its rules say that something may still change; and since when
 * its clocks run again.
 */
export function createOpenProcesses({ database }: { database: Database }): Activities['openProcesses'] {
  return async ({ agreementId }) => {
    const rows = await database.process.findMany({ where: { agreementId }, orderBy: { workflowId: 'asc' } });
    const { resumedOn } = await agreementClocks(database, agreementId);
    return {
      resumedOn,
      workflowIds: rows.flatMap(({ workflowId, type: kind, input, snapshot, sequence }) => {
        const type = kind as ProcessType;
        const frame = input as unknown as ProcessFrame;
        const state = restoreProcess(type, frame, snapshot as object | null, sequence);
        return processRules(type).isOver(state) ? [] : [workflowId];
      }),
    };
  };
}
