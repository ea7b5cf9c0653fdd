import { z } from 'zod';
import { signedInAccount } from '../accounts/accounts.ts';
import { beginTwoFactor, confirmTwoFactor, endTwoFactor } from '../accounts/two-factor.ts';
import { route } from '../route.ts';
import { code, givenPassword, nothing, renewed } from './session.ts';

const begun = z
  .object({
    uri: z.string().meta({ description: 'For the authenticator, as QR code', examples: ['otpauth://totp/Abide:…'] }),
    backupCodes: z.array(z.string()).meta({ description: 'Each is good once; shown this once' }),
  })
  .meta({ id: 'TwoFactor' });

export const postTwoFactor = route({
  id: 'beginTwoFactor',
  method: 'post',
  path: '/two-factor',
  summary: 'Begin two-factor sign-in (TOTP, RFC 6238): a secret and backup codes',
  access: 'self',
  confidential: true,
  body: z.strictObject({ password: givenPassword }),
  answers: { 200: { description: 'On once a code was confirmed', schema: begun } },
  async handle({ deps, principal, body, client }) {
    const { desk, account } = signedInAccount(deps, principal, 'session');
    return { status: 200, body: await beginTwoFactor(desk, account, body.password, client) };
  },
});

export const postTwoFactorConfirm = route({
  id: 'confirmTwoFactor',
  method: 'post',
  path: '/two-factor/confirm',
  summary: 'Turn two-factor sign-in on with a first code; all other sessions end',
  access: 'self',
  confidential: true,
  body: z.strictObject({ code }),
  answers: { 200: { description: 'On', schema: nothing } },
  async handle({ deps, principal, body, client }) {
    const { desk, account } = signedInAccount(deps, principal, 'session');
    return renewed(await confirmTwoFactor(desk, account, body.code, client));
  },
});

export const deleteTwoFactor = route({
  id: 'endTwoFactor',
  method: 'delete',
  path: '/two-factor',
  summary: 'Turn two-factor sign-in off, with password and code',
  access: 'self',
  confidential: true,
  body: z.strictObject({ password: givenPassword, code }),
  answers: { 200: { description: 'Off', schema: nothing } },
  async handle({ deps, principal, body, client }) {
    const { desk, account } = signedInAccount(deps, principal, 'session');
    return renewed(await endTwoFactor(desk, account, body, client));
  },
});
