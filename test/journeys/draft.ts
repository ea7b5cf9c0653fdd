import { addDays } from '../../domain/local-date.ts';
import { instantAt, localDateAt } from '../../domain/zone.ts';
import { zoneData } from '../../templates/zone-data.ts';
import { EVERY_DAY, noonZone } from '../support/every-day.ts';

/** Where it is about noon now. */
export const ZONE = zoneData(noonZone(Date.now()));

export const TODAY = localDateAt(ZONE, Date.now());

/** The local date so many days from today. */
export function day(fromToday: number): string {
  return addDays(TODAY, fromToday);
}

/** The instant of a time of the day so many days from today; as an API's clock. */
export function at(fromToday: number, time: string): number {
  return instantAt(ZONE, day(fromToday), time);
}

/** The same, as the API writes it. */
export function iso(fromToday: number, time = '00:00'): string {
  const offset = ZONE.offsets[0]?.offsetMinutes ?? 0;
  const sign = offset < 0 ? '-' : '+';
  const hours = String(Math.abs(offset) / 60).padStart(2, '0');
  return `${day(fromToday)}T${time}:00${sign}${hours}:00`;
}

export interface DraftPeople {
  A: { name: string; email: string; contact?: string };
  B: { name: string; email: string; contact?: string };
  coordinator: { name: string; email: string };
}

/** S001a over 1,000,000.00 CNY: A reads Chinese, B English, and people work every day. */
export function draftOf({ A, B, coordinator }: DraftPeople) {
  return {
    template: 'service-attachments@1',
    zone: ZONE.id,
    calendar: EVERY_DAY,
    terms: {
      contractTotal: '1000000.00',
      penaltyCapPercent: 'not-agreed',
      penaltyGraceDays: 'not-agreed',
      expiresOn: 'not-agreed',
    },
    parties: { A: { ...A, language: 'zh' }, B: { ...B, language: 'en' } },
    coordinator: { ...coordinator, language: 'en' },
  };
}

export function people(tag: string): DraftPeople {
  return {
    A: { name: `甲 ${tag}`, email: `a.${tag}@example.org` },
    B: { name: `B ${tag}`, email: `b.${tag}@example.org` },
    coordinator: { name: `Coordinator ${tag}`, email: `c.${tag}@example.org` },
  };
}
