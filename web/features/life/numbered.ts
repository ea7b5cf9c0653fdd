import { useTranslation } from 'react-i18next';

type Words = (key: string, values?: Record<string, unknown>) => string;

/** `claim-1` → `第 1 号`, `No. 1`; a name that somebody gave stays as it is. */
export function numberedText(id: string, t: Words): string {
  const [, number] = /^(?:amendment|claim|breach|termination|request|incident|dispute|meeting)-(\d+)$/.exec(id) ?? [];
  return number === undefined ? id : t('life.numbered', { number });
}

export function useNumbered(): (id: string) => string {
  const { t } = useTranslation();
  return (id) => numberedText(id, (key, values) => t(key, values ?? {}));
}
