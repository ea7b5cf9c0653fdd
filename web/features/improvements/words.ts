import { useTranslation } from 'react-i18next';
import type { Agreement, AgreementEvent } from '../../wire.ts';
import { useFormat } from '../../app/format.ts';
import { useTitled } from '../../app/occurrence.ts';
import { useTemplate } from '../agreement/agreement-queries.ts';
import { type ImprovementSummary, cycleOf } from './improvement.ts';
import { scoreText } from './score.ts';

/** 1 (slight) to 5 (grave), to choose from. */
export function useSeverities(): { value: number; label: string }[] {
  const { t } = useTranslation();
  return [1, 2, 3, 4, 5].map((value) => ({
    value,
    label: `${String(value)} ${t(`findingSeverity.${String(value)}`)}`,
  }));
}

/** Kinds of measures as the contract calls them, else as we do. */
export function useMeasureKind({ template }: Pick<Agreement, 'template'>): (kind: string) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const options = useTemplate(template).data?.terms.find(({ name }) => name === 'measureTypes')?.options;
  return (kind) => {
    const option = options?.find(({ value }) => value === kind);
    return option ? format.text(option.label) : t(`measureKind.${kind}`, { defaultValue: kind });
  };
}

/** A cycle of a survey by its duty's title and its period. */
export function useCycleName({ duties }: Pick<Agreement, 'duties'>): (reference: string) => string {
  const titled = useTitled();
  return (reference) => {
    const { survey, period } = cycleOf(reference);
    const duty = duties.find(({ id }) => id === survey);
    return duty ? titled(duty.title, period) : reference;
  };
}

/** What was found: in the words of whoever raised it, else the dimension whose score is low. */
export function useFindingName(): (finding: Pick<ImprovementSummary, 'title' | 'dimension' | 'reference'>) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ title, dimension, reference }) =>
    title ?? (dimension ? t('improvements.lowScore', { dimension: format.text(dimension.title) }) : reference);
}

/** What happened to a finding: which version, measure or round it is about, and what was measured. */
export function useHappened(): (event: AgreementEvent) => string {
  const { t } = useTranslation();
  return ({ type, data }) => {
    const { version, measure, round, score, value, verdict } = data;
    const said = [
      typeof version === 'number' ? t('improvements.version', { number: version }) : '',
      typeof measure === 'string' ? t('improvements.measureNumber', { number: measure.replace('measure-', '') }) : '',
      typeof round === 'number' ? t('improvements.round', { number: round }) : '',
      typeof score === 'number' ? t('improvements.scored', { score }) : '',
      typeof value === 'string' ? t('improvements.measuredValue', { value: scoreText(value) }) : '',
      verdict === 'on-track' || verdict === 'behind' ? t(`checkVerdict.${verdict}`) : '',
      verdict === 'effective' || verdict === 'ineffective' ? t(`effectVerdict.${verdict}`) : '',
    ];
    const inside = said.filter(Boolean).join(t('common.listSeparator'));
    return t(`improvementEvent.${type}`) + (inside === '' ? '' : t('common.brackets', { inside }));
  };
}
