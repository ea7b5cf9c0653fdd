import { z } from 'zod';
import { personSchema } from '../../templates/parties.ts';
import { accountDesk } from '../accounts/accounts.ts';
import { setUp } from '../accounts/setup.ts';
import { route } from '../route.ts';
import { accountToken } from './password.ts';
import { codeRequired, email, newPassword, signedIn } from './session.ts';

export const postSetup = route({
  id: 'setUp',
  method: 'post',
  path: '/setup',
  summary: 'Make the first administrator with the link that stands on the console',
  access: 'open',
  confidential: true,
  body: z.strictObject({
    token: accountToken,
    name: personSchema.shape.name.trim(),
    email,
    password: newPassword,
    organisation: personSchema.shape.name.trim().meta({ description: 'That runs this installation' }),
    language: z.enum(['zh', 'en']).default('zh'),
  }),
  answers: { 200: { description: 'Made and signed in', schema: codeRequired } },
  handle: async ({ deps, body, client }) => signedIn(await setUp(accountDesk(deps), body, client)),
});
