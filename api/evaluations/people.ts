import type { EvaluationState } from '../../domain/evaluation/state.ts';
import type { Database } from '../../prisma/database.ts';
import type { Belonging } from '../process/rows.ts';
import { type Named, isPerson, whoIn } from './rows.ts';

/** How those who are evaluated, or act, are called: seats by title, people by name. */
export interface Called {
  of(subject: string): Named;
  /** A person's name; null where they are erased or no person. */
  person(id: string): string | null;
}

/** @param others ids of people beside those who are evaluated */
export async function calledIn(
  database: Database,
  {
    seat,
    agreement,
  }: Pick<Belonging, 'seat'> & {
    agreement: Pick<Belonging['agreement'], 'parties' | 'seats' | 'seatParties'>;
  },
  states: readonly EvaluationState[],
  others: readonly string[] = [],
): Promise<Called> {
  const names = await namesIn(database, states, others);
  return calledBy(names, { seat, agreement }, states);
}

/** Names of those who are evaluated, by id; of whoever was erased none. */
export async function namesIn(
  database: Database,
  states: readonly EvaluationState[],
  others: readonly string[] = [],
): Promise<Map<string, string>> {
  const subjects = states.flatMap((state) => state.subjects);
  const people = [...subjects.flatMap(({ subject, personId }) => [whoIn(subject), personId ?? '']), ...others].filter(
    isPerson,
  );
  const rows = await database.person.findMany({
    where: { id: { in: [...new Set(people)] }, erasedAt: null },
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export function calledBy(
  names: ReadonlyMap<string, string>,
  {
    seat,
    agreement,
  }: Pick<Belonging, 'seat'> & {
    agreement: Pick<Belonging['agreement'], 'parties' | 'seats' | 'seatParties'>;
  },
  states: readonly EvaluationState[],
): Called {
  const subjects = states.flatMap((state) => state.subjects);
  const known = new Set([...agreement.parties, ...agreement.seats, ...Object.keys(agreement.seatParties ?? {})]);
  return {
    of(subject) {
      const who = whoIn(subject);
      const personId = subjects.find((one) => one.subject === subject)?.personId ?? who;
      const title = subject === WHOLE ? THE_WHOLE : known.has(who) ? seat(who).title : null;
      return { subject, title, name: title === null ? (names.get(personId) ?? null) : null };
    },
    person: (id) => names.get(id) ?? null,
  };
}

/** No side of an agreement, but what the parties do under it together. */
const WHOLE = 'agreement';
const THE_WHOLE = { zh: '协议整体履行情况', en: 'The agreement as a whole' };
