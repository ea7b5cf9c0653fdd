import type { ServedNotice } from '../agreement/service.ts';
import type { Actor } from '../agreement/command.ts';
import type { EngagementMachineCommand } from './command.ts';

/** Who says so: mail itself. */
const POSTMASTER: Actor = { personId: 'postmaster', seat: 'postmaster', via: 'mail' };

/**
 * What an engagement is told when the server of whom a written notice was for has taken it (Civil Code 137): `serves` is
 * `engagement:<name>:cap` or `:end`. By the notice's id it is folded once, and no key of a person has a space.
 */
export function noticeTaken({
  noticeId,
  serves,
  sentAtMs,
}: ServedNotice): Extract<EngagementMachineCommand, { type: 'notice-arrived' }> {
  const notice = serves.split(':').at(-1) ?? '';
  return {
    type: 'notice-arrived',
    id: `arrived ${noticeId}`,
    receivedAtMs: sentAtMs,
    actor: POSTMASTER,
    notice,
    noticeId,
    sentAtMs,
  };
}
