/** The wire of accounts (api/routes: session, api-keys, accounts). */
export const ROLES = [
  'administrator',
  'coordinator',
  'party-member',
  'third-party',
  'department',
  'interviewer',
  'auditor',
] as const;
export type Role = (typeof ROLES)[number];

export interface Account {
  id: string;
  name: string;
  email: string;
  organisation: string | null;
  roles: Role[];
  status: 'active' | 'invited' | 'disabled';
  twoFactor: boolean;
  usedAt: string | null;
}

export interface OpenSession {
  id: string;
  current: boolean;
  createdAt: string;
  usedAt: string;
  address: string;
  browser: string;
}

export interface ApiKey {
  id: string;
  name: string;
  start: string;
  scopes: string[];
  createdAt: string;
  expiresAt: string;
  usedAt: string | null;
}

export interface Items<T> {
  items: T[];
}
