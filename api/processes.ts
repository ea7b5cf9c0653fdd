import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Clock } from '../activities/clock.ts';
import type { ProcessFrame, ProcessType } from '../domain/process/process.ts';
import type { Database } from '../prisma/database.ts';
import type { Prisma } from '../prisma/generated/client.ts';
import { TASK_QUEUE } from '../workflows/ids.ts';
import { ENGINE_DEADLINE_MS, isAway, withinDeadline } from './engine.ts';

interface ProcessDeps {
  database: Database;
  temporal: () => Client;
  clock: Clock;
  log: Pick<Logger, 'warn'>;
  engineDeadlineMs?: number;
}

/**
 * Starts a process of an agreement: its row first, then its workflow. The same again changes nothing; while the engine is
 * away the repeater starts it.
 *
 * @param text words about it, which never go to Temporal
 */
export async function startProcess(
  deps: ProcessDeps,
  { type, input, text }: { type: ProcessType; input: ProcessFrame; text?: object },
): Promise<{ id: string; status: 'started' | 'pending' }> {
  const { workflowId, agreementId, reference } = input;
  await deps.database.process.createMany({
    data: [
      {
        workflowId,
        agreementId,
        type,
        reference,
        status: 'starting',
        input: input as unknown as Prisma.InputJsonObject,
        ...(text ? { text: text as Prisma.InputJsonObject } : {}),
        createdAt: new Date(deps.clock()),
      },
    ],
    skipDuplicates: true,
  });
  const { id } = await deps.database.process.findUniqueOrThrow({ where: { workflowId }, select: { id: true } });
  return { id, status: await launchProcess(deps, workflowId) };
}

/** Begins the workflow of a process that is `starting`; one that runs already is success. */
export async function launchProcess(deps: ProcessDeps, workflowId: string): Promise<'started' | 'pending'> {
  const { type, input } = await deps.database.process.findUniqueOrThrow({
    where: { workflowId },
    select: { type: true, input: true },
  });
  const client = deps.temporal();
  try {
    await withinDeadline(client, deps.engineDeadlineMs ?? ENGINE_DEADLINE_MS, () =>
      client.workflow.start(type, {
        workflowId,
        taskQueue: TASK_QUEUE,
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        args: [{ input }],
      }),
    );
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'started';
    if (!isAway(error)) throw error;
    deps.log.warn({ process: workflowId, error: (error as Error).name }, 'the engine is away: the process waits');
    return 'pending';
  }
  return 'started';
}
