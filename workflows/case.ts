import { continueAsNew } from '@temporalio/workflow';
import { type ProcessInput, runProcess } from './process.ts';

/** One complaint, service request, enquiry or feedback (domain/case). Its type is `case`, which no function can be called. */
export async function customerCase(given: ProcessInput): Promise<{ status: string; sequence: number }> {
  return runProcess('case', given, (rest) => continueAsNew<typeof customerCase>(rest));
}
