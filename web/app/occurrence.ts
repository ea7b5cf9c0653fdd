import { useTranslation } from 'react-i18next';
import type { Text } from '../wire.ts';
import { useFormat } from './format.ts';
import { dateText } from './moment.ts';

type Words = (key: string, values?: Record<string, unknown>) => string;

/** `2027-Q1` → `2027 年第一季度`, `Q1 2027`; an interval by the day on which it begins. */
export function occurrenceText(occurrence: string, t: Words, language: string): string {
  const [, year, part = ''] = /^(\d{4})(?:-(Q[1-4]|H[12]|\d{2}))?$/.exec(occurrence) ?? [];
  if (year === undefined) return t('occurrence.from', { date: dateText(occurrence, language) });
  if (part === '') return t('occurrence.year', { year });
  if (!/^\d/.test(part)) return t(`occurrence.${part}`, { year });
  const month =
    language === 'en'
      ? new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2000, Number(part) - 1, 1))
      : String(Number(part));
  return t('occurrence.month', { year, month });
}

/** An obligation's title with its occurrence: `季度满意度调查（2027 年第一季度）`. */
export function useTitled(): (title: Text, occurrence?: string | null) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (title, occurrence) => {
    const what = format.text(title);
    if (!occurrence) return what;
    const words: Words = (key, values) => t(key, values ?? {});
    return t('occurrence.of', { what, occurrence: occurrenceText(occurrence, words, format.language) });
  };
}
