import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api.ts';
import { useIntent } from '../../app/intent.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import type { Survey } from './survey.ts';
import { surveyPath } from './survey-queries.ts';

interface Sent {
  version: number;
  sent: { to: string }[];
}

/** Sends the invitation to whoever asks, as customers would get it, and says where it went. */
export function TestSend({ agreementId, survey }: { agreementId: string; survey: Survey }): ReactNode {
  const { t, i18n } = useTranslation();
  const intent = useIntent();
  const path = `${surveyPath(agreementId, survey.id)}/test-mails`;
  const send = useMutation({
    mutationFn: () => {
      const body = { language: i18n.language === 'en' ? 'en' : 'zh' };
      return intent(['test-mail', path, survey.questionnaire?.sha256, body], (key) =>
        request<Sent>(path, { method: 'POST', key, body }),
      );
    },
  });
  return (
    <div className="stack">
      <Tooltip title={t('surveys.testExplained')}>
        <Button loading={send.isPending} onClick={() => send.mutate()} style={{ alignSelf: 'flex-start' }}>
          {t('surveys.testSend')}
        </Button>
      </Tooltip>
      <ProblemAlert error={send.error} />
      {send.data ? (
        <Alert
          type="success"
          showIcon
          role="status"
          title={t('surveys.testSent', {
            version: send.data.version,
            to: send.data.sent.map(({ to }) => to).join(t('common.listSeparator')),
          })}
          description={<span className="small">{t('surveys.testExplained')}</span>}
        />
      ) : null}
    </div>
  );
}
