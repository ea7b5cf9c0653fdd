import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { VisitSummary } from './visit.ts';

const COLOUR = {
  starting: 'default',
  planned: 'blue',
  missed: 'red',
  held: 'gold',
  reported: 'green',
  cancelled: 'default',
};

export function VisitTags({ status, overdue }: Pick<VisitSummary, 'status' | 'overdue'>): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Tag color={COLOUR[status]}>{t(`visitStatus.${status}`)}</Tag>
      {overdue && status === 'held' ? <Tag color="red">{t('visits.reportLate')}</Tag> : null}
    </>
  );
}
