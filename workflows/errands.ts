import { ParentClosePolicy, WorkflowIdReusePolicy, getExternalWorkflowHandle, startChild } from '@temporalio/workflow';
import { ApplicationFailure, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import type { Errand } from '../domain/process/process.ts';
import { tell } from './messages.ts';

/** Errands that need no activity; of the others `perform` of their process knows. */
export async function perform(errand: Errand): Promise<undefined> {
  switch (errand.kind) {
    case 'start':
      return start(errand);
    case 'tell':
      return tellOther(errand);
    default:
      throw new Error(`no ${errand.kind} here`); // a bug
  }
}

/** Starts a process that outlives this one; one that runs, or ran, already is left alone (design §3). */
async function start({ type, workflowId, input }: Extract<Errand, { kind: 'start' }>): Promise<undefined> {
  try {
    await startChild(type, {
      workflowId,
      args: [{ input }],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** Tells another workflow; one that is over takes nothing any more, and what it would have said stands in its own record. */
async function tellOther({ workflowId, command, otherwise }: Extract<Errand, { kind: 'tell' }>): Promise<undefined> {
  try {
    await getExternalWorkflowHandle(workflowId).signal(tell, command);
  } catch (error) {
    if (!(error instanceof ApplicationFailure) && !isGone(error)) throw error;
    if (otherwise) await start({ kind: 'start', ...otherwise });
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && /not ?found|completed/i.test(`${error.name} ${error.message}`);
}
