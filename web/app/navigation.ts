/** A page of the menu; it is shown to those who have the permission (api/policy.ts). */
export interface Destination {
  to: string;
  /** Key of its words. */
  label: string;
  permission: string;
}

/** What one comes for every day. */
export const EVERY_DAY: readonly Destination[] = [
  { to: '/', label: 'agreements.title', permission: 'agreements.read' },
  { to: '/start', label: 'start.title', permission: 'agreements.manage' },
  { to: '/engagements', label: 'engagements.title', permission: 'agreements.read' },
  { to: '/tasks', label: 'tasks.title', permission: 'tasks.read' },
  { to: '/audit', label: 'audit.title', permission: 'audit' },
];

/** What is set up and looked after; a feature adds its line. */
export const ADMINISTRATION: readonly Destination[] = [
  { to: '/persons', label: 'directory.title', permission: 'directory.read' },
  { to: '/customers', label: 'customers.title', permission: 'directory.read' },
  { to: '/access-log', label: 'privacy.accessLog', permission: 'access-log.read' },
  { to: '/accounts', label: 'accounts.title', permission: 'accounts.read' },
  { to: '/webhooks', label: 'webhooks.title', permission: 'webhooks.read' },
  { to: '/mail', label: 'mail.title', permission: 'mail.read' },
];
