import { AGREEMENT_STATUS_WORDS, EVENT_WORDS, NOTICE_WORDS, REJECTION_WORDS } from '../domain/agreement/vocabulary.ts';
import type { Text } from '../domain/time.ts';
import { seatAddresses } from '../templates/draft.ts';
import { templateReference } from '../templates/library.ts';
import { type LivedLine, type LivedScenario, balancesOf, referenceOf } from './life.ts';
import type { LivableScenario } from './livable.ts';
import { termText } from './term-text.ts';

const NOTHING = '—';
const ACTS: Record<string, string> = { sign: '签署', submit: '提交', review: '审核', terminate: '终止' };
const LINES: Record<LivedLine['kind'], string> = { penalty: '违约金', 'credit-note': '冲销' };

/** A line before it is put in its place. */
interface Entry {
  at: string;
  /** At one instant: what happened, what it costs, who is told, what was refused. */
  rank: number;
  what: string;
  who: string;
  amount?: string;
  clauses: readonly string[];
}

/**
 * A life as a lawyer reads it: one line for each event, ledger line, mail and refused act, in the order of time, as
 * `date time · what · who · amount · clauses`, in Chinese with the ids beside. The same life gives the same text.
 */
export function transcriptOf(name: string, scenario: LivableScenario, life: LivedScenario): string {
  const { template, parties, zone, calendar, terms } = scenario.draft;
  const addresses = seatAddresses(scenario.draft);

  const seat = (id: string): string => {
    if (id === 'coordinator') return '项目协调人';
    const title = template.parties[id]?.zh ?? template.seats.find((one) => one.id === id)?.title.zh;
    return title === undefined ? id : `${title} ${id}`;
  };
  const subject = (about: { obligation?: string; occurrence?: string }): string => {
    if (about.obligation === undefined) return '';
    const title = template.obligations.find(({ id }) => id === about.obligation)?.title.zh ?? '';
    return `：${title} ${referenceOf(about)}`;
  };
  const amountOf = (line: LivedLine): string => `${line.amount} ${line.currency}`;

  const entries: Entry[] = [
    ...life.events.map((event): Entry => ({
      at: event.at,
      rank: 0,
      what: `事件 ${EVENT_WORDS[event.type].zh} ${event.type}${subject(event)}`,
      who: event.actor
        ? seat(event.actor.seat) +
          (event.actor.onBehalfOf === undefined ? '' : `（代 ${seat(event.actor.onBehalfOf)}）`)
        : NOTHING,
      clauses: event.clauses,
    })),
    ...life.ledger.map((line): Entry => ({
      at: line.at,
      rank: 1,
      what: `台账 ${LINES[line.kind]} ${line.kind}${line.days === undefined ? '' : ` ${line.days} 日`}${line.posted === false ? '（应计未记账）' : ''}${subject(line)}`,
      who: `${seat(line.debtor)} → ${seat(line.creditor)}`,
      amount: amountOf(line),
      clauses: line.clauses,
    })),
    ...life.notices.map((notice): Entry => {
      const to = Object.keys(addresses).find((id) => addresses[id] === notice.to);
      const rungs = notice.rungs ? `（${notice.rungs.join('、')}）` : '';
      return {
        at: notice.at,
        rank: 2,
        what: `邮件 ${NOTICE_WORDS[notice.kind].zh} ${notice.kind}${rungs}${subject(notice)}`,
        who: `→ ${to === undefined ? NOTHING : seat(to)} ${notice.to ?? NOTHING}${notice.role === 'copy' ? '（抄送）' : ''}`,
        clauses: notice.clauses,
      };
    }),
    ...life.rejections.map((act): Entry => ({
      at: act.at,
      rank: 3,
      what: `拒绝 ${ACTS[act.do] ?? act.do} ${act.do}${subject(act)}：${REJECTION_WORDS[act.code].zh} ${act.code}`,
      who: seat(act.as),
      clauses: act.clauses ?? [],
    })),
  ];
  const inOrder = entries
    .map((entry, place) => ({ entry, place, ms: Date.parse(entry.at) }))
    .sort((a, b) => a.ms - b.ms || a.entry.rank - b.entry.rank || a.place - b.place);

  const given = terms.terms.filter((term) => term.given);
  const label = (term: string): string => template.terms.find((one) => one.name === term)?.label.zh ?? '';
  const balances = balancesOf(life.ledger);
  const { status, endedOn } = life.agreement;
  const statuses: Record<string, Text> = AGREEMENT_STATUS_WORDS;
  return [
    `# ${name}`,
    `# 模板：${template.title.zh} ${templateReference(template)}`,
    `# 当事人：${Object.entries(parties)
      .map(([role, party]) => `${seat(role)} ${party.name}`)
      .join('；')}`,
    ...given.map(({ name: term, value }) => `# 约定：${label(term)} ${term} = ${termText(value, '未约定')}`),
    `# 未约定：${terms.open.map(({ term }) => term).join('、') || NOTHING}`,
    `# 截至：${scenario.until}（含当日）；时区 ${zone.id}；日历 ${calendar.id}@${calendar.version}`,
    '',
    ...inOrder.map(({ entry: { at, what, who, amount = NOTHING, clauses } }) =>
      [`${at.slice(0, 10)} ${at.slice(11, 16)}`, what, who, amount, clauses.join(' ') || NOTHING].join(' · '),
    ),
    '',
    `# 期末：${statuses[status]?.zh ?? ''} ${status}${endedOn === null ? '' : `（${endedOn}）`}`,
    ...balances.map(
      ({ debtor, creditor, amount, currency }) =>
        `# 余额：${seat(debtor)} 应付 ${seat(creditor)} ${amount} ${currency}`,
    ),
    '',
  ].join('\n');
}

/** Every clause that an event, a ledger line, a mail or a refusal of this life bears, sorted. */
export function clausesBorne(life: LivedScenario): string[] {
  const lines = [...life.events, ...life.ledger, ...life.notices, ...life.rejections];
  return [...new Set(lines.flatMap(({ clauses }) => clauses ?? []))].sort();
}
