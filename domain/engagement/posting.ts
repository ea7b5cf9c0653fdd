import type { LedgerLine } from '../agreement/event.ts';
import type { Errand } from '../process/process.ts';
import type { EngagementCommand } from './command.ts';
import type { EngagementState } from './state.ts';

/** Money goes through the agreement's own record, which alone writes the ledger; told again, the same id changes nothing. */
export function posting(
  { input }: EngagementState,
  lines: LedgerLine[],
  { id, receivedAtMs, actor }: Pick<EngagementCommand, 'id' | 'receivedAtMs' | 'actor'>,
  clauses: string[],
): Errand[] {
  if (lines.length === 0) return [];
  const command = {
    type: 'post-engagement',
    id: `post-engagement ${input.workflowId} ${id}`, // with a space: no key of a person is like it
    receivedAtMs,
    actor: { ...actor, via: 'workflow' as const },
    engagement: input.reference,
    lines,
    clauses,
  };
  return [{ kind: 'tell', workflowId: `agreement/${input.agreementId}`, command }];
}
