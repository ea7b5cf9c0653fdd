import { Result, Spin } from 'antd';
import type { ComponentType, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, createBrowserRouter, useRouteError } from 'react-router';
import { Layout } from './layout.tsx';
import { NeedsPermission } from './needs-permission.tsx';
import { usePageTitle } from './page-title.ts';
import { ProblemAlert } from './problem-alert.tsx';

function NotFound(): ReactNode {
  const { t } = useTranslation();
  usePageTitle(t('common.notFound'));
  return <Result status="404" title={t('common.notFound')} extra={<Link to="/">{t('common.toStart')}</Link>} />;
}

function RouteProblem(): ReactNode {
  return (
    <div className="page">
      <ProblemAlert error={useRouteError()} retry={() => window.location.reload()} />
    </div>
  );
}

/** A page's chunk, for those who have the permission. */
function needing(permission: string, load: () => Promise<ComponentType>) {
  return async (): Promise<{ Component: ComponentType }> => {
    const Page = await load();
    return {
      Component: () => (
        <NeedsPermission permission={permission}>
          <Page />
        </NeedsPermission>
      ),
    };
  };
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
        lazy: async () => ({ Component: (await import('../features/today/home-page.tsx')).HomePage }),
      },
      {
        path: '/agreements',
        lazy: needing(
          'agreements.read',
          async () => (await import('../features/agreements/agreements-page.tsx')).AgreementsPage,
        ),
      },
      {
        path: '/agreements/jobs',
        lazy: needing('agreements.manage', async () => (await import('../features/agreements/jobs-page.tsx')).JobsPage),
      },
      {
        path: '/agreements/jobs/:job',
        lazy: needing('agreements.manage', async () => (await import('../features/agreements/job-page.tsx')).JobPage),
      },
      {
        path: '/agreements/import',
        lazy: needing(
          'agreements.manage',
          async () => (await import('../features/agreements/import-page.tsx')).AgreementImportPage,
        ),
      },
      {
        path: '/agreements/:id',
        lazy: needing(
          'agreements.read',
          async () => (await import('../features/agreement/agreement-page.tsx')).AgreementPage,
        ),
      },
      {
        path: '/agreements/:id/improvements/:improvement',
        lazy: needing(
          'agreements.read',
          async () => (await import('../features/improvements/improvement-page.tsx')).ImprovementPage,
        ),
      },
      {
        path: '/agreements/:id/draft',
        lazy: needing(
          'agreements.manage',
          async () => (await import('../features/start-agreement/start-page.tsx')).DraftPage,
        ),
      },
      {
        path: '/surveys',
        lazy: needing('agreements.read', async () => (await import('../features/surveys/cycles-page.tsx')).CyclesPage),
      },
      {
        path: '/improvements',
        lazy: needing(
          'agreements.read',
          async () => (await import('../features/improvements/stages-page.tsx')).StagesPage,
        ),
      },
      {
        path: '/agreements/:id/surveys/compare',
        lazy: needing(
          'agreements.read',
          async () => (await import('../features/survey-compare/compare-page.tsx')).ComparePage,
        ),
      },
      {
        path: '/agreements/:id/surveys/:survey/design',
        lazy: needing(
          'agreements.read',
          async () => (await import('../features/survey-design/design-page.tsx')).DesignPage,
        ),
      },
      {
        path: '/agreements/:id/what-if',
        lazy: needing('ledger.read', async () => (await import('../features/what-if/what-if-page.tsx')).WhatIfPage),
      },
      {
        path: '/agreements/:id/surveys/:survey',
        lazy: needing('agreements.read', async () => (await import('../features/surveys/survey-page.tsx')).SurveyPage),
      },
      {
        path: '/agreements/:id/risks/:risk',
        lazy: needing('record.read', async () => (await import('../features/risks/risk-page.tsx')).RiskPage),
      },
      {
        path: '/agreements/:id/visits/:visit',
        lazy: needing('agreements.read', async () => (await import('../features/visits/visit-page.tsx')).VisitPage),
      },
      {
        path: '/agreements/:id/cases/:case',
        lazy: needing('cases.read', async () => (await import('../features/cases/case-page.tsx')).CasePage),
      },
      {
        path: '/agreements/:id/evaluations/:evaluation',
        lazy: needing(
          'evaluations.read',
          async () => (await import('../features/evaluations/evaluation-page.tsx')).EvaluationPage,
        ),
      },
      {
        path: '/agreements/:id/engagements/:engagement',
        lazy: needing(
          'agreements.read',
          async () => (await import('../features/engagements/engagement-page.tsx')).EngagementPage,
        ),
      },
      {
        path: '/cases',
        lazy: needing('cases.read', async () => (await import('../features/cases/desk-page.tsx')).CasesDeskPage),
      },
      {
        path: '/evaluations',
        lazy: needing(
          'evaluations.read',
          async () => (await import('../features/evaluations/desk-page.tsx')).EvaluationsPage,
        ),
      },
      {
        path: '/reports',
        lazy: needing('record.read', async () => (await import('../features/reports/reports-page.tsx')).ReportsPage),
      },
      {
        path: '/templates',
        lazy: needing(
          'templates.read',
          async () => (await import('../features/templates/templates-page.tsx')).TemplatesPage,
        ),
      },
      {
        path: '/templates/:id',
        lazy: needing(
          'templates.read',
          async () => (await import('../features/templates/template-page.tsx')).TemplatePage,
        ),
      },
      {
        path: '/templates/:id/clauses/:clause',
        lazy: needing('templates.read', async () => (await import('../features/templates/clause-page.tsx')).ClausePage),
      },
      {
        path: '/engagements',
        lazy: needing(
          'agreements.read',
          async () => (await import('../features/engagements/own-engagements-page.tsx')).OwnEngagementsPage,
        ),
      },
      {
        path: '/agreements/:id/trainings/:training',
        lazy: needing(
          'agreements.read',
          async () => (await import('../features/trainings/training-page.tsx')).TrainingPage,
        ),
      },
      {
        path: '/start',
        lazy: needing(
          'agreements.manage',
          async () => (await import('../features/start-agreement/start-page.tsx')).StartPage,
        ),
      },
      {
        path: '/audit/:id?',
        lazy: needing('audit', async () => (await import('../features/audit/audit-page.tsx')).AuditPage),
      },
      {
        path: '/calendars',
        lazy: needing(
          'calendars.read',
          async () => (await import('../features/calendars/calendars-page.tsx')).CalendarsPage,
        ),
      },
      {
        path: '/calendars/new',
        lazy: needing(
          'calendars.manage',
          async () => (await import('../features/calendars/notice-page.tsx')).NoticePage,
        ),
      },
      {
        path: '/calendars/:calendar/:version',
        lazy: needing(
          'calendars.read',
          async () => (await import('../features/calendars/calendar-page.tsx')).CalendarPage,
        ),
      },
      {
        path: '/agreements/:id/redating',
        lazy: needing('tasks.read', async () => (await import('../features/calendars/redating-page.tsx')).RedatingPage),
      },
      {
        path: '/sign-in',
        lazy: async () => ({ Component: (await import('../features/accounts/sign-in-page.tsx')).SignInPage }),
      },
      {
        path: '/setup',
        lazy: async () => ({ Component: (await import('../features/accounts/setup-page.tsx')).SetupPage }),
      },
      {
        path: '/set-password',
        lazy: async () => ({ Component: (await import('../features/accounts/set-password-page.tsx')).SetPasswordPage }),
      },
      {
        path: '/account',
        lazy: async () => ({ Component: (await import('../features/accounts/account-page.tsx')).AccountPage }),
      },
      {
        path: '/accounts',
        lazy: needing(
          'accounts.read',
          async () => (await import('../features/accounts/accounts-page.tsx')).AccountsPage,
        ),
      },
      {
        path: '/tasks',
        lazy: needing('tasks.read', async () => (await import('../features/tasks/tasks-page.tsx')).TasksPage),
      },
      {
        path: '/webhooks',
        lazy: needing(
          'webhooks.read',
          async () => (await import('../features/webhooks/webhooks-page.tsx')).WebhooksPage,
        ),
      },
      {
        path: '/mail',
        lazy: needing('mail.read', async () => (await import('../features/mail/mail-page.tsx')).MailPage),
      },
      {
        path: '/persons',
        lazy: needing(
          'directory.read',
          async () => (await import('../features/directory/persons-page.tsx')).PersonsPage,
        ),
      },
      {
        path: '/persons/:id',
        lazy: needing('directory.read', async () => (await import('../features/directory/person-page.tsx')).PersonPage),
      },
      {
        path: '/persons/:id/data',
        lazy: needing('privacy.manage', async () => (await import('../features/privacy/data-page.tsx')).PersonDataPage),
      },
      {
        path: '/organisations',
        lazy: needing(
          'directory.read',
          async () => (await import('../features/directory/organisations-page.tsx')).OrganisationsPage,
        ),
      },
      {
        path: '/directory/import',
        lazy: needing(
          'directory.write',
          async () => (await import('../features/directory/import-page.tsx')).ImportPage,
        ),
      },
      {
        path: '/customers',
        lazy: needing(
          'directory.read',
          async () => (await import('../features/customers/customers-page.tsx')).CustomersPage,
        ),
      },
      {
        path: '/customers/import',
        lazy: needing(
          'directory.write',
          async () => (await import('../features/customers/import-page.tsx')).CustomerImportPage,
        ),
      },
      {
        path: '/customers/:id',
        lazy: needing(
          'directory.read',
          async () => (await import('../features/customers/customer-page.tsx')).CustomerPage,
        ),
      },
      {
        path: '/me/person',
        lazy: async () => ({ Component: (await import('../features/directory/person-page.tsx')).MyPersonPage }),
      },
      {
        path: '/me/data',
        lazy: async () => ({ Component: (await import('../features/privacy/data-page.tsx')).MyDataPage }),
      },
      {
        path: '/privacy',
        lazy: async () => ({ Component: (await import('../features/privacy/privacy-page.tsx')).PrivacyPage }),
      },
      {
        path: '/system',
        lazy: needing('system.read', async () => (await import('../features/system/system-page.tsx')).SystemPage),
      },
      {
        path: '/access-log',
        lazy: needing(
          'access-log.read',
          async () => (await import('../features/privacy/access-log-page.tsx')).AccessLogPage,
        ),
      },
      { path: '*', element: <NotFound /> },
    ],
  },
]);
