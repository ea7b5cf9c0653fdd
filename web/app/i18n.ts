import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language, Text } from '../wire.ts';
import en from '../locales/en.json';
import zh from '../locales/zh.json';

/** A feature may bring its own words: features/<noun>/words.zh.json and words.en.json, each one group named as the noun. */
const brought = import.meta.glob<Record<string, unknown>>('../features/*/words.*.json', {
  eager: true,
  import: 'default',
});

function wordsOf(language: Language, own: Record<string, unknown>): Record<string, unknown> {
  const files = Object.entries(brought).filter(([path]) => path.endsWith(`/words.${language}.json`));
  return Object.assign({}, own, ...files.map(([, words]) => words)) as Record<string, unknown>;
}

const REMEMBERED = 'abide.language';

/** What the reader chose, else the browser's first language that we have, else Chinese. */
function preferredLanguage(): Language {
  const chosen = window.localStorage.getItem(REMEMBERED);
  if (chosen === 'zh' || chosen === 'en') return chosen;
  for (const tag of navigator.languages) {
    if (tag.startsWith('zh')) return 'zh';
    if (tag.startsWith('en')) return 'en';
  }
  return 'zh';
}

export const LANGUAGE_TAG: Record<Language, string> = { zh: 'zh-CN', en: 'en' };

function announce(language: string): void {
  document.documentElement.lang = LANGUAGE_TAG[language === 'en' ? 'en' : 'zh'];
}

export async function startI18n(): Promise<void> {
  i18next.on('languageChanged', announce);
  await i18next.use(initReactI18next).init({
    lng: preferredLanguage(),
    fallbackLng: 'zh',
    resources: { zh: { translation: wordsOf('zh', zh) }, en: { translation: wordsOf('en', en) } },
    interpolation: { escapeValue: false },
  });
}

export async function switchLanguage(language: Language): Promise<void> {
  window.localStorage.setItem(REMEMBERED, language);
  await i18next.changeLanguage(language);
}

export function inLanguage(text: Text, language: string): string {
  return language === 'en' ? text.en : text.zh;
}
