import type { EventType } from '../domain/agreement/event.ts';
import type { NoticeFacts, NoticeKind } from '../domain/agreement/notice.ts';
import type { ImprovementEventBody } from '../domain/improvement/event.ts';
import type { Database } from '../prisma/database.ts';
import type { WrittenWords } from './mail/context.ts';
import type { ClaimedNotice } from './notice-claims.ts';
import { caseWords } from './case-words.ts';
import { engagementWords } from './engagement-words.ts';
import { riskWords } from './risk-words.ts';

/** Notices that pass on what somebody wrote, the event that they tell of, and under which name it has its id. */
const TOLD: Partial<Record<NoticeKind, { type: EventType | ImprovementEventBody['type']; id: string }>> = {
  'breach-notice': { type: 'breach-notified', id: 'breach' },
  'termination-notice': { type: 'termination-notified', id: 'notice' },
  'termination-objected': { type: 'termination-objected', id: 'notice' },
  'termination-consent': { type: 'termination-notified', id: 'notice' },
  'amendment-proposed': { type: 'amendment-proposed', id: 'amendment' },
  'cap-notice': { type: 'amendment-proposed', id: 'amendment' },
  'engagement-end-consent': { type: 'engagement-end-proposed', id: 'end' },
  'claim-made': { type: 'claim-made', id: 'claim' },
  'matter-opened': { type: 'matter-opened', id: 'matter' },
  'matter-reminder': { type: 'matter-opened', id: 'matter' },
  'customer-answer': { type: 'customers-answered', id: 'commandId' },
};

/**
 * What was written with the acts that these notices tell of, by notice: the facts of a breach, the cause and the items of
 * a claim, the topic of a matter. It stands in Postgres alone, and is gone where it was erased.
 */
export async function writtenWords(
  database: Database,
  notices: readonly ClaimedNotice[],
): Promise<Map<string, WrittenWords>> {
  const asked = notices.flatMap((notice) => {
    const told = TOLD[notice.kind as NoticeKind];
    const { about } = notice.facts as NoticeFacts;
    return told && about !== undefined ? [{ notice, ...told, about }] : [];
  });
  const ofProcesses = new Map([
    ...(await riskWords(database, notices)),
    ...(await caseWords(database, notices)),
    ...(await engagementWords(database, notices)),
  ]);
  if (asked.length === 0) return ofProcesses;
  const events = await database.event.findMany({
    where: {
      agreementId: { in: [...new Set(asked.map(({ notice }) => notice.agreementId))] },
      type: { in: [...new Set(asked.map(({ type }) => type))] },
      commandId: { not: null },
    },
    select: { agreementId: true, type: true, body: true, commandId: true },
  });
  const commands = await database.command.findMany({
    where: { id: { in: events.flatMap(({ commandId }) => commandId ?? []) } },
    select: { id: true, text: true },
  });
  return new Map([
    ...ofProcesses,
    ...asked.flatMap(({ notice, type, id, about }): [string, WrittenWords][] => {
      const event = events.find(
        (one) => one.agreementId === notice.agreementId && one.type === type && idIn(one.body, id) === about,
      );
      const text = commands.find((command) => command.id === event?.commandId)?.text;
      return text ? [[notice.id, text as WrittenWords]] : [];
    }),
  ]);
}

/** The id of what an event tells of; a matter is there as a whole. */
function idIn(body: string, name: string): unknown {
  const found = (JSON.parse(body) as Record<string, unknown>)[name];
  return typeof found === 'object' && found !== null ? (found as Record<string, unknown>)['id'] : found;
}
