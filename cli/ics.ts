import { createHash } from 'node:crypto';
import {
  ICalAlarmRelatesTo,
  ICalAlarmType,
  ICalCalendarMethod,
  ICalEventTransparency,
  default as ical,
} from 'ical-generator';
import type { Instant } from '../domain/time.ts';
import { instantAt, localTimeAt } from '../domain/zone.ts';
import type { ResolvedDraft } from '../templates/draft.ts';
import type { Plan, PlannedObligation } from '../templates/plan.ts';
import type { Language } from './output.ts';

const WORDS = {
  zh: { due: '到期', by: '责任方', clauses: '条款', between: '当事人', undated: '尚无日期，未列入', stop: '、' },
  en: { due: 'Due', by: 'Owed by', clauses: 'Clauses', between: 'Between', undated: 'without a date yet', stop: ', ' },
};

/** An event that ends at a moment needs a length (RFC 5545 3.8.2.2): the last half hour. */
const TIMED_MS = 1_800_000;

/**
 * A plan as an iCalendar file (RFC 5545): one event for each due date, all-day where the period ends with the day, else
 * at its moment in UTC; alarms at the rungs of the reminders. What has no date yet is named in the calendar's description.
 *
 * @param source what this plan is called, such as the scenario's file name: with the parties it makes the UIDs, so that
 *   the same plan with other dates moves the events in a calendar that has them, instead of adding others
 */
export function planCalendar(
  plan: Plan,
  { draft, source, nowMs, lang }: { draft: ResolvedDraft; source: string; nowMs: Instant; lang: Language },
): string {
  const words = WORDS[lang];
  const { template, parties, zone } = draft;
  const roleOf = (seat: string): string =>
    template.parties[seat]?.[lang] ?? template.seats.find(({ id }) => id === seat)?.title[lang] ?? seat;
  const names = Object.values(parties).map(({ name }) => name);
  const series = createHash('sha256')
    .update(JSON.stringify([source, template.id, Object.values(parties).map(({ email }) => email)]))
    .digest('hex')
    .slice(0, 16);
  const undated = plan.obligations.filter(({ localDate }) => localDate === null);

  const calendar = ical({
    name: `${template.title[lang]}${names.length > 0 ? ` ${names.join(' / ')}` : ''}`,
    prodId: { company: 'Abide', product: 'plan', language: lang },
    method: ICalCalendarMethod.PUBLISH,
    ...(undated.length > 0
      ? { description: `${words.undated}: ${undated.map(({ title }) => title[lang]).join(words.stop)}` }
      : {}),
  });
  for (const one of plan.obligations) {
    if (one.dueAt === null || one.localDate === null) continue;
    const dueMs = Date.parse(one.dueAt);
    const allDay = localTimeAt(zone, dueMs) === '00:00:00';
    // A date is floating: read as UTC it stays the same date everywhere.
    const startMs = allDay ? instantAt(zone, one.localDate, '00:00') : dueMs - TIMED_MS;
    const start = allDay ? new Date(`${one.localDate}T00:00:00Z`) : new Date(startMs);
    const event = calendar.createEvent({
      id: `${one.id}${one.occurrence === undefined ? '' : `.${one.occurrence}`}.${series}@abide`,
      stamp: new Date(nowMs),
      start,
      allDay,
      ...(allDay ? {} : { end: new Date(dueMs) }),
      summary: summaryOf(one, roleOf(one.responsible), lang),
      description: [
        ...one.explanation.map((step) => step[lang]),
        `${words.due}: ${one.dueAt} (${zone.id})`,
        `${words.by}: ${roleOf(one.responsible)}`,
        ...(one.clauses.length > 0 ? [`${words.clauses}: ${one.clauses.join(words.stop)}`] : []),
        `${words.between}: ${names.join(' / ')}`,
      ].join('\n'),
      transparency: ICalEventTransparency.TRANSPARENT,
    });
    // Relative, because calendars that know no absolute alarm are many.
    for (const atMs of new Set(one.reminders.map(({ at }) => Date.parse(at)))) {
      const seconds = (startMs - atMs) / 1000;
      const description = summaryOf(one, roleOf(one.responsible), lang);
      const alarm = event.createAlarm({ type: ICalAlarmType.display, trigger: seconds, description });
      // Also where it rings on the day itself; as a field above it is passed over.
      alarm.relatesTo(ICalAlarmRelatesTo.start);
    }
  }
  return `${calendar.toString().replace(/\r\n$/, '')}\r\n`;
}

function summaryOf({ title, occurrence }: PlannedObligation, responsible: string, lang: Language): string {
  const named = occurrence === undefined ? title[lang] : `${title[lang]} ${occurrence}`;
  return lang === 'zh' ? `${named}（${responsible}）` : `${named} (${responsible})`;
}
