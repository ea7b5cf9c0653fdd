import { apiKey } from '@better-auth/api-key';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { type GenericOAuthConfig, genericOAuth, twoFactor } from 'better-auth/plugins';
import type { Logger } from 'pino';
import type { Database } from '../../prisma/database.ts';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from './password.ts';

/** A session ends so long after sign-in, whatever happens in it. */
export const SESSION_LASTS_MS = 7 * 86_400_000;
/** A session ends when nothing was asked in it for so long. */
export const SESSION_IDLES_MS = 8 * 3_600_000;
const YEAR_DAYS = 365;
export const KEY_PREFIX = 'abide_';
/** The header in which the address of whoever asks is handed to better-auth; nobody outside can set it. */
export const ADDRESS_HEADER = 'x-abide-address';

/** An OpenID Connect provider that people may sign in with (docs/accounts.md). */
export type Provider = GenericOAuthConfig;

export interface AuthOptions {
  database: Database;
  /** Signs cookies and encrypts TOTP secrets; at least 32 characters. */
  secret: string;
  publicUrl: string;
  log: Logger;
  providers?: readonly Provider[];
}

export type Auth = ReturnType<typeof createAuth>;

/** Only over HTTPS does a browser take the prefix that binds a cookie to this very host (RFC 6265bis 4.1.3.2). */
export function cookieName(name: string, publicUrl: string): string {
  return publicUrl.startsWith('https:') ? `__Host-${name}` : name;
}

export const SESSION_COOKIE = 'abide-session';
export const CODE_COOKIE = 'abide-sign-in';

/**
 * better-auth as we use it: its functions are called by our routes, its own HTTP handler is mounted nowhere. Nobody can
 * sign up. An account that is disabled gets no session, whichever way it tries.
 */
export function createAuth({ database, secret, publicUrl, log, providers = [] }: AuthOptions) {
  const secure = publicUrl.startsWith('https:');
  const cookie = (name: string) => ({
    name: cookieName(name, publicUrl),
    attributes: { secure, httpOnly: true, sameSite: 'lax', path: '/' } as const,
  });
  const options = {
    appName: 'Abide',
    baseURL: publicUrl,
    secret,
    telemetry: { enabled: false },
    database: prismaAdapter(database, { provider: 'postgresql' }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
    },
    user: {
      additionalFields: {
        roles: { type: 'string[]', required: false, input: false },
        personId: { type: 'string', required: false, input: false },
        disabledAt: { type: 'date', required: false, input: false },
      },
    },
    // How long a session idles is our own count (bearer.ts): better-auth would move the absolute end with it.
    session: { expiresIn: SESSION_LASTS_MS / 1000, disableSessionRefresh: true, cookieCache: { enabled: false } },
    verification: { storeIdentifier: 'hashed' },
    rateLimit: { enabled: false }, // api/attempts.ts counts
    advanced: {
      useSecureCookies: false, // the names bear the stricter prefix already
      cookiePrefix: 'abide',
      cookies: { session_token: cookie(SESSION_COOKIE), two_factor: cookie(CODE_COOKIE) },
      defaultCookieAttributes: { secure, httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    databaseHooks: {
      session: {
        create: {
          before: async ({ userId }) => {
            const enabled = await database.user.count({ where: { id: userId, disabledAt: null } });
            return enabled === 1 ? undefined : false;
          },
        },
      },
    },
    logger: {
      level: 'error',
      // Its words and what it passes along may hold addresses.
      log: (level) => log[level === 'error' ? 'error' : 'debug']({ from: 'better-auth' }, 'sign-in library'),
    },
    plugins: [
      twoFactor({ issuer: 'Abide', accountLockout: { maxFailedAttempts: 10, durationSeconds: 900 } }),
      apiKey({
        defaultPrefix: KEY_PREFIX,
        requireName: true,
        startingCharactersConfig: { shouldStore: true, charactersLength: KEY_PREFIX.length + 6 },
        enableSessionForAPIKeys: false,
        rateLimit: { enabled: false },
        keyExpiration: { defaultExpiresIn: null, minExpiresIn: 1, maxExpiresIn: YEAR_DAYS },
      }),
      ...(providers.length > 0 ? [genericOAuth({ config: [...providers] })] : []),
    ],
  } satisfies BetterAuthOptions;
  return betterAuth(options);
}
