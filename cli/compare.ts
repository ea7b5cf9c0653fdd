import { join } from 'node:path';
import { type Differences, type Sides, compareLives, isSame } from './comparison.ts';
import { aboutText } from './life.ts';
import { livable } from './livable.ts';
import { CommandFailed, type Language, language, print, printJson, table } from './output.ts';
import { engineFailure, exitWhenAsked } from './process.ts';
import type { FieldDifference } from './process-differences.ts';
import { readScenario } from './scenario.ts';
import { openSimulator } from './simulation.ts';
import { termText } from './term-text.ts';

const WORDS = {
  zh: {
    same: '两个剧本的履行过程相同',
    none: '无',
    terms: ['条款参数', 'A', 'B'],
    agreement: ['协议', 'A', 'B'],
    obligations: ['义务', '项目', 'A', 'B'],
    surveys: ['调查', '项目', 'A', 'B'],
    plans: ['改进', '项目', 'A', 'B'],
    others: ['事项', '项目', 'A', 'B'],
    balances: ['付款方 → 收款方', 'A', 'B'],
    rows: ['', '时间', '内容', '义务', '何人 / 金额'],
    unposted: '（应计未记账）',
    headings: {
      terms: '条款参数',
      agreement: '协议',
      obligations: '义务的日期与状态',
      surveys: '调查',
      plans: '问题与改进',
      others: '第三方介入、工单、评价与风险',
      balances: '余额',
      ledger: '台账',
      notices: '通知',
      events: '事件',
      rejections: '被拒绝的行为',
    },
  },
  en: {
    same: 'the two lives are the same',
    none: 'none',
    terms: ['term', 'A', 'B'],
    agreement: ['agreement', 'A', 'B'],
    obligations: ['obligation', 'field', 'A', 'B'],
    surveys: ['survey', 'field', 'A', 'B'],
    plans: ['plan', 'field', 'A', 'B'],
    others: ['of', 'field', 'A', 'B'],
    balances: ['debtor → creditor', 'A', 'B'],
    rows: ['', 'at', 'what', 'obligation', 'who / amount'],
    unposted: ' (accrued, not posted)',
    headings: {
      terms: 'Terms',
      agreement: 'Agreement',
      obligations: 'Dates and standing of obligations',
      surveys: 'Surveys',
      plans: 'Findings and plans',
      others: 'Engagements, cases, evaluations, risks',
      balances: 'Balances',
      ledger: 'Ledger',
      notices: 'Notices',
      events: 'Events',
      rejections: 'Refused acts',
    },
  },
};

/** What differs, for people: what only the first life has is marked A, what only the second has B. */
export function comparisonText(differences: Differences, lang: Language = language()): string[] {
  const words = WORDS[lang];
  if (isSame(differences)) return [words.same];
  const section = (name: keyof typeof words.headings, head: string[], rows: string[][]): string[] =>
    rows.length === 0 ? [] : ['', words.headings[name], ...table(head, rows)];
  const pair = ({ a, b }: FieldDifference): string[] => [a, b].map((value) => String(value ?? words.none));
  const both = <T extends { at: string }>({ onlyA, onlyB }: Sides<T>, cells: (row: T) => string[]): string[][] =>
    [...onlyA.map((row) => ({ side: 'A', row })), ...onlyB.map((row) => ({ side: 'B', row }))]
      .sort((one, other) => Date.parse(one.row.at) - Date.parse(other.row.at))
      .map(({ side, row }) => [side, row.at, ...cells(row)]);
  const { terms, agreement, obligations, surveys, plans, others, ledger, notices, events, rejections } = differences;
  const pairs = [
    ...new Set(
      [...ledger.balanceA, ...ledger.balanceB].map(
        ({ debtor, creditor, currency }) => `${debtor} → ${creditor} ${currency}`,
      ),
    ),
  ];
  const balance = (side: typeof ledger.balanceA, name: string): string =>
    side.find(({ debtor, creditor, currency }) => `${debtor} → ${creditor} ${currency}` === name)?.amount ?? words.none;
  return [
    ...section(
      'terms',
      words.terms,
      terms.map(({ name, a, b }) => [name, termText(a, words.none), termText(b, words.none)]),
    ),
    ...section(
      'agreement',
      words.agreement,
      agreement.map((one) => [one.field, ...pair(one)]),
    ),
    ...section(
      'obligations',
      words.obligations,
      obligations.map((one) => [
        aboutText({ obligation: one.id, ...(one.occurrence === undefined ? {} : { occurrence: one.occurrence }) }),
        one.field,
        ...pair(one),
      ]),
    ),
    ...section(
      'surveys',
      words.surveys,
      surveys.map(({ survey: obligation, occurrence, ...one }) => [
        aboutText({ obligation, ...(occurrence === undefined ? {} : { occurrence }) }),
        one.field,
        ...pair(one),
      ]),
    ),
    ...section(
      'plans',
      words.plans,
      plans.map((one) => [one.plan, one.field, ...pair(one)]),
    ),
    ...section(
      'others',
      words.others,
      others.map((one) => [one.of, one.field, ...pair(one)]),
    ),
    ...section(
      'balances',
      words.balances,
      pairs.map((name) => [name, balance(ledger.balanceA, name), balance(ledger.balanceB, name)]),
    ),
    ...section(
      'ledger',
      words.rows,
      both(ledger, (line) => [
        `${line.kind}${line.posted === false ? words.unposted : ''}`,
        aboutText(line),
        `${line.debtor} → ${line.creditor} ${line.amount} ${line.currency}`,
      ]),
    ),
    ...section(
      'notices',
      words.rows,
      both(notices, ({ kind, rungs, to, ...about }) => [
        rungs ? `${kind} ${rungs.join('+')}` : kind,
        aboutText(about),
        to ?? '',
      ]),
    ),
    ...section(
      'events',
      words.rows,
      both(events, ({ type, actor, ...about }) => [type, aboutText(about), actor?.seat ?? '']),
    ),
    ...section(
      'rejections',
      words.rows,
      both(rejections, ({ do: act, code, as, ...about }) => [`${act} ${code}`, aboutText(about), as]),
    ),
  ].slice(1);
}

/** A scenario of two; what is wrong in it names its file. */
function scenarioIn(file: string): ReturnType<typeof livable> {
  try {
    return livable(readScenario(file));
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    throw new CommandFailed(error.problems.map((one) => ({ ...one, path: `${file}: ${one.path}` })));
  }
}

/** `abide simulate --compare A B [--keep DIR]`: both are lived, and what differs is printed. */
export async function runCompare(
  fileA: string,
  fileB: string,
  { keep, json }: { keep?: string | undefined; json: boolean },
): Promise<number> {
  const [scenarioA, scenarioB] = [scenarioIn(fileA), scenarioIn(fileB)];
  exitWhenAsked();
  try {
    const simulator = await openSimulator((line) => process.stderr.write(`${line}\n`));
    try {
      const kept = (side: string): { keep?: string } => (keep === undefined ? {} : { keep: join(keep, side) });
      const a = await simulator.live(scenarioA, kept('a'));
      const b = await simulator.live(scenarioB, kept('b'));
      const differences = compareLives({ scenario: scenarioA, life: a }, { scenario: scenarioB, life: b });
      if (json) printJson({ a, b, differences });
      else print(...comparisonText(differences));
      return 0;
    } finally {
      await simulator.close();
    }
  } catch (error) {
    throw engineFailure(error);
  }
}
