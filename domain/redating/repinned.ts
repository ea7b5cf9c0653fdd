import type { CompiledAgreement } from '../agreement/compiled.ts';
import type { ObligationState } from '../agreement/state.ts';
import { type CalendarChange, withChange, withoutChange } from '../calendar-change.ts';
import type { Calendar } from '../calendar.ts';

/** The agreement with a newer version of its calendar. */
export function repinned(agreement: CompiledAgreement, change: CalendarChange): CompiledAgreement {
  return {
    ...agreement,
    calendar: withChange(agreement.calendar, change),
    repins: [...(agreement.repins ?? []), change],
  };
}

/** The calendar by which an obligation's due time was found: what had fallen due keeps the one by which it did. */
export function calendarOf(
  { calendar, repins = [] }: Pick<CompiledAgreement, 'calendar' | 'repins'>,
  { reckonedBy }: Pick<ObligationState, 'reckonedBy'>,
): Calendar {
  if (reckonedBy === undefined) return calendar;
  const since = repins.findIndex(({ from }) => from.version === reckonedBy);
  return since < 0 ? calendar : repins.slice(since).reduceRight(withoutChange, calendar);
}
