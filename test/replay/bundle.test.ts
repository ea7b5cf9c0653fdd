import { cp, mkdtemp, readFile, readdir, rm, stat, symlink } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { bundleHash, findBundleCode, loadWorkflowBundle } from '../../activities/bundle.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The sources in another folder, as another checkout would have them. */
async function checkout(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'abide-bundle-'));
  for (const room of ['workflows', 'domain', 'activities'])
    await cp(join(ROOT, room), join(root, room), { recursive: true });
  await cp(join(ROOT, 'package.json'), join(root, 'package.json'));
  await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  return root;
}

test('the same sources give the same bundle in whatever folder they lie, and several may ask at once', async () => {
  const here = await loadWorkflowBundle();
  const root = await checkout();
  try {
    const [there] = await Promise.all([loadWorkflowBundle({ root }), loadWorkflowBundle({ root })]);
    expect(there.sha256).toBe(here.sha256);
    expect(there.codePath).toMatch(new RegExp(`^${root}/dist/workflows/`));
    expect(there.code.includes(root)).toBe(false);
    expect(await readdir(join(root, 'dist', 'workflows'))).toHaveLength(1);
  } finally {
    await rm(root, { recursive: true });
  }
});

test('what is kept is the code under its hash, small and free of what a workflow may not have', async () => {
  const { code, sha256, codePath, sdk } = await loadWorkflowBundle();
  expect((await readFile(codePath, 'utf8')) === code).toBe(true);
  expect(bundleHash(code)).toBe(sha256);
  expect((await findBundleCode(sha256)) === code).toBe(true);
  expect(sdk).toMatch(/^\d+\.\d+\.\d+$/);
  // Nine workflow types; each new one may add to it, a library may not (see below).
  expect((await stat(codePath)).size).toBeLessThan(3 * 1024 * 1024);
  // A validator, a database or a mail client would leave its name in messages.
  const alien = ['ZodError', 'PrismaClient', 'nodemailer', 'stdlib', 'node_modules/', ROOT.replace(/\/$/, '')];
  expect(alien.filter((word) => code.includes(word))).toEqual([]);
  const required = [...code.matchAll(/\brequire\(["'](?:node:)?([\w/]+)["']\)/g)].map(([, name]) => name ?? '');
  expect(required.filter((name) => builtinModules.includes(name))).toEqual([]);
});
