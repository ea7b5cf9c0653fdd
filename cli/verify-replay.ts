import { spawn } from 'node:child_process';
import { json } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { ReplayVerdict } from '../activities/replay.ts';
import { PATHS, type RunRow, codePath } from '../evidence/format.ts';
import type { ReadBundle } from '../evidence/verify/files.ts';
import type { Finding } from '../evidence/verify/finding.ts';
import type { EvidenceVerdict } from '../evidence/verify/verify.ts';
import type { EnclosedRuns } from './enclosed-runs.ts';

const CHILD = fileURLToPath(new URL('./enclosed-runs.mjs', import.meta.url));

/**
 * The verdict with that of strict replay: each history played to the very code that ran it, which the bundle brings. That
 * code runs only where `verified` says that the key that was asked for signed all of it, and then in a process of its own
 * without an environment.
 */
export async function withReplay(verdict: EvidenceVerdict, { files }: ReadBundle): Promise<EvidenceVerdict> {
  if (!verdict.key.verified || verdict.verdict === 'different') {
    const where = 'histories';
    return joined(verdict, 'incomplete', { what: 'replay', where, expected: 'what the key signed whole', found: null });
  }
  const text = (path: string): string | undefined => files.get(path)?.bytes?.toString('utf8');
  const rows = JSON.parse(text(PATHS.runs) ?? '[]') as RunRow[];
  const codes = [...new Set(rows.flatMap(({ bundle }) => bundle ?? []))];
  const replayed = await replay({
    runs: rows.map((row) => ({ ...row, history: row.file === null ? null : (text(row.file) ?? null) })),
    codes: codes.flatMap((sha256) => {
      const code = text(codePath(sha256));
      return code === undefined ? [] : [{ sha256, code }];
    }),
  });
  if (replayed.verdict === 'identical') return verdict;
  const { first, reason = '' } = replayed;
  const finding = first
    ? { where: `run ${first.run} event ${first.event} ${first.what}`, expected: first.recorded, found: first.now }
    : { where: reason, expected: 'a history that replays', found: null };
  return joined(verdict, replayed.verdict, { what: 'replay', ...finding });
}

/** The worse of both verdicts, with what replay found. */
function joined(verdict: EvidenceVerdict, replayed: EvidenceVerdict['verdict'], finding: Finding): EvidenceVerdict {
  const worse = verdict.verdict === 'different' ? 'different' : replayed;
  return { ...verdict, verdict: worse, findings: [...verdict.findings, finding] };
}

type Replayed = Pick<ReplayVerdict, 'verdict' | 'first' | 'reason'>;

/** Replays in a process without an environment, which answers on a pipe that nothing else writes to. */
async function replay(runs: EnclosedRuns): Promise<Replayed> {
  const child = spawn(process.execPath, [CHILD], { env: {}, stdio: ['pipe', 'ignore', 'ignore', 'pipe'] });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`it ended with ${signal ?? code}`));
  });
  child.stdin?.on('error', () => undefined); // it ended early, and `ended` says how
  child.stdin?.end(JSON.stringify(runs));
  try {
    return (await json(child.stdio[3] as Readable)) as Replayed;
  } catch {
    return { verdict: 'incomplete', reason: `the replay gave no answer: ${await ended}` };
  }
}
