import { isoAt, localDateAt } from '../../domain/zone.ts';
import type { Database } from '../../prisma/database.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { seatTitle } from '../directory/seats-held.ts';
import { standInsOf } from '../principal.ts';
import { askedOf } from '../act/asked.ts';
import { findAgreement, matterTitle, stateOf, templateOf, zoneOf } from '../views.ts';
import { READER, holdingOf } from './holding.ts';

/**
 * The links that went out for an agreement, newest first; never a token. `void`: their person neither fills the seat nor
 * stands in today.
 *
 * @throws Problem `unknown-agreement`
 */
export async function linkPage(
  { database, nowMs }: { database: Database; nowMs: number },
  agreementId: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
) {
  const row = await findAgreement(database, agreementId);
  const before = cursor === undefined ? undefined : readCursor(cursor, ['uuid'])[0];
  const [links, seats, standIns] = await Promise.all([
    database.actionLink.findMany({
      where: { agreementId, ...(before === undefined ? {} : { id: { lt: before } }) },
      orderBy: { id: 'desc' },
      take: limit + 1,
    }),
    database.seat.findMany({ where: { agreementId } }),
    standInsOf(database, agreementId),
  ]);
  const page = links.slice(0, limit);
  const people = await database.person.findMany({ where: { id: { in: page.map(({ personId }) => personId) } } });
  const zone = zoneOf(row);
  const template = templateOf(row.template);
  const at = (date: Date | null): string | null => (date ? isoAt(zone, date.getTime()) : null);
  const on = localDateAt(zone, nowMs);
  const state = stateOf(row);
  const subjectTitle = (link: { purpose: string; obligation: string | null }) => {
    if (link.obligation === null) return null;
    return (state && askedOf(state, link, template)?.title) ?? matterTitle(template, link.obligation);
  };
  const items = page.map((link) => {
    const held = holdingOf(link, { seats, standIns, on }) !== undefined;
    const expired = link.expiresAt.getTime() <= nowMs;
    const person = people.find(({ id }) => id === link.personId);
    return {
      id: link.id,
      purpose: link.purpose,
      person: person ? { id: person.id, name: person.name } : null,
      seat: link.seat,
      seatTitle: link.seat === READER ? { zh: '阅知人', en: 'Reader' } : seatTitle(row, link.seat),
      obligation: link.obligation,
      title: subjectTitle(link),
      createdAt: isoAt(zone, link.createdAt.getTime()),
      expiresAt: isoAt(zone, link.expiresAt.getTime()),
      usedAt: at(link.usedAt),
      revokedAt: at(link.revokedAt),
      state: link.revokedAt ? 'revoked' : expired ? 'expired' : held ? 'live' : 'void',
    };
  });
  const last = page.at(-1);
  return { items, nextCursor: links.length > limit && last ? writeCursor([last.id]) : null };
}
