import { WHOLE, personOf } from '../../domain/agreement/reading.ts';
import type { Text } from '../../domain/time.ts';
import { isoAt } from '../../domain/zone.ts';
import type { Database } from '../../prisma/database.ts';
import { seatTitle } from '../directory/seats-held.ts';
import { findAgreement, matterTitle, templateOf, zoneOf } from '../views.ts';

const WHOLE_TITLE: Text = { zh: '协议全文', en: 'The whole agreement' };

/** Who has read what, when, and who has not: newest version first. @throws Problem `unknown-agreement` */
export async function readingViews(database: Database, agreementId: string) {
  const row = await findAgreement(database, agreementId);
  const zone = zoneOf(row);
  const [readings, seats] = await Promise.all([
    database.reading.findMany({
      where: { agreementId },
      orderBy: [{ what: 'asc' }, { version: 'desc' }, { reader: 'asc' }],
    }),
    database.seat.findMany({ where: { agreementId } }),
  ]);
  const ids = readings.flatMap(({ reader, readById }) => [personOf(reader), readById]);
  const people = await database.person.findMany({
    where: { id: { in: [...seats.map(({ personId }) => personId), ...ids].filter((id) => typeof id === 'string') } },
    include: { organisation: true },
  });
  const person = (id: string | null | undefined) => {
    const found = people.find((one) => one.id === id);
    return found ? { id: found.id, name: found.name, organisation: found.organisation.name } : null;
  };
  const at = (date: Date | null): string | null => (date ? isoAt(zone, date.getTime()) : null);
  const versions = [...new Set(readings.map(({ what, version }) => `${version} ${what}`))];
  return versions.map((version) => {
    const own = readings.filter((one) => `${one.version} ${one.what}` === version);
    const { what = '', version: number = 1 } = own[0] ?? {};
    const asked = own.flatMap(({ askedAt }) => askedAt ?? []);
    return {
      what,
      title: what === WHOLE ? WHOLE_TITLE : matterTitle(templateOf(row.template), what),
      version: number,
      circulatedAt: at(asked.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null),
      read: own.filter(({ readAt }) => readAt !== null).length,
      missing: own.filter(({ readAt }) => readAt === null).length,
      readers: own.map(({ reader, askedAt, readAt, readById }) => {
        const personId = personOf(reader);
        const seat = personId === undefined ? reader : null;
        const filledBy = seats.find((one) => one.seat === seat)?.personId;
        return {
          reader,
          seat,
          seatTitle: seat === null ? null : seatTitle(row, seat),
          // Whoever confirmed stays named, whoever fills the seat since.
          person: person(readAt === null ? (personId ?? filledBy) : readById) ?? person(personId ?? filledBy),
          askedAt: at(askedAt),
          readAt: at(readAt),
          readBy: person(readById),
        };
      }),
    };
  });
}
