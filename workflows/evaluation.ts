import { continueAsNew } from '@temporalio/workflow';
import { type ProcessInput, runProcess } from './process.ts';

/** One evaluation of a period, from its scheme to what follows from its result (domain/evaluation). */
export async function evaluation(given: ProcessInput): Promise<{ status: string; sequence: number }> {
  return runProcess('evaluation', given, (rest) => continueAsNew<typeof evaluation>(rest));
}
