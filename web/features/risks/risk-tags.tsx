import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RiskLevel, RiskSummary } from './risk.ts';

const COLOUR = { LOW: 'green', MEDIUM: 'gold', HIGH: 'red' };

export function LevelTag({ level }: { level: RiskLevel }): ReactNode {
  const { t } = useTranslation();
  return <Tag color={COLOUR[level]}>{t(`riskLevel.${level}`)}</Tag>;
}

/** How a risk stands, what is late of it, and whether it warns. */
export function RiskTags({
  status,
  overdue,
  warned,
  unguarded,
}: Pick<RiskSummary, 'status' | 'overdue' | 'warned' | 'unguarded'>): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Tag color={status === 'occurred' ? 'red' : status === 'open' ? 'blue' : 'default'}>
        {t(`riskStatus.${status}`)}
      </Tag>
      {warned ? <Tag color="red">{t('risks.warned')}</Tag> : null}
      {overdue ? <Tag color="red">{t('risks.overdue')}</Tag> : null}
      {unguarded ? <Tag color="gold">{t('risks.unguarded')}</Tag> : null}
    </>
  );
}
