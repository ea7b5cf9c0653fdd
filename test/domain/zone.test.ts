import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantAt, isoAt, localDateAt, localTimeAt } from '../../domain/zone.ts';
import { zoneData } from '../../templates/zone-data.ts';

const shanghai = zoneData('Asia/Shanghai');
const berlin = zoneData('Europe/Berlin');
const santiago = zoneData('America/Santiago');

test('Shanghai has a handful of offsets and is eight hours ahead since 1991', () => {
  expect(shanghai.offsets.length).toBeLessThanOrEqual(5);
  expect(shanghai.offsets[0]?.fromMs).toBeNull();
  expect(shanghai.offsets.at(-1)).toEqual({ fromMs: Date.parse('1991-09-14T17:00:00Z'), offsetMinutes: 480 });
  expect(isoAt(shanghai, Date.parse('2026-10-08T16:00:00Z'))).toBe('2026-10-09T00:00:00+08:00');
  expect(localDateAt(shanghai, Date.parse('2026-10-08T15:59:59.999Z'))).toBe('2026-10-08');
  expect(localTimeAt(shanghai, Date.parse('2026-10-08T15:59:59.999Z'))).toBe('23:59:59');
});

test('a local time as an instant; 24:00 is the start of the next date', () => {
  expect(instantAt(shanghai, '2026-10-08', '24:00')).toBe(Date.parse('2026-10-08T16:00:00Z'));
  expect(instantAt(shanghai, '2026-12-31', '24:00')).toBe(Date.parse('2026-12-31T16:00:00Z'));
  expect(instantAt(shanghai, '2026-10-08', '09:00')).toBe(Date.parse('2026-10-08T01:00:00Z'));
  expect(instantAt(shanghai, '2026-10-08', '23:50:07')).toBe(Date.parse('2026-10-08T15:50:07Z'));
});

test('a time that daylight saving leaves out moves forward by the gap', () => {
  expect(isoAt(berlin, instantAt(berlin, '2026-03-29', '02:30'))).toBe('2026-03-29T03:30:00+02:00');
  expect(isoAt(berlin, instantAt(berlin, '2026-03-29', '01:59'))).toBe('2026-03-29T01:59:00+01:00');
  expect(isoAt(berlin, instantAt(berlin, '2026-03-29', '03:00'))).toBe('2026-03-29T03:00:00+02:00');
  // Chile's clocks skip midnight itself.
  expect(isoAt(santiago, instantAt(santiago, '2026-09-05', '24:00'))).toBe('2026-09-06T01:00:00-03:00');
});

test('a time that comes twice is the earlier', () => {
  expect(isoAt(berlin, instantAt(berlin, '2026-10-25', '02:30'))).toBe('2026-10-25T02:30:00+02:00');
  expect(isoAt(berlin, instantAt(berlin, '2026-10-25', '03:00'))).toBe('2026-10-25T03:00:00+01:00');
});

test('offsets are written with sign, hours and minutes, never Z', () => {
  const ms = Date.parse('2026-01-15T12:00:00.789Z');
  expect(isoAt(zoneData('UTC'), ms)).toBe('2026-01-15T12:00:00+00:00');
  expect(isoAt(zoneData('Asia/Kolkata'), ms)).toBe('2026-01-15T17:30:00+05:30');
  expect(isoAt(zoneData('America/St_Johns'), ms)).toBe('2026-01-15T08:30:00-03:30');
  expect(isoAt(zoneData('Asia/Kathmandu'), ms)).toBe('2026-01-15T17:45:00+05:45');
});

test('an unknown zone is refused by name', () => {
  expect(() => zoneData('Mars/Olympus')).toThrow(RangeError);
  expect(() => zoneData('Mars/Olympus')).toThrow(/unknown time zone "Mars\/Olympus".*Asia\/Shanghai/);
  expect(() => zoneData('')).toThrow(/unknown time zone/);
});

test('one caller cannot change the data of the next', () => {
  zoneData('Europe/Paris').offsets.length = 0;
  zoneData('Europe/Paris').offsets.length = 0;
  expect(zoneData('Europe/Paris').offsets.length).toBeGreaterThan(2);
});

const zones = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca'].map(
  (id) => ({
    zone: zoneData(id),
    // An oracle of its own: the full local time as Intl formats it.
    format: new Intl.DateTimeFormat('sv-SE', { timeZone: id, dateStyle: 'short', timeStyle: 'medium' }),
  }),
);

test('property: local date and time are those of Intl, from 1990 to 2100', () => {
  const seconds = fc.integer({ min: Date.UTC(1990, 0, 1) / 1000, max: Date.UTC(2099, 11, 31) / 1000 });
  fc.assert(
    fc.property(fc.constantFrom(...zones), seconds, ({ zone, format }, second) => {
      const ms = second * 1000;
      expect(`${localDateAt(zone, ms)} ${localTimeAt(zone, ms)}`).toBe(format.format(ms));
      expect(Date.parse(isoAt(zone, ms))).toBe(ms);
      const again = instantAt(zone, localDateAt(zone, ms), localTimeAt(zone, ms));
      // The same instant, or the earlier of two that the clocks show alike.
      expect(again).toBeLessThanOrEqual(ms);
      expect(format.format(again)).toBe(format.format(ms));
    }),
    { numRuns: 1000 },
  );
});

test('every change of the clocks is exact to the second', () => {
  for (const { zone, format } of zones) {
    for (const { fromMs } of zone.offsets) {
      if (fromMs === null) continue;
      for (const ms of [fromMs - 1000, fromMs]) {
        expect(`${localDateAt(zone, ms)} ${localTimeAt(zone, ms)}`).toBe(format.format(ms));
      }
    }
  }
});
