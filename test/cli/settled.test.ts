import { expect, test } from 'vitest';
import { settling } from '../../cli/settled.ts';

const ms = (text: string): number => Date.parse(`2026-09-18T${text}+08:00`);
const settled = settling({
  firstMs: ms('09:00:00'),
  acts: [{ atMs: ms('10:00:00') }, { atMs: ms('10:00:30') }] as never,
});

test('what follows from a step while the engine’s clock walks on is told at the step', () => {
  expect(settled(ms('10:00:02.417'))).toBe(ms('10:00:00'));
  expect(settled(ms('10:00:31.050'))).toBe(ms('10:00:30'));
});

test('off every step it is told at its minute; what stands on a whole second stays there', () => {
  expect(settled(ms('17:50:03.200'))).toBe(ms('17:50:00'));
  expect(settled(ms('17:50:30'))).toBe(ms('17:50:30'));
});
