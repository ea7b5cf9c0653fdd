import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Drawer, Segmented, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api.ts';
import { useIntent } from '../../app/intent.ts';
import { useMay } from '../../app/me.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import type { Language } from '../../wire.ts';
import { type MailSample, type ShownMail, withoutLeaving } from './mail.ts';

type View = 'html' | 'text' | 'calendar';

/** One mail as it arrives, in either language. */
export function MailDrawer({
  sample,
  title,
  onClose,
}: {
  sample: MailSample | null;
  title: string;
  onClose: () => void;
}): ReactNode {
  return (
    <Drawer title={title} open={sample !== null} onClose={onClose} size="large" destroyOnHidden>
      {sample ? <Preview sample={sample} /> : null}
    </Drawer>
  );
}

function Preview({ sample: { name } }: { sample: MailSample }): ReactNode {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const intent = useIntent();
  const mayManage = useMay('mail.manage');
  const [language, setLanguage] = useState<Language>(i18n.language === 'en' ? 'en' : 'zh');
  const [view, setView] = useState<View>('html');
  const mail = useQuery({
    queryKey: ['mail-previews', name],
    queryFn: ({ signal }) => request<Record<Language, ShownMail>>(`/mail/previews/${name}`, { signal }),
  });
  const test = useMutation({
    mutationFn: () => {
      const body = { name, language };
      return intent(body, (key) => request<{ to: string }>('/mail/test', { method: 'POST', key, body }));
    },
    onSuccess: ({ to }) => void message.success(t('mail.sent', { to })),
  });
  const shown = mail.data?.[language];
  return (
    <div className="stack">
      <div className="toolbar">
        <Segmented<Language>
          value={language}
          onChange={setLanguage}
          options={[
            { value: 'zh', label: t('mail.zh') },
            { value: 'en', label: t('mail.en') },
          ]}
        />
        <Segmented<View>
          value={view}
          onChange={setView}
          options={[
            { value: 'html', label: t('mail.html') },
            { value: 'text', label: t('mail.text') },
            ...(shown?.calendar == null ? [] : [{ value: 'calendar' as const, label: t('mail.calendar') }]),
          ]}
        />
        {mayManage ? (
          <Button loading={test.isPending} onClick={() => test.mutate()}>
            {t('mail.test')}
          </Button>
        ) : null}
      </div>
      <ProblemAlert error={mail.error ?? test.error} />
      {mail.isPending ? <Skeleton active /> : null}
      {shown ? (
        <>
          <div>
            <div className="muted small">{t('mail.subject')}</div>
            <strong lang={language}>{shown.subject}</strong>
          </div>
          {view === 'html' ? (
            <iframe
              className="mail-frame"
              title={shown.subject}
              sandbox=""
              srcDoc={withoutLeaving(shown.html)}
              key={language}
            />
          ) : (
            <pre className="mail-text" lang={language} tabIndex={0}>
              {view === 'text' ? shown.text : shown.calendar}
            </pre>
          )}
        </>
      ) : null}
    </div>
  );
}
