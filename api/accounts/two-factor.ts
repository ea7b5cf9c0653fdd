import type { AccountPrincipal } from '../policy.ts';
import { Problem } from '../problem.ts';
import { type AccountDesk, type Client, headersFor } from './accounts.ts';
import { note } from './note.ts';
import { confirmed, tellOwner } from './passwords.ts';
import { isFirstUse, verifyCode } from './sign-in.ts';

/**
 * Makes a secret for an authenticator and ten backup codes; it is on once a code of it was entered.
 *
 * @throws Problem `password-wrong`, `two-factor-on`, `too-many-attempts`
 */
export async function beginTwoFactor(
  desk: AccountDesk,
  { accountId }: AccountPrincipal,
  password: string,
  client: Client,
): Promise<{ uri: string; backupCodes: string[] }> {
  const begun = await confirmed(desk, accountId, () =>
    desk.auth.api.enableTwoFactor({ body: { password }, headers: headersFor(client) }),
  );
  if (begun.method !== 'totp') throw new Error('better-auth began another method');
  return { uri: begun.totpURI, backupCodes: begun.backupCodes };
}

/**
 * The first code turns it on; this browser gets a new session, the others end.
 *
 * @throws Problem `code-wrong`, `two-factor-on`, `two-factor-off` where it was not begun
 */
export async function confirmTwoFactor(
  desk: AccountDesk,
  { accountId }: AccountPrincipal,
  code: string,
  client: Client,
): Promise<string[]> {
  if ((await stateOf(desk, accountId)) === 'on') throw new Problem('two-factor-on');
  const { cookies } = await confirmed(desk, accountId, () => verifyCode(desk, code, headersFor(client)));
  await isFirstUse(desk, accountId, code); // so that it does not sign anybody in
  const newest = await desk.database.session.findFirst({
    where: { userId: accountId },
    orderBy: { createdAt: 'desc' },
    select: { id: true },
  });
  await desk.database.session.deleteMany({ where: { userId: accountId, NOT: { id: newest?.id ?? '' } } });
  await note(desk.database, desk, 'owner', accountId, 'account-two-factor-on');
  await tellOwner(desk, accountId, 'two-factor-on');
  return cookies;
}

/**
 * Turns it off, with password and code.
 *
 * @throws Problem `two-factor-off`, `password-wrong`, `code-wrong`, `too-many-attempts`
 */
export async function endTwoFactor(
  desk: AccountDesk,
  { accountId }: AccountPrincipal,
  { password, code }: { password: string; code: string },
  client: Client,
): Promise<string[]> {
  if ((await stateOf(desk, accountId)) === 'off') throw new Problem('two-factor-off');
  const headers = await confirmed(desk, accountId, async () => {
    await desk.auth.api.verifyPassword({ body: { password }, headers: headersFor(client) });
    await verifyCode(desk, code, headersFor(client));
    if (!(await isFirstUse(desk, accountId, code))) throw new Problem('code-wrong');
    const disabled = await desk.auth.api.disableTwoFactor({
      body: { password },
      headers: headersFor(client),
      returnHeaders: true,
    });
    return disabled.headers;
  });
  await note(desk.database, desk, 'owner', accountId, 'account-two-factor-off');
  await tellOwner(desk, accountId, 'two-factor-off');
  return headers.getSetCookie();
}

async function stateOf({ database }: AccountDesk, accountId: string): Promise<'on' | 'off'> {
  const user = await database.user.findUnique({ where: { id: accountId }, select: { twoFactorEnabled: true } });
  return user?.twoFactorEnabled ? 'on' : 'off';
}
