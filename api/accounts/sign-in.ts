import { Problem } from '../problem.ts';
import { type AccountDesk, type Client, headersFor, refusalCode } from './accounts.ts';
import { SESSION_COOKIE, cookieName } from './auth.ts';
import { letterOf } from './letters.ts';
import { CODES, LOCK_LETTER, SAME_CODE, SIGN_IN, SIGN_IN_ANYWHERE, SIGN_IN_BY_ADDRESS } from './limits.ts';
import { note } from './note.ts';
import { readerOf } from './reader.ts';

/** What a browser is given: its session, or that a code is still to come. */
export interface SignedIn {
  cookies: string[];
  codeRequired: boolean;
}

/**
 * Signs in with e-mail and password. Whether the address is unknown, the password wrong, the account locked or disabled:
 * the answer is the same, and takes as long, because a password is hashed each time.
 *
 * @throws Problem `sign-in-failed`; `too-many-attempts` when the client's address tries too much, whatever accounts
 */
export async function signIn(
  desk: AccountDesk,
  { email: given, password }: { email: string; password: string },
  client: Client,
): Promise<SignedIn> {
  const { auth, attempts } = desk;
  const email = given.toLowerCase();
  await attempts.demand(SIGN_IN_BY_ADDRESS, client.ip);
  // What is refused here already does not count everywhere: else one address could lock an account for all others.
  const here = await attempts.count(SIGN_IN, email, client.ip);
  const counted = here.allowed ? await attempts.count(SIGN_IN_ANYWHERE, email) : here;
  if (!counted.allowed) {
    await (await auth.$context).password.hash(password);
    if (counted.isNew) tellOfLock(desk, email);
    throw new Problem('sign-in-failed');
  }
  const { headers, response } = await auth.api
    .signInEmail({ body: { email, password }, headers: headersFor(client), returnHeaders: true })
    .catch((error: unknown) => {
      refusalCode(error);
      throw new Problem('sign-in-failed');
    });
  await attempts.forgive(SIGN_IN, email, client.ip);
  await attempts.forgive(SIGN_IN_ANYWHERE, email);
  await endFormer(desk, client);
  const codeRequired = 'twoFactorRedirect' in response;
  if (!codeRequired) await note(desk.database, desk, 'owner', response.user.id, 'account-signed-in');
  return { cookies: headers.getSetCookie(), codeRequired };
}

/** Not awaited: an account that exists must not answer later than one that does not. */
function tellOfLock(desk: AccountDesk, email: string): void {
  const told = async () => {
    const reader = await readerOf(desk.database, { email, disabledAt: null });
    if (!reader) return;
    desk.log.warn({ accountId: reader.accountId }, 'sign-in is locked after wrong passwords');
    await note(desk.database, desk, 'stranger', reader.accountId, 'account-locked');
    const { allowed } = await desk.attempts.count(LOCK_LETTER, email);
    if (allowed) desk.tell(letterOf('locked', reader));
  };
  told().catch((error: unknown) => desk.log.error({ error: (error as Error).name }, 'nobody was told of a lock'));
}

/** Whoever signs in again in a browser leaves no session behind there. */
async function endFormer(desk: AccountDesk, { headers }: Client): Promise<void> {
  const former = await desk.principalOf(headers);
  if (former?.sessionId !== undefined) await desk.database.session.deleteMany({ where: { id: former.sessionId } });
}

/**
 * The second step: the code of an authenticator, or a backup code; each is good once.
 *
 * @throws Problem `code-wrong`, `sign-in-expired` (ten minutes after the password), `too-many-attempts`
 */
export async function enterCode(desk: AccountDesk, code: string, client: Client): Promise<SignedIn> {
  const { attempts, database } = desk;
  await attempts.demand(CODES, client.ip);
  const headers = headersFor(client, { without: cookieName(SESSION_COOKIE, desk.publicUrl) });
  const { cookies, token, accountId } = await verifyCode(desk, code, headers);
  if (token !== null && !(await isFirstUse(desk, accountId, code))) {
    await database.session.deleteMany({ where: { token } });
    throw new Problem('code-wrong');
  }
  await attempts.forgive(CODES, client.ip);
  await note(database, desk, 'owner', accountId, 'account-signed-in');
  return { cookies, codeRequired: false };
}

/** Whether this code was not used by the account before; asked once a use. */
export async function isFirstUse({ attempts }: AccountDesk, accountId: string, code: string): Promise<boolean> {
  return (await attempts.count(SAME_CODE, accountId, code)).allowed;
}

/**
 * Has better-auth check a code: of the account that the headers' session is of, else of the one that gave its password
 * just before.
 */
export async function verifyCode(
  { auth }: AccountDesk,
  code: string,
  headers: Headers,
): Promise<{ cookies: string[]; token: string | null; accountId: string }> {
  const ask = { body: { code }, headers, returnHeaders: true } as const;
  try {
    const { headers: set, response } = /^\d{6}$/.test(code)
      ? await auth.api.verifyTOTP(ask)
      : await auth.api.verifyBackupCode(ask);
    return { cookies: set.getSetCookie(), token: response.token ?? null, accountId: response.user.id };
  } catch (error) {
    switch (refusalCode(error)) {
      case 'INVALID_CODE':
      case 'INVALID_BACKUP_CODE':
        throw new Problem('code-wrong');
      case 'ACCOUNT_TEMPORARILY_LOCKED':
      case 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE':
        throw new Problem('too-many-attempts', { retryAfterSeconds: 900, recorded: true });
      case 'TOTP_NOT_ENABLED':
      case 'BACKUP_CODES_NOT_ENABLED':
        throw new Problem('two-factor-off');
      default:
        throw new Problem('sign-in-expired');
    }
  }
}

/** Ends the session that the headers bear, and takes its cookie back. */
export async function signOut({ auth }: AccountDesk, client: Client): Promise<string[]> {
  const { headers } = await auth.api.signOut({ headers: headersFor(client), returnHeaders: true });
  return headers.getSetCookie();
}
