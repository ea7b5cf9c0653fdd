import { createHash } from 'node:crypto';
import { canonicalJson } from '../../activities/chain.ts';
import type { CompiledGoal } from '../../domain/goal/compiled.ts';
import { fittingScale, offScaleGoals } from '../../domain/goal/off-scale.ts';
import type { QuestionnaireFacts } from '../../domain/survey/command.ts';
import { questionnaireFacts, readQuestions } from '../../domain/survey/questionnaire.ts';
import type { Text } from '../../domain/time.ts';
import type { Database } from '../../prisma/database.ts';
import type { Prisma } from '../../prisma/generated/client.ts';
import { SCALES, draftQuestionnaire } from '../../templates/questionnaire.ts';
import { Problem } from '../problem.ts';
import { type Belonging, type SurveyProcess, surveyProcess } from '../process/rows.ts';

/** Letters of a questionnaire as JSON. */
const MOST_LENGTH = 500_000;

/**
 * Checks a questionnaire and keeps it by its content: the same one twice is one row.
 *
 * @throws Problem `questionnaire-invalid` that lists everything that is wrong, with its place in the JSON; or the goals that no
 *   answer on its scale can reach
 */
export async function keepQuestionnaire(
  database: Database,
  json: Record<string, unknown>,
  { weights, at, goals }: { weights: Record<string, string>; at: Date; goals: GoalsHeld },
): Promise<QuestionnaireFacts> {
  const text = canonicalJson(json);
  if (text.length > MOST_LENGTH) throw tooLong();
  const read = readQuestions(json);
  if ('problems' in read) {
    throw new Problem('questionnaire-invalid', {
      errors: read.problems.map(({ path, message, cure }) => ({
        path: path === '' ? 'questionnaire' : `questionnaire.${path}`,
        message,
        cure,
      })),
    });
  }
  const sha256 = createHash('sha256').update(text).digest('hex');
  const facts = questionnaireFacts(json, sha256, weights);
  assertOnScale(goals, facts);
  await database.questionnaire.createMany({
    data: [
      {
        sha256,
        json: json as Prisma.InputJsonObject,
        facts: { ...facts, weights: {} } as unknown as Prisma.InputJsonObject,
        createdAt: at,
      },
    ],
    skipDuplicates: true,
  });
  return facts;
}

/** What a cycle is held against. */
interface GoalsHeld {
  goals: readonly CompiledGoal[];
  /** The duty of the survey. */
  obligation: string;
  title(goal: string): Text;
}

/** Goals of an agreement, for a questionnaire of this cycle. */
export function goalsHeld({ agreement, template }: Belonging, { input }: SurveyProcess): GoalsHeld {
  return {
    goals: agreement.goals ?? [],
    obligation: input.survey.obligation,
    title: (goal) => template?.rules.find(({ id }) => id === goal)?.title ?? { zh: goal, en: goal },
  };
}

/** @throws Problem `questionnaire-invalid` that names each goal and the scale */
function assertOnScale({ goals, obligation, title }: GoalsHeld, { scale }: Pick<QuestionnaireFacts, 'scale'>): void {
  const off = offScaleGoals(goals, { obligation }, scale);
  if (off.length === 0) return;
  const asked = `${String(scale.min)}–${String(scale.max)}`;
  throw new Problem('questionnaire-invalid', {
    errors: off.map(({ goal: { id, clauses }, needed }) => ({
      path: 'questionnaire',
      message: {
        zh: `目标“${title(id).zh}”（${clauses.join('、')}）为 ${needed}，不在本问卷 ${asked} 分的量表之内，无法判定是否达成`,
        en: `the goal “${title(id).en}” (${clauses.join(', ')}) stands at ${needed}, off the questionnaire’s scale of ${asked}: it could never be judged`,
      },
      cure: {
        zh: '改用包含该数值的量表（如 0–100 分），或由双方补充协议修改目标',
        en: 'ask on a scale that has this value (0–100, for instance), or agree on another target by an amendment',
      },
    })),
  });
}

/**
 * What the parties wanted to be told of a questionnaire, which stands all the same: that it asks more than so many questions
 * (S004-15). Nothing where no number is agreed.
 */
export function warningsOf(
  { term }: Pick<Belonging, 'term'>,
  json: unknown,
): { code: 'too-many-questions'; message: Text }[] {
  const most = term('maxQuestionsWarn');
  const read = readQuestions(json);
  if (typeof most !== 'number' || 'problems' in read || read.questions.length <= most) return [];
  const asked = String(read.questions.length);
  const message = {
    zh: `问卷共 ${asked} 题，超过约定的 ${String(most)} 题，建议精简。`,
    en: `It asks ${asked} questions, more than the ${String(most)} that were agreed: make it shorter.`,
  };
  return [{ code: 'too-many-questions', message }];
}

function tooLong(): Problem {
  const most = String(MOST_LENGTH);
  return new Problem('questionnaire-invalid', {
    errors: [
      {
        path: 'questionnaire',
        message: { zh: `超过 ${most} 个字符`, en: `has more than ${most} characters` },
        cure: { zh: '精简问卷；图片请勿嵌入', en: 'make it shorter; embed no pictures' },
      },
    ],
  });
}

/**
 * A questionnaire to begin with: that of the cycle before where it was published, else one from the bank that asks all
 * that the agreement demands, on a scale on which its goals can be judged. Weights are what the cycle before set for this one, else the agreement's.
 */
export async function proposedQuestionnaire(
  database: Database,
  { titles, agreementId, agreement }: Belonging,
  { input, row }: SurveyProcess,
  from: 'bank' | 'previous',
): Promise<{ json: Record<string, unknown>; weights: Record<string, string>; from: 'bank' | 'previous' }> {
  const { survey } = input;
  const rows = await database.process.findMany({
    where: { agreementId, type: 'survey', NOT: { workflowId: row.workflowId } },
  });
  const before = rows
    .map(surveyProcess)
    .filter((other) => other.input.survey.id === survey.id && other.input.due.dueAtMs < input.due.dueAtMs)
    .sort((a, b) => b.input.due.dueAtMs - a.input.due.dueAtMs)[0]?.state;
  const weights = before?.nextWeights ?? before?.questionnaire?.weights ?? survey.weights;
  const used = from === 'previous' ? before?.questionnaire?.sha256 : undefined;
  const stored = used === undefined ? null : await database.questionnaire.findUnique({ where: { sha256: used } });
  if (stored) return { json: stored.json as Record<string, unknown>, weights, from };
  const { json } = draftQuestionnaire(survey, titles, { scale: fittingScale(agreement.goals ?? [], survey, SCALES) });
  return { json: json as Record<string, unknown>, weights, from: 'bank' };
}
