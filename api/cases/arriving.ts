import { createHash } from 'node:crypto';
import { CUSTOMER } from '../../domain/agreement/parties.ts';
import { type Written, readWritten } from '../inbound/written.ts';
import type { RouteDeps } from '../route.ts';
import { caseProcess } from '../process/rows.ts';
import { openCase, receivingAgreement, rulesFor } from './opening.ts';

type Deps = Pick<RouteDeps, 'database' | 'clock' | 'temporal' | 'log' | 'desk'> & Pick<RouteDeps, 'engineDeadlineMs'>;

/** What became of a mail: a case of its own, words for one that is there, or nothing. */
export interface Arrived {
  became: 'case' | 'words' | 'known' | 'nothing';
  /** Id of the case. */
  case: string | null;
}

const NOTHING: Arrived = { became: 'nothing', case: null };

/**
 * Takes in a mail that somebody wrote to the service: an answer goes to the case that it answers, anything else opens one,
 * of the customer with its address or of somebody who is in no list. What a machine wrote opens none. The same mail again
 * changes nothing (Message-ID; without one, its bytes).
 *
 * @throws Problem `unknown-agreement`, `not-started`, `not-in-force`, `agreement-ended`, `not-provided`
 */
export async function takeInCase(deps: Deps, agreementId: string, raw: Uint8Array): Promise<Arrived> {
  const { database } = deps;
  const { agreement } = await receivingAgreement(deps, agreementId);
  const mail = await readWritten(raw);
  if (!mail || mail.isAutomatic || mail.from === null) return NOTHING;
  const id = mailId(mail, raw);
  const known = await database.caseMail.findUnique({ where: { id } });
  const answered = await answeredCase(deps, agreementId, mail);
  if (answered !== null) {
    if (known) return { became: 'known', case: await idOf(deps, known.workflowId) };
    return (await takeInWords(deps, { workflowId: answered, mail, id })) ?? NOTHING;
  }
  const type = (['complaint', 'service-request', 'enquiry', 'feedback'] as const).find((one) =>
    rulesFor(agreement, one),
  );
  if (type === undefined) return NOTHING;
  const opened = await openCase(deps, {
    agreementId,
    key: `mail/${id}`,
    caseType: type,
    channel: 'email',
    topic: mail.subject === '' ? (mail.text.split('\n')[0] ?? '').slice(0, 100) || '—' : mail.subject,
    details: mail.text === '' ? undefined : mail.text,
    caller: {
      email: mail.from,
      name: mail.name ?? undefined,
      language: /\p{Script=Han}/u.test(mail.text) ? 'zh' : 'en',
    },
    actor: null,
    via: 'mail',
    beside: async (tx, workflowId) => {
      await tx.caseMail.create({ data: { id, workflowId, receivedAt: new Date(deps.clock()) } });
    },
  });
  return { became: known ? 'known' : 'case', case: opened.id };
}

/** The case whose mail this one answers: one of ours, or one of the customer's own. Of whoever else writes it is none. */
export async function answeredCase(
  { database }: Pick<Deps, 'database'>,
  agreementId: string | null,
  { answers, from }: Pick<Written, 'answers' | 'from'>,
): Promise<string | null> {
  if (answers.length === 0) return null;
  const [notices, mails] = await Promise.all([
    database.notice.findMany({
      where: { messageId: { in: [...answers] }, id: { startsWith: 'case/' } },
      select: { id: true },
    }),
    database.caseMail.findMany({ where: { id: { in: answers.map(hashOf) } }, select: { workflowId: true } }),
  ]);
  const candidates = [
    ...notices.map(({ id }) => id.slice(0, id.lastIndexOf('/n'))),
    ...mails.map(({ workflowId }) => workflowId),
  ];
  const contacts = await database.caseContact.findMany({
    where: { workflowId: { in: candidates }, ...(agreementId === null ? {} : { agreementId }) },
  });
  // A mail can be passed on: whoever else answers it speaks for nobody.
  return contacts.find(({ email }) => email?.toLowerCase() === from)?.workflowId ?? null;
}

/** Words of the customer for a case that is there; undefined: it takes none any more. */
export async function takeInWords(
  deps: Pick<Deps, 'database' | 'clock' | 'desk'>,
  { workflowId, mail, id }: { workflowId: string; mail: Written; id: string },
): Promise<Arrived | undefined> {
  const { database, clock, desk } = deps;
  const row = await database.process.findUniqueOrThrow({ where: { workflowId } });
  const { input } = caseProcess(row);
  const contact = await database.caseContact.findUniqueOrThrow({ where: { workflowId } });
  await desk.submit({
    agreementId: row.agreementId,
    workflowId,
    text: { note: mail.text === '' ? mail.subject : mail.text },
    command: {
      type: 'note',
      id: `case-mail/${id}`,
      actor: { personId: input.customerId ?? contact.id, seat: CUSTOMER, via: 'mail' },
    },
  });
  await database.caseMail.createMany({
    data: [{ id, workflowId, receivedAt: new Date(clock()) }],
    skipDuplicates: true,
  });
  return { became: 'words', case: row.id };
}

export function mailId({ messageId }: Pick<Written, 'messageId'>, raw: Uint8Array): string {
  return messageId === null ? createHash('sha256').update(raw).digest('hex') : hashOf(messageId);
}

function hashOf(messageId: string): string {
  return createHash('sha256').update(messageId).digest('hex');
}

async function idOf({ database }: Pick<Deps, 'database'>, workflowId: string): Promise<string | null> {
  const row = await database.process.findUnique({ where: { workflowId }, select: { id: true } });
  return row?.id ?? null;
}
