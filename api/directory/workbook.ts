import { Worker } from 'node:worker_threads';
import type { TableRow } from './table-file.ts';

/** Twenty thousand rows need less than a quarter of either. */
const LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };
const DEADLINE_MS = 20_000;
const THREAD = new URL('./workbook-thread.mjs', import.meta.url);

/** Why there are no rows: no workbook, or one whose sheet is beyond what may be read. */
export type WorkbookRefusal = 'unreadable' | 'too-large';

/**
 * The rows of a workbook's first sheet that bear anything, as text. It is read in a thread that has 256 MB and 20 s and is
 * ended then: two cells far apart are a matrix of 17 thousand million.
 *
 * @param content a zip that `checkArchive` let pass
 * @param most characters that the same would have as CSV
 */
export function readWorkbook(
  content: Buffer,
  most: number,
): Promise<{ rows: TableRow[] } | { refused: WorkbookRefusal }> {
  return new Promise((resolve) => {
    const thread = new Worker(THREAD, {
      workerData: { content: new Uint8Array(content), most },
      execArgv: [],
      env: {},
      resourceLimits: LIMITS,
    });
    const deadline = setTimeout(() => void thread.terminate(), DEADLINE_MS);
    thread.on('message', resolve);
    thread.on('error', (error) => {
      const isFull = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
      resolve({ refused: isFull ? 'too-large' : 'unreadable' });
    });
    // After an answer this changes nothing; without one, the deadline ended it.
    thread.on('exit', () => {
      clearTimeout(deadline);
      resolve({ refused: 'too-large' });
    });
  });
}
