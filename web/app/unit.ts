import { useTranslation } from 'react-i18next';

/** Units that say nothing beside a figure: what is counted stands in the label. */
const UNSPOKEN = ['number', 'count'];

/** The word of a term's unit; empty where there is none to say. */
export function useUnitWord(): (unit: string | undefined) => string {
  const { t } = useTranslation();
  return (unit) => (unit === undefined || UNSPOKEN.includes(unit) ? '' : t(`unit.${unit}`, { defaultValue: unit }));
}
