import { Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SurveyStatus, SurveySummary } from './survey.ts';

const COLOUR: Record<SurveyStatus, string> = {
  starting: 'default',
  planned: 'blue',
  missed: 'red',
  open: 'processing',
  closed: 'gold',
  analysed: 'cyan',
  reported: 'green',
  elsewhere: 'default',
  cancelled: 'default',
};

export function SurveyStatusTag({ status }: { status: SurveyStatus }): ReactNode {
  const { t } = useTranslation();
  return <Tag color={COLOUR[status]}>{t(`surveyStatus.${status}`)}</Tag>;
}

const VERDICT_COLOUR = { reached: 'green', missed: 'red', none: 'default' };

export function VerdictTag({ verdict }: Pick<SurveySummary, 'verdict'>): ReactNode {
  const { t } = useTranslation();
  return verdict === null ? null : <Tag color={VERDICT_COLOUR[verdict]}>{t(`surveyVerdict.${verdict}`)}</Tag>;
}
