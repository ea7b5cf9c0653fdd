import type { DueEvent } from '../../domain/due-event.ts';
import type { Instant } from '../../domain/time.ts';
import type { Mailbox } from './transport.ts';

/** What stands before the events of a calendar file. */
export interface CalendarHead {
  /** What of ours wrote it: `notice`, `feed`, `plan`. */
  product: string;
  language: string;
  method: 'PUBLISH' | 'CANCEL';
  name?: string;
  description?: string;
  /** How often programs shall ask again. */
  refreshHours?: number;
}

/** An event for a due time. */
export interface CalendarEvent {
  uid: string;
  stampMs: Instant;
  when: DueEvent;
  summary: string;
  description: string;
  alarmsMs: readonly Instant[];
  /** Rises with every word about the event; a calendar takes the highest. */
  sequence?: number;
  cancelled?: boolean;
  organizer?: Mailbox;
}

/**
 * A calendar file (RFC 5545): lines end with CRLF, have at most 75 octets and are folded between characters. Written here
 * because libraries take longer to fold one than to write the mail around it.
 */
export function icalendar(head: CalendarHead, events: readonly CalendarEvent[]): string {
  const { product, language, method, name, description, refreshHours } = head;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//Abide//${product}//${language.toUpperCase()}`,
    `METHOD:${method}`,
    ...(name === undefined ? [] : [`NAME:${escaped(name)}`, `X-WR-CALNAME:${escaped(name)}`]),
    ...(description === undefined ? [] : [`X-WR-CALDESC:${escaped(description)}`]),
    ...(refreshHours === undefined
      ? []
      : [`REFRESH-INTERVAL;VALUE=DURATION:PT${refreshHours}H`, `X-PUBLISHED-TTL:PT${refreshHours}H`]),
    ...events.flatMap(eventLines),
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

function eventLines(event: CalendarEvent): string[] {
  const { uid, stampMs, when, summary, description, alarmsMs, sequence = 0, cancelled = false, organizer } = event;
  return [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `SEQUENCE:${sequence}`,
    `DTSTAMP:${utc(stampMs)}`,
    ...(when.allDay
      ? [
          `DTSTART;VALUE=DATE:${when.date.replaceAll('-', '')}`,
          'X-MICROSOFT-CDO-ALLDAYEVENT:TRUE',
          'X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT:TRUE',
        ]
      : [`DTSTART:${utc(when.startMs)}`, `DTEND:${utc(when.endMs)}`]),
    `SUMMARY:${escaped(summary)}`,
    'TRANSP:TRANSPARENT',
    `DESCRIPTION:${escaped(description)}`,
    ...(organizer
      ? [`ORGANIZER;CN="${quotable(organizer.name || organizer.address)}":mailto:${organizer.address}`]
      : []),
    // Relative, because calendars that know no absolute alarm are many.
    ...[...new Set(alarmsMs)].flatMap((atMs) => [
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      `TRIGGER;RELATED=START:${duration(Math.round((atMs - when.startMs) / 1000))}`,
      `DESCRIPTION:${escaped(summary)}`,
      'END:VALARM',
    ]),
    ...(cancelled ? ['STATUS:CANCELLED'] : []),
    'END:VEVENT',
  ];
}

function utc(ms: Instant): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

/** TEXT (3.3.11). */
function escaped(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n');
}

/** Within the quotes of a parameter there is neither quote nor control, and no way to write one (3.2). */
function quotable(text: string): string {
  return text.replace(/["\p{Cc}]/gu, ' ');
}

/** `-P6DT15H` (3.3.6). */
function duration(seconds: number): string {
  const size = Math.abs(seconds);
  const parts = { H: Math.floor((size % 86_400) / 3600), M: Math.floor((size % 3600) / 60), S: size % 60 };
  const days = size >= 86_400 ? `${Math.floor(size / 86_400)}D` : '';
  const time = Object.entries(parts)
    .filter(([, count]) => count > 0)
    .map(([unit, count]) => `${count}${unit}`)
    .join('');
  const sign = seconds < 0 ? '-' : '';
  return time === '' && days !== '' ? `${sign}P${days}` : `${sign}P${days}T${time || '0S'}`;
}

const LINE_OCTETS = 75;

/** Lines of at most 75 octets, broken before a character, each further one after a space (3.1). */
function folded(line: string): string {
  if (line.length * 3 <= LINE_OCTETS) return line;
  let text = '';
  let octets = 0;
  for (const character of line) {
    const size = octetsOf(character.codePointAt(0) ?? 0);
    if (octets + size >= LINE_OCTETS) {
      text += '\r\n ';
      octets = 0;
    }
    text += character;
    octets += size;
  }
  return text;
}

function octetsOf(codePoint: number): number {
  return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
}
