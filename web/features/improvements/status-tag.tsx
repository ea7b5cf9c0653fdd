import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImprovementSummary, Priority, Status } from './improvement.ts';

const STATUS_COLOUR: Record<Status, string> = {
  starting: 'processing',
  raised: 'gold',
  classified: 'gold',
  planned: 'gold',
  approved: 'blue',
  implemented: 'blue',
  effective: 'cyan',
  closed: 'green',
  merged: 'default',
  dismissed: 'default',
  cancelled: 'default',
};
const PRIORITY_COLOUR: Record<Priority, string> = { high: 'red', medium: 'orange', low: 'default' };

/** How it stands: status, priority, what is late, and how often it was begun again. */
export function ImprovementTags({
  status,
  priority,
  overdue,
  round,
}: Pick<ImprovementSummary, 'status' | 'priority' | 'overdue' | 'round'>): ReactNode {
  const { t } = useTranslation();
  return (
    <span className="tags">
      <Tag color={STATUS_COLOUR[status]}>{t(`improvementStatus.${status}`)}</Tag>
      {priority ? (
        <Tag color={PRIORITY_COLOUR[priority]}>
          {t('improvements.priorityOf', { priority: t(`findingPriority.${priority}`) })}
        </Tag>
      ) : null}
      {overdue ? <Tag color="red">{t('improvements.overdue')}</Tag> : null}
      {round > 1 ? <Tag color="volcano">{t('improvements.round', { number: round })}</Tag> : null}
    </span>
  );
}
