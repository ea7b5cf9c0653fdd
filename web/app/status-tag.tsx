import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgreementStatus, ObligationStatus } from '../wire.ts';

const AGREEMENT_COLOUR: Record<AgreementStatus, string> = {
  draft: 'default',
  starting: 'processing',
  'awaiting-signatures': 'gold',
  active: 'green',
  suspended: 'orange',
  terminated: 'default',
  expired: 'default',
  closed: 'default',
};

const OBLIGATION_COLOUR: Record<ObligationStatus, string> = {
  pending: 'blue',
  'in-review': 'gold',
  rework: 'orange',
  overdue: 'red',
  fulfilled: 'green',
  'fulfilled-late': 'lime',
  waived: 'default',
  cancelled: 'default',
};

export function AgreementStatusTag({ status }: { status: AgreementStatus }): ReactNode {
  const { t } = useTranslation();
  return <Tag color={AGREEMENT_COLOUR[status]}>{t(`agreementStatus.${status}`)}</Tag>;
}

export function ObligationStatusTag({ status }: { status: ObligationStatus }): ReactNode {
  const { t } = useTranslation();
  return <Tag color={OBLIGATION_COLOUR[status]}>{t(`obligationStatus.${status}`)}</Tag>;
}
