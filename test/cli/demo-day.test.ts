import { describe, expect, test } from 'vitest';
import { datedAround } from '../../cli/demo/day.ts';
import { demoScenarios } from '../../cli/demo/scenarios.ts';
import { loadCalendar } from '../../templates/calendars.ts';
import { listTemplates } from '../../templates/library.ts';
import { zoneData } from '../../templates/zone-data.ts';

const zone = zoneData('Asia/Shanghai');
const calendar = loadCalendar(undefined);
/** Monday, 23 November 2026, 16:05 in Shanghai. */
const nowMs = Date.parse('2026-11-23T08:05:00Z');
const around = (text: string): string => datedAround(text, { nowMs, zone, calendar });

describe("the days of the demo's scenarios", () => {
  test('stand as their distance from today', () => {
    expect(around("signedOn: '{{-76}}'")).toBe("signedOn: '2026-09-08'");
    expect(around('{{+20}}')).toBe('2026-12-13');
  });

  test('a working day is the last one up to the distance: 45 days ago is the make-up Saturday, 44 a Sunday', () => {
    expect(around('{{-44}} {{w-44}} {{w-45}} {{w-46}}')).toBe('2026-10-10 2026-10-10 2026-10-09 2026-10-08');
  });

  test('months are added to the date as the contract adds them', () => {
    // 23 days before is the last day of October; November has 30.
    expect(around('{{-23+1mo}}')).toBe('2026-11-30');
  });

  test('hours and minutes before now bring their date', () => {
    expect(around('{{-3h}}, {{-25min}}, {{-20h}}')).toBe('2026-11-23 13:05, 2026-11-23 15:40, 2026-11-22 20:05');
  });

  test('anything else is told', () => {
    expect(() => around('{{tomorrow}}')).toThrow('{{tomorrow}} is no distance from today');
  });
});

describe("the demo's agreements", () => {
  const days = ['2026-11-23T08:05:00Z', '2026-12-31T15:59:00Z', '2027-02-28T01:00:00Z', '2027-10-03T12:00:00Z'];
  test.each(days)('are scenarios without a fault on %s', (now) => {
    const scenarios = demoScenarios(Date.parse(now));
    expect(new Set(scenarios.map(({ scenario }) => scenario.draft.template.id))).toEqual(
      new Set(listTemplates().map(({ id }) => id)),
    );
    for (const { scenario } of scenarios) expect(scenario.acts.at(-1)!.atMs).toBeLessThan(Date.parse(now));
  });
});
