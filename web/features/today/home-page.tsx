import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/me.ts';
import { NavigationList } from '../../app/navigation-list.tsx';
import { navigationFor } from '../../app/navigation.ts';
import { NeedsPermission } from '../../app/needs-permission.tsx';
import { usePageTitle } from '../../app/page-title.ts';
import { TodayPage } from './today-page.tsx';

/** Where one comes in: what is due, for those who see agreements; the others find what they may do. */
export function HomePage(): ReactNode {
  return (
    <NeedsPermission permission="self">
      <Home />
    </NeedsPermission>
  );
}

function Home(): ReactNode {
  const permissions = useMe()?.permissions ?? {};
  return 'agreements.read' in permissions ? <TodayPage /> : <YourPages permissions={permissions} />;
}

function YourPages({ permissions }: { permissions: Record<string, unknown> }): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('today.title'));
  return (
    <div className="page narrow">
      <h1>{t('today.yourPages')}</h1>
      <section className="panel">
        <NavigationList groups={navigationFor(permissions)} label={t('today.yourPages')} />
      </section>
    </div>
  );
}
