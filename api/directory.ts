import type { Prisma } from '../prisma/generated/client.ts';
import { COORDINATOR_SEAT } from './policy.ts';
import { Problem } from './problem.ts';

/** Who shall fill a seat, as a draft says it. */
export interface Seating {
  seat: string;
  /** The side that the seat is on, if any. */
  party: string | null;
  organisation: string;
  name: string;
  email: string;
  language: 'zh' | 'en';
}

/**
 * Seats people in an agreement, and writes organisations and people into the directory that are not there yet. A person
 * is known by organisation and e-mail; name and language are those given last.
 *
 * @returns the person's id by seat
 * @throws Problem `person-left` where a row of the directory is of somebody who left: they are brought back there first
 */
export async function seatPeople(
  tx: Prisma.TransactionClient,
  { agreementId, zone, people }: { agreementId: string; zone: string; people: readonly Seating[] },
): Promise<Record<string, string>> {
  const entries = JSON.stringify(people.map((one) => ({ ...one, email: one.email.toLowerCase() })));
  // Two starts at once must not make two rows of one organisation. One that is there waits for nobody.
  await tx.$queryRaw`
    SELECT count(pg_advisory_xact_lock(key)) FROM (
      SELECT DISTINCT hashtextextended('abide organisation ' || organisation, 0) AS key
      FROM jsonb_to_recordset(${entries}::jsonb) AS entry (organisation text)
      WHERE NOT EXISTS (SELECT FROM organisation WHERE organisation.name = entry.organisation)
      ORDER BY key) AS missing`;
  const rows = await tx.$queryRaw<{ seat: string; person: string }[]>`
    WITH
      entry AS (
        SELECT * FROM jsonb_to_recordset(${entries}::jsonb)
          AS entry (seat text, party text, organisation text, name text, email text, language text)),
      founded AS (
        INSERT INTO organisation (id, name)
        SELECT gen_random_uuid(), organisation FROM (SELECT DISTINCT organisation FROM entry) AS named
        WHERE NOT EXISTS (SELECT FROM organisation WHERE organisation.name = named.organisation)
        RETURNING id, name),
      home AS (
        SELECT id, name FROM founded
        UNION ALL
        (SELECT DISTINCT ON (name) id, name FROM organisation
         WHERE name IN (SELECT organisation FROM entry) ORDER BY name, id)),
      placed AS (
        SELECT entry.*, home.id AS home, person.id AS person, person.left_on
        FROM entry JOIN home ON home.name = entry.organisation
        LEFT JOIN person ON person.organisation_id = home.id AND person.email = entry.email),
      renamed AS (
        UPDATE person SET name = placed.name, language = placed.language FROM placed
        WHERE person.id = placed.person AND (person.name, person.language) <> (placed.name, placed.language)),
      added AS (
        INSERT INTO person (id, organisation_id, name, email, language, zone)
        SELECT DISTINCT ON (home, email) gen_random_uuid(), home, name, email, language, ${zone}
        FROM placed WHERE person IS NULL ORDER BY home, email, seat
        ON CONFLICT (organisation_id, email) DO UPDATE SET name = EXCLUDED.name, language = EXCLUDED.language
        RETURNING id, organisation_id, email)
    INSERT INTO seat (agreement_id, seat, party, person_id)
    SELECT ${agreementId}::uuid, seat, party, COALESCE(placed.person, added.id)
    FROM placed LEFT JOIN added ON added.organisation_id = placed.home AND added.email = placed.email
    WHERE placed.left_on IS NULL
    ON CONFLICT DO NOTHING
    RETURNING seat, person_id::text AS person`;
  const left = people.filter((one) => !rows.some(({ seat }) => seat === one.seat));
  if (left.length > 0) throw leftProblem(left);
  return Object.fromEntries(rows.map(({ seat, person }) => [seat, person]));
}

function leftProblem(people: readonly Seating[]): Problem {
  return new Problem('person-left', {
    errors: people.map(({ seat, party, name }) => ({
      path: seat === COORDINATOR_SEAT ? seat : `${party === seat ? 'parties' : 'seats'}.${seat}.email`,
      message: { zh: `${name} 已离职`, en: `${name} has left` },
      cure: { zh: '另选一人，或在通讯录中恢复', en: 'choose somebody else, or bring them back in the directory' },
    })),
  });
}
