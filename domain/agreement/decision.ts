import type { Instant } from '../time.ts';
import type { EventBody } from './event.ts';
import type { NoticeDraft } from './notice.ts';
import type { Rejection } from './rejection.ts';

/** What a command brings about: what happened, and who is to be told when. */
export interface Decision {
  events: EventBody[];
  /** Notices to be issued at their `atMs`, unless they have lost their point by then. */
  schedule: NoticeDraft[];
  /** Notices whose moment has come. */
  issue: NoticeDraft[];
  /** Ladders that have been climbed up to and including `throughMs`. */
  climbed: { obligation: string; occurrence: string | null; throughMs: Instant }[];
  /** Scheduled notices up to this instant have been issued or have lost their point. */
  scheduleThroughMs?: Instant;
}

export function decision(parts: Partial<Decision>): Decision {
  return { events: [], schedule: [], issue: [], climbed: [], ...parts };
}

export function isRejection(answer: Decision | Rejection): answer is Rejection {
  return 'rejected' in answer;
}
