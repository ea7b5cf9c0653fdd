import { isCurrency } from '../domain/money.ts';
import type { Text } from '../domain/time.ts';
import type { Problem } from './problem.ts';
import type { Template, Term } from './schema.ts';
import { affectedIds } from './references.ts';
import { constraintProblems } from './term-constraints.ts';
import { isNullable } from './term-schema.ts';
import type { ReadContext, TermValue } from './term-values.ts';
import { readTermValue } from './term-values.ts';

/** A term as one agreement has it. Money and percentages are decimal strings; null is "not agreed" or not yet said. */
export interface ResolvedTerm {
  name: string;
  value: TermValue;
  origin: Term['origin'];
  /** What we would suggest where nothing is agreed: ours, not in force. */
  proposal?: unknown;
  /** Said for this agreement, rather than fixed by the text or defaulted by us. */
  given: boolean;
  clauses: string[];
}

/** A question that the agreement leaves open, and the obligations and rules that it decides about. */
export interface OpenTerm {
  term: string;
  clauses: string[];
  affects: string[];
}

export interface ResolvedTerms {
  terms: ResolvedTerm[];
  open: OpenTerm[];
}

/** Closes an open term without a value. */
export const NOT_AGREED = 'not-agreed';

/** What the text fixes or we propose, in the same form as a given value; null when there is nothing. */
function ownValue(term: Term, context: ReadContext): TermValue {
  if (!('value' in term) || term.value === undefined) return null;
  const read = readTermValue(term.value, term, context);
  if ('wrong' in read) throw new Error(`${context.template.id}: the value of ${term.name} ${read.wrong.message.en}`);
  return read.value;
}

function unknownTerms(template: Template, given: Record<string, unknown>): Problem[] {
  return Object.keys(given).flatMap((name) => {
    if (template.terms.some((term) => term.name === name)) return [];
    const ours = template.terms.find((term) => term.parameter === name)?.name;
    const names = template.terms.map((term) => term.name);
    return [
      {
        path: `terms.${name}`,
        code: 'unknown-term',
        message: { zh: `模板没有条款参数“${name}”`, en: `the template has no term "${name}"` },
        cure: ours
          ? { zh: `请写作 ${ours}`, en: `write it as ${ours}` }
          : { zh: `可用的：${names.join('、')}`, en: `the terms are ${names.join(', ')}` },
      },
    ];
  });
}

/**
 * An agreement's terms from what was given for it. A term without value is an open question until it gets one or is
 * said to be "not-agreed" (or null); terms that the text fixes or that have our default are not open, and may be agreed
 * otherwise (docs/adr/0004). Problems bear the path `terms.<name>`; `missing-term` when a required one has no value.
 */
export function resolveTerms(template: Template, given: unknown): ResolvedTerms & { errors: Problem[] } {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    const message: Text = { zh: '条款参数应为键值对', en: 'terms must be a map of names and values' };
    return { terms: [], open: [], errors: [{ path: 'terms', code: 'invalid-value', message, cure: message }] };
  }
  const said = given as Record<string, unknown>;
  const errors = unknownTerms(template, said);
  const terms: ResolvedTerm[] = [];
  const open: OpenTerm[] = [];

  const currencyOf = (name: string): string | null => {
    const term = template.terms.find((one) => one.name === name);
    const value = Object.hasOwn(said, name) ? said[name] : term && 'value' in term ? term.value : null;
    return typeof value === 'string' && isCurrency(value) ? value : null;
  };

  const context: ReadContext = { template, currencyOf };
  const affects = affectedIds(template);

  for (const term of template.terms) {
    const { name, origin, clauses } = term;
    const base = { name, origin, clauses, ...(term.proposal === undefined ? {} : { proposal: term.proposal }) };
    const isGiven = Object.hasOwn(said, name) && said[name] !== undefined;
    const nothing = !isGiven || said[name] === null || said[name] === NOT_AGREED;
    if (isGiven && !nothing) {
      const read = readTermValue(said[name], term, context);
      if ('value' in read) {
        terms.push({ ...base, value: read.value, given: true });
      } else {
        const { at = '', code, message, cure } = read.wrong;
        errors.push({ path: `terms.${name}${at}`, code, message, cure });
      }
    } else if (term.required) {
      errors.push({
        path: `terms.${name}`,
        code: 'missing-term',
        message: { zh: `缺少${term.label.zh}`, en: `${term.label.en} is missing` },
        cure:
          term.type === 'money'
            ? {
                zh: '请填写带引号的金额，例如 "1000000.00"',
                en: 'give it as an amount in quotes, for example "1000000.00"',
              }
            : { zh: '请填写', en: 'give it a value' },
      });
    } else if (isGiven && !isNullable(term)) {
      errors.push({
        path: `terms.${name}`,
        code: 'value-needed',
        message: { zh: `${term.label.zh}不能“未约定”`, en: `${term.label.en} cannot be "not agreed"` },
        cure: { zh: '请填写，或删除此项以采用默认值', en: 'give it a value, or leave it out for the default' },
      });
    } else {
      terms.push({ ...base, value: isGiven ? null : ownValue(term, context), given: isGiven });
      if (!isGiven && isNullable(term) && terms.at(-1)?.value === null) {
        open.push({ term: name, clauses, affects: affects(name) });
      }
    }
  }
  errors.push(...constraintProblems(template, terms));
  return { terms, open: open.filter(({ term }) => !isTermAgreed(template, term, terms)), errors };
}

/** The term of validity is one question: a date answers it as well as a number of years does. */
function isTermAgreed({ ending }: Template, name: string, terms: ResolvedTerm[]): boolean {
  const { on, years, months } = ending.expiry;
  const ways = [on, years, months];
  return ways.includes(name) && terms.some((term) => ways.includes(term.name) && term.value !== null);
}
