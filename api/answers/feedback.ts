import { randomInt } from 'node:crypto';
import { isoAt, localDateAt } from '../../domain/zone.ts';
import type { Feedback } from '../../prisma/generated/client.ts';
import type { ApiDeps } from '../deps.ts';
import { derivedId } from '../derived-id.ts';
import { type Language, Problem } from '../problem.ts';
import { findAgreement, zoneOf } from '../views.ts';
import type { AnswerDesk } from './desk.ts';

type Deps = Pick<ApiDeps, 'database' | 'clock' | 'log' | 'sendLetter'> & { answers: AnswerDesk };

/** Read aloud on the telephone without mistakes: no I, L, O, U (Crockford). */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `F20270301-7K3Q9` */
function numberOf(day: string): string {
  const word = Array.from({ length: 5 }, () => SIGNS[randomInt(SIGNS.length)]).join('');
  return `F${day.replaceAll('-', '')}-${word}`;
}

/**
 * Takes an opinion that somebody sends unasked, and gives its number; who leaves an address gets it by mail as well
 * (S003-C-11). The same request again is the same opinion.
 */
export async function takeFeedback(
  deps: Deps,
  { token, ip, key, language }: { token: string; ip: string; key: string; language: Language },
  given: { text: string; name?: string | undefined; email?: string | undefined },
): Promise<string> {
  const { database, clock, answers } = deps;
  const holder = await answers.holderOf(token, ip);
  if (holder.kind !== 'feedback') throw new Problem('answer-link-unknown');
  const { agreementId, linkId, channel } = holder;
  const id = derivedId('feedback', `${linkId}/${key}`);
  const known = await database.feedback.findUnique({ where: { id } });
  if (known) return known.number;
  await answers.countOpen(ip);
  const zone = zoneOf(await findAgreement(database, agreementId));
  const number = numberOf(localDateAt(zone, clock()));
  const { text, name = null, email = null } = given;
  await database.feedback.create({
    data: { id, number, agreementId, text, name, email, channel, receivedAt: new Date(clock()) },
  });
  if (email !== null) receipt(deps, { number, email, name, language });
  return number;
}

const RECEIPT: Record<
  Language,
  { subject: (number: string) => string; heading: string; paragraph: string; label: string; foot: string }
> = {
  zh: {
    subject: (number) => `已收到您的意见（编号 ${number}）`,
    heading: '已收到您的意见',
    paragraph: '感谢您的意见，我们已登记。如需了解处理情况，请提供以下编号。',
    label: '编号',
    foot: '本邮件由 Abide 在您提交意见后自动发送。',
  },
  en: {
    subject: (number) => `We have your feedback (${number})`,
    heading: 'We have your feedback',
    paragraph: 'Thank you: it is registered. Name this number when you ask what becomes of it.',
    label: 'Number',
    foot: 'Abide sent this mail because you sent feedback.',
  },
};

/** Nobody waits for it: the number is on the page. */
function receipt(
  { sendLetter, log }: Deps,
  { number, email, name, language }: { number: string; email: string; name: string | null; language: Language },
): void {
  const { subject, heading, paragraph, label, foot } = RECEIPT[language];
  sendLetter?.({
    to: { name: name ?? email, address: email },
    language,
    subject: subject(number),
    heading,
    paragraphs: [paragraph],
    details: [[label, number]],
    notes: [],
    smallPrint: [foot],
  }).catch((error: unknown) => {
    const { name: kind, code } = error as { name?: string; code?: string };
    log.warn({ error: kind, code }, 'no receipt was mailed');
  });
}

/** What came in under an agreement, newest first, with the improvements that followed. */
export async function feedbackOf({ database }: Pick<Deps, 'database'>, agreementId: string) {
  const zone = zoneOf(await findAgreement(database, agreementId));
  const [rows, followed, cases] = await Promise.all([
    database.feedback.findMany({
      where: { agreementId },
      orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }],
      take: 500,
    }),
    database.$queryRaw<{ number: string; id: string }[]>`
      SELECT input -> 'finding' ->> 'about' AS number, id::text AS id FROM process
      WHERE agreement_id = ${agreementId}::uuid AND type = 'improvement' AND input -> 'finding' ->> 'source' = 'feedback'`,
    database.process.findMany({ where: { agreementId, type: 'case' }, select: { id: true, workflowId: true } }),
  ]);
  return rows.map((row) => {
    const improvement = followed.find(({ number }) => number === row.number)?.id ?? null;
    return {
      id: row.id,
      number: row.number,
      receivedAt: isoAt(zone, row.receivedAt.getTime()),
      channel: row.channel,
      text: row.text,
      name: row.name,
      email: row.email,
      status: improvement !== null && row.status === 'open' ? 'finding' : row.status,
      improvement,
      case: cases.find(({ workflowId }) => workflowId === row.workflowId)?.id ?? null,
      outcome: row.outcome,
    };
  });
}

/** Nothing follows from it, and why. @throws Problem `unknown-feedback`, `feedback-settled` */
export async function takeNoAction(
  { database, clock }: Pick<Deps, 'database' | 'clock'>,
  { agreementId, id, reason }: { agreementId: string; id: string; reason: string },
): Promise<void> {
  const row: Feedback | null = await database.feedback.findUnique({ where: { id } });
  if (row?.agreementId !== agreementId) throw new Problem('unknown-feedback');
  const { count } = await database.feedback.updateMany({
    where: { id, status: { in: ['open', 'no-action'] } },
    data: { status: 'no-action', outcome: reason, settledAt: new Date(clock()) },
  });
  if (count === 0) throw new Problem('feedback-settled');
}
