import { type Awaited } from '../domain/awaited/awaited.ts';
import { type Seating, isThirdSeat, partyOf, THIRD } from '../domain/agreement/parties.ts';

/** Counts up when the rules of what is waited for change: rows that earlier ones made are made anew (awaited-fill.ts). */
export const AWAITED_VERSION = 1;

/** The rows of one workflow that a step changes, with the columns' names. */
export interface AwaitedRows {
  /** To be written. */
  rows: object[];
  /** Of all that is waited for now; what has another key is not waited for any more. */
  keys: string[];
}

/** What is waited for after a step, as rows; of what was as it is, none, unless they are by rules of an earlier version. */
export function awaitedRows(
  of: { workflowId: string; agreementId: string; seating: Pick<Seating, 'parties' | 'seats' | 'seatParties'> },
  { before, after, version }: { before: Awaited[]; after: Awaited[]; version: number },
): AwaitedRows {
  const known = version === AWAITED_VERSION ? named(before) : [];
  const was = new Map(known.map((one) => [one.key, JSON.stringify(one)]));
  const now = named(after);
  return {
    rows: now.filter((one) => was.get(one.key) !== JSON.stringify(one)).map((one) => row(of, one)),
    keys: now.map(({ key }) => key),
  };
}

/** Those that would have one name are told apart in their order. */
function named(all: Awaited[]): Awaited[] {
  const taken = new Set<string>();
  return all.map((one) => {
    let key = one.key;
    for (let count = 2; taken.has(key); count++) key = `${one.key}~${String(count)}`;
    taken.add(key);
    return { ...one, key };
  });
}

function row({ workflowId, agreementId, seating }: Parameters<typeof awaitedRows>[0], one: Awaited): object {
  const sideOf = (seat: string): string => (isThirdSeat(seat) ? THIRD : partyOf(seating, seat));
  return {
    workflow_id: workflowId,
    key: one.key,
    agreement_id: agreementId,
    kind: one.kind,
    act: one.act,
    about: one.about,
    waits_for: one.waitsFor,
    parties: [...new Set(one.waitsFor.map(sideOf))].filter((side) => side === THIRD || seating.parties.includes(side)),
    due_at: one.due && new Date(one.due.dueAtMs),
    local_date: one.due?.localDate ?? null,
    warn_at: one.warnAtMs === null ? null : new Date(one.warnAtMs),
    is_paused: one.isPaused,
  };
}
