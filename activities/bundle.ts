import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BundleOptions, DefaultLogger, bundleWorkflowCode } from '@temporalio/worker';

type WebpackConfiguration = Parameters<NonNullable<BundleOptions['webpackConfigHook']>>[0];

/** The workflows' code as a worker runs it. */
export interface WorkflowBundle {
  code: string;
  /** Of `code` as UTF-8, in hex: the build id that histories bear. */
  sha256: string;
  /** The file that holds `code`. */
  codePath: string;
  /** Version of the Temporal SDK that it was built with, which alone can run it. */
  sdk: string;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const THIS_FILE = fileURLToPath(import.meta.url);
const FILE = /^(?<key>[0-9a-f]{16})\.(?<sha256>[0-9a-f]{64})\.js$/;

const require = createRequire(import.meta.url);
const versionOf = (name: string): string => (require(`${name}/package.json`) as { version: string }).version;

/** The Temporal SDK that is installed. */
export const SDK_VERSION: string = versionOf('@temporalio/worker');

/** The SDK wants a source map; an empty one keeps the folder's path out of the code. */
const NO_SOURCE_MAP = Buffer.from('{"version":3,"file":"workflows.js","sources":[],"names":[],"mappings":""}').toString(
  'base64',
);

const loading = new Map<string, Promise<WorkflowBundle>>();

/**
 * The bundle of the workflows in `root` (this checkout). Built on first use and kept in `dist/workflows`, by a hash of
 * all that goes into it; the same sources give the same code in whatever folder they lie. Several processes may ask at once.
 *
 * @throws when the sources do not compile or import what a workflow may not.
 */
export function loadWorkflowBundle(options: { root?: string; entry?: string } = {}): Promise<WorkflowBundle> {
  const { root = ROOT, entry = 'workflows/index.ts' } = options;
  const id = join(root, entry);
  const known = loading.get(id) ?? load(root, entry);
  loading.set(id, known);
  known.catch(() => loading.delete(id));
  return known;
}

/** Code that was built here earlier, by its SHA-256; undefined when it is not kept here. */
export async function findBundleCode(sha256: string, root: string = ROOT): Promise<string | undefined> {
  const folder = distFolder(root);
  const name = (await fileNames(folder)).find((file) => FILE.exec(file)?.groups?.sha256 === sha256);
  return name === undefined ? undefined : readFile(join(folder, name), 'utf8');
}

/** SHA-256 of a bundle's code, in hex. */
export function bundleHash(code: string): string {
  return createHash('sha256').update(code, 'utf8').digest('hex');
}

async function load(root: string, entry: string): Promise<WorkflowBundle> {
  const folder = distFolder(root);
  const key = await sourcesKey(root, entry);
  const kept = (await fileNames(folder)).find((file) => FILE.exec(file)?.groups?.key === key);
  if (kept !== undefined) {
    const codePath = join(folder, kept);
    const code = await readFile(codePath, 'utf8');
    const sha256 = bundleHash(code);
    if (kept === `${key}.${sha256}.js`) return { code, sha256, codePath, sdk: SDK_VERSION };
  }
  const code = await build(root, entry);
  const sha256 = bundleHash(code);
  const codePath = join(folder, `${key}.${sha256}.js`);
  await mkdir(folder, { recursive: true });
  const draft = `${codePath}.${process.pid}.new`;
  await writeFile(draft, code);
  await rename(draft, codePath);
  return { code, sha256, codePath, sdk: SDK_VERSION };
}

async function build(root: string, entry: string): Promise<string> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(root, entry),
    workflowInterceptorModules: [join(root, 'workflows/recorder.ts')],
    logger: new DefaultLogger('ERROR'),
    webpackConfigHook: (config) => withoutPaths(config, root),
  });
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${NO_SOURCE_MAP}`;
}

/** Modules bear numbers in the order of their imports, and neither comments nor source maps name files. */
function withoutPaths(config: WebpackConfiguration, root: string): WebpackConfiguration {
  const rules = (config.module?.rules ?? []).flatMap((rule) => {
    if (typeof rule !== 'object' || rule === null || rule.enforce === 'pre') return []; // reads the packages' source maps
    const { use } = rule;
    if (typeof use !== 'object' || use === null || !('options' in use) || typeof use.options !== 'object')
      return [rule];
    return [{ ...rule, use: { ...use, options: { ...use.options, sourceMap: false } } }];
  });
  return {
    ...config,
    context: root,
    devtool: false,
    module: { ...config.module, rules },
    output: { ...config.output, pathinfo: false },
    optimization: { ...config.optimization, moduleIds: 'natural' },
  };
}

/** Hash of all that the code is made of and made by. */
async function sourcesKey(root: string, entry: string): Promise<string> {
  const hash = createHash('sha256');
  const packages = ['@temporalio/worker', '@temporalio/workflow', '@swc/core', 'webpack', 'big.js'];
  hash.update(JSON.stringify([entry, ...packages.map((name) => [name, packageVersion(name)])]));
  hash.update(await readFile(THIS_FILE));
  for (const room of ['workflows', 'domain', ...(entry.startsWith('workflows/') ? [] : [entry])]) {
    const path = join(root, room);
    const files =
      room === entry
        ? ['']
        : (await readdir(path, { recursive: true, withFileTypes: true }))
            .filter((file) => file.isFile())
            .map((file) => join(file.parentPath, file.name).slice(path.length));
    for (const file of files.sort()) {
      const content = await readFile(join(path, file));
      hash.update(`\n${room}${file.replaceAll('\\', '/')} ${content.length}\n`).update(content);
    }
  }
  return hash.digest('hex').slice(0, 16);
}

/** Also of a package that only the SDK depends on, and of one that exports no package.json. */
function packageVersion(name: string): string {
  const worker = createRequire(require.resolve('@temporalio/worker'));
  const folders = worker.resolve.paths(name) ?? [];
  for (const folder of folders) {
    try {
      return (worker(join(folder, name, 'package.json')) as { version: string }).version;
    } catch (error) {
      if ((error as { code?: string }).code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  throw new Error(`package ${name} is not installed`);
}

function distFolder(root: string): string {
  return join(root, 'dist', 'workflows');
}

async function fileNames(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return [];
    throw error;
  }
}
