import type { z } from 'zod';
import { customerRecords } from '../../activities/customer-records.ts';
import type { LocalDate } from '../../domain/time.ts';
import { judged, quarterEnds } from '../../domain/visit/counter.ts';
import { countedSince, tierCounts } from '../../domain/visit/quarters.ts';
import { isoAt, localDateAt } from '../../domain/zone.ts';
import type { ApiDeps } from '../deps.ts';
import { type Principal, reachOf } from '../policy.ts';
import { belongingOf } from '../process/rows.ts';
import type { visitCounters } from './schema.ts';

type Counters = z.output<typeof visitCounters>;
type Deps = Pick<ApiDeps, 'database' | 'clock'>;

/**
 * How every customer of a tier that is counted stands in a year: up to today, and at the end of each quarter that has
 * passed. A quarter that ended before the agreement came into force lacks nothing, nor one of a year that does not count.
 *
 * @throws Problem `unknown-agreement`, `not-started`
 */
export async function countersOf(
  deps: Deps,
  { agreementId, year, reader }: { agreementId: string; year: number; reader: Principal },
): Promise<Counters> {
  const { agreement, inForceOn } = await belongingOf(deps.database, agreementId);
  const rules = (agreement.visits ?? []).flatMap(({ counters }) => counters);
  const nowMs = deps.clock();
  const today = localDateAt(agreement.zone, nowMs);
  const { zone } = agreement;
  const customers =
    rules.length === 0 ? [] : await customerRecords(deps.database, { agreementId, zone, year, atMs: nowMs });
  const reads = reachOf('record.read', reader) !== 'none';
  const partialFirst = (agreement.visits ?? []).some(({ obligation }) => {
    const { recurrence } = agreement.obligations.find(({ id }) => id === obligation) ?? {};
    return recurrence?.by === 'period' && recurrence.partialFirst;
  });
  const since = inForceOn && countedSince(year, inForceOn, partialFirst);
  const records = customers.map(({ record }) => record);
  const all = rules.map(({ fromMonth: _listed, ...rule }) => rule);
  const missingAt = (endsOn: LocalDate): number =>
    since && endsOn >= since
      ? tierCounts(records, all, { until: endsOn, endsOn, since }).reduce((sum, { short }) => sum + short, 0)
      : 0;
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
      missing: endsOn < today ? missingAt(endsOn) : null,
    })),
  };
}
