import type { ProcessType } from '../domain/process/process.ts';

/** Queue that the worker polls. */
export const TASK_QUEUE = 'abide';

export function agreementWorkflowId(agreementId: string): string {
  return `agreement/${agreementId}`;
}

/** A survey's cycle or an improvement: `reference` is unique among those of its type in the agreement. */
export function processWorkflowId(type: ProcessType, agreementId: string, reference: string): string {
  return `${type}/${agreementId}/${reference}`;
}

/** Where those who were drawn stand until their draw is recorded: in place of a cycle's workflow id. */
export function stagedSampleId(commandId: string): string {
  return `draw/${commandId}`;
}
