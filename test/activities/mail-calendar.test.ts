import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { type Sample, samples } from '../../activities/mail/samples.ts';
import { renderNotice } from '../../activities/mail/notice-mail.ts';

const SENDER = { name: 'Abide', address: 'abide@abide.example.com' };
const DUE = { obligation: 'process-plan', dueAtMs: Date.parse('2026-11-10T00:00:00+08:00'), localDate: '2026-11-09' };

/** A sample's calendar part, as another library reads it. */
function calendarOf(name: string, number: number, change: (input: Sample['input']) => void = () => undefined) {
  const sample = samples('zh').find((entry) => entry.name === name);
  if (!sample) throw new Error(`no sample ${name}`);
  const input: Sample['input'] = { ...sample.input, notice: structuredClone(sample.input.notice) };
  input.notice.id = `agreement/${input.agreement.id}/n${number}`;
  change(input);
  const { calendar } = renderNotice(input, SENDER);
  if (!calendar) return undefined;
  const root = new ICAL.Component(ICAL.parse(calendar.content) as unknown[]);
  const events = root.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      sequence: event.sequence,
      start: event.startDate.toString(),
      summary: event.summary,
      status: component.getFirstPropertyValue('status'),
      organizer: component.getFirstPropertyValue('organizer'),
      alarms: component.getAllSubcomponents('valarm').length,
    };
  });
  expect(root.getFirstPropertyValue('method')).toBe(calendar.method);
  return { method: calendar.method, events };
}

/** About the plan that A hands in and B reviews. */
const aboutPlan =
  (facts: { dueAtMs: number; localDate: string } = DUE) =>
  ({ notice }: Sample['input']): void => {
    notice.obligation = DUE.obligation;
    Object.assign(notice.facts, { dueAtMs: facts.dueAtMs, localDate: facts.localDate });
  };

test('told, moved, withdrawn: one UID, a SEQUENCE that rises, CANCEL at the end', () => {
  const reminded = calendarOf('reminder.before', 3, aboutPlan());
  const moved = calendarOf(
    'deliverable-rejected',
    7,
    aboutPlan({ ...DUE, localDate: '2026-11-16', dueAtMs: Date.parse('2026-11-17T00:00:00+08:00') }),
  );
  const accepted = calendarOf('deliverable-accepted', 12, (input) => {
    input.settled = [{ ...DUE, cancelled: false }];
  });
  expect([reminded, moved, accepted].map((part) => part?.method)).toEqual(['PUBLISH', 'PUBLISH', 'CANCEL']);
  const events = [reminded, moved, accepted].flatMap((part) => part?.events ?? []);
  expect(events).toHaveLength(3);
  expect(new Set(events.map(({ uid }) => uid)).size).toBe(1);
  expect(events.map(({ sequence }) => sequence)).toEqual([3, 7, 12]);
  expect(events.map(({ start }) => start)).toEqual(['2026-11-09', '2026-11-16', '2026-11-09']);
  expect(events.map(({ status }) => status)).toEqual([null, null, 'CANCELLED']);
  expect(events[0]).toMatchObject({ summary: '提交《服务流程优化方案》', organizer: 'mailto:abide@abide.example.com' });
});

test('the reviewer has an entry of its own', () => {
  const review = calendarOf('review-request', 4);
  const hand = calendarOf('reminder.before', 3, aboutPlan());
  expect(review?.events[0]?.summary).toBe('审核《服务流程优化方案》');
  expect(review?.events[0]?.uid).not.toBe(hand?.events[0]?.uid);
});

test('alarms are left for the days of the ladder that are still to come', () => {
  const seven = calendarOf('reminder.before', 3, ({ notice }) => {
    notice.atMs = Date.parse('2026-10-01T09:00:00+08:00'); // a week before 2026-10-08
  });
  expect(seven?.events[0]?.alarms).toBe(2);
  expect(calendarOf('reminder.last-day', 3)?.events[0]?.alarms).toBe(0);
});

test('each occurrence is an entry of its own', () => {
  const part = calendarOf('summary.occurrences', 9);
  expect(part?.events.map(({ uid }) => uid.split('.').slice(0, 2))).toEqual([
    ['quarterly-survey', '2027-Q1'],
    ['quarterly-survey', '2027-Q2'],
  ]);
});

test('the mail of the effect enters what its reader owes, and nothing of the others', () => {
  expect(calendarOf('agreement-in-force', 2)).toBeUndefined(); // B owes none of it
  const owner = calendarOf('agreement-in-force', 2, ({ notice }) => {
    notice.seat = 'A';
    notice.role = 'A';
  });
  expect(owner?.events.map(({ start }) => start)).toEqual(['2026-10-08', '2026-11-02', '2026-11-30']);
});

test('an end withdraws what it cancelled, not what was done before', () => {
  const part = calendarOf('agreement-terminated', 20, (input) => {
    input.settled = [
      { obligation: 'needs-analysis-report', dueAtMs: DUE.dueAtMs, localDate: DUE.localDate, cancelled: false },
      { ...DUE, cancelled: true },
    ];
  });
  expect(part?.method).toBe('CANCEL');
  expect(part?.events.map(({ uid }) => uid.split('.')[0])).toEqual(['process-plan']);
});

test.each(['reminder.overdue-copy', 'sign-invitation', 'penalty-started.creditor', 'deliverable-submitted'])(
  '%s asks nothing of its reader by a date: no calendar part',
  (name) => {
    expect(calendarOf(name, 5)).toBeUndefined();
  },
);

const REPORT = {
  obligation: 'needs-analysis-report',
  localDate: '2026-10-08',
  dueAtMs: Date.parse('2026-10-09T00:00:00+08:00'),
};

test('a suspension takes what stands still out of the calendar, its end brings it back under the same UID with the new date', () => {
  const told = calendarOf('reminder.before', 3);
  const paused = calendarOf('agreement-suspended', 8, (input) => {
    input.settled = [{ ...REPORT, cancelled: false, open: true }];
  });
  const resumed = calendarOf('agreement-resumed', 9, (input) => {
    const later = { localDate: '2026-10-22', dueAtMs: Date.parse('2026-10-23T00:00:00+08:00') };
    input.settled = [{ ...REPORT, ...later, cancelled: false, open: true }];
  });
  expect([told, paused, resumed].map((part) => part?.method)).toEqual(['PUBLISH', 'CANCEL', 'PUBLISH']);
  const events = [told, paused, resumed].flatMap((part) => part?.events ?? []);
  expect(new Set(events.map(({ uid }) => uid)).size).toBe(1);
  expect(events.map(({ status }) => status ?? null)).toEqual([null, 'CANCELLED', null]);
  expect(events.map(({ sequence }) => sequence)).toEqual([3, 8, 9]);
  expect(resumed?.events[0]?.start).toBe('2026-10-22');
});

test('a suspension of one duty leaves the entries of the others alone', () => {
  const part = calendarOf('agreement-suspended', 8, (input) => {
    input.notice.facts.duties = ['process-plan'];
    input.settled = [
      { ...REPORT, cancelled: false, open: true },
      { ...DUE, cancelled: false, open: true },
    ];
  });
  expect(part?.events.map(({ uid }) => uid.split('.')[0])).toEqual(['process-plan']);
});

test('an amendment moves what is open and withdraws what it dropped; what was done stays', () => {
  const part = calendarOf('amendment-effective', 12, (input) => {
    input.settled = [
      { ...REPORT, cancelled: false },
      { ...DUE, cancelled: false, open: true },
      {
        obligation: 'training-plan',
        localDate: '2026-11-30',
        dueAtMs: Date.parse('2026-12-01T00:00:00+08:00'),
        cancelled: true,
      },
    ];
  });
  expect(part?.method).toBe('PUBLISH');
  expect(part?.events.map(({ uid, status }) => [uid.split('.')[0], status ?? null])).toEqual([
    ['process-plan', null],
    ['training-plan', 'CANCELLED'],
  ]);
});
