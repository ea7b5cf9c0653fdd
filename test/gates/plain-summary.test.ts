import { expect, test } from 'vitest';
import { summarise } from '../support/plain-summary.ts';

type Module = Parameters<typeof summarise>[0][number];

const module = (states: string[], ownErrors = 0, hookErrors = 0): Module =>
  ({
    errors: () => Array(ownErrors).fill({ message: 'does not load' }),
    children: {
      allSuites: () => [{ errors: () => Array(hookErrors).fill({ message: 'hook' }) }],
      allTests: () => states.map((state) => ({ result: () => ({ state }) })),
    },
  }) as unknown as Module;

test('one plain line: passed, failed, and the skipped ones if any', () => {
  expect(summarise([module(['passed', 'passed']), module(['passed', 'failed'])], [])).toBe('3 passed, 1 failed');
  expect(summarise([module(['passed', 'skipped'])], [])).toBe('1 passed, 0 failed, 1 skipped');
});

test('what fails outside a test counts as failed', () => {
  expect(summarise([module([], 1), module(['passed'], 0, 1)], [{}])).toBe('1 passed, 3 failed');
});
