import { Steps } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { useRoleName } from '../../app/names.ts';
import type { Survey } from './survey.ts';
import { type StepDone, stepsOf } from './survey-step.ts';

/** What has been done of a cycle, by whom and when. */
export function SurveySteps({ survey, zone }: { survey: Survey; zone: string }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const role = useRoleName();
  const steps = stepsOf(survey);
  const whoAndWhen = ({ event }: StepDone): string => {
    if (event === null) return '';
    const who = event.actor.name ?? role(event.actor.onBehalfOf ?? event.actor.seat);
    return [who, format.instant(event.at, zone)].filter(Boolean).join(' · ');
  };
  const first = steps.findIndex(({ done }) => !done);
  return (
    <Steps
      orientation="vertical"
      size="small"
      current={first === -1 ? steps.length : first}
      items={steps.map((one, index) => ({
        title: t(`surveyStep.${one.step}`),
        content: whoAndWhen(one),
        status: one.done ? 'finish' : index === first ? 'process' : 'wait',
      }))}
    />
  );
}
