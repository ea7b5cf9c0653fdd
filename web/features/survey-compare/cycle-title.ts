import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { occurrenceText } from '../../app/occurrence.ts';

interface Named {
  occurrence: string | null;
  reference: string;
}

/** `2027 年第一季度`, `Q1 2027`; an interval by the day on which it begins. */
export function cycleTitle(
  { occurrence, reference }: Named,
  words: (key: string, values?: Record<string, unknown>) => string,
  language: string,
): string {
  return occurrence === null ? reference : occurrenceText(occurrence, words, language);
}

export function useCycleTitle(): (cycle: Named) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (cycle) => cycleTitle(cycle, (key, values) => t(key, values ?? {}), format.language);
}
