import { createHash } from 'node:crypto';
import { canonicalJson } from '../activities/chain.ts';
import type { QuestionnaireFacts } from '../domain/survey/command.ts';
import type { CompiledSurvey } from '../domain/survey/compiled.ts';
import { questionnaireFacts, readQuestions } from '../domain/survey/questionnaire.ts';
import { SCALES, draftQuestionnaire } from '../templates/questionnaire.ts';
import type { SurveyTitles } from '../templates/survey-dimensions.ts';
import type { SurveyStep } from './survey-step.ts';

/** A questionnaire to be designed, or what is wrong with the one that was given. */
export type Designed = { json: object; facts: QuestionnaireFacts } | { problem: string };

/**
 * The scale on which the greater part of these answers lies: what is off it is told when it is brought. 1–5 where nothing
 * is known.
 */
export function scaleOf(values: readonly number[]): { min: number; max: number } {
  const middle = [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 1;
  return SCALES.find(({ max }) => middle <= max) ?? { min: 1, max: 5 };
}

/** Numbers that a script answers in a survey, but for how likely customers recommend it. */
export function numbersAnswered(steps: readonly { do: string }[], survey: string): number[] {
  return steps.flatMap((step) => {
    const { said, answers } = step as SurveyStep;
    if (step.do !== 'survey' || said.do !== 'respond' || said.survey !== survey) return [];
    return answers.flatMap(({ values }) =>
      Object.entries(values).flatMap(([name, value]) =>
        typeof value === 'number' && name.toLowerCase() !== 'nps' ? [value] : [],
      ),
    );
  });
}

/**
 * What an act designs: what it brings, else one from the bank of questions that covers what the agreement asks about.
 */
export function designedQuestionnaire(
  survey: CompiledSurvey,
  titles: SurveyTitles,
  given: Record<string, unknown> | undefined,
  weights: Record<string, string>,
  scale: { min: number; max: number },
): Designed {
  // A text that names nothing to ask about (S003-S) still asks how satisfied customers are.
  const overall = survey.dimensions.length === 0;
  const json = given ?? draftQuestionnaire(survey, titles, { overall, nps: true, scale }).json;
  const read = readQuestions(json);
  if ('problems' in read) {
    const faults = read.problems
      .slice(0, 5)
      .map(({ path, message }) => (path === '' ? message.en : `${path}: ${message.en}`));
    return { problem: faults.join('; ') };
  }
  const sha256 = createHash('sha256').update(canonicalJson(json)).digest('hex');
  return { json, facts: questionnaireFacts(json, sha256, weights) };
}
