import MailComposer from 'nodemailer/lib/mail-composer';
import { expect, test } from 'vitest';
import { mimeText } from '../../activities/mail/mime.ts';
import { renderNotice } from '../../activities/mail/notice-mail.ts';
import { type Sample, samples } from '../../activities/mail/samples.ts';
import { messageOf } from '../../activities/mail/transport.ts';

const mails = samples('zh')
  .concat(samples('en'))
  .map(({ name, input }): [string, Sample['input']] => [`${name} (${input.recipient.language})`, input]);

test.each(mails)('%s: written at once it has the bytes that nodemailer streams', async (_name, input) => {
  const message = messageOf({
    ...renderNotice(input),
    from: { name: 'Abide', address: 'abide@abide.example.com' },
    to: { name: '陈晓明', address: 'a@customer.example' },
    messageId: '<one@abide.example.com>',
    thread: '<thread@abide.example.com>',
    atMs: input.notice.atMs,
    headers: {},
  });
  const node = new MailComposer(message).compile();
  expect(mimeText(node)).toBe((await node.build()).toString());
});
