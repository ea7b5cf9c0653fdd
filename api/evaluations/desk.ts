import type { z } from 'zod';
import { localDateAt } from '../../domain/zone.ts';
import type { Database } from '../../prisma/database.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import type { ApiDeps } from '../deps.ts';
import { type Principal, reachOf } from '../policy.ts';
import { ownAgreements } from '../principal.ts';
import { Problem } from '../problem.ts';
import { type AgreementName, agreementNames } from '../process/agreement-names.ts';
import { templateOf } from '../views.ts';
import { calledBy, namesIn } from './people.ts';
import { type EvaluationProcess, evaluationProcess, evaluationsOf, findEvaluation, whoIn } from './rows.ts';
import type { evaluationDesk, evaluationDeskQuery, evaluationHistory } from './schema.ts';
import { type Onlooker, type Sight, onlookerOf, sightOf } from './seen.ts';
import { type Titles, evaluationBelonging } from './titles.ts';
import { summaryOf } from './view.ts';

type List = z.output<typeof evaluationDesk>;
type Asked = z.output<typeof evaluationDeskQuery>;
type History = z.output<typeof evaluationHistory>;
type Deps = Pick<ApiDeps, 'database' | 'clock'>;

/**
 * Evaluations of all agreements that the reader has a part in, the latest period first.
 *
 * @param ownOf the person whose agreements they must be of; null: all
 */
export async function evaluationDeskOf(
  deps: Deps,
  { reader, asked, ownOf }: { reader: Principal; asked: Asked; ownOf: string | null },
): Promise<List> {
  const { database } = deps;
  const own = ownOf === null ? null : await ownAgreements(deps, ownOf);
  const { ids, nextCursor } = await page(database, asked, { own, personId: ownOf });
  const rows = await database.process.findMany({ where: { id: { in: ids } } });
  const known = new Map(rows.map((row) => [row.id, row]));
  const processes = ids.flatMap((id) => known.get(id) ?? []).map(evaluationProcess);
  const seen = await seenBy(deps, processes, reader);
  const [agreements, names] = await Promise.all([
    agreementNames(
      database,
      processes.map(({ row }) => row.agreementId),
    ),
    namesIn(
      database,
      seen.map(({ process }) => process.state),
    ),
  ]);
  return {
    items: seen.flatMap(({ process, sight }) => {
      const agreement = agreements.get(process.row.agreementId);
      if (!agreement) return [];
      const { seat } = agreement;
      const called = calledBy(names, { seat, agreement: process.input }, [process.state]);
      const belonging = { seat, evaluation: (rule: string) => titlesIn(agreement, rule) };
      const { next, results, ...summary } = summaryOf(belonging, process, { called, seen: sight.subjects });
      return [
        {
          ...summary,
          next: next.slice(0, STEPS_SHOWN).map(({ indicators, ...step }) => ({ ...step, open: indicators.length })),
          steps: next.length,
          results: results.slice(0, RESULTS_SHOWN),
          objectionsUntil: objectionsUntil(process, sight),
          undecided: undecidedIn(process, sight),
          agreement: agreement.shown,
        },
      ];
    }),
    nextCursor,
  };
}

/** Of one evaluation, in a list over all. */
const STEPS_SHOWN = 3;
const RESULTS_SHOWN = 5;

// As the indexes have it, word for word (migration desks_over_all_agreements).
const OPEN = Prisma.sql`p.status NOT IN ('complete', 'ended')`;
const PERIOD_END = Prisma.sql`(p.input -> 'period' ->> 'toMs')::bigint`;

async function page(
  database: Database,
  { limit, cursor, status, agreement, waiting, search }: Asked,
  { own, personId }: { own: string[] | null; personId: string | null },
): Promise<{ ids: string[]; nextCursor: string | null }> {
  const isMine = Prisma.sql`(p.snapshot -> 'subjects' @> ${JSON.stringify([{ subject: personId }])}::jsonb
    OR p.snapshot -> 'subjects' @> ${JSON.stringify([{ personId }])}::jsonb)`;
  const where = [
    Prisma.sql`p.type = 'evaluation'`,
    ...(own === null ? [] : [Prisma.sql`(p.agreement_id = ANY(${own}::uuid[]) OR ${isMine})`]),
    ...(status === 'open' ? [OPEN] : status === undefined ? [] : [Prisma.sql`p.status = ${status}`]),
    ...(agreement === undefined ? [] : [Prisma.sql`p.agreement_id = ${agreement}::uuid`]),
    ...(waiting === undefined ? [] : [WAITS[waiting]]),
    ...(search ? [Prisma.sql`position(lower(${search}) IN lower(p.reference)) > 0`] : []),
  ];
  if (cursor !== undefined) {
    const [toMs, id] = readCursor(cursor, ['instant', 'uuid']);
    where.push(Prisma.sql`(${PERIOD_END}, p.id) < (${toMs}::bigint, ${id}::uuid)`);
  }
  const rows = await database.$queryRaw<{ id: string; toMs: bigint }[]>`
    SELECT p.id::text AS id, ${PERIOD_END} AS "toMs" FROM process p
    WHERE ${Prisma.join(where, ' AND ')} ORDER BY ${PERIOD_END} DESC, p.id DESC LIMIT ${limit + 1}`;
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    ids: shown.map(({ id }) => id),
    nextCursor: rows.length > limit && last ? writeCursor([Number(last.toMs), last.id]) : null,
  };
}

/** What an evaluation can wait for. */
const WAITS: Record<NonNullable<Asked['waiting']>, Prisma.Sql> = {
  acknowledgement: Prisma.sql`p.status = 'acknowledging'`,
  scores: Prisma.sql`p.status = 'scoring'`,
  objections: Prisma.sql`p.status = 'provisional'`,
  consequences: Prisma.sql`${OPEN} AND p.snapshot -> 'subjects' @> '[{"consequences": [{"verdict": null}]}]'::jsonb`,
};

/** What the reader may see of each; those in which they have no part are left out. */
async function seenBy(
  deps: Deps,
  processes: readonly EvaluationProcess[],
  reader: Principal,
): Promise<{ process: EvaluationProcess; sight: Sight }[]> {
  if (reachOf('evaluations.read', reader) === 'all') {
    const all: Onlooker = { seesAll: true, personId: null, seats: [] };
    return processes.map((process) => ({ process, sight: sightOf(process.state, all) }));
  }
  const first = new Map(processes.map((process) => [process.row.agreementId, process]));
  const onlookers = new Map(
    await Promise.all(
      [...first].map(async ([agreementId, { input }]) => {
        return [agreementId, await onlookerOf(deps, { agreementId, agreement: input, reader })] as const;
      }),
    ),
  );
  return processes.flatMap((process) => {
    const onlooker = onlookers.get(process.row.agreementId);
    const sight = onlooker && sightOf(process.state, onlooker);
    return sight?.scheme ? [{ process, sight }] : [];
  });
}

/** The words of the template alone: what an agreement calls its own indicators is on the evaluation's page. */
function titlesIn(agreement: AgreementName, rule: string): Titles {
  const title = templateOf(agreement.template)?.rules.find(({ id }) => id === rule)?.title;
  const plain = (id: string) => ({ id, title: { zh: id, en: id } });
  return {
    rule: { id: rule, title: title ?? { zh: rule, en: rule } },
    indicator: plain,
    record: plain,
    band: () => null,
    target: (number) => ({ zh: `目标 ${String(number)}`, en: `Target ${String(number)}` }),
  };
}

/** The last day of the objection windows that are open, of results that the reader may see. */
function objectionsUntil({ input, state }: EvaluationProcess, { subjects }: Sight): string | null {
  const ends = state.subjects
    .filter(({ subject, stage }) => subjects.includes(subject) && stage === 'provisional')
    .flatMap((one) => one.objectionsUntil?.dueAtMs ?? []);
  return ends.length === 0 ? null : localDateAt(input.zone, Math.max(...ends) - 1);
}

function undecidedIn({ state }: EvaluationProcess, { subjects }: Sight): number {
  return state.subjects
    .filter(({ subject }) => subjects.includes(subject))
    .reduce((sum, { consequences }) => sum + consequences.filter(({ verdict }) => verdict === null).length, 0);
}

/**
 * One that is evaluated, over the periods of the same evaluation of the contract: totals, and what each indicator was, as far
 * as the reader may see them.
 *
 * @throws Problem `unknown-agreement`, `not-started`, `unknown-evaluation`
 */
export async function evaluationHistoryOf(
  deps: Deps,
  { agreementId, id, subject, reader }: { agreementId: string; id: string; subject: string; reader: Principal },
): Promise<History> {
  const { database } = deps;
  const [belonging, of, all] = await Promise.all([
    evaluationBelonging(database, agreementId),
    findEvaluation(database, agreementId, id),
    evaluationsOf(database, agreementId),
  ]);
  const { agreement } = belonging;
  const onlooker = await onlookerOf(deps, { agreementId, agreement, reader });
  if (!sightOf(of.state, onlooker).scheme) throw new Problem('unknown-evaluation');
  const rule = of.input.rules.id;
  const titles = belonging.evaluation(rule);
  const periods = all
    .filter(({ input }) => input.rules.id === rule)
    .flatMap(({ row, input, state }) => {
      const one = state.subjects.find((each) => whoIn(each.subject) === whoIn(subject));
      if (!one || one.total === null || !sightOf(state, onlooker).subjects.includes(one.subject)) return [];
      const { zone, period } = input;
      return [
        {
          id: row.id,
          period: { from: localDateAt(zone, period.fromMs), to: localDateAt(zone, period.toMs - 1) },
          total: one.total,
          isFinal: one.finalAtMs !== null,
          scores: one.scores.map(({ indicator, value }) => ({ indicator: titles.indicator(indicator), value })),
        },
      ];
    })
    .slice(0, PERIODS_SHOWN)
    .reverse();
  return { periods };
}

const PERIODS_SHOWN = 24;
