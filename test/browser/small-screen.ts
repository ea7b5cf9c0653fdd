import { expect } from 'vitest';
import type { Hand } from './pages.ts';

/** A page, its address, and what is to be read on it in Chinese and in English. */
export type Shown = readonly [name: string, url: string, zh: string, en: string];

/** Demands that pages fit 320 px and are clean in both languages; a picture of each is kept. */
export async function expectToFit(hand: Hand, pages: readonly Shown[]): Promise<void> {
  for (const [name, url, zh, en] of pages) {
    for (const [language, text] of [
      ['zh', zh],
      ['en', en],
    ] as const) {
      await hand.reads(language, 320, url);
      await hand.sees(text);
      expect([name, language, await hand.violations(), await hand.isTooWide()]).toEqual([name, language, [], false]);
      await hand.look(`${name}-${language}-320`);
    }
  }
  expect(hand.errors()).toEqual([]);
}
