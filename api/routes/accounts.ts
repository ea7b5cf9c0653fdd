import { z } from 'zod';
import { personSchema } from '../../templates/parties.ts';
import { accountDesk } from '../accounts/accounts.ts';
import { changeAccount, dropTwoFactor, endSessionsOf, invite, inviteAgain, listAccounts } from '../accounts/roster.ts';
import { ROLES } from '../policy.ts';
import { route } from '../route.ts';
import { email, nothing } from './session.ts';

const params = z.object({ accountId: z.string().min(1).max(100) });
const roles = z.array(z.enum(ROLES)).max(ROLES.length).meta({ description: '`auditor` goes with no other' });
const instant = z.iso.datetime();
const account = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    personId: z.uuid().nullable(),
    organisation: z.string().nullable(),
    roles,
    status: z.enum(['active', 'invited', 'disabled']).meta({ description: '`invited`: no password was set yet' }),
    twoFactor: z.boolean(),
    createdAt: instant,
    usedAt: instant.nullable().meta({ description: 'Of its open sessions, to some five minutes' }),
  })
  .meta({ id: 'Account' });

export const getAccounts = route({
  id: 'listAccounts',
  method: 'get',
  path: '/accounts',
  summary: 'All accounts',
  access: 'accounts.read',
  answers: { 200: { description: 'By name', schema: z.object({ items: z.array(account) }) } },
  handle: async ({ deps }) => ({ status: 200, body: { items: await listAccounts(accountDesk(deps)) } }),
});

export const postAccount = route({
  id: 'inviteAccount',
  method: 'post',
  path: '/accounts',
  summary: 'Make an account for a person and mail a link for the password',
  access: 'accounts.manage',
  body: z.strictObject({
    person: z.union([
      z.strictObject({ personId: z.uuid() }).meta({ description: 'Of the directory' }),
      z.strictObject({
        name: personSchema.shape.name.trim(),
        email,
        organisation: personSchema.shape.name.trim(),
        language: z.enum(['zh', 'en']).default('zh'),
      }),
    ]),
    roles: roles.min(1),
  }),
  answers: { 201: { description: 'Invited', schema: account } },
  handle: async ({ deps, principal, body }) => ({
    status: 201,
    body: await invite(accountDesk(deps), principal, body.person, body.roles),
  }),
});

export const patchAccount = route({
  id: 'changeAccount',
  method: 'patch',
  path: '/accounts/{accountId}',
  summary: 'Change roles, disable or enable; one that is disabled loses its sessions and keys at once',
  access: 'accounts.manage',
  params,
  body: z.strictObject({ roles: roles.min(1).optional(), disabled: z.boolean().optional() }),
  answers: { 200: { description: 'Changed', schema: account } },
  handle: async ({ deps, principal, params: { accountId }, body }) => ({
    status: 200,
    body: await changeAccount(accountDesk(deps), principal, accountId, body),
  }),
});

export const postInvitation = route({
  id: 'inviteAgain',
  method: 'post',
  path: '/accounts/{accountId}/invitation',
  summary: 'Mail a new link for the password; the one before does not hold any more',
  access: 'accounts.manage',
  params,
  answers: { 200: { description: 'Mailed', schema: nothing } },
  async handle({ deps, principal, params: { accountId } }) {
    await inviteAgain(accountDesk(deps), principal, accountId);
    return { status: 200, body: {} };
  },
});

export const postSessionsRevoke = route({
  id: 'endSessionsOfAccount',
  method: 'post',
  path: '/accounts/{accountId}/sessions/revoke',
  summary: 'Sign an account out everywhere',
  access: 'accounts.manage',
  params,
  answers: { 200: { description: 'How many sessions ended', schema: z.object({ ended: z.int() }) } },
  handle: async ({ deps, principal, params: { accountId } }) => ({
    status: 200,
    body: { ended: await endSessionsOf(accountDesk(deps), principal, accountId) },
  }),
});

export const deleteAccountTwoFactor = route({
  id: 'dropTwoFactor',
  method: 'delete',
  path: '/accounts/{accountId}/two-factor',
  summary: 'Turn two-factor sign-in off for somebody who lost the authenticator and the backup codes',
  access: 'accounts.manage',
  params,
  answers: { 200: { description: 'Off; signed out everywhere', schema: nothing } },
  async handle({ deps, principal, params: { accountId } }) {
    await dropTwoFactor(accountDesk(deps), principal, accountId);
    return { status: 200, body: {} };
  },
});
