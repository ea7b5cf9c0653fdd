import { randomUUID } from 'node:crypto';
import type { Prisma } from '../../prisma/generated/client.ts';
import { type AccountPrincipal } from '../policy.ts';
import { Problem } from '../problem.ts';
import { type AccountDesk, type Client, headersFor, refusalCode } from './accounts.ts';
import { type LetterKind, letterOf } from './letters.ts';
import { CONFIRMATION, RESET, RESET_ANYWHERE, RESET_BY_ADDRESS, SIGN_IN, SIGN_IN_ANYWHERE } from './limits.ts';
import { note } from './note.ts';
import { PASSWORD_PURPOSES, issueToken, redeemToken, subjectOf, withdrawTokens } from './one-time-token.ts';
import { passwordProblem } from './password.ts';
import { readerOf } from './reader.ts';

export const RESET_LASTS_MS = 3_600_000;
export const INVITATION_LASTS_MS = 7 * 86_400_000;
/** Links for a new password that hold together: whoever asks again may use the mail that came first. */
const RESETS_STANDING = 3;

/** @throws Problem `password-weak` that names what is wrong */
export function demandStrength(password: string, about: { email: string; name: string }, path = 'password'): void {
  const problem = passwordProblem(password, about, path);
  if (problem) throw new Problem('password-weak', { errors: [problem] });
}

/** Sends a link for a new password. The token travels behind `#`, so that no server ever sees it in an address. */
export async function sendPasswordLink(
  desk: AccountDesk,
  accountId: string,
  kind: 'invitation' | 'reset',
): Promise<void> {
  const reader = await readerOf(desk.database, { id: accountId, disabledAt: null });
  if (!reader) return;
  const token = await issueToken(desk.database, {
    subject: accountId,
    nowMs: desk.clock(),
    ...(kind === 'invitation'
      ? { purpose: 'invitation', lastsMs: INVITATION_LASTS_MS }
      : { purpose: 'password', lastsMs: RESET_LASTS_MS, standing: RESETS_STANDING }),
  });
  desk.tell(letterOf(kind, reader, `${desk.publicUrl}/set-password#token=${token}`));
}

/**
 * Somebody forgot a password. Nothing tells whether there is such an account: it is looked for after the answer.
 *
 * @throws Problem `too-many-attempts`, for the client's address alone
 */
export async function requestReset(desk: AccountDesk, email: string, { ip }: Client): Promise<void> {
  await desk.attempts.demand(RESET_BY_ADDRESS, ip);
  const look = async () => {
    const reader = await readerOf(desk.database, { email: email.toLowerCase(), disabledAt: null });
    if (!reader || !(await desk.attempts.count(RESET, reader.accountId, ip)).allowed) return;
    if (!(await desk.attempts.count(RESET_ANYWHERE, reader.accountId)).allowed) return;
    await sendPasswordLink(desk, reader.accountId, 'reset');
  };
  look().catch((error: unknown) => desk.log.error({ error: (error as Error).name }, 'a reset could not be begun'));
}

/**
 * Sets the password that a mailed link is for, and ends all sessions of the account and its other links. A password that is refused leaves
 * the link as it was.
 *
 * @throws Problem `account-link-invalid`, `password-weak`, `too-many-attempts`
 */
export async function setPassword(
  desk: AccountDesk,
  { token, password }: { token: string; password: string },
  { ip }: Client,
): Promise<void> {
  const { attempts, database } = desk;
  await attempts.demand(RESET_BY_ADDRESS, ip);
  const nowMs = desk.clock();
  const given = PASSWORD_PURPOSES.map((purpose) => ({ purpose, token, nowMs }));
  const accountIds = await Promise.all(given.map((one) => subjectOf(database, one)));
  const found = accountIds.findIndex((id) => id !== null);
  const [accountId, mailed] = [accountIds[found], given[found]];
  const reader = accountId ? await readerOf(database, { id: accountId, disabledAt: null }) : null;
  if (!reader || !mailed) throw new Problem('account-link-invalid');
  demandStrength(password, reader);
  const hash = await (await desk.auth.$context).password.hash(password);
  await database.$transaction(async (tables) => {
    if ((await redeemToken(tables, mailed)) !== reader.accountId) throw new Problem('account-link-invalid');
    await withdrawTokens(tables, PASSWORD_PURPOSES, reader.accountId);
    await storePassword(tables, reader.accountId, hash, desk.clock());
    await tables.session.deleteMany({ where: { userId: reader.accountId } });
    await tables.user.update({ where: { id: reader.accountId }, data: { emailVerified: true } });
    await note(tables, desk, 'owner', reader.accountId, 'account-password-set');
  });
  await attempts.forgive(SIGN_IN, reader.email, ip);
  await attempts.forgive(SIGN_IN_ANYWHERE, reader.email);
  desk.tell(letterOf('password-changed', reader));
}

/** As better-auth keeps it: a row of provider `credential`. */
export async function storePassword(
  tables: Prisma.TransactionClient,
  accountId: string,
  hash: string,
  nowMs: number,
): Promise<void> {
  const now = new Date(nowMs);
  const { count } = await tables.account.updateMany({
    where: { userId: accountId, providerId: 'credential' },
    data: { password: hash, updatedAt: now },
  });
  if (count > 0) return;
  await tables.account.create({
    data: {
      id: randomUUID(),
      accountId,
      providerId: 'credential',
      userId: accountId,
      password: hash,
      createdAt: now,
      updatedAt: now,
    },
  });
}

/**
 * Changes one's own password: all sessions end, and this browser gets a new one.
 *
 * @throws Problem `password-wrong`, `password-weak`, `too-many-attempts`
 */
export async function changePassword(
  desk: AccountDesk,
  { accountId }: AccountPrincipal,
  { current, next }: { current: string; next: string },
  client: Client,
): Promise<string[]> {
  const reader = await ownReader(desk, accountId);
  demandStrength(next, reader, 'next');
  const { headers } = await confirmed(desk, accountId, () =>
    desk.auth.api.changePassword({
      body: { currentPassword: current, newPassword: next, revokeOtherSessions: true },
      headers: headersFor(client),
      returnHeaders: true,
    }),
  );
  await withdrawTokens(desk.database, PASSWORD_PURPOSES, accountId);
  await note(desk.database, desk, 'owner', accountId, 'account-password-set');
  desk.tell(letterOf('password-changed', reader));
  return headers.getSetCookie();
}

/** Tells an account's owner what was done to it. */
export async function tellOwner(desk: AccountDesk, accountId: string, kind: LetterKind): Promise<void> {
  desk.tell(letterOf(kind, await ownReader(desk, accountId)));
}

async function ownReader(desk: AccountDesk, accountId: string) {
  const reader = await readerOf(desk.database, { id: accountId });
  if (!reader) throw new Problem('unauthorized');
  return reader;
}

/**
 * Does what needs one's password again within a session; wrong ones are counted by account.
 *
 * @throws Problem `password-wrong`, `too-many-attempts`
 */
export async function confirmed<T>(desk: AccountDesk, accountId: string, act: () => Promise<T>): Promise<T> {
  await desk.attempts.demand(CONFIRMATION, accountId);
  const done = await act().catch((error: unknown) => {
    if (error instanceof Problem) throw error;
    const code = refusalCode(error);
    if (code === 'INVALID_PASSWORD' || code === 'CREDENTIAL_ACCOUNT_NOT_FOUND') throw new Problem('password-wrong');
    if (code === 'TOTP_ALREADY_ENABLED') throw new Problem('two-factor-on');
    throw new Problem('unauthorized');
  });
  await desk.attempts.forgive(CONFIRMATION, accountId);
  return done;
}
