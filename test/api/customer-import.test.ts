import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { customerImport } from '../../api/customers/schemas.ts';
import { workbookOf } from '../support/zip.ts';
import { type Desk, ask, form, openDesk } from './desk.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(async () => {
  desk.now.ms = Date.parse('2026-09-01T09:00:00+08:00');
  await desk.database.$executeRaw`TRUNCATE customer, customer_tier_change`;
  await desk.database.$executeRaw`TRUNCATE organisation CASCADE`;
  const firm = await desk.database.organisation.create({ data: { name: '甲公司' } });
  await desk.database.organisation.create({ data: { name: '北京分公司', parentId: firm.id } });
});
afterAll(() => desk?.close());

const bring = (
  content: string | Uint8Array,
  { name = '客户.csv', language = 'en', ...fields }: { name?: string; language?: string } & Record<string, string> = {},
) => ask(desk.api, 'POST', '/customers/import', form(fields, { [name]: content }), { 'Accept-Language': language });

const TABLE = `客户编号,客户名称,联系人,客户等级,分公司,邮箱,电话,同意调查,同意推广
C-001,华东商贸,李华,重点客户,北京分公司,Li@c.example,+86 138 0000 0000,是,否
C-002,南方电器,,普通,,,,,
`;

test('a dry run says what would happen and changes nothing; then it happens, once; what is empty stays', async () => {
  const dry = customerImport.parse((await bring(TABLE, { dryRun: 'true' })).body);
  expect(dry).toMatchObject({ format: 'utf-8', rows: 2, customers: { added: 2, changed: 0, unchanged: 0 } });
  expect([dry.errorCount, dry.warningCount]).toEqual([0, 0]);
  expect(await desk.database.customer.count()).toBe(0);

  expect({ ...customerImport.parse((await bring(TABLE)).body), dryRun: true }).toEqual(dry);
  const first = await desk.database.customer.findUniqueOrThrow({ where: { key: 'C-001' } });
  expect(first).toMatchObject({ tier: 'key', email: 'li@c.example', surveyConsent: true, promotionConsent: false });
  expect(first.phone).toBe('+86 138 0000 0000');
  const again = customerImport.parse((await bring(TABLE)).body);
  expect(again).toMatchObject({ customers: { added: 0, changed: 0, unchanged: 2 }, changes: [] });

  const { body } = await bring('key,name,branch\nC-001,华东商贸,\nC-002,南方电器,甲公司 > 北京分公司\n');
  expect(customerImport.parse(body)).toMatchObject({
    customers: { changed: 1, unchanged: 1 },
    changes: [
      {
        line: 3,
        change: 'customer-changed',
        key: 'C-002',
        fields: [{ field: 'branchId', from: '', to: '甲公司 > 北京分公司' }],
      },
    ],
  });
  const log = await desk.database.accessLog.findMany({ where: { action: 'import', subject: 'customers' } });
  expect(log).toHaveLength(3);
});

test('another tier needs a reason, which is kept with the day and who brought it (S003-S-04)', async () => {
  await bring(TABLE);
  const table = 'key,name,tier\nC-001,华东商贸,ordinary\nC-002,南方电器,key\n';
  const refused = await bring(table);
  expect(refused).toMatchObject({ status: 422, body: { type: 'urn:abide:rows-wrong' } });
  expect(refused.body.errors.map(({ path }: { path: string }) => path)).toEqual(['line 2, tier', 'line 3, tier']);
  desk.now.ms = Date.parse('2027-01-10T09:00:00+08:00');
  expect((await bring(table, { reason: '2027 年度重点客户名单' })).status).toBe(200);
  const changes = await desk.database.customerTierChange.findMany({ orderBy: [{ at: 'asc' }, { after: 'asc' }] });
  expect(changes.map(({ before, after, reason }) => [before, after, reason])).toEqual([
    [null, 'key', null],
    [null, 'ordinary', null],
    ['ordinary', 'key', '2027 年度重点客户名单'],
    ['key', 'ordinary', '2027 年度重点客户名单'],
  ]);
  expect(changes.at(-1)).toMatchObject({ by: { kind: 'machine' }, at: new Date(desk.now.ms) });
});

test('GB18030, semicolons and a workbook are read alike', async () => {
  const rows = [
    ['客户编号', '客户名称', '客户等级'],
    ['C-9', '华东商贸', 'VIP'],
  ];
  // 客户编号;客户名称;客户等级 / C-9;华东商贸;VIP as Excel in Chinese saves it
  const gb = Buffer.from(
    'bfcdbba7b1e0bac53bbfcdbba7c3fbb3c63bbfcdbba7b5c8bcb60d0a432d393bbbaab6abc9ccc3b33b5649500d0a',
    'hex',
  );
  const formats: [string | Uint8Array, string, string][] = [
    [gb, '客户.csv', 'gb18030'],
    [rows.map((row) => row.join(';')).join('\r\n'), '客户.csv', 'utf-8'],
    [workbookOf(rows), '客户.xlsx', 'xlsx'],
  ];
  for (const [content, name, format] of formats) {
    const result = customerImport.parse((await bring(content, { dryRun: 'true', name })).body);
    expect(result).toMatchObject({ format, customers: { added: 1 }, errorCount: 0, warningCount: 0 });
    expect(result.changes).toMatchObject([{ key: 'C-9', name: '华东商贸' }]);
  }
});

test('every kind of wrong cell is named with its line and its column, in words', async () => {
  const table = [
    'key,name,tier,branch,language,email,phone,surveyConsent,爱好',
    ',无编号,,,,,,,',
    'K1,,,,,,,,',
    'K2,一,gold,,,,,,',
    'K3,二,,没有的公司,,,,,',
    'K4,三,,,法语,,,,',
    'K5,四,,,,nowhere,,,',
    'K6,五,,,,,abc,,',
    'K7,六,,,,,,perhaps,',
    'K8,七,,,,,,,',
    'K8,八,,,,,,,',
    'K9,九,,,,,,,',
    'K9,九,,,,,,,',
    'K10,=cmd(),,,,,,,',
  ].join('\n');
  const zh = customerImport.parse((await bring(table, { dryRun: 'true', language: 'zh' })).body);
  expect(zh.errors.map(({ line, column, code }) => [line, column, code])).toEqual([
    [2, 'key', 'invalid-text'],
    [3, 'name', 'invalid-text'],
    [4, 'tier', 'tier-unknown'],
    [5, 'branch', 'organisation-unknown'],
    [6, 'language', 'language-unknown'],
    [7, 'email', 'invalid-email'],
    [8, 'phone', 'invalid-phone'],
    [9, 'surveyConsent', 'answer-unknown'],
    [11, 'key', 'row-contradicts'],
  ]);
  expect(zh.warnings.map(({ line, column, code }) => [line, column, code])).toEqual([
    [1, null, 'column-unknown'],
    [13, 'key', 'row-repeated'],
    [14, 'name', 'formula'],
  ]);
  for (const { message, cure } of [...zh.errors, ...zh.warnings]) expect(message + cure).toMatch(/[\u4e00-\u9fff]/);
  const headless = await bring('客户名称\n华东商贸\n');
  expect(headless.body.errors).toEqual([
    { path: 'line 1, key', message: 'is missing', cure: 'the header needs "key" and "name"' },
  ]);
});

test('ten thousand rows with 200 errors: all are listed by row and field, and nothing is half-imported', async () => {
  const wrong = (row: number): boolean => row % 50 === 7;
  const lines = Array.from({ length: 10_000 }, (_, row) => {
    const email = wrong(row) ? 'kein-at' : `c${String(row)}@c.example`;
    return `K-${String(row)},客户 ${String(row)},${row % 10 === 0 ? 'key' : 'ordinary'},${email}`;
  });
  const table = ['key,name,tier,email', ...lines].join('\r\n');
  const expected = Array.from({ length: 10_000 }, (_, row) => row).filter(wrong);
  expect(expected).toHaveLength(200);

  const dry = customerImport.parse((await bring(table, { dryRun: 'true' })).body);
  expect(dry).toMatchObject({ rows: 10_000, errorCount: 200, customers: { added: 9_800 } });
  expect(dry.errors.map(({ line, column }) => [line, column])).toEqual(expected.map((row) => [row + 2, 'email']));

  const refused = await bring(table);
  expect(refused.status).toBe(422);
  expect(refused.body.errors.map(({ path }: { path: string }) => path)).toEqual(
    expected.map((row) => `line ${String(row + 2)}, email`),
  );
  expect([await desk.database.customer.count(), await desk.database.customerTierChange.count()]).toEqual([0, 0]);

  const skipped = customerImport.parse((await bring(table, { skipErrors: 'true' })).body);
  expect(skipped).toMatchObject({ errorCount: 200, customers: { added: 9_800 } });
  expect(await desk.database.customer.count()).toBe(9_800);
}, 60_000);

test('an export neutralises formulas and, brought in again, changes nothing; archived ones are left out', async () => {
  await bring(
    `key,name,tier,branch,phone,address\nF-1,"=HYPERLINK(""http://x"")",key,北京分公司,+86 10 1234,"一, 二 ""三"""\n`,
  );
  await bring(TABLE);
  await desk.database.customer.update({ where: { key: 'C-002' }, data: { archivedAt: new Date(desk.now.ms) } });
  const { body: csv, headers } = await ask(desk.api, 'GET', '/customers/export.csv', undefined, {
    'Accept-Language': 'zh',
  });
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(csv).toContain('客户编号,客户名称');
  expect(csv).toContain(`"'=HYPERLINK(""http://x"")"`);
  expect(csv).toContain(`"'+86 10 1234"`);
  expect(csv).not.toContain('C-002');
  const again = customerImport.parse((await bring(csv)).body);
  expect(again).toMatchObject({ customers: { added: 0, changed: 0, unchanged: 2 }, errorCount: 0 });
});

test('who asked not to be surveyed stays so, whatever a table says', async () => {
  await bring(TABLE);
  const at = new Date(desk.now.ms);
  await desk.database.customer.update({ where: { key: 'C-001' }, data: { optedOutAt: at } });
  const result = customerImport.parse((await bring('key,name,surveyConsent\nC-001,华东商贸,yes\n')).body);
  expect(result.warnings).toMatchObject([{ line: 2, column: 'surveyConsent', code: 'opted-out' }]);
  const after = await desk.database.customer.findUniqueOrThrow({ where: { key: 'C-001' } });
  expect(after.optedOutAt).toEqual(at);
});
