import { mailSeat } from '../../domain/agreement/parties.ts';
import { dueEvent, dueEventUid } from '../../domain/due-event.ts';
import { addDays } from '../../domain/local-date.ts';
import type { Instant, LocalDate } from '../../domain/time.ts';
import { instantAt } from '../../domain/zone.ts';
import type { NoticeContext, NoticeInput, Wording } from './context.ts';
import { type CalendarEvent, type CalendarHead, icalendar } from './icalendar.ts';
import type { Mailbox } from './transport.ts';

/** A duty of an agreement with what is or was its due time: done, gone, or still open. */
export interface SettledDuty {
  obligation: string;
  occurrence?: string;
  dueAtMs: Instant;
  localDate: LocalDate;
  cancelled: boolean;
  open?: true;
}

interface Entry {
  act: 'submit' | 'review';
  obligation: string;
  occurrence?: string | undefined;
  dueAtMs: Instant;
  localDate: LocalDate;
  /** Taken out of the calendar by a mail that enters others. */
  gone?: boolean;
}

/** What a mail says to its reader's calendar: an act has a time (PUBLISH), or nothing is to be done any more (CANCEL). */
export interface CalendarPart {
  method: CalendarHead['method'];
  content: string;
}

/** What one notice says to its reader's calendar. */
export interface Told {
  method: CalendarPart['method'];
  events: Omit<CalendarEvent, 'stampMs'>[];
}

/**
 * What a notice says about the dated duties of its reader's own seat; nothing in copies and about no date. An occurrence
 * keeps its UID for each seat; the notice's number is the SEQUENCE (RFC 5546): later notices win.
 */
export function toldEvents(
  { notice, agreement: { id, compiled }, settled = [] }: NoticeInput,
  context: NoticeContext,
  entryTitle: Wording['entry'],
  organizer: Mailbox,
): Told {
  const { method, entries } = told(notice, settled, context);
  const host = organizer.address.slice(organizer.address.indexOf('@') + 1);
  const events = entries.map((entry): Omit<CalendarEvent, 'stampMs'> => {
    const rule = compiled.obligations.find((one) => one.id === entry.obligation);
    return {
      uid: dueEventUid(entry, `${entry.act}.${notice.seat}.${id}`, host),
      when: dueEvent(compiled.zone, entry),
      summary: entryTitle(context, { ...entry, review: entry.act === 'review' }),
      description: context.agreementTitle,
      alarmsMs:
        method === 'CANCEL' || entry.gone === true
          ? []
          : (rule?.reminderLeadDays ?? [])
              .map((days) => instantAt(compiled.zone, addDays(entry.localDate, -days), compiled.noticeHours.from))
              .filter((atMs) => atMs > notice.atMs),
      sequence: Number(notice.id.slice(notice.id.lastIndexOf('/n') + 2)),
      cancelled: method === 'CANCEL' || entry.gone === true,
      organizer,
    };
  });
  return { method, events };
}

/** The calendar part of a mail; none where there is nothing to say. */
export function calendarPart({ method, events }: Told, stampMs: Instant, language: string): CalendarPart | undefined {
  if (events.length === 0) return undefined;
  const head = { product: 'notice', language, method };
  const content = icalendar(
    head,
    events.map((event) => ({ ...event, stampMs })),
  );
  return { method, content };
}

function told(
  { kind, seat, role, obligation, occurrence, act, facts }: NoticeInput['notice'],
  settled: readonly SettledDuty[],
  { agreement, dueOn }: NoticeContext,
): { method: CalendarPart['method']; entries: Entry[] } {
  const dueAt = (localDate: LocalDate, id: string): Instant =>
    instantAt(agreement.zone, localDate, dueOn(localDate, id).time);
  const owes = (id: string): boolean => {
    const rule = agreement.obligations.find((one) => one.id === id);
    return rule !== undefined && mailSeat(agreement, rule.responsible) === seat;
  };
  const own = settled.filter((duty) => owes(duty.obligation)).map((duty) => ({ ...duty, act: 'submit' as const }));
  const withdrawn = own.filter(({ open }) => open !== true);
  switch (kind) {
    case 'reminder':
    case 'review-request':
    case 'review-reminder':
    case 'deliverable-rejected': {
      const { dueAtMs, localDate } = facts;
      if ((act !== 'submit' && act !== 'review') || obligation === undefined) return { method: 'PUBLISH', entries: [] };
      if (dueAtMs === undefined || localDate === undefined) return { method: 'PUBLISH', entries: [] };
      return { method: 'PUBLISH', entries: [{ act, obligation, occurrence, dueAtMs, localDate }] };
    }
    case 'summary': {
      const missed = role === seat ? (facts.missed ?? []) : [];
      const entries = missed.map(({ review, ...item }) => ({
        ...item,
        act: review ? ('review' as const) : ('submit' as const),
        dueAtMs: dueAt(item.localDate, item.obligation),
      }));
      return { method: 'PUBLISH', entries };
    }
    case 'agreement-in-force': {
      const begun = (facts.dues ?? []).filter((due) => owes(due.obligation));
      const entries = begun.map((due) => ({
        act: 'submit' as const,
        obligation: due.obligation,
        localDate: due.localDate,
        dueAtMs: dueAt(due.localDate, due.obligation),
      }));
      return { method: 'PUBLISH', entries };
    }
    case 'amendment-effective':
    case 'calendar-repinned':
    case 'obligation-overridden':
    case 'agreement-resumed':
    case 'agreement-renewed': {
      const gone = (duty: (typeof own)[number]): boolean =>
        duty.open !== true && (kind === 'obligation-overridden' ? duty.obligation === obligation : duty.cancelled);
      const entries = own
        .filter((duty) => duty.open === true || gone(duty))
        .map((duty) => ({ ...duty, gone: gone(duty) }));
      return { method: 'PUBLISH', entries };
    }
    case 'agreement-suspended': {
      const { duties = [] } = facts;
      const still = own.filter(
        ({ open, ...duty }) => open === true && (duties.length === 0 || duties.includes(duty.obligation)),
      );
      return { method: 'CANCEL', entries: still };
    }
    case 'deliverable-accepted':
    case 'payment-received':
    case 'late-fee-stopped':
    case 'penalty-stopped':
    case 'overdue-withdrawn':
      return {
        method: 'CANCEL',
        entries: withdrawn.filter((duty) => duty.obligation === obligation && duty.occurrence === occurrence),
      };
    case 'agreement-terminated':
    case 'agreement-expired':
      return { method: 'CANCEL', entries: withdrawn.filter(({ cancelled }) => cancelled) };
    default:
      return { method: 'PUBLISH', entries: [] };
  }
}
