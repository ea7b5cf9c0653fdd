import { execFile } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Client } from '@temporalio/client';
import { systemClock } from '../activities/clock.ts';
import { openDocumentStore } from '../activities/documents.ts';
import { UnknownAgreement } from '../activities/replay.ts';
import type { Config } from '../config.ts';
import { evidenceKey } from '../embedded/evidence-key.ts';
import { reachStack } from '../embedded/running.ts';
import { type IssueEvidence, type IssuedBundle, createEvidence } from '../evidence/issue.ts';
import { type Database, openDatabase } from '../prisma/database.ts';
import { findTemplate } from '../templates/library.ts';
import { CommandFailed, language, print, printJson } from './output.ts';
import { configuration, engineFailure } from './process.ts';
import { AGREEMENT, unknownAgreement } from './replay.ts';
import { openTemporal } from './temporal.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Bundles of evidence from these servers, signed with the installation's key. */
export async function openEvidence(
  config: Config,
  { database, temporal }: { database: Database; temporal: () => Client },
): Promise<IssueEvidence> {
  const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
  return createEvidence({
    database,
    temporal,
    documents: openDocumentStore(config.documentsDir, { maxBytes: config.maxUploadBytes }),
    clock: systemClock,
    titles: (reference) => {
      const found = findTemplate(reference);
      return 'problem' in found ? undefined : found.template;
    },
    code: { version, commit: await commit() },
    key: () => evidenceKey(config),
  });
}

/** The commit of this checkout, `-dirty` where files were changed since; null in an image, which has none. */
async function commit(): Promise<string | null> {
  if (!existsSync(resolve(ROOT, '.git'))) return null;
  try {
    const args = ['-C', ROOT, 'describe', '--always', '--dirty', '--abbrev=40', '--exclude=*'];
    const { stdout } = await promisify(execFile)('git', args);
    return stdout.trim();
  } catch {
    return null; // no git, or a folder that it does not trust
  }
}

/**
 * `abide evidence AGREEMENT [--out FILE]`: writes the bundle and prints the fingerprint of the key that signed it.
 *
 * @returns 0, also where something could not be had: it is named, and `verify` calls the bundle incomplete
 */
export async function runEvidence(
  target: string,
  { out, json }: { out: string | undefined; json: boolean },
): Promise<number> {
  const id = AGREEMENT.exec(target)?.groups?.id?.toLowerCase() ?? unknownAgreement(target);
  if (out !== undefined && existsSync(out)) throw fileExists(out);
  const config = configuration();
  const servers = await reachStack(config, (line) => process.stderr.write(`${line}\n`)).catch((error: unknown) => {
    throw engineFailure(error);
  });
  if (!servers) return unknownAgreement(id);
  const database = openDatabase(servers.databaseUrl);
  const temporal = openTemporal(servers.temporalAddress, config.temporalNamespace);
  try {
    const issue = await openEvidence(config, { database, temporal: () => temporal });
    const bundle = await issue(id);
    const file = out ?? resolve(bundle.fileName);
    await write(bundle, file);
    const { fingerprint, heads, missing } = bundle;
    if (json) printJson({ file, agreement: id, fingerprint, heads, missing });
    else print(...writtenText(file, bundle)[language()]);
    return 0;
  } catch (error) {
    if (error instanceof UnknownAgreement) return unknownAgreement(id);
    throw error;
  } finally {
    await temporal.connection.close();
    await database.$disconnect();
    await servers.release();
  }
}

/** Under its name only when it is whole. */
async function write({ stream }: IssuedBundle, file: string): Promise<void> {
  const draft = `${file}.${process.pid}.new`;
  try {
    await pipeline(stream, createWriteStream(draft, { flags: 'wx', mode: 0o600 }));
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

function fileExists(file: string): CommandFailed {
  return new CommandFailed([
    {
      path: '',
      code: 'file-exists',
      message: { zh: `${file} 已存在`, en: `${file} exists already` },
      cure: { zh: '请用 --out 另选文件名', en: 'choose another name with --out' },
    },
  ]);
}

function writtenText(file: string, { fingerprint, heads, missing }: IssuedBundle): { zh: string[]; en: string[] } {
  const ends = heads.map(({ workflowId, sequence, hash }) => `  ${workflowId}  ${sequence}  ${hash}`);
  const lacks = missing.map(({ what, name, why }) => `  ${what} ${name}: ${why}`);
  return {
    zh: [
      `证据包：${file}`,
      `签名密钥指纹：${fingerprint}`,
      '请另行告知核验人该指纹：abide verify FILE --key 指纹',
      '哈希链末端：',
      ...ends,
      ...(lacks.length === 0 ? [] : ['未能取得：', ...lacks]),
    ],
    en: [
      `evidence: ${file}`,
      `fingerprint of the signing key: ${fingerprint}`,
      'tell it to whoever checks the bundle, by another way: abide verify FILE --key FINGERPRINT',
      'heads of the hash chains:',
      ...ends,
      ...(lacks.length === 0 ? [] : ['could not be had:', ...lacks]),
    ],
  };
}
