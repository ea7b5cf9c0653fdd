import { z } from 'zod';
import { mailUnavailable } from '../mail-unavailable.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';

const language = z.enum(['zh', 'en']);
const name = z
  .string()
  .regex(/^[a-z0-9.-]{1,80}$/)
  .meta({ description: 'The kind of notice and its variant: `reminder.overdue`' });

export const mailPreviewList = z.object({
  items: z.array(
    z
      .object({
        name,
        kind: z.string().meta({
          description:
            'Kind of notice; `digest` for several reminders in one mail, `letter` for mails about accounts and fresh links',
        }),
        variant: z.string().meta({ description: 'What makes it read differently; empty for the plain one' }),
        language,
        subject: z.string(),
      })
      .meta({ id: 'MailPreview' }),
  ),
});

const shown = z
  .object({
    subject: z.string(),
    html: z.string(),
    text: z.string(),
    calendar: z.string().nullable().meta({ description: 'The iCalendar part, where the mail has one' }),
  })
  .meta({ id: 'ShownMail' });
export const shownMail = z.object({ zh: shown, en: shown });

export const listMailPreviews = route({
  id: 'listMailPreviews',
  method: 'get',
  path: '/mail/previews',
  summary: 'Every mail that goes out about agreements, with sample data, in both languages',
  access: 'mail.read',
  answers: { 200: { description: 'The mails by kind and variant', schema: mailPreviewList } },
  handle: ({ deps: { mails } }) => Promise.resolve({ status: 200, body: { items: mails?.list() ?? [] } }),
});

export const getMailPreview = route({
  id: 'getMailPreview',
  method: 'get',
  path: '/mail/previews/{name}',
  summary: 'One of these mails, as it arrives',
  access: 'mail.read',
  params: z.object({ name }),
  answers: { 200: { description: 'Subject, HTML and text in both languages', schema: shownMail } },
  handle: ({ deps: { mails }, params }) => {
    const mail = mails?.show(params.name);
    if (!mail) throw new Problem('unknown-mail');
    return Promise.resolve({ status: 200, body: mail });
  },
});

export const postMailTest = route({
  id: 'postMailTest',
  method: 'post',
  path: '/mail/test',
  summary: "Sends one of these mails to one's own address",
  access: 'mail.manage',
  body: z.strictObject({ name, language }),
  answers: { 200: { description: 'It is out', schema: z.object({ to: z.string() }) } },
  handle: async ({ deps: { mails, database, log }, body, principal }) => {
    const account =
      principal.kind === 'account'
        ? await database.user.findUnique({ where: { id: principal.accountId }, select: { name: true, email: true } })
        : null;
    if (!account) throw new Problem('address-missing'); // a program has none
    const to = { name: account.name, address: account.email };
    const sent = await mails?.send({ ...body, to }).catch((error: unknown) => {
      throw mailUnavailable(log, error, { mail: body.name });
    });
    if (!sent) throw new Problem('unknown-mail');
    return { status: 200, body: { to: account.email } };
  },
});
