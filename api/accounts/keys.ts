import { type AccountPrincipal, type Permission, reachOf } from '../policy.ts';
import { Problem } from '../problem.ts';
import type { AccountDesk } from './accounts.ts';
import { SCOPES_OF, scopesOf } from './bearer.ts';
import { note } from './note.ts';

const DAY_SECONDS = 86_400;
/** Keys of one account that hold at once. */
const MAX_KEYS = 20;

export interface Key {
  id: string;
  name: string;
  /** How it begins, so that its owner knows which one it is. */
  start: string;
  scopes: Permission[];
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
}

/** One's own keys that still hold, the newest first. */
export async function listKeys({ database, clock }: AccountDesk, { accountId }: AccountPrincipal): Promise<Key[]> {
  const rows = await database.apikey.findMany({
    where: { referenceId: accountId, enabled: true, expiresAt: { gt: new Date(clock()) } },
    orderBy: { createdAt: 'desc' },
  });
  return rows.map(({ id, name, start, permissions, createdAt, expiresAt, lastRequest }) => ({
    id,
    name: name ?? '',
    start: start ?? '',
    scopes: scopesOf(permissions),
    createdAt,
    expiresAt: expiresAt ?? createdAt,
    usedAt: lastRequest,
  }));
}

/**
 * A key that may do what its scopes say, as long as its owner may. It is shown this once: the table holds its hash.
 *
 * @param days until it expires, 365 at most
 * @throws Problem `scope-not-granted` for what the owner's roles do not grant; `too-many-keys`
 */
export async function createKey(
  desk: AccountDesk,
  owner: AccountPrincipal,
  { name, scopes, days }: { name: string; scopes: Permission[]; days: number },
): Promise<{ id: string; key: string }> {
  const tooMuch = scopes.filter((scope) => reachOf(scope, owner) === 'none');
  if (tooMuch.length > 0) {
    throw new Problem('scope-not-granted', {
      errors: tooMuch.map((scope) => ({
        path: `scopes[${scopes.indexOf(scope)}]`,
        message: { zh: `本人角色没有 ${scope} 权限`, en: `your roles do not grant ${scope}` },
        cure: { zh: '请去掉', en: 'leave it out' },
      })),
    });
  }
  if ((await listKeys(desk, owner)).length >= MAX_KEYS) throw new Problem('too-many-keys');
  const { id, key } = await desk.auth.api.createApiKey({
    body: {
      name,
      userId: owner.accountId,
      expiresIn: days * DAY_SECONDS,
      permissions: { [SCOPES_OF]: [...new Set(scopes)] },
    },
  });
  await note(desk.database, desk, owner, owner.accountId, 'account-key-made');
  return { id, key };
}

/** @throws Problem `unknown-key` where it is none of one's own */
export async function revokeKey(desk: AccountDesk, owner: AccountPrincipal, keyId: string): Promise<void> {
  const { accountId } = owner;
  const { count } = await desk.database.apikey.deleteMany({ where: { id: keyId, referenceId: accountId } });
  if (count === 0) throw new Problem('unknown-key');
  await note(desk.database, desk, owner, accountId, 'account-key-revoked');
}
