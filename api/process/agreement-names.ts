import type { Text } from '../../domain/time.ts';
import type { Database } from '../../prisma/database.ts';
import { seatTitles, templateOf } from '../views.ts';

/** An agreement as lists over all agreements name it. */
export interface AgreementName {
  shown: {
    id: string;
    title: Text;
    /** Name of the time zone that its dates are in. */
    zone: string;
    /** Its parties' names, in the template's order. */
    parties: string[];
  };
  template: string;
  seat(id: string): { seat: string; title: Text };
}

/** What agreements are called, by id, without their compiled rules: one query, however many there are. */
export async function agreementNames(
  database: Database,
  agreementIds: readonly string[],
): Promise<Map<string, AgreementName>> {
  const ids = [...new Set(agreementIds)];
  if (ids.length === 0) return new Map();
  const rows = await database.$queryRaw<
    { id: string; template: string; zone: string; parties: Record<string, { name?: string }> | null }[]
  >`
    SELECT id::text AS id, template, zone, draft -> 'parties' AS parties FROM agreement WHERE id = ANY(${ids}::uuid[])`;
  return new Map(
    rows.map(({ id, template, zone, parties }) => {
      const known = templateOf(template);
      const titles = seatTitles(known);
      const roles = Object.keys(known?.parties ?? parties ?? {});
      return [
        id,
        {
          shown: {
            ...{ id, zone },
            title: known?.title ?? { zh: template, en: template },
            parties: roles.flatMap((role) => parties?.[role]?.name ?? []),
          },
          template,
          seat: (seat: string) => ({ seat, title: titles[seat] ?? { zh: seat, en: seat } }),
        },
      ];
    }),
  );
}
