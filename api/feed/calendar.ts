import { type CalendarEvent, icalendar } from '../../activities/mail/icalendar.ts';
import { dueEvent, dueEventUid } from '../../domain/due-event.ts';
import { occurrenceTitle } from '../../domain/occurrence-title.ts';
import type { Instant, Text, Zone } from '../../domain/time.ts';
import { localTimeAt } from '../../domain/zone.ts';
import type { Language } from '../problem.ts';
import type { OpenDuty } from './duties.ts';

const WORDS = {
  zh: { name: '我的待办义务', review: '审核', by: '截止', clauses: '条款', colon: '：', stop: '、' },
  en: { name: 'My duties', review: 'Review', by: 'By', clauses: 'Clauses', colon: ': ', stop: ', ' },
};

/** How often programs shall ask again. */
const REFRESH_HOURS = 1;

/** A duty with what its event says. */
export interface FeedEntry extends OpenDuty {
  agreementId: string;
  agreement: Text;
  /** Names of the organisations. */
  parties: string[];
  title: Text;
  zone: Zone;
  /** When the agreement was last recorded. */
  changedAtMs: Instant;
  /** Number of its last notice: a calendar takes the newer of what a mail and the feed say. */
  sequence: number;
}

/**
 * What waits for a person, as an iCalendar file (RFC 5545), with the UIDs of the mails' events. The same duties give the
 * same bytes. Names of people are not in it: calendars are shown and shared.
 *
 * @param mailHost of the sender of the notices, the right-hand side of the UIDs
 */
export function dutyCalendar(
  entries: readonly FeedEntry[],
  { lang, publicUrl, mailHost }: { lang: Language; publicUrl: string; mailHost: string | undefined },
): string {
  const words = WORDS[lang];
  const events = entries.map((entry): CalendarEvent => {
    const { due, zone, agreementId, act, seat, obligation, occurrence, clauses, sequence } = entry;
    const when = dueEvent(zone, due);
    const time = when.allDay ? '24:00' : localTimeAt(zone, due.dueAtMs).slice(0, 5);
    const reference = occurrence === null ? { obligation } : { obligation, occurrence };
    return {
      uid: dueEventUid(reference, `${act}.${seat}.${agreementId}`, mailHost),
      stampMs: entry.changedAtMs,
      when,
      summary: summaryOf(entry, lang),
      description: [
        `${entry.agreement[lang]}${words.colon}${entry.parties.join(' / ')}`,
        `${words.by}${words.colon}${due.localDate} ${time} (${zone.id})`,
        ...(clauses.length > 0 ? [`${words.clauses}${words.colon}${clauses.join(words.stop)}`] : []),
        `${publicUrl}/agreements/${agreementId}`,
      ].join('\n'),
      alarmsMs: [],
      sequence,
    };
  });
  return icalendar(
    { product: 'feed', language: lang, method: 'PUBLISH', name: `Abide · ${words.name}`, refreshHours: REFRESH_HOURS },
    events,
  );
}

function summaryOf({ title, occurrence, act }: FeedEntry, lang: Language): string {
  const named = occurrence === null ? title[lang] : `${title[lang]} ${occurrenceTitle(occurrence)[lang]}`;
  return act === 'submit' ? named : `${WORDS[lang].review}${WORDS[lang].colon}${named}`;
}
