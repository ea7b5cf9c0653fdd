import { continueAsNew } from '@temporalio/workflow';
import { type ProcessInput, runProcess } from './process.ts';

/** One session of training, from its plan to the last certificate (domain/training). */
export async function training(given: ProcessInput): Promise<{ status: string; sequence: number }> {
  return runProcess('training', given, (rest) => continueAsNew<typeof training>(rest));
}
