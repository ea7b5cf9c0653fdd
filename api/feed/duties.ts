import { mailSeat } from '../../domain/agreement/parties.ts';
import { covers } from '../../domain/agreement/seating.ts';
import type { AgreementState } from '../../domain/agreement/state.ts';
import { type ObligationView, describeObligations } from '../../domain/agreement/view.ts';
import type { Instant, LocalDate } from '../../domain/time.ts';
import { localDateAt } from '../../domain/zone.ts';

/** Something that waits for a person: to be handed in, or to be judged. */
export interface OpenDuty {
  obligation: string;
  occurrence: string | null;
  act: 'submit' | 'review';
  /** By which it is theirs. */
  seat: string;
  due: { dueAtMs: Instant; localDate: LocalDate };
  clauses: string[];
}

/** Statuses in which an obligation waits for whoever owes it. */
const OPEN: ObligationView['status'][] = ['pending', 'overdue', 'rework'];

/**
 * What waits for a person in an agreement, by its due time: of the seats that they fill, and of those in which they stand
 * in for somebody today, as far as that goes.
 *
 * @param seats that the person fills
 */
export function openDuties(
  state: AgreementState,
  { personId, seats, nowMs }: { personId: string; seats: readonly string[]; nowMs: Instant },
): OpenDuty[] {
  const { agreement } = state;
  const on = localDateAt(agreement.zone, nowMs);
  const isTheirs = (seat: string, obligation: string): boolean =>
    seats.includes(seat) ||
    state.standIns.some((one) => one.deputy === personId && one.seat === seat && covers(one, on, obligation));
  return describeObligations(state, nowMs)
    .flatMap(({ id: obligation, occurrence, status, responsible, clauses, due, review }): OpenDuty[] => {
      const about = { obligation, occurrence, clauses };
      const owner = mailSeat(agreement, responsible);
      if (due && OPEN.includes(status) && isTheirs(owner, obligation)) {
        return [{ ...about, act: 'submit', seat: owner, due: { dueAtMs: due.dueAtMs, localDate: due.localDate } }];
      }
      const judge = review?.waitingFor.find((seat) => isTheirs(seat, obligation));
      if (review && judge !== undefined) {
        return [
          { ...about, act: 'review', seat: judge, due: { dueAtMs: review.dueAtMs, localDate: review.localDate } },
        ];
      }
      return [];
    })
    .toSorted((a, b) => a.due.dueAtMs - b.due.dueAtMs);
}
