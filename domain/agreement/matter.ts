import type { Instant, LocalDate } from '../time.ts';
import type { Due } from './event.ts';

/** What the parties have between them beside duties and money. */
export const MATTER_KINDS = ['request', 'incident', 'dispute', 'meeting'] as const;
export type MatterKind = (typeof MATTER_KINDS)[number];

export const MATTER_STATUSES = ['open', 'overdue', 'answered', 'refused', 'escalated', 'closed'] as const;
export type MatterStatus = (typeof MATTER_STATUSES)[number];

/** What was resolved in a meeting, or to settle a dispute: its words are in Postgres under the command's id. */
export interface Decided {
  commandId: string;
  owner: string | null;
  dueOn: LocalDate | null;
}

/** A request, a confidentiality incident, a dispute or a meeting, from its opening to its end. */
export interface Matter {
  /** `request-1` */
  id: string;
  kind: MatterKind;
  status: MatterStatus;
  /** Rule of the contract that it rests on. */
  rule: string | null;
  clauses: string[];
  /** Who opened it, and to whom it goes: seats. */
  from: string;
  to: string | null;
  about: string | null;
  openedAtMs: Instant;
  /** Until when a reply, or the negotiation, has time. */
  due: Due | null;
  /** Of a meeting: its day. */
  on: LocalDate | null;
  /** Names the command whose text says what it is about. */
  commandId: string;
  decisions: Decided[];
  endedAtMs: Instant | null;
}

export type SettlementOutcome = 'settled' | 'waived' | 'disputed';

/** What was open when the agreement ended. */
export interface SettlementItem {
  item: string;
  outcome: SettlementOutcome | null;
}
