import type { Logger } from 'pino';
import type { Clock } from '../../activities/clock.ts';
import type { Database } from '../../prisma/database.ts';
import { type Attempts, openAttempts } from '../attempts.ts';
import type { AccountPrincipal, Principal } from '../policy.ts';
import type { Accounts } from '../principal.ts';
import { Problem } from '../problem.ts';
import { ADDRESS_HEADER, type Auth, type Provider, createAuth } from './auth.ts';
import { bearerOf } from './bearer.ts';
import type { Letter } from './letters.ts';

/** Who asks, of HTTP. */
export interface Client {
  /** As Express has it behind trusted proxies: `request.ip`. */
  ip: string;
  headers: Headers;
}

/** All that accounts need of the world; routes hand it to what stands in this folder. */
export interface AccountDesk extends Accounts {
  database: Database;
  auth: Auth;
  attempts: Attempts;
  clock: Clock;
  log: Logger;
  publicUrl: string;
  /** Sends a letter without making anybody wait: how long an answer takes must not say whether there is an account. */
  tell(letter: Letter): void;
}

/**
 * Accounts, sessions and personal keys on our own tables.
 *
 * @param secret signs cookies and encrypts TOTP secrets; who changes it signs everybody out
 * @param sendLetter frames and sends a mail; its failure is logged by its code
 * @param providers OpenID Connect providers; none by default (docs/accounts.md)
 */
export function openAccounts({
  database,
  secret,
  publicUrl,
  clock,
  log,
  sendLetter,
  providers = [],
}: {
  database: Database;
  secret: string;
  publicUrl: string;
  clock: Clock;
  log: Logger;
  sendLetter: (letter: Letter) => Promise<void>;
  providers?: readonly Provider[];
}): AccountDesk {
  return {
    database,
    auth: createAuth({ database, secret, publicUrl, log, providers }),
    attempts: openAttempts(database),
    clock,
    log,
    publicUrl,
    tell(letter) {
      sendLetter(letter).catch((error: unknown) => {
        const { name, code } = error as { name?: string; code?: string };
        log.error({ error: name, code }, 'a letter about an account did not go out');
      });
    },
    principalOf: (headers) => bearerOf({ database, secret, publicUrl, clock }, headers),
  };
}

/** @throws Error where the API was started without accounts */
export function accountDesk({ accounts }: { accounts?: AccountDesk }): AccountDesk {
  if (!accounts) throw new Error('the API was started without accounts');
  return accounts;
}

/**
 * The account that asks. `session`: what no key may do, however wide its scopes, such as making further keys.
 *
 * @throws Problem `session-required`
 */
export function signedInAccount(
  deps: { accounts?: AccountDesk },
  principal: Principal,
  needs?: 'session',
): { desk: AccountDesk; account: AccountPrincipal } {
  if (principal.kind !== 'account') throw new Problem('forbidden');
  if (needs && principal.via !== needs) throw new Problem('session-required');
  return { desk: accountDesk(deps), account: principal };
}

/**
 * What better-auth gets to see of a request: its cookies, its browser and where it comes from.
 *
 * @param without a cookie that it shall not see
 */
export function headersFor({ ip, headers }: Client, { without }: { without?: string } = {}): Headers {
  const cookies = (headers.get('cookie') ?? '')
    .split('; ')
    .filter((pair) => !without || !pair.startsWith(`${without}=`));
  return new Headers({
    cookie: cookies.join('; '),
    'user-agent': (headers.get('user-agent') ?? '').slice(0, 300),
    [ADDRESS_HEADER]: ip,
  });
}

/** better-auth's code of a refusal of its own; no session for a disabled account is one. @throws what is no refusal */
export function refusalCode(error: unknown): string {
  const { name, status, body } = error as { name?: string; status?: unknown; body?: { code?: string } };
  const code = body?.code ?? 'UNKNOWN';
  if (name !== 'APIError' || (status === 'INTERNAL_SERVER_ERROR' && code !== 'FAILED_TO_CREATE_SESSION')) throw error;
  return code;
}
