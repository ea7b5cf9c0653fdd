import { randomUUID } from 'node:crypto';
import { systemClock } from '../activities/clock.ts';
import { messageIdOf } from '../activities/mail/message-id.ts';
import { type RenderedMail, renderDigest, renderNotice } from '../activities/mail/notice-mail.ts';
import { type Sample, samples } from '../activities/mail/samples.ts';
import type { MailTransport } from '../activities/mail/transport.ts';
import { mailbox } from '../activities/notify.ts';
import { LETTER_KINDS, type Letter, letterOf } from '../api/accounts/letters.ts';
import type { MailPreviews } from '../api/deps.ts';
import { linkLetter } from '../api/links/letter.ts';
import { frameLetter } from './letters.ts';

type Language = 'zh' | 'en';

/** So many reminders make the sample of a digest. */
const IN_DIGEST = ['reminder.before', 'reminder.month'];

/** Every mail, about agreements and about accounts, with sample data, to look at and to try out; nothing of it is anybody's. */
export function openMailPreviews(
  transport: Pick<MailTransport, 'send'>,
  { mailFrom }: { mailFrom: string },
): MailPreviews {
  const from = mailbox(mailFrom);
  const host = from.address.slice(from.address.indexOf('@') + 1);
  const written = new Map<Language, Map<string, RenderedMail>>();
  const all = (language: Language): Map<string, RenderedMail> => {
    const mails = written.get(language) ?? write(language);
    written.set(language, mails);
    return mails;
  };
  const write = (language: Language): Map<string, RenderedMail> => {
    const known = samples(language);
    const several = known.filter(({ name }) => IN_DIGEST.includes(name)).map(({ input }) => input);
    return new Map([
      ...known.map(({ name, input }): [string, RenderedMail] => [name, renderNotice(input, from)]),
      ['digest', renderDigest(several, from)],
      ...letters(language),
    ]);
  };
  return {
    list: () =>
      (['zh', 'en'] as const).flatMap((language) =>
        [...all(language)].map(([name, { subject }]) => {
          const [kind = name, ...variant] = name.split('.');
          return { name, kind, variant: variant.join('.'), language, subject };
        }),
      ),
    show(name) {
      const [zh, en] = [all('zh').get(name), all('en').get(name)];
      const shown = ({ subject, html, text, calendar }: RenderedMail) => ({
        subject,
        html,
        text,
        calendar: calendar?.content ?? null,
      });
      return zh && en && { zh: shown(zh), en: shown(en) };
    },
    async send({ name, language, to }) {
      const mail = all(language).get(name);
      if (!mail) return false;
      const id = messageIdOf(`preview/${randomUUID()}`, host);
      const prefix = language === 'zh' ? '【测试】' : '[Test] ';
      const about = { from, to, messageId: id, thread: id, atMs: systemClock(), headers: {} };
      // Without its calendar part: nothing of a sample belongs in anybody's calendar.
      const { html, text } = mail;
      await transport.send({ ...about, language, html, text, subject: `${prefix}${mail.subject}` });
      return true;
    },
  };
}

/** The letters about accounts, and the one with a fresh link. */
function letters(language: Language): [string, RenderedMail][] {
  const email = 'chen@huaxun.example';
  const reader = { name: language === 'zh' ? '陈晓明' : 'Xiaoming Chen', email, language };
  const url = 'https://abide.example.com/act/sampleTokenThatOpensNothing';
  const framed = (letter: Letter): RenderedMail => ({ subject: letter.subject, language, ...frameLetter(letter) });
  return [
    ...LETTER_KINDS.map((kind): [string, RenderedMail] => [`letter.${kind}`, framed(letterOf(kind, reader, url))]),
    ['letter.new-link', framed(newLink(reader, url))],
  ];
}

function newLink({ name, email, language }: { name: string; email: string; language: Language }, url: string): Letter {
  const { input } = samples(language).find((one) => one.name === 'reminder.before') as Sample;
  const { agreement, notice, organisations } = input;
  const rule = agreement.compiled.obligations.find(({ id }) => id === notice.obligation);
  const due = { dueAtMs: notice.facts.dueAtMs ?? 0, localDate: notice.facts.localDate ?? '' };
  return linkLetter(
    {
      person: { name, organisation: '', language },
      deputyFor: undefined,
      holder: { purpose: 'submit' },
      about: { obligation: rule?.id ?? '' },
      compiled: agreement.compiled,
      agreement: {
        draft: { parties: Object.fromEntries(Object.entries(organisations).map(([role, name]) => [role, { name }])) },
      },
    },
    {
      email,
      url,
      expiresAt: due.dueAtMs + 90 * 86_400_000,
      view: { id: rule?.id ?? '', due, review: null, clauses: rule?.clauses ?? [] },
    },
  );
}
