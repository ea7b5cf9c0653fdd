import { dueEvent } from '../../domain/due-event.ts';
import { addDays } from '../../domain/local-date.ts';
import { instantAt } from '../../domain/zone.ts';
import type { NoticeInput } from './context.ts';
import type { Told } from './due-events.ts';
import type { Mailbox } from './transport.ts';

/**
 * What a mail about a session of training says to its trainee's calendar: the day is entered, moved, or taken out again.
 * The session keeps its UID for each of them; undefined where the mail is not of that sort.
 */
export function sessionTold({ notice, agreement }: NoticeInput, summary: string, organizer: Mailbox): Told | undefined {
  const { kind, addressee, facts } = notice;
  const { process, localDate, dueAtMs } = facts;
  if (kind !== 'training-invitation' && kind !== 'training-cancelled') return undefined;
  if (addressee === undefined || process === undefined || localDate === undefined || dueAtMs === undefined) {
    return undefined;
  }
  const { zone, noticeHours } = agreement.compiled;
  const host = organizer.address.slice(organizer.address.indexOf('@') + 1);
  const cancelled = kind === 'training-cancelled';
  const alarmMs = instantAt(zone, addDays(localDate, -1), noticeHours.from);
  return {
    method: cancelled ? 'CANCEL' : 'PUBLISH',
    events: [
      {
        uid: `${process}.${addressee}.${agreement.id}@${host}`,
        when: dueEvent(zone, { dueAtMs, localDate }),
        summary,
        description: '',
        alarmsMs: cancelled || alarmMs <= notice.atMs ? [] : [alarmMs],
        sequence: Number(notice.id.slice(notice.id.lastIndexOf('/n') + 2)),
        cancelled,
        organizer,
      },
    ],
  };
}
