import { useTranslation } from 'react-i18next';
import type { Text } from '../wire.ts';
import { inLanguage } from './i18n.ts';
import { dateText, dueText, instantText, zoneText, zonedText } from './moment.ts';

/** The reader's own zone: of what belongs to no agreement. */
const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Dates and texts in the reader's language. */
export interface Format {
  language: string;
  text: (text: Text) => string;
  date: (localDate: string) => string;
  /** In a zone that the page names elsewhere: the agreement's. */
  instant: (instant: string | number, zone: string) => string;
  /** In the reader's own zone, with its name. */
  here: (instant: string | number) => string;
  due: (dueAt: string, localDate: string) => string;
  zone: (zone: string) => string;
}

export function useFormat(): Format {
  const { i18n } = useTranslation();
  const language = i18n.language;
  return {
    language,
    text: (text) => inLanguage(text, language),
    date: (localDate) => dateText(localDate, language),
    instant: (instant, zone) => instantText(instant, zone, language),
    here: (instant) => zonedText(instant, HERE, language),
    due: (dueAt, localDate) => dueText(dueAt, localDate, language),
    zone: (zone) => zoneText(zone, language),
  };
}
