import { Alert, Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { useStep } from './step.ts';
import type { Engagement, EngagementAct } from './engagement.ts';

/** What happens next, who must act and by when; with a button for what the reader may do of it. */
export function NextSteps({
  engagement,
  open,
}: {
  engagement: Engagement;
  open: (act: EngagementAct) => void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const sentence = useStep(engagement);
  const { next, status, can } = engagement;
  const late = engagement.overdue;
  const offered = [...new Set(next.map(({ act }) => act))].filter((act) => can.includes(act));
  return (
    <Alert
      showIcon
      type={late ? 'error' : next.length === 0 && status === 'closed' ? 'success' : 'info'}
      title={<strong>{t(`engagementStands.${status}`, { who: engagement.thirdParty.name ?? t('role.third') })}</strong>}
      description={
        next.length === 0 ? null : (
          <div className="stack" style={{ gap: 8 }}>
            <ul className="plain-list">
              {next.map((step, index) => (
                <li key={index} className={step.overdue ? 'late' : ''}>
                  {sentence(step)}
                  {step.due ? (
                    <span className="small">
                      {' · '}
                      {t(step.overdue ? 'engagements.wasDue' : 'engagements.dueBy', {
                        by: format.due(step.due.dueAt, step.due.localDate),
                      })}
                    </span>
                  ) : null}
                </li>
              ))}
            </ul>
            {offered.length > 0 ? (
              <div className="actions">
                {offered.map((act, index) => (
                  <Button key={act} type={index === 0 ? 'primary' : 'default'} onClick={() => open(act)}>
                    {t(`engagementAct.${act}`)}
                  </Button>
                ))}
              </div>
            ) : null}
          </div>
        )
      }
    />
  );
}
