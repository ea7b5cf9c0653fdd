import { Big } from 'big.js';
import type { CompiledAgreement, CompiledObligation } from '../../domain/agreement/compiled.ts';
import { roundHalfUp } from '../../domain/money.ts';

/** What being late, or a date itself, means in money, as the agreement would have it. */
interface PlannedMoney {
  obligation: string;
  /** Of a payment: the sum that falls due, and to whom. */
  due: { amount: string; currency: string; payee: string } | null;
  /** For each late day, after the days of grace, up to the cap; `per` is a day's sum. */
  late: {
    per: string;
    base: string;
    /** A percentage. */
    percent: string;
    currency: string;
    graceDays: number;
    cap: string | null;
    creditor: string;
    clauses: string[];
  } | null;
}

/** The money that hangs on the dates of a plan: nothing for those on which none does. */
export function planMoney({ obligations }: CompiledAgreement): PlannedMoney[] {
  return obligations.map(moneyOf).filter(({ due, late }) => due !== null || late !== null);
}

function moneyOf(rule: CompiledObligation): PlannedMoney {
  if (rule.rule === 'payment@1') {
    const { amount, currency, payee, lateFee } = rule;
    const late = lateFee && { ...daily(amount, lateFee.rate, currency), ...pick(lateFee), creditor: payee };
    return { obligation: rule.id, due: { amount, currency, payee }, late };
  }
  const { penalty } = rule;
  const late = penalty && {
    ...daily(penalty.base, penalty.rate, penalty.currency),
    ...pick(penalty),
    creditor: penalty.creditor,
  };
  return { obligation: rule.id, due: null, late };
}

/** @param rate a fraction a day */
function daily(base: string, rate: string, currency: string) {
  const per = roundHalfUp(new Big(base).times(rate).toFixed(), currency);
  return { per, base, percent: new Big(rate).times(100).toFixed(), currency };
}

function pick({ graceDays, cap, clauses }: { graceDays: number; cap: string | null; clauses: string[] }) {
  return { graceDays, cap, clauses };
}
