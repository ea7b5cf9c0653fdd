import type { Database } from '../../prisma/database.ts';
import { evaluationProcess, whoIn } from './rows.ts';
import { type EvaluationBelonging, evaluationBelonging } from './titles.ts';

/** Evaluations of a person: every score, the result, objections, what followed; late responses that they answered for. */
export async function evaluationsAbout(database: Database, personId: string): Promise<object[]> {
  const rows = await database.process.findMany({
    where: { type: 'evaluation', sequence: { gt: 0 } },
    orderBy: { createdAt: 'asc' },
  });
  const own = rows
    .map(evaluationProcess)
    .flatMap(({ row, input, state }) =>
      state.subjects
        .filter(({ subject, personId: who }) => whoIn(subject) === personId || who === personId)
        .map((one) => ({ row, input, state, one })),
    );
  const belongings = new Map<string, EvaluationBelonging>();
  for (const { row } of own) {
    const { agreementId } = row;
    if (!belongings.has(agreementId)) {
      belongings.set(agreementId, await evaluationBelonging(database, agreementId));
    }
  }
  return own.map(({ row, input, state, one }) => {
    const titles = belongings.get(row.agreementId)?.evaluation(input.rules.id);
    return {
      agreementId: row.agreementId,
      reference: row.reference,
      title: titles?.rule.title,
      status: row.status,
      scores: one.scores.map(({ indicator, value, atMs }) => ({
        indicator: titles?.indicator(indicator).title,
        value,
        at: new Date(atMs),
      })),
      total: one.total,
      verdict: one.verdict,
      objections: one.objections.map(({ atMs, verdict }) => ({ at: new Date(atMs), verdict })),
      consequences: one.consequences.map(({ kind, verdict, amount }) => ({ kind, verdict, amount })),
      late: one.late,
      publishedAt: state.publishedAtMs === null ? null : new Date(state.publishedAtMs),
    };
  });
}
