import { z } from 'zod';
import { accountDesk, signedInAccount } from '../accounts/accounts.ts';
import { SHORTEST_PASSWORD, LONGEST_PASSWORD } from '../accounts/password.ts';
import { readerOf } from '../accounts/reader.ts';
import { endSession, listSessions } from '../accounts/sessions.ts';
import { type SignedIn, enterCode, signIn, signOut } from '../accounts/sign-in.ts';
import { PERMISSION_NAMES, ROLES, reachOf } from '../policy.ts';
import { ownAgreements } from '../principal.ts';
import { type Answer, route } from '../route.ts';

export const email = z.email().max(254);
/** A new one; one that is entered again may be of any length up to the longest. */
export const newPassword = z
  .string()
  .min(1)
  .max(LONGEST_PASSWORD)
  .meta({
    description: `At least ${SHORTEST_PASSWORD} characters, not a well-known one, without name and address`,
  });
export const givenPassword = z.string().min(1).max(LONGEST_PASSWORD);
export const code = z
  .string()
  .trim()
  .regex(/^(\d{6}|[A-Za-z0-9]{5}-[A-Za-z0-9]{5})$/)
  .meta({ description: 'Six digits of the authenticator, or a backup code', examples: ['123456', 'aB3dE-9fG1h'] });
const instant = z.iso.datetime();
const roles = z.array(z.enum(ROLES));

const me = z
  .object({
    accountId: z.string(),
    personId: z.uuid().nullable(),
    name: z.string(),
    email: z.string(),
    language: z.enum(['zh', 'en']),
    roles,
    permissions: z
      .record(z.string(), z.enum(['all', 'own']))
      .meta({ description: '`own`: of agreements in which one is seated or stands in' }),
    agreements: z.int().meta({ description: 'In which one is seated or stands in today' }),
    twoFactor: z.boolean(),
    via: z.enum(['session', 'key']),
    demo: z
      .object({ mailboxUrl: z.url(), agreements: z.record(z.string(), z.uuid()) })
      .nullable()
      .meta({ description: 'Of a demo: where its first walk leads' }),
  })
  .meta({ id: 'Me' });

const session = z
  .object({
    id: z.string(),
    current: z.boolean(),
    createdAt: instant,
    usedAt: instant.meta({ description: 'To some five minutes' }),
    address: z.string(),
    browser: z.string(),
  })
  .meta({ id: 'Session' });

export const codeRequired = z
  .object({ codeRequired: z.boolean() })
  .meta({ id: 'SignedIn', description: 'Where a code is required, POST /session/two-factor follows' });

/** The browser's cookies, and whether a code is still to come. */
export function signedIn({ cookies, codeRequired }: SignedIn): Answer {
  return { status: 200, body: { codeRequired }, headers: { 'Set-Cookie': cookies } };
}

/** An account, as the cookies of an act that gave a new session: nothing else to say. */
export function renewed(cookies: string[]): Answer {
  return { status: 200, body: {}, headers: { 'Set-Cookie': cookies } };
}

export const nothing = z.object({});

export const getMe = route({
  id: 'getMe',
  method: 'get',
  path: '/me',
  summary: 'Who one is, and what one may do',
  access: 'self',
  answers: { 200: { description: 'The account', schema: me } },
  async handle({ deps, principal }) {
    const { desk, account } = signedInAccount(deps, principal);
    const reader = await readerOf(desk.database, { id: account.accountId });
    const user = await desk.database.user.findUniqueOrThrow({ where: { id: account.accountId } });
    const reaches = PERMISSION_NAMES.map((name) => [name, reachOf(name, account)]).filter(
      ([, reach]) => reach !== 'none',
    );
    return {
      status: 200,
      body: {
        accountId: account.accountId,
        personId: account.personId,
        name: reader?.name ?? user.name,
        email: user.email,
        language: reader?.language ?? 'zh',
        roles: account.roles,
        permissions: Object.fromEntries(reaches),
        agreements: account.personId === null ? 0 : (await ownAgreements(deps, account.personId)).length,
        twoFactor: user.twoFactorEnabled === true,
        via: account.via,
        demo: deps.config.demo ?? null,
      },
    };
  },
});

export const postSession = route({
  id: 'signIn',
  method: 'post',
  path: '/session',
  summary: 'Sign in; the answer is the same whatever is wrong',
  access: 'open',
  confidential: true,
  body: z.strictObject({ email, password: givenPassword }),
  answers: { 200: { description: 'Signed in, or a code is required', schema: codeRequired } },
  handle: async ({ deps, body, client }) => signedIn(await signIn(accountDesk(deps), body, client)),
});

export const postSessionCode = route({
  id: 'enterCode',
  method: 'post',
  path: '/session/two-factor',
  summary: 'The second step of signing in: a code',
  access: 'open',
  confidential: true,
  body: z.strictObject({ code }),
  answers: { 200: { description: 'Signed in', schema: codeRequired } },
  handle: async ({ deps, body, client }) => signedIn(await enterCode(accountDesk(deps), body.code, client)),
});

export const deleteSession = route({
  id: 'signOut',
  method: 'delete',
  path: '/session',
  summary: 'Sign out in this browser',
  access: 'self',
  confidential: true,
  answers: { 200: { description: 'Signed out', schema: nothing } },
  async handle({ deps, principal, client }) {
    const { desk } = signedInAccount(deps, principal, 'session');
    return renewed(await signOut(desk, client));
  },
});

export const getSessions = route({
  id: 'listSessions',
  method: 'get',
  path: '/sessions',
  summary: "One's own open sessions",
  access: 'self',
  answers: { 200: { description: 'The newest first', schema: z.object({ items: z.array(session) }) } },
  async handle({ deps, principal }) {
    const { desk, account } = signedInAccount(deps, principal);
    return { status: 200, body: { items: await listSessions(desk, account) } };
  },
});

export const deleteOneSession = route({
  id: 'endSession',
  method: 'delete',
  path: '/sessions/{sessionId}',
  summary: "End one of one's own sessions, or `others`: all but this one",
  access: 'self',
  params: z.object({ sessionId: z.string().min(1).max(100) }),
  answers: { 200: { description: 'How many ended', schema: z.object({ ended: z.int() }) } },
  async handle({ deps, principal, params }) {
    const { desk, account } = signedInAccount(deps, principal, 'session');
    return { status: 200, body: { ended: await endSession(desk, account, params.sessionId) } };
  },
});
