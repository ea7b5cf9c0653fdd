import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvaluationSummary } from './evaluation.ts';

const COLOUR = {
  starting: 'default',
  preparing: 'blue',
  acknowledging: 'blue',
  scoring: 'gold',
  provisional: 'orange',
  final: 'cyan',
  published: 'green',
  complete: 'green',
  ended: 'default',
};

export function EvaluationTags({ status, overdue }: Pick<EvaluationSummary, 'status' | 'overdue'>): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Tag color={COLOUR[status]}>{t(`evaluationStatus.${status}`)}</Tag>
      {overdue ? <Tag color="red">{t('evaluations.overdue')}</Tag> : null}
    </>
  );
}
