import { Big } from 'big.js';
import type { CompiledPenalty } from '../domain/agreement/compiled.ts';
import { roundHalfUp } from '../domain/money.ts';
import type { Template } from './schema.ts';
import type { TermReader } from './term-reader.ts';

/** The currency that a term of money is in. */
export function currencyOf(template: Template, money: string, terms: TermReader): string {
  const term = template.terms.find(({ name }) => name === money);
  if (term?.type !== 'money') throw new Error(`${money} is not money`);
  return terms.text(term.currency);
}

/** A daily penalty with its terms filled in; null where base or rate is open: then nothing is charged. */
export function compilePenalty(
  template: Template,
  id: string,
  debtor: string,
  terms: TermReader,
): CompiledPenalty | null {
  const penalty = template.penalties.find((one) => one.id === id);
  if (!penalty) throw new Error(`penalty ${id} is not in the template`);
  // The schema allows `other-party` with exactly two parties alone.
  const creditor =
    penalty.creditor === 'other-party'
      ? Object.keys(template.parties).find((role) => role !== debtor)
      : penalty.creditor;
  if (creditor === undefined) throw new Error(`penalty ${id} has no creditor`);
  const base = terms.textOrNull(penalty.base);
  const percent = terms.textOrNull(penalty.percentPerDay);
  if (base === null || percent === null) return null;
  const currency = currencyOf(template, penalty.base, terms);
  const capPercent = penalty.capPercent === undefined ? null : terms.textOrNull(penalty.capPercent);
  return {
    clauses: penalty.clauses,
    creditor,
    base,
    rate: new Big(percent).div(100).toFixed(),
    currency,
    graceDays: penalty.graceDays === undefined ? 0 : (terms.integerOrNull(penalty.graceDays) ?? 0),
    cap: capPercent === null ? null : roundHalfUp(new Big(base).times(capPercent).div(100).toFixed(), currency),
  };
}
