import { expect, test } from 'vitest';
import { daysBetween, stillSuspended } from '../../web/features/life/suspended.ts';

const subject = (reference: string) => ({ reference, title: { zh: reference, en: reference } });
const training = subject('training-plan');
const plan = subject('process-plan');

test('what ran again before the others stands still no more', () => {
  const obligations = [training, plan];
  expect(stillSuspended({ obligations, until: null, resumptions: [] })).toEqual([training, plan]);
  expect(stillSuspended({ obligations, until: null, resumptions: [{ obligations: [training] }] })).toEqual([plan]);
});

test('nothing stands still once it is over, and a suspension of all duties names none', () => {
  expect(stillSuspended({ obligations: [training], until: '2026-09-25', resumptions: [] })).toEqual([]);
  expect(stillSuspended({ obligations: [], until: null, resumptions: [] })).toEqual([]);
});

test('from 2026-09-10 to 2026-09-25, which counts again: 15 days (S001a-36)', () => {
  expect(daysBetween('2026-09-10', '2026-09-25')).toBe(15);
  expect(daysBetween('2026-11-23', '2026-11-23')).toBe(0);
});
