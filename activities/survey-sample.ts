import type { Prisma } from '../prisma/generated/client.ts';
import { stagedSampleId } from '../workflows/ids.ts';

/**
 * Puts those whom a draw named in place of those of an earlier draw: in the transaction that records it. They wait beside
 * the draw's command (api/surveys/sample.ts); without any, nothing changes. Once more, it changes nothing.
 */
export async function placeSamples(
  tx: Prisma.TransactionClient,
  workflowId: string,
  events: readonly { type: string; commandId?: string }[],
): Promise<void> {
  for (const { type, commandId } of events) {
    if (type !== 'sample-drawn' || commandId === undefined) continue;
    const staged = { workflowId: stagedSampleId(commandId) };
    if ((await tx.invitee.count({ where: staged })) === 0) continue;
    await tx.invitee.deleteMany({ where: { workflowId } });
    await tx.invitee.updateMany({ where: staged, data: { workflowId } });
  }
}
