import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClauseStatus } from './template.ts';

const COLOUR: Record<ClauseStatus, string> = { automated: 'green', recorded: 'blue', shown: 'default', absent: 'red' };

/** What the product does about a clause, in a word; what the word means, to whoever points at it. */
export function ClauseStatusTag({ status }: { status: ClauseStatus }): ReactNode {
  const { t } = useTranslation();
  return (
    <Tag color={COLOUR[status]} title={t(`clauseMeaning.${status}`)}>
      {t(`clauseStatus.${status}`)}
    </Tag>
  );
}
