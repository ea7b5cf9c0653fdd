import { randomUUID } from 'node:crypto';
import type { Clock } from '../../activities/clock.ts';
import type { Database } from '../../prisma/database.ts';
import { Problem } from '../problem.ts';
import type { AccountDesk, Client } from './accounts.ts';
import { SETUP } from './limits.ts';
import { issueToken, redeemToken, withdrawTokens } from './one-time-token.ts';
import { demandStrength, storePassword } from './passwords.ts';
import { enrol } from './roster.ts';
import { type SignedIn, signIn } from './sign-in.ts';

const SETUP_LASTS_MS = 86_400_000;
const FIRST = 'first-administrator';

/** Whether anybody who is not disabled is administrator. */
export async function hasAdministrator(database: Pick<Database, 'user'>): Promise<boolean> {
  return (await database.user.count({ where: { roles: { has: 'administrator' }, disabledAt: null } })) > 0;
}

/**
 * The link by which the first administrator is made, while there is none: for the console of whoever starts the
 * installation, and for nobody else. It works once and for a day; a link that was given before works no more.
 */
export async function setupLink({
  database,
  clock,
  publicUrl,
}: {
  database: Database;
  clock: Clock;
  publicUrl: string;
}): Promise<string | null> {
  if (await hasAdministrator(database)) {
    await withdrawTokens(database, ['setup'], FIRST);
    return null;
  }
  const token = await database.$transaction((tables) =>
    issueToken(tables, { purpose: 'setup', subject: FIRST, nowMs: clock(), lastsMs: SETUP_LASTS_MS }),
  );
  return `${publicUrl}/setup#token=${token}`;
}

export interface Setup {
  token: string;
  name: string;
  email: string;
  password: string;
  organisation: string;
  language: 'zh' | 'en';
}

/**
 * Makes the first administrator, who is coordinator too, and signs them in. A password that is refused leaves the link
 * as it was.
 *
 * @throws Problem `account-link-invalid`, `setup-done`, `password-weak`, `account-exists`, `too-many-attempts`
 */
export async function setUp(
  desk: AccountDesk,
  { token, password, ...person }: Setup,
  client: Client,
): Promise<SignedIn> {
  await desk.attempts.demand(SETUP, client.ip);
  if (await hasAdministrator(desk.database)) throw new Problem('setup-done');
  const email = person.email.toLowerCase();
  demandStrength(password, { email, name: person.name });
  const hash = await (await desk.auth.$context).password.hash(password);
  const nowMs = desk.clock();
  const now = new Date(nowMs);
  await desk.database.$transaction(async (tables) => {
    if ((await redeemToken(tables, { purpose: 'setup', token, nowMs })) !== FIRST) {
      throw new Problem('account-link-invalid');
    }
    if ((await tables.user.count({ where: { email } })) > 0) throw new Problem('account-exists');
    const { id: personId, name } = await enrol(tables, person);
    const id = randomUUID();
    const roles = ['administrator', 'coordinator'];
    await tables.user.create({
      data: { id, name, email, emailVerified: true, personId, roles, createdAt: now, updatedAt: now },
    });
    await storePassword(tables, id, hash, nowMs);
  });
  await desk.attempts.forgive(SETUP, client.ip);
  return signIn(desk, { email, password }, client);
}
