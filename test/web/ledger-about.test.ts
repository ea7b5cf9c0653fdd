import { createInstance } from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import { ledgerAbout } from '../../web/features/agreement/ledger-about.ts';
import en from '../../web/features/life/words.en.json';
import zh from '../../web/features/life/words.zh.json';

const i18n = createInstance();
beforeAll(async () => {
  await i18n.init({
    lng: 'zh',
    resources: { zh: { translation: zh }, en: { translation: en } },
    interpolation: { escapeValue: false },
  });
});

function said(language: 'zh' | 'en', about: string): string {
  const t = i18n.getFixedT(language);
  return ledgerAbout(about, {
    t: (key, values) => t(key, values ?? {}),
    title: (id, occurrence) => (occurrence === undefined ? id : `${id}（${occurrence}）`),
  });
}

test('what a line rests on is said in words, by number where nobody named it', () => {
  expect(said('zh', 'claim:claim-1')).toBe('索赔第 1 号');
  expect(said('zh', 'waiver:2')).toBe('减免第 2 号');
  expect(said('zh', 'penalty:report#2027-03')).toBe('《report（2027-03）》的违约金');
  expect(said('en', 'suspension:3')).toBe('suspension No. 3');
  expect(said('en', 'item:process-plan')).toBe('left open: process-plan');
});

test('a claim that somebody named keeps its name; what is newer than this page stands as it is', () => {
  expect(said('zh', 'claim:rework-2026')).toBe('索赔rework-2026');
  expect(said('en', 'claim:rework-2026')).toBe('claim rework-2026');
  expect(said('en', 'bond:7')).toBe('bond:7');
});
