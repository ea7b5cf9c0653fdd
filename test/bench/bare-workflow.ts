import { proxyActivities, sleep } from '@temporalio/workflow';

const { nothing } = proxyActivities<{ nothing(): Promise<void> }>({ startToCloseTimeout: '1 minute' });

/** Waits until each moment in turn, and has an activity run at it: what the engine itself takes for such a life. */
export async function bare(momentsMs: number[]): Promise<void> {
  let lastMs = 0;
  for (const atMs of momentsMs) {
    if (atMs > lastMs && atMs > Date.now()) await sleep(atMs - Date.now());
    lastMs = atMs;
    await nothing();
  }
}
