import { type Language, language, table } from './output.ts';

const WORDS = {
  zh: {
    status: '协议状态',
    events: ['时间', '事件', '义务', '行为人', '条款'],
    obligations: ['义务', '状态', '到期', '履行', '逾期日数'],
    ledger: ['时间', '种类', '义务', '付款方 → 收款方', '金额', '日数'],
    notices: ['时间', '收件人', '主题'],
    rejections: ['时间', '行为', '代码', '原因'],
    unposted: '（应计未记账）',
    none: '无',
    headings: { events: '事件', obligations: '义务', ledger: '台账', notices: '通知', rejections: '被拒绝的行为' },
  },
  en: {
    status: 'Agreement',
    events: ['at', 'event', 'obligation', 'who', 'clauses'],
    obligations: ['obligation', 'status', 'due', 'fulfilled', 'days late'],
    ledger: ['at', 'kind', 'obligation', 'debtor → creditor', 'amount', 'days'],
    notices: ['at', 'to', 'subject'],
    rejections: ['at', 'act', 'code', 'reason'],
    unposted: ' (accrued, not posted)',
    none: 'none',
    headings: {
      events: 'Events',
      obligations: 'Obligations',
      ledger: 'Ledger',
      notices: 'Notices',
      rejections: 'Refused acts',
    },
  },
};

type Row = Record<string, unknown>;

/** A simulated life for people. */
export function lifeText(life: Record<string, unknown>, lang: Language = language()): string[] {
  const words = WORDS[lang];
  const rows = (name: string): Row[] => (Array.isArray(life[name]) ? (life[name] as Row[]) : []);
  const text = (value: unknown): string =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const section = (name: keyof typeof words.headings, cells: (row: Row) => string[]): string[] => {
    const found = rows(name);
    const body = found.length === 0 ? [words.none] : table(words[name], found.map(cells));
    return ['', words.headings[name], ...body];
  };
  const { status, endedOn } = life['agreement'] as Row;
  return [
    `${words.status}: ${text(status)} ${text(endedOn)}`.trimEnd(),
    ...section('events', (row) => [
      text(row['at']),
      text(row['type']),
      text(row['obligation']),
      text((row['actor'] as Row | undefined)?.['seat']),
      Array.isArray(row['clauses']) ? row['clauses'].join(' ') : '',
    ]),
    ...section('obligations', (row) => [
      text(row['id']),
      text(row['status']),
      text(row['dueAt']),
      text(row['fulfilledAt']),
      text(row['daysLate']),
    ]),
    ...section('ledger', (row) => [
      text(row['at']),
      `${text(row['kind'])}${row['posted'] === false ? words.unposted : ''}`,
      text(row['obligation']),
      `${text(row['debtor'])} → ${text(row['creditor'])}`,
      `${text(row['amount'])} ${text(row['currency'])}`,
      text(row['days']),
    ]),
    ...section('notices', (row) => [text(row['at']), text(row['to']), text(row['subject'])]),
    ...section('rejections', (row) => [text(row['at']), text(row['do']), text(row['code']), text(row['message'])]),
  ];
}
