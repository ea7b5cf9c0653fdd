import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import { useMe } from '../../app/me.ts';
import { NavigationList } from '../../app/navigation-list.tsx';
import { navigationFor } from '../../app/navigation.ts';
import { usePageTitle } from '../../app/page-title.ts';

/** Where one comes in: what is due, for those who see agreements; the others find what they may do. */
export function HomePage(): ReactNode {
  const me = useMe();
  if (me === undefined) return null;
  if ('agreements.read' in me.permissions) return <Navigate to="/agreements" replace />;
  return <YourPages permissions={me.permissions} />;
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
