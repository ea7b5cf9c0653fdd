import type { Text } from '../../domain/time.ts';
import type { Database } from '../../prisma/database.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { newestTemplates } from '../../templates/library.ts';
import type { Template } from '../../templates/schema.ts';
import { type Draft, seatTitles, templateOf } from '../views.ts';

/** What a list of processes of several agreements says of each agreement. */
export interface NamedAgreement {
  shown: { id: string; title: Text; zone: string; parties: string[] };
  template: Template | undefined;
  /** What its parties entered. */
  draft: Draft;
  seat(id: string): { seat: string; title: Text };
}

/** The agreements of one page of a list, by id: one query. */
export async function namedAgreements(
  database: Database,
  ids: readonly string[],
): Promise<(id: string) => NamedAgreement | undefined> {
  const rows = await database.agreement.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, template: true, zone: true, draft: true },
  });
  const known = new Map(
    rows.map((row): [string, NamedAgreement] => {
      const template = templateOf(row.template);
      const seats = seatTitles(template);
      const draft = row.draft as Draft;
      const { id, zone } = row;
      const title = template?.title ?? { zh: row.template, en: row.template };
      const parties = Object.values(draft.parties ?? {}).flatMap(({ name }) => name ?? []);
      return [
        id,
        {
          shown: { id, title, zone, parties },
          ...{ template, draft },
          seat: (one) => ({ seat: one, title: seats[one] ?? { zh: one, en: one } }),
        },
      ];
    }),
  );
  return (id) => known.get(id);
}

/** A condition on `process p`: its agreement's parties, template or id bear these words. */
export function ofAgreementsNamed(words: string): Prisma.Sql {
  const like = `%${words.replace(/[\\%_]/g, '\\$&')}%`;
  const said = words.toLowerCase();
  const templates = newestTemplates()
    .filter(({ title }) => title.zh.includes(words) || title.en.toLowerCase().includes(said))
    .map(({ id }) => `${id}@%`);
  return Prisma.sql`p.agreement_id IN (
    SELECT a.id FROM agreement a WHERE (a.draft -> 'parties')::text ILIKE ${like} OR a.template ILIKE ${like}
      OR a.template LIKE ANY(${templates}::text[]) OR a.id::text ILIKE ${like})`;
}
