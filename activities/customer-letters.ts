import { partyOf } from '../domain/agreement/parties.ts';
import type { NoticeFacts } from '../domain/agreement/notice.ts';
import type { Database } from '../prisma/database.ts';
import { answerTokenHash, newAnswerToken, verdictLinkLabel } from './answer-token.ts';
import type { Clock } from './clock.ts';
import type { WrittenWords } from './mail/context.ts';
import { customerAnswerMail } from './mail/customer-answer.ts';
import type { RenderedMail } from './mail/notice-mail.ts';
import type { ClaimedNotice } from './notice-claims.ts';
import type { ReadAgreement, Recipient } from './recipient.ts';

/** A notice to a customer, who gets it, and its mail. */
export interface CustomerLetter {
  row: ClaimedNotice;
  to: Recipient;
  mail: RenderedMail;
  /** In whose name it goes out. */
  operator: string;
}

/**
 * The mails to customers, in their language, each with a link of its own; none for whoever has no address any more.
 * Whoever opted out of surveys gets the answer to what they raised all the same, and is not asked about it.
 */
export async function customerLetters(
  { database, clock, publicUrl }: { database: Database; clock: Clock; publicUrl: string },
  rows: readonly ClaimedNotice[],
  { agreements, words }: { agreements: Map<string, ReadAgreement>; words: Map<string, WrittenWords> },
): Promise<CustomerLetter[]> {
  const ids = rows.flatMap(({ addressee }) => addressee ?? []);
  if (ids.length === 0) return [];
  const customers = await database.customer.findMany({ where: { id: { in: ids }, erasedAt: null } });
  const letters = rows.flatMap((row) => {
    const customer = customers.find(({ id }) => id === row.addressee);
    const agreement = agreements.get(row.agreementId);
    if (!customer || customer.email === null || !agreement) return [];
    const { id, email, surveyConsent, optedOutAt } = customer;
    const asked = surveyConsent && optedOutAt === null;
    return [
      {
        row,
        agreement,
        token: asked ? newAnswerToken() : null,
        to: {
          id,
          name: customer.contact ?? customer.name,
          email,
          language: customer.language === 'en' ? 'en' : 'zh',
          zone: agreement.compiled.zone.id,
          deputyFor: null,
          vacant: false,
        } as const,
      },
    ];
  });
  const links = letters.flatMap(({ row, to, token }) => (token === null ? [] : [{ row, to, token }]));
  await database.surveyLink.createMany({
    data: links.map(({ row, to, token }) => ({
      workflowId: row.id.slice(0, row.id.lastIndexOf('/n')),
      tokenHash: answerTokenHash(token),
      label: verdictLinkLabel(to.id),
      channel: 'email',
      createdAt: new Date(clock()),
    })),
  });
  return letters.map(({ row, to, token, agreement }) => {
    const { language } = to;
    const { by = '', dueAtMs = null } = row.facts as NoticeFacts;
    const { compiled, parties } = agreement;
    const operator = nameOf(parties, partyOf(compiled, by));
    const mail = customerAnswerMail({
      language,
      name: to.name,
      operator,
      words: words.get(row.id) ?? {},
      untilMs: dueAtMs,
      zone: compiled.zone,
      publicUrl,
      token,
      noticeId: row.id,
    });
    return { row, to, operator, mail: { ...mail, language } };
  });
}

/** The organisation behind a party, as it stands in a mail's headers. */
export function nameOf(parties: ReadAgreement['parties'], party: string): string {
  const name = parties[party]?.name ?? Object.values(parties)[0]?.name;
  return name?.replace(/[\r\n\0]+/g, ' ') ?? 'Abide';
}
