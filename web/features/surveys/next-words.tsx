import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import type { SurveySummary } from './survey.ts';

/** What a cycle waits for, of whom and by when, in one sentence. */
export function useNextWords(): (cycle: Pick<SurveySummary, 'next'>) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ next: { step, by, on } }) =>
    t(`surveyNext.${step}${on === null ? '' : 'By'}`, {
      who: by.map(({ title }) => format.text(title)).join(t('common.listSeparator')),
      on: on === null ? '' : format.date(on),
    });
}

export function NextWords({ cycle }: { cycle: Pick<SurveySummary, 'next' | 'overdue'> }): ReactNode {
  const words = useNextWords();
  return <span className={cycle.overdue ? 'late' : ''}>{words(cycle)}</span>;
}
