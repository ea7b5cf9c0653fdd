import type { CaseType } from '../domain/case/compiled.ts';
import { partyOf } from '../domain/agreement/parties.ts';
import type { NoticeFacts, NoticeKind } from '../domain/agreement/notice.ts';
import type { Database } from '../prisma/database.ts';
import { caseTokenHash, newCaseToken } from './case-link.ts';
import type { Clock } from './clock.ts';
import { nameOf } from './customer-letters.ts';
import type { CustomerLetter } from './customer-letters.ts';
import type { WrittenWords } from './mail/context.ts';
import { type CaseLetterKind, caseMail } from './mail/case-mail.ts';
import type { ClaimedNotice } from './notice-claims.ts';
import type { ReadAgreement } from './recipient.ts';

export function isOfCase({ kind }: Pick<ClaimedNotice, 'kind'>): boolean {
  return kind.startsWith('case-');
}

/**
 * The mails to whoever brought a case in, in their language, each with a link of its own to the page of that case: to the
 * address that they left with it, else to that of the directory; none for whoever has no address any more.
 */
export async function caseLetters(
  { database, clock, publicUrl }: { database: Database; clock: Clock; publicUrl: string },
  rows: readonly ClaimedNotice[],
  { agreements, words }: { agreements: Map<string, ReadAgreement>; words: Map<string, WrittenWords> },
): Promise<CustomerLetter[]> {
  if (rows.length === 0) return [];
  const contacts = await database.caseContact.findMany({ where: { workflowId: { in: rows.map(caseOf) } } });
  const ids = [
    ...rows.flatMap(({ addressee }) => addressee ?? []),
    ...contacts.flatMap(({ customerId }) => customerId ?? []),
  ];
  const customers = await database.customer.findMany({ where: { id: { in: ids }, erasedAt: null } });
  const letters = rows.flatMap((row) => {
    const contact = contacts.find(({ workflowId }) => workflowId === caseOf(row));
    const customer = customers.find(({ id }) => id === (contact?.customerId ?? row.addressee));
    const agreement = agreements.get(row.agreementId);
    const email = contact?.email ?? customer?.email ?? null;
    if (email === null || !agreement) return [];
    const language = (contact?.language ?? customer?.language) === 'en' ? ('en' as const) : ('zh' as const);
    const name = contact?.name ?? customer?.contact ?? customer?.name ?? (language === 'zh' ? '客户' : 'customer');
    return [{ row, agreement, email, language, name, token: newCaseToken(), id: customer?.id ?? row.addressee ?? '' }];
  });
  await database.caseLink.createMany({
    data: letters.map(({ row, token }) => ({
      agreementId: row.agreementId,
      workflowId: caseOf(row),
      tokenHash: caseTokenHash(token),
      label: row.kind,
      createdAt: new Date(clock()),
    })),
  });
  return letters.map(({ row, agreement, email, language, name, token, id }) => {
    const { by = '', kind = 'complaint', process = '', verdict = null, days = null } = row.facts as NoticeFacts;
    const { compiled, parties } = agreement;
    const operator = nameOf(parties, partyOf(compiled, by));
    const mail = caseMail({
      kind: row.kind as Extract<NoticeKind, CaseLetterKind>,
      language,
      name,
      operator,
      caseType: kind as CaseType,
      reference: process,
      verdict,
      days,
      words: words.get(row.id) ?? {},
      publicUrl,
      token,
      noticeId: row.id,
    });
    const to = { id, name, email, language, zone: compiled.zone.id, deputyFor: null, vacant: false } as const;
    return { row, to, operator, mail: { ...mail, language } };
  });
}

function caseOf({ id }: Pick<ClaimedNotice, 'id'>): string {
  return id.slice(0, id.lastIndexOf('/n'));
}
