import { createHash } from 'node:crypto';
import { Big } from 'big.js';
import type {
  CompiledBand,
  CompiledIndicator,
  CompiledScheme,
  ConsequenceKind,
} from '../domain/evaluation/compiled.ts';
import { decimalsOf } from '../domain/evaluation/scheme.ts';
import type { CompiledSurvey } from '../domain/survey/compiled.ts';
import type { Text } from '../domain/time.ts';
import type { Rule } from './rule-schema.ts';
import { added, isNamed, weightsOf } from './survey-dimensions.ts';
import type { TermReader } from './term-reader.ts';

export type EvaluationRule = Extract<Rule, { kind: 'evaluation' }>;

/** An indicator with what it is called. */
export interface TitledIndicator extends CompiledIndicator {
  title: Text;
}

/** What words of a band mean, the first that fits: a sum that is taken off comes before one that is paid. */
const MEANINGS: [ConsequenceKind | null, RegExp][] = [
  ['termination', /终止|解除|terminat/i],
  ['deduction', /扣|罚|处分|减少|降薪|deduct|penal|fine|withh|sanction|punish/i],
  ['extension', /续约|续签|续期|延期|延长|exten|renew/i],
  ['retraining', /培训|train/i],
  ['improvement-plan', /改进|整改|improve|corrective/i],
  ['promotion', /晋升|晋级|提拔|promot/i],
  ['honour', /荣誉|表彰|表扬|评优|之星|honou?r|commend|star\b/i],
  ['reward', /奖|加薪|bonus|reward|award|incentive|raise/i],
  ['payment', /付款|支付|全额|payment|pay\b|paid/i],
  [null, /^\s*(?:无|不奖不罚|维持|正常|合格|达标|none|no\b.*|nothing.*|pass(?:ed)?|ok)\s*$/i],
];

/** What a band's words propose; what none of ours fits is a consequence all the same, which people decide on. */
export function consequenceOf(words: string): ConsequenceKind | null {
  return MEANINGS.find(([, pattern]) => pattern.test(words))?.[0] ?? (isNothing(words) ? null : 'other');
}

function isNothing(words: string): boolean {
  return words.trim() === '' || (MEANINGS.at(-1)?.[1].test(words) ?? false);
}

/**
 * Indicators of a rule, filled with an agreement's terms: those that the text names, then what the parties added by a weight.
 * Weights come from the indicator's own term, else from the rule's. Where the text has equal weights at first, and none are agreed,
 * they are equal (S001b-05).
 */
export function indicatorsOf(
  rule: EvaluationRule,
  terms: TermReader,
  surveys: readonly Pick<CompiledSurvey, 'obligation' | 'dimensions'>[],
): TitledIndicator[] {
  const agreed = rule.weights === undefined ? {} : agreedWeights(terms, rule.weights);
  const used: string[] = [];
  const named = rule.scores.map((one): TitledIndicator => {
    const own = one.weight === undefined ? null : terms.plain(one.weight);
    const word = Object.keys(agreed).find((candidate) => isNamed(one, candidate));
    if (word !== undefined) used.push(word);
    const isKnockout = one.knockout !== undefined && terms.isTrue(one.knockout);
    // What caps the total may have no weight beside that.
    const weight =
      own ?? one.percent ?? (word === undefined ? null : (agreed[word] ?? null)) ?? (isKnockout ? '0' : null);
    const isBonus = one.bonus && weight === null;
    return {
      ...{ id: one.id, title: one.title, clauses: one.clauses, measure: one.measure, scale: one.scale },
      source: sourceOf(one.source, one.measure, surveys),
      // A bonus counts by itself: as much as it scores.
      weight: isBonus ? one.scale.max : weight,
      evidence: one.evidence,
      bonus: isBonus,
      ...(isKnockout ? { knockout: true as const } : {}),
      ...(one.dimension === undefined ? {} : { dimension: one.dimension }),
    };
  });
  const others = Object.entries(agreed)
    .filter(([word]) => !used.includes(word))
    .map(([word, weight]): TitledIndicator => ({
      ...added(word),
      clauses: rule.clauses,
      source: 'manual',
      measure: 'qualitative',
      weight,
      scale: { min: '0', max: '100' },
      evidence: [],
      bonus: false,
    }));
  const all = [...named, ...others.filter(({ id }) => named.every((one) => one.id !== id))];
  return rule.nextWeights && all.every(({ weight }) => weight === null) ? equal(all) : all;
}

/** What nothing is recorded of in this contract, people score. */
function sourceOf(
  source: CompiledIndicator['source'],
  measure: CompiledIndicator['measure'],
  surveys: readonly unknown[],
): CompiledIndicator['source'] {
  return source === 'survey' && measure === 'quantitative' && surveys.length === 0 ? 'manual' : source;
}

/** Equal shares of 100 in two decimals; the last one takes the rest. */
function equal(indicators: readonly TitledIndicator[]): TitledIndicator[] {
  const each = new Big(100).div(indicators.length).round(2, Big.roundDown);
  return indicators.map((one, index) => ({
    ...one,
    weight: (index === indicators.length - 1 ? new Big(100).minus(each.times(indicators.length - 1)) : each).toFixed(),
  }));
}

/** Percents by word: of a mapping, or of the rows of a table, whose first text names them. */
function agreedWeights(terms: TermReader, name: string): Record<string, string> {
  const value = terms.value(name);
  if (!Array.isArray(value)) return weightsOf(value);
  return Object.fromEntries(
    value.flatMap((row): [string, string][] => {
      if (typeof row !== 'object') return [];
      const { weight, ...rest } = row as Record<string, unknown>;
      const [word] = Object.values(rest).filter((cell) => typeof cell === 'string');
      return word === undefined || weight === undefined ? [] : [[word, String(weight)]];
    }),
  );
}

/** Bands of a rule by their lower edge; empty where none are agreed. */
export function bandsOf(rule: EvaluationRule, terms: TermReader): CompiledBand[] {
  const fee = rule.fee === undefined ? null : terms.plain(rule.fee);
  const rows = rule.bands === undefined ? [] : (terms.rowsOrNull(rule.bands) ?? []);
  const bands = rows.map((row) => {
    const cell = (...names: string[]): string =>
      String(names.map((name) => row[name]).find((one) => one !== undefined) ?? '');
    return {
      from: cell('scoreFrom', 'minScore'),
      to: cell('scoreTo', 'maxScore'),
      consequence: consequenceOf(cell('consequence', 'action')),
      amount: amountOf(cell('amountOrRate', 'amount'), fee),
    };
  });
  const all = bands.length > 0 ? bands : thresholdBands(rule, terms);
  return (rule.gapless ? [...all] : filled(all))
    .sort((a, b) => new Big(a.from).cmp(b.from))
    .map((band, index) => ({ id: `band-${index + 1}`, ...band }));
}

type Edge = Omit<CompiledBand, 'id'>;

/** What lies between the bands that a contract names, and below and above them: nothing follows there. */
function filled(bands: readonly Edge[]): Edge[] {
  const sorted = [...bands].sort((a, b) => new Big(a.from).cmp(b.from));
  const gaps = sorted.slice(1).map((band, index) => new Big(band.from).minus(sorted[index]?.to ?? band.from));
  const unit = new Big(['1', '0.1'].find((one) => gaps.some((gap) => gap.eq(one))) ?? '0.01');
  const none = (from: Big, to: Big): Edge[] =>
    to.lt(from) ? [] : [{ from: from.toFixed(), to: to.toFixed(), consequence: null, amount: null }];
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!first || !last) return [];
  return [
    ...none(new Big(0), new Big(first.from).minus(unit)),
    ...sorted.flatMap((band, index) => {
      const next = sorted[index + 1];
      return next === undefined ? [band] : [band, ...none(new Big(band.to).plus(unit), new Big(next.from).minus(unit))];
    }),
    ...none(new Big(last.to).plus(unit), new Big(100)),
  ];
}

/** Down to the one a punishment, from the other on a reward, nothing between (S002-28); either may be open. */
function thresholdBands({ thresholds }: EvaluationRule, terms: TermReader): Edge[] {
  if (thresholds === undefined) return [];
  const [penalty, reward] = [terms.plain(thresholds.penalty), terms.plain(thresholds.reward)];
  if (penalty === null && reward === null) return [];
  const above = penalty === null ? '0' : new Big(penalty).plus('0.01').toFixed();
  const below = reward === null ? '100' : new Big(reward).minus('0.01').toFixed();
  const none: Edge[] = new Big(above).gt(below) ? [] : [{ from: above, to: below, consequence: null, amount: null }];
  return [
    ...(penalty === null ? [] : [{ from: '0', to: penalty, consequence: 'deduction' as const, amount: null }]),
    ...none,
    ...(reward === null ? [] : [{ from: reward, to: '100', consequence: 'reward' as const, amount: null }]),
  ];
}

/** `5000.00`, `5000元`, or `5 %` of the agreed fee; null: whoever decides names it. */
function amountOf(text: string, fee: string | null): string | null {
  const [, number, isPercent] = /^\s*[¥￥]?\s*(\d+(?:\.\d+)?)\s*(?:元|CNY|(%|％))?\s*$/i.exec(text) ?? [];
  if (number === undefined) return null;
  if (isPercent === undefined) return number;
  return fee === null ? null : new Big(fee).times(number).div(100).round(2, Big.roundHalfUp).toFixed(2);
}

/** The scheme of a rule, of no indicator without a weight; null while no weight is agreed at all. */
export function schemeIn(
  rule: EvaluationRule,
  terms: TermReader,
  surveys: readonly Pick<CompiledSurvey, 'obligation' | 'dimensions'>[],
): CompiledScheme | null {
  const titled = indicatorsOf(rule, terms, surveys);
  // A weight that has a term of its own and is open switches the scheme off.
  const own = rule.scores.filter(({ weight }) => weight !== undefined).map(({ id }) => id);
  if (titled.some(({ id, weight }) => weight === null && own.includes(id))) return null;
  const indicators = titled.map(({ title: _title, ...one }): CompiledIndicator => one);
  if (indicators.every(({ weight, bonus }) => weight === null || bonus || new Big(weight).eq(0))) return null;
  const bands = bandsOf(rule, terms);
  const count = (name: string | undefined): number => (name === undefined ? 0 : (terms.rowsOrNull(name)?.length ?? 0));
  const plain = (name: string | undefined): string | null => (name === undefined ? null : terms.plain(name));
  const tests = [
    ...rule.tests.map(({ test, clauses, indicator, target, baseline, targets }) => ({
      ...{ test, clauses },
      ...(indicator === undefined ? {} : { indicator }),
      ...(target === undefined ? {} : { target: plain(target) }),
      ...(baseline === undefined ? {} : { baseline: plain(baseline) }),
      ...(targets === undefined ? {} : { targets: count(targets) }),
    })),
  ].filter(({ test, target, targets }) =>
    test === 'pass-mark' ? target != null : test !== 'targets-met' || targets !== 0,
  );
  const scheme = {
    indicators: indicators.filter(({ weight }) => weight !== null),
    bands,
    decimals: decimalsOf(bands),
    tests,
  };
  const version = createHash('sha256').update(JSON.stringify(scheme)).digest('hex').slice(0, 8);
  return { version, ...scheme };
}
