import type { Due } from '../agreement/event.ts';
import type { Instant } from '../time.ts';

/** What something that is waited for belongs to. */
export const AWAITED_KINDS = [
  'agreement',
  'obligation',
  'payment',
  'survey',
  'improvement',
  'engagement',
  'case',
  'evaluation',
  'risk',
  'visit',
  'training',
] as const;
export type AwaitedKind = (typeof AWAITED_KINDS)[number];

/**
 * Something that somebody has to do: what lists of due things are made of. It follows from a state alone, never from the
 * moment at which it is read, so that it can be kept (activities/awaited.ts).
 */
export interface Awaited {
  kind: AwaitedKind;
  /** Unique within its workflow: what it is keeps its name while it is waited for. */
  key: string;
  /** What is to be done: `submit`, `review`, `case-response`. */
  act: string;
  /** What it is done to: an obligation (`id`, `id#occurrence`), a measure, a milestone; null: the whole. */
  about: string | null;
  /** Seats, `person:<id>`, or `customer`; empty: nobody, a machine does it. */
  waitsFor: string[];
  /** Null: no time is set, or its clock stands still. */
  due: Due | null;
  /** From then on its end is near, as its warnings say; null: nothing warns of it. */
  warnAtMs: Instant | null;
  /** Its clock stands still. */
  isPaused: boolean;
}

/** One of them: with nobody, no time and nothing that warns, unless it is said. */
export function awaited(
  kind: AwaitedKind,
  act: string,
  waitsFor: string[],
  { about = null, due = null, ...rest }: Partial<Omit<Awaited, 'kind' | 'act' | 'waitsFor'>> = {},
): Awaited {
  const key = about === null ? act : `${act}:${about}`;
  return { kind, key, act, about, waitsFor, due, warnAtMs: null, isPaused: false, ...rest };
}
