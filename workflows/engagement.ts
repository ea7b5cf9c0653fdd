import { continueAsNew } from '@temporalio/workflow';
import { type ProcessInput, runProcess } from './process.ts';

/** One involvement of a third party, from its application to its end (domain/engagement). */
export async function engagement(given: ProcessInput): Promise<{ status: string; sequence: number }> {
  return runProcess('engagement', given, (rest) => continueAsNew<typeof engagement>(rest));
}
