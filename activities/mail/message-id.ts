import { createHash } from 'node:crypto';
import type { NoticeFacts } from '../../domain/agreement/notice.ts';

/** Enough of a SHA-256 that two never meet, short enough for one header line. */
const HASH_LENGTH = 32;

/** The Message-ID of a notice: the same however often it is sent, so that a mailbox can tell a second copy. */
export function messageIdOf(noticeId: string, host: string): string {
  return `<${hash(noticeId)}@${host}>`;
}

/**
 * The root that all mails about one obligation, one survey or one improvement (or about the agreement itself) refer to, so
 * that mailboxes thread them.
 */
export function threadIdOf(
  notice: { agreementId: string; obligation: string | null; occurrence: string | null; facts?: unknown },
  host: string,
): string {
  const { process } = (notice.facts ?? {}) as NoticeFacts;
  const parts = process === undefined ? [notice.obligation ?? '', notice.occurrence ?? ''] : ['process', process];
  const about = [notice.agreementId, ...parts].join('/');
  return `<${hash(`thread/${about}`)}@${host}>`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, HASH_LENGTH);
}
