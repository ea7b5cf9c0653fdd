import { z } from 'zod';
import { accountDesk, signedInAccount } from '../accounts/accounts.ts';
import { changePassword, requestReset, setPassword } from '../accounts/passwords.ts';
import { route } from '../route.ts';
import { email, givenPassword, newPassword, nothing, renewed } from './session.ts';

export const accountToken = z.string().min(1).max(200).meta({ description: 'What stands behind #token= in the link' });

export const postResetRequest = route({
  id: 'requestPasswordReset',
  method: 'post',
  path: '/password/reset-request',
  summary: 'Ask for a mail with a link for a new password; the answer is the same whether there is such an account',
  access: 'open',
  confidential: true,
  body: z.strictObject({ email }),
  answers: { 202: { description: 'Taken', schema: nothing } },
  async handle({ deps, body, client }) {
    await requestReset(accountDesk(deps), body.email, client);
    return { status: 202, body: {} };
  },
});

export const postReset = route({
  id: 'setPassword',
  method: 'post',
  path: '/password/reset',
  summary: 'Set the password that a mailed link is for',
  access: 'open',
  confidential: true,
  body: z.strictObject({ token: accountToken, password: newPassword }),
  answers: { 200: { description: 'Set; all sessions have ended', schema: nothing } },
  async handle({ deps, body, client }) {
    await setPassword(accountDesk(deps), body, client);
    return { status: 200, body: {} };
  },
});

export const postPassword = route({
  id: 'changePassword',
  method: 'post',
  path: '/password',
  summary: "Change one's own password; all other sessions end",
  access: 'self',
  confidential: true,
  body: z.strictObject({ current: givenPassword, next: newPassword }),
  answers: { 200: { description: 'Changed', schema: nothing } },
  async handle({ deps, principal, body, client }) {
    const { desk, account } = signedInAccount(deps, principal, 'session');
    return renewed(await changePassword(desk, account, body, client));
  },
});
