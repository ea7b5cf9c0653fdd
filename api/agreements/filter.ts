import { z } from 'zod';
import { addDays, isLocalDate } from '../../domain/local-date.ts';
import { instantAt, localDateAt } from '../../domain/zone.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { DEFAULT_ZONE } from '../../templates/draft.ts';
import { listTemplates, templateReference } from '../../templates/library.ts';
import { zoneData } from '../../templates/zone-data.ts';
import type { ApiDeps } from '../deps.ts';
import { ownAgreements } from '../principal.ts';
import { AGREEMENT_STATUSES } from '../schemas.ts';

const localDate = z.string().refine(isLocalDate, { error: 'invalid-date' });
/** Ids that an address has room for. */
const MOST_IDS = 200;
/** More words than these narrow nothing any more. */
const MOST_WORDS = 8;

/** What a list of agreements can be narrowed to; all of it together must hold. */
export const agreementFilter = z.object({
  status: z.enum(AGREEMENT_STATUSES).optional(),
  search: z
    .string()
    .max(200)
    .optional()
    .meta({ description: 'Parts of names or addresses of a draft, of a title or an id; every word must be found' }),
  template: z
    .string()
    .max(100)
    .optional()
    .meta({ description: 'Of any version: `service-attachments`; of one: `service-attachments@1`' }),
  person: z.uuid().optional().meta({ description: 'Fills a seat; of a draft: is named in it' }),
  coordinator: z.uuid().optional().meta({ description: 'Fills the coordinator’s seat; of a draft: is named there' }),
  overdue: z.enum(['true']).optional().meta({ description: 'Something in it is overdue' }),
  expiresWithin: z.coerce
    .number()
    .int()
    .min(0)
    .max(3650)
    .optional()
    .meta({ description: 'Living, and its last day is at most so many days from today (China Standard Time)' }),
  startedFrom: localDate.optional().meta({ description: 'Started on this day or later (China Standard Time)' }),
  startedUntil: localDate.optional().meta({ description: 'Started on this day or earlier (China Standard Time)' }),
  ids: z
    .string()
    .max(MOST_IDS * 37)
    .transform((text) => text.split(','))
    .pipe(z.array(z.uuid()).max(MOST_IDS))
    .optional()
    .meta({ description: `These alone, at most ${String(MOST_IDS)}, with commas between` }),
});
export type AgreementFilter = z.output<typeof agreementFilter>;

/** Statuses of an agreement that is neither a draft nor over. */
export const LIVING_STATUSES = ['awaiting-signatures', 'active', 'suspended'];

/**
 * The condition on `agreement` that a filter stands for.
 *
 * @param ownOf the person whose own agreements alone may be seen; null: all
 */
export async function filterSql(
  deps: Pick<ApiDeps, 'database' | 'clock'>,
  filter: AgreementFilter,
  ownOf: string | null,
): Promise<Prisma.Sql> {
  const { status, search = '', template, person, coordinator, overdue, expiresWithin, ids } = filter;
  const conditions = [Prisma.sql`TRUE`, ...wordConditions(search), ...startConditions(filter)];
  if (ownOf !== null) {
    const own = await ownAgreements(deps, ownOf);
    conditions.push(Prisma.sql`agreement.id = ANY(${own}::uuid[])`);
  }
  if (status !== undefined) conditions.push(Prisma.sql`agreement.status = ${status}`);
  if (ids !== undefined) conditions.push(Prisma.sql`agreement.id = ANY(${ids}::uuid[])`);
  if (template !== undefined) {
    const versions = template.includes('@') ? [template] : versionsOf(template);
    conditions.push(Prisma.sql`agreement.template = ANY(${versions}::text[])`);
  }
  if (person !== undefined) conditions.push(await seatedOrNamed(deps, person, false));
  if (coordinator !== undefined) conditions.push(await seatedOrNamed(deps, coordinator, true));
  if (overdue !== undefined) {
    conditions.push(
      Prisma.sql`agreement.id IN (SELECT agreement_id FROM obligation WHERE obligation.status = 'overdue')`,
    );
  }
  if (expiresWithin !== undefined) {
    const today = localDateAt(zoneData(DEFAULT_ZONE), deps.clock());
    conditions.push(
      Prisma.sql`agreement.expires_on BETWEEN ${today} AND ${addDays(today, expiresWithin)}
        AND agreement.status = ANY(${LIVING_STATUSES}::text[])`,
    );
  }
  return Prisma.join(conditions, ' AND ');
}

/** References of a template in all its versions; of one that is not there, itself. */
function versionsOf(id: string): string[] {
  const known = listTemplates()
    .filter((one) => one.id === id)
    .map(templateReference);
  return known.length > 0 ? known : [id];
}

/** Every word is part of what an agreement is found by, or of the title of its template. */
function wordConditions(search: string): Prisma.Sql[] {
  const words = search.normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
  return words.map((word) => {
    const signs = [...word];
    const grams = signs.length === 1 ? signs : signs.slice(1).map((sign, index) => `${signs[index] ?? ''}${sign}`);
    const like = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
    const found = Prisma.sql`agreement.id IN (
      SELECT agreement_id FROM agreement_search WHERE grams @> ${grams}::text[] AND words LIKE ${like})`;
    const titled = listTemplates()
      .filter(({ id, title }) => [id, title.zh, title.en].some((text) => text.toLowerCase().includes(word)))
      .map(templateReference);
    return titled.length === 0 ? found : Prisma.sql`(${found} OR agreement.template = ANY(${titled}::text[]))`;
  });
}

function startConditions({ startedFrom, startedUntil }: AgreementFilter): Prisma.Sql[] {
  const zone = zoneData(DEFAULT_ZONE);
  return [
    ...(startedFrom === undefined
      ? []
      : [Prisma.sql`agreement.started_at >= ${new Date(instantAt(zone, startedFrom, '00:00'))}`]),
    ...(startedUntil === undefined
      ? []
      : [Prisma.sql`agreement.started_at < ${new Date(instantAt(zone, startedUntil, '24:00'))}`]),
  ];
}

/** Seats are filled from the start on; before it, the draft says who is meant, by address. */
async function seatedOrNamed(
  { database }: Pick<ApiDeps, 'database'>,
  personId: string,
  asCoordinator: boolean,
): Promise<Prisma.Sql> {
  const person = await database.person.findUnique({ where: { id: personId }, select: { email: true } });
  const email = person?.email.toLowerCase() ?? '';
  const seat = asCoordinator ? Prisma.sql`AND seat.seat = 'coordinator'` : Prisma.empty;
  const named = asCoordinator
    ? Prisma.sql`lower(agreement.draft #>> '{coordinator,email}') = ${email}`
    : Prisma.sql`agreement.id IN (SELECT agreement_id FROM agreement_search
        WHERE grams @> ${[email.slice(0, 2), email.slice(-2)]}::text[] AND ${email} = ANY(string_to_array(words, E'\n')))`;
  return Prisma.sql`(
    agreement.id IN (SELECT agreement_id FROM seat WHERE seat.person_id = ${personId}::uuid ${seat})
    OR (agreement.status = 'draft' AND ${named}))`;
}
