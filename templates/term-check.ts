import { Big } from 'big.js';
import type { Contradiction } from './contradiction.ts';
import { contradiction, termNamed, valueInForce } from './contradiction.ts';
import type { Clause } from './ledger-schema.ts';
import { references } from './references.ts';
import type { Template, Term } from './schema.ts';
import type { Scalar } from './term-schema.ts';
import { readTermValue } from './term-values.ts';

/** What numbers add up to; undefined where they are none. */
function totalOf(values: unknown): string | undefined {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return undefined;
  const numbers = Object.values(values as Record<string, unknown>).map(String);
  if (numbers.some((number) => !/^-?\d+(\.\d+)?$/.test(number))) return undefined;
  return numbers.reduce((sum, number) => sum.plus(number), new Big(0)).toFixed();
}

/** Weights that do not add up to 100, in force or proposed. */
function checkTotals(template: Template): Contradiction[] {
  const weights = template.rules.flatMap((rule) => ('weights' in rule && rule.weights ? [rule.weights] : []));
  return template.terms.flatMap((term, index) => {
    const isPercentage = term.type === 'mapping' && term.values.type === 'percent';
    if (term.type !== 'mapping' || !(term.total !== undefined || (isPercentage && weights.includes(term.name))))
      return [];
    return (['value', 'proposal'] as const).flatMap((field) => {
      if (term[field] === undefined) return [];
      const total = totalOf(term[field]);
      if (total === '100') return [];
      return contradiction(
        ['terms', index, field],
        `合计为 100 的权重；现为 ${total ?? '非数字'}`,
        `weights that total 100, not ${total ?? 'what is no number'}`,
      );
    });
  });
}

/** Values in force that their own term would not take. Totals are `checkTotals`' affair. */
function checkValues(template: Template): Contradiction[] {
  const currencyOf = (name: string): string | null => {
    const value = valueInForce(termNamed(template, name));
    return typeof value === 'string' ? value : null;
  };
  return template.terms.flatMap((term, index) => {
    const value = valueInForce(term);
    const read = value === undefined ? undefined : readTermValue(value, term, { template, currencyOf });
    if (!read || !('wrong' in read) || read.wrong.code === 'wrong-total') return [];
    const { message, cure } = read.wrong;
    return contradiction(
      ['terms', index, 'value'],
      `本条款参数能接受的值；现值${message.zh}（${cure.zh}）`,
      `a value that this term takes; it ${message.en} (${cure.en})`,
    );
  });
}

/** Terms without which no notice leaves and no day ends: they have a value from the start. */
function checkSettled(template: Template): Contradiction[] {
  const needed = references(template)
    .filter(({ path }) => path[0] === 'noticeHours' || path.at(-1) === 'rollover' || path.at(-1) === 'dayEnd')
    .map(({ name }) => name);
  return template.terms.flatMap((term, index) =>
    needed.includes(term.name) && valueInForce(term) === undefined
      ? contradiction(
          ['terms', index, 'value'],
          `一个值：没有 ${term.name}，无法确定通知和期限的时间`,
          `a value: without ${term.name} no notice and no deadline has its time`,
        )
      : [],
  );
}

/** Whether a term's value is a sum of money, or holds some. */
export function holdsMoney(term: Term): boolean {
  return term.type === 'money' || scalarsOf(term).some(({ scalar }) => scalar.type === 'money');
}

function scalarsOf(term: Term): { path: (string | number)[]; scalar: Scalar }[] {
  if (term.type === 'mapping') return [{ path: ['values'], scalar: term.values }];
  if (term.type !== 'table') return [];
  return term.columns.map(({ of }, column) => ({ path: ['columns', column, 'of'], scalar: of }));
}

/** Columns of money whose currency is no term of type currency. */
function checkCurrencies(template: Template): Contradiction[] {
  return template.terms.flatMap((term, index) =>
    scalarsOf(term).flatMap(({ path, scalar }) =>
      scalar.type === 'money' && termNamed(template, scalar.currency)?.type !== 'currency'
        ? contradiction(
            ['terms', index, ...path, 'currency'],
            '类型为 currency 的条款参数名',
            'the name of a term of type currency',
          )
        : [],
    ),
  );
}

/** The name by which clauses know a term. */
function namesOf(term: Term): string[] {
  return term.parameter === undefined ? [term.name] : [term.name, term.parameter];
}

function isKept({ status }: Clause): boolean {
  return status === 'recorded' || status === 'automated';
}

/** Terms that neither the template nor a clause that is kept has a use for. */
function checkUse(template: Template, ledger: readonly Clause[]): Contradiction[] {
  const kept = ledger.filter(isKept).flatMap(({ parameters }) => parameters);
  const used = [
    ...references(template).map(({ name }) => name),
    ...template.terms.flatMap((term) =>
      scalarsOf(term).flatMap(({ scalar }) => (scalar.type === 'money' ? [scalar.currency] : [])),
    ),
  ];
  return template.terms.flatMap((term, index) =>
    used.includes(term.name) || namesOf(term).some((name) => kept.includes(name))
      ? []
      : contradiction(
          ['terms', index, 'name'],
          `有用的条款参数；没有义务、规则、通知或期限使用 ${term.name}，也没有登记的条款列有它；请在用处填上，或删除`,
          `a term that is used; no obligation, rule, notice or ending takes ${term.name}, and no recorded clause lists it: use it or remove it`,
        ),
  );
}

/** Terms of the text that the clauses they name do not have as a parameter. Without a ledger there is nothing to compare. */
function checkParameters(template: Template, ledger: readonly Clause[]): Contradiction[] {
  return template.terms.flatMap((term, index) => {
    const clauses = ledger.filter(({ id }) => term.clauses.includes(id));
    const isListed = clauses.some(({ parameters }) => namesOf(term).some((name) => parameters.includes(name)));
    if (term.origin === 'proposal' || clauses.length === 0 || isListed) return [];
    return contradiction(
      ['terms', index, 'clauses'],
      `把 ${term.parameter ?? term.name} 列为参数的条款；${term.clauses.join('、')} 均未列出：请补入台账的 parameters；原文没有的，来源（origin）应为 proposal`,
      `a clause that lists ${term.parameter ?? term.name} as a parameter; ${term.clauses.join(', ')} has none such: add it to the parameters there, or, where the text has no such blank, make its origin proposal`,
    );
  });
}

/** What is wrong with the terms of a template, beside their own form; `ledger` are the clauses of its sources. */
export function checkTerms(template: Template, ledger: readonly Clause[]): Contradiction[] {
  return [
    ...checkTotals(template),
    ...checkValues(template),
    ...checkSettled(template),
    ...checkCurrencies(template),
    ...checkUse(template, ledger),
    ...checkParameters(template, ledger),
  ];
}
