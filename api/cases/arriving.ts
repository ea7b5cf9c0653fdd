import { createHash } from 'node:crypto';
import { CUSTOMER } from '../../domain/agreement/parties.ts';
import { type Written, readWritten } from '../inbound/written.ts';
import type { RouteDeps } from '../route.ts';
import { processWorkflowId } from '../../workflows/ids.ts';
import { type CaseProcess, caseProcess } from '../process/rows.ts';
import { openCase, publicCases, receivingAgreement, rulesFor } from './opening.ts';

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
 * of the customer with its address or of somebody who is in no list, as does an answer to one that takes no words any more.
 * What a machine wrote opens none, nor what comes to a contract whose customer is a party, which acts with its own seat. The
 * same mail again changes nothing (Message-ID; without one, its bytes).
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
    const words = await takeInWords(deps, { workflowId: answered, mail, id });
    if (words) return words;
  }
  const cases = publicCases(agreement);
  const type = (['complaint', 'service-request', 'enquiry', 'feedback'] as const).find((one) =>
    rulesFor({ cases }, one),
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

/** Words of the customer for a case that is there, or for the one that it goes on in; undefined: neither takes them any more. */
export async function takeInWords(
  deps: Pick<Deps, 'database' | 'clock' | 'desk'>,
  { workflowId, mail, id }: { workflowId: string; mail: Written; id: string },
): Promise<Arrived | undefined> {
  const { database, clock, desk } = deps;
  const open = await goingOn(deps, workflowId);
  if (open === null) return undefined;
  const { process, contactId } = open;
  const { row, input } = process;
  const { status } = await desk.submit({
    agreementId: row.agreementId,
    workflowId: row.workflowId,
    text: { note: mail.text === '' ? mail.subject : mail.text },
    command: {
      type: 'note',
      id: `case-mail/${id}`,
      actor: { personId: input.customerId ?? contactId, seat: CUSTOMER, via: 'mail' },
    },
  });
  if (status === 'refused') return undefined;
  await database.caseMail.createMany({
    data: [{ id, workflowId: row.workflowId, receivedAt: new Date(clock()) }],
    skipDuplicates: true,
  });
  return { became: 'words', case: row.id };
}

/** Where a duplicate goes on: the other one, if it was brought by the same person; null: by somebody else, who hears nothing of it. */
async function goingOn(
  { database }: Pick<Deps, 'database'>,
  workflowId: string,
): Promise<{ process: CaseProcess; contactId: string } | null> {
  const seen: string[] = [];
  let at = workflowId;
  let by: Brought | null = null;
  for (;;) {
    seen.push(at);
    const row = await database.process.findUnique({ where: { workflowId: at } });
    const contact = await database.caseContact.findUnique({ where: { workflowId: at } });
    if (!row || !contact || (by !== null && !isSame(by, contact))) return null;
    by = contact;
    const process = caseProcess(row);
    const { duplicateOf } = process.state;
    if (duplicateOf === null) return { process, contactId: contact.id };
    at = processWorkflowId('case', row.agreementId, duplicateOf);
    if (seen.includes(at)) return null;
  }
}

interface Brought {
  customerId: string | null;
  email: string | null;
}

function isSame(one: Brought, other: Brought): boolean {
  if (one.customerId !== null || other.customerId !== null) return one.customerId === other.customerId;
  return one.email !== null && one.email.toLowerCase() === other.email?.toLowerCase();
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
