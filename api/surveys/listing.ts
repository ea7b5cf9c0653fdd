import type { z } from 'zod';
import { Prisma } from '../../prisma/generated/client.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { ApiDeps } from '../deps.ts';
import { ownAgreements } from '../principal.ts';
import { namedAgreements, ofAgreementsNamed } from '../process/agreements.ts';
import { surveyProcess } from '../process/rows.ts';
import { liveNumbers } from './numbers.ts';
import type { cyclePage, cyclesQuery } from './schema.ts';
import { summaryOf } from './view.ts';

type Page = z.output<typeof cyclePage>;
type Asked = z.output<typeof cyclesQuery>;
type Deps = Pick<ApiDeps, 'database' | 'clock'>;

/** As the indexes have it, word for word: so they are used (prisma/migrations, survey_and_improvement_lists). */
const RUNNING = Prisma.sql`p.type = 'survey' AND p.status IN ('starting', 'planned', 'missed', 'open', 'closed', 'analysed')`;
const OVER = Prisma.sql`p.type = 'survey' AND p.status IN ('reported', 'elsewhere', 'cancelled')`;
const DUE = Prisma.sql`((p.input -> 'due' ->> 'dueAtMs')::bigint)`;

type Phase = 'running' | 'over';

interface Place {
  phase: Phase;
  dueAtMs: number;
  id: string;
}

/** One page of the cycles of all agreements that somebody may see: running ones by their due day, then the latest that are over. */
export async function cyclesSeenBy(
  deps: Deps,
  { ownOf, asked }: { ownOf: string | null; asked: Asked },
): Promise<Page> {
  const { clock } = deps;
  const nowMs = clock();
  const own = ownOf === null ? null : await ownAgreements(deps, ownOf);
  const narrowed = conditions(asked, own, nowMs);
  const from = asked.cursor === undefined ? undefined : placeOf(asked.cursor);
  const phases: Phase[] = asked.standing ? [asked.standing] : ['running', 'over'];
  const found: Place[] = [];
  for (const phase of phases) {
    const isPassed = from?.phase === 'over' && phase === 'running';
    if (isPassed || found.length > asked.limit) continue;
    const after = from?.phase === phase ? from : undefined;
    found.push(...(await places(deps, { phase, narrowed, after, most: asked.limit + 1 - found.length })));
  }
  const shown = found.slice(0, asked.limit);
  const last = shown.at(-1);
  return {
    items: await itemsOf(deps, shown, nowMs),
    nextCursor: found.length > asked.limit && last ? writeCursor([last.phase, last.dueAtMs, last.id]) : null,
    counts: asked.cursor === undefined ? await countsOf(deps, own, nowMs) : null,
  };
}

function placeOf(cursor: string): Place {
  const [phase, dueAtMs, id] = readCursor(cursor, ['string', 'instant', 'uuid']);
  return { phase: phase === 'over' ? 'over' : 'running', dueAtMs, id };
}

/** Its result was due, and nothing was handed in (api/surveys/view.ts `isOverdue`). */
function overdueAt(nowMs: number): Prisma.Sql {
  return Prisma.sql`(p.status = 'missed' OR (p.status IN ('planned', 'open')
    AND (p.snapshot -> 'due' ->> 'dueAtMs')::bigint <= ${nowMs}::bigint))`;
}

function conditions({ status, overdue, search }: Asked, own: readonly string[] | null, nowMs: number): Prisma.Sql[] {
  const words = search?.trim() ?? '';
  return [
    ...(own === null ? [] : [Prisma.sql`p.agreement_id = ANY(${own}::uuid[])`]),
    ...(status === undefined ? [] : [Prisma.sql`p.status = ${status}`]),
    ...(overdue === undefined ? [] : [overdueAt(nowMs)]),
    ...(words === '' ? [] : [ofAgreementsNamed(words)]),
  ];
}

async function places(
  { database }: Deps,
  { phase, narrowed, after, most }: { phase: Phase; narrowed: Prisma.Sql[]; after: Place | undefined; most: number },
): Promise<Place[]> {
  const isRunning = phase === 'running';
  const beyond =
    after === undefined
      ? []
      : isRunning
        ? [Prisma.sql`(${DUE}, p.id) > (${after.dueAtMs}::bigint, ${after.id}::uuid)`]
        : [Prisma.sql`(${DUE}, p.id) < (${after.dueAtMs}::bigint, ${after.id}::uuid)`];
  const where = Prisma.join([isRunning ? RUNNING : OVER, ...narrowed, ...beyond], ' AND ');
  const order = isRunning ? Prisma.sql`2, p.id` : Prisma.sql`2 DESC, p.id DESC`;
  const rows = await database.$queryRaw<{ id: string; dueAtMs: bigint }[]>`
    SELECT p.id::text AS id, ${DUE} AS "dueAtMs" FROM process p WHERE ${where} ORDER BY ${order} LIMIT ${most}`;
  return rows.map(({ id, dueAtMs }) => ({ phase, id, dueAtMs: Number(dueAtMs) }));
}

async function itemsOf({ database }: Deps, shown: readonly Place[], nowMs: number): Promise<Page['items']> {
  const rows = await database.process.findMany({ where: { id: { in: shown.map(({ id }) => id) } } });
  const [agreementOf, live] = await Promise.all([
    namedAgreements(
      database,
      rows.map(({ agreementId }) => agreementId),
    ),
    liveNumbers(
      database,
      rows.map(({ workflowId }) => workflowId),
    ),
  ]);
  return shown.flatMap(({ id }) => {
    const row = rows.find((one) => one.id === id);
    const agreement = row && agreementOf(row.agreementId);
    if (!agreement) return [];
    const cycle = surveyProcess(row);
    return [
      {
        ...summaryOf(agreement, cycle, live(row.workflowId), nowMs),
        agreement: agreement.shown,
        minimumSample: cycle.input.survey.minimumSample,
      },
    ];
  });
}

async function countsOf({ database }: Deps, own: readonly string[] | null, nowMs: number): Promise<Page['counts']> {
  const seen = own === null ? Prisma.sql`TRUE` : Prisma.sql`p.agreement_id = ANY(${own}::uuid[])`;
  const [counts] = await database.$queryRaw<{ running: number; overdue: number; open: number }[]>`
    SELECT count(*)::int AS running, count(*) FILTER (WHERE ${overdueAt(nowMs)})::int AS overdue,
      count(*) FILTER (WHERE p.status = 'open')::int AS open
    FROM process p WHERE ${RUNNING} AND ${seen}`;
  return counts ?? { running: 0, overdue: 0, open: 0 };
}
