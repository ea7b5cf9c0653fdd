import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { planCalendar } from '../../cli/ics.ts';
import { resolveScenario } from '../../cli/scenario.ts';
import { planDraft } from '../../templates/draft.ts';
import { abide } from './abide-process.ts';
import { goodScenario, scenarioFile } from './scenario-file.ts';

const NOW = Date.UTC(2026, 8, 1, 1);

/** A plan as a calendar file, and as another library reads it. */
function calendarOf(change: Record<string, unknown> = {}, { source = 'plan.yaml', nowMs = NOW } = {}) {
  const read = resolveScenario({ ...goodScenario(), script: [], signedOn: '2026-09-01', ...change }, '.');
  if ('errors' in read) throw new Error(JSON.stringify(read.errors));
  const { draft, dayZero, until } = read.scenario;
  const plan = planDraft(draft, dayZero, until ?? undefined);
  const text = planCalendar(plan, { draft, source, nowMs, lang: 'zh' });
  const root = new ICAL.Component(ICAL.parse(text) as unknown[]);
  const events = root.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));
  return { plan, text, root, events };
}

const AGREED = { contractTotal: '1000000.00', monitoringReportIntervalDays: 90, actionItemDueDays: 30 };

describe('a plan as a calendar', () => {
  test('one all-day event for each due date, with explanation, clauses and parties', () => {
    const { plan, events } = calendarOf();
    const dated = plan.obligations.filter(({ localDate }) => localDate !== null);
    expect(events.map(({ startDate }) => [startDate.isDate, startDate.toString()])).toEqual(
      dated.map(({ localDate }) => [true, localDate]),
    );
    const [first] = events;
    expect(first?.summary).toBe('客户需求分析报告（甲方）');
    expect(first?.description.split('\n')).toEqual([
      '签署日 2026-09-01，当日不计入期间',
      '加 30 日，最后一日为 2026-10-01',
      '国庆节，休息日',
      '顺延至其后第一个工作日 2026-10-08',
      '于 2026-10-08 24:00 届满（Asia/Shanghai）',
      '到期: 2026-10-09T00:00:00+08:00 (Asia/Shanghai)',
      '责任方: 甲方',
      expect.stringMatching(/^条款: S001a-60/),
      expect.stringMatching(/^当事人: /),
    ]);
  });

  test('occurrences have events of their own; what has no date is named', () => {
    const { plan, root, events } = calendarOf({ template: 'service-attachments', terms: AGREED });
    const uids = events.map(({ uid }) => uid);
    expect(new Set(uids).size).toBe(plan.obligations.filter(({ dueAt }) => dueAt !== null).length);
    expect(uids.filter((uid) => uid.startsWith('monitoring-report.')).length).toBeGreaterThan(2);
    const undated = plan.obligations.filter(({ dueAt }) => dueAt === null);
    expect(undated.length).toBeGreaterThan(0);
    expect(root.getFirstPropertyValue('x-wr-caldesc')).toContain(undated[0]?.title.zh);
  });

  test('a period that ends within a day ends at its moment, in UTC', () => {
    const { plan, events } = calendarOf({ terms: { contractTotal: '1000000.00', dayEnd: '17:30' } });
    expect(plan.obligations[0]?.dueAt).toBe('2026-10-08T17:30:00+08:00');
    expect(events[0]?.startDate.isDate).toBe(false);
    expect(events[0]?.endDate.toJSDate().toISOString()).toBe('2026-10-08T09:30:00.000Z');
    expect(events[0]?.startDate.zone.tzid).toBe('UTC');
  });

  test.each([
    ['all-day', {}],
    ['at a moment', { terms: { contractTotal: '1000000.00', dayEnd: '17:30' } }],
  ])('alarms at the rungs of the reminders: %s', (_name, change) => {
    const { plan, events } = calendarOf(change);
    for (const [index, event] of events.entries()) {
      const planned = plan.obligations[index];
      const startMs = event.startDate.isDate
        ? Date.parse(`${event.startDate.toString()}T00:00:00+08:00`)
        : event.startDate.toJSDate().getTime();
      const alarms = event.component.getAllSubcomponents('valarm').map((alarm) => {
        const trigger = alarm.getFirstProperty('trigger');
        expect(trigger?.getFirstParameter('related') ?? 'START').toBe('START');
        expect(alarm.getFirstPropertyValue('description')).toBe(event.summary);
        return startMs + (trigger?.getFirstValue() as unknown as ICAL.Duration).toSeconds() * 1000;
      });
      expect(alarms).toEqual([...new Set(planned?.reminders.map(({ at }) => Date.parse(at)))]);
    }
  });

  test('lines end with CRLF, have at most 75 octets and are folded between characters', () => {
    const { text } = calendarOf();
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const line of text.split('\r\n')) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(line).not.toContain('\uFFFD');
    }
    expect(text).toMatch(/\r\n \S/);
  });

  test('commas, semicolons, backslashes and line ends are escaped', () => {
    const name = '甲公司, 分部; 一号\\楼';
    const parties = goodScenario()['parties'] as Record<string, object>;
    const { text, events } = calendarOf({ parties: { ...parties, A: { ...parties['A'], name } } });
    expect(text.replaceAll('\r\n ', '')).toContain('甲公司\\, 分部\\; 一号\\\\楼');
    expect(events[0]?.description.split('\n').at(-1)).toContain(name);
  });

  test('with other dates the events keep their UIDs, for other parties or another file they do not', () => {
    const uids = (...given: Parameters<typeof calendarOf>): string[] =>
      calendarOf(...given).events.map(({ uid }) => uid);
    expect(uids({ signedOn: '2026-09-10' }, { nowMs: NOW + 1_000 })).toEqual(uids());
    expect(uids({}, { source: 'other.yaml' })).not.toEqual(uids());
    const parties = goodScenario()['parties'] as Record<string, object>;
    expect(uids({ parties: { ...parties, A: { ...parties['A'], email: 'x@example.org' } } })).not.toEqual(uids());
    expect(calendarOf({ signedOn: '2026-09-10' }).text).toBe(calendarOf({ signedOn: '2026-09-10' }).text);
  });
});

test('abide plan --ics prints the file and nothing else; not beside --json', () => {
  const file = scenarioFile(JSON.stringify({ ...goodScenario(), script: [], signedOn: '2026-09-01' }));
  const { code, stdout, stderr } = abide(['plan', '--ics', file]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.startsWith('BEGIN:VCALENDAR\r\n')).toBe(true);
  expect(() => ICAL.parse(stdout) as unknown).not.toThrow();

  const both = abide(['plan', '--ics', '--json', file]);
  expect({ code: both.code, stdout: both.stdout }).toEqual({ code: 1, stdout: '' });
  expect((JSON.parse(both.stderr) as { type: string }).type).toBe('urn:abide:invalid-usage');
});
