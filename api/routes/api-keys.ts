import { z } from 'zod';
import { signedInAccount } from '../accounts/accounts.ts';
import { createKey, listKeys, revokeKey } from '../accounts/keys.ts';
import { PERMISSION_NAMES, type Permission } from '../policy.ts';
import { route } from '../route.ts';

const scopes = z.array(z.enum(PERMISSION_NAMES as [Permission, ...Permission[]]));
const instant = z.iso.datetime();
const key = z
  .object({
    id: z.string(),
    name: z.string(),
    start: z.string().meta({ description: 'How it begins' }),
    scopes,
    createdAt: instant,
    expiresAt: instant,
    usedAt: instant.nullable(),
  })
  .meta({ id: 'ApiKey' });

export const getApiKeys = route({
  id: 'listApiKeys',
  method: 'get',
  path: '/api-keys',
  summary: "One's own keys that still hold",
  access: 'self',
  answers: { 200: { description: 'The newest first', schema: z.object({ items: z.array(key) }) } },
  async handle({ deps, principal }) {
    const { desk, account } = signedInAccount(deps, principal);
    return { status: 200, body: { items: await listKeys(desk, account) } };
  },
});

export const postApiKey = route({
  id: 'createApiKey',
  method: 'post',
  path: '/api-keys',
  summary: 'Make a key for a program that acts for oneself; it is shown this once',
  access: 'self',
  confidential: true,
  body: z.strictObject({
    name: z.string().trim().min(1).max(32),
    scopes: scopes.min(1).meta({ description: "What it may do, within one's own roles" }),
    days: z.int().min(1).max(365).meta({ description: 'Until it expires' }),
  }),
  answers: { 201: { description: 'The key', schema: z.object({ id: z.string(), key: z.string() }) } },
  async handle({ deps, principal, body }) {
    const { desk, account } = signedInAccount(deps, principal, 'session');
    return { status: 201, body: await createKey(desk, account, body) };
  },
});

export const deleteApiKey = route({
  id: 'revokeApiKey',
  method: 'delete',
  path: '/api-keys/{keyId}',
  summary: "Revoke one of one's own keys",
  access: 'self',
  params: z.object({ keyId: z.string().min(1).max(100) }),
  answers: { 200: { description: 'Revoked', schema: z.object({}) } },
  async handle({ deps, principal, params }) {
    const { desk, account } = signedInAccount(deps, principal, 'session');
    await revokeKey(desk, account, params.keyId);
    return { status: 200, body: {} };
  },
});
