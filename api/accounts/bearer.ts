import { createHmac, timingSafeEqual } from 'node:crypto';
import { defaultKeyHasher } from '@better-auth/api-key';
import type { Clock } from '../../activities/clock.ts';
import type { Database } from '../../prisma/database.ts';
import { type AccountPrincipal, PERMISSION_NAMES, type Permission, ROLES, type Role } from '../policy.ts';
import { KEY_PREFIX, SESSION_COOKIE, SESSION_IDLES_MS, cookieName } from './auth.ts';

/** When a session or key was last used is noted this often at most, so that reading does not write each time. */
const NOTED_EVERY_MS = 5 * 60_000;

/** What an API key's scopes are kept under, as better-auth has them: `{ "abide": ["ledger.read"] }`. */
export const SCOPES_OF = 'abide';

interface Deps {
  database: Database;
  secret: string;
  publicUrl: string;
  clock: Clock;
}

interface Row {
  id: string;
  accountId: string;
  personId: string | null;
  roles: string[];
  usedAt: Date | null;
}

/**
 * Whose session or personal key the headers bear. It is asked at every request: one query, and a second one every five
 * minutes. A key that does not hold is no one's, whatever the cookies say. A session's cookie must bear our signature, so
 * that what the table holds is not enough to act as somebody.
 */
export async function bearerOf(deps: Deps, headers: Headers): Promise<AccountPrincipal | null> {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  if (bearer !== undefined) return bearer.startsWith(KEY_PREFIX) ? ofKey(deps, bearer) : null;
  const token = sessionToken(deps, headers);
  return token === null ? null : ofSession(deps, token);
}

/** The session's token, of a cookie that we signed. */
function sessionToken({ secret, publicUrl }: Pick<Deps, 'secret' | 'publicUrl'>, headers: Headers): string | null {
  const name = cookieName(SESSION_COOKIE, publicUrl);
  const pair = (headers.get('cookie') ?? '').split(/; */).find((one) => one.startsWith(`${name}=`));
  if (pair === undefined) return null;
  const [, token = '', signature = ''] = /^(.*)\.([^.]*)$/.exec(decoded(pair.slice(name.length + 1))) ?? [];
  const expected = createHmac('sha256', secret).update(token).digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return '';
    throw error;
  }
}

async function ofSession({ database, clock }: Deps, token: string): Promise<AccountPrincipal | null> {
  const nowMs = clock();
  const now = new Date(nowMs);
  const [row] = await database.$queryRaw<Row[]>`
    SELECT s.id, u.id AS "accountId", u.person_id::text AS "personId", u.roles, s.updated_at AS "usedAt"
    FROM auth_session AS s JOIN auth_user AS u ON u.id = s.user_id LEFT JOIN person ON person.id = u.person_id
    WHERE s.token = ${token} AND s.expires_at > ${now}
      AND s.updated_at > ${new Date(nowMs - SESSION_IDLES_MS)} AND u.disabled_at IS NULL AND person.erased_at IS NULL`;
  if (!row) return null;
  if (isDue(row, nowMs)) await database.session.updateMany({ where: { id: row.id }, data: { updatedAt: now } });
  return { ...whoIs(row), via: 'session', scopes: null, sessionId: row.id };
}

async function ofKey({ database, clock }: Deps, key: string): Promise<AccountPrincipal | null> {
  const nowMs = clock();
  const now = new Date(nowMs);
  const hash = await defaultKeyHasher(key);
  const [row] = await database.$queryRaw<(Row & { permissions: string | null })[]>`
    SELECT k.id, u.id AS "accountId", u.person_id::text AS "personId", u.roles, k.last_request AS "usedAt", k.permissions
    FROM auth_api_key AS k JOIN auth_user AS u ON u.id = k.reference_id LEFT JOIN person ON person.id = u.person_id
    WHERE k.key = ${hash} AND k.enabled AND k.expires_at > ${now} AND u.disabled_at IS NULL AND person.erased_at IS NULL`;
  if (!row) return null;
  if (isDue(row, nowMs)) await database.apikey.updateMany({ where: { id: row.id }, data: { lastRequest: now } });
  return { ...whoIs(row), via: 'key', scopes: scopesOf(row.permissions) };
}

const isDue = ({ usedAt }: Row, nowMs: number): boolean =>
  usedAt === null || nowMs - usedAt.getTime() >= NOTED_EVERY_MS;

function whoIs({
  accountId,
  personId,
  roles,
}: Row): Pick<AccountPrincipal, 'kind' | 'accountId' | 'personId' | 'roles'> {
  return { kind: 'account', accountId, personId, roles: rolesOf(roles) };
}

/** Roles that we know: one that a later version brought gives nothing. */
export function rolesOf(roles: readonly string[]): Role[] {
  return ROLES.filter((role) => roles.includes(role));
}

/** Of a key's stored permissions; what we do not know gives nothing. */
export function scopesOf(permissions: string | null): Permission[] {
  const stored = (JSON.parse(permissions ?? '{}') as Record<string, string[]>)[SCOPES_OF] ?? [];
  return PERMISSION_NAMES.filter((name) => stored.includes(name));
}
