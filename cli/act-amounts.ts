import { type MoneyError, currencyDecimals, parseMoney } from '../domain/money.ts';
import type { Text } from '../domain/time.ts';
import type { Problem } from '../templates/problem.ts';
import type { Act } from './scenario.ts';

/** Acts that name one thing of several, and which. */
const ONE_OF: Record<string, readonly string[]> = {
  waive: ['days', 'amount'],
  override: ['dueOn', 'responsible', 'skip'],
};

const FAULTS: Record<MoneyError, Text> = {
  'not-a-number': { zh: '不是金额', en: 'is no amount' },
  negative: { zh: '金额不能为负', en: 'is negative' },
  'too-many-decimals': { zh: '小数位数过多', en: 'has too many decimals' },
  'too-large': { zh: '金额过大', en: 'is too large' },
};

/** What is wrong with the sum of an act, and with what it names of several; `currency` is null while it is not known. */
export function checkAmounts(act: Act, currency: string | null): Problem[] {
  return [...checkOne(act), ...(currency === null ? [] : checkMoney(act, currency))];
}

function checkOne(act: Act): Problem[] {
  const fields = ONE_OF[act.do] ?? [];
  const there = fields.filter((field) => (act as unknown as Record<string, unknown>)[field] !== undefined);
  if (fields.length === 0 || there.length === 1) return [];
  const at = there.length > 1 ? there[1] : fields[0];
  return [
    {
      path: `${act.path}.${at ?? ''}`,
      code: there.length > 1 ? 'too-many-values' : 'missing-value',
      message: {
        zh: `${fields.join('、')} 须填且只填一项`,
        en: `exactly one of ${fields.join(', ')} is needed`,
      },
      cure:
        there.length > 1
          ? { zh: '请只保留一项', en: 'keep one of them' }
          : { zh: '请填写其中一项', en: 'give one of them' },
    },
  ];
}

function checkMoney(act: Act, currency: string): Problem[] {
  if (!('amount' in act) || act.amount === undefined) return [];
  const read = parseMoney(act.amount, currency);
  if (!('error' in read)) return [];
  const { zh, en } = FAULTS[read.error];
  const decimals = currencyDecimals(currency);
  const example = decimals === 0 ? '80000' : `80000.${'0'.repeat(decimals)}`;
  return [
    {
      path: `${act.path}.amount`,
      code: 'invalid-amount',
      message: { zh: `“${act.amount}”：${zh}`, en: `${JSON.stringify(act.amount)} ${en}` },
      cure: {
        zh: `请写成 ${currency} 金额，例如 '${example}'，不含正负号和千分位`,
        en: `write it as an amount in ${currency}, for example '${example}', without sign or separators`,
      },
    },
  ];
}
