import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language, Text } from '../wire.ts';

/** The words of a language, with those that features bring along; the other language's are not loaded. */
const WORDS: Record<Language, () => Promise<{ default: Record<string, unknown> }>> = {
  zh: () => import('../locales/zh.ts'),
  en: () => import('../locales/en.ts'),
};

async function load(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'translation')) return;
  i18next.addResourceBundle(language, 'translation', (await WORDS[language]()).default);
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
  const language = preferredLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'zh',
    resources: { [language]: { translation: (await WORDS[language]()).default } },
    interpolation: { escapeValue: false },
  });
}

export async function switchLanguage(language: Language): Promise<void> {
  await load(language);
  window.localStorage.setItem(REMEMBERED, language);
  await i18next.changeLanguage(language);
}

export function inLanguage(text: Text, language: string): string {
  return language === 'en' ? text.en : text.zh;
}
