import { useQuery } from '@tanstack/react-query';
import { Result, Spin } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { meQuery } from './me.ts';
import { usePageTitle } from './page-title.ts';
import { ProblemAlert } from './problem-alert.tsx';

/** A page for those who have the permission (api/policy.ts); the others are told so, and nothing is asked for them. */
export function NeedsPermission({ permission, children }: { permission: string; children: ReactNode }): ReactNode {
  const me = useQuery(meQuery);
  if (me.data) return permission in me.data.permissions ? children : <NotForYou />;
  if (me.isPending) return <Spin className="route-spin" />;
  return (
    <div className="page">
      <ProblemAlert error={me.error} retry={() => void me.refetch()} />
    </div>
  );
}

function NotForYou(): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('common.notForYou'));
  return (
    <Result
      status="403"
      title={t('common.notForYou')}
      subTitle={t('common.notForYouCure')}
      extra={<Link to="/account">{t('common.toAccount')}</Link>}
    />
  );
}
