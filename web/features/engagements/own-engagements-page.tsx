import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { useOwnEngagements } from './engagement.ts';
import { EngagementRecords } from './engagements.tsx';

/** Third parties of all agreements that the reader may see; a third party finds its own engagements here. */
export function OwnEngagementsPage(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  usePageTitle(t('engagements.title'));
  const engagements = useOwnEngagements();
  return (
    <div className="page">
      <h1>{t('engagements.title')}</h1>
      <section className="panel stack">
        {engagements.error ? <ProblemAlert error={engagements.error} retry={() => void engagements.refetch()} /> : null}
        {engagements.isPending ? <Skeleton active paragraph={{ rows: 6 }} /> : null}
        {engagements.data ? (
          <EngagementRecords
            rows={engagements.data.items}
            agreementOf={({ agreement }) => format.text(agreement.title)}
          />
        ) : null}
      </section>
    </div>
  );
}
