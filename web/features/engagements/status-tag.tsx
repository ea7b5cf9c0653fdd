import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EngagementStatus, EngagementSummary } from './engagement.ts';

const COLOUR: Record<EngagementStatus, string> = {
  starting: 'default',
  applied: 'blue',
  asked: 'gold',
  'no-reply': 'red',
  refused: 'red',
  agreed: 'blue',
  invited: 'blue',
  drafted: 'blue',
  'in-review': 'blue',
  signing: 'gold',
  active: 'green',
  ending: 'gold',
  ended: 'gold',
  closed: 'default',
  withdrawn: 'default',
};

export function EngagementTags({ status, overdue }: Pick<EngagementSummary, 'status' | 'overdue'>): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Tag color={COLOUR[status]}>{t(`engagementStatus.${status}`)}</Tag>
      {overdue && status !== 'no-reply' ? <Tag color="red">{t('engagements.overdue')}</Tag> : null}
    </>
  );
}
