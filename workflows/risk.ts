import { continueAsNew } from '@temporalio/workflow';
import { type ProcessInput, runProcess } from './process.ts';

/** One risk of an agreement, from its registration to its end (domain/risk). */
export async function risk(given: ProcessInput): Promise<{ status: string; sequence: number }> {
  return runProcess('risk', given, (rest) => continueAsNew<typeof risk>(rest));
}
