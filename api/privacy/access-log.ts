import { createHash } from 'node:crypto';
import type { Prisma } from '../../prisma/generated/client.ts';
import type { ApiDeps } from '../deps.ts';
import type { Principal } from '../policy.ts';

/** What is done to an account. */
export const ACCOUNT_ACTIONS = [
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
export type AccountAction = (typeof ACCOUNT_ACTIONS)[number];

/**
 * What is logged; `download` is of a document, `reissue-link` a fresh link that was asked for, `test-mail` a survey's test send, `denied` a route that the
 * policy does not let somebody use.
 */
export const LOGGED_ACTIONS = [
  ...(['download', 'export', 'import', 'view-data', 'erase', 'denied'] as const),
  ...(['change-name', 'change-address', 'reissue-link', 'test-mail'] as const),
  ...ACCOUNT_ACTIONS,
] as const;
export type LoggedAction = (typeof LOGGED_ACTIONS)[number];

export const DIRECTORY_SUBJECT = 'directory';

/** A person as the subject of a line. */
export function personSubject(personId: string): string {
  return `person/${personId}`;
}

/** An account as the subject of a line. */
export function accountSubject(accountId: string): string {
  return `account/${accountId}`;
}

/** Who did it, by opaque ids alone. */
export function loggedActor(principal: Principal): Record<string, string> {
  switch (principal.kind) {
    case 'account': {
      const { accountId, personId, via } = principal;
      return { kind: 'account', accountId, ...(personId === null ? {} : { personId }), via };
    }
    case 'link':
      return { kind: 'link', personId: principal.personId, seat: principal.seat, via: 'link' };
    case 'machine':
    case 'postmaster':
    case 'stranger':
      return { kind: principal.kind, via: 'api' };
  }
}

interface LoggedAccess {
  action: LoggedAction;
  subject: string;
  outcome?: 'ok' | 'refused' | 'missing' | 'altered';
  agreementId?: string;
  /** The address that was replaced, or that a link goes to; its hash is written. */
  address?: string;
}

/** Writes down that somebody looked at people's data, changed, took them along or removed them. */
export async function logAccess(
  { database, clock }: Pick<ApiDeps, 'clock'> & { database: Prisma.TransactionClient },
  principal: Principal,
  { action, subject, outcome = 'ok', agreementId, address }: LoggedAccess,
): Promise<void> {
  const of = agreementId === undefined ? {} : { agreementId };
  const to = address === undefined ? {} : { addressHash: createHash('sha256').update(address).digest('hex') };
  const data = { at: new Date(clock()), actor: loggedActor(principal), subject, action, outcome, ...of, ...to };
  await database.accessLog.create({ data });
}
