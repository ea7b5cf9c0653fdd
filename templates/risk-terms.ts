import {
  RISK_INDICATORS,
  RISK_OPERATORS,
  type RiskIndicator,
  type RiskOperator,
  isReversed,
} from '../domain/risk/compiled.ts';
import type { Threshold } from '../domain/risk/command.ts';
import type { Template } from './schema.ts';
import type { TermValue } from './term-values.ts';

/** What people call an indicator that the record shows; anything else is entered by hand. */
const NAMES: [RiskIndicator, RegExp][] = [
  ['score-drop', /score|satisf|满意|得分|评分/i],
  ['clock-near-breach', /near|breach|remaining|时限|临近/i],
  ['overdue-duties', /overdue|late|逾期/i],
  ['case-spike', /case|complaint|spike|surge|ticket|工单|投诉|激增/i],
];
/** Cases are counted within so many days where a row says nothing of it; ours (ADR 25). */
export const WINDOW_DAYS = 7;

/** The indicator that a word means. */
export function indicatorMeant(word: string): RiskIndicator {
  return indicatorNamed(word) ?? NAMES.find(([, pattern]) => pattern.test(word))?.[0] ?? 'observed';
}

function indicatorNamed(word: string): RiskIndicator | undefined {
  const key = word
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
  return RISK_INDICATORS.find((one) => one === key);
}

/** How a figure of that kind is compared where nobody says: hours that are left warn as they grow few. */
export function usualOperator(indicator: RiskIndicator): RiskOperator {
  return indicator === 'clock-near-breach' ? 'at-most' : 'at-least';
}

/**
 * A threshold with all that is not said filled in. A word of one's own that is compared the other way round, "satisfaction below
 * 80", is no indicator of the record but a figure that somebody enters.
 */
export function thresholdOf(said: {
  indicator: string;
  value: string | number;
  operator?: string | undefined;
  windowDays?: number | undefined;
}): Threshold {
  const meant = indicatorMeant(said.indicator);
  const operator = RISK_OPERATORS.find((one) => one === said.operator) ?? usualOperator(meant);
  const isOther = isReversed({ indicator: meant, operator }) && indicatorNamed(said.indicator) === undefined;
  const indicator = isOther ? 'observed' : meant;
  const value = String(said.value);
  return indicator === 'case-spike'
    ? { indicator, operator, value, windowDays: said.windowDays ?? WINDOW_DAYS }
    : { indicator, operator, value };
}

type Row = Record<string, unknown>;
type Of = (name: string) => TermValue;

/**
 * What the contract's tables say of a risk of that name: its threshold (S001b-54) and the addresses of the departments that
 * are warned (S001b-58). A satisfaction that is to stay above a value is a figure that somebody enters, not a drop.
 *
 * @param names of the risk: any of them finds its rows
 */
export function agreedOf(
  template: Template,
  term: Of,
  names: readonly string[],
): { threshold: Threshold | null; addresses: string[] } {
  const rule = template.rules.find((one) => one.kind === 'risk' && one.keeper !== undefined);
  const warning = rule?.kind === 'risk' ? rule.warning : undefined;
  const rows = (name: string | undefined): Row[] => {
    const value = name === undefined ? null : term(name);
    return Array.isArray(value) ? value.flatMap((row) => (typeof row === 'object' ? [row as Row] : [])) : [];
  };
  const isOfIt = ({ risk }: Row): boolean => names.some((name) => normal(name) === normal(String(risk)));
  const row = rows(warning?.thresholds).find(isOfIt);
  return {
    threshold: row ? thresholdIn(row) : null,
    addresses: rows(warning?.owners)
      .filter(isOfIt)
      .map(({ email }) => String(email).toLowerCase()),
  };
}

function thresholdIn({ indicator, operator, value }: Row): Threshold {
  const threshold = thresholdOf({
    indicator: String(indicator),
    value: String(value),
    operator: String(operator),
  });
  // The record tells how far a score fell, or how many there are: a row that compares the other way means something else.
  return isReversed(threshold)
    ? { indicator: 'observed', operator: threshold.operator, value: threshold.value }
    : threshold;
}

function normal(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '-');
}
