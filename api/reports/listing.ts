import type { z } from 'zod';
import { isoAt } from '../../domain/zone.ts';
import type { Database } from '../../prisma/database.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { zoneData } from '../../templates/zone-data.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { ApiDeps } from '../deps.ts';
import { grouped } from '../grouped.ts';
import { ownAgreements } from '../principal.ts';
import { type AgreementName, agreementNames } from '../process/agreement-names.ts';
import { surveyProcess } from '../process/rows.ts';
import { matterTitle, templateOf } from '../views.ts';
import type { reportList, reportQuery } from './listing-schema.ts';

type List = z.output<typeof reportList>;
type Item = List['items'][number];
type Asked = z.output<typeof reportQuery>;
type Deps = Pick<ApiDeps, 'database' | 'clock'>;
type Own = string[] | null;

/**
 * Reports of all agreements that somebody may see: those that contracts ask for, those of survey cycles, or certificates.
 * Missing ones: the longest due first; else the latest first.
 *
 * @param ownOf the person whose agreements they must be of; null: all
 */
export async function reportsOf(deps: Deps, { asked, ownOf }: { asked: Asked; ownOf: string | null }): Promise<List> {
  const own = ownOf === null ? null : await ownAgreements(deps, ownOf);
  switch (asked.kind) {
    case 'duty':
      return duties(deps.database, asked, own);
    case 'survey':
      return surveys(deps.database, asked, own);
    case 'certificate':
      return certificates(deps.database, asked, own);
  }
}

const MISSING = ['pending', 'rework', 'overdue'];
const THERE = ['in-review', 'fulfilled', 'fulfilled-late'];
const STATES: Record<string, Item['state']> = {
  pending: 'due',
  overdue: 'overdue',
  rework: 'returned',
  'in-review': 'sent',
  fulfilled: 'acknowledged',
  'fulfilled-late': 'acknowledged',
};

function among(own: Own, agreement: string | undefined): Prisma.Sql[] {
  return [
    ...(own === null ? [] : [Prisma.sql`agreement_id = ANY(${own}::uuid[])`]),
    ...(agreement === undefined ? [] : [Prisma.sql`agreement_id = ${agreement}::uuid`]),
  ];
}

/** From the first to the last day, both whole. */
function within(instant: Prisma.Sql, { from, until }: Asked): Prisma.Sql[] {
  return [
    ...(from === undefined ? [] : [Prisma.sql`${instant} >= ${new Date(`${from}T00:00:00Z`)}`]),
    ...(until === undefined
      ? []
      : [Prisma.sql`${instant} < ${new Date(Date.parse(`${until}T00:00:00Z`) + 86_400_000)}`]),
  ];
}

// As the indexes have it, word for word (migration desks_over_all_agreements).
const REPORTS = Prisma.sql`kind IN ('report', 'analysis') AND due_at IS NOT NULL`;

/** Reports and analyses that are duties of their agreements, with the files that were handed in. */
async function duties(database: Database, asked: Asked, own: Own): Promise<List> {
  const { limit, cursor, state, agreement } = asked;
  const isMissing = state === 'missing';
  const statuses = isMissing ? MISSING : state === 'there' ? THERE : [...MISSING, ...THERE];
  const where = [
    REPORTS,
    Prisma.sql`status = ANY(${statuses})`,
    ...among(own, agreement),
    ...within(Prisma.sql`due_at`, asked),
  ];
  if (cursor !== undefined) {
    const [dueAt, agreementId, id, occurrence] = readCursor(cursor, ['instant', 'uuid', 'string', 'string']);
    const place = Prisma.sql`(${new Date(dueAt)}, ${agreementId}::uuid, ${id}, ${occurrence})`;
    where.push(
      isMissing
        ? Prisma.sql`(due_at, agreement_id, id, occurrence) > ${place}`
        : Prisma.sql`(due_at, agreement_id, id, occurrence) < ${place}`,
    );
  }
  const order = isMissing
    ? Prisma.sql`due_at, agreement_id, id, occurrence`
    : Prisma.sql`due_at DESC, agreement_id DESC, id DESC, occurrence DESC`;
  const found = await database.$queryRaw<Duty[]>`
    SELECT agreement_id::text AS "agreementId", id, occurrence, status, responsible, due_at AS "dueAt",
      local_date AS "localDate", fulfilled_at AS "fulfilledAt"
    FROM obligation WHERE ${Prisma.join(where, ' AND ')} ORDER BY ${order} LIMIT ${limit + 1}`;
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const [names, documents] = await Promise.all([
    agreementNames(
      database,
      shown.map(({ agreementId }) => agreementId),
    ),
    filesOf(database, shown),
  ]);
  return {
    items: shown.flatMap((one): Item[] => {
      const name = names.get(one.agreementId);
      if (!name) return [];
      const reference = referenceOf(one);
      return [
        {
          ...plain(name),
          kind: 'duty',
          id: `${one.agreementId}/${reference}`,
          reference,
          title: matterTitle(templateOf(name.template), reference),
          state: STATES[one.status] ?? 'due',
          dueOn: one.localDate,
          at: one.fulfilledAt && isoAt(zoneData(name.shown.zone), one.fulfilledAt.getTime()),
          responsible: name.seat(one.responsible).title,
          documents: documents.get(`${one.agreementId}/${reference}`) ?? [],
        },
      ];
    }),
    nextCursor:
      found.length > limit && last
        ? writeCursor([last.dueAt.getTime(), last.agreementId, last.id, last.occurrence])
        : null,
  };
}

interface Duty {
  agreementId: string;
  id: string;
  occurrence: string;
  status: string;
  responsible: string;
  dueAt: Date;
  localDate: string | null;
  fulfilledAt: Date | null;
}

const referenceOf = ({ id, occurrence }: Pick<Duty, 'id' | 'occurrence'>): string =>
  occurrence === '' ? id : `${id}#${occurrence}`;

/** Files of the hand-ins of these duties, the latest first, by `<agreement>/<duty>`. */
async function filesOf(database: Database, duties: readonly Duty[]): Promise<Map<string, Item['documents']>> {
  const handedIn = duties.filter(({ status }) => THERE.includes(status));
  if (handedIn.length === 0) return new Map();
  const rows = await database.$queryRaw<
    { agreementId: string; obligation: string; occurrence: string; id: string; fileName: string; size: number }[]
  >`
    SELECT document.agreement_id::text AS "agreementId", event.obligation, coalesce(event.occurrence, '') AS occurrence,
      document.id::text AS id, document.file_name AS "fileName", stored.size
    FROM event JOIN agreement_document AS document
      ON document.agreement_id = event.agreement_id AND document.command_id = event.command_id
    JOIN document AS stored ON stored.sha256 = document.sha256
    WHERE event.agreement_id = ANY(${[...new Set(handedIn.map(({ agreementId }) => agreementId))]}::uuid[])
      AND event.type = 'deliverable-submitted' AND event.obligation = ANY(${[...new Set(handedIn.map(({ id }) => id))]})
    ORDER BY event.sequence DESC, document.file_name`;
  const byDuty = grouped(rows, (row) => `${row.agreementId}/${referenceOf({ ...row, id: row.obligation })}`);
  return new Map(
    [...byDuty].map(([key, files]) => [key, files.map(({ id, fileName, size }) => ({ id, fileName, size }))]),
  );
}

/** What all kinds of report have. */
function plain({
  shown,
}: AgreementName): Pick<Item, 'agreement' | 'nil' | 'person' | 'survey' | 'training' | 'documents' | 'responsible'> {
  return {
    ...{ agreement: shown, nil: false, person: null, survey: null, training: null, documents: [], responsible: null },
  };
}

const CLOSED = Prisma.sql`(p.snapshot ->> 'closedAtMs')::bigint`;

/** Reports of survey cycles: figures that wait for their release, and those that were released. */
async function surveys(database: Database, asked: Asked, own: Own): Promise<List> {
  const { limit, cursor, state, agreement, from, until } = asked;
  const isMissing = state === 'missing';
  const where = [
    Prisma.sql`p.type = 'survey' AND p.status IN ('closed', 'analysed', 'reported')
      AND (p.snapshot ->> 'closedAtMs') IS NOT NULL`,
    ...(isMissing
      ? [Prisma.sql`p.status <> 'reported'`]
      : state === 'there'
        ? [Prisma.sql`p.status = 'reported'`]
        : []),
    ...among(own, agreement),
    ...(from === undefined ? [] : [Prisma.sql`${CLOSED} >= ${Date.parse(`${from}T00:00:00Z`)}`]),
    ...(until === undefined ? [] : [Prisma.sql`${CLOSED} < ${Date.parse(`${until}T00:00:00Z`) + 86_400_000}`]),
  ];
  if (cursor !== undefined) {
    const [closedAt, id] = readCursor(cursor, ['instant', 'uuid']);
    const place = Prisma.sql`(${closedAt}::bigint, ${id}::uuid)`;
    where.push(isMissing ? Prisma.sql`(${CLOSED}, p.id) > ${place}` : Prisma.sql`(${CLOSED}, p.id) < ${place}`);
  }
  const order = isMissing ? Prisma.sql`${CLOSED}, p.id` : Prisma.sql`${CLOSED} DESC, p.id DESC`;
  const found = await database.$queryRaw<{ id: string; closedAt: bigint }[]>`
    SELECT p.id::text AS id, ${CLOSED} AS "closedAt" FROM process p
    WHERE ${Prisma.join(where, ' AND ')} ORDER BY ${order} LIMIT ${limit + 1}`;
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const rows = await database.process.findMany({ where: { id: { in: shown.map(({ id }) => id) } } });
  const names = await agreementNames(
    database,
    rows.map(({ agreementId }) => agreementId),
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  return {
    items: shown.flatMap(({ id }): Item[] => {
      const row = known.get(id);
      const name = row && names.get(row.agreementId);
      if (!row || !name) return [];
      const { input, state: now } = surveyProcess(row);
      return [
        {
          ...plain(name),
          kind: 'survey',
          id,
          reference: row.reference,
          title: matterTitle(templateOf(name.template), row.reference),
          state: row.status === 'reported' ? 'released' : row.status === 'analysed' ? 'draft' : 'due',
          dueOn: now.due?.localDate ?? null,
          at: now.releasedAtMs === null ? null : isoAt(input.zone, now.releasedAtMs),
          nil: now.answered === 0,
          survey: id,
        },
      ];
    }),
    nextCursor: found.length > limit && last ? writeCursor([Number(last.closedAt), last.id]) : null,
  };
}

/** Certificates of training, the last that was issued first. */
async function certificates(database: Database, asked: Asked, own: Own): Promise<List> {
  const { limit, cursor, agreement, state } = asked;
  if (state === 'missing') return { items: [], nextCursor: null };
  const where = [
    Prisma.sql`type = 'certificate-issued'`,
    ...among(own, agreement),
    ...within(Prisma.sql`occurred_at`, asked),
  ];
  if (cursor !== undefined) {
    const [at, workflowId, sequence] = readCursor(cursor, ['instant', 'string', 'number']);
    where.push(Prisma.sql`(occurred_at, workflow_id, sequence) < (${new Date(at)}, ${workflowId}, ${sequence})`);
  }
  const found = await database.$queryRaw<
    { agreementId: string; workflowId: string; sequence: number; at: Date; body: string }[]
  >`
    SELECT agreement_id::text AS "agreementId", workflow_id AS "workflowId", sequence, occurred_at AS at, body
    FROM event WHERE ${Prisma.join(where, ' AND ')}
    ORDER BY occurred_at DESC, workflow_id DESC, sequence DESC LIMIT ${limit + 1}`;
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const said = shown.map(({ body }) => JSON.parse(body) as { trainee: string; number: string });
  const [names, sessions, people] = await Promise.all([
    agreementNames(
      database,
      shown.map(({ agreementId }) => agreementId),
    ),
    database.process.findMany({
      where: { workflowId: { in: shown.map(({ workflowId }) => workflowId) } },
      select: { id: true, workflowId: true, reference: true },
    }),
    database.person.findMany({
      where: { id: { in: said.map(({ trainee }) => trainee) }, erasedAt: null },
      select: { id: true, name: true },
    }),
  ]);
  const session = new Map(sessions.map((one) => [one.workflowId, one]));
  const person = new Map(people.map(({ id, name }) => [id, name]));
  return {
    items: shown.flatMap((one, index): Item[] => {
      const name = names.get(one.agreementId);
      const of = session.get(one.workflowId);
      const { trainee, number } = said[index] ?? { trainee: '', number: '' };
      if (!name || !of) return [];
      return [
        {
          ...plain(name),
          kind: 'certificate',
          id: `${one.workflowId}/${String(one.sequence)}`,
          reference: number,
          title: { zh: `培训合格证书 ${number}`, en: `Certificate of training ${number}` },
          state: 'released',
          dueOn: null,
          at: isoAt(zoneData(name.shown.zone), one.at.getTime()),
          person: person.get(trainee) ?? null,
          training: { id: of.id, trainee, number },
        },
      ];
    }),
    nextCursor: found.length > limit && last ? writeCursor([last.at.getTime(), last.workflowId, last.sequence]) : null,
  };
}
