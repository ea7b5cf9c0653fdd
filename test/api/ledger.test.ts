import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readSheet } from 'read-excel-file/node';
import { ledger } from '../../api/schemas.ts';
import { MACHINE } from '../support/machine-key.ts';
import { type Desk, ask, inForce, openDesk } from './desk.ts';
import { act, serviceInForce } from './life-desk.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(() => at('2026-09-01 09:00'));
afterAll(() => desk?.close());

function at(local: string): void {
  desk.now.ms = Date.parse(`${local.replace(' ', 'T')}:00+08:00`);
}

/** A report 10 days late by 10-18, of which the creditor let four days go. */
async function waived(): Promise<string> {
  const id = await inForce(desk);
  at('2026-10-09 00:00');
  await desk.tick(id);
  at('2026-10-18 10:00');
  const path = '/obligations/needs-analysis-report/waivers';
  expect(await act(desk, id, path, { as: 'B', days: 4, reason: '双方已和解' })).toMatchObject({ status: 202 });
  return id;
}

async function read(id: string, asOf: string) {
  return ledger.parse((await ask(desk.api, 'GET', `/agreements/${id}/ledger?asOf=${asOf}`)).body);
}

/** The bytes of an export, and its headers. */
async function file(id: string, query: string, language = 'en'): Promise<{ bytes: Buffer; headers: Headers }> {
  const url = `${desk.api.url}/api/agreements/${id}/ledger/export${query}`;
  const response = await fetch(url, { headers: { ...MACHINE, 'Accept-Language': language } });
  expect(response.status).toBe(200);
  return { bytes: Buffer.from(await response.arrayBuffer()), headers: response.headers };
}

test('each line says why, a waiver is a line of its own, and what accrued since is computed', async () => {
  const id = await waived();
  const { items, balances } = await read(id, '2026-10-20');
  expect(items.map(({ kind, amount, days, about, posted }) => [kind, amount, days, about, posted])).toEqual([
    ['penalty', '50000.00', 10, undefined, true],
    ['credit-note', '-20000.00', -4, 'waiver:1', true],
    ['penalty', '10000.00', 2, undefined, false],
  ]);
  expect(items[0]?.why.map(({ en }) => en)).toEqual([
    'a penalty for late performance',
    '1000000.00 CNY × 0.5 % × 10 days = 50000 CNY',
    'days are calendar days after the last day 2026-10-08, both ends included (Asia/Shanghai)',
    expect.stringMatching(/^calendar cn@/),
    'under S001a-69',
  ]);
  expect(items[1]?.why[0]?.zh).toBe('债权方减免第 1 号，以冲销入账');
  expect(items[2]?.why.at(-1)?.zh).toBe('截至该日应计，尚未入账');
  expect(balances).toEqual([{ debtor: 'A', creditor: 'B', currency: 'CNY', amount: '40000.00' }]);
});

test('a sum that fell due, part of it paid, and its late fee as of any date (S001b-104)', async () => {
  const id = await serviceInForce(desk);
  at('2026-10-13 00:00');
  await desk.tick(id);
  at('2026-10-14 10:00');
  const row = await desk.database.obligation.findFirstOrThrow({
    where: { agreementId: id, kind: 'payment' },
    orderBy: { position: 'asc' },
  });
  const path = `/obligations/${row.id}/payments`;
  await act(desk, id, path, { as: row.responsible, amount: '30000.00' });
  const { items, balances } = await read(id, '2026-10-16');
  expect(items.map(({ kind, amount, days, posted }) => [kind, amount, days, posted])).toEqual([
    ['fee', '80000.00', undefined, true],
    ['payment', '-30000.00', undefined, true],
    ['late-fee', '800.00', 2, true],
    ['late-fee', '500.00', 2, false],
  ]);
  expect(balances.map(({ amount }) => amount)).toEqual(['51300.00']);
});

test('as CSV: a byte order mark, numbers that stay numbers, in the reader’s language', async () => {
  const id = await waived();
  const { bytes, headers } = await file(id, '?asOf=2026-10-20', 'zh');
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(headers.get('content-disposition')).toBe('attachment; filename="ledger-2026-10-20.csv"');
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const lines = bytes.toString('utf8').slice(1).split('\r\n');
  expect(lines[0]).toBe('时间,种类,义务,期次,债务方,债权方,金额,币种,日数,不计入的日数,基数,日率,关联,条款,入账,缘由');
  expect(lines[2]).toContain(
    '冲销,needs-analysis-report,,A,B,-20000.00,CNY,-4,,1000000.00,0.005,waiver:1,S001a-69,已入账,债权方减免第 1 号',
  );
  expect(lines).toHaveLength(5); // titles, three lines, and the end of the last
});

test('as XLSX: sums are numbers, texts are texts', async () => {
  const { bytes, headers } = await file(await waived(), '?format=xlsx&asOf=2026-10-20');
  expect(headers.get('content-type')).toContain('spreadsheetml');
  const rows = await readSheet(bytes);
  expect(rows[0]?.slice(0, 7)).toEqual(['at', 'kind', 'obligation', 'occurrence', 'debtor', 'creditor', 'amount']);
  expect(rows.slice(1).map((row) => [row[1], row[6], row[8]])).toEqual([
    ['penalty', 50000, 10],
    ['credit note', -20000, -4],
    ['penalty', 10000, 2],
  ]);
});

test('as JSON: the same as the ledger; every export is logged; no other format', async () => {
  const id = await waived();
  const { bytes } = await file(id, '?format=json&asOf=2026-10-20');
  expect(JSON.parse(bytes.toString('utf8'))).toEqual(await read(id, '2026-10-20'));
  const log = await desk.database.accessLog.findMany({ where: { agreementId: id, action: 'export' } });
  expect(log.map(({ subject, outcome }) => [subject, outcome])).toEqual([[`ledger/${id}`, 'ok']]);
  expect(await ask(desk.api, 'GET', `/agreements/${id}/ledger/export?format=pdf`)).toMatchObject({ status: 400 });
});
