import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Customer } from './customer.ts';

export function TierTag({ tier }: Pick<Customer, 'tier'>): ReactNode {
  const { t } = useTranslation();
  return <Tag color={tier === 'vip' ? 'gold' : tier === 'key' ? 'blue' : 'default'}>{t(`customerTier.${tier}`)}</Tag>;
}
