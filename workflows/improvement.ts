import { continueAsNew } from '@temporalio/workflow';
import { type ProcessInput, runProcess } from './process.ts';

/** One improvement, from a finding to its proven effect and the answer to whoever raised it (domain/improvement). */
export async function improvement(given: ProcessInput): Promise<{ status: string; sequence: number }> {
  return runProcess('improvement', given, (rest) => continueAsNew<typeof improvement>(rest));
}
