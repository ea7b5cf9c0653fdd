import type { Agreement, Text } from '../../wire.ts';

type Options = { value: string; label: string }[];

/** The agreement's duties to choose from, by id. */
export function dutyOptions({ duties }: Agreement, text: (text: Text) => string): Options {
  return duties.map(({ id, title }) => ({ value: id, label: text(title) }));
}

/** What has been opened of them, by reference: each occurrence. */
export function occurrenceOptions(
  { obligations }: Agreement,
  titled: (title: Text, occurrence?: string) => string,
): Options {
  return obligations.map(({ id, occurrence, title }) => ({
    value: occurrence === undefined ? id : `${id}#${occurrence}`,
    label: titled(title, occurrence),
  }));
}

/** Parties, other seats, and the coordinator. */
export function seatOptions({ parties, seats }: Agreement, role: (seat: string) => string): Options {
  const all = [...Object.keys(parties), ...seats.map(({ seat }) => seat)];
  return [...new Set(all)].map((value) => ({ value, label: role(value) }));
}
