import type { Database } from '../prisma/database.ts';
import { answerTokenHash, newAnswerToken, personalLinkLabel } from './answer-token.ts';
import { CLAIM_MS } from './notice-claims.ts';

/** Channels whose invitees are written to by mail; the others get a call, a paper, a list. */
const MAILED = ['email', 'online'];

/** Somebody to be written to now, by this attempt. */
export interface ClaimedInvitee {
  id: string;
  /** The customer's. */
  name: string;
  contact: string | null;
  email: string;
  language: string;
  messageId: string;
  /** An attempt before this one may have sent it already. */
  possibleDuplicate: boolean;
  /** Of this very mail. */
  token: string;
}

/** A wave of invitations of one cycle. */
export interface Wave {
  workflowId: string;
  wave: number;
}

/**
 * Takes some of those who have not answered, not opted out and not had this wave yet, for this attempt: checked in the
 * very statement that takes them. Each gets a fresh token; the tokens of earlier mails go on holding. The Message-ID
 * (`messageIdOf` of `<invitee>/<wave>`) is kept before the mail leaves: it may come back before it is marked as sent.
 *
 * @param after beyond this one: so that those who have the mail already are not looked through again
 * @returns ascending by id
 */
export async function claimInvitees(
  database: Database,
  { workflowId, wave }: Wave,
  {
    limit,
    after,
    except,
    nowMs,
    host,
  }: {
    limit: number;
    after: string | null;
    except: readonly string[];
    nowMs: number;
    host: string;
  },
): Promise<ClaimedInvitee[]> {
  const tokens = Array.from({ length: limit }, newAnswerToken);
  const now = new Date(nowMs);
  const rows = await database.$queryRaw<(Omit<ClaimedInvitee, 'token'> & { place: bigint })[]>`
    WITH locked AS (
      SELECT i.id, i.status, i.token_hash FROM invitee i JOIN customer c ON c.id = i.customer_id
      WHERE i.workflow_id = ${workflowId} AND NOT i.answered AND i.channel = ANY(${MAILED}::text[])
        AND ((${wave} = 0 AND i.wave IS NULL AND i.status IN ('drawn', 'sending'))
          OR (i.wave < ${wave} AND i.status IN ('sent', 'sending')))
        AND (i.claimed_at IS NULL OR i.claimed_at <= ${new Date(nowMs - CLAIM_MS)})
        AND c.email IS NOT NULL AND c.opted_out_at IS NULL AND c.survey_consent AND c.erased_at IS NULL
        AND (${after}::uuid IS NULL OR i.id > ${after}::uuid) AND NOT i.id = ANY(${[...except]}::uuid[])
      ORDER BY i.id LIMIT ${limit} FOR UPDATE OF i SKIP LOCKED),
    free AS (SELECT *, row_number() OVER (ORDER BY id) AS place FROM locked),
    kept AS (
      INSERT INTO survey_link (id, workflow_id, token_hash, label, channel, created_at)
      SELECT gen_random_uuid(), ${workflowId}, token_hash, ${personalLinkLabel('')} || id, 'email', ${now} FROM free
      WHERE token_hash IS NOT NULL)
    UPDATE invitee i SET status = 'sending', claimed_at = ${now}, token_hash = t.hash,
      message_id = '<' || left(encode(sha256(convert_to(i.id || '/' || ${wave}::int, 'UTF8')), 'hex'), 32) || '@' || ${host}::text || '>'
    FROM free
    JOIN unnest(${tokens.map(answerTokenHash)}::text[]) WITH ORDINALITY AS t (hash, place) USING (place), customer c
    WHERE i.id = free.id AND c.id = i.customer_id
    RETURNING i.id, i.message_id AS "messageId", c.name, c.contact, c.email, c.language, free.status = 'sending' AS "possibleDuplicate", free.place`;
  return rows
    .sort((a, b) => Number(a.place) - Number(b.place))
    .map(({ place, ...row }) => ({ ...row, token: tokens[Number(place) - 1] as string }));
}

/** Their mails are out. Those who had the invitation keep its moment; what came back already stays so. */
export async function markInvited(
  database: Database,
  { wave }: Wave,
  sent: readonly Pick<ClaimedInvitee, 'id'>[],
  nowMs: number,
): Promise<void> {
  await database.$executeRaw`
    UPDATE invitee SET status = CASE WHEN status = 'bounced' THEN status ELSE 'sent' END, wave = ${wave}, claimed_at = NULL,
      sent_at = coalesce(sent_at, ${new Date(nowMs)})
    WHERE id = ANY(${sent.map(({ id }) => id)}::uuid[])`;
}

/** The mail server did not take it. `forGood`: this address will never work; else it is open to the next attempt. */
export async function markUnsent(
  database: Database,
  { wave }: Wave,
  { id, possibleDuplicate }: Pick<ClaimedInvitee, 'id' | 'possibleDuplicate'>,
  { forGood, textLeft }: { forGood: boolean; textLeft: boolean },
): Promise<void> {
  const before = textLeft || possibleDuplicate ? 'sending' : wave === 0 ? 'drawn' : 'sent';
  await database.invitee.update({
    where: { id },
    data: { status: forGood ? 'unreachable' : before, claimedAt: null },
  });
}

/**
 * Says of those who are not written to in this wave why not. Once more, it changes nothing. Whoever has the invitation of
 * another cycle is reached by that one: its Message-ID is theirs, so that they are not if it comes back.
 */
export async function markLeftOut(
  database: Database,
  { workflowId, wave }: Wave,
  { openDays, nowMs }: { openDays: number; nowMs: number },
): Promise<void> {
  await database.$executeRaw`
    UPDATE invitee i SET status = 'opted-out', claimed_at = NULL FROM customer c
    WHERE c.id = i.customer_id AND i.workflow_id = ${workflowId} AND NOT i.answered AND i.status IN ('drawn', 'sent')
      AND (c.opted_out_at IS NOT NULL OR NOT c.survey_consent)`;
  await database.$executeRaw`
    UPDATE invitee i SET status = 'unreachable', claimed_at = NULL FROM customer c
    WHERE c.id = i.customer_id AND i.workflow_id = ${workflowId} AND NOT i.answered AND i.status IN ('drawn', 'sent')
      AND i.channel = ANY(${MAILED}::text[]) AND (c.email IS NULL OR c.erased_at IS NOT NULL)`;
  if (wave > 0) return;
  const ofAgreement = workflowId.split('/').slice(0, 2).join('/');
  await database.$executeRaw`
    UPDATE invitee i SET status = 'merged', message_id = o.message_id
    FROM (SELECT DISTINCT ON (customer_id) customer_id, message_id FROM invitee
      WHERE workflow_id <> ${workflowId} AND starts_with(workflow_id, ${`${ofAgreement}/`})
        AND customer_id IN (SELECT customer_id FROM invitee WHERE workflow_id = ${workflowId})
        AND sent_at > ${new Date(nowMs - openDays * 86_400_000)} AND status <> 'bounced'
      ORDER BY customer_id, sent_at DESC) o
    WHERE o.customer_id = i.customer_id AND i.workflow_id = ${workflowId} AND i.status = 'drawn'
      AND i.channel = ANY(${MAILED}::text[])`;
}

/** What this wave came to, over all attempts; `underWay`: taken by another attempt, or lately by one that ended. */
export async function countWave(
  database: Database,
  { workflowId, wave }: Wave,
): Promise<{ sent: number; unreachable: number; merged: number; underWay: number }> {
  const [row] = await database.$queryRaw<{ sent: bigint; unreachable: bigint; merged: bigint; underWay: bigint }[]>`
    SELECT count(*) FILTER (WHERE wave >= ${wave}) AS sent,
      count(*) FILTER (WHERE status = 'unreachable' AND wave IS NOT DISTINCT FROM ${wave === 0 ? null : wave - 1}::int)
        AS unreachable,
      count(*) FILTER (WHERE status = 'merged') AS merged,
      count(*) FILTER (WHERE status = 'sending' AND NOT answered AND claimed_at IS NOT NULL) AS "underWay"
    FROM invitee WHERE workflow_id = ${workflowId}`;
  const { sent = 0n, unreachable = 0n, merged = 0n, underWay = 0n } = row ?? {};
  return {
    sent: Number(sent),
    unreachable: Number(unreachable),
    merged: Number(merged),
    underWay: Number(underWay),
  };
}
