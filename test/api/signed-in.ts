import type { ApiDeps } from '../../api/deps.ts';
import type { Role } from '../../api/policy.ts';
import type { RunningApi } from '../../api/server.ts';
import type { Desk } from './desk.ts';

/** Another API on the desk's data, to which everybody is signed in with these roles. */
export function signedIn(
  { another, deps }: Desk,
  roles: Role[],
  {
    config = {},
    personId = null,
    accountId = 'a1',
  }: { config?: Partial<ApiDeps['config']>; personId?: string | null; accountId?: string } = {},
): Promise<RunningApi> {
  const { apiKey: _machine, ...own } = deps.config;
  const principal = { kind: 'account' as const, accountId, personId, roles, via: 'session' as const, scopes: null };
  const accounts = { principalOf: () => Promise.resolve(principal) } as never;
  return another({ config: { ...own, ...config }, accounts });
}
