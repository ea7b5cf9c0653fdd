import { DESK_PERSON, type Principal } from './policy.ts';

/** Under which id somebody stands in rows that say who did it: the person, an account that is nobody's, or the desk. */
export function whoOf(principal: Principal): string {
  return principal.kind === 'account' ? (principal.personId ?? principal.accountId) : DESK_PERSON;
}
