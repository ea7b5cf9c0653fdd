import { answerTokenHash, answerUrl, newAnswerToken, personalLinkLabel } from '../../activities/answer-token.ts';
import type { Text } from '../../domain/time.ts';
import type { ApiDeps } from '../deps.ts';
import { csvHead, csvLine } from '../directory/export.ts';
import type { Language } from '../problem.ts';
import type { Cycle } from './cycle.ts';

/** Channels by which somebody else asks: the operator's SMS provider, the post, interviewers. */
export const LISTED_CHANNELS = ['sms', 'letter', 'phone', 'face-to-face', 'paper'] as const;
export type ListedChannel = (typeof LISTED_CHANNELS)[number];

const COLUMNS: Text[] = [
  { zh: '客户编号', en: 'customer' },
  { zh: '客户', en: 'name' },
  { zh: '联系人', en: 'contact' },
  { zh: '电话', en: 'phone' },
  { zh: '地址', en: 'address' },
  { zh: '语言', en: 'language' },
  { zh: '链接', en: 'link' },
];

/**
 * Whoever of a channel has neither answered nor opted out, as CSV, each with a personal link; from then on they count as
 * asked. Another list brings fresh links, and those of earlier ones go on working.
 */
export async function listOut(
  { database, clock, config }: Pick<ApiDeps, 'database' | 'clock' | 'config'>,
  { workflowId }: Cycle,
  { channel, language }: { channel: ListedChannel; language: Language },
): Promise<{ csv: string; count: number }> {
  const at = new Date(clock());
  return database.$transaction(
    async (tx) => {
      const rows = await tx.$queryRaw<
        {
          id: string;
          key: string;
          name: string;
          contact: string | null;
          phone: string | null;
          address: string | null;
          language: string;
        }[]
      >`
        SELECT i.id::text AS id, c.key, c.name, c.contact, c.phone, c.address, c.language
        FROM invitee i JOIN customer c ON c.id = i.customer_id
        WHERE i.workflow_id = ${workflowId} AND i.channel = ${channel} AND NOT i.answered AND c.erased_at IS NULL
          AND c.opted_out_at IS NULL AND c.survey_consent
        ORDER BY c.key FOR UPDATE OF i`;
      const tokens = rows.map(newAnswerToken);
      const ids = rows.map(({ id }) => id);
      await tx.$executeRaw`
        INSERT INTO survey_link (id, workflow_id, token_hash, label, channel, created_at)
        SELECT gen_random_uuid(), ${workflowId}, token_hash, ${personalLinkLabel('')} || id, ${channel}, ${at}
        FROM invitee WHERE id = ANY(${ids}::uuid[]) AND token_hash IS NOT NULL`;
      await tx.$executeRaw`
        UPDATE invitee i SET status = 'sent', wave = coalesce(i.wave, 0), sent_at = coalesce(i.sent_at, ${at}),
          token_hash = t.hash
        FROM unnest(${ids}::uuid[], ${tokens.map(answerTokenHash)}::text[]) AS t (id, hash) WHERE i.id = t.id`;
      const lines = rows.map(({ key, name, contact, phone, address, language: speaks }, index) =>
        csvLine([
          ...[key, name, contact ?? '', phone ?? '', address ?? '', speaks],
          answerUrl(config.publicUrl, tokens[index] as string),
        ]),
      );
      return { csv: csvHead(COLUMNS.map((title) => title[language])) + lines.join(''), count: rows.length };
    },
    { timeout: 60_000, maxWait: 20_000 },
  );
}
