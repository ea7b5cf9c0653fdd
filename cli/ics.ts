import { createHash } from 'node:crypto';
import { type CalendarEvent, icalendar } from '../activities/mail/icalendar.ts';
import { dueEvent, dueEventUid } from '../domain/due-event.ts';
import type { Instant } from '../domain/time.ts';
import type { ResolvedDraft } from '../templates/draft.ts';
import type { Plan, PlannedObligation } from '../templates/plan.ts';
import type { Language } from './output.ts';

const WORDS = {
  zh: { due: '到期', by: '责任方', clauses: '条款', between: '当事人', undated: '尚无日期，未列入', stop: '、' },
  en: { due: 'Due', by: 'Owed by', clauses: 'Clauses', between: 'Between', undated: 'without a date yet', stop: ', ' },
};

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

  const events = plan.obligations.flatMap((one): CalendarEvent[] => {
    if (one.dueAt === null || one.localDate === null) return [];
    const event: CalendarEvent = {
      uid: dueEventUid({ obligation: one.id, occurrence: one.occurrence }, series),
      stampMs: nowMs,
      when: dueEvent(zone, { dueAtMs: Date.parse(one.dueAt), localDate: one.localDate }),
      summary: summaryOf(one, roleOf(one.responsible), lang),
      description: [
        ...one.explanation.map((step) => step[lang]),
        `${words.due}: ${one.dueAt} (${zone.id})`,
        `${words.by}: ${roleOf(one.responsible)}`,
        ...(one.clauses.length > 0 ? [`${words.clauses}: ${one.clauses.join(words.stop)}`] : []),
        `${words.between}: ${names.join(' / ')}`,
      ].join('\n'),
      alarmsMs: one.reminders.map(({ at }) => Date.parse(at)),
    };
    return [event];
  });
  const head = {
    product: 'plan',
    language: lang,
    method: 'PUBLISH' as const,
    name: `${template.title[lang]}${names.length > 0 ? ` ${names.join(' / ')}` : ''}`,
    ...(undated.length > 0
      ? { description: `${words.undated}: ${undated.map(({ title }) => title[lang]).join(words.stop)}` }
      : {}),
  };
  return icalendar(head, events);
}

function summaryOf({ title, occurrence }: PlannedObligation, responsible: string, lang: Language): string {
  const named = occurrence === undefined ? title[lang] : `${title[lang]} ${occurrence}`;
  return lang === 'zh' ? `${named}（${responsible}）` : `${named} (${responsible})`;
}
