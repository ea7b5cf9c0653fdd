import { Big } from 'big.js';
import type { Anchor, CompiledPayment, Recurrence } from '../domain/agreement/compiled.ts';
import { THIRD } from '../domain/agreement/parties.ts';
import { isCurrency, roundHalfUp } from '../domain/money.ts';
import type { Rule } from './rule-schema.ts';
import type { Template } from './schema.ts';
import type { TermReader } from './term-reader.ts';

type PaymentRule = Extract<Rule, { kind: 'payment' }>;

/**
 * What is to be paid, as obligations of their own: a row of the schedule each (`<rule>-1`, `<rule>-2` …), or the rule's
 * sum again and again, or after a milestone. Nothing where sum, date or payer are not agreed.
 */
export function compilePayments(template: Template, terms: TermReader): CompiledPayment[] {
  return template.rules.flatMap((rule) => (rule.kind === 'payment' ? paymentsOf(template, rule, terms) : []));
}

function paymentsOf(template: Template, rule: PaymentRule, terms: TermReader): CompiledPayment[] {
  const { schedule, every, milestone } = rule;
  // Shares of a cost that arises are booked when it does.
  if (rule.shares !== undefined) return [];
  const currency = currencyIn(template, terms);
  const total = totalOf(rule, terms);
  if (schedule !== undefined) {
    return (terms.rowsOrNull(schedule) ?? []).flatMap((row, index) => {
      const on = cell(row, 'dueDate') ?? cell(row, 'due');
      const percent = cell(row, 'percent');
      const amount =
        cell(row, 'amount') ?? (percent === null || total === null ? null : shareOf(total, percent, currency));
      const payer = cell(row, 'payer') ?? partyIn(template, rule.payer, terms);
      const payee = cell(row, 'payee') ?? partyIn(template, rule.payee, terms);
      // What a third party is paid stands under its own rule, which says nothing of a late fee unless its agreement does.
      const isThirds = (rule.payee ?? null) === THIRD;
      if (on === null || amount === null || payer === null || payee === null) return [];
      if ((payee === THIRD) !== isThirds) return [];
      const id = `${rule.id}-${index + 1}`;
      return [payment(rule, terms, { id, payer, payee, amount, currency, anchor: { on, term: schedule } })];
    });
  }
  const payer = partyIn(template, rule.payer, terms);
  const payee = partyIn(template, rule.payee, terms);
  if (total === null || payer === null || payee === null) return [];
  const sum = { id: rule.id, payer, payee, amount: total, currency };
  if (milestone) {
    const days = terms.integerOrNull(milestone.days);
    if (days === null) return [];
    return [payment(rule, terms, { ...sum, anchor: { obligation: milestone.obligation, at: 'fulfilled' }, days })];
  }
  const interval = every === undefined ? null : terms.duration(every);
  if (!interval || interval.unit === 'hours' || interval.unit === 'working-days') return [];
  const recurrence: Recurrence = {
    by: 'interval',
    every: { unit: interval.unit, count: interval.count },
    edge: 'end',
  };
  return [payment(rule, terms, { ...sum, anchor: 'effect', recurrence })];
}

interface Sum {
  id: string;
  payer: string;
  payee: string;
  amount: string;
  currency: string;
  anchor: Anchor;
  days?: number;
  recurrence?: Recurrence;
}

function payment(
  rule: PaymentRule,
  terms: TermReader,
  { id, payer, payee, amount, currency, anchor, days = 0, recurrence }: Sum,
): CompiledPayment {
  const percent = rule.lateFeePercentPerDay === undefined ? null : terms.textOrNull(rule.lateFeePercentPerDay);
  return {
    id,
    kind: 'payment',
    rule: 'payment@1',
    clauses: rule.clauses,
    responsible: payer,
    payee,
    amount,
    currency,
    deadline: {
      anchor,
      offset: { unit: 'days', count: days },
      rollover: terms.rollover(rule.rollover),
      dayEnd: terms.text(rule.dayEnd),
    },
    ...(recurrence ? { recurrence } : {}),
    reminderLeadDays: terms.list(rule.reminderLeadDays),
    lateFee:
      percent === null
        ? null
        : { clauses: rule.clauses, rate: new Big(percent).div(100).toFixed(), graceDays: 0, cap: null },
    ...(rule.lateFeePercentPerDay !== undefined && percent === null ? { lateFeeOpen: true } : {}),
    mayHoldBack: rule.mayHoldBack,
    review: null,
    penalty: null,
  };
}

/** The one currency of a template's money; where it knows none, nothing is counted in it. */
export function currencyIn(template: Template, terms: TermReader): string {
  const term = template.terms.find(({ type }) => type === 'currency');
  const code = term && terms.textOrNull(term.name);
  return code !== null && code !== undefined && isCurrency(code) ? code : 'CNY';
}

/** A role key, or what a term of type party says. */
export function partyIn(template: Template, who: string | undefined, terms: TermReader): string | null {
  if (who === undefined) return null;
  if (who === THIRD || Object.hasOwn(template.parties, who) || template.seats.some(({ id }) => id === who)) return who;
  return terms.party(who, '');
}

/** The sum of the rule; of a fee for each item, over all items, each at its own fee where it has one. */
function totalOf({ amount, items }: PaymentRule, terms: TermReader): string | null {
  const sum = amount === undefined ? null : terms.textOrNull(amount);
  const rows = items === undefined ? null : terms.rowsOrNull(items);
  if (rows === null) return sum;
  const fees = rows.map((row) => cell(row, 'projectFee') ?? sum);
  return fees.reduce<string | null>(
    (total, fee) => (total === null || fee === null ? null : new Big(total).plus(fee).toFixed()),
    '0',
  );
}

function shareOf(total: string, percent: string, currency: string): string {
  return roundHalfUp(new Big(total).times(percent).div(100).toFixed(), currency);
}

function cell(row: Record<string, unknown>, name: string): string | null {
  const value = row[name];
  return typeof value === 'string' ? value : null;
}
