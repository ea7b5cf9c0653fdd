import { answerTokenHash, customerOfLabel } from '../../activities/answer-token.ts';
import { CUSTOMER } from '../../domain/agreement/parties.ts';
import { unprovenAt } from '../../domain/improvement/standing.ts';
import type { ApiDeps } from '../deps.ts';
import type { CommandDesk, CommandText } from '../commands.ts';
import { improvementProcess } from '../process/rows.ts';

type Deps = Pick<ApiDeps, 'database'>;

/** Whoever was answered and says by their link what they think of it. */
export interface VerdictLink {
  id: string;
  workflowId: string;
  customerId: string;
  language: 'zh' | 'en';
}

/** Whose token it is; null: nobody's, or of somebody who has been erased. */
export async function verdictLinkOf({ database }: Deps, token: string): Promise<VerdictLink | null> {
  const link = await database.surveyLink.findUnique({ where: { tokenHash: answerTokenHash(token) } });
  const customerId = link && customerOfLabel(link.label);
  if (!link || link.revokedAt !== null || customerId === null) return null;
  const customer = await database.customer.findUnique({ where: { id: customerId } });
  if (!customer || customer.erasedAt !== null) return null;
  const language = customer.language === 'en' ? 'en' : 'zh';
  return { id: link.id, workflowId: link.workflowId, customerId, language };
}

/** What the page shows: the answer that they got, and what they have said; `open`: it still counts what they say. */
export async function answerGiven(
  { database }: Deps,
  { workflowId, customerId }: VerdictLink,
): Promise<{ open: boolean; words: string; satisfied: boolean | null }> {
  const row = await database.process.findUniqueOrThrow({ where: { workflowId } });
  const { state } = improvementProcess(row);
  const events = await database.event.findMany({
    where: { workflowId, type: 'customers-answered' },
    orderBy: { sequence: 'desc' },
  });
  const event = events.find(({ body }) => (JSON.parse(body) as { customers: string[] }).customers.includes(customerId));
  const command = await database.command.findUnique({ where: { id: event?.commandId ?? '' }, select: { text: true } });
  const { details, note, reason } = (command?.text ?? {}) as CommandText;
  return {
    open: unprovenAt(state) === undefined && state.answeredCustomers.includes(customerId),
    words: details ?? note ?? reason ?? '',
    satisfied: state.verdicts[customerId] ?? null,
  };
}

/** Hands over what they say; their last word counts. @returns whether it was taken, or will be once the engine is back */
export async function giveVerdict(
  { database, desk }: Deps & { desk: CommandDesk },
  { id, workflowId, customerId }: VerdictLink,
  { key, satisfied, note }: { key: string; satisfied: boolean; note: string },
): Promise<boolean> {
  const { agreementId } = await database.process.findUniqueOrThrow({
    where: { workflowId },
    select: { agreementId: true },
  });
  const result = await desk.submit({
    agreementId,
    workflowId,
    ...(note === '' ? {} : { text: { note } }),
    command: {
      type: 'customer-verdict',
      id: `verdict/${id}/${key}`,
      actor: { personId: customerId, seat: CUSTOMER, via: 'link' },
      customer: customerId,
      satisfied,
    },
  });
  return result.status !== 'refused';
}
