import type { AccountPrincipal, Principal } from '../policy.ts';

/** Who asked for a job, by opaque ids, as its row keeps it. */
export type Asker = { kind: 'machine' } | Pick<AccountPrincipal, 'kind' | 'accountId' | 'personId' | 'via'>;

/** @throws Error for somebody who cannot have asked: the policy lets in accounts and programs alone */
export function askerOf(principal: Principal): Asker {
  if (principal.kind === 'machine') return { kind: 'machine' };
  if (principal.kind !== 'account') throw new Error(`a ${principal.kind} asked for a job`);
  const { kind, accountId, personId, via } = principal;
  return { kind, accountId, personId, via };
}

/** In whose name a job's lines are carried out; they were let in when they asked, and no right is asked of them again. */
export function principalOfAsker(asker: Asker): Principal {
  return asker.kind === 'machine' ? asker : { ...asker, roles: [], scopes: null };
}
