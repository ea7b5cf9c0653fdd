import type { CompiledAgreement } from '../domain/agreement/compiled.ts';
import { COORDINATOR } from '../domain/agreement/parties.ts';
import { type StandIn, standInFor } from '../domain/agreement/seating.ts';
import type { NoticeFacts } from '../domain/agreement/notice.ts';
import { localDateAt } from '../domain/zone.ts';
import type { Database } from '../prisma/database.ts';
import type { Notice as NoticeRow } from '../prisma/generated/client.ts';
import type { NamedPeople } from './mail/context.ts';

/** Somebody who may get a notice. */
export interface Person {
  id: string;
  name: string;
  email: string;
  /** `zh` or `en` */
  language: string;
  zone: string;
}

/** What mails of an agreement are made of, and who fills its seats or stands in now. */
export interface ReadAgreement {
  id: string;
  template: string;
  /** Without the days of its calendar, most of its bytes: a mail says dates, it works none out. */
  compiled: CompiledAgreement;
  /** The contract's parties by role key, as they were entered: whoever fills the seats. */
  parties: Record<string, { name: string }>;
  seats: { seat: string; personId: string }[];
  delegations: StandIn[];
  /** Those of all the agreements that were read together. */
  people: ReadonlyMap<string, Person>;
}

/**
 * Whoever gets a notice; `deputyFor` is the absent person where it goes to a deputy. `vacant`: nobody fills the seat, and
 * the coordinator, who cannot act in it, is told instead.
 */
export type Recipient = Person & { deputyFor: string | null; vacant: boolean };

/** Reads the agreements of several notices at once, by id: one statement for them, one for the people. */
export async function readAgreements(
  database: Database,
  notices: readonly (Pick<NoticeRow, 'agreementId' | 'addressee'> & { facts?: unknown })[],
): Promise<Map<string, ReadAgreement>> {
  const ids = [...new Set(notices.map(({ agreementId }) => agreementId))];
  const named = notices.flatMap(({ addressee, facts }) =>
    [addressee ?? [], ...namedIn((facts ?? {}) as NoticeFacts)].flat(),
  );
  const [agreements, people] = await Promise.all([
    database.$queryRaw<Omit<ReadAgreement, 'people'>[]>`
      SELECT a.id, a.template, a.compiled || jsonb_build_object('calendar', (a.compiled -> 'calendar')
          || '{"names": {}, "rest": {}, "work": {}}') AS compiled,
        coalesce(a.draft -> 'parties', '{}') AS parties,
        (SELECT coalesce(json_agg(json_build_object('seat', seat, 'personId', person_id)), '[]')
          FROM seat WHERE agreement_id = a.id) AS seats,
        (SELECT coalesce(json_agg(json_build_object('seat', seat, 'absent', absent_id, 'deputy', deputy_id,
            'from', "from", 'until', until, 'obligations', obligations) ORDER BY id), '[]')
          FROM delegation WHERE agreement_id = a.id AND ended_at IS NULL) AS delegations
      FROM agreement a WHERE a.id = ANY(${ids}::uuid[])`,
    database.$queryRaw<Person[]>`
      SELECT p.id, p.name, p.email, p.language, p.zone
      FROM (
        SELECT person_id AS id FROM seat WHERE agreement_id = ANY(${ids}::uuid[])
        UNION SELECT deputy_id FROM delegation WHERE agreement_id = ANY(${ids}::uuid[]) AND ended_at IS NULL
        UNION SELECT unnest(${named}::uuid[])) AS written
      JOIN person p USING (id)`,
  ]);
  const byId = new Map(people.map((person) => [person.id, person]));
  return new Map(agreements.map((agreement) => [agreement.id, { ...agreement, people: byId }]));
}

/**
 * Who a notice goes to: the person that it names; else whoever stands in for its seat on that day, fills it, or, while
 * nobody does, that of the coordinator's. Undefined when there is nobody at all.
 */
export function recipientOf(
  { seat, addressee, obligation, at }: Pick<NoticeRow, 'seat' | 'addressee' | 'obligation' | 'at'>,
  { compiled, seats, delegations, people }: Omit<ReadAgreement, 'parties'>,
): Recipient | undefined {
  const filled = seats.find((one) => one.seat === seat) ?? seats.find((one) => one.seat === COORDINATOR);
  const person = (id: string | undefined, deputyFor: string | null = null): Recipient | undefined => {
    const found = people.get(id ?? '');
    return found && { ...found, deputyFor, vacant: addressee === null && filled?.seat !== seat };
  };
  if (addressee !== null) return person(addressee);
  if (!filled) return undefined;
  const on = localDateAt(compiled.zone, at.getTime());
  const standIn = standInFor(delegations, { seat: filled.seat, on, obligation: obligation ?? undefined });
  return (standIn && person(standIn.deputy, standIn.absent)) ?? person(filled.personId);
}

/** Ids of the people whom a notice names. */
function namedIn({ before, after, absent, deputy, trainee }: NoticeFacts): string[] {
  return [before, after, absent, deputy, trainee].flatMap((id) => id ?? []);
}

/** Their names, as the mail writes them. */
export function namesIn(
  { before, after, absent, deputy, trainee }: NoticeFacts,
  { people }: Pick<ReadAgreement, 'people'>,
): NamedPeople {
  const parts = { before, after, absent, deputy, trainee };
  const entries = Object.entries(parts).flatMap(([part, id]): [string, string][] => {
    const name = people.get(id ?? '')?.name;
    return name === undefined ? [] : [[part, name]];
  });
  return Object.fromEntries(entries);
}
