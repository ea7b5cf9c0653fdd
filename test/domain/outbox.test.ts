import { expect, test } from 'vitest';
import type { Event } from '../../domain/agreement/event.ts';
import type { Notice } from '../../domain/agreement/notice.ts';
import { emptyOutbox, stepsOf } from '../../workflows/outbox.ts';

const event = (sequence: number, commandId?: string) => ({ sequence, ...(commandId ? { commandId } : {}) }) as Event;
const notice = (id: string) => ({ id }) as Notice;

test('what is small is one step, as it is', () => {
  const outbox = { ...emptyOutbox(), events: [event(1)], notices: [notice('n1')] };
  expect(stepsOf(outbox)).toEqual([outbox]);
  expect(stepsOf(outbox)[0]).toBe(outbox);
});

test('what is large goes out in steps: in order, a command’s events together, notices and answers after them', () => {
  const outbox = {
    events: [event(1), event(2, 'a'), event(3, 'a'), event(4, 'a'), event(5), event(6, 'b')],
    notices: [notice('n1'), notice('n2')],
    refusals: [],
    unchanged: [{ commandId: 'c', atMs: 0 }],
  };
  const steps = stepsOf(outbox, 50);
  expect(steps.map(({ events }) => events.map(({ sequence }) => sequence))).toEqual([[1], [2, 3, 4], [5, 6], [], []]);
  expect(steps.map(({ notices }) => notices.length)).toEqual([0, 0, 0, 2, 0]);
  expect(steps.at(-1)).toEqual({ ...emptyOutbox(), unchanged: outbox.unchanged });
});
