import type { AgreementState, Suspension } from '../agreement/state.ts';
import type { LocalDate } from '../time.ts';

type Suspended = Pick<AgreementState, 'suspensions'>;

/** The suspension of an agreement as a whole, while it goes on; one of single duties is none. */
export function wholeSuspension({ suspensions }: Suspended): Suspension | undefined {
  return suspensions.find(({ obligations, until }) => obligations.length === 0 && until === null);
}

/** The first day that counts again after the last suspension of the whole; null: there was none, or one goes on. */
export function resumedOn(state: Suspended): LocalDate | null {
  if (wholeSuspension(state)) return null;
  return state.suspensions.findLast(({ obligations }) => obligations.length === 0)?.until ?? null;
}
