import { personalLinkLabel, verdictLinkLabel } from '../../activities/answer-token.ts';
import type { Prisma } from '../../prisma/generated/client.ts';

/**
 * What customers were mailed at an address that is theirs no more: its links answer nothing from now on, whoever reads
 * them there; opting out by them stays possible. Who was not reached there is reminded at the new one.
 *
 * @param only the cycle whose links are meant; null: all that they were sent
 */
export async function revokeMailed(
  tx: Prisma.TransactionClient,
  customerIds: readonly string[],
  at: Date,
  only: string | null = null,
): Promise<void> {
  if (customerIds.length === 0) return;
  const ids = [...customerIds];
  await tx.$executeRaw`
    INSERT INTO survey_link (id, workflow_id, token_hash, label, channel, created_at)
    SELECT gen_random_uuid(), workflow_id, token_hash, ${personalLinkLabel('')} || id, 'email', ${at} FROM invitee
    WHERE customer_id = ANY(${ids}::uuid[]) AND channel IN ('email', 'online') AND token_hash IS NOT NULL
      AND (${only}::text IS NULL OR workflow_id = ${only})`;
  await tx.$executeRaw`
    UPDATE survey_link SET revoked_at = ${at} WHERE revoked_at IS NULL AND channel = 'email'
      AND (${only}::text IS NULL OR workflow_id = ${only}) AND label IN (
      SELECT ${personalLinkLabel('')} || id FROM invitee WHERE customer_id = ANY(${ids}::uuid[])
      UNION ALL SELECT ${verdictLinkLabel('')} || unnest(${ids}::uuid[]))`;
  await tx.$executeRaw`
    UPDATE invitee SET token_hash = NULL,
      status = CASE WHEN status IN ('bounced', 'unreachable') AND wave IS NOT NULL AND NOT answered THEN 'sent' ELSE status END
    WHERE customer_id = ANY(${ids}::uuid[]) AND channel IN ('email', 'online')
      AND (${only}::text IS NULL OR workflow_id = ${only})`;
}
