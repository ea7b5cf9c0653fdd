import type { z } from 'zod';
import { surveyTitles } from '../../templates/survey-dimensions.ts';
import { resolveTerms } from '../../templates/terms.ts';
import { OVERALL } from '../../domain/survey/figures.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { ApiDeps } from '../deps.ts';
import { type Principal, reachOf } from '../policy.ts';
import { ownAgreements } from '../principal.ts';
import { Problem } from '../problem.ts';
import { type NamedAgreement, namedAgreements, ofAgreementsNamed } from '../process/agreements.ts';
import { type Belonging, type ProcessRow, improvementProcess } from '../process/rows.ts';
import { STAGES, type Stage, type stagesBoard, type stagesQuery } from './schema.ts';
import { summaryOf } from './view.ts';
import { wordingsOf } from './wording.ts';

type Board = z.output<typeof stagesBoard>;
type Asked = z.output<typeof stagesQuery>;
type Deps = Pick<ApiDeps, 'database' | 'clock'>;

/** As the indexes have it, word for word (prisma/migrations, survey_and_improvement_lists). */
const RAISED_AT = Prisma.sql`((p.input ->> 'raisedAtMs')::bigint)`;
const OPEN = Prisma.sql`p.type = 'improvement' AND p.status IN ('starting', 'raised', 'classified', 'planned', 'approved', 'implemented', 'effective')`;
const OVER = Prisma.sql`p.type = 'improvement' AND p.status IN ('closed', 'merged', 'dismissed', 'cancelled')`;

function ofStage(stage: Stage): Prisma.Sql {
  if (stage === 'over') return OVER;
  if (stage === 'raised') return Prisma.sql`${OPEN} AND p.status IN ('starting', 'raised')`;
  return Prisma.sql`${OPEN} AND p.status = ${stage}`;
}

/** A clock of it has run out (domain/improvement/clock.ts `clocksOf`); none runs while its agreement is suspended. */
const OVERDUE = Prisma.sql`(coalesce(p.snapshot -> 'suspended', 'null') = 'null' AND (
  (p.status IN ('raised', 'classified') AND p.snapshot -> 'causeOverdue' = 'true'
    AND p.snapshot -> 'causeFoundAtMs' = 'null' AND p.snapshot -> 'causeDue' <> 'null'
    AND coalesce(p.input #> '{rules,investigation}', 'null') <> 'null')
  OR (p.status = 'classified' AND p.snapshot -> 'planOverdue' = 'true' AND p.snapshot -> 'due' <> 'null')
  OR (p.status = 'approved' AND (
    jsonb_path_exists(p.snapshot, '$.measures[*] ? (@.overdue == true && @.completedAtMs == null)')
    OR (p.snapshot -> 'checkOverdue' = 'true' AND p.snapshot -> 'checkDue' <> 'null'
      AND coalesce(p.input #> '{rules,checks}', 'null') <> 'null')))
  OR (p.status = 'effective' AND p.snapshot -> 'answerOverdue' = 'true' AND p.snapshot -> 'answeredAtMs' = 'null')))`;

/** The findings of all agreements that somebody may see, by stage: open ones oldest first, those that are over newest first. */
export async function findingsSeenBy(
  deps: Deps,
  { reader, ownOf, asked }: { reader: Principal; ownOf: string | null; asked: Asked },
): Promise<Board> {
  if (asked.cursor !== undefined && asked.stage === undefined) throw stageMissing();
  const own = ownOf === null ? null : await ownAgreements(deps, ownOf);
  const narrowed = conditions(asked, own);
  const stages = asked.stage === undefined ? STAGES : [asked.stage];
  const [counts, found] = await Promise.all([
    countsOf(deps, narrowed),
    Promise.all(stages.map((stage) => placesOf(deps, stage, narrowed, asked))),
  ]);
  const items = await itemsOf(
    deps,
    found.flatMap((ids) => ids.slice(0, asked.limit)),
    reader,
  );
  return {
    columns: stages.map((stage, index) => {
      const ids = found[index] ?? [];
      const shown = ids.slice(0, asked.limit);
      const last = shown.at(-1);
      return {
        stage,
        count: counts(stage).count,
        overdue: counts(stage).overdue,
        items: shown.flatMap(({ id }) => items.get(id) ?? []),
        nextCursor: ids.length > asked.limit && last ? writeCursor([last.raisedAtMs, last.id]) : null,
      };
    }),
  };
}

function stageMissing(): Problem {
  return new Problem('invalid-request', {
    errors: [
      {
        path: 'stage',
        message: { zh: '翻页时须指明是哪一列', en: 'is missing: a page goes on in one column' },
        cure: { zh: `可用：${STAGES.join('、')}`, en: `use one of ${STAGES.join(', ')}` },
      },
    ],
  });
}

function conditions({ priority, source, overdue, reopened, search }: Asked, own: readonly string[] | null) {
  const words = search?.trim() ?? '';
  return [
    ...(own === null ? [] : [Prisma.sql`p.agreement_id = ANY(${own}::uuid[])`]),
    ...(priority === undefined ? [] : [Prisma.sql`p.snapshot ->> 'priority' = ${priority}`]),
    ...(source === undefined ? [] : [Prisma.sql`p.input #>> '{finding,source}' = ${source}`]),
    ...(overdue === undefined ? [] : [OVERDUE]),
    ...(reopened === undefined ? [] : [Prisma.sql`(p.snapshot ->> 'round')::int > 1`]),
    ...(words === '' ? [] : [ofAgreementsNamed(words)]),
  ];
}

interface Place {
  id: string;
  raisedAtMs: number;
}

async function placesOf(
  { database }: Deps,
  stage: Stage,
  narrowed: Prisma.Sql[],
  { cursor, limit }: Asked,
): Promise<Place[]> {
  const isOver = stage === 'over';
  const beyond: Prisma.Sql[] = [];
  if (cursor !== undefined) {
    const [raisedAtMs, id] = readCursor(cursor, ['instant', 'uuid']);
    const place = Prisma.sql`(${raisedAtMs}::bigint, ${id}::uuid)`;
    beyond.push(isOver ? Prisma.sql`(${RAISED_AT}, p.id) < ${place}` : Prisma.sql`(${RAISED_AT}, p.id) > ${place}`);
  }
  const where = Prisma.join([ofStage(stage), ...narrowed, ...beyond], ' AND ');
  const order = isOver ? Prisma.sql`2 DESC, p.id DESC` : Prisma.sql`2, p.id`;
  const rows = await database.$queryRaw<{ id: string; raisedAtMs: bigint }[]>`
    SELECT p.id::text AS id, ${RAISED_AT} AS "raisedAtMs" FROM process p WHERE ${where}
    ORDER BY ${order} LIMIT ${limit + 1}`;
  return rows.map(({ id, raisedAtMs }) => ({ id, raisedAtMs: Number(raisedAtMs) }));
}

async function countsOf(
  { database }: Deps,
  narrowed: Prisma.Sql[],
): Promise<(stage: Stage) => { count: number; overdue: number }> {
  // Of all by status the index alone tells; who is late is looked up among those that are open.
  const all = Prisma.join([Prisma.sql`p.type = 'improvement'`, ...narrowed], ' AND ');
  const late = Prisma.join([OPEN, OVERDUE, ...narrowed], ' AND ');
  const [counted, overdue] = await Promise.all([
    database.$queryRaw<Counted[]>`SELECT p.status, count(*)::int AS count FROM process p WHERE ${all} GROUP BY 1`,
    database.$queryRaw<Counted[]>`SELECT p.status, count(*)::int AS count FROM process p WHERE ${late} GROUP BY 1`,
  ]);
  const sum = (rows: readonly Counted[], stage: Stage): number =>
    rows.filter(({ status }) => stageOf(status) === stage).reduce((total, { count }) => total + count, 0);
  return (stage) => ({ count: sum(counted, stage), overdue: sum(overdue, stage) });
}

interface Counted {
  status: string;
  count: number;
}

function stageOf(status: string): Stage {
  if (status === 'starting') return 'raised';
  return STAGES.find((stage) => stage === status) ?? 'over';
}

async function itemsOf(
  { database }: Deps,
  shown: readonly Place[],
  reader: Principal,
): Promise<Map<string, Board['columns'][number]['items'][number]>> {
  const rows: ProcessRow[] = await database.process.findMany({ where: { id: { in: shown.map(({ id }) => id) } } });
  const agreementIds = [...new Set(rows.map(({ agreementId }) => agreementId))];
  const processes = rows.map(improvementProcess);
  const reads = reachOf('record.read', reader) !== 'none';
  const [agreementOf, wordingOf] = await Promise.all([
    namedAgreements(database, agreementIds),
    wordingsOf(database, agreementIds, reads ? processes : []),
  ]);
  return new Map(
    processes.flatMap((one) => {
      const agreement = agreementOf(one.row.agreementId);
      if (!agreement) return [];
      const summary = summaryOf(titled(agreement), one, wordingOf(one.row.workflowId));
      return [[one.row.id, { ...summary, agreement: agreement.shown }] as const];
    }),
  );
}

/** What its template and its terms call dimensions: as entered, since a list looks at no amendment. */
function titled({ template, draft, seat }: NamedAgreement): Pick<Belonging, 'seat' | 'dimension'> {
  const known = template ? surveyTitles(template, resolveTerms(template, draft.terms ?? {})).dimensions : {};
  const overall = { zh: '总体满意度', en: 'Satisfaction as a whole' };
  return {
    seat,
    dimension: (id) => ({ id, title: known[id] ?? (id === OVERALL ? overall : { zh: id, en: id }) }),
  };
}
