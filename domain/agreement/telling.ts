import { noticeMoment } from '../notice-time.ts';
import type { Instant } from '../time.ts';
import type { CompiledAgreement } from './compiled.ts';
import type { NoticeDraft, NoticeFacts, NoticeKind } from './notice.ts';

/** What a notice is about. */
export interface Subject {
  obligation: string;
  occurrence?: string;
}

/** Drafts notices to seats that leave at the first moment within notice hours at or after `atMs` (design §4). */
export function teller(
  agreement: Pick<CompiledAgreement, 'calendar' | 'zone' | 'noticeHours'>,
  atMs: Instant,
  clauses: string[],
  about?: Subject,
) {
  const leaveAtMs = noticeMoment(atMs, agreement.calendar, agreement.zone, agreement.noticeHours);
  return (kind: NoticeKind, seat: string, facts: NoticeFacts): NoticeDraft => ({
    kind,
    seat,
    role: seat,
    ...about,
    atMs: leaveAtMs,
    clauses,
    facts,
  });
}
