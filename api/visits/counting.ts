import type { z } from 'zod';
import type { CustomerTier } from '../../domain/survey/compiled.ts';
import type { LocalDate } from '../../domain/time.ts';
import { type CustomerRecord, judged, quarterEnds } from '../../domain/visit/counter.ts';
import { isoAt, localDateAt } from '../../domain/zone.ts';
import type { ApiDeps } from '../deps.ts';
import { grouped } from '../grouped.ts';
import { type Principal, reachOf } from '../policy.ts';
import { type Belonging, belongingOf, surveyProcess, visitProcess } from '../process/rows.ts';
import { lastDay } from '../reports/moment.ts';
import type { visitCounters } from './schema.ts';

type Counters = z.output<typeof visitCounters>;
type Deps = Pick<ApiDeps, 'database' | 'clock'>;

/**
 * How every customer of a tier that is counted stands in a year: up to today, and at the end of each quarter that has
 * passed. An answer counts with the cycle that it was given in, on the day on which that closed.
 *
 * @throws Problem `unknown-agreement`, `not-started`
 */
export async function countersOf(
  deps: Deps,
  { agreementId, year, reader }: { agreementId: string; year: number; reader: Principal },
): Promise<Counters> {
  const belonging = await belongingOf(deps.database, agreementId);
  const { agreement } = belonging;
  const rules = (agreement.visits ?? []).flatMap(({ counters }) => counters);
  const nowMs = deps.clock();
  const today = localDateAt(agreement.zone, nowMs);
  const customers = rules.length === 0 ? [] : await recordsOf(deps, belonging, year);
  const reads = reachOf('record.read', reader) !== 'none';
  const stands = customers.flatMap((one) => {
    const rule = rules.find(({ tier }) => tier === one.record.tier);
    return rule ? [{ ...one, rule, judgement: judged(one.record, rule, year, today) }] : [];
  });
  return {
    year,
    asOf: isoAt(agreement.zone, nowMs),
    rules,
    items: stands
      .map(({ id, name, record: { tier, since }, judgement }) => ({
        customer: { customerId: id, name: reads ? name : null, tier },
        since: since >= `${year}-01-01` ? since : null,
        ...judgement,
      }))
      .sort((a, b) => Number(a.met) - Number(b.met) || b.surveys.missing - a.surveys.missing),
    quarters: quarterEnds(year).map(({ quarter, endsOn }) => ({
      quarter,
      endsOn,
      missing:
        endsOn < today
          ? stands.filter(({ record, rule }) => record.since <= endsOn && !judged(record, rule, year, endsOn).met)
              .length
          : null,
    })),
  };
}

interface Known {
  id: string;
  name: string;
  record: CustomerRecord;
}

/** Customers who are there in a year, each with what this agreement did for them. */
async function recordsOf(
  { database }: Deps,
  { agreementId, agreement: { zone } }: Belonging,
  year: number,
): Promise<Known[]> {
  const [customers, changes, visits, surveys] = await Promise.all([
    database.customer.findMany({
      where: { erasedAt: null, archivedAt: null },
      orderBy: { key: 'asc' },
      select: { id: true, name: true, tier: true, createdAt: true },
    }),
    database.customerTierChange.findMany({ orderBy: { at: 'asc' } }),
    database.process.findMany({ where: { agreementId, type: 'visit' } }),
    database.process.findMany({ where: { agreementId, type: 'survey' } }),
  ]);
  const closed = surveys.map(surveyProcess).flatMap(({ row, input, state }) => {
    if (state.closedAtMs === null) return [];
    return [
      { workflowId: row.workflowId, period: input.occurrence ?? row.reference, on: lastDay(zone, state.closedAtMs) },
    ];
  });
  const answers = await database.invitee.findMany({
    where: { workflowId: { in: closed.map(({ workflowId }) => workflowId) }, answered: true },
    select: { customerId: true, workflowId: true },
  });
  const answersOf = grouped(answers, ({ customerId }) => customerId);
  const visitsOf = grouped(visits.map(visitProcess), ({ input }) => input.customerId);
  const changesOf = grouped(changes, ({ customerId }) => customerId);
  const dayOf = (at: Date): LocalDate => localDateAt(zone, at.getTime());
  return customers
    .filter(({ createdAt }) => dayOf(createdAt) <= `${year}-12-31`)
    .map(({ id, name, tier, createdAt }) => {
      const into = (changesOf.get(id) ?? []).filter(({ before, after }) => after === tier && before !== after).at(-1);
      return {
        id,
        name,
        record: {
          tier: tier as CustomerTier,
          since: dayOf(into?.at ?? createdAt),
          questionnaires: (answersOf.get(id) ?? []).flatMap(({ workflowId }) =>
            closed.filter((cycle) => cycle.workflowId === workflowId),
          ),
          visits: (visitsOf.get(id) ?? []).flatMap(({ state: { heldOn, comprehensive } }) =>
            heldOn === null ? [] : [{ on: heldOn, comprehensive }],
          ),
        },
      };
    });
}
