import type { LocalDate } from '../time.ts';
import type { NoticeDraft } from './notice.ts';
import type { StandIn } from './seating.ts';
import type { AgreementState } from './state.ts';
import type { teller } from './telling.ts';

/** Who stands in for a seat today or is to: a replacement, a vacancy or a recall ends it. */
export function standInsToEnd(state: AgreementState, seat: string, today: LocalDate): AgreementState['standIns'] {
  return state.standIns.filter((one) => one.seat === seat && one.until >= today);
}

/** Tells deputies that they stand in no longer, except those who know: whoever ended it, and whoever follows. */
export function relieveDeputies(
  ended: readonly StandIn[],
  tell: ReturnType<typeof teller>,
  knowing: readonly string[],
): NoticeDraft[] {
  return ended
    .filter(({ deputy }) => !knowing.includes(deputy))
    .map(({ seat, absent, deputy, from, until }) => ({
      ...tell('seat-relieved', seat, { seat, absent, deputy, from, until }),
      addressee: deputy,
    }));
}
