import { randomInt } from 'node:crypto';
import type { AccountDesk } from '../../api/accounts/accounts.ts';
import type { Letter } from '../../api/accounts/letters.ts';
import { setPassword } from '../../api/accounts/passwords.ts';
import { invite } from '../../api/accounts/roster.ts';
import type { Role } from '../../api/policy.ts';

/** Who looks around in the demo: by address the people who fill seats of its agreements. */
const PEOPLE: readonly { email: string; name?: string; roles: Role[] }[] = [
  { email: 'lin.an@example.com', roles: ['coordinator', 'administrator'] },
  { email: 'chen.lu@example.com', roles: ['party-member'] },
  { email: 'gao.jian@example.com', roles: ['third-party'] },
  { email: 'audit@example.com', name: '审计 沈括言', roles: ['auditor'] },
];

/** Typed on any keyboard. */
const WORDS = 'willow harbour lantern meadow copper cedar thunder orchard marble falcon ripple saffron'.split(' ');

/** An account of the demo, with the password that was made for this start. */
export interface DemoAccount {
  email: string;
  name: string;
  roles: Role[];
  password: string;
}

/**
 * Makes the accounts of the demo the way people get them: invited, and a password set by the link of the letter.
 *
 * @param letters where the desk's letters arrive
 */
export async function makeAccounts(desk: AccountDesk, letters: readonly Letter[]): Promise<DemoAccount[]> {
  const password = `${WORDS[randomInt(WORDS.length)]}-${WORDS[randomInt(WORDS.length)]}-${String(randomInt(100_000, 1_000_000))}`;
  const made: DemoAccount[] = [];
  for (const { email, name, roles } of PEOPLE) {
    const person = await desk.database.person.findFirst({ where: { email }, orderBy: { id: 'asc' } });
    const who = person
      ? { personId: person.id }
      : { email, name: name ?? email, organisation: '会计师事务所（演示）', language: 'zh' as const };
    const account = await invite(desk, { kind: 'machine' }, who, roles);
    await setPassword(desk, { token: tokenTo(letters, email), password }, { ip: '127.0.0.1', headers: new Headers() });
    made.push({ email, name: account.name, roles, password });
  }
  return made;
}

/** What stands behind the `#` of the newest letter's button. */
function tokenTo(letters: readonly Letter[], email: string): string {
  const letter = letters.findLast(({ to }) => to.address === email);
  const [, token] = (letter?.button?.url ?? '').split('#token=');
  if (token === undefined) throw new Error(`no letter with a link went to ${email}`);
  return token;
}
