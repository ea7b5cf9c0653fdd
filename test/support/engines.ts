import { temporalProgram } from '../../embedded/temporal.ts';
import { timeSkippingServer } from '../../embedded/time-skipping.ts';

/** Has the engines that tests start ready before the first of them, so that no test waits for a download or a build. */
export default async function setup(): Promise<void> {
  const log = (line: string): void => console.log(line);
  await temporalProgram(log);
  await timeSkippingServer(log);
}
