import type { z } from 'zod';
import { wantedAt } from '../../domain/case/clock-standing.ts';
import type { Text } from '../../domain/time.ts';
import type { Database } from '../../prisma/database.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { caseRulesIn } from '../../templates/compile-case.ts';
import { newestTemplates } from '../../templates/library.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { ApiDeps } from '../deps.ts';
import type { Principal } from '../policy.ts';
import { ownAgreements } from '../principal.ts';
import { type AgreementName, agreementNames } from '../process/agreement-names.ts';
import { type CaseProcess, caseProcess } from '../process/rows.ts';
import { type CaseWords, summariesOf } from './listing.ts';
import type { deskList, deskQuery } from './schema.ts';

type List = z.output<typeof deskList>;
type Asked = z.output<typeof deskQuery>;
type Deps = Pick<ApiDeps, 'database' | 'clock'>;

/** So many are brought up to date before a page is read; more wait for the next. */
const REPAIRED = 200;
const HOUR_MS = 3_600_000;

/**
 * Cases of all agreements that somebody may see. Those under way: what ran out or runs out first stands first. Of closed ones,
 * or of all, the last that came in.
 *
 * @param ownOf the person whose agreements they must be of; null: all
 */
export async function deskOf(
  deps: Deps,
  { reader, asked, ownOf }: { reader: Principal; asked: Asked; ownOf: string | null },
): Promise<List> {
  const { database, clock } = deps;
  const nowMs = clock();
  await bringUpToDate(database, nowMs);
  const own = ownOf === null ? null : await ownAgreements(deps, ownOf);
  const where = conditions({ asked, own, reader, nowMs });
  const { ids, nextCursor } = await page(database, where, asked);
  const [rows, counts] = await Promise.all([
    database.process.findMany({ where: { id: { in: ids } } }),
    countsOf(database, own, nowMs),
  ]);
  const known = new Map(rows.map((row) => [row.id, row]));
  const cases = ids.flatMap((id) => known.get(id) ?? []).map(caseProcess);
  const names = await agreementNames(
    database,
    cases.map(({ row }) => row.agreementId),
  );
  const summaries = await summariesOf(database, { words: wordsIn(names), reader, nowMs }, cases);
  const assignees = await peopleOf(database, cases);
  return {
    asOf: new Date(nowMs).toISOString(),
    items: cases.flatMap((one, index) => {
      const summary = summaries[index];
      const agreement = names.get(one.row.agreementId);
      if (!summary || !agreement) return [];
      return [{ ...summary, assignee: assigneeOf(one, agreement, assignees), agreement: agreement.shown }];
    }),
    nextCursor,
    counts,
    handlers: knownHandlers(),
  };
}

function conditions({
  asked,
  own,
  reader,
  nowMs,
}: {
  asked: Asked;
  own: string[] | null;
  reader: Principal;
  nowMs: number;
}): Prisma.Sql[] {
  const { status, type, severity, priority, tier, due, handler, agreement, customer, search, mine } = asked;
  const handledBy = Prisma.sql`coalesce(p.snapshot ->> 'handler', p.input -> 'rules' ->> 'handler')`;
  const personId = reader.kind === 'account' ? reader.personId : null;
  return [
    Prisma.sql`p.type = 'case'`,
    ...(own === null ? [] : [Prisma.sql`p.agreement_id = ANY(${own}::uuid[])`]),
    ...(status === 'under-way'
      ? [UNDER_WAY]
      : status === 'all'
        ? []
        : status === 'closed'
          ? [Prisma.sql`p.status = 'closed'`]
          : [UNDER_WAY, Prisma.sql`p.status = ${status}`]),
    ...(type ? [Prisma.sql`p.input ->> 'caseType' = ${type}`] : []),
    ...(severity ? [Prisma.sql`coalesce(p.snapshot ->> 'severity', p.input ->> 'severity') = ${severity}`] : []),
    ...(priority ? [Prisma.sql`coalesce(p.snapshot ->> 'priority', p.input ->> 'priority') = ${priority}`] : []),
    ...(tier ? [Prisma.sql`p.input ->> 'tier' = ${tier}`] : []),
    ...(handler ? [Prisma.sql`${handledBy} = ${handler}`] : []),
    ...(agreement ? [Prisma.sql`p.agreement_id = ${agreement}::uuid`] : []),
    ...(customer ? [Prisma.sql`p.input ->> 'customerId' = ${customer}`] : []),
    ...(due ? [dueIn(due, nowMs)] : []),
    ...(mine === 'true'
      ? [
          Prisma.sql`(EXISTS (SELECT FROM seat WHERE seat.agreement_id = p.agreement_id AND seat.seat = ${handledBy}
              AND seat.person_id = ${personId}::uuid)
            OR p.snapshot ->> 'assignee' = ${`person:${personId ?? ''}`})`,
        ]
      : []),
    ...(search
      ? [
          Prisma.sql`(position(lower(${search}) IN lower(p.reference)) > 0
            OR position(lower(${search}) IN lower(coalesce(p.text ->> 'topic', ''))) > 0)`,
        ]
      : []),
  ];
}

// As the indexes have it, word for word (migration desks_over_all_agreements).
const UNDER_WAY = Prisma.sql`p.status <> 'closed'`;
const WANTED = Prisma.sql`coalesce(p.next_due_at, 'infinity'::timestamptz)`;
const OPENED = Prisma.sql`(p.input ->> 'openedAtMs')::bigint`;

/** `late`: a clock ran out; else the next clock runs out within so many hours. */
function dueIn(due: NonNullable<Asked['due']>, nowMs: number): Prisma.Sql {
  const now = new Date(nowMs);
  if (due === 'late') return Prisma.sql`${UNDER_WAY} AND ${WANTED} <= ${now}::timestamptz`;
  const until = new Date(nowMs + Number(due) * HOUR_MS);
  return Prisma.sql`${UNDER_WAY} AND ${WANTED} > ${now}::timestamptz AND ${WANTED} <= ${until}::timestamptz`;
}

async function page(
  database: Database,
  where: readonly Prisma.Sql[],
  { status, limit, cursor }: Asked,
): Promise<{ ids: string[]; nextCursor: string | null }> {
  const isByDue = status !== 'closed' && status !== 'all';
  const after =
    cursor === undefined ? [] : [isByDue ? afterDue(readCursor(cursor, ['string', 'uuid'])) : afterOpened(cursor)];
  const all = Prisma.join([...where, ...after], ' AND ');
  const rows = isByDue
    ? await database.$queryRaw<{ id: string; place: string }[]>`
        SELECT p.id::text AS id, ${WANTED}::text AS place FROM process p
        WHERE ${all} ORDER BY ${WANTED}, p.id LIMIT ${limit + 1}`
    : await database.$queryRaw<{ id: string; place: bigint }[]>`
        SELECT p.id::text AS id, ${OPENED} AS place FROM process p
        WHERE ${all} ORDER BY ${OPENED} DESC, p.id DESC LIMIT ${limit + 1}`;
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    ids: shown.map(({ id }) => id),
    nextCursor:
      rows.length > limit && last
        ? writeCursor([typeof last.place === 'bigint' ? Number(last.place) : last.place, last.id])
        : null,
  };
}

/** An instant as Postgres writes it, or `infinity`: whatever else was sent finds nothing. */
function afterDue([place, id]: readonly [string, string]): Prisma.Sql {
  const at = /^(?:infinity|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d(?::\d\d)?)$/.test(place)
    ? place
    : 'infinity';
  return Prisma.sql`(${WANTED}, p.id) > (${at}::timestamptz, ${id}::uuid)`;
}

function afterOpened(cursor: string): Prisma.Sql {
  const [openedAtMs, id] = readCursor(cursor, ['instant', 'uuid']);
  return Prisma.sql`(${OPENED}, p.id) < (${openedAtMs}::bigint, ${id}::uuid)`;
}

/** Of all that are under way, whatever is filtered; no further than `COUNTED`. */
async function countsOf(database: Database, own: string[] | null, nowMs: number): Promise<List['counts']> {
  const [now, soon] = [new Date(nowMs), new Date(nowMs + SOON_HOURS * HOUR_MS)];
  const reach = own === null ? Prisma.sql`TRUE` : Prisma.sql`p.agreement_id = ANY(${own}::uuid[])`;
  const counted = (when: Prisma.Sql): Prisma.Sql => Prisma.sql`(SELECT count(*) FROM (
    SELECT FROM process p WHERE p.type = 'case' AND ${UNDER_WAY} AND ${reach} AND ${when} LIMIT ${COUNTED}) AS counted)`;
  const [row] = await database.$queryRaw<{ underWay: bigint; late: bigint; soon: bigint }[]>`
    SELECT ${counted(Prisma.sql`TRUE`)} AS "underWay", ${counted(Prisma.sql`${WANTED} <= ${now}::timestamptz`)} AS late,
      ${counted(Prisma.sql`${WANTED} > ${now}::timestamptz AND ${WANTED} <= ${soon}::timestamptz`)} AS soon`;
  return {
    underWay: Number(row?.underWay ?? 0),
    late: Number(row?.late ?? 0),
    soon: Number(row?.soon ?? 0),
    most: COUNTED,
  };
}

/** Counting goes no further: more is "1000 or more". */
const COUNTED = 1_000;
/** What counts as near its breach on the desk. */
const SOON_HOURS = 4;

/** Rows of an earlier release have no due time yet. */
async function bringUpToDate(database: Database, nowMs: number): Promise<void> {
  const stale = await database.$queryRaw<{ id: string }[]>`
    SELECT id::text AS id FROM process WHERE type = 'case' AND status <> 'closed' AND due_sequence < sequence
    LIMIT ${REPAIRED}`;
  if (stale.length === 0) return;
  const rows = await database.process.findMany({ where: { id: { in: stale.map(({ id }) => id) } } });
  const reckoned = rows.map((row) => {
    const atMs = wantedAt(caseProcess(row).state, nowMs);
    return { id: row.id, sequence: row.sequence, at: atMs === null ? null : new Date(atMs).toISOString() };
  });
  await database.$executeRaw`
    UPDATE process SET next_due_at = one.at, due_sequence = one.sequence
    FROM jsonb_to_recordset(${JSON.stringify(reckoned)}::jsonb) AS one (id uuid, sequence int, at timestamptz)
    WHERE process.id = one.id AND process.sequence = one.sequence`;
}

function wordsIn(names: Map<string, AgreementName>): (agreementId: string) => CaseWords {
  return (agreementId) => {
    const seat = (id: string) => names.get(agreementId)?.seat(id) ?? { seat: id, title: { zh: id, en: id } };
    return { seat, category: (id) => ({ zh: id, en: id }) };
  };
}

/** Names of the members of staff that cases were given to. */
async function peopleOf(database: Database, cases: readonly CaseProcess[]): Promise<Map<string, string>> {
  const ids = cases.flatMap(({ state: { assignee } }) =>
    assignee?.startsWith('person:') ? [assignee.slice('person:'.length)] : [],
  );
  if (ids.length === 0) return new Map();
  const rows = await database.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

function assigneeOf(
  { state: { assignee } }: CaseProcess,
  agreement: AgreementName,
  people: Map<string, string>,
): List['items'][number]['assignee'] {
  if (assignee === null) return null;
  if (assignee === 'person') return { seat: null, name: null };
  if (!assignee.startsWith('person:')) return { seat: agreement.seat(assignee), name: null };
  return { seat: null, name: people.get(assignee.slice('person:'.length)) ?? null };
}

/** Seats and departments that the templates give cases to, for a filter. */
function knownHandlers(): List['handlers'] {
  const found = new Map<string, Text>();
  for (const template of newestTemplates()) {
    for (const { handler, provider } of caseRulesIn(template)) {
      const seat = handler ?? provider;
      const title =
        seat === undefined
          ? undefined
          : (template.seats.find(({ id }) => id === seat)?.title ?? template.parties[seat]);
      if (seat !== undefined && title && !found.has(seat)) found.set(seat, title);
    }
  }
  return [...found].map(([seat, title]) => ({ seat, title }));
}
