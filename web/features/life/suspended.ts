/** Of a suspension, what it names and what runs again. */
interface Standing<Named> {
  obligations: Named[];
  until: string | null;
  resumptions: { obligations: Named[] }[];
}

const DAY_MS = 86_400_000;

/** Duties that a suspension names and that do not run again yet; of one that means all duties, none by name. */
export function stillSuspended<Named extends { reference: string }>({
  obligations,
  until,
  resumptions,
}: Standing<Named>): Named[] {
  if (until !== null) return [];
  const again = resumptions.flatMap((one) => one.obligations.map(({ reference }) => reference));
  return obligations.filter(({ reference }) => !again.includes(reference));
}

/** Days from one local date up to, not including, another. */
export function daysBetween(from: string, until: string): number {
  return Math.round((Date.parse(until) - Date.parse(from)) / DAY_MS);
}
