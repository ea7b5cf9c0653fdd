import { continueAsNew } from '@temporalio/workflow';
import { type ProcessInput, runProcess } from './process.ts';

/** One visit or call-back, from its plan to its report (domain/visit). */
export async function visit(given: ProcessInput): Promise<{ status: string; sequence: number }> {
  return runProcess('visit', given, (rest) => continueAsNew<typeof visit>(rest));
}
