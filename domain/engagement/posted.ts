import type { PostEngagement } from '../agreement/command.ts';
import { type Decision, decision } from '../agreement/decision.ts';
import type { EngagementPosted } from '../agreement/event.ts';

/** Money of an engagement goes into the ledger of its agreement, told once by the engagement itself (S001b-86, S001a-56). */
export function postEngagement({ engagement, lines, clauses, receivedAtMs, actor, id }: PostEngagement): Decision {
  return decision({
    events: lines.map((line): EngagementPosted => ({
      occurredAtMs: receivedAtMs,
      actor,
      clauses,
      commandId: id,
      type: 'engagement-posted',
      engagement,
      line,
    })),
  });
}
