import type { z } from 'zod';
import type { Zone } from '../../domain/time.ts';
import { instantAt, isoAt } from '../../domain/zone.ts';
import type { Database } from '../../prisma/database.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { eventViews } from '../event-views.ts';
import { grouped } from '../grouped.ts';
import { namesOfPersons } from '../privacy/person-data.ts';
import { toldOf } from './told.ts';
import { type narrativePage, type narrativeQuery, WORKFLOW_TYPES } from './schema.ts';

type Asked = z.output<typeof narrativeQuery>;
type Paragraph = z.input<typeof narrativePage>['items'][number];

/** Where a paragraph stands: by time, events before the notices that they caused, each workflow's in its own order. */
interface Place {
  of: 'event' | 'notice';
  at: Date;
  /** Workflow id of an event, id of a notice. */
  key: string;
  number: number;
}

/** What happened to an agreement and its processes, merged in time, as numbered paragraphs. */
export async function narrativeOf(
  database: Database,
  { agreementId, zone, asked }: { agreementId: string; zone: Zone; asked: Asked },
): Promise<z.input<typeof narrativePage>> {
  const wanted = wantedOf(agreementId, zone, asked);
  const [before, ...place] =
    asked.cursor === undefined ? [0] : readCursor(asked.cursor, ['number', 'instant', 'string', 'string', 'number']);
  const [atMs, of, key, number] = place;
  const after =
    atMs === undefined
      ? Prisma.empty
      : Prisma.sql`WHERE (at, "of", key, number) > (${new Date(Number(atMs))}, ${String(of)}, ${String(key)}, ${Number(number)})`;
  const [found, [counted]] = await Promise.all([
    database.$queryRaw<Place[]>`
      SELECT * FROM (${wanted}) AS told ${after} ORDER BY at, "of", key, number LIMIT ${asked.limit + 1}`,
    database.$queryRaw<{ count: bigint }[]>`SELECT count(*) FROM (${wanted}) AS told`,
  ]);
  const page = found.slice(0, asked.limit);
  const last = page.at(-1);
  const items = await paragraphs(database, page, { first: before + 1, zone });
  const nextCursor =
    found.length > asked.limit && last
      ? writeCursor([before + page.length, last.at.getTime(), last.of, last.key, last.number])
      : null;
  return { items, total: Number(counted?.count ?? 0), nextCursor };
}

function wantedOf(agreementId: string, zone: Zone, { type, workflow, by, notices, from, until }: Asked): Prisma.Sql {
  const and = (conditions: (Prisma.Sql | false)[]): Prisma.Sql =>
    Prisma.join(
      conditions.filter((one) => one !== false),
      ' AND ',
    );
  const days = (column: Prisma.Sql): (Prisma.Sql | false)[] => [
    from !== undefined && Prisma.sql`${column} >= ${new Date(instantAt(zone, from, '00:00'))}`,
    until !== undefined && Prisma.sql`${column} < ${new Date(instantAt(zone, until, '24:00'))}`,
  ];
  const events = Prisma.sql`
    SELECT 'event' AS "of", occurred_at AS at, workflow_id AS key, sequence AS number FROM event WHERE ${and([
      Prisma.sql`agreement_id = ${agreementId}::uuid`,
      type !== undefined && Prisma.sql`starts_with(workflow_id, ${`${type}/`})`,
      workflow !== undefined && Prisma.sql`workflow_id = ${workflow}`,
      by === 'people' && Prisma.sql`actor ->> 'via' IN ('link', 'api', 'cli')`,
      by === 'clock' && Prisma.sql`actor ->> 'via' NOT IN ('link', 'api', 'cli')`,
      ...days(Prisma.sql`occurred_at`),
    ])}`;
  const mails = Prisma.sql`
    SELECT 'notice' AS "of", at, id AS key, number FROM notice WHERE ${and([
      Prisma.sql`agreement_id = ${agreementId}::uuid`,
      type !== undefined && Prisma.sql`starts_with(id, ${`${type}/`})`,
      workflow !== undefined && Prisma.sql`starts_with(id, ${`${workflow}/n`})`,
      ...days(Prisma.sql`at`),
    ])}`;
  // A mail is nobody's act, nor time's.
  if (notices === 'without' || (by !== undefined && notices !== 'only')) return events;
  return notices === 'only' ? mails : Prisma.sql`${events} UNION ALL ${mails}`;
}

async function paragraphs(
  database: Database,
  places: readonly Place[],
  { first, zone }: { first: number; zone: Zone },
): Promise<Paragraph[]> {
  const ofEvents = places.filter(({ of }) => of === 'event');
  const ofNotices = places.filter(({ of }) => of === 'notice').map(({ key }) => key);
  const byWorkflow = grouped(ofEvents, ({ key }) => key);
  const [rows, notices, processes] = await Promise.all([
    byWorkflow.size === 0
      ? []
      : database.event.findMany({
          where: {
            OR: [...byWorkflow].map(([workflowId, own]) => ({
              workflowId,
              sequence: { in: own.map(({ number }) => number) },
            })),
          },
        }),
    database.notice.findMany({ where: { id: { in: ofNotices } } }),
    database.process.findMany({
      where: { workflowId: { in: [...byWorkflow.keys()] } },
      select: { workflowId: true, id: true, reference: true },
    }),
  ]);
  const views = await eventViews(database, rows, { zone, seesMoney: true });
  const eventAt = new Map(rows.map((row, index) => [`${row.workflowId} ${row.sequence}`, views[index]]));
  const noticeAt = new Map(notices.map((row) => [row.id, row]));
  const processOf = new Map(processes.map(({ workflowId, ...rest }) => [workflowId, rest]));
  const names = await namesOfPersons(
    database,
    notices.flatMap(({ personId }) => personId ?? []),
  );
  return places.flatMap(({ of, key, number }, index): Paragraph[] => {
    const type = WORKFLOW_TYPES.find((one) => key.startsWith(`${one}/`)) ?? 'agreement';
    if (of === 'event') {
      const event = eventAt.get(`${key} ${number}`);
      if (!event) return [];
      return [
        {
          of,
          number: first + index,
          workflowId: key,
          type,
          process: processOf.get(key) ?? null,
          told: toldOf(event.type),
          event,
        } as Paragraph,
      ];
    }
    const row = noticeAt.get(key);
    if (!row) return [];
    const iso = (at: Date | null): string | null => at && isoAt(zone, at.getTime());
    const notice = {
      id: row.id,
      at: isoAt(zone, row.at.getTime()),
      sentAt: iso(row.sentAt),
      kind: row.kind,
      seat: row.seat,
      role: row.role,
      to: row.address,
      ...(row.obligation === null ? {} : { obligation: row.obligation }),
      ...(row.occurrence === null ? {} : { occurrence: row.occurrence }),
      ...(row.rungs.length > 0 ? { rungs: row.rungs } : {}),
      subject: row.subject,
      clauses: row.clauses,
      status: row.status,
      possibleDuplicate: row.possibleDuplicate,
      ...(row.failure === null ? {} : { failure: row.failure }),
      name: names.get(row.personId ?? '') ?? null,
      messageId: row.messageId,
      bouncedAt: iso(row.bouncedAt),
    };
    return [{ of, number: first + index, workflowId: key.slice(0, key.lastIndexOf('/')), type, notice }];
  });
}
