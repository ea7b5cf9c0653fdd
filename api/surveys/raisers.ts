import { raisersWeight } from '../../domain/improvement/priority.ts';
import type { Answers } from '../../domain/survey/questionnaire.ts';
import { readQuestions, scoresOf } from '../../domain/survey/questionnaire.ts';
import type { Database } from '../../prisma/database.ts';
import { demandKnown } from '../improvements/acting.ts';
import type { SurveyProcess } from '../process/rows.ts';

/** So many are kept with a finding: each is to be answered by somebody. */
const MOST_RAISERS = 1_000;

/**
 * Who says what a finding of a cycle is about, and what weight they have (docs/improvement.md): those whom the caller
 * names, who must have answered; else whoever is dissatisfied with its dimension, below the two best on the scale. Nobody
 * is known where answers are anonymous, or came by an open link.
 *
 * @throws Problem `invalid-request` that names who has not answered
 */
export async function raisersOf(
  database: Database,
  { row: { workflowId }, input, state }: SurveyProcess,
  { customers, dimension }: { customers: string[] | undefined; dimension: string | null },
): Promise<{ raisedBy: string[]; customerWeight: number | undefined }> {
  const { questionnaire } = state;
  if (input.survey.anonymous || questionnaire === null) {
    return { raisedBy: customers ?? [], customerWeight: undefined };
  }
  const answered = await database.$queryRaw<{ customerId: string; tier: string; answers: Answers }[]>`
    SELECT i.customer_id::text AS "customerId", i.tier, a.answers
    FROM answer a JOIN invitee i ON i.id = a.invitee_id JOIN customer c ON c.id = i.customer_id
    WHERE a.workflow_id = ${workflowId} AND NOT a.late AND c.erased_at IS NULL ORDER BY a.cursor`;
  const known = answered.map(({ customerId }) => customerId);
  for (const [index, customer] of (customers ?? []).entries()) {
    demandKnown(`customers[${String(index)}]`, customer, known);
  }
  const said = customers ?? (dimension === null ? [] : await dissatisfied());
  const raisedBy = [...new Set(said)].slice(0, MOST_RAISERS);
  const tiers = answered.filter(({ customerId }) => raisedBy.includes(customerId)).map(({ tier }) => tier);
  return { raisedBy, customerWeight: tiers.length === 0 ? undefined : raisersWeight(tiers) };

  async function dissatisfied(): Promise<string[]> {
    const { json } = await database.questionnaire.findUniqueOrThrow({ where: { sha256: questionnaire?.sha256 ?? '' } });
    const read = readQuestions(json);
    const { scale } = questionnaire ?? {};
    if ('problems' in read || !scale || dimension === null) return [];
    return answered.flatMap(({ customerId, answers }) => {
      const values = scoresOf(read.questions, answers).dimensions[dimension] ?? [];
      const total = values.reduce((sum, value) => sum + value, 0);
      return values.length > 0 && total < (scale.max - 1) * values.length ? [customerId] : [];
    });
  }
}
