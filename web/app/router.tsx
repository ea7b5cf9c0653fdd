import { Result, Spin } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, createBrowserRouter, useRouteError } from 'react-router';
import { Layout } from './layout.tsx';
import { usePageTitle } from './page-title.ts';
import { ProblemAlert } from './problem-alert.tsx';

function NotFound(): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('common.notFound'));
  return <Result status="404" title={t('common.notFound')} extra={<Link to="/">{t('common.toAgreements')}</Link>} />;
}

function RouteProblem(): ReactNode {
  return (
    <div className="page">
      <ProblemAlert error={useRouteError()} retry={() => window.location.reload()} />
    </div>
  );
}

/** Every page is a chunk of its own. */
export const router = createBrowserRouter([
  {
    element: <Layout />,
    errorElement: <RouteProblem />,
    hydrateFallbackElement: <Spin className="route-spin" />,
    children: [
      {
        path: '/',
        lazy: async () => ({ Component: (await import('../features/agreements/agreements-page.tsx')).AgreementsPage }),
      },
      {
        path: '/agreements/:id',
        lazy: async () => ({ Component: (await import('../features/agreement/agreement-page.tsx')).AgreementPage }),
      },
      {
        path: '/agreements/:id/draft',
        lazy: async () => ({ Component: (await import('../features/start-agreement/start-page.tsx')).DraftPage }),
      },
      {
        path: '/start',
        lazy: async () => ({ Component: (await import('../features/start-agreement/start-page.tsx')).StartPage }),
      },
      {
        path: '/audit/:id?',
        lazy: async () => ({ Component: (await import('../features/audit/audit-page.tsx')).AuditPage }),
      },
      { path: '*', element: <NotFound /> },
    ],
  },
]);
