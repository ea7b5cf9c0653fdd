import { z } from 'zod';
import { type Limit, openAttempts } from '../attempts.ts';
import { takeIn } from '../inbound/came-back.ts';
import { route } from '../route.ts';

/** Far more than come back of ten thousand reminders in their hour; a mail server keeps the rest and tries again. */
export const INFLOW: Limit = {
  name: 'inbound',
  attempts: 600,
  windowSeconds: 60,
  lockSeconds: 60,
  longestLockSeconds: 60,
};

export const receipt = z
  .object({
    id: z.string().meta({ description: 'SHA-256 of the mail: the same one twice is one' }),
    kind: z.enum(['delivery-failed', 'delivery-delayed', 'delivered', 'complaint', 'other']),
    code: z.string().nullable().meta({ description: 'RFC 3463 status, or RFC 5965 feedback type' }),
    notices: z.int().meta({ description: 'Notices of ours that it is about' }),
  })
  .meta({ id: 'InboundMail' });

export const postInboundMail = route({
  id: 'postInboundMail',
  method: 'post',
  path: '/inbound/mail',
  summary: 'Takes in a raw mail that came back: delivery reports and complaints (docs/inbound-mail.md)',
  access: 'inbound',
  takes: 'mail',
  confidential: true,
  body: z.instanceof(Uint8Array),
  documentedBody: z.string().meta({ format: 'binary', description: 'RFC 5322, at most 1 MiB' }),
  answers: { 200: { description: 'What it was', schema: receipt } },
  handle: async ({ deps, body }) => {
    await openAttempts(deps.database).demand(INFLOW, 'mail');
    return { status: 200, body: await takeIn(deps, body) };
  },
});
