import { answerTokenHash, optOutHash, trialOfLabel } from '../../activities/answer-token.ts';
import type { ApiDeps } from '../deps.ts';

/** The customer whose word it is; null: nobody's. */
async function customerOf({ database }: Pick<ApiDeps, 'database'>, hash: string): Promise<string | null> {
  const [row] = await database.$queryRaw<{ customerId: string }[]>`
    SELECT i.customer_id AS "customerId" FROM invitee i
    WHERE i.token_hash = ${hash} OR i.id = (
      SELECT substr(label, 9)::uuid FROM survey_link WHERE token_hash = ${hash} AND starts_with(label, 'invitee/'))
    UNION ALL SELECT substr(label, 10)::uuid FROM survey_link
    WHERE token_hash = ${hash} AND starts_with(label, 'customer/')`;
  return row?.customerId ?? null;
}

/** Nobody asks them about their satisfaction any more, in this cycle and later ones. @returns whether the word is anybody's */
async function optOut(deps: Pick<ApiDeps, 'database' | 'clock'>, hash: string): Promise<boolean> {
  const customerId = await customerOf(deps, hash);
  if (customerId === null) return false;
  const at = new Date(deps.clock());
  await deps.database.$transaction([
    deps.database.customer.updateMany({ where: { id: customerId, optedOutAt: null }, data: { optedOutAt: at } }),
    deps.database.invitee.updateMany({
      where: { customerId, answered: false, status: { in: ['drawn', 'sent'] } },
      data: { status: 'opted-out' },
    }),
  ]);
  return true;
}

/** Whether the word is of a test send: it opts nobody out. */
export async function isTrialWord({ database }: Pick<ApiDeps, 'database'>, word: string): Promise<boolean> {
  const link = await database.surveyLink.findUnique({
    where: { tokenHash: optOutHash(word) },
    select: { label: true },
  });
  return link !== null && trialOfLabel(link.label) !== null;
}

/** @param word of the link in the mail, which opts out and does nothing else */
export function optOutByWord(deps: Pick<ApiDeps, 'database' | 'clock'>, word: string): Promise<boolean> {
  return optOut(deps, optOutHash(word));
}

export function optOutByToken(deps: Pick<ApiDeps, 'database' | 'clock'>, token: string): Promise<boolean> {
  return optOut(deps, answerTokenHash(token));
}
