import type { SurveyState } from '../domain/survey/state.ts';
import type { Database } from '../prisma/database.ts';

/** What one analysed cycle measured, on its questionnaire's scale. */
export interface TrendPoint {
  /** `quarterly-survey#2027-Q1` */
  cycle: string;
  /** Null where too few answered, or nothing is weighed. */
  score: string | null;
}

/** Analysed cycles of agreements' surveys by agreement, the earliest first: what stands beside a renewal (S003-A-02). */
export async function satisfactionTrends(
  database: Database,
  agreementIds: readonly string[],
): Promise<Map<string, TrendPoint[]>> {
  const trends = new Map<string, TrendPoint[]>();
  if (agreementIds.length === 0) return trends;
  const cycles = await database.process.findMany({
    where: { agreementId: { in: [...agreementIds] }, type: 'survey' },
    orderBy: [{ createdAt: 'asc' }, { workflowId: 'asc' }],
    select: { agreementId: true, reference: true, snapshot: true },
  });
  for (const { agreementId, reference, snapshot } of cycles) {
    const figures = (snapshot as unknown as Pick<SurveyState, 'figures'> | null)?.figures ?? null;
    if (figures === null) continue;
    const score = figures.score ?? figures.overall.mean?.value ?? null;
    trends.set(agreementId, [...(trends.get(agreementId) ?? []), { cycle: reference, score }]);
  }
  return trends;
}
