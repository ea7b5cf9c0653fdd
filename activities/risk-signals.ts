import type { RiskState } from '../domain/risk/state.ts';
import { type Known, type Trigger, figureOf, scoresUpTo, signalTo, triggersIn } from '../domain/risk/signalling.ts';
import type { SurveyState } from '../domain/survey/state.ts';
import type { Database } from '../prisma/database.ts';
import type { Told } from './index.ts';

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
    const days = Math.max(...asked.map(({ threshold }) => threshold.windowDays ?? 1));
    const known = await knownOf(database, agreementId, trigger, days);
    for (const { workflowId, threshold } of asked) {
      const value = figureOf(trigger, threshold, known);
      if (value !== null) told.push(signalTo(workflowId, trigger, value));
    }
  }
  return told.length === 0 ? undefined : { tell: told };
}

async function knownOf(
  database: Database,
  agreementId: string,
  { indicator, about, atMs }: Trigger,
  windowDays: number,
): Promise<Known> {
  const nothing: Known = { scores: [], casesAtMs: [], overdue: 0 };
  switch (indicator) {
    case 'score-drop': {
      const rows = await database.process.findMany({
        where: { agreementId, type: 'survey' },
        orderBy: [{ createdAt: 'asc' }, { workflowId: 'asc' }],
        select: { reference: true, snapshot: true },
      });
      const cycles = rows.map(({ reference, snapshot }) => {
        const { figures = null } = (snapshot ?? {}) as Partial<Pick<SurveyState, 'figures'>>;
        return { reference, figures };
      });
      return { ...nothing, scores: scoresUpTo(about, cycles) };
    }
    case 'case-spike': {
      const windowMs = windowDays * 86_400_000;
      const opened = await database.event.findMany({
        where: {
          agreementId,
          type: 'case-opened',
          occurredAt: { gt: new Date(atMs - windowMs), lt: new Date(atMs + windowMs) },
        },
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
