import type { RiskState } from '../domain/risk/state.ts';
import { type Known, type Trigger, figureOf, signalTo, triggersIn } from '../domain/risk/signalling.ts';
import type { Database } from '../prisma/database.ts';
import type { Told } from './index.ts';
import { satisfactionTrends } from './satisfaction-trend.ts';

type Step = Parameters<typeof triggersIn>[0] & { agreementId: string };

/**
 * Which open risks of the agreement watch what was just recorded, and the figure that each is told (S001b-57). Read after the
 * commit, so that a retry of the record tells the same; most steps show nothing, and ask nothing.
 */
export async function riskSignals(database: Database, step: Step): Promise<Told | undefined> {
  const triggers = triggersIn(step);
  if (triggers.length === 0) return undefined;
  const { agreementId } = step;
  const rows = await database.process.findMany({
    where: { agreementId, type: 'risk', status: { not: 'closed' } },
    orderBy: { workflowId: 'asc' },
    select: { workflowId: true, snapshot: true },
  });
  const watching = rows.flatMap(({ workflowId, snapshot }) => {
    const { threshold = null } = (snapshot ?? {}) as Partial<Pick<RiskState, 'threshold'>>;
    return threshold === null ? [] : [{ workflowId, threshold }];
  });
  const told: Told['tell'] = [];
  for (const trigger of triggers) {
    const asked = watching.filter(({ threshold }) => threshold.indicator === trigger.indicator);
    if (asked.length === 0) continue;
    const known = await knownOf(database, agreementId, trigger);
    for (const { workflowId, threshold } of asked) {
      const value = figureOf(trigger, threshold, known);
      if (value !== null) told.push(signalTo(workflowId, trigger, value));
    }
  }
  return told.length === 0 ? undefined : { tell: told };
}

async function knownOf(database: Database, agreementId: string, { indicator, about, atMs }: Trigger): Promise<Known> {
  const nothing: Known = { scores: [], casesAtMs: [], overdue: 0 };
  switch (indicator) {
    case 'score-drop': {
      const trends = await satisfactionTrends(database, [agreementId]);
      const [survey] = about.split('#');
      const own = (trends.get(agreementId) ?? []).filter(({ cycle }) => cycle.split('#')[0] === survey);
      return { ...nothing, scores: own.map(({ score }) => score) };
    }
    case 'case-spike': {
      const opened = await database.event.findMany({
        where: { agreementId, type: 'case-opened', occurredAt: { lte: new Date(atMs) } },
        select: { occurredAt: true },
      });
      return { ...nothing, casesAtMs: opened.map(({ occurredAt }) => occurredAt.getTime()) };
    }
    case 'overdue-duties': {
      const overdue = await database.obligation.count({ where: { agreementId, status: 'overdue' } });
      return { ...nothing, overdue };
    }
    case 'clock-near-breach':
      return nothing;
  }
}
