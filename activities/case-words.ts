import type { NoticeFacts } from '../domain/agreement/notice.ts';
import type { Database } from '../prisma/database.ts';
import type { WrittenWords } from './mail/context.ts';
import type { ClaimedNotice } from './notice-claims.ts';

/** Notices of a case that pass on what somebody wrote with an act: `about` is its command. */
const TOLD = ['case-progress', 'case-plan', 'case-information', 'case-result', 'case-told'];

/** What was written with the acts that these notices of cases tell of, by notice; gone where it was erased. */
export async function caseWords(
  database: Database,
  notices: readonly ClaimedNotice[],
): Promise<Map<string, WrittenWords>> {
  const asked = notices.flatMap((notice) => {
    const { about } = notice.facts as NoticeFacts;
    return TOLD.includes(notice.kind) && about !== undefined ? [{ id: notice.id, about }] : [];
  });
  if (asked.length === 0) return new Map();
  const commands = await database.command.findMany({
    where: { id: { in: [...new Set(asked.map(({ about }) => about))] } },
    select: { id: true, text: true },
  });
  return new Map(
    asked.flatMap(({ id, about }): [string, WrittenWords][] => {
      const text = commands.find((command) => command.id === about)?.text;
      return text ? [[id, text as WrittenWords]] : [];
    }),
  );
}
