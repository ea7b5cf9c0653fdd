import { randomUUID } from 'node:crypto';
import { answerTokenHash, answerUrl, newAnswerToken, optOutUrl } from '../../activities/answer-token.ts';
import type { Letter } from '../accounts/letters.ts';
import { customerSubject } from '../customers/customers.ts';
import type { ApiDeps } from '../deps.ts';
import { mailUnavailable } from '../mail-unavailable.ts';
import { revokeMailed } from '../links/mailed-links.ts';
import type { Principal } from '../policy.ts';
import { logAccess } from '../privacy/access-log.ts';
import { Problem } from '../problem.ts';
import { askedIn } from './answering.ts';
import type { Cycle } from './cycle.ts';

type Deps = Pick<ApiDeps, 'database' | 'clock' | 'config' | 'log' | 'sendLetter'>;

/**
 * Mails somebody who was drawn a fresh link, at the address that the directory has now: where the one before was wrong, or
 * the mail is gone. Whoever has answered, opted out or has no address gets none.
 *
 * @throws Problem `unknown-customer`, `survey-not-open`, `survey-over`, `already-answered`, `not-reachable`,
 *   `mail-unavailable`
 */
export async function reissueInvitation(
  { database, clock, config, log, sendLetter }: Deps,
  cycle: Cycle,
  { customer: customerId, by }: { customer: string; by: Principal },
): Promise<void> {
  if (!sendLetter) throw new Error('the API was started without mail');
  const at = new Date(clock());
  askedIn(cycle, clock());
  const { workflowId, agreementId, operator, closesOn } = cycle;
  const invitee = await database.invitee.findUnique({ where: { workflowId_customerId: { workflowId, customerId } } });
  if (!invitee) throw new Problem('unknown-customer');
  if (invitee.answered) throw new Problem('already-answered');
  const customer = await database.customer.findUniqueOrThrow({ where: { id: customerId } });
  const { email, optedOutAt, surveyConsent, erasedAt } = customer;
  if (email === null || optedOutAt !== null || !surveyConsent || erasedAt !== null) throw new Problem('not-reachable');
  const token = newAnswerToken();
  const tokenHash = answerTokenHash(token);
  // Kept before it leaves, as that of an invitation: it may come back at once. A bounce of an earlier one says nothing of this.
  const messageId = `<${randomUUID()}@${config.mailHost ?? new URL(config.publicUrl).hostname}>`;
  await database.$transaction(async (tx) => {
    await revokeMailed(tx, [customerId], at, workflowId);
    await tx.invitee.update({
      where: { id: invitee.id },
      data: { tokenHash, messageId, status: 'sending', claimedAt: at },
    });
    const subject = customerSubject(customerId);
    await logAccess({ database: tx, clock }, by, { action: 'reissue-link', subject, agreementId, address: email });
  });
  const language = customer.language === 'en' ? ('en' as const) : ('zh' as const);
  const [url, optOut] = [answerUrl(config.publicUrl, token), optOutUrl(config.publicUrl, token)];
  const to = { name: customer.contact ?? customer.name, address: email };
  await sendLetter({
    to,
    language,
    messageId,
    ...WORDS[language]({ operator, closesOn: closesOn ?? '', url, optOut }),
  }).catch(async (error: unknown) => {
    const { status, claimedAt } = invitee;
    await database.invitee.updateMany({ where: { id: invitee.id, messageId }, data: { status, claimedAt } });
    throw mailUnavailable(log, error, { invitee: invitee.id, agreementId });
  });
  await database.invitee.updateMany({
    where: { id: invitee.id, answered: false, status: { not: 'bounced' } },
    data: { status: 'sent', wave: invitee.wave ?? 0, sentAt: invitee.sentAt ?? at, claimedAt: null },
  });
}

type Words = Omit<Letter, 'to' | 'language'>;

const WORDS: Record<
  'zh' | 'en',
  (facts: { operator: string; closesOn: string; url: string; optOut: string }) => Words
> = {
  zh: ({ operator, closesOn, url, optOut }) => ({
    subject: `${operator}邀请您参加客户满意度调查（新链接）`,
    heading: '诚邀您参加客户满意度调查',
    paragraphs: [`${operator}正在开展客户满意度调查，请使用下方的新链接填写问卷；原链接已失效。`],
    details: [['截止日期', closesOn]],
    button: { label: '填写问卷', url },
    notes: ['链接仅供您本人使用，请勿转发。', `如不愿再收到满意度调查邮件，请打开此页退订：${optOut}`],
    smallPrint: [`本邮件由 Abide 代${operator}发送，请勿直接回复。`],
  }),
  en: ({ operator, closesOn, url, optOut }) => ({
    subject: `${operator} asks for your opinion (new link)`,
    heading: 'How satisfied are you?',
    paragraphs: [
      `${operator} is asking its customers how satisfied they are. Please use the new link below; the earlier one does not work any more.`,
    ],
    details: [['Last day', closesOn]],
    button: { label: 'Answer the questionnaire', url },
    notes: [
      'The link is for you alone, please do not pass it on.',
      `If you do not want any more mails about surveys, opt out here: ${optOut}`,
    ],
    smallPrint: [`Abide sent this mail for ${operator}. Please do not reply.`],
  }),
};
