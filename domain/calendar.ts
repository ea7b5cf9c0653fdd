import type { LocalDate, Text } from './time.ts';

/**
 * A working calendar as data (design §4). Days not listed are working days from Monday to Friday and rest days on
 * Saturday and Sunday; `rest` lists weekdays off and `work` make-up weekend days on, each with the key of its name.
 */
export interface Calendar {
  id: string;
  version: string;
  /** SHA-256 of the canonical JSON of the other fields. */
  hash: string;
  /** From this date on there is no official notice yet: statutory festivals alone, no make-up days. */
  provisionalFrom: LocalDate;
  names: Record<string, Text>;
  rest: Record<LocalDate, string>;
  work: Record<LocalDate, string>;
}
