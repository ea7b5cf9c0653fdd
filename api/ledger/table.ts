import type { LedgerKind } from '../../domain/agreement/event.ts';
import type { Text } from '../../domain/time.ts';
import { neutralised } from '../directory/formula.ts';
import type { Language } from '../problem.ts';
import type { Account, AccountLine } from './account.ts';

const BYTE_ORDER_MARK = '\uFEFF';

const KINDS: Record<LedgerKind, Text> = {
  fee: { zh: '应付款项', en: 'fee' },
  payment: { zh: '付款', en: 'payment' },
  penalty: { zh: '违约金', en: 'penalty' },
  'late-fee': { zh: '迟延付款违约金', en: 'late fee' },
  'credit-note': { zh: '冲销', en: 'credit note' },
  'cost-share': { zh: '费用分担', en: 'cost share' },
  reward: { zh: '奖励', en: 'reward' },
  deduction: { zh: '扣款', en: 'deduction' },
  claim: { zh: '赔偿', en: 'claim' },
  deposit: { zh: '保证金', en: 'deposit' },
  refund: { zh: '退还', en: 'refund' },
};

/** A column of the table; `number` says that its cells are plain decimals. */
interface Column {
  title: Text;
  number?: true;
  cell(line: AccountLine, language: Language): string;
}

const COLUMNS: Column[] = [
  { title: { zh: '时间', en: 'at' }, cell: ({ at }) => at },
  { title: { zh: '种类', en: 'kind' }, cell: ({ kind }, language) => KINDS[kind][language] },
  { title: { zh: '义务', en: 'obligation' }, cell: ({ obligation = '' }) => obligation },
  { title: { zh: '期次', en: 'occurrence' }, cell: ({ occurrence = '' }) => occurrence },
  { title: { zh: '债务方', en: 'debtor' }, cell: ({ debtor }) => debtor },
  { title: { zh: '债权方', en: 'creditor' }, cell: ({ creditor }) => creditor },
  { title: { zh: '金额', en: 'amount' }, number: true, cell: ({ amount }) => amount },
  { title: { zh: '币种', en: 'currency' }, cell: ({ currency }) => currency },
  { title: { zh: '日数', en: 'days' }, number: true, cell: ({ days }) => (days === undefined ? '' : String(days)) },
  {
    title: { zh: '不计入的日数', en: 'excluded days' },
    number: true,
    cell: ({ excludedDays }) => (excludedDays === undefined ? '' : String(excludedDays)),
  },
  { title: { zh: '基数', en: 'base' }, number: true, cell: ({ base = '' }) => base },
  { title: { zh: '日率', en: 'rate a day' }, number: true, cell: ({ rate = '' }) => rate },
  { title: { zh: '关联', en: 'about' }, cell: ({ about = '' }) => about },
  { title: { zh: '条款', en: 'clauses' }, cell: ({ clauses }) => clauses.join(' ') },
  {
    title: { zh: '入账', en: 'posted' },
    cell: ({ posted }, language) => (posted ? { zh: '已入账', en: 'yes' } : { zh: '应计未入账', en: 'no' })[language],
  },
  {
    title: { zh: '缘由', en: 'why' },
    cell: ({ why }, language) => why.map((step) => step[language]).join(language === 'zh' ? '；' : '; '),
  },
];

/** A cell of a table that people open in a spreadsheet. */
export interface Cell {
  text: string;
  isNumber: boolean;
}

/** The ledger as a table, its titles first. */
export function rowsOf({ items }: Account, language: Language): Cell[][] {
  return [
    COLUMNS.map(({ title }) => ({ text: title[language], isNumber: false })),
    ...items.map((line) =>
      COLUMNS.map(({ cell, number }) => {
        const text = cell(line, language);
        return { text, isNumber: number === true && text !== '' };
      }),
    ),
  ];
}

/**
 * The ledger as CSV (RFC 4180, UTF-8 with a byte order mark). What a spreadsheet would take for a formula is neutralised;
 * a negative sum is a number and none.
 */
export function ledgerCsv(account: Account, language: Language): string {
  const lines = rowsOf(account, language).map(
    (row) => `${row.map(({ text, isNumber }) => quoted(isNumber ? text : neutralised(text))).join(',')}\r\n`,
  );
  return BYTE_ORDER_MARK + lines.join('');
}

function quoted(cell: string): string {
  return /[",\r\n']|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
