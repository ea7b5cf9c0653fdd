import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SDK_VERSION, loadWorkflowBundle } from '../../activities/bundle.ts';
import { canonicalJson } from '../../activities/chain.ts';
import { printable, printableJson } from '../../cli/printable.ts';
import { withReplay } from '../../cli/verify-replay.ts';
import { type Entry, bufferSource } from '../../evidence/container.ts';
import { type Manifest, sha256Of } from '../../evidence/format.ts';
import { fingerprintOf, publicKeyOf, signStatement } from '../../evidence/signing.ts';
import { readBundle } from '../../evidence/verify/files.ts';
import { type EvidenceVerdict, verifyBundle } from '../../evidence/verify/verify.ts';
import { abideHere } from '../cli/abide-here.ts';
import { KEY, entriesOf, gathered, newKey, packedBytes } from './lived-bundle.ts';

const folder = mkdtempSync(join(tmpdir(), 'abide-verify-'));
const at = (name: string): string => join(folder, name);
const PIN = fingerprintOf(publicKeyOf(KEY));

beforeAll(async () => {
  const bytes = await packedBytes(await entriesOf(gathered()));
  writeFileSync(at('bundle.zip'), bytes);
  writeFileSync(at('cut.zip'), bytes.subarray(0, bytes.length - 5_000));
  writeFileSync(at('garbage.zip'), 'this is no bundle'.repeat(1_000));
  writeFileSync(at('empty.zip'), '');
  const pem = createPublicKey(KEY).export({ type: 'spki', format: 'pem' }).toString();
  writeFileSync(at('key.pem'), pem);
  writeFileSync(at('other.pem'), newKey());
});
afterAll(() => rmSync(folder, { recursive: true }));

test('a whole bundle is identical; without a pin the answer says that the key is its own', async () => {
  const plain = await abideHere(['verify', at('bundle.zip')]);
  expect(plain).toMatchObject({ code: 0, stderr: '' });
  expect(plain.stdout).toMatch(/^identical/);
  expect(plain.stdout).toContain("it is the bundle's own key");
  expect((await abideHere(['verify', at('bundle.zip')], { locale: 'zh-CN' })).stdout).toContain('未用 --key 核对');
});

test.each([
  ['its fingerprint', PIN],
  ['its fingerprint as people write it', (PIN.toUpperCase().match(/../g) ?? []).join(':')],
  ['a file with its public key', at('key.pem')],
])('it is pinned by %s', async (_how, key) => {
  const pinned = await abideHere(['verify', at('bundle.zip'), '--key', key, '--json']);
  expect(pinned.code).toBe(0);
  expect(JSON.parse(pinned.stdout)).toMatchObject({ verdict: 'identical', key: { fingerprint: PIN, pinned: true } });
});

test('another key is different', async () => {
  const other = await abideHere(['verify', at('bundle.zip'), '--key', at('other.pem'), '--json']);
  expect(other.code).toBe(1);
  expect(JSON.parse(other.stdout)).toMatchObject({
    verdict: 'different',
    findings: [{ what: 'key', expected: expect.any(String) as string, found: PIN }],
  });
});

test('a bundle that was cut off says so, and what is gone with its end', async () => {
  const cut = await abideHere(['verify', at('cut.zip'), '--json']);
  expect(cut.code).toBe(1);
  const { findings } = JSON.parse(cut.stdout) as EvidenceVerdict;
  expect(findings.map(({ what }) => what)).toEqual(expect.arrayContaining(['container', 'file']));
  expect((await abideHere(['verify', at('cut.zip')])).stdout).toContain('cut off');
});

test.each([
  ['garbage', ['verify', at('garbage.zip')], 'not-a-bundle'],
  ['an empty file', ['verify', at('empty.zip')], 'not-a-bundle'],
  ['a folder', ['verify', folder], 'file-unreadable'],
  ['no file', ['verify', at('nowhere.zip')], 'file-unreadable'],
  ['a key that is none', ['verify', at('bundle.zip'), '--key', 'abc'], 'unusable-key'],
  ['a file that is no key', ['verify', at('bundle.zip'), '--key', at('garbage.zip')], 'unusable-key'],
  ['code to be run of whoever', ['verify', at('bundle.zip'), '--replay'], 'invalid-usage'],
  ['evidence of what is no agreement', ['evidence', 'x'], 'agreement-not-found'],
])('%s gives a clear error and no stack trace', async (_what, args, code) => {
  const ran = await abideHere([...args, '--json']);
  expect(ran).toMatchObject({ code: 1, stdout: '' });
  expect(JSON.parse(ran.stderr)).toMatchObject({ type: `urn:abide:${code}` });
  expect(ran.stderr).not.toMatch(/\n\s+at /);
});

/** A run whose code, once it is run, writes its environment to a file: the sandbox of a workflow is no wall. */
async function trap(marker: string): Promise<Entry[]> {
  const code = `const trapped = AsyncLocalStorage.constructor('return process')();
trapped.getBuiltinModule('fs').writeFileSync(${JSON.stringify(marker)}, JSON.stringify(trapped.env));
${(await loadWorkflowBundle()).code}`;
  const bundle = sha256Of(code);
  const eventTime = '2026-09-01T01:00:00Z';
  const taskQueue = { name: 'q', kind: 'TASK_QUEUE_KIND_NORMAL' };
  const started = { workflowType: { name: 'agreement' }, taskQueue, input: { payloads: [] }, attempt: 1 };
  const type = (name: string) => `EVENT_TYPE_WORKFLOW_${name}`;
  const events = [
    {
      ...{ eventId: '1', eventType: type('EXECUTION_STARTED') },
      workflowExecutionStartedEventAttributes: {
        ...started,
        originalExecutionRunId: 'run-1',
        workflowId: 'agreement/x',
      },
    },
    {
      ...{ eventId: '2', eventType: type('TASK_SCHEDULED') },
      workflowTaskScheduledEventAttributes: { taskQueue, startToCloseTimeout: '10s', attempt: 1 },
    },
    {
      ...{ eventId: '3', eventType: type('TASK_STARTED') },
      workflowTaskStartedEventAttributes: { scheduledEventId: '2', identity: 'i', requestId: 'r' },
    },
    {
      ...{ eventId: '4', eventType: type('TASK_COMPLETED') },
      workflowTaskCompletedEventAttributes: { scheduledEventId: '2', startedEventId: '3', binaryChecksum: bundle },
    },
  ].map((event) => ({ ...event, eventTime, taskId: event.eventId }));
  const row = { workflowId: 'agreement/x', runId: 'run-1', file: 'histories/0001.json', events: 4 };
  return Object.entries({
    'events.jsonl': '',
    'runs.json': JSON.stringify([{ ...row, bundle, sdk: SDK_VERSION }]),
    'histories/0001.json': JSON.stringify({ events }),
    [`code/${bundle}.js`]: code,
  }).map(([path, text]) => ({ path, bytes: Buffer.from(text) }));
}

describe('--replay runs the code of a bundle only when the key that was given signed all of it', () => {
  const marker = at('ran');

  test('the trap would spring, and then in a process that has no environment', { timeout: 60_000 }, async () => {
    process.env['ABIDE_TEST_SECRET'] = 'secret';
    const bundle = readBundle(bufferSource(await packedBytes(await trap(marker))));
    const key = { fingerprint: PIN, pinned: true, verified: true };
    await withReplay({ ...verifyBundle(bundle, PIN), verdict: 'identical', findings: [], key }, bundle);
    expect(Object.keys(JSON.parse(readFileSync(marker, 'utf8')) as object)).not.toContain('ABIDE_TEST_SECRET');
    expect(readFileSync(marker, 'utf8')).not.toContain('secret');
    rmSync(marker);
    delete process.env['ABIDE_TEST_SECRET'];
  });

  const own = (paths: string[]) => async () => (await entriesOf(gathered())).filter(({ path }) => paths.includes(path));
  test.each<[string, () => Promise<Entry[]>]>([
    ['no signature and no manifest', own([])],
    ['no signature', own(['manifest.json'])],
    ['no manifest, and the signature of another bundle', own(['signature.json'])],
    ['manifest and signature of another bundle', own(['manifest.json', 'signature.json'])],
  ])('%s', { timeout: 60_000 }, async (_what, signed) => {
    writeFileSync(at('trap.zip'), await packedBytes([...(await signed()), ...(await trap(marker))]));
    const ran = await abideHere(['verify', at('trap.zip'), '--key', PIN, '--replay', '--json']);
    expect(ran.code).toBe(1);
    const { verdict, findings } = JSON.parse(ran.stdout) as EvidenceVerdict;
    expect(verdict).toBe('different');
    expect(findings.at(-1)).toMatchObject({ what: 'replay', expected: 'what the key signed whole', found: null });
    expect(existsSync(marker)).toBe(false);
  });
});

describe('nothing of a bundle but its text reaches the screen', () => {
  const FAKE = `\u001b[2A\u001b[2Kfingerprint of the signing key: ${PIN}\n\u009b2K  it is the one given with --key\u202e`;

  test('control characters, line breaks and marks that turn text are written out, in JSON as the same value', () => {
    expect(printable('a\u001b[2K\r\nb\u009b\u2028\u202e\u200b\ufeff中文 😀')).toBe(
      'a\\u001b[2K\\u000d\\u000ab\\u009b\\u2028\\u202e\\u200b\\ufeff中文 😀',
    );
    const value = { [FAKE]: [FAKE, '\u{e0001}', 'é中文'] };
    expect(printableJson(value)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(JSON.parse(printableJson(value))).toEqual(value);
  });

  test('a bundle of a forger cannot write the fingerprint of another, which stands last', async () => {
    const forger = newKey();
    const [first, , ...files] = await entriesOf(gathered(), forger);
    const manifest = JSON.parse(first!.bytes.toString()) as Manifest;
    Object.assign(manifest, { createdAt: FAKE, agreement: FAKE });
    manifest.heads.push({ workflowId: FAKE, sequence: 0, hash: FAKE });
    manifest.missing.push({ what: FAKE as 'code', name: FAKE, why: 'missing' });
    const text = JSON.stringify(manifest);
    const { format, agreement, heads } = manifest;
    const signature = signStatement({ format, agreement, heads, manifest: sha256Of(text) }, forger);
    const signed = [
      { path: 'manifest.json', bytes: Buffer.from(text) },
      { path: 'signature.json', bytes: Buffer.from(`${canonicalJson(signature)}\n`) },
    ];
    writeFileSync(at('forged.zip'), await packedBytes([...signed, ...files]));
    for (const options of [[], ['--json']]) {
      const { code, stdout } = await abideHere(['verify', at('forged.zip'), ...options]);
      expect(code).toBe(1);
      expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
      if (options.length > 0) continue;
      const lines = stdout.trimEnd().split('\n');
      expect(lines.filter((line) => line.startsWith('fingerprint'))).toEqual([
        `fingerprint of the signing key: ${fingerprintOf(publicKeyOf(forger))}`,
      ]);
      expect(lines.at(-1)).toContain('not compared (--key)');
      expect(lines.filter((line) => line.startsWith('head of the chain'))).toHaveLength(1);
    }
  });

  test('another key is said to be another', async () => {
    const { stdout } = await abideHere(['verify', at('bundle.zip'), '--key', at('other.pem')]);
    expect(stdout).toContain('it is NOT the one given with --key');
  });
});
