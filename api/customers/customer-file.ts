import type { CustomerTier } from '../../domain/survey/compiled.ts';
import type { Text } from '../../domain/time.ts';
import { readValue } from '../../templates/shape.ts';
import { isFormula, unquoted } from '../directory/formula.ts';
import { LANGUAGES, REMARKS, type Words } from '../directory/import-plan.ts';
import type { Table, TableRow } from '../directory/table-file.ts';
import { CUSTOMER_TITLES, type CustomerColumn, customerColumnOf } from './columns.ts';
import { customerFields } from './fields.ts';

/** Something about a cell of a table of customers: an error keeps its row out, a warning does not. */
export interface CustomerRemark {
  line: number;
  column: CustomerColumn | null;
  code: string;
  value: string;
  message: Text;
  cure: Text;
}

/** What a row says of a customer; null where its cell is empty, which leaves what is known as it is. */
export interface CustomerRow {
  line: number;
  key: string;
  name: string;
  contact: string | null;
  tier: CustomerTier | null;
  /** Names of organisations: alone, or with what is above them (`甲公司 > 北京分公司`). */
  branch: string | null;
  department: string | null;
  segment: string | null;
  language: 'zh' | 'en' | null;
  email: string | null;
  phone: string | null;
  address: string | null;
  surveyConsent: boolean | null;
  promotionConsent: boolean | null;
}

/** A table of customers, read: without the directory, so that the command line reads the same file. */
export interface CustomerRows {
  rows: number;
  customers: CustomerRow[];
  errors: CustomerRemark[];
  warnings: CustomerRemark[];
}

const TIERS: Record<string, CustomerTier> = {
  key: 'key',
  重点: 'key',
  重点客户: 'key',
  关键客户: 'key',
  大客户: 'key',
  'key customer': 'key',
  ordinary: 'ordinary',
  普通: 'ordinary',
  普通客户: 'ordinary',
  一般: 'ordinary',
  一般客户: 'ordinary',
  vip: 'vip',
  vip客户: 'vip',
  贵宾: 'vip',
  贵宾客户: 'vip',
};

const ANSWERS: Record<string, boolean> = {
  ...{ true: true, yes: true, y: true, 1: true, 是: true, 同意: true, 接受: true },
  ...{ false: false, no: false, n: false, 0: false, 否: false, 不同意: false, 拒绝: false },
};

/**
 * Reads a table of customers, row by row; one is known by its key. Rows that are wrong are left out and listed, with line
 * and column. From a file: `readCustomers(await readTable(await tableReader.put(stream)))` (api/directory/table-file.ts).
 */
export function readCustomers({ rows: [header, ...rows] }: Table): CustomerRows {
  const read: CustomerRows = { rows: rows.length, customers: [], errors: [], warnings: [] };
  const columns = readHeader(header, read);
  if (!columns) return read;
  const seen = new Map<string, CustomerRow>();
  for (const row of rows) {
    const customer = readRow(row, columns, read);
    if (!customer) continue;
    const earlier = seen.get(customer.key);
    if (!earlier) {
      seen.set(customer.key, customer);
      read.customers.push(customer);
      continue;
    }
    const isSame = JSON.stringify({ ...earlier, line: 0 }) === JSON.stringify({ ...customer, line: 0 });
    const list = isSame ? read.warnings : read.errors;
    const code = isSame ? 'row-repeated' : 'row-contradicts';
    list.push(customerRemark(row.line, 'key', code, customer.key, String(earlier.line)));
  }
  return read;
}

/** Which column stands where; what cannot be read is said once, and none of the rows is read then. */
function readHeader(header: TableRow | undefined, read: CustomerRows): Map<CustomerColumn, number> | undefined {
  const columns = new Map<CustomerColumn, number>();
  const line = header?.line ?? 1;
  for (const [index, title] of (header?.cells ?? []).entries()) {
    const column = customerColumnOf(title);
    if (column === undefined) {
      if (title.trim() !== '') read.warnings.push(customerRemark(line, null, 'column-unknown', title.trim()));
    } else if (columns.has(column)) read.errors.push(customerRemark(line, column, 'column-twice', title.trim()));
    else columns.set(column, index);
  }
  for (const column of ['key', 'name'] as const) {
    if (!columns.has(column)) read.errors.push(customerRemark(line, column, 'column-missing', ''));
  }
  return read.errors.length > 0 ? undefined : columns;
}

/** A row's values, checked; `undefined` where one is wrong. */
function readRow(
  row: TableRow,
  columns: Map<CustomerColumn, number>,
  { errors: all, warnings }: CustomerRows,
): CustomerRow | undefined {
  const errors: CustomerRemark[] = [];
  const cell = (column: CustomerColumn): string => {
    const raw = row.cells[columns.get(column) ?? -1] ?? '';
    // A number with its country begins like a formula, and is none.
    if (isFormula(raw) && column !== 'phone') {
      warnings.push(customerRemark(row.line, column, 'formula', raw.slice(0, 100)));
    }
    return unquoted(raw).trim();
  };
  const field = (column: keyof typeof customerFields): string => {
    const value = cell(column);
    const result = readValue(customerFields[column], value, [column]);
    if (!('problems' in result)) return result.value;
    const [problem] = result.problems;
    if (problem) {
      const { code, message, cure } = problem;
      errors.push({ line: row.line, column, value: value.slice(0, 100), code, message, cure });
    }
    return value;
  };
  const fieldOrNull = (column: keyof typeof customerFields): string | null =>
    cell(column) === '' ? null : field(column);
  const word = <T>(column: CustomerColumn, words: Record<string, T>, code: string): T | null => {
    const value = cell(column);
    if (value === '') return null;
    const asked = value.toLowerCase();
    if (Object.hasOwn(words, asked)) return words[asked] as T;
    errors.push(customerRemark(row.line, column, code, value.slice(0, 100)));
    return null;
  };
  const organisation = (column: 'branch' | 'department'): string | null => {
    const value = cell(column);
    if (value.length > 1_000)
      errors.push(customerRemark(row.line, column, 'organisation-unknown', value.slice(0, 100)));
    return value === '' ? null : value;
  };
  const customer: CustomerRow = {
    line: row.line,
    key: field('key'),
    name: field('name'),
    contact: fieldOrNull('contact'),
    tier: word('tier', TIERS, 'tier-unknown'),
    branch: organisation('branch'),
    department: organisation('department'),
    segment: fieldOrNull('segment'),
    language: word('language', LANGUAGES, 'language-unknown'),
    email: fieldOrNull('email'),
    phone: fieldOrNull('phone'),
    address: fieldOrNull('address'),
    surveyConsent: word('surveyConsent', ANSWERS, 'answer-unknown'),
    promotionConsent: word('promotionConsent', ANSWERS, 'answer-unknown'),
  };
  all.push(...errors);
  return errors.length > 0 ? undefined : customer;
}

const WORDS: Record<string, Words> = {
  ...REMARKS,
  'column-missing': () => ({
    message: { zh: '缺少此列', en: 'is missing' },
    cure: { zh: '表头至少有“客户编号”和“客户名称”', en: 'the header needs "key" and "name"' },
  }),
  'tier-unknown': () => ({
    message: { zh: '无法识别的客户等级', en: 'is no tier that is known' },
    cure: { zh: '填重点客户、普通客户或 VIP', en: 'write key, ordinary or vip' },
  }),
  'answer-unknown': () => ({
    message: { zh: '应为是或否', en: 'must be yes or no' },
    cure: { zh: '填“是”或“否”', en: 'write yes or no' },
  }),
  'row-contradicts': (line) => ({
    message: {
      zh: `与第 ${line} 行客户编号相同，但内容不一致`,
      en: `is the key of line ${line}, which says something else`,
    },
    cure: { zh: '只保留正确的一行，或改正客户编号', en: 'keep the row that is right, or correct the key' },
  }),
  'organisation-unknown': () => ({
    message: { zh: '通讯录中没有此组织', en: 'is no organisation of the directory' },
    cure: { zh: '先在通讯录中添加，或改正名称', en: 'add it to the directory first, or correct its name' },
  }),
  'organisation-ambiguous': () => ({
    message: { zh: '存在多个同名组织', en: 'is the name of several organisations' },
    cure: { zh: '写明路径，如“甲公司 > 北京分公司”', en: 'say which, as in Firm > Beijing' },
  }),
  'customer-archived': (on) => ({
    message: { zh: `该客户已于 ${on} 停用`, en: `is a customer that was archived on ${on}` },
    cure: { zh: '如已恢复合作，请在其页面恢复', en: 'bring it back on its page if it is one again' },
  }),
  'opted-out': (on) => ({
    message: { zh: `该客户已于 ${on} 要求不再接受调查，保持不变`, en: `asked on ${on} not to be surveyed; that stays` },
    cure: { zh: '如客户已改变意愿，请在其页面记录', en: 'record it on its page if it has changed its mind' },
  }),
  'reason-missing': (tier) => ({
    message: { zh: `将客户等级由“${tier}”改变，须说明理由`, en: `changes the tier from ${tier}, which needs a reason` },
    cure: {
      zh: '随文件填写 reason，适用于本次全部等级变更',
      en: 'give `reason` with the file, for all such changes in it',
    },
  }),
};

export function customerRemark(
  line: number,
  column: CustomerColumn | null,
  code: string,
  value: string,
  about = '',
): CustomerRemark {
  const words = WORDS[code]?.(about);
  if (!words) throw new Error(`no words for ${code}`);
  return { line, column, code, value, ...words };
}

/** Where it is, as people read it: 第 3 行“邮箱”. */
export function customerPlace({ line, column }: CustomerRemark): Text {
  const title = column && CUSTOMER_TITLES[column];
  return {
    zh: `第 ${String(line)} 行${title ? `“${title.zh}”` : ''}`,
    en: `line ${String(line)}${title ? `, ${title.en}` : ''}`,
  };
}
