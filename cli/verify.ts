import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import type { Source } from '../evidence/container.ts';
import { UnusableKey, fingerprintOf, publicKeyOf } from '../evidence/signing.ts';
import { NotABundle, type ReadBundle, readBundle } from '../evidence/verify/files.ts';
import { type EvidenceVerdict, verifyBundle } from '../evidence/verify/verify.ts';
import type { Text } from '../domain/time.ts';
import { CommandFailed, language, print } from './output.ts';
import { printable, printableJson } from './printable.ts';

/** `abide verify FILE [--key FINGERPRINT|FILE] [--replay]`: @returns 0 when the verdict is `identical`, else 1 */
export async function runVerify(
  file: string,
  { key, replay, json }: { key: string | undefined; replay: boolean; json: boolean },
): Promise<number> {
  const pin = key === undefined ? undefined : fingerprint(key);
  const bundle = readFrom(file);
  const checked = verifyBundle(bundle, pin);
  const verdict = replay ? await (await import('./verify-replay.ts')).withReplay(checked, bundle) : checked;
  if (json) print(printableJson(verdict));
  else print(...verdictText(verdict, pin)[language()].map(printable));
  return verdict.verdict === 'identical' ? 0 : 1;
}

/** @throws CommandFailed for what is no bundle, or cannot be read */
function readFrom(file: string): ReadBundle {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw failed('file-unreadable', {
      zh: `无法读取 ${file}（${code}）`,
      en: `${file} cannot be read (${code})`,
    });
  }
  try {
    if (!fstatSync(handle).isFile())
      throw failed('file-unreadable', { zh: `${file} 不是文件`, en: `${file} is no file` });
    return readBundle(fileSource(handle));
  } catch (error) {
    if (!(error instanceof NotABundle)) throw error;
    throw failed('not-a-bundle', {
      zh: `${file} 不是 abide evidence 写出的证据包：${error.message}`,
      en: `${file} is no bundle that abide evidence wrote: ${error.message}`,
    });
  } finally {
    closeSync(handle);
  }
}

function fileSource(handle: number): Source {
  const { size } = fstatSync(handle);
  return {
    size,
    read(at, length) {
      const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - at)));
      let read = 0;
      while (read < bytes.length) {
        const count = readSync(handle, bytes, read, bytes.length - read, at + read);
        if (count === 0) break;
        read += count;
      }
      return bytes.subarray(0, read);
    },
  };
}

/** A fingerprint as people write it, or the file of a public key. @throws CommandFailed */
function fingerprint(key: string): string {
  const plain = key.replace(/[\s:]/g, '').toLowerCase();
  if (/^[0-9a-f]{64}$/.test(plain)) return plain;
  try {
    if (existsSync(key)) return fingerprintOf(publicKeyOf(readFileSync(key, 'utf8')));
  } catch (error) {
    if (!(error instanceof UnusableKey)) throw error;
  }
  throw failed('unusable-key', {
    zh: `“${key}”既不是指纹（64 位十六进制），也不是 Ed25519 公钥文件（PEM）`,
    en: `"${key}" is neither a fingerprint (64 hex digits) nor a file with an Ed25519 key (PEM)`,
  });
}

function failed(code: string, message: Text): CommandFailed {
  return new CommandFailed([{ path: '', code, message, cure: { zh: '', en: '' } }]);
}

const VERDICTS: Record<EvidenceVerdict['verdict'], Text> = {
  identical: { zh: '一致：证据包完整，未发现改动', en: 'identical: the bundle is whole and nothing in it was changed' },
  different: { zh: '不一致', en: 'different' },
  incomplete: {
    zh: '不完整：所存各项相符，但有缺失',
    en: 'incomplete: what is there agrees, and something is not there',
  },
};

/** Whose key it is, in words. */
function keyText({ fingerprint, pinned }: EvidenceVerdict['key'], pin: string | undefined): Text {
  if (fingerprint === null) {
    return {
      zh: '  没有有效签名：不能说明文件包由谁签发',
      en: '  no valid signature: nothing says who made the bundle',
    };
  }
  if (pinned) return { zh: '  已按 --key 核对', en: '  it is the one given with --key' };
  return pin === undefined
    ? {
        zh: '  未用 --key 核对：这是文件包自带的密钥，请与签发单位另行告知的指纹比对',
        en: "  not compared (--key): it is the bundle's own key; compare it with what the issuer told you by another way",
      }
    : { zh: '  与 --key 所给的密钥不符', en: '  it is NOT the one given with --key' };
}

/** The verdict for people, in lines; last, so that nothing of the bundle stands below it, whose key it is. */
function verdictText(verdict: EvidenceVerdict, pin: string | undefined): { zh: string[]; en: string[] } {
  const { agreement, createdAt, key, heads, checked, findings } = verdict;
  const value = (one: unknown): string => (typeof one === 'string' ? one : JSON.stringify(one));
  const list = (words: { expected: string; found: string; nothing: string }): string[] =>
    findings.flatMap(({ what, where, expected, found }) => [
      `  [${what}] ${where}`,
      `    ${words.expected}${expected === null ? words.nothing : value(expected)}`,
      `    ${words.found}${found === null ? words.nothing : value(found)}`,
    ]);
  const counts = Object.entries(checked).map(([name, count]) => `${name} ${count}`);
  const whose = keyText(key, pin);
  const ends = heads.map(({ workflowId, sequence, hash }) => `${workflowId} ${sequence} ${hash}`);
  return {
    zh: [
      VERDICTS[verdict.verdict].zh,
      `协议：${agreement ?? '?'}，制作时间：${createdAt ?? '?'}`,
      ...ends.map((end) => `哈希链末端：${end}`),
      `已核验：${counts.join('，')}`,
      ...(findings.length === 0 ? [] : [`共 ${findings.length} 处：`]),
      ...list({ expected: '应为：', found: '实为：', nothing: '（无）' }),
      `签名密钥指纹：${key.fingerprint ?? '?'}`,
      whose.zh,
    ],
    en: [
      VERDICTS[verdict.verdict].en,
      `agreement: ${agreement ?? '?'}, made at ${createdAt ?? '?'}`,
      ...ends.map((end) => `head of the chain: ${end}`),
      `checked: ${counts.join(', ')}`,
      ...(findings.length === 0 ? [] : [`findings: ${findings.length}`]),
      ...list({ expected: 'expected: ', found: 'found:    ', nothing: '(nothing)' }),
      `fingerprint of the signing key: ${key.fingerprint ?? '?'}`,
      whose.en,
    ],
  };
}
