import { describe, expect, test } from 'vitest';
import { type Clock, datesLate, dueOf, instantWhenUsed, pausedMs } from '../../domain/case/clock.ts';
import { instantAt, isoAt } from '../../domain/zone.ts';
import { loadCalendar } from '../../templates/calendars.ts';
import { zoneData } from '../../templates/zone-data.ts';

const zone = zoneData('Asia/Shanghai');
const context = { calendar: loadCalendar('cn'), zone, workingTime: { from: '09:00', to: '18:00' } };

/** `2026-10-09 17:50` */
function at(local: string): number {
  const [date = '', time = '00:00'] = local.split(' ');
  return instantAt(zone, date, time);
}

function clock(change: Partial<Clock>): Clock {
  return { id: 'resolution', unit: 'hours', budget: 24, startAtMs: at('2026-10-09 17:50'), suspensions: [], ...change };
}

function due(change: Partial<Clock>): string | null {
  const ms = dueOf(clock(change), context);
  return ms === null ? null : isoAt(zone, ms).slice(0, 16);
}

const gap = (from: string, until?: string) => ({
  fromMs: at(from),
  ...(until === undefined ? {} : { untilMs: at(until) }),
  reason: 'wrong-information',
  by: 'B',
});

describe('a complaint at 17:50 on a Friday before a make-up Saturday', () => {
  test('has until 17:50 on Saturday, around the clock', () => {
    expect(due({})).toBe('2026-10-10T17:50');
  });

  // 10 min on Friday, 9 h on the make-up Saturday, 9 h on Monday, 5 h 50 min on Tuesday.
  test('has until 14:50 on Tuesday in 24 working hours: Saturday is worked, Sunday is not', () => {
    expect(due({ unit: 'working-hours' })).toBe('2026-10-13T14:50');
  });

  // 10 min on Friday, then 50 min on Saturday morning.
  test('is answered by 09:50 on Saturday where one working hour is agreed', () => {
    expect(due({ unit: 'working-hours', budget: 1 })).toBe('2026-10-10T09:50');
  });

  test('has half its working hours behind it at 11:50 on Monday', () => {
    const used = instantWhenUsed(clock({ unit: 'working-hours' }), 12, context);
    expect(used === null ? null : isoAt(zone, used).slice(0, 16)).toBe('2026-10-12T11:50');
  });
});

describe('working hours', () => {
  // 2026-09-30 is the last working day before National Day week; 2026-10-08 is the first after it.
  test('leave out a holiday week', () => {
    expect(due({ unit: 'working-hours', budget: 2, startAtMs: at('2026-09-30 17:00') })).toBe('2026-10-08T10:00');
  });

  test('begin at the opening where it comes in at night', () => {
    expect(due({ unit: 'working-hours', budget: 4, startAtMs: at('2026-10-12 22:10') })).toBe('2026-10-13T13:00');
  });

  test('end at the closing itself where they are just used up', () => {
    expect(due({ unit: 'working-hours', budget: 9, startAtMs: at('2026-10-12 09:00') })).toBe('2026-10-12T18:00');
  });

  // Monday 09:00 + 6 h without 11:00 to 14:00 = 18:00.
  test('lose of a suspension what of it was working time', () => {
    const start = at('2026-10-12 09:00');
    const suspensions = [gap('2026-10-12 11:00', '2026-10-12 14:00')];
    expect(due({ unit: 'working-hours', budget: 6, startAtMs: start, suspensions })).toBe('2026-10-12T18:00');
    const atNight = [gap('2026-10-12 19:00', '2026-10-13 08:00')];
    expect(due({ unit: 'working-hours', budget: 10, startAtMs: start, suspensions: atNight })).toBe('2026-10-13T10:00');
  });
});

describe('hours around the clock', () => {
  test('lose the elapsed time of every suspension', () => {
    const suspensions = [gap('2026-10-09 20:00', '2026-10-09 23:30'), gap('2026-10-10 19:00', '2026-10-11 01:00')];
    // 17:50 + 24 h + 3 h 30 min = 21:20; the second one begins before that and takes six more hours.
    expect(due({ suspensions })).toBe('2026-10-11T03:20');
  });

  test('are due at no time while they stand still', () => {
    expect(due({ suspensions: [gap('2026-10-09 20:00')] })).toBeNull();
  });

  test('know how long they stood still', () => {
    const one = clock({ suspensions: [gap('2026-10-09 20:00', '2026-10-09 23:30'), gap('2026-10-10 10:00')] });
    expect(pausedMs(one, at('2026-10-10 11:00'))).toBe(4.5 * 3_600_000);
  });

  test('may be fractions: twenty minutes', () => {
    expect(due({ budget: 20 / 60 })).toBe('2026-10-09T18:10');
  });
});

describe('days', () => {
  // Day 0 does not count: 3 days from Friday the 9th end on Monday the 12th, at 24:00.
  test('end at 24:00 of their last day', () => {
    expect(due({ unit: 'days', budget: 3 })).toBe('2026-10-13T00:00');
  });

  // 2 days from Friday end on Sunday, a rest day: the next working day.
  test('roll over to the next working day', () => {
    expect(due({ unit: 'days', budget: 2 })).toBe('2026-10-13T00:00');
  });

  // Paused on the 10th, resumed on the 13th: 3 local dates. The 12th and 3 more: the 15th.
  test('lose the local dates from the start of a suspension up to, not including, its end', () => {
    expect(due({ unit: 'days', budget: 3, suspensions: [gap('2026-10-10 15:00', '2026-10-13 09:00')] })).toBe(
      '2026-10-16T00:00',
    );
  });

  test('of a suspension within one day lose none', () => {
    expect(due({ unit: 'days', budget: 3, suspensions: [gap('2026-10-10 09:00', '2026-10-10 17:00')] })).toBe(
      '2026-10-13T00:00',
    );
  });

  test('lose the first day as well, if they stood still from it on', () => {
    expect(due({ unit: 'days', budget: 3, suspensions: [gap('2026-10-09 18:00', '2026-10-10 09:00')] })).toBe(
      '2026-10-14T00:00',
    );
  });

  // Working days after Friday the 9th: Saturday the 10th (make-up), Monday, Tuesday.
  test('of work follow the calendar', () => {
    expect(due({ unit: 'working-days', budget: 3 })).toBe('2026-10-14T00:00');
  });

  test('late count from the day after the last one', () => {
    const end = at('2026-10-13 00:00');
    expect(datesLate(end, at('2026-10-12 23:59'), zone)).toBe(0);
    expect(datesLate(end, at('2026-10-13 00:01'), zone)).toBe(1);
    expect(datesLate(end, at('2026-10-15 12:00'), zone)).toBe(3);
  });
});
