import {
  TRIAL_MS,
  answerTokenHash,
  customerOfLabel,
  inviteeOfLabel,
  trialOfLabel,
} from '../../activities/answer-token.ts';
import type { Database } from '../../prisma/database.ts';
import { inBatches } from './batches.ts';

/** Whoever bears a token: somebody who was asked in person, anybody with an open link, whoever tries a questionnaire out. */
export type Holder =
  | {
      kind: 'personal';
      workflowId: string;
      inviteeId: string;
      channel: string;
      tier: string;
      department: string | null;
      branch: string | null;
      language: string;
      answered: boolean;
    }
  | { kind: 'open'; workflowId: string; linkId: string; channel: string }
  | {
      kind: 'trial';
      workflowId: string;
      linkId: string;
      language: 'zh' | 'en';
      /** Of the questionnaire that is tried out, whatever the cycle asks by now. */
      sha256: string;
      /** From then on the link is nobody's. */
      expiresAtMs: number;
    }
  | { kind: 'feedback'; agreementId: string; linkId: string; channel: string };

interface Row {
  place: bigint;
  linkId: string | null;
  label: string | null;
  createdAt: Date | null;
  revoked: boolean;
  workflowId: string | null;
  channel: string;
  inviteeId: string | null;
  tier: string;
  department: string | null;
  branch: string | null;
  language: string;
  answered: boolean;
}

/** Finds out whose a token is, many at a time. Null: nobody's, or withdrawn. */
export function createHolders(database: Database): (token: string) => Promise<Holder | null> {
  const lookups = inBatches(
    async (tokens: string[]): Promise<(Holder | null)[]> => {
      const rows = await database.$queryRaw<Row[]>`
        SELECT given.place, l.id AS "linkId", l.label, l.created_at AS "createdAt", l.revoked_at IS NOT NULL AS revoked,
          coalesce(i.workflow_id, e.workflow_id, l.workflow_id) AS "workflowId",
          coalesce(i.channel, e.channel, l.channel) AS channel, coalesce(i.id, e.id) AS "inviteeId",
          coalesce(i.tier, e.tier) AS tier, coalesce(i.department, e.department) AS department,
          coalesce(i.branch, e.branch) AS branch, coalesce(i.answered, e.answered) AS answered, c.language
        FROM unnest(${tokens.map(answerTokenHash)}::text[]) WITH ORDINALITY AS given (hash, place)
        LEFT JOIN invitee i ON i.token_hash = given.hash
        LEFT JOIN survey_link l ON l.token_hash = given.hash
        LEFT JOIN invitee e ON e.id = CASE WHEN starts_with(l.label, 'invitee/') THEN substr(l.label, 9)::uuid END
        LEFT JOIN customer c ON c.id = coalesce(i.customer_id, e.customer_id)`;
      const holders = new Map(rows.map((row) => [Number(row.place), holderOf(row)]));
      return tokens.map((_token, index) => holders.get(index + 1) ?? null);
    },
    { most: 500, waitMs: 1 },
  );
  return (token) => lookups.add(token);
}

function holderOf(row: Row): Holder | null {
  const { workflowId, linkId, label, createdAt, revoked, inviteeId, channel } = row;
  if (workflowId === null || revoked) return null;
  if (inviteeId !== null) {
    const { tier, department, branch, language, answered } = row;
    return { kind: 'personal', workflowId, inviteeId, channel, tier, department, branch, language, answered };
  }
  if (linkId === null || label === null) return null;
  if (inviteeOfLabel(label) !== null || customerOfLabel(label) !== null) return null;
  const [, agreementId] = /^agreement\/(.+)$/.exec(workflowId) ?? [];
  if (agreementId !== undefined) return { kind: 'feedback', agreementId, linkId, channel };
  const trial = trialOfLabel(label);
  return trial
    ? { kind: 'trial', workflowId, linkId, ...trial, expiresAtMs: Number(createdAt) + TRIAL_MS }
    : { kind: 'open', workflowId, linkId, channel };
}
