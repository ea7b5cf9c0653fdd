import type { Page, Text } from '../../wire.ts';

/** Personal data as `/api` sends them (api/privacy/schemas.ts). */
export interface PersonData {
  person: { id: string; name: string };
  at: string;
  groups: { group: string; title: Text; source: Text; tables: string[]; items: unknown[]; more: number }[];
}

export interface Retention {
  rules: { id: string; what: Text; days: number | null; from: Text; why: Text; ground: Text }[];
  data: { table: string; column: string; kind: Text; erasure: 'replaced' | 'deleted' | 'kept' }[];
}

export interface AccessLogEntry {
  id: string;
  at: string;
  action: string;
  subject: string;
  subjectName: string | null;
  agreementId: string | null;
  outcome: string;
  actor: { kind?: string; accountId?: string; name: string | null; via?: string; seat?: string };
}
export type AccessLogPage = Page<AccessLogEntry>;

export const GROUNDS = ['requested', 'purpose-ended', 'unlawful'] as const;

/** What may be looked for (api/privacy/access-log.ts). */
export const LOGGED_ACTIONS = [
  'download',
  'export',
  'import',
  'view-data',
  'erase',
  'denied',
  'change-name',
  'change-address',
  'reissue-link',
  'test-mail',
  'account-invited',
  'account-roles-changed',
  'account-disabled',
  'account-enabled',
  'account-signed-out',
  'account-signed-in',
  'account-locked',
  'account-password-set',
  'account-two-factor-on',
  'account-two-factor-off',
  'account-key-made',
  'account-key-revoked',
] as const;
