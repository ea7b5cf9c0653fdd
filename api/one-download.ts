import { PassThrough, type Readable } from 'node:stream';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problem.ts';

type Evidence = ApiDeps['evidence'];

/** A reader that takes nothing for so long has gone, or holds others up. */
const STALLED_MS = 60_000;

/**
 * Bundles leave one at a time: each holds the histories of an agreement in memory until its last byte is read. Whoever
 * asks meanwhile is told so, and a reader that stalls is cut off.
 *
 * @throws Problem `evidence-busy`
 */
export function oneDownload(evidence: Evidence, stalledMs = STALLED_MS): Evidence {
  let isOpen = false;
  return async (agreementId) => {
    if (isOpen) throw new Problem('evidence-busy');
    isOpen = true;
    try {
      const issued = await evidence(agreementId);
      const stream = watched(issued.stream, stalledMs);
      stream.once('close', () => {
        isOpen = false;
      });
      return { ...issued, stream };
    } catch (error) {
      isOpen = false;
      throw error;
    }
  };
}

/** The same bytes, until nobody has taken one for so long. */
function watched(source: Readable, stalledMs: number): Readable {
  const through = new PassThrough();
  const timer = setTimeout(() => through.destroy(new Error('nobody reads the bundle')), stalledMs);
  source.on('data', () => timer.refresh());
  through.once('close', () => {
    clearTimeout(timer);
    source.destroy();
  });
  source.once('error', (error) => through.destroy(error));
  return source.pipe(through);
}
