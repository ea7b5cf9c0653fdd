import type { Event } from '../domain/agreement/event.ts';
import type { NoticeFacts } from '../domain/agreement/notice.ts';
import type { Notice } from '../prisma/generated/client.ts';

/** A coordinator's task about a notice: it bounced or was refused, somebody complained, or its mail came back unread. */
export type NoticeTask = 'notice-bounced' | 'complaint' | 'mail-returned';

/** Rows for the table of tasks, one for each agreement that a mail was about; the same notice again is the same task. */
export function noticeTasks(
  kind: NoticeTask,
  notices: readonly (Pick<Notice, 'id' | 'agreementId' | 'seat' | 'kind'> & { facts: unknown })[],
  { code, at }: { code: string | null; at: Date },
) {
  const firsts = notices.filter((one, index) => notices.findIndex((n) => n.agreementId === one.agreementId) === index);
  return firsts.map(({ id, agreementId, seat, kind: noticeKind, facts }) => {
    const { serves } = facts as NoticeFacts;
    const known = { ...(code === null ? {} : { code }), ...(serves === undefined ? {} : { serves }) };
    return {
      kind,
      agreementId,
      key: `${kind}/${id}`,
      about: { noticeId: id, seat, noticeKind, ...known },
      createdAt: at,
    };
  });
}

/**
 * Rows for the table of tasks, with its columns' names: written notices that were not received after all, and have to be
 * served again, or looked at by a lawyer. None where another mail of the same notice was received.
 */
export function failedServiceTasks(agreementId: string, events: readonly Event[]): object[] {
  return events.flatMap((event) => {
    if (event.type !== 'service-failed') return [];
    const { notice, mail, seat, stands, commandId } = event;
    const own = events.filter((one) => one.commandId === commandId);
    if (own.some((one) => one.type === 'notice-served' && one.notice === notice)) return [];
    const kind = stands ? 'service-stands' : 'service-failed';
    const back = own.find((one) => one.type === 'notice-undelivered');
    const about = { noticeId: mail, seat, serves: notice, ...(back ? { noticeKind: back.kind, code: back.code } : {}) };
    return [{ kind, agreement_id: agreementId, key: `${kind}/${mail}`, about }];
  });
}
