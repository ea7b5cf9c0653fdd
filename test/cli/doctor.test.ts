import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { startPostgres } from '../../embedded/postgres.ts';
import { applyMigrations } from '../../prisma/migrate.ts';

const ABIDE = fileURLToPath(new URL('../../cli/abide.mjs', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'abide-doctor-'));
const bin = join(folder, 'bin');
/** A PATH with a Temporal server on it, and one with none of the tools. */
const withTemporal = `${bin}:${join(folder, 'shell')}`;
const withoutTools = join(folder, 'shell');

beforeAll(() => {
  mkdirSync(bin);
  writeFileSync(join(bin, 'temporal'), '#!/bin/sh\n');
  chmodSync(join(bin, 'temporal'), 0o755);
  mkdirSync(join(folder, 'shell'));
  symlinkSync('/bin/sh', join(folder, 'shell', 'sh'));
  symlinkSync(process.execPath, join(folder, 'shell', 'node'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const report = z.strictObject({
  ready: z.boolean(),
  checks: z.array(
    z.strictObject({
      id: z.string(),
      ok: z.boolean(),
      needed: z.boolean(),
      found: z.string().min(1),
      cure: z.string().min(5).optional(),
    }),
  ),
});

/** Asks the doctor, in an environment of nothing but this. */
async function doctor(env: Record<string, string>, ...args: string[]) {
  const base = {
    PATH: withTemporal,
    HOME: folder,
    XDG_CACHE_HOME: join(folder, 'cache'),
    DATA_DIR: join(folder, 'data', 'abide'),
    API_PORT: '0',
    LC_ALL: 'C',
  };
  // Not spawnSync: a port that this process holds must go on answering.
  const child = spawn(process.execPath, [ABIDE, 'doctor', ...args], { env: { ...base, ...env } });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stdout, stderr };
}

async function asked(env: Record<string, string>) {
  const { code, stdout, stderr } = await doctor(env, '--json');
  expect(stderr).toBe('');
  const { ready, checks } = report.parse(JSON.parse(stdout));
  return { code, ready, of: Object.fromEntries(checks.map((check) => [check.id, check])), text: stdout };
}

test('exit 0 where all that start needs is here; what simulate needs beyond that may be missing', async () => {
  const { code, ready, of } = await asked({});
  expect(Object.values(of).filter(({ ok, needed }) => needed && !ok)).toEqual([]);
  expect({ code, ready }).toEqual({ code: 0, ready: true });
  expect(of['temporal']?.found).toBe(join(bin, 'temporal'));
  expect(of['time-skipping']).toMatchObject({ ok: false, needed: false, cure: expect.stringContaining('Maven') });
  expect(of['templates']?.ok).toBe(true);
  expect(of['calendars']?.found).toContain('cn@');
});

test('without a Temporal server exit 1, with where it would come from; nothing is fetched or made', async () => {
  const { code, ready, of } = await asked({ PATH: withoutTools });
  expect({ code, ready }).toEqual({ code: 1, ready: false });
  expect(of['temporal']).toMatchObject({ ok: false, needed: true });
  expect(of['temporal']?.cure).toMatch(/temporal\.download.*github\.com\/temporalio.*install Go 1\.25/);
  expect(of['go']).toMatchObject({ ok: false, needed: false });
  expect(of['java']).toMatchObject({ ok: false, needed: false });
  expect(existsSync(join(folder, 'cache'))).toBe(false);
  expect(existsSync(join(folder, 'data'))).toBe(false);
});

test('servers that do not answer are named without their passwords', async () => {
  const env = {
    DATABASE_URL: 'postgresql://abide:s3cret-one@127.0.0.1:1/record?password=s3cret-two',
    SMTP_URL: 'smtp://mail:s3cret-three@127.0.0.1:1',
    TEMPORAL_ADDRESS: '127.0.0.1:1',
  };
  const { code, of, text } = await asked(env);
  expect(code).toBe(1);
  expect(of['postgres']?.found).toBe('postgresql://abide@127.0.0.1:1/record does not answer (ECONNREFUSED)');
  expect(of['smtp']?.found).toBe('smtp://mail@127.0.0.1:1 does not answer');
  expect(of['temporal']?.found).toBe('127.0.0.1:1 does not answer');
  const people = await doctor(env);
  expect(text + people.stdout + people.stderr).not.toContain('s3cret');
});

test('a value that cannot be used is named, without what is secret, and the rest is looked at all the same', async () => {
  const { code, of, text } = await asked({ DATABASE_URL: 'mysql://u:s3cret@h/x', API_PORT: 'http' });
  expect(code).toBe(1);
  expect(of['configuration']?.found).toMatch(/DATABASE_URL is no address.*API_PORT "http" is no port/);
  expect(of['postgres']?.ok).toBe(true);
  expect(text).not.toContain('s3cret');
});

test('a database that nobody administers is told, with how to make somebody; start runs all the same', async () => {
  // Apart from what the doctor is watched to leave alone.
  const dataDir = mkdtempSync(join(tmpdir(), 'abide-doctor-pg-'));
  const { url, stop } = await startPostgres({ dataDir, durable: false, log: () => undefined });
  try {
    const before = await asked({ DATABASE_URL: url });
    expect(before.of['administrator']).toMatchObject({ ok: true, needed: false });
    await applyMigrations(url);
    const { code, of } = await asked({ DATABASE_URL: url });
    expect(code).toBe(0);
    expect(of['administrator']).toMatchObject({ ok: false, needed: false });
    expect(of['administrator']?.cure).toContain('one-time link');
  } finally {
    await stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});

test('a port that is taken', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = String((server.address() as AddressInfo).port);
  try {
    const { code, of } = await asked({ API_PORT: port });
    expect(code).toBe(1);
    expect(of['ports']).toMatchObject({ ok: false, needed: true, found: `taken: API_PORT ${port}` });
  } finally {
    server.close();
  }
});

test('a folder of own templates that is not there, and one whose template is wrong', async () => {
  const gone = await asked({ ABIDE_TEMPLATES: join(folder, 'gone') });
  expect(gone.code).toBe(1);
  expect(gone.of['templates']?.ok).toBe(false);
  const own = join(folder, 'own', 'mine');
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'template.yaml'), 'format: 1\n');
  const wrong = await asked({ ABIDE_TEMPLATES: join(folder, 'own') });
  expect(wrong.code).toBe(1);
  expect(wrong.of['templates']).toMatchObject({ ok: false, cure: expect.stringContaining('abide templates check') });
});

test('for people, in the language of the terminal', async () => {
  const { code, stdout } = await doctor({ PATH: withoutTools, LC_ALL: 'zh_CN.UTF-8' });
  expect(code).toBe(1);
  expect(stdout).toMatch(/✗ {2}Temporal 服务器 +本机没有\n/);
  expect(stdout).toMatch(/\nTemporal 服务器:\n {2}abide start 首次运行时获取/);
  expect(stdout.trimEnd()).toMatch(/\nabide start 尚缺上列标 ✗ 的各项。$/);
  const english = await doctor({});
  expect(english.stdout.trimEnd()).toMatch(/\nEverything that abide start needs is here\.$/);
  expect(readdirSync(folder).sort()).toEqual(['bin', 'own', 'shell']);
});
