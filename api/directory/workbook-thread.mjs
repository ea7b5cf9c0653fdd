import { parentPort, workerData } from 'node:worker_threads';
import { readSheet } from 'read-excel-file/universal';

/**
 * Reads the first sheet of `workerData.content`, in a thread of its own: a cell far out makes a matrix that fills the
 * memory, which then is this thread's. `universal` unpacks what the zip's directory names, as `checkArchive` judged it;
 * `node` would unpack whatever stands between, too.
 *
 * Posts `{ rows }`, those that bear anything, or `{ refused }`: `unreadable`, or `too-large` where the same as CSV would
 * have more than `most` characters.
 */
const { content, most } = workerData;

function cellText(cell) {
  if (cell === null || cell === undefined) return '';
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell);
}

function rowsOf(sheet) {
  const rows = [];
  let size = 0;
  for (const [index, row] of sheet.entries()) {
    const cells = row.map(cellText);
    while (cells.at(-1)?.trim() === '') cells.pop();
    if (cells.length === 0) continue;
    size += cells.reduce((sum, cell) => sum + cell.length + 1, 0);
    if (size > most) return { refused: 'too-large' };
    rows.push({ line: index + 1, cells });
  }
  return { rows };
}

const bytes = content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength);
const sheet = await readSheet(bytes, { parseNumber: (text) => text, trim: false }).catch(() => null);
parentPort.postMessage(sheet === null ? { refused: 'unreadable' } : rowsOf(sheet));
