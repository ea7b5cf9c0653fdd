import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { importDirectory } from '../../api/directory/import.ts';
import { importResult } from '../../api/directory/schemas.ts';
import { MAX_TABLE_ROWS, tableReader } from '../../api/directory/table-file.ts';
import { tableCounts } from '../support/tables.ts';
import { sheetOf, workbookOf, zipOf } from '../support/zip.ts';
import { type Desk, ask, form, openDesk } from './desk.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(async () => {
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
  await desk.database.person.deleteMany();
  await desk.database.$executeRaw`TRUNCATE organisation CASCADE`;
});
afterAll(() => desk?.close());

const bring = (
  content: string | Uint8Array,
  {
    name = '人员.csv',
    headers = {},
    ...fields
  }: { name?: string; headers?: Record<string, string> } & Record<string, unknown> = {},
) => ask(desk.api, 'POST', '/directory/import', form(fields as Record<string, string>, { [name]: content }), headers);

const TABLE = `组织,上级组织,姓名,邮箱,语言,时区
甲公司,,李华,Li@a.example,中文,
客服部,甲公司,王敏,wang@a.example,en,Europe/Berlin
`;

test('a dry run says what would happen and changes nothing; then it happens, once', async () => {
  const before = await tableCounts(desk.database);
  const dry = importResult.parse((await bring(TABLE, { dryRun: 'true' })).body);
  expect(dry).toMatchObject({
    dryRun: true,
    format: 'utf-8',
    rows: 2,
    organisations: { added: 2, changed: 0, unchanged: 0 },
    persons: { added: 2, changed: 0, unchanged: 0 },
    errorCount: 0,
  });
  expect({ ...(await tableCounts(desk.database)), idempotent_request: 0 }).toEqual({
    ...before,
    idempotent_request: 0,
  });

  const real = importResult.parse((await bring(TABLE)).body);
  expect({ ...real, dryRun: true }).toEqual(dry);
  const wang = await desk.database.person.findFirstOrThrow({
    where: { email: 'wang@a.example' },
    include: { organisation: { include: { parent: true } } },
  });
  expect(wang).toMatchObject({
    name: '王敏',
    language: 'en',
    zone: 'Europe/Berlin',
    organisation: { name: '客服部', parent: { name: '甲公司' } },
  });
  const again = importResult.parse((await bring(TABLE)).body);
  expect(again).toMatchObject({
    organisations: { added: 0, changed: 0, unchanged: 2 },
    persons: { added: 0, changed: 0, unchanged: 2 },
    changes: [],
  });
  const log = await desk.database.accessLog.findMany({ where: { action: 'import' } });
  expect(log.at(-1)).toMatchObject({ subject: 'directory', actor: { kind: 'machine' }, outcome: 'ok' });
});

test('what is different is changed, field by field', async () => {
  await bring(TABLE);
  const { body } = await bring('organisation,name,email,language\n甲公司,李 华,li@a.example,en\n');
  expect(importResult.parse(body).changes).toEqual([
    {
      line: 2,
      change: 'person-changed',
      organisation: '甲公司',
      name: '李 华',
      email: 'li@a.example',
      fields: [
        { field: 'name', from: '李华', to: '李 华' },
        { field: 'language', from: 'zh', to: 'en' },
      ],
    },
  ]);
});

test('GB18030, a byte order mark, semicolons and a workbook are read alike', async () => {
  // 组织,姓名,邮箱 / 甲公司,李华,li@a.example as Excel in Chinese saves it
  const gb = Buffer.concat([
    Buffer.from([0xd7, 0xe9, 0xd6, 0xaf, 0x2c, 0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xd3, 0xca, 0xcf, 0xe4, 0x0d, 0x0a]),
    Buffer.from([0xbc, 0xd7, 0xb9, 0xab, 0xcb, 0xbe, 0x2c, 0xc0, 0xee, 0xbb, 0xaa]),
    Buffer.from(',li@a.example\r\n'),
  ]);
  const rows = [
    ['组织', '姓名', '邮箱'],
    ['甲公司', '李华', 'li@a.example'],
  ];
  const text = rows.map((row) => row.join(';')).join('\r\n');
  const formats: [string | Uint8Array, string, string][] = [
    [gb, '人员.csv', 'gb18030'],
    [`\uFEFF${text}`, '人员.csv', 'utf-8'],
    [workbookOf(rows), '人员.xlsx', 'xlsx'],
  ];
  for (const [content, name, format] of formats) {
    const result = importResult.parse((await bring(content, { dryRun: 'true', name })).body);
    expect(result).toMatchObject({ format, persons: { added: 1 }, errorCount: 0, warningCount: 0 });
    expect(result.changes.at(-1)).toMatchObject({ organisation: '甲公司', name: '李华', email: 'li@a.example' });
  }
});

test('a row that is wrong keeps all out, unless the wrong ones are to be skipped', async () => {
  const table = `${TABLE}甲公司,,无邮箱,nowhere,,\n`;
  const refused = await bring(table, { headers: { 'Accept-Language': 'zh' } });
  expect(refused).toMatchObject({ status: 422, body: { type: 'urn:abide:rows-wrong' } });
  expect(refused.body.errors).toEqual([
    { path: 'line 4, email', message: expect.stringContaining('第 4 行“邮箱”'), cure: expect.any(String) },
  ]);
  expect(await desk.database.person.count()).toBe(0);
  const skipped = importResult.parse((await bring(table, { skipErrors: 'true' })).body);
  expect(skipped).toMatchObject({ persons: { added: 2 }, errorCount: 1, errors: [{ line: 4, column: 'email' }] });
  expect(await desk.database.person.count()).toBe(2);
});

/** Two cells in opposite corners of a sheet. */
const FAR = ['A1', 'XFD1048576']
  .map((place) => `<row r="${place.replace(/[A-Z]+/, '')}"><c r="${place}" t="inlineStr"><is><t>a</t></is></c></row>`)
  .join('');

test('limits are named: bytes, rows, what is no table, what a workbook may be', async () => {
  const large = await bring('x'.repeat(5 * 1024 * 1024 + 1));
  expect(large).toMatchObject({ status: 413, body: { type: 'urn:abide:upload-too-large' } });
  expect(large.body.errors[0].cure).toContain('5 MiB');
  const rows = `组织\n${'甲\n'.repeat(MAX_TABLE_ROWS + 1)}`;
  const long = await bring(rows, { dryRun: 'true' });
  expect(long).toMatchObject({ status: 422, body: { type: 'urn:abide:table-too-long' } });
  expect(long.body.errors[0].message).toContain('20000');
  for (const content of [Buffer.from([0x4d, 0x5a, 0, 0]), Buffer.from([0xff, 0xff]), '组织\n"甲\n']) {
    expect((await bring(content)).body.type).toBe('urn:abide:table-unreadable');
  }
  const notWorkbook = await bring(zipOf([{ name: 'a.txt', content: 'a' }]));
  expect(notWorkbook.body.type).toBe('urn:abide:table-unreadable');
  const far = await bring(sheetOf(FAR), { dryRun: 'true' });
  expect(far).toMatchObject({ status: 422, body: { type: 'urn:abide:table-unreadable' } });
  expect(far.body.errors[0].message).toContain('too large');
  const bomb = await bring(zipOf([{ name: 'xl/workbook.xml', content: Buffer.alloc(20 * 1024 * 1024) }]));
  expect(bomb).toMatchObject({ status: 422, body: { type: 'urn:abide:archive-refused' } });
  expect(bomb.body.errors[0].cure).toContain('64 MiB');
  expect((await ask(desk.api, 'POST', '/directory/import', form({ dryRun: 'true' }))).body.type).toBe(
    'urn:abide:file-missing',
  );
});

test('nothing of the file is kept: it is in no store, and the same key gets the same answer', async () => {
  const headers = { 'Idempotency-Key': randomUUID() };
  const first = await bring(TABLE, { headers });
  const again = await bring(TABLE, { headers });
  expect(again.body).toEqual(first.body);
  expect((await bring('组织\n乙公司\n', { headers })).body.type).toBe('urn:abide:idempotency-key-reused');
  expect(await desk.database.document.count()).toBe(0);
});

test('a second import, or a trial of one, waits until the first is done', async () => {
  const file = await tableReader.put(Readable.from([Buffer.from(TABLE)]));
  const options = { skipErrors: false, language: 'en' } as const;
  const [one, other] = await Promise.allSettled([
    importDirectory(desk.database, file, { ...options, dryRun: true }),
    importDirectory(desk.database, file, { ...options, dryRun: true }),
  ]);
  expect(one).toMatchObject({ status: 'fulfilled', value: { persons: { added: 2 } } });
  expect(other).toMatchObject({ reason: { code: 'import-in-progress', status: 429, retryAfterSeconds: 5 } });
  expect((await bring(TABLE, { dryRun: 'true' })).status).toBe(200);
  // One that fails is done, too.
  await expect(
    importDirectory(desk.database, { ...file, content: Buffer.from([0]) }, { ...options, dryRun: true }),
  ).rejects.toMatchObject({ code: 'table-unreadable' });
  expect((await bring(TABLE, { dryRun: 'true' })).status).toBe(200);
});

test('twenty thousand rows are one transaction', async () => {
  const lines = Array.from(
    { length: MAX_TABLE_ROWS },
    (_, n) => `公司${String(n % 300)},人员${String(n)},p${String(n)}@big.example`,
  );
  const { body } = await bring(`组织,姓名,邮箱\n${lines.join('\n')}\n`);
  expect(importResult.parse(body)).toMatchObject({ organisations: { added: 300 }, persons: { added: MAX_TABLE_ROWS } });
  expect(await desk.database.person.count()).toBe(MAX_TABLE_ROWS);
});

test('an export is logged, harmless to a spreadsheet, and an import of it changes nothing', async () => {
  await bring(
    `组织,上级组织,姓名,邮箱
甲公司,,"=HYPERLINK(""http://evil"",""x"")",li@a.example
"客服部, 一组",甲公司,+8613800000000,wang@a.example
空部门,甲公司,,
`,
  );
  const reply = await ask(desk.api, 'GET', '/directory/export.csv', undefined, { 'Accept-Language': 'zh' });
  expect(reply.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(reply.body).toBe(
    [
      '组织,上级组织,姓名,邮箱,语言,时区',
      '空部门,甲公司,,,,',
      '"客服部, 一组",甲公司,"\'+8613800000000",wang@a.example,zh,Asia/Shanghai',
      '甲公司,,"\'=HYPERLINK(""http://evil"",""x"")",li@a.example,zh,Asia/Shanghai',
      '',
    ].join('\r\n'),
  );
  const back = importResult.parse((await bring(`\uFEFF${String(reply.body)}`)).body);
  expect(back).toMatchObject({
    organisations: { added: 0, changed: 0, unchanged: 3 },
    persons: { added: 0, changed: 0, unchanged: 2 },
    errorCount: 0,
  });
  expect(back.warnings.map(({ code, line }) => [code, line])).toEqual([
    ['formula', 3],
    ['formula', 4],
  ]);
  const bytes = await fetch(`${desk.api.url}/api/directory/export.csv`, {
    headers: { Authorization: `Bearer ${desk.deps.config.apiKey ?? ''}` },
  }).then((answer) => answer.arrayBuffer());
  expect([...new Uint8Array(bytes).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(await desk.database.accessLog.count({ where: { action: 'export', subject: 'directory' } })).toBe(2);
});
