import { Big } from 'big.js';
import type { z } from 'zod';
import { type CaseFigure, caseFact, caseFigures } from '../../domain/case/figures.ts';
import { periodDays } from '../../domain/period-days.ts';
import { instantAt, isoAt, localDateAt } from '../../domain/zone.ts';
import type { Database } from '../../prisma/database.ts';
import { actorIn } from '../act-answer.ts';
import type { ApiDeps } from '../deps.ts';
import { derivedId } from '../derived-id.ts';
import { type Principal, reachOf } from '../policy.ts';
import { Problem } from '../problem.ts';
import { belongingOf, caseProcess } from '../process/rows.ts';
import { capacitiesOf } from '../process/speaking.ts';
import type { Answer, RouteContext } from '../route.ts';
import type { servedBody } from './bodies.ts';
import { mayOpen } from './listing.ts';
import type { caseFigures as figuresSchema } from './schema.ts';

type View = z.output<typeof figuresSchema>;
type Deps = Pick<ApiDeps, 'database' | 'clock'>;

/** Cases behind a figure that are listed; beyond them `more` counts. */
const SHOWN = 200;

/**
 * What contracts measure of the cases that came in in a period, from what is on record, each figure with the cases that it is
 * reckoned from.
 *
 * @throws Problem `unknown-agreement`, `not-started`
 */
export async function caseFiguresOf(
  deps: Deps,
  { agreementId, reader, period: asked }: { agreementId: string; reader: Principal; period: string | undefined },
): Promise<View> {
  const { database, clock } = deps;
  const belonging = await belongingOf(database, agreementId);
  const { agreement } = belonging;
  const { zone, cases: rules = [] } = agreement;
  const nowMs = clock();
  const today = localDateAt(zone, nowMs);
  const period = asked ?? `${today.slice(0, 4)}-Q${String(Math.ceil(Number(today.slice(5, 7)) / 3))}`;
  const { from, until } = periodDays(period);
  const span = { fromMs: instantAt(zone, from, '00:00'), toMs: instantAt(zone, until, '24:00') };
  const [rows, served, capacities] = await Promise.all([
    rowsOf(database, agreementId, span),
    database.customersServed.findMany({ where: { agreementId }, orderBy: [{ at: 'desc' }, { id: 'desc' }], take: 100 }),
    capacitiesOf(deps, { agreementId, agreement, reader }),
  ]);
  const denominator = served.find((one) => one.period === period)?.count ?? null;
  const figures = caseFigures(
    rows.map((row) => caseFact(caseProcess(row).state)),
    span,
    denominator,
  );
  const reads = reachOf('record.read', reader) !== 'none';
  const known = new Map(rows.map((row) => [row.workflowId, row]));
  const listed = (ids: readonly string[], against: readonly string[]): View['figures'][number]['cases'] =>
    ids.slice(0, SHOWN).flatMap((id) => {
      const row = known.get(id);
      if (!row) return [];
      const { topic = null } = (reads ? (row.text ?? {}) : {}) as { topic?: string | null };
      return [{ id: row.id, reference: row.reference, topic, against: against.includes(id) }];
    });
  const figure = (
    measure: View['figures'][number]['measure'],
    { value, of, against }: CaseFigure,
    unit: 'minutes' | 'percent',
  ): View['figures'][number] => ({
    measure,
    unit,
    value: value === null ? null : unit === 'percent' ? new Big(value).times(100).toFixed() : value,
    counted: of.length,
    against: against.length,
    denominator: measure === 'complaint-rate' ? denominator : of.length,
    cases: listed([...against, ...of.filter((id) => !against.includes(id))], against),
    more: Math.max(0, of.length - SHOWN),
  });
  return {
    period,
    from,
    until,
    asOf: isoAt(zone, nowMs),
    opened: figures.count,
    open: figures.open,
    closed: figures.closed,
    reopened: figures.reopened,
    byType: figures.byType,
    figures: [
      figure('average-first-response', figures.averageFirstResponse, 'minutes'),
      figure('median-first-response', figures.medianFirstResponse, 'minutes'),
      figure('responded-in-time', figures.respondedInTime, 'percent'),
      figure('resolved-in-time', figures.resolvedInTime, 'percent'),
      figure('first-contact-resolution', figures.firstContactResolution, 'percent'),
      figure('complaint-rate', figures.complaintRate, 'percent'),
    ],
    served: served.map((one) => ({ period: one.period, count: one.count, at: isoAt(zone, one.at.getTime()) })),
    may: {
      served: capacities
        .filter(({ actor }) => rules.some((rule) => mayOpen(belonging, rule, actor)))
        .map(({ as, onBehalfOf }) => ({ as, onBehalfOf })),
    },
  };
}

/** Cases that came in in a span of time. */
async function rowsOf(database: Database, agreementId: string, { fromMs, toMs }: { fromMs: number; toMs: number }) {
  const found = await database.$queryRaw<{ id: string }[]>`
    SELECT id::text AS id FROM process WHERE agreement_id = ${agreementId}::uuid AND type = 'case'
      AND (input ->> 'openedAtMs')::bigint >= ${fromMs} AND (input ->> 'openedAtMs')::bigint < ${toMs}
    ORDER BY (input ->> 'openedAtMs')::bigint, id`;
  const rows = await database.process.findMany({ where: { id: { in: found.map(({ id }) => id) } } });
  const known = new Map(rows.map((row) => [row.id, row]));
  return found.flatMap(({ id }) => known.get(id) ?? []);
}

/**
 * How many customers were served in a period: what complaints are held against. The last entry counts; the same request
 * again is the same entry.
 *
 * @throws Problem `not-responsible`, `unknown-seat`, `not-your-seat`, `not-provided`
 */
export async function enterServed(
  context: Pick<RouteContext<{ id: string }, unknown, z.output<typeof servedBody>>, 'params' | 'body'> &
    Pick<RouteContext, 'deps' | 'principal' | 'key'>,
): Promise<Answer> {
  const { deps, params, body, key } = context;
  const belonging = await belongingOf(deps.database, params.id);
  const { actor } = await actorIn(context, params.id, body);
  const { cases = [] } = belonging.agreement;
  if (cases.length === 0) throw new Problem('not-provided', { message: 'this agreement knows no cases' });
  if (!cases.some((rules) => mayOpen(belonging, rules, actor))) throw new Problem('not-responsible');
  const { period, count } = body;
  const { personId, seat, onBehalfOf } = actor;
  await deps.database.customersServed.createMany({
    data: [
      {
        id: derivedId('customers-served', `${params.id}/${key}`),
        agreementId: params.id,
        period,
        count,
        by: { personId, seat, ...(onBehalfOf === undefined ? {} : { onBehalfOf }) },
        at: new Date(deps.clock()),
      },
    ],
    skipDuplicates: true,
  });
  return { status: 200, body: { period, count } };
}
