import { readReference } from '../../domain/agreement/reference.ts';
import { type StandIn, standsIn } from '../../domain/agreement/seating.ts';
import type { LocalDate } from '../../domain/time.ts';

/** The seat of those who fill none and are asked to read (domain/agreement/reading.ts). */
export const READER = 'reader';

/** Why a link is somebody's: they fill its seat, stand in for whoever does, or were asked themselves to read. */
type Holding = { by: 'seat' } | { by: 'stand-in'; absent: string } | { by: 'reader' };

interface LinkOf {
  personId: string;
  seat: string;
  purpose: string;
  /** `id`, `id#occurrence` */
  obligation: string | null;
}

/**
 * Why a link is its person's on a day; undefined where it is nobody's any more: another fills the seat, or the last day of
 * standing in is over. A deputy for some obligations alone holds no link about others.
 */
export function holdingOf(
  link: LinkOf,
  {
    seats,
    standIns,
    on,
  }: { seats: readonly { seat: string; personId: string }[]; standIns: readonly StandIn[]; on: LocalDate },
): Holding | undefined {
  const { personId, seat, purpose, obligation } = link;
  if (seats.some((one) => one.seat === seat && one.personId === personId)) return { by: 'seat' };
  const about = obligation === null ? undefined : readReference(obligation).obligation;
  const standIn = standsIn(standIns, { seat, deputy: personId, on, obligation: about });
  if (standIn) return { by: 'stand-in', absent: standIn.absent };
  return seat === READER && purpose === 'acknowledge' ? { by: 'reader' } : undefined;
}
