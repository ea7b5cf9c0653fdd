import { useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { Items } from '../accounts/account.ts';
import { MailDrawer } from './mail-drawer.tsx';
import { type MailPreview, type MailSample, samplesOf } from './mail.ts';

/** Every mail with sample data: what it says, how it looks, and a test to oneself. */
export function MailPage(): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('mail.title'));
  const [shown, setShown] = useState<MailSample | null>(null);
  const previews = useQuery({
    queryKey: ['mail-previews'],
    queryFn: ({ signal }) => request<Items<MailPreview>>('/mail/previews', { signal }),
  });
  const nameOf = useMailName();
  return (
    <div className="page">
      <div>
        <h1>{t('mail.title')}</h1>
        <div className="muted">{t('mail.explained')}</div>
      </div>
      <section className="panel stack">
        <ProblemAlert error={previews.error} retry={() => void previews.refetch()} />
        {previews.isPending ? <Skeleton active /> : null}
        {previews.data ? (
          <Records
            label={t('mail.title')}
            rows={samplesOf(previews.data.items)}
            rowKey={({ name }) => name}
            empty={t('mail.none')}
            columns={[
              { key: 'kind', title: t('mail.kind'), heading: true, width: '22%', render: nameOf },
              { key: 'zh', title: t('mail.subjectZh'), render: ({ subjects }) => <span lang="zh">{subjects.zh}</span> },
              { key: 'en', title: t('mail.subjectEn'), render: ({ subjects }) => <span lang="en">{subjects.en}</span> },
              {
                key: 'act',
                title: '',
                align: 'right',
                render: (sample) => (
                  <Button
                    size="small"
                    aria-label={`${t('mail.look')} ${nameOf(sample)}`}
                    onClick={() => setShown(sample)}
                  >
                    {t('mail.look')}
                  </Button>
                ),
              },
            ]}
          />
        ) : null}
      </section>
      <MailDrawer sample={shown} title={shown ? nameOf(shown) : ''} onClose={() => setShown(null)} />
    </div>
  );
}

/** The kind of notice, and what makes this one read differently. */
function useMailName(): (sample: Pick<MailSample, 'kind' | 'variant'>) => string {
  const { t } = useTranslation();
  return ({ kind, variant }) => {
    if (kind === 'letter') return t(`mailLetter.${variant}`, { defaultValue: variant });
    const named = kind === 'digest' ? t('mail.digest') : t(`noticeKind.${kind}`, { defaultValue: kind });
    return variant === ''
      ? named
      : named + t('common.brackets', { inside: t(`mailVariant.${variant}`, { defaultValue: variant }) });
  };
}
