import { type SimulatedLife } from './simulation.ts';
import { type LivedEvent, aboutText } from './life.ts';
import { type Language, language, table } from './output.ts';

const WORDS = {
  zh: {
    status: '协议状态',
    events: ['时间', '事件', '义务', '行为人', '条款'],
    obligations: ['义务', '状态', '到期', '履行', '逾期日数'],
    ledger: ['时间', '种类', '义务', '付款方 → 收款方', '金额', '日数'],
    notices: ['时间', '收件人', '主题'],
    rejections: ['时间', '行为', '义务', '行为人', '代码', '原因'],
    unposted: '（应计未记账）',
    deputyFor: '代',
    before: '原',
    none: '无',
    headings: { events: '事件', obligations: '义务', ledger: '台账', notices: '通知', rejections: '被拒绝的行为' },
  },
  en: {
    status: 'Agreement',
    events: ['at', 'event', 'obligation', 'who', 'clauses'],
    obligations: ['obligation', 'status', 'due', 'fulfilled', 'days late'],
    ledger: ['at', 'kind', 'obligation', 'debtor → creditor', 'amount', 'days'],
    notices: ['at', 'to', 'subject'],
    rejections: ['at', 'act', 'obligation', 'who', 'code', 'reason'],
    unposted: ' (accrued, not posted)',
    deputyFor: 'for',
    before: 'before:',
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

/** A simulated life for people. */
export function lifeText(life: SimulatedLife, lang: Language = language()): string[] {
  const words = WORDS[lang];
  const section = (name: keyof typeof words.headings, rows: string[][]): string[] => [
    '',
    words.headings[name],
    ...(rows.length === 0 ? [words.none] : table(words[name], rows)),
  ];
  const { status, endedOn } = life.agreement;
  return [
    `${words.status}: ${status} ${endedOn ?? ''}`.trimEnd(),
    ...section(
      'events',
      life.events.map((event) => [
        event.at,
        `${event.type}${aboutPeople(event, words)}`,
        aboutText(event),
        event.actor ? whoActed(event.actor, words.deputyFor) : '',
        event.clauses.join(' '),
      ]),
    ),
    ...section(
      'obligations',
      life.obligations.map(({ id, occurrence, status: standing, dueAt, fulfilledAt, daysLate }) => [
        aboutText({ obligation: id, ...(occurrence === undefined ? {} : { occurrence }) }),
        standing,
        dueAt ?? '',
        fulfilledAt ?? '',
        String(daysLate),
      ]),
    ),
    ...section(
      'ledger',
      life.ledger.map((line) => [
        line.at,
        `${line.kind}${line.posted === false ? words.unposted : ''}`,
        aboutText(line),
        `${line.debtor} → ${line.creditor}`,
        `${line.amount} ${line.currency}`,
        String(line.days ?? ''),
      ]),
    ),
    ...section(
      'notices',
      life.notices.map(({ at, to, subject }) => [at, to ?? '', subject ?? '']),
    ),
    ...section(
      'rejections',
      life.rejections.map((act) => [act.at, act.do, aboutText(act), act.as, act.code, act.message]),
    ),
  ];
}

/** The seat that an event about people is about, who fills it now or stands in, for whom, when and for what. */
function aboutPeople(
  { seat, person, before, absent, from, until, obligations = [] }: LivedEvent,
  words: { deputyFor: string; before: string },
): string {
  if (seat === undefined) return '';
  const name = person === undefined ? '' : `: ${person}`;
  const left = before === undefined ? '' : ` (${words.before} ${before})`;
  const stands = absent === undefined ? '' : ` ${words.deputyFor} ${absent}`;
  const days = from === undefined || until === undefined ? '' : ` ${from}…${until}`;
  return [` ${seat}${name}${left}${stands}${days}`, ...obligations].join(' ');
}

/** Where a deputy acted, both by their address. */
function whoActed({ seat, person, deputyFor }: NonNullable<LivedEvent['actor']>, forWhom: string): string {
  return deputyFor === undefined ? seat : `${seat}: ${person ?? ''} ${forWhom} ${deputyFor}`;
}
