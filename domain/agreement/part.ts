import type { Instant } from '../time.ts';
import type { EventBody } from './event.ts';
import type { NoticeDraft } from './notice.ts';
import type { Rejection } from './rejection.ts';
import type { AgreementState } from './state.ts';

/** When time itself is the next command. `consequence`: it changes more than who is written to. */
export interface NextDue {
  atMs: Instant;
  consequence: boolean;
}

/** What time brings to one aspect of an agreement's life beside its obligations. */
export interface Part {
  /** The moments at which time alone changes something here, however long ago; none when nothing waits for it. */
  moments(state: AgreementState): NextDue[];
  /** What falls due here at or before `atMs`. Its events bear their due instant. */
  dueEvents(state: AgreementState, atMs: Instant): { events: EventBody[]; schedule: NoticeDraft[] };
}

export const NOTHING: { events: EventBody[]; schedule: NoticeDraft[] } = { events: [], schedule: [] };

/** The contract has no such thing; what it does not say is never shown as if it did. */
export function notProvided(what: string): Rejection {
  return { rejected: 'not-provided', message: `the agreement provides for no ${what}` };
}
