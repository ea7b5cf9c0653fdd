import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compiledMailLayout } from '../../cli/mail-layout.ts';

const layout = readFileSync(new URL('../../activities/mail/layout.html', import.meta.url), 'utf8');

test('activities/mail/layout.html is current (npx tsx cli/mail-layout.ts writes it)', async () => {
  expect(layout).toBe(await compiledMailLayout());
});

test('the layout has one button and fetches nothing', () => {
  expect(layout.match(/href="[^"]*"/g)?.sort()).toEqual([
    'href="{{button.url}}"', // the button
    'href="{{button.url}}"', // the same in words, for clients that show no button
    'href="{{link.url}}"',
  ]);
  expect(layout).not.toMatch(/<(img|script|link|iframe|form)\b|src=|url\(|@import/);
});
