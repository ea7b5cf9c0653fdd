import { ParentClosePolicy, condition, defineSignal, setHandler, sleep, startChild } from '@temporalio/workflow';

export const go = defineSignal('go');

/** Waits for `go`, at most so long; a child that outlives its parent. */
export async function waiting(atMostMs: number): Promise<string> {
  let gone = false;
  setHandler(go, () => void (gone = true));
  const came = await condition(() => gone, atMostMs);
  await sleep(100); // so that `go` mostly finds it
  return came ? 'go' : 'time';
}

/** Ends while its child still waits. */
export async function parent(child: string, atMostMs: number): Promise<void> {
  await startChild(waiting, { workflowId: child, args: [atMostMs], parentClosePolicy: ParentClosePolicy.ABANDON });
}
