/** Queue that the worker polls. */
export const TASK_QUEUE = 'abide';

export function agreementWorkflowId(agreementId: string): string {
  return `agreement/${agreementId}`;
}
