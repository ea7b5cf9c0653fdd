import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { bundleHash } from './bundle.ts';
import { type History, historyText, parseHistory, runFacts } from './histories.ts';

/**
 * Runs in a folder: `<workflow id, / as _>.<run id>.json` as Temporal's own tools write a history, the bundles that ran
 * them as `bundle.<sha256>.js`, and `runs.json`, which says what belongs there, so that a history that was cut off shows.
 */
interface KeptEntry {
  file: string;
  workflowId: string;
  runId: string;
  events: number;
  bundle: string;
  sdk: string;
}

/** One run as it was found: `history` is what the file holds, `events` how many it should hold, where that is known. */
export interface KeptRun {
  workflowId: string;
  runId: string;
  history: History | undefined;
  events?: number;
  bundle?: string;
  sdk?: string;
}

const INDEX = 'runs.json';

/**
 * Writes one run and the bundle that ran it. An earlier life of the same workflow id in the folder makes room; other
 * workflows stay.
 */
export async function writeKeptRun(
  folder: string,
  run: { workflowId: string; runId: string; history: History; bundle: { code: string; sha256: string; sdk: string } },
): Promise<void> {
  const { workflowId, runId, history, bundle } = run;
  await mkdir(folder, { recursive: true });
  const file = `${workflowId.replaceAll('/', '_')}.${runId}.json`;
  const entries = await readIndex(folder);
  const { previous } = runFacts(history);
  const others = entries.filter((entry) => entry.workflowId === workflowId && entry.runId !== runId);
  const isNewLife = !others.some((entry) => entry.runId === previous);
  const earlier = isNewLife ? others : [];
  for (const entry of earlier) await rm(join(folder, entry.file), { force: true });
  const stay = entries.filter((entry) => !earlier.includes(entry) && entry.file !== file);
  const { sha256, sdk } = bundle;
  const entry = { file, workflowId, runId, events: history.events?.length ?? 0, bundle: sha256, sdk };
  await write(join(folder, `bundle.${sha256}.js`), bundle.code);
  await write(join(folder, file), `${historyText(history)}\n`);
  await write(join(folder, INDEX), `${JSON.stringify([...stay, entry], null, 2)}\n`);
}

/**
 * The runs in a folder, or the one in a file; `undefined` for a history that `runs.json` names and that is not there.
 *
 * @throws NoHistory when there is none, or a file is no history.
 */
export async function readKeptRuns(
  path: string,
): Promise<{ runs: KeptRun[]; bundle: (sha256: string) => Promise<string | undefined> }> {
  const isFolder = (await stat(path)).isDirectory();
  const folder = isFolder ? path : dirname(path);
  const entries = await readIndex(folder);
  const found = isFolder
    ? (await readdir(folder)).filter((name) => name.endsWith('.json') && name !== INDEX).sort()
    : [basename(path)];
  const expected = isFolder ? entries.map(({ file }) => file) : [];
  const files = [...new Set([...expected, ...found])];
  if (files.length === 0) throw new NoHistory(path);
  const runs: KeptRun[] = [];
  for (const file of files) {
    const entry = entries.find((one) => one.file === file);
    const history = found.includes(file) ? await readHistory(join(folder, file)) : undefined;
    runs.push(entry ? { ...entry, history } : { ...named(file), ...runIdOf(history), history });
  }
  return {
    runs,
    async bundle(sha256) {
      const code = await readIfThere(join(folder, `bundle.${sha256}.js`));
      return code !== undefined && bundleHash(code) === sha256 ? code : undefined;
    },
  };
}

/** What was to be replayed holds no history. */
export class NoHistory extends Error {
  override name = 'NoHistory';
  readonly code = 'no-history';

  constructor(path: string) {
    super(`there is no history in ${path}`);
  }
}

async function readHistory(path: string): Promise<History> {
  const text = await readFile(path, 'utf8');
  try {
    const history = parseHistory(text);
    if (history.events?.length) return history;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
  }
  throw new NoHistory(path);
}

/** `agreement_<id>.<run id>.json` */
function named(file: string): { workflowId: string; runId: string } {
  const [id = file, runId = ''] = file.replace(/\.json$/, '').split('.');
  return { workflowId: id.replace('_', '/'), runId };
}

function runIdOf(history: History | undefined): { runId?: string } {
  const runId = history && runFacts(history).runId;
  return runId === undefined ? {} : { runId };
}

async function readIndex(folder: string): Promise<KeptEntry[]> {
  const text = await readIfThere(join(folder, INDEX));
  return text === undefined ? [] : (JSON.parse(text) as KeptEntry[]);
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function write(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.new`;
  await writeFile(draft, text);
  await rename(draft, path);
}
