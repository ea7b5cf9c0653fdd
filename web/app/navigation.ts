/** A page of the navigation; it is shown to those who have the permission (api/policy.ts). */
export interface Destination {
  to: string;
  /** Key of its words. */
  label: string;
  permission: string;
}

/** Pages that belong together, under a heading of theirs (`navigation.<id>`). */
export interface DestinationGroup {
  id: 'work' | 'basis' | 'people' | 'operation';
  pages: readonly Destination[];
}

/** All that the navigation leads to, in the order in which it stands there; a feature adds its line. */
export const NAVIGATION: readonly DestinationGroup[] = [
  {
    id: 'work',
    pages: [
      { to: '/', label: 'today.title', permission: 'self' },
      { to: '/agreements', label: 'agreements.title', permission: 'agreements.read' },
      { to: '/cases', label: 'cases.desk', permission: 'cases.read' },
      { to: '/surveys', label: 'cycles.title', permission: 'agreements.read' },
      { to: '/improvements', label: 'stages.title', permission: 'agreements.read' },
      { to: '/engagements', label: 'engagements.title', permission: 'agreements.read' },
      { to: '/evaluations', label: 'evaluations.desk', permission: 'evaluations.read' },
      { to: '/reports', label: 'reports.title', permission: 'record.read' },
      { to: '/tasks', label: 'tasks.title', permission: 'tasks.read' },
    ],
  },
  {
    id: 'basis',
    pages: [
      { to: '/templates', label: 'templates.title', permission: 'templates.read' },
      { to: '/audit', label: 'audit.title', permission: 'audit' },
    ],
  },
  {
    id: 'people',
    pages: [
      { to: '/persons', label: 'directory.title', permission: 'directory.read' },
      { to: '/customers', label: 'customers.title', permission: 'directory.read' },
      { to: '/accounts', label: 'accounts.title', permission: 'accounts.read' },
    ],
  },
  {
    id: 'operation',
    pages: [
      { to: '/system', label: 'system.title', permission: 'system.read' },
      { to: '/calendars', label: 'calendars.title', permission: 'calendars.read' },
      { to: '/mail', label: 'mail.title', permission: 'mail.read' },
      { to: '/webhooks', label: 'webhooks.title', permission: 'webhooks.read' },
      { to: '/access-log', label: 'privacy.accessLog', permission: 'access-log.read' },
    ],
  },
];

/** The groups with the pages that somebody may open; a group without any is left out. */
export function navigationFor(permissions: Readonly<Record<string, unknown>>): DestinationGroup[] {
  return NAVIGATION.map(({ id, pages }) => ({
    id,
    pages: pages.filter(({ permission }) => permission in permissions),
  })).filter(({ pages }) => pages.length > 0);
}
