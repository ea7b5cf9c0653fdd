import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrainingSummary } from './training.ts';

const COLOUR = {
  starting: 'default',
  planned: 'blue',
  missed: 'red',
  held: 'gold',
  completed: 'cyan',
  closed: 'green',
  cancelled: 'default',
};

export function TrainingTags({ status, overdue }: Pick<TrainingSummary, 'status' | 'overdue'>): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Tag color={COLOUR[status]}>{t(`trainingStatus.${status}`)}</Tag>
      {overdue && status !== 'missed' ? <Tag color="red">{t('trainings.overdue')}</Tag> : null}
    </>
  );
}
