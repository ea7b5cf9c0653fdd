import { continueAsNew } from '@temporalio/workflow';
import { type ProcessInput, runProcess } from './process.ts';

/** One cycle of a survey, from its questionnaire to its report (domain/survey). */
export async function survey(given: ProcessInput): Promise<{ status: string; sequence: number }> {
  return runProcess('survey', given, (rest) => continueAsNew<typeof survey>(rest));
}
