import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from '../../config.ts';
import { freePort } from '../../embedded/ports.ts';
import { startStack } from '../../embedded/stack.ts';
import { openDatabase } from '../../prisma/database.ts';

const log = (line: string): void => void process.stderr.write(`${line}\n`);
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'abide-stack-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function environment(): Promise<Record<string, string>> {
  const names = ['TEMPORAL_PORT', 'UI_PORT', 'MAILBOX_PORT', 'SMTP_PORT'];
  const ports = await Promise.all(names.map(async (name) => [name, String(await freePort())]));
  return { DATA_DIR: folder, ...(Object.fromEntries(ports) as Record<string, string>) };
}

// The Temporal server may have to be built first: some six minutes, once on a machine.
test(
  'all servers come up, migrated; a second start beside is refused, one after finds the data',
  { timeout: 1_800_000 },
  async () => {
    const config = readConfig(await environment());
    const first = await startStack(config, log);
    const database = openDatabase(first.databaseUrl);
    await database.organisation.create({ data: { name: '甲公司' } });
    await database.$disconnect();
    await expect(startStack(config, log)).rejects.toThrow(/Abide already runs in .* \(process \d+\)/);
    expect((await fetch(first.mailboxUrl!)).status).toBe(200);
    expect((await fetch(first.temporalUiUrl!)).status).toBe(200);
    await first.stop();
    await expect(fetch(first.mailboxUrl!)).rejects.toThrow();

    const second = await startStack(readConfig({ DATA_DIR: folder }), log);
    expect({ ...second, lost: null, stop: null }).toEqual({ ...first, lost: null, stop: null });
    const again = openDatabase(second.databaseUrl);
    expect((await again.organisation.findMany()).map(({ name }) => name)).toEqual(['甲公司']);
    await again.$disconnect();
    await second.stop();
  },
);

test('a part that cannot start takes the others down again', { timeout: 60_000 }, async () => {
  const { SMTP_PORT: taken, ...rest } = await environment();
  const env = { ...rest, SMTP_PORT: taken!, MAILBOX_PORT: taken! };
  await expect(startStack(readConfig(env), log)).rejects.toThrow(`Port ${taken} of 127.0.0.1 is taken`);
  const stack = await startStack(readConfig({ ...rest, TEMPORAL_ADDRESS: '127.0.0.1:1' }), log);
  expect(stack.temporalAddress).toBe('127.0.0.1:1');
  expect(stack.temporalUiUrl).toBeUndefined();
  await stack.stop();
});
