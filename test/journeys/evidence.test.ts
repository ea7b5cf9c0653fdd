import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, onTestFailed, test, vi } from 'vitest';
import * as schemas from '../../api/schemas.ts';
import { bufferSource } from '../../evidence/container.ts';
import { readBundle } from '../../evidence/verify/files.ts';
import { type EvidenceVerdict, verifyBundle } from '../../evidence/verify/verify.ts';
import { MACHINE } from '../support/machine-key.ts';
import { Desk } from '../support/people.ts';
import { type World, eventually, openWorld } from '../support/world.ts';
import { day, draftOf, people } from './draft.ts';

vi.mock('../../templates/calendars.ts', async (original) => {
  const { withEveryDay } = await import('../support/every-day.ts');
  return withEveryDay(await original());
});

const ABIDE = fileURLToPath(new URL('../../cli/abide.mjs', import.meta.url));

let world: World;
let desk: Desk;
let folder: string;
/** Signed 75 days ago: two attachments late, one of them handed in, with penalties in the ledger. */
let id: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'abide-evidence-'));
  world = await openWorld();
  desk = new Desk(world);
  await world.startWorker();
  const created = await desk.post('/agreements', draftOf(people('evidence')));
  ({ id } = schemas.agreement.parse(created.body));
  await desk.post(`/agreements/${id}/start`, {});
  for (const as of ['A', 'B']) {
    const signed = await desk.post(`/agreements/${id}/signatures`, { as, signedOn: day(-75) });
    expect(signed.status).toBe(200);
  }
  await eventually(async () => (await desk.agreement(id)).overdue === 2);
  const content = 'What the needs analysis found.';
  const submitted = await desk.submit(id, 'needs-analysis-report', 'A', [{ name: '需求分析.txt', content }]);
  expect(submitted.status).toBe(200);
  await desk.allSent(id);
});
afterAll(async () => {
  await world?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The command as an auditor runs it; `beside` gives it the servers. */
function abide(args: string[], { beside = false } = {}) {
  const env: Record<string, string> = { PATH: process.env['PATH'] ?? '', HOME: folder, LC_ALL: 'C' };
  const options = { cwd: folder, encoding: 'utf8' as const, env: beside ? { ...env, ...world.env } : env };
  const { status, stdout, stderr } = spawnSync(process.execPath, [ABIDE, ...args], options);
  return { code: status, stdout, stderr };
}

const verdictOf = (stdout: string): EvidenceVerdict => JSON.parse(stdout) as EvidenceVerdict;

async function download(): Promise<{ response: Response; bytes: Buffer }> {
  const response = await fetch(`${world.url}/api/agreements/${id}/evidence`, { headers: MACHINE });
  return { response, bytes: Buffer.from(await response.arrayBuffer()) };
}

test('abide evidence writes what abide verify finds identical, offline, with replay and the pinned key', async () => {
  onTestFailed(() => world.tellAll());
  const file = join(folder, 'bundle.zip');
  const written = abide(['evidence', id, '--out', file, '--json'], { beside: true });
  expect(written).toMatchObject({ code: 0 });
  const { fingerprint, missing } = JSON.parse(written.stdout) as { fingerprint: string; missing: unknown[] };
  expect(missing).toEqual([]);
  expect((await stat(join(world.env['DATA_DIR'] ?? '', 'evidence-key.pem'))).mode & 0o777).toBe(0o600);
  expect((await stat(file)).mode & 0o777).toBe(0o600);

  const unpinned = abide(['verify', file, '--json']);
  expect(verdictOf(unpinned.stdout)).toMatchObject({ verdict: 'identical', findings: [], key: { pinned: false } });
  const pinned = abide(['verify', file, '--key', fingerprint, '--replay', '--json']);
  expect(pinned).toMatchObject({ code: 0, stderr: '' });
  const verdict = verdictOf(pinned.stdout);
  expect(verdict).toMatchObject({ verdict: 'identical', key: { fingerprint, pinned: true } });
  expect(verdict.checked).toMatchObject({ runs: 1, documents: 1 });
  expect(verdict.checked.ledger).toBeGreaterThan(1);
  expect(verdict.checked.notices).toBeGreaterThan(5);

  expect(abide(['evidence', id, '--out', file], { beside: true })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('exists already') as string,
  });
  expect(abide(['verify', file, '--key', 'a'.repeat(64), '--json'])).toMatchObject({ code: 1 });
  expect((await readdir(folder)).filter((name) => name.endsWith('.new'))).toEqual([]);

  const bytes = readFileSync(file);
  const middle = bytes.indexOf('"deliverable-submitted"');
  bytes.write('"deliverable-submitteD"', middle);
  const changed = join(folder, 'changed.zip');
  writeFileSync(changed, bytes);
  const found = abide(['verify', changed]);
  expect(found.code).toBe(1);
  expect(found.stdout).toMatch(/^different/);
});

test('the account is there in both languages: who, what, when with zone, which clause, which evidence', async () => {
  const { files } = readBundle(bufferSource((await download()).bytes));
  const zh = files.get('account.zh.html')?.bytes?.toString('utf8') ?? '';
  const en = files.get('account.en.html')?.bytes?.toString('utf8') ?? '';
  for (const page of [zh, en]) {
    expect(page).not.toMatch(/<script|src=|href=/);
    for (const said of ['需求分析.txt', 'S001a-60', 'evidence', 'Message-ID']) expect(page).toContain(said);
  }
  expect(zh).toContain('交付物已提交 · 客户需求分析报告');
  expect(zh).toMatch(/违约金 甲方[^<]*225000\.00|余额[^<]*225000\.00 CNY/);
  expect(en).toContain('a deliverable was handed in');
  expect(en).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d\d:\d\d/);
});

test('the API streams the bundle to an auditor and logs the download', async () => {
  const before = await world.database.accessLog.count({ where: { subject: `evidence/${id}` } });
  const { response, bytes } = await download();
  expect(response.headers.get('content-type')).toBe('application/zip');
  const fingerprint = response.headers.get('abide-key-fingerprint') ?? '';
  expect(verifyBundle(readBundle(bufferSource(bytes)), fingerprint)).toMatchObject({ verdict: 'identical' });
  expect(await world.database.accessLog.count({ where: { subject: `evidence/${id}` } })).toBe(before + 1);
});

const change = (sql: string) => world.database.$executeRawUnsafe(sql.replace('$id', `'${id}'`));

test.each([
  [
    'an event',
    `UPDATE event SET body = replace(body, '"via":"api"', '"via":"cli"') WHERE agreement_id = $id::uuid AND sequence = 2`,
    /event agreement\/.*\/2 hash/,
  ],
  [
    'a column of an event',
    `UPDATE event SET occurred_at = occurred_at + interval '1 day' WHERE agreement_id = $id::uuid AND sequence = 3`,
    /\/3 occurredAt/,
  ],
  [
    'a sum',
    `UPDATE ledger_line SET amount_text = '1.00' WHERE agreement_id = $id::uuid AND sequence = (SELECT min(sequence) FROM ledger_line WHERE agreement_id = $id::uuid)`,
    /ledger .* amountText/,
  ],
  ['a notice', `UPDATE notice SET kind = 'reminder' WHERE agreement_id = $id::uuid AND number = 1`, /n1 kind/],
  [
    'the state',
    `UPDATE agreement SET snapshot = jsonb_set(snapshot, '{inForceOn}', '"2020-01-01"') WHERE id = $id::uuid`,
    /snapshot inForceOn/,
  ],
  [
    'an obligation',
    `UPDATE obligation SET status = 'fulfilled' WHERE agreement_id = $id::uuid AND id = 'process-plan'`,
    /obligation process-plan status/,
  ],
  [
    'the terms',
    `UPDATE agreement SET compiled = jsonb_set(compiled, '{contractTotal}', '"1.00"') WHERE id = $id::uuid`,
    /compiled contractTotal/,
  ],
  [
    'a tail that was cut off',
    `DELETE FROM event WHERE agreement_id = $id::uuid AND sequence = (SELECT max(sequence) FROM event WHERE agreement_id = $id::uuid)`,
    /which the history has/,
  ],
])('what was changed in the database is named, though the bundle is signed: %s', async (_what, sql, where) => {
  const tables = ['event', 'ledger_line', 'notice', 'obligation', 'agreement'];
  for (const table of tables) await change(`CREATE TABLE kept_${table} AS TABLE ${table}`);
  try {
    await change(sql.replaceAll('$id', `'${id}'`));
    const { bytes } = await download();
    const { verdict, findings } = verifyBundle(readBundle(bufferSource(bytes)));
    expect({ verdict, places: findings.map((one) => one.where) }).toMatchObject({
      verdict: expect.stringMatching(/different|incomplete/) as string,
      places: expect.arrayContaining([expect.stringMatching(where)]) as string[],
    });
  } finally {
    await world.database.$transaction([
      ...tables
        .toReversed()
        .slice(1)
        .map((table) => world.database.$executeRawUnsafe(`DELETE FROM ${table}`)),
      world.database.$executeRawUnsafe(
        'UPDATE agreement SET snapshot = kept.snapshot, compiled = kept.compiled FROM kept_agreement AS kept WHERE kept.id = agreement.id',
      ),
      ...tables
        .slice(0, 4)
        .map((table) => world.database.$executeRawUnsafe(`INSERT INTO ${table} TABLE kept_${table}`)),
    ]);
    for (const table of tables) await change(`DROP TABLE kept_${table}`);
  }
});

test('a document that was altered or lost leaves the bundle incomplete or different, and named', async () => {
  const [document] = await world.database.agreementDocument.findMany({ where: { agreementId: id } });
  const sha256 = document?.sha256 ?? expect.unreachable();
  const path = join(world.documentsDir, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  const whole = readFileSync(path);
  writeFileSync(path, 'something else');
  const altered = verifyBundle(readBundle(bufferSource((await download()).bytes)));
  expect(altered).toMatchObject({ verdict: 'different' });
  expect(altered.findings.map(({ where }) => where)).toContain(`document ${sha256}`);
  await rm(path);
  const lost = verifyBundle(readBundle(bufferSource((await download()).bytes)));
  expect(lost).toMatchObject({ verdict: 'incomplete' });
  writeFileSync(path, whole);
  expect(verifyBundle(readBundle(bufferSource((await download()).bytes)))).toMatchObject({ verdict: 'identical' });
});
